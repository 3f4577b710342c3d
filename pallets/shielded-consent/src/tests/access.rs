//! Proofs of access.

use crate::{categories::class_code, mock::*, Pallet, UsedNullifiers};
use frame_support::{assert_ok, assert_storage_noop};
use hdx_primitives::{
	engine::terminology::purpose, AccessCircuit, AccessProof, AccessProofs, AccessRequest,
	AccountId, Action, Code, ContextHash, DenialReason, Milliseconds, Proof, ProofRefusal,
	PublicInput, RecordId, Role, StatementRefusal, Target, PROOF_BYTES,
};
use hdx_zk_circuits::{
	circuits::{ConsentAccess, DelegatedAccess},
	field::from_bytes,
};
use sp_runtime::BoundedVec;

/// The doctor's tag.
const TAG: u64 = 77;
/// The subject tag of the record.
const SUBJECT: u64 = 88;

pub(super) type Answer = Result<Result<(), DenialReason>, StatementRefusal>;

pub(super) fn class() -> Code {
	class_code("Observation")
}

pub(super) fn request() -> AccessRequest {
	AccessRequest {
		on_behalf_of: HOSPITAL,
		role: Role::Physician,
		patient: sender(1),
		target: Target::Record(RecordId(4)),
		purpose: purpose::TREAT,
		action: Action::Read,
		labels: Default::default(),
		classes: BoundedVec::truncate_from(vec![class()]),
		context: ContextHash([2; 32]),
		duration: Milliseconds(1_000),
	}
}

/// A proof that still is none, about the last snapshot.
pub(super) fn unproven(nullifier: u64) -> AccessProof {
	AccessProof {
		snapshot: last_snapshot(),
		tree: 0,
		nullifier: leaf(nullifier),
		circuit: AccessCircuit::Consent,
		version: VERSION,
		revoked_by: VERSION,
		proof: Proof([0; PROOF_BYTES]),
	}
}

/// The proof that goes with the rest, of the circuit that it names.
pub(super) fn prove(
	who: &AccountId,
	request: &AccessRequest,
	class: Code,
	rest: AccessProof,
) -> AccessProof {
	let statement = Shielded::statement(who, request, class, &rest).unwrap();
	let [tag, subject] = [TAG, SUBJECT].map(|number| from_bytes(&leaf(number)).unwrap());
	let proof = match rest.circuit {
		AccessCircuit::Consent => {
			proof::<ConsentAccess>(rest.version, &statement.about(tag, subject))
		},
		AccessCircuit::Delegated => {
			proof::<DelegatedAccess>(rest.version, &statement.about_delegated(tag, subject))
		},
	};
	AccessProof { proof, ..rest }
}

pub(super) fn proven(nullifier: u64) -> AccessProof {
	prove(&DOCTOR, &request(), class(), unproven(nullifier))
}

pub(super) fn ask_as(
	who: &AccountId,
	request: &AccessRequest,
	class: Code,
	proof: &AccessProof,
) -> Answer {
	let statement = Shielded::statement(who, request, class, proof)?;
	Ok(Shielded::accept(who, leaf(SUBJECT), statement, proof))
}

pub(super) fn ask(proof: &AccessProof) -> Answer {
	ask_as(&DOCTOR, &request(), class(), proof)
}

/// Asserts that this is refused, and that nothing is written.
pub(super) fn refused(answer: impl FnOnce() -> Answer, why: DenialReason) {
	assert_storage_noop!(assert_eq!(answer(), Ok(Err(why))));
}

/// A chain with a consent that the last snapshot knows, and a doctor with a tag.
pub(super) fn with_consent(test: impl FnOnce()) {
	on_chain(|| {
		assert_ok!(append(1));
		let call = Shielded::register_tag(signed(DOCTOR), HOSPITAL, Role::Physician, leaf(TAG));
		assert_ok!(call);
		next_snapshot();
		test();
	});
}

#[test]
fn a_proof_counts_once_for_a_snapshot() {
	with_consent(|| {
		let proof = proven(5);
		assert_eq!(ask(&proof), Ok(Ok(())));
		assert!(UsedNullifiers::<Test>::contains_key(last_snapshot(), leaf(5)));
		refused(|| ask(&proof), DenialReason::ProofUsed);
		// Not by other bytes either: what counts is the nullifier.
		let other = AccessProof { proof: Proof([9; PROOF_BYTES]), ..proof };
		refused(|| ask(&other), DenialReason::ProofUsed);
		next_snapshot();
		assert_eq!(ask(&proven(5)), Ok(Ok(())));
	});
}

