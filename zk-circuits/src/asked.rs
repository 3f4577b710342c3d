//! What a signer asks a chain for besides the proof: what goes into a binding's request.

use crate::{field::to_bytes, Fr};
use alloc::vec::Vec;

/// What is asked for by a call that comes with a proof.
///
/// Provers and chain make the same of it here, so that no chain can leave out what a proof ought to be bound to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
	/// To append a note.
	Append {
		/// Its leaf.
		leaf: Fr,
	},
	/// To revoke a note.
	Revoke {
		/// The number of its tree.
		tree: u32,
		/// Its index there.
		leaf: u32,
	},
	/// To be given access.
	Access {
		/// BLAKE2b-256 of the SCALE-encoded request: who, for whom, which record of whom, what, what for, how long.
		request: [u8; 32],
	},
	/// To be counted in a study.
	Enrol {
		/// Its number. What it asks for is in its digest, which is a public input.
		study: u64,
	},
	/// To break the glass.
	Emergency {
		/// BLAKE2b-256 of the SCALE-encoded request, reason and hash of the key that section keys are wrapped for.
		request: [u8; 32],
	},
}

impl Asked {
	/// What goes into [`Binding::request`](crate::Binding::request): BLAKE2b-256 of a label and what is asked. A leaf
	/// and a request are 32 bytes, a number four, that of a study eight, each with the lowest first.
	pub fn hash(&self) -> [u8; 32] {
		let mut bytes = Vec::with_capacity(64);
		match self {
			Self::Append { leaf } => {
				bytes.extend_from_slice(b"hdx.zk.append.v1");
				bytes.extend_from_slice(&to_bytes(leaf));
			},
			Self::Revoke { tree, leaf } => {
				bytes.extend_from_slice(b"hdx.zk.revoke.v1");
				bytes.extend_from_slice(&tree.to_le_bytes());
				bytes.extend_from_slice(&leaf.to_le_bytes());
			},
			Self::Access { request } => {
				bytes.extend_from_slice(b"hdx.zk.access.v1");
				bytes.extend_from_slice(request);
			},
			Self::Enrol { study } => {
				bytes.extend_from_slice(b"hdx.zk.enrol.v1");
				bytes.extend_from_slice(&study.to_le_bytes());
			},
			Self::Emergency { request } => {
				bytes.extend_from_slice(b"hdx.zk.emergency.v1");
				bytes.extend_from_slice(request);
			},
		}
		sp_crypto_hashing::blake2_256(&bytes)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeSet;

	#[test]
	fn whatever_is_asked_for_changes_the_request() {
		let asked = [
			Asked::Append { leaf: Fr::from(1) },
			Asked::Append { leaf: Fr::from(2) },
			Asked::Revoke { tree: 1, leaf: 2 },
			Asked::Revoke { tree: 2, leaf: 1 },
			Asked::Access { request: [1; 32] },
			Asked::Access { request: [2; 32] },
			Asked::Enrol { study: 1 },
			Asked::Enrol { study: 2 },
			Asked::Emergency { request: [1; 32] },
			Asked::Emergency { request: [2; 32] },
		];
		assert_eq!(asked.map(|it| it.hash()).into_iter().collect::<BTreeSet<_>>().len(), 10);
	}

	#[test]
	fn requests_are_hashed_as_documented() {
		let mut append = b"hdx.zk.append.v1".to_vec();
		append.push(7);
		append.extend([0; 31]);
		let asked = Asked::Append { leaf: Fr::from(7) };
		assert_eq!(asked.hash(), sp_crypto_hashing::blake2_256(&append));
		let revoke = b"hdx.zk.revoke.v1\x03\0\0\0\x00\x01\0\0";
		let asked = Asked::Revoke { tree: 3, leaf: 256 };
		assert_eq!(asked.hash(), sp_crypto_hashing::blake2_256(revoke));
		let mut access = b"hdx.zk.access.v1".to_vec();
		access.extend([9; 32]);
		let asked = Asked::Access { request: [9; 32] };
		assert_eq!(asked.hash(), sp_crypto_hashing::blake2_256(&access));
		let enrol = b"hdx.zk.enrol.v1\x00\x01\0\0\0\0\0\0";
		let asked = Asked::Enrol { study: 256 };
		assert_eq!(asked.hash(), sp_crypto_hashing::blake2_256(enrol));
		let mut emergency = b"hdx.zk.emergency.v1".to_vec();
		emergency.extend([9; 32]);
		let asked = Asked::Emergency { request: [9; 32] };
		assert_eq!(asked.hash(), sp_crypto_hashing::blake2_256(&emergency));
	}
}
