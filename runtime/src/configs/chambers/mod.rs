//! The two chambers: their members, their referenda, and what carries a decision out.
//!
//! Tools know the names: `RankedCollective` and `RankedPolls` are of institutions, `PatientCollective` and `PatientPolls` of
//! those who represent patients.

mod enacting;
mod pausing;
mod preimages;
mod proposing;
mod protected;
mod tracks;
mod voters;

pub use enacting::{Enacts, LONGEST_WAIT};
pub use pausing::{NeverPaused, NotPaused};
pub use preimages::{LogKeepingPreimages, StoredByMember, StoredTexts};
pub use proposing::Proposes;
pub use protected::{carries_out, governs};
pub use tracks::{InstitutionTracks, Paced, PatientTracks, DAYS, MOST_OPEN};
pub use voters::{Institutions, Patients, Registry, SeatsFollow};

use super::{
	entries::{Logs, Makes, Permits},
	governance::{EmergencyOrigin, MembershipOrigin, RepresentationOrigin},
};
use crate::{
	AccountId, Audit, Balances, OriginCaller, PatientPolls, Preimage, RankedPolls, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeOrigin, System,
};
use frame_support::{
	traits::{ConstU128, ConstU32, EitherOf, EqualPrivilegeOnly, NeverEnsureOrigin},
	weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
};
use frame_system::EnsureRoot;
use hdx_primitives::AuditAction;
use pallet_ranked_collective::{Instance2, Rank, TallyOf, Unit, Votes};
use sp_runtime::{traits::ConvertToValue, Perbill};

/// Longest text of a proposal that a member may store, in bytes. A signer's own bucket, which pays for a text, has 32 units: one
/// for each KiB, and one for the call. Calls are short; a runtime is authorized by its hash.
pub const LONGEST_TEXT: u32 = 8 * 1_024;

/// Most seats of a chamber.
type MaxSeats = ConstU32<64>;
/// Most referenda of a chamber that have not ended.
type MaxOpen = ConstU32<MOST_OPEN>;

/// Nobody does it by the collectives' own calls: these would leave the votes of whoever goes. The calls of
/// pallet-governance do it.
type ByNobody<Success> = NeverEnsureOrigin<Success>;

frame_support::parameter_types! {
	/// Half of what a block can compute, so that votes and revocations find room beside what is carried out.
	pub MaximumSchedulerWeight: Weight = Weight::from_parts(
		Perbill::from_percent(50).mul_floor(WEIGHT_REF_TIME_PER_SECOND),
		u64::MAX,
	);
	/// How the log calls that a call was paused.
	pub const Pausing: AuditAction = AuditAction::CallPaused;
	/// How the log calls that one was resumed.
	pub const Resuming: AuditAction = AuditAction::CallResumed;
}

impl pallet_governance::Config for Runtime {
	type MembershipOrigin = MembershipOrigin;
	type RepresentationOrigin = RepresentationOrigin;
	type Institutions = Institutions;
	type Patients = Patients;
	type Voices = Registry;
	type Texts = StoredTexts;
	type Audit = Audit;
	type MaxSeats = MaxSeats;
	type MaxOpenPerMember = ConstU32<2>;
	type MaxOpen = MaxOpen;
	type MaxNotes = ConstU32<16>;
	type MaxNoteLength = ConstU32<LONGEST_TEXT>;
	type WeightInfo = crate::weights::pallet_governance::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::ChamberSetup;
}

impl pallet_ranked_collective::Config for Runtime {
	type WeightInfo = crate::weights::pallet_ranked_collective::WeightInfo<Runtime>;
	type RuntimeEvent = RuntimeEvent;
	type AddOrigin = ByNobody<()>;
	type RemoveOrigin = ByNobody<Rank>;
	type PromoteOrigin = ByNobody<Rank>;
	type DemoteOrigin = ByNobody<Rank>;
	type ExchangeOrigin = ByNobody<()>;
	type Polls = RankedPolls;
	// Ranks say nothing: every member may vote about everything, with one vote.
	type MinRankOfClass = ();
	type MemberSwappedHandler = ();
	type VoteWeight = Unit;
	type MaxMemberCount = ConvertToValue<MaxSeats>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkSetup = ();
}

