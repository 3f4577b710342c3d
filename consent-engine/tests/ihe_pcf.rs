//! What the 23 example consents of IHE Privacy Consent on FHIR mean, as their notes say: the token
//! that each yields, and the residual rules in it.
//!
//! A residual of "forbid all, permit X" is an obligation to withhold all except X; one of "forbid
//! X" is one to withhold X.

mod scene;

use hdx_consent_engine::{
	decide,
	terminology::{
		confidentiality::{N, R},
		purpose::{BTG, HOPERAT, HPAYMT, HRESCH, PATRQT, TREAT},
		sensitivity::{PSY, SDV},
	},
	Actor, Choices, Code, Consent,
	DataMeaning::{AuthoredBy, Instance, Related},
	InstitutionId, Outcome, Policy, Provision, Request, Rules, Status,
};
use scene::*;

const TPO: [Code; 3] = [TREAT, HPAYMT, HOPERAT];
const RESEARCHERS: Actor = Actor::Organisation(InstitutionId(9));

fn tpo() -> Provision {
	permit(0).purposes(&TPO)
}

fn privileged() -> Actor {
	Actor::Group(code("Group/ex-privilegedUsers"))
}

fn foo_bar() -> Code {
	code("http://example.org/policies/purposeOfUse|FooBar")
}

fn asking<'a>(actors: &'a [Actor], purposes: &'a [Code]) -> Request<'a> {
	Request { actors, purposes, ..Request::default() }
}

/// Treatment, payment and operations yield these obligations, other purposes nothing.
#[track_caller]
fn assert_tpo(policy: &Policy, obligations: &[hdx_consent_engine::Obligation]) {
	for purpose in TPO {
		assert_permits(by(policy, &asking(&[DOCTOR], &[purpose])), obligations);
	}
	for purpose in [HRESCH, PATRQT, BTG] {
		assert_refuses(by(policy, &asking(&[DOCTOR], &[purpose])), Outcome::NoConsent);
	}
}

// Basic

#[test]
fn basic_treat_and_ink_permit_without_residual() {
	assert_tpo(&policy([tpo()]), &[]);
}

#[test]
fn basic_treat_infant_permits_without_residual() {
	// Given by the mother; who grants is not part of the decision.
	assert_tpo(&policy([tpo()]), &[]);
}

#[test]
fn basic_expired_does_not_apply() {
	let expired = policy([tpo().period(period(-10, -5))]);
	assert_refuses(by(&expired, &treatment()), Outcome::NoConsent);
	let inactive = policy([tpo()]);
	let consent = Consent { status: Status::Inactive, ..consent(0, &inactive) };
	let decision = decide(&Choices::from(&[consent]), &treatment(), &Rules::default(), NOW);
	assert_refuses(decision, Outcome::NoConsent);
}

#[test]
fn basic_reject_denies() {
	assert_refuses(by(&policy([deny(0)]), &treatment()), Outcome::Deny);
}

#[test]
fn basic_research_permits_research_alone() {
	let policy = policy([permit(0).purposes(&[HRESCH])]);
	assert_permits(by(&policy, &asking(&[DOCTOR], &[HRESCH])), &[]);
	assert_refuses(by(&policy, &asking(&[DOCTOR], &[TREAT])), Outcome::NoConsent);
}

// Intermediate

#[test]
fn intermediate_timeframe_forbids_all_but_the_timeframe() {
	let year = period(-1_000, -500);
	assert_tpo(&policy([tpo().data_period(year)]), &[redact_except_periods(&[year])]);
}

#[test]
fn intermediate_not_timeframe_forbids_the_timeframe() {
	let year = period(-1_000, -500);
	assert_tpo(&policy([tpo(), deny(0).data_period(year)]), &[redact_periods(&[year])]);
}

#[test]
fn intermediate_authoredby_forbids_all_but_what_the_author_wrote() {
	let author = reference(AuthoredBy, "Practitioner/ex-practitioner");
	assert_tpo(&policy([tpo().data(&[author])]), &[redact_except_data(&[author])]);
}

#[test]
fn intermediate_not_authoredby_forbids_what_the_author_wrote() {
	let author = reference(AuthoredBy, "Practitioner/ex-practitioner");
	assert_tpo(&policy([tpo(), deny(0).data(&[author])]), &[redact_data(&[author])]);
}

#[test]
fn intermediate_encounter_forbids_all_but_what_is_related_to_it() {
	let encounter = reference(Related, "Encounter/ex-encounter");
	assert_tpo(&policy([tpo().data(&[encounter])]), &[redact_except_data(&[encounter])]);
}

