//! `break_glass`: *I am an accredited clinician whose licence holds now; the auditor can read who I
//! am; and I have not broken the glass more often than I may.*

use super::{groups::groups, Circuit};
use crate::{
	auditor::{session, AuditorKey, Ciphertext, Ephemeral},
	claims::{MembershipValues, MembershipVar},
	domain::{Domain2, Domain4},
	field::{pack, power_of_two},
	gadgets::{enforce_bits, enforce_fits, number, Bits},
	jubjub::{PointVar, SCALAR_BITS},
	note::{
		rate_nullifier, Credential, HeldCredential, RequestError, RIGHT_BITS, TIME_BITS, TIME_LIMIT,
	},
	poseidon::{hash2_var, hash4_var},
	statement::Statement,
	Context, Fr,
};
use alloc::vec::Vec;
use ark_ec::AffineRepr;
use ark_ed_on_bls12_381::EdwardsAffine;
use ark_ff::{BigInteger, Field, PrimeField};
use ark_r1cs_std::{eq::EqGadget, fields::FieldVar};
use ark_relations::gr1cs::SynthesisError;
use ark_std::rand::{CryptoRng, RngCore};
use hex_literal::hex;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Bits of an epoch.
const EPOCH_BITS: usize = 32;
/// Bits of a limit, and of a slot below it.
const LIMIT_BITS: usize = 8;
/// Where the epoch begins in the packed terms.
const EPOCH_PLACE: usize = 48;
/// Where the limit begins in the packed terms.
const LIMIT_PLACE: usize = 80;

/// Where the rights begin in a licence's word.
const RIGHTS_PLACE: usize = 48;
/// Where the end begins in a licence's word.
const UNTIL_PLACE: usize = 64;

/// The circuit.
pub struct BreakGlass;

/// On what terms the glass may be broken, as a chain makes them itself.
///
/// As an element: now in bits 0–47, the epoch in 48–79, the limit in 80–87.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct EmergencyTerms {
	now: u64,
	epoch: u32,
	limit: u8,
}

impl EmergencyTerms {
	/// Now, in milliseconds since 1970; the epoch of the rate limit, such as a day; and how often
	/// in an epoch. A limit of zero lets nobody.
	///
	/// # Errors
	///
	/// [`RequestError::TimeTooLate`].
	pub fn new(now: u64, epoch: u32, limit: u8) -> Result<Self, RequestError> {
		if now >= TIME_LIMIT {
			return Err(RequestError::TimeTooLate);
		}
		Ok(Self { now, epoch, limit })
	}

	/// The element.
	pub fn packed(&self) -> Fr {
		pack(&[
			(self.now.into(), TIME_BITS),
			(self.epoch.into(), EPOCH_BITS),
			(self.limit.into(), LIMIT_BITS),
		])
	}
}

/// What the verifier knows, in the order of the public inputs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BreakGlassPublic {
	/// The root of the tree of credentials.
	pub credential_root: Fr,
	/// The auditor's key. What is proven is the ciphertext's digest for it.
	pub auditor: AuditorKey,
	/// The clinician's identity for the auditor.
	pub ciphertext: Ciphertext,
	/// Counts one slot of the epoch.
	pub nullifier: Fr,
	/// On what terms.
	pub terms: EmergencyTerms,
	/// What else the proof is bound to.
	pub context: Context,
}

/// An emergency, as whoever proves and whoever verifies know it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Emergency {
	/// The root of the tree of credentials.
	pub credential_root: Fr,
	/// Who can read the clinician's identity.
	pub auditor: AuditorKey,
	/// On what terms.
	pub terms: EmergencyTerms,
	/// What else the proof is bound to.
	pub context: Context,
}

impl Emergency {
	/// What a clinician proves of it, in one of the epoch's slots, below the limit.
	///
	/// The scalar of the ciphertext is drawn here, for this emergency alone: whoever used one twice
	/// would link what they did, and whoever took a poor one would be known to all.
	pub fn by(
		&self,
		credential: HeldCredential,
		slot: u8,
		rng: &mut (impl RngCore + CryptoRng),
	) -> (BreakGlassPublic, BreakGlassWitness) {
		let Self { credential_root, auditor, terms, context } = *self;
		let witness = BreakGlassWitness { credential, ephemeral: Ephemeral::random(rng), slot };
		let public = BreakGlassPublic {
			credential_root,
			auditor,
			ciphertext: witness.ciphertext(auditor, context),
			nullifier: witness.nullifier(&terms),
			terms,
			context,
		};
		(public, witness)
	}
}

/// What the clinician alone knows, as [`Emergency::by`] makes it.
#[derive(Clone, Default, Zeroize, ZeroizeOnDrop)]
pub struct BreakGlassWitness {
	credential: HeldCredential,
	ephemeral: Ephemeral,
	slot: u8,
}

impl BreakGlassWitness {
	/// The ciphertext of this clinician's identity.
	fn ciphertext(&self, auditor: AuditorKey, context: Context) -> Ciphertext {
		self.ephemeral.seal(self.credential.credential.identity, auditor, context)
	}

