//! New versions of records under grants to write and to append.

use super::versions::{record_and_grant, sealed_with, take_in, to, update, update_as, NEW};
use crate::{
	mock::*, Error, Event, Grants, NewManifest, Records, RestrictedPurposes, RestrictionTerms,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{Algorithm, Basis, ConsentId, Obligations, Outcome},
	AccessRequest, Action, AssuranceLevel, AuditAction, AuditEvent, DenialReason, GrantId,
	Milliseconds, Role, Subject,
};

#[test]
fn a_version_under_a_grant_takes_one_use_and_is_logged_with_what_permits() {
	run(|| {
		let (record, grant) = record_and_grant();
		assert_ok!(take_in(record, grant));
		assert_eq!(uses_left(grant), MAX_USES - 1);
		assert_eq!(Records::<Test>::get(record).unwrap().manifest, NEW.manifest);
		let (manifest, under) = (NEW.manifest, Some(grant));
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(CUSTODIAN),
				on_behalf_of: Some(HOSPITAL),
				patient: Some(PATIENT),
				purpose: Some(request().purpose),
				subject: Subject::RecordVersion { record, version: 2, manifest, under },
				basis: Some(BASIS),
				algorithm: Some(Algorithm::MostRecentWins),
				context: Some(CONTEXT),
				..AuditEvent::new(AuditAction::RecordUpdated)
			}
		);
		System::assert_last_event(
			Event::RecordUpdated {
				record,
				patient: PATIENT,
				version: 2,
				manifest,
				sections: NEW.sections,
				epoch: NEW.epoch,
				under,
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn a_grant_to_write_replaces_and_one_to_append_keeps_all_sections() {
	run(|| {
		let record = registered(PATIENT);
		let (writing, appending) =
			(granted(to(Action::Write, record)), granted(to(Action::Append, record)));
		let sections = |sections, salt| NewManifest { sections, ..sealed_with(salt) };
		assert_ok!(update_as(CUSTODIAN, record, sections(4, 21), Some(writing)));
		assert_ok!(update_as(CUSTODIAN, record, sections(4, 22), Some(appending)));
		assert_ok!(update_as(CUSTODIAN, record, sections(5, 23), Some(appending)));
		let fewer = update_as(CUSTODIAN, record, sections(4, 24), Some(appending));
		assert_noop!(fewer, Error::<Test>::SectionsRemoved);
		// The custodian answers for what it leaves out itself.
		assert_ok!(update(record, sections(1, 24)));
	});
}

#[test]
fn a_grant_for_the_whole_record_brings_into_each_of_the_patients_records() {
	run(|| {
		let before = registered(PATIENT);
		let grant = granted(AccessRequest { action: Action::Append, ..request() });
		let after = registered(PATIENT);
		assert_ok!(take_in(before, grant));
		assert_ok!(update_as(CUSTODIAN, after, sealed_with(21), Some(grant)));
		assert_eq!(uses_left(grant), MAX_USES - 2);
	});
}

#[test]
fn a_version_under_a_grant_counts_for_the_consent_and_one_without_does_not() {
	run(|| {
		let (record, grant) = record_and_grant();
		UsesLeft::put(1);
		assert_ok!(update(record, sealed_with(21)));
		assert_eq!(UsesLeft::get(), Some(1));
		assert_ok!(take_in(record, grant));
		assert_eq!(UsesLeft::get(), Some(0));
		let again = update_as(CUSTODIAN, record, sealed_with(22), Some(grant));
		assert_noop!(again, Error::<Test>::FrequencyExceeded);
		assert_ok!(update(record, sealed_with(22)));
	});
}

#[test]
fn a_version_rests_on_the_consent_that_permits_now() {
	run(|| {
		let (record, grant) = record_and_grant();
		let newer = Basis { consent: ConsentId(77), version: 2 };
		rebase(PATIENT, newer);
		assert_ok!(take_in(record, grant));
		assert_eq!(last_entry().basis, Some(newer));
	});
}

#[test]
fn update_fails_when_the_grant_is_unknown() {
	run(|| {
		let (record, _) = record_and_grant();
		assert_noop!(take_in(record, GrantId(9)), Error::<Test>::GrantUnknown);
	});
}

#[test]
fn update_fails_when_the_grant_is_for_another_record() {
	run(|| {
		let (_, grant) = record_and_grant();
		let other = registered(PATIENT);
		assert_noop!(take_in(other, grant), Error::<Test>::RecordNotCovered);
	});
}

#[test]
fn update_fails_when_the_grant_is_about_another_patient() {
	run(|| {
		let whole = granted(AccessRequest { action: Action::Append, ..request() });
		let other = registered(SILENT_PATIENT);
		assert_noop!(take_in(other, whole), Error::<Test>::RecordNotCovered);
	});
}

#[test]
fn update_fails_when_the_grant_is_for_being_shown_data() {
	run(|| {
		let record = registered(PATIENT);
		for action in [Action::Read, Action::Disclose] {
			let grant = granted(to(action, record));
			assert_noop!(take_in(record, grant), Error::<Test>::GrantBringsNothingIn);
		}
	});
}

#[test]
fn update_fails_when_the_grant_broke_the_glass() {
	run(|| {
		use hdx_primitives::{engine::terminology::purpose::BTG, OverrideReason};
		set_standing(AssuranceLevel::Verified);
		let record = registered(PATIENT);
		let grant = crate::NextGrantId::<Test>::get();
		let request = AccessRequest { purpose: BTG, ..request() };
		assert_ok!(RecordAccess::break_glass(
			RuntimeOrigin::signed(PHYSICIAN),
			request,
			OverrideReason::EmergencyTreatment,
			Some(factor()),
		));
		assert_noop!(take_in(record, grant), Error::<Test>::GrantBringsNothingIn);
	});
}

#[test]
fn update_fails_when_the_grant_was_revoked() {
	run(|| {
		let (record, grant) = record_and_grant();
		assert_ok!(RecordAccess::revoke_grant(RuntimeOrigin::signed(PATIENT), grant));
		assert_noop!(take_in(record, grant), Error::<Test>::GrantRevoked);
	});
}

#[test]
fn update_fails_when_the_grant_has_expired() {
	run(|| {
		let (record, grant) = record_and_grant();
		let end = Grants::<Test>::get(grant).unwrap().expires_at;
		set_time(end);
		assert_noop!(take_in(record, grant), Error::<Test>::GrantExpired);
		set_time(Milliseconds(end.0 - 1));
		assert_ok!(take_in(record, grant));
	});
}

#[test]
fn update_fails_when_no_uses_are_left() {
	run(|| {
		let (record, grant) = record_and_grant();
		for salt in 0..MAX_USES {
			let new = sealed_with(20 + salt as u8);
			assert_ok!(update_as(CUSTODIAN, record, new, Some(grant)));
		}
		let more = update_as(CUSTODIAN, record, sealed_with(60), Some(grant));
		assert_noop!(more, Error::<Test>::GrantUsedUp);
	});
}

#[test]
fn update_fails_when_the_obligations_of_today_differ() {
	run(|| {
		let (record, grant) = record_and_grant();
		answer(PATIENT, Outcome::Permit, redact(1));
		assert_noop!(take_in(record, grant), Error::<Test>::GrantOutdated);
	});
}

#[test]
fn update_fails_when_a_consent_denies_now() {
	run(|| {
		let (record, grant) = record_and_grant();
		answer(PATIENT, Outcome::Deny, Obligations::default());
		assert_noop!(take_in(record, grant), Error::<Test>::ConsentDenied);
	});
}

#[test]
fn update_fails_when_the_consent_was_withdrawn() {
	run(|| {
		let (record, grant) = record_and_grant();
		forget_consents(PATIENT);
		assert_noop!(take_in(record, grant), Error::<Test>::NoConsent);
		// What the custodian documents itself needs none.
		assert_ok!(update(record, NEW));
	});
}

#[test]
fn update_fails_when_the_consent_is_not_in_force() {
	run(|| {
		let (record, grant) = record_and_grant();
		rebase(PATIENT, Basis { consent: ConsentId(9), version: CURRENT_VERSION + 1 });
		assert_noop!(take_in(record, grant), Error::<Test>::ConsentNotInForce);
	});
}

#[test]
fn update_fails_when_the_patient_restricted_the_purpose() {
	run(|| {
		let (record, grant) = record_and_grant();
		let patient = RuntimeOrigin::signed(PATIENT);
		let terms = RestrictionTerms::OnlyFor(RestrictedPurposes::default());
		assert_ok!(RecordAccess::restrict(patient, PATIENT, Some(record), terms));
		assert_noop!(take_in(record, grant), Error::<Test>::RestrictedByPatient);
	});
}

#[test]
fn update_fails_when_the_matrix_no_longer_permits() {
	run(|| {
		let (record, grant) = record_and_grant();
		assert_ok!(RecordAccess::set_role_permissions(
			RuntimeOrigin::root(),
			Role::Physician,
			request().purpose,
			vec![Action::Read, Action::Write].try_into().unwrap(),
		));
		assert_noop!(take_in(record, grant), Error::<Test>::RoleNotPermitted);
	});
}

#[test]
fn update_fails_when_the_second_key_would_have_had_to_sign() {
	run(|| {
		let (record, grant) = record_and_grant();
		set_standing(AssuranceLevel::Verified);
		assert_ok!(RecordAccess::set_required_level(
			RuntimeOrigin::root(),
			request().purpose,
			Action::Append,
			Some(AssuranceLevel::Verified),
		));
		assert_noop!(take_in(record, grant), Error::<Test>::SecondFactorMissing);
		let signed = granted(to(Action::Append, record));
		assert_ok!(take_in(record, signed));
	});
}

/// One test for each refusal of the directory: the call fails with the variant of that name.
macro_rules! standing_refusals {
	($($test:ident: $reason:ident,)*) => {
		$(
			#[test]
			fn $test() {
				run(|| {
					let (record, grant) = record_and_grant();
					refuse_standing(DenialReason::$reason);
					assert_noop!(take_in(record, grant), Error::<Test>::$reason);
					set_standing(AssuranceLevel::Enrolled);
					assert_ok!(take_in(record, grant));
				});
			}
		)*
	};
}

standing_refusals! {
	update_fails_when_the_grantee_left_the_registry: PractitionerUnknown,
	update_fails_when_the_grantee_is_suspended: PractitionerSuspended,
	update_fails_when_the_grantee_left_the_institution: NotAffiliated,
	update_fails_when_the_institution_is_unknown: InstitutionUnknown,
	update_fails_when_the_institution_of_the_grantee_is_suspended: InstitutionSuspended,
	update_fails_when_the_grantee_lost_the_role: RoleNotHeld,
	update_fails_when_the_credential_is_not_valid_yet: CredentialNotYetValid,
	update_fails_when_the_credential_has_expired: CredentialExpired,
	update_fails_when_the_credential_was_revoked: CredentialRevoked,
	update_fails_when_the_assurance_is_too_low: AssuranceTooLow,
}