#[test]
fn intermediate_not_encounter_forbids_what_is_related_to_it() {
	let encounter = reference(Related, "Encounter/ex-encounter");
	assert_tpo(&policy([tpo(), deny(0).data(&[encounter])]), &[redact_data(&[encounter])]);
}

#[test]
fn intermediate_data_forbids_all_but_the_six_resources_in_document_order() {
	let six = ["encounter", "weight-2", "weight", "bloodPressure", "bloodSugar", "alcoholUse"]
		.map(|token| reference(Instance, token));
	assert_tpo(&policy([tpo().data(&six)]), &[redact_except_data(&six)]);
}

#[test]
fn intermediate_not_data_forbids_the_one_resource() {
	let alcohol_use = reference(Instance, "Observation/ex-alcoholUse");
	assert_tpo(&policy([tpo(), deny(0).data(&[alcohol_use])]), &[redact_data(&[alcohol_use])]);
}

#[test]
fn intermediate_purpose_permits_the_researchers_for_their_project_alone() {
	let policy = policy([permit(0).purposes(&[foo_bar()]).actors(&[RESEARCHERS])]);
	assert_permits(by(&policy, &asking(&[RESEARCHERS], &[foo_bar()])), &[]);
	assert_refuses(by(&policy, &asking(&[RESEARCHERS], &[TREAT])), Outcome::NoConsent);
	assert_refuses(by(&policy, &asking(&[DOCTOR], &[foo_bar()])), Outcome::NoConsent);
}

#[test]
fn intermediate_dissent_permits_break_glass_by_privileged_users_alone() {
	let policy = policy([deny(0), permit(0).purposes(&[BTG]).actors(&[privileged()])]);
	let members = [DOCTOR, privileged()];
	assert_permits(by(&policy, &asking(&members, &[BTG])), &[]);
	assert_permits(by(&policy, &asking(&members, &[TREAT, BTG])), &[]);
	assert_refuses(by(&policy, &asking(&members, &[TREAT])), Outcome::Deny);
	assert_refuses(by(&policy, &asking(&[DOCTOR], &[BTG])), Outcome::Deny);
	assert_refuses(by(&policy, &asking(&[], &[BTG])), Outcome::Deny);
}

// Advanced

#[test]
fn advanced_normal_forbids_all_but_normal() {
	assert_tpo(&policy([tpo().labels(&[N])]), &[redact_except(&[N])]);
}

#[test]
fn advanced_normal_restricted_forbids_all_but_normal_and_restricted() {
	assert_tpo(&policy([tpo().labels(&[N, R])]), &[redact_except(&[N, R])]);
}

#[test]
fn advanced_normal_not_restricted_forbids_all_but_normal_and_restricted_again() {
	let policy = policy([tpo().labels(&[N]), deny(0).labels(&[R])]);
	assert_tpo(&policy, &[redact(&[R]), redact_except(&[N])]);
}

/// Widened for the practitioner, normal for everybody else.
#[track_caller]
fn assert_focused(labels: &[Code], widened: &[Code]) {
	let policy = policy([tpo().labels(&[N]), permit(0).labels(labels).actors(&[DOCTOR])]);
	assert_tpo(&policy, &[redact_except(widened)]);
	for purpose in TPO {
		let other = asking(&[OTHER_DOCTOR], std::slice::from_ref(&purpose));
		assert_permits(by(&policy, &other), &[redact_except(&[N])]);
	}
}

#[test]
fn advanced_normal_focused_restricted_adds_restricted_for_the_practitioner() {
	assert_focused(&[R], &[N, R]);
}

#[test]
fn advanced_normal_focused_psy_adds_mental_health_for_the_practitioner() {
	assert_focused(&[PSY], &[N, PSY]);
}

#[test]
fn advanced_normal_focused_psy_or_sdv_adds_both_for_the_practitioner() {
	assert_focused(&[PSY, SDV], &[N, PSY, SDV]);
}

#[test]
fn advanced_normal_break_glass_restricted_adds_restricted_for_declared_break_glass() {
	let policy = policy([
		tpo().labels(&[N]),
		permit(0).purposes(&[BTG]).labels(&[R]).actors(&[privileged()]),
	]);
	assert_tpo(&policy, &[redact_except(&[N])]);
	let members = [DOCTOR, privileged()];
	assert_permits(by(&policy, &asking(&members, &[TREAT])), &[redact_except(&[N])]);
	assert_permits(by(&policy, &asking(&members, &[TREAT, BTG])), &[redact_except(&[N, R])]);
	assert_permits(by(&policy, &asking(&[DOCTOR], &[TREAT, BTG])), &[redact_except(&[N])]);
	// Break-glass alone is none of the root's purposes: this consent does not apply to it.
	assert_refuses(by(&policy, &asking(&members, &[BTG])), Outcome::NoConsent);
}
