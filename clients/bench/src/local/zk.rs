//! Proving and verifying, as `hdx zk bench` measures it.

use crate::error::BenchError;
use serde::{Deserialize, Serialize};
use std::path::Path;
use tokio::process::Command;

/// What a circuit costs, on one thread. Times are medians.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CircuitTimes {
	/// Its name.
	pub circuit: String,
	/// How many constraints it has.
	pub constraints: u64,
	/// How many public inputs it has.
	pub inputs: u32,
	/// Milliseconds of a proof.
	pub prove_ms: f64,
	/// Milliseconds of a verification without a chain.
	pub verify_ms: f64,
	/// Milliseconds of a verification in the runtime, where a chain was asked.
	pub in_runtime_ms: Option<f64>,
	/// That by the one without a chain.
	pub to_native: Option<f64>,
	/// Milliseconds of each proof in the runtime, as many at once as can be.
	pub batch_each_ms: Option<f64>,
	/// That by the one of a single proof.
	pub batch_to_single: Option<f64>,
	/// How large the proving key is.
	pub proving_key_bytes: u64,
	/// How large the verifying key is.
	pub verifying_key_bytes: u64,
}

/// What `hdx zk bench --json` prints.
#[derive(Deserialize)]
struct Printed {
	circuits: Vec<CircuitTimes>,
}

/// Measures every circuit, each so often. `chain`: where the node of a development chain listens, whose runtime is
/// measured too.
pub async fn circuits(
	hdx: &Path,
	rounds: usize,
	chain: Option<&str>,
) -> Result<Vec<CircuitTimes>, BenchError> {
	let file = |reason: String| BenchError::File { path: hdx.to_owned(), reason };
	let mut command = Command::new(hdx);
	command.args(["zk", "bench", "--json", "--rounds", &rounds.max(1).to_string()]);
	if let Some(url) = chain {
		command.args(["--in-runtime", "--url", url]);
	}
	// Whoever stops the run stops it as well.
	let output = command.kill_on_drop(true).output().await;
	let output = output.map_err(|error| file(format!("it does not start: {error}")))?;
	if !output.status.success() {
		return Err(file(String::from_utf8_lossy(&output.stderr).into_owned()));
	}
	read(&output.stdout)
}

fn read(text: &[u8]) -> Result<Vec<CircuitTimes>, BenchError> {
	let printed: Printed =
		serde_json::from_slice(text).map_err(BenchError::failed("what `hdx zk bench` printed"))?;
	Ok(printed.circuits)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn what_hdx_prints_is_read() {
		let text = br#"{"rounds":1,"threads":1,"circuits":[{"circuit":"consent_grant","number":0,
			"constraints":2000,"inputs":2,"proveMs":170.5,"verifyMs":2.9,"provingKeyBytes":7,
			"verifyingKeyBytes":8}]}"#;
		let circuits = read(text).unwrap();
		assert_eq!(circuits.len(), 1);
		assert!(circuits.iter().all(|one| one.circuit == "consent_grant" && one.prove_ms > 170.0));
		assert!(circuits.iter().all(|one| one.in_runtime_ms.is_none() && one.to_native.is_none()));
		assert!(read(b"no figures").is_err());
	}

	#[test]
	fn what_hdx_prints_of_a_runtime_is_read() {
		let text = br#"{"rounds":1,"threads":1,"circuits":[{"circuit":"consent_grant","number":0,
			"constraints":2000,"inputs":2,"proveMs":170.5,"verifyMs":2.9,"version":3,
			"inRuntimeMs":3.5,"toNative":1.207,"batchEachMs":1.1,"batchToSingle":null,
			"provingKeyBytes":7,"verifyingKeyBytes":8}]}"#;
		let found = read(text).unwrap().remove(0);
		assert_eq!((found.in_runtime_ms, found.to_native), (Some(3.5), Some(1.207)));
		assert_eq!((found.batch_each_ms, found.batch_to_single), (Some(1.1), None));
	}

	#[tokio::test]
	async fn a_program_that_is_not_there_is_named() {
		let error = circuits(Path::new("/nothing/here"), 1, None).await.unwrap_err().to_string();
		assert!(error.contains("/nothing/here"), "{error}");
	}
}
