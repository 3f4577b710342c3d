//! What the registry stores.

mod delegate;
mod document;
mod guardian;
mod mandate;
mod patient;
mod query;
mod record;
mod request;
mod terms;

pub use delegate::{DelegateTerms, Delegation};
pub use document::{DocumentTemplate, SignedDocument};
pub use guardian::{
	Accounts, GuardianAction, GuardianPowers, GuardianSet, Guardianship, PendingGuardians,
	Proposal, MAX_ACCOUNTS,
};
pub use mandate::{ConsentAction, Powers};
pub use patient::PatientInfo;
pub use query::{ConsentQuery, ConsentState, ConsentSummary};
pub use record::{ConsentContent, ConsentRecord, GrantedBy, VersionRecord};
pub use request::{ConsentRequest, ConsentRequestTerms};
pub use terms::{ConsentTerms, ErasureConfirmation, FrequencyLimit, Renewal, UsageWindow};
