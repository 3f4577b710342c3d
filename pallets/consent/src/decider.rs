//! What other pallets ask of this one.

use crate::{
	Config, ConsentRecord, Consents, ConsentsOf, DecisionRules, EmergencyOptOuts, GrantedBy,
	Pallet, Patients, Usage,
};
use alloc::vec::Vec;
use frame_support::traits::Get;
use hdx_primitives::{
	consent::Accounts,
	engine::{
		decide, Algorithm, Basis, Choices, Consent, Decision, ImplicitPolicy, Outcome, Request,
		Rules,
	},
	AccountId, ConsentDecider, ConsentId, EmergencyDirectory, LookedAt, Milliseconds,
	PatientDirectory, UseRefusal,
};

impl<T: Config> ConsentDecider for Pallet<T> {
	fn decide_counted(
		patient: &AccountId,
		request: &Request<'_>,
		at: Milliseconds,
	) -> (Decision, LookedAt) {
		let ids = ConsentsOf::<T>::get(patient);
		let consents = count(ids.len());
		let records: Vec<(ConsentId, ConsentRecord)> = ids
			.into_iter()
			.filter_map(|id| Some((id, Consents::<T>::get(id)?)))
			.map(|(id, record)| (id, record.as_of(at)))
			.collect();
		let provisions = records.iter().map(|(_, record)| record.policy.provisions.len());
		let looked_at = LookedAt { consents, provisions: count(provisions.sum()) };
		(Self::decide_by(&records, patient, request, at), looked_at)
	}

	fn consents(patient: &AccountId) -> u32 {
		count(ConsentsOf::<T>::decode_len(patient).unwrap_or_default())
	}

	fn max_consents() -> u32 {
		T::MaxConsentsPerPatient::get()
	}

	fn was_given(basis: Basis, patient: &AccountId) -> bool {
		Consents::<T>::get(basis.consent).is_some_and(|record| {
			record.patient == *patient && (1..=record.version).contains(&basis.version)
		})
	}

	fn limits_uses(basis: Basis) -> bool {
		Consents::<T>::get(basis.consent).is_some_and(|record| record.terms.frequency.is_some())
	}

	fn check_use(basis: Basis, at: Milliseconds) -> Result<(), UseRefusal> {
		Self::next_uses(basis, 1, at).map(|_| ())
	}

	fn record_uses(basis: Basis, uses: u32, at: Milliseconds) -> Result<(), UseRefusal> {
		if let Some(usage) = Self::next_uses(basis, uses, at)? {
			Usage::<T>::insert(basis.consent, usage);
		}
		Ok(())
	}
}

impl<T: Config> Pallet<T> {
	/// Decides by these consents of the patient.
	fn decide_by(
		records: &[(ConsentId, ConsentRecord)],
		patient: &AccountId,
		request: &Request<'_>,
		at: Milliseconds,
	) -> Decision {
		let emergency_opt_out = EmergencyOptOuts::<T>::contains_key(patient);
		let rules = DecisionRules::<T>::get();
		let (own, delegated) = by_who_gave_them(records);
		if rules.algorithm == Algorithm::MostRecentWins && !delegated.is_empty() {
			// A delegate speaks where the patient has not: being the later one is not enough.
			let explicit = Rules { implicit: ImplicitPolicy::Deny, ..rules };
			let choices = Choices { consents: &own, emergency_opt_out };
			let decision = decide(&choices, request, &explicit, at);
			if decision.outcome != Outcome::NoConsent {
				return decision;
			}
			let choices = Choices { consents: &delegated, emergency_opt_out };
			return decide(&choices, request, &rules, at);
		}
		let consents: Vec<Consent<'_>> = own.into_iter().chain(delegated).collect();
		decide(&Choices { consents: &consents, emergency_opt_out }, request, &rules, at)
	}
}

fn count(many: usize) -> u32 {
	u32::try_from(many).unwrap_or(u32::MAX)
}

/// The consents of the patient, or of the guardians in their place, and those of delegates.
fn by_who_gave_them(
	records: &[(ConsentId, ConsentRecord)],
) -> (Vec<Consent<'_>>, Vec<Consent<'_>>) {
	let by_delegate = |record: &ConsentRecord| matches!(record.granted_by, GrantedBy::Delegate(_));
	let of = |delegated: bool| {
		records.iter().filter(move |(_, record)| by_delegate(record) == delegated)
	};
	(
		of(false).map(|(id, record)| as_engine_sees_it(*id, record)).collect(),
		of(true).map(|(id, record)| as_engine_sees_it(*id, record)).collect(),
	)
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

impl<T: Config> EmergencyDirectory for Pallet<T> {
	fn has_opted_out(patient: &AccountId) -> bool {
		EmergencyOptOuts::<T>::contains_key(patient)
	}

	fn guardians(patient: &AccountId, at: Milliseconds) -> Accounts {
		Self::guardians_in_office(patient)
			.filter(|guardianship| guardianship.set.period.contains(at))
			.map(|guardianship| guardianship.set.guardians)
			.unwrap_or_default()
	}
}
