//! What the node understands on its command line.

use sc_cli::RunCmd;
use std::path::PathBuf;

/// Finds a chain specification by its name or file.
pub type SpecLoader = fn(&str) -> Result<Box<dyn sc_service::ChainSpec>, String>;

/// The node's command line.
#[derive(Debug, clap::Parser)]
pub struct Cli {
	/// A subcommand; without one, the node runs.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// How the node runs.
	#[clap(flatten)]
	pub run: RunCmd,

	/// Keep compiled runtimes in this directory, so that starting again takes less time. Whoever can
	/// write there is in control of the node. [default: compiled-runtimes in the base path]
	#[arg(long, value_name = "DIR")]
	pub compiled_runtimes: Option<PathBuf>,

	/// Knows the chain specifications that were built in.
	#[arg(skip)]
	pub specs: Option<SpecLoader>,
}

/// What the node does besides running.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
	/// Manage keys.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// Print a chain specification.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Verify stored blocks.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Write stored blocks to a file.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Write the state of a block as a chain specification.
	ExportState(sc_cli::ExportStateCmd),

	/// Read blocks from a file.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Delete the stored chain.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Go back to an earlier block.
	Revert(sc_cli::RevertCmd),

	/// Print what the database says about the chain.
	ChainInfo(sc_cli::ChainInfoCmd),
}
