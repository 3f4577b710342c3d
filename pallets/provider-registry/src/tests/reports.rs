//! Reports of oracles: which are taken, and what enough of them do.

use crate::{
	mock::*,
	Check, Error, Event, Finding, OracleTerms, Oracles, RegistrationStatus,
	ReportedStatus::{Good, Revoked, Suspended},
	Reports, SuspensionReason,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AssuranceLevel, AuditAction, DenialReason, Milliseconds};

fn attested() -> Result<(), DenialReason> {
	stands(&dana(), AssuranceLevel::Attested).map(|_| ())
}

fn set_terms(terms: OracleTerms) {
	assert_ok!(ProviderRegistry::set_oracle_terms(RuntimeOrigin::root(), terms));
}

fn misbehaviour(number: u8) -> u32 {
	Oracles::<Test>::get(oracle(number)).unwrap().misbehaviour
}

/// Dana's licence, and three oracles, two of whom have to agree.
fn with_oracles(body: impl FnOnce(hdx_primitives::CredentialId)) {
	test(|| {
		let licence = license_dana();
		register_oracles();
		wait(60_000);
		body(licence);
	});
}

fn now() -> u64 {
	ProviderRegistry::now().0
}

#[test]
fn a_check_is_as_old_as_the_oldest_look_of_those_who_agree() {
	with_oracles(|id| {
		assert_ok!(report(0, id, Good, now() - 30_000));
		assert_eq!(credential_by_id(&dana(), id).check, None);
		assert_eq!(log().last().unwrap().action, AuditAction::StatusReported);
		assert_ok!(report(1, id, Good, now()));
		let at = Milliseconds(now() - 30_000);
		assert_eq!(credential_by_id(&dana(), id).check, Some(Check { at, evidence: EVIDENCE }));
		assert_eq!(log().last().unwrap().action, AuditAction::StatusDecided);
		System::assert_last_event(
			Event::StatusDecided {
				practitioner: dana(),
				credential: id,
				status: Good,
				at,
				evidence: EVIDENCE,
			}
			.into(),
		);
	});
}

#[test]
fn one_oracle_is_no_quorum_however_often_it_reports() {
	with_oracles(|id| {
		for step in 0..5 {
			assert_ok!(report(0, id, Good, now() - 10 + step));
		}
		assert_eq!(credential_by_id(&dana(), id).check, None);
		assert_eq!(Reports::<Test>::get(id).len(), 1);
	});
}

#[test]
fn a_report_counts_in_one_outcome() {
	with_oracles(|id| {
		agree(id, Good);
		let check = credential_by_id(&dana(), id).check;
		wait(1_000);
		// Only the third is new, so that no two agree.
		assert_ok!(report(2, id, Good, now()));
		assert_eq!(credential_by_id(&dana(), id).check, check);
		assert_ok!(report(0, id, Good, now()));
		assert_eq!(credential_by_id(&dana(), id).check.unwrap().at, Milliseconds(now()));
	});
}

#[test]
fn reports_too_old_for_each_other_do_not_agree() {
	with_oracles(|id| {
		assert_ok!(report(0, id, Good, now()));
		wait(LIFETIME.0);
		assert_ok!(report(1, id, Good, now()));
		assert_eq!(credential_by_id(&dana(), id).check, None);
		assert_eq!(Reports::<Test>::get(id).len(), 1);
	});
}

#[test]
fn what_is_wrong_takes_hold_at_once() {
	with_oracles(|id| {
		agree(id, Suspended);
		assert_eq!(attested(), Err(DenialReason::CredentialSuspended));
		assert_ok!(enrolled(&dana()));
		wait(1);
		agree(id, Good);
		assert_ok!(attested());
		wait(1);
		agree(id, Revoked);
		assert_eq!(attested(), Err(DenialReason::CredentialRevoked));
	});
}

#[test]
fn a_revocation_stays_until_the_issuer_attests_anew() {
	with_oracles(|id| {
		agree(id, Revoked);
		wait(1);
		agree(id, Good);
		assert_eq!(attested(), Err(DenialReason::CredentialRevoked));
		assert_ok!(ProviderRegistry::renew_credential(
			signed(board()),
			dana(),
			id,
			fresh_commitment(),
			current()
		));
		assert_ok!(attested());
	});
}

