//! Consents of which the chain has a hash alone.

use crate::{AccessRequest, AccountId, Code, DenialReason, Proof, PublicInput};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::Weight;

/// The place of a shielded consent.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct ShieldedIndex {
	/// The number of its tree.
	pub tree: u32,
	/// Which leaf of the tree it is.
	pub leaf: u32,
}

/// Which circuit a proof of access is of. Both have the same public inputs.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum AccessCircuit {
	/// `consent_access`: a consent of the patient, or of the guardian, permits the request.
	Consent,
	/// `delegated_access`: a consent of a delegate permits it, and the patient's delegation permits that.
	Delegated,
}

/// A proof that a shielded consent permits a request, and what the chain has to know of it besides the request.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct AccessProof {
	/// The snapshot whose roots it is about.
	pub snapshot: u32,
	/// The tree that has the consent, and where a delegate gave it, the delegation too.
	pub tree: u32,
	/// What counts the use of the consent, whichever circuit the proof is of.
	pub nullifier: PublicInput,
	/// The circuit.
	pub circuit: AccessCircuit,
	/// The version of that circuit.
	pub version: u32,
	/// A version of `consent_revoke` that is active: as long as nobody can revoke, no proof of access counts.
	pub revoked_by: u32,
	/// The proof.
	pub proof: Proof,
}

/// Why there is nothing that a proof could be about.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum StatementRefusal {
	/// No category stands for the class: no shielded consent can name it.
	ClassWithoutCategory,
	/// Shielded consents cannot name the purpose.
	PurposeWithoutPlace,
	/// The nullifier is not below the field's order. It is never reduced: it would count twice.
	NullifierTooLarge,
	/// The snapshot was not taken yet.
	SnapshotUnknown,
	/// The snapshot does not count any more.
	SnapshotTooOld,
	/// The tree had no consent at that snapshot.
	TreeNotInSnapshot,
}

/// The shielded consents, as whoever decides access sees them.
///
/// All that a proof is about is made here, of what the chain knows; of what the prover sends, the nullifier alone is
/// taken, and each is taken once.
pub trait AccessProofs {
	/// What a proof has to be about, as far as the request says.
	type Statement;

	/// What a proof that comes with a request for data of this class has to be about. Nothing is written.
	///
	/// # Errors
	///
	/// Each of [`StatementRefusal`].
	fn statement(
		requester: &AccountId,
		request: &AccessRequest,
		class: Code,
		proof: &AccessProof,
	) -> Result<Self::Statement, StatementRefusal>;

	/// Whether the proof holds for the practitioner whom the requester is registered as and for the record with this
	/// subject tag. If so, it is used up.
	///
	/// # Errors
	///
	/// [`DenialReason::RevocationInactive`], [`DenialReason::ProviderTagMissing`], [`DenialReason::ProofUsed`],
	/// [`DenialReason::CircuitInactive`], [`DenialReason::NotProven`].
	fn accept(
		requester: &AccountId,
		subject: PublicInput,
		statement: Self::Statement,
		proof: &AccessProof,
	) -> Result<(), DenialReason>;

	/// Whether the bytes can be a tag: a number below the field's order, and not zero.
	fn is_tag(bytes: &PublicInput) -> bool;

	/// What [`statement`](Self::statement) and [`accept`](Self::accept) take together.
	fn weight() -> Weight;

	/// What [`statement`](Self::statement) takes alone: it is made before anything is known to be denied.
	fn statement_weight() -> Weight;
}
