//! Who is no treating provider: an insurer with a claim, a researcher with a study.

use crate::world::*;
use frame_support::{assert_noop, assert_ok, BoundedVec};
use hdx_primitives::{
	engine::{
		terminology::purpose, Actor, DataFacts, DataFilter, Obligation, Policy, Provision, Rule,
		Values,
	},
	AccessRequest, AccountId, AuditOutcome, Code, Commitment, ConsentId, ContextHash, DenialReason,
	GrantId, InstitutionId, Milliseconds, Period, Role, TemplateId,
};
use hdx_runtime::{Consent, ProviderRegistry, RecordAccess, Runtime, RuntimeOrigin};
use pallet_consent::{ConsentTerms, SignedDocument};
use pallet_provider_registry::{CredentialKind, InstitutionKind, RoleAssignment};
use pallet_record_access::{Error, Grants};
use sp_keyring::Sr25519Keyring as Key;

/// The classes that an insurer needs for a claim, and one that it does not.
const CLAIM: Code = Code([21; 16]);
const ENCOUNTER: Code = Code([22; 16]);
const OBSERVATION: Code = Code([23; 16]);

/// An institution with one member.
struct Outsider {
	institution: InstitutionId,
	member: AccountId,
	role: Role,
	purpose: Code,
}

impl Outsider {
	fn register(kind: InstitutionKind, role: Role, purpose: Code) -> Self {
		let (operator, member) = (Key::Eve.to_account_id(), Key::One.to_account_id());
		let institution =
			InstitutionId(pallet_provider_registry::NextInstitutionId::<Runtime>::get().0);
		assert_ok!(ProviderRegistry::register_institution(
			RuntimeOrigin::root(),
			operator.clone(),
			kind,
			[9; 32],
		));
		assert_ok!(ProviderRegistry::enrol_practitioner(
			RuntimeOrigin::signed(operator),
			member.clone(),
			BoundedVec::truncate_from(vec![RoleAssignment { role, taxonomy: Code([8; 16]) }]),
			CredentialKind::Employment,
			Commitment([10; 32]),
			Period { start: None, end: Some(Milliseconds(NOW + 1_000 * HOUR)) },
			[11; 32],
		));
		Self { institution, member, role, purpose }
	}

	fn insurer() -> Self {
		Self::register(InstitutionKind::Insurer, Role::Billing, purpose::HPAYMT)
	}

	fn study() -> Self {
		Self::register(InstitutionKind::Research, Role::Researcher, purpose::HRESCH)
	}

	/// The patient consents to some classes, for this purpose and institution.
	fn consented(&self, classes: &[Code]) -> ConsentId {
		let mut root = Provision::new(0, Rule::Permit);
		root.actors = Values::truncate_from(vec![Actor::Organisation(self.institution)]);
		root.purposes = Values::truncate_from(vec![self.purpose]);
		root.classes = Values::truncate_from(classes.to_vec());
		let id = ConsentId(pallet_consent::NextConsentId::<Runtime>::get());
		assert_ok!(Consent::grant(
			RuntimeOrigin::signed(patient()),
			Policy {
				categories: Values::default(),
				provisions: BoundedVec::truncate_from(vec![root]),
			},
			SignedDocument { template: TemplateId(0), commitment: Commitment([12; 32]) },
			ConsentTerms::default(),
		));
		id
	}

	fn request(&self) -> AccessRequest {
		let Self { institution, role, purpose, .. } = *self;
		AccessRequest { on_behalf_of: institution, role, purpose, ..request() }
	}

	fn ask(&self, request: AccessRequest) -> Result<GrantId, DenialReason> {
		ask_as(&self.member, request)
	}
}

/// What a grant lets out of data of a class.
fn lets_out(grant: GrantId, class: Code) -> bool {
	let grant = Grants::<Runtime>::get(grant).unwrap();
	let facts = DataFacts { codes: &[class], references: Some(&[]), dated: None };
	!grant.obligations.iter().any(|obligation| obligation.withholds(&facts))
}

