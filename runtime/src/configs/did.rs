//! Decentralised identifiers.

use crate::{Audit, Consent, ProviderRegistry, Runtime, Timestamp};

impl pallet_did::Config for Runtime {
	type Patients = Consent;
	type Accounts = ProviderRegistry;
	type Audit = Audit;
	type Timestamp = Timestamp;
	type WeightInfo = crate::weights::pallet_did::WeightInfo<Runtime>;
}
