//! What a block costs a node: to author it, as the author's log says, and to execute it anew, as whoever imports it does.

use crate::{
	connection::{hexadecimal, Connection},
	error::BenchError,
	stats::Spread,
	throughput::{CountedBlock, Throughput},
};
use codec::{Compact, Encode};
use serde::{Deserialize, Serialize};
use std::time::Instant;
use subxt::rpcs::rpc_params;

/// How often each block is executed.
const REPETITIONS: usize = 5;
/// How many full blocks are looked at, at most: the newest, as nodes keep the states of no others for long.
const MOST_BLOCKS: usize = 9;
/// With what the digest item begins in which the author signed the block. The runtime executes a block without it.
const SEAL: u8 = 5;

/// What a transaction of a full block costs, in microseconds: the whole block's time by its transactions, so its share of
/// what each block costs is in it.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Costs {
	/// How many full blocks were looked at, at least one.
	pub blocks: usize,
	/// How many transactions the fullest of them has.
	pub transactions: u64,
	/// To author, to the millisecond of the whole block; once for each block.
	pub author_us: Spread,
	/// To execute, which is most of importing it: signatures, calls and the root of the state, without the disk. Several
	/// times for each block.
	pub execute_us: Spread,
}

/// A block, as nodes tell it.
#[derive(Deserialize)]
struct Told {
	block: Block,
}

