//! The words of consents: what is stored, asked and answered, for the pallets and for clients.

mod delegate;
mod directory;
mod document;
mod guardian;
mod mandate;
mod patient;
mod period;
mod query;
mod record;
mod request;
mod terms;
mod version;

pub use delegate::{DelegateTerms, Delegation};
pub use directory::{
	ConsentDecider, EmergencyDirectory, LookedAt, PatientDirectory, RepresentativeDirectory,
	UseRefusal,
};
pub use document::{DocumentTemplate, SignedDocument};
pub use guardian::{
	Accounts, GuardianAction, GuardianPowers, GuardianSet, Guardianship, PendingGuardians,
	Proposal, MAX_ACCOUNTS,
};
pub use mandate::{ConsentAction, Powers};
pub use patient::PatientInfo;
pub use period::{root_period, with_root_period};
pub use query::{ConsentQuery, ConsentState, ConsentSummary};
pub use record::{ConsentContent, ConsentRecord, GrantedBy, VersionRecord};
pub use request::{ConsentRequest, ConsentRequestTerms};
pub use terms::{ConsentTerms, ErasureConfirmation, FrequencyLimit, Renewal, UsageWindow};
pub use version::VERSION_TAG;
