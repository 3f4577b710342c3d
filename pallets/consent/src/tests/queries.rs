//! What can be asked from outside.

use crate::{mock::*, types::ConsentState, ConsentQuery, ConsentTerms, Renewal};
use frame_support::assert_ok;
use hdx_primitives::{
	engine::{terminology::purpose, Actor, Basis, Outcome},
	ConsentId, Milliseconds, Period,
};

fn query() -> ConsentQuery {
	ConsentQuery {
		actors: vec![Actor::Organisation(HOSPITAL)].try_into().unwrap(),
		purposes: vec![purpose::TREAT].try_into().unwrap(),
		..ConsentQuery::default()
	}
}

#[test]
fn a_decision_is_that_of_the_time_of_the_block() {
	with_patient(|| {
		let consent = grant(permit_until(days(1)));
		let decision = Registry::decide_query(patient(), query());
		assert_eq!(decision.outcome, Outcome::Permit);
		assert_eq!(decision.basis, Some(Basis { consent, version: 1 }));
		set_time(days(1));
		assert_eq!(Registry::decide_query(patient(), query()).outcome, Outcome::NoConsent);
		assert_eq!(Registry::decide_query(stranger(), query()).outcome, Outcome::NoConsent);
	});
}

#[test]
fn a_query_hands_on_all_that_it_names() {
	let named = |byte| vec![hdx_primitives::Code([byte; 16])].try_into().unwrap();
	let query = ConsentQuery {
		actions: named(1),
		labels: named(2),
		classes: named(3),
		codes: named(4),
		categories: named(5),
		data_period: Period { start: Some(START), end: None },
		..query()
	};
	let request = query.request();
	assert_eq!(request.actors, query.actors.as_slice());
	assert_eq!(request.purposes, query.purposes.as_slice());
	let lists = [
		(request.actions, &query.actions),
		(request.labels, &query.labels),
		(request.classes, &query.classes),
		(request.codes, &query.codes),
		(request.categories, &query.categories),
	];
	assert!(lists.into_iter().all(|(handed, named)| handed == named.as_slice()));
	assert_eq!((request.data_period, request.data), (query.data_period, [].as_slice()));
}

#[test]
fn the_list_has_every_consent_in_pages() {
	with_patient(|| {
		let ended = grant(permit_until(days(1)));
		let revoked = grant(permit_all());
		revoke(revoked);
		let in_force = grant(permit_all());
		let mut later_on = permit_all();
		later_on.provisions[0].period.start = Some(years(1));
		let to_come = grant(later_on);
		set_time(days(1));
		let states = |skip, limit| -> Vec<_> {
			let listed = Registry::list(patient(), skip, limit).into_iter();
			listed.map(|summary| (summary.consent, summary.state)).collect()
		};
		let all = [
			(ended, ConsentState::Ended),
			(revoked, ConsentState::Revoked),
			(in_force, ConsentState::InForce),
			(to_come, ConsentState::NotBegun),
		];
		assert_eq!(states(0, 10), all);
		assert_eq!(states(1, 2), all[1..3]);
		assert_eq!(states(4, 2), []);
		assert_eq!(states(u32::MAX, u32::MAX), []);
		assert_eq!(Registry::list(stranger(), 0, 10), []);
	});
}

#[test]
fn a_page_is_bounded() {
	with_patient(|| {
		for _ in 0..crate::MAX_PAGE + 3 {
			revoke(grant(permit_all()));
		}
		assert_eq!(Registry::list(patient(), 0, u32::MAX).len(), crate::MAX_PAGE as usize);
		assert_eq!(Registry::list(patient(), crate::MAX_PAGE, u32::MAX).len(), 3);
	});
}

#[test]
fn a_summary_tells_what_time_made_of_the_terms() {
	with_patient(|| {
		let renewal =
			Renewal { extends_by: Milliseconds(YEAR), times: 3, notice: Milliseconds(DAY) };
		let terms = ConsentTerms { renewal: Some(renewal), ..NO_TERMS };
		let id = grant_with(permit_until(years(1)), terms);
		set_time(years(2));
		assert_ok!(Registry::stop_renewal(signed(patient()), id));
		let summary = Registry::list(patient(), 0, 1).pop().unwrap();
		assert_eq!((summary.renewals, summary.renewal_is_stopped), (2, true));
		assert_eq!(summary.period, Period { start: None, end: Some(years(3)) });
		assert_eq!(summary.hash, record(id).hash);
		assert_eq!(Registry::history(ConsentId(5)), []);
	});
}
