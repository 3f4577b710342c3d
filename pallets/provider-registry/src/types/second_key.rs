//! Second keys.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{did::KeyMaterial, AccountId};
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{BlakeTwo256, Hash, IdentifyAccount, Verify},
	MultiSignature, MultiSigner,
};

/// The public key of a practitioner's other device.
///
/// Encodes as the variants of the same name of `sp_runtime::MultiSigner` do.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum SecondKey {
	/// An Ed25519 key.
	Ed25519([u8; 32]),
	/// An Sr25519 key.
	Sr25519([u8; 32]),
	/// A compressed key of ECDSA on secp256k1.
	Ecdsa([u8; 33]),
}

impl SecondKey {
	/// The account that this key alone would control.
	pub fn account(&self) -> AccountId {
		match self {
			Self::Ed25519(key) | Self::Sr25519(key) => AccountId::new(*key),
			Self::Ecdsa(key) => AccountId::new(BlakeTwo256::hash(key).0),
		}
	}

	/// Whether the account is one that this key controls, as a key of any scheme.
	pub fn controls(&self, account: &AccountId) -> bool {
		let as_ethereum = match self {
			Self::Ecdsa(key) => Some(MultiSigner::Eth((*key).into()).into_account()),
			Self::Ed25519(_) | Self::Sr25519(_) => None,
		};
		self.account() == *account || as_ethereum.as_ref() == Some(account)
	}

	/// Whether it is a key that one holder has: of others, signatures verify that nobody made. A
	/// point of Curve25519 is the canonical encoding of one of prime order. An ECDSA key is
	/// recovered from each signature and compared, so that bytes that are no point never verify; what
	/// is asked here is a compressed form.
	pub fn is_sound(&self) -> bool {
		match self {
			Self::Ed25519(key) => KeyMaterial::Ed25519(*key).check().is_ok(),
			Self::Sr25519(key) => KeyMaterial::Sr25519(*key).check().is_ok(),
			Self::Ecdsa([prefix, ..]) => matches!(prefix, 2 | 3),
		}
	}

	/// Whether the signature is this key's on the message, made with this key's algorithm: the same
	/// 32 bytes could be an Ed25519 and an Sr25519 key.
	pub fn verifies(&self, signature: &MultiSignature, message: &[u8]) -> bool {
		let is_of_algorithm = matches!(
			(self, signature),
			(Self::Ed25519(_), MultiSignature::Ed25519(_))
				| (Self::Sr25519(_), MultiSignature::Sr25519(_))
				| (Self::Ecdsa(_), MultiSignature::Ecdsa(_))
		);
		is_of_algorithm && signature.verify(message, &self.account())
	}
}
