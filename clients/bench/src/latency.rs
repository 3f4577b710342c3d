//! How long single transactions take, at a load that the chain has room for.

use crate::{
	connection::{hexadecimal, Connection, Lane},
	error::BenchError,
	load::{self, Wanted},
	stats::Percentiles,
	throughput::CountedBlock,
};
use futures::future;
use serde::Serialize;
use serde_json::Value;
use std::time::Duration;
use subxt::rpcs::{rpc_params, Error};
use tokio::time::{sleep_until, Instant};

/// How long one may take until it is final.
const LIMIT: Duration = Duration::from_secs(120);

/// Of how many one may be that nobody watched.
const UNWATCHED: u64 = 100;
/// What a node answers where its pool has a transaction already.
const ALREADY_THERE: i32 = 1013;

/// What was measured, in milliseconds from the submission over the connection that also reports.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Latency {
	/// How many were sent.
	pub sent: u64,
	/// How many of them nobody watched, one in a hundred at most: the node said that it had them already. It does of one that
	/// comes just as a block does. They are counted in their blocks as all are, and their times are not in the percentiles.
	pub unwatched: u64,
	/// How many a second.
	pub rate: u32,
	/// Until one is first in a block.
	pub in_block: Percentiles,
	/// Until its block is finalized.
	pub finalized: Percentiles,
}

/// What became of one transaction.
struct Times {
	in_block: Duration,
	finalized: Duration,
}

/// What a node says of a transaction that it watches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Status {
	InBlock,
	Finalized,
	Other,
}

/// Sends so many a second, and counts that each did what it was sent for. Also gives the finalized blocks since, with the
/// one before.
pub async fn measure(
	connections: &[Connection],
	wanted: Wanted,
	lanes: Vec<Lane>,
	rate: u32,
) -> Result<(Latency, Vec<CountedBlock>), BenchError> {
	let first = connections.first();
	let first = first.ok_or_else(|| BenchError::because(wanted.load, "there is no connection"))?;
	let (sent, from) = (load::count(&lanes), first.finalized().await?.block_number());
	let begin = Instant::now();
	let apart = Duration::from_secs(1).checked_div(rate).unwrap_or_default();
	let all = (0u32..).zip(in_turns(lanes)).zip(connections.iter().cycle());
	let all = all.map(move |((number, transaction), connection)| async move {
		let due = begin.checked_add(apart.saturating_mul(number)).unwrap_or(begin);
		sleep_until(due).await;
		let times = tokio::time::timeout(LIMIT, watch(connection, &transaction)).await;
		times.map_err(|_| BenchError::because(wanted.load, "a transaction was never final"))?
	});
	let (times, blocks) = future::try_join(
		future::try_join_all(all),
		load::counted(first, wanted, from, sent, &mut load::ignore),
	)
	.await?;
	let times: Vec<_> = times.into_iter().flatten().collect();
	let unwatched = sent.saturating_sub(times.len() as u64);
	if unwatched.saturating_mul(UNWATCHED) > sent {
		let reason = format!("the node had {unwatched} of {sent} transactions before they came");
		return Err(BenchError::because(wanted.load, reason));
	}
	let milliseconds = |of: fn(&Times) -> Duration| {
		let all: Vec<_> = times.iter().map(|one| of(one).as_secs_f64() * 1_000.0).collect();
		Percentiles::of(&all).ok_or_else(|| BenchError::because(wanted.load, "nothing was sent"))
	};
	let in_block = milliseconds(|one| one.in_block)?;
	let finalized = milliseconds(|one| one.finalized)?;
	Ok((Latency { sent, unwatched, rate, in_block, finalized }, blocks))
}

/// The first of each lane, the second of each, and so on: the order of the nonces, with others between.
fn in_turns(lanes: Vec<Lane>) -> Vec<Vec<u8>> {
	let mut lanes: Vec<_> = lanes.into_iter().map(Vec::into_iter).collect();
	let mut all = Vec::new();
	loop {
		let before = all.len();
		all.extend(lanes.iter_mut().filter_map(Iterator::next));
		if all.len() == before {
			return all;
		}
	}
}

/// Submits, and watches until it is final. `None`: the node had it already, and does not tell of it.
async fn watch(connection: &Connection, transaction: &[u8]) -> Result<Option<Times>, BenchError> {
	const METHOD: &str = "author_submitAndWatchExtrinsic";
	let since = Instant::now();
	let params = rpc_params![hexadecimal(transaction)];
	let subscribed = connection.rpc().subscribe::<Value>(METHOD, params, "author_unwatchExtrinsic");
	let mut statuses = match subscribed.await {
		Err(Error::User(error)) if error.code == ALREADY_THERE => return Ok(None),
		other => other.map_err(|error| BenchError::rpc(METHOD, error))?,
	};
	let mut in_block = None;
	while let Some(status) = statuses.next().await {
		let status = status.map_err(|error| BenchError::rpc(METHOD, error))?;
		match read(&status)? {
			// It may be in one block and then in another: the first is what whoever waits sees.
			Status::InBlock => in_block = in_block.or(Some(since.elapsed())),
			Status::Finalized => {
				let finalized = since.elapsed();
				return Ok(Some(Times { in_block: in_block.unwrap_or(finalized), finalized }));
			},
			Status::Other => {},
		}
	}
	Err(BenchError::rpc(METHOD, "the node stopped reporting"))
}

/// Reads what a node says. Fails where the transaction will not be in a block.
fn read(status: &Value) -> Result<Status, BenchError> {
	let name = status.as_str().or_else(|| {
		let fields = status.as_object()?;
		fields.keys().next().map(String::as_str)
	});
	match name {
		Some("inBlock") => Ok(Status::InBlock),
		Some("finalized") => Ok(Status::Finalized),
		Some("invalid" | "dropped" | "usurped" | "finalityTimeout") | None => {
			Err(BenchError::because("a transaction", format!("the node says {status}")))
		},
		Some(_) => Ok(Status::Other),
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use serde_json::json;

	#[test]
	fn what_a_node_says_is_read() {
		let found = |status: Value| read(&status).unwrap();
		assert_eq!(found(json!({ "inBlock": "0x01" })), Status::InBlock);
		assert_eq!(found(json!({ "finalized": "0x01" })), Status::Finalized);
		for other in [json!("ready"), json!("future"), json!({ "retracted": "0x01" })] {
			assert_eq!(found(other), Status::Other);
		}
		for ended in [json!("invalid"), json!("dropped"), json!({ "usurped": "0x01" }), json!(7)] {
			assert!(read(&ended).is_err(), "{ended}");
		}
	}

	#[test]
	fn lanes_take_turns_and_keep_their_order() {
		let lanes = vec![vec![vec![1], vec![2], vec![3]], vec![], vec![vec![7]]];
		assert_eq!(in_turns(lanes), [vec![1], vec![7], vec![2], vec![3]]);
	}
}
