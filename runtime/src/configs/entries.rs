//! The log's entries about what pallets of the SDK do, which know of no log.
//!
//! Each is written in the storage layer of the call or the hook that does it, so it is in the log exactly if the thing was
//! done: an origin that writes one does so inside the call that asks for it, and where that fails both are undone.

use super::EmergencyOrigin;
use crate::{AccountId, Audit, BlockNumber, Runtime, RuntimeOrigin};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::{
	dispatch_context::with_context,
	traits::{EnsureOrigin, Get, OriginTrait, SafeModeNotify},
};
use frame_system::SetCode;
use hdx_primitives::{AuditAction, AuditEvent, AuditSink, Subject, H256};
use pallet_governance::{Chamber, PatientsRights, WhitelistedCaller};
use pallet_safe_mode::EnteredUntil;
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	DispatchResult,
};

fn record(actor: Option<AccountId>, action: AuditAction, subject: Subject) {
	Audit::record(AuditEvent { actor, subject, ..AuditEvent::new(action) });
}

/// A chamber approved the call with this hash.
pub fn approved(chamber: Chamber, hash: H256) {
	let action = match chamber {
		Chamber::Institutions => AuditAction::InstitutionsApproved,
		Chamber::Patients => AuditAction::PatientsApproved,
	};
	record(None, action, Subject::Call { hash });
}

/// Logs that safe mode was entered or left. That it ended by itself is told like a decision: then the entry is of the block
/// after the one until which it was to hold.
pub struct LogsSafeMode;

impl SafeModeNotify for LogsSafeMode {
	fn entered() {
		// It is stored when this is called.
		let until = EnteredUntil::<Runtime>::get().unwrap_or_default();
		record(None, AuditAction::SafeModeEntered, Subject::SafeMode { until });
	}

	fn exited() {
		record(None, AuditAction::SafeModeExited, Subject::None);
	}
}

/// Safe mode was extended by the runtime itself: the pallet tells nobody of it.
pub fn safe_mode_extended() {
	if let Some(until) = EnteredUntil::<Runtime>::get() {
		record(None, AuditAction::SafeModeExtended, Subject::SafeMode { until });
	}
}

/// Who extends safe mode by so many blocks, which is logged: the pallet tells nobody of it.
pub struct Extends<Blocks>(PhantomData<Blocks>);

impl<Blocks: Get<BlockNumber>> EnsureOrigin<RuntimeOrigin> for Extends<Blocks> {
	type Success = BlockNumber;

	fn try_origin(origin: RuntimeOrigin) -> Result<BlockNumber, RuntimeOrigin> {
		<EmergencyOrigin as EnsureOrigin<RuntimeOrigin>>::try_origin(origin)?;
		let blocks = Blocks::get();
		// Where it was not entered, the call fails.
		if let Some(until) = EnteredUntil::<Runtime>::get() {
			let until = until.saturating_add(blocks);
			record(None, AuditAction::SafeModeExtended, Subject::SafeMode { until });
		}
		Ok(blocks)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		<EmergencyOrigin as EnsureOrigin<RuntimeOrigin>>::try_successful_origin()
	}
}

/// Who does a thing that is logged under this action. An origin is not told the arguments: of calls that are paused and
/// resumed, the event in the entry's block says which, and the entry of the referendum has the hash of what was approved.
pub struct Logs<Origin, Action>(PhantomData<(Origin, Action)>);

impl<Origin, Action> EnsureOrigin<RuntimeOrigin> for Logs<Origin, Action>
where
	Origin: EnsureOrigin<RuntimeOrigin>,
	Action: Get<AuditAction>,
{
	type Success = Origin::Success;

	fn try_origin(origin: RuntimeOrigin) -> Result<Origin::Success, RuntimeOrigin> {
		let success = Origin::try_origin(origin)?;
		record(None, Action::get(), Subject::None);
		Ok(success)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Origin::try_successful_origin()
	}
}

/// Replaces the code of the runtime, and logs its hash: whoever authorized it, and however it was brought in.
pub struct LogsUpgrade;

impl SetCode<Runtime> for LogsUpgrade {
	fn set_code(code: Vec<u8>) -> DispatchResult {
		let hash = BlakeTwo256::hash(&code);
		// Undone with the whole call, where the code is refused. The event of the code stays the last one.
		record(None, AuditAction::RuntimeUpgraded, Subject::RuntimeCode { hash });
		<() as SetCode<Runtime>>::set_code(code)
	}
}

/// What the call of pallet-whitelist does that is running. Its origins note it, which are asked first, and the texts' keeper
/// looks at it, which is told next, with the call's hash ([`forbidden_or_made`]).
#[derive(Clone)]
enum Agreement {
	/// Those who represent patients permit a call, or take that back.
	Permitted,
	/// What both chambers agreed on is made: by what institutions approved, or by an account that carries it out.
	Made(Option<AccountId>),
}

fn note(agreement: Agreement) {
	// `None`: nothing was dispatched, so this is no call.
	let _ = with_context::<Agreement, _>(|noted| noted.set(agreement));
}

/// Those who represent patients, as they permit a call.
pub struct Permits;

impl EnsureOrigin<RuntimeOrigin> for Permits {
	type Success = ();

	fn try_origin(origin: RuntimeOrigin) -> Result<(), RuntimeOrigin> {
		<PatientsRights as EnsureOrigin<RuntimeOrigin>>::try_origin(origin)?;
		note(Agreement::Permitted);
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		<PatientsRights as EnsureOrigin<RuntimeOrigin>>::try_successful_origin()
	}
}

/// What institutions approved, as it makes a call. The pallet lets accounts carry out what was agreed on when this says no.
pub struct Makes;

impl EnsureOrigin<RuntimeOrigin> for Makes {
	type Success = ();

	fn try_origin(origin: RuntimeOrigin) -> Result<(), RuntimeOrigin> {
		note(Agreement::Made(origin.as_signer().cloned()));
		<WhitelistedCaller as EnsureOrigin<RuntimeOrigin>>::try_origin(origin)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		<WhitelistedCaller as EnsureOrigin<RuntimeOrigin>>::try_successful_origin()
	}
}

/// The call with this hash may be made as Root.
pub fn permitted(hash: H256) {
	record(None, AuditAction::RootCallPermitted, Subject::Call { hash });
}

/// The call with this hash may not be made as Root any more: it is made now, or that was taken back.
pub fn forbidden_or_made(hash: H256) {
	let noted = with_context::<Agreement, _>(|noted| noted.get().cloned()).flatten();
	let (actor, action) = match noted {
		Some(Agreement::Permitted) => (None, AuditAction::RootCallForbidden),
		Some(Agreement::Made(carrier)) => (carrier, AuditAction::RootCallMade),
		None => (None, AuditAction::RootCallMade),
	};
	record(actor, action, Subject::Call { hash });
}
