//! What can be called: a section of the pallet. What the calls do is in the file of their subject.

use frame_support::pallet_macros::pallet_section;

/// The calls of the pallet.
#[pallet_section]
mod call_list {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Creates the signer's DID, in version 1, with its first keys, none or some.
		///
		/// Signed by any account that exists.
		///
		/// # Errors
		///
		/// - [`Error::AccountUnknown`]
		/// - [`Error::AlreadyCreated`], [`Error::AccountRetired`]
		/// - those that [`add_key`](Self::add_key) has about a key
		///
		/// # Events
		///
		/// [`Event::DidCreated`], [`Event::KeyAdded`] for each key
		#[pallet::call_index(0)]
		#[pallet::weight(weights::create::<T::WeightInfo>(keys))]
		pub fn create(
			origin: OriginFor<T>,
			keys: BoundedVec<NewKey, ConstU32<MAX_KEYS>>,
		) -> DispatchResult {
			let subject = ensure_signed(origin)?;
			Self::do_create(subject, keys.into_inner())
		}

		/// Lists a key, in force from the time of this block on.
		///
		/// Signed by who controls the DID.
		///
		/// # Errors
		///
		/// - [`Error::DidUnknown`], [`Error::NotInControl`], [`Error::AccountRetired`],
		///   [`Error::DidIsDeactivated`]
		/// - [`Error::VersionMismatch`], [`Error::NoVersionLeft`]
		/// - [`Error::TooManyKeys`]
		/// - [`Error::NoRelationship`], [`Error::RelationshipNotForScheme`]
		/// - [`Error::KeyAlreadyListed`]
		/// - [`Error::KeyOfWrongLength`], [`Error::KeyNotCanonical`], [`Error::KeyNotAPoint`],
		///   [`Error::KeyOfLowOrder`], [`Error::KeyCoefficientTooLarge`], [`Error::KeyAllZero`]: it
		///   is no public key that anybody should use
		///
		/// # Events
		///
		/// [`Event::KeyAdded`]
		#[pallet::call_index(1)]
		#[pallet::weight(weights::add_key::<T::WeightInfo>(material.scheme()))]
		pub fn add_key(
			origin: OriginFor<T>,
			subject: AccountId,
			expected_version: u32,
			material: KeyMaterial,
			relationships: Relationships,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			let key = NewKey { material, relationships };
			Self::do_add_key(signer, subject, expected_version, key)
		}

