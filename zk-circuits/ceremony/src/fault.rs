//! What can be wrong with a ceremony, or with keys that are said to come out of one.

use crate::{
	format_error::FormatError,
	record::{Phase, Secret},
};
use core::fmt;

/// Why a transcript is not believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
	/// It is about another circuit, or another version of it.
	OtherCircuit,
	/// A record was made for another ceremony.
	OtherCeremony {
		/// The record, from 0.
		record: usize,
	},
	/// A record stands there twice.
	Repeated {
		/// The second one.
		record: usize,
	},
	/// A record names one that stands behind it: somebody changed their order.
	OutOfOrder {
		/// The record.
		record: usize,
	},
	/// A record names one that is not there: somebody left it out, or changed it.
	Missing {
		/// The record.
		record: usize,
	},
	/// A phase ended without anybody's contribution.
	NobodyContributed(Phase),
	/// A contribution has no signature.
	Unsigned {
		/// The record.
		record: usize,
	},
	/// A signature is not the account's over the contribution.
	WrongSignature {
		/// The record.
		record: usize,
	},
	/// A secret is one or minus one: nothing was contributed.
	Neutral {
		/// The record.
		record: usize,
		/// Which secret.
		secret: Secret,
	},
	/// A secret was used before, under this name or another: somebody else's, or one that was not forgotten.
	Replayed {
		/// The record.
		record: usize,
		/// Which secret.
		secret: Secret,
	},
	/// Nobody showed that they knew the secret.
	NotKnown {
		/// The record.
		record: usize,
		/// Which secret.
		secret: Secret,
	},
	/// What was there before was not multiplied by the secret.
	WrongProduct {
		/// The record.
		record: usize,
		/// Which secret.
		secret: Secret,
	},
	/// The end of a phase is not what its beacon gives.
	WrongBeacon {
		/// The record.
		record: usize,
	},
	/// The state of a phase does not hash to what its last record says: a record was dropped at the end, or the state was
	/// changed.
	WrongState(Phase),
	/// Nobody contributed yet, and the state is not the start.
	NotTheStart(Phase),
	/// The powers are not those of one tau, alpha and beta, or not those that the records lead to.
	WrongPowers(&'static str),
	/// What delta divides does not follow from the powers and the circuit.
	WrongCircuitState(&'static str),
}

impl fmt::Display for Fault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::OtherCircuit => f.write_str("it is about another circuit"),
			Self::OtherCeremony { record } => {
				write!(f, "record {record} was made for another ceremony")
			},
			Self::Repeated { record } => write!(f, "record {record} stands there twice"),
			Self::OutOfOrder { record } => {
				write!(f, "record {record} names a record that stands behind it")
			},
			Self::Missing { record } => {
				write!(f, "record {record} names a record that is not there")
			},
			Self::NobodyContributed(phase) => write!(f, "nobody contributed to {phase}"),
			Self::Unsigned { record } => write!(f, "record {record} is not signed"),
			Self::WrongSignature { record } => {
				write!(f, "the signature of record {record} is not that of its account")
			},
			Self::Neutral { record, secret } => {
				write!(f, "{secret} of record {record} changes nothing")
			},
			Self::Replayed { record, secret } => {
				write!(f, "{secret} of record {record} was used before it")
			},
			Self::NotKnown { record, secret } => {
				write!(f, "record {record} does not show that anybody knew its {secret}")
			},
			Self::WrongProduct { record, secret } => {
				write!(f, "record {record} does not multiply what was there by its {secret}")
			},
			Self::WrongBeacon { record } => {
				write!(f, "record {record} is not what its beacon gives")
			},
			Self::WrongState(phase) => {
				write!(f, "the state of {phase} is not the one that its last record names")
			},
			Self::NotTheStart(phase) => {
				write!(f, "nobody contributed to {phase}, and it is not at its start")
			},
			Self::WrongPowers(part) => write!(f, "the powers of tau are inconsistent: {part}"),
			Self::WrongCircuitState(part) => {
				write!(f, "what delta divides does not follow from the circuit: {part}")
			},
		}
	}
}

impl core::error::Error for Fault {}

/// Why a key is not the one of a ceremony.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyFault {
	/// The ceremony goes on: it has no key yet.
	NotComplete,
	/// It does not begin as keys of ceremonies do.
	WrongOrigin,
	/// It says that it is for another circuit.
	OtherCircuit,
	/// It has as many bytes as neither a verifying key nor a proving key of the circuit.
	Length {
		/// How many a verifying key has.
		verifying: usize,
		/// How many a proving key has.
		proving: usize,
		/// How many there are.
		found: usize,
	},
	/// A point is none, or the lengths of its lists are wrong.
	Format(FormatError),
	/// A list in it is not as long as the circuit has it.
	List(&'static str),
	/// A part is another than the ceremony's.
	Differs(&'static str),
}

impl fmt::Display for KeyFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::NotComplete => f.write_str("the ceremony is not complete and has no key yet"),
			Self::WrongOrigin => f.write_str("the key is not labelled as one of a ceremony"),
			Self::OtherCircuit => f.write_str("the key is for another circuit"),
			Self::Length { verifying, proving, found } => write!(
				f,
				"the key has {found} bytes; a verifying key has {verifying}, a proving key {proving}"
			),
			Self::Format(error) => write!(f, "the key cannot be read: {error}"),
			Self::List(name) => write!(f, "the list {name} of the key has the wrong length"),
			Self::Differs(part) => write!(f, "{part} of the key is not that of the ceremony"),
		}
	}
}

impl core::error::Error for KeyFault {}
