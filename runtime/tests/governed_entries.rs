//! What pallets of the SDK do on behalf of governance and validators leaves entries in the log, and so do quotas.

use crate::chain::{
	as_root, batch, failure_inside, include, next_block, on_chain, remark, small_bucket, works,
	HOSPITAL_A, SMALL, SUDO,
};
use crate::chambers::{
	ayes, pass, patients_ayes, patients_propose, propose, GRAVE, ORDINARY, REPRESENTATIVES,
	UNTIL_THE_END,
};
use codec::Encode;
use hdx_primitives::{
	AuditAction, AuditEntry, AuditEvent, EntryIndex, Milliseconds, Subject, H256,
};
use hdx_runtime::{
	genesis, Audit, Runtime, RuntimeCall, RuntimeOrigin, Session, SessionKeys, System, HOURS,
};
use pallet_governance::Origin;
use pallet_safe_mode::EnteredUntil;
use pallet_tx_pause::{PalletNameOf, RuntimeCallNameOf};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{
	traits::{BlakeTwo256, Dispatchable, Hash},
	DispatchResult,
};

/// How long the log is.
fn length() -> u64 {
	pallet_audit::NextEntryIndex::<Runtime>::get().0
}

fn entry(index: u64) -> AuditEntry {
	pallet_audit::Entries::<Runtime>::get(EntryIndex(index)).expect("the log has no gap")
}

/// What was done since the log had this length.
fn since(first: u64) -> Vec<AuditEvent> {
	(first..length()).map(|index| entry(index).event).collect()
}

/// The same, as actions and what they were about.
fn done_since(first: u64) -> Vec<(AuditAction, Subject)> {
	since(first).into_iter().map(|event| (event.action, event.subject)).collect()
}

fn by_root(call: impl Into<RuntimeCall>) -> DispatchResult {
	let call: RuntimeCall = call.into();
	call.dispatch(RuntimeOrigin::root()).map(drop).map_err(|error| error.error)
}

fn about_call(call: impl Into<RuntimeCall>) -> Subject {
	Subject::Call { hash: BlakeTwo256::hash_of(&call.into()) }
}

fn about_code(code: &[u8]) -> Subject {
	Subject::RuntimeCode { hash: BlakeTwo256::hash(code) }
}

#[test]
fn the_limits_of_a_bucket_leave_an_entry_that_the_institution_finds() {
	on_chain(genesis::DEV, || {
		let first = length();
		works(SUDO, as_root(small_bucket(HOSPITAL_A)));
		let events = since(first);
		let [event] = &events[..] else { panic!("{events:?}") };
		let (capacity, refill) = (SMALL.capacity, SMALL.refill);
		assert_eq!(event.action, AuditAction::QuotaChanged);
		assert_eq!(event.subject, Subject::Quota { capacity, refill, is_default: false });
		assert_eq!((&event.actor, event.on_behalf_of), (&None, Some(HOSPITAL_A)));
	});
}

#[test]
fn safe_mode_that_is_entered_extended_and_left_leaves_an_entry_each_time() {
	on_chain(genesis::DEV, || {
		let first = length();
		let until = System::block_number() + 6 * HOURS;
		works(SUDO, as_root(pallet_safe_mode::Call::force_enter {}));
		works(SUDO, as_root(pallet_safe_mode::Call::force_extend {}));
		let extended = EnteredUntil::<Runtime>::get().unwrap();
		assert_eq!(extended, until + 6 * HOURS);
		works(SUDO, as_root(pallet_safe_mode::Call::force_exit {}));
		let expected = [
			(AuditAction::SafeModeEntered, Subject::SafeMode { until }),
			(AuditAction::SafeModeExtended, Subject::SafeMode { until: extended }),
			(AuditAction::SafeModeExited, Subject::None),
		];
		assert_eq!(done_since(first), expected);
	});
}

#[test]
fn safe_mode_that_ends_by_itself_leaves_an_entry_of_the_block_after() {
	on_chain(genesis::DEV, || {
		works(SUDO, as_root(pallet_safe_mode::Call::force_enter {}));
		let until = System::block_number();
		EnteredUntil::<Runtime>::put(until);
		let first = length();
		next_block();
		assert_eq!(done_since(first), [(AuditAction::SafeModeExited, Subject::None)]);
		assert_eq!(entry(first).block, until + 1);
		// It is in what that block commits to, although it came before its clock was set.
		next_block();
		let log = Audit::log_of(until + 1).unwrap();
		assert_eq!((log.first, log.count), (EntryIndex(first), 1));
	});
}

#[test]
fn an_extension_that_fails_leaves_no_entry() {
	on_chain(genesis::DEV, || {
		let first = length();
		let extend = as_root(pallet_safe_mode::Call::force_extend {});
		assert_eq!(include(SUDO, extend), Ok(Ok(())));
		let refused = pallet_safe_mode::Error::<Runtime>::Exited;
		assert_eq!(failure_inside(), Some(refused.into()));
		assert!(since(first).is_empty());
	});
}

