//! What storing texts is charged.

use super::pallet_preimage::WeightInfo as Measured;
use core::marker::PhantomData;
use frame_support::weights::Weight;
use pallet_preimage::WeightInfo;

/// The weights of pallet-preimage. It declares one weight for storing a text, whoever stores it and whether it is asked for: the
/// most of the three that are measured. A member stores a short one; what a byte more takes of a long one is measured of those
/// that are asked for.
pub struct Texts<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Texts<T> {
	fn note_preimage(length: u32) -> Weight {
		Measured::<T>::note_preimage(length)
			.max(Measured::<T>::note_requested_preimage(length))
			.max(Measured::<T>::note_no_deposit_preimage(length))
	}

	fn note_requested_preimage(length: u32) -> Weight {
		Measured::<T>::note_requested_preimage(length)
	}

	fn note_no_deposit_preimage(length: u32) -> Weight {
		Measured::<T>::note_no_deposit_preimage(length)
	}

	fn unnote_preimage() -> Weight {
		Measured::<T>::unnote_preimage()
	}

	fn unnote_no_deposit_preimage() -> Weight {
		Measured::<T>::unnote_no_deposit_preimage()
	}

	fn request_preimage() -> Weight {
		Measured::<T>::request_preimage()
	}

	fn request_no_deposit_preimage() -> Weight {
		Measured::<T>::request_no_deposit_preimage()
	}

	fn request_unnoted_preimage() -> Weight {
		Measured::<T>::request_unnoted_preimage()
	}

	fn request_requested_preimage() -> Weight {
		Measured::<T>::request_requested_preimage()
	}

	fn unrequest_preimage() -> Weight {
		Measured::<T>::unrequest_preimage()
	}

	fn unrequest_unnoted_preimage() -> Weight {
		Measured::<T>::unrequest_unnoted_preimage()
	}

	fn unrequest_multi_referenced_preimage() -> Weight {
		Measured::<T>::unrequest_multi_referenced_preimage()
	}

	fn ensure_updated(texts: u32) -> Weight {
		Measured::<T>::ensure_updated(texts)
	}
}
