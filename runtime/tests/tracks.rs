//! Each call that governance decides about takes the origin of its track, and no other.
//!
//! The calls are those that the runtime's type information lists, so one that is added later has to be put in the table.

use crate::arbitrary_calls::Calls;
use crate::chain::{with_consent, SUDO};
use frame_support::{
	dispatch::GetDispatchInfo,
	storage::{with_transaction_unchecked, TransactionOutcome},
	traits::Get,
	weights::Weight,
};
use hdx_runtime::{OriginCaller, Runtime, RuntimeCall, RuntimeOrigin};
use pallet_governance::Origin;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::{BTreeMap, BTreeSet};

const TRACKS: [(&str, Origin); 8] = [
	("membership", Origin::Membership),
	("parameters", Origin::Parameters),
	("validators", Origin::Validators),
	("circuits", Origin::Circuits),
	("both chambers", Origin::WhitelistedCaller),
	("emergency", Origin::Emergency),
	("patients' rights", Origin::PatientsRights),
	("representation", Origin::Representation),
];

/// Which tracks may make which call. docs/governance.md has the same table.
fn table() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
	let of = |tracks: &[&'static str], calls: &[&'static str]| {
		let tracks: BTreeSet<_> = tracks.iter().copied().collect();
		calls.iter().map(|call| (*call, tracks.clone())).collect::<Vec<_>>()
	};
	[
		of(
			&["membership"],
			&[
				"ProviderRegistry.register_institution",
				"ProviderRegistry.set_institution_status",
				"ProviderRegistry.set_practitioner_status",
				"ProviderRegistry.accredit",
				"ProviderRegistry.renew_accreditation",
				"ProviderRegistry.set_accreditation_status",
				"ProviderRegistry.require_accreditation",
				"ProviderRegistry.register_issuer",
				"ProviderRegistry.set_issuer_kinds",
				"ProviderRegistry.set_issuer_status",
				"ProviderRegistry.register_oracle",
				"ProviderRegistry.remove_oracle",
				"ProviderRegistry.set_oracle_status",
				"ProviderRegistry.set_oracle_terms",
				"ProviderRegistry.decide_appeal",
				"ProviderRegistry.replace_account",
				"Origins.seat_institution",
				"Origins.unseat_institution",
			],
		),
		of(&["parameters"], &["Quota.set_bucket", "Audit.place_hold", "Audit.release_hold"]),
		of(
			&["validators"],
			&[
				"ValidatorSet.add_validator",
				"ValidatorSet.remove_validator",
				"ValidatorSet.reinstate_validator",
				"ValidatorSet.set_terms",
			],
		),
		of(&["circuits"], &["Groth16Verifier.register_circuit", "Groth16Verifier.activate"]),
		of(&["circuits", "emergency"], &["Groth16Verifier.suspend"]),
		of(
			&["both chambers"],
			&[
				"Whitelist.dispatch_whitelisted_call",
				"Whitelist.dispatch_whitelisted_call_with_preimage",
			],
		),
		of(
			&["emergency"],
			&[
				"SafeMode.force_enter",
				"SafeMode.force_extend",
				"SafeMode.force_exit",
				"TxPause.pause",
			],
		),
		of(&["emergency", "membership"], &["TxPause.unpause"]),
		of(
			&["patients' rights"],
			&["Whitelist.whitelist_call", "Whitelist.remove_whitelisted_call"],
		),
		of(
			&["representation"],
			&["Origins.appoint_representative", "Origins.dismiss_representative"],
		),
	]
	.into_iter()
	.flatten()
	.collect()
}

/// What both chambers decide together: it takes Root, and no track's origin.
const OF_BOTH_CHAMBERS: [&str; 26] = [
	"Consent.publish_template",
	"Consent.retire_template",
	"Consent.set_decision_rules",
	"RecordAccess.set_role_permissions",
	"RecordAccess.set_required_level",
	"RecordAccess.set_emergency_terms",
	"Audit.set_retention",
	"Audit.decide_review",
	"Audit.set_review_terms",
	"Audit.set_monitoring",
	"ShieldedConsent.revoke_by_governance",
	"ShieldedConsent.append_category",
	"ShieldedLicence.remove_licence_by_governance",
	"ShieldedLicence.appoint_auditor",
	"ShieldedLicence.dismiss_auditor",
	"Study.register_study",
	"Study.close_study",
	"System.authorize_upgrade",
	"System.set_code_without_checks",
	"Grandpa.note_stalled",
	"RankedPolls.cancel",
	"RankedPolls.kill",
	"PatientPolls.cancel",
	"PatientPolls.kill",
	"SafeMode.force_release_deposit",
	"SafeMode.force_slash_deposit",
];

