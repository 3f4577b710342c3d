//! From layout 1 to layout 2: the obligations of a grant can name periods and references, beside
//! codes. Those of before name codes; what they withhold stays the same.
//!
//! All grants are translated in one block, so the chain must be small enough for that when it
//! upgrades.

use crate::{pallet::Pallet, Config, Grant, GrantStatus, GrantedRequest, Grants};
#[cfg(feature = "try-runtime")]
use alloc::vec::Vec;
use codec::{Decode, Encode};
use core::marker::PhantomData;
use frame_support::{
	migrations::VersionedMigration,
	traits::{ConstU32, Get, UncheckedOnRuntimeUpgrade},
	weights::Weight,
	BoundedVec,
};
use hdx_primitives::{
	engine::{Basis, DataFilter, Obligation, ObligationCodes, Obligations, MAX_OBLIGATIONS},
	AccountId, Milliseconds, Target,
};
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;

/// The migration, which runs on layout 1 only.
pub type MigrateV1ToV2<T> =
	VersionedMigration<1, 2, Unchecked<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// An obligation, as layout 1 has it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum ObligationV1 {
	/// Withhold whatever carries one of these codes.
	Redact {
		/// The codes.
		codes: ObligationCodes,
	},
	/// Withhold whatever carries none of these codes.
	RedactExcept {
		/// The codes.
		any_of: ObligationCodes,
	},
}

impl From<ObligationV1> for Obligation {
	fn from(old: ObligationV1) -> Self {
		match old {
			ObligationV1::Redact { codes } => Self::Redact(DataFilter::of_codes(codes)),
			ObligationV1::RedactExcept { any_of } => {
				Self::RedactExcept(DataFilter::of_codes(any_of))
			},
		}
	}
}

/// A grant, as layout 1 has it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct GrantV1 {
	/// Who may use it.
	pub grantee: AccountId,
	/// What was asked for.
	pub request: GrantedRequest,
	/// About whom.
	pub patient: AccountId,
	/// Which of the patient's records.
	pub target: Target,
	/// What has to be withheld.
	pub obligations: BoundedVec<ObligationV1, ConstU32<MAX_OBLIGATIONS>>,
	/// When it was issued.
	pub issued_at: Milliseconds,
	/// The first moment at which it no longer holds.
	pub expires_at: Milliseconds,
	/// How many disclosures may still be made under it.
	pub uses_left: u32,
	/// The consent it was issued under.
	pub basis: Option<Basis>,
	/// Whether it was withdrawn.
	pub status: GrantStatus,
}

impl From<GrantV1> for Grant {
	fn from(old: GrantV1) -> Self {
		// As many as before, so none is cut off.
		let obligations = old.obligations.into_iter().map(Obligation::from).collect();
		Self {
			grantee: old.grantee,
			request: old.request,
			patient: old.patient,
			target: old.target,
			obligations: Obligations::truncate_from(obligations),
			issued_at: old.issued_at,
			expires_at: old.expires_at,
			uses_left: old.uses_left,
			basis: old.basis,
			status: old.status,
		}
	}
}

/// The migration without a look at the layout; only [`MigrateV1ToV2`] should run it.
pub struct Unchecked<T>(PhantomData<T>);

impl<T: Config> UncheckedOnRuntimeUpgrade for Unchecked<T> {
	fn on_runtime_upgrade() -> Weight {
		let mut migrated = 0u64;
		Grants::<T>::translate::<GrantV1, _>(|_, old| {
			migrated = migrated.saturating_add(1);
			Some(old.into())
		});
		T::DbWeight::get().reads_writes(migrated, migrated)
	}

	#[cfg(feature = "try-runtime")]
	fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
		Ok(grants::<T>().encode())
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
		let before = u64::decode(&mut before.as_slice())
			.map_err(|_| "what was counted before the migration cannot be read")?;
		let after = u64::try_from(Grants::<T>::iter().count()).unwrap_or(u64::MAX);
		frame_support::ensure!(before == after, "the migration lost a grant");
		Pallet::<T>::check_invariants()
	}
}

#[cfg(feature = "try-runtime")]
fn grants<T: Config>() -> u64 {
	u64::try_from(Grants::<T>::iter_keys().count()).unwrap_or(u64::MAX)
}
