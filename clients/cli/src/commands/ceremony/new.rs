//! `hdx ceremony new`.

use super::file::{ensure_new, shape, shown, write_new};
use crate::{
	commands::{provider::Done, zk::circuit, Context},
	error::Error,
};
use hdx_zk_ceremony::{Iterations, Transcript};
use hdx_zk_circuits::AnyCircuit;
use serde_json::json;
use std::{io, path::PathBuf};

/// About which circuit.
#[derive(Debug, clap::Args)]
pub struct New {
	/// The circuit.
	#[arg(long, value_name = "CIRCUIT", value_parser = circuit::known)]
	circuit: AnyCircuit,
	/// How often the beacons of both phases are hashed, as a power of two. Whoever verifies does it too.
	#[arg(
		long, value_name = "N", default_value_t = Iterations::DEFAULT,
		value_parser = clap::value_parser!(u8).range(
			Iterations::MIN as i64..=Iterations::MAX as i64
		)
	)]
	iterations: u8,
	/// The file that is written.
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

/// Begins it.
pub fn run(options: &New, context: &Context) -> Result<(), Error> {
	let New { circuit, iterations, out } = options;
	let iterations =
		Iterations::new(*iterations).map_err(|error| Error::Usage(error.to_string()))?;
	ensure_new(out)?;
	let progress = context.output.progress("beginning");
	let shape = shape(*circuit)?;
	let transcript = Transcript::new(&shape, iterations)
		.map_err(|error| Error::System(io::Error::other(error.to_string())))?;
	write_new(out, &transcript.to_bytes())?;
	drop(progress);
	let ceremony = shown(&transcript.header().start());
	context.output.show(&Done::new(
		format!(
			"ceremony {ceremony} about {circuit} begins in {}\n\
			 Parties contribute now, one after the other: hdx ceremony contribute",
			out.display()
		),
		json!({
			"ceremony": ceremony,
			"circuit": circuit.name(),
			"relation": shown(&circuit.relation()),
			"constraints": shape.constraints(),
			"domain": shape.domain(),
			"iterations": iterations.exponent(),
			"file": out,
		}),
	))
}
