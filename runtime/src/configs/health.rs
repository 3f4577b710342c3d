//! The pallets that HealthDataExchange is about, and how they know each other.

use super::{chambers::SeatsFollow, BothChambers, MembershipOrigin, ParametersOrigin};
use crate::{
	Audit, Consent, Did, ProviderRegistry, RecordAccess, Runtime, ShieldedConsent, ShieldedLicence,
	Timestamp,
};
use frame_support::traits::{ConstU32, Contains};
use hdx_primitives::{AuditAction, AuditEvent, AuditOutcome, Milliseconds};
use pallet_audit::{MonitoringTerms, ReviewTerms, Thresholds};
use pallet_record_access::EmergencyTerms;
use sp_runtime::traits::BlakeTwo256;

frame_support::parameter_types! {
	/// Longest a grant may hold: 30 days.
	pub const MaxGrantDuration: Milliseconds = Milliseconds(30 * DAY);
	/// Longest a grant by proof may hold: a quarter of an hour. It ends no sooner when the consent is revoked.
	pub const MaxProvenDuration: Milliseconds = Milliseconds(HOUR / 4);
	/// Longest that governance may let a break-glass hold: four hours.
	pub const MaxEmergencyDuration: Milliseconds = Milliseconds(4 * HOUR);
	/// As shipped: an hour, ten disclosures, a review within three days, at most three overdue, and three times a day by
	/// proof.
	pub const DefaultEmergencyTerms: EmergencyTerms = EmergencyTerms {
		max_duration: Milliseconds(HOUR),
		uses: 10,
		review_within: Milliseconds(3 * DAY),
		max_overdue: 3,
		proofs_a_day: 3,
	};
	/// How long a custodian has to erase a record or to say why not: a month (GDPR article 12(3)).
	pub const ErasureDeadline: Milliseconds = Milliseconds(30 * DAY);
	/// How long a custodian has to answer a dispute: 30 days. A month by GDPR article 12(3); HIPAA has
	/// 60 days (45 CFR 164.526(b)(2)).
	pub const DisputeDeadline: Milliseconds = Milliseconds(30 * DAY);
	/// How long ago the first disclosure of a batch may have been made: an hour. The largest hospitals
	/// fill a batch in seconds.
	pub const MaxBatchAge: Milliseconds = Milliseconds(HOUR);
	/// How long before it starts a credential may be attested: 90 days.
	pub const MaxAdvance: Milliseconds = Milliseconds(90 * DAY);
	/// How far an oracle's clock may be ahead: ten seconds, five blocks.
	pub const MaxClockSkew: Milliseconds = Milliseconds(10_000);
	/// Longest validity of a second key's signature: ten minutes.
	pub const MaxConfirmationAge: Milliseconds = Milliseconds(600_000);
	/// Longest validity of an account's agreement to what somebody else sends: a day, for whoever
	/// hands it over in the office.
	pub const MaxAgreementAge: Milliseconds = Milliseconds(DAY);
	/// How long a request for a consent waits for its answer: 30 days.
	pub const MaxRequestAge: Milliseconds = Milliseconds(30 * DAY);
	/// How long a proposal of guardians waits: 60 days.
	pub const MaxProposalAge: Milliseconds = Milliseconds(60 * DAY);
	/// Longest delay in which a patient can object to guardians: 90 days.
	pub const MaxObjectionDelay: Milliseconds = Milliseconds(90 * DAY);
	/// How long entries of the log stay in state at least, and as shipped: six years, of which two
	/// can be leap years. HIPAA has covered entities keep their documentation for six years (45 CFR
	/// 164.316(b)(2)(i), 164.530(j)(2)) and account for the disclosures of six years (164.528(a)).
	pub const MinRetention: Milliseconds = Milliseconds((6 * 365 + 2) * DAY);
	/// Longest that governance can have them stay: fifty years, of which thirteen can be leap years.
	pub const MaxRetention: Milliseconds = Milliseconds((50 * 365 + 13) * DAY);
	/// An institution answers a patient within a month (GDPR article 12(3)), and the patient has as
	/// long to take the answer to governance.
	pub const DefaultReviewTerms: ReviewTerms = ReviewTerms {
		answer_within: Milliseconds(30 * DAY),
		escalate_within: Milliseconds(30 * DAY),
	};
	/// Shortest time for a step of a review: three days, a weekend among them.
	pub const MinReviewPeriod: Milliseconds = Milliseconds(3 * DAY);
	/// Longest time for a step of a review: ninety days, a month that was extended by two (GDPR
	/// article 12(3)).
	pub const MaxReviewPeriod: Milliseconds = Milliseconds(90 * DAY);
	/// A day. No regulation has numbers: these are more than a busy day of one person or a large
	/// hospital brings, and a consortium sets its own.
	pub const DefaultMonitoring: MonitoringTerms = MonitoringTerms {
		window: Milliseconds(DAY),
		actor: Thresholds { denials: Some(20), overrides: Some(3), patients: Some(200) },
		institution: Thresholds {
			denials: Some(1_000),
			overrides: Some(100),
			patients: Some(50_000),
		},
	};
	/// Shortest window in which things are counted: an hour.
	pub const MinWindow: Milliseconds = Milliseconds(DAY / 24);
	/// Longest window in which things are counted: 31 days.
	pub const MaxWindow: Milliseconds = Milliseconds(31 * DAY);
}

