//! `hdx study show` and `list`.

use super::terms;
use crate::{commands::Context, error::Error, output::block, time};
use hdx_primitives::{Milliseconds, StudyId};
use hdx_sdk::chain::{AtBlock, StudyStatus, StudyView};
use serde::Serialize;
use std::fmt::{self, Display};

/// Which.
#[derive(Debug, clap::Args)]
pub struct Show {
	/// The study, by its number.
	#[arg(value_name = "STUDY")]
	study: u32,
}

/// A study.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	study: u32,
	state: &'static str,
	count: u32,
	minimum: u32,
	cohort_reached: bool,
	sponsor: u32,
	protocol: String,
	panel: u64,
	ranges: Vec<String>,
	attested_from: String,
	categories: Vec<u8>,
	from: String,
	until: String,
	results: Option<String>,
}

/// What there is.
#[derive(Serialize)]
struct Listed {
	studies: Vec<Shown>,
}

/// How a study stands at a time.
fn state(study: &StudyView, now: Milliseconds) -> &'static str {
	match study.status {
		StudyStatus::Closed { .. } => "closed",
		StudyStatus::Open if now < study.terms.from => "not-begun",
		StudyStatus::Open if study.terms.until <= now => "ended",
		StudyStatus::Open => "open",
	}
}

impl Shown {
	fn new(id: StudyId, study: &StudyView, now: Milliseconds) -> Self {
		let terms = &study.terms;
		let range = terms.ranges.iter().map(|range| format!("{}-{}", range.min, range.max));
		Self {
			study: id.0,
			state: state(study, now),
			count: study.count,
			minimum: terms.minimum,
			cohort_reached: study.count >= terms.minimum,
			sponsor: terms.sponsor.0,
			protocol: format!("0x{}", hex::encode(terms.protocol)),
			panel: terms.panel,
			ranges: range.collect(),
			attested_from: time::show(terms.attested_from),
			categories: terms::category_places(terms.categories),
			from: time::show(terms.from),
			until: time::show(terms.until),
			results: study.results.map(|results| format!("0x{}", hex::encode(results))),
		}
	}
}

impl Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let categories: Vec<_> = self.categories.iter().map(u8::to_string).collect();
		let fields: [(&str, &dyn Display); 11] = [
			("take part", &self.count),
			("needed", &self.minimum),
			("sponsor", &format!("institution {}", self.sponsor)),
			("protocol", &self.protocol),
			("panel", &self.panel),
			("ranges", &self.ranges.join(", ")),
			("attested from", &self.attested_from),
			("categories", &categories.join(", ")),
			("from", &self.from),
			("until", &self.until),
			("results", &self.results.as_deref().unwrap_or("none")),
		];
		block(f, format!("study {}: {}", self.study, self.state), &fields)
	}
}

impl Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		for study in &self.studies {
			writeln!(f, "{study}")?;
		}
		match self.studies.len() {
			1 => f.write_str("1 study"),
			more => write!(f, "{more} studies"),
		}
	}
}

/// Shows a study.
pub async fn run(options: Show, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let id = StudyId(options.study);
	let study = terms::find(&chain, id, AtBlock::Best).await?;
	context.output.show(&Shown::new(id, &study, chain.now().await?))
}

/// Lists all studies.
pub async fn list(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let now = chain.now().await?;
	let studies = chain.studies(AtBlock::Best).await?;
	let studies = studies.iter().map(|(id, study)| Shown::new(*id, study, now)).collect();
	context.output.show(&Listed { studies })
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use hdx_primitives::{InstitutionId, StudyTerms, ValueRange, H256};

	fn study() -> StudyView {
		let terms = StudyTerms {
			sponsor: InstitutionId(1),
			protocol: H256([9; 32]),
			panel: 2,
			ranges: [ValueRange { min: 40, max: 60 }; 4],
			attested_from: Milliseconds(5),
			categories: 0b1001,
			minimum: 11,
			from: Milliseconds(10),
			until: Milliseconds(20),
		};
		StudyView { terms, status: StudyStatus::Open, count: 11, results: None }
	}

	#[test]
	fn a_study_stands_as_chain_and_clock_say() {
		for (now, expected) in [(9, "not-begun"), (10, "open"), (19, "open"), (20, "ended")] {
			assert_eq!(state(&study(), Milliseconds(now)), expected);
		}
		let status = StudyStatus::Closed { at: Milliseconds(12) };
		assert_eq!(state(&StudyView { status, ..study() }, Milliseconds(15)), "closed");
	}

	#[test]
	fn a_study_is_shown_for_programs_and_people() {
		let shown = Shown::new(StudyId(3), &study(), Milliseconds(15));
		let value = serde_json::to_value(&shown).unwrap();
		assert_eq!((&value["study"], &value["state"]), (&3.into(), &"open".into()));
		assert_eq!(value["cohortReached"], true);
		assert_eq!(value["categories"], serde_json::json!([0, 3]));
		let text = shown.to_string();
		assert!(text.starts_with("study 3: open") && text.contains("40-60"), "{text}");
		let few = Shown::new(StudyId(3), &StudyView { count: 10, ..study() }, Milliseconds(15));
		assert_eq!(serde_json::to_value(&few).unwrap()["cohortReached"], false);
	}
}
