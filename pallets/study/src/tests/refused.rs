//! Why nobody is counted.

use crate::{mock::*, AttestationRoots, Error};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AttestationTree, EnrolmentProof, ProofRefusal, StatementRefusal, StudyId};

#[test]
fn enrolling_fails_when_there_is_no_such_study() {
	with_study(|| {
		let proof = prove(&sender(), STUDY, unproven(1));
		assert_noop!(send(StudyId(1), &proof), Error::<Test>::StudyUnknown);
	});
}

#[test]
fn enrolling_fails_when_the_study_is_closed() {
	with_study(|| {
		let proof = prove(&sender(), STUDY, unproven(1));
		assert_ok!(Study::close_study(signed(OPERATOR), STUDY));
		assert_noop!(send(STUDY, &proof), Error::<Test>::StudyClosed);
	});
}

#[test]
fn enrolling_fails_when_the_study_has_not_begun() {
	with_study(|| {
		at(NOW - 1);
		assert_noop!(enrol(1), Error::<Test>::StudyNotBegun);
		at(NOW);
		assert_ok!(enrol(1));
	});
}

#[test]
fn enrolling_fails_when_the_study_has_ended() {
	with_study(|| {
		at(UNTIL);
		assert_noop!(enrol(1), Error::<Test>::StudyEnded);
		at(UNTIL - 1);
		assert_ok!(enrol(1));
	});
}

#[test]
fn enrolling_fails_when_the_sponsor_is_suspended() {
	with_study(|| {
		HospitalSuspended::set(true);
		assert_noop!(enrol(1), Error::<Test>::SponsorInactive);
	});
}

#[test]
fn enrolling_fails_when_the_roots_do_not_count() {
	with_study(|| {
		let proof = prove(&sender(), STUDY, unproven(1));
		for (refusal, error) in [
			(StatementRefusal::SnapshotUnknown, Error::<Test>::SnapshotUnknown),
			(StatementRefusal::SnapshotTooOld, Error::<Test>::SnapshotTooOld),
			(StatementRefusal::TreeNotInSnapshot, Error::<Test>::NotInSnapshot),
		] {
			NoRoots::set(Some(refusal));
			assert_noop!(send(STUDY, &proof), error);
		}
		NoRoots::set(None);
		let other = EnrolmentProof { snapshot: SNAPSHOT + 1, ..proof };
		assert_noop!(send(STUDY, &other), Error::<Test>::SnapshotUnknown);
	});
}

#[test]
fn enrolling_fails_when_the_tree_of_attestations_never_was_so() {
	with_study(|| {
		for (tree, count) in [(0, 0), (0, 2), (1, 1)] {
			let attestations = AttestationTree { tree, count };
			let proof = EnrolmentProof { attestations, ..unproven(1) };
			assert_noop!(send(STUDY, &proof), Error::<Test>::AttestationsUnknown);
		}
	});
}

/// Whoever cannot take a consent back is not counted by it.
#[test]
fn enrolling_fails_when_consents_cannot_be_revoked() {
	with_study(|| {
		let proof = prove(&sender(), STUDY, unproven(1));
		let other = EnrolmentProof { revoked_by: VERSION + 1, ..proof.clone() };
		assert_noop!(send(STUDY, &other), Error::<Test>::RevocationInactive);
		Suspended::set(true);
		assert_noop!(send(STUDY, &proof), Error::<Test>::RevocationInactive);
	});
}

#[test]
fn enrolling_fails_for_the_reason_of_the_verifier() {
	with_study(|| {
		let proof = prove(&sender(), STUDY, unproven(1));
		for (refusal, error) in [
			(ProofRefusal::CircuitUnknown, Error::<Test>::CircuitUnknown),
			(ProofRefusal::CircuitNotActive, Error::<Test>::CircuitNotActive),
			(ProofRefusal::WrongRelation, Error::<Test>::WrongRelation),
			(ProofRefusal::WrongArity, Error::<Test>::WrongArity),
			(ProofRefusal::InputTooLarge, Error::<Test>::InputTooLarge),
			(ProofRefusal::PointMalformed, Error::<Test>::PointMalformed),
			(ProofRefusal::PointAtInfinity, Error::<Test>::PointAtInfinity),
			(ProofRefusal::PointOffCurve, Error::<Test>::PointOffCurve),
			(ProofRefusal::PointOutsideSubgroup, Error::<Test>::PointOutsideSubgroup),
			(ProofRefusal::NotProven, Error::<Test>::NotProven),
			(ProofRefusal::KeyDamaged, Error::<Test>::KeyDamaged),
		] {
			Refusal::set(Some(refusal));
			assert_noop!(send(STUDY, &proof), error);
		}
		Refusal::set(None);
		let other = EnrolmentProof { version: VERSION + 1, ..proof.clone() };
		assert_noop!(send(STUDY, &other), Error::<Test>::CircuitUnknown);
		assert_ok!(send(STUDY, &proof));
	});
}

#[test]
fn enrolling_fails_when_what_is_stored_is_no_number() {
	with_study(|| {
		let root = Study::attestation_root(0, 1).unwrap();
		AttestationRoots::<Test>::insert(0, 1, [255u8; 32]);
		assert_noop!(send(STUDY, &unproven(1)), Error::<Test>::StateDamaged);
		AttestationRoots::<Test>::insert(0, 1, root);
		assert_ok!(enrol(1));
	});
}
