//! Where a consent is, and which one is meant.

use super::element::Element;
use hdx_primitives::ShieldedIndex;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The place of a consent: `TREE/INDEX`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
	/// The number of its tree.
	pub tree: u32,
	/// Its index there.
	pub index: u32,
}

/// Which consent is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
	/// The one of this leaf.
	Leaf(Element),
	/// The one at this place.
	Place(Place),
}

impl Place {
	/// It as the chain says it.
	pub fn to_index(self) -> ShieldedIndex {
		ShieldedIndex { tree: self.tree, leaf: self.index }
	}
}

impl From<ShieldedIndex> for Place {
	fn from(ShieldedIndex { tree, leaf }: ShieldedIndex) -> Self {
		Self { tree, index: leaf }
	}
}

impl fmt::Display for Place {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}/{}", self.tree, self.index)
	}
}

impl fmt::Display for Which {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Leaf(leaf) => leaf.fmt(f),
			Self::Place(place) => place.fmt(f),
		}
	}
}

/// Reads a leaf, or `TREE/INDEX`.
pub fn which(text: &str) -> Result<Which, String> {
	if text.starts_with("0x") {
		return Element::parse(text).map(Which::Leaf);
	}
	let place = text.split_once('/').and_then(|(tree, index)| {
		Some(Place { tree: tree.parse().ok()?, index: index.parse().ok()? })
	});
	place.map(Which::Place).ok_or_else(|| {
		format!("`{text}` is no consent: give its leaf (0x and 64 digits) or TREE/INDEX")
	})
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_zk_circuits::Fr;

	#[test]
	fn a_consent_is_named_by_its_leaf_or_its_place() {
		let place = Place { tree: 1, index: 52 };
		assert_eq!(which("1/52"), Ok(Which::Place(place)));
		assert_eq!(Place::from(place.to_index()), place);
		let leaf = Element(Fr::from(7u64));
		assert_eq!(which(&leaf.to_string()), Ok(Which::Leaf(leaf)));
		for text in ["", "1", "/", "1/", "1/x", "-1/2", "1/2/3", "4294967296/0"] {
			assert!(which(text).unwrap_err().contains("TREE/INDEX"), "{text}");
		}
		assert!(which("0x12").is_err());
	}
}
