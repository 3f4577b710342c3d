//! How long sessions are.

use crate::{Config, Error, Pallet, SessionPeriod};
use core::marker::PhantomData;
use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::traits::One;

/// How many blocks a session has on this chain. A runtime gives it to the `PeriodicSessions` of pallet-session.
pub struct SessionBlocks<T>(PhantomData<T>);

impl<T: Config> Get<BlockNumberFor<T>> for SessionBlocks<T> {
	fn get() -> BlockNumberFor<T> {
		let period = SessionPeriod::<T>::get().unwrap_or_else(T::DefaultSessionPeriod::get);
		// pallet-session divides by it in each block. Zero is never stored, and must not stop a chain all the same.
		Ord::max(period, One::one())
	}
}

impl<T: Config> Pallet<T> {
	/// Stores how many blocks a session has; nothing where it is as shipped. The genesis does so.
	pub(crate) fn set_session_period(period: Option<BlockNumberFor<T>>) -> Result<(), Error<T>> {
		let Some(period) = period else { return Ok(()) };
		ensure!(Self::is_session_period(period), Error::<T>::SessionPeriodOutOfBounds);
		SessionPeriod::<T>::put(period);
		Ok(())
	}

	/// Whether a session may have so many blocks.
	pub(crate) fn is_session_period(period: BlockNumberFor<T>) -> bool {
		(T::MinSessionPeriod::get()..=T::MaxSessionPeriod::get()).contains(&period)
	}
}
