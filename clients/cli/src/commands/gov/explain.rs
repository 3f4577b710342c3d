//! `hdx gov explain`.

use super::{call, meaning, view, Call, In};
use crate::{commands::Context, error::Error, output::block};
use hdx_sdk::chain::Track;
use serde::Serialize;
use std::fmt::{self, Display};

/// What.
#[derive(Debug, clap::Args)]
pub struct Explain {
	/// The referendum, by its number.
	#[arg(required_unless_present = "call")]
	poll: Option<u32>,
	#[command(flatten)]
	chamber: In,
	/// A call instead: 0x and hexadecimal digits.
	#[arg(long, value_name = "CALL", value_parser = call, conflicts_with = "poll")]
	call: Option<Call>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Explained {
	/// What decides about it.
	track: String,
	chamber: String,
	needed: &'static str,
	would: meaning::Meaning,
}

impl Display for Explained {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let needs = match self.track.as_str() {
			"both chambers" => {
				format!("{} of institutions, and the patients' chamber", self.needed)
			},
			_ => format!("{} of {}", self.needed, self.chamber),
		};
		let fields: [(&str, &dyn Display); 5] = [
			("would", &self.would.sentences().join(": ")),
			("arguments", &view::innermost(&self.would)),
			("track", &self.track),
			("needs", &needs),
			("hash", &self.would.hash),
		];
		block(f, &self.would.call, &fields)
	}
}

/// Tells it.
pub async fn run(options: Explain, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	if let Some(poll) = options.poll {
		let found = chain.poll(options.chamber.chamber(), poll).await?;
		return context.output.show(&view::Shown::read(&chain, found).await?);
	}
	let Some(Call(call)) = options.call else {
		return Err(Error::Usage("give the number of a referendum, or a --call".to_owned()));
	};
	let would = meaning::of(&chain, &call).await?;
	let (pallet, name) = would.call.split_once('.').unwrap_or_default();
	let track = Track::of(pallet, name);
	context.output.show(&Explained {
		track: track.to_string(),
		chamber: track.chamber().to_string(),
		needed: track.threshold(),
		would,
	})
}
