//! From layout 2 on, the glass is broken with a review.

use super::emergency::*;
use crate::{
	migrations::v3::MigrateV2ToV3, mock::*, Error, GrantStatus, Grants, Pallet, PermittedActions,
	RoleMatrix,
};
use frame_support::{
	assert_noop,
	traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
};
use hdx_primitives::{engine::terminology::purpose::BTG, Action, AssuranceLevel, GrantId, Role};

fn migrate() {
	#[cfg(feature = "try-runtime")]
	frame_support::assert_ok!(MigrateV2ToV3::<Test>::try_on_runtime_upgrade(true).map(|_| ()));
	#[cfg(not(feature = "try-runtime"))]
	MigrateV2ToV3::<Test>::on_runtime_upgrade();
}

/// A chain of layout 2, whose matrix says this of breaking the glass.
fn layout_2(cells: &[(Role, Action)]) {
	StorageVersion::new(2).put::<Pallet<Test>>();
	for role in Role::ALL {
		RoleMatrix::<Test>::remove(role, BTG);
	}
	for (role, action) in cells {
		let actions = PermittedActions::truncate_from(vec![*action]);
		RoleMatrix::<Test>::insert(role, BTG, actions);
	}
}

/// A grant that some consent permitted for breaking the glass, as layout 2 allowed.
fn granted_for_btg() -> GrantId {
	let grant = granted(request());
	Grants::<Test>::mutate(grant, |stored| stored.as_mut().unwrap().request.purpose = BTG);
	grant
}

#[test]
fn the_shipped_cells_for_breaking_the_glass_are_written_where_there_are_none() {
	run(|| {
		layout_2(&[(Role::Nurse, Action::Append)]);
		migrate();
		assert_eq!(Pallet::<Test>::on_chain_storage_version(), 3);
		let cell = |role| RoleMatrix::<Test>::get(role, BTG).into_inner();
		assert_eq!(cell(Role::Physician), [Action::Read]);
		assert_eq!(cell(Role::Emergency), [Action::Read]);
		assert_eq!(cell(Role::Nurse), [Action::Append]);
		assert_eq!(cell(Role::Billing), []);
	});
}

#[test]
fn what_was_granted_for_breaking_the_glass_without_a_review_is_withdrawn() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		let (ordinary, unreviewed) = (granted(request()), granted_for_btg());
		layout_2(&[]);
		migrate();
		let status = |grant| Grants::<Test>::get(grant).unwrap().status;
		assert_eq!(status(ordinary), GrantStatus::Active);
		assert_eq!(status(unreviewed), GrantStatus::Revoked);
		let record = registered(PATIENT);
		assert_noop!(disclose(unreviewed, record), Error::<Test>::GrantRevoked);
	});
}

#[test]
fn a_chain_of_layout_3_is_left_alone() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		let grant = broken(emergency());
		layout_2(&[]);
		StorageVersion::new(3).put::<Pallet<Test>>();
		migrate();
		assert!(!RoleMatrix::<Test>::contains_key(Role::Physician, BTG));
		assert_eq!(Grants::<Test>::get(grant).unwrap().status, GrantStatus::Active);
	});
}
