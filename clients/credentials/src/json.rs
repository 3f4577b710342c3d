//! JSON as it must be in what is signed: no object names a member twice.
//!
//! Of `{"validUntil": "2020", "validUntil": "2030"}` one reader sees the first and another the
//! second; a credential must not depend on who reads it (RFC 7515 section 4, RFC 8259 section 4).

use serde::{
	de::{Error, MapAccess, SeqAccess, Visitor},
	Deserialize, Deserializer,
};
use serde_json::{Map, Number, Value};
use std::fmt;

/// An object.
pub type Object = Map<String, Value>;

/// Reads a value.
pub fn value(bytes: &[u8]) -> Result<Value, serde_json::Error> {
	serde_json::from_slice::<Unambiguous>(bytes).map(|read| read.0)
}

/// Reads an object.
pub fn object(bytes: &[u8]) -> Result<Object, serde_json::Error> {
	match value(bytes)? {
		Value::Object(object) => Ok(object),
		_ => Err(serde_json::Error::custom("it is no JSON object")),
	}
}

/// A value in which no name is repeated. The parser bounds how deep it may be.
struct Unambiguous(Value);

impl<'de> Deserialize<'de> for Unambiguous {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		deserializer.deserialize_any(Reader).map(Self)
	}
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
	type Value = Value;

	fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("a JSON value")
	}

	fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
		Ok(Value::Bool(value))
	}

	fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
		Ok(value.into())
	}

	fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
		Ok(value.into())
	}

	fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
		Number::from_f64(value)
			.map(Value::Number)
			.ok_or_else(|| E::custom("a number is not finite"))
	}

	fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
		Ok(value.into())
	}

	fn visit_unit<E: Error>(self) -> Result<Value, E> {
		Ok(Value::Null)
	}

	fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
		let mut read = Vec::new();
		while let Some(Unambiguous(item)) = items.next_element()? {
			read.push(item);
		}
		Ok(Value::Array(read))
	}

	fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
		let mut read = Object::new();
		while let Some(name) = members.next_key::<String>()? {
			if read.contains_key(&name) {
				return Err(A::Error::custom(format!("the member `{name}` is there twice")));
			}
			let Unambiguous(value) = members.next_value()?;
			read.insert(name, value);
		}
		Ok(Value::Object(read))
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
