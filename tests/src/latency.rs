//! How long ordinary transactions take, one after the other, at a low and steady rate.

use serde_json::Value;
use std::{fmt, time::Duration};
use subxt::{
	config::DefaultExtrinsicParamsBuilder,
	rpcs::{rpc_params, RpcClient},
	transactions::Payload,
	utils::AccountId32,
	OnlineClient, PolkadotConfig,
};
use subxt_signer::sr25519::Keypair;
use tokio::{
	task::JoinSet,
	time::{sleep_until, timeout, Instant},
};

/// How long one may take until it is final.
const LIMIT: Duration = Duration::from_secs(120);

/// Transactions of one signer, in the order of their nonces, in hexadecimal digits.
pub type Lane = Vec<String>;

/// How long one transaction took, from its submission over the connection that also reports.
#[derive(Clone, Debug)]
pub struct Times {
	/// Until it was first in a block.
	pub in_block: Duration,
	/// Until its block was final.
	pub finalized: Duration,
	/// Hash of that block.
	pub block: String,
}

/// The middle and the ends of many durations.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Percentiles {
	/// Half took no longer.
	pub p50: Duration,
	/// 95 of 100 took no longer.
	pub p95: Duration,
	/// 99 of 100 took no longer.
	pub p99: Duration,
}

impl Percentiles {
	/// Of what was measured, by nearest rank.
	///
	/// # Panics
	///
	/// When nothing was.
	pub fn of(all: &[Times], part: fn(&Times) -> Duration) -> Self {
		let mut sorted: Vec<_> = all.iter().map(part).collect();
		sorted.sort();
		let at = |percent: usize| sorted[(sorted.len() * percent).div_ceil(100) - 1];
		Self { p50: at(50), p95: at(95), p99: at(99) }
	}
}

impl fmt::Display for Percentiles {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let seconds = |one: Duration| one.as_secs_f64();
		let (p50, p95, p99) = (seconds(self.p50), seconds(self.p95), seconds(self.p99));
		write!(f, "p50 {p50:.2} s, p95 {p95:.2} s, p99 {p99:.2} s")
	}
}

/// Signs a call so many times, with the nonces that follow that of the newest final block.
pub async fn sign<C: Payload>(
	client: &OnlineClient<PolkadotConfig>,
	key: &Keypair,
	call: &C,
	times: u64,
) -> Lane {
	let transactions = client.at_current_block().await.expect("a final block").transactions();
	let account = AccountId32::from(key.public_key().0);
	let first = transactions.account_nonce(&account).await.expect("the nonce of an account");
	let mut lane = Lane::new();
	for nonce in first..first + times {
		let params =
			DefaultExtrinsicParamsBuilder::<PolkadotConfig>::new().nonce(nonce).immortal().build();
		let mut signable =
			transactions.create_signable_offline(call, params).expect("a call of this chain");
		let signed = signable.sign(key).expect("a call that can be signed");
		lane.push(format!("0x{}", hex::encode(signed.into_encoded())));
	}
	lane
}

/// Sends one of each lane every `apart`, the lanes in turn, each over a connection of its own, and waits until all are
/// final. A lane that waits longer for one sends the next when that is final: nonces would have it wait anyway.
///
/// # Panics
///
/// When one is refused, dropped, or not final in time.
pub async fn measure(url: &str, lanes: Vec<Lane>, apart: Duration) -> Vec<Times> {
	let (begin, count) = (Instant::now(), u32::try_from(lanes.len()).expect("few lanes"));
	let mut running = JoinSet::new();
	for (number, lane) in (0u32..).zip(lanes) {
		let rpc = RpcClient::from_insecure_url(url).await.expect("the node answers");
		let first = begin + apart * number / count;
		running.spawn(async move {
			let mut all = Vec::new();
			for (turn, transaction) in (0u32..).zip(lane) {
				sleep_until(first + apart * turn).await;
				all.push(watch(&rpc, &transaction).await);
			}
			all
		});
	}
	let mut all = Vec::new();
	while let Some(lane) = running.join_next().await {
		all.extend(lane.expect("each of a lane is final"));
	}
	all
}

/// Submits one, and watches it until it is final.
///
/// # Panics
///
/// When it is refused, dropped, or not final in time.
pub async fn watch(rpc: &RpcClient, transaction: &str) -> Times {
	let times = timeout(LIMIT, report_of(rpc, transaction)).await;
	times.unwrap_or_else(|_| panic!("not final within {} s", LIMIT.as_secs()))
}

async fn report_of(rpc: &RpcClient, transaction: &str) -> Times {
	let since = Instant::now();
	let (method, end) = ("author_submitAndWatchExtrinsic", "author_unwatchExtrinsic");
	let watched = rpc.subscribe::<Value>(method, rpc_params![transaction], end).await;
	let mut watched = watched.unwrap_or_else(|error| panic!("it is refused: {error:?}"));
	let mut in_block = None;
	while let Some(status) = watched.next().await {
		let status = status.expect("the node reports");
		if status.get("inBlock").is_some() {
			// It may be in one block and then in another: the first is what whoever waits sees.
			in_block = in_block.or(Some(since.elapsed()));
		} else if let Some(block) = status.get("finalized") {
			let finalized = since.elapsed();
			let block = block.as_str().expect("a hash").to_owned();
			return Times { in_block: in_block.unwrap_or(finalized), finalized, block };
		} else {
			let name = status.as_str().map(str::to_owned);
			let name = name.or_else(|| status.as_object()?.keys().next().cloned());
			let goes_on = ["future", "ready", "broadcast", "retracted"];
			let goes_on = name.is_some_and(|name| goes_on.contains(&name.as_str()));
			assert!(goes_on, "the node says {status}");
		}
	}
	panic!("the node stopped reporting");
}

#[cfg(test)]
mod tests {
	use super::{Percentiles, Times};
	use std::time::Duration;

	fn took(seconds: impl IntoIterator<Item = u64>) -> Vec<Times> {
		let times = |seconds| Times {
			in_block: Duration::from_secs(seconds),
			finalized: Duration::from_secs(2 * seconds),
			block: String::new(),
		};
		seconds.into_iter().map(times).collect()
	}

	#[test]
	fn a_percentile_is_the_value_of_the_nearest_rank() {
		let found = Percentiles::of(&took((1..=100).rev()), |one| one.in_block);
		let [p50, p95, p99] = [50, 95, 99].map(Duration::from_secs);
		assert_eq!(found, Percentiles { p50, p95, p99 });
		let found = Percentiles::of(&took([3, 1, 2]), |one| one.finalized);
		let [p50, p95, p99] = [4, 6, 6].map(Duration::from_secs);
		assert_eq!(found, Percentiles { p50, p95, p99 });
	}
}