#[test]
fn a_proof_is_of_no_use_for_anything_else_that_is_asked() {
	with_consent(|| {
		let proof = proven(5);
		let others = [
			AccessRequest { target: Target::Record(RecordId(5)), ..request() },
			AccessRequest { purpose: purpose::HRESCH, ..request() },
			AccessRequest { patient: sender(2), ..request() },
			AccessRequest { role: Role::Nurse, ..request() },
			AccessRequest { context: ContextHash([3; 32]), ..request() },
			AccessRequest { duration: Milliseconds(1_001), ..request() },
		];
		for other in others {
			refused(|| ask_as(&DOCTOR, &other, class(), &proof), DenialReason::NotProven);
		}
		let other = class_code("Condition");
		refused(|| ask_as(&DOCTOR, &request(), other, &proof), DenialReason::NotProven);
		assert_eq!(ask(&proof), Ok(Ok(())));
	});
}

#[test]
fn a_proof_is_of_no_use_to_another_signer() {
	with_consent(|| {
		let proof = proven(5);
		refused(
			|| ask_as(&COLLEAGUE, &request(), class(), &proof),
			DenialReason::ProviderTagMissing,
		);
		let call =
			Shielded::register_tag(signed(COLLEAGUE), HOSPITAL, Role::Physician, leaf(TAG + 1));
		assert_ok!(call);
		refused(|| ask_as(&COLLEAGUE, &request(), class(), &proof), DenialReason::NotProven);
	});
}

#[test]
fn a_proof_is_of_no_use_for_a_record_of_another_subject() {
	with_consent(|| {
		let proof = proven(5);
		let statement = Shielded::statement(&DOCTOR, &request(), class(), &proof).unwrap();
		let answer = Shielded::accept(&DOCTOR, leaf(SUBJECT + 1), statement, &proof);
		assert_eq!(answer, Err(DenialReason::NotProven));
	});
}

#[test]
fn a_proof_is_of_no_use_after_the_tag_was_changed() {
	with_consent(|| {
		let proof = proven(5);
		let call = Shielded::register_tag(signed(DOCTOR), HOSPITAL, Role::Physician, leaf(3));
		assert_ok!(call);
		refused(|| ask(&proof), DenialReason::NotProven);
	});
}

#[test]
fn a_proof_is_of_no_use_about_another_nullifier_or_snapshot() {
	with_consent(|| {
		next_snapshot();
		let proof = proven(5);
		let other = AccessProof { nullifier: leaf(6), ..proof.clone() };
		refused(|| ask(&other), DenialReason::NotProven);
		let other = AccessProof { snapshot: proof.snapshot - 1, ..proof };
		refused(|| ask(&other), DenialReason::NotProven);
	});
}

#[test]
fn a_proof_is_of_no_use_in_another_version() {
	with_consent(|| {
		let other = AccessProof { version: VERSION + 1, ..proven(5) };
		refused(|| ask(&other), DenialReason::CircuitInactive);
	});
}

#[test]
fn a_proof_is_of_no_use_on_another_chain() {
	with_consent(|| {
		let proof = proven(5);
		frame_system::BlockHash::<Test>::insert(0, sp_core::H256([1; 32]));
		refused(|| ask(&proof), DenialReason::NotProven);
	});
}

#[test]
fn each_refusal_of_the_verifier_has_its_reason() {
	with_consent(|| {
		let proof = proven(5);
		let refusals = [
			(ProofRefusal::CircuitUnknown, DenialReason::CircuitInactive),
			(ProofRefusal::CircuitNotActive, DenialReason::CircuitInactive),
			(ProofRefusal::WrongRelation, DenialReason::CircuitInactive),
			(ProofRefusal::WrongArity, DenialReason::NotProven),
			(ProofRefusal::PointMalformed, DenialReason::NotProven),
			(ProofRefusal::PointAtInfinity, DenialReason::NotProven),
			(ProofRefusal::PointOffCurve, DenialReason::NotProven),
			(ProofRefusal::PointOutsideSubgroup, DenialReason::NotProven),
			(ProofRefusal::NotProven, DenialReason::NotProven),
			(ProofRefusal::KeyDamaged, DenialReason::NotProven),
		];
		for (refusal, reason) in refusals {
			Refusal::set(Some(refusal));
			refused(|| ask(&proof), reason);
		}
		Refusal::set(None);
	});
}

#[test]
fn no_proof_counts_while_nobody_can_revoke() {
	with_consent(|| {
		let proof = proven(5);
		Suspended::set(true);
		refused(|| ask(&proof), DenialReason::RevocationInactive);
		Suspended::set(false);
		let other = AccessProof { revoked_by: VERSION + 1, ..proof.clone() };
		refused(|| ask(&other), DenialReason::RevocationInactive);
		assert_eq!(ask(&proof), Ok(Ok(())));
	});
}

