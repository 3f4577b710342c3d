//! `hdx access request-by-proof`.

use super::request::{answered, Read, Request};
use crate::{
	commands::{shielded::access_proof::Proven, Context},
	error::Error,
	exit::Exit,
};
use hdx_primitives::{AccessRequest, Milliseconds};
use hdx_sdk::chain::Until;

/// Longest that a grant by proof holds: a quarter of an hour.
const LONGEST: Milliseconds = Milliseconds(15 * 60_000);

/// What is asked, and with which proof.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct ByProof {
	#[command(flatten)]
	request: Request,
	#[command(flatten)]
	proven: Proven,
}

/// Proves, and asks.
pub async fn run(options: ByProof, context: &Context) -> Result<Exit, Error> {
	let ByProof { request, proven } = options;
	let Read { practitioner, second_key, request, context_salt } = request.read()?;
	let request = no_longer(request);
	let files = proven.read()?;
	let chain = context.connect().await?;
	// What the proof is bound to is the request as it is sent.
	let proof = proven.prove(&files, &chain, &practitioner, &request, context).await?;
	let progress = context.output.progress("waiting until it is final");
	let (second_key, until) = (second_key.as_ref(), Until::Finalized);
	let answer =
		chain.request_access_by_proof(&practitioner, request, second_key, proof, until).await?;
	drop(progress);
	answered(answer, context_salt, context)
}

/// The request, for no longer than a grant by proof holds: `--duration` is as long as a shift where it is left out.
fn no_longer(request: AccessRequest) -> AccessRequest {
	let duration = request.duration.min(LONGEST);
	AccessRequest { duration, ..request }
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

	use super::*;
	use clap::Parser;
	use hdx_primitives::{RecordId, Target};

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		asked: ByProof,
	}

	const ALWAYS: &str = "hdx --as //Dave --patient //Charlie --on-behalf-of 1 --role physician --purpose TREAT \
	                      --action read --record 3 --class Observation --consent c --provider p --subject s \
	                      --proving-key k --version 1 --revoked-by 2";

	fn parse(more: &str) -> Result<AccessRequest, String> {
		let line = Line::try_parse_from(ALWAYS.split_whitespace().chain(more.split_whitespace()))
			.map_err(|error| error.to_string())?;
		let read = line.asked.request.read().map_err(|error| error.to_string())?;
		Ok(no_longer(read.request))
	}

	#[test]
	fn asks_for_a_quarter_of_an_hour_at_most() {
		let asked = parse("").unwrap();
		assert_eq!((asked.target, asked.duration), (Target::Record(RecordId(3)), LONGEST));
		assert_eq!(parse("--duration 2m").unwrap().duration, Milliseconds(120_000));
		assert_eq!(parse("--duration 2h").unwrap().duration, LONGEST);
	}

	#[test]
	fn fails_when_something_to_prove_with_is_left_out() {
		for option in ["consent", "provider", "subject", "proving-key", "version", "revoked-by"] {
			let words: Vec<_> = ALWAYS.split_whitespace().collect();
			let name = format!("--{option}");
			let at = words.iter().position(|word| *word == name).unwrap();
			let rest = words.iter().take(at).chain(words.iter().skip(at + 2));
			let error = Line::try_parse_from(rest).err().unwrap().to_string();
			assert!(error.contains(&name), "{error}");
		}
	}
}
