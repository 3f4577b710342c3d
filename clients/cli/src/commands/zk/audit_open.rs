//! `hdx zk audit-open`: the auditor reads who broke the glass.

use super::auditor;
use crate::{
	commands::{
		audit::{genesis, read_proof},
		provider::Done,
		shielded::element,
		Context,
	},
	error::Error,
	files::{self, NewFile},
};
use codec::{DecodeAll, Encode};
use hdx_primitives::{
	AuditEntry, CredentialId, EmergencyEvidence, EntryIndex, GrantId, Subject, H256,
};
use hdx_sdk::{
	chain::{AtBlock, Chain, ChainError},
	proof::TrustRoot,
};
use hdx_zk_circuits::{
	auditor::{AuditorSecret, Ciphertext},
	circuits::{BreakGlass, Circuit},
	field::to_bytes,
	Asked, Binding, Context as ProofContext,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::path::{Path, PathBuf};

/// What a file with evidence says that it is.
const FORMAT: &str = "hdx/emergency-evidence/1";
/// Largest file with evidence, in bytes.
const MAX_FILE_BYTES: u64 = 64 * 1024;

/// Which entry, with which secret.
#[derive(Debug, clap::Args)]
pub struct Open {
	/// The entry of the break-glass.
	#[arg(value_name = "ENTRY")]
	entry: u64,
	/// Your secret, as `hdx zk audit-new` made it.
	#[arg(long, value_name = "FILE")]
	key: PathBuf,
	/// Keep what the chain has of it in a file, so that it can be opened without a node later.
	#[arg(long, value_name = "FILE", conflicts_with = "evidence")]
	save: Option<PathBuf>,
	/// What was kept. No node is asked then.
	#[arg(long, value_name = "FILE", requires = "proof")]
	evidence: Option<PathBuf>,
	/// A proof of the entry (hdx audit prove).
	#[arg(long, value_name = "PROOF", requires = "genesis", requires = "evidence")]
	proof: Option<PathBuf>,
	/// The genesis hash of the chain, from somebody you trust.
	#[arg(long, value_name = "HASH", value_parser = genesis, requires = "proof")]
	genesis: Option<[u8; 32]>,
}

/// Evidence as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
	format: String,
	/// SCALE-encoded.
	evidence: String,
}

/// What was opened.
struct Opened {
	licence: CredentialId,
	/// Whose it is, where the tree still has it.
	practitioner: Option<String>,
}

fn malformed(path: &Path, detail: &str) -> Error {
	Error::Malformed {
		path: path.to_owned(),
		expected: "what an auditor reads of an emergency",
		detail: detail.to_owned(),
	}
}

/// Evidence, as it is written.
fn text(evidence: &EmergencyEvidence) -> Result<String, Error> {
	let written = Written {
		format: FORMAT.to_owned(),
		evidence: format!("0x{}", hex::encode(evidence.encode())),
	};
	let text = serde_json::to_string_pretty(&written);
	text.map(|text| format!("{text}\n"))
		.map_err(|error| Error::System(std::io::Error::other(error)))
}

fn save(path: &Path, evidence: &EmergencyEvidence) -> Result<(), Error> {
	let text = text(evidence)?;
	let mut out = NewFile::create(path)?;
	out.write(text.as_bytes())?;
	out.keep();
	Ok(())
}

fn read(path: &Path) -> Result<EmergencyEvidence, Error> {
	parse(&files::read_text(path, MAX_FILE_BYTES)?, path)
}

fn parse(text: &str, path: &Path) -> Result<EmergencyEvidence, Error> {
	let written: Written =
		serde_json::from_str(text).map_err(|error| malformed(path, &error.to_string()))?;
	if written.format != FORMAT {
		return Err(malformed(path, &format!("it says that it is `{}`", written.format)));
	}
	let digits = written.evidence.strip_prefix("0x").unwrap_or(&written.evidence);
	let bytes = hex::decode(digits).map_err(|error| malformed(path, &error.to_string()))?;
	EmergencyEvidence::decode_all(&mut &*bytes).map_err(|error| malformed(path, &error.to_string()))
}

/// Reads anything as evidence. What is read is written, and read again.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let Ok(given) = std::str::from_utf8(bytes) else { return };
	let path = Path::new("evidence");
	let Ok(evidence) = parse(given, path) else { return };
	let again = text(&evidence).and_then(|text| parse(&text, path));
	assert_eq!(again.ok(), Some(evidence));
}