	/// The nullifier of this slot.
	fn nullifier(&self, terms: &EmergencyTerms) -> Fr {
		rate_nullifier(&self.credential.secret, terms.epoch, self.slot)
	}
}

groups! {
	/// The sentences of the statement.
	pub enum BreakGlassGroup {
		/// What is said to be bits are bits.
		Bits,
		/// The terms' parts are those of the public terms.
		Terms,
		/// I know the secret that the credential is for.
		Clinician,
		/// The leaf is the hash of the credential.
		Leaf,
		/// The leaf is in the tree of credentials.
		Membership,
		/// The licence's parts are those of its word.
		Licence,
		/// The licence allows to break the glass.
		Right,
		/// The licence has begun.
		Begun,
		/// The licence has not ended.
		NotEnded,
		/// The ciphertext's point is the ephemeral multiple of the generator.
		Ephemeral,
		/// The session is that of the auditor's key and the ciphertext's point.
		Session,
		/// What is masked is the credential's identity, with the auditor's pad for this context. So
		/// the proof is bound to the context too.
		Identity,
		/// The digest is that of this ciphertext.
		Ciphertext,
		/// The slot is below the limit.
		Rate,
		/// The nullifier is that of this clinician, this epoch and this slot.
		Nullifier,
	}
}

/// What the variables are given.
#[derive(Clone, Debug)]
struct Values {
	now: Bits<TIME_BITS>,
	epoch: Bits<EPOCH_BITS>,
	limit: Bits<LIMIT_BITS>,
	slot: Bits<LIMIT_BITS>,
	secret: Fr,
	holder: Fr,
	identity: Fr,
	licence: Fr,
	salt: Fr,
	leaf: Fr,
	membership: MembershipValues,
	valid_from: Bits<TIME_BITS>,
	valid_until: Fr,
	rights: Bits<RIGHT_BITS>,
	scalar: Bits<SCALAR_BITS>,
	auditor: EdwardsAffine,
	ephemeral: EdwardsAffine,
	session: Fr,
	masked: Fr,
}

impl Zeroize for Values {
	fn zeroize(&mut self) {
		let Self {
			now: _,
			epoch: _,
			limit: _,
			slot,
			secret,
			holder,
			identity,
			licence,
			salt,
			leaf,
			membership,
			valid_from,
			valid_until,
			rights,
			scalar,
			auditor: _,
			ephemeral: _,
			session: _,
			masked: _,
		} = self;
		for value in [secret, holder, identity, licence, salt, leaf, valid_until] {
			value.zeroize();
		}
		slot.zeroize();
		membership.zeroize();
		valid_from.zeroize();
		rights.zeroize();
		scalar.zeroize();
	}
}

impl Values {
	fn of(public: &BreakGlassPublic, witness: &BreakGlassWitness) -> Self {
		let HeldCredential { credential, index, path, secret } = &witness.credential;
		let Credential { holder, identity, licence, salt } = credential;
		let BreakGlassPublic { auditor, ciphertext, terms, .. } = public;
		let leaf = credential.leaf();
		let scalar = Zeroizing::new(witness.ephemeral.expose().into_bigint().to_bits_le());
		let bit = |place: usize| Fr::from(scalar.get(place).copied().unwrap_or(false));
		Self {
			now: Bits::of(terms.now.into()),
			epoch: Bits::of(terms.epoch.into()),
			limit: Bits::of(terms.limit.into()),
			slot: Bits::of(witness.slot.into()),
			secret: secret.expose(),
			holder: holder.0,
			identity: *identity,
			licence: licence.word(),
			salt: *salt,
			leaf,
			membership: MembershipValues::of(Domain4::CredentialNode, leaf, *index, path),
			valid_from: Bits::of(licence.valid_from().into()),
			valid_until: Fr::from(licence.valid_until()),
			rights: Bits::of(licence.rights().into()),
			scalar: Bits(core::array::from_fn(bit)),
			auditor: auditor.point(),
			ephemeral: ciphertext.ephemeral,
			session: session(*auditor, ciphertext.ephemeral),
			masked: ciphertext.masked,
		}
	}
}