/// Further calls that take Root, which docs/governance.md sums up.
const OF_ROOT_BESIDES: [&str; 37] = [
	"System.set_heap_pages",
	"System.set_code",
	"System.authorize_upgrade_without_checks",
	"Balances.force_transfer",
	"Balances.force_unreserve",
	"Balances.force_set_balance",
	"Balances.force_adjust_total_issuance",
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
	"Preimage.note_preimage",
	"Preimage.unnote_preimage",
	"Preimage.request_preimage",
	"Preimage.unrequest_preimage",
	"RankedPolls.nudge_referendum",
	"RankedPolls.one_fewer_deciding",
	"RankedPolls.refund_decision_deposit",
	"RankedPolls.refund_submission_deposit",
	"PatientPolls.nudge_referendum",
	"PatientPolls.one_fewer_deciding",
	"PatientPolls.refund_decision_deposit",
	"PatientPolls.refund_submission_deposit",
	"Utility.dispatch_as",
	"Utility.dispatch_as_fallible",
	"Utility.with_weight",
	"Sudo.sudo",
	"Sudo.sudo_unchecked_weight",
	"Sudo.sudo_as",
	"Sudo.set_key",
	"Sudo.remove_key",
];

/// Calls that take Root, and of which no text is given out to be called (`log_is_kept.rs`, `migrations.rs`).
const NOT_EVEN_OF_BOTH_CHAMBERS: [&str; 7] = [
	"System.set_storage",
	"System.kill_storage",
	"System.kill_prefix",
	"MultiBlockMigrations.force_set_cursor",
	"MultiBlockMigrations.force_set_active_cursor",
	"MultiBlockMigrations.force_onboard_mbms",
	"MultiBlockMigrations.clear_historic",
];

/// What is not made as Root here: it would write whatever is asked, wants a host that reads code, or tells of what it
/// carries whether that was let in.
const NOT_TRIED_AS_ROOT: [&str; 7] = [
	"System.set_code",
	"System.set_code_without_checks",
	"System.set_storage",
	"System.kill_storage",
	"System.kill_prefix",
	"Utility.dispatch_as_fallible",
	"Utility.with_weight",
];

/// Calls that ask for no origin at all, or hand the one that they got to others.
const FOR_ANYBODY: [&str; 6] = [
	"System.remark",
	"System.apply_authorized_upgrade",
	"Utility.batch",
	"Utility.batch_all",
	"Utility.force_batch",
	"Utility.if_else",
];

/// Whether the call gets past who asks; then it is undone.
fn is_let_in(call: &RuntimeCall, origin: RuntimeOrigin) -> bool {
	with_transaction_unchecked(|| {
		let outcome = call.clone().dispatch(origin).map(drop).map_err(|error| error.error);
		let filtered: DispatchError = frame_system::Error::<Runtime>::CallFiltered.into();
		let is_refused = outcome == Err(DispatchError::BadOrigin) || outcome == Err(filtered);
		TransactionOutcome::Rollback(!is_refused)
	})
}

fn calls() -> Calls {
	let accounts = [Key::Alice, Key::Bob, Key::Charlie, Key::Dave, SUDO];
	Calls::of_runtime(accounts.map(|key| key.to_account_id()).to_vec())
}

#[test]
fn each_call_takes_the_origins_of_its_tracks_and_refuses_every_other() {
	with_consent(|| {
		let table = table();
		let mut seen = BTreeSet::new();
		for (name, call) in calls().each(3) {
			if FOR_ANYBODY.contains(&name.as_str()) {
				continue;
			}
			let expected = table.get(name.as_str()).cloned().unwrap_or_default();
			let let_in: BTreeSet<&str> = TRACKS
				.iter()
				.filter(|(_, origin)| {
					is_let_in(&call, OriginCaller::Origins(origin.clone()).into())
				})
				.map(|(track, _)| *track)
				.collect();
			assert_eq!(let_in, expected, "{name}: {call:?}");
			seen.insert(name);
		}
		let unknown: Vec<_> = table.keys().filter(|name| !seen.contains(**name)).collect();
		assert!(unknown.is_empty(), "no such calls: {unknown:?}");
	});
}

