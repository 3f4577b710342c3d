use super::*;
use crate::{
	circuits::testing::*,
	claims::StandingValues,
	merkle::SparseTree,
	note::{Attestation, Note, Policy, Recipient, StudyTermsHash},
	relation::{testing::Filled, Relation},
};
use ark_ff::Field;
use proptest::prelude::*;
use StudyEnrolmentGroup as Group;

const PANEL: u64 = 12;

/// Where the attestation is.
const PLACE: u32 = 1_000_000;

struct Case {
	world: World,
	public: StudyEnrolmentPublic,
	witness: StudyEnrolmentWitness,
	values: Values,
}

fn study_of(number: u64, panel: u64, first: std::ops::RangeInclusive<u32>) -> Study {
	let categories = (1 << LABORATORY) | 1;
	let ranges = [first, 5..=5, 0..=u32::MAX, 1..=2];
	let terms = StudyTermsHash::of(number, b"what is registered");
	Study::new(terms, panel, ranges, NOW - 500, categories).unwrap()
}

fn study() -> Study {
	study_of(1, PANEL, 40..=60)
}

fn note() -> Note {
	Note { recipient: Recipient::study(study().digest(), patient(PATIENT)), ..consent() }
}

fn attestation() -> Attestation {
	Attestation {
		patient: patient(PATIENT),
		panel: PANEL,
		values: [50, 5, 0, 2],
		attested_at: NOW - 100,
		salt: Fr::from(0x5a17u64),
	}
}

fn holding(note: Note, attestation: Attestation) -> Case {
	let mut world = World::new();
	let [consent] = world.hold([note]);
	let mut attestations = SparseTree::new(Domain4::AttestationNode);
	attestations.set(7, Fr::from(8u64)).unwrap();
	attestations.set(PLACE, attestation.leaf()).unwrap();
	let path = attestations.path(PLACE);
	let attestation = HeldAttestation { attestation, index: PLACE, path };
	let witness = StudyEnrolmentWitness { consent, attestation, patient: authority(PATIENT) };
	let public = StudyEnrolmentPublic {
		consent_root: world.consents.root(),
		revocation_root: world.revocations.root(),
		attestation_root: attestations.root(),
		study: study(),
		nullifier: witness.nullifier(&study()),
		now: NOW,
		context: context(1),
	};
	Case { values: Values::of(&public, &witness), world, public, witness }
}

fn honest() -> Case {
	holding(note(), attestation())
}

fn with_policy(policy: Policy) -> Case {
	holding(Note { policy, ..note() }, attestation())
}

