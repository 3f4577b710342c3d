//! The pallets that HealthDataExchange is about, and how they know each other.

use super::GovernanceOrigin;
use crate::{Audit, Consent, Did, ProviderRegistry, Runtime, Timestamp};
use frame_support::traits::ConstU32;
use hdx_primitives::Milliseconds;
use sp_runtime::traits::BlakeTwo256;

frame_support::parameter_types! {
	/// Longest a grant may hold: 30 days.
	pub const MaxGrantDuration: Milliseconds = Milliseconds(30 * DAY);
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
}

/// Milliseconds of a day.
const DAY: u64 = 24 * 60 * 60 * 1_000;

/// What brings the storage of an older runtime to this one's layout.
pub type Migrations = (
	pallet_consent::migrations::v2::MigrateV1ToV2<Runtime>,
	pallet_record_access::migrations::v2::MigrateV1ToV2<Runtime>,
	pallet_provider_registry::migrations::v2::MigrateV1ToV2<Runtime>,
);

impl pallet_provider_registry::Config for Runtime {
	type GovernanceOrigin = GovernanceOrigin;
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
	type WeightInfo = pallet_provider_registry::PlaceholderWeight<Runtime>;
}

impl pallet_consent::Config for Runtime {
	type GovernanceOrigin = GovernanceOrigin;
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
	type WeightInfo = pallet_consent::weights::PlaceholderWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::ConsentSetup;
}

impl pallet_record_access::Config for Runtime {
	type GovernanceOrigin = GovernanceOrigin;
	type Providers = ProviderRegistry;
	type Consents = Consent;
	type Patients = Consent;
	type Audit = Audit;
	type Timestamp = Timestamp;
	type MaxSections = ConstU32<10_000>;
	type MaxGrantDuration = MaxGrantDuration;
	type MaxUses = ConstU32<100>;
	type WeightInfo = pallet_record_access::weights::PlaceholderWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::AccessSetup;
}

impl pallet_audit::Config for Runtime {
	type Timestamp = Timestamp;
	type WeightInfo = pallet_audit::weights::PlaceholderWeight<Runtime>;
}

impl pallet_mmr::Config for Runtime {
	const INDEXING_PREFIX: &'static [u8] = sp_mmr_primitives::INDEXING_PREFIX;
	type Hashing = BlakeTwo256;
	// Each leaf binds its block and the log that the block holds.
	type LeafData = (pallet_mmr::ParentNumberAndHash<Self>, pallet_audit::ParentLog<Runtime>);
	type OnNewRoot = pallet_audit::DepositMmrRoot<Runtime>;
	type BlockHashProvider = pallet_mmr::DefaultBlockHashProvider<Runtime>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}
