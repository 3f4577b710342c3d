use super::*;
use crate::{
	circuits::testing::*,
	claims::StandingValues,
	field::power_of_two,
	gadgets::Bits,
	note::{Category, Note, Policy, Purpose, Recipient},
	relation::{testing::Filled, Relation},
};
use ark_ff::Field;
use proptest::prelude::*;
use ConsentAccessGroup as Group;

const SCOPE: u64 = 20_000;

/// The consent that a forger has and the public inputs that it may come with.
struct Case {
	world: World,
	public: ConsentAccessPublic,
	witness: ConsentAccessWitness,
	values: Values,
}

/// A provider holds a note; all else is honest.
fn holding(note: Note) -> Case {
	let mut world = World::new();
	let [consent] = world.hold([note]);
	let witness = ConsentAccessWitness { consent, provider: secret(PROVIDER), salt: salt() };
	let public = ConsentAccessPublic {
		consent_root: world.consents.root(),
		revocation_root: world.revocations.root(),
		nullifier: witness.nullifier(SCOPE),
		provider: provider(PROVIDER),
		request: request(SCOPE),
		subject: witness.subject(),
		context: context(1),
	};
	let values = Values::of(&public, &witness);
	Case { world, public, witness, values }
}

fn honest() -> Case {
	holding(consent())
}

