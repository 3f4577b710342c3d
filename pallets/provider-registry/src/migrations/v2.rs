//! From layout 1 to layout 2: a practitioner has several credentials, each with a number, and a
//! suspension has a reason.
//!
//! The one credential of before becomes the first of the list, attested when the practitioner was
//! enrolled. A suspension of before gets the reason [`SuspensionReason::Administrative`]. Layout 1
//! let credentials share a commitment; of those of one issuer the first stays the one that is found by
//! it, and the others get a commitment derived from theirs and their number, so that none is found in
//! place of another.
//!
//! All practitioners are translated in one block, so the chain must be small enough for that when it
//! upgrades.

use crate::{
	pallet::Pallet, Config, Credential, CredentialIssuer, CredentialKind, CredentialStatus,
	CredentialsByCommitment, Institution, InstitutionKind, InstitutionStatus, Institutions,
	Members, NextCredentialId, Practitioner, PractitionerOf, PractitionerStatus, Practitioners,
	RoleAssignment, SuspensionReason,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use core::marker::PhantomData;
use frame_support::{
	migrations::VersionedMigration,
	traits::{Get, UncheckedOnRuntimeUpgrade},
	weights::Weight,
	BoundedVec,
};
use hdx_primitives::{
	operation_hash, AccountId, Commitment, CredentialId, InstitutionId, Milliseconds, Period,
};
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;

/// The migration, which runs on layout 1 only.
pub type MigrateV1ToV2<T> =
	VersionedMigration<1, 2, Unchecked<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// Whether somebody may act, as layout 1 has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum StatusV1 {
	/// They may.
	Active,
	/// They may not.
	Suspended,
}

/// An institution, as layout 1 has it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct InstitutionV1 {
	/// The account that acts for it.
	pub operator: AccountId,
	/// What it is.
	pub kind: InstitutionKind,
	/// Whether it may act.
	pub status: StatusV1,
	/// BLAKE2-256 of its public description.
	pub profile: [u8; 32],
	/// When it was registered.
	pub registered_at: Milliseconds,
}

/// Who attests a credential, as layout 1 has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum IssuerV1 {
	/// An institution.
	Institution(InstitutionId),
}

/// A credential, as layout 1 has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct CredentialV1 {
	/// What it attests.
	pub kind: CredentialKind,
	/// Who attests it.
	pub issuer: IssuerV1,
	/// Salted commitment to the document.
	pub commitment: Commitment,
	/// When it holds.
	pub valid: Period,
	/// Whether it stands. Layout 1 knows valid and revoked.
	pub status: CredentialStatus,
}

/// A practitioner, as layout 1 has it.
#[derive(Encode, Decode)]
#[codec(mel_bound())]
#[codec(encode_bound())]
#[codec(decode_bound())]
pub struct PractitionerV1<T: Config> {
	/// The institution that enrolled them.
	pub enrolled_by: InstitutionId,
	/// Whether they may act.
	pub status: StatusV1,
	/// For whom they may act.
	pub affiliations: BoundedVec<InstitutionId, T::MaxAffiliations>,
	/// In which roles.
	pub roles: BoundedVec<RoleAssignment, T::MaxRoles>,
	/// By which attestation.
	pub credential: CredentialV1,
	/// BLAKE2-256 of their X-Wing public key.
	pub key_agreement: [u8; 32],
	/// When they were enrolled.
	pub enrolled_at: Milliseconds,
}

impl From<InstitutionV1> for Institution {
	fn from(old: InstitutionV1) -> Self {
		Self {
			operator: old.operator,
			kind: old.kind,
			status: match old.status {
				StatusV1::Active => InstitutionStatus::Active,
				StatusV1::Suspended => {
					InstitutionStatus::Suspended(SuspensionReason::Administrative)
				},
			},
			profile: old.profile,
			registered_at: old.registered_at,
		}
	}
}