#[test]
fn an_older_look_does_not_undo_a_newer_finding() {
	with_oracles(|id| {
		agree(id, Suspended);
		let finding = Finding { status: Suspended, at: Milliseconds(now()), evidence: EVIDENCE };
		set_terms(OracleTerms { quorum: 1, ..TERMS });
		assert_ok!(report(2, id, Good, now() - 1_000));
		assert_eq!(credential_by_id(&dana(), id).finding, Some(finding));
		// Nor does one of the same moment.
		assert_ok!(report(2, id, Good, now()));
		assert_eq!(credential_by_id(&dana(), id).finding, Some(finding));
		wait(1);
		assert_ok!(report(2, id, Good, now()));
		assert_eq!(credential_by_id(&dana(), id).finding, None);
	});
}

#[test]
fn an_older_finding_does_not_undo_a_newer_check() {
	with_oracles(|id| {
		agree(id, Good);
		set_terms(OracleTerms { quorum: 1, ..TERMS });
		assert_ok!(report(2, id, Suspended, now() - 1_000));
		assert_ok!(attested());
		assert_ok!(report(2, id, Suspended, now()));
		assert_eq!(attested(), Err(DenialReason::CredentialSuspended));
	});
}

#[test]
fn an_oracle_that_contradicts_too_often_is_suspended() {
	with_oracles(|id| {
		for times in 1..=2 {
			wait(1);
			assert_ok!(report(2, id, Revoked, now()));
			agree(id, Good);
			assert_eq!(misbehaviour(2), times);
		}
		let status = RegistrationStatus::Suspended(SuspensionReason::Misbehaviour);
		assert_eq!(Oracles::<Test>::get(oracle(2)).unwrap().status, status);
		System::assert_last_event(Event::OracleStatusChanged { oracle: oracle(2), status }.into());
		assert_eq!(log().last().unwrap().action, AuditAction::OracleStatusChanged);
		wait(1);
		assert_noop!(report(2, id, Good, now()), Error::<Test>::OracleIsSuspended);
		assert_eq!((misbehaviour(0), misbehaviour(1)), (0, 0));
	});
}

#[test]
fn who_looked_before_the_others_does_not_contradict_them() {
	with_oracles(|id| {
		assert_ok!(report(2, id, Good, now() - 1_000));
		agree(id, Revoked);
		assert_eq!(misbehaviour(2), 0);
	});
}

#[test]
fn reports_of_suspended_and_removed_oracles_do_not_count() {
	with_oracles(|id| {
		assert_ok!(report(0, id, Good, now()));
		assert_ok!(ProviderRegistry::set_oracle_status(
			RuntimeOrigin::root(),
			oracle(0),
			RegistrationStatus::Suspended(REASON)
		));
		assert_ok!(report(1, id, Good, now()));
		assert_eq!(credential_by_id(&dana(), id).check, None);
		assert_ok!(ProviderRegistry::remove_oracle(RuntimeOrigin::root(), oracle(1)));
		assert_ok!(report(2, id, Good, now()));
		assert_eq!(credential_by_id(&dana(), id).check, None);
	});
}

#[test]
fn there_is_room_for_the_reports_of_every_oracle() {
	with_oracles(|id| {
		set_terms(OracleTerms { quorum: 4, ..TERMS });
		// All report, one is removed, and another takes its place.
		assert_ok!(ProviderRegistry::register_oracle(RuntimeOrigin::root(), oracle(3), None));
		for number in 0..3 {
			assert_ok!(report(number, id, Good, now()));
		}
		assert_ok!(report(3, id, Suspended, now()));
		assert_ok!(ProviderRegistry::remove_oracle(RuntimeOrigin::root(), oracle(0)));
		assert_ok!(ProviderRegistry::register_oracle(RuntimeOrigin::root(), oracle(4), None));
		assert_ok!(report(4, id, Good, now()));
		assert_eq!(Reports::<Test>::get(id).len(), 4);
	});
}

#[test]
fn a_clock_that_is_ahead_makes_no_check_last_longer() {
	with_oracles(|id| {
		let ahead = now() + MaxClockSkew::get().0;
		for number in 0..2 {
			assert_ok!(report(number, id, Good, ahead));
		}
		assert_eq!(credential_by_id(&dana(), id).check.unwrap().at, Milliseconds(now()));
	});
}

#[test]
fn report_fails_when_the_look_is_not_in_its_time() {
	with_oracles(|id| {
		wait(LIFETIME.0);
		let skew = MaxClockSkew::get().0;
		assert_noop!(report(0, id, Good, now() + skew + 1), Error::<Test>::CheckedInTheFuture);
		assert_noop!(report(0, id, Good, now() - LIFETIME.0), Error::<Test>::ReportTooOld);
		assert_ok!(report(0, id, Good, now() - LIFETIME.0 + 1));
	});
}

