//! # Decentralised identifiers
//!
//! Which public keys belong to an account, what each may be used for, and since and until when.
//!
//! ## Overview
//!
//! Every account that the chain knows (a patient's, a practitioner's, an operator's) can have one
//! DID, `did:hdx:<chain>:<account>` (syntax: [`hdx_primitives::did`]), with a document in the sense
//! of W3C DID Core 1.0: keys, services, controllers. From here others take the keys to which they
//! wrap the keys of a record, and those by which they verify what somebody signed. The account's own
//! key signs transactions and need not be among them.
//!
//! **Everything here is public, for ever, and pseudonymous at best. Put no health data, no name, no
//! address of a person and nothing that leads to them into a service or an endpoint.** What was put
//! there once stays in the blocks after it was removed.
//!
//! ## Terminology
//!
//! - **Subject**: the account whose DID it is. It always controls its DID; nobody can take that away.
//! - **Controller**: another account that the subject lets change the document: its hospital's
//!   operator, or a second device. A controller may do all that the subject may, deactivation
//!   included, but for naming and removing controllers. It may resign.
//! - **Key**: a public key with its [relationships](Relationships) (what it may be used for) and the
//!   interval in which it was in force. A key that has ended stays listed: what was signed
//!   before can be verified after. It never comes back.
//! - **In force**: begun, not ended, and the DID not deactivated by then.
//! - **Version**: one for a new document, one more with each change. A change names the version that
//!   it was made for and fails at any other, so no change is applied twice or over another that its
//!   author did not see; the nonce of an account that was reaped and comes back starts anew, the
//!   version does not.
//! - **Fingerprint**: the BLAKE2-256 of a public key's bytes.
//! - **Deactivation**: the end of a DID. Its document stays readable and never changes again; its
//!   keys have ended by that, without being touched. It happens by itself to the DID of an account
//!   that is given up because a practitioner goes on under another account, or governance gives what it
//!   was registered for to another one. Such an account, whose key may be stolen, controls no DID of
//!   others any more and creates none. A patient's DID is not touched by that.
//!
//! ## Scenario
//!
//! A physician is enrolled and [creates](Pallet::create) a DID with two keys: an ML-DSA-65 key for
//! assertions and an X-Wing key for key agreement. A custodian asks
//! [`KeyDirectory::key_agreement`] and wraps the keys of a record's sections to the second.
//!
//! A year later the physician [rotates](Pallet::rotate_key) the X-Wing key. New wraps go to the new
//! one. The physician's phone is stolen; [`end_key`](Pallet::end_key) closes the interval of the
//! ML-DSA-65 key. It goes through although the hospital's quota is spent. Reports that were signed
//! while it was in force are still verified by [`key_at`](Pallet::key_at), with the time of
//! signing; one that is dated later is not.
//!
//! A patient who fears to lose the phone [adds](Pallet::add_controller) the hospital's operator as a
//! controller. The phone is lost, the operator [deactivates](Pallet::deactivate) the DID. The
//! patient sees both in the audit log.
//!
//! ## Rules
//!
//! - **Keys are checked as far as their bytes tell** ([`KeyMaterial::check`]): length, canonical
//!   encoding, points on the curve and of prime order, reduced coefficients. That somebody holds the
//!   private half they do not tell, and anybody can list anybody's public key. What is signed must
//!   therefore name the DID for which it is signed.
//! - **A key does what its scheme can do**: X25519 and X-Wing keys agree on keys, the others sign.
//! - **No public key is listed twice by one DID**, under whatever scheme and relationships, ended or
//!   not.
//! - **Time is the block's**, in milliseconds. A key that is added and ended in one block was never
//!   in force.
//! - **All is bounded.** A DID has at most [`MAX_KEYS`] keys, those ended included,
//!   [`MAX_CONTROLLERS`] controllers and [`MAX_SERVICES`] services: at most 66 147 bytes of values.
//!   Only accounts that exist have one, one each, and each change is a call that the quota counts.
//!
//! ## Data structures
//!
//! - [`Documents`]: by subject; none is ever removed.
//! - [`Keys`]: by subject and index, counted from zero and without gaps; none is ever removed.
//! - [`KeysByFingerprint`]: the same keys, found by fingerprint.
//!
//! ## Calls
//!
//! "Who controls it" is the subject, or one of the controllers.
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | [`create`](Pallet::create) | any account that exists, for itself | [`DidCreated`](Event::DidCreated), [`KeyAdded`](Event::KeyAdded) for each key |
//! | [`add_key`](Pallet::add_key) | who controls it | [`KeyAdded`](Event::KeyAdded) |
//! | [`end_key`](Pallet::end_key) | who controls it | [`KeyEnded`](Event::KeyEnded) |
//! | [`rotate_key`](Pallet::rotate_key) | who controls it | [`KeyEnded`](Event::KeyEnded), [`KeyAdded`](Event::KeyAdded) |
//! | [`add_controller`](Pallet::add_controller) | the subject | [`ControllerAdded`](Event::ControllerAdded) |
//! | [`remove_controller`](Pallet::remove_controller) | the subject, or that controller | [`ControllerRemoved`](Event::ControllerRemoved) |
//! | [`set_service`](Pallet::set_service) | who controls it | [`ServiceSet`](Event::ServiceSet) |
//! | [`remove_service`](Pallet::remove_service) | who controls it | [`ServiceRemoved`](Event::ServiceRemoved) |
//! | [`deactivate`](Pallet::deactivate) | who controls it | [`DidDeactivated`](Event::DidDeactivated) |
//!
//! Each of them leaves an entry in the audit log, about the patient where the subject is one; a
//! rotation leaves two, of the key that ended and of the one that was added.
//!
//! Anyone can ask, free of charge and at any block whose state is kept: the view functions, of which
//! [`resolve`](Pallet::resolve) tells everything at once.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod change;
mod controllers;
mod directory;
mod dispatchables;
mod documents;
mod errors;
mod events;
mod keys;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod mock_weights;
mod services;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod weights;

