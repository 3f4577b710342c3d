//! The rows of a chain: rates, what one costs a node, latency, state and proofs.

use crate::{
	latency::Latency,
	report::{ChainFigures, LoadFigures},
	rows::{figure, Row, Table},
	stats::Spread,
};

/// The table of a chain.
pub fn chain(figures: &ChainFigures) -> Table {
	let mut rows = Vec::new();
	let first = figures.loads.first();
	for load in &figures.loads {
		rows.extend(rates(load, first));
		rows.extend(costs(load, first));
	}
	let first = figures.latency.first().map(|first| first.latency);
	for one in &figures.latency {
		let what = format!("{} at {} /s", one.name, one.latency.rate);
		rows.extend(times(&what, one.latency, first));
	}
	let first = figures.sustained.first();
	for one in &figures.sustained {
		let (name, rate) = (one.name, one.latency.rate);
		let what = format!("{name}, sustained {rate} /s for {} s,", one.seconds);
		let taken = Row::new(format!("{what} in blocks"), format!("{} /s", figure(one.per_second)));
		rows.push(taken.compared(first.map(|first| one.per_second / first.per_second)));
		rows.extend(times(&what, one.latency, first.map(|first| first.latency)));
	}
	rows.extend(bytes(figures));
	let proof = figures.proof;
	let verified = Row::spread("checking that proof", proof.verify_ms, " ms");
	let transfers = figures.reference().map(|rate| proof.verify_ms.median * rate / 1_000.0);
	rows.push(verified.compared(transfers));
	let validators = match figures.validators {
		1 => "One validator".to_owned(),
		more => format!("{more} validators on this machine"),
	};
	Table::of(validators, rows)
}

/// How many a second, and how many in a block.
fn rates(load: &LoadFigures, reference: Option<&LoadFigures>) -> Vec<Row> {
	let row = Row::spread(format!("{}, transactions", load.name), load.per_second, " /s");
	let mut rows = vec![row.compared(load.to_reference)];
	if load.per_transaction > 1 {
		let each = |rate: f64| rate * load.per_transaction as f64;
		let Spread { min, median, max } = load.per_second;
		let spread = Spread { min: each(min), median: each(median), max: each(max) };
		let what = format!("{}, {} to a transaction", load.name, load.per_transaction);
		rows.push(Row::spread(what, spread, " /s").compared(each(load.to_reference)));
	}
	let most = most(load);
	let row = Row::new(format!("{}, most in a block", load.name), figure(most));
	rows.push(row.compared(reference.map(|reference| most / self::most(reference))));
	rows
}

/// The most that a block of any round has.
fn most(load: &LoadFigures) -> f64 {
	let most = load.rounds.iter().map(|round| round.most_in_block).max();
	most.unwrap_or_default() as f64
}

/// What one costs a node, beside what the reference costs it.
fn costs(load: &LoadFigures, reference: Option<&LoadFigures>) -> [Row; 2] {
	let (name, costs) = (load.name, load.costs);
	let other = reference.map(|reference| reference.costs);
	let n = costs.blocks;
	let author = Row::spread(format!("{name}, to author, n = {n}"), costs.author_us, " µs");
	// Its author makes a block once, so one block is one time.
	let author = if n > 1 { author } else { Row { range: String::new(), ..author } };
	let execute = Row::spread(format!("{name}, to execute, n = {n}"), costs.execute_us, " µs");
	[
		author.compared(other.map(|other| costs.author_us.median / other.author_us.median)),
		execute.compared(other.map(|other| costs.execute_us.median / other.execute_us.median)),
	]
}

/// Percentiles, beside those of the reference. `what` was sent, and how.
fn times(what: &str, latency: Latency, reference: Option<Latency>) -> Vec<Row> {
	let mut rows = Vec::new();
	for (until, times, reference) in [
		("in a block", latency.in_block, reference.map(|other| other.in_block)),
		("finalized", latency.finalized, reference.map(|other| other.finalized)),
	] {
		for (percentile, time, other) in [
			("p50", times.p50, reference.map(|other| other.p50)),
			("p95", times.p95, reference.map(|other| other.p95)),
			("p99", times.p99, reference.map(|other| other.p99)),
		] {
			let what = format!("{what} until {until}, {percentile}");
			let row = Row::new(what, format!("{} ms", figure(time)));
			rows.push(row.compared(other.map(|other| time / other)));
		}
	}
	rows
}

/// What is kept or sent. A transfer leaves nothing in the state beside the accounts that there were, so all of it is
/// compared with the bytes of its transaction: what each node keeps of it, in the block.
fn bytes(figures: &ChainFigures) -> Vec<Row> {
	let transfer = figures.transfer_bytes as f64;
	let in_bytes = |what: &str, bytes: usize| {
		let row = Row::new(what, format!("{} bytes", figure(bytes as f64)));
		row.compared(bytes as f64 / transfer)
	};
	let in_millions = |what: &str, each: f64| {
		// A million times so many bytes are as many megabytes.
		Row::new(what, format!("{} MB", figure(each))).compared(each / transfer)
	};
	let proof = figures.proof;
	vec![
		in_bytes("transaction of a transfer", figures.transfer_bytes),
		in_millions("state of a million transfers", figures.state_bytes_per_transfer),
		in_millions("state of a million granted requests", figures.state_bytes_per_access),
		in_bytes("proof of an entry, beside the justification", proof.bytes),
		in_bytes("its justification", proof.justification_bytes),
	]
}
