//! Who ever had a licence in the tree.

use crate::mock::*;
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{CredentialId, EmergencyProofs};

#[test]
fn who_ever_had_a_leaf_stays_known_after_it_was_removed() {
	on_chain(|| {
		let practitioner = holder(CredentialId(7));
		assert!(!Hidden::ever_had_licence(&practitioner));
		assert_ok!(enter(7, 1));
		assert_ok!(remove(BOARD, 7));
		assert!(Hidden::ever_had_licence(&practitioner));
		assert!(Hidden::ever_entered(practitioner));
		assert!(!Hidden::ever_had_licence(&STRANGER));
	});
}

#[test]
fn who_had_a_leaf_under_another_account_is_known() {
	on_chain(|| {
		// The holder of the licence began under another account, and went on under a third one.
		let (before, after) = (STRANGER, OPERATOR);
		let practitioner = holder(CredentialId(7));
		Later::set(vec![(practitioner, before.clone()), (after.clone(), before.clone())]);
		assert_ok!(enter(7, 1));
		for account in [before, holder(CredentialId(7)), after] {
			assert!(Hidden::ever_had_licence(&account));
		}
		assert!(!Hidden::ever_had_licence(&BOARD));
	});
}

#[test]
fn whose_leaf_was_refused_is_not_known() {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		assert_noop!(enter(8, 1), crate::Error::<Test>::LeafUsed);
		assert!(!Hidden::ever_had_licence(&holder(CredentialId(8))));
	});
}
