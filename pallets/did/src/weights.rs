//! What the calls cost.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};
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

/// UNMEASURED: no benchmark of a runtime stands behind these numbers. They count the reads and
/// writes of each call, those of the audit log included, and add a generous guess of the time and
/// proof size. Replace them by generated ones before the chain carries anything.
pub struct PlaceholderWeight<T>(PhantomData<T>);

/// Reads and writes that an audit entry about a patient is taken to cost.
const AUDIT_READS_WRITES: (u64, u64) = (8, 10);
/// Reads of whether the signer, or who is named, was given up and is a patient.
const SIGNER_READS: u64 = 4;
/// Proof size of one item of this pallet or of the log, in bytes.
const ITEM: u64 = 6_144;
/// Time of checking a point of Curve25519, in picoseconds: one multiplication, in WebAssembly.
const POINT_CHECK: u64 = 1_000_000_000;

impl<T: frame_system::Config> PlaceholderWeight<T> {
	fn of(time: u64, reads: u64, writes: u64) -> Weight {
		let (audit_reads, audit_writes) = AUDIT_READS_WRITES;
		let reads = reads.saturating_add(audit_reads).saturating_add(SIGNER_READS);
		let writes = writes.saturating_add(audit_writes);
		Weight::from_parts(time, reads.saturating_mul(ITEM))
			.saturating_add(T::DbWeight::get().reads_writes(reads, writes))
	}
}

impl<T: frame_system::Config> WeightInfo for PlaceholderWeight<T> {
	// Reads: account, document, time. Writes: document.
	fn create() -> Weight {
		Self::of(100_000_000, 3, 1)
	}

	// Reads: document, time, fingerprint. Writes: document, key, fingerprint.
	fn add_key_ed25519() -> Weight {
		Self::of(POINT_CHECK, 3, 3)
	}

	fn add_key_ml_dsa_65() -> Weight {
		Self::of(200_000_000, 3, 3)
	}

	fn add_key_x_wing() -> Weight {
		Self::of(200_000_000, 3, 3)
	}

	// Reads: document, time, key. Writes: document, key.
	fn end_key() -> Weight {
		Self::of(100_000_000, 3, 2)
	}

	// Reads: document, time, account. Writes: document.
	fn add_controller() -> Weight {
		Self::of(100_000_000, 3, 1)
	}

	// Reads: document, time. Writes: document.
	fn remove_controller() -> Weight {
		Self::of(100_000_000, 2, 1)
	}

	fn set_service() -> Weight {
		Self::of(100_000_000, 2, 1)
	}

	fn remove_service() -> Weight {
		Self::of(100_000_000, 2, 1)
	}

	fn deactivate() -> Weight {
		Self::of(100_000_000, 2, 1)
	}
}
