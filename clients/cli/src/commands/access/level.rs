//! `hdx access require-level`.

use super::request::ActionName;
use crate::{
	codes,
	commands::{Context, SignedBy},
	error::Error,
	words,
};
use clap::ValueEnum;
use hdx_primitives::{AssuranceLevel, Code};
use hdx_sdk::chain::Until;
use serde::Serialize;
use std::fmt;

/// What needs which level.
#[derive(Debug, clap::Args)]
pub struct RequireLevel {
	#[command(flatten)]
	by: SignedBy,
	/// For which purpose of use: a symbol such as TREAT, or system|code.
	#[arg(long, value_name = "CODE", value_parser = codes::purpose)]
	purpose: Code,
	/// To do what.
	#[arg(long)]
	action: ActionName,
	/// The level that is needed from now on.
	#[arg(long)]
	level: LevelName,
}

/// Levels, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum LevelName {
	/// Enrolled by an institution.
	Enrolled,
	/// A licence attested by a trusted issuer.
	Attested,
	/// Attested, checked lately, and confirmed with the second key.
	Verified,
	/// As the software is shipped.
	Shipped,
}

impl From<LevelName> for Option<AssuranceLevel> {
	fn from(name: LevelName) -> Self {
		match name {
			LevelName::Enrolled => Some(AssuranceLevel::Enrolled),
			LevelName::Attested => Some(AssuranceLevel::Attested),
			LevelName::Verified => Some(AssuranceLevel::Verified),
			LevelName::Shipped => None,
		}
	}
}

#[derive(Serialize)]
struct Required {
	purpose: String,
	action: String,
	level: String,
	/// The purpose, for people.
	#[serde(skip)]
	symbol: String,
}

impl fmt::Display for Required {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} for {} needs: {}", self.action, self.symbol, self.level)
	}
}

/// Sets the level.
pub async fn run(options: RequireLevel, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let (purpose, action) = (options.purpose, options.action.into());
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let level = options.level.into();
	let level = chain.set_required_level(&signer, purpose, action, level, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Required {
		purpose: codes::token_of(&purpose),
		action: words::of(action),
		level: words::of(level),
		symbol: codes::symbol(&purpose),
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_level_can_be_typed() {
		let typed: Vec<Option<AssuranceLevel>> =
			LevelName::value_variants().iter().map(|name| (*name).into()).collect();
		let (enrolled, attested) = (AssuranceLevel::Enrolled, AssuranceLevel::Attested);
		let all = [Some(enrolled), Some(attested), Some(AssuranceLevel::Verified), None];
		assert_eq!(typed, all);
	}
}
