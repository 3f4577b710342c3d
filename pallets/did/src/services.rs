//! Services: set and removed.

use crate::{Config, Error, Event, Pallet};
use frame_support::ensure;
use hdx_primitives::{
	did::{Service, ServiceId},
	AccountId, AuditAction,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_service(
		signer: AccountId,
		subject: AccountId,
		expected_version: u32,
		service: Service,
	) -> DispatchResult {
		let mut change = Self::begin(signer, subject, expected_version)?;
		service.check().map_err(Error::<T>::from)?;
		let id = service.id.clone();
		let services = &mut change.document.services;
		match services.iter_mut().find(|listed| listed.id == id) {
			Some(listed) => {
				ensure!(*listed != service, Error::<T>::ServiceUnchanged);
				*listed = service;
			},
			None => services.try_push(service).map_err(|_| Error::<T>::TooManyServices)?,
		}

		Self::commit(&change, &[AuditAction::DidUpdated]);
		Self::deposit_event(Event::ServiceSet {
			subject: change.subject,
			service: id,
			version: change.document.version,
			by: change.by,
		});
		Ok(())
	}

	pub(crate) fn do_remove_service(
		signer: AccountId,
		subject: AccountId,
		expected_version: u32,
		id: ServiceId,
	) -> DispatchResult {
		let mut change = Self::begin(signer, subject, expected_version)?;
		let services = &mut change.document.services;
		let place = services.iter().position(|listed| listed.id == id);
		services.remove(place.ok_or(Error::<T>::ServiceUnknown)?);

		Self::commit(&change, &[AuditAction::DidUpdated]);
		Self::deposit_event(Event::ServiceRemoved {
			subject: change.subject,
			service: id,
			version: change.document.version,
			by: change.by,
		});
		Ok(())
	}
}
