//! Credentials of clinicians who may break the glass, hidden in a hash.

use super::{PolicyError, Secret, TIME_BITS, TIME_LIMIT};
use crate::{
	domain::{Domain2, Domain4},
	field::pack,
	merkle::{Path, LEVELS},
	poseidon::{hash2, hash4},
	Fr,
};
use ark_ff::AdditiveGroup;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Bits of a licence's rights.
pub const RIGHT_BITS: usize = 16;

/// The right to break the glass: the first bit.
pub const MAY_BREAK_GLASS: u16 = 1;

/// When a licence holds, and what it allows.
///
/// As a word, lowest bits first:
///
/// | Bits | Holds |
/// |---|---|
/// | 0–47 | first millisecond inside |
/// | 48–63 | rights; the lowest is to break the glass |
/// | 64–111 | first millisecond after |
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Zeroize)]
pub struct Licence {
	valid_from: u64,
	valid_until: u64,
	rights: u16,
}

impl Licence {
	/// A licence from a millisecond and before another.
	///
	/// # Errors
	///
	/// [`PolicyError::TimeTooLate`] and [`PolicyError::EndsBeforeItBegins`].
	pub fn new(valid_from: u64, valid_until: u64, rights: u16) -> Result<Self, PolicyError> {
		if valid_from >= TIME_LIMIT || valid_until >= TIME_LIMIT {
			return Err(PolicyError::TimeTooLate);
		}
		if valid_until <= valid_from {
			return Err(PolicyError::EndsBeforeItBegins);
		}
		Ok(Self { valid_from, valid_until, rights })
	}

	/// First millisecond inside.
	pub fn valid_from(&self) -> u64 {
		self.valid_from
	}

	/// First millisecond after.
	pub fn valid_until(&self) -> u64 {
		self.valid_until
	}

	/// The rights.
	pub fn rights(&self) -> u16 {
		self.rights
	}

	/// The word.
	pub fn word(&self) -> Fr {
		pack(&[
			(self.valid_from.into(), TIME_BITS),
			(self.rights.into(), RIGHT_BITS),
			(self.valid_until.into(), TIME_BITS),
		])
	}
}

/// What the registry of credentials knows a clinician's secret by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Zeroize)]
pub struct ClinicianKey(pub Fr);

impl ClinicianKey {
	/// The key of a secret.
	pub fn of(secret: &Secret) -> Self {
		Self(hash2(Domain2::ClinicianKey, [secret.expose(), Fr::ZERO]))
	}
}

/// A credential: `leaf = H(credential-leaf, holder, identity, licence, salt)`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Zeroize)]
pub struct Credential {
	/// Whose.
	pub holder: ClinicianKey,
	/// What an auditor reads: a number by which the issuing registry finds the person.
	pub identity: Fr,
	/// What it allows.
	pub licence: Licence,
	/// 255 random bits, which hide everything else.
	pub salt: Fr,
}

impl Credential {
	/// The leaf of the tree of credentials.
	pub fn leaf(&self) -> Fr {
		let Self { holder, identity, licence, salt } = self;
		hash4(Domain4::CredentialLeaf, [holder.0, *identity, licence.word(), *salt])
	}
}

/// A credential, its place in the tree of credentials, and the secret that it is for.
#[derive(Clone, PartialEq, Eq, Debug, Default, Zeroize, ZeroizeOnDrop)]
pub struct HeldCredential {
	/// The credential.
	pub credential: Credential,
	/// The index of its leaf.
	pub index: u32,
	/// The path of its leaf.
	pub path: Path<LEVELS>,
	/// The holder's secret.
	pub secret: Secret,
}

/// What makes a slot of an epoch count once for a clinician.
pub fn rate_nullifier(clinician: &Secret, epoch: u32, slot: u8) -> Fr {
	let parts = [clinician.expose(), Fr::from(epoch), Fr::from(slot), Fr::ZERO];
	hash4(Domain4::RateNullifier, parts)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn words_are_packed_as_documented() {
		let word = Licence::new(3, 5, 0x8001).unwrap().word();
		assert_eq!(ark_ff::PrimeField::into_bigint(word).0, [3 | (0x8001 << 48), 5, 0, 0]);
	}

	#[test]
	fn a_licence_fails_when_its_times_make_no_sense() {
		assert_eq!(Licence::new(5, 5, 1), Err(PolicyError::EndsBeforeItBegins));
		assert_eq!(Licence::new(TIME_LIMIT, 5, 1), Err(PolicyError::TimeTooLate));
		assert_eq!(Licence::new(5, TIME_LIMIT, 1), Err(PolicyError::TimeTooLate));
	}

	#[test]
	fn every_slot_of_every_epoch_counts_by_itself() {
		let secret = Secret::new(Fr::from(1u64));
		assert_ne!(rate_nullifier(&secret, 1, 0), rate_nullifier(&secret, 1, 1));
		assert_ne!(rate_nullifier(&secret, 1, 0), rate_nullifier(&secret, 0, 1));
	}
}
