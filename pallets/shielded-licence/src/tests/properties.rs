//! What holds after any calls in any order.

use crate::{mock::*, Error, Pallet};
use frame_support::dispatch::DispatchResult;
use hdx_primitives::{CredentialId, PublicInput};
use hdx_zk_circuits::{
	domain::Domain4,
	field::{from_bytes, to_bytes},
	merkle::{SparseTree, LEVELS},
	Fr,
};
use proptest::{collection::vec, prelude::*};
use std::collections::{BTreeMap, BTreeSet};

/// What may be done.
#[derive(Clone, Debug)]
enum Step {
	Enter { licence: u64, number: u64 },
	Remove { licence: u64, by_issuer: bool },
	Govern(u64),
	End(u64),
	Blocks(u32),
}

fn any_step() -> impl Strategy<Value = Step> {
	prop_oneof![
		6 => (0..6u64, 0..12u64).prop_map(|(licence, number)| Step::Enter { licence, number }),
		3 => (0..6u64, any::<bool>())
			.prop_map(|(licence, by_issuer)| Step::Remove { licence, by_issuer }),
		1 => (0..6u64).prop_map(Step::Govern),
		1 => (0..6u64).prop_map(Step::End),
		4 => (1..5u32).prop_map(Step::Blocks),
	]
}

/// The chain as it ought to be.
#[derive(Default)]
struct Model {
	places: Vec<u64>,
	entered: BTreeMap<u64, u64>,
	/// In which block, counted from the beginning, the last leaf of each came.
	last: BTreeMap<u64, u32>,
	block: u32,
	known: BTreeSet<u64>,
	ended: Vec<CredentialId>,
}

impl Model {
	fn enter(&mut self, licence: u64, number: u64) -> Result<(), Error<Test>> {
		if number == 0 {
			return Err(Error::EmptyLeaf);
		}
		if self.known.contains(&number) {
			return Err(Error::LeafUsed);
		}
		if self.ended.contains(&CredentialId(licence)) {
			return Err(Error::LicenceDoesNotStand);
		}
		let last = self.last.get(&licence);
		if last.is_some_and(|last| self.block - last < BLOCKS_BETWEEN) {
			return Err(Error::EnteredLately);
		}
		self.last.insert(licence, self.block);
		if !self.places.contains(&licence) {
			self.places.push(licence);
		}
		self.known.insert(number);
		self.entered.insert(licence, number);
		Ok(())
	}

	fn remove(&mut self, licence: u64, may: bool) -> Result<(), Error<Test>> {
		if !self.entered.contains_key(&licence) {
			return Err(Error::LicenceNotEntered);
		}
		if !may && !self.ended.contains(&CredentialId(licence)) {
			return Err(Error::LicenceStands);
		}
		self.entered.remove(&licence);
		Ok(())
	}

	fn root(&self) -> Option<PublicInput> {
		if self.places.is_empty() {
			return None;
		}
		let mut tree = SparseTree::<LEVELS>::new(Domain4::CredentialNode);
		for (place, licence) in (0..).zip(&self.places) {
			let number = self.entered.get(licence).copied().unwrap_or_default();
			let leaf: Fr = from_bytes(&leaf(number)).unwrap();
			tree.set(place, leaf).unwrap();
		}
		Some(to_bytes(&tree.root()))
	}
}

fn go(model: &mut Model, step: Step) {
	match step {
		Step::Enter { licence, number } => {
			let expected: DispatchResult = model.enter(licence, number).map_err(Into::into);
			assert_eq!(enter(licence, number), expected);
		},
		Step::Remove { licence, by_issuer } => {
			let expected: DispatchResult = model.remove(licence, by_issuer).map_err(Into::into);
			let who = if by_issuer { BOARD } else { STRANGER };
			assert_eq!(remove(who, licence), expected);
		},
		Step::Govern(licence) => {
			let expected: DispatchResult = model.remove(licence, true).map_err(Into::into);
			let done = Hidden::remove_licence_by_governance(governance(), CredentialId(licence));
			assert_eq!(done, expected);
		},
		Step::End(licence) => {
			model.ended.push(CredentialId(licence));
			Ended::set(model.ended.clone());
		},
		Step::Blocks(count) => {
			model.block += count;
			blocks(count);
		},
	}
	assert_eq!(Hidden::root(), model.root());
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]

	#[test]
	fn the_tree_is_that_of_the_licences_that_were_entered_and_not_removed(
		steps in vec(any_step(), 1..24),
	) {
		Ended::set(Vec::new());
		BoardMayAct::set(true);
		new_test_ext().execute_with(|| {
			let mut model = Model::default();
			for step in steps {
				go(&mut model, step);
			}
			assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		});
	}
}
