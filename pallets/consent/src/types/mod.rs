//! What the registry stores. The types are among the primitives, because clients use them too.

pub use hdx_primitives::consent::{
	Accounts, ConsentAction, ConsentContent, ConsentQuery, ConsentRecord, ConsentRequest,
	ConsentRequestTerms, ConsentState, ConsentSummary, ConsentTerms, DelegateTerms, Delegation,
	DocumentTemplate, ErasureConfirmation, FrequencyLimit, GrantedBy, GuardianAction,
	GuardianPowers, GuardianSet, Guardianship, PatientInfo, PendingGuardians, Powers, Proposal,
	Renewal, SignedDocument, UsageWindow, VersionRecord, MAX_ACCOUNTS,
};
