//! Members of JSON objects in the form that they must have, with errors that name them.

use super::{ClaimError, Npi};
use crate::json::Object;
use jiff::Timestamp;
use serde_json::Value;

/// A member of another type.
pub fn wrong(field: &str, expected: &'static str) -> ClaimError {
	ClaimError::WrongType { field: field.to_owned(), expected }
}

/// A member with another value.
pub fn invalid(field: &str, found: &str, expected: &'static str) -> ClaimError {
	ClaimError::Invalid { field: field.to_owned(), found: found.to_owned(), expected }
}

/// A National Provider Identifier.
pub fn npi(text: &str, field: &str) -> Result<Npi, ClaimError> {
	Npi::parse(text).map_err(|error| ClaimError::Npi { field: field.to_owned(), error })
}

/// A text that is there and not empty.
pub fn text(object: &Object, name: &str, field: &str) -> Result<String, ClaimError> {
	optional_text(object, name, field)?
		.ok_or_else(|| ClaimError::Missing { field: field.to_owned() })
}

/// A text that is not empty, if it is there.
pub fn optional_text(
	object: &Object,
	name: &str,
	field: &str,
) -> Result<Option<String>, ClaimError> {
	match object.get(name) {
		None => Ok(None),
		Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text.clone())),
		Some(_) => Err(wrong(field, "a text that says something")),
	}
}

/// A list of texts, or one text.
pub fn texts(object: &Object, field: &str) -> Result<Vec<String>, ClaimError> {
	let list = match object.get(field) {
		None => return Err(ClaimError::Missing { field: field.to_owned() }),
		Some(Value::Array(list)) => list.as_slice(),
		Some(one) => std::slice::from_ref(one),
	};
	list.iter()
		.map(|one| one.as_str().map(str::to_owned).ok_or_else(|| wrong(field, "a list of texts")))
		.collect()
}

/// A moment in RFC 3339.
pub fn moment(object: &Object, field: &str) -> Result<Timestamp, ClaimError> {
	let text = text(object, field, field)?;
	text.parse().map_err(|_| invalid(field, &text, "a moment such as 2027-06-30T12:00:00Z"))
}

/// Fails where a name at any depth would be taken for a digest (RFC 9901 section 4.1).
pub fn refuse_reserved(object: &Object, path: &str) -> Result<(), ClaimError> {
	for (name, value) in object {
		let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
		if is_reserved(name) {
			return Err(ClaimError::Reserved { field: path });
		}
		refuse_reserved_in(value, &path)?;
	}
	Ok(())
}

fn refuse_reserved_in(value: &Value, path: &str) -> Result<(), ClaimError> {
	match value {
		Value::Object(object) => refuse_reserved(object, path),
		Value::Array(items) => items.iter().try_for_each(|item| refuse_reserved_in(item, path)),
		_ => Ok(()),
	}
}

fn is_reserved(name: &str) -> bool {
	name == "_sd" || name == "..."
}