#[derive(Deserialize)]
struct Block {
	header: Header,
	extrinsics: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Header {
	parent_hash: String,
	number: String,
	state_root: String,
	extrinsics_root: String,
	digest: Digest,
}

#[derive(Deserialize)]
struct Digest {
	logs: Vec<String>,
}

/// Measures the full blocks of all rounds of a load, at a node whose log has them or that knows somebody's that has.
pub async fn measure(
	connection: &Connection,
	rounds: &[Throughput],
	logs: &[String],
) -> Result<Costs, BenchError> {
	let full = full(rounds);
	let (mut author, mut execute) = (Vec::new(), Vec::new());
	for block in &full {
		let count = block.counted.max(1) as f64;
		let (authored, executed) = times(connection, block.number, logs).await?;
		author.push(authored / count);
		execute.extend(executed.iter().map(|time| time / count));
	}
	let none = || BenchError::because("what a block costs", "no block is full");
	Ok(Costs {
		blocks: full.len(),
		transactions: full.iter().map(|block| block.counted).max().ok_or_else(none)?,
		author_us: Spread::of(&author).ok_or_else(none)?,
		execute_us: Spread::of(&execute).ok_or_else(none)?,
	})
}

/// The newest blocks that are full beside the fullest of all rounds.
fn full(rounds: &[Throughput]) -> Vec<CountedBlock> {
	let most = rounds.iter().map(|round| round.most_in_block).max().unwrap_or_default();
	let all = rounds.iter().rev().flat_map(|round| round.full.iter().rev());
	all.filter(|block| block.is_full(most)).take(MOST_BLOCKS).copied().collect()
}

/// Microseconds that a block took its author, and each time that it was executed anew.
async fn times(
	connection: &Connection,
	number: u64,
	logs: &[String],
) -> Result<(f64, Vec<f64>), BenchError> {
	let at = connection.at(number).await?;
	let hash = hexadecimal(at.block_hash().as_ref());
	let missing = || BenchError::because("what a block costs", "no author's log has it");
	let authored = logs.iter().find_map(|log| authored_ms(log, &hash)).ok_or_else(missing)?;

	let told: Told = connection.ask("chain_getBlock", rpc_params![&hash]).await?;
	let parent = told.block.header.parent_hash.clone();
	let unreadable = || BenchError::because("what a block costs", "the node tells no block");
	let block = hexadecimal(&encoded(&told.block).ok_or_else(unreadable)?);
	let mut executed = Vec::with_capacity(REPETITIONS);
	for _ in 0..REPETITIONS {
		let since = Instant::now();
		let params = rpc_params!["Core_execute_block", &block, &parent];
		let _nothing: String = connection.ask("state_call", params).await?;
		executed.push(since.elapsed().as_secs_f64() * 1e6);
	}
	Ok((authored * 1e3, executed))
}

/// How many milliseconds a log says that the block with this hash took its author. The author signs it when it is made, which
/// changes its hash: the log has both.
fn authored_ms(log: &str, hash: &str) -> Option<f64> {
	let line =
		|with: &str, and: &str| log.lines().find(|line| line.contains(with) && line.contains(and));
	let (_, before) =
		line("Pre-sealed block", &format!("Hash now {hash},"))?.rsplit_once("previously ")?;
	let before = before.trim_end().trim_end_matches('.');
	let (took, _) = line("Prepared block for proposing", before)?.split_once(" ms) hash: ")?;
	took.rsplit_once('(')?.1.parse().ok()
}

/// The block as the runtime reads it, without its author's signature.
fn encoded(block: &Block) -> Option<Vec<u8>> {
	let header = &block.header;
	let number = u32::from_str_radix(header.number.trim_start_matches("0x"), 16).ok()?;
	let logs: Vec<_> = header.digest.logs.iter().map(|log| bytes(log)).collect::<Option<_>>()?;
	let logs: Vec<_> = logs.iter().filter(|log| log.first() != Some(&SEAL)).collect();
	let mut out = bytes(&header.parent_hash)?;
	out.extend(Compact(number).encode());
	out.extend(bytes(&header.state_root)?);
	out.extend(bytes(&header.extrinsics_root)?);
	out.extend(length(logs.len())?);
	logs.iter().for_each(|log| out.extend_from_slice(log));
	out.extend(length(block.extrinsics.len())?);
	for extrinsic in &block.extrinsics {
		out.extend(bytes(extrinsic)?);
	}
	Some(out)
}

fn length(of: usize) -> Option<Vec<u8>> {
	Some(Compact(u32::try_from(of).ok()?).encode())
}

fn bytes(text: &str) -> Option<Vec<u8>> {
	hex::decode(text.trim_start_matches("0x")).ok()
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn the_newest_full_blocks_of_all_rounds_are_looked_at() {
		let round = |first: u64, counted: &[u64]| {
			let begin = CountedBlock { number: first, time: 2_000, counted: 0 };
			let of = |(more, counted): (u64, &u64)| {
				let number = first + more;
				CountedBlock { number, time: 2_000 + 2_000 * more, counted: *counted }
			};
			let blocks: Vec<_> = [begin].into_iter().chain((1..).zip(counted).map(of)).collect();
			Throughput::of(&blocks).unwrap()
		};
		let numbers = |rounds: &[Throughput]| -> Vec<u64> {
			full(rounds).iter().map(|block| block.number).collect()
		};
		// The second round has none that is full beside the first.
		assert_eq!(numbers(&[round(10, &[100, 95, 20]), round(20, &[50, 49])]), [12, 11]);
		assert_eq!(numbers(&[round(10, &[100, 100]), round(20, &[90])]), [21, 12, 11]);
		assert_eq!(numbers(&[round(10, &[7; 30])]).len(), MOST_BLOCKS);
		assert!(numbers(&[]).is_empty());
	}

	#[test]
	fn the_authors_time_is_that_of_the_line_with_the_hash() {
		let log = "x 🎁 Prepared block for proposing at 12 (253 ms) hash: 0xbb; parent_hash: 0xaa; end: NoMoreTransactions    \n\
			x 🔖 Pre-sealed block for proposal at 12. Hash now 0xcc, previously 0xbb.    \n\
			x 🎁 Prepared block for proposing at 13 (7 ms) hash: 0xdd; parent_hash: 0xcc; end: HitBlockWeightLimit    \n\
			x 🔖 Pre-sealed block for proposal at 13. Hash now 0xee, previously 0xdd.    \n";
		assert_eq!(
			["0xcc", "0xee", "0xbb"].map(|hash| authored_ms(log, hash)),
			[Some(253.0), Some(7.0), None]
		);
		assert_eq!(authored_ms("Prepared block for proposing (1 ms) hash: 0xcc", "0xcc"), None);
	}

	#[test]
	fn a_block_is_encoded_without_the_signature_of_its_author() {
		let hash = |byte: u8| format!("0x{}", hex::encode([byte; 32]));
		let header = Header {
			parent_hash: hash(1),
			number: "0x10".to_owned(),
			state_root: hash(2),
			extrinsics_root: hash(3),
			digest: Digest { logs: vec!["0x0607".to_owned(), "0x0508".to_owned()] },
		};
		let block = Block { header, extrinsics: vec!["0x0409".to_owned()] };
		let expected =
			[&[1; 32][..], &[16 << 2], &[2; 32], &[3; 32], &[1 << 2, 6, 7], &[1 << 2, 4, 9]];
		assert_eq!(encoded(&block), Some(expected.concat()));
	}
}
