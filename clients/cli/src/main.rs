//! `hdx`: the command line of HealthDataExchange.

#![deny(missing_docs)]

use std::process::ExitCode;

fn main() -> ExitCode {
	hdx_cli::run()
}
