//! What proofs of Semaphore cost, as `clients/bench/semaphore/bench.mjs` printed it.

use crate::error::BenchError;
use serde::{Deserialize, Serialize};
use std::{fs, path::Path};

/// What a proof of Semaphore costs with snarkjs on one thread of this machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Semaphore {
	/// How many constraints the circuit has.
	pub constraints: u64,
	/// How many public inputs it has.
	pub inputs: u32,
	/// For trees of which depth it is.
	pub depth: u32,
	/// Milliseconds of a proof, the calculation of its witness included: the median.
	pub prove_ms: f64,
	/// Milliseconds of a verification: the median.
	pub verify_ms: f64,
	/// Of how many proofs.
	pub proofs: u32,
	/// On how many threads.
	pub threads: u32,
	/// The release of snarkjs.
	pub snarkjs: String,
	/// The release of the circuit and its keys.
	pub artifacts: String,
	/// The release of Node.js.
	pub node: String,
}

/// Reads what was printed. Figures of more than one thread are refused: ours are of one.
pub fn read(path: &Path) -> Result<Semaphore, BenchError> {
	let file = |reason: String| BenchError::File { path: path.to_owned(), reason };
	let text = fs::read(path).map_err(|error| file(error.to_string()))?;
	parse(&text).map_err(file)
}

fn parse(text: &[u8]) -> Result<Semaphore, String> {
	let found: Semaphore = serde_json::from_slice(text)
		.map_err(|error| format!("these are no figures of Semaphore: {error}"))?;
	if found.threads != 1 {
		return Err(format!("these are figures of {} threads, and not of one", found.threads));
	}
	if found.constraints == 0 || found.proofs == 0 {
		return Err("these are figures of nothing".to_owned());
	}
	Ok(found)
}

#[cfg(test)]
pub mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	const PRINTED: &str = r#"{"constraints":6000,"inputs":4,"depth":20,"proveMs":1200.5,
		"verifyMs":11.6,"proofs":5,"threads":1,"snarkjs":"0.7.5","artifacts":"4.13.0",
		"node":"v20.20.2"}"#;

	/// Figures that are made up.
	pub fn made_up() -> Semaphore {
		parse(PRINTED.as_bytes()).unwrap()
	}

	#[test]
	fn what_was_printed_is_read() {
		let found = made_up();
		assert_eq!((found.constraints, found.depth, found.prove_ms), (6_000, 20, 1_200.5));
		assert_eq!((found.snarkjs.as_str(), found.artifacts.as_str()), ("0.7.5", "4.13.0"));
	}

	#[test]
	fn what_cannot_be_compared_is_refused() {
		for (from, to, why) in [
			("\"threads\":1", "\"threads\":2", "2 threads"),
			("6000", "0", "nothing"),
			("\"proofs\":5", "\"proofs\":0", "nothing"),
			("proveMs", "proves", "no figures"),
		] {
			let error = parse(PRINTED.replace(from, to).as_bytes()).unwrap_err();
			assert!(error.contains(why), "{error}");
		}
		assert!(read(Path::new("/nothing/here")).is_err());
	}
}
