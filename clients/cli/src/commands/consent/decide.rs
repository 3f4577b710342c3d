//! `hdx consent decide`: what a patient's FHIR Consents say to a request. Asks no node.

use crate::{commands::Context, error::Error, files, output::block, time};
use hdx_fhir::{
	decide_request, Answer, Coding, DatePeriod, DecideOptions, Parameters, Source, WrittenData,
	MAX_DOCUMENT_BYTES,
};
use hdx_primitives::{
	engine::{Algorithm, ImplicitPolicy, Rules},
	Milliseconds,
};
use serde::{Serialize, Serializer};
use std::{
	fmt,
	path::{Path, PathBuf},
};

/// The documents, and the rules.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Decide {
	/// The request: the context of a patient-consent-consult hook, or the whole hook.
	#[arg(long, value_name = "FILE")]
	request: PathBuf,
	/// A FHIR Consent (R4 or R5), or a Bundle of them; may be repeated. Left out: the patient has
	/// none.
	#[arg(long = "consent", value_name = "FILE", num_args = 1..)]
	consents: Vec<PathBuf>,
	/// A FHIR Bundle with the people, organisations and groups that the consents name.
	#[arg(long, value_name = "FILE")]
	directory: Option<PathBuf>,
	/// The moment to decide for: RFC 3339, or a date. Left out: now.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	at: Option<Milliseconds>,
	/// How several consents are combined.
	#[arg(long, value_enum, default_value_t)]
	algorithm: Combining,
	/// What holds where no consent applies.
	#[arg(long, value_enum, default_value_t)]
	implicit: Implicit,
	/// The patient opted out of emergency override.
	#[arg(long)]
	emergency_opt_out: bool,
}

/// How several consents are combined.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Combining {
	/// The consent given last decides.
	#[default]
	MostRecentWins,
	/// Any deny denies; obligations add up.
	DenyOverrides,
}

/// What holds where no consent applies (the implicit policies of IHE PCF).
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Implicit {
	/// Nothing is permitted.
	#[default]
	Deny,
	/// Treatment, with normal data that is not sensitive.
	BasicNormal,
	/// Treatment, payment and operations, with normal data.
	AllNormal,
	/// Break-glass only.
	BreakGlassOnly,
}

impl From<Combining> for Algorithm {
	fn from(combining: Combining) -> Self {
		match combining {
			Combining::MostRecentWins => Self::MostRecentWins,
			Combining::DenyOverrides => Self::DenyOverrides,
		}
	}
}

impl From<Implicit> for ImplicitPolicy {
	fn from(implicit: Implicit) -> Self {
		match implicit {
			Implicit::Deny => Self::Deny,
			Implicit::BasicNormal => Self::BasicNormal,
			Implicit::AllNormal => Self::AllNormal,
			Implicit::BreakGlassOnly => Self::BreakGlassOnly,
		}
	}
}

/// A file that was read.
struct Document {
	name: String,
	bytes: Vec<u8>,
}

impl Document {
	fn read(path: &Path) -> Result<Self, Error> {
		let bytes = files::read(path, MAX_DOCUMENT_BYTES as u64)?;
		Ok(Self { name: path.display().to_string(), bytes })
	}

	fn source(&self) -> Source<'_> {
		Source { name: &self.name, bytes: &self.bytes }
	}
}

/// The answer. For programs it is the answer of the hook, and nothing around it.
struct Decided(Answer);

impl Serialize for Decided {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		self.0.serialize(serializer)
	}
}

impl fmt::Display for Decided {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Answer { decision, obligations, based_on } = &self.0;
		let withheld: Vec<_> = obligations.iter().map(|one| withheld(&one.parameters)).collect();
		let withheld = withheld.join("; and ");
		let consent = based_on.consent.clone().or_else(|| {
			based_on.implicit_policy.map(|policy| format!("none; the implicit policy {policy}"))
		});
		let fields: [(&str, &dyn fmt::Display); 6] = [
			("withhold", &withheld),
			("consent", &consent.unwrap_or_default()),
			("in", &based_on.source.as_deref().unwrap_or_default()),
			("version", &based_on.version.as_deref().unwrap_or_default()),
			("given", &based_on.date_time.as_deref().unwrap_or_default()),
			("algorithm", &based_on.algorithm),
		];
		block(f, decision, &fields)?;
		for warning in &based_on.warnings {
			block(f, format!("warning: {warning}"), &[])?;
		}
		Ok(())
	}
}

