//! What releasing many came to.

use super::{batch::Item, list::Release};
use crate::{
	error::Error,
	output::{block, count},
};
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// What it came to.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
	/// What the chain was told.
	pub batches: Vec<Batch>,
	/// What was released.
	pub released: Vec<Released>,
	/// How many packages were there before.
	pub already: usize,
	/// What was not released, and why.
	pub refused: Vec<Refused>,
}

/// A batch that the chain took.
#[derive(Serialize)]
pub struct Batch {
	/// Its number.
	pub batch: u64,
	/// Its entry in the log.
	pub entry: u64,
	/// How many disclosures it has.
	pub disclosures: usize,
}

/// A release.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Released {
	line: usize,
	grant: u64,
	record: u64,
	grantee: String,
	sections: usize,
	withheld: usize,
	package: PathBuf,
	/// What opens the disclosure, with the proof that the batch holds it.
	disclosure: PathBuf,
}

/// What was not released.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Refused {
	line: usize,
	grant: u64,
	record: u64,
	code: &'static str,
	reason: String,
	/// The name of the pallet's error, where a pallet refused.
	#[serde(skip_serializing_if = "Option::is_none")]
	refusal: Option<String>,
	/// What to do.
	#[serde(skip_serializing_if = "Option::is_none")]
	help: Option<String>,
}

impl Released {
	/// A release whose package was written.
	pub fn new(item: &Item, package: PathBuf, disclosure: PathBuf) -> Self {
		Self {
			line: item.release.line,
			grant: item.release.grant.0,
			record: item.release.record.0,
			grantee: item.prepared.grant.grantee.to_string(),
			sections: item.prepared.permitted.len(),
			withheld: item.prepared.withheld,
			package,
			disclosure,
		}
	}
}

impl Refused {
	/// A release that failed.
	pub fn new(release: &Release, error: &Error) -> Self {
		Self {
			line: release.line,
			grant: release.grant.0,
			record: release.record.0,
			code: error.code(),
			reason: error.to_string(),
			refusal: error.refusal().map(str::to_owned),
			help: error.help(),
		}
	}
}

impl fmt::Display for Summary {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let released = count(self.released.len(), "disclosure");
		let already = match self.already {
			0 => String::new(),
			some => count(some, "package"),
		};
		let refused = match self.refused.len() {
			0 => String::new(),
			some => count(some, "line"),
		};
		let batches = self.batches.iter().map(|one| {
			format!("{} (entry {}, {})", one.batch, one.entry, count(one.disclosures, "disclosure"))
		});
		let batches = batches.collect::<Vec<_>>().join(", ");
		let fields: [(&str, &dyn fmt::Display); 3] =
			[("batches", &batches), ("there before", &already), ("not released", &refused)];
		block(f, format!("{released} made and logged"), &fields)?;
		for one in &self.released {
			writeln!(
				f,
				"  line {}: {}, {} withheld: {}",
				one.line,
				count(one.sections, "section"),
				one.withheld,
				one.package.display(),
			)?;
		}
		for one in &self.refused {
			writeln!(f, "  line {}: not released: {}", one.line, one.reason)?;
			if let Some(help) = &one.help {
				writeln!(f, "    {help}")?;
			}
		}
		Ok(())
	}
}
