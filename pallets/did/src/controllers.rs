//! Controllers: added and removed.

use crate::{Config, Error, Event, Pallet};
use frame_support::ensure;
use hdx_primitives::{AccountId, AuditAction};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_add_controller(
		signer: AccountId,
		subject: AccountId,
		expected_version: u32,
		controller: AccountId,
	) -> DispatchResult {
		let mut change = Self::begin(signer, subject, expected_version)?;
		ensure!(change.is_by_subject(), Error::<T>::OnlyTheSubject);
		ensure!(controller != change.subject, Error::<T>::SubjectAsController);
		let controllers = &mut change.document.controllers;
		ensure!(!controllers.contains(&controller), Error::<T>::AlreadyController);
		ensure!(frame_system::Pallet::<T>::account_exists(&controller), Error::<T>::AccountUnknown);
		Self::ensure_not_retired(&controller, &change.subject)?;
		controllers.try_push(controller.clone()).map_err(|_| Error::<T>::TooManyControllers)?;

		Self::commit(&change, &[AuditAction::DidUpdated]);
		Self::deposit_event(Event::ControllerAdded {
			subject: change.subject,
			controller,
			version: change.document.version,
		});
		Ok(())
	}

	pub(crate) fn do_remove_controller(
		signer: AccountId,
		subject: AccountId,
		expected_version: u32,
		controller: AccountId,
	) -> DispatchResult {
		let mut change = Self::begin(signer, subject, expected_version)?;
		let may_remove = change.is_by_subject() || change.by == controller;
		ensure!(may_remove, Error::<T>::OnlyTheSubject);
		let controllers = &mut change.document.controllers;
		let place = controllers.iter().position(|listed| *listed == controller);
		controllers.remove(place.ok_or(Error::<T>::NotAController)?);

		Self::commit(&change, &[AuditAction::DidUpdated]);
		Self::deposit_event(Event::ControllerRemoved {
			subject: change.subject,
			controller,
			version: change.document.version,
			by: change.by,
		});
		Ok(())
	}
}
