//! What holds of restrictions, whoever sets, changes and lifts them in whatever order.

use crate::{mock::*, GrantedRequest, RestrictedPurposes, RestrictionTerms};
use hdx_primitives::{
	engine::{terminology::purpose, Code},
	AccountId, DenialReason, RecordId, Target,
};
use proptest::{collection::btree_set, option, prelude::*, sample::select};
use std::collections::BTreeMap;

const NAMED: [Code; 4] = [purpose::TREAT, purpose::HPAYMT, purpose::HMARKT, purpose::ETREAT];
/// A purpose that nobody names.
const OTHER: Code = Code([200; 16]);

/// Terms by record, and whether they are the patient's.
type Model = BTreeMap<Option<u64>, (RestrictionTerms, bool)>;

fn universe() -> impl Iterator<Item = Code> {
	NAMED.into_iter().chain([OTHER])
}

fn terms() -> impl Strategy<Value = RestrictionTerms> {
	(btree_set(select(NAMED.to_vec()), 0..=4), any::<bool>()).prop_map(|(purposes, only)| {
		let purposes = RestrictedPurposes::truncate_from(purposes.into_iter().collect());
		if only {
			RestrictionTerms::OnlyFor(purposes)
		} else {
			RestrictionTerms::NotFor(purposes)
		}
	})
}

/// Sets a restriction, or lifts it.
#[derive(Clone, Debug)]
struct Step {
	who: AccountId,
	record: Option<u64>,
	terms: Option<RestrictionTerms>,
}

fn steps() -> impl Strategy<Value = Step> {
	let who = select(vec![PATIENT, PATIENT, GUARDIAN, SILENT_PATIENT]);
	(who, option::of(0u64..3), option::weighted(0.75, terms()))
		.prop_map(|(who, record, terms)| Step { who, record, terms })
}

/// Takes the step, in the model as well if it succeeded. Returns whether it did.
fn take(model: &mut Model, Step { who, record, terms }: &Step) -> Result<bool, TestCaseError> {
	let (target, stood) = (record.map(RecordId), model.get(record).cloned());
	let origin = RuntimeOrigin::signed(who.clone());
	let Some(terms) = terms else {
		let is_ok = RecordAccess::lift_restriction(origin, PATIENT, target).is_ok();
		if is_ok {
			model.remove(record);
		}
		return Ok(is_ok);
	};
	let only = RecordAccess::only_restricts(who, &PATIENT, target, terms);
	let is_ok = RecordAccess::restrict(origin, PATIENT, target, terms.clone()).is_ok();
	prop_assert!(is_ok || !only);
	if is_ok {
		let narrows = stood.as_ref().is_none_or(|(stood, _)| terms.is_within(stood));
		prop_assert_eq!(only, narrows);
		// A guardian who narrows what is the patient's leaves it the patient's.
		let was_patients = stood.is_some_and(|(_, is_patients)| is_patients);
		model.insert(*record, (terms.clone(), was_patients || *who == PATIENT));
	}
	Ok(is_ok)
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

	/// One restriction is within another if it leaves nothing that the other does not leave.
	#[test]
	fn within_is_what_is_left(one in terms(), other in terms()) {
		let leaves_no_more = universe().all(|code| !one.permit(code) || other.permit(code));
		prop_assert_eq!(one.is_within(&other), leaves_no_more);
	}

	/// What is restricted is denied, and nothing else; what a patient restricted, a guardian never gives
	/// back; strangers change nothing.
	#[test]
	fn restrictions_hold_after_any_steps(taken in proptest::collection::vec(steps(), 1..25)) {
		genesis().execute_with(|| {
			registered(PATIENT);
			registered(PATIENT);
			let mut model = Model::new();
			for step in taken {
				let (before, entries) = (model.clone(), log().len());
				let is_ok = take(&mut model, &step)?;
				prop_assert_eq!(log().len(), entries + usize::from(is_ok));
				prop_assert!(!is_ok || step.who != SILENT_PATIENT);
				if let (true, GUARDIAN, Some((stood, true))) =
					(is_ok, step.who, before.get(&step.record))
				{
					let stands = model.get(&step.record);
					prop_assert!(stands.is_some_and(|(stands, _)| stands.is_within(stood)));
				}
				for code in universe() {
					let restricts = |key: Option<u64>| {
						model.get(&key).is_some_and(|(terms, _)| !terms.permit(code))
					};
					let is = |target| RecordAccess::is_restricted(&PATIENT, target, code);
					prop_assert_eq!(is(Target::WholeRecord), restricts(None));
					for record in 0u64..2 {
						let of_record = is(Target::Record(RecordId(record)));
						prop_assert_eq!(of_record, restricts(None) || restricts(Some(record)));
					}
				}
				let target = Target::Record(RecordId(0));
				let asked = GrantedRequest::from(&request());
				let answer =
					RecordAccess::decide(&PHYSICIAN, &PATIENT, target, &asked, true, START);
				let is = RecordAccess::is_restricted(&PATIENT, target, purpose::TREAT);
				let reason = answer.err().map(|denial| denial.reason);
				prop_assert_eq!(reason, is.then_some(DenialReason::RestrictedByPatient));
				#[cfg(feature = "try-runtime")]
				prop_assert_eq!(RecordAccess::check_invariants(), Ok(()));
			}
			Ok(())
		})?;
	}
}
