//! What holds in every state of the registry. Each file lists what it checks.

mod consents;
mod representatives;
mod requests;
mod templates;
mod terms;

use crate::{Config, Pallet};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		consents::check::<T>()?;
		terms::check::<T>()?;
		templates::check::<T>()?;
		requests::check::<T>()?;
		representatives::check::<T>()
	}
}
