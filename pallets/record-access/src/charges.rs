//! What a request for access is charged.

use crate::{weights, Config, Pallet};
use frame_support::weights::Weight;
use hdx_primitives::{ConsentDecider, LookedAt, ProviderDirectory};

impl<T: Config> Pallet<T> {
	/// What a request costs that looked at so much of the consents, by a practitioner with so many
	/// credentials. `second_keys`: one where a second key may have signed, zero where none did.
	pub(crate) fn weight_of_request(
		looked_at: LookedAt,
		credentials: u32,
		second_keys: u32,
	) -> Weight {
		weights::request::<T::WeightInfo>(looked_at, credentials, second_keys)
	}

	/// What a request costs at most.
	pub(crate) fn dearest_request(second_keys: u32) -> Weight {
		let credentials = T::Providers::max_credentials();
		Self::weight_of_request(Self::most_looked_at(), credentials, second_keys)
	}

	/// The most that a request can look at: all consents that a patient can have, each of the most provisions,
	/// and the one that permits once more, where the request is for the whole record.
	pub(crate) fn most_looked_at() -> LookedAt {
		LookedAt::full(T::Consents::max_consents()).and_one_again()
	}
}
