//! Which kind of proxy may make which call.
//!
//! The calls are those that the runtime's type information lists, so one that is added later to one of these pallets has to be
//! put in the table. What is in no list is of no kind.

use crate::arbitrary_calls::Calls;
use crate::chain::{batch, remark, with_consent, SUDO};
use frame_support::traits::{GetCallMetadata, InstanceFilter};
use hdx_runtime::{configs::ProxyType, Runtime, RuntimeCall};
use sp_keyring::Sr25519Keyring as Key;
use std::collections::{BTreeMap, BTreeSet};
use ProxyType::{Chambers, Custody, Registry, Validator};

const KINDS: [ProxyType; 4] = [Chambers, Validator, Registry, Custody];

/// Pallets of which no proxy makes a call: they are about persons, their documents, their keys and what they complain
/// about; or of everybody together; or for blocks, for accounts and for the limits of all.
const OF_NONE: [&str; 17] = [
	"Timestamp",
	"Balances",
	"MultiBlockMigrations",
	"Multisig",
	"Proxy",
	"Grandpa",
	"ValidatorSet",
	"Audit",
	"Did",
	"Groth16Verifier",
	"Study",
	"Quota",
	"SafeMode",
	"TxPause",
	"Scheduler",
	"Origins",
	"Sudo",
];

/// The other pallets: of each kind the calls, then those that no proxy makes.
fn table() -> BTreeMap<&'static str, Vec<ProxyType>> {
	let of = |kinds: &[ProxyType], calls: &[&'static str]| {
		calls.iter().map(|call| (*call, kinds.to_vec())).collect::<Vec<_>>()
	};
	[
		// Inside is the call that does nothing.
		of(&KINDS, &["System.remark", "Utility.batch", "Utility.batch_all", "Utility.force_batch"]),
		of(
			&[Chambers],
			&[
				"RankedCollective.vote",
				"PatientCollective.vote",
				"RankedPolls.submit",
				"RankedPolls.place_decision_deposit",
				"RankedPolls.set_metadata",
				"PatientPolls.submit",
				"PatientPolls.place_decision_deposit",
				"PatientPolls.set_metadata",
				"Preimage.note_preimage",
				"Preimage.unnote_preimage",
				"Whitelist.dispatch_whitelisted_call",
				"Whitelist.dispatch_whitelisted_call_with_preimage",
			],
		),
		of(&[Validator], &["Session.set_keys"]),
		of(
			&[Registry],
			&[
				"ProviderRegistry.enrol_practitioner",
				"ProviderRegistry.set_practitioner_status",
				"ProviderRegistry.remove_practitioner",
				"ProviderRegistry.add_affiliation",
				"ProviderRegistry.offer_transfer",
				"ProviderRegistry.accept_transfer",
				"ProviderRegistry.take_over",
				"ProviderRegistry.attest_credential",
				"ProviderRegistry.renew_credential",
				"ProviderRegistry.suspend_credential",
				"ProviderRegistry.reinstate_credential",
				"ProviderRegistry.revoke_credential",
				"Consent.sponsor_patient",
				"Consent.sponsor_ward",
				"ShieldedLicence.enter_licence",
				"ShieldedLicence.remove_licence",
			],
		),
		of(
			&[Custody],
			&[
				"RecordAccess.register_record",
				"RecordAccess.update_record",
				"RecordAccess.retire_record",
				"RecordAccess.reinstate_record",
				"RecordAccess.set_subject_tag",
				"RecordAccess.record_disclosure",
				"RecordAccess.record_disclosures",
				"RecordAccess.answer_dispute",
				"RecordAccess.record_erasure",
				"RecordAccess.refuse_erasure",
				"Consent.confirm_erasure",
				"ShieldedConsent.append",
				"ShieldedConsent.revoke",
			],
		),
		// A person could sign these, too.
		of(
			&[],
			&[
				"ProviderRegistry.leave",
				"ProviderRegistry.withdraw_transfer",
				"ProviderRegistry.appeal",
				"ProviderRegistry.withdraw_appeal",
				"ProviderRegistry.report_status",
				"Consent.grant",
				"Consent.revoke",
				"Consent.amend",
				"Consent.renew",
				"Consent.stop_renewal",
				"Consent.set_emergency_override",
				"Consent.request_consent",
				"Consent.approve_request",
				"Consent.deny_request",
				"Consent.withdraw_request",
				"Consent.set_guardians",
				"Consent.propose_as_guardian",
				"Consent.approve_as_guardian",
				"Consent.object_to_proposal",
				"Consent.execute_proposal",
				"Consent.delegate",
				"Consent.revoke_delegate",
				"Consent.act_as_delegate",
				"RecordAccess.request_access",
				"RecordAccess.request_access_by_proof",
				"RecordAccess.break_glass",
				"RecordAccess.break_glass_by_proof",
				"RecordAccess.review_break_glass",
				"RecordAccess.revoke_grant",
				"RecordAccess.restrict",
				"RecordAccess.lift_restriction",
				"RecordAccess.dispute_record",
				"RecordAccess.request_erasure",
				"ShieldedConsent.register_tag",
			],
		),
		// Hands over an account, the key of somebody else, or a record.
		of(
			&[],
			&[
				"ProviderRegistry.rotate_account",
				"ProviderRegistry.register_second_key",
				"ProviderRegistry.replace_second_key",
				"ProviderRegistry.reset_second_key",
				"RecordAccess.offer_custody",
				"RecordAccess.withdraw_custody_offer",
				"RecordAccess.accept_custody",
			],
		),
		// Only governance and Root.
		of(
			&[],
			&[
				"ProviderRegistry.register_institution",
				"ProviderRegistry.set_institution_status",
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
				"Consent.publish_template",
				"Consent.retire_template",
				"Consent.set_decision_rules",
				"RecordAccess.set_role_permissions",
				"RecordAccess.set_required_level",
				"RecordAccess.set_emergency_terms",
				"ShieldedConsent.revoke_by_governance",
				"ShieldedConsent.append_category",
				"ShieldedLicence.remove_licence_by_governance",
				"ShieldedLicence.appoint_auditor",
				"ShieldedLicence.dismiss_auditor",
				"System.set_heap_pages",
				"System.set_code",
				"System.set_code_without_checks",
				"System.set_storage",
				"System.kill_storage",
				"System.kill_prefix",
				"System.authorize_upgrade",
				"System.authorize_upgrade_without_checks",
				"RankedPolls.cancel",
				"RankedPolls.kill",
				"RankedPolls.nudge_referendum",
				"RankedPolls.one_fewer_deciding",
				"PatientPolls.cancel",
				"PatientPolls.kill",
				"PatientPolls.nudge_referendum",
				"PatientPolls.one_fewer_deciding",
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
				"Preimage.request_preimage",
				"Preimage.unrequest_preimage",
				"Whitelist.whitelist_call",
				"Whitelist.remove_whitelisted_call",
				"Session.purge_keys",
			],
		),
		// Anybody may, in their own name; there are no deposits.
		of(
			&[],
			&[
				"System.remark_with_event",
				"System.apply_authorized_upgrade",
				"RankedPolls.refund_decision_deposit",
				"RankedPolls.refund_submission_deposit",
				"RankedCollective.cleanup_poll",
				"PatientPolls.refund_decision_deposit",
				"PatientPolls.refund_submission_deposit",
				"PatientCollective.cleanup_poll",
				"Preimage.ensure_updated",
				"Whitelist.remove_deferred_dispatch",
			],
		),
		// Makes of whoever calls somebody else, who is under no proxy's filter; or carries what nobody needs to.
		of(
			&[],
			&[
				"Utility.as_derivative",
				"Utility.dispatch_as",
				"Utility.dispatch_as_fallible",
				"Utility.with_weight",
				"Utility.if_else",
			],
		),
	]
	.into_iter()
	.flatten()
	.collect()
}

