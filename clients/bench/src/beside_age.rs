//! A table of sealing and opening, beside what the crate `age` takes for the same bytes.

use crate::{
	local::{AgeTimes, Sealing, CLASSIC},
	rows::{figure, Table},
};

/// What is said where it was not measured.
pub const NOT_MEASURED: &str =
	"Sealing and opening beside the crate `age`: not measured in this run (`--age`).";

/// A row, but for what it is compared with.
struct Measured {
	what: String,
	seal_ms: f64,
	open_ms: Option<f64>,
	stored: usize,
}

/// Sealing for one grantee and opening, then age to each kind of recipient. Compared are times with those to
/// [`CLASSIC`]: twice means that it takes twice as long.
pub fn table(age: &[AgeTimes], sealing: &Sealing) -> Table {
	let milliseconds = |per_second: f64| sealing.bytes as f64 / 1_000.0 / per_second;
	let ours = Measured {
		what: format!("hdx, {} sections, X-Wing", sealing.sections),
		seal_ms: milliseconds(sealing.to_one.median),
		open_ms: Some(milliseconds(sealing.opening.median)),
		stored: sealing.stored,
	};
	let theirs = age.iter().map(|one| Measured {
		what: format!("age {}, {}", one.age, recipient(&one.recipient)),
		seal_ms: one.encrypt_ms.median,
		open_ms: one.decrypt_ms.map(|times| times.median),
		stored: one.encrypted_bytes,
	});
	let reference = age.iter().find(|one| one.recipient == CLASSIC);
	let of_seal = reference.map(|one| one.encrypt_ms.median);
	let of_open = reference.and_then(|one| one.decrypt_ms).map(|times| times.median);
	let rows = std::iter::once(ours).chain(theirs).map(|one| {
		vec![
			one.what,
			format!("{} ms", figure(one.seal_ms)),
			ratio(Some(one.seal_ms), of_seal),
			one.open_ms.map(|time| format!("{} ms", figure(time))).unwrap_or_default(),
			ratio(one.open_ms, of_open),
			format!("{} MB", figure(one.stored as f64 / 1e6)),
		]
	});
	let rounds = reference.map(|one| one.rounds).unwrap_or_default();
	Table {
		title: "Sealing beside age".to_owned(),
		heads: vec!["Seal", "To age's", "Open", "To age's", "Ciphertext"],
		rows: rows.collect(),
		notes: vec![
			format!(
				"The same record of {} MB, in memory, on one core each, for one recipient; medians of {rounds} rounds. age \
				 encrypts the file as it is under one key, which it wraps by X25519, or by ML-KEM-768 with P-256, to which \
				 it can encrypt and not decrypt.",
				figure(sealing.bytes as f64 / 1e6),
			),
			"Ours does more: it writes resources as sections and reads them again, pads each to a power of two, encrypts \
			 each under a key of its own, wraps each key by HPKE with X-Wing (ML-KEM-768 and X25519), hashes the blocks, \
			 and makes the commitment, which opening checks with all the rest."
				.to_owned(),
		],
	}
}

/// What a kind of recipient is made of.
fn recipient(name: &str) -> &str {
	match name {
		CLASSIC => "X25519",
		"tagpq" => "ML-KEM-768 with P-256",
		other => other,
	}
}

/// A time by another; empty where there is none.
fn ratio(time: Option<f64>, reference: Option<f64>) -> String {
	let both = time.zip(reference);
	both.map(|(time, reference)| figure(time / reference)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::{local::made_up_age, report::tests::made_up};

	fn cells(table: &Table, row: usize) -> Vec<&str> {
		table.rows.get(row).unwrap().iter().map(String::as_str).collect()
	}

	#[test]
	fn ours_stands_beside_age_and_is_compared_with_its_classic_recipient() {
		let table = table(&made_up_age(), &made_up().local.sealing);
		// 4 MB at 80 and at 160 MB a second.
		let ours = ["hdx, 2 sections, X-Wing", "50.0 ms", "5.00", "25.0 ms", "5.00", "8.00 MB"];
		assert_eq!(cells(&table, 0), ours);
		let classic = ["age 0.12.1, X25519", "10.0 ms", "1.00", "5.00 ms", "1.00", "4.00 MB"];
		assert_eq!(cells(&table, 1), classic);
		assert!(table.notes.iter().any(|note| note.contains("medians of 9 rounds")));
	}

	#[test]
	fn what_age_cannot_decrypt_is_empty() {
		let table = table(&made_up_age(), &made_up().local.sealing);
		let hybrid = ["age 0.12.1, ML-KEM-768 with P-256", "10.5 ms", "1.05", "", "", "4.00 MB"];
		assert_eq!(cells(&table, 2), hybrid);
		assert_eq!(table.rows.len(), 3);
	}
}
