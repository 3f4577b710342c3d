//! Studies: what they ask of those who take part, and what a proof of taking part comes with.

use crate::{InstitutionId, Milliseconds, Proof, PublicInput, StatementRefusal, H256};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How many values are attested together.
pub const STUDY_VALUES: usize = 4;

/// A registered study. Counts from zero; no two studies ever share one.
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
pub struct StudyId(pub u32);

/// The range of an attested value. Both ends are inside.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct ValueRange {
	/// The smallest.
	pub min: u32,
	/// The largest.
	pub max: u32,
}

/// What is registered of a study. It is public, and never changes: a consent to take part names the hash of all of it, as
/// it is encoded. So a field more is another hash, and voids the consents that were given.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct StudyTerms {
	/// The institution that answers for it.
	pub sponsor: InstitutionId,
	/// BLAKE2-256 of the protocol, as the sponsor published it. Whoever takes part compares.
	pub protocol: H256,
	/// Which values it asks for: the consortium's list says what a panel's four values are, in which unit and order.
	pub panel: u64,
	/// The range of each value.
	pub ranges: [ValueRange; STUDY_VALUES],
	/// The first moment of attestations that count. Below 2⁴⁸.
	pub attested_from: Milliseconds,
	/// The categories that a consent to take part must cover, one bit each, the first lowest.
	pub categories: u64,
	/// How many have to take part before results are published.
	pub minimum: u32,
	/// The first moment at which one can enrol.
	pub from: Milliseconds,
	/// The first moment at which one cannot any more.
	pub until: Milliseconds,
}

/// The place of an attestation.
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
pub struct AttestationIndex {
	/// The number of its tree.
	pub tree: u32,
	/// Which leaf of the tree it is.
	pub leaf: u32,
}

/// A tree of attestations as it was when it had so many leaves.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct AttestationTree {
	/// Its number.
	pub tree: u32,
	/// How many leaves it had.
	pub count: u32,
}

/// A proof that somebody may take part in a study, and what the chain has to know of it besides the study.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct EnrolmentProof {
	/// The snapshot whose roots of consents it is about.
	pub snapshot: u32,
	/// The tree that has the consent.
	pub tree: u32,
	/// The tree that has the attestation, as it was then. The newest gives the best cover.
	pub attestations: AttestationTree,
	/// What counts the patient once in this study.
	pub nullifier: PublicInput,
	/// The version of the circuit `study_enrolment`.
	pub version: u32,
	/// A version of `consent_revoke` that is active: as long as nobody can revoke, nobody is counted.
	pub revoked_by: u32,
	/// The proof.
	pub proof: Proof,
}

/// The roots of a tree of shielded consents as of a snapshot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ConsentRoots {
	/// The root of its consents.
	pub consents: PublicInput,
	/// The root of their revocations.
	pub revocations: PublicInput,
	/// The time of the snapshot.
	pub at: Milliseconds,
}

/// The shielded consents, as pallets see them that verify proofs of their own about them.
pub trait ShieldedConsents {
	/// The roots of a tree as of a snapshot that counts.
	///
	/// # Errors
	///
	/// [`StatementRefusal::SnapshotUnknown`], [`StatementRefusal::SnapshotTooOld`],
	/// [`StatementRefusal::TreeNotInSnapshot`].
	fn roots_of_snapshot(tree: u32, snapshot: u32) -> Result<ConsentRoots, StatementRefusal>;

	/// How many categories stand for a class of data: those with a lower place.
	fn categories_in_use() -> u32;
}
