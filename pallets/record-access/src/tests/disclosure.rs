//! Confirming disclosures: a grant is decided again whenever it is used.

use crate::{mock::*, Error, Event, Grants};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{Algorithm, Basis, ConsentId, Obligations, Outcome},
	AccessRequest, AccountId, Action, AssuranceLevel, AuditAction, AuditEvent, DenialReason,
	GrantId, RecordId, Role, Subject,
};
use sp_runtime::DispatchError;

fn disclose_as(who: AccountId, grant: GrantId, record: RecordId) -> Result<(), DispatchError> {
	plain(RecordAccess::record_disclosure(RuntimeOrigin::signed(who), grant, record, 2, DISCLOSURE))
}

fn disclose(grant: GrantId, record: RecordId) -> Result<(), DispatchError> {
	disclose_as(CUSTODIAN, grant, record)
}

#[test]
fn a_disclosure_takes_one_use_and_is_logged() {
	run(|| {
		let (record, grant) = registered_and_granted();
		assert_ok!(disclose(grant, record));
		assert_eq!(uses_left(grant), MAX_USES - 1);
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(CUSTODIAN),
				on_behalf_of: Some(HOSPITAL),
				patient: Some(PATIENT),
				purpose: Some(request().purpose),
				subject: Subject::Grant { grant, record: Some(record) },
				basis: Some(BASIS),
				algorithm: Some(Algorithm::MostRecentWins),
				context: Some(CONTEXT),
				..AuditEvent::new(AuditAction::Disclosed)
			}
		);
		System::assert_last_event(
			Event::DisclosureRecorded {
				grant,
				record,
				sections: 2,
				disclosure: DISCLOSURE,
				uses_left: MAX_USES - 1,
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn the_whole_record_covers_every_record_of_the_patient_later_ones_included() {
	run(|| {
		let before = registered(PATIENT);
		let grant = granted(request());
		let after = registered(PATIENT);
		assert_ok!(disclose(grant, before));
		assert_ok!(disclose(grant, after));
		assert_eq!(last_entry().subject, Subject::Grant { grant, record: Some(after) });
	});
}

#[test]
fn a_grant_to_disclose_releases_as_one_to_read_does() {
	run(|| {
		let record = registered(PATIENT);
		let grant = granted(AccessRequest { action: Action::Disclose, ..request() });
		assert_ok!(disclose(grant, record));
	});
}

#[test]
fn a_disclosure_rests_on_the_consent_that_permits_now() {
	run(|| {
		let (record, grant) = registered_and_granted();
		let newer = Basis { consent: ConsentId(77), version: 2 };
		rebase(PATIENT, newer);
		assert_ok!(disclose(grant, record));
		assert_eq!(last_entry().basis, Some(newer));
		assert_eq!(Grants::<Test>::get(grant).unwrap().basis, Some(BASIS));
	});
}

#[test]
fn disclosure_fails_when_the_origin_is_not_signed() {
	run(|| {
		let (record, grant) = registered_and_granted();
		assert_noop!(
			RecordAccess::record_disclosure(RuntimeOrigin::root(), grant, record, 2, DISCLOSURE),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn disclosure_fails_when_the_record_is_unknown() {
	run(|| {
		let (_, grant) = registered_and_granted();
		assert_noop!(disclose(grant, RecordId(9)), Error::<Test>::RecordUnknown);
	});
}

#[test]
fn disclosure_fails_when_the_signer_operates_no_institution() {
	run(|| {
		let (record, grant) = registered_and_granted();
		assert_noop!(disclose_as(PHYSICIAN, grant, record), Error::<Test>::NotAnOperator);
	});
}

#[test]
fn disclosure_fails_when_the_custodian_is_suspended() {
	run(|| {
		let (record, grant) = registered_and_granted();
		suspend_operator(CUSTODIAN);
		assert_noop!(disclose(grant, record), Error::<Test>::NotAnOperator);
	});
}

#[test]
fn disclosure_fails_when_the_signer_is_another_institution() {
	run(|| {
		let (record, grant) = registered_and_granted();
		assert_noop!(disclose_as(CLINIC_OPERATOR, grant, record), Error::<Test>::NotTheCustodian);
	});
}

#[test]
fn disclosure_fails_when_the_grant_is_unknown() {
	run(|| {
		let (record, _) = registered_and_granted();
		assert_noop!(disclose(GrantId(9), record), Error::<Test>::GrantUnknown);
	});
}

#[test]
fn disclosure_fails_when_the_grant_is_for_another_record() {
	run(|| {
		let (_, grant) = registered_and_granted();
		let other = registered(PATIENT);
		assert_noop!(disclose(grant, other), Error::<Test>::RecordNotCovered);
	});
}

#[test]
fn disclosure_fails_when_the_whole_record_is_of_another_patient() {
	run(|| {
		let grant = granted(request());
		let other = registered(SILENT_PATIENT);
		assert_noop!(disclose(grant, other), Error::<Test>::RecordNotCovered);
	});
}

#[test]
fn disclosure_fails_when_the_grant_is_for_bringing_data_in() {
	run(|| {
		let record = registered(PATIENT);
		for action in [Action::Write, Action::Append] {
			let grant = granted(AccessRequest { action, ..request() });
			assert_noop!(disclose(grant, record), Error::<Test>::GrantReleasesNothing);
		}
	});
}

#[test]
fn disclosure_fails_when_no_sections_were_released() {
	run(|| {
		let (record, grant) = registered_and_granted();
		let origin = RuntimeOrigin::signed(CUSTODIAN);
		assert_noop!(
			RecordAccess::record_disclosure(origin, grant, record, 0, DISCLOSURE),
			Error::<Test>::NoSections
		);
	});
}

#[test]
fn disclosure_fails_when_more_sections_were_released_than_the_record_has() {
	run(|| {
		let (record, grant) = registered_and_granted();
		let origin = RuntimeOrigin::signed(CUSTODIAN);
		assert_noop!(
			RecordAccess::record_disclosure(origin.clone(), grant, record, 11, DISCLOSURE),
			Error::<Test>::TooManySections
		);
		assert_ok!(RecordAccess::record_disclosure(origin, grant, record, 10, DISCLOSURE));
	});
}

#[test]
fn disclosure_fails_when_the_grant_was_revoked() {
	run(|| {
		let (record, grant) = registered_and_granted();
		assert_ok!(RecordAccess::revoke_grant(RuntimeOrigin::signed(PATIENT), grant));
		assert_noop!(disclose(grant, record), Error::<Test>::GrantRevoked);
	});
}

#[test]
fn disclosure_fails_when_the_grant_has_expired() {
	run(|| {
		let (record, grant) = registered_and_granted();
		let end = Grants::<Test>::get(grant).unwrap().expires_at;
		set_time(hdx_primitives::Milliseconds(end.0 - 1));
		assert_ok!(disclose(grant, record));
		set_time(end);
		assert_noop!(disclose(grant, record), Error::<Test>::GrantExpired);
	});
}

#[test]
fn disclosure_fails_when_no_uses_are_left() {
	run(|| {
		let (record, grant) = registered_and_granted();
		for _ in 0..MAX_USES {
			assert_ok!(disclose(grant, record));
		}
		assert_eq!(uses_left(grant), 0);
		assert_noop!(disclose(grant, record), Error::<Test>::GrantUsedUp);
	});
}

#[test]
fn disclosure_fails_when_the_obligations_of_today_differ() {
	run(|| {
		answer(PATIENT, Outcome::Permit, redact(1));
		let (record, grant) = registered_and_granted();
		for changed in [redact(2), Obligations::default()] {
			answer(PATIENT, Outcome::Permit, changed);
			assert_noop!(disclose(grant, record), Error::<Test>::GrantOutdated);
		}
		answer(PATIENT, Outcome::Permit, redact(1));
		assert_ok!(disclose(grant, record));
	});
}

#[test]
fn asking_again_after_obligations_changed_gives_a_grant_that_can_be_used() {
	run(|| {
		let (record, outdated) = registered_and_granted();
		answer(PATIENT, Outcome::Permit, redact(1));
		let renewed = granted(request());
		assert_noop!(disclose(outdated, record), Error::<Test>::GrantOutdated);
		assert_ok!(disclose(renewed, record));
	});
}

#[test]
fn disclosure_fails_when_a_consent_denies_now() {
	run(|| {
		let (record, grant) = registered_and_granted();
		answer(PATIENT, Outcome::Deny, Obligations::default());
		assert_noop!(disclose(grant, record), Error::<Test>::ConsentDenied);
	});
}

#[test]
fn disclosure_fails_when_the_consent_was_withdrawn() {
	run(|| {
		let (record, grant) = registered_and_granted();
		forget_consents(PATIENT);
		assert_noop!(disclose(grant, record), Error::<Test>::NoConsent);
	});
}

#[test]
fn disclosure_fails_when_the_consent_ended_before_the_grant() {
	run(|| {
		let (record, grant) = registered_and_granted();
		let middle = START.saturating_add(hdx_primitives::Milliseconds(HOUR.0 / 2));
		end_consent(PATIENT, middle);
		assert_ok!(disclose(grant, record));
		set_time(middle);
		assert_noop!(disclose(grant, record), Error::<Test>::NoConsent);
	});
}

#[test]
fn disclosure_fails_when_the_matrix_no_longer_permits() {
	run(|| {
		let (record, grant) = registered_and_granted();
		assert_ok!(RecordAccess::set_role_permissions(
			RuntimeOrigin::root(),
			Role::Physician,
			request().purpose,
			Default::default(),
		));
		assert_noop!(disclose(grant, record), Error::<Test>::RoleNotPermitted);
	});
}

/// One test for each refusal of the directory: the call fails with the variant of that name.
macro_rules! standing_refusals {
	($($test:ident: $reason:ident,)*) => {
		$(
			#[test]
			fn $test() {
				run(|| {
					let (record, grant) = registered_and_granted();
					refuse_standing(DenialReason::$reason);
					assert_noop!(disclose(grant, record), Error::<Test>::$reason);
					set_standing(AssuranceLevel::Enrolled);
					assert_ok!(disclose(grant, record));
				});
			}
		)*
	};
}

standing_refusals! {
	disclosure_fails_when_the_grantee_left_the_registry: PractitionerUnknown,
	disclosure_fails_when_the_grantee_is_suspended: PractitionerSuspended,
	disclosure_fails_when_the_grantee_left_the_institution: NotAffiliated,
	disclosure_fails_when_the_institution_is_unknown: InstitutionUnknown,
	disclosure_fails_when_the_institution_of_the_grantee_is_suspended: InstitutionSuspended,
	disclosure_fails_when_the_grantee_lost_the_role: RoleNotHeld,
	disclosure_fails_when_the_credential_is_not_valid_yet: CredentialNotYetValid,
	disclosure_fails_when_the_credential_has_expired: CredentialExpired,
	disclosure_fails_when_the_credential_was_revoked: CredentialRevoked,
	disclosure_fails_when_the_assurance_is_too_low: AssuranceTooLow,
}
