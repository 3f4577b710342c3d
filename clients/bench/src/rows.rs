//! The figures as rows of a table: what, how much, how far apart, and by how many transfers.

use crate::{
	beside_age,
	report::{ChainFigures, LoadFigures, LocalFigures, Report},
	stats::Spread,
	zero_knowledge,
};

/// A row of most tables. Cells that a figure does not have are empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
	/// What was measured.
	pub what: String,
	/// The median, or the one value.
	pub value: String,
	/// The smallest and the largest.
	pub range: String,
	/// The median by that of a transfer of the same chain.
	pub compared: String,
}

/// Rows with what they are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
	/// What it is about.
	pub title: String,
	/// What is in the columns behind the first, which names what was measured.
	pub heads: Vec<&'static str>,
	/// As many cells each as there are columns, the name among them. Those that a figure does not have are empty.
	pub rows: Vec<Vec<String>>,
	/// What has to be known to read it.
	pub notes: Vec<String>,
}

impl Table {
	fn of(title: String, rows: Vec<Row>) -> Self {
		let rows = rows.into_iter().map(|row| vec![row.what, row.value, row.range, row.compared]);
		Self {
			title,
			heads: vec!["Median", "Range", "To a transfer"],
			rows: rows.collect(),
			notes: Vec::new(),
		}
	}
}

impl Row {
	fn new(what: impl Into<String>, value: String) -> Self {
		Self { what: what.into(), value, range: String::new(), compared: String::new() }
	}

	fn spread(what: impl Into<String>, spread: Spread, unit: &str) -> Self {
		let value = format!("{}{unit}", figure(spread.median));
		let range = format!("{} – {}", figure(spread.min), figure(spread.max));
		Self { range, ..Self::new(what, value) }
	}

	fn compared(self, by: f64) -> Self {
		Self { compared: figure(by), ..self }
	}
}

/// A number with three digits that count, or all before the point.
pub fn figure(value: f64) -> String {
	let digits = match value.abs() {
		large if large >= 100.0 => 0,
		large if large >= 10.0 => 1,
		large if large >= 1.0 => 2,
		_ => 4,
	};
	let text = format!("{value:.digits$}");
	let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
	let mut grouped = String::new();
	for (place, digit) in whole.chars().enumerate() {
		let after = whole.len().saturating_sub(place);
		if place > 0 && after.is_multiple_of(3) && digit.is_ascii_digit() {
			grouped.push(',');
		}
		grouped.push(digit);
	}
	grouped + rest
}

/// All tables of a report.
pub fn tables(report: &Report) -> Vec<Table> {
	let mut tables: Vec<Table> = report.chains.iter().map(chain).collect();
	let reference = report.chains.first().and_then(ChainFigures::reference);
	let (age, sealing) = (&report.local.age, &report.local.sealing);
	let mut beside = Table::of("Beside the chain".to_owned(), local(&report.local, reference));
	if age.is_empty() {
		beside.notes.push(beside_age::NOT_MEASURED.to_owned());
	}
	tables.push(beside);
	if !age.is_empty() {
		tables.push(beside_age::table(age, sealing));
	}
	tables.push(zero_knowledge::circuits(&report.local.circuits, reference));
	if let Some(semaphore) = &report.semaphore {
		tables.push(zero_knowledge::beside(semaphore, &report.local.circuits));
	}
	if let Some(state) = report.log_state {
		let each = figure(state.bytes_per_entry as f64);
		let entries = figure(state.entries as f64);
		let range = format!("{} – {}", figure(state.least as f64), figure(state.most as f64));
		let whole = Row::new(
			format!("all of it, while {entries} entries go through windows of a thousand each"),
			format!("{} bytes", figure(state.most as f64)),
		);
		let rows = vec![
			Row::new("an entry of a disclosure within the window", format!("{each} bytes")),
			Row::new("a million of them", format!("{each} MB")),
			Row { range, ..whole },
		];
		tables.push(Table::of("The log in the state".to_owned(), rows));
	}
	tables
}

fn chain(figures: &ChainFigures) -> Table {
	let mut rows = Vec::new();
	for load in &figures.loads {
		let row = Row::spread(format!("{}, transactions", load.name), load.per_second, " /s");
		rows.push(row.compared(load.to_reference));
		if load.per_transaction > 1 {
			let each = |rate: f64| rate * load.per_transaction as f64;
			let Spread { min, median, max } = load.per_second;
			let spread = Spread { min: each(min), median: each(median), max: each(max) };
			let what = format!("{}, {} to a transaction", load.name, load.per_transaction);
			rows.push(Row::spread(what, spread, " /s").compared(each(load.to_reference)));
		}
		let most = load.rounds.iter().map(|round| round.most_in_block).max().unwrap_or_default();
		rows.push(Row::new(format!("{}, most in a block", load.name), figure(most as f64)));
		rows.extend(costs(load, figures.loads.first()));
	}
	let first = figures.latency.first();
	for one in &figures.latency {
		let (name, latency) = (one.name, one.latency);
		for (until, times, reference) in [
			("in a block", latency.in_block, first.map(|first| first.latency.in_block)),
			("finalized", latency.finalized, first.map(|first| first.latency.finalized)),
		] {
			let of_reference = reference.map(|times| [times.p50, times.p95, times.p99]);
			let all = [("p50", times.p50), ("p95", times.p95), ("p99", times.p99)];
			for (place, (percentile, time)) in all.into_iter().enumerate() {
				let what = format!("{name} at {} /s until {until}, {percentile}", latency.rate);
				let row = Row::new(what, format!("{} ms", figure(time)));
				let other = of_reference.and_then(|times| times.get(place).copied());
				rows.push(match other {
					Some(other) => row.compared(time / other),
					None => row,
				});
			}
		}
	}
	let growth = figures.state_bytes_per_access;
	rows.push(Row::new("state of a million granted requests", format!("{} MB", figure(growth))));
	let proof = figures.proof;
	let bytes = format!("{} bytes", figure(proof.bytes as f64));
	rows.push(Row::new("proof of an entry, beside the justification", bytes));
	let bytes = format!("{} bytes", figure(proof.justification_bytes as f64));
	rows.push(Row::new("its justification", bytes));
	let verified = Row::spread("checking that proof", proof.verify_ms, " ms");
	rows.push(match figures.reference() {
		Some(reference) => verified.compared(proof.verify_ms.median * reference / 1_000.0),
		None => verified,
	});
	let validators = match figures.validators {
		1 => "One validator".to_owned(),
		more => format!("{more} validators on this machine"),
	};
	Table::of(validators, rows)
}

