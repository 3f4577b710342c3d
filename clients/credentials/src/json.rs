//! JSON as it must be in what is signed: no object names a member twice.

pub use hdx_fhir::unambiguous::value;
use serde::de::Error;
use serde_json::{Map, Value};

/// An object.
pub type Object = Map<String, Value>;

/// Reads an object.
pub fn object(bytes: &[u8]) -> Result<Object, serde_json::Error> {
	match value(bytes)? {
		Value::Object(object) => Ok(object),
		_ => Err(serde_json::Error::custom("it is no JSON object")),
	}
}
