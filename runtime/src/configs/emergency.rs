//! What still works in an emergency.

use super::{
	calls::nested,
	entries::{Extends, LogsSafeMode},
	BothChambers, EmergencyOrigin,
};
use crate::{
	Balance, Balances, BlockNumber, RecordAccess, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeHoldReason, RuntimeOrigin, HOURS,
};
use frame_support::traits::{ConstU32, Contains, EnsureOrigin, MapSuccess};
use pallet_consent::Proposals;
use pallet_provider_registry::{PractitionerStatus, ReportedStatus};
use pallet_quota::Nested;
use pallet_record_access::EmergencyOverrides;
use pallet_safe_mode::EnteredUntil;
use sp_runtime::traits::Replace;

/// Blocks for which safe mode is entered, and by which it is extended: six hours.
const EMERGENCY: BlockNumber = 6 * HOURS;

/// The last block of a safe mode that does not end by itself: the last number that there is.
pub const WITHOUT_END: BlockNumber = BlockNumber::MAX;

/// Says for how many blocks.
type ForHours = Replace<ConstU32<EMERGENCY>>;

frame_support::parameter_types! {
	/// There are no coins, so nobody can enter or extend safe mode by a deposit.
	pub const NoDeposit: Option<Balance> = None;
	/// There are no deposits to release.
	pub const NoRelease: Option<BlockNumber> = None;
}

impl pallet_safe_mode::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WhitelistedCalls = AllowedInEmergency;
	type EnterDuration = ConstU32<0>;
	type ExtendDuration = ConstU32<0>;
	type EnterDepositAmount = NoDeposit;
	type ExtendDepositAmount = NoDeposit;
	type ForceEnterOrigin = MapSuccess<EmergencyOrigin, ForHours>;
	type ForceExtendOrigin = Extends<ConstU32<EMERGENCY>>;
	type ForceExitOrigin = Ends;
	// There are no deposits.
	type ForceDepositOrigin = BothChambers;
	type Notify = LogsSafeMode;
	type ReleaseDelay = NoRelease;
	type WeightInfo = crate::weights::pallet_safe_mode::WeightInfo<Runtime>;
}

/// Who ends safe mode: three quarters of institutions; where it has no end, because a migration failed, both chambers alone.
///
/// Three quarters decide within minutes, and what they decided is carried out while a migration goes on as well. So one vote
/// for the time after a migration would open the chain, right after that migration failed.
pub struct Ends;

impl EnsureOrigin<RuntimeOrigin> for Ends {
	type Success = ();

