//! # The chain
//!
//! A connection to a node ([`Chain`]), the keys that sign ([`Signer`]), and one method for each
//! thing that people do: enrol, attest, sponsor, consent, register, ask, disclose, revoke, read the log,
//! prove an entry, attest the keys of circuits, append and revoke consents that nobody sees, ask with the proof of one,
//! register studies and be counted in them, propose and vote. What is only read can be read at a past block ([`AtBlock`]).

mod at;
mod audit;
mod authorities;
mod by_proof;
mod circuits;
mod connect;
mod consent;
mod custody;
mod did;
mod disclosures;
mod emergency;
mod emergency_proofs;
mod error;
#[cfg(fuzzing)]
pub(crate) mod fuzzing;
mod govern;
mod governance;
mod handovers;
pub mod interface;
mod licences;
mod not_taken;
mod oversight;
mod proof_times;
mod prove;
mod provider;
mod quota;
mod record;
mod retention;
mod rights;
mod search;
mod shielded;
mod signer;
mod studies;
mod submit;
mod time;
mod versions;
mod view;

pub use at::{AtBlock, BlockTime};
pub use audit::{EntryFilter, EntryPage, EntryScope, LogWindow};
pub use by_proof::SubjectTag;
pub use circuits::{CircuitStatus, CircuitView, KeyOrigin};
pub use connect::Chain;
pub use consent::{check_history, ActAs, Acted, BrokenHistory, TemplateView};
pub use custody::{CustodyOffer, SealedAnew};
pub use did::DidChange;
pub use disclosures::{DisclosureReport, GrantUse, MAX_GRANT_USES};
pub use emergency::{BreakGlassReview, BreakGlassView, EmergencyTerms, ReviewStanding};
pub use error::ChainError;
pub use governance::{
	hash_of, CallText, Chamber, Enactment, OpenPoll, PollStanding, PollView, Proposal, SeatView,
	Track,
};
pub use licences::{HiddenLicence, IdentityAuditor};
pub use not_taken::NotTaken;
pub use oversight::{
	EntryReview, EntryReviewStatus, ReviewAnswer, ReviewClosure, ReviewTally, ReviewTerms,
};
pub use proof_times::ProofTimes;
pub use provider::{
	operation_signature, second_key_of, AccreditationStatus, AccreditationView, Agreed, Agreement,
	AppealOutcome, AppealView, Appellant, Attestation, CredentialIssuer, CredentialKind,
	CredentialStatus, CredentialView, Enrolment, InstitutionDetails, InstitutionKind,
	InstitutionStatus, InstitutionView, IssuerView, Observation, OracleTerms, OracleView, Outcomes,
	PractitionerView, Registration, Reported, ReportedStatus, Requirement, Rotation, SecondKey,
	StandingView, StatusReport, SuspensionReason, TransferView, VerifiedCredential,
};
pub use record::{AccessAnswer, GrantRefusal, GrantView, RecordView};
pub use retention::{HoldScope, HoldView, MonitoringTerms, Thresholds};
pub use rights::{
	Dispute, DisputeAnswer, ErasureRequest, ErasureStanding, Restriction, RestrictionTerms,
	Tombstone,
};
pub use shielded::{ShieldedRoots, ShieldedSnapshot, SnapshotRefusal};
pub use signer::Signer;
pub use studies::{StudyStatus, StudyView};
pub use submit::{Included, Until};
