//! What opens a digest: a salt, a name and a value (RFC 9901 section 4.2).

use super::digest;
use crate::{base64url, json};
use serde_json::{json, Value};

/// A disclosure, as it was sent.
#[derive(Clone, PartialEq, Debug)]
pub struct Disclosure {
	text: String,
	/// The name of the claim; none when it is an element of a list.
	pub name: Option<String>,
	/// The value.
	pub value: Value,
}

/// Why a disclosure cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DisclosureError {
	/// Not base64url.
	#[error("it is not base64url without padding")]
	NotBase64,
	/// Not JSON.
	#[error("it is no JSON that can be read: {detail}")]
	NotJson {
		/// What is wrong.
		detail: String,
	},
	/// Not a list of salt, name and value.
	#[error("it is no list of a salt, a name and a value")]
	NotATriple,
	/// The name would be taken for a digest.
	#[error("it names the claim `{name}`, which has a meaning of its own")]
	ReservedName {
		/// The name.
		name: String,
	},
}

impl Disclosure {
	pub(super) fn new(salt: &[u8], name: &str, value: &Value) -> Self {
		let content = json!([base64url::encode(salt), name, value]).to_string();
		let text = base64url::encode(content.as_bytes());
		Self { text, name: Some(name.to_owned()), value: value.clone() }
	}

	/// Reads a disclosure.
	///
	/// # Errors
	///
	/// [`DisclosureError`].
	pub fn parse(text: &str) -> Result<Self, DisclosureError> {
		let bytes = base64url::decode(text).ok_or(DisclosureError::NotBase64)?;
		let content = json::value(&bytes)
			.map_err(|error| DisclosureError::NotJson { detail: error.to_string() })?;
		let Value::Array(parts) = content else { return Err(DisclosureError::NotATriple) };
		let (name, value) = match <[Value; 3]>::try_from(parts) {
			Ok([Value::String(_), Value::String(name), value]) => (Some(name), value),
			Ok(_) => return Err(DisclosureError::NotATriple),
			Err(parts) => match <[Value; 2]>::try_from(parts) {
				Ok([Value::String(_), value]) => (None, value),
				_ => return Err(DisclosureError::NotATriple),
			},
		};
		if let Some(name) = name.as_deref().filter(|name| ["_sd", "..."].contains(name)) {
			return Err(DisclosureError::ReservedName { name: name.to_owned() });
		}
		Ok(Self { text: text.to_owned(), name, value })
	}

	/// The disclosure, as it is sent.
	pub fn as_str(&self) -> &str {
		&self.text
	}

	/// Its digest.
	pub fn digest(&self) -> String {
		digest(&self.text)
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	/// RFC 9901 sections 4.2.1 to 4.2.3.
	#[test]
	fn the_examples_of_rfc_9901_are_read_and_hashed() {
		let family_name = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";
		let read = Disclosure::parse(family_name).unwrap();
		assert_eq!(read.name.as_deref(), Some("family_name"));
		assert_eq!(read.value, "Möbius");
		assert_eq!(read.digest(), "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0");
		let country = Disclosure::parse("WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0").unwrap();
		assert_eq!((country.name.as_deref(), &country.value), (None, &json!("FR")));
		assert_eq!(country.digest(), "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs");
	}

	#[test]
	fn what_is_made_is_read() {
		let made = Disclosure::new(&[1; 16], "npi", &json!({ "a": [1, null] }));
		assert_eq!(Disclosure::parse(made.as_str()).unwrap(), made);
	}

	#[test]
	fn fails_when_it_is_not_a_disclosure() {
		let parse = |content: &str| Disclosure::parse(&base64url::encode(content.as_bytes()));
		assert_eq!(Disclosure::parse("+"), Err(DisclosureError::NotBase64));
		assert!(matches!(parse("["), Err(DisclosureError::NotJson { .. })));
		for content in ["{}", "[]", "[\"s\"]", "[1,\"n\",1]", "[\"s\",1,1]", "[\"s\",\"n\",1,1]"] {
			assert_eq!(parse(content), Err(DisclosureError::NotATriple), "{content}");
		}
		for name in ["_sd", "..."] {
			let error = parse(&json!(["s", name, 1]).to_string()).unwrap_err();
			assert_eq!(error, DisclosureError::ReservedName { name: name.to_owned() });
		}
	}
}
