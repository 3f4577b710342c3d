//! `delegated_access`: *a delegate of the patient whose record this is lets me see data of this
//! category for this purpose, now, and the patient lets the delegate.*
//!
//! The chain has one link: a delegate names no delegate. Patient and delegate may each be their
//! guardian, who acts with their key, so a guardian's proxy and a proxy's guardian are covered.

use super::{groups::groups, Circuit};
use crate::{
	claims::{NoteValues, NoteVar, RequestValues, RequestVar},
	domain::{Domain2, Domain4},
	gadgets::enforce_bits,
	note::{consent_nullifier, subject_tag, HeldNote, ProviderTag, Request, Secret},
	poseidon::{hash2_var, hash4_var},
	statement::{enforce_bound, Statement},
	Context, Fr,
};
use alloc::vec::Vec;
use ark_r1cs_std::{eq::EqGadget, fields::FieldVar};
use ark_relations::gr1cs::SynthesisError;
use hex_literal::hex;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The circuit.
pub struct DelegatedAccess;

/// What the verifier knows, in the order of the public inputs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DelegatedAccessPublic {
	/// A recent root of the consent tree.
	pub consent_root: Fr,
	/// The root of the revocation tree.
	pub revocation_root: Fr,
	/// Counts the use of the consent for this record once in the request's scope.
	pub nullifier: Fr,
	/// Who asks, as the registry of providers knows them.
	pub provider: ProviderTag,
	/// What is asked for, and when.
	pub request: Request,
	/// Whose record it is, as [`subject_tag`] hides it.
	pub subject: Fr,
	/// What else the proof is bound to.
	pub context: Context,
}

/// What the provider alone knows.
#[derive(Clone, Debug, Default, Zeroize, ZeroizeOnDrop)]
pub struct DelegatedAccessWitness {
	/// The patient's note for the delegate.
	pub delegation: HeldNote,
	/// The delegate's note for the provider.
	pub consent: HeldNote,
	/// The provider's secret.
	pub provider: Secret,
	/// The salt of the record's subject tag.
	pub salt: Fr,
}

impl DelegatedAccessWitness {
	/// The nullifier of this consent, for this record, in a scope.
	pub fn nullifier(&self, scope: u64) -> Fr {
		consent_nullifier(self.consent.note.nonce, &self.provider, scope, self.subject())
	}

	/// The subject tag of a record of the patient.
	pub fn subject(&self) -> Fr {
		subject_tag(self.delegation.note.granter, self.salt)
	}
}

groups! {
	/// The sentences of the statement.
	pub enum DelegatedAccessGroup {
		/// What is said to be bits are bits.
		Bits,
		/// The request's parts are those of the public request.
		Request,
		/// The delegation's leaf is the hash of the delegation.
		DelegationLeaf,
		/// That leaf is in the consent tree.
		DelegationMembership,
		/// The word of the delegation's revocation is the one in the revocation tree.
		DelegationRevocationWord,
		/// The delegation's bit in there is not set.
		DelegationNotRevoked,
		/// The delegation is for whoever gave the consent.
		Delegate,
		/// The delegation's policy has the parts of its word.
		DelegationPolicy,
		/// The delegation covers the category.
		DelegationCategory,
		/// The delegation covers the purpose.
		DelegationPurpose,
		/// The delegation has begun.
		DelegationBegun,
		/// The delegation has not ended.
		DelegationNotEnded,
		/// The consent's leaf is the hash of the consent.
		Leaf,
		/// That leaf is in the consent tree.
		Membership,
		/// The word of the consent's revocation is the one in the revocation tree.
		RevocationWord,
		/// The consent's bit in there is not set.
		NotRevoked,
		/// I am the provider of that tag.
		Provider,
		/// The consent is for that provider, under that delegation.
		Recipient,
		/// The record is that patient's.
		Subject,
		/// The consent's policy has the parts of its word.
		Policy,
		/// The consent covers the category.
		Category,
		/// The consent covers the purpose.
		Purpose,
		/// The consent has begun.
		Begun,
		/// The consent has not ended.
		NotEnded,
		/// The nullifier is that of this consent, this provider, this record and this scope.
		Nullifier,
		/// The proof is bound to the context.
		Context,
	}
}

/// What the variables are given.
#[derive(Clone, Debug, Zeroize)]
struct Values {
	request: RequestValues,
	delegation: NoteValues,
	consent: NoteValues,
	provider_secret: Fr,
	salt: Fr,
}

impl Values {
	fn of(public: &DelegatedAccessPublic, witness: &DelegatedAccessWitness) -> Self {
		Self {
			request: RequestValues::of(&public.request),
			delegation: NoteValues::of(&witness.delegation),
			consent: NoteValues::of(&witness.consent),
			provider_secret: witness.provider.expose(),
			salt: witness.salt,
		}
	}
}

