//! Runs what the command line asks for.

use crate::{
	cli::{Cli, SpecLoader, Subcommand},
	components::{self, Components},
	full,
	runtime_api::Block,
};
use sc_cli::{DatabasePruningMode, NetworkParams, SubstrateCli, SyncMode};
use sc_service::{Configuration, PartialComponents};

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"HealthDataExchange node".into()
	}

	fn impl_version() -> String {
		env!("CARGO_PKG_VERSION").into()
	}

	fn description() -> String {
		"A node of a HealthDataExchange consortium chain.".into()
	}

	fn author() -> String {
		"The HealthDataExchange developers".into()
	}

	fn support_url() -> String {
		"docs/README.md of the source tree".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn executable_name() -> String {
		"hdx-node".into()
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		match self.specs {
			Some(load) => load(id),
			None => Err("this binary was built without chain specifications".into()),
		}
	}
}

/// Reads the command line and does what it says. `specs` finds chain specifications.
pub fn run(specs: SpecLoader) -> sc_cli::Result<()> {
	let mut cli = Cli::from_args();
	cli.specs = Some(specs);
	can_keep_history(&cli)?;
	keep_history(&mut cli);
	match &cli.subcommand {
		Some(Subcommand::Key(command)) => command.run(&cli),
		Some(Subcommand::ExportChainSpec(command)) => {
			let spec = cli.load_spec(&command.chain)?;
			command.run(spec)
		},
		Some(Subcommand::CheckBlock(command)) => cli.create_runner(command)?.async_run(|config| {
			let Components { client, task_manager, import_queue, .. } =
				components::new(&config, None)?;
			Ok((command.run(client, import_queue), task_manager))
		}),
		Some(Subcommand::ExportBlocks(command)) => {
			cli.create_runner(command)?.async_run(|config| {
				let Components { client, task_manager, .. } = components::new(&config, None)?;
				Ok((command.run(client, config.database), task_manager))
			})
		},
		Some(Subcommand::ExportState(command)) => cli.create_runner(command)?.async_run(|config| {
			let Components { client, task_manager, .. } = components::new(&config, None)?;
			Ok((command.run(client, config.chain_spec), task_manager))
		}),
		Some(Subcommand::ImportBlocks(command)) => {
			cli.create_runner(command)?.async_run(|mut config| {
				keep_mountain_range(&mut config);
				let Components { client, task_manager, import_queue, .. } =
					components::new(&config, None)?;
				Ok((command.run(client, import_queue), task_manager))
			})
		},
		Some(Subcommand::PurgeChain(command)) => {
			cli.create_runner(command)?.sync_run(|config| command.run(config.database))
		},
		Some(Subcommand::Revert(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, task_manager, backend, .. } =
				components::new(&config, None)?;
			let auxiliary = Box::new(|client, _, blocks| {
				sc_consensus_grandpa::revert(client, blocks)?;
				Ok(())
			});
			Ok((command.run(client, backend, Some(auxiliary)), task_manager))
		}),
		Some(Subcommand::ChainInfo(command)) => {
			cli.create_runner(command)?.sync_run(|config| command.run::<Block>(&config))
		},
		None => {
			let compiled = cli.compiled_runtimes.clone();
			let is_for_browsers = asks_for_webrtc(&cli.run.network_params);
			cli.create_runner(&cli.run)?.run_node_until_exit(|mut config| async move {
				keep_mountain_range(&mut config);
				if !is_for_browsers {
					config.network.remove_webrtc_addresses();
				}
				full::start(config, compiled.as_deref()).map_err(sc_cli::Error::Service)
			})
		},
	}
}

/// Whether the operator asks for WebRTC. The SDK has every node that is no validator listen for browsers, on a UDP port of the
/// same number, of which nobody who opens a firewall for TCP thinks; here none does unless it is told to.
fn asks_for_webrtc(params: &NetworkParams) -> bool {
	params.force_enable_webrtc || !params.listen_addr.is_empty()
}

/// A node that fetches the state of one block has that of none before. Which it keeps from there on its operator says: all of
/// them, as [`keep_history`] would have it, is what it cannot.
///
/// # Errors
///
/// Where states are to be fetched, and nothing says how many are kept.
fn can_keep_history(cli: &Cli) -> sc_cli::Result<()> {
	let fetches_state = cli.run.network_params.sync != SyncMode::Full;
	let is_said = cli.run.import_params.pruning_params.state_pruning.is_some();
	if cli.subcommand.is_some() || !fetches_state || is_said {
		return Ok(());
	}
	Err(sc_cli::Error::Input(
		"--sync other than full fetches the state of one block, and a node keeps the states of all blocks unless it is told \
		 otherwise. Say of how many it keeps them (--state-pruning NUMBER), now and whenever it is started again, or have it \
		 execute all blocks (--sync full)"
			.into(),
	))
}

/// "Was this permitted at that block?" needs the state of that block, and an audit proof needs the
/// state of genesis: unless the operator says otherwise, a node keeps all of it. So does what fills the database of one: a
/// database goes on with what it began with, and would be refused by the node that is started on it.
fn keep_history(cli: &mut Cli) {
	let params = match &mut cli.subcommand {
		None => &mut cli.run.import_params,
		Some(Subcommand::ImportBlocks(command)) => &mut command.import_params,
		Some(_) => return,
	};
	params.pruning_params.state_pruning.get_or_insert(DatabasePruningMode::ArchiveCanonical);
}

/// The Merkle mountain range keeps its nodes in the off-chain database, which has those alone that are written when their
/// block is executed: without them no entry of that block is ever proven.
fn keep_mountain_range(config: &mut Configuration) {
	config.offchain_worker.indexing_enabled = true;
}
