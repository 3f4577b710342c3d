//! What can be wrong with keys of circuits, and with proofs.

use hdx_primitives::ProofRefusal;
use hdx_zk_circuits::{
	prove::{KeyError, PointError, SetupError, VerifyError},
	Disbelief,
};
use std::path::PathBuf;

/// Why keys were not made, registered or attested, or a proof was not believed.
#[derive(Debug, thiserror::Error)]
pub enum ZkError {
	/// The file holds no key of the circuit.
	#[error("`{}` is no verifying key of {circuit}: {source}", .path.display())]
	Key {
		/// The file.
		path: PathBuf,
		/// The circuit that was named.
		circuit: &'static str,
		/// What is wrong.
		source: KeyError,
	},
	/// The file holds the key of another circuit.
	#[error("`{}` is a key of {found}, and not of {circuit}", .path.display())]
	OtherCircuit {
		/// The file.
		path: PathBuf,
		/// The circuit that was named.
		circuit: &'static str,
		/// The one that the key is for.
		found: &'static str,
	},
	/// A key that is worth nothing on this chain.
	#[error("`{}` is for development: whoever made it can prove what is false, and this chain is for production", .path.display())]
	Development {
		/// The file.
		path: PathBuf,
	},
	/// It is not the key that was published.
	#[error("`{}` is the key 0x{found}, and not 0x{expected}", .path.display())]
	OtherDigest {
		/// The file.
		path: PathBuf,
		/// The digest that was given.
		expected: String,
		/// The digest of the file.
		found: String,
	},
	/// The chain has another key.
	#[error("{registered} was registered with the key 0x{expected}, and `{}` is the key 0x{found}", .path.display())]
	OtherKey {
		/// The file.
		path: PathBuf,
		/// Which version of which circuit.
		registered: String,
		/// The digest that is registered.
		expected: String,
		/// The digest of the file.
		found: String,
	},
	/// The chain has another transcript.
	#[error("{registered} was registered with the transcript 0x{expected}, and what was given is 0x{found}")]
	OtherTranscript {
		/// Which version of which circuit.
		registered: String,
		/// The hash that is registered.
		expected: String,
		/// The hash that was given, or of what was given.
		found: String,
	},
	/// The transcript behind a key of a ceremony is only said to lead to it.
	#[error("the transcript is given as a hash, so nothing shows here that it leads to the key in `{}`", .path.display())]
	Unverified {
		/// The file of the key.
		path: PathBuf,
	},
	/// The proof is not believed.
	#[error("the proof is refused: {why}")]
	Refused {
		/// Why, as chains say it.
		refusal: ProofRefusal,
		/// Why, in a sentence.
		why: String,
	},
	/// There are no keys.
	#[error("no keys can be made of {circuit}: {source}")]
	Setup {
		/// The circuit.
		circuit: &'static str,
		/// What is wrong.
		source: SetupError,
	},
	/// Circuits cannot be measured on a chain.
	#[error("the runtime of this chain cannot be measured: {why}")]
	UnfitChain {
		/// What it lacks.
		why: String,
	},
	/// A circuit cannot be measured.
	#[error("{circuit} cannot be measured: {why}")]
	Bench {
		/// The circuit.
		circuit: &'static str,
		/// Why.
		why: String,
	},
}

impl ZkError {
	/// A chain's refusal of a proof.
	pub fn refused(refusal: ProofRefusal) -> Self {
		Self::Refused { refusal, why: told(refusal).1.to_owned() }
	}

	/// Why a proof is not believed under the key in a file.
	pub fn disbelieved(error: Disbelief, path: PathBuf, circuit: &'static str) -> Self {
		let refusal = match error {
			Disbelief::Key(source) => return Self::Key { path, circuit, source },
			Disbelief::Proof(error) => match error.error {
				PointError::Malformed => ProofRefusal::PointMalformed,
				PointError::Infinity => ProofRefusal::PointAtInfinity,
				PointError::OffCurve => ProofRefusal::PointOffCurve,
				PointError::OutsideSubgroup => ProofRefusal::PointOutsideSubgroup,
			},
			Disbelief::Statement(VerifyError::WrongArity { .. }) => ProofRefusal::WrongArity,
			Disbelief::Statement(VerifyError::InputTooLarge) => ProofRefusal::InputTooLarge,
			Disbelief::Statement(VerifyError::Invalid) => ProofRefusal::NotProven,
		};
		Self::Refused { refusal, why: error.to_string() }
	}

