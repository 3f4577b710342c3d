//! What can be called: a section of the pallet. What the calls do is in `registry.rs`.

use frame_support::pallet_macros::pallet_section;

/// The calls of the pallet.
#[pallet_section]
mod call_list {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers a version of a circuit with its key, for ever. No proof of it is accepted yet.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// - [`Error::AlreadyRegistered`], [`Error::TooManyCircuits`]
		/// - [`Error::KeyOfWrongLength`], [`Error::KeyOriginUnknown`], [`Error::KeyForDevelopment`]
		/// - [`Error::KeyPointMalformed`], [`Error::KeyPointAtInfinity`], [`Error::KeyPointOffCurve`],
		///   [`Error::KeyPointOutsideSubgroup`]
		/// - [`Error::KeyDeltaIsGamma`], [`Error::KeyDeltaIsGenerator`]
		///
		/// # Events
		///
		/// [`Event::CircuitRegistered`]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register_circuit(inputs_of(key)))]
		pub fn register_circuit(
			origin: OriginFor<T>,
			circuit: CircuitVersion,
			key: KeyBytes,
			transcript: H256,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_register(circuit, key, transcript)
		}

		/// Says for the signer's institution that the key is that of the ceremony with this transcript, and for
		/// the circuit that it ought to be for: that the institution verified the transcript, or contributed to it.
		/// What is attested is named, so that an attestation can never count for another key.
		///
		/// Signed by the operator of an active institution.
		///
		/// # Errors
		///
		/// - [`Error::NotAnOperator`]
		/// - [`Error::CircuitUnknown`], [`Error::RegistrationMismatch`]
		/// - [`Error::AlreadyAttested`], [`Error::TooManyAttestations`]
		///
		/// # Events
		///
		/// [`Event::CircuitAttested`]
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::attest_circuit())]
		pub fn attest_circuit(
			origin: OriginFor<T>,
			circuit: CircuitVersion,
			key: H256,
			transcript: H256,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_attest(signer, circuit, key, transcript)
		}

		/// Lets proofs of a circuit be accepted, for the first time or after a suspension. As many institutions as
		/// are needed must have attested its key, and be active now.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// - [`Error::CircuitUnknown`], [`Error::AlreadyActive`]
		/// - [`Error::KeyForDevelopment`]
		/// - [`Error::NotEnoughAttestations`]
		///
		/// # Events
		///
		/// [`Event::CircuitActivated`]
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::activate())]
		pub fn activate(origin: OriginFor<T>, circuit: CircuitVersion) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_activate(circuit)
		}

		/// Refuses all proofs of a circuit at once, until governance activates it again. All attestations of its key
		/// are void: they were given before whatever this is about was known.
		///
		/// By [`Config::EmergencyOrigin`].
		///
		/// # Errors
		///
		/// - [`Error::CircuitUnknown`], [`Error::NotActive`]
		///
		/// # Events
		///
		/// [`Event::CircuitSuspended`]
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::suspend())]
		pub fn suspend(origin: OriginFor<T>, circuit: CircuitVersion) -> DispatchResult {
			T::EmergencyOrigin::ensure_origin(origin)?;
			Self::do_suspend(circuit)
		}

		/// Takes back what the signer's institution said of a key. A circuit that is active, and that fewer active
		/// institutions stand behind then than it took, is suspended at once. It may attest again.
		///
		/// Signed by the operator of an active institution.
		///
		/// # Errors
		///
		/// - [`Error::NotAnOperator`]
		/// - [`Error::CircuitUnknown`], [`Error::NotAttested`]
		///
		/// # Events
		///
		/// [`Event::AttestationWithdrawn`], [`Event::CircuitSuspended`]
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::withdraw_attestation())]
		pub fn withdraw_attestation(
			origin: OriginFor<T>,
			circuit: CircuitVersion,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_withdraw(signer, circuit)
		}
	}
}
