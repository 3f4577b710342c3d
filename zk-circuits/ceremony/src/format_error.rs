//! What can be wrong with the bytes of a transcript or a key.

use crate::{
	beacon::{BeaconError, Iterations},
	record::Secret,
	transcript::MAX_RECORDS,
};
use core::fmt;
use hdx_zk_circuits::prove::PointError;

/// Where a point stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
	/// In a record.
	Record {
		/// The record, from 0.
		record: usize,
		/// About which secret.
		secret: Secret,
		/// Which part of the step.
		part: &'static str,
	},
	/// Anywhere else.
	Point {
		/// The name of the list.
		name: &'static str,
		/// The place in it, from 0.
		at: usize,
	},
}

impl fmt::Display for Place {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Record { record, secret, part } => {
				write!(f, "the {part} of {secret} in record {record}")
			},
			Self::Point { name, at } => write!(f, "point {at} of {name}"),
		}
	}
}

/// Why bytes are no transcript.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FormatError {
	/// It does not begin as transcripts do.
	NotATranscript,
	/// It is of a later version of the format.
	LaterVersion(u16),
	/// It ends too early: it was cut off, or written by half.
	Truncated {
		/// How many bytes are missing of what was being read.
		missing: usize,
	},
	/// There is something behind its end.
	TrailingBytes(usize),
	/// The sizes of the circuit are none, or larger than a ceremony can be.
	Sizes,
	/// The beacons are hashed less often, or more often, than may be: as a power of two.
	Iterations(u8),
	/// There are more records than there may be.
	TooManyRecords(usize),
	/// A record is of no known kind.
	Kind {
		/// The record.
		record: usize,
		/// The kind.
		kind: u8,
	},
	/// A record stands in a phase where it cannot: behind the end of its phase, or before the end of the first.
	Phase {
		/// The record.
		record: usize,
	},
	/// A beacon is none.
	Beacon {
		/// The record.
		record: usize,
		/// Why.
		error: BeaconError,
	},
	/// A point is none, or one that must not be there.
	Point {
		/// Where.
		place: Place,
		/// What is wrong with it.
		error: PointError,
	},
}

impl fmt::Display for FormatError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::NotATranscript => f.write_str("it does not begin as transcripts do"),
			Self::LaterVersion(version) => write!(f, "it has version {version} of the format"),
			Self::Truncated { missing } => {
				write!(f, "it is cut off: at least {missing} bytes are missing")
			},
			Self::TrailingBytes(count) => write!(f, "{count} bytes stand behind its end"),
			Self::Sizes => f.write_str("the sizes of the circuit are not those of any ceremony"),
			Self::Iterations(found) => write!(
				f,
				"its beacons are hashed 2^{} to 2^{} times, and not 2^{found} times",
				Iterations::MIN,
				Iterations::MAX
			),
			Self::TooManyRecords(count) => {
				write!(f, "it has {count} records, and {MAX_RECORDS} are the most")
			},
			Self::Kind { record, kind } => {
				write!(f, "record {record} is of no known kind ({kind})")
			},
			Self::Phase { record } => write!(f, "record {record} stands in the wrong phase"),
			Self::Beacon { record, error } => write!(f, "record {record}: {error}"),
			Self::Point { place, error } => write!(f, "{place} {error}"),
		}
	}
}

impl core::error::Error for FormatError {}