#[test]
fn there_is_no_statement_about_a_class_without_category() {
	with_consent(|| {
		let answer = ask_as(&DOCTOR, &request(), Code([9; 16]), &unproven(5));
		assert_eq!(answer, Err(StatementRefusal::ClassWithoutCategory));
	});
}

#[test]
fn there_is_no_statement_about_a_purpose_that_consents_cannot_name() {
	with_consent(|| {
		let request = AccessRequest { purpose: Code([9; 16]), ..request() };
		let answer = ask_as(&DOCTOR, &request, class(), &unproven(5));
		assert_eq!(answer, Err(StatementRefusal::PurposeWithoutPlace));
	});
}

#[test]
fn there_is_no_statement_about_a_nullifier_beyond_the_field() {
	with_consent(|| {
		let proof = AccessProof { nullifier: [255; 32], ..unproven(5) };
		assert_eq!(ask(&proof), Err(StatementRefusal::NullifierTooLarge));
	});
}

#[test]
fn there_is_no_statement_about_a_snapshot_to_come() {
	with_consent(|| {
		let proof = AccessProof { snapshot: last_snapshot() + 1, ..unproven(5) };
		assert_eq!(ask(&proof), Err(StatementRefusal::SnapshotUnknown));
	});
}

#[test]
fn there_is_no_statement_about_a_snapshot_that_does_not_count_any_more() {
	with_consent(|| {
		let proof = proven(5);
		for _ in 1..COUNTED {
			next_snapshot();
		}
		assert!(Shielded::statement(&DOCTOR, &request(), class(), &proof).is_ok());
		next_snapshot();
		assert_eq!(ask(&proof), Err(StatementRefusal::SnapshotTooOld));
	});
}

#[test]
fn there_is_no_statement_about_a_tree_without_consents() {
	with_consent(|| {
		let proof = AccessProof { tree: 1, ..unproven(5) };
		assert_eq!(ask(&proof), Err(StatementRefusal::TreeNotInSnapshot));
	});
}

#[test]
fn after_a_revocation_proofs_are_about_other_roots() {
	with_consent(|| {
		assert_ok!(revoke(at(0)));
		let before = proven(5);
		next_snapshot();
		// The one from before counts until its snapshot is too old, and says nothing about the present one.
		let moved = AccessProof { snapshot: last_snapshot(), ..before.clone() };
		refused(|| ask(&moved), DenialReason::NotProven);
		assert_eq!(ask(&before), Ok(Ok(())));
	});
}

#[test]
fn nullifiers_are_forgotten_with_their_snapshots_and_not_before() {
	with_consent(|| {
		let first = last_snapshot();
		for nullifier in 5..8 {
			assert_eq!(ask(&proven(nullifier)), Ok(Ok(())));
		}
		let used = || UsedNullifiers::<Test>::iter_prefix(first).count();
		for _ in 1..COUNTED {
			next_snapshot();
			Pallet::<Test>::forget_nullifiers(100);
			assert_eq!(used(), 3);
		}
		next_snapshot();
		assert_eq!(Pallet::<Test>::forget_nullifiers(2), 2);
		assert_eq!(used(), 1);
		// One more, and the step on to the next snapshot.
		assert_eq!(Pallet::<Test>::forget_nullifiers(100), 2);
		assert_eq!(used(), 0);
		assert_eq!(Pallet::<Test>::forget_nullifiers(100), 0);
	});
}

#[test]
fn nullifiers_are_forgotten_in_what_a_block_leaves_and_no_more() {
	use crate::WeightInfo as _;
	use frame_support::{traits::Hooks, weights::Weight};
	type Weights = <Test as crate::Config>::WeightInfo;
	with_consent(|| {
		let first = last_snapshot();
		for nullifier in 5..8 {
			assert_eq!(ask(&proven(nullifier)), Ok(Ok(())));
		}
		for _ in 0..COUNTED {
			next_snapshot();
		}
		let used = || UsedNullifiers::<Test>::iter_prefix(first).count();
		let short = Weights::forget_nullifiers(1).saturating_sub(Weight::from_parts(0, 1));
		assert_eq!(Shielded::on_idle(0, short), Weight::zero());
		assert_eq!(used(), 3);
		let two = Weights::forget_nullifiers(2);
		assert_eq!(Shielded::on_idle(0, two), two);
		assert_eq!(used(), 1);
		assert!(Shielded::on_idle(0, Weight::MAX).all_lt(Weight::MAX));
		assert_eq!(used(), 0);
	});
}

#[test]
fn a_tag_is_a_number_below_the_order_and_not_zero() {
	let tags: [PublicInput; 3] = [leaf(1), [0; 32], [255; 32]];
	assert_eq!(tags.map(|bytes| Shielded::is_tag(&bytes)), [true, false, false]);
}
