//! Institutions, practitioners, trusted issuers and oracles: what each may do in the provider
//! registry, a file a subject, and what can be asked of it.
//!
//! What governance decides goes through the sudo key where the chain has one and the signer holds
//! it; elsewhere it is refused with [`ChainError::GovernanceDecides`](super::ChainError).

mod accreditation;
mod agreement;
mod appeal;
mod batch;
mod credential;
mod institution;
mod issuer;
mod member;
mod oracle;
mod practitioner;
mod replacement;
mod rotation;
mod second_key;
mod standing;
mod transfer;

pub use super::interface::runtime_types::pallet_provider_registry::types::{
	accreditation::AccreditationStatus,
	appeal::AppealOutcome,
	credential::{CredentialKind, CredentialStatus, ReportedStatus},
	institution::{InstitutionKind, InstitutionStatus},
	second_key::SecondKey,
	suspension::SuspensionReason,
};
pub use accreditation::{AccreditationView, Requirement};
pub use agreement::{Agreed, Agreement};
pub use appeal::{AppealView, Appellant};
pub use batch::{Outcomes, Registration};
pub use credential::{
	Attestation, CredentialIssuer, CredentialView, Observation, VerifiedCredential,
};
pub use institution::{InstitutionDetails, InstitutionView};
pub use issuer::IssuerView;
pub use oracle::{OracleTerms, OracleView, Reported, StatusReport};
pub use practitioner::{Enrolment, PractitionerView};
pub use rotation::Rotation;
pub use second_key::{operation_signature, second_key_of};
pub use standing::StandingView;
pub use transfer::TransferView;

use super::{
	interface::runtime_types::{
		hdx_runtime::RuntimeCall,
		pallet_provider_registry::{pallet::Call, types::suspension::RegistrationStatus},
	},
	Chain, ChainError, Included, Signer, Until,
};
use subxt::transactions::Payload;

impl Chain {
	/// A call of the registry that governance decides.
	async fn govern_registry(
		&self,
		name: &str,
		call: Call,
		signer: &Signer,
		until: Until,
	) -> Result<Included, ChainError> {
		let name = format!("ProviderRegistry::{name}");
		self.govern(&name, RuntimeCall::ProviderRegistry(call), signer, until).await
	}

	/// A call of the registry that the signer makes.
	async fn submit_registry<C: Payload>(
		&self,
		name: &str,
		call: &C,
		signer: &Signer,
		until: Until,
	) -> Result<Included, ChainError> {
		self.submit(&format!("ProviderRegistry::{name}"), call, signer, until).await
	}
}

/// The status of an issuer or an oracle that is suspended for this reason, or for none.
fn registration(suspended: Option<SuspensionReason>) -> RegistrationStatus {
	suspended.map_or(RegistrationStatus::Active, RegistrationStatus::Suspended)
}

/// Why an issuer or an oracle is suspended, if it is.
fn suspension(status: &RegistrationStatus) -> Option<SuspensionReason> {
	match status {
		RegistrationStatus::Active => None,
		RegistrationStatus::Suspended(reason) => Some(*reason),
	}
}
