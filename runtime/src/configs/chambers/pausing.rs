//! What no emergency pauses.

use crate::Runtime;
use frame_support::traits::Contains;
use pallet_tx_pause::RuntimeCallNameOf;

/// The calls that cannot be paused one by one; safe mode has its own list, by what a call says
/// ([`AllowedInEmergency`](super::super::AllowedInEmergency)).
///
/// Any of:
/// - what blocks and consensus need, and calls that carry others, which are looked at by themselves;
/// - everything about the log, and everything with which chambers decide: what was paused is resumed by them;
/// - what patients and those in their place take back, object to, dispute or ask to be erased;
/// - breaking the glass, and the reviews of it;
/// - the sudo key of the `dev` preset.
pub struct NeverPaused;

impl Contains<RuntimeCallNameOf<Runtime>> for NeverPaused {
	fn contains((pallet, call): &RuntimeCallNameOf<Runtime>) -> bool {
		match (pallet.as_slice(), call.as_slice()) {
			(
				b"System" | b"Timestamp" | b"Utility" | b"Grandpa" | b"Session" | b"Audit"
				| b"SafeMode" | b"TxPause" | b"RankedCollective" | b"RankedPolls"
				| b"PatientCollective" | b"PatientPolls" | b"Whitelist" | b"Preimage"
				| b"Scheduler" | b"Origins" | b"Sudo",
				_,
			) => true,
			(
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
			) => true,
			(
				b"RecordAccess",
				b"revoke_grant"
				| b"restrict"
				| b"dispute_record"
				| b"answer_dispute"
				| b"request_erasure"
				| b"refuse_erasure"
				| b"break_glass"
				| b"review_break_glass",
			) => true,
			(b"ShieldedConsent", b"revoke" | b"revoke_by_governance") => true,
			(b"Did", b"end_key" | b"remove_controller" | b"deactivate") => true,
			(b"ProviderRegistry", b"appeal" | b"withdraw_appeal" | b"rotate_account") => true,
			_ => false,
		}
	}
}