/// A nullifier for the patient's record.
fn nullifier(nonce: Fr, provider: u64, scope: u64) -> Fr {
	consent_nullifier(nonce, &secret(provider), scope, subject_tag(patient(PATIENT), salt()))
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
fn a_consent_that_covers_the_request_is_accepted() {
	honest().is_accepted();
}

#[test]
fn the_first_and_the_last_millisecond_are_inside() {
	for (from, until) in [(NOW, NOW + 1), (0, NOW + 1), (NOW, (1 << 48) - 1)] {
		let policy = Policy::new(u64::MAX, u32::MAX, from, until).unwrap();
		holding(Note { policy, ..consent() }).is_accepted();
	}
}

#[test]
fn bits_refuses_what_is_no_bit() {
	// The consent has expired. An earlier time is made up for by a scope of which the lowest bit is
	// none: the packed request stays the same.
	let policy = Policy::new(u64::MAX, u32::MAX, NOW - 100, NOW - 50).unwrap();
	let mut case = holding(Note { policy, ..consent() });
	let earlier = 80u64;
	case.values.request.now = Bits::of(u128::from(NOW - earlier));
	case.values.request.scope.0[0] += Fr::from(earlier) * power_of_two(64).inverse().unwrap();
	let scope = Fr::from(SCOPE) + Fr::from(earlier) * power_of_two(64).inverse().unwrap();
	let parts = [consent().nonce, secret(PROVIDER).expose(), scope, case.public.subject];
	case.public.nullifier = crate::poseidon::hash4(Domain4::ConsentNullifier, parts);
	case.is_refused_only_by(Group::Bits);
}

#[test]
fn request_refuses_another_category_than_is_asked_for() {
	let mut case = honest();
	let psychiatry = Category::new(40).unwrap();
	case.public.request = Request::new(NOW, psychiatry, Purpose::TREATMENT, SCOPE).unwrap();
	case.is_refused_only_by(Group::Request);
}

#[test]
fn leaf_refuses_a_made_up_note_for_somebody_elses_leaf() {
	let mut case = honest();
	case.values.consent.leaf.nonce += Fr::ONE;
	let nonce = case.values.consent.leaf.nonce;
	case.public.nullifier = nullifier(nonce, PROVIDER, SCOPE);
	case.is_refused_only_by(Group::Leaf);
}

#[test]
fn membership_refuses_a_note_that_was_never_appended() {
	let mut case = honest();
	let mut elsewhere = World::new();
	elsewhere.hold([Note { nonce: Fr::from(1u64), ..consent() }]);
	case.public.consent_root = elsewhere.consents.root();
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
fn provider_refuses_another_providers_tag() {
	let mut case = honest();
	case.values.provider_secret = secret(OTHER_PROVIDER).expose();
	case.public.nullifier = nullifier(consent().nonce, OTHER_PROVIDER, SCOPE);
	case.is_refused_only_by(Group::Provider);
}

#[test]
fn recipient_refuses_a_consent_for_another_provider() {
	let mut case = honest();
	case.values.provider_secret = secret(OTHER_PROVIDER).expose();
	case.public.provider = provider(OTHER_PROVIDER);
	case.public.nullifier = nullifier(consent().nonce, OTHER_PROVIDER, SCOPE);
	case.is_refused_only_by(Group::Recipient);
}

#[test]
fn recipient_refuses_a_consent_that_a_delegate_gave_about_somebody_else() {
	let recipient = Recipient::provider(provider(PROVIDER), patient(PATIENT));
	holding(Note { granter: patient(DELEGATE), recipient, ..consent() })
		.is_refused_only_by(Group::Recipient);
}

#[test]
fn subject_refuses_another_patients_record() {
	let mut case = honest();
	case.public.subject = subject_tag(patient(OTHER_PATIENT), salt());
	case.public.nullifier =
		consent_nullifier(consent().nonce, &secret(PROVIDER), SCOPE, case.public.subject);
	case.is_refused_only_by(Group::Subject);
}

#[test]
fn policy_refuses_parts_that_the_consent_does_not_have() {
	let mut case =
		holding(Note { policy: Policy::new(1, u32::MAX, NOW, NOW + 1).unwrap(), ..consent() });
	case.values.consent.coverage.categories = Bits::of(1 << LABORATORY);
	case.is_refused_only_by(Group::Policy);
}

#[test]
fn category_refuses_what_the_policy_does_not_cover() {
	let policy = Policy::new(!(1 << LABORATORY), u32::MAX, NOW, NOW + 1).unwrap();
	holding(Note { policy, ..consent() }).is_refused_only_by(Group::Category);
}

#[test]
fn purpose_refuses_what_the_policy_does_not_cover() {
	let policy = Policy::new(u64::MAX, !Purpose::TREATMENT.mask(), NOW, NOW + 1).unwrap();
	holding(Note { policy, ..consent() }).is_refused_only_by(Group::Purpose);
}

#[test]
fn begun_refuses_a_consent_that_begins_a_millisecond_later() {
	let policy = Policy::new(u64::MAX, u32::MAX, NOW + 1, NOW + 2).unwrap();
	holding(Note { policy, ..consent() }).is_refused_only_by(Group::Begun);
}

#[test]
fn not_ended_refuses_a_consent_that_ends_now() {
	let policy = Policy::new(u64::MAX, u32::MAX, NOW - 1, NOW).unwrap();
	holding(Note { policy, ..consent() }).is_refused_only_by(Group::NotEnded);
}

#[test]
fn nullifier_refuses_one_of_another_scope() {
	let mut case = honest();
	case.public.nullifier = nullifier(consent().nonce, PROVIDER, SCOPE + 1);
	case.is_refused_only_by(Group::Nullifier);
}

#[test]
fn nullifier_refuses_one_of_another_record() {
	// It would tell that both records are of one patient, or be used up by the other one.
	let mut case = honest();
	let other = subject_tag(patient(PATIENT), salt() + Fr::ONE);
	assert_ne!(other, case.public.subject);
	case.public.nullifier = consent_nullifier(consent().nonce, &secret(PROVIDER), SCOPE, other);
	case.is_refused_only_by(Group::Nullifier);
}

#[test]
fn context_is_bound_by_its_group_alone() {
	let case = honest();
	bound_only_by(Group::Context, 7, |statement| demand(statement, &case.public, &case.values));
}

#[test]
fn inputs_are_in_their_order() {
	let public = honest().public;
	let inputs = ConsentAccess::inputs(&public);
	assert_eq!(inputs.len(), ConsentAccess::ARITY);
	assert_eq!(inputs[0], public.consent_root);
	assert_eq!(inputs[4], public.request.packed());
	assert_eq!(inputs[6], public.context.element());
}

#[test]
fn the_circuit_stays_as_it_is() {
	let relation = Relation::<ConsentAccess>::new().unwrap();
	assert_eq!(relation.groups().count(), Group::ALL.len());
	assert_eq!(relation.constraints(), 6951);
	assert_eq!(relation.digest(), ConsentAccess::RELATION, "{:02x?}", relation.digest());
}

#[test]
fn a_proof_is_bound_to_its_inputs() {
	let case = honest();
	let (public, witness) = (case.public, case.witness);
	proves_and_verifies::<ConsentAccess>(&public, &witness, |inputs| inputs[6] += Fr::ONE);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]

	/// The circuit is satisfied where the rule is, and only there.
	#[test]
	fn the_circuit_decides_as_the_rule_does(
		categories in 1..=u64::MAX,
		purposes in 1..=u32::MAX,
		from in NOW - 1..=NOW + 1,
		length in 1..3u64,
		category in 0..64u8,
		purpose in 0..32u8,
		revoked in prop::bool::weighted(0.2),
	) {
		let policy = Policy::new(categories, purposes, from, from + length).unwrap();
		let mut case = holding(Note { policy, ..consent() });
		let (category, purpose) = (Category::new(category).unwrap(), Purpose::new(purpose).unwrap());
		case.public.request = Request::new(NOW, category, purpose, SCOPE).unwrap();
		case.values.request = RequestValues::of(&case.public.request);
		if revoked {
			case.world.revocations.revoke(137).unwrap();
			case.public.revocation_root = case.world.revocations.root();
			case.values.consent.standing = StandingValues::of(137, &case.world.revocations.path(137));
		}
		let permitted = categories & category.mask() != 0
			&& purposes & purpose.mask() != 0
			&& (from..from + length).contains(&NOW)
			&& !revoked;
		let filled = Filled::new(None, |statement| demand(statement, &case.public, &case.values));
		prop_assert_eq!(filled.unsatisfied().is_empty(), permitted);
	}
}
