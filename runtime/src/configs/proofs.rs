//! Zero-knowledge proofs, and the consents that are proven.

use super::{BothChambers, CircuitSuspensionOrigin, CircuitsOrigin};
use crate::{Audit, Groth16Verifier, ProviderRegistry, Runtime, ShieldedConsent, Timestamp};
use frame_support::traits::{ConstU32, Get};
use hdx_primitives::Milliseconds;

/// Whether the chain is one for development: where there is a sudo key, which the `dev` preset alone has.
/// Whoever holds it may do anything already, and so may forge proofs as well.
pub struct IsDevelopmentChain;

impl Get<bool> for IsDevelopmentChain {
	fn get() -> bool {
		pallet_sudo::Key::<Runtime>::exists()
	}
}

impl pallet_groth16_verifier::Config for Runtime {
	type GovernanceOrigin = CircuitsOrigin;
	type EmergencyOrigin = CircuitSuspensionOrigin;
	type Providers = ProviderRegistry;
	type Audit = Audit;
	type IsDevelopmentChain = IsDevelopmentChain;
	// Three that would have to be wrong, or in league, about a key.
	type MinAttestations = ConstU32<3>;
	type MaxAttestations = ConstU32<64>;
	type MaxCircuits = ConstU32<64>;
	type WeightInfo = crate::weights::pallet_groth16_verifier::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::ProofSetup;
}

frame_support::parameter_types! {
	/// How old a snapshot may be to count: two minutes, in which a slow device proves and sends.
	pub const MaxSnapshotAge: Milliseconds = Milliseconds(120_000);
}

impl pallet_shielded_consent::Config for Runtime {
	// It ends a consent that a patient gave.
	type GovernanceOrigin = BothChambers;
	type Verifier = Groth16Verifier;
	type Providers = ProviderRegistry;
	type Audit = Audit;
	type Timestamp = Timestamp;
	// Half a minute, so that the last four are two minutes, as MaxSnapshotAge. Lowering MaxSnapshots or MaxTrees needs a
	// migration: a list that is longer than its bound cannot be read, and stops everything.
	type SnapshotPeriod = ConstU32<15>;
	type MaxSnapshots = ConstU32<4>;
	type MaxSnapshotAge = MaxSnapshotAge;
	// 67 million consents.
	type MaxTrees = ConstU32<64>;
	type WeightInfo = crate::weights::pallet_shielded_consent::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::ShieldedSetup;
}

frame_support::parameter_types! {
	/// How long a root of licences counts after the next one took its place, and how far the time of a proof may be from the
	/// block's: as long as a snapshot of consents.
	pub const MaxLicenceRootAge: Milliseconds = Milliseconds(120_000);
	/// The least time between two leaves of one licence: a day. Whoever loses a secret breaks the glass by the account
	/// meanwhile.
	pub const LicenceLeafInterval: Milliseconds = Milliseconds(86_400_000);
}

impl pallet_shielded_licence::Config for Runtime {
	// Whoever breaks the glass is told to nobody but the auditor, so institutions alone do not choose who that is.
	type GovernanceOrigin = BothChambers;
	type Licences = ProviderRegistry;
	type Verifier = Groth16Verifier;
	type Audit = Audit;
	type Timestamp = Timestamp;
	// A root a block at most, and blocks are two seconds apart: sixty in the two minutes, and some. Lowering it needs a
	// migration: a list that is longer than its bound cannot be read, and stops everything.
	type MaxRoots = ConstU32<64>;
	type MaxRootAge = MaxLicenceRootAge;
	type LeafInterval = LicenceLeafInterval;
	type WeightInfo = crate::weights::pallet_shielded_licence::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::LicenceSetup;
}

impl pallet_study::Config for Runtime {
	// It says what patients can consent to.
	type GovernanceOrigin = BothChambers;
	type Consents = ShieldedConsent;
	type Verifier = Groth16Verifier;
	type Providers = ProviderRegistry;
	type Audit = Audit;
	type Timestamp = Timestamp;
	// The Centers for Medicare & Medicaid Services publish no cell of ten or fewer (their cell size suppression policy).
	type MinCohort = ConstU32<11>;
	type MaxStudies = ConstU32<10_000>;
	// 67 million attestations.
	type MaxAttestationTrees = ConstU32<64>;
	type WeightInfo = crate::weights::pallet_study::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::StudySetup;
}
