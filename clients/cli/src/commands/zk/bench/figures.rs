//! What was measured, and how it is shown.

use hdx_primitives::MAX_PROOF_BATCH;
use hdx_sdk::chain::ProofTimes;
use serde::Serialize;
use std::{fmt, time::Duration};

/// What was measured.
#[derive(Serialize)]
pub struct Measured {
	/// How often each statement was proven.
	pub rounds: u32,
	/// On how many threads.
	pub threads: u32,
	/// The circuits.
	pub circuits: Vec<Times>,
}

/// What a circuit costs. Times are medians, in milliseconds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Times {
	/// Its name.
	pub circuit: &'static str,
	/// Its number.
	pub number: u32,
	/// How many constraints it has.
	pub constraints: usize,
	/// How many public inputs it has.
	pub inputs: usize,
	/// Of a proof.
	pub prove_ms: f64,
	/// Of a verification here, by a key that was prepared before, of a proof that was read before.
	pub verify_ms: f64,
	/// In the runtime of a chain, where one was asked.
	#[serde(flatten)]
	pub in_runtime: Option<InRuntime>,
	/// How large the proving key is.
	pub proving_key_bytes: usize,
	/// How large the verifying key is.
	pub verifying_key_bytes: usize,
}

/// What a circuit's proofs cost in the runtime of a chain: all that a call pays for, from reading the key in the state
/// and the proof in its bytes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InRuntime {
	/// Under which version of the circuit.
	pub version: u32,
	/// Of a single proof, in milliseconds.
	pub in_runtime_ms: f64,
	/// That by the time of a verification here. Null where nothing can be divided by.
	pub to_native: Option<f64>,
	/// Of each proof, where as many are verified at once as can be, in milliseconds.
	pub batch_each_ms: f64,
	/// That by the time of a single proof. Null where nothing can be divided by.
	pub batch_to_single: Option<f64>,
}

impl InRuntime {
	/// From what a node took. `native`: a verification here, in milliseconds.
	pub fn of(version: u32, native: f64, times: &ProofTimes) -> Self {
		let nothing = median(&times.nothing);
		// What a busy machine makes shorter than nothing took no time that could be told.
		let above = |times: &[Duration]| (median(times) - nothing).max(0.0);
		let in_runtime_ms = rounded(above(&times.single));
		let batch_each_ms = rounded(above(&times.batch) / f64::from(MAX_PROOF_BATCH));
		Self {
			version,
			in_runtime_ms,
			to_native: ratio(in_runtime_ms, native),
			batch_each_ms,
			batch_to_single: ratio(batch_each_ms, in_runtime_ms),
		}
	}
}

/// The middle one, in milliseconds.
pub fn median(times: &[Duration]) -> f64 {
	let mut times = times.to_vec();
	times.sort_unstable();
	let middle = times.get(times.len() / 2).copied().unwrap_or_default();
	rounded(middle.as_secs_f64() * 1000.0)
}

/// To three digits behind the point: milliseconds to the microsecond.
fn rounded(value: f64) -> f64 {
	(value * 1000.0).round() / 1000.0
}

fn ratio(of: f64, by: f64) -> Option<f64> {
	(by > 0.0).then(|| rounded(of / by))
}

impl fmt::Display for Measured {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let is_on_chain = self.circuits.iter().any(|times| times.in_runtime.is_some());
		write!(f, "{:18} {:>11} {:>10} {:>10}", "circuit", "constraints", "prove", "verify")?;
		if is_on_chain {
			write!(
				f,
				" {:>10} {:>9} {:>10} {:>9}",
				"in runtime", "to native", "each of 32", "to single"
			)?;
		}
		writeln!(f, " {:>13} {:>15}", "proving key", "verifying key")?;
		for times in &self.circuits {
			write!(
				f,
				"{:18} {:>11} {:>8.2} s {:>7.2} ms",
				times.circuit,
				times.constraints,
				times.prove_ms / 1000.0,
				times.verify_ms,
			)?;
			if let Some(runtime) = &times.in_runtime {
				write!(
					f,
					" {:>7.2} ms {:>9} {:>7.2} ms {:>9}",
					runtime.in_runtime_ms,
					shown(runtime.to_native),
					runtime.batch_each_ms,
					shown(runtime.batch_to_single),
				)?;
			}
			writeln!(
				f,
				" {:>7} bytes {:>9} bytes",
				times.proving_key_bytes, times.verifying_key_bytes
			)?;
		}
		write!(f, "medians of {} proofs each, on {} thread", self.rounds, self.threads)
	}
}

fn shown(ratio: Option<f64>) -> String {
	ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn milliseconds(times: &[u64]) -> Vec<Duration> {
		times.iter().copied().map(Duration::from_millis).collect()
	}

	fn times(nothing: &[u64], single: &[u64], batch: &[u64]) -> ProofTimes {
		ProofTimes {
			nothing: milliseconds(nothing),
			single: milliseconds(single),
			batch: milliseconds(batch),
		}
	}

	fn circuit(in_runtime: Option<InRuntime>) -> Times {
		Times {
			circuit: "consent_grant",
			number: 0,
			constraints: 781,
			inputs: 2,
			prove_ms: 170.0,
			verify_ms: 2.0,
			in_runtime,
			proving_key_bytes: 7,
			verifying_key_bytes: 8,
		}
	}

	#[test]
	fn the_median_is_the_middle_one() {
		assert_eq!(median(&milliseconds(&[9, 1, 2])), 2.0);
		assert_eq!(median(&[]), 0.0);
		assert_eq!(median(&[Duration::from_nanos(1_234_567)]), 1.235);
	}

	#[test]
	fn what_any_question_takes_is_taken_off_what_a_proof_takes() {
		let found = InRuntime::of(3, 2.0, &times(&[1, 2, 90], &[4, 5, 80], &[33, 34, 35]));
		assert_eq!((found.version, found.in_runtime_ms, found.to_native), (3, 3.0, Some(1.5)));
		assert_eq!((found.batch_each_ms, found.batch_to_single), (1.0, Some(0.333)));
	}

	#[test]
	fn nothing_is_divided_by_nothing() {
		let found = InRuntime::of(1, 0.0, &times(&[5], &[4], &[37]));
		assert_eq!((found.in_runtime_ms, found.to_native), (0.0, None));
		assert_eq!((found.batch_each_ms, found.batch_to_single), (1.0, None));
	}

	#[test]
	fn the_runtime_has_columns_and_fields_where_it_was_asked_alone() {
		let shown = |in_runtime| {
			let circuits = vec![circuit(in_runtime)];
			let measured = Measured { rounds: 1, threads: 1, circuits };
			(measured.to_string(), serde_json::to_string(&measured).unwrap_or_default())
		};
		let (text, json) = shown(None);
		assert!(!text.contains("in runtime") && !json.contains("inRuntimeMs"), "{text}{json}");
		assert!(json.contains(r#""verifyMs":2.0"#), "{json}");
		let (text, json) = shown(Some(InRuntime::of(1, 2.0, &times(&[1], &[4], &[33]))));
		assert!(text.contains("1.50") && text.contains("0.33"), "{text}");
		for field in ["version", "inRuntimeMs", "toNative", "batchEachMs", "batchToSingle"] {
			assert!(json.contains(&format!(r#""{field}":"#)), "{field}: {json}");
		}
	}
}
