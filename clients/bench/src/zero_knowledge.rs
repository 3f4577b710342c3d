//! Tables of proofs: each circuit with what it is aimed at, and beside it what others take.

use crate::{
	local::CircuitTimes,
	rows::{figure, Table},
	semaphore::Semaphore,
};

/// How many times as long as without a chain a verification in the runtime may take.
const TO_NATIVE: f64 = 1.3;
/// What part of a verification each of a full batch may take.
const TO_SINGLE: f64 = 0.35;
/// The circuit that is proven most often, and in how many milliseconds it is aimed to be on one thread.
const PROVEN: (&str, f64) = ("consent_access", 1_000.0);
/// What zkVerify publishes that its chain takes for a proof of Groth16, in milliseconds of the machine on which it was
/// measured.
const ZKVERIFY_PROOF: f64 = 3.67;
/// And for each of its public inputs.
const ZKVERIFY_INPUT: f64 = 0.187;

/// A figure, and whether it misses what was aimed at.
fn aimed(text: String, value: f64, most: f64) -> String {
	match value <= most {
		true => text,
		false => format!("{text} (misses {})", figure(most)),
	}
}

fn milliseconds(value: f64) -> String {
	format!("{} ms", figure(value))
}

/// What zkVerify would take for so many inputs, in milliseconds.
fn zkverify(inputs: u32) -> f64 {
	ZKVERIFY_PROOF + ZKVERIFY_INPUT * f64::from(inputs)
}

/// Microseconds of proving by constraint.
fn each_constraint(prove_ms: f64, constraints: u64) -> f64 {
	prove_ms * 1_000.0 / constraints.max(1) as f64
}

/// Every circuit. `reference`: transfers a second. A verification, in the runtime where that was measured, is compared
/// with the time in which the chain takes one.
pub fn circuits(circuits: &[CircuitTimes], reference: Option<f64>) -> Table {
	let rows = circuits.iter().map(|one| {
		let or_empty = |text: Option<String>| text.unwrap_or_default();
		let (proven, most) = PROVEN;
		let most = if one.circuit == proven { most } else { f64::INFINITY };
		let published = zkverify(one.inputs);
		let verifying = one.in_runtime_ms.unwrap_or(one.verify_ms);
		let beside = match one.in_runtime_ms {
			Some(ours) if ours > published => {
				format!("{} (missed: ours takes longer)", milliseconds(published))
			},
			_ => milliseconds(published),
		};
		vec![
			one.circuit.clone(),
			figure(one.constraints as f64),
			aimed(milliseconds(one.prove_ms), one.prove_ms, most),
			milliseconds(one.verify_ms),
			or_empty(one.in_runtime_ms.map(milliseconds)),
			or_empty(one.to_native.map(|ratio| aimed(figure(ratio), ratio, TO_NATIVE))),
			or_empty(one.batch_each_ms.map(milliseconds)),
			or_empty(one.batch_to_single.map(|ratio| aimed(figure(ratio), ratio, TO_SINGLE))),
			beside,
			or_empty(reference.map(|rate| figure(verifying * rate / 1_000.0))),
		]
	});
	let (proven, most) = PROVEN;
	Table {
		title: "Zero knowledge".to_owned(),
		heads: vec![
			"Constraints",
			"Prove",
			"Verify",
			"In the runtime",
			"To verify (aim 1.3)",
			"Each of 32",
			"To one (aim 0.35)",
			"zkVerify",
			"To a transfer",
		],
		rows: rows.collect(),
		notes: vec![
			format!(
				"One thread. Aimed at: {proven} is proven in {}; in the runtime a proof takes at most {} times as long as \
				 without a chain, each of a batch of 32 at most {} of a single one.",
				milliseconds(most),
				figure(TO_NATIVE),
				figure(TO_SINGLE),
			),
			format!(
				"zkVerify: {ZKVERIFY_PROOF} ms and {ZKVERIFY_INPUT} ms an input, as it publishes for its own chain, measured on \
				 another machine; for as many inputs as the circuit has.",
			),
		],
	}
}

