//! What was done, as it is shown.

use serde::{Serialize, Serializer};
use serde_json::Value;
use std::fmt;

/// A sentence for people, an object for programs.
pub struct Done {
	sentence: String,
	value: Value,
}

impl Done {
	/// What was done.
	pub fn new(sentence: impl Into<String>, value: Value) -> Self {
		Self { sentence: sentence.into(), value }
	}
}

impl Serialize for Done {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		self.value.serialize(serializer)
	}
}

impl fmt::Display for Done {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&self.sentence)
	}
}
