//! `study_enrolment`: *a consent of mine covers this study, and values that were attested of me lie
//! in its ranges. Count me once.*

use super::{groups::groups, Circuit};
use crate::{
	claims::{MembershipValues, MembershipVar, NoteValues, NoteVar},
	domain::{Domain2, Domain4},
	gadgets::{enforce_bits, enforce_fits, number, Bits},
	note::{
		study_nullifier, Authority, HeldAttestation, HeldNote, Purpose, Study, CATEGORY_BITS,
		TIME_BITS, VALUES, VALUE_BITS,
	},
	poseidon::{hash2_var, hash4_var},
	statement::{enforce_bound, Statement},
	Context, Fr, FrVar,
};
use alloc::vec::Vec;
use ark_r1cs_std::{eq::EqGadget, fields::FieldVar};
use ark_relations::gr1cs::{ConstraintSystemRef, SynthesisError};
use hex_literal::hex;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The circuit.
pub struct StudyEnrolment;

/// What the verifier knows, in the order of the public inputs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StudyEnrolmentPublic {
	/// A recent root of the consent tree.
	pub consent_root: Fr,
	/// The root of the revocation tree.
	pub revocation_root: Fr,
	/// The root of the tree of attestations.
	pub attestation_root: Fr,
	/// The study. What is proven is its digest.
	pub study: Study,
	/// Counts the patient once in this study.
	pub nullifier: Fr,
	/// When, in milliseconds since 1970; below 2⁴⁸.
	pub now: u64,
	/// What else the proof is bound to.
	pub context: Context,
}

/// What the patient alone knows.
#[derive(Clone, Debug, Default, Zeroize, ZeroizeOnDrop)]
pub struct StudyEnrolmentWitness {
	/// The patient's consent to take part.
	pub consent: HeldNote,
	/// What was attested of the patient.
	pub attestation: HeldAttestation,
	/// The patient, who acts. A guardian uses the patient's secret: theirs would count the guardian.
	pub patient: Authority,
}

impl StudyEnrolmentWitness {
	/// The nullifier of this patient in a study.
	pub fn nullifier(&self, study: &Study) -> Fr {
		study_nullifier(&self.patient.secret, study)
	}
}

groups! {
	/// The sentences of the statement.
	pub enum StudyEnrolmentGroup {
		/// What is said to be bits are bits.
		Bits,
		/// The time's bits are those of the public time.
		Now,
		/// I know the secret of the patient who gave the consent.
		Patient,
		/// The leaf is the hash of a consent.
		Leaf,
		/// The leaf is in the consent tree.
		Membership,
		/// The word of revocations is the one in the revocation tree.
		RevocationWord,
		/// The consent's bit in there is not set.
		NotRevoked,
		/// The consent is for the study, about the patient who gave it.
		Recipient,
		/// The policy's parts are those of the consent's word.
		Policy,
		/// The policy covers every category that the study asks for.
		Categories,
		/// The policy covers research.
		Purpose,
		/// The consent has begun.
		Begun,
		/// The consent has not ended.
		NotEnded,
		/// The digest is that of the study's terms, panel, minima and maxima.
		Study,
		/// The study's minima and time are those of its lower word.
		StudyLower,
		/// The study's maxima and categories are those of its upper word.
		StudyUpper,
		/// The attestation's leaf is the hash of an attestation of that patient and that panel.
		AttestationLeaf,
		/// The attestation's leaf is in the tree of attestations.
		AttestationMembership,
		/// The attested values and time are those of the attestation's word.
		AttestationWord,
		/// No value is below its range.
		NotBelow,
		/// No value is above its range.
		NotAbove,
		/// The attestation is not older than the study allows.
		NotTooOld,
		/// The attestation is not of the future.
		NotOfTheFuture,
		/// The nullifier is that of this patient and this study.
		Nullifier,
		/// The proof is bound to the context.
		Context,
	}
}

/// What the variables of four numbers and what follows them in a word are given.
#[derive(Clone, Debug, Zeroize)]
struct WordValues<const REST: usize> {
	numbers: [Bits<VALUE_BITS>; VALUES],
	rest: Bits<REST>,
}

impl<const REST: usize> WordValues<REST> {
	fn of(numbers: [u32; VALUES], rest: u64) -> Self {
		Self { numbers: numbers.map(|number| Bits::of(number.into())), rest: Bits::of(rest.into()) }
	}
}

/// Four numbers and what follows them in a word.
struct WordVar {
	numbers: Vec<Vec<FrVar>>,
	rest: Vec<FrVar>,
}