/// Proofs of Semaphore, and of the circuit that is most like it.
pub fn beside(semaphore: &Semaphore, circuits: &[CircuitTimes]) -> Table {
	let theirs = each_constraint(semaphore.prove_ms, semaphore.constraints);
	let row = |what: String, constraints: u64, prove_ms: f64, verify_ms: f64| {
		let each = each_constraint(prove_ms, constraints);
		let ratio = each / theirs;
		vec![
			what,
			figure(constraints as f64),
			milliseconds(prove_ms),
			format!("{} µs", figure(each)),
			aimed(figure(ratio), ratio, 1.0),
			milliseconds(verify_ms),
		]
	};
	let Semaphore { depth, snarkjs, artifacts, node, proofs, .. } = semaphore;
	let ours = circuits.iter().filter(|one| one.circuit == PROVEN.0);
	let mut rows: Vec<_> = ours
		.map(|one| row(one.circuit.clone(), one.constraints, one.prove_ms, one.verify_ms))
		.collect();
	rows.push(row(
		format!("Semaphore v4, depth {depth}, snarkjs {snarkjs}"),
		semaphore.constraints,
		semaphore.prove_ms,
		semaphore.verify_ms,
	));
	Table {
		title: "Proofs beside Semaphore's".to_owned(),
		heads: vec!["Constraints", "Prove", "A constraint", "To Semaphore's", "Verify"],
		rows,
		notes: vec![format!(
			"One thread each, the calculation of the witness included. Semaphore: artifacts {artifacts}, Node.js {node}, \
			 medians of {proofs} proofs; over BN254, whose numbers are a third shorter than those of BLS12-381 here."
		)],
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::semaphore::tests::made_up;

	fn times() -> CircuitTimes {
		CircuitTimes {
			circuit: "consent_access".to_owned(),
			constraints: 8_000,
			inputs: 7,
			prove_ms: 800.0,
			verify_ms: 2.0,
			in_runtime_ms: Some(2.5),
			to_native: Some(1.25),
			batch_each_ms: Some(0.75),
			batch_to_single: Some(0.3),
			..CircuitTimes::default()
		}
	}

	fn cells(table: &Table, row: usize) -> Vec<&str> {
		table.rows.get(row).unwrap().iter().map(String::as_str).collect()
	}

	#[test]
	fn a_circuit_has_its_figures_beside_what_zkverify_publishes() {
		let table = circuits(&[times()], Some(200.0));
		let expected = [
			"consent_access",
			"8,000",
			"800 ms",
			"2.00 ms",
			"2.50 ms",
			"1.25",
			"0.7500 ms",
			"0.3000",
			"4.98 ms",
			"0.5000",
		];
		assert_eq!(cells(&table, 0), expected);
		assert!(table.notes.iter().any(|note| note.contains("another machine")));
	}

	#[test]
	fn what_misses_its_aim_is_said_to() {
		let slow = CircuitTimes {
			prove_ms: 1_060.0,
			in_runtime_ms: Some(5.0),
			to_native: Some(2.5),
			batch_to_single: Some(0.4),
			..times()
		};
		let table = circuits(std::slice::from_ref(&slow), None);
		let found = cells(&table, 0);
		for said in [
			"1,060 ms (misses 1,000)",
			"2.50 (misses 1.30)",
			"0.4000 (misses 0.3500)",
			"4.98 ms (missed: ours takes longer)",
		] {
			assert!(found.contains(&said), "{said}: {found:?}");
		}
		// The others have no aim for proving.
		let other = CircuitTimes { circuit: "break_glass".to_owned(), ..slow };
		assert!(cells(&circuits(&[other], None), 0).contains(&"1,060 ms"));
	}

	#[test]
	fn what_no_runtime_was_asked_about_is_empty() {
		let native = CircuitTimes {
			in_runtime_ms: None,
			to_native: None,
			batch_each_ms: None,
			batch_to_single: None,
			..times()
		};
		let table = circuits(&[native], Some(200.0));
		let expected =
			["consent_access", "8,000", "800 ms", "2.00 ms", "", "", "", "", "4.98 ms", "0.4000"];
		assert_eq!(cells(&table, 0), expected);
	}

	#[test]
	fn a_constraint_is_compared_with_one_of_semaphore() {
		let slow = CircuitTimes { prove_ms: 3_200.0, ..times() };
		let table = beside(&made_up(), &[times()]);
		let theirs = ["6,000", "1,200 ms", "200 µs", "1.00", "11.6 ms"];
		let found = cells(&table, 1);
		assert!(found.first().unwrap().contains("depth 20, snarkjs 0.7.5"), "{found:?}");
		assert_eq!(found.get(1..), Some(&theirs[..]));
		let ours = ["consent_access", "8,000", "800 ms", "100 µs", "0.4998", "2.00 ms"];
		assert_eq!(cells(&table, 0), ours);
		let table = beside(&made_up(), &[slow]);
		assert!(cells(&table, 0).contains(&"2.00 (misses 1.00)"), "{table:?}");
		// Without the circuit, Semaphore stands alone.
		assert_eq!(beside(&made_up(), &[]).rows.len(), 1);
	}
}
