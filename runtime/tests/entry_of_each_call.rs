//! Each call of the runtime either leaves an entry in the log when it is done, or there is a reason why it does not.
//!
//! The calls are those that the runtime lists by itself, so one that is added later has to be put in the table. docs/audit.md
//! has the reasons as well.

use crate::arbitrary_calls::Calls;
use crate::chain::{enrol, request, with_consent, works, HOSPITAL_B, PATIENT, SUDO};
use frame_support::{
	storage::{with_transaction_unchecked, TransactionOutcome},
	traits::GetCallMetadata,
};
use hdx_primitives::AccountId;
use hdx_runtime::{OriginCaller, Runtime, RuntimeCall, RuntimeOrigin};
use pallet_governance::Origin;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::traits::Dispatchable;
use std::collections::{BTreeMap, BTreeSet};

/// Pallets all of whose calls leave an entry.
const ALL_OF: [&str; 11] = [
	"ProviderRegistry",
	"Consent",
	"RecordAccess",
	"Audit",
	"Did",
	"Groth16Verifier",
	"ShieldedConsent",
	"ShieldedLicence",
	"Study",
	"ValidatorSet",
	"Quota",
];

/// Further calls that leave one.
const ALSO: [&str; 16] = [
	"System.set_code",
	"System.set_code_without_checks",
	"System.apply_authorized_upgrade",
	"SafeMode.force_enter",
	"SafeMode.force_extend",
	"SafeMode.force_exit",
	"TxPause.pause",
	"TxPause.unpause",
	"Whitelist.whitelist_call",
	"Whitelist.remove_whitelisted_call",
	"Whitelist.dispatch_whitelisted_call",
	"Whitelist.dispatch_whitelisted_call_with_preimage",
	"Origins.seat_institution",
	"Origins.unseat_institution",
	"Origins.appoint_representative",
	"Origins.dismiss_representative",
];

/// Those of them that leave one when something is made, and none where it is put off: institutions approved, patients did
/// not yet.
const MAY_BE_PUT_OFF: [&str; 2] =
	["Whitelist.dispatch_whitelisted_call", "Whitelist.dispatch_whitelisted_call_with_preimage"];

const EVERY_BLOCK: &str = "every block has it, and its time is in the entries";
const NOTHING: &str = "changes nothing";
const NO_COINS: &str = "there are no coins, and nothing hangs on them";
const CARRIES: &str = "the calls that it carries leave theirs";
const CARRIES_LATER: &str =
	"part of a call that several make together: that leaves its entry when it is made";
const ACTS_FOR: &str =
	"what is done for an account leaves its entry under that account; who signed is in the block";
const AS_ROOT: &str =
	"Root alone: that both chambers had it made is an entry, with the hash of the call";
const WHEN_PLANNED: &str = "leaves one when a session is planned with the keys";
const NEVER: &str = "always refused";
const TEXTS: &str = "texts of proposals, which decide nothing";
const VOTES: &str =
	"one voice of many: what was approved is an entry, and votes are in their blocks";
const FORGETS: &str = "forgets what had no effect any more";
const FOLLOWS: &str =
	"follows the registry, where what changed has its entry, or a date that everybody knows";
const DEVELOPMENT: &str = "there is a key in the `dev` preset alone";

