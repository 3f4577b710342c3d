//! From layout 2 to layout 3: break-glasses come with a reason and a review.
//!
//! Nothing that is stored is laid out anew. The cells of the role matrix that the shipped one has for
//! breaking the glass are written where there is none, and what was granted for `BTG` before, which no
//! review looks at, is withdrawn. All grants are looked at in one block, so the chain must be small
//! enough for that when it upgrades.

use crate::{
	pallet::Pallet, role_matrix::SHIPPED, Config, Grant, GrantStatus, Grants, PermittedActions,
	RoleMatrix,
};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::{
	migrations::VersionedMigration,
	traits::{Get, UncheckedOnRuntimeUpgrade},
	weights::Weight,
};
use hdx_primitives::engine::terminology::purpose::BTG;
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;

/// The migration, which runs on layout 2 only.
pub type MigrateV2ToV3<T> =
	VersionedMigration<2, 3, Unchecked<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// The migration without a look at the layout; only [`MigrateV2ToV3`] should run it.
pub struct Unchecked<T>(PhantomData<T>);

impl<T: Config> UncheckedOnRuntimeUpgrade for Unchecked<T> {
	fn on_runtime_upgrade() -> Weight {
		let mut writes = 0u64;
		let mut reads = 0u64;
		for (role, purpose, actions) in SHIPPED.iter().filter(|cell| cell.1 == BTG) {
			reads = reads.saturating_add(1);
			if !RoleMatrix::<T>::contains_key(role, purpose) {
				let actions = PermittedActions::truncate_from(actions.to_vec());
				RoleMatrix::<T>::insert(role, purpose, actions);
				writes = writes.saturating_add(1);
			}
		}
		// Collected first: what is iterated over must not change meanwhile.
		let unreviewed: Vec<_> = Grants::<T>::iter()
			.inspect(|_| reads = reads.saturating_add(1))
			.filter(|(_, grant)| {
				grant.request.purpose == BTG && grant.status == GrantStatus::Active
			})
			.collect();
		for (id, grant) in unreviewed {
			Grants::<T>::insert(id, Grant { status: GrantStatus::Revoked, ..grant });
			writes = writes.saturating_add(1);
		}
		T::DbWeight::get().reads_writes(reads, writes)
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(_: Vec<u8>) -> Result<(), TryRuntimeError> {
		Pallet::<T>::check_invariants()
	}
}
