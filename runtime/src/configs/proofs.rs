//! Zero-knowledge proofs.

use super::GovernanceOrigin;
use crate::{Audit, ProviderRegistry, Runtime};
use frame_support::traits::{ConstU32, Get};

/// Whether the chain is one for development: where there is a sudo key, which the `dev` preset alone has.
/// Whoever holds it may do anything already, and so may forge proofs as well.
pub struct IsDevelopmentChain;

impl Get<bool> for IsDevelopmentChain {
	fn get() -> bool {
		pallet_sudo::Key::<Runtime>::exists()
	}
}

impl pallet_groth16_verifier::Config for Runtime {
	type GovernanceOrigin = GovernanceOrigin;
	type EmergencyOrigin = GovernanceOrigin;
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