impl<T: Config> PractitionerV1<T> {
	/// The same practitioner in layout 2, whose credential has this number and commitment.
	fn migrated(self, id: CredentialId, commitment: Commitment) -> PractitionerOf<T> {
		let IssuerV1::Institution(issuer) = self.credential.issuer;
		let credential = Credential {
			id,
			kind: self.credential.kind,
			issuer: CredentialIssuer::Institution(issuer),
			commitment,
			valid: self.credential.valid,
			status: self.credential.status,
			attested_at: self.enrolled_at,
			check: None,
			finding: None,
		};
		Practitioner {
			enrolled_by: self.enrolled_by,
			status: match self.status {
				StatusV1::Active => PractitionerStatus::Active,
				StatusV1::Suspended => {
					PractitionerStatus::Suspended(SuspensionReason::Administrative)
				},
			},
			affiliations: self.affiliations,
			roles: self.roles,
			// There is room for one: the integrity test of the pallet asks for that.
			credentials: BoundedVec::truncate_from(alloc::vec![credential]),
			key_agreement: self.key_agreement,
			enrolled_at: self.enrolled_at,
		}
	}
}

/// By what a migrated practitioner and their credential are to be found.
struct Moved {
	account: AccountId,
	issuer: InstitutionId,
	commitment: Commitment,
	id: CredentialId,
	affiliations: Vec<InstitutionId>,
}

/// The migration without a look at the layout; only [`MigrateV1ToV2`] should run it.
pub struct Unchecked<T>(PhantomData<T>);

impl<T: Config> UncheckedOnRuntimeUpgrade for Unchecked<T> {
	fn on_runtime_upgrade() -> Weight {
		let mut institutions = 0u64;
		Institutions::<T>::translate::<InstitutionV1, _>(|_, old| {
			institutions = institutions.saturating_add(1);
			Some(old.into())
		});
		let mut writes = institutions;
		let mut next = 0u64;
		// Written afterwards: no other map is changed while this one is walked.
		let mut moved: Vec<Moved> = Vec::new();
		let mut used = alloc::collections::BTreeSet::new();
		Practitioners::<T>::translate::<PractitionerV1<T>, _>(|account, old| {
			let id = CredentialId(next);
			next = next.saturating_add(1);
			let IssuerV1::Institution(issuer) = old.credential.issuer;
			let mut commitment = old.credential.commitment;
			if !used.insert((commitment.0, issuer)) {
				commitment = Commitment(operation_hash(&(commitment, id)).0);
				used.insert((commitment.0, issuer));
			}
			let affiliations = old.affiliations.to_vec();
			moved.push(Moved { account, issuer, commitment, id, affiliations });
			Some(old.migrated(id, commitment))
		});
		for Moved { account, issuer, commitment, id, affiliations } in moved {
			for institution in affiliations {
				Members::<T>::insert(institution, &account, ());
				writes = writes.saturating_add(1);
			}
			let issuer = CredentialIssuer::Institution(issuer);
			CredentialsByCommitment::<T>::insert(commitment, issuer, (account, id));
			writes = writes.saturating_add(2);
		}
		NextCredentialId::<T>::put(CredentialId(next));
		let reads = institutions.saturating_add(next);
		T::DbWeight::get().reads_writes(reads, writes.saturating_add(1))
	}

	#[cfg(feature = "try-runtime")]
	fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
		let institutions = count(Institutions::<T>::iter_keys().count());
		Ok((institutions, count(Practitioners::<T>::iter_keys().count())).encode())
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
		let institutions = count(Institutions::<T>::iter().count());
		let after = (institutions, count(Practitioners::<T>::iter().count()));
		let before = <(u64, u64)>::decode(&mut before.as_slice())
			.map_err(|_| "what was counted before the migration cannot be read")?;
		frame_support::ensure!(
			before == after,
			"the migration lost an institution or a practitioner"
		);
		Pallet::<T>::do_try_state()
	}
}

#[cfg(feature = "try-runtime")]
fn count(items: usize) -> u64 {
	u64::try_from(items).unwrap_or(u64::MAX)
}
