//! Finds all that is wrong with a consortium's file.

mod chambers;
mod institutions;
mod others;
mod parameters;
mod validators;

use super::{
	fault::{Fault, Note, Wrong},
	names,
	table::{ChainTable, Table},
	Consortium, Read,
};
use crate::{error::Error, files};
use hdx_primitives::AccountId;
use hdx_sdk::session;
use std::{
	collections::BTreeMap,
	ops::{Range, RangeInclusive},
	path::Path,
};
use toml::Spanned;

// What the runtime takes. A whole-system test compares these with its constants.
/// Most validators.
const MAX_VALIDATORS: usize = 100;
/// Most validators of one institution.
const MAX_PER_INSTITUTION: usize = 3;
/// Most seats of a chamber.
const MAX_SEATS: usize = 64;
/// How long sessions may be, in blocks.
const SESSION_PERIOD: RangeInclusive<u32> = 5..=43_200;
/// For how many sessions keys may have to stay.
const KEY_COOLDOWN: RangeInclusive<u32> = 0..=168;
/// How many validators there may have to be.
const MINIMUM_VALIDATORS: RangeInclusive<u32> = 1..=100;
/// As the runtime ships it: four, of which one may fail.
const DEFAULT_MINIMUM: u32 = 4;

/// Ids of the chains that every node knows by name.
const RESERVED_IDS: [&str; 4] = ["dev", "local", "hdx_dev", "hdx_local"];
/// Longest name or id, in characters.
const MAX_NAME: usize = 64;
/// Most characters that a fault repeats of what was given.
const MAX_SHOWN: usize = 80;
/// Largest description of an institution, in bytes.
const MAX_PROFILE_BYTES: u64 = 16 * 1024 * 1024;

/// Checks a text. Files that it names are relative to `directory`.
pub(super) fn check(text: &str, directory: &Path) -> Read {
	check_with(text, &|name| files::read(&directory.join(name), MAX_PROFILE_BYTES))
}

/// Checks a text. `described` reads the files that it names.
pub(super) fn check_with(text: &str, described: &dyn Fn(&str) -> Result<Vec<u8>, Error>) -> Read {
	let mut checker = Checker {
		text,
		described,
		faults: Vec::new(),
		notes: Vec::new(),
		taken: BTreeMap::new(),
		development: session::development_keys(),
	};
	let consortium = match toml::from_str::<Table>(text) {
		Ok(table) => Some(checker.consortium(&table)),
		Err(error) => {
			let line = error.span().map(|span| checker.line(span));
			// Its own message would show the line, which may hold what nobody should see.
			checker.fault(line, "", Wrong::Form(error.message().to_owned()));
			None
		},
	};
	let Checker { mut faults, notes, .. } = checker;
	faults.sort_by_key(|fault| fault.line.unwrap_or(usize::MAX));
	Read { consortium: consortium.filter(|_| faults.is_empty()), faults, notes }
}

/// Something that is written in the file.
struct Written<'t> {
	text: &'t str,
	line: usize,
}

/// A file that is being checked.
struct Checker<'t> {
	text: &'t str,
	/// Reads the descriptions of institutions, by their names.
	described: &'t dyn Fn(&str) -> Result<Vec<u8>, Error>,
	faults: Vec<Fault>,
	notes: Vec<Note>,
	/// The accounts and keys so far, where they are, and as what.
	taken: BTreeMap<[u8; 32], (usize, String)>,
	development: BTreeMap<[u8; 32], String>,
}

