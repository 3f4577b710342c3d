//! Proving and verifying, as `hdx zk bench` measures it.

use crate::error::BenchError;
use serde::{Deserialize, Serialize};
use std::{path::Path, process::Command};

/// What a circuit costs, on one thread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CircuitTimes {
	/// Its name.
	pub circuit: String,
	/// How many constraints it has.
	pub constraints: u64,
	/// Milliseconds of a proof: the median.
	pub prove_ms: f64,
	/// Milliseconds of a verification: the median.
	pub verify_ms: f64,
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

/// Measures every circuit, each so often.
pub fn circuits(hdx: &Path, rounds: usize) -> Result<Vec<CircuitTimes>, BenchError> {
	let file = |reason: String| BenchError::File { path: hdx.to_owned(), reason };
	let mut command = Command::new(hdx);
	command.args(["zk", "bench", "--json", "--rounds", &rounds.max(1).to_string()]);
	let output = command.output().map_err(|error| file(format!("it does not start: {error}")))?;
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
			"constraints":2000,"proveMs":170.5,"verifyMs":2.9,"provingKeyBytes":7,
			"verifyingKeyBytes":8}]}"#;
		let circuits = read(text).unwrap();
		assert_eq!(circuits.len(), 1);
		assert!(circuits.iter().all(|one| one.circuit == "consent_grant" && one.prove_ms > 170.0));
		assert!(read(b"no figures").is_err());
	}

	#[test]
	fn a_program_that_is_not_there_is_named() {
		let error = circuits(Path::new("/nothing/here"), 1).unwrap_err().to_string();
		assert!(error.contains("/nothing/here"), "{error}");
	}
}
