//! What the runtime tells those who operate nodes.

use crate::world::*;
use frame_support::{assert_ok, migrations::FailedMigrationHandler};
use hdx_metrics_api::Family;
use hdx_primitives::{DenialReason, GrantId, Milliseconds};
use hdx_runtime::{
	configs::GoesOnInSafeMode, metrics, BlockNumber, Runtime, RuntimeOrigin, SafeMode, System,
	VERSION,
};
use pallet_migrations::{ActiveCursor, Cursor, CursorOf, MigrationCursor};
use pallet_record_access::{
	EmergencyTermsInForce, PendingReviews, ReviewCounts, ReviewCountsOf, ReviewKey,
};
use pallet_safe_mode::EnteredUntil;
use std::collections::BTreeSet;

/// A number that was told. `None`: none has this name and these labels.
fn number(told: &[Family], name: &str, labels: &[&str]) -> Option<u64> {
	let family = told.iter().find(|family| family.name == name)?;
	let sample = family.samples.iter().find(|sample| sample.labels == labels)?;
	Some(sample.value)
}

fn gauge(name: &str, labels: &[&str]) -> Option<u64> {
	number(&metrics::gauges(), name, labels)
}

/// What a block tells that has ended, and the next one begun.
fn counts_of_block() -> Vec<Family> {
	let block = System::block_number();
	end(block);
	let told = metrics::counts();
	begin(block + 1);
	told
}

#[test]
fn decisions_are_counted_by_outcome_and_denials_by_reason() {
	world(|| {
		next_block();
		assert_eq!(ask(request()), Err(DenialReason::NoConsent));
		assert_eq!(ask(request()), Err(DenialReason::NoConsent));
		consent();
		assert!(ask(request()).is_ok());

		let told = counts_of_block();
		assert_eq!(number(&told, "hdx_access_decisions_total", &["granted"]), Some(1));
		assert_eq!(number(&told, "hdx_access_decisions_total", &["denied"]), Some(2));
		assert_eq!(number(&told, "hdx_access_denials_total", &["no_consent"]), Some(2));
		assert_eq!(number(&told, "hdx_audit_entries_total", &["access_decided"]), Some(3));
		assert_eq!(number(&told, "hdx_audit_entries_total", &["consent_granted"]), Some(1));
	});
}

#[test]
fn a_block_tells_of_itself_alone() {
	world(|| {
		assert_eq!(ask(request()), Err(DenialReason::NoConsent));
		next_block();
		let told = counts_of_block();
		// What an alarm waits for is there before it happens first.
		assert_eq!(number(&told, "hdx_access_decisions_total", &["denied"]), Some(0));
		assert_eq!(number(&told, "hdx_break_glass_decisions_total", &["granted"]), Some(0));
		assert_eq!(number(&told, "hdx_security_alerts_total", &[]), Some(0));
		assert_eq!(number(&told, "hdx_audit_entries_total", &["access_decided"]), None);
	});
}

#[test]
fn the_log_and_what_it_is_about_are_told() {
	world(|| {
		let next = pallet_audit::NextEntryIndex::<Runtime>::get().0;
		assert_eq!(gauge("hdx_audit_next_entry", &[]), Some(next));
		assert_eq!(gauge("hdx_audit_oldest_entry", &[]), Some(0));
		assert_eq!(gauge("hdx_consents_given", &[]), Some(0));
		assert_eq!(gauge("hdx_records_registered", &[]), Some(1));
		consent();
		assert!(ask(request()).is_ok());
		assert_eq!(gauge("hdx_audit_next_entry", &[]), Some(next + 2));
		assert_eq!(gauge("hdx_consents_given", &[]), Some(1));
		assert_eq!(gauge("hdx_grants_issued", &[]), Some(1));
		assert_eq!(gauge("hdx_block_timestamp_seconds", &[]), Some(NOW / 1_000 + 2));
		let version = u64::from(VERSION.spec_version);
		assert_eq!(gauge("hdx_runtime_spec_version", &[]), Some(version));
	});
}

#[test]
fn safe_mode_is_told() {
	world(|| {
		assert_eq!(gauge("hdx_safe_mode", &[]), Some(0));
		assert_ok!(SafeMode::force_enter(RuntimeOrigin::root()));
		assert_eq!(gauge("hdx_safe_mode", &[]), Some(1));
		assert_ok!(SafeMode::force_exit(RuntimeOrigin::root()));
		assert_eq!(gauge("hdx_safe_mode", &[]), Some(0));
	});
}

#[test]
fn when_safe_mode_ends_is_told_and_that_it_does_not_after_a_failed_migration() {
	world(|| {
		assert_eq!(gauge("hdx_safe_mode_until_block", &[]), Some(0));
		assert_ok!(SafeMode::force_enter(RuntimeOrigin::root()));
		let until = EnteredUntil::<Runtime>::get().unwrap();
		assert_eq!(gauge("hdx_safe_mode_until_block", &[]), Some(until.into()));
		GoesOnInSafeMode::failed(Some(0));
		let without_end = u64::from(BlockNumber::MAX);
		assert_eq!(gauge("hdx_safe_mode_until_block", &[]), Some(without_end));
		let alerts = include_str!("../../docs/operate/alerts.yml");
		assert!(alerts.contains(&format!("hdx_safe_mode_until_block) == {without_end}")));
	});
}

