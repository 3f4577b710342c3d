//! How sure the chain must be of a practitioner who does something for a purpose.
//!
//! # What is shipped
//!
//! | Purpose | Action | Level |
//! |---|---|---|
//! | BTG | any | verified, whatever governance sets; so is ETREAT where the glass is broken |
//! | ETREAT | any | verified |
//! | any other | any | enrolled |
//!
//! In an emergency somebody else's consent or none decides, so that the strongest proof of who asks
//! is what is left. For all else a consent is needed, and a chain that has no trusted issuers yet
//! can only ask for an enrolment. A consortium that has them starts its chain with
//! [`LICENSED`] (`licences_required` in the genesis), or sets the levels one by one.

use crate::{Config, Error, Event, Pallet, RequiredLevels};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	engine::terminology::purpose::{BTG, ETREAT, PATRQT, PUBHLTH, TREAT},
	Action::{self, Append, Disclose, Read, Write},
	AssuranceLevel, AuditAction, AuditEvent, AuditSink, Code,
};

/// The levels of a chain that has trusted issuers: a licence for whatever clinical staff reads or
/// discloses, and the second key for what changes a record. A prescription is written by adding it, so
/// adding needs as much as replacing.
pub const LICENSED: &[(Code, Action, AssuranceLevel)] = &[
	(TREAT, Read, AssuranceLevel::Attested),
	(TREAT, Append, AssuranceLevel::Verified),
	(TREAT, Disclose, AssuranceLevel::Attested),
	(TREAT, Write, AssuranceLevel::Verified),
	(PATRQT, Read, AssuranceLevel::Attested),
	(PATRQT, Disclose, AssuranceLevel::Attested),
	(PUBHLTH, Disclose, AssuranceLevel::Attested),
];

/// The level that is needed where governance has set none.
pub fn shipped_level(purpose: Code) -> AssuranceLevel {
	if purpose == BTG || purpose == ETREAT {
		AssuranceLevel::Verified
	} else {
		AssuranceLevel::Enrolled
	}
}

impl<T: Config> Pallet<T> {
	/// The level that this action needs for this purpose.
	pub fn required_level(purpose: Code, action: Action) -> AssuranceLevel {
		// Breaking the glass needs no consent, so that its level is not for anybody to lower.
		if purpose == BTG {
			return AssuranceLevel::Verified;
		}
		RequiredLevels::<T>::get(purpose, action).unwrap_or_else(|| shipped_level(purpose))
	}

	/// Sets, logs and announces a level.
	pub(crate) fn set_level(
		purpose: Code,
		action: Action,
		level: Option<AssuranceLevel>,
	) -> DispatchResult {
		Self::put_level(purpose, action, level)?;
		let entry = T::Audit::record(AuditEvent {
			purpose: Some(purpose),
			..AuditEvent::new(AuditAction::RequiredLevelChanged)
		});
		let level = Self::required_level(purpose, action);
		Self::deposit_event(Event::RequiredLevelSet { purpose, action, level, entry });
		Ok(())
	}

	/// Sets a level, and tells nobody. The genesis sets with this too.
	pub(crate) fn put_level(
		purpose: Code,
		action: Action,
		level: Option<AssuranceLevel>,
	) -> Result<(), Error<T>> {
		ensure!(purpose != BTG, Error::<T>::LevelIsFixed);
		RequiredLevels::<T>::set(purpose, action, level);
		Ok(())
	}

	/// Writes the levels of a chain that has trusted issuers.
	pub(crate) fn write_licensed_levels() {
		for (purpose, action, level) in LICENSED {
			RequiredLevels::<T>::insert(purpose, action, level);
		}
	}
}
