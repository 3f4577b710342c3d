//! The institutions, with their operators.

use super::{is_id, shown, Checker, Written};
use crate::{
	consortium::{fault::Wrong, names, table::InstitutionTable, Institution},
	hex32,
};
use hdx_sdk::commitment;
use std::collections::BTreeMap;
use toml::Spanned;

impl Checker<'_> {
	/// The institutions, and their numbers by their ids.
	pub(super) fn institutions(
		&mut self,
		tables: &[Spanned<InstitutionTable>],
	) -> (Vec<Institution>, BTreeMap<String, u32>) {
		if tables.is_empty() {
			self.fault(None, "institution", Wrong::NoInstitution);
		}
		let (mut found, mut numbers) = (Vec::new(), BTreeMap::new());
		let mut lines: BTreeMap<String, (usize, String)> = BTreeMap::new();
		for (number, table) in (0u32..).zip(tables) {
			let place = format!("institution[{}]", number.saturating_add(1));
			let key = |name: &str| format!("{place}.{name}");
			let (at, table) = (Some(self.line(table.span())), table.get_ref());
			let id = self.written(&table.id, &key("id"), at);
			if let Some(Written { text, line }) = &id {
				if !is_id(text) {
					self.fault(Some(*line), key("id"), Wrong::Id { found: shown(text, false) });
				}
				match lines.get(*text) {
					Some((line_before, before)) => {
						let twice = Wrong::Twice { line: *line_before, key: before.clone() };
						self.fault(Some(*line), key("id"), twice);
					},
					None => {
						lines.insert((*text).to_owned(), (*line, key("id")));
						numbers.insert((*text).to_owned(), number);
					},
				}
			}
			let kind = self.kind(&table.kind, &key("kind"), at);
			let account = self.account(&table.account, &key("account"), at);
			let profile = self.profile(&table.profile, &key("profile"), at);
			if let (Some(id), Some(kind), Some(account), Some(profile)) =
				(id, kind, account, profile)
			{
				found.push(Institution { id: id.text.to_owned(), kind, account, profile });
			}
		}
		(found, numbers)
	}

	fn kind(
		&mut self,
		written: &Option<Spanned<String>>,
		key: &str,
		table: Option<usize>,
	) -> Option<&'static str> {
		let Written { text, line } = self.written(written, key, table)?;
		let kind = names::kind(text);
		if kind.is_none() {
			let (found, kinds) = (shown(text, false), names::kinds());
			self.fault(Some(line), key, Wrong::UnknownKind { found, kinds });
		}
		kind
	}

	/// The hash of a description: as it is given, or of the file that is named.
	fn profile(
		&mut self,
		written: &Option<Spanned<String>>,
		key: &str,
		table: Option<usize>,
	) -> Option<[u8; 32]> {
		let Written { text, line } = self.written(written, key, table)?;
		if let Some(hash) = hex32::read(text) {
			return Some(hash);
		}
		let reason = match (self.described)(text) {
			Ok(content) if !content.is_empty() => return Some(commitment::public(&content)),
			Ok(_) => "the file is empty".to_owned(),
			Err(error) => error.to_string(),
		};
		let found = shown(text, true);
		self.fault(Some(line), key, Wrong::Profile { found, reason });
		None
	}
}
