//! What a roster has seen, so that nothing is in it twice.

use crate::error::{ReadError, Refusal};
use std::collections::BTreeMap;

/// What was seen, and where first.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen(BTreeMap<String, String>);

impl Seen {
	/// Adds what `key` tells apart; `value` is what a person reads.
	pub fn add(&mut self, key: String, value: &str, path: String) -> Result<(), ReadError> {
		if let Some(first) = self.0.get(&key) {
			let refusal = Refusal::Duplicate { value: value.to_owned(), first: first.clone() };
			return Err(refusal.at(path));
		}
		self.0.insert(key, path);
		Ok(())
	}
}
