//! Entering licences, and removing them.

use crate::{
	types::{Damaged, HiddenLicence, LicencePlace},
	Config, Error, Event, Holders, KnownLeaves, Licences, NextPlace, Pallet, Places,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, CredentialId, LicenceDirectory, Milliseconds,
	PublicInput, Subject,
};
use hdx_zk_circuits::{field::from_bytes, merkle::CAPACITY, Fr};
use sp_runtime::traits::Zero;

impl<T> From<Damaged> for Error<T> {
	fn from(_: Damaged) -> Self {
		Self::StateDamaged
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_enter(
		signer: AccountId,
		practitioner: AccountId,
		licence: CredentialId,
		leaf: PublicInput,
	) -> DispatchResult {
		let element = from_bytes(&leaf).ok_or(Error::<T>::LeafTooLarge)?;
		ensure!(!element.is_zero(), Error::<T>::EmptyLeaf);
		// A second copy would stay where the first is removed.
		ensure!(!KnownLeaves::<T>::contains_key(leaf), Error::<T>::LeafUsed);
		let is_its = T::Licences::has_attested(&signer, &practitioner, licence);
		ensure!(is_its, Error::<T>::NotItsIssuer);
		let now = Self::now();
		T::Licences::licence_stands(&practitioner, licence, now)
			.map_err(|_| Error::<T>::LicenceDoesNotStand)?;

		let place = Self::place_for(licence, now)?;
		let root = Self::set_leaf(place, element).map_err(Error::<T>::from)?;
		let replaced = Licences::<T>::get(place).map(|before| before.leaf);
		let hidden =
			HiddenLicence { practitioner: practitioner.clone(), licence, leaf, entered_at: now };
		Licences::<T>::insert(place, hidden);
		KnownLeaves::<T>::insert(leaf, ());
		Holders::<T>::insert(T::Licences::first_account(&practitioner), ());
		let entry = T::Audit::record(AuditEvent {
			actor: Some(signer),
			subject: Subject::ShieldedLicence { licence, place, leaf },
			..AuditEvent::new(AuditAction::ShieldedLicenceEntered)
		});
		Self::deposit_event(Event::LicenceEntered {
			place,
			licence,
			practitioner,
			leaf,
			replaced,
			root,
			entry,
		});
		Ok(())
	}

	/// The place that a licence has, or the next one, for a leaf that is entered now.
	fn place_for(licence: CredentialId, now: Milliseconds) -> Result<u32, Error<T>> {
		let place = match Places::<T>::get(licence) {
			Some(LicencePlace { place, renewable_at }) => {
				// It has room for one leaf, and all that ever were in it are kept.
				ensure!(now >= renewable_at, Error::<T>::EnteredLately);
				place
			},
			None => {
				let place = NextPlace::<T>::get();
				ensure!(place < CAPACITY, Error::<T>::NoRoom);
				NextPlace::<T>::put(place.saturating_add(1));
				place
			},
		};
		let renewable_at = Milliseconds(now.0.saturating_add(T::LeafInterval::get().0));
		Places::<T>::insert(licence, LicencePlace { place, renewable_at });
		Ok(place)
	}

	pub(crate) fn do_remove(signer: AccountId, licence: CredentialId) -> DispatchResult {
		let (place, hidden) = Self::entered(licence).ok_or(Error::<T>::LicenceNotEntered)?;
		let practitioner = &hidden.practitioner;
		let may_remove = T::Licences::has_attested(&signer, practitioner, licence)
			|| T::Licences::licence_stands(practitioner, licence, Self::now()).is_err();
		ensure!(may_remove, Error::<T>::LicenceStands);
		Self::empty(Some(signer), place, hidden)
	}

	pub(crate) fn do_remove_by_governance(licence: CredentialId) -> DispatchResult {
		let (place, hidden) = Self::entered(licence).ok_or(Error::<T>::LicenceNotEntered)?;
		Self::empty(None, place, hidden)
	}

	fn empty(by: Option<AccountId>, place: u32, hidden: HiddenLicence) -> DispatchResult {
		let HiddenLicence { licence, leaf, .. } = hidden;
		let root = Self::set_leaf(place, Fr::zero()).map_err(Error::<T>::from)?;
		Licences::<T>::remove(place);
		let entry = T::Audit::record(AuditEvent {
			actor: by,
			subject: Subject::ShieldedLicence { licence, place, leaf },
			..AuditEvent::new(AuditAction::ShieldedLicenceRemoved)
		});
		Self::deposit_event(Event::LicenceRemoved { place, licence, leaf, root, entry });
		Ok(())
	}
}
