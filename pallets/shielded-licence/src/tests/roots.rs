//! The roots about which proofs count.

use crate::{mock::*, Roots};
use frame_support::assert_ok;

fn counts(root: hdx_primitives::PublicInput) -> bool {
	Hidden::is_root_recent(root)
}

#[test]
fn a_chain_without_a_licence_has_no_root() {
	on_chain(|| {
		assert_eq!(Hidden::root(), None);
		assert!(!counts([0; 32]));
	});
}

#[test]
fn the_present_root_counts_however_old_it_is() {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		blocks(10_000);
		assert!(counts(root()));
		assert!(!counts(leaf(9)));
	});
}

#[test]
fn a_root_counts_for_its_time_after_the_next_one_took_its_place() {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		let first = root();
		blocks(1_000);
		assert_ok!(enter(8, 2));
		assert!(counts(first) && counts(root()));
		blocks((ROOT_AGE / SLOT) as u32);
		assert!(counts(first));
		blocks(1);
		assert!(!counts(first) && counts(root()));
	});
}

#[test]
fn a_licence_that_was_removed_counts_no_longer_than_its_root() {
	on_chain(|| {
		assert_ok!(enter(8, 2));
		blocks(1);
		assert_ok!(enter(7, 1));
		let with_it = root();
		blocks(1);
		assert_ok!(remove(BOARD, 7));
		blocks((ROOT_AGE / SLOT) as u32 + 1);
		assert!(!counts(with_it));
		// The one from before it came is the present one again.
		assert!(counts(root()));
	});
}

#[test]
fn of_a_block_the_last_root_is_kept() {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		let first = root();
		assert_ok!(enter(8, 2));
		assert!(!counts(first) && counts(root()));
		assert_eq!(Roots::<Test>::get().unwrap().len(), 1);
	});
}

/// There are more roots than blocks in the time for which one counts.
#[test]
fn nobody_voids_a_root_that_counts_by_making_others() {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		let first = root();
		let within = ROOT_AGE / SLOT;
		for number in 0..=within {
			blocks(1);
			for twice in 0..2 {
				// Each of another licence: one has a leaf now and then.
				let other = 2 * number + twice;
				assert_ok!(enter(8 + other, 2 + other));
			}
			assert!(counts(first), "{number}");
		}
		blocks(1);
		assert_ok!(enter(8, 1_000));
		assert!(!counts(first));
		assert!(Roots::<Test>::get().unwrap().len() <= ROOTS as usize);
	});
}
