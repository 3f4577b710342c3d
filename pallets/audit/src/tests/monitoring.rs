//! Alerts about too much of something.

use crate::{mock::*, pallet::*, MonitoringTerms, Party, Thresholds};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use hdx_primitives::{
	engine::terminology::purpose, AuditAction, AuditEvent, AuditOutcome, AuditSink, DenialReason,
	Milliseconds, MonitoredClass, Subject,
};
use sp_runtime::DispatchError;

fn denied(who: u8, about: u8, reason: DenialReason) {
	let outcome = AuditOutcome::Denied(reason);
	Audit::record(AuditEvent { outcome, ..request(who, about) });
}

fn no_consent(who: u8, about: u8) {
	denied(who, about, DenialReason::NoConsent);
}

/// What the alerts in the log are about, and for which institution they are.
fn alerts() -> Vec<(MonitoredClass, Party)> {
	let mut entries: Vec<_> = Entries::<Test>::iter_values().collect();
	entries.sort_by_key(|entry| entry.index);
	let events = entries.into_iter().map(|entry| entry.event);
	events
		.filter(|event| event.action == AuditAction::SecurityAlert)
		.map(|event| match (event.subject, event.on_behalf_of) {
			(Subject::Alert { class, account: Some(account) }, None) => {
				(class, Party::Actor(account.into()))
			},
			(Subject::Alert { class, account: None }, Some(institution)) => {
				(class, Party::Institution(institution))
			},
			other => panic!("no alert: {other:?}"),
		})
		.collect()
}

fn actor_alert(class: MonitoredClass, who: u8) -> (MonitoredClass, Party) {
	(class, Party::Actor(actor(who)))
}

fn institution_alert(class: MonitoredClass, who: u8) -> (MonitoredClass, Party) {
	(class, Party::Institution(institution(who)))
}

#[test]
fn too_many_refusals_raise_one_alert_about_the_actor_and_one_about_the_institution() {
	on_empty_chain(|| {
		no_consent(1, 1);
		no_consent(1, 1);
		assert_eq!(alerts(), []);
		no_consent(1, 1);
		let of_actor = actor_alert(MonitoredClass::Denials, 1);
		assert_eq!(alerts(), std::slice::from_ref(&of_actor));
		no_consent(1, 1);
		no_consent(1, 1);
		assert_eq!(alerts(), [of_actor, institution_alert(MonitoredClass::Denials, 1)]);
	});
}

#[test]
fn flooding_the_log_with_refusals_raises_no_flood_of_alerts() {
	on_empty_chain(|| {
		for _ in 0..100 {
			no_consent(1, 1);
		}
		assert_eq!(alerts().len(), 2);
		let raised = System::events().into_iter().filter(|record| {
			matches!(record.event, RuntimeEvent::Audit(Event::SecurityAlert { .. }))
		});
		assert_eq!(raised.count(), 2);
	});
}

#[test]
fn an_alert_is_found_under_the_account_that_it_is_about() {
	on_empty_chain(|| {
		for _ in 0..3 {
			no_consent(1, 1);
		}
		let entry = NextEntryIndex::<Test>::get().0 - 1;
		let last = EntriesOfActor::<Test>::iter_key_prefix(actor(1)).last().unwrap();
		assert_eq!(hdx_primitives::EntryIndex::from(last).0, entry);
		let party = Party::Actor(actor(1));
		let class = MonitoredClass::Denials;
		let entry = hdx_primitives::EntryIndex(entry);
		System::assert_last_event(
			Event::<Test>::SecurityAlert { party, class, count: 3, window: 0, entry }.into(),
		);
	});
}

#[test]
fn each_window_counts_anew() {
	on_empty_chain(|| {
		no_consent(1, 1);
		no_consent(1, 1);
		pass(HOUR / 2);
		no_consent(1, 1);
		no_consent(1, 1);
		assert_eq!(alerts(), []);
		no_consent(1, 1);
		assert_eq!(alerts(), [actor_alert(MonitoredClass::Denials, 1)]);
		pass(HOUR / 2);
		for _ in 0..3 {
			no_consent(1, 1);
		}
		assert_eq!(alerts().len(), 2);
	});
}

#[test]
fn different_patients_are_counted_once_each() {
	on_empty_chain(|| {
		for _ in 0..5 {
			Audit::record(request(1, 1));
			Audit::record(request(1, 2));
		}
		assert_eq!(alerts(), []);
		Audit::record(request(1, 3));
		assert_eq!(alerts(), [actor_alert(MonitoredClass::DistinctPatients, 1)]);
		// Others of the same institution add to its count.
		for about in 3..6 {
			Audit::record(AuditEvent { on_behalf_of: Some(institution(1)), ..request(2, about) });
		}
		assert!(alerts().contains(&institution_alert(MonitoredClass::DistinctPatients, 1)));
	});
}

#[test]
fn no_more_patients_are_remembered_than_raise_the_alert() {
	on_empty_chain(|| {
		for about in 0..50 {
			Audit::record(request(1, about));
		}
		assert_eq!(PatientsOfWindow::<Test>::iter_keys().count(), 3 + 5);
	});
}

