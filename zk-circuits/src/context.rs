//! What a proof is bound to besides its statement.

use crate::{field::hash_element, Fr};
use alloc::vec::Vec;

/// Where a proof counts, and for what: anywhere else it is of no use.
///
/// Whoever verifies makes this of what it knows itself, and takes no part of it from the proof's
/// sender but the request, which it carries out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Binding {
	/// The hash of the chain's first block.
	pub genesis: [u8; 32],
	/// The number of the circuit in the chain's registry.
	pub circuit: u32,
	/// The circuit's version there.
	pub version: u32,
	/// The account that signs.
	pub signer: [u8; 32],
	/// BLAKE2b-256 of all else that the signer asks for: the call with its arguments, the record
	/// among them, without the proof.
	pub request: [u8; 32],
}

/// The context of a proof, as the public input that every circuit has.
///
/// The default is nobody's: it is what keys of circuits are made with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Context(Fr);

impl Context {
	/// What the hash begins with.
	const LABEL: &'static [u8; 17] = b"hdx.zk.context.v1";

	/// The context of a binding: the first 31 bytes of BLAKE2b-256 over `hdx.zk.context.v1`, genesis,
	/// circuit, version, signer and request, as a number whose lowest byte comes first. The numbers of
	/// circuit and version are four bytes each, the lowest first.
	pub fn new(binding: &Binding) -> Self {
		let Binding { genesis, circuit, version, signer, request } = binding;
		let mut bytes = Vec::with_capacity(Self::LABEL.len().saturating_add(3 * 32 + 2 * 4));
		bytes.extend_from_slice(Self::LABEL);
		bytes.extend_from_slice(genesis);
		bytes.extend_from_slice(&circuit.to_le_bytes());
		bytes.extend_from_slice(&version.to_le_bytes());
		bytes.extend_from_slice(signer);
		bytes.extend_from_slice(request);
		Self(hash_element(&bytes))
	}

	/// The public input.
	pub fn element(&self) -> Fr {
		self.0
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use ark_ff::{BigInteger, PrimeField};

	fn binding() -> Binding {
		Binding { genesis: [1; 32], circuit: 2, version: 3, signer: [4; 32], request: [5; 32] }
	}

	#[test]
	fn whatever_changes_the_binding_changes_the_context() {
		let it = binding();
		let others = [
			Binding { genesis: [0; 32], ..it },
			Binding { circuit: 3, ..it },
			Binding { version: 2, ..it },
			Binding { signer: [0; 32], ..it },
			Binding { request: [0; 32], ..it },
		];
		let context = Context::new(&it);
		assert!(others.iter().all(|other| Context::new(other) != context));
		assert_ne!(context, Context::default());
	}

	#[test]
	fn a_context_is_hashed_as_documented() {
		let mut bytes = b"hdx.zk.context.v1".to_vec();
		bytes.extend([1; 32]);
		bytes.extend([2, 0, 0, 0, 3, 0, 0, 0]);
		bytes.extend([4; 32]);
		bytes.extend([5; 32]);
		let mut expected = sp_crypto_hashing::blake2_256(&bytes);
		expected[31] = 0;
		let context = Context::new(&binding()).element().into_bigint().to_bytes_le();
		assert_eq!(context, expected);
	}
}
