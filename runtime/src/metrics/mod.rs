//! Numbers for those who operate nodes. A node asks for them at each block, and publishes them for Prometheus;
//! docs/operate/monitoring.md says what they are good for.
//!
//! Labels are of closed sets, or numbers of institutions, which are public. Nothing names a patient, a practitioner, a record
//! or an account, and nothing is counted by patient.

mod happened;
mod stands;

pub use happened::counts;
pub use stands::gauges;

use alloc::{format, string::String, vec, vec::Vec};
use core::fmt::Debug;
use hdx_metrics_api::{Family, Sample};

/// A family that has no numbers yet.
fn family(name: &str, help: &str, labels: &[&str]) -> Family {
	let labels = labels.iter().map(|label| String::from(*label)).collect();
	Family { name: name.into(), help: help.into(), labels, samples: Vec::new() }
}

/// A family of one number.
fn alone(name: &str, help: &str, value: u64) -> Family {
	Family { samples: vec![Sample { labels: Vec::new(), value }], ..family(name, help, &[]) }
}

/// A number with one label.
fn labelled(label: impl Into<String>, value: u64) -> Sample {
	Sample { labels: vec![label.into()], value }
}

/// The name of a variant, as labels are written. Of the name alone: what a variant may hold is nobody's label.
fn snake_case(variant: impl Debug) -> String {
	let mut name = String::new();
	for letter in format!("{variant:?}").chars().take_while(char::is_ascii_alphanumeric) {
		if letter.is_ascii_uppercase() && !name.is_empty() {
			name.push('_');
		}
		name.push(letter.to_ascii_lowercase());
	}
	name
}
