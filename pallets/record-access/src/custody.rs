//! Passing a record on to another custodian.
//!
//! Sealed sections and their keys are handed over off chain. The institution that takes a record accepts
//! only once it holds them: from that block on it alone can record disclosures. Grants go on. A grant is
//! the patient's permission to be shown a record and not the custodian's, it is decided again whenever
//! it is used, and to end it would take a record away in the middle of a treatment for a reason that is none
//! of the grantee's. So the keys that a grantee is wrapped next are wrapped by the new custodian.

use crate::{
	Config, CustodyOffer, CustodyOffers, Error, Event, NewManifest, Pallet, Record, Records,
	SubjectTags,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, EntryIndex, InstitutionId, ProviderDirectory,
	RecordId, Subject,
};

impl<T: Config> Pallet<T> {
	/// Offers a record to another institution.
	pub(crate) fn do_offer_custody(
		operator: AccountId,
		id: RecordId,
		to: InstitutionId,
	) -> DispatchResult {
		let record = Self::kept_by(&operator, id)?;
		let from = record.custodian;
		ensure!(to != from, Error::<T>::AlreadyTheCustodian);
		ensure!(T::Providers::is_active(to), Error::<T>::ReceiverNotActive);
		ensure!(!CustodyOffers::<T>::contains_key(id), Error::<T>::OfferOpen);

		CustodyOffers::<T>::insert(id, CustodyOffer { to, offered_at: Self::now() });
		let action = AuditAction::CustodyOffered;
		let entry = Self::log_custody(action, operator, from, id, &record, to);
		Self::deposit_event(Event::CustodyOffered {
			record: id,
			patient: record.patient,
			from,
			to,
			entry,
		});
		Ok(())
	}

	/// Withdraws an offer, or declines it.
	pub(crate) fn do_withdraw_custody_offer(operator: AccountId, id: RecordId) -> DispatchResult {
		let record = Self::record(id)?;
		let offer = CustodyOffers::<T>::get(id).ok_or(Error::<T>::NoOffer)?;
		let by = T::Providers::operated_by(&operator).ok_or(Error::<T>::NotAnOperator)?;
		ensure!([record.custodian, offer.to].contains(&by), Error::<T>::NotPartyToOffer);

		CustodyOffers::<T>::remove(id);
		let action = AuditAction::CustodyOfferWithdrawn;
		let entry = Self::log_custody(action, operator, by, id, &record, offer.to);
		Self::deposit_event(Event::CustodyOfferWithdrawn {
			record: id,
			patient: record.patient,
			by,
			entry,
		});
		Ok(())
	}

	/// Takes a record over, as it is or sealed anew.
	pub(crate) fn do_accept_custody(
		operator: AccountId,
		id: RecordId,
		version: u32,
		sealed_anew: Option<NewManifest>,
	) -> DispatchResult {
		let record = Self::record(id)?;
		let offer = CustodyOffers::<T>::get(id).ok_or(Error::<T>::NoOffer)?;
		let to = T::Providers::operated_by(&operator).ok_or(Error::<T>::NotAnOperator)?;
		ensure!(offer.to == to, Error::<T>::NotPartyToOffer);
		// Between two offers there may have been another one.
		Self::ensure_version(id, version)?;
		let mut kept = Record { custodian: to, ..record.clone() };
		if let Some(new) = sealed_anew {
			Self::ensure_manifest(&record, &new)?;
			ensure!(new.epoch > record.epoch, Error::<T>::EpochNotLater);
			ensure!(new.manifest != record.manifest, Error::<T>::ManifestUnchanged);
			Self::supersede(id, &record, Self::next_version(id)?);
			kept = kept.in_version(new);
		}

		CustodyOffers::<T>::remove(id);
		// The new custodian does not have its salt, and does not answer for whose record it says it is.
		SubjectTags::<T>::remove(id);
		Self::pass_erasure_request_on(id, record.custodian, to);
		let action = AuditAction::CustodyTransferred;
		let entry = Self::log_custody(action, operator, to, id, &record, to);
		Self::deposit_event(Event::CustodyTransferred {
			record: id,
			patient: record.patient,
			from: record.custodian,
			to,
			manifest: kept.manifest,
			epoch: kept.epoch,
			entry,
		});
		Records::<T>::insert(id, kept);
		Ok(())
	}

	/// The record, if the signer's institution keeps it.
	pub(crate) fn kept_by(operator: &AccountId, id: RecordId) -> Result<Record, Error<T>> {
		let custodian = T::Providers::operated_by(operator).ok_or(Error::<T>::NotAnOperator)?;
		let record = Self::record(id)?;
		ensure!(custodian == record.custodian, Error::<T>::NotTheCustodian);
		Ok(record)
	}

	/// Refuses a number of sections that no record has.
	pub(crate) fn ensure_sections(sections: u32) -> Result<(), Error<T>> {
		ensure!(sections > 0, Error::<T>::NoSections);
		ensure!(sections <= T::MaxSections::get(), Error::<T>::TooManySections);
		Ok(())
	}

	fn log_custody(
		action: AuditAction,
		operator: AccountId,
		institution: InstitutionId,
		id: RecordId,
		record: &Record,
		to: InstitutionId,
	) -> EntryIndex {
		T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(institution),
			patient: Some(record.patient.clone()),
			subject: Subject::CustodyTransfer { record: id, from: record.custodian, to },
			..AuditEvent::new(action)
		})
	}
}
