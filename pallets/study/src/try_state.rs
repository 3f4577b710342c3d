//! What must hold after every block.

use crate::{
	attestations::element,
	studies::stated,
	types::{Damaged, GrowingTree, StudyStatus},
	AttestationRoots, Attestations, Config, NextStudy, Nullifiers, Pallet, Places, Studies,
};
use frame_support::{ensure, traits::Get};
use hdx_primitives::AttestationIndex;
use hdx_zk_circuits::{
	field::to_bytes,
	merkle::{Frontier, CAPACITY},
};
use sp_runtime::TryRuntimeError;

impl From<Damaged> for TryRuntimeError {
	fn from(_: Damaged) -> Self {
		"what is stored of attestations cannot be read".into()
	}
}

impl<T: Config> Pallet<T> {
	/// Checks that the count of each study is that of its nullifiers, that results are of cohorts, and that each tree of
	/// attestations is the one of its leaves.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_studies()?;
		Self::try_state_attestations()
	}

	fn try_state_studies() -> Result<(), TryRuntimeError> {
		let next = NextStudy::<T>::get();
		ensure!(next <= T::MaxStudies::get(), "there are too many studies");
		let counted = u32::try_from(Studies::<T>::iter_keys().count()).unwrap_or(u32::MAX);
		ensure!(counted == next, "a number has no study, or a study no number");
		for (id, record) in Studies::<T>::iter() {
			ensure!(id.0 < next, "a study came too early");
			ensure!(stated(id, &record.terms).is_ok(), "a study has terms that no proof can meet");
			ensure!(record.terms.minimum >= T::MinCohort::get(), "a study asks for too few");
			let nullifiers = Nullifiers::<T>::iter_key_prefix(id).count();
			let count = u32::try_from(nullifiers).unwrap_or(u32::MAX);
			ensure!(record.count == count, "the count of a study is not that of its nullifiers");
			let may_have = record.has_cohort()
				&& (record.status != StudyStatus::Open || Self::now() >= record.terms.until);
			ensure!(
				record.results.is_none() || may_have,
				"results are about too few, or too early"
			);
		}
		for (id, nullifier) in Nullifiers::<T>::iter_keys() {
			ensure!(Studies::<T>::contains_key(id), "a nullifier is of no study");
			ensure!(element(&nullifier).is_ok(), "a nullifier is no number");
		}
		Ok(())
	}

	fn try_state_attestations() -> Result<(), TryRuntimeError> {
		let growing = Self::growing()?;
		ensure!(growing.number < T::MaxAttestationTrees::get(), "there are too many trees");
		let mut leaves = 0usize;
		for number in 0..=growing.number {
			let tree = Self::rebuilt(number)?;
			if number == growing.number {
				ensure!(
					GrowingTree::of(number, &tree) == growing,
					"a tree is not that of its leaves"
				);
			} else {
				ensure!(tree.count() == CAPACITY, "a tree was left before it was full");
			}
			let newest = AttestationRoots::<T>::get(number, tree.count());
			let root = (tree.count() > 0).then(|| to_bytes(&tree.root()));
			ensure!(newest == root, "a tree has the root of another one");
			leaves = leaves.saturating_add(tree.count() as usize);
		}
		ensure!(Attestations::<T>::iter_keys().count() == leaves, "a leaf has no tree");
		// As many as there are leaves, and each leaf has its own: so no two are the same.
		ensure!(Places::<T>::iter_keys().count() == leaves, "a place has no leaf");
		ensure!(AttestationRoots::<T>::iter_keys().count() == leaves, "a root has no leaf");
		for (tree, count) in AttestationRoots::<T>::iter_keys() {
			let last = count.checked_sub(1).ok_or("a root is of an empty tree")?;
			ensure!(Attestations::<T>::contains_key(tree, last), "a root came too early");
		}
		Ok(())
	}

	/// A tree, from its leaves.
	fn rebuilt(number: u32) -> Result<Frontier, TryRuntimeError> {
		let mut tree = Frontier::of_attestations();
		while let Some(bytes) = Attestations::<T>::get(number, tree.count()) {
			let place = AttestationIndex { tree: number, leaf: tree.count() };
			let is_said = Places::<T>::iter_prefix_values(bytes).any(|said| said == place);
			ensure!(is_said, "a leaf is not where it is said to be");
			tree.append(element(&bytes)?).map_err(|_| "a leaf is empty, or one too many")?;
		}
		Ok(tree)
	}
}
