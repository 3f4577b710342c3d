//! What can be wrong with consents that nobody sees, and with the files that they are kept in.

use crate::error::Error;
use hdx_sdk::chain::ChainError;
use hdx_zk_circuits::{note::PolicyError, prove::KeyError};
use std::path::PathBuf;

/// Why a consent was not appended, found or revoked.
#[derive(Debug, thiserror::Error)]
pub enum ShieldedError {
	/// The file cannot be believed.
	#[error("`{}` is not {expected} as it was written: {detail}", .path.display())]
	Damaged {
		/// The file.
		path: PathBuf,
		/// What it should be.
		expected: &'static str,
		/// What is wrong.
		detail: String,
	},
	/// The file is from the future.
	#[error("`{}` has version {found}, and this program knows {known}", .path.display())]
	LaterVersion {
		/// The file.
		path: PathBuf,
		/// Its version.
		found: u32,
		/// The last one that is known.
		known: u32,
	},
	/// The file holds something else.
	#[error("`{}` is {found}, and not {expected}", .path.display())]
	OtherKind {
		/// The file.
		path: PathBuf,
		/// What it should be.
		expected: &'static str,
		/// What it is.
		found: &'static str,
	},
	/// A licence was given for another clinician's secret.
	#[error("`{}` is for another secret than `{}`", .licence.display(), .secret.display())]
	OtherSecret {
		/// The licence.
		licence: PathBuf,
		/// The secret.
		secret: PathBuf,
	},
	/// A clinician has fewer emergencies a day.
	#[error("there is no slot {slot}: a clinician has {limit} a day, counted from zero")]
	NoSlot {
		/// The slot.
		slot: u32,
		/// How many there are.
		limit: u32,
	},
	/// There is no room for another note.
	#[error("`{}` holds {limit} notes, which is as many as fit", .path.display())]
	WalletFull {
		/// The wallet.
		path: PathBuf,
		/// How many fit.
		limit: usize,
	},
	/// The wallet does not have the note.
	#[error("`{}` has no consent {which} for this chain", .path.display())]
	NotInWallet {
		/// The wallet.
		path: PathBuf,
		/// Which was asked for.
		which: String,
	},
	/// The note is for another chain.
	#[error(
		"consent {leaf} is for the chain with genesis {expected}, and this is the one with {found}"
	)]
	OtherChain {
		/// Its leaf.
		leaf: String,
		/// The genesis of its chain.
		expected: String,
		/// The genesis of the chain that was asked.
		found: String,
	},
	/// The chain has the note.
	#[error("consent {leaf} was appended before, as {place}")]
	AlreadyAppended {
		/// Its leaf.
		leaf: String,
		/// Its place.
		place: String,
	},
	/// The chain does not have the note.
	#[error("the chain does not have consent {leaf}: it was not appended yet")]
	NotAppended {
		/// Its leaf.
		leaf: String,
	},
	/// The chain has nothing where the wallet has the consent.
	#[error("the chain has nothing at {place}, where the wallet has consent {leaf}")]
	Missing {
		/// Its leaf.
		leaf: String,
		/// Where the wallet has it.
		place: String,
	},
	/// The consent is revoked.
	#[error("consent {place} is revoked already")]
	AlreadyRevoked {
		/// Its place.
		place: String,
	},
	/// What is to be covered makes no sense.
	#[error(transparent)]
	Policy(#[from] PolicyError),
	/// Nobody could ever use it.
	#[error("the consent would be over already: it ends at {until}")]
	Over {
		/// When.
		until: String,
	},
	/// The file holds no proving key of the circuit.
	#[error("`{}` is no proving key of {circuit}: {source}", .path.display())]
	ProvingKey {
		/// The file.
		path: PathBuf,
		/// The circuit.
		circuit: &'static str,
		/// What is wrong.
		source: KeyError,
	},
	/// What the key proves, the chain does not believe.
	#[error("{registered} was registered with the verifying key 0x{expected}, and `{}` belongs to 0x{found}", .path.display())]
	OtherKey {
		/// The file.
		path: PathBuf,
		/// Which version of which circuit.
		registered: String,
		/// The digest that is registered.
		expected: String,
		/// The digest of the verifying key that belongs to the file.
		found: String,
	},
	/// There is no proof.
	#[error("{circuit} cannot be proven: {why}")]
	NotProven {
		/// The circuit.
		circuit: &'static str,
		/// Why.
		why: String,
	},
	/// No snapshot has the consent.
	#[error("no snapshot of the chain has consent {place}, and none came within {seconds} s")]
	NoSnapshot {
		/// Its place.
		place: String,
		/// How long was waited.
		seconds: u64,
	},
	/// The leaves that the node gave are not those of the snapshot.
	#[error("the leaves of tree {tree} that the node gives do not lead to the root of snapshot {snapshot}")]
	OtherRoot {
		/// The tree.
		tree: u32,
		/// The snapshot.
		snapshot: u32,
	},
	/// The consent is not where the wallet has it.
	#[error("another consent than {leaf} is at {place}")]
	Misplaced {
		/// Its leaf.
		leaf: String,
		/// Where the wallet has it.
		place: String,
	},
	/// The consent is for somebody else.
	#[error("consent {leaf} is for the provider with tag {expected}, and `{}` is that of {found}", .path.display())]
	OtherProvider {
		/// The file with the provider's secret.
		path: PathBuf,
		/// The consent's leaf.
		leaf: String,
		/// For whom it is.
		expected: String,
		/// Whose secret it is.
		found: String,
	},
	/// The consent was shared before its patient's wallet knew where it is.
	#[error("`{}` does not say where consent {leaf} is: it was shared while it was pending", .path.display())]
	SharedWithoutPlace {
		/// The file with the consent.
		path: PathBuf,
		/// Its leaf.
		leaf: String,
	},
	/// The record is somebody else's, or another one.
	#[error("consent {leaf} says nothing about that record: `{}` is about {what}", .path.display())]
	OtherSubject {
		/// The file with the subject.
		path: PathBuf,
		/// The consent's leaf.
		leaf: String,
		/// What it is about.
		what: String,
	},
	/// Nobody is their own guardian.
	#[error("`{}` is the wallet of that very patient", .path.display())]
	OwnGuardian {
		/// The guardian's wallet.
		path: PathBuf,
	},
	/// It was given for somebody else.
	#[error("`{}` was given by the patient with key {found}, and the wallet is for {expected}", .path.display())]
	OtherGranter {
		/// The file with the note.
		path: PathBuf,
		/// For whom the wallet is.
		expected: String,
		/// Who gave it.
		found: String,
	},
	/// The delegation is for somebody else.
	#[error("`{}` is for the delegate with key {expected}, and the wallet is that of {found}", .path.display())]
	OtherDelegate {
		/// The file with the delegation.
		path: PathBuf,
		/// For whom it is.
		expected: String,
		/// Whose wallet it is.
		found: String,
	},
	/// The consent would cover what its delegation does not.
	#[error("delegation {leaf} does not cover {what}")]
	NotDelegated {
		/// The delegation's leaf.
		leaf: String,
		/// What it does not cover.
		what: String,
	},
	/// Consent and delegation are in different trees.
	#[error("consent {leaf} is at {place}, and its delegation at {delegation}: no proof is about two trees")]
	OtherTree {
		/// The consent's leaf.
		leaf: String,
		/// Where the consent is.
		place: String,
		/// Where the delegation is.
		delegation: String,
	},
	/// The consent is for a study.
	#[error("consent {leaf} is one to take part in a study: no provider has anything of it")]
	NotForProvider {
		/// Its leaf.
		leaf: String,
	},
	/// The wallet has no consent to take part.
	#[error("`{}` has no consent to take part in study {study} of which it knows the place", .path.display())]
	NoStudyConsent {
		/// The wallet.
		path: PathBuf,
		/// The study.
		study: u32,
	},
	/// The file is another one than the protocol that the chain has the hash of.
	#[error("`{}` is not the protocol of study {study}: that one hashes to {expected}, and this file to {found}", .path.display())]
	OtherProtocol {
		/// The file.
		path: PathBuf,
		/// The study.
		study: u32,
		/// The hash that is registered.
		expected: String,
		/// The hash of the file.
		found: String,
	},
	/// The attestation is of no use here.
	#[error("`{}` is about {what}", .path.display())]
	OtherAttestation {
		/// The file with the attestation.
		path: PathBuf,
		/// What it is about.
		what: &'static str,
	},
	/// The chain does not have the attestation.
	#[error("the chain does not have the attestation in `{}`: its leaf {leaf} is in no tree", .path.display())]
	NotAttested {
		/// The file with the attestation.
		path: PathBuf,
		/// Its leaf.
		leaf: String,
	},
	/// The attestations that the node gave are not those of the tree.
	#[error("the attestations that the node gives do not lead to the root of tree {tree} with {count} leaves")]
	OtherAttestations {
		/// The tree.
		tree: u32,
		/// How many it has.
		count: u32,
	},
	/// What is asked for is not covered.
	#[error("consent {leaf} does not cover {what}")]
	NotCovered {
		/// Its leaf.
		leaf: String,
		/// What it does not cover.
		what: String,
	},
	/// A proof can be about nothing of that kind.
	#[error("a proof of access is about one class of one record, and about a class and a purpose that consents can name")]
	NotProvable,
	/// Nobody knows whether the chain has the note.
	#[error("{error}. Whether consent {leaf} was appended is not known, so `{}` keeps it as pending", .path.display())]
	Pending {
		/// The wallet.
		path: PathBuf,
		/// Its leaf.
		leaf: String,
		/// What happened.
		error: Box<ChainError>,
	},
	/// The chain has the note, and the wallet does not know where.
	#[error("consent {leaf} is appended, as {place}, but the wallet could not be told: {source}")]
	NotRecorded {
		/// Its leaf.
		leaf: String,
		/// Its place.
		place: String,
		/// Why not.
		source: Box<Error>,
	},
}

