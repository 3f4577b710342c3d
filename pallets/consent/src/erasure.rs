//! Recipients confirm that they erased what they were given.

use crate::{types::ErasureConfirmation, Config, Consents, Erasures, Error, Event, Pallet};
use frame_support::ensure;
use hdx_primitives::{
	engine::Basis, AccountId, AuditAction, AuditEvent, AuditSink, Commitment, ConsentId,
	ProviderDirectory, Subject,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_confirm_erasure(
		operator: AccountId,
		consent: ConsentId,
		version: u32,
		commitment: Commitment,
	) -> DispatchResult {
		let institution = T::Providers::operated_by(&operator).ok_or(Error::<T>::NotAnOperator)?;
		let record = Consents::<T>::get(consent).ok_or(Error::<T>::ConsentUnknown)?;
		let given = Self::version(consent, version).ok_or(Error::<T>::VersionUnknown)?;
		let erase_by = given.terms.erase_by.ok_or(Error::<T>::NothingToErase)?;
		let key = (version, institution);
		ensure!(!Erasures::<T>::contains_key(consent, key), Error::<T>::AlreadyConfirmed);

		let confirmed_at = Self::now();
		Erasures::<T>::insert(consent, key, ErasureConfirmation { commitment, confirmed_at });
		T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(institution),
			patient: Some(record.patient.clone()),
			subject: Subject::Consent(consent),
			basis: Some(Basis { consent, version }),
			..AuditEvent::new(AuditAction::ErasureConfirmed)
		});
		Self::deposit_event(Event::ErasureConfirmed {
			consent,
			patient: record.patient,
			version,
			institution,
			commitment,
			is_late: erase_by < confirmed_at,
		});
		Ok(())
	}
}
