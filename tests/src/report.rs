//! Words that are to be seen even where a test passes.

use std::{env, fs::OpenOptions, io::Write};

/// Names the file that results of faults are added to, for a table of all.
const FAULTS_FILE: &str = "HDX_FAULTS_FILE";

/// Writes a line past the test harness, which keeps back what passing tests print.
pub fn say(text: impl std::fmt::Display) {
	// Where nobody reads, the test goes on.
	drop(writeln!(std::io::stderr().lock(), "    {text}"));
}

/// Tells how a fault ended, and adds it to the table where one is made: a line, of fields that tabs part.
pub fn fault(fields: &[&dyn std::fmt::Display]) {
	let fields: Vec<_> = fields.iter().map(ToString::to_string).collect();
	say(fields.join(", "));
	append(&fields.join("\t"));
}

/// Tells what was measured while there was a fault, and adds it to what is printed with the table. A line without tabs.
pub fn measured(text: impl std::fmt::Display) {
	let text = text.to_string().replace('\t', " ");
	say(&text);
	append(&text);
}

/// Adds a line to the file, if one is named.
fn append(line: &str) {
	let Some(path) = env::var_os(FAULTS_FILE) else { return };
	let mut file = OpenOptions::new().create(true).append(true).open(path).expect("a file");
	writeln!(file, "{line}").expect("a line can be written");
}
