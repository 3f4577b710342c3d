//! The scenes that benchmarks are measured in: the largest policies, and as many of everything as is
//! allowed.

use crate::{
	Accounts, Config, ConsentAction, ConsentContent, ConsentRequestTerms, ConsentTerms,
	DelegateTerms, FrequencyLimit, GuardianAction, GuardianPowers, GuardianSet, NextConsentId,
	NextProposalId, NextRequestId, Pallet, Powers, Renewal, SignedDocument, Templates,
};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use hdx_primitives::{
	consent::with_root_period,
	engine::{
		Actor, DataMeaning, DataReference, Policy, Provision, Rule, Scope, Values, MAX_PROVISIONS,
		MAX_VALUES,
	},
	AccountId, Code, Commitment, ConsentId, InstitutionId, Milliseconds, Period, ProposalId,
	ProviderDirectory, RequestId, Role, TemplateId,
};

/// Sets the scene for the benchmarks.
pub trait BenchmarkHelper {
	/// An account that operates an active institution; called once in a benchmark.
	fn operator() -> AccountId;
	/// A physician with as many credentials as one can have, and the institution for which they act, which is not their home;
	/// called once in a benchmark.
	fn practitioner() -> (AccountId, InstitutionId);
	/// Moves the clock.
	fn set_time(now: Milliseconds);
}

/// When benchmarks begin.
pub(super) const BEGINNING: Milliseconds = Milliseconds(1_000_000);
/// When short consents and delegations have ended.
pub(super) const LATER: Milliseconds = Milliseconds(2_000_000);
/// When whatever can expire has.
pub(super) const END: Milliseconds = Milliseconds(1 << 60);

/// A code like no other.
pub(super) fn code(kind: u8, provision: u32, value: u32) -> Code {
	let mut bytes = [kind; 16];
	bytes[..4].copy_from_slice(&provision.to_le_bytes());
	bytes[4..8].copy_from_slice(&value.to_le_bytes());
	Code(bytes)
}

pub(super) fn full<T>(value: impl Fn(u32) -> T) -> Values<T> {
	(0..MAX_VALUES).map(value).collect::<Vec<_>>().try_into().ok().unwrap()
}

/// Who asks in a decision: the last actor that every provision names, so all are looked at.
pub(super) fn requester() -> Actor {
	Actor::Group(code(0, 0, MAX_VALUES - 1))
}

/// A provision with every attribute full. It is about the [`requester`].
pub(super) fn provision(index: u32, parent: u8, rule: Rule) -> Provision {
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
pub(super) fn largest_policy() -> Policy {
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
pub(super) fn largest_answer(institution: InstitutionId, end: Milliseconds) -> Policy {
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
pub(super) fn largest_until(end: Milliseconds) -> Policy {
	with_root_period(largest_policy(), Period { start: None, end: Some(end) })
}

pub(super) fn document() -> SignedDocument {
	SignedDocument { template: TemplateId(0), commitment: Commitment([1; 32]) }
}

/// Every term there is.
pub(super) fn all_terms() -> ConsentTerms {
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
pub(super) struct Scene {
	pub operator: AccountId,
	pub institution: InstitutionId,
	pub patient: AccountId,
}

pub(super) fn signed(who: &AccountId) -> RawOrigin<AccountId> {
	RawOrigin::Signed(who.clone())
}

pub(super) fn scene<T: Config>() -> Scene {
	T::BenchmarkHelper::set_time(BEGINNING);
	let operator = T::BenchmarkHelper::operator();
	let institution = T::Providers::operated_by(&operator).unwrap();
	let patient: AccountId = account("patient", 0, 0);
	Pallet::<T>::sponsor_patient(signed(&operator).into(), patient.clone()).unwrap();
	publish::<T>();
	Scene { operator, institution, patient }
}

pub(super) fn publish<T: Config>() {
	if !Templates::<T>::contains_key(document().template) {
		let governance = T::GovernanceOrigin::try_successful_origin().unwrap();
		Pallet::<T>::publish_template(governance, [1; 32], 1).unwrap();
	}
}

pub(super) fn grant<T: Config>(
	patient: &AccountId,
	policy: Policy,
	terms: ConsentTerms,
) -> ConsentId {
	let id = ConsentId(NextConsentId::<T>::get());
	Pallet::<T>::grant(signed(patient).into(), policy, document(), terms).unwrap();
	id
}

/// A patient with so many consents of the largest policy.
pub(super) fn patient_with<T: Config>(consents: u32) -> AccountId {
	let patient = scene::<T>().patient;
	for _ in 0..consents {
		grant::<T>(&patient, largest_policy(), ConsentTerms::default());
	}
	patient
}

/// As many consents as fit, the first of which has ended: the next grant looks at all of them.
pub(super) fn fill_consents<T: Config>(patient: &AccountId) {
	let ended = Milliseconds(BEGINNING.0 + 1);
	grant::<T>(patient, largest_until(ended), ConsentTerms::default());
	for _ in 1..T::MaxConsentsPerPatient::get() {
		grant::<T>(patient, largest_policy(), ConsentTerms::default());
	}
	T::BenchmarkHelper::set_time(LATER);
}

pub(super) fn request_terms(institution: InstitutionId) -> ConsentRequestTerms {
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

pub(super) fn request<T: Config>(scene: &Scene) -> RequestId {
	let id = RequestId(NextRequestId::<T>::get());
	let terms = request_terms(scene.institution);
	let origin = signed(&scene.operator).into();
	Pallet::<T>::request_consent(origin, scene.patient.clone(), terms).unwrap();
	id
}

/// What costs most to carry out: the approval of a request by the largest policy.
pub(super) fn answer<T: Config>(scene: &Scene) -> ConsentAction {
	ConsentAction::ApproveRequest {
		request: request::<T>(scene),
		content: ConsentContent {
			policy: largest_answer(scene.institution, END),
			document: document(),
			terms: ConsentTerms::default(),
		},
	}
}

pub(super) fn scope() -> Scope {
	Scope { purposes: full(|value| code(1, 0, value)), ..Scope::default() }
}

pub(super) fn guardian(number: u32) -> AccountId {
	account("guardian", number, 0)
}

/// As many guardians as are allowed, the first being this one.
pub(super) fn guardians<T: Config>(first: u32, threshold: u32, delay: u64) -> GuardianSet {
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

pub(super) fn set_guardians<T: Config>(patient: &AccountId, set: GuardianSet) {
	Pallet::<T>::set_guardians(signed(patient).into(), Some(set)).unwrap();
}

/// Proposals that wait, as many as are allowed, of the largest policy.
pub(super) fn fill_proposals<T: Config>(scene: &Scene) {
	let content = ConsentContent {
		policy: largest_answer(scene.institution, END),
		document: document(),
		terms: ConsentTerms::default(),
	};
	for _ in 0..T::MaxProposals::get() {
		propose::<T>(scene, GuardianAction::Consent(ConsentAction::Grant(content.clone())));
	}
}

pub(super) fn propose<T: Config>(scene: &Scene, action: GuardianAction) -> ProposalId {
	let id = ProposalId(NextProposalId::<T>::get());
	let origin = signed(&guardian(0)).into();
	Pallet::<T>::propose_as_guardian(origin, scene.patient.clone(), action).unwrap();
	id
}

pub(super) fn delegate_terms(end: Milliseconds) -> DelegateTerms {
	let period = Period { start: None, end: Some(end) };
	DelegateTerms { scope: scope(), powers: Powers::ALL, period }
}