fn bounded(name: &str) -> PalletNameOf<Runtime> {
	name.as_bytes().to_vec().try_into().unwrap()
}

fn name(pallet: &str, call: &str) -> RuntimeCallNameOf<Runtime> {
	(bounded(pallet), bounded(call))
}

#[test]
fn a_call_that_is_paused_and_resumed_leaves_an_entry_each_time() {
	on_chain(genesis::DEV, || {
		let first = length();
		let full_name = name("Consent", "grant");
		works(
			SUDO,
			as_root(pallet_tx_pause::Call::<Runtime>::pause { full_name: full_name.clone() }),
		);
		works(SUDO, as_root(pallet_tx_pause::Call::<Runtime>::unpause { ident: full_name }));
		let expected =
			[(AuditAction::CallPaused, Subject::None), (AuditAction::CallResumed, Subject::None)];
		assert_eq!(done_since(first), expected);
	});
}

#[test]
fn a_pause_that_fails_leaves_no_entry_also_within_a_batch_that_goes_on() {
	on_chain(genesis::DEV, || {
		let first = length();
		let pause = |full_name| pallet_tx_pause::Call::<Runtime>::pause { full_name };
		let calls = vec![
			pause(name("Consent", "revoke")).into(),
			pause(name("Consent", "grant")).into(),
			pause(name("Consent", "grant")).into(),
		];
		by_root(pallet_utility::Call::<Runtime>::force_batch { calls }).unwrap();
		assert_eq!(done_since(first), [(AuditAction::CallPaused, Subject::None)]);
		// Who may not pause is refused, and leaves none either.
		include(Key::Alice, batch([pause(name("Consent", "amend")).into()])).unwrap().unwrap();
		assert_eq!(length(), first + 1);
	});
}

#[test]
fn code_that_is_replaced_leaves_an_entry_with_its_hash() {
	on_chain(genesis::DEV, || {
		let first = length();
		let code = b"another runtime".to_vec();
		by_root(frame_system::Call::<Runtime>::set_code_without_checks { code: code.clone() })
			.unwrap();
		let expected = [(AuditAction::RuntimeUpgraded, about_code(&code))];
		assert_eq!(done_since(first), expected);
	});
}

#[test]
fn code_that_was_authorized_leaves_an_entry_when_somebody_brings_it_in() {
	on_chain(genesis::DEV, || {
		let first = length();
		let code = b"another runtime".to_vec();
		let code_hash = BlakeTwo256::hash(&code);
		by_root(frame_system::Call::<Runtime>::authorize_upgrade_without_checks { code_hash })
			.unwrap();
		assert!(since(first).is_empty());
		let apply: RuntimeCall =
			frame_system::Call::<Runtime>::apply_authorized_upgrade { code: code.clone() }.into();
		assert!(apply.dispatch(RuntimeOrigin::signed(Key::Alice.to_account_id())).is_ok());
		let expected = [(AuditAction::RuntimeUpgraded, about_code(&code))];
		assert_eq!(done_since(first), expected);
	});
}

#[test]
fn session_keys_leave_an_entry_when_a_session_is_planned_with_them() {
	on_chain(genesis::LOCAL, || {
		let validator = Key::Eve.to_account_id();
		let add = pallet_validator_set::Call::<Runtime>::add_validator {
			validator: validator.clone(),
			institution: HOSPITAL_A,
		};
		by_root(add).unwrap();
		let first = length();
		let made = SessionKeys::generate(&validator.encode(), Some(b"//Eve".to_vec()));
		let digest: H256 = made.keys.using_encoded(BlakeTwo256::hash);
		works(
			Key::Eve,
			pallet_session::Call::set_keys { keys: made.keys, proof: made.proof.encode() },
		);
		assert!(since(first).is_empty());
		Session::rotate_session();
		let events = since(first);
		let [event] = &events[..] else { panic!("{events:?}") };
		assert_eq!(event.action, AuditAction::SessionKeysChanged);
		let subject = Subject::SessionKeys { account: validator.clone().into(), keys: digest };
		assert_eq!(event.subject, subject);
		assert_eq!((&event.actor, event.on_behalf_of), (&Some(validator), Some(HOSPITAL_A)));
		next_block();
		Session::rotate_session();
		assert_eq!(length(), first + 1);
	});
}

#[test]
fn the_session_keys_with_which_a_chain_starts_leave_no_entries() {
	on_chain(genesis::LOCAL, || {
		Session::rotate_session();
		let is_of_keys = |index| entry(index).event.action == AuditAction::SessionKeysChanged;
		assert!(!(0..length()).any(is_of_keys));
	});
}

