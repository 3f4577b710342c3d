//! What the registry stores, one file a subject.

mod accreditation;
mod appeal;
mod credential;
mod institution;
mod issuer;
mod oracle;
mod practitioner;
mod second_key;
mod suspension;
mod views;

pub use accreditation::{Accreditation, AccreditationStatus, Requirement};
pub use appeal::{Appeal, AppealOutcome, Appellant};
pub use credential::{
	Check, Credential, CredentialIssuer, CredentialKind, CredentialStatus, Finding, ReportedStatus,
};
pub use institution::{Institution, InstitutionKind, InstitutionStatus};
pub use issuer::{Issuer, TrustedKinds, CREDENTIAL_KINDS};
pub use oracle::{Oracle, OracleTerms, Report};
pub use practitioner::{
	Practitioner, PractitionerStatus, Retirement, RoleAssignment, TransferOffer,
};
pub use second_key::SecondKey;
pub use suspension::{RegistrationStatus, SuspensionReason};
pub use views::{CredentialView, InstitutionView, PractitionerView};
