//! Who represents patients.

use crate::{Chamber, Config, Error, Event, Pallet, Voices, Voters};
use frame_support::{ensure, traits::Get};
use hdx_primitives::{AccountId, AuditAction, Subject};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Gives a representative a vote, and tells nobody. The genesis appoints with this too.
	pub(crate) fn insert_representative(who: &AccountId) -> Result<(), Error<T>> {
		ensure!(!T::Voices::is_operator(who), Error::<T>::IsOperator);
		ensure!(!T::Patients::is_member(who), Error::<T>::AlreadyRepresentative);
		ensure!(T::Patients::count() < T::MaxSeats::get(), Error::<T>::NoSeatLeft);
		T::Patients::admit(who).map_err(|_| Error::<T>::NoSeatLeft)?;
		// It holds no tokens: this reference lets it sign. It keeps it for ever, so that its count of transactions stays,
		// and nobody can repeat what it signed before.
		frame_system::Pallet::<T>::inc_sufficients(who);
		Ok(())
	}

	pub(crate) fn do_appoint(representative: AccountId) -> DispatchResult {
		Self::insert_representative(&representative)?;
		let subject = Subject::Representative(representative.clone().into());
		Self::log_seat(AuditAction::ChamberSeatGiven, subject);
		Self::deposit_event(Event::RepresentativeAppointed { representative });
		Ok(())
	}

	pub(crate) fn do_dismiss(representative: AccountId) -> DispatchResult {
		ensure!(T::Patients::is_member(&representative), Error::<T>::NotARepresentative);
		ensure!(T::Patients::count() > 1, Error::<T>::LastSeat);
		Self::silence(Chamber::Patients, &representative)?;
		let subject = Subject::Representative(representative.clone().into());
		Self::log_seat(AuditAction::ChamberSeatEnded, subject);
		Self::deposit_event(Event::RepresentativeDismissed { representative });
		Ok(())
	}
}
