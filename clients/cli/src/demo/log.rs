//! The patient reads the log and revokes; both decisions are proven offline.

use super::{
	access::{self, expect_refusal, Opened},
	cast::{name, salted, short},
	consent::Given,
	error::DemoError,
	narrator::Narrator,
	Scene,
};
use hdx_primitives::{AuditEntry, AuditOutcome, DenialReason, EntryIndex};
use hdx_sdk::{
	chain::{AccessAnswer, Chain, Until},
	proof::{AuditProof, TrustRoot},
};
use std::path::Path;

/// Reads, revokes, asks again, proves.
pub async fn read_revoke_prove(
	scene: Scene<'_>,
	consent: &Given,
	opened: &Opened,
	narrator: &mut Narrator,
) -> Result<(), DemoError> {
	let Scene { chain, cast, record, data, .. } = scene;
	read(scene, opened.entry, narrator).await?;

	chain.revoke_consent(&cast.patient, consent.id, Until::InBlock).await?;
	narrator.step(format!("the patient revoked consent {}", consent.id.0));

	let disclosure = chain.record_disclosure(
		&cast.custodian,
		opened.grant,
		record.id,
		1,
		salted(b"after the revocation")?,
		Until::InBlock,
	);
	let request = access::request(cast, record)?;
	let again = chain.request_access(&cast.practitioner, request, None, Until::Finalized);
	let (disclosure, again) = tokio::join!(disclosure, again);
	let refusal = expect_refusal("the old grant", "NoConsent", disclosure)?;
	let denied = match again? {
		AccessAnswer::Denied { reason: DenialReason::NoConsent, entry } => entry,
		other => {
			return Err(DemoError::unexpected(
				"the request after the revocation",
				"a denial: no consent",
				format!("{other:?}"),
			))
		},
	};
	narrator.step(format!(
		"the same request again: denied (no consent), logged as entry {}; the old grant is dead too",
		denied.0,
	));
	narrator.detail(refusal);

	prove(chain, opened.entry, AuditOutcome::Success, data, narrator).await?;
	let denial = AuditOutcome::Denied(DenialReason::NoConsent);
	prove(chain, denied, denial, data, narrator).await
}

/// The patient reads the log, which has this entry.
pub async fn read(
	scene: Scene<'_>,
	expected: EntryIndex,
	narrator: &mut Narrator,
) -> Result<(), DemoError> {
	let entries = scene.chain.audit_of_patient(&scene.cast.patient.account()).await?;
	narrator.step(format!("the patient read the log: {} entries", entries.len()));
	for entry in &entries {
		narrator.detail(line(entry));
	}
	if entries.iter().any(|entry| entry.index == expected) {
		return Ok(());
	}
	Err(DemoError::unexpected("the patient's log", format!("entry {}", expected.0), "none"))
}

/// Proves an entry, verifies the proof from its file alone, and sees an altered one refused.
pub async fn prove(
	chain: &Chain,
	index: EntryIndex,
	outcome: AuditOutcome,
	data: &Path,
	narrator: &mut Narrator,
) -> Result<(), DemoError> {
	let path = data.join(format!("entry-{}.proof.json", index.0));
	let proof = chain.prove(index).await?;
	let text = proof.to_json().map_err(|error| DemoError::file(&path, error))?;
	std::fs::write(&path, &text).map_err(|error| DemoError::file(&path, error))?;

	// From here on there is no chain: the file and the genesis hash.
	let trust = TrustRoot::Genesis(chain.genesis().into());
	let text = std::fs::read_to_string(&path).map_err(|error| DemoError::file(&path, error))?;
	let mut proof = AuditProof::from_json(&text).map_err(|error| DemoError::file(&path, error))?;
	let entry = proof.verify(&trust)?;
	if entry.index != index || entry.event.outcome != outcome {
		return Err(DemoError::unexpected(
			"the proof",
			format!("entry {} with {outcome:?}", index.0),
			format!("{entry:?}"),
		));
	}
	if let Some(byte) = proof.entry.0.last_mut() {
		*byte ^= 1;
	}
	if let Ok(entry) = proof.verify(&trust) {
		return Err(DemoError::unexpected("an altered proof", "a refusal", format!("{entry:?}")));
	}
	narrator.step(format!(
		"the proof of entry {} ({} KiB) verifies offline against genesis {}, and an altered one does not",
		index.0,
		text.len() / 1024,
		short(&chain.genesis()),
	));
	narrator.detail(path.display().to_string());
	Ok(())
}

/// An entry, in a line.
fn line(entry: &AuditEntry) -> String {
	let actor = entry.event.actor.as_ref().map_or_else(|| "governance".to_owned(), name);
	let outcome = match entry.event.outcome {
		AuditOutcome::Success => "done".to_owned(),
		AuditOutcome::Denied(reason) => format!("denied: {reason:?}"),
	};
	format!(
		"entry {}, block {}: {:?} by {actor}, {outcome}",
		entry.index.0, entry.block, entry.event.action,
	)
}
