//! Where nodes find each other, and what can be consented to.

use super::{shown, Checker};
use crate::consortium::{
	address,
	fault::{Note, Wrong},
	table::TemplateTable,
};
use hdx_sdk::commitment;
use std::collections::BTreeMap;
use toml::Spanned;

impl Checker<'_> {
	pub(super) fn boot_nodes(&mut self, written: &[Spanned<String>]) -> Vec<String> {
		if written.is_empty() {
			self.notes.push(Note::NoBootNode);
		}
		let mut found = Vec::new();
		for (place, one) in (1usize..).zip(written) {
			let text = one.get_ref().trim();
			if let Some(why) = address::why_not(text) {
				let line = self.line(one.span());
				let wrong = Wrong::Address { found: shown(text, true), why };
				self.fault(Some(line), format!("chain.boot_nodes[{place}]"), wrong);
			}
			found.push(text.to_owned());
		}
		found
	}

	pub(super) fn templates(&mut self, tables: &[Spanned<TemplateTable>]) -> Vec<([u8; 32], u32)> {
		if tables.is_empty() {
			self.notes.push(Note::NoTemplate);
		}
		let mut lines: BTreeMap<([u8; 32], u32), usize> = BTreeMap::new();
		let mut found = Vec::new();
		for (place, table) in (1usize..).zip(tables) {
			let key = |name: &str| format!("template[{place}].{name}");
			let at = self.line(table.span());
			let table = table.get_ref();
			let uri = self.written(&table.uri, &key("uri"), Some(at));
			let version = table.version.as_ref().map(|version| *version.get_ref());
			if version.is_none() {
				self.fault(Some(at), key("version"), Wrong::Missing);
			}
			let (Some(uri), Some(version)) = (uri, version) else { continue };
			let template = (commitment::public(uri.text.as_bytes()), version);
			match lines.get(&template) {
				Some(line) => {
					let twice = Wrong::Twice { line: *line, key: "template".to_owned() };
					self.fault(Some(uri.line), key("uri"), twice);
				},
				None => {
					lines.insert(template, uri.line);
				},
			}
			found.push(template);
		}
		found
	}
}