fn demand(
	statement: &mut Statement<DelegatedAccessGroup>,
	public: &DelegatedAccessPublic,
	values: &Values,
) -> Result<(), SynthesisError> {
	use DelegatedAccessGroup as Group;

	let [consent_root, revocation_root, nullifier, provider, packed, subject, context] =
		statement.inputs(public.to_inputs())?;
	let request = RequestVar::witness(statement, &values.request)?;
	let delegation = NoteVar::witness(statement, &values.delegation)?;
	let consent = NoteVar::witness(statement, &values.consent)?;
	let secret = statement.witness(values.provider_secret)?;
	let salt = statement.witness(values.salt)?;
	let (now, scope) = (request.now()?, request.scope()?);
	let (patient, delegate) = (&delegation.leaf.granter, &consent.leaf.granter);
	let cs = statement.cs().clone();

	statement.group(Group::Bits, || {
		enforce_bits(request.bits().chain(delegation.bits()).chain(consent.bits()))
	})?;
	statement.group(Group::Request, || request.enforce_packed(&packed))?;

	let NoteVar { leaf, membership, standing, policy } = &delegation;
	statement.group(Group::DelegationLeaf, || leaf.enforce_opens())?;
	statement.group(Group::DelegationMembership, || {
		membership.enforce_member(&cs, Domain4::ConsentNode, &leaf.leaf, &consent_root)
	})?;
	statement.group(Group::DelegationRevocationWord, || {
		standing.enforce_word(&cs, &membership.index, &revocation_root)
	})?;
	statement
		.group(Group::DelegationNotRevoked, || standing.enforce_not_revoked(&membership.index))?;
	statement.group(Group::Delegate, || {
		hash2_var(Domain2::DelegateRecipient, [delegate, patient])?.enforce_equal(&leaf.recipient)
	})?;
	statement.group(Group::DelegationPolicy, || policy.enforce_word(&leaf.policy))?;
	statement.group(Group::DelegationCategory, || policy.enforce_category(&request.category))?;
	statement.group(Group::DelegationPurpose, || policy.enforce_purpose(&request.purpose))?;
	statement.group(Group::DelegationBegun, || policy.enforce_begun(&now))?;
	statement.group(Group::DelegationNotEnded, || policy.enforce_not_ended(&now))?;

	let NoteVar { leaf, membership, standing, policy } = &consent;
	statement.group(Group::Leaf, || leaf.enforce_opens())?;
	statement.group(Group::Membership, || {
		membership.enforce_member(&cs, Domain4::ConsentNode, &leaf.leaf, &consent_root)
	})?;
	statement.group(Group::RevocationWord, || {
		standing.enforce_word(&cs, &membership.index, &revocation_root)
	})?;
	statement.group(Group::NotRevoked, || standing.enforce_not_revoked(&membership.index))?;
	statement.group(Group::Provider, || {
		hash2_var(Domain2::ProviderTag, [&secret, &FieldVar::zero()])?.enforce_equal(&provider)
	})?;
	statement.group(Group::Recipient, || {
		let parts = [&provider, &delegation.leaf.leaf];
		hash2_var(Domain2::DelegatedRecipient, parts)?.enforce_equal(&leaf.recipient)
	})?;
	statement.group(Group::Subject, || {
		hash2_var(Domain2::Subject, [patient, &salt])?.enforce_equal(&subject)
	})?;
	statement.group(Group::Policy, || policy.enforce_word(&leaf.policy))?;
	statement.group(Group::Category, || policy.enforce_category(&request.category))?;
	statement.group(Group::Purpose, || policy.enforce_purpose(&request.purpose))?;
	statement.group(Group::Begun, || policy.enforce_begun(&now))?;
	statement.group(Group::NotEnded, || policy.enforce_not_ended(&now))?;
	statement.group(Group::Nullifier, || {
		let parts = [&leaf.nonce, &secret, &scope, &subject];
		hash4_var(Domain4::ConsentNullifier, parts)?.enforce_equal(&nullifier)
	})?;
	statement.group(Group::Context, || enforce_bound(&context))
}

impl DelegatedAccessPublic {
	fn to_inputs(&self) -> [Fr; 7] {
		[
			self.consent_root,
			self.revocation_root,
			self.nullifier,
			self.provider.0,
			self.request.packed(),
			self.subject,
			self.context.element(),
		]
	}
}

impl Circuit for DelegatedAccess {
	type Public = DelegatedAccessPublic;
	type Witness = DelegatedAccessWitness;
	type Group = DelegatedAccessGroup;

	const NUMBER: u32 = 4;
	const NAME: &'static str = "delegated_access.v1";
	const ARITY: usize = 7;
	const RELATION: [u8; 32] =
		hex!("bbf2b15de416ef0b934e923c1780733f67bace069c81057a8afd94deb5187db9");
	const GROUPS: &'static [DelegatedAccessGroup] = DelegatedAccessGroup::ALL;

	fn inputs(public: &DelegatedAccessPublic) -> Vec<Fr> {
		public.to_inputs().to_vec()
	}

	fn state(
		statement: &mut Statement<DelegatedAccessGroup>,
		public: &DelegatedAccessPublic,
		witness: &DelegatedAccessWitness,
	) -> Result<(), SynthesisError> {
		demand(statement, public, &Zeroizing::new(Values::of(public, witness)))
	}
}

#[cfg(test)]
#[path = "delegated_access/tests.rs"]
mod tests;
