//! Where a credential says in which list it stands (section 2.1).

use crate::json::Object;
use serde_json::{json, Value};
use std::fmt;

/// What a bit that is set means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Purpose {
	/// Taken back for good.
	Revocation,
	/// Taken back until further notice.
	Suspension,
}

impl Purpose {
	/// Both.
	pub const ALL: [Self; 2] = [Self::Revocation, Self::Suspension];

	/// The value of `statusPurpose`.
	pub fn name(self) -> &'static str {
		match self {
			Self::Revocation => "revocation",
			Self::Suspension => "suspension",
		}
	}

	/// Reads a value of `statusPurpose`.
	pub fn from_name(name: &str) -> Option<Self> {
		Self::ALL.into_iter().find(|purpose| purpose.name() == name)
	}
}

impl fmt::Display for Purpose {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(self.name())
	}
}

/// The place of a credential in a list (`BitstringStatusListEntry`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
	/// A URL that names this entry, if it has one.
	pub id: Option<String>,
	/// What the bit means.
	pub purpose: Purpose,
	/// Which bit it is.
	pub index: u64,
	/// The URL of the list.
	pub list: String,
}

/// Why an entry is not understood. A status that cannot be checked is not passed over.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EntryError {
	/// Not an object.
	#[error("`credentialStatus` is no object")]
	NotAnObject,
	/// A member is missing, or has another type of value.
	#[error("`credentialStatus.{member}` is missing, or not {expected}")]
	Malformed {
		/// The member.
		member: &'static str,
		/// What it should be.
		expected: &'static str,
	},
	/// Another way to tell a status.
	#[error("`credentialStatus.type` is `{found}`; BitstringStatusListEntry is understood")]
	UnknownType {
		/// What it says.
		found: String,
	},
	/// Another meaning.
	#[error(
		"`credentialStatus.statusPurpose` is `{found}`; revocation and suspension are understood"
	)]
	UnknownPurpose {
		/// What it says.
		found: String,
	},
	/// More than a bit for an entry.
	#[error("`credentialStatus.statusSize` is {found}; one bit for an entry is understood")]
	UnsupportedSize {
		/// What it says.
		found: String,
	},
}

impl Entry {
	/// Reads one entry of `credentialStatus`.
	///
	/// # Errors
	///
	/// [`EntryError`].
	pub fn read(value: &Value) -> Result<Self, EntryError> {
		let object = value.as_object().ok_or(EntryError::NotAnObject)?;
		let found = text(object, "type", "a text")?;
		if found != "BitstringStatusListEntry" {
			return Err(EntryError::UnknownType { found });
		}
		let found = text(object, "statusPurpose", "a text")?;
		let purpose = Purpose::from_name(&found).ok_or(EntryError::UnknownPurpose { found })?;
		if let Some(size) = object.get("statusSize").filter(|size| size.as_u64() != Some(1)) {
			return Err(EntryError::UnsupportedSize { found: size.to_string() });
		}
		let expected = "a number from 0 up, written as a text";
		let index = text(object, "statusListIndex", expected)?;
		let digits = index.bytes().all(|one| one.is_ascii_digit());
		let index = index.parse().ok().filter(|_| digits);
		let id = match object.get("id") {
			None => None,
			Some(_) => Some(text(object, "id", "a URL")?),
		};
		Ok(Self {
			id,
			purpose,
			index: index.ok_or(EntryError::Malformed { member: "statusListIndex", expected })?,
			list: text(object, "statusListCredential", "a URL")?,
		})
	}

	pub(crate) fn to_json(&self) -> Value {
		let mut entry = json!({
			"type": "BitstringStatusListEntry",
			"statusPurpose": self.purpose.name(),
			"statusListIndex": self.index.to_string(),
			"statusListCredential": self.list,
		});
		if let (Some(id), Value::Object(entry)) = (&self.id, &mut entry) {
			entry.insert("id".into(), id.clone().into());
		}
		entry
	}
}

fn text(
	object: &Object,
	member: &'static str,
	expected: &'static str,
) -> Result<String, EntryError> {
	let text = object.get(member).and_then(Value::as_str).filter(|text| !text.is_empty());
	text.map(str::to_owned).ok_or(EntryError::Malformed { member, expected })
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;

	/// After the example of the Recommendation (section 2.1).
	fn entry() -> Value {
		json!({
			"id": "https://board.example/credentials/status/3#94567",
			"type": "BitstringStatusListEntry",
			"statusPurpose": "revocation",
			"statusListIndex": "94567",
			"statusListCredential": "https://board.example/credentials/status/3",
		})
	}

	fn with(member: &str, value: Value) -> Result<Entry, EntryError> {
		let mut changed = entry();
		changed[member] = value;
		Entry::read(&changed)
	}

	#[test]
	fn is_read_and_written() {
		let read = Entry::read(&entry()).unwrap();
		assert_eq!((read.index, read.purpose), (94_567, Purpose::Revocation));
		assert_eq!(read.to_json(), entry());
		assert_eq!(with("statusSize", json!(1)).unwrap(), read);
	}

	#[test]
	fn fails_when_it_is_not_understood() {
		let unknown = with("statusPurpose", json!("message"));
		assert_eq!(unknown, Err(EntryError::UnknownPurpose { found: "message".into() }));
		let unknown = with("type", json!("StatusList2021Entry"));
		assert_eq!(unknown, Err(EntryError::UnknownType { found: "StatusList2021Entry".into() }));
		for size in [json!(2), json!(0), json!("1")] {
			let error = with("statusSize", size).unwrap_err();
			assert!(matches!(error, EntryError::UnsupportedSize { .. }), "{error}");
		}
		assert_eq!(Entry::read(&json!("x")), Err(EntryError::NotAnObject));
	}

	#[test]
	fn fails_when_the_index_is_no_number() {
		for index in [json!(94_567), json!(""), json!("-1"), json!("+1"), json!("1.0"), json!("x")]
		{
			let error = with("statusListIndex", index).unwrap_err();
			assert!(matches!(error, EntryError::Malformed { member: "statusListIndex", .. }));
		}
	}
}
