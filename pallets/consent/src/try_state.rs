//! What holds in every state of the registry.

use crate::{
	Config, ConsentRecord, Consents, ConsentsOf, NextConsentId, NextTemplateId, Pallet, Patients,
	Templates,
};
use frame_support::ensure;
use hdx_primitives::{
	engine::{validate, Status},
	AccountId, ConsentId,
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks that
	///
	/// - each entry of [`ConsentsOf`] is an active consent of that patient, listed once, in the
	///   order of the numbers, and no active consent is missing there;
	/// - no patient has an empty entry, and each of them is registered;
	/// - a consent has a moment of revocation exactly when it is inactive, names a template that
	///   was published, and holds a policy that can be decided on;
	/// - the numbers of consents and templates are below the next one, without gaps.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut indexed = 0usize;
		for (patient, consents) in ConsentsOf::<T>::iter() {
			ensure!(
				Patients::<T>::contains_key(&patient),
				"consents of an account that is no patient"
			);
			ensure!(!consents.is_empty(), "an empty list of consents is kept");
			ensure!(consents.is_sorted_by(|one, next| one < next), "consents are out of order");
			for id in &consents {
				check_indexed::<T>(&patient, *id)?;
			}
			indexed = indexed.saturating_add(consents.len());
		}

		let (mut count, mut active) = (0u64, 0usize);
		for (id, record) in Consents::<T>::iter() {
			ensure!(id.0 < NextConsentId::<T>::get(), "a consent's number was not given away");
			check_record::<T>(&record)?;
			count = count.saturating_add(1);
			if record.status == Status::Active {
				active = active.saturating_add(1);
			}
		}
		ensure!(count == NextConsentId::<T>::get(), "a consent is missing");
		ensure!(active == indexed, "an active consent is not listed for its patient");

		let templates = Templates::<T>::iter_keys().count();
		let in_range = Templates::<T>::iter_keys().all(|id| id.0 < NextTemplateId::<T>::get());
		ensure!(in_range, "a template's number was not given away");
		let expected = usize::try_from(NextTemplateId::<T>::get());
		ensure!(expected == Ok(templates), "a template is missing");
		Ok(())
	}
}

fn check_indexed<T: Config>(patient: &AccountId, id: ConsentId) -> Result<(), TryRuntimeError> {
	let record = Consents::<T>::get(id).ok_or("a listed consent does not exist")?;
	ensure!(record.patient == *patient, "a consent is listed for somebody else");
	ensure!(record.status == Status::Active, "a listed consent is not active");
	Ok(())
}

fn check_record<T: Config>(record: &ConsentRecord) -> Result<(), TryRuntimeError> {
	let is_inactive = record.status == Status::Inactive;
	ensure!(is_inactive == record.revoked_at.is_some(), "status and revocation disagree");
	ensure!(record.version > 0, "versions count from one");
	ensure!(
		Templates::<T>::contains_key(record.document.template),
		"a consent names an unknown template"
	);
	ensure!(validate(&record.policy).is_ok(), "a stored policy cannot be decided on");
	Ok(())
}
