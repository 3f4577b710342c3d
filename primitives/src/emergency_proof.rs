//! Breaking the glass by proof (`docs/adr/0018-break-glass-by-proof.md`).

use crate::{
	operation_hash, AccessRequest, AccountId, DenialReason, Milliseconds, OverrideReason, Proof,
	PublicInput, H256,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::Weight;

/// Bytes of an identity that is encrypted for an auditor.
pub const SEALED_IDENTITY_BYTES: usize = 64;

/// A proof that some clinician is licensed and within the rate limit, and what the chain has to know of it besides the
/// request and the reason.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct EmergencyProof {
	/// The root of the tree of licences that it is about.
	pub root: PublicInput,
	/// The number of the auditor for whom the identity is encrypted.
	pub auditor: u32,
	/// The time at which the licence is proven to hold, close to the block's.
	pub now: Milliseconds,
	/// What counts the slot of the day that is used up, without saying whose it is.
	pub nullifier: PublicInput,
	/// The clinician's identity, encrypted for the auditor.
	pub identity: [u8; SEALED_IDENTITY_BYTES],
	/// BLAKE2-256 of the public X-Wing key that section keys are to be wrapped for. It is drawn for this emergency alone.
	pub recipient: H256,
	/// The version of the circuit `break_glass`.
	pub version: u32,
	/// The proof.
	pub proof: Proof,
}

/// What an emergency by proof is: the hash of (request, reason, hash of the recipient's key). The proof is bound to it.
pub fn emergency_operation(
	request: &AccessRequest,
	reason: OverrideReason,
	recipient: H256,
) -> H256 {
	operation_hash(&(request, reason, recipient))
}

/// What the auditor needs to read who broke the glass, besides whom the log says signed. It is kept with the grant, and
/// the log has its hash.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct EmergencyEvidence {
	/// The number of the auditor for whom the identity is encrypted.
	pub auditor: u32,
	/// What counted the slot.
	pub nullifier: PublicInput,
	/// The identity, encrypted.
	pub identity: [u8; SEALED_IDENTITY_BYTES],
	/// BLAKE2-256 of the key that section keys are wrapped for.
	pub recipient: H256,
	/// The version of the circuit `break_glass`.
	pub version: u32,
	/// What was asked for: [`emergency_operation`]. Whoever has the request can tell that it was this one.
	pub asked: H256,
}

impl EmergencyEvidence {
	/// That of a proof that came with a request of this [`emergency_operation`].
	pub fn new(proof: &EmergencyProof, asked: H256) -> Self {
		Self {
			auditor: proof.auditor,
			nullifier: proof.nullifier,
			identity: proof.identity,
			recipient: proof.recipient,
			version: proof.version,
			asked,
		}
	}

	/// BLAKE2-256 of the encoded evidence, as the log has it.
	pub fn hash(&self) -> H256 {
		operation_hash(self)
	}
}

/// Why there is nothing that a proof of an emergency could be about.
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
pub enum EmergencyRefusal {
	/// The root is not that of the tree of licences, and was not within the last minutes.
	RootNotRecent,
	/// The auditor with this number is not in office.
	AuditorNotInOffice,
	/// The time is too far from the block's.
	TimeTooFar,
	/// The nullifier is not below the field's order. It is never reduced: it would count twice.
	NullifierTooLarge,
	/// The bytes are no encrypted identity: they are not the one encoding of a point of the subgroup and a number, or the
	/// point is the neutral element, so that everybody could read it.
	IdentityMalformed,
	/// Section keys were wrapped for this key before: two emergencies would be seen to be of one clinician.
	RecipientUsed,
}

/// The tree of licences and the auditor, as whoever decides emergencies sees them.
///
/// All that a proof is about is made here, but for the root, the nullifier and the encrypted identity, of which it is said
/// whether they count.
pub trait EmergencyProofs {
	/// What a proof has to be about.
	type Statement;

	/// What a proof that the signer sends with what is asked ([`emergency_operation`]) has to be about, where a clinician may
	/// break the glass so often in a day. Nothing is written.
	///
	/// # Errors
	///
	/// Each of [`EmergencyRefusal`].
	fn statement(
		signer: &AccountId,
		asked: H256,
		limit: u8,
		proof: &EmergencyProof,
	) -> Result<Self::Statement, EmergencyRefusal>;

	/// Whether the proof holds. If so, its slot and the recipient's key are used up.
	///
	/// # Errors
	///
	/// [`DenialReason::ProofUsed`], [`DenialReason::CircuitInactive`], [`DenialReason::NotProven`].
	fn accept(statement: Self::Statement, proof: &EmergencyProof) -> Result<(), DenialReason>;

	/// Whether somebody, under whatever account they had, ever had a licence in the tree, so that a proof can be theirs.
	fn ever_had_licence(who: &AccountId) -> bool;

	/// What [`statement`](Self::statement) and [`accept`](Self::accept) take together.
	fn weight() -> Weight;
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		engine::terminology::purpose, Action, ContextHash, InstitutionId, Role, Target, PROOF_BYTES,
	};
	use alloc::{collections::BTreeSet, vec::Vec};

	fn request() -> AccessRequest {
		AccessRequest {
			on_behalf_of: InstitutionId(1),
			role: Role::Emergency,
			patient: AccountId::new([2; 32]),
			target: Target::WholeRecord,
			purpose: purpose::BTG,
			action: Action::Read,
			labels: Default::default(),
			classes: Default::default(),
			context: ContextHash([3; 32]),
			duration: Milliseconds(4),
		}
	}

	fn proof() -> EmergencyProof {
		EmergencyProof {
			root: [1; 32],
			auditor: 2,
			now: Milliseconds(3),
			nullifier: [4; 32],
			identity: [5; SEALED_IDENTITY_BYTES],
			recipient: H256([6; 32]),
			version: 7,
			proof: Proof([8; PROOF_BYTES]),
		}
	}

	#[test]
	fn whatever_is_asked_for_changes_the_operation() {
		let reason = OverrideReason::EmergencyTreatment;
		let operations = [
			emergency_operation(&request(), reason, H256([6; 32])),
			emergency_operation(&request(), reason, H256([7; 32])),
			emergency_operation(&request(), OverrideReason::PublicSafety, H256([6; 32])),
			emergency_operation(
				&AccessRequest { duration: Milliseconds(5), ..request() },
				reason,
				H256([6; 32]),
			),
		];
		assert_eq!(operations.into_iter().collect::<BTreeSet<_>>().len(), 4);
	}

	#[test]
	fn whatever_the_auditor_needs_changes_the_evidence() {
		let of = EmergencyEvidence::new(&proof(), H256([9; 32]));
		let changed = [
			EmergencyEvidence { auditor: 0, ..of.clone() },
			EmergencyEvidence { nullifier: [0; 32], ..of.clone() },
			EmergencyEvidence { identity: [0; SEALED_IDENTITY_BYTES], ..of.clone() },
			EmergencyEvidence { recipient: H256([0; 32]), ..of.clone() },
			EmergencyEvidence { version: 0, ..of.clone() },
			EmergencyEvidence { asked: H256([0; 32]), ..of.clone() },
		];
		let hashes: Vec<_> = changed.iter().map(EmergencyEvidence::hash).collect();
		assert!(!hashes.contains(&of.hash()));
		assert_eq!(hashes.into_iter().collect::<BTreeSet<_>>().len(), 6);
	}
}
