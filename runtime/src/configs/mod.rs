//! What each pallet is given, one file a subject.

mod calls;
pub mod chambers;
mod consensus;
mod did;
mod emergency;
mod entries;
mod equivocations;
mod governance;
mod health;
mod log;
mod migrations;
mod proofs;
mod proxies;
mod quota;
mod system;

pub use calls::NobodyIsBehindAnother;
pub use consensus::KeepsValidators;
pub use emergency::AllowedInEmergency;
pub use equivocations::NoteEarlierSet;
pub use governance::{
	BothChambers, CircuitSuspensionOrigin, CircuitsOrigin, EmergencyOrigin, MembershipOrigin,
	ParametersOrigin, RepresentationOrigin, ValidatorsOrigin,
};
pub use log::KeepsTheLog;
pub use migrations::{GoesOnInSafeMode, KeepsMigrations};
pub use proofs::LicenceLeafInterval;
pub use proxies::{EveryAccountHasAKey, ProxyType};
pub use quota::{Calls, EmergencyBucket, InstitutionDefault, OwnBucket};
pub use system::RuntimeBlockWeights;