impl WordVar {
	fn witness<const REST: usize>(
		cs: &ConstraintSystemRef<Fr>,
		values: &WordValues<REST>,
	) -> Result<Self, SynthesisError> {
		let numbers =
			values.numbers.iter().map(|bits| bits.witness(cs)).collect::<Result<_, _>>()?;
		Ok(Self { numbers, rest: values.rest.witness(cs)? })
	}

	fn bits(&self) -> impl Iterator<Item = &FrVar> {
		self.numbers.iter().flatten().chain(&self.rest)
	}

	fn numbers(&self) -> Result<Vec<FrVar>, SynthesisError> {
		self.numbers.iter().map(|bits| number(bits, 0)).collect()
	}

	fn enforce_word(&self, word: &FrVar) -> Result<(), SynthesisError> {
		let bits: Vec<FrVar> = self.bits().cloned().collect();
		number(&bits, 0)?.enforce_equal(word)
	}
}

/// What the variables are given.
#[derive(Clone, Debug, Zeroize)]
struct Values {
	now: Bits<TIME_BITS>,
	consent: NoteValues,
	secret: Fr,
	guardian: Fr,
	study_terms: Fr,
	panel: Fr,
	lower: Fr,
	lower_parts: WordValues<TIME_BITS>,
	upper: Fr,
	upper_parts: WordValues<CATEGORY_BITS>,
	attestation_leaf: Fr,
	attestation_salt: Fr,
	attestation_membership: MembershipValues,
	attested: Fr,
	attested_parts: WordValues<TIME_BITS>,
}

impl Values {
	fn of(public: &StudyEnrolmentPublic, witness: &StudyEnrolmentWitness) -> Self {
		let HeldAttestation { attestation, index, path } = &witness.attestation;
		let study = &public.study;
		let attestation_leaf = attestation.leaf();
		Self {
			now: Bits::of(public.now.into()),
			consent: NoteValues::of(&witness.consent),
			secret: witness.patient.secret.expose(),
			guardian: witness.patient.guardian.0,
			study_terms: study.terms().element(),
			panel: Fr::from(study.panel()),
			lower: study.lower(),
			lower_parts: WordValues::of(study.minima(), study.attested_from()),
			upper: study.upper(),
			upper_parts: WordValues::of(study.maxima(), study.categories()),
			attestation_membership: MembershipValues::of(
				Domain4::AttestationNode,
				attestation_leaf,
				*index,
				path,
			),
			attestation_leaf,
			attestation_salt: attestation.salt,
			attested: attestation.word(),
			attested_parts: WordValues::of(attestation.values, attestation.attested_at),
		}
	}
}

/// Demands of each pair that the first is not greater than the second; both have so many bits.
fn enforce_ordered(
	smaller: Vec<FrVar>,
	greater: Vec<FrVar>,
	width: usize,
) -> Result<(), SynthesisError> {
	smaller.iter().zip(&greater).try_for_each(|(a, b)| enforce_fits(&(b - a), width))
}

