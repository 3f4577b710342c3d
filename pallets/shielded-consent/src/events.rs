//! What happens: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod event_list {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A consent was appended. The next snapshot knows it.
		ConsentAppended {
			/// Its place.
			index: ShieldedIndex,
			/// Its leaf.
			leaf: PublicInput,
		},
		/// A consent was revoked. The next snapshot knows it; until the last one before it grew too old, a proof about
		/// that one still counts.
		ConsentRevoked {
			/// Its place.
			index: ShieldedIndex,
		},
		/// What is stored of a tree cannot be read. No proof about it counts until it can be again.
		TreeDamaged {
			/// The number of the tree.
			tree: u32,
		},
		/// A practitioner registered the tag that proofs of access know them by from now on.
		TagRegistered {
			/// The practitioner.
			provider: AccountId,
			/// The tag.
			tag: PublicInput,
		},
		/// A class of data got a category, which shielded consents can name.
		CategoryAppended {
			/// The class.
			class: Code,
			/// Its place in consents.
			place: u8,
		},
	}
}
