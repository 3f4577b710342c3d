//! JSON that every reader reads alike: no object names a member twice.
//!
//! Of `{"type": "deny", "type": "permit"}` one reader sees the first and another the second. Neither what
//! a patient consents to nor what a board signs may depend on who reads it (RFC 8259 section 4, RFC 7515
//! section 4).

use serde::{
	de::{Error, MapAccess, SeqAccess, Visitor},
	Deserialize, Deserializer,
};
use serde_json::Value;
use std::{collections::BTreeSet, fmt};

/// Reads a value.
///
/// # Errors
///
/// When it is not JSON, is followed by something, is nested beyond 127 levels, or has an object that
/// names a member twice: this last error, and no other, is of the category
/// [`Data`](serde_json::error::Category::Data).
pub fn value(bytes: &[u8]) -> Result<Value, serde_json::Error> {
	let Unambiguous = serde_json::from_slice(bytes)?;
	serde_json::from_slice(bytes)
}

/// Says of a value that no name is repeated in it. The parser bounds how deep it may be.
///
/// It holds no value: how numbers come to a visitor depends on features of the parser that other
/// crates turn on, so that the parser itself reads them.
struct Unambiguous;

impl<'de> Deserialize<'de> for Unambiguous {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		deserializer.deserialize_any(Self)
	}
}

impl<'de> Visitor<'de> for Unambiguous {
	type Value = Unambiguous;

	fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("a JSON value")
	}

	fn visit_bool<E: Error>(self, _: bool) -> Result<Self, E> {
		Ok(self)
	}

	fn visit_i64<E: Error>(self, _: i64) -> Result<Self, E> {
		Ok(self)
	}

	fn visit_u64<E: Error>(self, _: u64) -> Result<Self, E> {
		Ok(self)
	}

	fn visit_f64<E: Error>(self, _: f64) -> Result<Self, E> {
		Ok(self)
	}

	fn visit_str<E: Error>(self, _: &str) -> Result<Self, E> {
		Ok(self)
	}

	fn visit_unit<E: Error>(self) -> Result<Self, E> {
		Ok(self)
	}

	fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
		while items.next_element::<Unambiguous>()?.is_some() {}
		Ok(self)
	}

	fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
		let mut names = BTreeSet::new();
		while let Some(name) = members.next_key::<String>()? {
			if names.contains(&name) {
				return Err(A::Error::custom(format_args!("the member `{name}` is there twice")));
			}
			members.next_value::<Unambiguous>()?;
			names.insert(name);
		}
		Ok(self)
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use serde_json::error::Category;

	#[test]
	fn reads_what_is_there() {
		let text = r#"{"a":[1,-2,1.5,true,null,"x",{}]}"#;
		let read = value(text.as_bytes()).unwrap();
		assert_eq!(read.to_string(), text);
		assert!(read["a"][2].is_number());
	}

	#[test]
	fn fails_when_a_member_is_there_twice() {
		for text in [r#"{"a":1,"a":2}"#, r#"[{"b":{"a":1,"\u0061":2}}]"#] {
			let error = value(text.as_bytes()).unwrap_err();
			assert!(error.to_string().contains("`a`"), "{text}");
			assert_eq!(error.classify(), Category::Data);
		}
	}

	#[test]
	fn fails_when_it_is_too_deep_or_goes_on() {
		assert!(value("[".repeat(100_000).as_bytes()).is_err());
		assert!(value(b"{} {}").is_err());
	}
}
