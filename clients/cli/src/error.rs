//! What can go wrong, with what to do and the exit code.

use crate::{
	advice, ceremony_error::CeremonyError, chain_spec_error::ChainSpecError,
	credential_error::CredentialError, demo::DemoError, exit::Exit, shielded_error::ShieldedError,
	zk_error::ZkError,
};
use hdx_fhir::SourceError;
use hdx_oracle::ConfigError;
use hdx_sdk::{
	bundle::BundleError,
	chain::{BrokenHistory, ChainError},
	proof::ProofError,
	seal::{CheckError, KeyFileError, OpenError, ResealError, SealError, WrapError},
	store::StoreError,
};
use std::{io, path::PathBuf};

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The chain, or the way there.
	#[error(transparent)]
	Chain(#[from] ChainError),
	/// The input is no Bundle of one patient.
	#[error(transparent)]
	Bundle(#[from] BundleError),
	/// The record cannot be sealed.
	#[error(transparent)]
	Seal(#[from] SealError),
	/// The keys cannot be wrapped.
	#[error(transparent)]
	Wrap(#[from] WrapError),
	/// The package does not open.
	#[error(transparent)]
	Open(#[from] OpenError),
	/// What is held is not the record that the chain has.
	#[error(transparent)]
	Check(#[from] CheckError),
	/// The record cannot be sealed anew.
	#[error(transparent)]
	Reseal(#[from] ResealError),
	/// A FHIR document cannot be read.
	#[error(transparent)]
	Fhir(#[from] SourceError),
	/// The storage.
	#[error(transparent)]
	Store(#[from] StoreError),
	/// A file with keys.
	#[error(transparent)]
	Key(#[from] KeyFileError),
	/// The proof does not hold.
	#[error("the proof in `{}` does not hold: {source}", .path.display())]
	Proof {
		/// The file.
		path: PathBuf,
		/// The link that does not hold.
		source: ProofError,
	},
	/// A proof of a bundle does not hold.
	#[error("the proof in line {line} of `{}` does not hold: {source}", .path.display())]
	BundledProof {
		/// The file.
		path: PathBuf,
		/// The line, from 1.
		line: usize,
		/// The link that does not hold.
		source: ProofError,
	},
	/// The configuration of an oracle.
	#[error(transparent)]
	OracleConfig(#[from] ConfigError),
	/// A credential, or a status list.
	#[error(transparent)]
	Credential(#[from] CredentialError),
	/// A key of a circuit, or a proof.
	#[error(transparent)]
	Zk(#[from] ZkError),
	/// A ceremony that makes keys of circuits.
	#[error(transparent)]
	Ceremony(#[from] CeremonyError),
	/// The specification of a chain, or keys that it names.
	#[error(transparent)]
	ChainSpec(#[from] ChainSpecError),
	/// A consent that nobody sees, or a file with one.
	#[error(transparent)]
	Shielded(#[from] ShieldedError),
	/// The demo.
	#[error(transparent)]
	Demo(#[from] DemoError),

	/// The command line makes no sense.
	#[error("{0}")]
	Usage(String),
	/// A file cannot be read.
	#[error("`{}` cannot be read: {source}", .path.display())]
	Unreadable {
		/// The file.
		path: PathBuf,
		/// What the system said.
		source: io::Error,
	},
	/// A file cannot be written.
	#[error("`{}` cannot be written: {source}", .path.display())]
	Unwritable {
		/// The file.
		path: PathBuf,
		/// What the system said.
		source: io::Error,
	},
	/// A file is in the way.
	#[error("`{}` exists and is never overwritten", .path.display())]
	Exists {
		/// The file.
		path: PathBuf,
	},
	/// The salt of an earlier commitment is in the way.
	#[error("`{}` exists: it opens a commitment that was made before", .path.display())]
	SaltExists {
		/// The file.
		path: PathBuf,
	},
	/// A file is larger than what it should be can be.
	#[error("`{}` has more than {limit} bytes", .path.display())]
	TooLarge {
		/// The file.
		path: PathBuf,
		/// The limit, in bytes.
		limit: u64,
	},
	/// A document without content.
	#[error("`{}` is empty: there is nothing to commit to", .path.display())]
	EmptyDocument {
		/// The file.
		path: PathBuf,
	},
	/// A file is something else than it should be.
	#[error("`{}` is not {expected}: {detail}", .path.display())]
	Malformed {
		/// The file.
		path: PathBuf,
		/// What it should be.
		expected: &'static str,
		/// What is wrong.
		detail: String,
	},
	/// There is no such data directory.
	#[error("there is no sealed data in `{}`", .path.display())]
	NoData {
		/// The directory.
		path: PathBuf,
	},
	/// The keys of a record are elsewhere.
	#[error("the keys of record {record} are not in this data directory: `{}` is missing", .path.display())]
	NoRecordKeys {
		/// The record.
		record: u64,
		/// Where they should be.
		path: PathBuf,
	},
	/// The grant gives nothing of the record away.
	#[error("grant {grant} permits no section of record {record}: there is nothing to release")]
	NothingPermitted {
		/// The grant.
		grant: u64,
		/// The record.
		record: u64,
	},
	/// The grant cannot be used.
	#[error("grant {grant} cannot be used: {reason}")]
	GrantDead {
		/// The grant.
		grant: u64,
		/// Why.
		reason: String,
	},
	/// The glass was broken by proof: nothing is released but to the key that was drawn for it.
	#[error("grant {grant} is for the key that was drawn for it, with fingerprint {fingerprint}")]
	DrawnKeyNeeded {
		/// The grant.
		grant: u64,
		/// Of the key.
		fingerprint: String,
	},
	/// The grant is about something else.
	#[error("grant {grant} does not cover record {record}")]
	NotCovered {
		/// The grant.
		grant: u64,
		/// The record.
		record: u64,
	},
	/// The signer operates another institution than the record's custodian.
	#[error("institution {custodian} keeps record {record}, and the signer operates institution {operated}")]
	NotTheCustodian {
		/// The record.
		record: u64,
		/// Who keeps it.
		custodian: u32,
		/// Whose operator signed.
		operated: u32,
	},
	/// A public key that nobody should use.
	#[error("`{given}` is no public key to list: {why}")]
	BadKey {
		/// The beginning of what was given.
		given: String,
		/// What is wrong.
		why: String,
	},
	/// A DID of another chain.
	#[error("`{did}` is of another chain than that of {url}, whose genesis is 0x{genesis}")]
	ForeignDid {
		/// The DID.
		did: String,
		/// Where the node is.
		url: String,
		/// The genesis hash of its chain, in hexadecimal.
		genesis: String,
	},
	/// The grantee ended the key.
	#[error("the key {key} of {did} is not in force any more: it ended at {ended}")]
	KeyEnded {
		/// The grantee.
		did: String,
		/// The fragment of the key.
		key: String,
		/// When.
		ended: String,
	},
	/// The grantee's DID has other keys.
	#[error("the key {fingerprint} is not one to which {did} lets encrypt")]
	KeyNotListed {
		/// The grantee.
		did: String,
		/// Of the key that was given.
		fingerprint: String,
	},
	/// The directory has no key for the grantee.
	#[error("{did} lists no X-Wing key in force, so there is no key to wrap to")]
	NoKeyOfGrantee {
		/// The grantee.
		did: String,
	},
	/// A consent has codes of which only the hashes are known.
	#[error("consent {consent} has codes that are not known by name: {}", .codes.join(", "))]
	UnknownCodes {
		/// The consent.
		consent: u64,
		/// Their hashes, in hexadecimal.
		codes: Vec<String>,
	},
	/// A consent cannot be written as FHIR has it.
	#[error("consent {consent} cannot be written in this release of FHIR: {detail}")]
	NotInFhir {
		/// The consent.
		consent: u64,
		/// Why.
		detail: String,
	},
	/// The history of a consent was tampered with, or the node does not tell all of it.
	#[error("the history of consent {consent} does not hold: {source}")]
	BrokenHistory {
		/// The consent.
		consent: u64,
		/// Where it breaks.
		source: BrokenHistory,
	},
	/// No batch holds the disclosure.
	#[error("the disclosure in `{}` is not in a batch: {why}", .path.display())]
	NotInBatch {
		/// The file.
		path: PathBuf,
		/// Why.
		why: String,
	},
	/// The disclosure has an entry of its own.
	#[error("the disclosure in `{}` was not reported in a batch: it has an entry of its own in the log", .path.display())]
	ReportedAlone {
		/// The file.
		path: PathBuf,
	},
	/// The disclosure is on chain, and the package could not be written.
	#[error(
		"the disclosure is recorded (entry {entry}), but the package is not written: {source}"
	)]
	NotHandedOver {
		/// The entry of the log.
		entry: u64,
		/// Why it is not written.
		source: Box<Error>,
	},
	/// Nobody knows whether the call will be included.
	#[error("{error}. Whether the call was included is not known, so `{}` is kept", .kept.display())]
	Unclear {
		/// What is needed if it was.
		kept: PathBuf,
		/// What happened.
		error: Box<ChainError>,
	},
	/// The system refused something that every program needs.
	#[error("the system: {0}")]
	System(io::Error),
}

impl Error {
	/// The exit code.
	pub fn exit(&self) -> Exit {
		match self {
			Self::Usage(_)
			| Self::BadKey { .. }
			| Self::OracleConfig(_)
			| Self::Credential(CredentialError::Did(_))
			| Self::Shielded(ShieldedError::Policy(_) | ShieldedError::Over { .. }) => Exit::Usage,
			Self::ForeignDid { .. } | Self::Shielded(ShieldedError::OtherChain { .. }) => {
				Exit::NoNode
			},
			Self::Demo(DemoError::Command(error)) => error.exit(),
			_ => match self.chain() {
				Some(
					ChainError::Unreachable { .. }
					| ChainError::AnotherChain { .. }
					| ChainError::AnotherGenesis { .. }
					| ChainError::AnotherRuntime { .. },
				) => Exit::NoNode,
				Some(ChainError::NotAKey { .. }) => Exit::Usage,
				_ => Exit::Refused,
			},
		}
	}

	/// What kind of error it is, for programs.
	pub fn code(&self) -> &'static str {
		match self {
			Self::Chain(_) | Self::Unclear { .. } | Self::Demo(DemoError::Chain(_)) => {
				self.chain().map_or("chain", chain_code)
			},
			Self::Bundle(_) => "bundle",
			Self::Seal(_) => "seal",
			Self::Wrap(_) => "wrap",
			Self::Open(error) => open_code(error),
			Self::Check(CheckError::Open(error)) | Self::Reseal(ResealError::Open(error)) => {
				open_code(error)
			},
			Self::Check(CheckError::Manifest(_)) | Self::Reseal(ResealError::Manifest(_)) => "wrap",
			Self::Reseal(ResealError::Seal(_)) => "seal",
			Self::Fhir(_) => "fhir",
			Self::Store(_) => "storage",
			Self::Key(_) => "key-file",
			Self::Proof { .. } | Self::BundledProof { .. } => "proof",
			Self::OracleConfig(_) => "configuration",
			Self::Credential(error) => error.code(),
			Self::Zk(error) => error.code(),
			Self::Ceremony(error) => error.code(),
			Self::ChainSpec(error) => error.code(),
			Self::Shielded(error) => error.code(),
			Self::Demo(DemoError::Command(error)) => error.code(),
			Self::Demo(_) => "demo",
			Self::Usage(_) => "usage",
			Self::Unreadable { .. } => "unreadable",
			Self::Unwritable { .. } | Self::NotHandedOver { .. } => "unwritable",
			Self::Exists { .. } | Self::SaltExists { .. } => "exists",
			Self::TooLarge { .. } => "too-large",
			Self::EmptyDocument { .. } => "empty",
			Self::Malformed { .. } => "malformed",
			Self::NoData { .. } | Self::NoRecordKeys { .. } => "no-data",
			Self::NothingPermitted { .. } => "nothing-permitted",
			Self::GrantDead { .. } => "grant-dead",
			Self::DrawnKeyNeeded { .. } => "drawn-key-needed",
			Self::NotCovered { .. } => "not-covered",
			Self::NotTheCustodian { .. } => "not-the-custodian",
			Self::BadKey { .. } => "bad-key",
			Self::ForeignDid { .. } => "another-chain",
			Self::KeyEnded { .. } => "key-ended",
			Self::KeyNotListed { .. } => "key-not-listed",
			Self::NoKeyOfGrantee { .. } => "no-key",
			Self::UnknownCodes { .. } => "unknown-codes",
			Self::NotInFhir { .. } => "not-in-fhir",
			Self::BrokenHistory { .. } => "broken-history",
			Self::NotInBatch { .. } => "not-in-batch",
			Self::ReportedAlone { .. } => "reported-alone",
			Self::System(_) => "system",
		}
	}

	/// The name of the pallet's error, where a pallet refused; of the refusal, where a proof was.
	pub fn refusal(&self) -> Option<&str> {
		match self {
			Self::Zk(error) => error.refusal(),
			Self::Ceremony(error) => error.refusal(),
			Self::Shielded(error) => error.refusal(),
			Self::Demo(DemoError::Command(error)) => error.refusal(),
			_ => self.chain().and_then(ChainError::refusal),
		}
	}

	/// What to do, where the message does not say it.
	pub fn help(&self) -> Option<String> {
		advice::on(self)
	}

	/// What the chain said.
	pub fn chain(&self) -> Option<&ChainError> {
		match self {
			Self::Chain(error) | Self::Demo(DemoError::Chain(error)) => Some(error),
			Self::Unclear { error, .. } => Some(error),
			Self::Shielded(error) => error.chain(),
			Self::Demo(DemoError::Command(error)) => error.chain(),
			_ => None,
		}
	}
}

fn chain_code(error: &ChainError) -> &'static str {
	match error {
		ChainError::Unreachable { .. } => "unreachable",
		ChainError::AnotherChain { .. } | ChainError::AnotherGenesis { .. } => "another-chain",
		ChainError::AnotherRuntime { .. } => "another-runtime",
		ChainError::Refused { .. }
		| ChainError::RefusedItem { .. }
		| ChainError::RefusedOtherwise { .. } => "refused",
		ChainError::GovernanceDecides { .. } => "governance-decides",
		ChainError::NotAccepted { .. } => "not-accepted",
		ChainError::NotFound { .. } => "not-found",
		ChainError::NotFinalized { .. } => "not-finalized",
		ChainError::Discarded { .. } | ChainError::EntryDiscarded { .. } => "discarded",
		ChainError::BeyondTheEnd { .. } => "beyond-the-end",
		ChainError::AuthoritiesChanging { .. } => "authorities-changing",
		ChainError::NoJustification { .. } => "no-justification",
		ChainError::NotAKey { .. } => "usage",
		ChainError::KeyFile { .. } => "key-file",
		_ => "chain",
	}
}

fn open_code(error: &OpenError) -> &'static str {
	match error {
		OpenError::UnknownFormat { .. } => "malformed",
		OpenError::BindingMismatch { .. } => "binding-mismatch",
		OpenError::CommitmentMismatch { .. } => "commitment-mismatch",
		OpenError::NotInPackage { .. } => "not-in-package",
		OpenError::WrongKey { .. } => "wrong-key",
		OpenError::TamperedWrap { .. } => "tampered-wrap",
		OpenError::TamperedCiphertext { .. } => "tampered-ciphertext",
		OpenError::KeyCommitmentMismatch { .. } => "key-commitment-mismatch",
		OpenError::NotASection { .. } => "not-a-section",
		OpenError::Store(_) => "storage",
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn exit_codes_tell_the_cause() {
		let unreachable = || ChainError::Unreachable { url: "ws://x".into(), reason: "y".into() };
		assert_eq!(Error::from(unreachable()).exit(), Exit::NoNode);
		assert_eq!(Error::from(DemoError::Chain(unreachable())).exit(), Exit::NoNode);
		let another = ChainError::AnotherChain { url: "ws://x".into(), found: "polkadot".into() };
		assert_eq!(Error::from(another).exit(), Exit::NoNode);
		let refused = ChainError::RefusedOtherwise { call: "a".into(), reason: "b".into() };
		assert_eq!(Error::from(refused).exit(), Exit::Refused);
		assert_eq!(Error::Usage("no".into()).exit(), Exit::Usage);
	}

	#[test]
	fn what_a_verb_says_it_says_in_the_demo_too() {
		let of_verb = || Error::Shielded(ShieldedError::AlreadyRevoked { place: "0/1".into() });
		let in_demo = Error::from(DemoError::from(of_verb()));
		assert_eq!(in_demo.to_string(), of_verb().to_string());
		assert_eq!((in_demo.code(), in_demo.refusal()), (of_verb().code(), of_verb().refusal()));
		assert_eq!((in_demo.exit(), in_demo.help()), (of_verb().exit(), of_verb().help()));
		// What the chain says is the chain's word, however it came here.
		let refused = ChainError::RefusedOtherwise { call: "a".into(), reason: "b".into() };
		assert!(matches!(DemoError::from(Error::from(refused)), DemoError::Chain(_)));
	}
}
