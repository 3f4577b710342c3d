//! What other pallets ask of this one.

use crate::{Config, ConsentRecord, Consents, ConsentsOf, DecisionRules, Pallet, Patients};
use alloc::vec::Vec;
use hdx_primitives::{
	engine::{decide, Consent, Decision, Request},
	AccountId, ConsentDecider, ConsentId, Milliseconds, PatientDirectory,
};

impl<T: Config> ConsentDecider for Pallet<T> {
	fn decide(patient: &AccountId, request: &Request<'_>, at: Milliseconds) -> Decision {
		let records: Vec<(ConsentId, ConsentRecord)> = ConsentsOf::<T>::get(patient)
			.into_iter()
			.filter_map(|id| Some((id, Consents::<T>::get(id)?)))
			.collect();
		let consents: Vec<Consent<'_>> =
			records.iter().map(|(id, record)| as_engine_sees_it(*id, record)).collect();
		decide(&consents, request, &DecisionRules::<T>::get(), at)
	}
}

fn as_engine_sees_it(id: ConsentId, record: &ConsentRecord) -> Consent<'_> {
	Consent {
		id,
		version: record.version,
		status: record.status,
		given_at: record.given_at,
		policy: &record.policy,
	}
}

impl<T: Config> PatientDirectory for Pallet<T> {
	fn is_patient(who: &AccountId) -> bool {
		Patients::<T>::contains_key(who)
	}
}