fn demand(
	statement: &mut Statement<BreakGlassGroup>,
	public: &BreakGlassPublic,
	values: &Values,
) -> Result<(), SynthesisError> {
	use BreakGlassGroup as Group;

	let [credential_root, digest, nullifier, terms, context] =
		statement.inputs(public.to_inputs())?;
	let cs = statement.cs().clone();
	let now_bits = values.now.witness(&cs)?;
	let epoch_bits = values.epoch.witness(&cs)?;
	let limit_bits = values.limit.witness(&cs)?;
	let slot_bits = values.slot.witness(&cs)?;
	let secret = statement.witness(values.secret)?;
	let holder = statement.witness(values.holder)?;
	let identity = statement.witness(values.identity)?;
	let licence = statement.witness(values.licence)?;
	let salt = statement.witness(values.salt)?;
	let leaf = statement.witness(values.leaf)?;
	let membership = MembershipVar::witness(statement, &values.membership)?;
	let from_bits = values.valid_from.witness(&cs)?;
	let valid_until = statement.witness(values.valid_until)?;
	let rights = values.rights.witness(&cs)?;
	let scalar = values.scalar.witness(&cs)?;
	let auditor = PointVar::witness(statement, values.auditor)?;
	let ephemeral = PointVar::witness(statement, values.ephemeral)?;
	let session = statement.witness(values.session)?;
	let masked = statement.witness(values.masked)?;
	let (now, epoch) = (number(&now_bits, 0)?, number(&epoch_bits, 0)?);
	let (limit, slot) = (number(&limit_bits, 0)?, number(&slot_bits, 0)?);
	let valid_from = number(&from_bits, 0)?;
	let zero = FieldVar::zero();

	statement.group(Group::Bits, || {
		let of_terms = now_bits.iter().chain(&epoch_bits).chain(&limit_bits).chain(&slot_bits);
		let of_licence = membership.index.iter().chain(&from_bits).chain(&rights);
		enforce_bits(of_terms.chain(of_licence).chain(&scalar))
	})?;
	statement.group(Group::Terms, || {
		let sum = &now + &epoch * power_of_two(EPOCH_PLACE) + &limit * power_of_two(LIMIT_PLACE);
		sum.enforce_equal(&terms)
	})?;

	statement.group(Group::Clinician, || {
		hash2_var(Domain2::ClinicianKey, [&secret, &zero])?.enforce_equal(&holder)
	})?;
	statement.group(Group::Leaf, || {
		let parts = [&holder, &identity, &licence, &salt];
		hash4_var(Domain4::CredentialLeaf, parts)?.enforce_equal(&leaf)
	})?;
	statement.group(Group::Membership, || {
		membership.enforce_member(&cs, Domain4::CredentialNode, &leaf, &credential_root)
	})?;
	statement.group(Group::Licence, || {
		// `NotEnded` bounds the end, which is above all other parts, so it needs no bits.
		let sum =
			&valid_from + number(&rights, RIGHTS_PLACE)? + &valid_until * power_of_two(UNTIL_PLACE);
		sum.enforce_equal(&licence)
	})?;
	statement.group(Group::Right, || {
		rights.first().ok_or(SynthesisError::Unsatisfiable)?.enforce_equal(&FieldVar::one())
	})?;
	statement.group(Group::Begun, || enforce_fits(&(&now - &valid_from), TIME_BITS))?;
	statement
		.group(Group::NotEnded, || enforce_fits(&(&valid_until - &now - Fr::ONE), TIME_BITS))?;

	statement.group(Group::Ephemeral, || {
		let multiple = PointVar::constant_times(EdwardsAffine::generator(), &scalar)?;
		multiple.x.enforce_equal(&ephemeral.x)?;
		multiple.y.enforce_equal(&ephemeral.y)
	})?;
	statement.group(Group::Session, || {
		let parts = [&auditor.x, &auditor.y, &ephemeral.x, &ephemeral.y];
		hash4_var(Domain4::AuditorSession, parts)?.enforce_equal(&session)
	})?;
	statement.group(Group::Identity, || {
		// The auditor's key is on the curve: the verifier made the session's part of the digest
		// of a key that is.
		let shared = auditor.times(&scalar)?;
		let parts = [&shared.x, &shared.y, &session, &context];
		(hash4_var(Domain4::AuditorPad, parts)? + &identity).enforce_equal(&masked)
	})?;
	statement.group(Group::Ciphertext, || {
		hash4_var(Domain4::Ciphertext, [&session, &masked, &zero, &zero])?.enforce_equal(&digest)
	})?;

	statement.group(Group::Rate, || enforce_fits(&(&limit - &slot - Fr::ONE), LIMIT_BITS))?;
	statement.group(Group::Nullifier, || {
		let parts = [&secret, &epoch, &slot, &zero];
		hash4_var(Domain4::RateNullifier, parts)?.enforce_equal(&nullifier)
	})
}

impl BreakGlassPublic {
	fn to_inputs(&self) -> [Fr; 5] {
		[
			self.credential_root,
			self.ciphertext.digest(self.auditor),
			self.nullifier,
			self.terms.packed(),
			self.context.element(),
		]
	}
}

impl Circuit for BreakGlass {
	type Public = BreakGlassPublic;
	type Witness = BreakGlassWitness;
	type Group = BreakGlassGroup;

	const NUMBER: u32 = 5;
	const NAME: &'static str = "break_glass.v1";
	const ARITY: usize = 5;
	const RELATION: [u8; 32] =
		hex!("991dff84f839ca9eea8705b634278d4d38dfa5111b354fb3faa6b681f63fb298");
	const GROUPS: &'static [BreakGlassGroup] = BreakGlassGroup::ALL;

	fn inputs(public: &BreakGlassPublic) -> Vec<Fr> {
		public.to_inputs().to_vec()
	}

	fn state(
		statement: &mut Statement<BreakGlassGroup>,
		public: &BreakGlassPublic,
		witness: &BreakGlassWitness,
	) -> Result<(), SynthesisError> {
		demand(statement, public, &Zeroizing::new(Values::of(public, witness)))
	}
}

#[cfg(test)]
#[path = "break_glass/tests.rs"]
mod tests;
