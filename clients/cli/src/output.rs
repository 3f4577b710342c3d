//! Answers and errors, for people or for programs.

use crate::error::Error;
use indicatif::{ProgressBar, ProgressStyle};
use miette::{Diagnostic, GraphicalReportHandler};
use serde::Serialize;
use std::{
	fmt::{Display, Formatter, Result as FmtResult},
	io::{self, IsTerminal, Write},
	time::Duration,
};

/// How often the spinner turns.
const TURN: Duration = Duration::from_millis(100);

/// Where answers and errors go.
#[derive(Clone, Copy, Debug)]
pub struct Output {
	json: bool,
}

impl Output {
	/// Text for people, or JSON for programs.
	pub fn new(json: bool) -> Self {
		Self { json }
	}

	/// Whether programs read it.
	pub fn is_json(self) -> bool {
		self.json
	}

	/// Shows an answer, on standard output.
	pub fn show<T: Serialize + Display>(self, answer: &T) -> Result<(), Error> {
		let text = if self.json {
			serde_json::to_string(answer).map_err(|error| Error::System(io::Error::other(error)))?
		} else {
			answer.to_string()
		};
		let mut stdout = io::stdout().lock();
		match writeln!(stdout, "{}", text.trim_end()).and_then(|()| stdout.flush()) {
			// Whoever read it has seen enough.
			Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
			other => other.map_err(Error::System),
		}
	}

	/// Tells people something before it is done, on standard error. Programs get it with the answer.
	pub fn tell<T: Display>(self, what: &T) {
		if !self.json {
			drop(writeln!(io::stderr(), "{}\n", what.to_string().trim_end()));
		}
	}

	/// Shows an error, on standard error.
	pub fn error(self, error: &Error) {
		let text = if self.json { json(error) } else { report(error) };
		// Where even this cannot be written, the exit code still tells.
		drop(writeln!(io::stderr(), "{}", text.trim_end()));
	}

	/// Says how much of something is done, on a terminal only.
	pub fn bar(self, text: &'static str, length: usize) -> Bar {
		if self.json || !io::stderr().is_terminal() {
			return Bar(ProgressBar::hidden());
		}
		let bar = ProgressBar::new(length as u64).with_message(text);
		if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg} ({elapsed})") {
			bar.set_style(style);
		}
		bar.enable_steady_tick(TURN);
		Bar(bar)
	}

	/// Says what is waited for, on a terminal only.
	pub fn progress(self, text: &'static str) -> Progress {
		if self.json || !io::stderr().is_terminal() {
			return Progress(ProgressBar::hidden());
		}
		let bar = ProgressBar::new_spinner().with_message(text);
		if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
			bar.set_style(style);
		}
		bar.enable_steady_tick(TURN);
		Progress(bar)
	}
}

/// How much of something is done. Dropped when all of it is.
pub struct Bar(ProgressBar);

impl Bar {
	/// So many more are done.
	pub fn advance(&self, more: usize) {
		self.0.inc(more as u64);
	}
}

impl Drop for Bar {
	fn drop(&mut self) {
		self.0.finish_and_clear();
	}
}

/// Something that is waited for. Dropped when it is there.
pub struct Progress(ProgressBar);

impl Drop for Progress {
	fn drop(&mut self) {
		self.0.finish_and_clear();
	}
}

/// An error as an object.
fn json(error: &Error) -> String {
	serde_json::json!({
		"error": {
			"code": error.code(),
			"message": error.to_string(),
			"help": error.help(),
			"refusal": error.refusal(),
			"exit": error.exit().code(),
		}
	})
	.to_string()
}

/// An error as people read it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Report {
	message: String,
	help: Option<String>,
}

impl Diagnostic for Report {
	fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
		self.help.as_ref().map(|help| Box::new(help) as Box<dyn Display>)
	}
}

fn report(error: &Error) -> String {
	// What is wrong with a file can be told in the file's own words.
	let report = Report { message: printable(&error.to_string()), help: error.help() };
	// A terminal wraps by itself; a log keeps paths and URLs in one piece.
	let handler = GraphicalReportHandler::new().with_wrap_lines(false).with_links(false);
	let mut text = String::new();
	match handler.render_report(&mut text, &report) {
		Ok(()) => text,
		Err(_) => report.message,
	}
}

/// Writes a title and what belongs to it, a line each.
pub fn block(
	f: &mut Formatter<'_>,
	title: impl Display,
	fields: &[(&str, &dyn Display)],
) -> FmtResult {
	writeln!(f, "{}", printable(&title.to_string()))?;
	let width = fields.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
	for (name, value) in fields {
		let value = value.to_string();
		if !value.is_empty() {
			writeln!(f, "  {name:width$}  {}", printable(&value))?;
		}
	}
	Ok(())
}

/// A number of things: `1 section`, `2 sections`.
pub fn count(number: usize, thing: &str) -> String {
	match number {
		1 => format!("1 {thing}"),
		more => format!("{more} {thing}s"),
	}
}

/// Text from elsewhere, without what could steer a terminal.
pub fn printable(text: &str) -> String {
	text.chars().fold(String::with_capacity(text.len()), |mut safe, one| {
		if one.is_control() {
			safe.extend(one.escape_default());
		} else {
			safe.push(one);
		}
		safe
	})
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use hdx_sdk::chain::ChainError;

	fn unreachable() -> Error {
		let url = "ws://a-rather-long-host-name.of-some-hospital.example.org:9944/with/a/path";
		ChainError::Unreachable { url: url.into(), reason: "refused".into() }.into()
	}

	#[test]
	fn a_report_keeps_urls_in_one_piece_and_says_what_to_do() {
		let text = report(&unreachable());
		let url = "ws://a-rather-long-host-name.of-some-hospital.example.org:9944/with/a/path";
		assert!(text.contains(url), "{text}");
		assert!(text.contains("scripts/run.sh"), "{text}");
	}

	#[test]
	fn a_json_error_has_its_parts() {
		let value: serde_json::Value = serde_json::from_str(&json(&unreachable())).unwrap();
		assert_eq!(value["error"]["code"], "unreachable");
		assert_eq!(value["error"]["exit"], 3);
		assert!(value["error"]["help"].is_string());
		assert!(value["error"]["refusal"].is_null());
	}

	#[test]
	fn text_from_elsewhere_cannot_steer_a_terminal() {
		let error = Error::Usage("\u{1b}[2J".to_owned());
		assert!(report(&error).contains("\\u{1b}[2J"));
		assert_eq!(printable("Obs\u{1b}[2Jervation\n"), "Obs\\u{1b}[2Jervation\\n");
	}
}
