//! Bounds and weights.

use crate::{mock::*, Call, CredentialKind, Pallet};
use frame_support::{dispatch::GetDispatchInfo, traits::Hooks};
use hdx_primitives::{Commitment, Role};

#[test]
fn bounds_of_the_runtime_are_checked() {
	<Pallet<Test> as Hooks<u64>>::integrity_test();
}

#[test]
fn more_roles_weigh_more() {
	let weight = |of: &[Role]| {
		Call::<Test>::enrol_practitioner {
			practitioner: dana(),
			roles: roles(of),
			credential_kind: CredentialKind::Licence,
			credential_commitment: Commitment([0; 32]),
			credential_valid: current(),
			key_agreement: [0; 32],
		}
		.get_dispatch_info()
		.call_weight
	};
	assert!(weight(&[Role::Nurse, Role::Physician]).all_gt(weight(&[Role::Nurse])));
}