#[test]
fn what_both_chambers_decide_takes_root_and_no_tracks_origin() {
	with_consent(|| {
		let mut seen = BTreeSet::new();
		for (name, call) in calls().each(1) {
			if !OF_BOTH_CHAMBERS.contains(&name.as_str()) {
				continue;
			}
			let is_by_root =
				name == "System.set_code_without_checks" || is_let_in(&call, RuntimeOrigin::root());
			assert!(is_by_root, "{name} refuses Root");
			for (track, origin) in TRACKS {
				let origin: RuntimeOrigin = OriginCaller::Origins(origin).into();
				assert!(!is_let_in(&call, origin), "{name} is let in by {track}");
			}
			seen.insert(name);
		}
		assert_eq!(seen.len(), OF_BOTH_CHAMBERS.len(), "{seen:?}");
	});
}

/// Each call is decided about by tracks, by both chambers, or by nobody; or it is made by people, who sign, or by blocks.
#[test]
fn root_is_let_in_where_governance_decides_and_nowhere_else() {
	with_consent(|| {
		let table = table();
		let mut seen = BTreeSet::new();
		for (name, call) in calls().each(1) {
			let is_listed = |list: &[&str]| list.contains(&name.as_str());
			let lists = [
				table.contains_key(name.as_str()),
				is_listed(&OF_BOTH_CHAMBERS),
				is_listed(&OF_ROOT_BESIDES),
				is_listed(&NOT_EVEN_OF_BOTH_CHAMBERS),
				is_listed(&FOR_ANYBODY),
			];
			let places = lists.into_iter().filter(|is_here| *is_here).count();
			assert!(places <= 1, "{name} is in {places} lists");
			if !is_listed(&NOT_TRIED_AS_ROOT) && !is_listed(&FOR_ANYBODY) {
				// What both chambers agree on is called as Root, and does not agree on anything itself.
				let expected = places == 1 && !name.starts_with("Whitelist.");
				assert_eq!(is_let_in(&call, RuntimeOrigin::root()), expected, "{name}: {call:?}");
			}
			seen.insert(name);
		}
		let named = OF_ROOT_BESIDES.iter().chain(&NOT_EVEN_OF_BOTH_CHAMBERS).chain(&FOR_ANYBODY);
		let unknown: Vec<_> = named.filter(|name| !seen.contains(**name)).collect();
		assert!(unknown.is_empty(), "no such calls: {unknown:?}");
	});
}

#[test]
fn the_longest_text_leaves_room_for_the_heaviest_call_that_is_decided_about() {
	use pallet_scheduler::WeightInfo;
	type Costs = <Runtime as pallet_scheduler::Config>::WeightInfo;
	let limit: Weight = <Runtime as pallet_scheduler::Config>::MaximumWeight::get();
	let tasks: u32 = <Runtime as pallet_scheduler::Config>::MaxScheduledPerBlock::get();
	let longest: u32 = <Runtime as pallet_governance::Config>::MaxNoteLength::get();
	let before_the_call = [
		Costs::service_agendas_base(),
		Costs::service_agenda_base(tasks),
		Costs::service_task_fetched(longest),
		Costs::service_task_named(),
		Costs::execute_dispatch_unsigned(),
	]
	.into_iter()
	.fold(Weight::zero(), |sum, cost| sum.saturating_add(cost));
	let room = limit.checked_sub(&before_the_call).expect("a text fits into a block");
	with_consent(|| {
		let mut looked_at = 0;
		for (name, call) in calls().each(3) {
			let origins: [RuntimeOrigin; 8] =
				TRACKS.map(|(_, origin)| OriginCaller::Origins(origin).into());
			let is_decided = origins.into_iter().any(|origin| is_let_in(&call, origin));
			// Its proposer states what it weighs.
			if !is_decided || name == "Whitelist.dispatch_whitelisted_call" {
				continue;
			}
			let weight = call.get_dispatch_info().call_weight;
			assert!(weight.all_lte(room), "{name} weighs {weight}, and {room} is left");
			looked_at += 1;
		}
		assert!(looked_at > 30, "{looked_at}");
	});
}