/// What an obligation withholds, as people read it.
fn withheld(parameters: &Parameters) -> String {
	let listed = |codes: &Option<Vec<Coding>>, data: &[WrittenData], periods: &[DatePeriod]| {
		let codes = codes.iter().flatten().map(Coding::token);
		let data = data.iter().map(|one| format!("{} {}", one.meaning, one.reference));
		let periods = periods.iter().map(|one| {
			let bound = |bound: &Option<String>| bound.clone().unwrap_or_default();
			format!("data from {} to {}", bound(&one.start), bound(&one.end))
		});
		codes.chain(data).chain(periods).collect::<Vec<_>>().join(", ")
	};
	if parameters.except_any_of_codes.is_some() {
		let except = listed(
			&parameters.except_any_of_codes,
			&parameters.except_any_of_data,
			&parameters.except_any_of_periods,
		);
		return format!("all but {except}");
	}
	listed(&parameters.codes, &parameters.data, &parameters.data_periods)
}

/// Decides.
pub fn run(options: &Decide, context: &Context) -> Result<(), Error> {
	let request = Document::read(&options.request)?;
	let consents: Vec<_> =
		options.consents.iter().map(|path| Document::read(path)).collect::<Result<_, _>>()?;
	let directory = options.directory.as_deref().map(Document::read).transpose()?;
	let sources: Vec<_> = consents.iter().map(Document::source).collect();
	let answer = decide_request(
		request.source(),
		&sources,
		directory.as_ref().map(Document::source),
		&DecideOptions {
			at: options.at.unwrap_or_else(time::now),
			rules: Rules { algorithm: options.algorithm.into(), implicit: options.implicit.into() },
			emergency_opt_out: options.emergency_opt_out,
		},
	)?;
	context.output.show(&Decided(answer))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use serde_json::json;

	fn decided(consent: &serde_json::Value) -> Decided {
		let request = json!({ "patientId": { "value": "1" } }).to_string();
		let consent = consent.to_string();
		let options = DecideOptions {
			at: Milliseconds(1_700_000_000_000),
			rules: Rules::default(),
			emergency_opt_out: false,
		};
		let answer = decide_request(
			Source { name: "request.json", bytes: request.as_bytes() },
			&[Source { name: "consent.json", bytes: consent.as_bytes() }],
			None,
			&options,
		);
		Decided(answer.unwrap())
	}

	#[test]
	fn people_read_what_is_withheld() {
		let shown = decided(&json!({
			"resourceType": "Consent", "id": "c", "status": "active",
			"provision": {
				"type": "permit",
				"securityLabel": [{ "system": "urn:x", "code": "N" }],
				"provision": [{ "type": "deny", "class": [{ "system": "urn:x", "code": "Note" }] }],
			},
		}))
		.to_string();
		assert!(shown.starts_with("CONSENT_PERMIT\n"), "{shown}");
		assert!(shown.contains("all but urn:x|N") && shown.contains("urn:x|Note"), "{shown}");
		assert!(shown.contains("Consent/c"), "{shown}");
		assert!(shown.contains("warning: Consent/c: it has no date"), "{shown}");
	}

	#[test]
	fn programs_read_the_answer_of_the_hook() {
		let answer = decided(&json!({
			"resourceType": "Consent", "status": "active", "decision": "deny", "date": "2020",
		}));
		let answer = serde_json::to_value(answer).unwrap();
		assert_eq!(answer["decision"], "CONSENT_DENY");
		assert_eq!(answer["obligations"], json!([]));
		assert_eq!(answer["basedOn"]["algorithm"], "most-recent-wins");
	}
}
