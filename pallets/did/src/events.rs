//! What happens: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod event_list {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A DID was created, in version 1. Its keys are announced one by one.
		DidCreated {
			/// Whose.
			subject: AccountId,
		},
		/// A DID got a key, in force from now on.
		KeyAdded {
			/// Whose.
			subject: AccountId,
			/// The key.
			key: KeyIndex,
			/// Of what kind.
			scheme: KeyScheme,
			/// What it may be used for.
			relationships: Relationships,
			/// The version of the document that lists it first.
			version: u32,
			/// Who added it.
			by: AccountId,
		},
		/// A key is not in force any more.
		KeyEnded {
			/// Whose.
			subject: AccountId,
			/// The key.
			key: KeyIndex,
			/// The version of the document from now on.
			version: u32,
			/// Who ended it.
			by: AccountId,
		},
		/// An account may change the document from now on.
		ControllerAdded {
			/// Whose DID.
			subject: AccountId,
			/// Which account.
			controller: AccountId,
			/// The version of the document from now on.
			version: u32,
		},
		/// An account may not change the document any more.
		ControllerRemoved {
			/// Whose DID.
			subject: AccountId,
			/// Which account.
			controller: AccountId,
			/// The version of the document from now on.
			version: u32,
			/// Who removed it: the subject, or the controller itself.
			by: AccountId,
		},
		/// A service was added, or says something else.
		ServiceSet {
			/// Whose DID.
			subject: AccountId,
			/// Which service.
			service: ServiceId,
			/// The version of the document from now on.
			version: u32,
			/// Who set it.
			by: AccountId,
		},
		/// A service was removed.
		ServiceRemoved {
			/// Whose DID.
			subject: AccountId,
			/// Which service.
			service: ServiceId,
			/// The version of the document from now on.
			version: u32,
			/// Who removed it.
			by: AccountId,
		},
		/// A DID was deactivated, and with it all its keys.
		DidDeactivated {
			/// Whose.
			subject: AccountId,
			/// The last version of the document.
			version: u32,
			/// Who deactivated it.
			by: AccountId,
		},
	}
}
