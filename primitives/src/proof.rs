//! Zero-knowledge proofs, for pallets that ask whether one holds.

use crate::H256;
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Bytes of a proof: A, B and C, uncompressed.
pub const PROOF_BYTES: usize = 384;

/// Most public inputs of a circuit.
pub const MAX_PUBLIC_INPUTS: u32 = 16;

/// Most proofs that are verified at once.
pub const MAX_PROOF_BATCH: u32 = 32;

/// A circuit: what a proof states. `docs/zero-knowledge.md` lists their numbers.
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
pub struct CircuitId(pub u32);

/// A version of a circuit. Each has one key, for ever.
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
pub struct CircuitVersion {
	/// The circuit.
	pub circuit: CircuitId,
	/// The version.
	pub version: u32,
}

/// A public input: an element of the scalar field of BLS12-381, little-endian.
pub type PublicInput = [u8; 32];

/// The public inputs of a proof, in the circuit's order.
pub type PublicInputs = BoundedVec<PublicInput, ConstU32<MAX_PUBLIC_INPUTS>>;

/// A Groth16 proof over BLS12-381, as bytes.
///
/// It is no identifier: anybody can change a proof into another one of the same statement. What must
/// count once needs a nullifier among its public inputs.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Proof(pub [u8; PROOF_BYTES]);

/// A proof and what it is about.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ProvenStatement {
	/// The proof.
	pub proof: Proof,
	/// The public inputs.
	pub inputs: PublicInputs,
}

/// Proofs of one circuit that are verified at once.
pub type ProofBatch = BoundedVec<ProvenStatement, ConstU32<MAX_PROOF_BATCH>>;

/// Why a proof is refused. Each cause has its own.
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
pub enum ProofRefusal {
	/// No such version of a circuit is registered.
	CircuitUnknown,
	/// The version of the circuit is not active: not yet, or it is suspended.
	CircuitNotActive,
	/// There is no proof in the batch.
	BatchEmpty,
	/// There are more than [`MAX_PROOF_BATCH`] proofs in the batch.
	BatchTooLarge,
	/// There are more or fewer public inputs than the circuit has.
	WrongArity,
	/// A public input is not below the field's order. It is never reduced: two byte strings would be
	/// one input then.
	InputTooLarge,
	/// Bytes of the proof are not the one encoding of a point.
	PointMalformed,
	/// A point of the proof is at infinity.
	PointAtInfinity,
	/// A point of the proof is not on the curve.
	PointOffCurve,
	/// A point of the proof is not in the subgroup of prime order.
	PointOutsideSubgroup,
	/// The proof does not prove the statement about these inputs. Of a batch, at least one does not.
	NotProven,
	/// The stored key cannot be read: the chain's state is damaged.
	KeyDamaged,
	/// The key of this version is for another relation than the one that is asked about.
	WrongRelation,
}

/// The registry of circuits, as other pallets see it.
///
/// It says whether a statement is proven, and not what that is good for. **The public inputs must be the
/// caller's own**: the roots of its trees, the block's time, a context made of chain, circuit, signer and
/// request. Of what the prover sends it takes nullifiers alone, and refuses those that it has.
///
/// **It also says what it takes the circuit to state**, by the digest of its relation. A version that came later may
/// state something else about as many inputs; a caller that does not know it must not believe it.
pub trait ProofVerifier {
	/// Whether the proof proves this relation of this circuit about these inputs.
	fn verify(
		circuit: CircuitVersion,
		relation: H256,
		proof: &Proof,
		inputs: &[PublicInput],
	) -> Result<(), ProofRefusal>;

	/// Whether each of at most [`MAX_PROOF_BATCH`] proofs of one circuit does: all, or none is believed. Which
	/// one does not is not told; verify them one by one, off chain.
	fn verify_batch(
		circuit: CircuitVersion,
		relation: H256,
		statements: &[ProvenStatement],
	) -> Result<(), ProofRefusal>;

	/// Whether proofs of this relation of this circuit are believed now.
	fn is_active(circuit: CircuitVersion, relation: H256) -> bool;
}
