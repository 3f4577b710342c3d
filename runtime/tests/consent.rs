//! Consents and the grants that rest on them, as the runtime composes them.

use crate::world::*;
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight};
use hdx_primitives::{
	engine::{Actor, Basis, Outcome, Policy, Provision, Rule, Values},
	Commitment, ConsentId, DenialReason, GrantId, Milliseconds, RequestId, Role, TemplateId,
	UseRefusal,
};
use hdx_runtime::{apis, Block, Consent, RecordAccess, Runtime, RuntimeOrigin};
use pallet_consent::{
	ConsentQuery, ConsentRequestTerms, ConsentState, ConsentTerms, FrequencyLimit, GrantedBy,
	Renewal, SignedDocument,
};
use pallet_consent_runtime_api::runtime_decl_for_consent_api::ConsentApi;
use pallet_record_access::{Error as AccessError, GrantRefusal};

const NO_TERMS: ConsentTerms = ConsentTerms { frequency: None, erase_by: None, renewal: None };

fn document() -> SignedDocument {
	SignedDocument { template: TemplateId(0), commitment: Commitment([4; 32]) }
}

fn by_patient() -> RuntimeOrigin {
	RuntimeOrigin::signed(patient())
}

fn amend(consent: ConsentId, policy: Policy, terms: ConsentTerms) {
	assert_ok!(Consent::amend(by_patient(), consent, policy, document(), terms));
}

fn permit_to(institution: hdx_primitives::InstitutionId) -> Policy {
	let mut root = Provision::new(0, Rule::Permit);
	root.actors = Values::truncate_from(vec![Actor::Organisation(institution)]);
	Policy {
		categories: Values::default(),
		provisions: frame_support::BoundedVec::truncate_from(vec![root]),
	}
}

/// A grant for which the consent of the world was asked.
fn consented_grant() -> (ConsentId, GrantId) {
	let consent = consent();
	(consent, ask(request()).expect("permitted"))
}

fn at(now: u64) {
	pallet_timestamp::Now::<Runtime>::put(now);
}

fn query() -> ConsentQuery {
	ConsentQuery {
		actors: Values::truncate_from(vec![Actor::Organisation(HOSPITAL_B)]),
		purposes: Values::truncate_from(vec![hdx_primitives::engine::terminology::purpose::TREAT]),
		..ConsentQuery::default()
	}
}

#[test]
fn an_amended_consent_kills_its_grants_in_the_same_block() {
	world(|| {
		let (consent, grant) = consented_grant();
		assert_ok!(disclose(grant));
		amend(consent, permit_to(HOSPITAL_A), NO_TERMS);
		assert_noop!(disclose(grant), AccessError::<Runtime>::NoConsent);
		assert_eq!(ask(request()), Err(DenialReason::NoConsent));
	});
}

#[test]
fn a_grant_lives_on_where_the_new_version_permits_the_same() {
	world(|| {
		let (consent, grant) = consented_grant();
		let terms = ConsentTerms { erase_by: Some(Milliseconds(NOW + 9_000 * HOUR)), ..NO_TERMS };
		amend(consent, treatment_without_psychiatry(), terms);
		assert_ok!(disclose(grant));
		// The log names the version that permits today.
		assert_eq!(last_entry().event.basis, Some(Basis { consent, version: 2 }));
	});
}

#[test]
fn a_grant_dies_where_the_new_version_withholds_otherwise() {
	world(|| {
		let (consent, grant) = consented_grant();
		amend(consent, permit_to(HOSPITAL_B), NO_TERMS);
		assert_noop!(disclose(grant), AccessError::<Runtime>::GrantOutdated);
	});
}

#[test]
fn disclosures_end_with_the_frequency_of_the_consent() {
	world(|| {
		let (consent, grant) = consented_grant();
		let frequency = Some(FrequencyLimit { accesses: 2, per: Milliseconds(HOUR / 2) });
		let terms = ConsentTerms { frequency, ..NO_TERMS };
		amend(consent, treatment_without_psychiatry(), terms);
		assert_ok!(disclose(grant));
		assert_ok!(disclose(grant));
		assert_noop!(disclose(grant), AccessError::<Runtime>::FrequencyExceeded);
		let now = Consent::list(patient(), 0, 1)[0].given_at;
		assert_eq!(
			RecordAccess::check_grant(grant, HOSPITAL_A, now),
			Err(GrantRefusal::Terms(UseRefusal::FrequencyExceeded))
		);
		// Another grant of the same consent counts in the same window.
		let other = ask(request()).expect("permitted");
		assert_noop!(disclose(other), AccessError::<Runtime>::FrequencyExceeded);
		at(now.0 + HOUR / 2);
		assert_ok!(disclose(grant));
	});
}

