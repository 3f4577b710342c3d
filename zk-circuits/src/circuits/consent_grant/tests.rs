use super::*;
use crate::{circuits::testing::*, note::AuthorityKey, relation::Relation};
use ark_ff::Field;
use ConsentGrantGroup as Group;

struct Case {
	public: ConsentGrantPublic,
	witness: ConsentGrantWitness,
	values: Values,
}

fn given_by(authority: Authority) -> Case {
	let witness = ConsentGrantWitness { note: consent(), authority };
	let public = ConsentGrantPublic { leaf: consent().leaf(), context: context(1) };
	Case { values: Values::of(&witness), public, witness }
}

impl Case {
	fn is_accepted(&self) {
		accepted(|statement| demand(statement, &self.public, &self.values));
	}

	fn is_refused_only_by(&self, group: Group) {
		refused_only_by(group, |statement| demand(statement, &self.public, &self.values));
	}
}

#[test]
fn a_consent_by_the_patient_is_accepted() {
	given_by(authority(PATIENT)).is_accepted();
}

#[test]
fn a_consent_by_the_guardian_is_accepted() {
	let case = given_by(guardian(PATIENT));
	assert_eq!(case.values.authority.is_guardian, Fr::ONE);
	case.is_accepted();
}

#[test]
fn bits_refuses_an_authority_between_patient_and_guardian() {
	let mut case = given_by(authority(PATIENT));
	stand_between(&mut case.values.authority, OTHER_PATIENT);
	case.is_refused_only_by(Group::Bits);
}

#[test]
fn authority_refuses_somebody_elses_secret() {
	let mut case = given_by(authority(PATIENT));
	case.values.authority.secret = secret(OTHER_PATIENT).expose();
	case.is_refused_only_by(Group::Authority);
}

#[test]
fn authority_refuses_the_guardian_in_the_patients_place() {
	let mut case = given_by(guardian(PATIENT));
	case.values.authority.is_guardian = Fr::from(0u64);
	case.is_refused_only_by(Group::Authority);
}

#[test]
fn patient_refuses_a_consent_that_somebody_else_gives() {
	given_by(authority(OTHER_PATIENT)).is_refused_only_by(Group::Patient);
}

#[test]
fn patient_refuses_a_patient_without_a_guardian_for_one_with() {
	given_by(Authority::patient(secret(PATIENT))).is_refused_only_by(Group::Patient);
}

#[test]
fn nobody_is_nobodys_guardian() {
	assert_ne!(AuthorityKey::of(&crate::note::Secret::default()), AuthorityKey::NOBODY);
}

#[test]
fn leaf_refuses_one_of_another_consent() {
	let mut case = given_by(authority(PATIENT));
	case.values.leaf.nonce += Fr::ONE;
	case.is_refused_only_by(Group::Leaf);
}

#[test]
fn context_is_bound_by_its_group_alone() {
	let case = given_by(authority(PATIENT));
	bound_only_by(Group::Context, 2, |statement| demand(statement, &case.public, &case.values));
}

#[test]
fn the_circuit_stays_as_it_is() {
	let relation = Relation::<ConsentGrant>::new().unwrap();
	assert_eq!(relation.groups().count(), Group::ALL.len());
	assert_eq!(relation.constraints(), 781);
	assert_eq!(relation.digest(), ConsentGrant::RELATION, "{:02x?}", relation.digest());
}

#[test]
fn a_proof_is_bound_to_its_inputs() {
	let Case { public, witness, .. } = given_by(guardian(PATIENT));
	proves_and_verifies::<ConsentGrant>(&public, &witness, |inputs| inputs[1] += Fr::ONE);
}