fn attested(values: [u32; VALUES]) -> Case {
	holding(note(), Attestation { values, ..attestation() })
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
fn a_patient_in_range_is_accepted() {
	honest().is_accepted();
}

#[test]
fn the_ends_of_ranges_are_inside() {
	attested([40, 5, u32::MAX, 1]).is_accepted();
	attested([60, 5, 0, 2]).is_accepted();
}

#[test]
fn bits_refuses_what_is_no_bit() {
	// The consent lacks the first category. Its bit is set, and what the mask has too much is taken
	// from the bit of the second, which the study does not ask for.
	let mut case = with_policy(Policy::new(!1, u32::MAX, NOW - 1, NOW + 1).unwrap());
	let categories = &mut case.values.consent.coverage.categories.0;
	categories[0] += Fr::ONE;
	categories[1] -= Fr::from(2u64).inverse().unwrap();
	case.is_refused_only_by(Group::Bits);
}

#[test]
fn now_refuses_another_time() {
	let mut case = with_policy(Policy::new(u64::MAX, u32::MAX, NOW - 100, NOW).unwrap());
	case.values.now = Bits::of(u128::from(NOW - 1));
	case.is_refused_only_by(Group::Now);
}

#[test]
fn patient_refuses_somebody_elses_consent() {
	let mut case = honest();
	case.values.secret = secret(OTHER_PATIENT).expose();
	case.public.nullifier = study_nullifier(&secret(OTHER_PATIENT), &study());
	case.is_refused_only_by(Group::Patient);
}

#[test]
fn patient_refuses_the_guardian_who_would_count_again() {
	let mut case = honest();
	case.values.secret = secret(PATIENT + 1).expose();
	case.public.nullifier = study_nullifier(&secret(PATIENT + 1), &study());
	case.is_refused_only_by(Group::Patient);
}

#[test]
fn leaf_refuses_a_made_up_consent() {
	let mut case = honest();
	case.values.consent.leaf.nonce += Fr::ONE;
	case.is_refused_only_by(Group::Leaf);
}

#[test]
fn membership_refuses_a_consent_that_was_never_appended() {
	let mut case = honest();
	case.world.hold([Note { nonce: Fr::from(1u64), ..note() }]);
	case.public.consent_root = case.world.consents.root();
	case.is_refused_only_by(Group::Membership);
}

#[test]
fn revocation_word_refuses_bits_that_the_tree_does_not_have() {
	let mut case = honest();
	case.world.revocations.revoke(137).unwrap();
	case.public.revocation_root = case.world.revocations.root();
	case.is_refused_only_by(Group::RevocationWord);
}

#[test]
fn not_revoked_refuses_a_revoked_consent() {
	let mut case = honest();
	case.world.revocations.revoke(137).unwrap();
	case.public.revocation_root = case.world.revocations.root();
	case.values.consent.standing = StandingValues::of(137, &case.world.revocations.path(137));
	case.is_refused_only_by(Group::NotRevoked);
}

#[test]
fn recipient_refuses_a_consent_for_another_study() {
	let other = study_of(2, PANEL, 40..=60).digest();
	let recipient = Recipient::study(other, patient(PATIENT));
	holding(Note { recipient, ..note() }, attestation()).is_refused_only_by(Group::Recipient);
}

/// Somebody else answers for it, say, or its protocol is another one: of that the circuit has nothing but the hash.
#[test]
fn recipient_refuses_a_consent_to_a_study_with_other_terms_and_the_same_ranges() {
	let terms = StudyTermsHash::of(1, b"what somebody said is registered");
	let of_study = study();
	let ranges = [40..=60, 5..=5, 0..=u32::MAX, 1..=2];
	let (from, categories) = (of_study.attested_from(), of_study.categories());
	let other = Study::new(terms, PANEL, ranges, from, categories).unwrap();
	assert_eq!((other.lower(), other.upper()), (of_study.lower(), of_study.upper()));
	let recipient = Recipient::study(other.digest(), patient(PATIENT));
	holding(Note { recipient, ..note() }, attestation()).is_refused_only_by(Group::Recipient);
}

#[test]
fn policy_refuses_parts_that_the_consent_does_not_have() {
	let mut case = with_policy(Policy::new(1, u32::MAX, NOW - 1, NOW + 1).unwrap());
	case.values.consent.coverage.categories = Bits::of(u64::MAX.into());
	case.is_refused_only_by(Group::Policy);
}

#[test]
fn categories_refuses_a_consent_that_lacks_one() {
	with_policy(Policy::new(!1, u32::MAX, NOW - 1, NOW + 1).unwrap())
		.is_refused_only_by(Group::Categories);
}

#[test]
fn purpose_refuses_a_consent_that_is_not_for_research() {
	let purposes = !Purpose::RESEARCH.mask();
	with_policy(Policy::new(u64::MAX, purposes, NOW - 1, NOW + 1).unwrap())
		.is_refused_only_by(Group::Purpose);
}

#[test]
fn begun_refuses_a_consent_that_begins_later() {
	with_policy(Policy::new(u64::MAX, u32::MAX, NOW + 1, NOW + 2).unwrap())
		.is_refused_only_by(Group::Begun);
}

#[test]
fn not_ended_refuses_a_consent_that_has_ended() {
	with_policy(Policy::new(u64::MAX, u32::MAX, NOW - 1, NOW).unwrap())
		.is_refused_only_by(Group::NotEnded);
}

#[test]
fn study_refuses_other_ranges_than_those_registered() {
	let mut case = attested([39, 5, 0, 2]);
	let lenient = study_of(1, PANEL, 0..=60);
	case.values.lower = lenient.lower();
	case.values.lower_parts = WordValues::of(lenient.minima(), lenient.attested_from());
	case.is_refused_only_by(Group::Study);
}

#[test]
fn study_lower_refuses_minima_that_the_word_does_not_have() {
	let mut case = attested([39, 5, 0, 2]);
	case.values.lower_parts.numbers[0] = Bits::of(39);
	case.is_refused_only_by(Group::StudyLower);
}

#[test]
fn study_upper_refuses_maxima_that_the_word_does_not_have() {
	let mut case = attested([61, 5, 0, 2]);
	case.values.upper_parts.numbers[0] = Bits::of(61);
	case.is_refused_only_by(Group::StudyUpper);
}

#[test]
fn attestation_leaf_refuses_an_attestation_of_somebody_else() {
	holding(note(), Attestation { patient: patient(OTHER_PATIENT), ..attestation() })
		.is_refused_only_by(Group::AttestationLeaf);
}

#[test]
fn attestation_leaf_refuses_another_panel() {
	holding(note(), Attestation { panel: PANEL + 1, ..attestation() })
		.is_refused_only_by(Group::AttestationLeaf);
}

#[test]
fn attestation_membership_refuses_what_nobody_attested() {
	let mut case = honest();
	case.public.attestation_root += Fr::ONE;
	case.is_refused_only_by(Group::AttestationMembership);
}

#[test]
fn attestation_word_refuses_values_that_were_not_attested() {
	let mut case = attested([61, 5, 0, 2]);
	case.values.attested_parts.numbers[0] = Bits::of(60);
	case.is_refused_only_by(Group::AttestationWord);
}

#[test]
fn not_below_refuses_a_value_below_its_range() {
	attested([39, 5, 0, 2]).is_refused_only_by(Group::NotBelow);
	attested([40, 4, 0, 2]).is_refused_only_by(Group::NotBelow);
	attested([40, 5, 0, 0]).is_refused_only_by(Group::NotBelow);
}

#[test]
fn not_above_refuses_a_value_above_its_range() {
	attested([61, 5, 0, 2]).is_refused_only_by(Group::NotAbove);
	attested([60, 6, 0, 2]).is_refused_only_by(Group::NotAbove);
	attested([60, 5, 0, 3]).is_refused_only_by(Group::NotAbove);
}

#[test]
fn not_too_old_refuses_an_old_attestation() {
	holding(note(), Attestation { attested_at: NOW - 501, ..attestation() })
		.is_refused_only_by(Group::NotTooOld);
}

#[test]
fn not_of_the_future_refuses_one_that_is() {
	holding(note(), Attestation { attested_at: NOW + 1, ..attestation() })
		.is_refused_only_by(Group::NotOfTheFuture);
}

#[test]
fn nullifier_refuses_one_of_another_study() {
	let mut case = honest();
	case.public.nullifier = study_nullifier(&secret(PATIENT), &study_of(2, PANEL, 40..=60));
	case.is_refused_only_by(Group::Nullifier);
}

#[test]
fn context_is_bound_by_its_group_alone() {
	let case = honest();
	bound_only_by(Group::Context, 7, |statement| demand(statement, &case.public, &case.values));
}

#[test]
fn the_circuit_stays_as_it_is() {
	let relation = Relation::<StudyEnrolment>::new().unwrap();
	assert_eq!(relation.groups().count(), Group::ALL.len());
	assert_eq!(relation.constraints(), 11_365);
	assert_eq!(relation.digest(), StudyEnrolment::RELATION, "{:02x?}", relation.digest());
}

#[test]
fn a_proof_is_bound_to_its_inputs() {
	let Case { public, witness, .. } = honest();
	proves_and_verifies::<StudyEnrolment>(&public, &witness, |inputs| inputs[6] += Fr::ONE);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(16))]

	/// Whoever is in all ranges can take part, and nobody else.
	#[test]
	fn the_circuit_decides_as_the_ranges_do(
		first in prop_oneof![38..=42u32, 58..=62u32, any::<u32>()],
		second in 4..=6u32,
		third: u32,
		fourth in 0..=3u32,
	) {
		let case = attested([first, second, third, fourth]);
		let inside = (40..=60).contains(&first) && second == 5 && (1..=2).contains(&fourth);
		let filled = Filled::new(None, |statement| demand(statement, &case.public, &case.values));
		prop_assert_eq!(filled.unsatisfied().is_empty(), inside);
	}
}