#[test]
fn a_grant_dies_when_what_was_given_must_be_erased() {
	world(|| {
		let (consent, grant) = consented_grant();
		let erase_by = NOW + HOUR / 2;
		let terms = ConsentTerms { erase_by: Some(Milliseconds(erase_by)), ..NO_TERMS };
		amend(consent, treatment_without_psychiatry(), terms);
		assert_ok!(disclose(grant));
		at(erase_by);
		assert_noop!(disclose(grant), AccessError::<Runtime>::NoConsent);
		assert_ok!(Consent::confirm_erasure(operator_b(), consent, 2, Commitment([1; 32])));
	});
}

#[test]
fn a_grant_outlives_a_renewal_and_not_a_stopped_one() {
	world(|| {
		let mut policy = treatment_without_psychiatry();
		let end = NOW + HOUR / 2;
		let mut root = policy.provisions[0].clone();
		root.period.end = Some(Milliseconds(end));
		policy.provisions =
			frame_support::BoundedVec::truncate_from(vec![root, policy.provisions[1].clone()]);
		let renewal = Some(Renewal {
			extends_by: Milliseconds(HOUR / 4),
			times: 9,
			notice: Milliseconds(HOUR / 8),
		});
		let (consent, grant) = consented_grant();
		amend(consent, policy, ConsentTerms { renewal, ..NO_TERMS });
		at(end);
		assert_ok!(disclose(grant));
		assert_ok!(Consent::stop_renewal(by_patient(), consent));
		at(end + HOUR / 4);
		assert_noop!(disclose(grant), AccessError::<Runtime>::NoConsent);
	});
}

#[test]
fn a_practitioner_asks_the_patient_approves_and_access_is_granted() {
	world(|| {
		assert_eq!(ask(request()), Err(DenialReason::NoConsent));
		let terms = ConsentRequestTerms {
			on_behalf_of: HOSPITAL_B,
			role: Role::Physician,
			purposes: query().purposes,
			classes: Values::default(),
			labels: Values::default(),
			data_period: Default::default(),
			period: Default::default(),
			frequency: None,
			erase_by: None,
			renewal: None,
			template: TemplateId(0),
		};
		let by_doctor = || RuntimeOrigin::signed(doctor());
		let as_nurse = ConsentRequestTerms { role: Role::Nurse, ..terms.clone() };
		assert_noop!(
			Consent::request_consent(by_doctor(), patient(), as_nurse),
			pallet_consent::Error::<Runtime>::NotInGoodStanding
		);
		assert_ok!(Consent::request_consent(by_doctor(), patient(), terms));
		assert_ok!(Consent::approve_request(
			by_patient(),
			RequestId(0),
			treatment_without_psychiatry(),
			document(),
			NO_TERMS,
		));
		assert!(ask(request()).is_ok());
	});
}

#[test]
fn the_runtime_api_decides_lists_and_tells_the_history() {
	world(|| {
		let decide = || <Runtime as ConsentApi<Block>>::decide(patient(), query());
		assert_eq!(decide().outcome, Outcome::NoConsent);
		let consent = consent();
		assert_eq!(decide().basis, Some(Basis { consent, version: 1 }));
		amend(consent, permit_to(HOSPITAL_A), NO_TERMS);
		assert_eq!(decide().outcome, Outcome::NoConsent);
		let listed = <Runtime as ConsentApi<Block>>::list(patient(), 0, 10);
		assert_eq!(listed.len(), 1);
		assert_eq!((listed[0].version, listed[0].state), (2, ConsentState::InForce));
		assert_eq!(listed[0].granted_by, GrantedBy::Patient);
		let history = <Runtime as ConsentApi<Block>>::history(consent);
		assert_eq!(history.len(), 2);
		assert_eq!(history[1].previous, history[0].hash);
		assert_eq!(history[1].hash, listed[0].hash);
	});
}

#[test]
fn the_runtime_names_the_api_of_consents() {
	let id = pallet_consent_runtime_api::runtime_decl_for_consent_api::ID;
	assert!(apis::RUNTIME_API_VERSIONS.iter().any(|(named, _)| *named == id));
}

#[test]
fn a_block_has_room_for_announcements() {
	world(|| {
		let mut policy = permit_to(HOSPITAL_B);
		let mut root = policy.provisions[0].clone();
		root.period.end = Some(Milliseconds(NOW + HOUR));
		policy.provisions = frame_support::BoundedVec::truncate_from(vec![root]);
		let renewal =
			Renewal { extends_by: Milliseconds(HOUR), times: 1, notice: Milliseconds(HOUR / 2) };
		let terms = ConsentTerms { renewal: Some(renewal), ..NO_TERMS };
		assert_ok!(Consent::grant(by_patient(), policy, document(), terms));
		at(NOW + HOUR);
		let half = hdx_runtime::configs::RuntimeBlockWeights::get().max_block / 2;
		let used = Consent::on_idle(1, half);
		assert!(used.all_lte(half) && used.any_gt(Weight::zero()));
		assert_eq!(pallet_consent::Agenda::<Runtime>::iter().count(), 0);
	});
}