#[test]
fn a_migration_is_told_and_whether_it_is_stuck() {
	world(|| {
		assert_eq!(gauge("hdx_migration", &[]), Some(0));
		let active = ActiveCursor { index: 0, inner_cursor: None, started_at: 1 };
		let cursors: [(CursorOf<Runtime>, u64); 2] =
			[(MigrationCursor::Active(active), 1), (MigrationCursor::Stuck, 2)];
		for (cursor, told) in cursors {
			Cursor::<Runtime>::put(cursor);
			assert_eq!(gauge("hdx_migration", &[]), Some(told));
		}
		Cursor::<Runtime>::kill();
	});
}

#[test]
fn overdue_reviews_are_told_of_their_institution() {
	world(|| {
		let most = EmergencyTermsInForce::<Runtime>::get().max_overdue;
		let reviews = most + 2;
		let key = |nth: u32| ReviewKey::new(Milliseconds(NOW - 1), GrantId(1_000 + u64::from(nth)));
		for nth in 0..reviews {
			PendingReviews::<Runtime>::insert(HOSPITAL_B, key(nth), ());
		}
		let counts = ReviewCounts { pending: reviews, ..ReviewCounts::default() };
		ReviewCountsOf::<Runtime>::insert(HOSPITAL_B, counts);

		let told = metrics::gauges();
		let of = |name: &str, institution: &str| number(&told, name, &[institution]);
		assert_eq!(of("hdx_break_glass_reviews_pending", "1"), Some(u64::from(reviews)));
		assert_eq!(of("hdx_break_glass_reviews_overdue", "1"), Some(u64::from(most + 1)));
		assert_eq!(of("hdx_break_glass_blocked", "1"), Some(1));
		assert_eq!(of("hdx_break_glass_reviews_pending", "0"), Some(0));
		assert_eq!(of("hdx_break_glass_blocked", "0"), Some(0));

		// There are no grants behind them, which the invariants would find.
		for nth in 0..reviews {
			PendingReviews::<Runtime>::remove(HOSPITAL_B, key(nth));
		}
		ReviewCountsOf::<Runtime>::remove(HOSPITAL_B);
	});
}

#[test]
fn each_institution_has_its_quota_and_its_validators() {
	world(|| {
		let told = metrics::gauges();
		for institution in ["0", "1"] {
			let full = number(&told, "hdx_quota_capacity_units", &[institution]).unwrap();
			assert!(full > 0);
			assert_eq!(number(&told, "hdx_quota_available_units", &[institution]), Some(full));
		}
		assert_eq!(number(&told, "hdx_quota_capacity_units", &["2"]), None);
		assert_eq!(number(&told, "hdx_institutions", &["active"]), Some(2));
		let validators = told.iter().find(|family| family.name == "hdx_validators").unwrap();
		assert_eq!(validators.samples.iter().map(|sample| sample.value).sum::<u64>(), 1);
		assert_eq!(number(&told, "hdx_validators_minimum", &[]), Some(1));
	});
}

/// Who watches for it may stop its node when it is 0 again: until then blocks are not final without it.
#[test]
fn a_validator_that_was_removed_is_told_while_it_takes_part() {
	world(|| {
		let leaving = || number(&metrics::gauges(), "hdx_validators_leaving", &[]);
		assert_eq!(leaving(), Some(0));
		pallet_session::Validators::<Runtime>::mutate(|session| {
			session.push(sp_keyring::Sr25519Keyring::Ferdie.to_account_id());
		});
		assert_eq!(leaving(), Some(1));
	});
}

#[test]
fn names_are_those_of_prometheus_and_each_family_is_there_once() {
	world(|| {
		consent();
		assert!(ask(request()).is_ok());
		let counts = counts_of_block();
		let gauges = metrics::gauges();
		let mut names = BTreeSet::new();
		for (families, is_count) in [(&counts, true), (&gauges, false)] {
			for Family { name, help, labels, samples } in families {
				assert!(names.insert(name.clone()), "{name} is there twice");
				assert!(name.starts_with("hdx_") && !help.is_empty(), "{name}: {help}");
				assert!(name.chars().all(|one| one.is_ascii_lowercase() || one == '_'), "{name}");
				assert_eq!(name.ends_with("_total"), is_count, "{name}");
				let mut seen = BTreeSet::new();
				for sample in samples {
					assert_eq!(sample.labels.len(), labels.len(), "{name}");
					assert!(seen.insert(&sample.labels), "{name}: {:?}", sample.labels);
				}
			}
		}
	});
}

#[test]
fn labels_tell_of_nobody() {
	world(|| {
		consent();
		assert!(ask(request()).is_ok());
		let mut told = counts_of_block();
		told.extend(metrics::gauges());
		for family in &told {
			for label in &family.labels {
				let is_known = ["action", "chamber", "institution", "outcome", "reason", "status"]
					.contains(&label.as_str());
				assert!(is_known, "{}: {label}", family.name);
			}
			for value in family.samples.iter().flat_map(|sample| &sample.labels) {
				let is_number = value.parse::<u32>().is_ok();
				let is_word = value.chars().all(|one| one.is_ascii_lowercase() || one == '_');
				assert!(is_number || is_word, "{}: {value}", family.name);
				assert_eq!(is_number, family.labels == ["institution"], "{}", family.name);
			}
		}
	});
}
