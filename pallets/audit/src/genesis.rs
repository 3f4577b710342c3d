//! The terms of the log with which a chain starts.

use crate::{
	pallet::{Config, Error, MonitoringTermsInForce, Pallet, RetentionPeriod, ReviewTermsInForce},
	MonitoringTerms, ReviewTerms, Thresholds,
};
use frame_support::{traits::Get, Deserialize, Serialize};
use hdx_primitives::Milliseconds;

/// The times for the steps of a review, in milliseconds. Left out: as shipped.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "sp_runtime::serde", rename_all = "camelCase", deny_unknown_fields, default)]
pub struct GenesisReviewTerms {
	/// For the institution, to answer.
	pub answer_within: Option<u64>,
	/// For the patient, to take an answer to governance.
	pub escalate_within: Option<u64>,
}

/// What raises alerts. Left out: as shipped.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "sp_runtime::serde", rename_all = "camelCase", deny_unknown_fields, default)]
pub struct GenesisMonitoring {
	/// How long a window is, in milliseconds.
	pub window: Option<u64>,
	/// How much is too much of one account.
	pub actor: GenesisThresholds,
	/// How much is too much of one institution.
	pub institution: GenesisThresholds,
}

/// How often something has to happen in one window to raise an alert. Left out: as shipped. Governance alone can have
/// something never raise one.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "sp_runtime::serde", rename_all = "camelCase", deny_unknown_fields, default)]
pub struct GenesisThresholds {
	/// Refusals.
	pub denials: Option<u32>,
	/// Emergency overrides.
	pub overrides: Option<u32>,
	/// Different patients about whom access was asked for.
	pub patients: Option<u32>,
}

impl GenesisReviewTerms {
	fn over(&self, shipped: ReviewTerms) -> ReviewTerms {
		ReviewTerms {
			answer_within: self.answer_within.map_or(shipped.answer_within, Milliseconds),
			escalate_within: self.escalate_within.map_or(shipped.escalate_within, Milliseconds),
		}
	}
}

impl GenesisMonitoring {
	fn over(&self, shipped: MonitoringTerms) -> MonitoringTerms {
		MonitoringTerms {
			window: self.window.map_or(shipped.window, Milliseconds),
			actor: self.actor.over(shipped.actor),
			institution: self.institution.over(shipped.institution),
		}
	}
}

impl GenesisThresholds {
	fn over(&self, shipped: Thresholds) -> Thresholds {
		Thresholds {
			denials: self.denials.or(shipped.denials),
			overrides: self.overrides.or(shipped.overrides),
			patients: self.patients.or(shipped.patients),
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Stores what is not as shipped, and tells nobody: what the chain starts with, the genesis block says. What is as
	/// shipped is not stored, so that it stays what the runtime ships.
	pub(crate) fn build_genesis(
		retention: Option<u64>,
		review_terms: &GenesisReviewTerms,
		monitoring: &GenesisMonitoring,
	) -> Result<(), Error<T>> {
		if let Some(period) = retention.map(Milliseconds) {
			Self::check_retention(period)?;
			RetentionPeriod::<T>::put(period);
		}
		if *review_terms != GenesisReviewTerms::default() {
			let terms = review_terms.over(T::DefaultReviewTerms::get());
			Self::check_review_terms(&terms)?;
			ReviewTermsInForce::<T>::put(terms);
		}
		if *monitoring != GenesisMonitoring::default() {
			let terms = monitoring.over(T::DefaultMonitoring::get());
			Self::check_monitoring(&terms)?;
			// The first window begins with what is counted first.
			MonitoringTermsInForce::<T>::put(terms);
		}
		Ok(())
	}
}