impl pallet_ranked_collective::Config<Instance2> for Runtime {
	type WeightInfo = crate::weights::pallet_ranked_collective::WeightInfo<Runtime>;
	type RuntimeEvent = RuntimeEvent;
	type AddOrigin = ByNobody<()>;
	type RemoveOrigin = ByNobody<Rank>;
	type PromoteOrigin = ByNobody<Rank>;
	type DemoteOrigin = ByNobody<Rank>;
	type ExchangeOrigin = ByNobody<()>;
	type Polls = PatientPolls;
	type MinRankOfClass = ();
	type MemberSwappedHandler = ();
	type VoteWeight = Unit;
	type MaxMemberCount = ConvertToValue<MaxSeats>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkSetup = ();
}

impl pallet_referenda::Config for Runtime {
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = crate::weights::pallet_referenda::WeightInfo<Runtime>;
	type Scheduler = Enacts<Institutions>;
	type Currency = Balances;
	type SubmitOrigin = Proposes<Institutions>;
	// What both chambers agree on.
	type CancelOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type Slash = ();
	type Votes = Votes;
	type Tally = TallyOf<Runtime>;
	// There are no coins; only members propose, and so many at a time.
	type SubmissionDeposit = ConstU128<0>;
	type MaxQueued = MaxOpen;
	type UndecidingTimeout = ConstU32<{ 14 * DAYS }>;
	type AlarmInterval = ConstU32<1>;
	type Tracks = InstitutionTracks;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
}

impl pallet_referenda::Config<pallet_referenda::Instance2> for Runtime {
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = crate::weights::pallet_referenda::WeightInfo<Runtime>;
	type Scheduler = Enacts<Patients>;
	type Currency = Balances;
	type SubmitOrigin = Proposes<Patients>;
	type CancelOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type Slash = ();
	type Votes = Votes;
	type Tally = TallyOf<Runtime, Instance2>;
	type SubmissionDeposit = ConstU128<0>;
	type MaxQueued = MaxOpen;
	type UndecidingTimeout = ConstU32<{ 14 * DAYS }>;
	type AlarmInterval = ConstU32<1>;
	type Tracks = PatientTracks;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
}

impl pallet_scheduler::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type MaximumWeight = MaximumSchedulerWeight;
	type ScheduleOrigin = EnsureRoot<AccountId>;
	type OriginPrivilegeCmp = EqualPrivilegeOnly;
	// An alarm of each referendum of both chambers, and as many again for what ends and is carried out: where an alarm finds
	// no room, a referendum sleeps until the next vote.
	type MaxScheduledPerBlock = ConstU32<1_024>;
	type WeightInfo = crate::weights::pallet_scheduler::WeightInfo<Runtime>;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
}

impl pallet_preimage::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = crate::weights::texts::Texts<Runtime>;
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type Consideration = StoredByMember;
}

impl pallet_whitelist::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WhitelistOrigin = Permits;
	type DispatchWhitelistedOrigin = Makes;
	type Preimages = LogKeepingPreimages;
	// So long the patients' chamber may take after the institutions.
	type DeferredDispatchExpiration = Paced<ConstU32<{ 60 * DAYS }>>;
	type BlockNumberProvider = System;
	type WeightInfo = crate::weights::pallet_whitelist::WeightInfo<Runtime>;
}

impl pallet_tx_pause::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PauseOrigin = Logs<EmergencyOrigin, Pausing>;
	// What was paused at once is resumed at once by as many, or by a majority that takes its time.
	type UnpauseOrigin = Logs<EitherOf<EmergencyOrigin, MembershipOrigin>, Resuming>;
	type WhitelistedCalls = NeverPaused;
	// Longer than any name of a pallet or a call here: a longer one would count as paused.
	type MaxNameLen = ConstU32<64>;
	type WeightInfo = crate::weights::pallet_tx_pause::WeightInfo<Runtime>;
}
