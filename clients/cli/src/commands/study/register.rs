//! `hdx study register`.

use super::terms;
use crate::{
	commands::{bounded, provider::Done, Context, SignedBy},
	error::Error,
	time,
};
use hdx_primitives::{InstitutionId, Milliseconds, StudyTerms, ValueRange, STUDY_VALUES};
use hdx_sdk::chain::Until;
use serde_json::json;
use std::path::PathBuf;

/// What the study asks for.
#[derive(Debug, clap::Args)]
pub struct Register {
	#[command(flatten)]
	by: SignedBy,
	/// The institution that answers for it, by its number.
	#[arg(long, value_name = "N")]
	sponsor: u32,
	/// The protocol, as it is published. The chain gets its hash.
	#[arg(long, value_name = "FILE")]
	protocol: PathBuf,
	/// Which values it asks for: a panel of the consortium's list.
	#[arg(long, value_name = "N")]
	panel: u64,
	/// The range of a value, both ends inside; once for each of the panel's four values, in their order.
	#[arg(long = "range", value_name = "MIN-MAX", required = true, value_parser = terms::range)]
	ranges: Vec<ValueRange>,
	/// From when on attestations count: a date, or RFC 3339.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	attested_from: Milliseconds,
	/// The categories of data that a consent must cover: numbers with commas.
	#[arg(long = "category", value_name = "N[,N]", value_parser = terms::categories)]
	categories: u64,
	/// How many have to take part before results are published.
	#[arg(long, value_name = "N")]
	minimum: u32,
	/// From when on one can enrol: a date, or RFC 3339.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	from: Milliseconds,
	/// Until when: a date (all of that day, UTC), or RFC 3339.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	until: Milliseconds,
}

impl Register {
	fn terms(&self) -> Result<StudyTerms, Error> {
		let ranges: [ValueRange; STUDY_VALUES] =
			bounded(self.ranges.clone(), "--range", STUDY_VALUES as u32)?;
		Ok(StudyTerms {
			sponsor: InstitutionId(self.sponsor),
			protocol: terms::protocol(&self.protocol)?,
			panel: self.panel,
			ranges,
			attested_from: self.attested_from,
			categories: self.categories,
			minimum: self.minimum,
			from: self.from,
			until: self.until,
		})
	}
}

/// Registers it.
pub async fn run(options: Register, context: &Context) -> Result<(), Error> {
	let governance = options.by.signer()?;
	let terms = options.terms()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let study = chain.register_study(&governance, terms, Until::Finalized).await?;
	drop(progress);
	let protocol = format!("0x{}", hex::encode(terms.protocol));
	context.output.show(&Done::new(
		format!("study {} is registered, with protocol {protocol}; it never changes", study.0),
		json!({ "study": study.0, "protocol": protocol }),
	))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::Parser;
	use hdx_primitives::H256;
	use hdx_sdk::commitment;

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		register: Register,
	}

	fn read(ranges: usize) -> Result<StudyTerms, Error> {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("protocol");
		std::fs::write(&file, b"what is done").unwrap();
		let line = format!(
			"hdx --as //Ferdie --sponsor 1 --protocol {} --panel 2 {} --attested-from 2027-01-01 --category 3,4 \
			 --minimum 50 --from 2027-02-01 --until 2027-12-31",
			file.display(),
			"--range 40-60 ".repeat(ranges)
		);
		Line::try_parse_from(line.split_whitespace()).unwrap().register.terms()
	}

	#[test]
	fn terms_are_read_with_the_protocols_hash() {
		let terms = read(4).unwrap();
		assert_eq!(terms.protocol, H256(commitment::public(b"what is done")));
		assert_eq!((terms.sponsor, terms.panel, terms.minimum), (InstitutionId(1), 2, 50));
		assert_eq!(
			(terms.categories, terms.ranges),
			(0b1_1000, [ValueRange { min: 40, max: 60 }; 4])
		);
		assert_eq!(terms.until, time::start("2028-01-01").unwrap());
	}

	#[test]
	fn fails_when_there_are_not_four_ranges() {
		for ranges in [1, 3, 5] {
			assert!(read(ranges).unwrap_err().to_string().contains("--range"), "{ranges}");
		}
	}
}