const TEN_YEARS: Milliseconds = Milliseconds(10 * 366 * 24 * 3_600_000);

/// A call that patients have a say in.
fn matter() -> RuntimeCall {
	pallet_audit::Call::set_retention { period: TEN_YEARS }.into()
}

fn make(call: RuntimeCall) -> RuntimeCall {
	pallet_whitelist::Call::<Runtime>::dispatch_whitelisted_call_with_preimage {
		call: Box::new(call),
	}
	.into()
}

fn permit(call: &RuntimeCall) -> RuntimeCall {
	let call_hash = BlakeTwo256::hash_of(call);
	pallet_whitelist::Call::<Runtime>::whitelist_call { call_hash }.into()
}

fn forbid(call: &RuntimeCall) -> RuntimeCall {
	let call_hash = BlakeTwo256::hash_of(call);
	pallet_whitelist::Call::<Runtime>::remove_whitelisted_call { call_hash }.into()
}

/// Both hospitals approve that the call is made.
fn institutions_approve(call: RuntimeCall) {
	let poll = propose(Key::Alice, Origin::WhitelistedCaller, make(call));
	ayes(poll, &[Key::Alice, Key::Bob]);
	pass(GRAVE);
}

/// Two of three representatives approve something.
fn patients_approve(call: RuntimeCall) {
	let poll = patients_propose(REPRESENTATIVES[0], Origin::PatientsRights, call);
	patients_ayes(poll, &REPRESENTATIVES[..2]);
	pass(ORDINARY);
}

#[test]
fn what_both_chambers_agree_on_leaves_an_entry_at_each_step_with_the_hash_of_the_call() {
	on_chain(genesis::DEV, || {
		let first = length();
		patients_approve(permit(&matter()));
		institutions_approve(matter());
		let expected = [
			(AuditAction::PatientsApproved, about_call(permit(&matter()))),
			(AuditAction::RootCallPermitted, about_call(matter())),
			(AuditAction::InstitutionsApproved, about_call(make(matter()))),
			(AuditAction::RootCallMade, about_call(matter())),
			(AuditAction::RetentionChanged, Subject::None),
		];
		assert_eq!(done_since(first), expected);
		assert!(since(first).iter().all(|event| event.actor.is_none()));
	});
}

#[test]
fn who_carries_out_what_both_agreed_on_is_in_the_entry() {
	on_chain(genesis::DEV, || {
		institutions_approve(matter());
		patients_approve(permit(&matter()));
		let first = length();
		works(Key::Bob, make(matter()));
		let events = since(first);
		assert_eq!(events[0].action, AuditAction::RootCallMade);
		assert_eq!(events[0].subject, about_call(matter()));
		assert_eq!(events[0].actor, Some(Key::Bob.to_account_id()));
		assert_eq!(events[1].action, AuditAction::RetentionChanged);
		assert_eq!(events.len(), 2);
	});
}

#[test]
fn what_patients_take_back_leaves_an_entry_that_it_was_and_none_that_it_was_made() {
	on_chain(genesis::DEV, || {
		institutions_approve(matter());
		patients_approve(permit(&matter()));
		let first = length();
		patients_approve(forbid(&matter()));
		let expected = [
			(AuditAction::PatientsApproved, about_call(forbid(&matter()))),
			(AuditAction::RootCallForbidden, about_call(matter())),
		];
		assert_eq!(done_since(first), expected);
	});
}

#[test]
fn in_one_batch_what_is_taken_back_and_what_is_made_are_told_apart() {
	on_chain(genesis::DEV, || {
		let other: RuntimeCall = remark();
		patients_approve(permit(&matter()));
		patients_approve(permit(&other));
		let first = length();
		let as_of = |origin: Origin, call: RuntimeCall| -> RuntimeCall {
			let as_origin = Box::new(hdx_runtime::OriginCaller::Origins(origin));
			pallet_utility::Call::<Runtime>::dispatch_as { as_origin, call: Box::new(call) }.into()
		};
		let calls = vec![
			as_of(Origin::WhitelistedCaller, make(other.clone())),
			as_of(Origin::PatientsRights, forbid(&matter())),
		];
		by_root(pallet_utility::Call::<Runtime>::batch_all { calls }).unwrap();
		let expected = [
			(AuditAction::RootCallMade, about_call(other)),
			(AuditAction::RootCallForbidden, about_call(matter())),
		];
		assert_eq!(done_since(first), expected);
	});
}

#[test]
fn a_referendum_that_is_not_approved_leaves_no_entry() {
	on_chain(genesis::DEV, || {
		let first = length();
		propose(Key::Alice, Origin::WhitelistedCaller, make(matter()));
		pass(UNTIL_THE_END);
		assert!(since(first).is_empty());
	});
}
