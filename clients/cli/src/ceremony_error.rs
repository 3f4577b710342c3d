//! What can be wrong with a ceremony, or with keys that are said to come out of one.

use hdx_zk_ceremony::{
	ContributeError, Fault, FormatError, KeyFault, KeysError, Phase, ShapeError,
};
use hdx_zk_circuits::prove::SetupError;
use std::path::PathBuf;

/// Why a ceremony did not go on, or is not believed.
#[derive(Debug, thiserror::Error)]
pub enum CeremonyError {
	/// The file holds no transcript.
	#[error("`{}` is no transcript of a ceremony: {source}", .path.display())]
	Format {
		/// The file.
		path: PathBuf,
		/// What is wrong.
		source: FormatError,
	},
	/// No circuit of this program has this relation.
	#[error("`{}` is about a circuit that this program does not know", .path.display())]
	UnknownCircuit {
		/// The file.
		path: PathBuf,
	},
	/// It is about another circuit than the one that was named.
	#[error("`{}` is about {found}, and not about {circuit}", .path.display())]
	OtherCircuit {
		/// The file.
		path: PathBuf,
		/// The circuit that was named.
		circuit: &'static str,
		/// The one that it is about.
		found: &'static str,
	},
	/// There can be no ceremony about the circuit.
	#[error("there can be no ceremony about {circuit}: {source}")]
	Shape {
		/// The circuit.
		circuit: &'static str,
		/// Why.
		source: ShapeError,
	},
	/// The ceremony is not believed.
	#[error("the ceremony in `{}` does not hold: {source}", .path.display())]
	Fault {
		/// The file.
		path: PathBuf,
		/// What is wrong.
		source: Fault,
	},
	/// Nothing can be added to it.
	#[error("the ceremony in `{}` does not go on: {source}", .path.display())]
	Contribute {
		/// The file.
		path: PathBuf,
		/// Why.
		source: ContributeError,
	},
	/// There are no keys.
	#[error("the ceremony in `{}` gives no keys: {source}", .path.display())]
	Keys {
		/// The file.
		path: PathBuf,
		/// Why.
		source: KeysError,
	},
	/// What came out is no key.
	#[error("no keys can be made of {circuit}: {source}")]
	Setup {
		/// The circuit.
		circuit: &'static str,
		/// What is wrong.
		source: SetupError,
	},
	/// An account that was named did not contribute to a phase.
	#[error("{account} did not contribute to {phase} of the ceremony in `{}`", .path.display())]
	PartyMissing {
		/// The file.
		path: PathBuf,
		/// The account.
		account: String,
		/// To which phase; the first of them, where it is missing in both.
		phase: Phase,
	},
	/// A phase ended with another beacon than the one that was named.
	#[error("{phase} of the ceremony in `{}` ended with the beacon {found}, and not with {expected}", .path.display())]
	OtherBeacon {
		/// The file.
		path: PathBuf,
		/// Which phase.
		phase: Phase,
		/// The beacon that was named.
		expected: String,
		/// The one that is there.
		found: String,
	},
	/// A beacon was named of a phase that did not end.
	#[error("{phase} of the ceremony in `{}` has not ended with any beacon yet", .path.display())]
	NoBeacon {
		/// The file.
		path: PathBuf,
		/// Which phase.
		phase: Phase,
	},
	/// A key is not the ceremony's.
	#[error("`{}` is no key of this ceremony: {source}", .path.display())]
	Key {
		/// The file.
		path: PathBuf,
		/// What is wrong.
		source: KeyFault,
	},
}

