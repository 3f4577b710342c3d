//! # HDX primitives
//!
//! The words that the pallets share. A pallet knows the others only through the traits here, so
//! each can be tested with a mock and replaced; the runtime alone knows them all.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod access;
mod agreement;
mod audit;
pub mod consent;
pub mod did;
pub mod disclosure;
mod dispute;
mod emergency;
mod emergency_proof;
mod erasure;
mod ids;
mod legal_hold;
mod licence;
mod oversight;
mod proof;
pub mod properties;
mod provider;
mod retirement;
mod second_factor;
mod shielded;
mod study;

pub use access::{AccessRequest, Action, RequestedCodes, Target, MAX_REQUESTED_CODES};
pub use agreement::{
	rotate_account_agreement, rotate_account_operation, take_over_agreement, Agreement,
	ROTATE_ACCOUNT_TAG, TAKE_OVER_TAG,
};
pub use audit::{
	AuditAction, AuditEntry, AuditEvent, AuditLeaf, AuditOutcome, AuditSink, BlockLog,
	DenialReason, OnEntryRemoved, Subject, VersionedBlockLog, ENTRY_LEAF_TAG, MMR_ROOT_ENGINE_ID,
};
pub use consent::{
	ConsentDecider, EmergencyDirectory, LookedAt, PatientDirectory, RepresentativeDirectory,
	UseRefusal,
};
pub use did::KeyDirectory;
pub use disclosure::{DisclosureBatch, DisclosureLeaf};
pub use dispute::DisputeOutcome;
pub use emergency::{Overridden, OverrideReason, ReviewOutcome};
pub use emergency_proof::{
	emergency_operation, EmergencyEvidence, EmergencyProof, EmergencyProofs, EmergencyRefusal,
	SEALED_IDENTITY_BYTES,
};
pub use erasure::ErasureExemption;
pub use hdx_consent_engine as engine;
pub use hdx_consent_engine::{Code, ConsentId, InstitutionId, Milliseconds, Period};
pub use ids::{
	AccountId, AppealId, BatchId, Commitment, ContextHash, CredentialId, EntryIndex, GrantId,
	IssuerId, ProposalId, RecordId, RequestId, TemplateId,
};
pub use legal_hold::{HoldId, HoldReason, LegalHolds};
pub use licence::LicenceDirectory;
pub use oversight::{MonitoredClass, ReviewFinding, ReviewReason};
pub use proof::{
	CircuitId, CircuitVersion, Proof, ProofBatch, ProofRefusal, ProofVerifier, ProvenStatement,
	PublicInput, PublicInputs, MAX_PROOF_BATCH, MAX_PUBLIC_INPUTS, PROOF_BYTES,
};
pub use provider::{AssuranceLevel, ProviderDirectory, Role, Standing};
pub use retirement::{OnAccountRetired, RetiredAccounts};
pub use second_factor::{
	break_glass_operation, operation_hash, replace_second_key_operation, second_factor_payload,
	SecondFactor, BREAK_GLASS_TAG, REPLACE_SECOND_KEY_TAG, SECOND_FACTOR_TAG,
};
pub use shielded::{AccessCircuit, AccessProof, AccessProofs, ShieldedIndex, StatementRefusal};
pub use sp_core::H256;
pub use study::{
	AttestationIndex, AttestationTree, ConsentRoots, EnrolmentProof, ShieldedConsents, StudyId,
	StudyTerms, ValueRange, STUDY_VALUES,
};