/// What an entry says of evidence: the grant, where there is one, and the hash.
fn said(entry: &AuditEntry) -> Result<(Option<GrantId>, H256), Error> {
	match entry.event.subject {
		Subject::ProvenBreakGlass { grant, evidence: Some(hash), .. } => Ok((grant, hash)),
		_ => Err(Error::Usage(format!(
			"entry {} is about no emergency that was proven: `hdx audit show` tells what it is",
			entry.index.0
		))),
	}
}

/// What the proof was bound to.
fn context_of(
	entry: &AuditEntry,
	evidence: &EmergencyEvidence,
	genesis: [u8; 32],
) -> Result<ProofContext, String> {
	let actor = entry.event.actor.as_ref().ok_or("the entry names nobody who signed")?;
	let signer: &[u8; 32] = actor.as_ref();
	Ok(ProofContext::new(&Binding {
		genesis,
		circuit: BreakGlass::NUMBER,
		version: evidence.version,
		signer: *signer,
		request: Asked::Emergency { request: evidence.asked.0 }.hash(),
	}))
}

/// The identity in the evidence of an entry.
///
/// What is opened agrees with what the chain verified where the evidence is that of the entry: the proof was about this
/// ciphertext, in this context. With another secret, what comes out is no licence's number.
fn identity(
	secret: &AuditorSecret,
	entry: &AuditEntry,
	evidence: &EmergencyEvidence,
	genesis: [u8; 32],
) -> Result<CredentialId, String> {
	let context = context_of(entry, evidence, genesis)?;
	let ciphertext =
		Ciphertext::from_bytes(&evidence.identity).map_err(|error| error.to_string())?;
	let opened = secret.open(&ciphertext, context).map_err(|error| error.to_string())?;
	let bytes = to_bytes(&opened);
	let number = bytes.split_first_chunk::<8>().filter(|(_, rest)| rest.iter().all(|it| *it == 0));
	let (number, _) = number.ok_or("it is encrypted for another key")?;
	Ok(CredentialId(u64::from_le_bytes(*number)))
}

/// Opens what the chain has.
async fn online(
	options: &Open,
	secret: &AuditorSecret,
	context: &Context,
) -> Result<Opened, Error> {
	let chain: Chain = context.connect().await?;
	let entry = chain.audit_entry(EntryIndex(options.entry)).await?;
	let (grant, hash) = said(&entry)?;
	let missing = || ChainError::NotFound {
		what: format!("the evidence of entry {}, which has no grant", options.entry),
	};
	let grant = grant.ok_or_else(missing)?;
	let found = chain.emergency_evidence(grant, AtBlock::Best).await?;
	let evidence = found.ok_or_else(missing)?;
	if evidence.hash() != hash {
		let why = "the evidence of the grant is not that of the entry";
		return Err(ChainError::Transport(why.to_owned()).into());
	}
	let auditor = chain.identity_auditor_of(evidence.auditor, AtBlock::Best).await?;
	if auditor.map(|auditor| auditor.key) != Some(secret.key().to_bytes()) {
		return Err(Error::Usage(format!(
			"entry {} is for auditor {}, and `{}` is the secret of another one",
			options.entry,
			evidence.auditor,
			options.key.display()
		)));
	}
	let licence = identity(secret, &entry, &evidence, chain.genesis())
		.map_err(|why| malformed(&options.key, &why))?;
	if let Some(path) = &options.save {
		save(path, &evidence)?;
	}
	let hidden = chain.hidden_licence(licence, AtBlock::Best).await?;
	let practitioner = hidden.map(|(_, hidden)| hidden.practitioner.to_string());
	Ok(Opened { licence, practitioner })
}

/// Opens what was kept, by a proof of the entry. Opens no connection at all.
fn offline(
	options: &Open,
	secret: &AuditorSecret,
	(kept, proof): (&Path, &Path),
	genesis: [u8; 32],
) -> Result<Opened, Error> {
	let evidence = read(kept)?;
	let trust = TrustRoot::Genesis(genesis.into());
	let entry = read_proof(proof)?
		.verify(&trust)
		.map_err(|source| Error::Proof { path: proof.to_owned(), source })?;
	if entry.index != EntryIndex(options.entry) {
		return Err(malformed(proof, &format!("it proves entry {}", entry.index.0)));
	}
	let (_, hash) = said(&entry)?;
	if evidence.hash() != hash {
		return Err(malformed(kept, "its hash is not the one of the entry"));
	}
	let licence = identity(secret, &entry, &evidence, genesis)
		.map_err(|why| malformed(&options.key, &why))?;
	Ok(Opened { licence, practitioner: None })
}