impl CeremonyError {
	/// What kind of error it is, for programs.
	pub fn code(&self) -> &'static str {
		match self {
			Self::Format { source: FormatError::Truncated { .. }, .. } => "truncated",
			Self::Format { .. } => "malformed",
			Self::UnknownCircuit { .. } | Self::OtherCircuit { .. } => "other-circuit",
			Self::Shape { .. } | Self::Setup { .. } => "circuit",
			Self::Fault { .. } => "ceremony-refused",
			Self::Contribute { .. } | Self::Keys { .. } => "ceremony-phase",
			Self::PartyMissing { .. } => "party-missing",
			Self::OtherBeacon { .. } | Self::NoBeacon { .. } => "other-beacon",
			Self::Key { .. } => "other-key",
		}
	}

	/// The name of what is wrong, where the ceremony is not believed.
	pub fn refusal(&self) -> Option<&'static str> {
		let Self::Fault { source, .. } = self else { return None };
		Some(match source {
			Fault::OtherCircuit => "OtherCircuit",
			Fault::OtherCeremony { .. } => "OtherCeremony",
			Fault::Repeated { .. } => "Repeated",
			Fault::OutOfOrder { .. } => "OutOfOrder",
			Fault::Missing { .. } => "Missing",
			Fault::NobodyContributed(_) => "NobodyContributed",
			Fault::Unsigned { .. } => "Unsigned",
			Fault::WrongSignature { .. } => "WrongSignature",
			Fault::Neutral { .. } => "Neutral",
			Fault::Replayed { .. } => "Replayed",
			Fault::NotKnown { .. } => "NotKnown",
			Fault::WrongProduct { .. } => "WrongProduct",
			Fault::WrongBeacon { .. } => "WrongBeacon",
			Fault::WrongState(_) => "WrongState",
			Fault::NotTheStart(_) => "NotTheStart",
			Fault::WrongPowers(_) => "WrongPowers",
			Fault::WrongCircuitState(_) => "WrongCircuitState",
		})
	}

	/// What to do about it, where the message does not say it.
	pub fn advice(&self) -> Option<&'static str> {
		Some(match self {
			Self::Format { source: FormatError::Truncated { .. }, .. } => {
				"get the file again from whoever sent it, and compare the hash that they published"
			},
			Self::Format { source: FormatError::LaterVersion(_), .. } => {
				"use the release of hdx that the ceremony is run with"
			},
			Self::Format { .. } => {
				"give the transcript, not a key; `hdx ceremony new` begins one"
			},
			Self::UnknownCircuit { .. } => {
				"use the release of hdx that the ceremony was begun with; one about a circuit that was changed is void"
			},
			Self::OtherCircuit { .. } => "name the circuit that it is about, or give the other file",
			Self::Fault { source, .. } => match source {
				Fault::OtherCircuit => {
					"use the release of hdx that the ceremony was begun with; one about a circuit that was changed is void"
				},
				Fault::NobodyContributed(_) => {
					"a beacon is no secret: begin again, with contributions to both phases"
				},
				Fault::Replayed { .. } => {
					"each contribution draws secrets of its own: contribute again with hdx"
				},
				Fault::WrongState(_) => {
					"the file was damaged or changed on its way, or a contribution was cut off: get it again from whoever contributed last"
				},
				_ => {
					"do not go on from it: go back to the last file that verifies, and ask whoever sent this one"
				},
			},
			Self::Contribute { source, .. } => match source {
				ContributeError::Complete => {
					"`hdx ceremony verify FILE` says who contributed; `hdx ceremony finalize FILE --keys DIR` writes the keys again"
				},
				ContributeError::NobodyContributed(_) => {
					"parties contribute first: hdx ceremony contribute"
				},
				ContributeError::Full => "end the phase: hdx ceremony finalize",
				ContributeError::OtherCircuit | ContributeError::Internal => {
					"get the file again from whoever sent it"
				},
			},
			Self::PartyMissing { .. } => {
				"do not rely on it: somebody made a phase without this party; ask it which file has both of its contributions"
			},
			Self::OtherBeacon { .. } => {
				"give the beacon of the powers first, then the circuit's; if they are those that were agreed on, do not rely on this file"
			},
			Self::NoBeacon { .. } => "leave --beacon out for a phase that goes on",
			Self::Keys { .. } => "end both phases first: hdx ceremony finalize",
			Self::Key { source: KeyFault::NotComplete, .. } => {
				"end both phases first: hdx ceremony finalize"
			},
			Self::Key { .. } => {
				"neither register nor attest it: `hdx ceremony finalize FILE --keys DIR` writes the keys that the ceremony gives"
			},
			Self::Shape { .. } | Self::Setup { .. } => {
				"the program is damaged: build or fetch it anew"
			},
		})
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_zk_ceremony::Secret;

	#[test]
	fn every_fault_has_its_own_name_and_advice() {
		let (record, secret) = (1, Secret::Tau);
		let faults = [
			Fault::OtherCircuit,
			Fault::OtherCeremony { record },
			Fault::Repeated { record },
			Fault::OutOfOrder { record },
			Fault::Missing { record },
			Fault::NobodyContributed(Phase::Powers),
			Fault::Unsigned { record },
			Fault::WrongSignature { record },
			Fault::Neutral { record, secret },
			Fault::Replayed { record, secret },
			Fault::NotKnown { record, secret },
			Fault::WrongProduct { record, secret },
			Fault::WrongBeacon { record },
			Fault::WrongState(Phase::Circuit),
			Fault::NotTheStart(Phase::Powers),
			Fault::WrongPowers("tau in G2"),
			Fault::WrongCircuitState("l"),
		];
		for source in faults {
			let error = CeremonyError::Fault { path: "transcript".into(), source };
			// The name is that of the variant.
			let debug = format!("{source:?}");
			assert!(debug.starts_with(error.refusal().unwrap()), "{debug}");
			assert!(error.advice().is_some() && error.code() == "ceremony-refused");
		}
	}
}
