//! Counting those who take part.

use crate::{mock::*, studies::stated, Error, Event};
use codec::Encode;
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	AccountId, AttestationTree, AuditAction, AuditEvent, EnrolmentProof, InstitutionId,
	Milliseconds, StudyId, StudyTerms, Subject, H256,
};
use hdx_zk_circuits::{
	circuits::{Circuit, StudyEnrolment, StudyEnrolmentPublic},
	field::to_bytes,
	note::StudyTermsHash,
	Fr,
};

#[test]
fn who_takes_part_is_counted_logged_and_told() {
	with_study(|| {
		assert_ok!(enrol(1));
		let event = Event::Enrolled { study: STUDY, nullifier: number(1), count: 1 };
		assert_eq!(new_events(), [event]);
		assert_eq!(Study::study(STUDY).unwrap().count, 1);
		assert!(Study::is_counted(STUDY, number(1)));
		assert!(!Study::is_counted(STUDY, number(2)));
		assert!(!Study::is_counted(StudyId(1), number(1)));
	});
}

#[test]
fn the_log_names_nobody_who_takes_part() {
	with_study(|| {
		assert_ok!(enrol(1));
		let entry = AuditEvent {
			actor: None,
			on_behalf_of: None,
			patient: None,
			subject: Subject::Enrolment { study: STUDY, nullifier: number(1) },
			..AuditEvent::new(AuditAction::EnrolmentCounted)
		};
		assert_eq!(log().pop(), Some(entry));
	});
}

#[test]
fn that_the_cohort_is_reached_is_told_once() {
	with_study(|| {
		let reached = Event::CohortReached { study: STUDY, count: SMALLEST };
		for nullifier in 1..=SMALLEST + 1 {
			assert_ok!(enrol(nullifier.into()));
			assert_eq!(new_events().contains(&reached), nullifier == SMALLEST);
			let has_cohort = Study::study(STUDY).unwrap().has_cohort();
			assert_eq!(has_cohort, nullifier >= SMALLEST);
		}
	});
}

#[test]
fn a_proof_is_about_what_the_chain_knows() {
	with_study(|| {
		let public = public(&sender(), STUDY, &unproven(1));
		let inputs: Vec<_> = StudyEnrolment::inputs(&public).iter().map(to_bytes).collect();
		assert_eq!(inputs[0], number(1_000));
		assert_eq!(inputs[1], number(2_000));
		assert_eq!(Some(inputs[2]), Study::attestation_root(0, 1));
		assert_eq!(inputs[3], to_bytes(&public.study.digest()));
		let all = StudyTermsHash::of(0, &terms().encode());
		assert_eq!(public.study.terms(), all);
		assert_eq!(public.study.categories(), terms().categories);
		assert_eq!(inputs[4], number(1));
		assert_eq!(inputs[5], number(SNAPSHOT_AT));
	});
}

/// The terms of [`terms`], each changed in one thing of which the circuit knows nothing.
fn told_otherwise() -> [StudyTerms; 5] {
	let it = terms();
	[
		StudyTerms { sponsor: InstitutionId(it.sponsor.0 + 1), ..it },
		StudyTerms { protocol: H256([8; 32]), ..it },
		StudyTerms { minimum: it.minimum + 1, ..it },
		StudyTerms { from: Milliseconds(it.from.0 - 1), ..it },
		StudyTerms { until: Milliseconds(it.until.0 - 1), ..it },
	]
}

/// A node may lie about a study, and a branch may be left on which its number was another one's.
#[test]
fn a_consent_to_other_terms_under_the_same_number_is_of_no_use() {
	with_study(|| {
		let registered = stated(STUDY, &terms()).unwrap();
		let about = public(&sender(), STUDY, &unproven(1));
		assert_eq!(about.study, registered);
		for other in told_otherwise() {
			let other = stated(STUDY, &other).unwrap();
			assert_ne!(other.digest(), registered.digest());
			let about = StudyEnrolmentPublic { study: other, ..about.clone() };
			let proof = EnrolmentProof { proof: proof_about(VERSION, &about), ..unproven(1) };
			assert_noop!(send(STUDY, &proof), Error::<Test>::NotProven);
		}
		assert_ok!(enrol(1));
	});
}

