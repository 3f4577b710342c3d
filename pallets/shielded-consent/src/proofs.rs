//! What a proof that comes with a call must be about.

use crate::{Config, Error, Pallet};
use alloc::vec::Vec;
use frame_system::pallet_prelude::BlockNumberFor;
use hdx_primitives::{
	AccountId, CircuitId, CircuitVersion, Proof, ProofRefusal, ProofVerifier, PublicInput, H256,
};
use hdx_zk_circuits::{circuits::Circuit, field::to_bytes, Asked, Binding, Context};
use sp_runtime::traits::Zero;

impl<T> From<ProofRefusal> for Error<T> {
	fn from(refusal: ProofRefusal) -> Self {
		match refusal {
			ProofRefusal::CircuitUnknown => Self::CircuitUnknown,
			ProofRefusal::CircuitNotActive => Self::CircuitNotActive,
			ProofRefusal::WrongRelation => Self::WrongRelation,
			ProofRefusal::WrongArity => Self::WrongArity,
			ProofRefusal::InputTooLarge => Self::InputTooLarge,
			ProofRefusal::PointMalformed => Self::PointMalformed,
			ProofRefusal::PointAtInfinity => Self::PointAtInfinity,
			ProofRefusal::PointOffCurve => Self::PointOffCurve,
			ProofRefusal::PointOutsideSubgroup => Self::PointOutsideSubgroup,
			// Of one proof, nobody says that it is too few or too many.
			ProofRefusal::NotProven | ProofRefusal::BatchEmpty | ProofRefusal::BatchTooLarge => {
				Self::NotProven
			},
			ProofRefusal::KeyDamaged => Self::KeyDamaged,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// What a proof must be bound to: this chain, this version of its circuit, the signer, and what is asked for.
	pub(crate) fn context_of<C: Circuit>(
		version: u32,
		signer: &AccountId,
		asked: &Asked,
	) -> Context {
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		Context::new(&Binding {
			genesis: genesis.0,
			circuit: C::NUMBER,
			version,
			signer: *AsRef::<[u8; 32]>::as_ref(signer),
			request: asked.hash(),
		})
	}

	/// Whether a proof of a circuit as it is known here proves this.
	pub(crate) fn verify<C: Circuit>(
		version: u32,
		public: &C::Public,
		proof: &Proof,
	) -> Result<(), Error<T>> {
		Ok(Self::check::<C>(version, public, proof)?)
	}

	/// The same, with the verifier's own reason where it does not.
	pub(crate) fn check<C: Circuit>(
		version: u32,
		public: &C::Public,
		proof: &Proof,
	) -> Result<(), ProofRefusal> {
		let circuit = CircuitVersion { circuit: CircuitId(C::NUMBER), version };
		let inputs: Vec<PublicInput> = C::inputs(public).iter().map(to_bytes).collect();
		T::Verifier::verify(circuit, H256(C::RELATION), proof, &inputs)
	}
}
