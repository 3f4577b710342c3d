//! The role matrix: which role may do what for which purpose, before any consent is looked at.
//!
//! The matrix is the minimum-necessary standard of HIPAA (45 CFR 164.514(d)(2)): classes of staff
//! and what each class needs. It only narrows: what it permits still needs a consent.
//!
//! # What is shipped
//!
//! | Role | TREAT | ETREAT | BTG | HPAYMT | HOPERAT | HRESCH | PATRQT | PUBHLTH |
//! |---|---|---|---|---|---|---|---|---|
//! | Physician | read, write, append, disclose | read, append, disclose | read | | | | read, disclose | disclose |
//! | Nurse | read, append | read, append | read | | | | read | |
//! | Pharmacist | read, append | read | | | | | read | |
//! | Laboratory | read, append | read, append | | | | | | disclose |
//! | Emergency | read, append | read, append, disclose | read | | | | | |
//! | Billing | | | | read, disclose | | | | |
//! | Researcher | | | | | | read | | |
//! | Auditor | | | | | read | | | |
//!
//! Purposes are codes of v3-ActReason. An empty cell, and a purpose that is not in the table,
//! permits nothing. `BTG` is for breaking the glass alone, which only reads, whatever the cell says;
//! who breaks it for `ETREAT` needs both cells. `FAMRQT` and `HMARKT` are left to governance.

use crate::{Config, Error, Event, Pallet, PermittedActions, RoleMatrix};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	engine::terminology::purpose::{BTG, ETREAT, HOPERAT, HPAYMT, HRESCH, PATRQT, PUBHLTH, TREAT},
	Action::{self, Append, Disclose, Read, Write},
	AuditAction, AuditEvent, AuditSink, Code, Role,
};

/// A cell of the shipped matrix.
type Cell = (Role, Code, &'static [Action]);

/// The cells that are not empty.
pub const SHIPPED: &[Cell] = &[
	(Role::Physician, TREAT, &[Read, Write, Append, Disclose]),
	(Role::Physician, ETREAT, &[Read, Append, Disclose]),
	(Role::Physician, BTG, &[Read]),
	(Role::Physician, PATRQT, &[Read, Disclose]),
	(Role::Physician, PUBHLTH, &[Disclose]),
	(Role::Nurse, TREAT, &[Read, Append]),
	(Role::Nurse, ETREAT, &[Read, Append]),
	(Role::Nurse, BTG, &[Read]),
	(Role::Nurse, PATRQT, &[Read]),
	(Role::Pharmacist, TREAT, &[Read, Append]),
	(Role::Pharmacist, ETREAT, &[Read]),
	(Role::Pharmacist, PATRQT, &[Read]),
	(Role::Laboratory, TREAT, &[Read, Append]),
	(Role::Laboratory, ETREAT, &[Read, Append]),
	(Role::Laboratory, PUBHLTH, &[Disclose]),
	(Role::Emergency, TREAT, &[Read, Append]),
	(Role::Emergency, ETREAT, &[Read, Append, Disclose]),
	(Role::Emergency, BTG, &[Read]),
	(Role::Billing, HPAYMT, &[Read, Disclose]),
	(Role::Researcher, HRESCH, &[Read]),
	(Role::Auditor, HOPERAT, &[Read]),
];

impl<T: Config> Pallet<T> {
	/// Whether the matrix lets the role do this for this purpose.
	pub fn role_permits(role: Role, purpose: Code, action: Action) -> bool {
		RoleMatrix::<T>::get(role, purpose).contains(&action)
	}

	/// Sets, logs and announces a cell of the matrix.
	pub(crate) fn set_permissions(
		role: Role,
		purpose: Code,
		actions: PermittedActions,
	) -> DispatchResult {
		Self::put_permissions(role, purpose, &actions)?;
		let entry = T::Audit::record(AuditEvent {
			purpose: Some(purpose),
			..AuditEvent::new(AuditAction::RoleMatrixChanged)
		});
		Self::deposit_event(Event::RolePermissionsSet { role, purpose, actions, entry });
		Ok(())
	}

	/// Sets a cell of the matrix, and tells nobody. The genesis sets with this too.
	pub(crate) fn put_permissions(
		role: Role,
		purpose: Code,
		actions: &PermittedActions,
	) -> Result<(), Error<T>> {
		ensure!(!has_duplicate(actions), Error::<T>::DuplicateAction);
		if actions.is_empty() {
			RoleMatrix::<T>::remove(role, purpose);
		} else {
			RoleMatrix::<T>::insert(role, purpose, actions);
		}
		Ok(())
	}

	/// Writes the shipped matrix into an empty one.
	pub(crate) fn write_shipped_matrix() {
		for (role, purpose, actions) in SHIPPED {
			RoleMatrix::<T>::insert(
				role,
				purpose,
				PermittedActions::truncate_from(actions.to_vec()),
			);
		}
	}
}

/// Whether an action appears more than once.
pub(crate) fn has_duplicate(actions: &[Action]) -> bool {
	actions.iter().enumerate().any(|(place, action)| {
		actions.iter().skip(place.saturating_add(1)).any(|other| other == action)
	})
}
