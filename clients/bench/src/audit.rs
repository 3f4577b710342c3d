//! A proof of an entry of the log: how large it is, and how long checking it takes.

use crate::{error::BenchError, local, scene::Scene, stats::Spread};
use hdx_primitives::{EntryIndex, H256};
use hdx_sdk::proof::TrustRoot;
use serde::Serialize;
use std::time::Duration;

/// What was measured.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProofFigures {
	/// Bytes beside the justification.
	pub bytes: usize,
	/// Bytes of the justification: about 100 for each validator that signed.
	pub justification_bytes: usize,
	/// How many entries the log has at least.
	pub entries: u64,
	/// Milliseconds of checking it against the genesis hash alone, on one core.
	pub verify_ms: Spread,
}

/// Has the first entry of the log proven, which is the deepest, and checks it.
pub async fn proof(scene: &Scene, repetitions: usize) -> Result<ProofFigures, BenchError> {
	let index = EntryIndex(0);
	let proof = scene.chain.prove(index).await?;
	let trust = TrustRoot::Genesis(H256(scene.chain.genesis()));
	let per_second = local::rate(repetitions, Duration::from_millis(200), || {
		let entry = proof.verify(&trust).map_err(BenchError::failed("a proof of an entry"))?;
		if entry.index != index {
			return Err(BenchError::because("a proof of an entry", "it proves another one"));
		}
		Ok(())
	})?;
	let milliseconds = |rate: f64| 1_000.0 / rate;
	// The fastest is the one of the highest rate.
	let verify_ms = Spread {
		min: milliseconds(per_second.max),
		median: milliseconds(per_second.median),
		max: milliseconds(per_second.min),
	};
	Ok(ProofFigures {
		bytes: proof.bytes_beside_justification(),
		justification_bytes: proof.justification.0.len(),
		entries: scene.grants.len() as u64,
		verify_ms,
	})
}
