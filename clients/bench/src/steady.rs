//! Loads at a steady rate, of which each transaction is watched: a moderate one, and one for long that is near to what a
//! chain takes.

use crate::{
	connection::Lane,
	error::BenchError,
	latency,
	loads::{self, Kind, Progress},
	options::Plan,
	report::{LatencyFigures, LoadFigures, SustainedFigures},
	scene::Scene,
};

/// What is sent at a steady rate, the reference first.
const KINDS: [Kind; 2] = [Kind::Transfer, Kind::Access];
/// What part of the rate of the rounds is sent for long. The first and the last block of a round are seldom full, so a
/// chain takes somewhat more than that rate: the rest is room for what comes late.
const SUSTAINED: f64 = 0.8;

/// Latency at the moderate rate of the plan.
pub async fn latencies(
	scene: &Scene,
	plan: &Plan,
	about: Progress<'_>,
) -> Result<Vec<LatencyFigures>, BenchError> {
	let mut all = Vec::with_capacity(KINDS.len());
	for kind in KINDS {
		let name = kind.wanted().load;
		about(&format!("latency of {name}"));
		let lanes = lanes(scene, kind, plan.rate, plan.latency_seconds).await?;
		let measured = latency::measure(&scene.connections, kind.wanted(), lanes, plan.rate);
		let (latency, _) = measured.await?;
		all.push(LatencyFigures { name, latency });
	}
	Ok(all)
}

/// Latency while so much is sent for long, of each load by what the chain took of it. `measured`: the loads of this chain.
pub async fn sustained(
	scene: &Scene,
	plan: &Plan,
	measured: &[LoadFigures],
	about: Progress<'_>,
) -> Result<Vec<SustainedFigures>, BenchError> {
	let (mut all, seconds) = (Vec::with_capacity(KINDS.len()), plan.sustained_seconds);
	for kind in KINDS {
		let (wanted, name) = (kind.wanted(), kind.wanted().load);
		let load = measured.iter().find(|load| load.name == name);
		let load = load.ok_or_else(|| BenchError::because(name, "its rate was not measured"))?;
		let rate = sustained_rate(load.per_second.median);
		about(&format!("{name}, {rate} /s for {seconds} s"));
		let lanes = lanes(scene, kind, rate, seconds).await?;
		let (latency, blocks) = latency::measure(&scene.connections, wanted, lanes, rate).await?;
		let per_second = loads::throughput(wanted, &blocks)?.per_second;
		all.push(SustainedFigures { name, seconds, per_second, latency });
	}
	Ok(all)
}

/// How many a second are sent for long, where a chain took so many in the rounds. At least one.
fn sustained_rate(per_second: f64) -> u32 {
	// What is no number of this type becomes the nearest that is.
	(per_second * SUSTAINED).max(1.0) as u32
}

/// Signs as many as are sent at this rate for so many seconds.
async fn lanes(
	scene: &Scene,
	kind: Kind,
	rate: u32,
	seconds: u32,
) -> Result<Vec<Lane>, BenchError> {
	let count = usize::try_from(rate.saturating_mul(seconds));
	let count = count.map_err(BenchError::failed(kind.wanted().load))?;
	match kind {
		Kind::Transfer => loads::transfers(scene, count).await,
		_ => loads::requests(scene, count).await,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn four_fifths_of_what_a_chain_took_are_sent_for_long() {
		assert_eq!([250.0, 667.4, 111.1].map(sustained_rate), [200, 533, 88]);
		assert_eq!([0.0, 1.0].map(sustained_rate), [1, 1]);
	}
}
