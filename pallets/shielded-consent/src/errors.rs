//! Why calls are refused: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod error_list {
	/// Why a call was refused.
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// Zero marks an empty leaf and cannot be appended.
		EmptyLeaf,
		/// This leaf was appended before. Each is appended once, ever, whether it was revoked or not; draw another nonce.
		AlreadyAppended,
		/// All trees are full.
		NoRoom,
		/// No consent was appended at this place.
		ConsentUnknown,
		/// The consent is revoked.
		AlreadyRevoked,
		/// The snapshot was not taken yet.
		SnapshotUnknown,
		/// The snapshot does not count any more. Make the proof about a later one.
		SnapshotTooOld,
		/// The consent was appended after the snapshot. Make the proof about a later one.
		NotInSnapshot,
		/// No such version of the circuit is registered.
		CircuitUnknown,
		/// The version of the circuit is not active: not yet, or it is suspended.
		CircuitNotActive,
		/// This version of the circuit states something else than this pallet takes it to state.
		WrongRelation,
		/// The key of this version takes another number of public inputs than its circuit has.
		WrongArity,
		/// The leaf is not below the field's order.
		InputTooLarge,
		/// Bytes of the proof are not the one encoding of a point.
		PointMalformed,
		/// A point of the proof is at infinity.
		PointAtInfinity,
		/// A point of the proof is not on the curve.
		PointOffCurve,
		/// A point of the proof is not in the subgroup of prime order.
		PointOutsideSubgroup,
		/// The proof does not prove this for this signer on this chain.
		NotProven,
		/// The key of this version cannot be read: the chain's state is damaged.
		KeyDamaged,
		/// What is stored of the trees cannot be read: the chain's state is damaged.
		StateDamaged,
		/// The bytes are no tag: they are not below the field's order, or zero.
		NotATag,
		/// The signer may not practise for this institution in this role.
		NotAPractitioner,
		/// The tag is, or was, somebody else's. Make another secret.
		TagTaken,
		/// The tag is the signer's already.
		TagUnchanged,
		/// The class has a category already.
		CategoryExists,
		/// As many classes have categories as consents can name.
		NoCategoryLeft,
	}
}
