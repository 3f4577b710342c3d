//! Proofs of emergencies: what they have to be about, and that each slot counts once.

use crate::{tree::element, Config, Holders, Pallet, UsedRecipients, UsedSlots, WeightInfo};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get, weights::Weight};
use frame_system::pallet_prelude::BlockNumberFor;
use hdx_primitives::{
	AccountId, CircuitId, CircuitVersion, DenialReason, EmergencyProof, EmergencyProofs,
	EmergencyRefusal, LicenceDirectory, ProofRefusal, ProofVerifier, PublicInput, H256,
};
use hdx_zk_circuits::{
	auditor::{AuditorKey, Ciphertext},
	circuits::{BreakGlass, BreakGlassPublic, Circuit, EmergencyTerms},
	field::{from_bytes, to_bytes},
	Asked, Binding, Context,
};
use sp_runtime::traits::Zero;

/// What a proof of an emergency has to be about.
pub struct EmergencyStatement {
	pub(crate) public: BreakGlassPublic,
	pub(crate) day: u32,
}

impl<T: Config> EmergencyProofs for Pallet<T> {
	type Statement = EmergencyStatement;

	fn statement(
		signer: &AccountId,
		asked: H256,
		limit: u8,
		proof: &EmergencyProof,
	) -> Result<EmergencyStatement, EmergencyRefusal> {
		ensure!(Self::root_counts(proof.root), EmergencyRefusal::RootNotRecent);
		let (number, auditor) =
			Self::query_auditor().ok_or(EmergencyRefusal::AuditorNotInOffice)?;
		ensure!(number == proof.auditor, EmergencyRefusal::AuditorNotInOffice);
		let distance = Self::now().0.abs_diff(proof.now.0);
		ensure!(distance <= T::MaxRootAge::get().0, EmergencyRefusal::TimeTooFar);
		let nullifier = from_bytes(&proof.nullifier).ok_or(EmergencyRefusal::NullifierTooLarge)?;
		let is_used = UsedRecipients::<T>::contains_key(proof.recipient);
		ensure!(!is_used, EmergencyRefusal::RecipientUsed);
		let ciphertext = Ciphertext::from_bytes(&proof.identity)
			.map_err(|_| EmergencyRefusal::IdentityMalformed)?;
		// What was kept and cannot be read is no root, and no auditor.
		let credential_root = element(&proof.root).map_err(|_| EmergencyRefusal::RootNotRecent)?;
		let auditor = AuditorKey::from_bytes(&auditor.key)
			.map_err(|_| EmergencyRefusal::AuditorNotInOffice)?;
		// A time that no proof can express is none that a block has.
		let day = Self::day_of(proof.now).ok_or(EmergencyRefusal::TimeTooFar)?;
		let terms = EmergencyTerms::new(proof.now.0, day, limit)
			.map_err(|_| EmergencyRefusal::TimeTooFar)?;
		let context = Self::context_of(proof.version, signer, asked);
		let public =
			BreakGlassPublic { credential_root, auditor, ciphertext, nullifier, terms, context };
		Ok(EmergencyStatement { public, day })
	}

	fn accept(statement: EmergencyStatement, proof: &EmergencyProof) -> Result<(), DenialReason> {
		let EmergencyStatement { public, day } = statement;
		let is_used = UsedSlots::<T>::contains_key(day, proof.nullifier);
		ensure!(!is_used, DenialReason::ProofUsed);
		let number = CircuitId(BreakGlass::NUMBER);
		let circuit = CircuitVersion { circuit: number, version: proof.version };
		let inputs: Vec<PublicInput> = BreakGlass::inputs(&public).iter().map(to_bytes).collect();
		T::Verifier::verify(circuit, H256(BreakGlass::RELATION), &proof.proof, &inputs).map_err(
			|refusal| match refusal {
				ProofRefusal::CircuitUnknown
				| ProofRefusal::CircuitNotActive
				| ProofRefusal::WrongRelation => DenialReason::CircuitInactive,
				_ => DenialReason::NotProven,
			},
		)?;
		Self::use_slot(day, proof.nullifier);
		UsedRecipients::<T>::insert(proof.recipient, ());
		Ok(())
	}

	fn ever_had_licence(who: &AccountId) -> bool {
		Self::was_entered(who)
	}

	fn weight() -> Weight {
		T::WeightInfo::accept_emergency()
	}
}

impl<T: Config> Pallet<T> {
	/// Whether the practitioner of this account ever had a leaf.
	pub(crate) fn was_entered(who: &AccountId) -> bool {
		Holders::<T>::contains_key(T::Licences::first_account(who))
	}

	/// What a proof must be bound to: this chain, this version of the circuit, the signer, and what is asked for.
	pub(crate) fn context_of(version: u32, signer: &AccountId, asked: H256) -> Context {
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		Context::new(&Binding {
			genesis: genesis.0,
			circuit: BreakGlass::NUMBER,
			version,
			signer: *AsRef::<[u8; 32]>::as_ref(signer),
			request: Asked::Emergency { request: asked.0 }.hash(),
		})
	}
}
