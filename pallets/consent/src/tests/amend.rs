//! Consents are amended, and their versions chain.

use crate::{
	mock::*, Consents, Error, Event, FrequencyLimit, GrantedBy, History, NextConsentId,
	SignedDocument, VersionRecord, VERSION_TAG,
};
use codec::Encode;
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{Actor, Basis, Outcome, Request, Status},
	AuditAction, AuditEvent, Code, Commitment, ConsentDecider, ConsentId, Milliseconds, Subject,
	TemplateId, H256,
};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	DispatchError,
};

#[test]
fn a_patient_amends_a_consent() {
	with_patient(|| {
		let id = grant(permit_all());
		let first = record(id);
		set_time(later(10));
		let terms = crate::ConsentTerms { erase_by: Some(days(30)), ..NO_TERMS };
		assert_ok!(amend(id, deny_all(), terms));
		let second = record(id);
		assert_eq!((second.version, second.given_at), (2, later(10)));
		assert_eq!((&second.policy, second.terms), (&deny_all(), terms));
		assert_eq!((second.status, second.previous), (Status::Active, first.hash));
		System::assert_last_event(
			Event::ConsentAmended {
				consent: id,
				patient: patient(),
				version: 2,
				granted_by: GrantedBy::Patient,
				hash: second.hash,
			}
			.into(),
		);
		let expected = AuditEvent {
			actor: Some(patient()),
			patient: Some(patient()),
			subject: Subject::Consent(id),
			basis: Some(Basis { consent: id, version: 2 }),
			..AuditEvent::new(AuditAction::ConsentAmended)
		};
		assert_eq!(log().last(), Some(&expected));
	});
}

#[test]
fn the_old_version_stays_readable() {
	with_patient(|| {
		let id = grant(permit_all());
		let first = record(id);
		set_time(later(10));
		assert_ok!(amend(id, deny_all(), NO_TERMS));
		let expected = VersionRecord {
			version: 1,
			given_at: START,
			granted_by: GrantedBy::Patient,
			document: signed_document(),
			policy: permit_all(),
			terms: NO_TERMS,
			renewal_stopped_at: None,
			superseded_at: Some(later(10)),
			previous: H256::zero(),
			hash: first.hash,
		};
		assert_eq!(History::<Test>::get(id, 1), Some(expected.clone()));
		assert_eq!(Registry::history(id), [expected, record(id).current_version()]);
	});
}

#[test]
fn the_hash_of_a_version_binds_all_that_it_says() {
	with_patient(|| {
		let id = grant(permit_all());
		assert_ok!(amend(id, deny_all(), NO_TERMS));
		let version = record(id).current_version();
		let by_hand = (
			VERSION_TAG,
			id,
			patient(),
			(2u32, START, GrantedBy::Patient),
			(signed_document(), deny_all(), NO_TERMS),
			History::<Test>::get(id, 1).unwrap().hash,
		);
		assert_eq!(version.hash, BlakeTwo256::hash(&by_hand.encode()));
		let hash = |change: &dyn Fn(&mut VersionRecord)| {
			let mut changed = version.clone();
			change(&mut changed);
			changed.hash_of(id, &patient())
		};
		let changes: [&dyn Fn(&mut VersionRecord); 7] = [
			&|it| it.version = 3,
			&|it| it.given_at = later(1),
			&|it| it.granted_by = GrantedBy::Guardians,
			&|it| it.document.commitment = Commitment([0; 32]),
			&|it| it.policy = permit_all(),
			&|it| it.terms.erase_by = Some(later(1)),
			&|it| it.previous = H256::zero(),
		];
		for change in changes {
			assert_ne!(hash(change), version.hash);
		}
		assert_eq!(hash(&|it| it.superseded_at = Some(later(1))), version.hash);
		assert_ne!(version.hash_of(ConsentId(9), &patient()), version.hash);
		assert_ne!(version.hash_of(id, &stranger()), version.hash);
	});
}

#[test]
fn the_version_in_force_decides() {
	with_patient(|| {
		let id = grant(permit_all());
		assert_eq!(outcome_at(START), Outcome::Permit);
		assert_ok!(amend(id, deny_all(), NO_TERMS));
		let request = Request { actors: &[Actor::Organisation(HOSPITAL)], ..Request::default() };
		let decision = <Registry as ConsentDecider>::decide(&patient(), &request, START);
		assert_eq!(decision.outcome, Outcome::Deny);
		assert_eq!(decision.basis, Some(Basis { consent: id, version: 2 }));
	});
}

