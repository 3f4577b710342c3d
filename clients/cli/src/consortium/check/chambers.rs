//! Who decides: the seats of institutions, and who represents patients.

use super::{shown, Checker, Written, MAX_SEATS};
use crate::consortium::fault::{Note, Wrong};
use hdx_primitives::AccountId;
use std::collections::BTreeMap;
use toml::Spanned;

impl Checker<'_> {
	pub(super) fn seats(
		&mut self,
		written: &[Spanned<String>],
		numbers: &BTreeMap<String, u32>,
	) -> Vec<u32> {
		let key = "chambers.institutions";
		if written.is_empty() {
			self.fault(None, key, Wrong::NoSeat);
		}
		if written.len() > MAX_SEATS {
			let wrong = Wrong::TooMany { found: written.len(), most: MAX_SEATS };
			self.fault(None, key, wrong);
		}
		let mut seats: BTreeMap<String, (usize, String, u32)> = BTreeMap::new();
		for (place, one) in (1usize..).zip(written) {
			let (line, key) = (self.line(one.span()), format!("{key}[{place}]"));
			let text = one.get_ref().trim();
			match (numbers.get(text), seats.get(text)) {
				(None, _) => {
					let found = shown(text, false);
					self.fault(Some(line), key, Wrong::UnknownInstitution { found });
				},
				(_, Some((line_before, before, _))) => {
					let (line_before, before) = (*line_before, before.clone());
					let wrong = Wrong::Twice { line: line_before, key: before };
					self.fault(Some(line), key, wrong);
				},
				(Some(number), None) => {
					seats.insert(text.to_owned(), (line, key, *number));
				},
			}
		}
		let mut numbers: Vec<_> = seats.into_values().map(|(_, _, number)| number).collect();
		numbers.sort_unstable();
		numbers
	}

	pub(super) fn representatives(&mut self, written: &[Spanned<String>]) -> Vec<AccountId> {
		let key = "chambers.representatives";
		match written.len() {
			0 => self.fault(None, key, Wrong::NoRepresentative),
			few @ 1..=2 => self.notes.push(Note::FewRepresentatives(few)),
			found if found > MAX_SEATS => {
				self.fault(None, key, Wrong::TooMany { found, most: MAX_SEATS });
			},
			_ => {},
		}
		let mut found = Vec::new();
		for (place, one) in (1usize..).zip(written) {
			let (line, key) = (self.line(one.span()), format!("{key}[{place}]"));
			let text = one.get_ref().trim();
			if text.is_empty() {
				self.fault(Some(line), key, Wrong::Missing);
				continue;
			}
			let wrong = |found| Wrong::NotAnAccount { found };
			let public = self.public(Written { text, line }, &key, wrong);
			found.extend(public.map(AccountId::new));
		}
		found
	}
}