#[test]
fn each_call_is_of_the_kinds_that_the_table_says_and_of_no_other() {
	with_consent(|| {
		let table = table();
		let accounts = [Key::Alice, Key::Bob, Key::Charlie, Key::Dave, SUDO];
		let calls = Calls::of_runtime(accounts.map(|key| key.to_account_id()).to_vec());
		for (name, call) in calls.each(3) {
			let pallet = name.split('.').next().unwrap();
			let expected = match table.get(name.as_str()) {
				Some(kinds) => {
					assert!(!OF_NONE.contains(&pallet), "{name} is in two lists");
					kinds.clone()
				},
				None => {
					assert!(OF_NONE.contains(&pallet), "{name} is in no list");
					vec![]
				},
			};
			let found: Vec<_> =
				KINDS.into_iter().filter(|kind: &ProxyType| kind.filter(&call)).collect();
			assert_eq!(found, expected, "{call:?}");
		}
		let pallets = RuntimeCall::get_module_names();
		let all: BTreeSet<String> = pallets
			.iter()
			.flat_map(|pallet| {
				let calls = RuntimeCall::get_call_names(pallet);
				calls.iter().map(move |call| format!("{pallet}.{call}"))
			})
			.collect();
		let unknown: Vec<_> = table.keys().filter(|name| !all.contains(**name)).collect();
		assert!(unknown.is_empty(), "no such calls: {unknown:?}");
		assert!(OF_NONE.iter().all(|pallet| pallets.contains(pallet)));
	});
}

#[test]
fn a_batch_is_of_a_kind_if_each_call_in_it_is() {
	let sponsor = || -> RuntimeCall {
		let patient = Key::Eve.to_account_id();
		pallet_consent::Call::<Runtime>::sponsor_patient { patient }.into()
	};
	let retire = || -> RuntimeCall {
		let record = hdx_primitives::RecordId(0);
		pallet_record_access::Call::<Runtime>::retire_record { record }.into()
	};
	let derived =
		pallet_utility::Call::<Runtime>::as_derivative { index: 0, call: Box::new(remark()) };
	assert!(Registry.filter(&batch([sponsor(), batch([sponsor(), remark()])])));
	assert!(!Registry.filter(&batch([sponsor(), batch([retire()])])));
	assert!(!Custody.filter(&batch([sponsor(), batch([retire()])])));
	assert!(Custody.filter(&batch([retire()])));
	for kind in KINDS {
		assert!(kind.filter(&batch([])));
		assert!(!kind.filter(&batch([remark(), derived.clone().into()])));
	}
}

#[test]
fn no_kind_contains_another_and_the_one_that_is_meant_by_default_permits_one_call() {
	for kind in KINDS {
		for other in KINDS {
			let contains = InstanceFilter::<RuntimeCall>::is_superset(&kind, &other);
			assert_eq!(contains, kind == other, "{kind:?} {other:?}");
		}
	}
	assert_eq!(ProxyType::default(), Validator);
	// They are stored by number.
	use codec::Encode;
	assert_eq!(KINDS.map(|kind| kind.encode()), [0u8, 1, 2, 3].map(|number| vec![number]));
}