		/// Ends a key at the time of this block. It stays listed.
		///
		/// Signed by who controls the DID.
		///
		/// # Errors
		///
		/// - [`Error::DidUnknown`], [`Error::NotInControl`], [`Error::AccountRetired`],
		///   [`Error::DidIsDeactivated`]
		/// - [`Error::VersionMismatch`], [`Error::NoVersionLeft`]
		/// - [`Error::KeyUnknown`], [`Error::KeyAlreadyEnded`]
		///
		/// # Events
		///
		/// [`Event::KeyEnded`]
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::end_key())]
		pub fn end_key(
			origin: OriginFor<T>,
			subject: AccountId,
			expected_version: u32,
			key: KeyIndex,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_end_key(signer, subject, expected_version, key)
		}

		/// Ends a key and lists another, for the same relationships, in its place. There is no
		/// moment at which both or neither of them are in force.
		///
		/// Signed by who controls the DID.
		///
		/// # Errors
		///
		/// Those of [`end_key`](Self::end_key) and of [`add_key`](Self::add_key).
		///
		/// # Events
		///
		/// [`Event::KeyEnded`], [`Event::KeyAdded`]
		#[pallet::call_index(3)]
		#[pallet::weight(weights::rotate_key::<T::WeightInfo>(material.scheme()))]
		pub fn rotate_key(
			origin: OriginFor<T>,
			subject: AccountId,
			expected_version: u32,
			key: KeyIndex,
			material: KeyMaterial,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_rotate_key(signer, subject, expected_version, key, material)
		}

		/// Lets another account change the document, and deactivate the DID.
		///
		/// Signed by the subject.
		///
		/// # Errors
		///
		/// - [`Error::DidUnknown`], [`Error::NotInControl`], [`Error::AccountRetired`],
		///   [`Error::DidIsDeactivated`]
		/// - [`Error::VersionMismatch`], [`Error::NoVersionLeft`]
		/// - [`Error::OnlyTheSubject`]
		/// - [`Error::SubjectAsController`], [`Error::AlreadyController`]
		/// - [`Error::AccountUnknown`]
		/// - [`Error::TooManyControllers`]
		///
		/// # Events
		///
		/// [`Event::ControllerAdded`]
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::add_controller())]
		pub fn add_controller(
			origin: OriginFor<T>,
			subject: AccountId,
			expected_version: u32,
			controller: AccountId,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_add_controller(signer, subject, expected_version, controller)
		}

		/// Takes an account's power over the document away.
		///
		/// Signed by the subject, or by that controller, who resigns.
		///
		/// # Errors
		///
		/// - [`Error::DidUnknown`], [`Error::NotInControl`], [`Error::AccountRetired`],
		///   [`Error::DidIsDeactivated`]
		/// - [`Error::VersionMismatch`], [`Error::NoVersionLeft`]
		/// - [`Error::OnlyTheSubject`]
		/// - [`Error::NotAController`]
		///
		/// # Events
		///
		/// [`Event::ControllerRemoved`]
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::remove_controller())]
		pub fn remove_controller(
			origin: OriginFor<T>,
			subject: AccountId,
			expected_version: u32,
			controller: AccountId,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_remove_controller(signer, subject, expected_version, controller)
		}

		/// Lists a service, or changes what the service of that id says. Public for ever: no health
		/// data, and nothing that tells who the subject is.
		///
		/// Signed by who controls the DID.
		///
		/// # Errors
		///
		/// - [`Error::DidUnknown`], [`Error::NotInControl`], [`Error::AccountRetired`],
		///   [`Error::DidIsDeactivated`]
		/// - [`Error::VersionMismatch`], [`Error::NoVersionLeft`]
		/// - [`Error::ServiceIdMalformed`], [`Error::ServiceIdReserved`],
		///   [`Error::ServiceTypeMalformed`], [`Error::EndpointMalformed`]
		/// - [`Error::ServiceUnchanged`]
		/// - [`Error::TooManyServices`]
		///
		/// # Events
		///
		/// [`Event::ServiceSet`]
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::set_service())]
		pub fn set_service(
			origin: OriginFor<T>,
			subject: AccountId,
			expected_version: u32,
			service: Service,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_set_service(signer, subject, expected_version, service)
		}

		/// Removes a service.
		///
		/// Signed by who controls the DID.
		///
		/// # Errors
		///
		/// - [`Error::DidUnknown`], [`Error::NotInControl`], [`Error::AccountRetired`],
		///   [`Error::DidIsDeactivated`]
		/// - [`Error::VersionMismatch`], [`Error::NoVersionLeft`]
		/// - [`Error::ServiceUnknown`]
		///
		/// # Events
		///
		/// [`Event::ServiceRemoved`]
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::remove_service())]
		pub fn remove_service(
			origin: OriginFor<T>,
			subject: AccountId,
			expected_version: u32,
			service: ServiceId,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_remove_service(signer, subject, expected_version, service)
		}

		/// Deactivates a DID for ever, at the time of this block. All its keys end with it; the
		/// document stays readable.
		///
		/// Signed by who controls the DID.
		///
		/// # Errors
		///
		/// - [`Error::DidUnknown`], [`Error::NotInControl`], [`Error::AccountRetired`],
		///   [`Error::DidIsDeactivated`]
		/// - [`Error::VersionMismatch`], [`Error::NoVersionLeft`]
		///
		/// # Events
		///
		/// [`Event::DidDeactivated`]
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::deactivate())]
		pub fn deactivate(
			origin: OriginFor<T>,
			subject: AccountId,
			expected_version: u32,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_deactivate(signer, subject, expected_version)
		}
	}
}
