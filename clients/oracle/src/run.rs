//! Round after round, whatever happens to the node.

use crate::{event::Event, questions::in_time, random, Backoff, Oracle};
use hdx_sdk::chain::{Chain, ChainError, Signer};
use std::{
	future::Future,
	time::{Duration, Instant},
};

/// How long to wait for a node that is gone: at first, and at most.
const RECONNECT: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

/// Reports until `stop` is there. A node that is gone is looked for again, ever more slowly.
///
/// # Errors
///
/// [`ChainError::AnotherChain`] and [`ChainError::AnotherRuntime`]: waiting does not help.
pub async fn run(
	oracle: &mut Oracle,
	url: &str,
	signer: &Signer,
	stop: impl Future<Output = ()>,
	tell: &mut (dyn FnMut(Event) + Send),
) -> Result<(), ChainError> {
	let (watched, _) = oracle.config().watched();
	let interval = oracle.config().interval;
	tell(Event::Started {
		account: signer.account().to_string(),
		credentials: watched.len(),
		interval: u64::try_from(interval.as_millis()).unwrap_or(u64::MAX),
	});
	let ended = tokio::select! {
		biased;
		() = stop => Ok(()),
		error = for_ever(oracle, url, signer, tell) => Err(error),
	};
	if ended.is_ok() {
		tell(Event::Stopped);
	}
	ended
}

/// Ends only with an error that waiting does not help against.
async fn for_ever(
	oracle: &mut Oracle,
	url: &str,
	signer: &Signer,
	tell: &mut (dyn FnMut(Event) + Send),
) -> ChainError {
	let mut backoff = Backoff::new(RECONNECT.0, RECONNECT.1);
	loop {
		let error = match connect(url, tell).await {
			Ok(chain) => rounds(oracle, &chain, signer, &mut backoff, tell).await,
			Err(error) => error,
		};
		if matches!(error, ChainError::AnotherChain { .. } | ChainError::AnotherRuntime { .. }) {
			return error;
		}
		let wait = backoff.failed();
		let retry_in = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
		tell(Event::NodeLost { reason: error.to_string(), retry_in });
		tokio::time::sleep(wait).await;
	}
}

/// Rounds until the node is gone.
async fn rounds(
	oracle: &mut Oracle,
	chain: &Chain,
	signer: &Signer,
	backoff: &mut Backoff,
	tell: &mut (dyn FnMut(Event) + Send),
) -> ChainError {
	let interval = oracle.config().interval;
	// A tenth: oracles that were started together do not ask a board together for ever.
	let spread = interval.checked_div(10).unwrap_or_default();
	loop {
		let began = Instant::now();
		if let Err(error) = oracle.round(chain, signer, spread, tell).await {
			return error;
		}
		backoff.reset();
		let rest = interval.saturating_sub(began.elapsed());
		tokio::time::sleep(rest.saturating_sub(random::up_to(spread))).await;
	}
}

/// Connects to the node, and tells so.
///
/// # Errors
///
/// [`ChainError`].
pub async fn connect(url: &str, tell: &mut (dyn FnMut(Event) + Send)) -> Result<Chain, ChainError> {
	let chain = in_time(Chain::connect(url)).await?;
	let genesis = format!("0x{}", hex::encode(chain.genesis()));
	tell(Event::Connected { node: url.to_owned(), genesis });
	Ok(chain)
}
