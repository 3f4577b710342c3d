//! `hdx-node`: runs a node of a HealthDataExchange chain.

#![deny(missing_docs)]

mod chain_spec;

fn main() -> sc_cli::Result<()> {
	hdx_node_service::run(chain_spec::load)
}
