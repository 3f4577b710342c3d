//! Proofs of access: what they have to be about, and that each counts once.
//!
//! A consent is one of the patient or one of a delegate, never both: its recipient is hashed under another domain. So one
//! circuit proves it and the other does not, and a nullifier that is used is used for both.

use crate::{
	categories::purpose_of,
	tags::tag_of,
	trees::element,
	types::{SnapshotRefusal, TreeRoots},
	Categories, Config, Pallet, ProviderTags, UsedNullifiers, WeightInfo,
};
use frame_support::weights::Weight;
use hdx_primitives::{
	operation_hash, AccessCircuit, AccessProof, AccessProofs, AccessRequest, AccountId, CircuitId,
	CircuitVersion, Code, ConsentRoots, DenialReason, ProofRefusal, ProofVerifier, PublicInput,
	ShieldedConsents, StatementRefusal, H256,
};
use hdx_zk_circuits::{
	circuits::{
		Circuit, ConsentAccess, ConsentAccessPublic, ConsentRevoke, DelegatedAccess,
		DelegatedAccessPublic,
	},
	field::from_bytes,
	note::{access_scope, ProviderTag, Request},
	Asked, Context, Fr,
};

impl From<SnapshotRefusal> for StatementRefusal {
	fn from(refusal: SnapshotRefusal) -> Self {
		match refusal {
			SnapshotRefusal::Unknown => Self::SnapshotUnknown,
			SnapshotRefusal::TooOld => Self::SnapshotTooOld,
			SnapshotRefusal::TreeUnknown => Self::TreeNotInSnapshot,
		}
	}
}

/// What a proof has to be about, but for practitioner and record.
pub struct AccessStatement {
	consent_root: Fr,
	revocation_root: Fr,
	nullifier: Fr,
	request: Request,
	context: Context,
}

impl AccessStatement {
	/// With practitioner and record, as `consent_access` has it.
	pub(crate) fn about(self, provider: Fr, subject: Fr) -> ConsentAccessPublic {
		let Self { consent_root, revocation_root, nullifier, request, context } = self;
		let provider = ProviderTag(provider);
		ConsentAccessPublic {
			consent_root,
			revocation_root,
			nullifier,
			provider,
			request,
			subject,
			context,
		}
	}

	/// With practitioner and record, as `delegated_access` has it.
	pub(crate) fn about_delegated(self, provider: Fr, subject: Fr) -> DelegatedAccessPublic {
		let Self { consent_root, revocation_root, nullifier, request, context } = self;
		let provider = ProviderTag(provider);
		DelegatedAccessPublic {
			consent_root,
			revocation_root,
			nullifier,
			provider,
			request,
			subject,
			context,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// What a proof of access must be bound to. The circuit is a part of it, so that none is taken for the other.
	fn access_context(requester: &AccountId, asked: &Asked, proof: &AccessProof) -> Context {
		match proof.circuit {
			AccessCircuit::Consent => {
				Self::context_of::<ConsentAccess>(proof.version, requester, asked)
			},
			AccessCircuit::Delegated => {
				Self::context_of::<DelegatedAccess>(proof.version, requester, asked)
			},
		}
	}

	/// Whether the proof proves this of practitioner and record, in the circuit that it names.
	fn check_access(
		statement: AccessStatement,
		provider: Fr,
		subject: Fr,
		proof: &AccessProof,
	) -> Result<(), ProofRefusal> {
		let AccessProof { version, proof: bytes, .. } = proof;
		match proof.circuit {
			AccessCircuit::Consent => {
				let public = statement.about(provider, subject);
				Self::check::<ConsentAccess>(*version, &public, bytes)
			},
			AccessCircuit::Delegated => {
				let public = statement.about_delegated(provider, subject);
				Self::check::<DelegatedAccess>(*version, &public, bytes)
			},
		}
	}
}

impl<T: Config> ShieldedConsents for Pallet<T> {
	fn roots_of_snapshot(tree: u32, snapshot: u32) -> Result<ConsentRoots, StatementRefusal> {
		let TreeRoots { consents, revocations, at, .. } = Self::roots_at(tree, snapshot)?;
		Ok(ConsentRoots { consents, revocations, at })
	}

	fn categories_in_use() -> u32 {
		Categories::<T>::count()
	}
}

impl<T: Config> AccessProofs for Pallet<T> {
	type Statement = AccessStatement;

	fn statement(
		requester: &AccountId,
		request: &AccessRequest,
		class: Code,
		proof: &AccessProof,
	) -> Result<AccessStatement, StatementRefusal> {
		let category =
			Self::category_of_class(class).ok_or(StatementRefusal::ClassWithoutCategory)?;
		let purpose = purpose_of(request.purpose).ok_or(StatementRefusal::PurposeWithoutPlace)?;
		let nullifier = from_bytes(&proof.nullifier).ok_or(StatementRefusal::NullifierTooLarge)?;
		let roots = Self::roots_at(proof.tree, proof.snapshot)?;
		// A root that cannot be read is none.
		let root =
			|bytes: &PublicInput| element(bytes).map_err(|_| StatementRefusal::TreeNotInSnapshot);
		let scope = access_scope(proof.snapshot, category, purpose);
		let asked = Asked::Access { request: operation_hash(request).0 };
		Ok(AccessStatement {
			consent_root: root(&roots.consents)?,
			revocation_root: root(&roots.revocations)?,
			nullifier,
			// A time that no proof can express is of no snapshot that was taken.
			request: Request::new(roots.at.0, category, purpose, scope)
				.map_err(|_| StatementRefusal::SnapshotUnknown)?,
			context: Self::access_context(requester, &asked, proof),
		})
	}

	fn accept(
		requester: &AccountId,
		subject: PublicInput,
		statement: AccessStatement,
		proof: &AccessProof,
	) -> Result<(), DenialReason> {
		let revocation =
			CircuitVersion { circuit: CircuitId(ConsentRevoke::NUMBER), version: proof.revoked_by };
		if !T::Verifier::is_active(revocation, H256(ConsentRevoke::RELATION)) {
			return Err(DenialReason::RevocationInactive);
		}
		let provider = ProviderTags::<T>::get(requester).and_then(|tag| tag_of(&tag));
		let provider = provider.ok_or(DenialReason::ProviderTagMissing)?;
		if UsedNullifiers::<T>::contains_key(proof.snapshot, proof.nullifier) {
			return Err(DenialReason::ProofUsed);
		}
		let subject = tag_of(&subject).ok_or(DenialReason::NotProven)?;
		Self::check_access(statement, provider, subject, proof).map_err(
			|refusal| match refusal {
				ProofRefusal::CircuitUnknown
				| ProofRefusal::CircuitNotActive
				| ProofRefusal::WrongRelation => DenialReason::CircuitInactive,
				_ => DenialReason::NotProven,
			},
		)?;
		UsedNullifiers::<T>::insert(proof.snapshot, proof.nullifier, ());
		Ok(())
	}

	fn is_tag(bytes: &PublicInput) -> bool {
		tag_of(bytes).is_some()
	}

	fn weight() -> Weight {
		T::WeightInfo::accept_proof()
	}

	fn statement_weight() -> Weight {
		T::WeightInfo::state_access()
	}
}
