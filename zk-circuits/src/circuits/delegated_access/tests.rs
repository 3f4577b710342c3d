use super::*;
use crate::{
	circuits::testing::*,
	claims::{LeafValues, MembershipValues, StandingValues},
	field::power_of_two,
	gadgets::Bits,
	note::{Category, Note, Policy, Purpose, Recipient},
	poseidon::hash4,
	relation::Relation,
};
use ark_ff::Field;
use DelegatedAccessGroup as Group;

const SCOPE: u64 = 20_000;

/// The indices that the first two notes get.
const DELEGATION: u32 = 137;
const CONSENT: u32 = 138;

struct Case {
	world: World,
	public: DelegatedAccessPublic,
	witness: DelegatedAccessWitness,
	values: Values,
}

/// The patient's note for the delegate.
fn delegation() -> Note {
	Note {
		granter: patient(PATIENT),
		recipient: Recipient::delegate(patient(DELEGATE), patient(PATIENT)),
		policy: policy(),
		nonce: Fr::from(0x1234u64),
	}
}

/// The delegate's note for the provider, under a delegation.
fn delegated_under(delegation: &Note) -> Note {
	let recipient = Recipient::by_delegate(provider(PROVIDER), delegation.leaf());
	Note { granter: patient(DELEGATE), recipient, ..consent() }
}

/// The same, under the patient's delegation.
fn delegated() -> Note {
	delegated_under(&delegation())
}

fn policies(covers: fn(from: u64, until: u64) -> Policy) -> Policy {
	covers(NOW - 1000, NOW + 1000)
}

fn holding(delegation: Note, consent: Note) -> Case {
	let mut world = World::new();
	let [delegation, consent] = world.hold([delegation, consent]);
	assert_eq!((delegation.index, consent.index), (DELEGATION, CONSENT));
	let provider_secret = secret(PROVIDER);
	let witness =
		DelegatedAccessWitness { delegation, consent, provider: provider_secret, salt: salt() };
	let public = DelegatedAccessPublic {
		consent_root: world.consents.root(),
		revocation_root: world.revocations.root(),
		nullifier: witness.nullifier(SCOPE),
		provider: provider(PROVIDER),
		request: request(SCOPE),
		subject: witness.subject(),
		context: context(1),
	};
	Case { values: Values::of(&public, &witness), world, public, witness }
}

/// A delegation, and a consent under it.
fn under(delegation: Note) -> Case {
	let consent = delegated_under(&delegation);
	holding(delegation, consent)
}

fn honest() -> Case {
	holding(delegation(), delegated())
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

	/// A note is revoked; what the prover knows about the other one is of today.
	fn revoke(&mut self, index: u32) {
		self.world.revocations.revoke(index).unwrap();
		self.public.revocation_root = self.world.revocations.root();
		let path = |index| StandingValues::of(index, &self.world.revocations.path(index));
		let (delegation, consent) = (path(DELEGATION), path(CONSENT));
		self.values.delegation.standing = delegation;
		self.values.consent.standing = consent;
	}
}

fn without_category(from: u64, until: u64) -> Policy {
	Policy::new(!(1 << LABORATORY), u32::MAX, from, until).unwrap()
}

fn without_purpose(from: u64, until: u64) -> Policy {
	Policy::new(u64::MAX, !Purpose::TREATMENT.mask(), from, until).unwrap()
}

fn begins_later(_: u64, until: u64) -> Policy {
	Policy::new(u64::MAX, u32::MAX, NOW + 1, until).unwrap()
}

fn ends_now(from: u64, _: u64) -> Policy {
	Policy::new(u64::MAX, u32::MAX, from, NOW).unwrap()
}

#[test]
fn a_consent_by_a_delegate_is_accepted() {
	honest().is_accepted();
}