#[test]
fn an_insurer_sees_for_a_claim_the_classes_that_the_consent_names_and_no_others() {
	world(|| {
		let insurer = Outsider::insurer();
		let consent = insurer.consented(&[CLAIM, ENCOUNTER]);
		let grant = insurer.ask(insurer.request()).expect("permitted");
		let stored = Grants::<Runtime>::get(grant).unwrap();
		let except = DataFilter::of_codes(BoundedVec::truncate_from(vec![CLAIM, ENCOUNTER]));
		assert_eq!(stored.obligations.to_vec(), [Obligation::RedactExcept(except)]);
		assert!(lets_out(grant, CLAIM) && lets_out(grant, ENCOUNTER));
		assert!(!lets_out(grant, OBSERVATION));
		let entry = last_entry();
		assert_eq!(entry.event.purpose, Some(purpose::HPAYMT));
		assert_eq!(entry.event.context, Some(request().context));
		assert_eq!(entry.event.basis.unwrap().consent, consent);
		assert_ok!(disclose(grant));
	});
}

#[test]
fn an_insurer_has_to_name_the_claim() {
	world(|| {
		let insurer = Outsider::insurer();
		insurer.consented(&[CLAIM]);
		let unnamed = AccessRequest { context: ContextHash([0; 32]), ..insurer.request() };
		let asked = RecordAccess::request_access(
			RuntimeOrigin::signed(insurer.member.clone()),
			unnamed,
			None,
		);
		assert_noop!(asked, Error::<Runtime>::ContextMissing);
	});
}

#[test]
fn an_insurer_cannot_ask_for_treatment_and_is_denied_without_a_consent_for_payment() {
	world(|| {
		let insurer = Outsider::insurer();
		// The consent to treatment is none to payment.
		consent();
		assert_eq!(insurer.ask(insurer.request()), Err(DenialReason::NoConsent));
		let treatment = AccessRequest { purpose: purpose::TREAT, ..insurer.request() };
		assert_eq!(insurer.ask(treatment), Err(DenialReason::RoleNotPermitted));
		let as_physician = AccessRequest { role: Role::Physician, ..insurer.request() };
		assert!(insurer.ask(as_physician).is_err());
	});
}

#[test]
fn what_a_patient_pays_themselves_is_kept_from_the_insurer() {
	// 45 CFR 164.522(a)(1)(vi).
	world(|| {
		let insurer = Outsider::insurer();
		insurer.consented(&[CLAIM]);
		let grant = insurer.ask(insurer.request()).expect("permitted");
		let terms =
			pallet_record_access::RestrictionTerms::NotFor(BoundedVec::truncate_from(vec![
				purpose::HPAYMT,
			]));
		assert_ok!(RecordAccess::restrict(
			RuntimeOrigin::signed(patient()),
			patient(),
			None,
			terms,
		));
		assert_eq!(insurer.ask(insurer.request()), Err(DenialReason::RestrictedByPatient));
		assert_noop!(disclose(grant), Error::<Runtime>::RestrictedByPatient);
	});
}

#[test]
fn a_researcher_reads_for_the_study_that_the_patient_consented_to_until_they_withdraw() {
	world(|| {
		let study = Outsider::study();
		let consent = study.consented(&[OBSERVATION]);
		let grant = study.ask(study.request()).expect("permitted");
		assert!(lets_out(grant, OBSERVATION) && !lets_out(grant, CLAIM));
		assert_ok!(disclose(grant));
		let disclosed = last_entry();
		assert_eq!(disclosed.event.purpose, Some(purpose::HRESCH));
		assert_ok!(Consent::revoke(RuntimeOrigin::signed(patient()), consent));
		assert_noop!(disclose(grant), Error::<Runtime>::NoConsent);
		assert_eq!(study.ask(study.request()), Err(DenialReason::NoConsent));
		let expected = AuditOutcome::Denied(DenialReason::NoConsent);
		assert_eq!(last_entry().event.outcome, expected);
	});
}

#[test]
fn a_researcher_writes_nothing_and_names_the_study() {
	world(|| {
		let study = Outsider::study();
		study.consented(&[OBSERVATION]);
		let writing = AccessRequest { action: hdx_primitives::Action::Append, ..study.request() };
		assert_eq!(study.ask(writing), Err(DenialReason::RoleNotPermitted));
		let unnamed = AccessRequest { context: ContextHash([0; 32]), ..study.request() };
		let asked = RecordAccess::request_access(
			RuntimeOrigin::signed(study.member.clone()),
			unnamed,
			None,
		);
		assert_noop!(asked, Error::<Runtime>::ContextMissing);
	});
}
