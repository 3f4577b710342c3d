//! JSON whose objects name no member twice.
//!
//! JSON leaves the meaning of a repeated member open: of `"security": ["PSY"], "security": []` one
//! reader sees the first and another the second. A label must not depend on who reads, so such
//! JSON is refused. Names are compared after their escapes are resolved.

use serde::{
	de::{Error, MapAccess, SeqAccess, Visitor},
	Deserialize, Deserializer,
};
use std::{collections::HashSet, fmt};

/// Any JSON value whose objects, at every depth, name no member twice.
pub(super) struct UniqueKeys;

impl<'de> Deserialize<'de> for UniqueKeys {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		deserializer.deserialize_any(Checker)
	}
}

struct Checker;

impl<'de> Visitor<'de> for Checker {
	type Value = UniqueKeys;

	fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("a JSON value")
	}

	fn visit_bool<E: Error>(self, _: bool) -> Result<UniqueKeys, E> {
		Ok(UniqueKeys)
	}

	fn visit_i64<E: Error>(self, _: i64) -> Result<UniqueKeys, E> {
		Ok(UniqueKeys)
	}

	fn visit_u64<E: Error>(self, _: u64) -> Result<UniqueKeys, E> {
		Ok(UniqueKeys)
	}

	fn visit_f64<E: Error>(self, _: f64) -> Result<UniqueKeys, E> {
		Ok(UniqueKeys)
	}

	fn visit_str<E: Error>(self, _: &str) -> Result<UniqueKeys, E> {
		Ok(UniqueKeys)
	}

	fn visit_unit<E: Error>(self) -> Result<UniqueKeys, E> {
		Ok(UniqueKeys)
	}

	fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<UniqueKeys, A::Error> {
		while items.next_element::<UniqueKeys>()?.is_some() {}
		Ok(UniqueKeys)
	}

	fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<UniqueKeys, A::Error> {
		let mut seen = HashSet::new();
		while let Some(name) = members.next_key::<String>()? {
			if seen.contains(&name) {
				return Err(A::Error::custom(format_args!("`{name}` is named twice")));
			}
			seen.insert(name);
			members.next_value::<UniqueKeys>()?;
		}
		Ok(UniqueKeys)
	}
}