pub use pallet::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;
#[cfg(doc)]
use hdx_primitives::{
	did::{KeyMaterial, Relationships, MAX_CONTROLLERS, MAX_KEYS, MAX_SERVICES},
	KeyDirectory,
};

// The macros' own code holds `expect`. So that the lint still guards what is written by hand, the
// calls hand over to other files at once.
#[allow(clippy::expect_used)]
#[import_section(dispatchables::call_list)]
#[import_section(errors::error_list)]
#[import_section(events::event_list)]
#[frame_support::pallet]
pub mod pallet {
	use super::{weights, WeightInfo};
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{
		did::{
			Did, DidResolution, Document, Key, KeyEntries, KeyEntry, KeyFingerprint, KeyIndex,
			KeyMaterial, KeyScheme, MaterialError, NewKey, Relationship, Relationships, Service,
			ServiceError, ServiceId, MAX_CONTROLLERS, MAX_KEYS, MAX_SERVICES,
		},
		AccountId, AuditSink, KeyDirectory, Milliseconds, PatientDirectory, RetiredAccounts, H256,
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
		frame_system::Config<RuntimeEvent: From<Event<Self>>, AccountId = AccountId, Hash = H256>
	{
		/// Which accounts are patients: what is done about their DIDs is logged as done about them.
		type Patients: PatientDirectory;

		/// Which accounts were given up for another one. They change no DID any more.
		type Accounts: RetiredAccounts;

		/// The log.
		type Audit: AuditSink;

		/// The time of the block, in milliseconds since the Unix epoch.
		type Timestamp: Time<Moment = u64>;

		/// What the calls cost.
		type WeightInfo: WeightInfo;
	}

	/// The documents, by subject.
	#[pallet::storage]
	pub type Documents<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, Document, OptionQuery>;

	/// The keys, by subject. The end of a key that a deactivation ended is the document's.
	#[pallet::storage]
	pub type Keys<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, AccountId, Twox64Concat, KeyIndex, Key, OptionQuery>;

	/// The same keys, by subject and fingerprint.
	#[pallet::storage]
	pub type KeysByFingerprint<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		AccountId,
		Identity,
		KeyFingerprint,
		KeyIndex,
		OptionQuery,
	>;

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// Most keys of one DID, those that have ended included.
		fn max_keys() -> u32 {
			MAX_KEYS
		}

		/// Most controllers of one DID besides its subject.
		fn max_controllers() -> u32 {
			MAX_CONTROLLERS
		}

		/// Most services of one DID.
		fn max_services() -> u32 {
			MAX_SERVICES
		}
	}

	impl<T> From<MaterialError> for Error<T> {
		fn from(error: MaterialError) -> Self {
			match error {
				MaterialError::WrongLength => Self::KeyOfWrongLength,
				MaterialError::NotCanonical => Self::KeyNotCanonical,
				MaterialError::NotAPoint => Self::KeyNotAPoint,
				MaterialError::LowOrder => Self::KeyOfLowOrder,
				MaterialError::CoefficientTooLarge => Self::KeyCoefficientTooLarge,
				MaterialError::AllZero => Self::KeyAllZero,
			}
		}
	}

	impl<T> From<ServiceError> for Error<T> {
		fn from(error: ServiceError) -> Self {
			match error {
				ServiceError::IdMalformed => Self::ServiceIdMalformed,
				ServiceError::IdReserved => Self::ServiceIdReserved,
				ServiceError::TypeMalformed => Self::ServiceTypeMalformed,
				ServiceError::EndpointMalformed => Self::EndpointMalformed,
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The DID of an account on this chain, whether it was created or not.
		pub fn did(account: AccountId) -> Did {
			Self::did_of(account)
		}

		/// The document of an account's DID.
		pub fn document(account: AccountId) -> Option<Document> {
			Documents::<T>::get(account)
		}

		/// The keys of an account's DID, those that have ended included, in the order they were
		/// added.
		pub fn keys(account: AccountId) -> KeyEntries {
			Self::all_keys(&account)
		}

		/// The key that was in force at `at` for a relationship. Of several the one added last; for
		/// key agreement an X-Wing key before any other. What is asked about the future is answered
		/// as if nothing changed until then.
		pub fn key_at(
			account: AccountId,
			relationship: Relationship,
			at: Milliseconds,
		) -> Option<KeyEntry> {
			Self::preferred_key(&account, relationship, at)
		}

		/// All keys that were in force at `at` for a relationship, in the order they were added.
		pub fn keys_at(
			account: AccountId,
			relationship: Relationship,
			at: Milliseconds,
		) -> Vec<KeyEntry> {
			<Self as KeyDirectory>::keys_at(&account, relationship, at)
		}

		/// The key with this fingerprint.
		pub fn key_by_fingerprint(
			account: AccountId,
			fingerprint: KeyFingerprint,
		) -> Option<KeyEntry> {
			let index = KeysByFingerprint::<T>::get(&account, fingerprint)?;
			Self::key(&account, &Documents::<T>::get(&account)?, index)
		}

		/// All that there is to an account's DID, deactivated or not. `None`: it was never created.
		pub fn resolve(account: AccountId) -> Option<DidResolution> {
			Self::resolution(account)
		}
	}
}