#[test]
fn a_proof_about_an_older_tree_of_attestations_counts() {
	with_study(|| {
		let proof = prove(&sender(), STUDY, unproven(1));
		assert_ok!(attest(501));
		assert_ok!(attest(502));
		assert_ok!(send(STUDY, &proof));
		let attestations = AttestationTree { tree: 0, count: 3 };
		let newer = EnrolmentProof { attestations, ..unproven(2) };
		assert_ok!(send(STUDY, &prove(&sender(), STUDY, newer)));
	});
}

#[test]
fn enrolling_fails_when_the_patient_is_counted() {
	with_study(|| {
		assert_ok!(enrol(1));
		assert_noop!(enrol(1), Error::<Test>::AlreadyCounted);
		// Neither through somebody else, nor about another state of the tree.
		let other = AccountId::new([2; 32]);
		let proof = prove(&other, STUDY, unproven(1));
		assert_noop!(
			Study::enrol(signed(other), STUDY, Box::new(proof)),
			Error::<Test>::AlreadyCounted
		);
	});
}

#[test]
fn a_patient_takes_part_in_each_study_once() {
	with_study(|| {
		assert_ok!(register(terms()));
		assert_ok!(enrol(1));
		let proof = prove(&sender(), StudyId(1), unproven(1));
		assert_ok!(send(StudyId(1), &proof));
		assert_eq!(Study::study(StudyId(1)).unwrap().count, 1);
	});
}

#[test]
fn a_proof_is_of_no_use_for_another_study_or_signer() {
	with_study(|| {
		assert_ok!(register(terms()));
		let proof = prove(&sender(), STUDY, unproven(1));
		assert_noop!(send(StudyId(1), &proof), Error::<Test>::NotProven);
		let thief = AccountId::new([2; 32]);
		assert_noop!(
			Study::enrol(signed(thief), STUDY, Box::new(proof.clone())),
			Error::<Test>::NotProven
		);
		assert_ok!(send(STUDY, &proof));
	});
}

#[test]
fn a_proof_is_of_no_use_on_another_chain() {
	with_study(|| {
		let proof = prove(&sender(), STUDY, unproven(1));
		frame_system::BlockHash::<Test>::insert(0, hdx_primitives::H256([1; 32]));
		assert_noop!(send(STUDY, &proof), Error::<Test>::NotProven);
	});
}

#[test]
fn a_proof_is_of_no_use_with_another_nullifier_tree_or_state_of_attestations() {
	with_study(|| {
		assert_ok!(attest(501));
		let proof = prove(&sender(), STUDY, unproven(1));
		let attestations = AttestationTree { tree: 0, count: 2 };
		for other in [
			EnrolmentProof { nullifier: number(2), ..proof.clone() },
			EnrolmentProof { tree: 1, ..proof.clone() },
			EnrolmentProof { attestations, ..proof.clone() },
		] {
			assert_noop!(send(STUDY, &other), Error::<Test>::NotProven);
		}
		assert_ok!(send(STUDY, &proof));
	});
}

/// The modulus more is the same element with other bytes: the patient would count twice.
#[test]
fn enrolling_fails_when_the_nullifier_is_not_below_the_order() {
	with_study(|| {
		let mut bytes = to_bytes(&-Fr::from(1));
		bytes[0] += 1;
		for nullifier in [bytes, [255u8; 32]] {
			let proof = EnrolmentProof { nullifier, ..unproven(1) };
			assert_noop!(send(STUDY, &proof), Error::<Test>::InputTooLarge);
		}
	});
}
