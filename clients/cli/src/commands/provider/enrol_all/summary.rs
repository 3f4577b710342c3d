//! What an enrolment came to.

use super::batches::Failure;
use crate::output::block;
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// How many of a kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
	/// Done in this run; of a dry run, those who would be.
	pub new: usize,
	/// On the chain before.
	pub already: usize,
	/// Left out: the roster has them as not active.
	pub inactive: usize,
	/// Not done.
	pub failed: usize,
}

/// Whom the chain did not take.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failed {
	/// The type of the resource in the roster.
	pub resource: &'static str,
	/// Where it stands there: `Bundle.entry[…]`.
	pub entry: usize,
	/// Their folder in the directory.
	pub id: String,
	/// Why.
	pub reason: String,
	/// The name of the pallet's error, where a pallet refused.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub refusal: Option<String>,
}

/// What an enrolment came to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
	/// Whether nothing was done.
	pub dry_run: bool,
	/// The directory with the keys.
	pub state: PathBuf,
	/// Institutions.
	pub institutions: Tally,
	/// Practitioners.
	pub practitioners: Tally,
	/// How many of the practitioners the signer's institution enrols, since no institution of the
	/// roster does.
	pub by_signer: usize,
	/// How many have an NPI that is none.
	pub invalid_npis: usize,
	/// How many were noted as done, and are not on the chain.
	pub forgotten: usize,
	/// Milliseconds that it took.
	pub milliseconds: u64,
	/// Who was not taken.
	pub failures: Vec<Failed>,
}

impl Summary {
	/// Notes a failure.
	pub fn fail(&mut self, resource: &'static str, entry: usize, id: &str, failure: Failure) {
		match resource {
			"Organization" => &mut self.institutions,
			_ => &mut self.practitioners,
		}
		.failed_once();
		let Failure { reason, refusal } = failure;
		self.failures.push(Failed { resource, entry, id: id.to_owned(), reason, refusal });
	}
}

impl Tally {
	fn failed_once(&mut self) {
		self.failed = self.failed.saturating_add(1);
	}
}

impl fmt::Display for Tally {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { new, already, inactive, failed } = self;
		write!(f, "{new} new, {already} already there, {inactive} not active, {failed} failed")
	}
}

impl fmt::Display for Summary {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let title = if self.dry_run { "this would be enrolled" } else { "the roster is enrolled" };
		let failed = self.failures.len();
		let title = match failed {
			0 => title.to_owned(),
			some => format!("{title}, but for {some}"),
		};
		let number = |count: usize| if count == 0 { String::new() } else { count.to_string() };
		let (by_signer, npis) = (number(self.by_signer), number(self.invalid_npis));
		let (forgotten, state) = (number(self.forgotten), self.state.display());
		let took =
			format!("{:.1} s", std::time::Duration::from_millis(self.milliseconds).as_secs_f64());
		let fields: [(&str, &dyn fmt::Display); 7] = [
			("institutions", &self.institutions),
			("practitioners", &self.practitioners),
			("by the signer", &by_signer),
			("NPIs that are none", &npis),
			("noted, but not on chain", &forgotten),
			("took", &took),
			("keys (keep)", &state),
		];
		block(f, title, &fields)?;
		for one in &self.failures {
			let fields: [(&str, &dyn fmt::Display); 2] = [("id", &one.id), ("why", &one.reason)];
			block(f, format!("{} Bundle.entry[{}]", one.resource, one.entry), &fields)?;
		}
		Ok(())
	}
}
