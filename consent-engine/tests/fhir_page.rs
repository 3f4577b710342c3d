//! The worked example of the Consent page of FHIR R4: three levels, exceptions to exceptions.
//!
//! Access by organisation A is permitted from 2020 to the end of 2022, except for marketing, except
//! to restricted data, and except for payment unless it is to claims, claim responses or accounts.

mod scene;

use hdx_consent_engine::{
	decide,
	terminology::{
		confidentiality::{N, R},
		purpose::{HMARKT, HPAYMT, TREAT},
	},
	Actor, Choices, Code, Decision, InstitutionId, Milliseconds, Outcome, Period, Policy, Request,
	Rules,
};
use scene::*;

const ORGANISATION_A: Actor = Actor::Organisation(InstitutionId(1));
const ORGANISATION_B: Actor = Actor::Organisation(InstitutionId(2));
const START_OF_2020: Milliseconds = Milliseconds(1_577_836_800_000);
const START_OF_2023: Milliseconds = Milliseconds(1_672_531_200_000);

fn class(name: &str) -> Code {
	code(&format!("http://hl7.org/fhir/resource-types|{name}"))
}

fn billing() -> [Code; 3] {
	["Claim", "ClaimResponse", "Account"].map(class)
}

fn example() -> Policy {
	let years = Period { start: Some(START_OF_2020), end: Some(START_OF_2023) };
	policy([
		permit(0).actors(&[ORGANISATION_A]).period(years),
		deny(0).purposes(&[HMARKT]),
		deny(0).labels(&[R]),
		deny(0).purposes(&[HPAYMT]),
		permit(3).classes(&billing()),
	])
}

fn ask(request: &Request<'_>, at: Milliseconds) -> Decision {
	let policy = example();
	decide(&Choices::from(&[consent(0, &policy)]), request, &Rules::default(), at)
}

fn asking(purpose: &'static [Code]) -> Request<'static> {
	Request { actors: &[ORGANISATION_A], purposes: purpose, ..Request::default() }
}

const IN_2021: Milliseconds = Milliseconds(1_609_459_200_000);

#[test]
fn the_organisation_gets_all_but_restricted_data() {
	assert_permits(ask(&asking(&[TREAT]), IN_2021), &[redact(&[R])]);
}

#[test]
fn it_does_not_apply_to_others_or_at_other_times() {
	let other = Request { actors: &[ORGANISATION_B], ..asking(&[TREAT]) };
	assert_refuses(ask(&other, IN_2021), Outcome::NoConsent);
	for at in [Milliseconds(START_OF_2020.0.saturating_sub(1)), START_OF_2023] {
		assert_refuses(ask(&asking(&[TREAT]), at), Outcome::NoConsent);
	}
	assert_permits(ask(&asking(&[TREAT]), START_OF_2020), &[redact(&[R])]);
}

#[test]
fn marketing_is_denied() {
	assert_refuses(ask(&asking(&[HMARKT]), IN_2021), Outcome::Deny);
	assert_refuses(ask(&asking(&[TREAT, HMARKT]), IN_2021), Outcome::Deny);
}

#[test]
fn restricted_data_is_denied_when_it_is_what_is_asked_for() {
	let restricted = Request { labels: &[R], ..asking(&[TREAT]) };
	assert_refuses(ask(&restricted, IN_2021), Outcome::Deny);
	let both = Request { labels: &[N, R], ..asking(&[TREAT]) };
	assert_permits(ask(&both, IN_2021), &[redact(&[R])]);
}

#[test]
fn payment_gets_claims_claim_responses_and_accounts_alone() {
	let expected = [redact(&[R]), redact_except(&billing())];
	assert_permits(ask(&asking(&[HPAYMT]), IN_2021), &expected);
	let claims = [class("Claim")];
	let request = Request { classes: &claims, ..asking(&[HPAYMT]) };
	assert_permits(ask(&request, IN_2021), &[redact(&[R])]);
	let observations = [class("Observation")];
	let request = Request { classes: &observations, ..asking(&[HPAYMT]) };
	assert_refuses(ask(&request, IN_2021), Outcome::Deny);
}
