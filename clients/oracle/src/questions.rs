//! What the node is asked, beside reports.

use crate::{refusal, watched::Watched, Config};
use futures::{stream, StreamExt};
use hdx_credentials::KnownKeys;
use hdx_primitives::AccountId;
use hdx_sdk::chain::{AtBlock, Chain, ChainError, CredentialView, Signer};
use std::{
	collections::{BTreeMap, BTreeSet},
	future::Future,
	sync::Arc,
	time::Duration,
};

/// How long the node may take for an answer, or for a block.
const PATIENCE: Duration = Duration::from_secs(60);
/// How many questions the node is asked at once.
const QUESTIONS: usize = 16;

/// Why the chain would take no report of this oracle, if so.
pub async fn inactive(
	chain: &Chain,
	signer: &Signer,
	has_terms: bool,
) -> Result<Option<String>, ChainError> {
	let account = signer.account();
	let oracles = in_time(chain.oracles(AtBlock::Best)).await?;
	let name = match oracles.into_iter().find(|oracle| oracle.account == account) {
		None => "NotAnOracle",
		Some(oracle) if oracle.suspended.is_some() => "OracleIsSuspended",
		_ if !has_terms => "NoOracleTerms",
		_ => return Ok(None),
	};
	let advice = refusal::advice(name).unwrap_or_default();
	Ok(Some(format!("{name}: {advice} ({account})")))
}

/// The issuers' keys as they are now: those that are given, and those of DIDs on the chain. A DID that was not
/// created, or is of another chain, has none, so that whatever it signs is refused.
pub async fn keys(chain: &Chain, config: &Config) -> Result<Arc<KnownKeys>, ChainError> {
	if config.on_chain.is_empty() {
		return Ok(config.keys.clone());
	}
	let mut keys = KnownKeys::clone(&config.keys);
	for did in config.on_chain.iter().filter(|did| chain.is_home_of(did)) {
		let found = in_time(chain.resolve_did(&did.account, AtBlock::Finalized)).await?;
		if let Some(found) = found {
			keys.insert_did(&found);
		}
	}
	Ok(Arc::new(keys))
}

/// The credentials of all practitioners of whom one is watched.
pub async fn credentials(
	chain: &Chain,
	watched: &[Watched],
) -> Result<BTreeMap<AccountId, Vec<CredentialView>>, ChainError> {
	let practitioners: BTreeSet<_> = watched.iter().map(|one| one.practitioner.clone()).collect();
	let asked = practitioners.into_iter().map(|account| async move {
		match in_time(chain.practitioner(&account)).await {
			Ok(found) => Ok(Some((account, found.credentials))),
			Err(ChainError::NotFound { .. }) => Ok(None),
			Err(error) => Err(error),
		}
	});
	let answers: Vec<_> = stream::iter(asked).buffer_unordered(QUESTIONS).collect().await;
	answers.into_iter().filter_map(Result::transpose).collect()
}

/// Waits for the node, but not for ever.
pub async fn in_time<T>(
	answer: impl Future<Output = Result<T, ChainError>>,
) -> Result<T, ChainError> {
	tokio::time::timeout(PATIENCE, answer).await.unwrap_or_else(|_| {
		Err(ChainError::Transport(format!("no answer within {} s", PATIENCE.as_secs())))
	})
}
