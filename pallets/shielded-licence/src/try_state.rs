//! What must hold after every block.

use crate::{
	tree::element,
	types::{Damaged, KeptRoot},
	AuditorInOffice, Auditors, Config, KnownKeys, KnownLeaves, Licences, NextPlace, Nodes,
	OldestDay, Pallet, Places, UsedRecipients, UsedSlots,
};
use alloc::collections::{btree_map::BTreeMap, btree_set::BTreeSet};
use frame_support::ensure;
use hdx_primitives::PublicInput;
use hdx_zk_circuits::{
	auditor::AuditorKey,
	field::to_bytes,
	merkle::{CredentialStore, KeptCredentials, CAPACITY},
	Fr,
};
use sp_runtime::{traits::Zero, TryRuntimeError};

impl From<Damaged> for TryRuntimeError {
	fn from(_: Damaged) -> Self {
		"what is stored of the tree cannot be read".into()
	}
}

/// The nodes in memory.
#[derive(Default)]
struct InMemory(BTreeMap<(u8, u32), [PublicInput; 4]>);

impl CredentialStore for InMemory {
	type Error = Damaged;

	fn children(&self, level: u8, parent: u32) -> Result<Option<[Fr; 4]>, Damaged> {
		let Some([a, b, c, d]) = self.0.get(&(level, parent)) else { return Ok(None) };
		Ok(Some([element(a)?, element(b)?, element(c)?, element(d)?]))
	}

	fn set_children(&mut self, level: u8, parent: u32, children: [Fr; 4]) {
		self.0.insert((level, parent), children.map(|child| to_bytes(&child)));
	}
}

impl<T: Config> Pallet<T> {
	/// Checks that the tree is the one of its licences, that no leaf and no place is there twice, that who has a leaf is known
	/// to have one, that roots are in order and the last one is the tree's, that auditors have the keys that they are found
	/// by, and that no slot is of a day that was forgotten.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let next = NextPlace::<T>::get();
		ensure!(next <= CAPACITY, "more places were given than there are");
		Self::try_state_places(next)?;
		let root = Self::try_state_tree(next)?;
		Self::try_state_roots(root)?;
		Self::try_state_slots()?;
		Self::try_state_auditors()
	}

	fn try_state_slots() -> Result<(), TryRuntimeError> {
		let oldest = OldestDay::<T>::get();
		for (day, nullifier, ()) in UsedSlots::<T>::iter() {
			let is_found = oldest.is_some_and(|oldest| oldest <= day);
			ensure!(is_found, "a slot is of a day that was forgotten");
			element(&nullifier)?;
		}
		// Each proof used up a key that is kept for ever, and a slot that is not.
		let slots = UsedSlots::<T>::iter_keys().count();
		ensure!(slots <= UsedRecipients::<T>::iter_keys().count(), "a slot was used without a key");
		Ok(())
	}

	fn try_state_places(next: u32) -> Result<(), TryRuntimeError> {
		let places: BTreeSet<u32> = Places::<T>::iter_values().map(|of| of.place).collect();
		ensure!(places.len() == Places::<T>::iter_keys().count(), "two licences share a place");
		let given = usize::try_from(next).unwrap_or(usize::MAX);
		let are_all = places.len() == given && places.last().is_none_or(|last| *last < next);
		ensure!(are_all, "a place was given to nobody, or too early");
		let mut leaves = BTreeSet::new();
		for (place, hidden) in Licences::<T>::iter() {
			let of = Places::<T>::get(hidden.licence);
			let is_there = of.is_some_and(|of| of.place == place);
			ensure!(is_there, "a licence is not where it is said to be");
			let is_later = of.is_some_and(|of| of.renewable_at > hidden.entered_at);
			ensure!(is_later, "another leaf could be entered at once");
			ensure!(KnownLeaves::<T>::contains_key(hidden.leaf), "a leaf could be entered again");
			ensure!(!element(&hidden.leaf)?.is_zero(), "a leaf is empty");
			let is_known = Self::was_entered(&hidden.practitioner);
			ensure!(is_known, "who has a leaf is not known to have one");
			ensure!(leaves.insert(hidden.leaf), "a leaf is there twice");
		}
		Ok(())
	}

	/// The nodes have to be those that the leaves lead to, on every level. Gives the root.
	fn try_state_tree(next: u32) -> Result<PublicInput, TryRuntimeError> {
		let mut tree = KeptCredentials(InMemory::default());
		// Places that are empty again have nodes too.
		for place in 0..next {
			let leaf = match Licences::<T>::get(place) {
				Some(hidden) => element(&hidden.leaf)?,
				None => Fr::zero(),
			};
			tree.set(place, leaf).map_err(|_| "a place is beyond the tree")?;
		}
		let stored: BTreeMap<_, _> = Nodes::<T>::iter().collect();
		ensure!(stored == tree.0 .0, "licences do not have their nodes");
		Ok(to_bytes(&tree.root().map_err(|_| "the tree has no root")?))
	}

	fn try_state_roots(root: PublicInput) -> Result<(), TryRuntimeError> {
		let roots = Self::roots()?;
		let follows =
			|one: &KeptRoot, other: &KeptRoot| one.block < other.block && one.since <= other.since;
		let mut pairs = roots.iter().zip(roots.iter().skip(1));
		ensure!(pairs.all(|(one, other)| follows(one, other)), "roots are out of order");
		let is_present = roots.last().is_none_or(|last| last.root == root);
		ensure!(is_present, "the last root is not that of the tree");
		let was_changed = NextPlace::<T>::get() > 0;
		ensure!(was_changed != roots.is_empty(), "a tree has no root, or a root no tree");
		Ok(())
	}

	fn try_state_auditors() -> Result<(), TryRuntimeError> {
		let count = Auditors::<T>::count();
		let mut found = 0u32;
		for (number, auditor) in Auditors::<T>::iter() {
			ensure!(number < count, "an auditor's number came too early");
			ensure!(AuditorKey::from_bytes(&auditor.key).is_ok(), "an auditor's key is none");
			let is_theirs = KnownKeys::<T>::get(auditor.key) == Some(number);
			ensure!(is_theirs, "a key is not found to be its auditor's");
			found = found.saturating_add(1);
		}
		ensure!(found == count, "the count of auditors is wrong");
		let keys = KnownKeys::<T>::iter_keys().count();
		ensure!(usize::try_from(count) == Ok(keys), "a key has no auditor");
		let in_office = AuditorInOffice::<T>::get();
		ensure!(in_office.is_none_or(|number| number < count), "nobody is in office");
		Ok(())
	}
}
