//! What holds after any calls in any order.

use crate::{mock::*, Error, Pallet, Snapshot, TreeRoots};
use hdx_primitives::{ProofRefusal, PublicInput, ShieldedIndex};
use hdx_zk_circuits::{
	field::{from_bytes, to_bytes},
	merkle::{ConsentTree, RevocationTree},
};
use proptest::{collection::vec, prelude::*};
use std::collections::BTreeMap;

/// What may be done.
#[derive(Clone, Debug)]
enum Step {
	Append(u64),
	Revoke { leaf: u32, snapshots_ago: u32 },
	Govern(u32),
	Blocks(u32),
	Stand(u64),
	Suspend(bool),
}

fn any_step() -> impl Strategy<Value = Step> {
	prop_oneof![
		6 => (0..12u64).prop_map(Step::Append),
		4 => (0..10u32, 0..5u32)
			.prop_map(|(leaf, snapshots_ago)| Step::Revoke { leaf, snapshots_ago }),
		1 => (0..10u32).prop_map(Step::Govern),
		5 => (1..9u32).prop_map(Step::Blocks),
		1 => (0..2 * MaxSnapshotAge::get().0).prop_map(Step::Stand),
		1 => prop::bool::weighted(0.3).prop_map(Step::Suspend),
	]
}

/// The chain as it ought to be.
#[derive(Default)]
struct Model {
	leaves: Vec<u64>,
	revoked: RevocationTree,
	is_suspended: bool,
	/// Each snapshot with what it knew.
	known: BTreeMap<u32, (Snapshot, PublicInput, PublicInput, u32)>,
}

impl Model {
	fn consents(&self) -> PublicInput {
		let mut tree = ConsentTree::default();
		for number in &self.leaves {
			tree.append(from_bytes(&leaf(*number)).unwrap()).unwrap();
		}
		to_bytes(&tree.root())
	}

	fn append(&mut self, number: u64) -> Result<(), Error<Test>> {
		if number == 0 {
			return Err(Error::EmptyLeaf);
		}
		if self.leaves.contains(&number) {
			return Err(Error::AlreadyAppended);
		}
		if self.is_suspended {
			return Err(Error::CircuitNotActive);
		}
		self.leaves.push(number);
		Ok(())
	}

	fn ensure_stands(&self, leaf: u32) -> Result<(), Error<Test>> {
		if leaf as usize >= self.leaves.len() {
			return Err(Error::ConsentUnknown);
		}
		if self.revoked.is_revoked(leaf) {
			return Err(Error::AlreadyRevoked);
		}
		Ok(())
	}

	/// Blocks go by, one at a time, and snapshots with them.
	fn blocks(&mut self, count: u32) {
		for _ in 0..count {
			let before =
				(self.consents(), to_bytes(&self.revoked.root()), self.leaves.len() as u32);
			blocks(1);
			if System::block_number().is_multiple_of(PERIOD) {
				let taken = *crate::Moments::<Test>::get().unwrap().last().unwrap();
				let (consents, revocations, count) = before;
				self.known.insert(taken.number, (taken, consents, revocations, count));
			}
		}
	}

	/// Each snapshot that counts has the roots that there were, and no other snapshot has any.
	fn check(&self) {
		let now = Pallet::<Test>::now().0;
		let last = self.known.keys().last().copied();
		for (number, (snapshot, consents, revocations, count)) in &self.known {
			let young = now.saturating_sub(snapshot.at.0) <= MaxSnapshotAge::get().0;
			let counts = young && last.is_some_and(|last| number + COUNTED > last);
			let found = Shielded::roots(0, *number);
			if counts && *count > 0 {
				let expected = TreeRoots {
					consents: *consents,
					revocations: *revocations,
					count: *count,
					at: snapshot.at,
				};
				assert_eq!(found, Ok(expected));
			} else {
				assert!(found.is_err());
			}
		}
	}
}

fn run(steps: Vec<Step>) {
	Refusal::set(None);
	new_test_ext().execute_with(|| {
		let mut model = Model::default();
		for step in steps {
			match step {
				Step::Append(number) => {
					let expected = model.append(number);
					assert_eq!(append(number), expected.map_err(Into::into));
				},
				Step::Revoke { leaf, snapshots_ago } => {
					let Some(last) = model.known.keys().last().copied() else { continue };
					let Some(number) = last.checked_sub(snapshots_ago) else { continue };
					let roots = Shielded::roots(0, number);
					let root = roots.map(|roots| roots.consents).unwrap_or(crate::mock::leaf(1));
					let expected = model
						.ensure_stands(leaf)
						.and_then(|()| roots.map_err(Error::from))
						.and_then(|roots| match leaf < roots.count {
							true if model.is_suspended => Err(Error::CircuitNotActive),
							true => Ok(()),
							false => Err(Error::NotInSnapshot),
						});
					let index = at(leaf);
					let proof = revoke_proof(&sender(1), index, root);
					let call = Shielded::revoke(signed(sender(1)), index, number, VERSION, proof);
					if expected.is_ok() {
						model.revoked.revoke(leaf).unwrap();
					}
					assert_eq!(call, expected.map_err(Into::into));
				},
				Step::Govern(leaf) => {
					let expected = model.ensure_stands(leaf);
					if expected.is_ok() {
						model.revoked.revoke(leaf).unwrap();
					}
					let index = ShieldedIndex { tree: 0, leaf };
					let call = Shielded::revoke_by_governance(governance(), index);
					assert_eq!(call, expected.map_err(Into::into));
				},
				Step::Blocks(count) => model.blocks(count),
				// Time goes by without a block.
				Step::Stand(milliseconds) => {
					let now = Pallet::<Test>::now().0;
					pallet_timestamp::Now::<Test>::put(now + milliseconds);
				},
				Step::Suspend(is_suspended) => {
					model.is_suspended = is_suspended;
					Refusal::set(is_suspended.then_some(ProofRefusal::CircuitNotActive));
				},
			}
			model.check();
			assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
			for leaf in 0..model.leaves.len() as u32 {
				assert_eq!(Shielded::is_revoked(at(leaf)), Some(model.revoked.is_revoked(leaf)));
			}
		}
		assert_eq!(log().len(), model.leaves.len() + revocations(&model));
	});
}

fn revocations(model: &Model) -> usize {
	(0..model.leaves.len() as u32).filter(|leaf| model.revoked.is_revoked(*leaf)).count()
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

	#[test]
	fn any_calls_leave_the_trees_as_they_ought_to_be(steps in vec(any_step(), 1..30)) {
		run(steps);
	}
}