#[test]
fn emergency_overrides_are_counted() {
	on_empty_chain(|| {
		for _ in 0..3 {
			Audit::record(AuditEvent { purpose: Some(purpose::BTG), ..request(1, 1) });
		}
		assert_eq!(alerts(), [actor_alert(MonitoredClass::EmergencyOverrides, 1)]);
	});
}

#[test]
fn a_stranger_who_claims_to_act_for_an_institution_raises_no_alert_about_it() {
	on_empty_chain(|| {
		for _ in 0..20 {
			denied(1, 1, DenialReason::NotAffiliated);
			denied(2, 2, DenialReason::PractitionerUnknown);
		}
		let class = MonitoredClass::Denials;
		assert_eq!(alerts(), [actor_alert(class, 1), actor_alert(class, 2)]);
	});
}

#[test]
fn sponsoring_and_disclosing_is_no_access_to_many_patients() {
	on_empty_chain(|| {
		for about in 0..20 {
			acted(1, about);
			let sponsored = AuditAction::PatientSponsored;
			Audit::record(AuditEvent { action: sponsored, ..request(1, about) });
		}
		assert_eq!(alerts(), []);
		assert!(!CurrentWindow::<Test>::exists());
	});
}

#[test]
fn what_patients_ask_about_themselves_is_not_counted_as_a_patient() {
	on_empty_chain(|| {
		Audit::record(AuditEvent {
			actor: Some(patient(1)),
			patient: Some(patient(1)),
			..AuditEvent::new(AuditAction::AccessDecided)
		});
		assert_eq!(PatientsOfWindow::<Test>::iter_keys().count(), 0);
	});
}

#[test]
fn windows_that_are_over_are_forgotten_a_little_in_each_block() {
	on_empty_chain(|| {
		for about in 0..5 {
			Audit::record(request(1, about));
		}
		pass(HOUR / 2);
		Audit::record(request(2, 1));
		let kept = || {
			PatientsOfWindow::<Test>::iter_keys().count()
				+ WindowCounts::<Test>::iter_keys().count()
		};
		// Of the first: eight patients and two counts; of the second: two and two.
		assert_eq!(kept(), 10 + 4);
		for left in [10, 6, 4, 4] {
			next_block();
			assert_eq!(kept(), left);
		}
	});
}

fn set(terms: MonitoringTerms) -> DispatchResult {
	Audit::set_monitoring(RuntimeOrigin::root(), terms)
}

#[test]
fn set_monitoring_begins_a_new_window_and_leaves_an_entry() {
	on_empty_chain(|| {
		no_consent(1, 1);
		no_consent(1, 1);
		let mut terms = MonitoringTermsInForce::<Test>::get();
		terms.actor.denials = Some(1);
		terms.institution = Thresholds { denials: None, overrides: None, patients: None };
		assert_ok!(set(terms));
		assert_eq!(last_event().action, AuditAction::MonitoringTermsChanged);
		assert_eq!(alerts(), []);
		for _ in 0..9 {
			no_consent(1, 1);
		}
		assert_eq!(alerts(), [actor_alert(MonitoredClass::Denials, 1)]);
	});
}

#[test]
fn without_a_threshold_no_patient_is_remembered() {
	on_empty_chain(|| {
		let none = Thresholds { denials: None, overrides: None, patients: None };
		let window = Milliseconds(HOUR);
		assert_ok!(set(MonitoringTerms { window, actor: none, institution: none }));
		for about in 0..9 {
			no_consent(1, about);
		}
		assert_eq!(PatientsOfWindow::<Test>::iter_keys().count(), 0);
		assert_eq!(alerts(), []);
	});
}

#[test]
fn set_monitoring_fails_with_a_window_out_of_bounds() {
	on_empty_chain(|| {
		let terms = MonitoringTermsInForce::<Test>::get();
		for window in [0, HOUR / 60 - 1, 24 * HOUR + 1] {
			let window = Milliseconds(window);
			let refused = set(MonitoringTerms { window, ..terms });
			assert_eq!(refused, Err(Error::<Test>::WindowOutOfBounds.into()));
		}
	});
}

#[test]
fn set_monitoring_fails_with_a_threshold_of_zero_or_too_high() {
	on_empty_chain(|| {
		let terms = MonitoringTermsInForce::<Test>::get();
		let with = |threshold| {
			let actor = Thresholds { overrides: Some(threshold), ..terms.actor };
			let institution = Thresholds { patients: Some(threshold), ..terms.institution };
			[MonitoringTerms { actor, ..terms }, MonitoringTerms { institution, ..terms }]
		};
		for terms in with(0) {
			assert_noop!(set(terms), Error::<Test>::ThresholdZero);
		}
		for terms in with(11) {
			assert_noop!(set(terms), Error::<Test>::ThresholdTooHigh);
		}
		for terms in with(10) {
			assert_ok!(set(terms));
		}
	});
}

#[test]
fn set_monitoring_fails_for_who_does_not_govern() {
	on_empty_chain(|| {
		let terms = MonitoringTermsInForce::<Test>::get();
		let origin = RuntimeOrigin::signed(operator(1));
		assert_noop!(Audit::set_monitoring(origin, terms), DispatchError::BadOrigin);
	});
}