fn demand(
	statement: &mut Statement<StudyEnrolmentGroup>,
	public: &StudyEnrolmentPublic,
	values: &Values,
) -> Result<(), SynthesisError> {
	use StudyEnrolmentGroup as Group;

	let [consent_root, revocation_root, attestation_root, study, nullifier, time, context] =
		statement.inputs(public.to_inputs())?;
	let cs = statement.cs().clone();
	let now_bits = values.now.witness(&cs)?;
	let consent = NoteVar::witness(statement, &values.consent)?;
	let secret = statement.witness(values.secret)?;
	let guardian = statement.witness(values.guardian)?;
	let study_terms = statement.witness(values.study_terms)?;
	let panel = statement.witness(values.panel)?;
	let lower = statement.witness(values.lower)?;
	let minima = WordVar::witness(&cs, &values.lower_parts)?;
	let upper = statement.witness(values.upper)?;
	let maxima = WordVar::witness(&cs, &values.upper_parts)?;
	let attestation_leaf = statement.witness(values.attestation_leaf)?;
	let attestation_salt = statement.witness(values.attestation_salt)?;
	let attestation = MembershipVar::witness(statement, &values.attestation_membership)?;
	let attested_word = statement.witness(values.attested)?;
	let attested = WordVar::witness(&cs, &values.attested_parts)?;
	let (now, attested_at) = (number(&now_bits, 0)?, number(&attested.rest, 0)?);
	let attested_from = number(&minima.rest, 0)?;
	let NoteVar { leaf, membership, standing, policy } = &consent;
	let patient = &leaf.granter;

	statement.group(Group::Bits, || {
		let of_study = minima.bits().chain(maxima.bits());
		let of_attestation = attestation.index.iter().chain(attested.bits());
		enforce_bits(now_bits.iter().chain(consent.bits()).chain(of_study).chain(of_attestation))
	})?;
	statement.group(Group::Now, || now.enforce_equal(&time))?;

	statement.group(Group::Patient, || {
		let key = hash2_var(Domain2::AuthorityKey, [&secret, &FieldVar::zero()])?;
		hash2_var(Domain2::PatientKey, [&key, &guardian])?.enforce_equal(patient)
	})?;
	statement.group(Group::Leaf, || leaf.enforce_opens())?;
	statement.group(Group::Membership, || {
		membership.enforce_member(&cs, Domain4::ConsentNode, &leaf.leaf, &consent_root)
	})?;
	statement.group(Group::RevocationWord, || {
		standing.enforce_word(&cs, &membership.index, &revocation_root)
	})?;
	statement.group(Group::NotRevoked, || standing.enforce_not_revoked(&membership.index))?;
	statement.group(Group::Recipient, || {
		hash2_var(Domain2::StudyRecipient, [&study, patient])?.enforce_equal(&leaf.recipient)
	})?;
	statement.group(Group::Policy, || policy.enforce_word(&leaf.policy))?;
	statement.group(Group::Categories, || {
		// Asked for and not covered: of no category.
		let mut pairs = maxima.rest.iter().zip(&policy.categories);
		pairs.try_for_each(|(asked, covered)| asked.mul_equals(covered, asked))
	})?;
	statement.group(Group::Purpose, || {
		let research = policy.purposes.get(usize::from(Purpose::RESEARCH.place()));
		research.ok_or(SynthesisError::Unsatisfiable)?.enforce_equal(&FrVar::one())
	})?;
	statement.group(Group::Begun, || policy.enforce_begun(&now))?;
	statement.group(Group::NotEnded, || policy.enforce_not_ended(&now))?;

	statement.group(Group::Study, || {
		hash4_var(Domain4::Study, [&study_terms, &panel, &lower, &upper])?.enforce_equal(&study)
	})?;
	statement.group(Group::StudyLower, || minima.enforce_word(&lower))?;
	statement.group(Group::StudyUpper, || maxima.enforce_word(&upper))?;

	statement.group(Group::AttestationLeaf, || {
		let parts = [patient, &panel, &attested_word, &attestation_salt];
		hash4_var(Domain4::AttestationLeaf, parts)?.enforce_equal(&attestation_leaf)
	})?;
	statement.group(Group::AttestationMembership, || {
		let (domain, leaf) = (Domain4::AttestationNode, &attestation_leaf);
		attestation.enforce_member(&cs, domain, leaf, &attestation_root)
	})?;
	statement.group(Group::AttestationWord, || attested.enforce_word(&attested_word))?;
	statement.group(Group::NotBelow, || {
		enforce_ordered(minima.numbers()?, attested.numbers()?, VALUE_BITS)
	})?;
	statement.group(Group::NotAbove, || {
		enforce_ordered(attested.numbers()?, maxima.numbers()?, VALUE_BITS)
	})?;
	statement
		.group(Group::NotTooOld, || enforce_fits(&(&attested_at - &attested_from), TIME_BITS))?;
	statement.group(Group::NotOfTheFuture, || enforce_fits(&(&now - &attested_at), TIME_BITS))?;

	statement.group(Group::Nullifier, || {
		hash2_var(Domain2::StudyNullifier, [&secret, &study])?.enforce_equal(&nullifier)
	})?;
	statement.group(Group::Context, || enforce_bound(&context))
}

impl StudyEnrolmentPublic {
	fn to_inputs(&self) -> [Fr; 7] {
		[
			self.consent_root,
			self.revocation_root,
			self.attestation_root,
			self.study.digest(),
			self.nullifier,
			Fr::from(self.now),
			self.context.element(),
		]
	}
}

impl Circuit for StudyEnrolment {
	type Public = StudyEnrolmentPublic;
	type Witness = StudyEnrolmentWitness;
	type Group = StudyEnrolmentGroup;

	const NUMBER: u32 = 3;
	const NAME: &'static str = "study_enrolment.v1";
	const ARITY: usize = 7;
	const RELATION: [u8; 32] =
		hex!("06e317c220d72ac36224417d9bea7bac14d80043e1bd7e0f76372b9fde9ec12e");
	const GROUPS: &'static [StudyEnrolmentGroup] = StudyEnrolmentGroup::ALL;

	fn inputs(public: &StudyEnrolmentPublic) -> Vec<Fr> {
		public.to_inputs().to_vec()
	}

	fn state(
		statement: &mut Statement<StudyEnrolmentGroup>,
		public: &StudyEnrolmentPublic,
		witness: &StudyEnrolmentWitness,
	) -> Result<(), SynthesisError> {
		demand(statement, public, &Zeroizing::new(Values::of(public, witness)))
	}
}

#[cfg(test)]
#[path = "study_enrolment/tests.rs"]
mod tests;
