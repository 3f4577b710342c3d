//! What can be called: a section of the pallet. What the calls do is in `licences.rs` and `auditors.rs`.

use frame_support::pallet_macros::pallet_section;

/// The calls of the pallet.
#[pallet_section]
mod call_list {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Enters the hash of a licence into the tree, at the place of the one before where the licence is there already. So
		/// it is renewed, and so a lost secret is replaced. Of one licence, a leaf in [`Config::LeafInterval`] at most.
		///
		/// The chain cannot see what is in the hash: the issuer answers for it, as for the licence itself.
		///
		/// Signed by the trusted issuer who attested the licence.
		///
		/// # Errors
		///
		/// - [`Error::LeafTooLarge`], [`Error::EmptyLeaf`], [`Error::LeafUsed`]
		/// - [`Error::NotItsIssuer`], [`Error::LicenceDoesNotStand`], [`Error::EnteredLately`]
		/// - [`Error::NoRoom`], [`Error::StateDamaged`]
		///
		/// # Events
		///
		/// [`Event::LicenceEntered`]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::enter_licence())]
		pub fn enter_licence(
			origin: OriginFor<T>,
			practitioner: AccountId,
			licence: CredentialId,
			leaf: PublicInput,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_enter(signer, practitioner, licence, leaf)
		}

		/// Takes a licence out of the tree.
		///
		/// Signed by the trusted issuer who attested it; by anybody for whom some institution answers, where it does not
		/// stand any more: it was revoked or suspended, its time is over, or its holder may not practise or goes on under
		/// another account.
		///
		/// # Errors
		///
		/// [`Error::LicenceNotEntered`], [`Error::LicenceStands`], [`Error::StateDamaged`]
		///
		/// # Events
		///
		/// [`Event::LicenceRemoved`]
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::remove_licence())]
		pub fn remove_licence(origin: OriginFor<T>, licence: CredentialId) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_remove(signer, licence)
		}

		/// Takes a licence out of the tree, whatever its issuer says.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// [`Error::LicenceNotEntered`], [`Error::StateDamaged`]
		///
		/// # Events
		///
		/// [`Event::LicenceRemoved`]
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::remove_licence_by_governance())]
		pub fn remove_licence_by_governance(
			origin: OriginFor<T>,
			licence: CredentialId,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_remove_by_governance(licence)
		}

		/// Appoints the auditor with this key, in the place of the one in office. Whoever was appointed before still reads
		/// what was encrypted for them.
		///
		/// The chain cannot tell whether anybody knows the key's secret: governance has the auditor show that first.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// [`Error::NotAnAuditorKey`], [`Error::AuditorKeyUsed`], [`Error::NoAuditorNumberLeft`]
		///
		/// # Events
		///
		/// [`Event::AuditorAppointed`]
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::appoint_auditor())]
		pub fn appoint_auditor(origin: OriginFor<T>, key: [u8; 32]) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_appoint(key)
		}

		/// Dismisses the auditor in office, and appoints none.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// [`Error::NoAuditor`]
		///
		/// # Events
		///
		/// [`Event::AuditorDismissed`]
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::dismiss_auditor())]
		pub fn dismiss_auditor(origin: OriginFor<T>) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_dismiss()
		}
	}
}
