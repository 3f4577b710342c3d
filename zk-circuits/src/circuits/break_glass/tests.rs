use super::*;
use crate::{
	auditor::AuditorSecret,
	circuits::testing::*,
	merkle::SparseTree,
	note::{ClinicianKey, Licence, Secret, MAY_BREAK_GLASS},
	poseidon::hash4,
	relation::{testing::Filled, Relation},
};
use ark_std::rand::{rngs::StdRng, SeedableRng};
use BreakGlassGroup as Group;

const CLINICIAN: u64 = 600;
const OTHER_CLINICIAN: u64 = 700;
const EPOCH: u32 = 20_800;
const LIMIT: u8 = 3;

/// Where the credential is.
const PLACE: u32 = 54_321;

struct Case {
	credentials: SparseTree<10>,
	public: BreakGlassPublic,
	witness: BreakGlassWitness,
	values: Values,
}

fn auditor() -> AuditorSecret {
	AuditorSecret::random(&mut StdRng::seed_from_u64(11))
}

fn other_auditor() -> AuditorSecret {
	AuditorSecret::random(&mut StdRng::seed_from_u64(12))
}

fn credential() -> Credential {
	Credential {
		holder: ClinicianKey::of(&secret(CLINICIAN)),
		identity: Fr::from(0x1d_0000_0042u64),
		licence: Licence::new(NOW - 1000, NOW + 1000, MAY_BREAK_GLASS | 0x8000).unwrap(),
		salt: Fr::from(0x5a17u64),
	}
}

fn with(credential: Credential, secret: Secret, slot: u8, limit: u8) -> Case {
	let mut credentials = SparseTree::new(Domain4::CredentialNode);
	credentials.set(3, Fr::from(4u64)).unwrap();
	credentials.set(PLACE, credential.leaf()).unwrap();
	let path = credentials.path(PLACE);
	let credential = HeldCredential { credential, index: PLACE, path, secret };
	let emergency = Emergency {
		credential_root: credentials.root(),
		auditor: auditor().key(),
		terms: EmergencyTerms::new(NOW, EPOCH, limit).unwrap(),
		context: context(1),
	};
	let (public, witness) = emergency.by(credential, slot, &mut StdRng::seed_from_u64(13));
	Case { values: Values::of(&public, &witness), credentials, public, witness }
}

fn holding(credential: Credential) -> Case {
	with(credential, secret(CLINICIAN), 1, LIMIT)
}

fn honest() -> Case {
	holding(credential())
}

