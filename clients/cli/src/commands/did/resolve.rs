//! `hdx did resolve`.

use super::{block, subject};
use crate::{commands::Context, error::Error, exit::Exit, time};
use hdx_primitives::Milliseconds;
use hdx_sdk::{
	chain::AtBlock,
	did::{
		self, DereferencingResult, DidResolutionResult, DidUrl, ErrorCode, Problem,
		ResolutionOptions, Version,
	},
};
use serde::Serialize;
use std::fmt;

/// What is resolved, and in which version.
#[derive(Debug, clap::Args)]
pub struct Resolve {
	/// A DID, a DID URL, or an account.
	#[arg(value_name = "DID")]
	did: String,
	/// In the state of which block: its number, its hash, or `finalized`. Left out: the newest.
	#[arg(long, value_name = "BLOCK", value_parser = block, conflicts_with = "version_time")]
	at_block: Option<AtBlock>,
	/// As it was at this time: a date (its first moment, UTC), or RFC 3339. Changes since then need a
	/// node that keeps old states.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	version_time: Option<Milliseconds>,
	/// The document also where the DID was deactivated, to verify what was signed before.
	#[arg(long)]
	return_deactivated: bool,
}

/// A result of a resolution, which is JSON for people, too.
#[derive(Serialize)]
#[serde(transparent)]
struct Shown<T>(T);

impl<T: Serialize> fmt::Display for Shown<T> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&serde_json::to_string_pretty(&self.0).map_err(|_| fmt::Error)?)
	}
}

impl Resolve {
	fn options(&self) -> ResolutionOptions {
		let version = match (self.version_time, self.at_block) {
			(Some(time), _) => Version::Time(time),
			(None, Some(block)) => Version::At(block),
			(None, None) => Version::default(),
		};
		ResolutionOptions { version, return_deactivated: self.return_deactivated }
	}
}

/// Whether a text names more than a DID.
fn is_url(text: &str) -> bool {
	text.contains(['/', '?', '#'])
}

/// Resolves, or dereferences a URL.
pub async fn run(options: Resolve, context: &Context) -> Result<Exit, Error> {
	let is_did = options.did.starts_with("did:");
	if is_did {
		// What is malformed can be told without a node.
		if let Err(problem) = options.did.parse::<DidUrl>() {
			return refuse(problem, is_url(&options.did), context);
		}
	}
	let account =
		if is_did { None } else { Some(subject::parse(&options.did).map_err(Error::Usage)?) };
	let chain = context.connect().await?;
	let asked = match account {
		Some(account) => chain.did_of(account.on(&chain)?).to_string(),
		None => options.did.clone(),
	};
	let progress = context.output.progress("resolving");
	if is_did && is_url(&asked) {
		let found = did::dereference(&chain, &asked, options.options()).await;
		drop(progress);
		let error = found.dereferencing_metadata.error;
		context.output.show(&Shown(found))?;
		return Ok(exit(error));
	}
	let found = did::resolve(&chain, &asked, options.options()).await;
	drop(progress);
	let error = found.did_resolution_metadata.error;
	context.output.show(&Shown(found))?;
	Ok(exit(error))
}

fn refuse(problem: Problem, is_url: bool, context: &Context) -> Result<Exit, Error> {
	let code = problem.code;
	if is_url {
		context.output.show(&Shown(DereferencingResult::problem(problem)))?;
	} else {
		context.output.show(&Shown(DidResolutionResult::problem(problem)))?;
	}
	Ok(exit(Some(code)))
}

fn exit(error: Option<ErrorCode>) -> Exit {
	match error {
		None => Exit::Done,
		Some(_) => Exit::Refused,
	}
}
