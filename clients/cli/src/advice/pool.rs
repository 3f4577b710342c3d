//! What to do about a transaction that no node takes.

use hdx_sdk::chain::NotTaken;

/// What to do about it.
pub const fn on_not_taken(why: NotTaken) -> &'static str {
	match why {
		NotTaken::NoSponsor => {
			"practitioners are enrolled with `hdx provider enrol`, patients sponsored with `hdx patient sponsor`"
		},
		NotTaken::SponsorExhausted | NotTaken::ProtectedExhausted => {
			"it refills with every block: try again in a minute. The metric hdx_quota_available_units tells how much is left; institutions vote on more with `hdx gov propose set-bucket`"
		},
		NotTaken::TooDeep => "send the calls in fewer layers of batches, proxies and multisigs",
		NotTaken::TooLarge => "send it in parts: waiting does not help",
		NotTaken::NumberInUse => "wait until that one is in a block, and run it again",
		NotTaken::AlreadyThere => {
			"`hdx audit list` or the verb's `show` tells whether it was; only then try again"
		},
	}
}

#[cfg(test)]
mod tests {
	use crate::{advice::on, error::Error};
	use hdx_sdk::chain::ChainError;

	fn advice(reason: &str) -> Option<String> {
		let (call, reason) = ("Consent::grant".to_owned(), reason.to_owned());
		on(&Error::Chain(ChainError::NotAccepted { call, reason }))
	}

	#[test]
	fn who_spent_a_quota_is_not_told_to_enrol() {
		for (number, word) in
			[(32, "sponsor"), (33, "refills"), (34, "refills"), (35, "layers"), (36, "in parts")]
		{
			let advice = advice(&format!("Custom error: {number}"));
			assert!(advice.is_some_and(|advice| advice.contains(word)), "{number}");
		}
	}

	#[test]
	fn who_has_a_transaction_in_the_pool_is_told_to_wait_for_it() {
		let advice = advice("The priority of the transaction is too low (pool 999 > current 999)");
		assert!(advice.is_some_and(|advice| advice.starts_with("wait")));
	}

	#[test]
	fn who_sent_what_the_pool_has_is_told_to_look_first() {
		let advice = advice("[Some(0x01)] Already imported");
		assert!(advice.is_some_and(|advice| advice.ends_with("only then try again")));
	}

	#[test]
	fn of_what_is_not_known_nothing_is_made_up() {
		assert_eq!(advice("Transaction is outdated"), None);
	}
}
