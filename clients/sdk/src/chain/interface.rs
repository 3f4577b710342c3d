//! The chain's calls, storage and events, generated from the runtime's metadata.
//!
//! `artifacts/hdx.scale` is that metadata; a test compares it with what a node serves. The
//! project's own types stand in for the generated ones, so that both sides share one definition.

// The macro reads the file without telling cargo; this makes a new file rebuild the crate.
const _: &[u8] = include_bytes!("../../artifacts/hdx.scale");

#[allow(missing_docs, clippy::all, clippy::pedantic, clippy::restriction, rustdoc::all)]
mod generated {
	#[subxt::subxt(
		runtime_metadata_path = "artifacts/hdx.scale",
		derive_for_type(
			path = "pallet_groth16_verifier::types::CircuitEntry",
			derive = "::codec::Decode",
			recursive
		),
		derive_for_type(
			path = "pallet_groth16_verifier::types::CircuitStatus",
			derive = "Clone, Copy, PartialEq, Eq"
		),
		derive_for_type(
			path = "pallet_groth16_verifier::types::KeyOrigin",
			derive = "Clone, Copy, PartialEq, Eq"
		),
		derive_for_type(
			path = "pallet_provider_registry::types::accreditation::AccreditationStatus",
			derive = "Clone, Copy, PartialEq, Eq"
		),
		derive_for_type(
			path = "pallet_provider_registry::types::appeal::AppealOutcome",
			derive = "Clone, Copy, PartialEq, Eq"
		),
		derive_for_type(
			path = "pallet_provider_registry::types::credential::CredentialKind",
			derive = "Clone, Copy, PartialEq, Eq"
		),
		derive_for_type(
			path = "pallet_provider_registry::types::credential::CredentialStatus",
			derive = "Clone, Copy, PartialEq, Eq"
		),
		derive_for_type(
			path = "pallet_provider_registry::types::credential::ReportedStatus",
			derive = "Clone, Copy, PartialEq, Eq"
		),
		derive_for_type(
			path = "pallet_provider_registry::types::institution::InstitutionKind",
			derive = "Clone, Copy, PartialEq, Eq, ::codec::Encode"
		),
		derive_for_type(
			path = "pallet_provider_registry::types::institution::InstitutionStatus",
			derive = "Clone, Copy, PartialEq, Eq"
		),
		derive_for_type(
			path = "pallet_provider_registry::types::suspension::SuspensionReason",
			derive = "Clone, Copy, PartialEq, Eq"
		),
		derive_for_type(
			path = "pallet_provider_registry::types::credential::CredentialIssuer",
			derive = "Clone, PartialEq, Eq"
		),
		derive_for_type(
			path = "pallet_provider_registry::types::second_key::SecondKey",
			derive = "Clone, Copy, PartialEq, Eq, ::codec::Encode"
		),
		derive_for_type(
			path = "pallet_provider_registry::types::views::CredentialView",
			derive = "::codec::Decode",
			recursive
		),
		derive_for_type(
			path = "pallet_provider_registry::types::views::InstitutionView",
			derive = "::codec::Decode",
			recursive
		),
		derive_for_type(
			path = "pallet_shielded_consent::types::Snapshot",
			derive = "::codec::Decode"
		),
		derive_for_type(
			path = "pallet_shielded_consent::types::SnapshotRefusal",
			derive = "Clone, Copy, PartialEq, Eq, ::codec::Decode"
		),
		derive_for_type(
			path = "pallet_shielded_consent::types::TreeRoots",
			derive = "::codec::Decode"
		),
		substitute_type(
			path = "sp_core::crypto::AccountId32",
			with = "::subxt::utils::Static<::hdx_primitives::AccountId>"
		),
		substitute_type(
			path = "hdx_primitives::access::AccessRequest",
			with = "::subxt::utils::Static<::hdx_primitives::AccessRequest>"
		),
		substitute_type(
			path = "hdx_primitives::access::Action",
			with = "::subxt::utils::Static<::hdx_primitives::Action>"
		),
		substitute_type(
			path = "hdx_primitives::access::Target",
			with = "::subxt::utils::Static<::hdx_primitives::Target>"
		),
		substitute_type(
			path = "hdx_primitives::agreement::Agreement",
			with = "::subxt::utils::Static<::hdx_primitives::Agreement>"
		),
		substitute_type(
			path = "hdx_primitives::audit::AuditEntry",
			with = "::subxt::utils::Static<::hdx_primitives::AuditEntry>"
		),
		substitute_type(
			path = "hdx_primitives::audit::BlockLog",
			with = "::subxt::utils::Static<::hdx_primitives::BlockLog>"
		),
		substitute_type(
			path = "hdx_primitives::audit::DenialReason",
			with = "::subxt::utils::Static<::hdx_primitives::DenialReason>"
		),
		substitute_type(
			path = "hdx_primitives::dispute::DisputeOutcome",
			with = "::subxt::utils::Static<::hdx_primitives::DisputeOutcome>"
		),
		substitute_type(
			path = "hdx_primitives::emergency_proof::EmergencyProof",
			with = "::subxt::utils::Static<::hdx_primitives::EmergencyProof>"
		),
		substitute_type(
			path = "hdx_primitives::emergency_proof::EmergencyEvidence",
			with = "::subxt::utils::Static<::hdx_primitives::EmergencyEvidence>"
		),
		substitute_type(
			path = "hdx_primitives::erasure::ErasureExemption",
			with = "::subxt::utils::Static<::hdx_primitives::ErasureExemption>"
		),
		substitute_type(
			path = "hdx_primitives::disclosure::leaf::DisclosureLeaf",
			with = "::subxt::utils::Static<::hdx_primitives::DisclosureLeaf>"
		),
		substitute_type(
			path = "hdx_primitives::disclosure::tree::InclusionProof",
			with = "::subxt::utils::Static<::hdx_primitives::disclosure::InclusionProof>"
		),
		substitute_type(
			path = "hdx_primitives::ids::BatchId",
			with = "::subxt::utils::Static<::hdx_primitives::BatchId>"
		),
		substitute_type(
			path = "hdx_primitives::emergency::OverrideReason",
			with = "::subxt::utils::Static<::hdx_primitives::OverrideReason>"
		),
		substitute_type(
			path = "hdx_primitives::emergency::Overridden",
			with = "::subxt::utils::Static<::hdx_primitives::Overridden>"
		),
		substitute_type(
			path = "hdx_primitives::emergency::ReviewOutcome",
			with = "::subxt::utils::Static<::hdx_primitives::ReviewOutcome>"
		),
		substitute_type(
			path = "hdx_primitives::consent::document::DocumentTemplate",
			with = "::subxt::utils::Static<::hdx_primitives::consent::DocumentTemplate>"
		),
		substitute_type(
			path = "hdx_primitives::consent::document::SignedDocument",
			with = "::subxt::utils::Static<::hdx_primitives::consent::SignedDocument>"
		),
		substitute_type(
			path = "hdx_primitives::consent::delegate::DelegateTerms",
			with = "::subxt::utils::Static<::hdx_primitives::consent::DelegateTerms>"
		),
		substitute_type(
			path = "hdx_primitives::consent::delegate::Delegation",
			with = "::subxt::utils::Static<::hdx_primitives::consent::Delegation>"
		),
		substitute_type(
			path = "hdx_primitives::consent::guardian::GuardianAction",
			with = "::subxt::utils::Static<::hdx_primitives::consent::GuardianAction>"
		),
		substitute_type(
			path = "hdx_primitives::consent::guardian::GuardianSet",
			with = "::subxt::utils::Static<::hdx_primitives::consent::GuardianSet>"
		),
		substitute_type(
			path = "hdx_primitives::consent::guardian::Guardianship",
			with = "::subxt::utils::Static<::hdx_primitives::consent::Guardianship>"
		),
		substitute_type(
			path = "hdx_primitives::consent::guardian::PendingGuardians",
			with = "::subxt::utils::Static<::hdx_primitives::consent::PendingGuardians>"
		),
		substitute_type(
			path = "hdx_primitives::consent::guardian::Proposal",
			with = "::subxt::utils::Static<::hdx_primitives::consent::Proposal>"
		),
		substitute_type(
			path = "hdx_primitives::consent::mandate::ConsentAction",
			with = "::subxt::utils::Static<::hdx_primitives::consent::ConsentAction>"
		),
		substitute_type(
			path = "hdx_primitives::consent::patient::PatientInfo",
			with = "::subxt::utils::Static<::hdx_primitives::consent::PatientInfo>"
		),
		substitute_type(
			path = "hdx_primitives::consent::query::ConsentQuery",
			with = "::subxt::utils::Static<::hdx_primitives::consent::ConsentQuery>"
		),
		substitute_type(
			path = "hdx_primitives::consent::query::ConsentSummary",
			with = "::subxt::utils::Static<::hdx_primitives::consent::ConsentSummary>"
		),
		substitute_type(
			path = "hdx_primitives::consent::record::ConsentRecord",
			with = "::subxt::utils::Static<::hdx_primitives::consent::ConsentRecord>"
		),
		substitute_type(
			path = "hdx_primitives::consent::record::GrantedBy",
			with = "::subxt::utils::Static<::hdx_primitives::consent::GrantedBy>"
		),
		substitute_type(
			path = "hdx_primitives::consent::record::VersionRecord",
			with = "::subxt::utils::Static<::hdx_primitives::consent::VersionRecord>"
		),
		substitute_type(
			path = "hdx_primitives::consent::request::ConsentRequest",
			with = "::subxt::utils::Static<::hdx_primitives::consent::ConsentRequest>"
		),
		substitute_type(
			path = "hdx_primitives::consent::request::ConsentRequestTerms",
			with = "::subxt::utils::Static<::hdx_primitives::consent::ConsentRequestTerms>"
		),
		substitute_type(
			path = "hdx_primitives::consent::terms::ConsentTerms",
			with = "::subxt::utils::Static<::hdx_primitives::consent::ConsentTerms>"
		),
		substitute_type(
			path = "hdx_primitives::consent::terms::ErasureConfirmation",
			with = "::subxt::utils::Static<::hdx_primitives::consent::ErasureConfirmation>"
		),
		substitute_type(
			path = "hdx_primitives::consent::terms::UsageWindow",
			with = "::subxt::utils::Static<::hdx_primitives::consent::UsageWindow>"
		),
		substitute_type(
			path = "hdx_primitives::did::document::DidResolution",
			with = "::subxt::utils::Static<::hdx_primitives::did::DidResolution>"
		),
		substitute_type(
			path = "hdx_primitives::did::document::Document",
			with = "::subxt::utils::Static<::hdx_primitives::did::Document>"
		),
		substitute_type(
			path = "hdx_primitives::did::identifier::Did",
			with = "::subxt::utils::Static<::hdx_primitives::did::Did>"
		),
		substitute_type(
			path = "hdx_primitives::did::key::Key",
			with = "::subxt::utils::Static<::hdx_primitives::did::Key>"
		),
		substitute_type(
			path = "hdx_primitives::did::key::KeyEntry",
			with = "::subxt::utils::Static<::hdx_primitives::did::KeyEntry>"
		),
		substitute_type(
			path = "hdx_primitives::did::key::KeyIndex",
			with = "::subxt::utils::Static<::hdx_primitives::did::KeyIndex>"
		),
		substitute_type(
			path = "hdx_primitives::did::key::NewKey",
			with = "::subxt::utils::Static<::hdx_primitives::did::NewKey>"
		),
		substitute_type(
			path = "hdx_primitives::did::material::KeyMaterial",
			with = "::subxt::utils::Static<::hdx_primitives::did::KeyMaterial>"
		),
		substitute_type(
			path = "hdx_primitives::did::material::KeyScheme",
			with = "::subxt::utils::Static<::hdx_primitives::did::KeyScheme>"
		),
		substitute_type(
			path = "hdx_primitives::did::relationship::Relationship",
			with = "::subxt::utils::Static<::hdx_primitives::did::Relationship>"
		),
		substitute_type(
			path = "hdx_primitives::did::relationship::Relationships",
			with = "::subxt::utils::Static<::hdx_primitives::did::Relationships>"
		),
		substitute_type(
			path = "hdx_primitives::did::service::Service",
			with = "::subxt::utils::Static<::hdx_primitives::did::Service>"
		),
		substitute_type(
			path = "hdx_primitives::ids::AppealId",
			with = "::subxt::utils::Static<::hdx_primitives::AppealId>"
		),
		substitute_type(
			path = "hdx_primitives::ids::Commitment",
			with = "::subxt::utils::Static<::hdx_primitives::Commitment>"
		),
		substitute_type(
			path = "hdx_primitives::ids::ContextHash",
			with = "::subxt::utils::Static<::hdx_primitives::ContextHash>"
		),
		substitute_type(
			path = "hdx_primitives::ids::CredentialId",
			with = "::subxt::utils::Static<::hdx_primitives::CredentialId>"
		),
		substitute_type(
			path = "hdx_primitives::ids::EntryIndex",
			with = "::subxt::utils::Static<::hdx_primitives::EntryIndex>"
		),
		substitute_type(
			path = "hdx_primitives::ids::GrantId",
			with = "::subxt::utils::Static<::hdx_primitives::GrantId>"
		),
		substitute_type(
			path = "hdx_primitives::ids::IssuerId",
			with = "::subxt::utils::Static<::hdx_primitives::IssuerId>"
		),
		substitute_type(
			path = "hdx_primitives::ids::ProposalId",
			with = "::subxt::utils::Static<::hdx_primitives::ProposalId>"
		),
		substitute_type(
			path = "hdx_primitives::ids::RequestId",
			with = "::subxt::utils::Static<::hdx_primitives::RequestId>"
		),
		substitute_type(
			path = "hdx_primitives::ids::RecordId",
			with = "::subxt::utils::Static<::hdx_primitives::RecordId>"
		),
		substitute_type(
			path = "hdx_primitives::ids::TemplateId",
			with = "::subxt::utils::Static<::hdx_primitives::TemplateId>"
		),
		substitute_type(
			path = "hdx_primitives::legal_hold::HoldId",
			with = "::subxt::utils::Static<::hdx_primitives::HoldId>"
		),
		substitute_type(
			path = "hdx_primitives::legal_hold::HoldReason",
			with = "::subxt::utils::Static<::hdx_primitives::HoldReason>"
		),
		substitute_type(
			path = "hdx_primitives::oversight::ReviewFinding",
			with = "::subxt::utils::Static<::hdx_primitives::ReviewFinding>"
		),
		substitute_type(
			path = "hdx_primitives::oversight::ReviewReason",
			with = "::subxt::utils::Static<::hdx_primitives::ReviewReason>"
		),
		substitute_type(
			path = "hdx_primitives::proof::CircuitId",
			with = "::subxt::utils::Static<::hdx_primitives::CircuitId>"
		),
		substitute_type(
			path = "hdx_primitives::proof::CircuitVersion",
			with = "::subxt::utils::Static<::hdx_primitives::CircuitVersion>"
		),
		substitute_type(
			path = "hdx_primitives::proof::Proof",
			with = "::subxt::utils::Static<::hdx_primitives::Proof>"
		),
		substitute_type(
			path = "hdx_primitives::proof::ProofRefusal",
			with = "::subxt::utils::Static<::hdx_primitives::ProofRefusal>"
		),
		substitute_type(
			path = "hdx_primitives::proof::ProvenStatement",
			with = "::subxt::utils::Static<::hdx_primitives::ProvenStatement>"
		),
		substitute_type(
			path = "hdx_primitives::provider::AssuranceLevel",
			with = "::subxt::utils::Static<::hdx_primitives::AssuranceLevel>"
		),
		substitute_type(
			path = "hdx_primitives::provider::Standing",
			with = "::subxt::utils::Static<::hdx_primitives::Standing>"
		),
		substitute_type(
			path = "hdx_primitives::second_factor::SecondFactor",
			with = "::subxt::utils::Static<::hdx_primitives::SecondFactor>"
		),
		substitute_type(
			path = "hdx_primitives::provider::Role",
			with = "::subxt::utils::Static<::hdx_primitives::Role>"
		),
		substitute_type(
			path = "hdx_primitives::shielded::AccessProof",
			with = "::subxt::utils::Static<::hdx_primitives::AccessProof>"
		),
		substitute_type(
			path = "hdx_primitives::shielded::ShieldedIndex",
			with = "::subxt::utils::Static<::hdx_primitives::ShieldedIndex>"
		),
		substitute_type(
			path = "hdx_primitives::study::AttestationIndex",
			with = "::subxt::utils::Static<::hdx_primitives::AttestationIndex>"
		),
		substitute_type(
			path = "hdx_primitives::study::AttestationTree",
			with = "::subxt::utils::Static<::hdx_primitives::AttestationTree>"
		),
		substitute_type(
			path = "hdx_primitives::study::EnrolmentProof",
			with = "::subxt::utils::Static<::hdx_primitives::EnrolmentProof>"
		),
		substitute_type(
			path = "hdx_primitives::study::StudyId",
			with = "::subxt::utils::Static<::hdx_primitives::StudyId>"
		),
		substitute_type(
			path = "hdx_primitives::study::StudyTerms",
			with = "::subxt::utils::Static<::hdx_primitives::StudyTerms>"
		),
		substitute_type(
			path = "sp_runtime::MultiSignature",
			with = "::subxt::utils::Static<::sp_runtime::MultiSignature>"
		),
		substitute_type(
			path = "hdx_consent_engine::code::Code",
			with = "::subxt::utils::Static<::hdx_primitives::Code>"
		),
		substitute_type(
			path = "hdx_consent_engine::decision::Basis",
			with = "::subxt::utils::Static<::hdx_primitives::engine::Basis>"
		),
		substitute_type(
			path = "hdx_consent_engine::decision::Decision",
			with = "::subxt::utils::Static<::hdx_primitives::engine::Decision>"
		),
		substitute_type(
			path = "hdx_consent_engine::decision::ConsentId",
			with = "::subxt::utils::Static<::hdx_primitives::ConsentId>"
		),
		substitute_type(
			path = "hdx_consent_engine::obligation::Obligation",
			with = "::subxt::utils::Static<::hdx_primitives::engine::Obligation>"
		),
		substitute_type(
			path = "hdx_consent_engine::decision::Status",
			with = "::subxt::utils::Static<::hdx_primitives::engine::Status>"
		),
		substitute_type(
			path = "hdx_consent_engine::policy::InstitutionId",
			with = "::subxt::utils::Static<::hdx_primitives::InstitutionId>"
		),
		substitute_type(
			path = "hdx_consent_engine::policy::Milliseconds",
			with = "::subxt::utils::Static<::hdx_primitives::Milliseconds>"
		),
		substitute_type(
			path = "hdx_consent_engine::policy::Period",
			with = "::subxt::utils::Static<::hdx_primitives::Period>"
		),
		substitute_type(
			path = "hdx_consent_engine::policy::Policy",
			with = "::subxt::utils::Static<::hdx_primitives::engine::Policy>"
		)
	)]
	pub mod hdx {}
}

pub use generated::hdx::*;