#[test]
fn an_amended_consent_is_the_most_recent() {
	with_patient(|| {
		let old = grant(permit_all());
		set_time(later(10));
		grant(deny_all());
		assert_eq!(outcome_at(later(10)), Outcome::Deny);
		set_time(later(20));
		assert_ok!(amend(old, permit_until(years(1)), NO_TERMS));
		assert_eq!(outcome_at(later(20)), Outcome::Permit);
	});
}

#[test]
fn amend_fails_when_unsigned() {
	with_patient(|| {
		let id = grant(permit_all());
		let refused =
			Registry::amend(RuntimeOrigin::root(), id, deny_all(), signed_document(), NO_TERMS);
		assert_noop!(refused, DispatchError::BadOrigin);
	});
}

#[test]
fn amend_fails_when_there_is_no_such_consent() {
	with_patient(|| {
		assert_noop!(amend(ConsentId(0), deny_all(), NO_TERMS), Error::<Test>::ConsentUnknown);
	});
}

#[test]
fn amend_fails_when_the_consent_is_somebody_elses() {
	with_patient(|| {
		let id = grant(permit_all());
		assert_ok!(Registry::sponsor_patient(signed(operator()), stranger()));
		for other in [stranger(), operator()] {
			let refused =
				Registry::amend(signed(other), id, deny_all(), signed_document(), NO_TERMS);
			assert_noop!(refused, Error::<Test>::NotYourConsent);
		}
	});
}

#[test]
fn amend_fails_when_the_consent_was_revoked() {
	with_patient(|| {
		let id = grant(permit_all());
		revoke(id);
		assert_noop!(amend(id, deny_all(), NO_TERMS), Error::<Test>::ConsentIsRevoked);
	});
}

#[test]
fn amend_fails_when_the_consent_has_ended() {
	with_patient(|| {
		let id = grant(permit_until(later(10)));
		set_time(later(10));
		assert_noop!(amend(id, permit_all(), NO_TERMS), Error::<Test>::ConsentHasEnded);
	});
}

#[test]
fn amend_fails_when_nothing_changes() {
	with_patient(|| {
		let id = grant(permit_all());
		assert_noop!(amend(id, permit_all(), NO_TERMS), Error::<Test>::NothingAmended);
		let document = SignedDocument { commitment: Commitment([6; 32]), ..signed_document() };
		let signed_again = Registry::amend(signed(patient()), id, permit_all(), document, NO_TERMS);
		assert_ok!(signed_again);
	});
}

#[test]
fn amend_fails_as_grant_does_when_the_content_is_refused() {
	with_patient(|| {
		let id = grant(permit_all());
		assert_noop!(amend(id, policy([]), NO_TERMS), Error::<Test>::EmptyPolicy);
		assert_noop!(amend(id, permit_until(START), NO_TERMS), Error::<Test>::AlreadyEnded);
		let npi = permit_to(Actor::Identifier(Code([1; 16])));
		assert_noop!(amend(id, npi, NO_TERMS), Error::<Test>::IdentifierActorOnChain);
		let frequency = Some(FrequencyLimit { accesses: 0, per: Milliseconds(1) });
		let terms = crate::ConsentTerms { frequency, ..NO_TERMS };
		assert_noop!(amend(id, permit_all(), terms), Error::<Test>::FrequencyOfNoAccess);
		let document = SignedDocument { template: TemplateId(9), ..signed_document() };
		let refused = Registry::amend(signed(patient()), id, deny_all(), document, NO_TERMS);
		assert_noop!(refused, Error::<Test>::TemplateUnknown);
	});
}

#[test]
fn amend_fails_when_the_consent_has_too_many_versions() {
	with_patient(|| {
		let id = grant(permit_all());
		for version in 2..=MAX_VERSIONS {
			assert_ok!(amend(id, permit_until(years(version.into())), NO_TERMS));
		}
		assert_eq!(record(id).version, MAX_VERSIONS);
		assert_noop!(amend(id, deny_all(), NO_TERMS), Error::<Test>::TooManyVersions);
	});
}

#[test]
fn an_amendment_takes_no_place_among_the_consents() {
	with_patient(|| {
		let id = grant(permit_all());
		assert_ok!(amend(id, deny_all(), NO_TERMS));
		assert_eq!(NextConsentId::<Test>::get(), 1);
		assert_eq!(Consents::<Test>::iter().count(), 1);
		assert_eq!(Registry::active_consents(patient()), [id]);
	});
}
