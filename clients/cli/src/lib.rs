//! `hdx`: the command line of HealthDataExchange. The program calls [`run`] and nothing else.
//!
//! `cli` says what can be typed, `commands` does it (a module a noun), `output` shows the
//! answer, `error` what went wrong and with which exit code. `demo` is the main flow. With the
//! configuration `fuzzing`, the readers of files can be called from outside.

#![deny(missing_docs)]

mod account;
mod actors;
mod advice;
mod ceremony_error;
mod chain_spec_error;
mod cli;
mod codes;
mod commands;
mod consortium;
mod credential_error;
mod custody;
mod demo;
mod disclosure;
mod document;
mod error;
mod exit;
mod files;
#[cfg(fuzzing)]
pub mod fuzzing;
mod hex32;
#[cfg(test)]
mod made_up;
mod output;
mod shielded_error;
mod time;
mod words;
mod zk_error;

use clap::Parser;
use cli::Cli;
use commands::Context;
use error::Error;
use exit::Exit;
use output::Output;
use std::process::ExitCode;

/// Does what was typed, from the arguments of this process to its exit code.
pub fn run() -> ExitCode {
	match Cli::try_parse() {
		Ok(cli) => start(cli).into(),
		Err(error) => usage(&error).into(),
	}
}

fn start(cli: Cli) -> Exit {
	log();
	let output = Output::new(cli.json);
	let context = Context { url: cli.url, output };
	let result = tokio::runtime::Builder::new_multi_thread()
		.enable_all()
		.build()
		.map_err(Error::System)
		.and_then(|runtime| {
			let result = runtime.block_on(commands::run(cli.command, &context));
			// A lookup of a host name may still hang in a thread of its own.
			runtime.shutdown_background();
			result
		});
	result.unwrap_or_else(|error| {
		output.error(&error);
		error.exit()
	})
}

/// What clap has to say: help, the version, or what cannot be understood.
fn usage(error: &clap::Error) -> Exit {
	let json = std::env::args_os().any(|argument| argument == "--json");
	if json && error.use_stderr() {
		Output::new(true).error(&Error::Usage(error.render().to_string().trim().to_owned()));
	} else if error.print().is_err() {
		// Nobody reads; the exit code still tells.
	}
	if error.use_stderr() {
		Exit::Usage
	} else {
		Exit::Done
	}
}

/// The libraries' log, where RUST_LOG asks for it.
fn log() {
	use tracing_subscriber::EnvFilter;
	let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("off"));
	tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