impl Checker<'_> {
	fn line(&self, span: Range<usize>) -> usize {
		let before = self.text.get(..span.start).unwrap_or_default();
		before.bytes().filter(|one| *one == b'\n').count().saturating_add(1)
	}

	fn fault(&mut self, line: Option<usize>, key: impl Into<String>, wrong: Wrong) {
		self.faults.push(Fault { line, key: key.into(), wrong });
	}

	fn consortium(&mut self, table: &Table) -> Consortium {
		let (name, id) = self.names(&table.chain);
		let minimum = self
			.number(&table.chain.minimum_validators, "chain.minimum_validators", MINIMUM_VALIDATORS)
			.unwrap_or(DEFAULT_MINIMUM);
		let (institutions, numbers) = self.institutions(&table.institution);
		let validators = self.validators(&table.validator, &numbers, minimum);
		let seats = self.seats(&table.chambers.institutions, &numbers);
		let representatives = self.representatives(&table.chambers.representatives);
		Consortium {
			name,
			id,
			session_period: self.number(
				&table.chain.session_period,
				"chain.session_period",
				SESSION_PERIOD,
			),
			minimum_validators: minimum,
			key_cooldown: self.number(
				&table.chain.key_cooldown,
				"chain.key_cooldown",
				KEY_COOLDOWN,
			),
			boot_nodes: self.boot_nodes(&table.chain.boot_nodes),
			institutions,
			validators,
			seats,
			representatives,
			templates: self.templates(&table.template),
			parameters: self.parameters(table, &numbers),
		}
	}

	/// What is written under a key. `table` is the line of what it belongs to.
	fn written<'w>(
		&mut self,
		written: &'w Option<Spanned<String>>,
		key: &str,
		table: Option<usize>,
	) -> Option<Written<'w>> {
		let line = written.as_ref().map(|written| self.line(written.span()));
		let text = written.as_ref().map(|written| written.get_ref().trim()).unwrap_or_default();
		match line {
			Some(line) if !text.is_empty() => Some(Written { text, line }),
			_ => {
				self.fault(line.or(table), key, Wrong::Missing);
				None
			},
		}
	}

	fn number(
		&mut self,
		written: &Option<Spanned<u32>>,
		key: &str,
		range: RangeInclusive<u32>,
	) -> Option<u32> {
		let written = written.as_ref()?;
		let found = *written.get_ref();
		if !range.contains(&found) {
			let line = self.line(written.span());
			let (least, most) = range.into_inner();
			self.fault(Some(line), key, Wrong::OutOfRange { found, least, most });
		}
		Some(found)
	}

	fn names(&mut self, chain: &ChainTable) -> (String, String) {
		let name = self.written(&chain.name, "chain.name", None);
		if let Some(Written { text, line }) = &name {
			if text.chars().count() > MAX_NAME || text.chars().any(char::is_control) {
				self.fault(Some(*line), "chain.name", Wrong::Name { found: shown(text, true) });
			}
		}
		let id = self.written(&chain.id, "chain.id", None);
		if let Some(Written { text, line }) = &id {
			let found = shown(text, false);
			if RESERVED_IDS.contains(text) {
				self.fault(Some(*line), "chain.id", Wrong::ReservedId { found });
			} else if !is_id(text) {
				self.fault(Some(*line), "chain.id", Wrong::Id { found });
			}
		}
		let text = |written: Option<Written<'_>>| written.map(|one| one.text.to_owned());
		(text(name).unwrap_or_default(), text(id).unwrap_or_default())
	}

	/// Thirty-two bytes that nobody else has, and that stand here once.
	fn public(
		&mut self,
		Written { text, line }: Written<'_>,
		key: &str,
		wrong: fn(String) -> Wrong,
	) -> Option<[u8; 32]> {
		let Some(bytes) = names::public(text) else {
			self.fault(Some(line), key, wrong(shown(text, false)));
			return None;
		};
		if let Some(name) = self.development.get(&bytes).cloned() {
			self.fault(Some(line), key, Wrong::DevelopmentKey { name });
		}
		if let Some((line_before, before)) = self.taken.get(&bytes).cloned() {
			self.fault(Some(line), key, Wrong::Twice { line: line_before, key: before });
		} else {
			self.taken.insert(bytes, (line, key.to_owned()));
		}
		Some(bytes)
	}

	fn account(
		&mut self,
		written: &Option<Spanned<String>>,
		key: &str,
		table: Option<usize>,
	) -> Option<AccountId> {
		let written = self.written(written, key, table)?;
		self.public(written, key, |found| Wrong::NotAnAccount { found }).map(AccountId::new)
	}
}

/// Whether directories and other tables can be called so.
fn is_id(text: &str) -> bool {
	(1..=MAX_NAME).contains(&text.len())
		&& text.bytes().all(|one| matches!(one, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
}

/// What a fault repeats. Where blanks have no place, several words are likely those of a secret key.
fn shown(text: &str, blanks: bool) -> String {
	if !blanks && text.split_whitespace().count() > 1 {
		return "…".to_owned();
	}
	match text.char_indices().nth(MAX_SHOWN) {
		Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
		None => text.to_owned(),
	}
}