/// Which entries are about an emergency override that began: access that was permitted for breaking
/// the glass or for emergency treatment.
pub struct EmergencyOverrides;

impl Contains<AuditEvent> for EmergencyOverrides {
	fn contains(event: &AuditEvent) -> bool {
		event.action == AuditAction::EmergencyOverrideStarted
			&& event.outcome == AuditOutcome::Success
	}
}

/// Milliseconds of an hour.
const HOUR: u64 = 60 * 60 * 1_000;
/// Milliseconds of a day.
const DAY: u64 = 24 * HOUR;

/// What brings the storage of an older runtime to this one's layout.
pub type Migrations = (
	pallet_consent::migrations::v2::MigrateV1ToV2<Runtime>,
	pallet_record_access::migrations::v2::MigrateV1ToV2<Runtime>,
	pallet_record_access::migrations::v3::MigrateV2ToV3<Runtime>,
	pallet_record_access::migrations::v4::MigrateV3ToV4<Runtime>,
	pallet_provider_registry::migrations::v2::MigrateV1ToV2<Runtime>,
	pallet_audit::migrations::v2::MigrateV1ToV2<Runtime>,
	super::NoteEarlierSet,
);

impl pallet_provider_registry::Config for Runtime {
	type GovernanceOrigin = MembershipOrigin;
	type Audit = Audit;
	type Timestamp = Timestamp;
	type MaxAffiliations = ConstU32<8>;
	type MaxRoles = ConstU32<8>;
	type MaxCredentials = ConstU32<8>;
	type MaxAccreditations = ConstU32<8>;
	type MaxOracles = ConstU32<16>;
	type MaxAdvance = MaxAdvance;
	type MaxClockSkew = MaxClockSkew;
	type MaxConfirmationAge = MaxConfirmationAge;
	type MaxAgreementAge = MaxAgreementAge;
	type OnAccountRetired = Did;
	type OnVoiceChanged = SeatsFollow;
	type WeightInfo = crate::weights::pallet_provider_registry::WeightInfo<Runtime>;
}

