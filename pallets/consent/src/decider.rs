//! What other pallets ask of this one.

use crate::{
	Config, ConsentRecord, Consents, ConsentsOf, DecisionRules, EmergencyOptOuts, Pallet, Patients,
	Usage,
};
use alloc::vec::Vec;
use hdx_primitives::{
	engine::{decide, Basis, Choices, Consent, Decision, Request},
	AccountId, ConsentDecider, ConsentId, Milliseconds, PatientDirectory, UseRefusal,
};

impl<T: Config> ConsentDecider for Pallet<T> {
	fn decide(patient: &AccountId, request: &Request<'_>, at: Milliseconds) -> Decision {
		let records: Vec<(ConsentId, ConsentRecord)> = ConsentsOf::<T>::get(patient)
			.into_iter()
			.filter_map(|id| Some((id, Consents::<T>::get(id)?)))
			.map(|(id, record)| (id, record.as_of(at)))
			.collect();
		let consents: Vec<Consent<'_>> =
			records.iter().map(|(id, record)| as_engine_sees_it(*id, record)).collect();
		let choices = Choices {
			consents: &consents,
			emergency_opt_out: EmergencyOptOuts::<T>::contains_key(patient),
		};
		decide(&choices, request, &DecisionRules::<T>::get(), at)
	}

	fn check_use(basis: Basis, at: Milliseconds) -> Result<(), UseRefusal> {
		Self::next_use(basis, at).map(|_| ())
	}

	fn record_use(basis: Basis, at: Milliseconds) -> Result<(), UseRefusal> {
		if let Some(usage) = Self::next_use(basis, at)? {
			Usage::<T>::insert(basis.consent, usage);
		}
		Ok(())
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
