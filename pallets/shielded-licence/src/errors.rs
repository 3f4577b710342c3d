//! Why calls are refused: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod error_list {
	/// Why a call was refused.
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// The signer is not the trusted issuer who attested this licence of this practitioner, or may not act.
		NotItsIssuer,
		/// The licence does not stand now, or its holder may not practise.
		LicenceDoesNotStand,
		/// The leaf is not below the field's order.
		LeafTooLarge,
		/// Zero marks an empty leaf and cannot be entered.
		EmptyLeaf,
		/// This leaf was entered before. Each is entered once, ever, whether it was removed or not; draw another salt.
		LeafUsed,
		/// A leaf of this licence was entered lately, whether it was removed since or not. Another one can be entered later; to
		/// remove a leaf, nobody has to wait.
		EnteredLately,
		/// All places of the tree are taken.
		NoRoom,
		/// The licence is not in the tree.
		LicenceNotEntered,
		/// The licence stands: its issuer and governance alone remove it.
		LicenceStands,
		/// What is stored of the tree cannot be read: the chain's state is damaged.
		StateDamaged,
		/// The bytes are no key that an identity can be encrypted with: they are not the one encoding of a point of Jubjub in
		/// the subgroup of prime order, or everybody knows the secret.
		NotAnAuditorKey,
		/// The key is, or was, that of an auditor. Each is appointed once.
		AuditorKeyUsed,
		/// As many auditors were appointed as can be numbered.
		NoAuditorNumberLeft,
		/// No auditor is in office.
		NoAuditor,
	}
}
