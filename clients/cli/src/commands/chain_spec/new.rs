//! `hdx chain-spec new`.

use crate::{
	commands::Context,
	consortium,
	error::Error,
	files::NewFile,
	output::{block, printable},
};
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// What is wanted.
#[derive(Debug, clap::Args)]
pub struct New {
	/// The file to write. An existing one is never touched.
	#[arg(value_name = "FILE")]
	file: PathBuf,
}

/// What was written.
#[derive(Serialize)]
struct Written {
	file: PathBuf,
}

impl fmt::Display for Written {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let file = self.file.display().to_string();
		let next = format!("fill it in, then: hdx chain-spec check {}", printable(&file));
		block(f, "a consortium to fill in", &[("file", &file), ("next", &next)])
	}
}

/// Does it.
pub(super) fn run(options: &New, context: &Context) -> Result<(), Error> {
	let mut file = NewFile::create(&options.file)?;
	file.write(consortium::TEMPLATE.as_bytes())?;
	context.output.show(&Written { file: file.keep() })
}
