use super::*;
use crate::{circuits::testing::*, relation::Relation};
use ark_ff::Field;
use ConsentRevokeGroup as Group;

/// The index that the first note gets.
const INDEX: u32 = 137;

struct Case {
	world: World,
	public: ConsentRevokePublic,
	witness: ConsentRevokeWitness,
	values: Values,
}

fn revoked_by(authority: Authority) -> Case {
	let mut world = World::new();
	let [held] = world.hold([consent()]);
	assert_eq!(held.index, INDEX);
	let witness = ConsentRevokeWitness { note: held.note, path: held.path, authority };
	let public = ConsentRevokePublic {
		consent_root: world.consents.root(),
		index: INDEX,
		context: context(1),
	};
	Case { values: Values::of(&public, &witness), world, public, witness }
}

fn honest() -> Case {
	revoked_by(authority(PATIENT))
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
fn a_revocation_by_the_patient_is_accepted() {
	honest().is_accepted();
}

#[test]
fn a_revocation_by_the_guardian_is_accepted() {
	revoked_by(guardian(PATIENT)).is_accepted();
}

#[test]
fn bits_refuses_an_authority_between_patient_and_guardian() {
	let mut case = honest();
	stand_between(&mut case.values.authority, OTHER_PATIENT);
	case.is_refused_only_by(Group::Bits);
}

#[test]
fn index_refuses_somebody_elses_consent() {
	let mut case = honest();
	case.public.index = 5;
	case.is_refused_only_by(Group::Index);
}

#[test]
fn index_refuses_one_that_wraps_around_the_tree() {
	let mut case = honest();
	case.public.index = INDEX | (1 << 20);
	case.is_refused_only_by(Group::Index);
}

#[test]
fn authority_refuses_somebody_elses_secret() {
	let mut case = honest();
	case.values.authority.secret = secret(OTHER_PATIENT).expose();
	case.is_refused_only_by(Group::Authority);
}

#[test]
fn patient_refuses_a_consent_that_somebody_else_gave() {
	revoked_by(authority(OTHER_PATIENT)).is_refused_only_by(Group::Patient);
}

#[test]
fn leaf_refuses_a_made_up_note_for_somebody_elses_leaf() {
	let mut case = revoked_by(authority(OTHER_PATIENT));
	case.values.leaf.granter = patient(OTHER_PATIENT).0;
	case.is_refused_only_by(Group::Leaf);
}

#[test]
fn membership_refuses_a_note_that_was_never_appended() {
	let mut case = honest();
	case.world.hold([Note { nonce: Fr::from(1u64), ..consent() }]);
	case.public.consent_root = case.world.consents.root();
	case.is_refused_only_by(Group::Membership);
}

#[test]
fn context_is_bound_by_its_group_alone() {
	let case = honest();
	bound_only_by(Group::Context, 3, |statement| demand(statement, &case.public, &case.values));
}

#[test]
fn the_circuit_stays_as_it_is() {
	let relation = Relation::<ConsentRevoke>::new().unwrap();
	assert_eq!(relation.groups().count(), Group::ALL.len());
	assert_eq!(relation.constraints(), 3802);
	assert_eq!(relation.digest(), ConsentRevoke::RELATION, "{:02x?}", relation.digest());
}

#[test]
fn a_proof_is_bound_to_its_inputs() {
	let Case { public, witness, .. } = honest();
	proves_and_verifies::<ConsentRevoke>(&public, &witness, |inputs| inputs[1] += Fr::ONE);
}
