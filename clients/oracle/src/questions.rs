//! What the node is asked, beside reports.

use crate::{refusal, watched::Watched};
use futures::{stream, StreamExt};
use hdx_primitives::AccountId;
use hdx_sdk::chain::{AtBlock, Chain, ChainError, CredentialView, Signer};
use std::{
	collections::{BTreeMap, BTreeSet},
	future::Future,
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
