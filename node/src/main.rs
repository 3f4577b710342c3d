//! `hdx-node`: runs a node of a HealthDataExchange chain.

#![deny(missing_docs)]
// The SDK's error type is large; it is returned once, at the end.
#![allow(clippy::result_large_err)]

mod chain_spec;

fn main() -> sc_cli::Result<()> {
	hdx_node_service::run(chain_spec::load)
}
