//! # Groth16 verifier
//!
//! Which circuits there are, under which keys, and whether a proof holds.
//!
//! ## Overview
//!
//! A zero-knowledge proof is worth what its key is worth: whoever knows how a key was made can prove what is false.
//! So keys are registered here by governance, attested by institutions that took part in the ceremony or verified
//! its transcript, and only then activated. Other pallets name a circuit and its version ([`ProofVerifier`]), and
//! never bring a key. This pallet knows nothing of consents.
//!
//! Proofs are those of Groth16 (eprint 2016/260) over BLS12-381. Multiplications and pairings are computed by the
//! node's host functions; what is given to them was checked here first.
//!
//! ## Terminology
//!
//! - **Circuit**: a statement with public inputs. A **version** of it has one key, for ever.
//! - **Key**: the verifying key, in the bytes in which its makers publish it ([`KeyBytes`]). They say whether it is
//!   from a ceremony, or from one party's randomness and for development alone. A chain for production takes no
//!   development key ([`Config::IsDevelopmentChain`]), its genesis included.
//! - **Relation**: what the key is for, by a digest of the circuit's constraints. It is the attesters who compare it
//!   with the circuit that they know; the chain cannot. A pallet that asks whether a proof holds names the one that it
//!   was written for.
//! - **Transcript**: what the parties of the ceremony published. The chain has its hash.
//! - **Attestation**: an institution's word that the key is that of the transcript and of the circuit. It counts while
//!   the institution is active, until it takes it back, and until the circuit is suspended.
//! - **Refusal**: why a proof is not believed ([`ProofRefusal`]).
//!
//! ## Scenario
//!
//! Five hospitals hold a ceremony for a circuit. Governance [registers](Pallet::register_circuit) its key and the
//! hash of the transcript. Each hospital verifies the transcript and [attests](Pallet::attest_circuit). When three
//! active ones did, governance [activates](Pallet::activate) the circuit, and proofs are accepted.
//!
//! Years later somebody finds that the circuit states less than it should. An emergency origin
//! [suspends](Pallet::suspend) it: every proof is refused from then on with
//! [`ProofRefusal::CircuitNotActive`], and all attestations of its key are void. The mended circuit is another version,
//! with another ceremony. A hospital that finds out about its own part in a ceremony
//! [takes back](Pallet::withdraw_attestation) its attestation; where too few are left, the circuit is suspended as well.
//!
//! ## What is checked of a proof
//!
//! In this order, the cheap before the dear, each with a refusal of its own: that the circuit is active; that its key is
//! for the relation that is asked about; how many inputs there are; that each is below the field's order; of each point
//! that its bytes are its one encoding, that it is not at infinity, on the curve, and in the subgroup of prime order; then
//! the pairing. Of a key all this is checked once, when it is registered, and that it is none of the known forgeries.
//!
//! **What is not checked here** is what the inputs mean. The caller makes them itself: the context (chain, circuit, signer,
//! request), the roots and the time. **A proof is no identifier**: anybody can change it into another one of the same
//! statement. The caller keeps nullifiers, and refuses those that it has.
//!
//! ## Data structures
//!
//! - [`Circuits`]: the versions of circuits, at most [`Config::MaxCircuits`]; none is ever removed.
//! - [`Keys`]: their keys as they were registered.
//! - [`PreparedKeys`]: the same keys, as they are verified with.
//! - [`Attestations`]: which institutions attested, at most [`Config::MaxAttestations`] each.
//!
//! ## Calls
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | [`register_circuit`](Pallet::register_circuit) | governance | [`CircuitRegistered`](Event::CircuitRegistered) |
//! | [`attest_circuit`](Pallet::attest_circuit) | the operator of an active institution | [`CircuitAttested`](Event::CircuitAttested) |
//! | [`activate`](Pallet::activate) | governance | [`CircuitActivated`](Event::CircuitActivated) |
//! | [`suspend`](Pallet::suspend) | emergency origin | [`CircuitSuspended`](Event::CircuitSuspended) |
//! | [`withdraw_attestation`](Pallet::withdraw_attestation) | the operator of an active institution | [`AttestationWithdrawn`](Event::AttestationWithdrawn), [`CircuitSuspended`](Event::CircuitSuspended) |
//!
//! Each of them leaves an entry in the audit log. Anyone can ask the view functions
//! [`check_proof`](Pallet::check_proof), [`check_proofs`](Pallet::check_proofs), [`circuit`](Pallet::circuit),
//! [`circuits`](Pallet::circuits), [`key`](Pallet::key), [`attestations`](Pallet::attestations) and
//! [`accepts_development_keys`](Pallet::accepts_development_keys).

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod coefficients;
mod curve;
mod dispatchables;
mod errors;
mod events;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod input;
mod key;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod mock_weights;
mod point;
mod registry;
#[cfg(any(feature = "runtime-benchmarks", test))]
mod simulator;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
mod verifier;
mod verify;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::{simulate, BenchmarkHelper};
pub use pallet::*;
pub use types::{
	CircuitEntry, CircuitRecord, CircuitStatus, KeyBytes, KeyOrigin, PreparedKey, MAX_KEY_BYTES,
};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;
#[cfg(doc)]
use hdx_primitives::{ProofRefusal, ProofVerifier};

// The macros' own code holds `expect`. So that the lint still guards what is written by hand, the calls hand over
// to other files at once.
#[allow(clippy::expect_used)]
#[import_section(dispatchables::call_list)]
#[import_section(errors::error_list)]
#[import_section(events::event_list)]
#[frame_support::pallet]
pub mod pallet {
	use super::{types::inputs_of, CircuitEntry, CircuitRecord, KeyBytes, PreparedKey, WeightInfo};
	use alloc::vec::Vec;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{
		AccountId, AuditSink, CircuitVersion, InstitutionId, Proof, ProofBatch, ProofRefusal,
		ProofVerifier, ProviderDirectory, PublicInputs, H256, MAX_PROOF_BATCH, MAX_PUBLIC_INPUTS,
	};

