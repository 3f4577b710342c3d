//! Elements of the field, as they are typed, shown, kept and drawn.
//!
//! Their 32 bytes are written with the lowest first, as the chain has them.

use crate::hex32;
use ark_std::rand::{rngs::StdRng, RngCore};
use hdx_primitives::PublicInput;
use hdx_zk_circuits::{
	field::pack,
	prove::{input_from_bytes, input_to_bytes},
	Fr,
};
use serde::{
	de::{Deserializer, Error as _},
	Deserialize, Serialize, Serializer,
};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// An element that others may see.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Element(pub Fr);

/// An element that nobody else may see: overwritten when it is dropped, and never shown.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Hidden(Fr);

/// Reads `0x` with 64 hexadecimal digits.
pub fn bytes(text: &str) -> Result<PublicInput, String> {
	hex32::read(text).ok_or_else(|| format!("`{text}` is not 0x with 64 hexadecimal digits"))
}

/// The element of 32 bytes. `None`: it has another encoding.
pub fn read(bytes: &PublicInput) -> Option<Fr> {
	input_from_bytes(bytes).ok()
}

/// Writes 32 bytes.
pub fn shown(bytes: &[u8; 32]) -> String {
	format!("0x{}", hex::encode(bytes))
}

impl Element {
	/// Reads an element.
	pub fn parse(text: &str) -> Result<Self, String> {
		let element = read(&bytes(text)?);
		element.map(Self).ok_or_else(|| format!("`{text}` is not below the field's order"))
	}

	/// The bytes.
	pub fn to_bytes(self) -> PublicInput {
		input_to_bytes(&self.0)
	}
}

impl fmt::Display for Element {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&shown(&self.to_bytes()))
	}
}

impl fmt::Debug for Element {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "Element({self})")
	}
}

impl Serialize for Element {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

impl<'de> Deserialize<'de> for Element {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
	}
}

impl Hidden {
	/// One that was drawn before.
	pub fn new(element: Fr) -> Self {
		Self(element)
	}

	/// A new one: 48 bytes of a cryptographic generator, reduced. So none is likelier than another.
	pub fn draw(generator: &mut StdRng) -> Self {
		let mut third = || {
			let mut bytes = Zeroizing::new([0u8; 16]);
			generator.fill_bytes(&mut *bytes);
			(u128::from_le_bytes(*bytes), 128)
		};
		Self(pack(&[third(), third(), third()]))
	}

	/// The element itself.
	pub fn expose(&self) -> Fr {
		self.0
	}
}

impl fmt::Debug for Hidden {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("Hidden(…)")
	}
}

impl Serialize for Hidden {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		let bytes = Zeroizing::new(input_to_bytes(&self.0));
		let digits = Zeroizing::new(hex::encode(bytes.as_slice()));
		let text = Zeroizing::new(format!("0x{}", *digits));
		serializer.serialize_str(&text)
	}
}

impl<'de> Deserialize<'de> for Hidden {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let text = Zeroizing::new(String::deserialize(deserializer)?);
		// The text itself must not be repeated by the error.
		let element = Element::parse(&text)
			.map_err(|_| D::Error::custom("a secret is no element in 0x and 64 digits"))?;
		Ok(Self(element.0))
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::commands::zk::random;
	use std::collections::BTreeSet;

	/// The order of the field, which is zero in it.
	const ORDER: &str = "0x01000000fffffffffe5bfeff02a4bd5305d8a10908d83933487d9d2953a7ed73";

	#[test]
	fn an_element_has_one_spelling() {
		let element = Element(Fr::from(258u64));
		assert_eq!(element.to_string(), format!("0x0201{}", "00".repeat(30)));
		assert_eq!(Element::parse(&element.to_string()), Ok(element));
		for text in ["", "1", "0x01", "0x0201zz", ORDER] {
			assert!(Element::parse(text).is_err(), "{text}");
		}
		assert!(Element::parse(ORDER).unwrap_err().contains("below the field's order"));
		let text = serde_json::to_string(&element).unwrap();
		assert_eq!(serde_json::from_str::<Element>(&text).unwrap(), element);
	}

	#[test]
	fn a_secret_is_kept_and_never_shown() {
		let hidden = Hidden::new(Fr::from(42u64));
		let text = serde_json::to_string(&hidden).unwrap();
		assert_eq!(serde_json::from_str::<Hidden>(&text).unwrap().expose(), Fr::from(42u64));
		assert_eq!(format!("{hidden:?}"), "Hidden(…)");
		let error = serde_json::from_str::<Hidden>("\"0x2a2a\"").unwrap_err().to_string();
		assert!(!error.contains("2a2a"), "{error}");
	}

	#[test]
	fn no_two_secrets_are_alike() {
		let mut generator = random::generator().unwrap();
		let drawn = |_| Element(Hidden::draw(&mut generator).expose()).to_bytes();
		assert_eq!((0..100).map(drawn).collect::<BTreeSet<_>>().len(), 100);
	}
}
