//! What a review finds, as it is typed.

use clap::ValueEnum;
use hdx_primitives::{ReviewFinding, ReviewOutcome};

/// What a review finds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum FindingName {
	/// It was right to do it: an emergency, if it was a break-glass.
	Justified,
	/// It was a mistake.
	Error,
	/// It broke the rules; the emergency was a pretext.
	Violation,
}

impl From<FindingName> for ReviewOutcome {
	fn from(name: FindingName) -> Self {
		match name {
			FindingName::Justified => Self::Justified,
			FindingName::Error => Self::Error,
			FindingName::Violation => Self::Violation,
		}
	}
}

impl From<FindingName> for ReviewFinding {
	fn from(name: FindingName) -> Self {
		match name {
			FindingName::Justified => Self::Justified,
			FindingName::Error => Self::Error,
			FindingName::Violation => Self::Violation,
		}
	}
}