/// Opens, with a node or without.
pub async fn run(options: Open, context: &Context) -> Result<(), Error> {
	let secret = auditor::read(&options.key)?;
	let opened = match (&options.evidence, &options.proof, options.genesis) {
		(Some(kept), Some(proof), Some(genesis)) => {
			offline(&options, &secret, (kept.as_path(), proof.as_path()), genesis)?
		},
		_ => online(&options, &secret, context).await?,
	};
	let whose = match &opened.practitioner {
		Some(practitioner) => format!(" of {practitioner}"),
		None => "; its attestation in the log tells whose it is".to_owned(),
	};
	context.output.show(&Done::new(
		format!("entry {}: by licence {}{whose}", options.entry, opened.licence.0),
		json!({
			"entry": options.entry,
			"licence": opened.licence.0,
			"practitioner": opened.practitioner,
			"key": element::shown(&secret.key().to_bytes()),
		}),
	))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::commands::zk::random;
	use hdx_primitives::{
		AccountId, AuditAction, AuditEvent, Milliseconds, OverrideReason, SEALED_IDENTITY_BYTES,
	};
	use hdx_zk_circuits::{
		circuits::{Emergency, EmergencyTerms},
		note::HeldCredential,
		Fr,
	};

	fn evidence() -> EmergencyEvidence {
		EmergencyEvidence {
			auditor: 0,
			nullifier: [1; 32],
			identity: [2; SEALED_IDENTITY_BYTES],
			recipient: H256([3; 32]),
			version: 1,
			asked: H256([4; 32]),
		}
	}

	fn entry(subject: Subject) -> AuditEntry {
		let event = AuditEvent {
			actor: Some(AccountId::new([5; 32])),
			subject,
			..AuditEvent::new(AuditAction::EmergencyOverrideStarted)
		};
		AuditEntry { index: EntryIndex(7), at: Milliseconds(8), block: 9, event }
	}

	fn about(evidence: Option<H256>) -> Subject {
		Subject::ProvenBreakGlass {
			grant: Some(GrantId(6)),
			record: None,
			reason: OverrideReason::EmergencyTreatment,
			overridden: None,
			evidence,
		}
	}

	#[test]
	fn evidence_is_read_as_it_was_kept() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("evidence");
		save(&file, &evidence()).unwrap();
		assert_eq!(read(&file).unwrap(), evidence());
		assert!(matches!(save(&file, &evidence()), Err(Error::Exists { .. })));
		std::fs::write(&file, "{}").unwrap();
		assert!(matches!(read(&file), Err(Error::Malformed { .. })));
	}

	#[test]
	fn an_entry_without_evidence_opens_nothing() {
		let hash = evidence().hash();
		assert_eq!(said(&entry(about(Some(hash)))).unwrap(), (Some(GrantId(6)), hash));
		assert!(said(&entry(about(None))).is_err());
		assert!(said(&entry(Subject::None)).is_err());
	}

	#[test]
	fn the_auditor_alone_opens_and_only_what_the_entry_is_about() {
		let mut generator = random::generator().unwrap();
		let [secret, other] = [(); 2].map(|()| AuditorSecret::random(&mut generator));
		let entry = entry(about(None));
		let mut held = HeldCredential::default();
		held.credential.identity = Fr::from(42u64);
		let emergency = Emergency {
			credential_root: Fr::from(0u64),
			auditor: secret.key(),
			terms: EmergencyTerms::default(),
			context: context_of(&entry, &evidence(), [6; 32]).unwrap(),
		};
		let (public, _) = emergency.by(held, 0, &mut generator);
		let sealed = EmergencyEvidence { identity: public.ciphertext.to_bytes(), ..evidence() };
		let opened = |secret: &AuditorSecret, evidence: &EmergencyEvidence, genesis| {
			identity(secret, &entry, evidence, genesis)
		};
		assert_eq!(opened(&secret, &sealed, [6; 32]), Ok(CredentialId(42)));
		assert!(opened(&other, &sealed, [6; 32]).is_err());
		assert!(opened(&secret, &sealed, [7; 32]).is_err());
		let elsewhere = EmergencyEvidence { asked: H256([9; 32]), ..sealed };
		assert!(opened(&secret, &elsewhere, [6; 32]).is_err());
		assert!(opened(&secret, &evidence(), [6; 32]).is_err());
	}
}
