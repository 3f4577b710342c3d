//! What can be called: a section of the pallet. What the calls do is in `consents.rs`.

use frame_support::pallet_macros::pallet_section;

/// The calls of the pallet.
#[pallet_section]
mod call_list {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Appends a consent by its leaf, with the proof that whoever it says gave it did (circuit `consent_grant`, in this
		/// version). The proof is bound to the chain, the signer and the leaf: whoever shall send it is named when it is
		/// made, and need not be the patient.
		///
		/// Signed by anybody for whom some institution answers.
		///
		/// # Errors
		///
		/// - [`Error::InputTooLarge`], [`Error::EmptyLeaf`], [`Error::AlreadyAppended`], [`Error::NoRoom`]
		/// - why the proof is refused: [`Error::CircuitUnknown`], [`Error::CircuitNotActive`], [`Error::WrongRelation`],
		///   [`Error::WrongArity`], [`Error::PointMalformed`], [`Error::PointAtInfinity`], [`Error::PointOffCurve`],
		///   [`Error::PointOutsideSubgroup`], [`Error::NotProven`], [`Error::KeyDamaged`]
		/// - [`Error::StateDamaged`]
		///
		/// # Events
		///
		/// [`Event::ConsentAppended`]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::append())]
		pub fn append(
			origin: OriginFor<T>,
			leaf: PublicInput,
			version: u32,
			proof: Proof,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_append(signer, leaf, version, &proof)
		}

		/// Revokes a consent, with the proof that the signer acts for whoever gave it (circuit `consent_revoke`, in this
		/// version) about the root of a snapshot that counts. The proof is bound to the chain, the signer and the place.
		///
		/// Signed by anybody for whom some institution answers.
		///
		/// # Errors
		///
		/// - [`Error::ConsentUnknown`], [`Error::AlreadyRevoked`]
		/// - [`Error::SnapshotUnknown`], [`Error::SnapshotTooOld`], [`Error::NotInSnapshot`]
		/// - why the proof is refused, as for [`append`](Self::append)
		/// - [`Error::StateDamaged`]
		///
		/// # Events
		///
		/// [`Event::ConsentRevoked`]
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::revoke())]
		pub fn revoke(
			origin: OriginFor<T>,
			index: ShieldedIndex,
			snapshot: u32,
			version: u32,
			proof: Proof,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_revoke(signer, index, snapshot, version, &proof)
		}

		/// Revokes a consent without a proof: for patients who lost their secret, and for courts.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// - [`Error::ConsentUnknown`], [`Error::AlreadyRevoked`]
		/// - [`Error::StateDamaged`]
		///
		/// # Events
		///
		/// [`Event::ConsentRevoked`]
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::revoke_by_governance())]
		pub fn revoke_by_governance(origin: OriginFor<T>, index: ShieldedIndex) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_revoke_by_governance(index)
		}

		/// Registers the tag that proofs of access know the signer by, in the place of the one before.
		///
		/// A tag is one practitioner's for ever, given up or not, as whoever knows its secret can use the consents for it. A
		/// practitioner who goes on under another account takes it along.
		///
		/// Signed by a practitioner who may practise for this institution in this role.
		///
		/// # Errors
		///
		/// [`Error::NotATag`], [`Error::NotAPractitioner`], [`Error::TagTaken`], [`Error::TagUnchanged`]
		///
		/// # Events
		///
		/// [`Event::TagRegistered`]
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::register_tag())]
		pub fn register_tag(
			origin: OriginFor<T>,
			on_behalf_of: InstitutionId,
			role: Role,
			tag: PublicInput,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_register_tag(signer, on_behalf_of, role, tag)
		}

		/// Gives a class of data the next category, for ever.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// [`Error::CategoryExists`], [`Error::NoCategoryLeft`]
		///
		/// # Events
		///
		/// [`Event::CategoryAppended`]
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::append_category())]
		pub fn append_category(origin: OriginFor<T>, class: Code) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_append_category(class)
		}
	}
}
