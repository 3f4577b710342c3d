//! Decentralised identifiers.

use crate::{Audit, Consent, Runtime, Timestamp};

impl pallet_did::Config for Runtime {
	type Patients = Consent;
	type Audit = Audit;
	type Timestamp = Timestamp;
	type WeightInfo = pallet_did::weights::PlaceholderWeight<Runtime>;
}
