//! The check of invariants notices each way in which break-glasses by proof can be wrong.

use super::emergency::*;
use crate::{mock::*, ConfirmedGrants, ProvenOverrides};
use hdx_primitives::{EmergencyEvidence, GrantId, H256};
use sp_runtime::TryRuntimeError;

fn assert_noticed(spoil: impl FnOnce([GrantId; 2]), complaint: &'static str) {
	genesis().execute_with(|| {
		let grants = [1, 2].map(|nullifier| broken_by_proof(emergency(), nullifier));
		assert_eq!(RecordAccess::check_invariants(), Ok(()));
		spoil(grants);
		assert_eq!(RecordAccess::check_invariants(), Err(TryRuntimeError::Other(complaint)));
	});
}

fn change(how: impl FnOnce(&mut EmergencyEvidence), complaint: &'static str) {
	let spoil = |[one, _]: [GrantId; 2]| {
		ProvenOverrides::<Test>::mutate(one, |evidence| how(evidence.as_mut().unwrap()))
	};
	assert_noticed(spoil, complaint);
}

#[test]
fn try_state_fails_when_a_break_glass_was_neither_proven_nor_signed_with_the_second_key() {
	let complaint = "a break-glass was not signed with the second key";
	assert_noticed(|[one, _]| ProvenOverrides::<Test>::remove(one), complaint);
	assert_noticed(|[one, _]| ConfirmedGrants::<Test>::insert(one, ()), complaint);
}

#[test]
fn try_state_fails_when_a_proof_is_of_no_break_glass() {
	assert_noticed(
		|[one, _]| {
			let evidence = ProvenOverrides::<Test>::get(one).unwrap();
			let other =
				EmergencyEvidence { nullifier: [8; 32], recipient: H256([8; 32]), ..evidence };
			ProvenOverrides::<Test>::insert(GrantId(9), other);
		},
		"a proof of an emergency is of no break-glass",
	);
}

#[test]
fn try_state_fails_when_a_slot_or_a_key_counted_twice() {
	change(|evidence| evidence.nullifier = [2; 32], "a slot counted twice");
	change(|evidence| evidence.recipient = H256([2; 32]), "a recipient's key was taken twice");
}