/// The calls that leave no entry, and why.
fn without() -> BTreeMap<&'static str, &'static str> {
	let of = |reason: &'static str, calls: &[&'static str]| {
		calls.iter().map(|call| (*call, reason)).collect::<Vec<_>>()
	};
	[
		of(EVERY_BLOCK, &["Timestamp.set"]),
		of(
			NOTHING,
			&[
				"System.remark",
				"System.remark_with_event",
				"Multisig.poke_deposit",
				"Proxy.poke_deposit",
			],
		),
		of(
			NO_COINS,
			&[
				"Balances.transfer_allow_death",
				"Balances.force_transfer",
				"Balances.transfer_keep_alive",
				"Balances.transfer_all",
				"Balances.force_unreserve",
				"Balances.upgrade_accounts",
				"Balances.force_set_balance",
				"Balances.force_adjust_total_issuance",
				"Balances.burn",
				"SafeMode.enter",
				"SafeMode.extend",
				"SafeMode.release_deposit",
				"SafeMode.force_release_deposit",
				"SafeMode.force_slash_deposit",
			],
		),
		of(
			CARRIES,
			&[
				"Utility.batch",
				"Utility.as_derivative",
				"Utility.batch_all",
				"Utility.dispatch_as",
				"Utility.force_batch",
				"Utility.with_weight",
				"Utility.if_else",
				"Utility.dispatch_as_fallible",
				"Multisig.as_multi",
				"Multisig.as_multi_threshold_1",
				"Proxy.proxy",
				"Proxy.proxy_announced",
			],
		),
		of(CARRIES_LATER, &["Multisig.approve_as_multi", "Multisig.cancel_as_multi"]),
		of(
			ACTS_FOR,
			&[
				"Proxy.add_proxy",
				"Proxy.remove_proxy",
				"Proxy.remove_proxies",
				"Proxy.announce",
				"Proxy.remove_announcement",
				"Proxy.reject_announcement",
			],
		),
		of(
			AS_ROOT,
			&[
				"System.set_heap_pages",
				"System.set_storage",
				"System.kill_storage",
				"System.kill_prefix",
				"System.authorize_upgrade",
				"System.authorize_upgrade_without_checks",
				"Grandpa.note_stalled",
				"Scheduler.schedule",
				"Scheduler.cancel",
				"Scheduler.schedule_named",
				"Scheduler.cancel_named",
				"Scheduler.schedule_after",
				"Scheduler.schedule_named_after",
				"Scheduler.set_retry",
				"Scheduler.set_retry_named",
				"Scheduler.cancel_retry",
				"Scheduler.cancel_retry_named",
				"Preimage.request_preimage",
				"Preimage.unrequest_preimage",
				"RankedPolls.cancel",
				"RankedPolls.kill",
				"PatientPolls.cancel",
				"PatientPolls.kill",
				// The alarms of referenda: where one is approved by it, that leaves an entry.
				"RankedPolls.nudge_referendum",
				"RankedPolls.one_fewer_deciding",
				"PatientPolls.nudge_referendum",
				"PatientPolls.one_fewer_deciding",
			],
		),
		of(WHEN_PLANNED, &["Session.set_keys"]),
		of(
			NEVER,
			&[
				"MultiBlockMigrations.force_set_cursor",
				"MultiBlockMigrations.force_set_active_cursor",
				"MultiBlockMigrations.force_onboard_mbms",
				"MultiBlockMigrations.clear_historic",
				"Session.purge_keys",
				"Grandpa.report_equivocation",
				"Grandpa.report_equivocation_unsigned",
				"RankedCollective.add_member",
				"RankedCollective.promote_member",
				"RankedCollective.demote_member",
				"RankedCollective.remove_member",
				"RankedCollective.exchange_member",
				"PatientCollective.add_member",
				"PatientCollective.promote_member",
				"PatientCollective.demote_member",
				"PatientCollective.remove_member",
				"PatientCollective.exchange_member",
				"Proxy.create_pure",
				"Proxy.kill_pure",
			],
		),
		of(
			TEXTS,
			&["Preimage.note_preimage", "Preimage.unnote_preimage", "Preimage.ensure_updated"],
		),
		of(
			VOTES,
			&[
				"RankedCollective.vote",
				"PatientCollective.vote",
				"RankedPolls.submit",
				"RankedPolls.place_decision_deposit",
				"RankedPolls.refund_decision_deposit",
				"RankedPolls.refund_submission_deposit",
				"RankedPolls.set_metadata",
				"PatientPolls.submit",
				"PatientPolls.place_decision_deposit",
				"PatientPolls.refund_decision_deposit",
				"PatientPolls.refund_submission_deposit",
				"PatientPolls.set_metadata",
			],
		),
		of(
			FORGETS,
			&[
				"RankedCollective.cleanup_poll",
				"PatientCollective.cleanup_poll",
				"Whitelist.remove_deferred_dispatch",
			],
		),
		of(FOLLOWS, &["Origins.sync_seat"]),
		of(
			DEVELOPMENT,
			&[
				"Sudo.sudo",
				"Sudo.sudo_unchecked_weight",
				"Sudo.sudo_as",
				"Sudo.set_key",
				"Sudo.remove_key",
			],
		),
	]
	.into_iter()
	.flatten()
	.collect()
}

/// Whether the table says that the call leaves an entry.
fn leaves_one(call: &str) -> bool {
	let pallet = call.split('.').next().unwrap();
	ALL_OF.contains(&pallet) || ALSO.contains(&call)
}

