//! What can be typed.

use crate::{commands, demo};
use clap::{Parser, Subcommand};

/// Where a node of one's own listens.
const DEFAULT_URL: &str = "ws://127.0.0.1:9944";

const EXAMPLES: &str = "\
Examples:
  hdx demo                              run the main flow against a development node
  hdx demo --shielded                   with a consent that nobody sees
  hdx provider list                     who is on the chain
  hdx consent list //Charlie --json     for programs
  hdx consent decide --request r.json --consent c.json   needs no node
  hdx audit verify proof.json --genesis 0x…   needs no node

Exit codes:
  0  done
  1  refused or failed; the message says why and what to do
  2  bad usage
  3  no node answers, or one of another chain

KEY is a file made by `hdx key generate`, or a development key such as //Alice.
ACCOUNT is an SS58 address, 0x with 64 hexadecimal digits, or a development name such as //Alice.
RUST_LOG=debug shows what the libraries log.";

/// HealthDataExchange: patients decide who sees which part of their record.
#[derive(Debug, Parser)]
#[command(name = "hdx", version, after_help = EXAMPLES)]
pub struct Cli {
	/// Answers and errors as JSON objects, one a line.
	#[arg(long, global = true)]
	pub json: bool,

	/// The node to talk to.
	#[arg(
		long,
		global = true,
		env = "HDX_URL",
		value_name = "URL",
		default_value = DEFAULT_URL,
		value_parser = url
	)]
	pub url: String,

	/// What to do.
	#[command(subcommand)]
	pub command: Command,
}

/// The nouns.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Make and show keys. Needs no node.
	#[command(subcommand)]
	Key(commands::key::Key),
	/// Institutions and practitioners.
	#[command(subcommand)]
	Provider(commands::provider::Provider),
	/// Patients' accounts.
	#[command(subcommand)]
	Patient(commands::patient::Patient),
	/// Public keys of accounts, and where to reach them: decentralised identifiers.
	#[command(subcommand)]
	Did(commands::did::Did),
	/// Seal, register, release and open records.
	#[command(subcommand)]
	Record(commands::record::Record),
	/// Grant and revoke consents, and decide by FHIR Consents.
	#[command(subcommand)]
	Consent(commands::consent::Consent),
	/// Issue, present, verify and revoke credentials. Needs no node.
	#[command(subcommand)]
	Credential(commands::credential::Credential),
	/// Report what issuers' status lists say of credentials.
	#[command(subcommand)]
	Oracle(commands::oracle::Oracle),
	/// Ask for access to records.
	#[command(subcommand)]
	Access(commands::access::Access),
	/// Read the log, and prove what is in it.
	#[command(subcommand)]
	Audit(commands::audit::Audit),
	/// Circuits of zero-knowledge proofs, their keys, and proofs.
	#[command(subcommand)]
	Zk(commands::zk::Zk),
	/// Keys of circuits, made by many so that nobody has to be trusted. Needs no node.
	#[command(subcommand)]
	Ceremony(commands::ceremony::Ceremony),
	/// The specification of a chain that institutions start together. Needs no running node.
	#[command(subcommand)]
	ChainSpec(commands::chain_spec::ChainSpec),
	/// Decide about the chain: propose, understand and vote, in one of the two chambers.
	#[command(subcommand)]
	Gov(commands::gov::Gov),
	/// Consents that nobody sees: the chain has a hash of each.
	#[command(subcommand)]
	Shielded(commands::shielded::Shielded),
	/// Licences of which the chain has a hash alone, for proofs of emergencies.
	#[command(subcommand)]
	Licence(commands::licence::Licence),
	/// Studies: how many take part, and nothing of who they are.
	#[command(subcommand)]
	Study(commands::study::Study),
	/// Run the main flow, step by step, on a development chain.
	Demo(demo::Options),
}

fn url(text: &str) -> Result<String, String> {
	if text.starts_with("ws://") || text.starts_with("wss://") {
		Ok(text.to_owned())
	} else {
		Err(format!("a node's URL starts with ws:// or wss://, for instance {DEFAULT_URL}"))
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::CommandFactory;

	#[test]
	fn the_definition_is_sound() {
		Cli::command().debug_assert();
	}

	#[test]
	fn every_verb_shows_an_example() {
		fn check(command: &clap::Command) {
			let verbs: Vec<_> = command.get_subcommands().collect();
			for verb in &verbs {
				check(verb);
			}
			if verbs.is_empty() && command.get_name() != "demo" {
				let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
				assert!(help.contains("hdx "), "{} shows no example", command.get_name());
			}
		}
		check(&Cli::command());
	}

	/// The definition's own check looks at that only where debug assertions are on.
	#[test]
	fn no_two_options_of_a_verb_share_an_id() {
		fn check(command: &clap::Command) {
			let mut ids: Vec<_> =
				command.get_arguments().map(|one| one.get_id().as_str()).collect();
			let found = ids.len();
			ids.sort_unstable();
			ids.dedup();
			assert_eq!(ids.len(), found, "{}", command.get_name());
			command.get_subcommands().for_each(check);
		}
		check(&Cli::command());
	}

	#[test]
	fn url_fails_when_it_is_not_a_websocket() {
		assert!(url("http://localhost:9944").unwrap_err().contains("ws://"));
		assert!(url("localhost:9944").is_err());
		assert!(url("wss://node.example").is_ok());
	}

	#[test]
	fn the_global_options_may_stand_anywhere() {
		let parsed =
			Cli::try_parse_from(["hdx", "record", "show", "3", "--json", "--url", "ws://x:1"]);
		let parsed = parsed.unwrap();
		assert!(parsed.json);
		assert_eq!(parsed.url, "ws://x:1");
	}
}
