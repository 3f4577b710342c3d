//! What the calls cost at their worst: policies of the most provisions with the most values each,
//! and as many of them as a patient may have.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use crate::{
	agenda::AgendaKey, Accounts, Agenda, Call, Config, ConsentAction, ConsentContent,
	ConsentRequestTerms, ConsentTerms, Consents, ConsentsOf, DecisionRules, DelegateTerms,
	DelegatesOf, EmergencyOptOuts, Erasures, FrequencyLimit, GuardianAction, GuardianPowers,
	GuardianSet, Guardians, NextConsentId, NextProposalId, NextRequestId, Pallet, Patients, Powers,
	Proposals, Renewal, Requests, SignedDocument, Templates, Usage, WeightInfo,
};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use hdx_primitives::{
	consent::with_root_period,
	engine::{
		Actor, Algorithm, Basis, DataMeaning, DataReference, Outcome, Policy, Provision, Request,
		Rule, Rules, Scope, Status, Values, MAX_PROVISIONS, MAX_VALUES,
	},
	AccountId, Code, Commitment, ConsentDecider, ConsentId, InstitutionId, Milliseconds, Period,
	ProposalId, ProviderDirectory, RequestId, Role, TemplateId,
};

/// Sets the scene for the benchmarks.
pub trait BenchmarkHelper {
	/// An account that operates an active institution; called once in a benchmark.
	fn operator() -> AccountId;
	/// Moves the clock.
	fn set_time(now: Milliseconds);
}

/// When benchmarks begin.
const BEGINNING: Milliseconds = Milliseconds(1_000_000);
/// When short consents and delegations have ended.
const LATER: Milliseconds = Milliseconds(2_000_000);
/// When whatever can expire has.
const END: Milliseconds = Milliseconds(1 << 60);

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

/// A policy of the largest size whose only permit is for an institution's purposes, so that it is
/// within a scope. It is looked at in full all the same.
fn largest_answer(institution: InstitutionId, end: Milliseconds) -> Policy {
	let provisions = (0..MAX_PROVISIONS).map(|index| match index {
		0 => Provision {
			actors: Values::truncate_from(vec![Actor::Organisation(institution)]),
			purposes: full(|value| code(1, 0, value)),
			period: Period { start: None, end: Some(end) },
			..Provision::new(0, Rule::Permit)
		},
		_ => provision(index, 0, Rule::Deny),
	});
	Policy {
		categories: full(|value| code(7, 0, value)),
		provisions: provisions.collect::<Vec<_>>().try_into().unwrap(),
	}
}

/// The largest policy, until `end`.
fn largest_until(end: Milliseconds) -> Policy {
	with_root_period(largest_policy(), Period { start: None, end: Some(end) })
}

fn document() -> SignedDocument {
	SignedDocument { template: TemplateId(0), commitment: Commitment([1; 32]) }
}

/// Every term there is.
fn all_terms() -> ConsentTerms {
	ConsentTerms {
		frequency: Some(FrequencyLimit { accesses: 9, per: Milliseconds(1_000) }),
		erase_by: Some(END),
		renewal: Some(Renewal {
			extends_by: Milliseconds(1_000_000),
			times: 9,
			notice: Milliseconds(1_000),
		}),
	}
}

/// The people of a benchmark.
struct Scene {
	operator: AccountId,
	institution: InstitutionId,
	patient: AccountId,
}

fn signed(who: &AccountId) -> RawOrigin<AccountId> {
	RawOrigin::Signed(who.clone())
}

fn scene<T: Config>() -> Scene {
	T::BenchmarkHelper::set_time(BEGINNING);
	let operator = T::BenchmarkHelper::operator();
	let institution = T::Providers::operated_by(&operator).unwrap();
	let patient: AccountId = account("patient", 0, 0);
	Pallet::<T>::sponsor_patient(signed(&operator).into(), patient.clone()).unwrap();
	publish::<T>();
	Scene { operator, institution, patient }
}

fn publish<T: Config>() {
	if !Templates::<T>::contains_key(document().template) {
		let governance = T::GovernanceOrigin::try_successful_origin().unwrap();
		Pallet::<T>::publish_template(governance, [1; 32], 1).unwrap();
	}
}

fn grant<T: Config>(patient: &AccountId, policy: Policy, terms: ConsentTerms) -> ConsentId {
	let id = ConsentId(NextConsentId::<T>::get());
	Pallet::<T>::grant(signed(patient).into(), policy, document(), terms).unwrap();
	id
}

