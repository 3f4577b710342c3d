//! What happens: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod event_list {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A licence was entered. Proofs about the root from now on know it.
		LicenceEntered {
			/// Its place in the tree.
			place: u32,
			/// The licence.
			licence: CredentialId,
			/// The practitioner whose it is.
			practitioner: AccountId,
			/// Its leaf.
			leaf: PublicInput,
			/// The leaf in whose place it came. `None`: the licence was not in the tree.
			replaced: Option<PublicInput>,
			/// The root from now on.
			root: PublicInput,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A licence was removed. Proofs about roots from before count until these are too old.
		LicenceRemoved {
			/// The place in the tree, which is empty now.
			place: u32,
			/// The licence.
			licence: CredentialId,
			/// The leaf that was there.
			leaf: PublicInput,
			/// The root from now on.
			root: PublicInput,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// An auditor was appointed: identities are encrypted with this key from now on, and with none of before.
		AuditorAppointed {
			/// The auditor's number.
			number: u32,
			/// The key.
			key: [u8; 32],
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// The auditor in office was dismissed. Until another one is appointed, no identity can be encrypted.
		AuditorDismissed {
			/// The auditor's number.
			number: u32,
			/// The entry of the log.
			entry: EntryIndex,
		},
	}
}
