//! What the bits of a credential say together, for every combination.

use crate::board::{REVOKED, SUSPENDED};
use hdx_credentials::status::{ListError, Purpose, Unavailable};
use hdx_oracle::{
	evidence::Place,
	milliseconds,
	verdict::{of, Doubt, Said},
};
use hdx_sdk::chain::ReportedStatus;
use jiff::Timestamp;
use proptest::prelude::*;

fn at(second: i64) -> Timestamp {
	Timestamp::from_second(second).unwrap()
}

fn place(purpose: Purpose) -> Place {
	let list = match purpose {
		Purpose::Revocation => REVOKED,
		Purpose::Suspension => SUSPENDED,
	};
	Place { list: list.to_owned(), index: 7, digest: [7; 32] }
}

fn said(purpose: Purpose, is_set: bool, second: i64) -> Result<Said, Doubt> {
	Ok(Said { purpose, is_set, at: at(second), place: place(purpose) })
}

fn doubts() -> Vec<Doubt> {
	let url = REVOKED.to_owned();
	vec![
		Doubt::Unavailable(Unavailable { url: url.clone(), reason: "gone".into() }),
		Doubt::List { url: url.clone(), error: ListError::NoKid },
		Doubt::RolledBack { url: url.clone(), found: at(1), seen: at(2) },
		Doubt::NotLookedAt { url },
	]
}

/// Everything that one place can say.
fn anything(purpose: Purpose) -> Vec<Result<Said, Doubt>> {
	let mut all = vec![said(purpose, false, 20), said(purpose, true, 20)];
	all.extend(doubts().into_iter().map(Err));
	all
}

fn is_set(said: &Result<Said, Doubt>) -> bool {
	said.as_ref().is_ok_and(|said| said.is_set)
}

/// The statement of the rule, for one or two places.
fn expected(
	said: &[Result<Said, Doubt>],
	revoked: bool,
	suspended: bool,
) -> Option<ReportedStatus> {
	match (revoked, suspended, said.iter().all(Result::is_ok)) {
		(true, _, _) => Some(ReportedStatus::Revoked),
		(false, true, _) => Some(ReportedStatus::Suspended),
		(false, false, true) => Some(ReportedStatus::Good),
		(false, false, false) => None,
	}
}

#[test]
fn every_combination_of_two_places_has_its_verdict() {
	let mut seen = 0;
	for revocation in anything(Purpose::Revocation) {
		for suspension in anything(Purpose::Suspension) {
			let (revoked, suspended) = (is_set(&revocation), is_set(&suspension));
			let both = [revocation.clone(), suspension];
			let found = of(&both);
			let expected = expected(&both, revoked, suspended);
			assert_eq!(found.as_ref().ok().map(|seen| seen.status), expected, "{both:?}");
			let turned = [both[1].clone(), both[0].clone()];
			assert_eq!(of(&turned).ok(), found.ok());
			seen += 1;
		}
	}
	assert_eq!(seen, 36);
}

#[test]
fn every_statement_of_one_place_has_its_verdict() {
	for purpose in Purpose::ALL {
		for one in anything(purpose) {
			let set = is_set(&one);
			let revoked = set && purpose == Purpose::Revocation;
			let all = [one];
			let found = of(&all).ok().map(|seen| seen.status);
			assert_eq!(found, expected(&all, revoked, set && !revoked), "{all:?}");
		}
	}
}

#[test]
fn nothing_is_said_of_a_credential_without_a_place() {
	assert_eq!(of(&[]), Err(Doubt::NoEntry));
}

#[test]
fn good_is_as_old_as_the_oldest_look_and_its_evidence_covers_all() {
	let both = [said(Purpose::Revocation, false, 20), said(Purpose::Suspension, false, 10)];
	let seen = of(&both).unwrap();
	assert_eq!(seen.at, milliseconds(at(10)));
	let places = [place(Purpose::Revocation), place(Purpose::Suspension)];
	assert_eq!(seen.places, places);
}

#[test]
fn what_is_wrong_is_as_old_as_its_look_and_its_evidence_covers_that_alone() {
	let both = [said(Purpose::Revocation, true, 20), said(Purpose::Suspension, true, 10)];
	let seen = of(&both).unwrap();
	assert_eq!(seen.at, milliseconds(at(20)));
	assert_eq!(seen.places, [place(Purpose::Revocation)]);
}

proptest! {
	#[test]
	fn good_never_comes_with_a_doubt_or_a_set_bit(
		choices in proptest::collection::vec((0..2_usize, 0..6_usize), 0..6)
	) {
		let said: Vec<_> = choices
			.into_iter()
			.map(|(purpose, which)| anything(Purpose::ALL[purpose]).swap_remove(which))
			.collect();
		let is_good = of(&said).is_ok_and(|seen| seen.status == ReportedStatus::Good);
		let is_clear = !said.is_empty()
			&& said.iter().all(|one| one.as_ref().is_ok_and(|said| !said.is_set));
		prop_assert_eq!(is_good, is_clear);
	}
}
