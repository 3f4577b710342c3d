//! - Each entry of [`ConsentsOf`] is an active consent of that patient, listed once, in the order
//!   of the numbers; an active consent that is missing there is over.
//! - Each consent has one place among all of its patient's, and the places have no gap.
//! - No patient has an empty entry, and each of them is registered.
//! - A consent has a moment of revocation exactly when it is inactive, names a template that was
//!   published, and holds a policy that can be decided on.
//! - The versions of a consent chain: none is missing, each names the hash of the one before, and
//!   each hash is that of the version.
//! - The numbers of consents are below the next one, without gaps.

use crate::{
	AllConsentsOf, Config, ConsentCountOf, ConsentRecord, Consents, ConsentsOf, EmergencyOptOuts,
	History, NextConsentId, Pallet, Patients, Templates, VersionRecord,
};
use frame_support::ensure;
use hdx_primitives::{
	engine::{validate, Status},
	AccountId, ConsentId, H256,
};
use sp_runtime::TryRuntimeError;

pub(super) fn check<T: Config>() -> Result<(), TryRuntimeError> {
	for (patient, consents) in ConsentsOf::<T>::iter() {
		ensure!(Patients::<T>::contains_key(&patient), "consents of an account that is no patient");
		ensure!(!consents.is_empty(), "an empty list of consents is kept");
		ensure!(consents.is_sorted_by(|one, next| one < next), "consents are out of order");
		for id in &consents {
			check_listed::<T>(&patient, *id)?;
		}
	}

	let (mut consents, mut versions) = (0u64, 0u64);
	for (id, record) in Consents::<T>::iter() {
		ensure!(id.0 < NextConsentId::<T>::get(), "a consent's number was not given away");
		check_record::<T>(id, &record)?;
		consents = consents.saturating_add(1);
		versions = versions.saturating_add(u64::from(record.version).saturating_sub(1));
	}
	ensure!(consents == NextConsentId::<T>::get(), "a consent is missing");
	let past = u64::try_from(History::<T>::iter_keys().count());
	ensure!(past == Ok(versions), "a past version belongs to no consent");
	check_places::<T>(consents)?;
	for patient in EmergencyOptOuts::<T>::iter_keys() {
		ensure!(Patients::<T>::contains_key(&patient), "somebody who is no patient opted out");
	}
	Ok(())
}

fn check_listed<T: Config>(patient: &AccountId, id: ConsentId) -> Result<(), TryRuntimeError> {
	let record = Consents::<T>::get(id).ok_or("a listed consent does not exist")?;
	ensure!(record.patient == *patient, "a consent is listed for somebody else");
	ensure!(record.status == Status::Active, "a listed consent is not active");
	Ok(())
}

fn check_record<T: Config>(id: ConsentId, record: &ConsentRecord) -> Result<(), TryRuntimeError> {
	let is_inactive = record.status == Status::Inactive;
	ensure!(is_inactive == record.revoked_at.is_some(), "status and revocation disagree");
	let is_listed = ConsentsOf::<T>::get(&record.patient).contains(&id);
	ensure!(
		is_listed || is_inactive || record.is_over(Pallet::<T>::now()),
		"an active consent is not listed for its patient"
	);
	ensure!(
		record.renewal_stopped_at.is_none() || record.terms.renewal.is_some(),
		"a renewal was stopped that there is not"
	);
	check_chain::<T>(id, record)
}

fn check_chain<T: Config>(id: ConsentId, record: &ConsentRecord) -> Result<(), TryRuntimeError> {
	ensure!(record.version > 0, "versions count from one");
	let mut previous = H256::zero();
	for number in 1..record.version {
		let past = History::<T>::get(id, number).ok_or("a past version is missing")?;
		ensure!(past.version == number, "a past version is under another number");
		ensure!(past.superseded_at.is_some(), "a past version was not superseded");
		check_version::<T>(id, &record.patient, &past, previous)?;
		previous = past.hash;
	}
	check_version::<T>(id, &record.patient, &record.current_version(), previous)
}

fn check_version<T: Config>(
	id: ConsentId,
	patient: &AccountId,
	version: &VersionRecord,
	previous: H256,
) -> Result<(), TryRuntimeError> {
	ensure!(
		Templates::<T>::contains_key(version.document.template),
		"a consent names an unknown template"
	);
	ensure!(validate(&version.policy).is_ok(), "a stored policy cannot be decided on");
	ensure!(version.previous == previous, "a version does not chain to the one before");
	ensure!(version.hash == version.hash_of(id, patient), "a version has another hash");
	Ok(())
}

fn check_places<T: Config>(consents: u64) -> Result<(), TryRuntimeError> {
	let mut places = 0u64;
	for (patient, place, id) in AllConsentsOf::<T>::iter() {
		let record = Consents::<T>::get(id).ok_or("a place names a consent that does not exist")?;
		ensure!(record.patient == patient, "a place names somebody else's consent");
		ensure!(place < ConsentCountOf::<T>::get(&patient), "a place is beyond the count");
		places = places.saturating_add(1);
	}
	ensure!(places == consents, "a consent has no place among its patient's");
	let counted = ConsentCountOf::<T>::iter_values()
		.fold(0u64, |counted, count| counted.saturating_add(count.into()));
	ensure!(counted == places, "the counts do not add up to all places");
	Ok(())
}