	/// The layout of the storage below.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime decides for the pallet.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>, AccountId = AccountId>
	{
		/// Who registers circuits and activates them.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who suspends circuits.
		type EmergencyOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Which institutions there are, and who operates them.
		type Providers: ProviderDirectory;

		/// The log.
		type Audit: AuditSink;

		/// Whether keys for development are accepted, of which whoever made them can prove what is false. No constant
		/// of the metadata, so that a runtime which serves both kinds of chains can tell by its state.
		type IsDevelopmentChain: Get<bool>;

		/// By how many active institutions a key must be attested before its circuit is activated. At least one.
		#[pallet::constant]
		type MinAttestations: Get<u32>;

		/// Most institutions that can attest a key.
		#[pallet::constant]
		type MaxAttestations: Get<u32>;

		/// Most versions of circuits.
		#[pallet::constant]
		type MaxCircuits: Get<u32>;

		/// What the calls, and verifying, cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: super::BenchmarkHelper;
	}

	/// The versions of circuits.
	#[pallet::storage]
	pub type Circuits<T: Config> =
		CountedStorageMap<_, Twox64Concat, CircuitVersion, CircuitRecord, OptionQuery>;

	/// Their keys, as they were registered.
	#[pallet::storage]
	pub type Keys<T: Config> = StorageMap<_, Twox64Concat, CircuitVersion, KeyBytes, OptionQuery>;

	/// The same keys, as they are verified with.
	#[pallet::storage]
	pub type PreparedKeys<T: Config> =
		StorageMap<_, Twox64Concat, CircuitVersion, PreparedKey, OptionQuery>;

	/// Which institutions attested the keys, each once, in the order in which they did.
	#[pallet::storage]
	pub type Attestations<T: Config> = StorageMap<
		_,
		Twox64Concat,
		CircuitVersion,
		BoundedVec<InstitutionId, T::MaxAttestations>,
		ValueQuery,
	>;

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// Most public inputs of a circuit.
		fn max_public_inputs() -> u32 {
			MAX_PUBLIC_INPUTS
		}

		/// Most proofs that are verified at once.
		fn max_proof_batch() -> u32 {
			MAX_PROOF_BATCH
		}
	}

	/// Circuits with which a chain starts. They are registered, and neither attested nor active.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Circuit, version, key, and the hash of the ceremony's transcript.
		pub circuits: Vec<(u32, u32, Vec<u8>, [u8; 32])>,
		/// Says for which runtime.
		#[serde(skip)]
		pub config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (circuit, version, key, transcript) in &self.circuits {
				let circuit = CircuitVersion {
					circuit: hdx_primitives::CircuitId(*circuit),
					version: *version,
				};
				let registered = KeyBytes::try_from(key.clone())
					.map_err(|_| Error::<T>::KeyOfWrongLength)
					.and_then(|key| Pallet::<T>::insert(circuit, key, H256(*transcript)));
				// A chain must not start with a circuit whose proofs anybody can forge.
				assert!(
					registered.is_ok(),
					"each circuit of the genesis needs a key of its own that this chain accepts: {:?}",
					registered.err()
				);
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MinAttestations::get() > 0, "a key that nobody attested is worth nothing");
			assert!(
				T::MinAttestations::get() <= T::MaxAttestations::get(),
				"as many attestations as are needed must be counted"
			);
			assert!(T::MaxCircuits::get() > 0, "there must be room for a circuit");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Whether a proof would be accepted at this block, and why not. What its inputs mean is for the pallet to
		/// say that it is meant for.
		pub fn check_proof(
			circuit: CircuitVersion,
			proof: Proof,
			inputs: PublicInputs,
		) -> Result<(), ProofRefusal> {
			<Self as ProofVerifier>::verify(circuit, Self::relation(circuit), &proof, &inputs)
		}

		/// Whether all proofs of a batch would be accepted at this block, at once as pallets have them verified, and why
		/// not. Which one would not is not told; `check_proof` says it of each.
		pub fn check_proofs(
			circuit: CircuitVersion,
			statements: ProofBatch,
		) -> Result<(), ProofRefusal> {
			<Self as ProofVerifier>::verify_batch(circuit, Self::relation(circuit), &statements)
		}

		/// Whether this chain accepts keys for development. If so, its proofs prove nothing to anybody who did not make
		/// the keys.
		pub fn accepts_development_keys() -> bool {
			T::IsDevelopmentChain::get()
		}

		/// A version of a circuit. `None`: it is not registered.
		pub fn circuit(circuit: CircuitVersion) -> Option<CircuitRecord> {
			Circuits::<T>::get(circuit)
		}

		/// All versions of circuits, by number and version.
		pub fn circuits() -> Vec<CircuitEntry> {
			let mut circuits: Vec<_> = Circuits::<T>::iter()
				.map(|(circuit, record)| CircuitEntry { circuit, record })
				.collect();
			circuits.sort_by_key(|entry| entry.circuit);
			circuits
		}

		/// The key of a version of a circuit, as it was registered.
		pub fn key(circuit: CircuitVersion) -> Option<KeyBytes> {
			Keys::<T>::get(circuit)
		}

		/// Which institutions attested a key, whether they are active or not, in the order in which they did.
		pub fn attestations(circuit: CircuitVersion) -> Vec<InstitutionId> {
			Attestations::<T>::get(circuit).into_inner()
		}
	}
}
