//! # What a runtime tells a node's metrics
//!
//! The node knows no pallet, so that a change in one does not rebuild it. It asks the runtime of a block for numbers with
//! names, and publishes what it gets: a runtime with another number needs no other node.
//!
//! Labels are of small, closed sets, or the public numbers of institutions. Nothing here names a patient, a practitioner, a
//! record or an account.

#![cfg_attr(not(feature = "std"), no_std)]
// The macro makes items of its own, which carry no documentation.
#![allow(missing_docs)]

extern crate alloc;

use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};
use scale_info::TypeInfo;

/// Numbers of one name.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Family {
	/// The name, as Prometheus has them: lower case, `hdx_` in front, the unit at the end, `_total` behind that where it is
	/// counted.
	pub name: String,
	/// What it is, in a line.
	pub help: String,
	/// The names of the labels that each of the numbers has.
	pub labels: Vec<String>,
	/// The numbers, each with other values of the labels.
	pub samples: Vec<Sample>,
}

/// A number.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Sample {
	/// The values of the labels, in the order of their names.
	pub labels: Vec<String>,
	/// The number.
	pub value: u64,
}

sp_api::decl_runtime_apis! {
	/// Numbers for those who operate a node.
	pub trait MetricsApi {
		/// How the chain stands after the block: numbers that go up and down.
		fn gauges() -> Vec<Family>;

		/// What happened in the block: numbers that are added to those of the blocks before. Zeros are there for what should
		/// be seen before it happens first.
		fn counts() -> Vec<Family>;
	}
}
