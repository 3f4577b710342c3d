//! The report as text, and as a section of a page.

use crate::{
	error::BenchError,
	report::Report,
	rows::{tables, Table},
};
use std::{fmt::Write, fs, path::Path};

/// What stands before the generated section of a page.
const BEGIN: &str = "<!-- figures: begin -->";
/// What stands after it.
const END: &str = "<!-- figures: end -->";

/// What all tables are about.
fn headline(report: &Report) -> String {
	let machine = &report.machine;
	let quick =
		if report.quick { " A quick run: these say nothing about the machine." } else { "" };
	format!(
		"Measured on {} from {}: {}, {} threads, {} MiB of memory, {}.{quick}",
		report.date, report.commit, machine.cpu, machine.cores, machine.memory_mib, machine.system,
	)
}

/// The report for whoever ran it.
pub fn text(report: &Report) -> String {
	let mut text = headline(report);
	for table in tables(report) {
		let heads: Vec<&str> =
			std::iter::once(table.title.as_str()).chain(table.heads.iter().copied()).collect();
		let width = |column: usize| {
			let cells = table.rows.iter().filter_map(|row| row.get(column)).map(String::as_str);
			let all = cells.chain(heads.get(column).copied());
			all.map(|cell| cell.chars().count()).max().unwrap_or_default()
		};
		let widths: Vec<usize> = (0..heads.len()).map(width).collect();
		text.push_str("\n\n");
		aligned(&mut text, &heads, &widths);
		for row in &table.rows {
			text.push('\n');
			aligned(&mut text, &row.iter().map(String::as_str).collect::<Vec<_>>(), &widths);
		}
		for note in &table.notes {
			line(&mut text, format_args!("\n{note}"));
		}
	}
	text
}

/// Cells below each other: the first to the left, figures to the right.
fn aligned(text: &mut String, cells: &[&str], widths: &[usize]) {
	let mut whole = String::new();
	for (place, (cell, &width)) in cells.iter().zip(widths).enumerate() {
		match place {
			0 => line(&mut whole, format_args!("{cell:width$}")),
			_ => line(&mut whole, format_args!("  {cell:>width$}")),
		}
	}
	text.push_str(whole.trim_end());
}

/// The section of a page.
fn section(report: &Report) -> String {
	let mut text = format!("{}\n", headline(report));
	for one in tables(report) {
		table(&mut text, &one);
	}
	text
}

fn table(text: &mut String, Table { title, heads, rows, notes }: &Table) {
	line(
		text,
		format_args!(
			"\n### {title}\n\n| What | {} |\n|---|{}\n",
			heads.join(" | "),
			"---:|".repeat(heads.len())
		),
	);
	for row in rows {
		line(text, format_args!("| {} |\n", row.join(" | ")));
	}
	for note in notes {
		line(text, format_args!("\n{note}\n"));
	}
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
	// A String takes whatever is written.
	text.write_fmt(line).unwrap_or_default();
}

/// Replaces the generated section of a page.
pub fn write(report: &Report, path: &Path) -> Result<(), BenchError> {
	let file = |reason: String| BenchError::File { path: path.to_owned(), reason };
	let page = fs::read_to_string(path).map_err(|error| file(error.to_string()))?;
	let page = replaced(&page, &section(report))
		.ok_or_else(|| file(format!("it has no section from {BEGIN} to {END}")))?;
	fs::write(path, page).map_err(|error| file(error.to_string()))
}

/// A page with another section. `None`: it has no place for one.
fn replaced(page: &str, section: &str) -> Option<String> {
	let (before, rest) = page.split_once(BEGIN)?;
	let (_, after) = rest.split_once(END)?;
	Some(format!("{before}{BEGIN}\n\n{section}\n{END}{after}"))
}

/// Fails where the section could not be written. Looked at before anything is measured.
pub fn check(path: &Path) -> Result<(), BenchError> {
	let file = |reason: String| BenchError::File { path: path.to_owned(), reason };
	let page = fs::read_to_string(path).map_err(|error| file(error.to_string()))?;
	let found = replaced(&page, "").map(drop);
	found.ok_or_else(|| file(format!("it has no section from {BEGIN} to {END}")))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::report::tests::made_up;

	#[test]
	fn the_text_names_the_machine_and_has_every_table() {
		let text = text(&made_up());
		for words in
			["made-up", "0123abc", "One validator", "Beside the chain", "Zero knowledge", "640 /s"]
		{
			assert!(text.contains(words), "{words}: {text}");
		}
	}

	#[test]
	fn the_section_of_a_page_is_replaced_and_the_rest_kept() {
		let directory = tempfile::tempdir().unwrap();
		let path = directory.path().join("page.md");
		fs::write(&path, format!("before\n{BEGIN}\nold\n{END}\nafter\n")).unwrap();
		check(&path).unwrap();
		write(&made_up(), &path).unwrap();
		let first = fs::read_to_string(&path).unwrap();
		assert!(first.starts_with("before\n") && first.ends_with("\nafter\n"), "{first}");
		assert!(first.contains("| transfer, transactions | 200 /s |"), "{first}");
		assert!(first.contains("| What | Median | Range | To a transfer |\n|---|---:|---:|---:|\n"));
		assert!(first.contains("| consent_grant | 2,000 | 170 ms | 2.50 ms |"), "{first}");
		assert!(first.contains("\nzkVerify: 3.67 ms"), "{first}");
		assert!(!first.contains("old"));
		write(&made_up(), &path).unwrap();
		assert_eq!(fs::read_to_string(&path).unwrap(), first);
	}

	#[test]
	fn a_page_without_a_place_for_it_is_refused_and_kept() {
		let directory = tempfile::tempdir().unwrap();
		let path = directory.path().join("page.md");
		fs::write(&path, format!("{END} {BEGIN}")).unwrap();
		assert!(check(&path).is_err() && write(&made_up(), &path).is_err());
		assert_eq!(fs::read_to_string(&path).unwrap(), format!("{END} {BEGIN}"));
		assert!(check(&directory.path().join("none")).is_err());
	}
}
