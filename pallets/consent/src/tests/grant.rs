//! Consents are granted.

use crate::{mock::*, ConsentRecord, Consents, ConsentsOf, Error, Event, GrantedBy, NextConsentId};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{Actor, Basis, Policy, Provision, Rule, Status},
	AuditAction, AuditEvent, Code, ConsentId, Milliseconds, Period, Subject, TemplateId, H256,
};
use sp_runtime::{DispatchError, DispatchResult};

fn try_grant(policy: Policy) -> DispatchResult {
	Registry::grant(RuntimeOrigin::signed(patient()), policy, signed_document(), NO_TERMS)
}

fn permit(parent: u8) -> Provision {
	Provision::new(parent, Rule::Permit)
}

fn with_period(mut provision: Provision, start: u64, end: u64) -> Policy {
	provision.period = Period { start: Some(later(start)), end: Some(later(end)) };
	policy([provision])
}

#[test]
fn a_patient_grants_a_consent() {
	with_patient(|| {
		let id = ConsentId(0);
		assert_ok!(try_grant(permit_all()));
		let expected = ConsentRecord {
			patient: patient(),
			status: Status::Active,
			version: 1,
			given_at: START,
			revoked_at: None,
			document: signed_document(),
			policy: permit_all(),
			granted_by: GrantedBy::Patient,
			terms: NO_TERMS,
			renewal_stopped_at: None,
			previous: H256::zero(),
			hash: Consents::<Test>::get(id).unwrap().hash,
		};
		assert_eq!(Registry::consent(id), Some(expected));
		assert_eq!(Registry::active_consents(patient()), [id]);
		System::assert_last_event(
			Event::ConsentGranted {
				consent: id,
				patient: patient(),
				version: 1,
				template: TEMPLATE,
				granted_by: GrantedBy::Patient,
			}
			.into(),
		);
		let expected = AuditEvent {
			actor: Some(patient()),
			patient: Some(patient()),
			subject: Subject::Consent(id),
			basis: Some(Basis { consent: id, version: 1 }),
			..AuditEvent::new(AuditAction::ConsentGranted)
		};
		assert_eq!(log().last(), Some(&expected));
	});
}

#[test]
fn each_consent_has_a_number_of_its_own() {
	with_patient(|| {
		assert_eq!(grant(permit_all()), ConsentId(0));
		assert_eq!(grant(deny_all()), ConsentId(1));
		assert_eq!(Registry::active_consents(patient()), [ConsentId(0), ConsentId(1)]);
	});
}

#[test]
fn a_consent_may_begin_later() {
	with_patient(|| {
		assert_ok!(try_grant(with_period(permit(0), 1_000, 2_000)));
	});
}

#[test]
fn grant_fails_when_unsigned() {
	with_patient(|| {
		let refused =
			Registry::grant(RuntimeOrigin::root(), permit_all(), signed_document(), NO_TERMS);
		assert_noop!(refused, DispatchError::BadOrigin);
	});
}

#[test]
fn grant_fails_when_the_signer_is_no_patient() {
	with_patient(|| {
		let origin = RuntimeOrigin::signed(stranger());
		let refused = Registry::grant(origin, permit_all(), signed_document(), NO_TERMS);
		assert_noop!(refused, Error::<Test>::NotAPatient);
	});
}

#[test]
fn grant_fails_when_the_template_was_never_published() {
	with_patient(|| {
		let document = crate::SignedDocument { template: TemplateId(1), ..signed_document() };
		let refused =
			Registry::grant(RuntimeOrigin::signed(patient()), permit_all(), document, NO_TERMS);
		assert_noop!(refused, Error::<Test>::TemplateUnknown);
	});
}

#[test]
fn grant_fails_when_the_policy_is_empty() {
	with_patient(|| {
		assert_noop!(try_grant(policy([])), Error::<Test>::EmptyPolicy);
	});
}

#[test]
fn grant_fails_when_a_parent_is_not_before_its_child() {
	with_patient(|| {
		for tree in [policy([permit(1), permit(0)]), policy([permit(0), permit(1)])] {
			assert_noop!(try_grant(tree), Error::<Test>::ParentNotBefore);
		}
	});
}

#[test]
fn grant_fails_when_the_tree_is_too_deep() {
	with_patient(|| {
		let tree = policy([permit(0), permit(0), permit(1), permit(2), permit(3)]);
		assert_noop!(try_grant(tree), Error::<Test>::TooDeep);
	});
}

#[test]
fn grant_fails_when_a_period_is_not_ordered() {
	with_patient(|| {
		let tree = with_period(permit(0), 20, 10);
		assert_noop!(try_grant(tree), Error::<Test>::PeriodNotOrdered);
	});
}

#[test]
fn grant_fails_when_an_actor_is_named_by_identifier() {
	with_patient(|| {
		let npi = Actor::Identifier(Code::of_token("http://hl7.org/fhir/sid/us-npi|1234567893"));
		assert_noop!(try_grant(permit_to(npi)), Error::<Test>::IdentifierActorOnChain);
		let mut child = permit(0);
		child.actors.try_push(npi).unwrap();
		let nested = policy([permit(0), child]);
		assert_noop!(try_grant(nested), Error::<Test>::IdentifierActorOnChain);
	});
}

#[test]
fn grant_fails_when_the_consent_would_have_ended() {
	with_patient(|| {
		set_time(later(20));
		let ends = |end| with_period(permit(0), 0, end);
		assert_noop!(try_grant(ends(20)), Error::<Test>::AlreadyEnded);
		assert_ok!(try_grant(ends(21)));
	});
}

#[test]
fn grant_fails_when_the_patient_has_too_many_consents() {
	with_patient(|| {
		let consents: Vec<_> = (0..MAX_CONSENTS).map(|_| grant(permit_all())).collect();
		assert_noop!(try_grant(permit_all()), Error::<Test>::TooManyConsents);
		revoke(consents[4]);
		assert_ok!(try_grant(permit_all()));
		assert_eq!(ConsentsOf::<Test>::get(patient()).len(), MAX_CONSENTS as usize);
	});
}

#[test]
fn grant_fails_when_no_number_is_left() {
	new_test_ext().execute_with(|| {
		assert_ok!(Registry::sponsor_patient(RuntimeOrigin::signed(operator()), patient()));
		NextConsentId::<Test>::put(u64::MAX);
		assert_noop!(try_grant(permit_all()), Error::<Test>::NoNumberLeft);
	});
}

#[test]
fn a_consent_counts_from_the_time_of_its_block() {
	with_patient(|| {
		set_time(later(500));
		let id = grant(permit_all());
		let record = Consents::<Test>::get(id).unwrap();
		assert_eq!(record.given_at, START.saturating_add(Milliseconds(500)));
	});
}
