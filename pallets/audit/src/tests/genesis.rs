//! The terms of the log with which a chain starts.

use crate::{
	mock::*, pallet::*, GenesisMonitoring, GenesisReviewTerms, GenesisThresholds, MonitoringTerms,
	ReviewTerms, Thresholds,
};
use hdx_primitives::Milliseconds;
use sp_runtime::BuildStorage;

/// A chain that starts with these terms.
fn starting_with(audit: GenesisConfig<Test>) -> sp_io::TestExternalities {
	let genesis = RuntimeGenesisConfig { audit, ..Default::default() };
	genesis.build_storage().unwrap().into()
}

/// A chain that is refused, or which nobody looks at.
fn start(audit: GenesisConfig<Test>) {
	starting_with(audit);
}

#[test]
fn a_chain_starts_with_the_terms_that_are_shipped_and_stores_none() {
	starting_with(GenesisConfig::default()).execute_with(|| {
		assert!(!RetentionPeriod::<Test>::exists());
		assert!(!ReviewTermsInForce::<Test>::exists());
		assert!(!MonitoringTermsInForce::<Test>::exists());
		assert_eq!(RetentionPeriod::<Test>::get(), MinRetention::get());
	});
}

#[test]
fn a_chain_starts_with_the_terms_of_its_genesis() {
	let genesis = GenesisConfig {
		retention: Some(3 * HOUR),
		review_terms: GenesisReviewTerms {
			answer_within: Some(3 * HOUR),
			..GenesisReviewTerms::default()
		},
		monitoring: GenesisMonitoring {
			window: Some(HOUR),
			institution: GenesisThresholds { patients: Some(9), ..GenesisThresholds::default() },
			..GenesisMonitoring::default()
		},
		..GenesisConfig::default()
	};
	starting_with(genesis).execute_with(|| {
		assert_eq!(RetentionPeriod::<Test>::get(), Milliseconds(3 * HOUR));
		let terms =
			ReviewTerms { answer_within: Milliseconds(3 * HOUR), ..DefaultReviewTerms::get() };
		assert_eq!(ReviewTermsInForce::<Test>::get(), terms);
		let shipped = DefaultMonitoring::get();
		let terms = MonitoringTerms {
			window: Milliseconds(HOUR),
			institution: Thresholds { patients: Some(9), ..shipped.institution },
			..shipped
		};
		assert_eq!(MonitoringTermsInForce::<Test>::get(), terms);
		assert_eq!(NextEntryIndex::<Test>::get().0, 0, "the genesis leaves no entries");
		assert!(!CurrentWindow::<Test>::exists());
		Audit::do_try_state().unwrap();
	});
}

#[test]
#[should_panic(expected = "RetentionTooShort")]
fn genesis_fails_when_entries_stay_shorter_than_they_have_to() {
	start(GenesisConfig { retention: Some(HOUR - 1), ..GenesisConfig::default() });
}

#[test]
#[should_panic(expected = "RetentionTooLong")]
fn genesis_fails_when_entries_stay_longer_than_they_may() {
	start(GenesisConfig { retention: Some(24 * HOUR + 1), ..GenesisConfig::default() });
}

#[test]
#[should_panic(expected = "ReviewPeriodOutOfBounds")]
fn genesis_fails_when_a_step_of_a_review_has_too_much_time() {
	let review_terms =
		GenesisReviewTerms { escalate_within: Some(4 * HOUR + 1), ..GenesisReviewTerms::default() };
	start(GenesisConfig { review_terms, ..GenesisConfig::default() });
}

#[test]
#[should_panic(expected = "WindowOutOfBounds")]
fn genesis_fails_when_a_window_is_too_short() {
	let monitoring = GenesisMonitoring { window: Some(1), ..GenesisMonitoring::default() };
	start(GenesisConfig { monitoring, ..GenesisConfig::default() });
}

#[test]
#[should_panic(expected = "ThresholdZero")]
fn genesis_fails_when_nothing_at_all_raises_an_alert() {
	let actor = GenesisThresholds { denials: Some(0), ..GenesisThresholds::default() };
	let monitoring = GenesisMonitoring { actor, ..GenesisMonitoring::default() };
	start(GenesisConfig { monitoring, ..GenesisConfig::default() });
}

#[test]
#[should_panic(expected = "ThresholdTooHigh")]
fn genesis_fails_when_a_threshold_is_too_high() {
	let institution = GenesisThresholds { patients: Some(11), ..GenesisThresholds::default() };
	let monitoring = GenesisMonitoring { institution, ..GenesisMonitoring::default() };
	start(GenesisConfig { monitoring, ..GenesisConfig::default() });
}