impl ShieldedError {
	/// What kind of error it is, for programs.
	pub fn code(&self) -> &'static str {
		match self {
			Self::Damaged { .. } => "damaged-file",
			Self::LaterVersion { .. } => "later-version",
			Self::OtherKind { .. } => "other-kind",
			Self::WalletFull { .. } => "wallet-full",
			Self::NotInWallet { .. } => "not-in-wallet",
			Self::OtherSecret { .. } => "other-secret",
			Self::NoSlot { .. } => "no-slot",
			Self::OtherChain { .. } => "another-chain",
			Self::AlreadyAppended { .. } => "already-appended",
			Self::NotAppended { .. } => "not-appended",
			Self::Missing { .. } => "missing",
			Self::AlreadyRevoked { .. } => "already-revoked",
			Self::Policy(_) => "policy",
			Self::Over { .. } => "over",
			Self::ProvingKey { .. } => "proving-key",
			Self::OtherKey { .. } => "other-key",
			Self::NotProven { .. } => "not-proven",
			Self::NoSnapshot { .. } => "no-snapshot",
			Self::OtherRoot { .. } => "other-root",
			Self::Misplaced { .. } => "misplaced",
			Self::OtherProvider { .. } => "other-provider",
			Self::SharedWithoutPlace { .. } => "shared-without-place",
			Self::OtherSubject { .. } => "other-subject",
			Self::OwnGuardian { .. } => "own-guardian",
			Self::OtherGranter { .. } => "other-granter",
			Self::OtherDelegate { .. } => "other-delegate",
			Self::NotDelegated { .. } => "not-delegated",
			Self::OtherTree { .. } => "other-tree",
			Self::NotForProvider { .. } => "not-for-provider",
			Self::NoStudyConsent { .. } => "no-study-consent",
			Self::OtherProtocol { .. } => "other-protocol",
			Self::OtherAttestation { .. } => "other-attestation",
			Self::NotAttested { .. } => "not-attested",
			Self::OtherAttestations { .. } => "other-attestations",
			Self::NotCovered { .. } => "not-covered",
			Self::NotProvable => "not-provable",
			Self::Pending { .. } => "pending",
			Self::NotRecorded { .. } => "not-recorded",
		}
	}

	/// The name of the refusal, where the chain would refuse by it.
	pub fn refusal(&self) -> Option<&'static str> {
		match self {
			Self::AlreadyAppended { .. } => Some("AlreadyAppended"),
			Self::AlreadyRevoked { .. } => Some("AlreadyRevoked"),
			_ => None,
		}
	}

	/// What the chain said.
	pub fn chain(&self) -> Option<&ChainError> {
		match self {
			Self::Pending { error, .. } => Some(error),
			_ => None,
		}
	}

	/// What to do about it, where the message does not say it. What to do about refusals is told by their
	/// names.
	pub fn advice(&self) -> Option<&'static str> {
		Some(match self {
			Self::Damaged { .. } => {
				"take the file from a copy; a secret that nobody has a copy of is lost, and its consents with it"
			},
			Self::LaterVersion { .. } => "use the release of hdx that wrote it, or a later one",
			Self::OtherKind { .. } => {
				"`hdx shielded new` makes a patient's wallet, `hdx shielded provider` a provider's secret"
			},
			Self::WalletFull { .. } => {
				"give further consents with another wallet: hdx shielded new; providers know the patient by another key then"
			},
			Self::NotInWallet { .. } => {
				"`hdx shielded list` shows the consents of a wallet; the wallet that gave one revokes it, or the guardian's that took it over: hdx shielded adopt"
			},
			Self::NoSlot { .. } => {
				"name one of the day that was not used: --slot; when all are used, break the glass by the account (hdx access break-glass)"
			},
			Self::OtherSecret { .. } => {
				"name the secret whose key the issuer was given (hdx licence new), or have the issuer enter the licence anew for this one"
			},
			Self::OtherChain { .. } => {
				"name with --url a node of the chain that the consent is for"
			},
			Self::NotAppended { .. } => "append it first: hdx shielded send",
			Self::Missing { .. } => {
				"ask a node that is up to date; where a chain for tests began anew, grant it again: hdx shielded grant"
			},
			Self::Policy(PolicyError::CoversNothing) => "give --purpose and --category",
			Self::Policy(PolicyError::TimeTooLate) => "give --until a time before the year 10889",
			Self::Policy(PolicyError::EndsBeforeItBegins) => {
				"give --until a later time than --from"
			},
			Self::Over { .. } => "give --until a later time",
			Self::ProvingKey { source: KeyError::WrongShape, .. } => {
				"give the proving key (.pk), not the verifying key; both begin alike"
			},
			Self::ProvingKey { source: KeyError::WrongDigest, .. } => {
				"prove nothing with it, as it could tell what is to stay hidden: get the key again from whoever published the digest"
			},
			Self::ProvingKey { source: KeyError::WrongOrigin, .. } => {
				"a proving key begins with hdx-ceremony-v1 or hdx-DEVELOPMENT; `hdx zk setup-dev` makes one for development"
			},
			Self::ProvingKey { source: KeyError::WrongCircuit, .. } => {
				"use the release of hdx that the key was made with; keys of a circuit that was changed are void"
			},
			Self::ProvingKey { .. } => {
				"get the key again from whoever published it, and compare the digest"
			},
			Self::OtherKey { .. } => {
				"`hdx zk list` shows the keys of all versions: give the --proving-key that was made with this one, or name its --version"
			},
			Self::NotProven { .. } => {
				"get the proving key again from whoever published it; nothing was sent"
			},
			Self::NoSnapshot { .. } => {
				"the chain takes one every half minute while it makes blocks: see that it does, and run it again"
			},
			Self::OtherRoot { .. } => {
				"run it again; if it stays, ask another node: this one gives other leaves than it has, or its state is damaged"
			},
			Self::Misplaced { .. } => {
				"ask another node, and take the wallet from a copy: one of them is not what it was"
			},
			Self::OtherProvider { .. } => {
				"give with --provider the secret whose tag the patient named: hdx shielded tag"
			},
			Self::SharedWithoutPlace { .. } => {
				"have the patient share it anew, after `hdx shielded send LEAF` has found its place: hdx shielded share; to ask the chain would tell which consent you use"
			},
			Self::OtherSubject { .. } => {
				"get the subject of this very record from its custodian, who makes it with the patient's key: hdx shielded subject"
			},
			Self::OwnGuardian { .. } => {
				"give with --patient the own key of the patient's wallet: hdx shielded tag"
			},
			Self::OtherGranter { .. } => {
				"take it into a wallet of that patient, or of their guardian: hdx shielded tag shows for whom one is"
			},
			Self::OtherDelegate { .. } => {
				"give with --wallet the wallet whose key the patient named: hdx shielded tag"
			},
			Self::NotDelegated { .. } => {
				"give a consent to no more than that, or have the patient delegate anew: hdx shielded delegate"
			},
			Self::OtherTree { .. } => {
				"have the patient delegate anew (hdx shielded delegate), and give the consent under that delegation"
			},
			Self::NotForProvider { .. } => "take part with it: hdx study enrol",
			Self::NoStudyConsent { .. } => {
				"give one: hdx study consent; `hdx shielded send LEAF` finds the place of one that is pending"
			},
			Self::OtherProtocol { .. } => {
				"consent to nothing that you did not read: get the protocol as its sponsor published it; `hdx study show` tells the hash, and where that is another one than the sponsor says, ask another node"
			},
			Self::OtherAttestation { .. } => {
				"have what the study asks for attested under the key that `hdx shielded tag WALLET` shows, on this chain: hdx study attest"
			},
			Self::NotAttested { .. } => {
				"ask a node that is up to date, or have it attested again: hdx study attest"
			},
			Self::OtherAttestations { .. } => {
				"run it again; if it stays, ask another node: this one gives other leaves than it has, or its state is damaged"
			},
			Self::NotCovered { .. } => {
				"ask for what it covers, or have the patient give another one: hdx shielded grant"
			},
			Self::NotProvable => {
				"give --record, one --class that `hdx shielded categories` lists, and a --purpose such as TREAT"
			},
			Self::Pending { .. } => {
				"`hdx shielded send LEAF` finds out, and sends it again only where the chain does not have it"
			},
			Self::NotRecorded { .. } => {
				"make room, and run `hdx shielded send LEAF`: it finds the place and writes it"
			},
			Self::AlreadyAppended { .. } | Self::AlreadyRevoked { .. } => return None,
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::exit::Exit;
	use std::collections::BTreeSet;

	/// One of each.
	fn all() -> Vec<ShieldedError> {
		let (path, leaf) = (PathBuf::from("wallet"), "0x07".to_owned());
		let (place, circuit) = ("0/5".to_owned(), "consent_grant");
		let chain = || Box::new(ChainError::Transport("gone".to_owned()));
		let key = |source| ShieldedError::ProvingKey { path: "key".into(), circuit, source };
		vec![
			ShieldedError::Damaged { path: path.clone(), expected: "a", detail: "b".to_owned() },
			ShieldedError::LaterVersion { path: path.clone(), found: 2, known: 1 },
			ShieldedError::OtherKind { path: path.clone(), expected: "a", found: "b" },
			ShieldedError::WalletFull { path: path.clone(), limit: 1 },
			ShieldedError::NotInWallet { path: path.clone(), which: leaf.clone() },
			ShieldedError::OtherSecret { licence: path.clone(), secret: path.clone() },
			ShieldedError::NoSlot { slot: 3, limit: 3 },
			ShieldedError::OtherChain {
				leaf: leaf.clone(),
				expected: "0x01".to_owned(),
				found: "0x02".to_owned(),
			},
			ShieldedError::AlreadyAppended { leaf: leaf.clone(), place: place.clone() },
			ShieldedError::NotAppended { leaf: leaf.clone() },
			ShieldedError::Missing { leaf: leaf.clone(), place: place.clone() },
			ShieldedError::AlreadyRevoked { place: place.clone() },
			ShieldedError::Policy(PolicyError::EndsBeforeItBegins),
			ShieldedError::Over { until: "now".to_owned() },
			key(KeyError::WrongShape),
			ShieldedError::OtherKey {
				path: path.clone(),
				registered: "version 1".to_owned(),
				expected: "01".to_owned(),
				found: "02".to_owned(),
			},
			ShieldedError::NotProven { circuit, why: "no".to_owned() },
			ShieldedError::NoSnapshot { place: place.clone(), seconds: 60 },
			ShieldedError::OtherRoot { tree: 0, snapshot: 7 },
			ShieldedError::Misplaced { leaf: leaf.clone(), place: place.clone() },
			ShieldedError::OtherProvider {
				path: path.clone(),
				leaf: leaf.clone(),
				expected: leaf.clone(),
				found: leaf.clone(),
			},
			ShieldedError::SharedWithoutPlace { path: path.clone(), leaf: leaf.clone() },
			ShieldedError::OtherSubject {
				path: path.clone(),
				leaf: leaf.clone(),
				what: "another record".to_owned(),
			},
			ShieldedError::OwnGuardian { path: path.clone() },
			ShieldedError::OtherGranter {
				path: path.clone(),
				expected: leaf.clone(),
				found: leaf.clone(),
			},
			ShieldedError::OtherDelegate {
				path: path.clone(),
				expected: leaf.clone(),
				found: leaf.clone(),
			},
			ShieldedError::NotDelegated { leaf: leaf.clone(), what: "category 3".to_owned() },
			ShieldedError::OtherTree {
				leaf: leaf.clone(),
				place: place.clone(),
				delegation: place.clone(),
			},
			ShieldedError::NotForProvider { leaf: leaf.clone() },
			ShieldedError::NoStudyConsent { path: path.clone(), study: 3 },
			ShieldedError::OtherProtocol {
				path: path.clone(),
				study: 3,
				expected: "0x01".to_owned(),
				found: "0x02".to_owned(),
			},
			ShieldedError::OtherAttestation { path: path.clone(), what: "another patient" },
			ShieldedError::NotAttested { path: path.clone(), leaf: leaf.clone() },
			ShieldedError::OtherAttestations { tree: 0, count: 9 },
			ShieldedError::NotCovered { leaf: leaf.clone(), what: "category 3".to_owned() },
			ShieldedError::NotProvable,
			ShieldedError::Pending { path, leaf: leaf.clone(), error: chain() },
			ShieldedError::NotRecorded { leaf, place, source: Box::new(Error::Chain(*chain())) },
		]
	}

	#[test]
	fn each_cause_has_its_code_and_says_what_to_do() {
		let mut codes = BTreeSet::new();
		for error in all() {
			let code = error.code();
			assert!(codes.insert(code), "{code} twice");
			let error = Error::from(error);
			assert_eq!(error.code(), code);
			assert!(error.help().is_some(), "{error}");
		}
	}

	#[test]
	fn what_is_wrong_with_a_key_is_told_apart() {
		let causes = [
			KeyError::WrongShape,
			KeyError::WrongDigest,
			KeyError::WrongOrigin,
			KeyError::WrongCircuit,
			KeyError::DeltaIsGamma,
		];
		let advice: BTreeSet<_> = causes
			.into_iter()
			.map(|source| {
				let (path, circuit) = (PathBuf::from("key"), "consent_grant");
				ShieldedError::ProvingKey { path, circuit, source }.advice()
			})
			.collect();
		assert_eq!(advice.len(), causes.len());
	}

	#[test]
	fn what_is_found_here_has_the_name_that_the_chain_would_give_it() {
		let refusals: Vec<_> = all().iter().filter_map(ShieldedError::refusal).collect();
		assert_eq!(refusals, ["AlreadyAppended", "AlreadyRevoked"]);
		for error in all().into_iter().filter(|error| error.refusal().is_some()) {
			let help = Error::from(error).help().unwrap_or_default();
			assert!(help.contains("hdx shielded list"), "{help}");
		}
	}

	#[test]
	fn exit_codes_tell_the_cause() {
		for error in all() {
			let expected = match error {
				ShieldedError::OtherChain { .. } => Exit::NoNode,
				ShieldedError::Policy(_) | ShieldedError::Over { .. } => Exit::Usage,
				_ => Exit::Refused,
			};
			let error = Error::from(error);
			assert_eq!(error.exit(), expected, "{error}");
		}
		let error = ChainError::Unreachable { url: "ws://x".into(), reason: "y".into() };
		let (path, leaf) = ("wallet".into(), "0x07".into());
		let pending = ShieldedError::Pending { path, leaf, error: Box::new(error) };
		assert_eq!(Error::from(pending).exit(), Exit::NoNode);
	}
}