	/// What kind of error it is, for programs.
	pub fn code(&self) -> &'static str {
		match self {
			Self::Key { .. } => "circuit-key",
			Self::OtherCircuit { .. } => "other-circuit",
			Self::Development { .. } => "development-key",
			Self::OtherKey { .. } | Self::OtherDigest { .. } => "other-key",
			Self::OtherTranscript { .. } => "other-transcript",
			Self::Unverified { .. } => "unverified",
			Self::Refused { .. } => "proof-refused",
			Self::UnfitChain { .. } => "unfit-chain",
			Self::Setup { .. } | Self::Bench { .. } => "circuit",
		}
	}

	/// The name of the refusal, where a proof was refused.
	pub fn refusal(&self) -> Option<&'static str> {
		match self {
			Self::Refused { refusal, .. } => Some(told(*refusal).0),
			_ => None,
		}
	}

	/// What to do about it, where the message does not say it. What to do about refusals is told by their
	/// names.
	pub fn advice(&self) -> Option<&'static str> {
		Some(match self {
			Self::Key { source: KeyError::WrongLength { .. }, .. } => {
				"give the verifying key, not the proving key; both begin alike"
			},
			Self::Key { source: KeyError::WrongCircuit, .. } => {
				"use the release of hdx that the key was made with; keys of a circuit that was changed are void"
			},
			Self::Key { source: KeyError::WrongOrigin, .. } => {
				"a verifying key begins with hdx-ceremony-v1 or hdx-DEVELOPMENT; `hdx zk setup-dev` makes one for development"
			},
			Self::OtherDigest { .. } => {
				"believe no proof under it: get the key again from whoever published the digest"
			},
			Self::Key { .. } => "get the key again from whoever published it, and compare the digest",
			Self::OtherCircuit { .. } => "name the circuit that the key is for, or give the other key",
			Self::Development { .. } => {
				"chains for production take keys of ceremonies alone: hdx ceremony new begins one"
			},
			Self::OtherKey { .. } | Self::OtherTranscript { .. } => {
				"do not attest it: ask whoever registered it, and the other parties of the ceremony, which one is theirs"
			},
			Self::Unverified { .. } => {
				"give the file with --transcript, which is verified; or, if you verified it yourself, --unverified with the hash"
			},
			Self::UnfitChain { .. } => {
				"name with --url a development chain, such as ./scripts/run.sh starts; --as and --attest-as say who signs there"
			},
			Self::Setup { .. } | Self::Bench { .. } => "the program is damaged: build or fetch it anew",
			Self::Refused { .. } => return None,
		})
	}
}

/// The name of a refusal, and what it says.
fn told(refusal: ProofRefusal) -> (&'static str, &'static str) {
	match refusal {
		ProofRefusal::CircuitUnknown => {
			("CircuitUnknown", "no such version of a circuit is registered")
		},
		ProofRefusal::CircuitNotActive => {
			("CircuitNotActive", "the version of the circuit is not active")
		},
		ProofRefusal::BatchEmpty => ("BatchEmpty", "there is no proof in the batch"),
		ProofRefusal::BatchTooLarge => ("BatchTooLarge", "there are too many proofs in the batch"),
		ProofRefusal::WrongArity => {
			("WrongArity", "there are not as many public inputs as the circuit has")
		},
		ProofRefusal::InputTooLarge => {
			("InputTooLarge", "a public input is not below the field's order")
		},
		ProofRefusal::PointMalformed => {
			("PointMalformed", "bytes of the proof are not the one encoding of a point")
		},
		ProofRefusal::PointAtInfinity => ("PointAtInfinity", "a point of the proof is at infinity"),
		ProofRefusal::PointOffCurve => {
			("PointOffCurve", "a point of the proof is not on the curve")
		},
		ProofRefusal::PointOutsideSubgroup => {
			("PointOutsideSubgroup", "a point of the proof is not in the subgroup of prime order")
		},
		ProofRefusal::NotProven => {
			("NotProven", "it does not prove the statement about these inputs")
		},
		ProofRefusal::KeyDamaged => ("KeyDamaged", "the chain's key cannot be read"),
		ProofRefusal::WrongRelation => {
			("WrongRelation", "the version's key is for another statement than this one")
		},
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use hdx_zk_circuits::prove::{ProofError, ProofPart};

	#[test]
	fn a_refusal_has_the_name_that_the_chain_gives_it() {
		for refusal in [
			ProofRefusal::CircuitUnknown,
			ProofRefusal::CircuitNotActive,
			ProofRefusal::BatchEmpty,
			ProofRefusal::BatchTooLarge,
			ProofRefusal::WrongArity,
			ProofRefusal::InputTooLarge,
			ProofRefusal::PointMalformed,
			ProofRefusal::PointAtInfinity,
			ProofRefusal::PointOffCurve,
			ProofRefusal::PointOutsideSubgroup,
			ProofRefusal::NotProven,
			ProofRefusal::KeyDamaged,
			ProofRefusal::WrongRelation,
		] {
			assert_eq!(ZkError::refused(refusal).refusal(), Some(&*format!("{refusal:?}")));
		}
	}

	#[test]
	fn what_is_found_here_has_the_name_that_the_chain_would_give_it() {
		let named = |error| ZkError::disbelieved(error, "key".into(), "consent_grant");
		let infinity = ProofError { part: ProofPart::B, error: PointError::Infinity };
		let error = named(Disbelief::Proof(infinity));
		assert_eq!(error.refusal(), Some("PointAtInfinity"));
		assert!(error.to_string().contains("point B"), "{error}");
		let error = named(Disbelief::Statement(VerifyError::Invalid));
		assert_eq!(error.refusal(), Some("NotProven"));
		let error = named(Disbelief::Key(KeyError::DeltaIsGamma));
		assert_eq!((error.refusal(), error.code()), (None, "circuit-key"));
	}
}
