//! What the calls cost at their worst: policies of the most provisions with the most values each,
//! and as many of them as a patient may have.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use crate::{
	Call, Config, ConsentTerms, Consents, ConsentsOf, DecisionRules, NextConsentId, Pallet,
	Patients, SignedDocument, Templates,
};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use hdx_primitives::{
	engine::{
		Actor, Algorithm, DataMeaning, DataReference, Outcome, Policy, Provision, Request, Rule,
		Rules, Status, Values, MAX_PROVISIONS, MAX_VALUES,
	},
	AccountId, Code, Commitment, ConsentDecider, ConsentId, Milliseconds, Period, TemplateId,
};

/// Sets the scene for the benchmarks.
pub trait BenchmarkHelper {
	/// An account that operates an active institution.
	fn operator() -> AccountId;
}

/// A code like no other.
fn code(kind: u8, provision: u32, value: u32) -> Code {
	let mut bytes = [kind; 16];
	bytes[..4].copy_from_slice(&provision.to_le_bytes());
	bytes[4..8].copy_from_slice(&value.to_le_bytes());
	Code(bytes)
}

fn full<T>(value: impl Fn(u32) -> T) -> Values<T> {
	(0..MAX_VALUES).map(value).collect::<Vec<_>>().try_into().ok().unwrap()
}

/// Who asks in a decision: the last actor that every provision names, so all are looked at.
fn requester() -> Actor {
	Actor::Group(code(0, 0, MAX_VALUES - 1))
}

/// A provision with every attribute full. It is about the [`requester`].
fn provision(index: u32, parent: u8, rule: Rule) -> Provision {
	Provision {
		actors: full(|value| Actor::Group(code(0, 0, value))),
		purposes: full(|value| code(1, 0, value)),
		actions: full(|value| code(2, 0, value)),
		labels: full(|value| code(3, index, value)),
		classes: full(|value| code(4, index, value)),
		codes: full(|value| code(5, index, value)),
		data: full(|value| DataReference {
			meaning: DataMeaning::Related,
			reference: code(6, index, value),
		}),
		period: Period { start: None, end: Some(Milliseconds(u64::MAX)) },
		data_period: Period { start: Some(Milliseconds(0)), end: None },
		..Provision::new(parent, rule)
	}
}

/// The largest policy there can be: a root, and below it chains of the greatest depth.
fn largest_policy() -> Policy {
	let provisions = (0..MAX_PROVISIONS).map(|index| match index {
		0 => Provision { labels: Values::default(), ..provision(index, 0, Rule::Permit) },
		_ if index % 3 == 1 => provision(index, 0, Rule::Deny),
		_ => provision(index, u8::try_from(index - 1).unwrap(), Rule::Permit),
	});
	let mut provisions: Vec<_> = provisions.collect();
	// The root permits whatever is asked for, so that the exceptions decide.
	let root = &mut provisions[0];
	root.classes = Values::default();
	root.codes = Values::default();
	root.data = Values::default();
	root.data_period = Period::default();
	Policy {
		categories: full(|value| code(7, 0, value)),
		provisions: provisions.try_into().unwrap(),
	}
}

fn document() -> SignedDocument {
	SignedDocument { template: TemplateId(0), commitment: Commitment([1; 32]) }
}

/// A patient with so many consents of the largest policy, and a published template.
fn patient_with<T: Config>(consents: u32) -> AccountId {
	let patient: AccountId = account("patient", 0, 0);
	let operator = RawOrigin::Signed(T::BenchmarkHelper::operator());
	Pallet::<T>::sponsor_patient(operator.into(), patient.clone()).unwrap();
	if !Templates::<T>::contains_key(document().template) {
		let governance = T::GovernanceOrigin::try_successful_origin().unwrap();
		Pallet::<T>::publish_template(governance, [1; 32], 1).unwrap();
	}
	for _ in 0..consents {
		let origin = RawOrigin::Signed(patient.clone());
		Pallet::<T>::grant(origin.into(), largest_policy(), document(), ConsentTerms::default())
			.unwrap();
	}
	patient
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn sponsor_patient() {
		let patient: AccountId = account("patient", 0, 0);
		let operator = T::BenchmarkHelper::operator();

		#[extrinsic_call]
		_(RawOrigin::Signed(operator), patient.clone());

		assert!(Patients::<T>::contains_key(&patient));
	}

	#[benchmark]
	fn publish_template() -> Result<(), BenchmarkError> {
		let governance =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let before = Templates::<T>::iter_keys().count();

		#[extrinsic_call]
		_(governance as T::RuntimeOrigin, [7; 32], 3);

		assert_eq!(Templates::<T>::iter_keys().count(), before + 1);
		Ok(())
	}

	#[benchmark]
	fn grant() {
		let most = T::MaxConsentsPerPatient::get();
		let patient = patient_with::<T>(most - 1);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(patient.clone()),
			largest_policy(),
			document(),
			ConsentTerms::default(),
		);

		assert_eq!(ConsentsOf::<T>::get(&patient).len(), most as usize);
	}

	#[benchmark]
	fn revoke() {
		let most = T::MaxConsentsPerPatient::get();
		let patient = patient_with::<T>(most);
		let first = ConsentId(NextConsentId::<T>::get() - u64::from(most));

		#[extrinsic_call]
		_(RawOrigin::Signed(patient), first);

		assert_eq!(Consents::<T>::get(first).unwrap().status, Status::Inactive);
	}

	#[benchmark]
	fn set_decision_rules() -> Result<(), BenchmarkError> {
		let governance =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let rules = Rules { algorithm: Algorithm::DenyOverrides, ..Rules::default() };

		#[extrinsic_call]
		_(governance as T::RuntimeOrigin, rules);

		assert_eq!(DecisionRules::<T>::get(), rules);
		Ok(())
	}

	#[benchmark]
	fn decide() {
		let patient = patient_with::<T>(T::MaxConsentsPerPatient::get());
		DecisionRules::<T>::put(Rules { algorithm: Algorithm::DenyOverrides, ..Rules::default() });
		let (actors, last) = ([requester()], MAX_VALUES - 1);
		let (purposes, actions) = ([code(1, 0, last)], [code(2, 0, last)]);
		let others: Vec<Code> = (0..MAX_VALUES).map(|value| code(8, 0, value)).collect();
		let request = Request {
			actors: &actors,
			purposes: &purposes,
			actions: &actions,
			labels: &others,
			..Request::default()
		};
		let decision;

		#[block]
		{
			decision =
				<Pallet<T> as ConsentDecider>::decide(&patient, &request, Pallet::<T>::now());
		}

		// Every exception was looked at: together they withhold more than a decision can hold.
		assert_eq!(decision.outcome, Outcome::Deny);
		assert!(decision.basis.is_some());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
