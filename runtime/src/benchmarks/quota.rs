//! The scenes of the benchmarks of the quota.

use super::access::{enrol, hospital};
use crate::{Consent, ProviderRegistry, RecordAccess, Runtime, RuntimeCall, RuntimeOrigin};
use alloc::vec::Vec;
use frame_benchmarking::account;
use frame_support::{traits::Get, BoundedVec};
use hdx_primitives::{
	consent::{GuardianPowers, GuardianSet, Guardianship},
	engine::{terminology::purpose, Scope},
	AccessRequest, AccountId, Action, Code, Commitment, ContextHash, InstitutionId, Milliseconds,
	Period, RecordId, Role, Target,
};
use pallet_provider_registry::{InstitutionByOperator, Oracle, Oracles, RegistrationStatus};
use pallet_record_access::{NextRecordId, RestrictionTerms, MAX_RESTRICTED_PURPOSES};

/// Signers for whom many answer, and guardians of many.
pub struct QuotaSetup;

impl pallet_quota::BenchmarkHelper<RuntimeCall> for QuotaSetup {
	fn transaction(leaves: u32, sponsors: u32) -> (AccountId, RuntimeCall) {
		let (who, institutions) = sponsored_by(sponsors);
		let request = |index: u32| AccessRequest {
			on_behalf_of: institutions[(index % sponsors) as usize],
			role: Role::Physician,
			patient: who.clone(),
			target: Target::WholeRecord,
			purpose: purpose::TREAT,
			action: Action::Read,
			labels: Default::default(),
			classes: Default::default(),
			context: ContextHash([0; 32]),
			duration: Milliseconds(1),
		};
		let calls = (0..leaves.max(sponsors)).map(|index| {
			pallet_record_access::Call::request_access {
				request: request(index),
				second_factor: None,
			}
			.into()
		});
		let calls = calls.collect();
		(who, pallet_utility::Call::batch { calls }.into())
	}

	/// A guardian restricts disclosures of a record of each of so many patients, for the most purposes: that asks for the
	/// patient, the guardians and who comes after them, the record, what is restricted of it, and how much of others.
	fn protected(leaves: u32) -> (AccountId, RuntimeCall) {
		let guardian: AccountId = account("guardian", 0, 0);
		let (custodian, _) = hospital("custodian", 0);
		let purposes = (0..MAX_RESTRICTED_PURPOSES).map(|index| Code([index as u8; 16])).collect();
		let terms = RestrictionTerms::NotFor(BoundedVec::truncate_from(purposes));
		let calls = (0..leaves).map(|index| {
			let (patient, record) = ward(&guardian, &custodian, index);
			let (record, terms) = (Some(record), terms.clone());
			pallet_record_access::Call::restrict { patient, record, terms }.into()
		});
		let calls = calls.collect();
		(guardian, pallet_utility::Call::batch { calls }.into())
	}
}

/// Somebody for whom so many institutions answer: who practises for them, as far as one may, is a patient besides, and, beyond
/// what the registries let one account be, operates one and is an oracle of another.
fn sponsored_by(sponsors: u32) -> (AccountId, Vec<InstitutionId>) {
	let who: AccountId = account("practitioner", 0, 0);
	let most: u32 = <Runtime as pallet_provider_registry::Config>::MaxAffiliations::get();
	let hospitals: Vec<_> = (0..sponsors).map(|index| hospital("operator", index)).collect();
	for (index, (operator, _)) in hospitals.iter().take(most as usize).enumerate() {
		let operator = RuntimeOrigin::signed(operator.clone());
		if index == 0 {
			enrol(operator, who.clone(), 0);
		} else {
			ProviderRegistry::add_affiliation(operator, who.clone())
				.expect("there is room for the most affiliations");
		}
	}
	let beyond = hospitals.get(most as usize..).unwrap_or_default();
	let (operator, _) = beyond.first().or(hospitals.first()).expect("there is one at least");
	Consent::sponsor_patient(RuntimeOrigin::signed(operator.clone()), who.clone())
		.expect("a new patient");
	if let Some((_, operated)) = beyond.get(1) {
		InstitutionByOperator::<Runtime>::insert(&who, operated);
	}
	if let Some((_, running)) = beyond.get(2) {
		let oracle = Oracle {
			institution: Some(*running),
			status: RegistrationStatus::Active,
			misbehaviour: 0,
			registered_at: Milliseconds(0),
		};
		Oracles::<Runtime>::insert(&who, oracle);
	}
	let institutions = hospitals.into_iter().map(|(_, institution)| institution).collect();
	(who, institutions)
}

/// The patient of this number, whose guardian this is, and a record of theirs.
fn ward(guardian: &AccountId, custodian: &AccountId, number: u32) -> (AccountId, RecordId) {
	let patient: AccountId = account("ward", number, 0);
	let custodian = RuntimeOrigin::signed(custodian.clone());
	Consent::sponsor_patient(custodian.clone(), patient.clone()).expect("a new patient");
	let record = NextRecordId::<Runtime>::get();
	RecordAccess::register_record(custodian, patient.clone(), Commitment([1; 32]), 1, 0)
		.expect("the sponsor may");
	let set = GuardianSet {
		guardians: BoundedVec::truncate_from(alloc::vec![guardian.clone()]),
		threshold: 1,
		scope: Scope::default(),
		powers: GuardianPowers::default(),
		period: Period::default(),
		objection_delay: Milliseconds(0),
	};
	let guardianship = Guardianship { set, since: Milliseconds(0) };
	pallet_consent::Guardians::<Runtime>::insert(&patient, guardianship);
	(patient, record)
}
