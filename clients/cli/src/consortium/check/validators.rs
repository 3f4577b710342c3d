//! The validators, with their keys and what proves that somebody has them.

use super::{shown, Checker, Written, MAX_PER_INSTITUTION, MAX_VALIDATORS};
use crate::consortium::{
	fault::{Note, Wrong},
	names,
	table::ValidatorTable,
	Validator,
};
use hdx_primitives::AccountId;
use hdx_sdk::session::SessionKeyKind;
use std::collections::BTreeMap;
use toml::Spanned;

impl Checker<'_> {
	pub(super) fn validators(
		&mut self,
		tables: &[Spanned<ValidatorTable>],
		numbers: &BTreeMap<String, u32>,
		minimum: u32,
	) -> Vec<Validator> {
		let count = tables.len();
		if usize::try_from(minimum).is_ok_and(|minimum| count < minimum) {
			self.fault(None, "validator", Wrong::TooFewValidators { found: count, minimum });
		} else if count > MAX_VALIDATORS {
			self.fault(None, "validator", Wrong::TooMany { found: count, most: MAX_VALIDATORS });
		} else if count < 4 {
			self.notes.push(Note::FewValidators(count));
		}
		let (mut found, mut of_each) = (Vec::new(), BTreeMap::<&str, usize>::new());
		for (number, table) in (1usize..).zip(tables) {
			let place = format!("validator[{number}]");
			let at = Some(self.line(table.span()));
			let table = table.get_ref();
			let key = format!("{place}.institution");
			let institution = self.institution(&table.institution, &key, at, numbers);
			if let Some((name, _)) = institution {
				let count = of_each.entry(name).or_default();
				*count = count.saturating_add(1);
			}
			let account = self.account(&table.account, &format!("{place}.account"), at);
			let mut session_key = |kind, key: &Option<Spanned<String>>, proof, name: &str| {
				let key_at = format!("{place}.{name}");
				self.session_key(kind, key, proof, &key_at, at, account.as_ref())
			};
			let aura = session_key(SessionKeyKind::Aura, &table.aura, &table.aura_proof, "aura");
			let grandpa = session_key(
				SessionKeyKind::Grandpa,
				&table.grandpa,
				&table.grandpa_proof,
				"grandpa",
			);
			if let (Some((_, institution)), Some(account), Some(aura), Some(grandpa)) =
				(institution, account, aura, grandpa)
			{
				found.push(Validator { institution, account, aura, grandpa });
			}
		}
		for (institution, of_it) in of_each {
			let name = institution.to_owned();
			if of_it > MAX_PER_INSTITUTION {
				let (found, most) = (of_it, MAX_PER_INSTITUTION);
				let wrong = Wrong::TooManyOfInstitution { institution: name, found, most };
				self.fault(None, "validator", wrong);
			} else if count >= 4 && of_it.saturating_mul(3) >= count {
				self.notes.push(Note::Third(name));
			}
		}
		found
	}

	/// An institution that the file names elsewhere: its id, and its number.
	pub(super) fn institution<'w>(
		&mut self,
		written: &'w Option<Spanned<String>>,
		key: &str,
		table: Option<usize>,
		numbers: &BTreeMap<String, u32>,
	) -> Option<(&'w str, u32)> {
		let Written { text, line } = self.written(written, key, table)?;
		let number = numbers.get(text);
		if number.is_none() {
			let found = shown(text, false);
			self.fault(Some(line), key, Wrong::UnknownInstitution { found });
		}
		number.map(|number| (text, *number))
	}

	/// A key of consensus, with the proof that whoever has it made it for the validator.
	fn session_key(
		&mut self,
		kind: SessionKeyKind,
		key: &Option<Spanned<String>>,
		proof: &Option<Spanned<String>>,
		key_at: &str,
		table: Option<usize>,
		owner: Option<&AccountId>,
	) -> Option<[u8; 32]> {
		let written = self.written(key, key_at, table)?;
		let line = written.line;
		let public = self.public(written, key_at, |found| Wrong::NotAKey { found })?;
		let proof_at = format!("{key_at}_proof");
		let text = proof.as_ref().map(|proof| proof.get_ref().trim()).unwrap_or_default();
		let proof_line = proof.as_ref().map_or(line, |proof| self.line(proof.span()));
		if text.is_empty() {
			self.fault(Some(proof_line), proof_at, Wrong::NoProof);
			return None;
		}
		let Some(proof) = names::proof(text) else {
			self.fault(Some(proof_line), proof_at, Wrong::NotAProof);
			return None;
		};
		// Where the account is none, that is told already.
		let owner = owner?;
		if !kind.proves(&public, owner, &proof) {
			let wrong = Wrong::AnothersProof { owner: owner.to_string() };
			self.fault(Some(proof_line), proof_at, wrong);
		}
		Some(public)
	}
}