/// What one costs a node, beside what the reference costs it.
fn costs(load: &LoadFigures, reference: Option<&LoadFigures>) -> [Row; 2] {
	let (name, costs) = (load.name, load.costs);
	let author = Row::new(format!("{name}, to author"), format!("{} µs", figure(costs.author_us)));
	let execute = Row::spread(format!("{name}, to execute"), costs.execute_us, " µs");
	match reference.map(|reference| reference.costs) {
		Some(other) => [
			author.compared(costs.author_us / other.author_us),
			execute.compared(costs.execute_us.median / other.execute_us.median),
		],
		None => [author, execute],
	}
}

/// `reference`: transfers a second on the first chain.
fn local(figures: &LocalFigures, reference: Option<f64>) -> Vec<Row> {
	let decisions = figures.decisions_per_second;
	let row = Row::spread("decisions of the engine, one consent of 8 provisions", decisions, " /s");
	let row = match reference {
		Some(rate) => row.compared(decisions.median / rate),
		None => row,
	};
	let mut rows = vec![row];
	let sealing = figures.sealing;
	let size = format!("a record of {} MB", figure(sealing.bytes as f64 / 1e6));
	rows.push(Row::spread(format!("sealing {size}"), sealing.sealing, " MB/s"));
	rows.push(Row::spread(format!("opening {size}"), sealing.opening, " MB/s"));
	rows
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::{log_state::LogState, report::tests::made_up};

	#[test]
	fn numbers_are_short_and_grouped() {
		let shown = [0.0, 0.025, 2.5, 12.34, 170.0, 1_234.5, 400_000.0, 1_000_000.0].map(figure);
		let expected = ["0.0000", "0.0250", "2.50", "12.3", "170", "1,234", "400,000", "1,000,000"];
		assert_eq!(shown, expected);
	}

	#[test]
	fn every_figure_has_a_row_and_loads_are_compared() {
		let mut report = made_up();
		report.log_state =
			Some(LogState { bytes_per_entry: 452, entries: 1_000_000, least: 1, most: 2 });
		let tables = tables(&report);
		let all: Vec<_> = tables.iter().flat_map(|table| &table.rows).collect();
		let row = |what: &str| {
			let found = all.iter().find(|row| row.iter().any(|cell| cell.starts_with(what)));
			let cells: Vec<&str> = found.unwrap().iter().map(String::as_str).collect();
			<[&str; 4]>::try_from(cells).unwrap()
		};
		let [_, _, _, compared] = row("transfer, transactions");
		assert_eq!(compared, "1.00");
		let [_, _, range, _] = row("batched disclosures, transactions");
		assert_eq!(range, "4.00 – 9.00");
		let [_, value, _, compared] = row("batched disclosures, 128 to a transaction");
		assert_eq!((value, compared), ("640 /s", "3.20"));
		let [_, value, _, compared] = row("batched disclosures, to execute");
		assert_eq!((value, compared), ("20,000 µs", "80.0"));
		let [_, value, _, _] = row("state of a million");
		assert_eq!(value, "1,234 MB");
		let [_, _, _, compared] = row("decisions");
		assert_eq!(compared, "2,000");
		let [_, value, _, _] = row("a million of them");
		assert_eq!(value, "452 MB");
		let [_, value, _, _] = row("transfer at 10 /s until finalized, p99");
		assert!(value.starts_with("9,000"));
	}

	#[test]
	fn sealing_says_whether_it_is_compared_with_age() {
		let mut report = made_up();
		let says = |report: &Report| {
			let tables = tables(report);
			let beside = tables.iter().find(|table| table.title == "Beside the chain").unwrap();
			beside.notes.iter().any(|note| note == beside_age::NOT_MEASURED)
		};
		assert!(says(&report));
		report.local.age = crate::local::made_up_age();
		assert!(!says(&report));
	}

	#[test]
	fn every_row_has_a_cell_in_every_column() {
		let mut report = made_up();
		report.semaphore = Some(crate::semaphore::tests::made_up());
		report.local.age = crate::local::made_up_age();
		let tables = tables(&report);
		let titles: Vec<_> = tables.iter().map(|table| table.title.as_str()).collect();
		assert_eq!(
			titles,
			[
				"One validator",
				"Beside the chain",
				"Sealing beside age",
				"Zero knowledge",
				"Proofs beside Semaphore's"
			]
		);
		for table in &tables {
			for row in &table.rows {
				assert_eq!(row.len(), table.heads.len() + 1, "{}: {row:?}", table.title);
			}
		}
	}
}
