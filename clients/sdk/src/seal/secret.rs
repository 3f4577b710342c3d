//! 256 bits that nobody else may see.

use hex::FromHex;
use serde::{
	de::{Error, Visitor},
	Deserialize, Deserializer, Serialize, Serializer,
};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// A key or a salt: overwritten when dropped, never shown by `Debug`, written in hex.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret([u8; 32]);

impl Secret {
	/// A new one, from the system's randomness.
	///
	/// # Errors
	///
	/// When the system gives none.
	pub fn random() -> Result<Self, getrandom::Error> {
		let mut secret = Self([0; 32]);
		getrandom::fill(&mut secret.0)?;
		Ok(secret)
	}

	/// One that was received.
	pub fn from_slice(bytes: &[u8]) -> Option<Self> {
		let mut secret = Self([0; 32]);
		if bytes.len() != secret.0.len() {
			return None;
		}
		secret.0.copy_from_slice(bytes);
		Some(secret)
	}

	/// The bytes.
	pub fn expose(&self) -> &[u8; 32] {
		&self.0
	}
}

impl fmt::Debug for Secret {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("Secret(…)")
	}
}

impl Serialize for Secret {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		let text = Zeroizing::new(hex::encode(self.0));
		serializer.serialize_str(&text)
	}
}

impl<'de> Deserialize<'de> for Secret {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		struct Hex;
		impl Visitor<'_> for Hex {
			type Value = Secret;
			fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
				f.write_str("64 hexadecimal digits")
			}
			fn visit_str<E: Error>(self, text: &str) -> Result<Secret, E> {
				// The text itself must not be echoed by the error.
				<[u8; 32]>::from_hex(text)
					.map(Secret)
					.map_err(|_| E::custom("a secret is not 64 hexadecimal digits"))
			}
		}
		deserializer.deserialize_str(Hex)
	}
}