	fn try_origin(origin: RuntimeOrigin) -> Result<(), RuntimeOrigin> {
		if EnteredUntil::<Runtime>::get() == Some(WITHOUT_END) {
			<BothChambers as EnsureOrigin<RuntimeOrigin>>::try_origin(origin)
		} else {
			<EmergencyOrigin as EnsureOrigin<RuntimeOrigin>>::try_origin(origin)
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		<BothChambers as EnsureOrigin<RuntimeOrigin>>::try_successful_origin()
	}
}

/// The calls that safe mode leaves; the pallet adds its own. A call that carries others is left if
/// all of them are, and the sudo key of the `dev` preset may do anything.
///
/// Any of:
/// - what blocks and consensus need: time, reports of equivocations, a validator's new keys
///   (the old ones may be what the emergency is about), an authorised upgrade;
/// - what takes access away: a patient's revocations, those of shielded consents among them, and what guardians and
///   delegates take back in the patient's place; those of credentials and practitioners, changes of their keys, and
///   oracles' reports that something is wrong; the end of a DID, of its keys and of a controller's
///   power; answers to requests other than approvals; confirmations of erasure;
/// - the end of a study;
/// - breaking the glass, the disclosures under it, and the reviews of it: whatever safe mode is about,
///   somebody may lie unconscious meanwhile. It is asked with a second key, or with a proof and by the institution; it is
///   told to the patient and reviewed. Where it is itself what the emergency is about, governance empties the cells of the role
///   matrix, and institutions suspend whom they do not trust; both go on as well;
/// - restrictions of disclosures, as long as they loosen none, disputes of records and requests for
///   erasure, and the answers to these, which have a deadline; erasing itself waits, because it
///   cannot be undone;
/// - what is called about the log, which opens no record to anybody: holds, reviews, which have
///   deadlines, and what governance sets;
/// - what takes a hidden licence away, and who reads who broke the glass;
/// - what takes a proxy, an announcement or a multisig operation away;
/// - what is called about circuits and their keys: a circuit that states too little is suspended at once,
///   attestations are taken back, and the mended one is registered, attested and activated;
/// - what members of the chambers do there, and what only governance can call.
pub struct AllowedInEmergency;

impl Contains<RuntimeCall> for AllowedInEmergency {
	fn contains(call: &RuntimeCall) -> bool {
		if matches!(call, RuntimeCall::Sudo(_)) {
			return true;
		}
		match nested(call) {
			Nested::Leaf => is_allowed(call),
			Nested::One(inner) => Self::contains(inner),
			Nested::Two(first, second) => Self::contains(first) && Self::contains(second),
			Nested::Many(calls) => calls.iter().all(Self::contains),
		}
	}
}

fn is_allowed(leaf: &RuntimeCall) -> bool {
	use pallet_did::Call as Did;
	use pallet_groth16_verifier::Call as Circuit;
	use pallet_multisig::Call as Multisig;
	use pallet_proxy::Call as Proxy;
	use pallet_record_access::Call as Access;
	use pallet_shielded_consent::Call as Shielded;
	use pallet_shielded_licence::Call as Licence;
	use pallet_study::Call as Study;
	use pallet_validator_set::Call as Validators;
	match leaf {
		RuntimeCall::System(call) => !matches!(
			call,
			frame_system::Call::remark { .. } | frame_system::Call::remark_with_event { .. }
		),
		RuntimeCall::Consent(call) => takes_back(call),
		RuntimeCall::Did(
			Did::end_key { .. } | Did::remove_controller { .. } | Did::deactivate { .. },
		) => true,
		RuntimeCall::ProviderRegistry(call) => withdraws(call),
		RuntimeCall::Timestamp(_)
		| RuntimeCall::Grandpa(_)
		| RuntimeCall::Session(pallet_session::Call::set_keys { .. })
		| RuntimeCall::ValidatorSet(
			Validators::add_validator { .. }
			| Validators::remove_validator { .. }
			| Validators::reinstate_validator { .. }
			| Validators::set_terms { .. },
		)
		| RuntimeCall::RecordAccess(Access::revoke_grant { .. })
		| RuntimeCall::SafeMode(_)
		| RuntimeCall::TxPause(_)
		| RuntimeCall::Preimage(_)
		| RuntimeCall::Scheduler(_)
		| RuntimeCall::RankedCollective(_)
		| RuntimeCall::RankedPolls(_)
		| RuntimeCall::PatientCollective(_)
		| RuntimeCall::PatientPolls(_)
		| RuntimeCall::Whitelist(_)
		| RuntimeCall::Origins(_)
		| RuntimeCall::Groth16Verifier(
			Circuit::register_circuit { .. }
			| Circuit::attest_circuit { .. }
			| Circuit::activate { .. }
			| Circuit::suspend { .. }
			| Circuit::withdraw_attestation { .. },
		)
		| RuntimeCall::ShieldedConsent(
			Shielded::revoke { .. } | Shielded::revoke_by_governance { .. },
		)
		| RuntimeCall::ShieldedLicence(
			Licence::remove_licence { .. }
			| Licence::remove_licence_by_governance { .. }
			| Licence::appoint_auditor { .. }
			| Licence::dismiss_auditor { .. },
		)
		| RuntimeCall::Study(Study::close_study { .. })
		| RuntimeCall::Proxy(
			// It does nothing by itself, and who votes by a proxy with a delay has to make one.
			Proxy::announce { .. }
			| Proxy::remove_proxy { .. }
			| Proxy::remove_proxies {}
			| Proxy::remove_announcement { .. }
			| Proxy::reject_announcement { .. },
		)
		| RuntimeCall::Multisig(Multisig::cancel_as_multi { .. })
		| RuntimeCall::Audit(_)
		| RuntimeCall::Quota(pallet_quota::Call::set_bucket { .. })
		| RuntimeCall::RecordAccess(
			Access::break_glass { .. }
			| Access::break_glass_by_proof { .. }
			| Access::review_break_glass { .. }
			| Access::set_role_permissions { .. }
			| Access::set_required_level { .. }
			| Access::set_emergency_terms { .. },
		) => true,
		// Loosening is none of this, whoever asks.
		RuntimeCall::RecordAccess(Access::restrict { patient, record, terms }) => {
			RecordAccess::only_restricts(patient, patient, *record, terms)
		},
		RuntimeCall::RecordAccess(
			Access::dispute_record { .. }
			| Access::answer_dispute { .. }
			| Access::request_erasure { .. }
			| Access::refuse_erasure { .. },
		) => true,
		RuntimeCall::RecordAccess(Access::record_disclosure { grant, .. }) => {
			EmergencyOverrides::<Runtime>::contains_key(grant)
		},
		_ => false,
	}
}

/// Whether a call about providers lets nobody act who could not before, keeps somebody from being
/// impersonated, or only governance can make it.
fn withdraws(call: &pallet_provider_registry::Call<Runtime>) -> bool {
	use pallet_provider_registry::Call;
	match call {
		Call::revoke_credential { .. }
		| Call::suspend_credential { .. }
		| Call::remove_practitioner { .. }
		| Call::set_practitioner_status { status: PractitionerStatus::Suspended(_), .. }
		| Call::leave { .. }
		| Call::withdraw_transfer { .. }
		| Call::rotate_account { .. }
		| Call::replace_second_key { .. }
		| Call::reset_second_key { .. }
		| Call::appeal { .. }
		| Call::withdraw_appeal { .. } => true,
		Call::report_status { status, .. } => *status != ReportedStatus::Good,
		Call::register_institution { .. }
		| Call::set_institution_status { .. }
		| Call::accredit { .. }
		| Call::renew_accreditation { .. }
		| Call::set_accreditation_status { .. }
		| Call::require_accreditation { .. }
		| Call::register_issuer { .. }
		| Call::set_issuer_kinds { .. }
		| Call::set_issuer_status { .. }
		| Call::register_oracle { .. }
		| Call::remove_oracle { .. }
		| Call::set_oracle_status { .. }
		| Call::set_oracle_terms { .. }
		| Call::decide_appeal { .. }
		| Call::replace_account { .. } => true,
		_ => false,
	}
}

/// Whether a call about consents permits nothing new, or only governance can make it.
fn takes_back(call: &pallet_consent::Call<Runtime>) -> bool {
	use pallet_consent::Call;
	match call {
		Call::revoke { .. }
		| Call::stop_renewal { .. }
		| Call::revoke_delegate { .. }
		| Call::object_to_proposal { .. }
		| Call::set_emergency_override { allowed: false }
		| Call::deny_request { .. }
		| Call::withdraw_request { .. }
		| Call::confirm_erasure { .. }
		| Call::publish_template { .. }
		| Call::retire_template { .. }
		| Call::set_decision_rules { .. } => true,
		Call::act_as_delegate { action, .. } => action.content().is_none(),
		Call::propose_as_guardian { action, .. } => !action.waits(),
		// The last approval carries out what does not wait, and whatever has no delay.
		Call::approve_as_guardian { proposal } => {
			Proposals::<Runtime>::get(proposal).is_some_and(|proposal| !proposal.action.waits())
		},
		_ => false,
	}
}
