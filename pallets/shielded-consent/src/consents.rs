//! Appending consents, and revoking them.

use crate::{
	trees::{element, revocations},
	types::{Damaged, GrowingTree, SnapshotRefusal},
	Config, Error, Event, FullTrees, Growing, Leaves, Pallet, Places,
};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, Proof, PublicInput, ShieldedIndex, Subject,
};
use hdx_zk_circuits::{
	circuits::{ConsentGrant, ConsentGrantPublic, ConsentRevoke, ConsentRevokePublic},
	field::{from_bytes, to_bytes},
	merkle::{Frontier, KeptError, TreeError, CAPACITY},
	Asked, Fr,
};
use sp_runtime::traits::Zero;

impl<T> From<Damaged> for Error<T> {
	fn from(_: Damaged) -> Self {
		Self::StateDamaged
	}
}

impl<T> From<KeptError<Damaged>> for Error<T> {
	fn from(error: KeptError<Damaged>) -> Self {
		match error {
			KeptError::Tree(TreeError::AlreadyRevoked(_)) => Self::AlreadyRevoked,
			KeptError::Tree(_) => Self::ConsentUnknown,
			KeptError::Damaged | KeptError::Store(Damaged) => Self::StateDamaged,
		}
	}
}

impl<T> From<SnapshotRefusal> for Error<T> {
	fn from(refusal: SnapshotRefusal) -> Self {
		match refusal {
			SnapshotRefusal::Unknown => Self::SnapshotUnknown,
			SnapshotRefusal::TooOld => Self::SnapshotTooOld,
			// The consent is known, so its tree came after the snapshot.
			SnapshotRefusal::TreeUnknown => Self::NotInSnapshot,
		}
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_append(
		signer: AccountId,
		bytes: PublicInput,
		version: u32,
		proof: &Proof,
	) -> DispatchResult {
		let leaf = from_bytes(&bytes).ok_or(Error::<T>::InputTooLarge)?;
		ensure!(!leaf.is_zero(), Error::<T>::EmptyLeaf);
		// A leaf is appended once, ever: its revocation would not hold for the second one.
		ensure!(!Places::<T>::contains_key(bytes), Error::<T>::AlreadyAppended);
		let (number, mut frontier) = Self::with_room()?;

		let context = Self::context_of::<ConsentGrant>(version, &signer, &Asked::Append { leaf });
		let public = ConsentGrantPublic { leaf, context };
		Self::verify::<ConsentGrant>(version, &public, proof)?;

		let at = frontier.append(leaf).map_err(|_| Error::<T>::StateDamaged)?;
		if frontier.count() == CAPACITY {
			FullTrees::<T>::insert(number, to_bytes(&frontier.root()));
		}
		Growing::<T>::put(GrowingTree::of(number, &frontier));
		Self::mark_changed(number).map_err(Error::<T>::from)?;
		let index = ShieldedIndex { tree: number, leaf: at };
		Leaves::<T>::insert(number, at, bytes);
		Places::<T>::insert(bytes, index);
		Self::log(AuditAction::ShieldedConsentAppended, Some(signer), index);
		Self::deposit_event(Event::ConsentAppended { index, leaf: bytes });
		Ok(())
	}

	/// The tree to which a leaf can be appended: the one that grows, or after a full one the next.
	fn with_room() -> Result<(u32, Frontier), Error<T>> {
		let growing = Self::growing()?;
		if growing.count < CAPACITY {
			return Ok((growing.number, growing.frontier()?));
		}
		let next = Self::next_tree(growing.number).ok_or(Error::NoRoom)?;
		Ok((next, Frontier::default()))
	}

	pub(crate) fn do_revoke(
		signer: AccountId,
		index: ShieldedIndex,
		snapshot: u32,
		version: u32,
		proof: &Proof,
	) -> DispatchResult {
		Self::ensure_stands(index)?;
		let ShieldedIndex { tree, leaf } = index;
		let roots = Self::roots_at(tree, snapshot).map_err(Error::<T>::from)?;
		ensure!(leaf < roots.count, Error::<T>::NotInSnapshot);

		let asked = Asked::Revoke { tree, leaf };
		let consent_root: Fr = element(&roots.consents).map_err(Error::<T>::from)?;
		let context = Self::context_of::<ConsentRevoke>(version, &signer, &asked);
		let public = ConsentRevokePublic { consent_root, index: leaf, context };
		Self::verify::<ConsentRevoke>(version, &public, proof)?;

		Self::set_revoked(Some(signer), index)
	}

	pub(crate) fn do_revoke_by_governance(index: ShieldedIndex) -> DispatchResult {
		Self::ensure_stands(index)?;
		Self::set_revoked(None, index)
	}

	/// Fails where nothing was appended, or where it is revoked.
	fn ensure_stands(ShieldedIndex { tree, leaf }: ShieldedIndex) -> Result<(), Error<T>> {
		ensure!(leaf < Self::count_of(tree)?, Error::ConsentUnknown);
		ensure!(!revocations::<T>(tree).is_revoked(leaf)?, Error::AlreadyRevoked);
		Ok(())
	}

	fn set_revoked(by: Option<AccountId>, index: ShieldedIndex) -> DispatchResult {
		revocations::<T>(index.tree).revoke(index.leaf).map_err(Error::<T>::from)?;
		Self::mark_changed(index.tree).map_err(Error::<T>::from)?;
		Self::log(AuditAction::ShieldedConsentRevoked, by, index);
		Self::deposit_event(Event::ConsentRevoked { index });
		Ok(())
	}

	fn log(action: AuditAction, actor: Option<AccountId>, index: ShieldedIndex) {
		T::Audit::record(AuditEvent {
			actor,
			subject: Subject::ShieldedConsent { index },
			..AuditEvent::new(action)
		});
	}
}