#[test]
fn bits_refuses_what_is_no_bit() {
	let mut case = holding(delegation(), Note { policy: policies(ends_now), ..delegated() });
	let earlier = 80u64;
	let more = Fr::from(earlier) * power_of_two(64).inverse().unwrap();
	case.values.request.now = Bits::of(u128::from(NOW - earlier));
	case.values.request.scope.0[0] += more;
	let (nonce, subject) = (delegated().nonce, case.public.subject);
	let parts = [nonce, secret(PROVIDER).expose(), Fr::from(SCOPE) + more, subject];
	case.public.nullifier = hash4(Domain4::ConsentNullifier, parts);
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
fn delegation_leaf_refuses_a_made_up_delegation() {
	let mut case = honest();
	case.values.delegation.leaf.nonce += Fr::ONE;
	case.is_refused_only_by(Group::DelegationLeaf);
}

#[test]
fn delegation_membership_refuses_one_that_was_never_appended() {
	let forged = Note { nonce: Fr::from(1u64), ..delegation() };
	let mut case = holding(delegation(), delegated_under(&forged));
	let HeldNote { path, .. } = case.witness.delegation.clone();
	case.values.delegation.leaf = LeafValues::of(&forged);
	case.values.delegation.membership =
		MembershipValues::of(Domain4::ConsentNode, forged.leaf(), DELEGATION, &path);
	case.is_refused_only_by(Group::DelegationMembership);
}

#[test]
fn delegation_revocation_word_refuses_bits_that_the_tree_does_not_have() {
	let mut case = honest();
	let before = case.values.delegation.standing.clone();
	case.revoke(DELEGATION);
	case.values.delegation.standing = before;
	case.is_refused_only_by(Group::DelegationRevocationWord);
}

#[test]
fn delegation_not_revoked_refuses_a_revoked_delegation() {
	let mut case = honest();
	case.revoke(DELEGATION);
	case.is_refused_only_by(Group::DelegationNotRevoked);
}

#[test]
fn delegate_refuses_a_delegation_for_somebody_else() {
	let recipient = Recipient::delegate(patient(OTHER_PATIENT), patient(PATIENT));
	under(Note { recipient, ..delegation() }).is_refused_only_by(Group::Delegate);
}

#[test]
fn delegate_refuses_a_consent_for_a_delegation() {
	// A provider must not act as a delegate because it has a consent.
	let recipient = Recipient::provider(ProviderTag(patient(DELEGATE).0), patient(PATIENT));
	under(Note { recipient, ..delegation() }).is_refused_only_by(Group::Delegate);
}

#[test]
fn delegation_policy_refuses_parts_that_it_does_not_have() {
	let policy = policies(without_category);
	let mut case = under(Note { policy, ..delegation() });
	case.values.delegation.coverage.categories = Bits::of(1 << LABORATORY);
	case.is_refused_only_by(Group::DelegationPolicy);
}

#[test]
fn delegation_category_refuses_a_consent_that_is_wider() {
	let policy = policies(without_category);
	under(Note { policy, ..delegation() }).is_refused_only_by(Group::DelegationCategory);
}

#[test]
fn delegation_purpose_refuses_a_consent_that_is_wider() {
	let policy = policies(without_purpose);
	under(Note { policy, ..delegation() }).is_refused_only_by(Group::DelegationPurpose);
}

#[test]
fn delegation_begun_refuses_one_that_begins_later() {
	let policy = policies(begins_later);
	under(Note { policy, ..delegation() }).is_refused_only_by(Group::DelegationBegun);
}

#[test]
fn delegation_not_ended_refuses_one_that_has_ended() {
	let policy = policies(ends_now);
	under(Note { policy, ..delegation() }).is_refused_only_by(Group::DelegationNotEnded);
}

#[test]
fn leaf_refuses_a_made_up_consent() {
	let mut case = honest();
	case.values.consent.leaf.nonce += Fr::ONE;
	let nonce = case.values.consent.leaf.nonce;
	case.public.nullifier = nullifier(nonce, PROVIDER, SCOPE);
	case.is_refused_only_by(Group::Leaf);
}

#[test]
fn membership_refuses_one_that_was_never_appended() {
	let mut case = honest();
	let forged = Note { nonce: Fr::from(1u64), ..delegated() };
	let HeldNote { path, .. } = case.witness.consent.clone();
	case.values.consent.leaf = LeafValues::of(&forged);
	case.values.consent.membership =
		MembershipValues::of(Domain4::ConsentNode, forged.leaf(), CONSENT, &path);
	case.public.nullifier = nullifier(forged.nonce, PROVIDER, SCOPE);
	case.is_refused_only_by(Group::Membership);
}

#[test]
fn revocation_word_refuses_bits_that_the_tree_does_not_have() {
	let mut case = honest();
	let before = case.values.consent.standing.clone();
	case.revoke(CONSENT);
	case.values.consent.standing = before;
	case.is_refused_only_by(Group::RevocationWord);
}

#[test]
fn not_revoked_refuses_a_revoked_consent() {
	let mut case = honest();
	case.revoke(CONSENT);
	case.is_refused_only_by(Group::NotRevoked);
}

#[test]
fn provider_refuses_another_providers_tag() {
	let mut case = honest();
	case.values.provider_secret = secret(OTHER_PROVIDER).expose();
	case.public.nullifier = nullifier(delegated().nonce, OTHER_PROVIDER, SCOPE);
	case.is_refused_only_by(Group::Provider);
}

fn refuses_recipient(recipient: Recipient) {
	holding(delegation(), Note { recipient, ..delegated() }).is_refused_only_by(Group::Recipient);
}

#[test]
fn recipient_refuses_the_delegates_consent_about_their_own_record() {
	refuses_recipient(Recipient::provider(provider(PROVIDER), patient(DELEGATE)));
}

#[test]
fn recipient_refuses_a_consent_that_names_the_patient_instead_of_the_delegation() {
	refuses_recipient(Recipient::provider(provider(PROVIDER), patient(PATIENT)));
}

#[test]
fn recipient_refuses_another_provider() {
	let leaf = delegation().leaf();
	refuses_recipient(Recipient::by_delegate(provider(OTHER_PROVIDER), leaf));
}

#[test]
fn recipient_refuses_a_consent_under_an_earlier_delegation_of_the_same_two() {
	// Which the patient revoked, and with it what was given under it. The later one revives nothing.
	let earlier = Note { nonce: Fr::from(0x1233u64), ..delegation() };
	refuses_recipient(Recipient::by_delegate(provider(PROVIDER), earlier.leaf()));
}

#[test]
fn subject_refuses_the_delegates_own_record() {
	let mut case = honest();
	case.public.subject = subject_tag(patient(DELEGATE), salt());
	case.public.nullifier =
		consent_nullifier(delegated().nonce, &secret(PROVIDER), SCOPE, case.public.subject);
	case.is_refused_only_by(Group::Subject);
}

#[test]
fn policy_refuses_parts_that_it_does_not_have() {
	let policy = policies(without_category);
	let mut case = holding(delegation(), Note { policy, ..delegated() });
	case.values.consent.coverage.categories = Bits::of(1 << LABORATORY);
	case.is_refused_only_by(Group::Policy);
}

#[test]
fn category_refuses_a_delegation_that_is_wider() {
	let policy = policies(without_category);
	holding(delegation(), Note { policy, ..delegated() }).is_refused_only_by(Group::Category);
}

#[test]
fn purpose_refuses_a_delegation_that_is_wider() {
	let policy = policies(without_purpose);
	holding(delegation(), Note { policy, ..delegated() }).is_refused_only_by(Group::Purpose);
}

#[test]
fn begun_refuses_a_consent_that_begins_later() {
	let policy = policies(begins_later);
	holding(delegation(), Note { policy, ..delegated() }).is_refused_only_by(Group::Begun);
}

#[test]
fn not_ended_refuses_a_consent_that_has_ended() {
	let policy = policies(ends_now);
	holding(delegation(), Note { policy, ..delegated() }).is_refused_only_by(Group::NotEnded);
}

#[test]
fn nullifier_refuses_one_of_another_scope() {
	let mut case = honest();
	case.public.nullifier = nullifier(delegated().nonce, PROVIDER, SCOPE + 1);
	case.is_refused_only_by(Group::Nullifier);
}

#[test]
fn context_is_bound_by_its_group_alone() {
	let case = honest();
	bound_only_by(Group::Context, 7, |statement| demand(statement, &case.public, &case.values));
}

#[test]
fn the_circuit_stays_as_it_is() {
	let relation = Relation::<DelegatedAccess>::new().unwrap();
	assert_eq!(relation.groups().count(), Group::ALL.len());
	assert_eq!(relation.constraints(), 13_000);
	assert_eq!(relation.digest(), DelegatedAccess::RELATION, "{:02x?}", relation.digest());
}

#[test]
fn a_proof_is_bound_to_its_inputs() {
	let Case { public, witness, .. } = honest();
	proves_and_verifies::<DelegatedAccess>(&public, &witness, |inputs| inputs[6] += Fr::ONE);
}
