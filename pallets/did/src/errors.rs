//! Why calls are refused: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod error_list {
	/// Why a call was refused.
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// The account does not exist on this chain. An institution sponsors or enrols it.
		AccountUnknown,
		/// The account has a DID already.
		AlreadyCreated,
		/// The account has no DID. It creates one first.
		DidUnknown,
		/// The signer is neither the subject of the DID nor one of its controllers.
		NotInControl,
		/// Only the subject names controllers and removes others.
		OnlyTheSubject,
		/// The DID was deactivated. Its document never changes again.
		DidIsDeactivated,
		/// The document has another version than the change was made for. Read it again.
		VersionMismatch,
		/// The document changed as often as can be counted.
		NoVersionLeft,
		/// The DID has as many keys as one may have, those that have ended included.
		TooManyKeys,
		/// The DID has no such key.
		KeyUnknown,
		/// The key has ended already.
		KeyAlreadyEnded,
		/// The DID lists, or listed, the same public key. A key that has ended never comes back.
		KeyAlreadyListed,
		/// A key without relationships is good for nothing.
		NoRelationship,
		/// The key's scheme cannot do what a relationship asks: an X-Wing key cannot sign.
		RelationshipNotForScheme,
		/// The public key is not as long as keys of its scheme are.
		KeyOfWrongLength,
		/// The public key holds a number in another than its canonical encoding.
		KeyNotCanonical,
		/// The public key encodes no point of the curve.
		KeyNotAPoint,
		/// The public key's point has a part of low order, as one of all zeros has: it protects
		/// nothing.
		KeyOfLowOrder,
		/// A coefficient of the ML-KEM key is not below the modulus.
		KeyCoefficientTooLarge,
		/// The coefficients of the lattice key are all zero: it protects nothing.
		KeyAllZero,
		/// The subject controls its DID anyway.
		SubjectAsController,
		/// The account is a controller already.
		AlreadyController,
		/// The account is not a controller.
		NotAController,
		/// The DID has as many controllers as one may have.
		TooManyControllers,
		/// The service's id is empty, or has characters other than letters, digits and `-._~`.
		ServiceIdMalformed,
		/// The service's id begins with `key-`, as those of keys do.
		ServiceIdReserved,
		/// The service's type is empty, or has characters other than letters, digits and `-._~`.
		ServiceTypeMalformed,
		/// The service's endpoint is empty, or has characters other than visible ASCII.
		EndpointMalformed,
		/// The service says this already.
		ServiceUnchanged,
		/// The DID has no such service.
		ServiceUnknown,
		/// The DID has as many services as one may have.
		TooManyServices,
		/// The account was given up for another one, so it changes and creates no DID.
		AccountRetired,
	}
}
