//! What no emergency pauses.

use crate::{Runtime, RuntimeCall, TxPause};
use frame_support::traits::Contains;
use hdx_primitives::consent::{ConsentAction, GuardianAction};
use pallet_consent::Proposals;
use pallet_tx_pause::RuntimeCallNameOf;

/// The calls that cannot be paused one by one; safe mode has its own list, by what a call says
/// ([`AllowedInEmergency`](super::super::AllowedInEmergency)).
///
/// Any of:
/// - what blocks and consensus need, and calls that carry others, which are looked at by themselves;
/// - everything about the log, and everything with which chambers decide: what was paused is resumed by them;
/// - what patients and those in their place take back, object to, dispute or ask to be erased;
/// - breaking the glass, the disclosures under it, and the reviews of it;
/// - the end of a study;
/// - what takes a proxy or an announcement away, and announcements, without which some could not vote; all of multisigs, as an
///   institution can be one;
/// - what keeps somebody from acting who should not, or from being impersonated: suspensions, withdrawals, other accounts
///   and keys; and what seats and validators depend on: who pauses must not decide with that who votes;
/// - the sudo key of the `dev` preset.
pub struct NeverPaused;

impl Contains<RuntimeCallNameOf<Runtime>> for NeverPaused {
	fn contains((pallet, call): &RuntimeCallNameOf<Runtime>) -> bool {
		matches!(
			(pallet.as_slice(), call.as_slice()),
			(
				b"System"
					| b"Timestamp" | b"Utility"
					| b"Grandpa" | b"Session"
					| b"Audit" | b"SafeMode"
					| b"TxPause" | b"RankedCollective"
					| b"RankedPolls"
					| b"PatientCollective"
					| b"PatientPolls"
					| b"Whitelist" | b"Preimage"
					| b"Scheduler" | b"Origins"
					| b"Multisig" | b"Sudo",
				_,
			) | (
				b"Consent",
				b"revoke"
					| b"stop_renewal"
					| b"revoke_delegate"
					| b"object_to_proposal"
					| b"set_emergency_override"
					| b"deny_request"
					| b"withdraw_request"
					| b"confirm_erasure"
					| b"act_as_delegate"
					| b"propose_as_guardian"
					| b"approve_as_guardian",
			) | (
				b"RecordAccess",
				b"revoke_grant"
					| b"restrict" | b"dispute_record"
					| b"answer_dispute"
					| b"request_erasure"
					| b"refuse_erasure"
					| b"break_glass"
					| b"break_glass_by_proof"
					| b"record_disclosure"
					| b"record_disclosures"
					| b"review_break_glass",
			) | (b"ShieldedConsent", b"revoke" | b"revoke_by_governance")
				| (b"ShieldedLicence", b"remove_licence" | b"remove_licence_by_governance")
				| (b"Study", b"close_study")
				| (b"Did", b"end_key" | b"remove_controller" | b"deactivate")
				| (
					b"ProviderRegistry",
					b"appeal"
						| b"withdraw_appeal"
						| b"rotate_account"
						| b"replace_account"
						| b"replace_second_key"
						| b"reset_second_key"
						| b"leave" | b"withdraw_transfer"
						| b"revoke_credential"
						| b"suspend_credential"
						| b"set_practitioner_status"
						| b"remove_practitioner"
						| b"set_institution_status"
						| b"accredit" | b"renew_accreditation"
						| b"set_accreditation_status"
						| b"require_accreditation"
						| b"decide_appeal",
				) | (
				b"Proxy",
				b"proxy"
					| b"proxy_announced"
					| b"announce" | b"remove_announcement"
					| b"reject_announcement"
					| b"remove_proxy"
					| b"remove_proxies",
			) | (b"ValidatorSet", b"add_validator" | b"remove_validator" | b"reinstate_validator")
				| (b"Groth16Verifier", b"suspend" | b"withdraw_attestation")
		)
	}
}

/// What is not paused: neither the call itself, nor the one that somebody would make by it in a patient's place. A delegate
/// who grants does what a patient does who grants, and so do guardians.
pub struct NotPaused;

impl Contains<RuntimeCall> for NotPaused {
	fn contains(call: &RuntimeCall) -> bool {
		let in_their_place = match call {
			RuntimeCall::Consent(call) => in_a_patients_place(call),
			_ => None,
		};
		TxPause::contains(call)
			&& in_their_place.is_none_or(|name| {
				!TxPause::is_paused_unbound(b"Consent".to_vec(), name.as_bytes().to_vec())
			})
	}
}

/// The call of pallet-consent with which a patient does what is done in their place.
fn in_a_patients_place(call: &pallet_consent::Call<Runtime>) -> Option<&'static str> {
	use pallet_consent::Call;
	match call {
		Call::act_as_delegate { action, .. } => by_patient(action),
		Call::propose_as_guardian { action, .. } => by_ward(action),
		// The last approval carries out what does not wait.
		Call::approve_as_guardian { proposal } | Call::execute_proposal { proposal } => {
			Proposals::<Runtime>::get(proposal).and_then(|proposal| by_ward(&proposal.action))
		},
		_ => None,
	}
}

fn by_patient(action: &ConsentAction) -> Option<&'static str> {
	match action {
		ConsentAction::Grant(_) => Some("grant"),
		ConsentAction::Amend { .. } => Some("amend"),
		ConsentAction::ApproveRequest { .. } => Some("approve_request"),
		// Never paused.
		ConsentAction::Revoke { .. }
		| ConsentAction::StopRenewal { .. }
		| ConsentAction::DenyRequest { .. } => None,
	}
}

fn by_ward(action: &GuardianAction) -> Option<&'static str> {
	match action {
		GuardianAction::Consent(action) => by_patient(action),
		GuardianAction::ReplaceGuardians { .. } => Some("set_guardians"),
		// Never paused; and an objection leaves things as they are.
		GuardianAction::SetEmergencyOverride { .. } | GuardianAction::ObjectToReplacement => None,
	}
}
