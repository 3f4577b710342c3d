//! # HDX node service
//!
//! The node without a runtime: what it needs of one is declared in [`runtime_api`], so that a
//! change in a pallet rebuilds the runtime and relinks the node, and nothing in between.

#![deny(missing_docs)]
// The SDK's error types are large; they are returned once in the life of a node.
#![allow(clippy::result_large_err)]

mod authoring;
mod cli;
mod command;
mod compiled;
mod components;
mod finality;
mod first_block;
mod full;
mod keystore;
mod metrics;
mod owner;
mod pool;
mod requests;
mod rpc;
pub mod runtime_api;
mod stalled;
mod voting;

pub use cli::{Cli, SpecLoader};
pub use command::run;
