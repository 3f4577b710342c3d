//! JSON as it must be in what is signed: no object names a member twice.
//!
//! Of `{"validUntil": "2020", "validUntil": "2030"}` one reader sees the first and another the
//! second; a credential must not depend on who reads it (RFC 7515 section 4, RFC 8259 section 4).

use serde::{
	de::{Error, MapAccess, SeqAccess, Visitor},
	Deserialize, Deserializer,
};
use serde_json::{Map, Value};
use std::{collections::BTreeSet, fmt};

/// An object.
pub type Object = Map<String, Value>;

/// Reads a value.
pub fn value(bytes: &[u8]) -> Result<Value, serde_json::Error> {
	serde_json::from_slice::<Unambiguous>(bytes)?;
	serde_json::from_slice(bytes)
}

/// Reads an object.
pub fn object(bytes: &[u8]) -> Result<Object, serde_json::Error> {
	match value(bytes)? {
		Value::Object(object) => Ok(object),
		_ => Err(serde_json::Error::custom("it is no JSON object")),
	}
}

/// Says of a value that no name is repeated in it. The parser bounds how deep it may be.
///
/// It holds no value: how numbers come to a visitor depends on features of the parser that other crates turn on, so
/// that the parser itself reads them.
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
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn reads_what_is_there() {
		let text = r#"{"a":[1,-2,1.5,true,null,"x",{}]}"#;
		assert_eq!(value(text.as_bytes()).unwrap().to_string(), text);
	}

	#[test]
	fn fails_when_a_member_is_there_twice() {
		for text in [r#"{"a":1,"a":2}"#, r#"[{"b":{"a":1,"\u0061":2}}]"#] {
			assert!(value(text.as_bytes()).unwrap_err().to_string().contains("`a`"), "{text}");
		}
	}

	#[test]
	fn fails_when_it_is_too_deep_or_goes_on() {
		assert!(value("[".repeat(100_000).as_bytes()).is_err());
		assert!(value(b"{} {}").is_err());
	}
}
