//! What the hashes of a policy stand for.

use crate::{
	coding::{Coding, Identifier, Reference},
	time::ReadPeriod,
};
use hdx_consent_engine::{Actor, Code, Milliseconds, Period};
use std::collections::BTreeMap;

/// The words behind a policy. A policy holds 128-bit hashes; whoever read or wrote the document
/// knows what was hashed, and so can say it again as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dictionary {
	codings: BTreeMap<Code, Coding>,
	identifiers: BTreeMap<Code, Identifier>,
	references: BTreeMap<Code, Reference>,
	actors: BTreeMap<Actor, Reference>,
	periods: BTreeMap<PeriodKey, (Option<String>, Option<String>)>,
}

/// A period, in an order.
type PeriodKey = (Option<Milliseconds>, Option<Milliseconds>);

impl Dictionary {
	/// An empty one.
	pub fn new() -> Self {
		Self::default()
	}

	/// Notes a coding, and gives the code that stands for it.
	pub fn add_coding(&mut self, coding: Coding) -> Code {
		let code = coding.as_code();
		self.codings.entry(code).or_insert(coding);
		code
	}

	/// Notes an identifier, and gives the code that stands for it.
	pub fn add_identifier(&mut self, identifier: Identifier) -> Code {
		let code = identifier.as_code();
		self.identifiers.entry(code).or_insert(identifier);
		code
	}

	/// Notes a reference to data, and the code that stands for it in the policy.
	pub fn add_reference(&mut self, code: Code, reference: Reference) {
		self.references.entry(code).or_insert(reference);
	}

	/// Notes how a document referred to an actor.
	pub fn add_actor(&mut self, actor: Actor, reference: Reference) {
		self.actors.entry(actor).or_insert(reference);
	}

	pub(crate) fn add_period(&mut self, read: &ReadPeriod) {
		let written = || (read.start.clone(), read.end.clone());
		self.periods.entry((read.period.start, read.period.end)).or_insert_with(written);
	}

	/// Takes over what another one knows.
	pub fn merge(&mut self, other: Self) {
		for (code, coding) in other.codings {
			self.codings.entry(code).or_insert(coding);
		}
		for (code, identifier) in other.identifiers {
			self.identifiers.entry(code).or_insert(identifier);
		}
		for (code, reference) in other.references {
			self.references.entry(code).or_insert(reference);
		}
		for (actor, reference) in other.actors {
			self.actors.entry(actor).or_insert(reference);
		}
		for (period, written) in other.periods {
			self.periods.entry(period).or_insert(written);
		}
	}

	/// The coding behind a code.
	pub fn coding(&self, code: &Code) -> Option<&Coding> {
		self.codings.get(code)
	}

	/// The identifier behind a code.
	pub fn identifier(&self, code: &Code) -> Option<&Identifier> {
		self.identifiers.get(code)
	}

	/// The reference to data behind a code.
	pub fn reference(&self, code: &Code) -> Option<&Reference> {
		self.references.get(code)
	}

	/// How a document referred to an actor.
	pub fn actor(&self, actor: &Actor) -> Option<&Reference> {
		self.actors.get(actor)
	}

	/// All actors that a document referred to in this way.
	pub(crate) fn actors_of<'a>(
		&'a self,
		reference: &'a Reference,
	) -> impl Iterator<Item = &'a Actor> {
		self.actors.iter().filter(move |(_, known)| *known == reference).map(|(actor, _)| actor)
	}

	/// How a document wrote a period.
	pub(crate) fn written_period(&self, period: Period) -> Option<(Option<&str>, Option<&str>)> {
		let (start, end) = self.periods.get(&(period.start, period.end))?;
		Some((start.as_deref(), end.as_deref()))
	}

	/// Every coding with this code, of whatever system.
	pub(crate) fn codings_named<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Coding> {
		self.codings.values().filter(move |coding| coding.code == code)
	}
}
