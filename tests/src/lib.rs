//! # Whole-system tests
//!
//! Real nodes and the real `hdx`, as built for release. What is here starts them, talks to them and
//! looks into them; the tests are in `tests/`, a file a subject.
//!
//! - [`binaries`] finds what was built, [`node`] runs one node and [`network`] several.
//! - [`validators`] are ended, started again and parted, while a [`load`] goes on.
//! - [`flood`] sends more than an institution may, [`latency`] measures how long it takes others; [`people`] are those who
//!   act meanwhile.
//! - [`chains`] saves their starts from compiling the runtime again.
//! - [`encoded`] has arguments of calls of which the types are not known here.
//! - [`runbook`] has the commands of pages, and a [`machine`] runs them as its operator would.
//! - [`list_server`] is a board's web server, [`service`] runs `hdx` until it is told to end.
//! - [`client`] runs `hdx`, [`isolation`] runs it without a network or on a full disk.
//! - [`internet`] joins machines that have networks of their own.
//! - [`rpc`] asks a node, [`http`] as well where it is asked for metrics and health; [`exposure`] fetches everything that a chain gives away.
//! - [`bundles`] has the inputs, [`health_data`] the strings in them, [`search`] looks for those.
//!
//! Nothing sleeps for a fixed time: [`wait`] polls, with a limit. What is left out says so: [`report`].

#![deny(missing_docs)]
// A test that cannot go on stops by panicking.
#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::panic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

pub mod binaries;
pub mod bundles;
pub mod chains;
pub mod client;
pub mod encoded;
pub mod exposure;
pub mod flood;
pub mod health_data;
pub mod http;
pub mod internet;
pub mod isolation;
pub mod latency;
pub mod list_server;
pub mod load;
pub mod machine;
pub mod network;
pub mod node;
pub mod people;
pub mod report;
pub mod rpc;
pub mod runbook;
pub mod search;
pub mod service;
pub mod validators;
pub mod wait;
