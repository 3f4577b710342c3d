//! Why calls are refused: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet. Why a proof is refused, [`ProofRefusal`](hdx_primitives::ProofRefusal) says.
#[pallet_section]
mod error_list {
	/// Why a call was refused.
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// The version of the circuit is registered already. It keeps its key for ever; register another
		/// version.
		AlreadyRegistered,
		/// There are as many versions of circuits as there may be.
		TooManyCircuits,
		/// No such version of a circuit is registered.
		CircuitUnknown,
		/// The key has fewer bytes than any, or a part of a point too many, or more inputs than a circuit may
		/// have.
		KeyOfWrongLength,
		/// The key does not begin with where it comes from.
		KeyOriginUnknown,
		/// The key is for development: whoever made it can prove what is false. This chain is for production.
		KeyForDevelopment,
		/// Bytes of the key are not the one encoding of a point.
		KeyPointMalformed,
		/// A point of the key is at infinity.
		KeyPointAtInfinity,
		/// A point of the key is not on the curve.
		KeyPointOffCurve,
		/// A point of the key is not in the subgroup of prime order.
		KeyPointOutsideSubgroup,
		/// Delta of the key is gamma or its negative: anybody can prove anything.
		KeyDeltaIsGamma,
		/// Delta of the key is the generator or its negative: nobody contributed to it.
		KeyDeltaIsGenerator,
		/// The signer operates no institution, or it is suspended.
		NotAnOperator,
		/// What is attested is another key or another transcript than what is registered.
		RegistrationMismatch,
		/// The institution attested the key already.
		AlreadyAttested,
		/// As many institutions as can be counted attested the key.
		TooManyAttestations,
		/// Too few institutions that are active now attested the key.
		NotEnoughAttestations,
		/// The version of the circuit is active already.
		AlreadyActive,
		/// The version of the circuit is not active.
		NotActive,
		/// The institution did not attest the key, or its attestation is void.
		NotAttested,
	}
}
