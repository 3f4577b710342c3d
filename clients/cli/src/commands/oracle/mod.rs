//! `hdx oracle`: reads issuers' status lists, and reports to the chain what they say.

mod check;
mod line;
mod signal;

use super::Context;
use crate::{account, error::Error, exit::Exit, time};
use clap::Subcommand;
use hdx_credentials::fetch::Fetcher;
use hdx_oracle::{Config, Event};
use hdx_sdk::chain::Signer;
use line::Line;
use std::{path::PathBuf, sync::Arc, time::Duration};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Oracle {
	/// Fetch the lists, and show what would be reported. Reports nothing.
	#[command(after_help = "\
Examples:
  hdx oracle check --config oracle.toml
  hdx oracle check --config oracle.toml --json

It ends with 1 where there is a credential of which nothing can be told.
docs/oracle.md describes the configuration.")]
	Check(Configured),
	/// Report round after round, until a signal ends it.
	#[command(after_help = "\
Examples:
  hdx oracle run --config oracle.toml
  hdx oracle run --config oracle.toml --once
  hdx oracle run --config oracle.toml --json | tee -a oracle.log

What happens is written to standard output, a line an event. SIGTERM and SIGINT end it, with 0.
With --once it ends with 1 where there was a doubt or a refusal. docs/oracle.md describes the
configuration, and how to run it as a service.")]
	Run(Run),
}

/// The configuration.
#[derive(Debug, clap::Args)]
pub struct Configured {
	/// The configuration file (TOML).
	#[arg(long, value_name = "FILE")]
	config: PathBuf,
}

/// How it runs.
#[derive(Debug, clap::Args)]
pub struct Run {
	#[command(flatten)]
	configured: Configured,
	/// Do one round, and end.
	#[arg(long)]
	once: bool,
}

impl Configured {
	/// Reads it, with the key.
	fn read(&self) -> Result<(Arc<Config>, Signer), Error> {
		let config = Config::read(&self.config)?;
		let signer = account::signer(&config.account)?;
		Ok((Arc::new(config), signer))
	}
}

/// An oracle that fetches over the network.
fn oracle(config: &Arc<Config>) -> hdx_oracle::Oracle {
	let fetcher = Arc::new(Fetcher::new(config.limits));
	hdx_oracle::Oracle::new(config.clone(), fetcher)
}

/// The node that the configuration names, or else the command line.
fn node<'c>(config: &'c Config, context: &'c Context) -> &'c str {
	config.node.as_deref().unwrap_or(&context.url)
}

/// Does it.
pub async fn run(command: Oracle, context: &Context) -> Result<Exit, Error> {
	match command {
		Oracle::Check(configured) => check::run(&configured, context).await,
		Oracle::Run(options) => start(&options, context).await,
	}
}

async fn start(options: &Run, context: &Context) -> Result<Exit, Error> {
	let (config, signer) = options.configured.read()?;
	let mut oracle = oracle(&config);
	let url = node(&config, context);
	let output = context.output;
	// Where nobody reads the log any more, the reports still matter.
	let mut tell = move |event: Event| drop(output.show(&Line { time: time::now(), event }));
	if options.once {
		let chain = hdx_oracle::connect(url, &mut tell).await?;
		let round = oracle.round(&chain, &signer, Duration::ZERO, &mut tell).await?;
		let is_clean = round.active
			&& round.complete
			&& round.counts.doubtful == 0
			&& round.counts.refused == 0;
		return Ok(if is_clean { Exit::Done } else { Exit::Refused });
	}
	let stop = signal::end().map_err(Error::System)?;
	hdx_oracle::run(&mut oracle, url, &signer, stop, &mut tell).await?;
	Ok(Exit::Done)
}