#[test]
fn each_call_is_in_exactly_one_of_the_two_lists() {
	let without = without();
	let mut all = BTreeSet::new();
	for pallet in RuntimeCall::get_module_names() {
		for call in RuntimeCall::get_call_names(pallet) {
			let name = format!("{pallet}.{call}");
			let is_without = without.contains_key(name.as_str());
			assert!(leaves_one(&name) || is_without, "{name} is in no list");
			assert!(!(leaves_one(&name) && is_without), "{name} is in both lists");
			all.insert(name);
		}
	}
	let named = without.keys().chain(&ALSO);
	let unknown: Vec<_> = named.filter(|name| !all.contains(**name)).collect();
	assert!(unknown.is_empty(), "no such calls: {unknown:?}");
	assert!(MAY_BE_PUT_OFF.iter().all(|name| ALSO.contains(name)));
}

/// What has the runtime write whatever is asked to its storage, or what this environment cannot execute.
fn is_not_tried(name: &str) -> bool {
	["System.set_storage", "System.kill_storage", "System.kill_prefix", "System.set_code"]
		.contains(&name)
}

/// Accounts of many kinds, Root, and all tracks.
fn origins() -> Vec<RuntimeOrigin> {
	let tracks = [
		Origin::Membership,
		Origin::Parameters,
		Origin::Validators,
		Origin::Circuits,
		Origin::WhitelistedCaller,
		Origin::Emergency,
		Origin::PatientsRights,
		Origin::Representation,
	];
	let tracks = tracks.into_iter().map(|track| RuntimeOrigin::from(OriginCaller::Origins(track)));
	let accounts = accounts().into_iter().map(RuntimeOrigin::signed);
	accounts.chain([RuntimeOrigin::root()]).chain(tracks).collect()
}

fn accounts() -> Vec<AccountId> {
	[Key::Alice, Key::Bob, Key::Charlie, PATIENT, SUDO].map(|key| key.to_account_id()).to_vec()
}

fn length() -> u64 {
	pallet_audit::NextEntryIndex::<Runtime>::get().0
}

/// Makes the call and undoes it. Whether it was done, and how many entries it left.
fn tried(call: RuntimeCall, origin: RuntimeOrigin) -> (bool, u64) {
	with_transaction_unchecked(|| {
		let before = length();
		let is_done = call.dispatch(origin).is_ok();
		TransactionOutcome::Rollback((is_done, length() - before))
	})
}

/// A chain with patients, practitioners, a consent and a grant.
fn with_all(test: impl FnOnce(Calls)) {
	with_consent(|| {
		works(Key::Bob, enrol(Key::Charlie.to_account_id()));
		works(Key::Charlie, request(HOSPITAL_B));
		test(Calls::of_runtime(accounts()));
	});
}

#[test]
fn what_leaves_an_entry_leaves_one_whenever_it_is_done_and_none_where_it_fails() {
	with_all(|calls| {
		let mut done = BTreeSet::new();
		for (name, call) in calls.each(12) {
			if !leaves_one(&name) || is_not_tried(&name) {
				continue;
			}
			for origin in origins() {
				let (is_done, entries) = tried(call.clone(), origin);
				let may_be_without = !is_done || MAY_BE_PUT_OFF.contains(&name.as_str());
				assert!(may_be_without || entries > 0, "{call:?} was done, and is not in the log");
				assert!(is_done || entries == 0, "{call:?} failed, and is in the log");
				if is_done {
					done.insert(name.clone());
				}
			}
		}
		for name in [
			"SafeMode.force_enter",
			"System.set_code_without_checks",
			"TxPause.pause",
			"Whitelist.whitelist_call",
		] {
			assert!(done.contains(name), "{name} was never done: {done:?}");
		}
		println!("done and logged: {done:?}");
	});
}

#[test]
fn what_leaves_none_leaves_none_whoever_calls_it() {
	with_all(|calls| {
		let without = without();
		let mut done = BTreeSet::new();
		for (name, call) in calls.each(4) {
			if !without.contains_key(name.as_str()) || is_not_tried(&name) {
				continue;
			}
			for origin in origins() {
				let (is_done, entries) = tried(call.clone(), origin);
				assert_eq!(entries, 0, "{call:?} is in the log");
				if is_done {
					done.insert(name.clone());
				}
			}
		}
		assert!(done.len() >= 10, "hardly anything was done: {done:?}");
	});
}
