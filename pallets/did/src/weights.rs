//! What the calls cost.

use frame_support::weights::Weight;
use hdx_primitives::did::{KeyScheme, NewKey};

/// The cost of each call. What lists keys is composed of these by the functions of this module:
/// long keys cost more than short ones.
pub trait WeightInfo {
	/// [`Pallet::create`](crate::Pallet::create) without keys.
	fn create() -> Weight;
	/// [`Pallet::add_key`](crate::Pallet::add_key) of 32 bytes whose check costs most: Ed25519.
	fn add_key_ed25519() -> Weight;
	/// [`Pallet::add_key`](crate::Pallet::add_key) of an ML-DSA-65 key.
	fn add_key_ml_dsa_65() -> Weight;
	/// [`Pallet::add_key`](crate::Pallet::add_key) of an X-Wing key.
	fn add_key_x_wing() -> Weight;
	/// [`Pallet::end_key`](crate::Pallet::end_key) of the longest key.
	fn end_key() -> Weight;
	/// [`Pallet::add_controller`](crate::Pallet::add_controller) to the largest document.
	fn add_controller() -> Weight;
	/// [`Pallet::remove_controller`](crate::Pallet::remove_controller) from the largest document.
	fn remove_controller() -> Weight;
	/// [`Pallet::set_service`](crate::Pallet::set_service) of the largest service.
	fn set_service() -> Weight;
	/// [`Pallet::remove_service`](crate::Pallet::remove_service) from the largest document.
	fn remove_service() -> Weight;
	/// [`Pallet::deactivate`](crate::Pallet::deactivate) of the largest document.
	fn deactivate() -> Weight;
}

/// The cost of adding a key of this kind.
pub fn add_key<W: WeightInfo>(scheme: KeyScheme) -> Weight {
	match scheme {
		KeyScheme::Sr25519 | KeyScheme::Ed25519 | KeyScheme::X25519 => W::add_key_ed25519(),
		KeyScheme::MlDsa65 => W::add_key_ml_dsa_65(),
		KeyScheme::XWing => W::add_key_x_wing(),
	}
}

/// The cost of creating a DID with these keys: no more than if each was added by a call.
pub fn create<W: WeightInfo>(keys: &[NewKey]) -> Weight {
	keys.iter()
		.fold(W::create(), |sum, key| sum.saturating_add(add_key::<W>(key.material.scheme())))
}

/// The cost of a rotation to a key of this kind: no more than if the old key was ended by one call
/// and the new one added by another.
pub fn rotate_key<W: WeightInfo>(scheme: KeyScheme) -> Weight {
	W::end_key().saturating_add(add_key::<W>(scheme))
}
