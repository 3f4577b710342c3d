//! The figures as rows of a table: what, how much, how far apart, and by how many transfers.

use crate::{
	beside_age,
	chain_rows::chain,
	report::{ChainFigures, LocalFigures, Report},
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
	/// The median by that of a transfer of the same chain: a rate by a rate, a time by a time, bytes by bytes.
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
	/// Of rows with these three cells.
	pub fn of(title: String, rows: Vec<Row>) -> Self {
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
	/// One value.
	pub fn new(what: impl Into<String>, value: String) -> Self {
		Self { what: what.into(), value, range: String::new(), compared: String::new() }
	}

	/// A median and its range.
	pub fn spread(what: impl Into<String>, spread: Spread, unit: &str) -> Self {
		let value = format!("{}{unit}", figure(spread.median));
		let range = format!("{} – {}", figure(spread.min), figure(spread.max));
		Self { range, ..Self::new(what, value) }
	}

	/// The same, so many times what a transfer is. Empty where there is nothing to compare with.
	pub fn compared(self, by: impl Into<Option<f64>>) -> Self {
		// What is divided by nothing is no number.
		let by = by.into().filter(|by| by.is_finite());
		Self { compared: by.map(figure).unwrap_or_default(), ..self }
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
		let of_transfer = report.chains.first().map(|chain| chain.transfer_bytes as f64);
		let ratio = of_transfer.map(|bytes| state.bytes_per_entry as f64 / bytes);
		let entries = figure(state.entries as f64);
		let range = format!("{} – {}", figure(state.least as f64), figure(state.most as f64));
		let whole = Row::new(
			format!("all of it, while {entries} entries go through windows of a thousand each"),
			format!("{} bytes", figure(state.most as f64)),
		);
		let rows = vec![
			Row::new("an entry of a disclosure within the window", format!("{each} bytes"))
				.compared(ratio),
			Row::new("a million of them", format!("{each} MB")).compared(ratio),
			Row { range, ..whole },
		];
		tables.push(Table::of("The log in the state".to_owned(), rows));
	}
	tables
}

/// `reference`: transfers a second on the first chain.
fn local(figures: &LocalFigures, reference: Option<f64>) -> Vec<Row> {
	let decisions = figures.decisions_per_second;
	let row = Row::spread("decisions of the engine, one consent of 8 provisions", decisions, " /s");
	let mut rows = vec![row.compared(reference.map(|rate| decisions.median / rate))];
	let sealing = figures.sealing;
	let megabytes = sealing.bytes as f64 / 1e6;
	for (doing, speed) in [("sealing", sealing.sealing), ("opening", sealing.opening)] {
		let what = format!("{doing} a record of {} MB", figure(megabytes));
		// How many transfers the chain takes in the time of the whole record.
		let transfers = reference.map(|rate| megabytes / speed.median * rate);
		rows.push(Row::spread(what, speed, " MB/s").compared(transfers));
	}
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
		let [_, value, _, compared] = row("transfer, most in a block");
		assert_eq!((value, compared), ("60.0", "1.00"));
		let [_, _, _, compared] = row("batched disclosures, most in a block");
		assert_eq!(compared, "1.00");
		let [what, value, range, compared] = row("batched disclosures, to author");
		assert_eq!(what, "batched disclosures, to author, n = 3");
		assert_eq!((value, range, compared), ("40,000 µs", "20,000 – 80,000", "80.0"));
		// By the bytes of a transfer's transaction: a hundred.
		let [_, value, _, compared] = row("state of a million granted requests");
		assert_eq!((value, compared), ("1,234 MB", "12.3"));
		let [_, value, _, _] = row("state of a million transfers");
		assert_eq!(value, "0.5000 MB");
		let [_, _, _, compared] = row("proof of an entry");
		assert_eq!(compared, "20.0");
		let [_, _, _, compared] = row("its justification");
		assert_eq!(compared, "1.00");
		// Four megabytes at 100 a second are 40 ms, in which a chain with 200 transfers a second takes eight.
		let [_, value, _, compared] = row("sealing a record");
		assert_eq!((value, compared), ("100 MB/s", "8.00"));
		let [_, _, _, compared] = row("opening a record");
		assert_eq!(compared, "5.00");
		let [_, value, _, compared] =
			row("access request, sustained 60 /s for 120 s, until in a block, p95");
		assert_eq!((value, compared), ("3,000 ms", "1.25"));
		let [_, value, _, compared] = row("access request, sustained 60 /s for 120 s, in blocks");
		assert_eq!((value, compared), ("60.0 /s", "0.3750"));
		let [_, _, _, compared] = row("decisions");
		assert_eq!(compared, "2,000");
		let [_, value, _, compared] = row("a million of them");
		assert_eq!((value, compared), ("452 MB", "4.52"));
		let [_, value, _, _] = row("transfer at 10 /s until finalized, p99");
		assert!(value.starts_with("9,000"));
	}

	#[test]
	fn what_there_is_nothing_to_compare_with_has_no_ratio() {
		let row = || Row::new("x", "1".to_owned());
		assert_eq!(row().compared(2.0_f64).compared, "2.00");
		assert_eq!(row().compared(None::<f64>).compared, "");
		assert_eq!([f64::INFINITY, f64::NAN].map(|by| row().compared(by)), [row(), row()]);
	}

	#[test]
	fn one_block_is_no_range() {
		let mut report = made_up();
		let costs = &mut report.chains.first_mut().unwrap().loads.first_mut().unwrap().costs;
		costs.blocks = 1;
		let tables = tables(&report);
		let mut rows = tables.iter().flat_map(|table| &table.rows);
		let row = rows.find(|row| row.first().unwrap() == "transfer, to author, n = 1").unwrap();
		assert_eq!(row.get(2).unwrap(), "");
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
