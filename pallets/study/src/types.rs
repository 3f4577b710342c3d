//! What is stored of studies and attestations.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{Milliseconds, PublicInput, StudyTerms, H256};
use hdx_zk_circuits::merkle::LEVELS;
use scale_info::TypeInfo;

/// Whether one can enrol.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum StudyStatus {
	/// As long as its time lasts.
	Open,
	/// Never again.
	Closed {
		/// Since when.
		at: Milliseconds,
	},
}

/// A study.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct StudyRecord {
	/// What was registered.
	pub terms: StudyTerms,
	/// Whether one can enrol.
	pub status: StudyStatus,
	/// How many take part.
	pub count: u32,
	/// BLAKE2-256 of the results as the sponsor published them.
	pub results: Option<H256>,
}

impl StudyRecord {
	/// One that nobody takes part in yet.
	pub(crate) fn new(terms: StudyTerms) -> Self {
		Self { terms, status: StudyStatus::Open, count: 0, results: None }
	}

	/// Whether as many take part as it needs.
	pub fn has_cohort(&self) -> bool {
		self.count >= self.terms.minimum
	}
}

/// The tree of attestations that grows: on each level, from the leaves up, the nodes that are complete and whose parent
/// is not, with zero where there are none.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct GrowingTree {
	/// Its number. Those below it are full.
	pub number: u32,
	/// How many leaves were appended to it.
	pub count: u32,
	/// The nodes.
	pub nodes: [[PublicInput; 3]; LEVELS + 1],
}

/// What is stored cannot be read. It is never taken for nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Damaged;
