//! What the tests of all circuits share: a small world of patients, providers and notes, and the
//! ways to forge.

use super::Circuit;
use crate::{
	claims::AuthorityValues,
	merkle::{ConsentTree, RevocationTree},
	note::{
		Authority, AuthorityKey, Category, HeldNote, Note, PatientKey, Policy, ProviderTag,
		Purpose, Recipient, Request, Secret,
	},
	prove::{setup_dev, Prover, VerifyError},
	relation::testing::Filled,
	statement::Statement,
	Binding, Context, Fr,
};
use ark_ff::Field;
use ark_relations::gr1cs::SynthesisError;
use ark_std::rand::{rngs::StdRng, SeedableRng};
use core::fmt::Debug;

/// The time at which everything here is asked.
pub const NOW: u64 = 1_800_000_000_000;

/// The category that everything here asks for.
pub const LABORATORY: u8 = 9;

/// Who somebody of the tests is.
pub fn secret(of: u64) -> Secret {
	Secret::new(Fr::from(of) * Fr::from(0x1234_5678_9abc_def1u64) - Fr::from(7u64))
}

/// The key of a patient with a guardian; the guardian's secret is the next one.
pub fn patient(of: u64) -> PatientKey {
	PatientKey::new(AuthorityKey::of(&secret(of)), AuthorityKey::of(&secret(of + 1)))
}

/// A patient who acts, and has a guardian.
pub fn authority(of: u64) -> Authority {
	Authority {
		secret: secret(of),
		patient: AuthorityKey::of(&secret(of)),
		guardian: AuthorityKey::of(&secret(of + 1)),
	}
}

/// The guardian of a patient, who acts.
pub fn guardian(of: u64) -> Authority {
	let mut authority = authority(of);
	authority.secret = secret(of + 1);
	authority
}

/// Somebody else, with a "bit" that makes their key out of those of patient and guardian.
pub fn stand_between(values: &mut AuthorityValues, intruder: u64) {
	values.secret = secret(intruder).expose();
	let key = AuthorityKey::of(&secret(intruder)).0;
	let between = (values.guardian - values.patient).inverse().unwrap();
	values.is_guardian = (key - values.patient) * between;
}

pub const PATIENT: u64 = 100;
pub const OTHER_PATIENT: u64 = 200;
pub const DELEGATE: u64 = 300;
pub const PROVIDER: u64 = 400;
pub const OTHER_PROVIDER: u64 = 500;

pub fn provider(of: u64) -> ProviderTag {
	ProviderTag::of(&secret(of))
}

pub fn salt() -> Fr {
	Fr::from(77u64)
}

/// The context of one of several requests.
pub fn context(request: u8) -> Context {
	let request = [request; 32];
	Context::new(&Binding { genesis: [1; 32], circuit: 1, version: 1, signer: [2; 32], request })
}

/// Laboratory results for treatment and research, around the time of the tests.
pub fn policy() -> Policy {
	let categories = (1 << LABORATORY) | 1;
	let purposes = Purpose::TREATMENT.mask() | Purpose::RESEARCH.mask();
	Policy::new(categories, purposes, NOW - 1000, NOW + 1000).unwrap()
}

/// A consent of the patient for the provider.
pub fn consent() -> Note {
	Note {
		granter: patient(PATIENT),
		recipient: Recipient::provider(provider(PROVIDER), patient(PATIENT)),
		policy: policy(),
		nonce: Fr::from(0xabcdu64),
	}
}

pub fn request(scope: u64) -> Request {
	Request::new(NOW, Category::new(LABORATORY).unwrap(), Purpose::TREATMENT, scope).unwrap()
}

/// The trees, with some notes of others before.
pub struct World {
	pub consents: ConsentTree,
	pub revocations: RevocationTree,
}

impl World {
	pub fn new() -> Self {
		let (mut consents, mut revocations) = (ConsentTree::default(), RevocationTree::default());
		for leaf in 1..=137u64 {
			consents.append(-Fr::from(leaf)).unwrap();
		}
		revocations.revoke(129).unwrap();
		Self { consents, revocations }
	}

	/// Appends notes and gives them as their holders have them.
	pub fn hold<const N: usize>(&mut self, notes: [Note; N]) -> [HeldNote; N] {
		let indices = notes.each_ref().map(|note| self.consents.append(note.leaf()).unwrap());
		let mut indices = indices.into_iter();
		notes.map(|note| {
			HeldNote::new(note, indices.next().unwrap(), &self.consents, &self.revocations).unwrap()
		})
	}
}

/// The witness satisfies the statement; every variable and every public input is bound by it; every
/// constraint belongs to a group; and that is how many there are.
pub fn accepted<G: Copy + PartialEq + Debug>(
	demand: impl Fn(&mut Statement<G>) -> Result<(), SynthesisError>,
) {
	let filled = Filled::new(None, &demand);
	assert_eq!(filled.unsatisfied(), []);
	assert_eq!(filled.outside_of_groups(), 0);
	assert_eq!(filled.unused_inputs(), Vec::<usize>::new());
	assert_eq!(filled.unbound(), Vec::<usize>::new());
}

/// This group refuses a forged witness, and no other does: without the group, it is accepted.
pub fn refused_only_by<G: Copy + PartialEq + Debug>(
	group: G,
	demand: impl Fn(&mut Statement<G>) -> Result<(), SynthesisError>,
) {
	assert_eq!(Filled::new(None, &demand).unsatisfied(), [Some(group)]);
	assert_eq!(Filled::new(Some(group), &demand).unsatisfied(), []);
}

/// Without this group a public input would occur in no constraint.
pub fn bound_only_by<G: Copy + PartialEq + Debug>(
	group: G,
	input: usize,
	demand: impl Fn(&mut Statement<G>) -> Result<(), SynthesisError>,
) {
	assert_eq!(Filled::new(None, &demand).unused_inputs(), Vec::<usize>::new());
	assert_eq!(Filled::new(Some(group), &demand).unused_inputs(), [input]);
}

/// A proof of an honest witness verifies, and not about inputs that somebody changed.
pub fn proves_and_verifies<C: Circuit>(
	public: &C::Public,
	witness: &C::Witness,
	change: impl FnOnce(&mut [Fr]),
) {
	let mut rng = StdRng::seed_from_u64(1);
	let prover = Prover::<C, _>::new(setup_dev(&mut rng).unwrap()).unwrap();
	let proof = prover.prove(public, witness, &mut rng, &mut |_| ()).unwrap();
	let mut inputs = C::inputs(public);
	assert_eq!(inputs.len(), C::ARITY);
	assert_eq!(prover.verifier().verify_inputs(&inputs, &proof), Ok(()));
	change(&mut inputs);
	assert_eq!(prover.verifier().verify_inputs(&inputs, &proof), Err(VerifyError::Invalid));
}