#[test]
fn report_fails_when_the_look_was_before_the_attestation() {
	with_oracles(|id| {
		assert_noop!(report(0, id, Good, NOW.0 - 1), Error::<Test>::CheckedBeforeAttested);
		assert_ok!(report(0, id, Good, NOW.0));
	});
}

#[test]
fn report_fails_when_it_is_a_duplicate_or_older() {
	with_oracles(|id| {
		assert_ok!(report(0, id, Good, now() - 1));
		assert_noop!(report(0, id, Good, now() - 1), Error::<Test>::ReportNotNewer);
		assert_noop!(report(0, id, Revoked, now() - 2), Error::<Test>::ReportNotNewer);
		assert_ok!(report(1, id, Good, now() - 1));
		// Counted reports are remembered as well.
		assert_noop!(report(0, id, Good, now() - 1), Error::<Test>::ReportNotNewer);
	});
}

#[test]
fn report_fails_when_the_caller_is_no_oracle() {
	test(|| {
		let id = license_dana();
		assert_noop!(report(0, id, Good, NOW.0), Error::<Test>::NotAnOracle);
	});
}

#[test]
fn report_fails_when_there_are_no_terms() {
	test(|| {
		let id = license_dana();
		assert_ok!(ProviderRegistry::register_oracle(RuntimeOrigin::root(), oracle(0), None));
		assert_noop!(report(0, id, Good, NOW.0), Error::<Test>::NoOracleTerms);
	});
}

#[test]
fn report_fails_when_the_practitioner_is_unknown() {
	test(|| {
		register_oracles();
		assert_noop!(report(0, FIRST, Good, NOW.0), Error::<Test>::PractitionerUnknown);
	});
}

/// Four oracles, of whom this many have to agree, and a minute in which they looked.
fn with_four_oracles(quorum: u32, body: impl FnOnce(hdx_primitives::CredentialId, u64)) {
	with_oracles(|id| {
		let account = oracle(3);
		assert_ok!(ProviderRegistry::register_oracle(RuntimeOrigin::root(), account, None));
		set_terms(OracleTerms { quorum, ..TERMS });
		let start = now();
		wait(60_000);
		body(id, start);
	});
}

fn decisions() -> usize {
	log().iter().filter(|entry| entry.action == AuditAction::StatusDecided).count()
}

fn nobody_is_blamed() -> bool {
	(0..4).all(|number| misbehaviour(number) == 0)
}

#[test]
fn who_looked_after_the_others_is_neither_blamed_nor_silenced() {
	with_four_oracles(2, |id, start| {
		assert_ok!(report(0, id, Good, start));
		assert_ok!(report(1, id, Revoked, start + 10));
		// Somebody who looked before the revocation reports after it, and makes a quorum.
		assert_ok!(report(2, id, Good, start + 4));
		assert_eq!(credential_by_id(&dana(), id).check.unwrap().at, Milliseconds(start));
		assert!(nobody_is_blamed());
		assert_ok!(report(3, id, Revoked, start + 11));
		assert_eq!(attested(), Err(DenialReason::CredentialRevoked));
		assert!(nobody_is_blamed());
	});
}

#[test]
fn an_outcome_that_comes_too_late_has_no_effect_and_is_held_against_nobody() {
	with_four_oracles(2, |id, start| {
		assert_ok!(report(0, id, Good, start + 100));
		assert_ok!(report(1, id, Good, start + 100));
		let check = credential_by_id(&dana(), id).check;
		assert_ok!(report(0, id, Good, start + 150));
		assert_ok!(report(2, id, Suspended, start + 50));
		assert_ok!(report(3, id, Suspended, start + 60));
		assert_eq!((credential_by_id(&dana(), id).check, decisions()), (check, 1));
		assert!(nobody_is_blamed());
		// What was reported meanwhile still counts.
		assert_ok!(report(1, id, Good, start + 160));
		assert_eq!(credential_by_id(&dana(), id).check.unwrap().at, Milliseconds(start + 150));
	});
}

#[test]
fn a_revocation_is_never_told_too_late() {
	with_four_oracles(2, |id, start| {
		assert_ok!(report(0, id, Good, start + 100));
		assert_ok!(report(1, id, Good, start + 101));
		assert_ok!(report(2, id, Revoked, start + 50));
		assert_ok!(attested());
		assert_ok!(report(3, id, Revoked, start + 51));
		assert_eq!(attested(), Err(DenialReason::CredentialRevoked));
		assert!(nobody_is_blamed());
	});
}

