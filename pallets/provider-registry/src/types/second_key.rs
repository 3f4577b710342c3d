//! Second keys.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::AccountId;
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{BlakeTwo256, Hash, Verify},
	MultiSignature,
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