fn licensed(from: u64, until: u64, rights: u16) -> Case {
	holding(Credential { licence: Licence::new(from, until, rights).unwrap(), ..credential() })
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
fn a_clinician_within_the_limit_is_accepted() {
	honest().is_accepted();
}

#[test]
fn the_first_and_the_last_slot_are_within_the_limit() {
	with(credential(), secret(CLINICIAN), 0, 1).is_accepted();
	with(credential(), secret(CLINICIAN), 254, 255).is_accepted();
}

#[test]
fn the_auditor_reads_the_credentials_identity() {
	let BreakGlassPublic { ciphertext, context, .. } = honest().public;
	assert_eq!(auditor().open(&ciphertext, context), Ok(credential().identity));
}

#[test]
fn two_emergencies_have_nothing_in_common() {
	let Case { public, witness, .. } = honest();
	let BreakGlassPublic { credential_root, auditor, terms, .. } = public;
	let emergency = Emergency { credential_root, auditor, terms, context: context(2) };
	let mut rng = StdRng::seed_from_u64(14);
	let (other, _) = emergency.by(witness.credential.clone(), 2, &mut rng);
	assert_ne!(other.ciphertext.ephemeral, public.ciphertext.ephemeral);
	assert_ne!(other.ciphertext.masked, public.ciphertext.masked);
	assert_ne!(other.nullifier, public.nullifier);
}

#[test]
fn a_scalar_of_zero_does_not_hide_from_the_auditor() {
	let mut witness = honest().witness.clone();
	let mut public = honest().public;
	witness.ephemeral = Ephemeral::default();
	public.ciphertext = witness.ciphertext(public.auditor, public.context);
	let values = Values::of(&public, &witness);
	assert_eq!(
		Filled::new(None, |statement| demand(statement, &public, &values)).unsatisfied(),
		[]
	);
	assert_eq!(auditor().open(&public.ciphertext, public.context), Ok(credential().identity));
}

#[test]
fn bits_refuses_what_is_no_bit() {
	// The licence has ended. An earlier time is made up for by an epoch of which the lowest bit is
	// none.
	let mut case = licensed(NOW - 100, NOW - 50, MAY_BREAK_GLASS);
	let earlier = 80u64;
	let more = Fr::from(earlier) * power_of_two(EPOCH_PLACE).inverse().unwrap();
	case.values.now = Bits::of(u128::from(NOW - earlier));
	case.values.epoch.0[0] += more;
	let parts = [case.values.secret, Fr::from(EPOCH) + more, Fr::from(1u64), Fr::from(0u64)];
	case.public.nullifier = hash4(Domain4::RateNullifier, parts);
	case.is_refused_only_by(Group::Bits);
}

#[test]
fn terms_refuses_another_limit() {
	let mut case = with(credential(), secret(CLINICIAN), LIMIT, LIMIT);
	case.values.limit = Bits::of(u128::from(LIMIT) + 1);
	case.is_refused_only_by(Group::Terms);
}

#[test]
fn clinician_refuses_somebody_elses_credential() {
	with(credential(), secret(OTHER_CLINICIAN), 1, LIMIT).is_refused_only_by(Group::Clinician);
}

#[test]
fn leaf_refuses_a_made_up_credential() {
	let mut case = honest();
	case.values.salt += Fr::ONE;
	case.is_refused_only_by(Group::Leaf);
}

#[test]
fn membership_refuses_a_credential_that_was_removed() {
	let mut case = honest();
	case.credentials.set(PLACE, Fr::from(0u64)).unwrap();
	case.public.credential_root = case.credentials.root();
	case.is_refused_only_by(Group::Membership);
}

#[test]
fn licence_refuses_parts_that_the_word_does_not_have() {
	let mut case = licensed(NOW - 1, NOW + 1, 0x8000);
	case.values.rights = Bits::of(1);
	case.is_refused_only_by(Group::Licence);
}

#[test]
fn right_refuses_a_licence_without_it() {
	licensed(NOW - 1, NOW + 1, !MAY_BREAK_GLASS).is_refused_only_by(Group::Right);
}

#[test]
fn begun_refuses_a_licence_that_begins_later() {
	licensed(NOW + 1, NOW + 2, MAY_BREAK_GLASS).is_refused_only_by(Group::Begun);
}

#[test]
fn not_ended_refuses_a_licence_that_has_ended() {
	licensed(NOW - 1, NOW, MAY_BREAK_GLASS).is_refused_only_by(Group::NotEnded);
}

#[test]
fn ephemeral_refuses_a_point_that_opens_nothing() {
	let mut case = honest();
	let point = other_auditor().key().point();
	case.values.ephemeral = point;
	case.values.session = session(case.public.auditor, point);
	case.public.ciphertext.ephemeral = point;
	// The pad is of the other session.
	let scalar = case.witness.ephemeral.expose();
	let shared = ark_ec::CurveGroup::into_affine(case.public.auditor.point() * scalar);
	let parts = [shared.x, shared.y, case.values.session, case.public.context.element()];
	let masked = credential().identity + hash4(Domain4::AuditorPad, parts);
	case.values.masked = masked;
	case.public.ciphertext.masked = masked;
	case.is_refused_only_by(Group::Ephemeral);
}

#[test]
fn session_refuses_one_of_another_auditor() {
	// Encrypted for a friend, with the session of the auditor.
	let mut case = honest();
	case.values.auditor = other_auditor().key().point();
	let scalar = case.witness.ephemeral.expose();
	let shared = ark_ec::CurveGroup::into_affine(case.values.auditor * scalar);
	let parts = [shared.x, shared.y, case.values.session, case.public.context.element()];
	let masked = credential().identity + hash4(Domain4::AuditorPad, parts);
	case.values.masked = masked;
	case.public.ciphertext.masked = masked;
	case.is_refused_only_by(Group::Session);
}

#[test]
fn identity_refuses_somebody_elses() {
	let mut case = honest();
	case.public.ciphertext.masked += Fr::ONE;
	case.values.masked = case.public.ciphertext.masked;
	case.is_refused_only_by(Group::Identity);
}

#[test]
fn identity_refuses_another_context() {
	let mut case = honest();
	case.public.context = context(2);
	case.is_refused_only_by(Group::Identity);
}

#[test]
fn ciphertext_refuses_one_for_another_auditor() {
	let mut case = honest();
	case.public.auditor = other_auditor().key();
	case.is_refused_only_by(Group::Ciphertext);
}

#[test]
fn ciphertext_refuses_another_than_was_sealed() {
	let mut case = honest();
	case.public.ciphertext.masked += Fr::ONE;
	case.is_refused_only_by(Group::Ciphertext);
}

#[test]
fn rate_refuses_a_slot_at_the_limit() {
	with(credential(), secret(CLINICIAN), LIMIT, LIMIT).is_refused_only_by(Group::Rate);
	with(credential(), secret(CLINICIAN), 255, LIMIT).is_refused_only_by(Group::Rate);
}

#[test]
fn rate_refuses_everybody_where_the_limit_is_zero() {
	with(credential(), secret(CLINICIAN), 0, 0).is_refused_only_by(Group::Rate);
}

#[test]
fn nullifier_refuses_one_of_another_slot() {
	let mut case = honest();
	case.public.nullifier = rate_nullifier(&secret(CLINICIAN), EPOCH, 0);
	case.is_refused_only_by(Group::Nullifier);
}

#[test]
fn terms_are_packed_as_documented() {
	let terms = EmergencyTerms::new(5, 6, 7).unwrap();
	assert_eq!(terms.packed(), Fr::from(5 | (6 << 48) | (7u128 << 80)));
	assert_eq!(EmergencyTerms::new(TIME_LIMIT, 0, 1), Err(RequestError::TimeTooLate));
}

#[test]
fn the_circuit_stays_as_it_is() {
	let relation = Relation::<BreakGlass>::new().unwrap();
	assert_eq!(relation.groups().count(), Group::ALL.len());
	assert_eq!(relation.constraints(), 9_405);
	assert_eq!(relation.digest(), BreakGlass::RELATION, "{:02x?}", relation.digest());
}

#[test]
fn a_proof_is_bound_to_its_inputs() {
	let Case { public, witness, .. } = honest();
	proves_and_verifies::<BreakGlass>(&public, &witness, |inputs| inputs[4] += Fr::ONE);
}
