//! What the calls, and verifying, cost.

use frame_support::weights::Weight;

/// The cost of each call, and of what other pallets ask.
pub trait WeightInfo {
	/// [`Pallet::register_circuit`](crate::Pallet::register_circuit) of a key with so many public inputs.
	fn register_circuit(inputs: u32) -> Weight;
	/// [`Pallet::attest_circuit`](crate::Pallet::attest_circuit) as the last that can be counted.
	fn attest_circuit() -> Weight;
	/// [`Pallet::activate`](crate::Pallet::activate) with as many attestations as can be counted.
	fn activate() -> Weight;
	/// [`Pallet::suspend`](crate::Pallet::suspend).
	fn suspend() -> Weight;
	/// [`Pallet::withdraw_attestation`](crate::Pallet::withdraw_attestation), which suspends a circuit that as many
	/// attested as can be counted.
	fn withdraw_attestation() -> Weight;
	/// [`ProofVerifier::verify`](hdx_primitives::ProofVerifier::verify) of so many public inputs.
	fn verify_proof(inputs: u32) -> Weight;
	/// [`ProofVerifier::verify_batch`](hdx_primitives::ProofVerifier::verify_batch) of so many proofs, with as
	/// many public inputs as there may be.
	fn verify_proofs(proofs: u32) -> Weight;
}
