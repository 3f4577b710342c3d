//! The chambers with which a chain starts.

use crate::{Config, Error, Pace, Pallet};
use hdx_primitives::{AccountId, InstitutionId};

impl<T: Config> Pallet<T> {
	/// Fills both chambers. The genesis of the institutions comes before.
	pub(crate) fn build_genesis(
		institutions: &[u32],
		representatives: &[AccountId],
		pace: Option<u32>,
	) -> Result<(), Error<T>> {
		for institution in institutions {
			Self::insert_seat(InstitutionId(*institution))?;
		}
		for representative in representatives {
			Self::insert_representative(representative)?;
		}
		if let Some(pace) = pace {
			Pace::<T>::put(pace);
		}
		Ok(())
	}
}
