//! New versions of records.
//!
//! A record is sealed, so nothing is added to it in place: who keeps it seals a new version, and the
//! chain has its commitment instead of the one of before. The custodian documents what it does itself. What
//! a treating provider of another institution writes is handed to the custodian off chain, and taken in
//! under the provider's grant, which is decided again and used up like one to read: so nobody writes into
//! a record whom the patient does not let write now.
//!
//! The chain sees commitments. That a version says what it should is for whoever opens it to check; what it
//! can see, it holds to: a version is never put in the place of a later one, one that only adds has no
//! fewer sections than before, and keys are not of an earlier generation.

use crate::{
	grants::releases, Config, CustodyOffers, Error, Event, NewManifest, Pallet, Record,
	RecordVersions, Records, RetiredRecords, SupersededManifests,
};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	AccountId, Action, AuditAction, AuditEvent, AuditSink, GrantId, RecordId, Subject,
};

/// The version that was registered.
const FIRST: u32 = 1;

impl<T: Config> Pallet<T> {
	/// Puts a new version in the place of the present one.
	pub(crate) fn update(
		operator: AccountId,
		id: RecordId,
		replaces: u32,
		new: NewManifest,
		under: Option<GrantId>,
	) -> DispatchResult {
		let record = Self::kept_by(&operator, id)?;
		Self::ensure_version(id, replaces)?;
		ensure!(!RetiredRecords::<T>::contains_key(id), Error::<T>::RecordRetired);
		// Who accepts a record says that they hold what was offered.
		ensure!(!CustodyOffers::<T>::contains_key(id), Error::<T>::OfferOpen);
		Self::ensure_manifest(&record, &new)?;
		ensure!(new.epoch >= record.epoch, Error::<T>::EpochEarlier);
		ensure!(new.manifest != record.manifest, Error::<T>::ManifestUnchanged);
		let version = Self::next_version(id)?;
		let basis = match under {
			Some(grant) => Self::take_in(grant, id, &record, &new)?,
			None => AuditEvent {
				patient: Some(record.patient.clone()),
				..AuditEvent::new(AuditAction::RecordUpdated)
			},
		};

		let NewManifest { manifest, sections, epoch } = new;
		let entry = T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(record.custodian),
			subject: Subject::RecordVersion { record: id, version, manifest, under },
			..basis
		});
		Self::deposit_event(Event::RecordUpdated {
			record: id,
			patient: record.patient.clone(),
			version,
			manifest,
			sections,
			epoch,
			under,
			entry,
		});
		Self::supersede(id, &record, version);
		Records::<T>::insert(id, record.in_version(new));
		Ok(())
	}

	/// Takes one use from a live grant for bringing data in. Returns what the entry says of it.
	fn take_in(
		id: GrantId,
		record_id: RecordId,
		record: &Record,
		new: &NewManifest,
	) -> Result<AuditEvent, Error<T>> {
		let grant = Self::grant_about(id, record_id, record)?;
		let action = grant.request.action;
		ensure!(!releases(action), Error::<T>::GrantBringsNothingIn);
		let removes = action == Action::Append && new.sections < record.sections;
		ensure!(!removes, Error::<T>::SectionsRemoved);
		let (permit, _) = Self::take_uses(id, &grant, record_id, record.custodian, 1)?;
		Ok(AuditEvent {
			// What permits today, which need not be what permitted when the grant was issued.
			basis: permit.basis,
			algorithm: permit.algorithm,
			..Self::about_grant(AuditAction::RecordUpdated, id, &grant)
		})
	}

	/// Refuses a manifest that is none, or that is gone.
	pub(crate) fn ensure_manifest(record: &Record, new: &NewManifest) -> Result<(), Error<T>> {
		Self::ensure_sections(new.sections)?;
		Self::ensure_not_gone(&record.patient, new.manifest)
	}

	/// The number of the version that comes next.
	pub(crate) fn next_version(id: RecordId) -> Result<u32, Error<T>> {
		Self::version_of(id).checked_add(1).ok_or(Error::IdentifiersExhausted)
	}

	/// Refuses who looked at another version than the present one: they would undo what they never saw.
	pub(crate) fn ensure_version(id: RecordId, seen: u32) -> Result<(), Error<T>> {
		ensure!(Self::version_of(id) == seen, Error::<T>::VersionMismatch);
		Ok(())
	}

	/// Keeps the manifest of before from coming back, and counts the version that takes its place.
	pub(crate) fn supersede(id: RecordId, before: &Record, version: u32) {
		SupersededManifests::<T>::insert((before.patient.clone(), before.manifest), id);
		RecordVersions::<T>::insert(id, version);
	}

	/// Which version of a record there is, if it is there.
	pub(crate) fn query_version(id: RecordId) -> Option<u32> {
		Records::<T>::contains_key(id).then(|| Self::version_of(id))
	}

	fn version_of(id: RecordId) -> u32 {
		RecordVersions::<T>::get(id).unwrap_or(FIRST)
	}
}