impl pallet_consent::Config for Runtime {
	// What may be consented to, permitted or forgotten is about patients' rights.
	type GovernanceOrigin = BothChambers;
	type Providers = ProviderRegistry;
	type Audit = Audit;
	type Timestamp = Timestamp;
	type MaxConsentsPerPatient = ConstU32<32>;
	type MaxVersions = ConstU32<100>;
	type MaxTemplates = ConstU32<1_000>;
	type MaxRequestsPerPatient = ConstU32<32>;
	type MaxRequestsPerRequester = ConstU32<1_000>;
	type MaxRequestAge = MaxRequestAge;
	type MaxGuardians = ConstU32<8>;
	type MaxProposals = ConstU32<8>;
	type MaxProposalAge = MaxProposalAge;
	type MaxObjectionDelay = MaxObjectionDelay;
	type MaxDelegates = ConstU32<8>;
	type MaxAnnouncementsPerBlock = ConstU32<32>;
	type WeightInfo = crate::weights::pallet_consent::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::ConsentSetup;
}

impl pallet_record_access::Config for Runtime {
	type GovernanceOrigin = BothChambers;
	type Providers = ProviderRegistry;
	type Consents = Consent;
	type Patients = Consent;
	type Proofs = ShieldedConsent;
	type Emergencies = ShieldedLicence;
	type Audit = Audit;
	type Timestamp = Timestamp;
	type MaxSections = ConstU32<10_000>;
	type MaxGrantDuration = MaxGrantDuration;
	type MaxProvenDuration = MaxProvenDuration;
	type MaxUses = ConstU32<100>;
	type MaxEmergencyDuration = MaxEmergencyDuration;
	type DefaultEmergencyTerms = DefaultEmergencyTerms;
	type MaxBatchAge = MaxBatchAge;
	type Representatives = Consent;
	type Holds = Audit;
	type MaxRestrictions = ConstU32<32>;
	type MaxOpenDisputes = ConstU32<32>;
	type DisputeDeadline = DisputeDeadline;
	type ErasureDeadline = ErasureDeadline;
	type WeightInfo = crate::weights::pallet_record_access::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::AccessSetup;
}

impl pallet_audit::Config for Runtime {
	type GovernanceOrigin = BothChambers;
	// By any of:
	// - institutions, for a court or an authority that has no account of its own. A hold keeps entries and records, and
	//   shows them to nobody.
	type AuthorityOrigin = ParametersOrigin;
	type Patients = Consent;
	type Representatives = Consent;
	type Providers = ProviderRegistry;
	type EmergencyOverrides = EmergencyOverrides;
	type OnEntryRemoved = RecordAccess;
	type DefaultReviewTerms = DefaultReviewTerms;
	type MinReviewPeriod = MinReviewPeriod;
	type MaxReviewPeriod = MaxReviewPeriod;
	type MaxOpenReviews = ConstU32<32>;
	type MaxDeadlinesPerBlock = ConstU32<16>;
	type DefaultMonitoring = DefaultMonitoring;
	type MinWindow = MinWindow;
	type MaxWindow = MaxWindow;
	type MaxThreshold = ConstU32<100_000>;
	// Somewhat more than an institution can have counted in a block: each unit of its buckets is at most one actor, and one
	// patient of the actor and of the institution.
	type MaxForgottenPerBlock = ConstU32<1_000>;
	type Timestamp = Timestamp;
	type MinRetention = MinRetention;
	type MaxRetention = MaxRetention;
	type MaxPrunedOnInitialize = ConstU32<32>;
	type MaxPrunedOnIdle = ConstU32<1_000>;
	type MaxHolds = ConstU32<10_000>;
	type WeightInfo = crate::weights::pallet_audit::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::AuditSetup;
}

impl pallet_mmr::Config for Runtime {
	const INDEXING_PREFIX: &'static [u8] = sp_mmr_primitives::INDEXING_PREFIX;
	type Hashing = BlakeTwo256;
	// Each leaf binds its block and the log that the block holds.
	type LeafData = (pallet_mmr::ParentNumberAndHash<Self>, pallet_audit::ParentLog<Runtime>);
	type OnNewRoot = pallet_audit::DepositMmrRoot<Runtime>;
	type BlockHashProvider = pallet_mmr::DefaultBlockHashProvider<Runtime>;
	type WeightInfo = crate::weights::pallet_mmr::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}
