//! What must be withheld, as it is shown.

use crate::{codes, time};
use hdx_primitives::engine::{DataFilter, DataReference, Obligation};
use serde::Serialize;

/// What must be withheld.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ShownObligation {
	/// What matches.
	Redact(ShownFilter),
	/// What does not match.
	RedactExcept(ShownFilter),
}

/// Data that has any of these.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownFilter {
	/// Labels, classes and clinical codes.
	codes: Vec<String>,
	/// Commitments to particular data, in hexadecimal.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	data: Vec<String>,
	/// When the data is from.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	periods: Vec<ShownPeriod>,
}

/// From the start until before the end; a missing bound is open.
#[derive(Serialize)]
pub struct ShownPeriod {
	#[serde(skip_serializing_if = "Option::is_none")]
	start: Option<String>,
	#[serde(skip_serializing_if = "Option::is_none")]
	end: Option<String>,
}

impl From<&Obligation> for ShownObligation {
	fn from(obligation: &Obligation) -> Self {
		match obligation {
			Obligation::Redact(filter) => Self::Redact(filter.into()),
			Obligation::RedactExcept(filter) => Self::RedactExcept(filter.into()),
		}
	}
}

impl From<&DataFilter> for ShownFilter {
	fn from(filter: &DataFilter) -> Self {
		let data = |one: &DataReference| {
			format!("{:?} 0x{}", one.meaning, hex::encode(one.reference.0)).to_lowercase()
		};
		Self {
			codes: codes::tokens(&filter.codes),
			data: filter.data.iter().map(data).collect(),
			periods: filter
				.periods
				.iter()
				.map(|period| ShownPeriod {
					start: period.start.map(time::show),
					end: period.end.map(time::show),
				})
				.collect(),
		}
	}
}

impl ShownFilter {
	/// In one line.
	fn line(&self, filter: &DataFilter) -> String {
		let open = |moment: &Option<String>| moment.clone().unwrap_or_else(|| "…".to_owned());
		let codes = Some(codes::symbols(&filter.codes)).filter(|codes| !codes.is_empty());
		let periods = self
			.periods
			.iter()
			.map(|period| format!("data from {} to {}", open(&period.start), open(&period.end)));
		let parts: Vec<String> =
			codes.into_iter().chain(self.data.iter().cloned()).chain(periods).collect();
		parts.join(", ")
	}
}

/// What is withheld, as people read it: a line each.
pub fn withheld<'a>(obligations: impl IntoIterator<Item = &'a Obligation>) -> Vec<String> {
	obligations
		.into_iter()
		.map(|obligation| match obligation {
			Obligation::Redact(filter) => ShownFilter::from(filter).line(filter),
			Obligation::RedactExcept(filter) => {
				format!("all but {}", ShownFilter::from(filter).line(filter))
			},
		})
		.collect()
}
