//! What the calls cost at their worst: policies of the most provisions with the most values each,
//! and as many of them as a patient may have.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod scene;

pub use scene::BenchmarkHelper;

use crate::{
	agenda::AgendaKey, Agenda, Call, Config, ConsentTerms, Consents, ConsentsOf, DecisionRules,
	DelegatesOf, EmergencyOptOuts, Erasures, GuardianAction, Guardians, NextConsentId,
	NextProposalId, NextRequestId, Pallet, Patients, Proposals, Requests, Templates, Usage,
	WeightInfo,
};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use hdx_primitives::{
	engine::{Algorithm, Basis, Outcome, Request, Rules, Status, MAX_VALUES},
	AccountId, Code, Commitment, ConsentDecider, ConsentId, Milliseconds, ProposalId, RequestId,
};
use scene::*;

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
		let patient = scene::<T>().patient;
		fill_consents::<T>(&patient);

		#[extrinsic_call]
		_(signed(&patient), largest_until(END), document(), all_terms());

		let most = T::MaxConsentsPerPatient::get();
		assert_eq!(ConsentsOf::<T>::get(&patient).len(), most as usize);
	}

	#[benchmark]
	fn revoke() {
		let most = T::MaxConsentsPerPatient::get();
		let patient = patient_with::<T>(most);
		let first = ConsentId(NextConsentId::<T>::get() - u64::from(most));

		#[extrinsic_call]
		_(signed(&patient), first);

		assert_eq!(Consents::<T>::get(first).unwrap().status, Status::Inactive);
	}

	#[benchmark]
	fn amend() {
		let patient = scene::<T>().patient;
		let id = super::grant::<T>(&patient, largest_policy(), ConsentTerms::default());

		#[extrinsic_call]
		_(signed(&patient), id, largest_until(END), document(), all_terms());

		assert_eq!(Consents::<T>::get(id).unwrap().version, 2);
	}

	#[benchmark]
	fn renew() {
		let patient = scene::<T>().patient;
		let id = super::grant::<T>(&patient, largest_until(LATER), all_terms());

		#[extrinsic_call]
		_(signed(&patient), id, END);

		assert_eq!(Consents::<T>::get(id).unwrap().version, 2);
	}

	#[benchmark]
	fn stop_renewal() {
		let patient = scene::<T>().patient;
		let id = super::grant::<T>(&patient, largest_until(LATER), all_terms());

		#[extrinsic_call]
		_(signed(&patient), id);

		assert!(Consents::<T>::get(id).unwrap().renewal_stopped_at.is_some());
	}

	#[benchmark]
	fn confirm_erasure() {
		let Scene { operator, institution, patient } = scene::<T>();
		let id = super::grant::<T>(&patient, largest_until(END), all_terms());
		let origin = signed(&patient).into();
		Pallet::<T>::amend(origin, id, largest_policy(), document(), Default::default()).unwrap();

		#[extrinsic_call]
		_(signed(&operator), id, 1, Commitment([2; 32]));

		assert!(Erasures::<T>::contains_key(id, (1, institution)));
	}

	#[benchmark]
	fn retire_template() -> Result<(), BenchmarkError> {
		publish::<T>();
		let governance =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(governance as T::RuntimeOrigin, document().template);

		assert!(Templates::<T>::get(document().template).unwrap().retired_at.is_some());
		Ok(())
	}

	#[benchmark]
	fn set_emergency_override() {
		let patient = scene::<T>().patient;

		#[extrinsic_call]
		_(signed(&patient), false);

		assert!(EmergencyOptOuts::<T>::contains_key(&patient));
	}

	/// By a practitioner, whose standing is looked at, when the oldest requests of both lists have expired.
	#[benchmark]
	fn request_consent() {
		let (requester, institution) = T::BenchmarkHelper::practitioner();
		T::BenchmarkHelper::set_time(BEGINNING);
		let sponsor = signed(&T::BenchmarkHelper::operator());
		let patient: AccountId = account("asked patient", 0, 0);
		Pallet::<T>::sponsor_patient(sponsor.clone().into(), patient.clone()).unwrap();
		publish::<T>();
		let scene = Scene { operator: requester, institution, patient };
		let to_patient = T::MaxRequestsPerPatient::get().min(T::MaxRequestsPerRequester::get());
		for _ in 0..to_patient {
			request::<T>(&scene);
		}
		// The requester's list is filled by requests to others.
		for number in 0..T::MaxRequestsPerRequester::get() - to_patient {
			let patient: AccountId = account("other patient", number / to_patient, 0);
			if number % to_patient == 0 {
				Pallet::<T>::sponsor_patient(sponsor.clone().into(), patient.clone()).unwrap();
			}
			let terms = request_terms(scene.institution);
			let origin = signed(&scene.operator).into();
			Pallet::<T>::request_consent(origin, patient, terms).unwrap();
		}
		T::BenchmarkHelper::set_time(BEGINNING.saturating_add(T::MaxRequestAge::get()));
		let id = RequestId(NextRequestId::<T>::get());
		let terms = request_terms(scene.institution);

		#[extrinsic_call]
		_(signed(&scene.operator), scene.patient.clone(), terms);

		assert!(Requests::<T>::contains_key(id));
	}

	#[benchmark]
	fn approve_request() {
		let scene = scene::<T>();
		fill_consents::<T>(&scene.patient);
		let id = request::<T>(&scene);
		let policy = largest_answer(scene.institution, END);

		#[extrinsic_call]
		_(signed(&scene.patient), id, policy, document(), ConsentTerms::default());

		assert!(!Requests::<T>::contains_key(id));
	}

	#[benchmark]
	fn deny_request() {
		let scene = scene::<T>();
		let id = request::<T>(&scene);

		#[extrinsic_call]
		_(signed(&scene.patient), id, Some(code(9, 0, 0)));

		assert!(!Requests::<T>::contains_key(id));
	}

	#[benchmark]
	fn withdraw_request() {
		let scene = scene::<T>();
		let id = request::<T>(&scene);

		#[extrinsic_call]
		_(signed(&scene.operator), id);

		assert!(!Requests::<T>::contains_key(id));
	}

	#[benchmark]
	fn set_guardians() {
		let scene = scene::<T>();
		let most = T::MaxGuardians::get();
		super::set_guardians::<T>(&scene.patient, guardians::<T>(0, most, 0));
		fill_proposals::<T>(&scene);
		let others = guardians::<T>(most, most, 0);

		#[extrinsic_call]
		_(signed(&scene.patient), Some(others));

		assert_eq!(Proposals::<T>::iter_keys().count(), 0);
	}

	#[benchmark]
	fn sponsor_ward() {
		T::BenchmarkHelper::set_time(BEGINNING);
		let operator = T::BenchmarkHelper::operator();
		let ward: AccountId = account("ward", 0, 0);
		let set = guardians::<T>(0, T::MaxGuardians::get(), 0);

		#[extrinsic_call]
		_(signed(&operator), ward.clone(), set);

		assert!(Guardians::<T>::contains_key(&ward));
	}

	#[benchmark]
	fn propose_as_guardian() {
		let scene = scene::<T>();

		super::set_guardians::<T>(&scene.patient, guardians::<T>(0, 1, 1));
		fill_proposals::<T>(&scene);
		fill_consents::<T>(&scene.patient);
		T::BenchmarkHelper::set_time(
			LATER.saturating_add(T::MaxProposalAge::get()).saturating_add(Milliseconds(1)),
		);
		Guardians::<T>::mutate(&scene.patient, |guardianship| {
			guardianship.as_mut().unwrap().set.objection_delay = Milliseconds(0);
		});
		let action = GuardianAction::Consent(answer::<T>(&scene));

		#[extrinsic_call]
		_(signed(&guardian(0)), scene.patient.clone(), action);

		assert_eq!(Proposals::<T>::iter_keys().count(), 0);
	}

	#[benchmark]
	fn approve_as_guardian() {
		let scene = scene::<T>();
		super::set_guardians::<T>(&scene.patient, guardians::<T>(0, 2, 0));
		fill_consents::<T>(&scene.patient);
		let action = GuardianAction::Consent(answer::<T>(&scene));
		let id = propose::<T>(&scene, action);

		#[extrinsic_call]
		_(signed(&guardian(1)), id);

		assert!(!Proposals::<T>::contains_key(id));
	}

	#[benchmark]
	fn object_to_proposal() {
		let scene = scene::<T>();
		super::set_guardians::<T>(&scene.patient, guardians::<T>(0, 2, 1));
		fill_proposals::<T>(&scene);
		let id = ProposalId(NextProposalId::<T>::get() - 1);

		#[extrinsic_call]
		_(signed(&scene.patient), id);

		assert!(!Proposals::<T>::contains_key(id));
	}

	#[benchmark]
	fn execute_proposal() {
		let scene = scene::<T>();
		super::set_guardians::<T>(&scene.patient, guardians::<T>(0, 1, 1));
		fill_consents::<T>(&scene.patient);
		let action = GuardianAction::Consent(answer::<T>(&scene));
		let id = propose::<T>(&scene, action);
		T::BenchmarkHelper::set_time(LATER.saturating_add(Milliseconds(1)));

		#[extrinsic_call]
		_(signed(&guardian(0)), id);

		assert!(!Proposals::<T>::contains_key(id));
	}

	#[benchmark]
	fn delegate() {
		let patient = scene::<T>().patient;
		for number in 0..T::MaxDelegates::get() {
			let end = if number == 0 { LATER } else { END };
			let named: AccountId = account("delegate", number, 0);
			let origin = signed(&patient).into();
			Pallet::<T>::delegate(origin, named, delegate_terms(end)).unwrap();
		}
		T::BenchmarkHelper::set_time(LATER);
		let new: AccountId = account("delegate", T::MaxDelegates::get(), 0);

		#[extrinsic_call]
		_(signed(&patient), new, delegate_terms(END));

		assert_eq!(DelegatesOf::<T>::get(&patient).len(), T::MaxDelegates::get() as usize);
	}

	#[benchmark]
	fn revoke_delegate() {
		let patient = scene::<T>().patient;
		let most = T::MaxDelegates::get();
		for number in 0..most {
			let named: AccountId = account("delegate", number, 0);
			let origin = signed(&patient).into();
			Pallet::<T>::delegate(origin, named, delegate_terms(END)).unwrap();
		}

		#[extrinsic_call]
		_(signed(&patient), account("delegate", 0, 0));

		assert_eq!(DelegatesOf::<T>::get(&patient).len(), most as usize - 1);
	}

	#[benchmark]
	fn act_as_delegate() {
		let scene = scene::<T>();
		let named: AccountId = account("delegate", 0, 0);
		let origin = signed(&scene.patient).into();
		Pallet::<T>::delegate(origin, named.clone(), delegate_terms(END)).unwrap();
		fill_consents::<T>(&scene.patient);
		let action = answer::<T>(&scene);

		#[extrinsic_call]
		_(signed(&named), scene.patient.clone(), action);

		assert_eq!(Requests::<T>::iter_keys().count(), 0);
	}

	#[benchmark]
	fn announce() {
		let patient = scene::<T>().patient;
		let id = super::grant::<T>(&patient, largest_until(LATER), all_terms());
		T::BenchmarkHelper::set_time(LATER);
		// The notice, which is as cheap as an announcement gets.
		Pallet::<T>::work_agenda(T::WeightInfo::announce());

		#[block]
		{
			Pallet::<T>::work_agenda(T::WeightInfo::announce());
		}

		let next = AgendaKey::new(Milliseconds(LATER.0 + 1_000_000 - 1_000), id);
		assert!(Agenda::<T>::contains_key(next));
	}

	#[benchmark]
	fn record_use() {
		let patient = scene::<T>().patient;
		let consent = super::grant::<T>(&patient, largest_until(END), all_terms());
		let basis = Basis { consent, version: 1 };

		#[block]
		{
			<Pallet<T> as ConsentDecider>::record_use(basis, BEGINNING).unwrap();
		}

		assert!(Usage::<T>::contains_key(consent));
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