/// A patient with so many consents of the largest policy.
fn patient_with<T: Config>(consents: u32) -> AccountId {
	let patient = scene::<T>().patient;
	for _ in 0..consents {
		grant::<T>(&patient, largest_policy(), ConsentTerms::default());
	}
	patient
}

/// As many consents as fit, the first of which has ended: the next grant looks at all of them.
fn fill_consents<T: Config>(patient: &AccountId) {
	let ended = Milliseconds(BEGINNING.0 + 1);
	grant::<T>(patient, largest_until(ended), ConsentTerms::default());
	for _ in 1..T::MaxConsentsPerPatient::get() {
		grant::<T>(patient, largest_policy(), ConsentTerms::default());
	}
	T::BenchmarkHelper::set_time(LATER);
}

fn request_terms(institution: InstitutionId) -> ConsentRequestTerms {
	ConsentRequestTerms {
		on_behalf_of: institution,
		role: Role::Physician,
		purposes: full(|value| code(1, 0, value)),
		classes: Values::default(),
		labels: Values::default(),
		data_period: Period::default(),
		period: Period { start: None, end: Some(END) },
		frequency: None,
		erase_by: None,
		renewal: None,
		template: document().template,
	}
}

fn request<T: Config>(scene: &Scene) -> RequestId {
	let id = RequestId(NextRequestId::<T>::get());
	let terms = request_terms(scene.institution);
	let origin = signed(&scene.operator).into();
	Pallet::<T>::request_consent(origin, scene.patient.clone(), terms).unwrap();
	id
}

/// What costs most to carry out: the approval of a request by the largest policy.
fn answer<T: Config>(scene: &Scene) -> ConsentAction {
	ConsentAction::ApproveRequest {
		request: request::<T>(scene),
		content: ConsentContent {
			policy: largest_answer(scene.institution, END),
			document: document(),
			terms: ConsentTerms::default(),
		},
	}
}

fn scope() -> Scope {
	Scope { purposes: full(|value| code(1, 0, value)), ..Scope::default() }
}

fn guardian(number: u32) -> AccountId {
	account("guardian", number, 0)
}

/// As many guardians as are allowed, the first being this one.
fn guardians<T: Config>(first: u32, threshold: u32, delay: u64) -> GuardianSet {
	let accounts = (first..first + T::MaxGuardians::get()).map(guardian).collect();
	GuardianSet {
		guardians: Accounts::truncate_from(accounts),
		threshold,
		scope: scope(),
		powers: GuardianPowers {
			consents: Powers::ALL,
			emergency_override: true,
			object_to_replacement: true,
		},
		period: Period::default(),
		objection_delay: Milliseconds(delay),
	}
}

fn set_guardians<T: Config>(patient: &AccountId, set: GuardianSet) {
	Pallet::<T>::set_guardians(signed(patient).into(), Some(set)).unwrap();
}

/// Proposals that wait, as many as are allowed, of the largest policy.
fn fill_proposals<T: Config>(scene: &Scene) {
	let content = ConsentContent {
		policy: largest_answer(scene.institution, END),
		document: document(),
		terms: ConsentTerms::default(),
	};
	for _ in 0..T::MaxProposals::get() {
		propose::<T>(scene, GuardianAction::Consent(ConsentAction::Grant(content.clone())));
	}
}

fn propose<T: Config>(scene: &Scene, action: GuardianAction) -> ProposalId {
	let id = ProposalId(NextProposalId::<T>::get());
	let origin = signed(&guardian(0)).into();
	Pallet::<T>::propose_as_guardian(origin, scene.patient.clone(), action).unwrap();
	id
}

fn delegate_terms(end: Milliseconds) -> DelegateTerms {
	let period = Period { start: None, end: Some(end) };
	DelegateTerms { scope: scope(), powers: Powers::ALL, period }
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

	#[benchmark]
	fn request_consent() {
		let scene = scene::<T>();
		let to_patient = T::MaxRequestsPerPatient::get().min(T::MaxRequestsPerRequester::get());
		for _ in 0..to_patient {
			request::<T>(&scene);
		}
		// The requester's list is filled by requests to others.
		for number in 0..T::MaxRequestsPerRequester::get() - to_patient {
			let patient: AccountId = account("other patient", number / to_patient, 0);
			if number % to_patient == 0 {
				let origin = signed(&scene.operator).into();
				Pallet::<T>::sponsor_patient(origin, patient.clone()).unwrap();
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
