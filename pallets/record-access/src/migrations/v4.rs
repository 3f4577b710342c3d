//! From layout 3 to layout 4: the terms of emergencies say how often a day the glass may be broken by proof.
//!
//! Terms that governance set are kept, with the number that is shipped.

use crate::{pallet::Pallet, Config, EmergencyTerms, EmergencyTermsInForce};
use codec::{Decode, Encode};
use core::marker::PhantomData;
use frame_support::{
	migrations::VersionedMigration,
	traits::{Get, UncheckedOnRuntimeUpgrade},
	weights::Weight,
};
use hdx_primitives::Milliseconds;
#[cfg(feature = "try-runtime")]
use {alloc::vec::Vec, sp_runtime::TryRuntimeError};

/// The terms as layout 3 has them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct EmergencyTermsV3 {
	/// Longest time for which a grant may be asked.
	pub max_duration: Milliseconds,
	/// How many disclosures may be made under such a grant.
	pub uses: u32,
	/// How long after it a break-glass has to be reviewed.
	pub review_within: Milliseconds,
	/// How many reviews of an institution may be overdue.
	pub max_overdue: u32,
}

/// The migration, which runs on layout 3 only.
pub type MigrateV3ToV4<T> =
	VersionedMigration<3, 4, Unchecked<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// The migration without a look at the layout; only [`MigrateV3ToV4`] should run it.
pub struct Unchecked<T>(PhantomData<T>);

impl<T: Config> UncheckedOnRuntimeUpgrade for Unchecked<T> {
	fn on_runtime_upgrade() -> Weight {
		let proofs_a_day = T::DefaultEmergencyTerms::get().proofs_a_day;
		// What cannot be read is left as it is, and the terms that are shipped hold, as before.
		let _ = EmergencyTermsInForce::<T>::translate::<EmergencyTermsV3, _>(|old| {
			let EmergencyTermsV3 { max_duration, uses, review_within, max_overdue } = old?;
			Some(EmergencyTerms { max_duration, uses, review_within, max_overdue, proofs_a_day })
		});
		T::DbWeight::get().reads_writes(1, 1)
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(_: Vec<u8>) -> Result<(), TryRuntimeError> {
		Pallet::<T>::check_invariants()
	}
}
