//! The role matrix: what is shipped, and how governance changes it.

use crate::{
	mock::*, role_matrix::SHIPPED, Error, Event, PermittedActions, RoleMatrix, MAX_ACTIONS,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{engine::terminology::purpose, Action, AuditAction, AuditEvent, Role};
use sp_runtime::DispatchError;

fn set(role: Role, actions: &[Action]) -> Result<(), DispatchError> {
	RecordAccess::set_role_permissions(
		RuntimeOrigin::root(),
		role,
		purpose::TREAT,
		PermittedActions::truncate_from(actions.to_vec()),
	)
}

#[test]
fn genesis_writes_the_shipped_matrix_and_nothing_else() {
	run(|| {
		for (role, purpose, actions) in SHIPPED {
			assert_eq!(RoleMatrix::<Test>::get(role, purpose).as_slice(), *actions);
		}
		assert_eq!(RoleMatrix::<Test>::iter().count(), SHIPPED.len());
	});
}

#[test]
fn no_shipped_cell_is_written_twice_or_cut_off() {
	for (place, (role, purpose, actions)) in SHIPPED.iter().enumerate() {
		assert!(actions.len() <= MAX_ACTIONS as usize);
		let others = &SHIPPED[place + 1..];
		assert!(!others.iter().any(|other| (other.0, other.1) == (*role, *purpose)));
	}
}

#[test]
fn every_role_is_shipped_with_some_permission() {
	for role in Role::ALL {
		assert!(SHIPPED.iter().any(|cell| cell.0 == role), "{role:?}");
	}
}

#[test]
fn the_shipped_matrix_lets_nobody_market() {
	assert!(SHIPPED.iter().all(|cell| cell.1 != purpose::HMARKT));
}

#[test]
fn the_shipped_matrix_lets_those_at_the_bedside_break_the_glass_to_read() {
	let may = SHIPPED.iter().filter(|cell| cell.1 == purpose::BTG);
	let may: Vec<_> = may.map(|(role, _, actions)| (*role, *actions)).collect();
	let read: &[Action] = &[Action::Read];
	assert_eq!(may, [Role::Physician, Role::Nurse, Role::Emergency].map(|role| (role, read)));
}

#[test]
fn the_shipped_matrix_keeps_treatment_from_those_who_do_not_treat() {
	run(|| {
		for role in [Role::Billing, Role::Researcher, Role::Auditor] {
			for action in [Action::Read, Action::Write, Action::Append, Action::Disclose] {
				assert!(!RecordAccess::role_permits(role, purpose::TREAT, action));
			}
		}
	});
}

#[test]
fn the_shipped_matrix_lets_only_physicians_replace_what_is_there() {
	for (role, _, actions) in SHIPPED {
		assert!(*role == Role::Physician || !actions.contains(&Action::Write));
	}
}

#[test]
fn governance_sets_a_cell() {
	run(|| {
		assert_ok!(set(Role::Nurse, &[Action::Disclose]));
		assert!(RecordAccess::role_permits(Role::Nurse, purpose::TREAT, Action::Disclose));
		assert!(!RecordAccess::role_permits(Role::Nurse, purpose::TREAT, Action::Read));
		assert_eq!(
			log(),
			vec![AuditEvent {
				purpose: Some(purpose::TREAT),
				..AuditEvent::new(AuditAction::RoleMatrixChanged)
			}]
		);
		System::assert_last_event(
			Event::RolePermissionsSet {
				role: Role::Nurse,
				purpose: purpose::TREAT,
				actions: PermittedActions::truncate_from(vec![Action::Disclose]),
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn setting_no_actions_removes_the_cell() {
	run(|| {
		assert_ok!(set(Role::Nurse, &[]));
		assert!(!RoleMatrix::<Test>::contains_key(Role::Nurse, purpose::TREAT));
	});
}

#[test]
fn set_fails_when_the_origin_is_not_governance() {
	run(|| {
		assert_noop!(
			RecordAccess::set_role_permissions(
				RuntimeOrigin::signed(CUSTODIAN),
				Role::Nurse,
				purpose::TREAT,
				PermittedActions::default()
			),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn set_fails_when_an_action_is_named_twice() {
	run(|| {
		assert_noop!(
			set(Role::Nurse, &[Action::Read, Action::Append, Action::Read]),
			Error::<Test>::DuplicateAction
		);
	});
}
