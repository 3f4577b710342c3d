//! Who signs.

use crate::error::BenchError;
use hdx_primitives::AccountId;
use std::str::FromStr;
use subxt_signer::{sr25519::Keypair, SecretUri};

/// The development key, or a key that is derived from one, of this path.
pub fn pair(path: &str) -> Result<Keypair, BenchError> {
	let uri = SecretUri::from_str(path).map_err(BenchError::failed("a key"))?;
	Keypair::from_uri(&uri).map_err(BenchError::failed("a key"))
}

/// So many keys of a kind.
pub fn pairs(kind: &str, count: usize) -> Result<Vec<Keypair>, BenchError> {
	(0..count).map(|number| pair(&format!("//hdx-bench//{kind}//{number}"))).collect()
}

/// The account of a key.
pub fn account(pair: &Keypair) -> AccountId {
	AccountId::new(pair.public_key().0)
}

/// How many of `count` each of `among` gets, so that no two differ by more than one.
pub fn shares(count: usize, among: usize) -> impl Iterator<Item = usize> {
	let (each, more) = (count.checked_div(among), count.checked_rem(among));
	let (each, more) = (each.unwrap_or_default(), more.unwrap_or_default());
	(0..among).map(move |number| each.saturating_add(usize::from(number < more)))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn everybody_has_an_account_of_their_own() {
		let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
		assert_eq!(account(&pair("//Alice").unwrap()).to_string(), alice);
		let mut all: Vec<_> = pairs("patient", 20).unwrap().iter().map(account).collect();
		all.extend(pairs("giver", 20).unwrap().iter().map(account));
		all.sort();
		all.dedup();
		assert_eq!(all.len(), 40);
	}

	#[test]
	fn work_is_shared_and_none_is_lost() {
		for (count, among) in [(10, 3), (2, 5), (0, 4), (64, 64)] {
			let shares: Vec<_> = shares(count, among).collect();
			assert_eq!((shares.iter().sum::<usize>(), shares.len()), (count, among));
			assert!(shares.iter().max().unwrap() - shares.iter().min().unwrap() <= 1);
		}
		assert_eq!(shares(5, 0).count(), 0);
	}
}
