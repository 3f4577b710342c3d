//! What must hold after every block, one file a subject.

mod accounts;
mod institutions;
mod oracles;
mod practitioners;

use crate::{Config, Pallet};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks that the indexes mirror what they index, that everything stored is well formed and
	/// inside its bounds, that counts match, and that everybody registered has an account.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_institutions()?;
		Self::try_state_issuers()?;
		Self::try_state_practitioners()?;
		Self::try_state_credentials()?;
		Self::try_state_holds()?;
		Self::try_state_oracles()?;
		Self::try_state_accounts()
	}
}
