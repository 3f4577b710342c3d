//! When a report is due, and when it would be for nothing.

use hdx_oracle::{
	due::{of, Due, Sent},
	verdict::Seen,
};
use hdx_primitives::{Commitment, CredentialId, IssuerId, Milliseconds, Period, H256};
use hdx_sdk::chain::{
	CredentialIssuer, CredentialKind, CredentialStatus, CredentialView, Observation, OracleTerms,
	ReportedStatus::{self, Good, Revoked, Suspended},
};
use proptest::prelude::*;

/// A check counts for 100 s, a report for 20.
const TERMS: OracleTerms = OracleTerms {
	quorum: 2,
	ttl: Milliseconds(100_000),
	report_lifetime: Milliseconds(20_000),
	max_misbehaviour: 3,
};
const NOW: u64 = 1_000_000;

pub fn credential() -> CredentialView {
	CredentialView {
		id: CredentialId(3),
		kind: CredentialKind::Licence,
		issuer: CredentialIssuer::Issuer(IssuerId(0)),
		commitment: Commitment([3; 32]),
		valid: Period { start: None, end: None },
		status: CredentialStatus::Valid,
		attested_at: Milliseconds(1),
		check: None,
		finding: None,
	}
}

fn observed(status: ReportedStatus, ago: u64) -> Option<Observation> {
	Some(Observation { status, at: Milliseconds(NOW - ago), evidence: H256([1; 32]) })
}

fn checked(ago: u64) -> CredentialView {
	CredentialView { check: observed(Good, ago), ..credential() }
}

fn found(status: ReportedStatus) -> CredentialView {
	CredentialView { finding: observed(status, 10), ..credential() }
}

fn seen(status: ReportedStatus) -> Seen {
	Seen { status, at: Milliseconds(NOW - 1), places: Vec::new() }
}

/// A report of our own, when the chain knew nothing.
fn sent(status: ReportedStatus, ago: u64) -> Sent {
	Sent { status, at: Milliseconds(NOW - ago), decided: false, before: (None, None) }
}

fn due(seen: &Seen, credential: &CredentialView, last: Option<&Sent>) -> Due {
	of(seen, credential, last, &TERMS, Milliseconds(NOW))
}

#[test]
fn what_the_chain_does_not_have_is_reported() {
	for status in [Good, Suspended, Revoked] {
		assert_eq!(due(&seen(status), &credential(), None), Due::Report);
	}
	assert_eq!(due(&seen(Suspended), &checked(10), None), Due::Report);
	assert_eq!(due(&seen(Revoked), &checked(10), None), Due::Report);
	assert_eq!(due(&seen(Revoked), &found(Suspended), None), Due::Report);
	assert_eq!(due(&seen(Good), &found(Suspended), None), Due::Report);
}

#[test]
fn a_check_is_renewed_when_half_of_its_time_is_over() {
	assert_eq!(due(&seen(Good), &checked(49_999), None), Due::Known);
	assert_eq!(due(&seen(Good), &checked(50_000), None), Due::Report);
}

#[test]
fn what_the_chain_found_is_not_reported_again() {
	assert_eq!(due(&seen(Suspended), &found(Suspended), None), Due::Known);
}

#[test]
fn nothing_is_reported_of_what_is_over() {
	let revoked = CredentialView { status: CredentialStatus::Revoked, ..credential() };
	let expired = CredentialView {
		valid: Period { start: None, end: Some(Milliseconds(NOW)) },
		..credential()
	};
	for over in [revoked, expired, found(Revoked)] {
		for status in [Good, Suspended, Revoked] {
			assert_eq!(due(&seen(status), &over, None), Due::Over);
		}
	}
}

#[test]
fn a_report_waits_for_the_others_until_half_of_its_time_is_over() {
	assert_eq!(due(&seen(Good), &credential(), Some(&sent(Good, 9_999))), Due::Waiting);
	assert_eq!(due(&seen(Good), &credential(), Some(&sent(Good, 10_000))), Due::Report);
}

#[test]
fn another_status_does_not_wait() {
	assert_eq!(due(&seen(Revoked), &credential(), Some(&sent(Good, 2))), Due::Report);
}

#[test]
fn a_report_that_was_counted_does_not_stand_for_the_next() {
	// The check is from before: it was renewed with our report, and is half over again.
	let decided = Sent { decided: true, ..sent(Good, 9_000) };
	assert_eq!(due(&seen(Good), &checked(50_000), Some(&decided)), Due::Report);
	let counted_later = sent(Good, 9_000);
	assert_eq!(due(&seen(Good), &checked(50_000), Some(&counted_later)), Due::Report);
	let not_counted = Sent { before: (observed(Good, 50_000), None), ..sent(Good, 9_000) };
	assert_eq!(due(&seen(Good), &checked(50_000), Some(&not_counted)), Due::Waiting);
}

#[test]
fn the_same_look_is_not_reported_twice() {
	for status in [Good, Revoked] {
		let last = Sent { decided: true, ..sent(status, 1) };
		assert_eq!(due(&seen(Good), &credential(), Some(&last)), Due::LookAgain);
	}
}

#[test]
fn a_look_that_is_too_old_or_from_before_the_attestation_is_repeated() {
	let old = Seen { at: Milliseconds(NOW - 20_000), ..seen(Good) };
	assert_eq!(due(&old, &credential(), None), Due::LookAgain);
	let newer = CredentialView { attested_at: Milliseconds(NOW), ..credential() };
	assert_eq!(due(&seen(Good), &newer, None), Due::LookAgain);
}

#[test]
fn a_renewed_credential_is_reported_anew() {
	let renewed = CredentialView { attested_at: Milliseconds(NOW - 5_000), ..credential() };
	assert_eq!(due(&seen(Good), &renewed, Some(&sent(Good, 6_000))), Due::Report);
}

fn any_status() -> impl Strategy<Value = ReportedStatus> {
	prop_oneof![Just(Good), Just(Suspended), Just(Revoked)]
}

proptest! {
	#[test]
	fn what_is_reported_is_what_the_chain_takes(
		status in any_status(),
		look in 0..NOW * 2,
		attested in 0..NOW * 2,
		check in proptest::option::of(0..NOW),
		last in proptest::option::of((any_status(), 0..NOW, any::<bool>())),
	) {
		let credential = CredentialView {
			attested_at: Milliseconds(attested),
			check: check.and_then(|ago| observed(Good, ago)),
			..credential()
		};
		let seen = Seen { at: Milliseconds(look), ..seen(status) };
		let last = last.map(|(status, ago, decided)| Sent { decided, ..sent(status, ago) });
		if due(&seen, &credential, last.as_ref()) == Due::Report {
			prop_assert!(look >= attested);
			prop_assert!(look + TERMS.report_lifetime.0 > NOW);
			let told = last.filter(|last| last.at >= credential.attested_at);
			prop_assert!(told.is_none_or(|last| last.at.0 < look));
		}
	}
}
