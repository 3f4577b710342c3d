//! The trees of attestations.
//!
//! Nothing is ever taken out of them, so whatever a proof says of a tree as it once was is true of it now. Every root is
//! kept: a proof names how many leaves the tree had, and nobody voids it by appending another one.

use crate::{
	types::{Damaged, GrowingTree},
	AttestationRoots, Attestations, Config, Error, Event, Growing, Pallet, Places,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use hdx_primitives::{
	AccountId, AttestationIndex, AuditAction, AuditEvent, AuditSink, ProviderDirectory,
	PublicInput, Subject,
};
use hdx_zk_circuits::{
	field::{from_bytes, to_bytes},
	merkle::{Frontier, CAPACITY},
	Fr,
};
use sp_runtime::traits::Zero;

impl<T> From<Damaged> for Error<T> {
	fn from(_: Damaged) -> Self {
		Self::StateDamaged
	}
}

/// An element that was stored.
pub(crate) fn element(bytes: &PublicInput) -> Result<Fr, Damaged> {
	from_bytes(bytes).ok_or(Damaged)
}

impl GrowingTree {
	/// It as it is stored.
	pub(crate) fn of(number: u32, frontier: &Frontier) -> Self {
		let nodes = frontier.nodes().map(|level| level.map(|node| to_bytes(&node)));
		Self { number, count: frontier.count(), nodes }
	}

	/// It as one can append to it.
	pub(crate) fn frontier(&self) -> Result<Frontier, Damaged> {
		let empty = Frontier::of_attestations();
		let mut nodes = *empty.nodes();
		for (node, bytes) in nodes.iter_mut().flatten().zip(self.nodes.iter().flatten()) {
			*node = element(bytes)?;
		}
		empty.restored(self.count, nodes).map_err(|_| Damaged)
	}
}

impl<T: Config> Pallet<T> {
	/// The tree that grows. What is stored and cannot be read is never taken for an empty one, which would grow over it.
	pub(crate) fn growing() -> Result<GrowingTree, Damaged> {
		match Growing::<T>::get() {
			Some(tree) => Ok(tree),
			None if Growing::<T>::exists() => Err(Damaged),
			None => Ok(GrowingTree::default()),
		}
	}

	/// The tree to which a leaf can be appended: the one that grows, or after a full one the next.
	fn with_room() -> Result<(u32, Frontier), Error<T>> {
		let growing = Self::growing()?;
		if growing.count < CAPACITY {
			return Ok((growing.number, growing.frontier()?));
		}
		let next = growing.number.saturating_add(1);
		ensure!(next < T::MaxAttestationTrees::get(), Error::<T>::NoRoom);
		Ok((next, Frontier::of_attestations()))
	}

	pub(crate) fn do_attest(who: AccountId, bytes: PublicInput) -> DispatchResult {
		let institution = T::Providers::operated_by(&who).ok_or(Error::<T>::NotAnInstitution)?;
		let leaf = from_bytes(&bytes).ok_or(Error::<T>::InputTooLarge)?;
		ensure!(!leaf.is_zero(), Error::<T>::EmptyLeaf);
		// Only its own: whoever saw another one's leaf before it was in a block would else take it off them. Twice in the
		// trees, it proves no more than once: what counts a patient knows nothing of places.
		let is_there = Places::<T>::contains_key(bytes, institution);
		ensure!(!is_there, Error::<T>::AlreadyAttested);
		let (tree, mut frontier) = Self::with_room()?;

		let at = frontier.append(leaf).map_err(|_| Error::<T>::StateDamaged)?;
		Growing::<T>::put(GrowingTree::of(tree, &frontier));
		AttestationRoots::<T>::insert(tree, frontier.count(), to_bytes(&frontier.root()));
		let index = AttestationIndex { tree, leaf: at };
		Attestations::<T>::insert(tree, at, bytes);
		Places::<T>::insert(bytes, institution, index);
		T::Audit::record(AuditEvent {
			actor: Some(who),
			on_behalf_of: Some(institution),
			subject: Subject::Attestation { index },
			..AuditEvent::new(AuditAction::AttestationAppended)
		});
		Self::deposit_event(Event::Attested { index, leaf: bytes, institution });
		Ok(())
	}
}
