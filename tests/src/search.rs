//! Looking for words in bytes, however they are written.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many bytes of a needle are looked up at once. No needle may be shorter.
const HEAD: usize = 4;

/// How something may be written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Writing {
	/// As it is.
	Plain,
	/// As JSON escapes it.
	Json,
	/// In hexadecimal digits, lower case.
	HexLower,
	/// In hexadecimal digits, upper case.
	HexUpper,
	/// In UTF-16, little endian.
	Utf16,
}

/// What is looked for.
#[derive(Default)]
pub struct Needles {
	/// By the first bytes: the names of what starts so, with its bytes.
	by_head: HashMap<[u8; HEAD], Vec<Needle>>,
	names: BTreeSet<String>,
}

struct Needle {
	name: String,
	writing: Writing,
	bytes: Vec<u8>,
}

/// What was found.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Hit {
	/// What.
	pub name: String,
	/// How it was written.
	pub writing: Writing,
	/// How many bytes that is.
	pub length: usize,
	/// Where it starts.
	pub offset: usize,
}

impl Needles {
	/// Looks for a text, in every writing.
	pub fn add_text(&mut self, text: &str) {
		let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
		self.add(text, Writing::Utf16, utf16);
		let json = serde_json::to_string(text).expect("a string is JSON");
		let json = &json[1..json.len() - 1];
		if json != text {
			self.add(text, Writing::Json, json.as_bytes().to_vec());
		}
		self.add_bytes(text, text.as_bytes());
	}

	/// Looks for bytes, as they are and in hexadecimal digits.
	pub fn add_bytes(&mut self, name: &str, bytes: &[u8]) {
		self.add(name, Writing::HexLower, hex::encode(bytes).into_bytes());
		self.add(name, Writing::HexUpper, hex::encode_upper(bytes).into_bytes());
		self.add(name, Writing::Plain, bytes.to_vec());
	}

	/// How many different things are looked for.
	pub fn len(&self) -> usize {
		self.names.len()
	}

	/// Whether nothing is looked for.
	pub fn is_empty(&self) -> bool {
		self.names.is_empty()
	}

	/// Everything that is found in `bytes`.
	pub fn find(&self, bytes: &[u8]) -> Vec<Hit> {
		let mut hits = Vec::new();
		for (offset, head) in bytes.windows(HEAD).enumerate() {
			let Some(needles) = self.by_head.get(head) else { continue };
			for needle in needles.iter().filter(|one| bytes[offset..].starts_with(&one.bytes)) {
				hits.push(Hit {
					name: needle.name.clone(),
					writing: needle.writing,
					length: needle.bytes.len(),
					offset,
				});
			}
		}
		hits
	}

	/// Everything that is found at any place, by what it is.
	pub fn find_in<'p, P: Ord + 'p>(
		&self,
		places: impl IntoIterator<Item = &'p (P, Vec<u8>)>,
	) -> BTreeMap<String, Vec<(&'p P, Hit)>> {
		let mut found = BTreeMap::<String, Vec<_>>::new();
		for (place, bytes) in places {
			for hit in self.find(bytes) {
				found.entry(hit.name.clone()).or_default().push((place, hit));
			}
		}
		found
	}

	fn add(&mut self, name: &str, writing: Writing, bytes: Vec<u8>) {
		let head = bytes.first_chunk().unwrap_or_else(|| panic!("too short to look for: `{name}`"));
		self.names.insert(name.to_owned());
		let needle = Needle { name: name.to_owned(), writing, bytes: bytes.clone() };
		self.by_head.entry(*head).or_default().push(needle);
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	proptest! {
		#[test]
		fn finds_what_was_planted_in_any_writing(
			text in "[ -~äöü€]{4,40}",
			writing in 0usize..5,
			before in proptest::collection::vec(any::<u8>(), 0..50),
			after in proptest::collection::vec(any::<u8>(), 0..50),
		) {
			let mut needles = Needles::default();
			needles.add_text(&text);
			let planted = match writing {
				0 => text.as_bytes().to_vec(),
				1 => serde_json::to_vec(&text).unwrap(),
				2 => hex::encode(&text).into_bytes(),
				3 => hex::encode_upper(&text).into_bytes(),
				_ => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
			};
			let bytes = [before, planted, after].concat();
			prop_assert!(needles.find(&bytes).iter().any(|hit| hit.name == text));
		}
	}

	#[test]
	fn says_where_and_how() {
		let mut needles = Needles::default();
		needles.add_text("Lindqvist");
		let places = [("a", b"nothing".to_vec()), ("b", b"..4c696e647176697374".to_vec())];
		let found = needles.find_in(&places);
		let (place, hit) = &found["Lindqvist"][0];
		assert_eq!(**place, "b");
		assert_eq!((hit.writing, hit.offset, hit.length), (Writing::HexLower, 2, 18));
	}

	#[test]
	fn finds_nothing_where_there_is_nothing() {
		let mut needles = Needles::default();
		needles.add_text("Lindqvist");
		assert!(needles.find(b"Lindqvis").is_empty());
		assert!(needles.find(b"lindqvist").is_empty());
		assert!(needles.find(b"").is_empty());
	}
}
