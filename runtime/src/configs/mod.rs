//! What each pallet is given, one file a subject.

mod consensus;
mod governance;
mod health;
mod system;

pub use governance::GovernanceOrigin;
pub use system::RuntimeBlockWeights;