#[test]
fn a_smaller_quorum_finds_the_revocation_that_was_reported_before() {
	with_four_oracles(3, |id, start| {
		assert_ok!(report(0, id, Revoked, start));
		assert_ok!(report(1, id, Revoked, start));
		assert_ok!(report(2, id, Good, start + 1));
		set_terms(OracleTerms { quorum: 2, ..TERMS });
		assert_ok!(report(3, id, Good, start + 1));
		assert_eq!(attested(), Err(DenialReason::CredentialRevoked));
	});
}

#[test]
fn whoever_agreed_is_left_after_a_suspension_for_misbehaviour() {
	with_four_oracles(2, |id, start| {
		set_terms(OracleTerms { max_misbehaviour: 1, ..TERMS });
		assert_ok!(report(2, id, Revoked, start));
		assert_ok!(report(3, id, Suspended, start));
		agree_at(id, start);
		let active = Oracles::<Test>::iter_values().filter(|it| it.status.is_active()).count();
		assert_eq!(active, 2);
		agree_at(id, start + 1);
		assert_eq!(decisions(), 2);
	});
}

fn agree_at(id: hdx_primitives::CredentialId, at: u64) {
	assert_ok!(report(0, id, Good, at));
	assert_ok!(report(1, id, Good, at));
}

/// Registers an oracle, or registers it anew as one that this institution runs.
fn run_by(number: u8, institution: Option<hdx_primitives::InstitutionId>) {
	if Oracles::<Test>::contains_key(oracle(number)) {
		assert_ok!(ProviderRegistry::remove_oracle(RuntimeOrigin::root(), oracle(number)));
	}
	let account = oracle(number);
	assert_ok!(ProviderRegistry::register_oracle(RuntimeOrigin::root(), account, institution));
}

fn is_checked(id: hdx_primitives::CredentialId) -> bool {
	credential_by_id(&dana(), id).check.is_some()
}

#[test]
fn all_oracles_of_one_institution_are_one_voice() {
	with_oracles(|id| {
		run_by(0, Some(CLINIC));
		run_by(1, Some(CLINIC));
		agree(id, Good);
		assert!(!is_checked(id));
		assert_ok!(report(2, id, Good, now()));
		assert!(is_checked(id));
	});
}

#[test]
fn a_homes_own_oracle_does_not_count_about_its_staff() {
	with_oracles(|id| {
		run_by(0, Some(HOSPITAL));
		agree(id, Good);
		assert!(!is_checked(id));
		assert_ok!(report(2, id, Good, now()));
		assert!(is_checked(id));
	});
}

#[test]
fn the_oracles_of_a_suspended_institution_neither_report_nor_count() {
	with_oracles(|id| {
		run_by(0, Some(CLINIC));
		assert_ok!(report(0, id, Good, now()));
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			CLINIC,
			crate::InstitutionStatus::Suspended(REASON)
		));
		assert_ok!(report(1, id, Good, now()));
		assert!(!is_checked(id));
		wait(1);
		assert_noop!(report(0, id, Good, now()), Error::<Test>::OracleIsSuspended);
	});
}

#[test]
fn an_operator_that_is_an_oracle_too_is_its_institutions_voice() {
	with_oracles(|id| {
		let root = RuntimeOrigin::root;
		assert_ok!(ProviderRegistry::register_oracle(root(), hospital_operator(), None));
		assert_ok!(ProviderRegistry::report_status(
			signed(hospital_operator()),
			dana(),
			id,
			Good,
			EVIDENCE,
			Milliseconds(now())
		));
		assert_ok!(report(0, id, Good, now()));
		assert!(!is_checked(id));
	});
}

#[test]
fn what_an_oracle_saw_before_it_was_registered_again_or_reinstated_does_not_count() {
	with_oracles(|id| {
		assert_ok!(report(0, id, Good, now()));
		wait(1);
		run_by(0, None);
		assert_ok!(report(1, id, Good, now()));
		assert!(!is_checked(id));
	});
	with_oracles(|id| {
		let set = |status| {
			let account = oracle(0);
			ProviderRegistry::set_oracle_status(RuntimeOrigin::root(), account, status)
		};
		assert_ok!(report(0, id, Good, now()));
		wait(1);
		assert_ok!(set(RegistrationStatus::Suspended(REASON)));
		assert_ok!(set(RegistrationStatus::Active));
		assert_ok!(report(1, id, Good, now()));
		assert!(!is_checked(id));
		assert_ok!(report(0, id, Good, now()));
		assert!(is_checked(id));
	});
}
