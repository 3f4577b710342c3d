//! The log shows that a consent permitted the access, and not which.

use super::{
	classes::Classes,
	consent::Given,
	request::{Answered, Proofs},
};
use crate::{
	commands::shielded::element::Element,
	demo::{cast::short, log, narrator::Narrator, DemoError, Scene},
};
use codec::Encode;
use hdx_primitives::{
	AccountId, AuditAction, AuditEntry, AuditOutcome, Code, DenialReason, EntryIndex, GrantId,
	PublicInput, RecordId, ShieldedIndex, Subject,
};
use hdx_sdk::chain::{AtBlock, Chain, ChainError, EntryFilter, EntryScope};

/// What was done, and what of it the log must and must not tell.
struct Told {
	/// Who sent the consent and its revocation.
	sender: AccountId,
	/// The patient's account.
	patient: AccountId,
	/// What the patient is known by off the chain.
	key: PublicInput,
	/// The consent's leaf.
	leaf: PublicInput,
	/// Its place.
	place: ShieldedIndex,
	/// What the proof gave access by.
	grant: GrantId,
	/// To which record.
	record: RecordId,
	/// To which class.
	class: Code,
	/// The nullifier of that proof.
	nullifier: PublicInput,
	/// The nullifier of the proof that nothing was granted for.
	unused: PublicInput,
}

/// The patient reads the log; all entries are looked through; two of them are proven offline.
pub async fn read_and_prove(
	scene: Scene<'_>,
	classes: &Classes,
	given: &Given,
	proofs: &Proofs,
	answered: &Answered,
	narrator: &mut Narrator,
) -> Result<(), DemoError> {
	let Scene { chain, cast, record, data, .. } = scene;
	let granted = answered.opened.entry;
	log::read(scene, granted, narrator).await?;

	let told = Told {
		sender: cast.custodian.account(),
		patient: cast.patient.account(),
		key: Element(given.patient.0).to_bytes(),
		leaf: given.leaf.to_bytes(),
		place: given.place.to_index(),
		grant: answered.opened.grant,
		record: record.id,
		class: classes.asked.code,
		nullifier: proofs.access.nullifier,
		unused: proofs.unused.nullifier,
	};
	let entries = entries_since(chain, given.since).await?;
	told.check(&entries)?;
	narrator.step(format!(
		"{} entries looked through: the access shows {} and the nullifier {}, and no consent; the consent at {} shows who sent it, and no patient",
		entries.len(),
		classes.asked,
		short(&told.nullifier),
		given.place,
	));
	narrator.detail("its leaf and the key of the patient's wallet are in none of them");
	narrator.detail(
		"an access names the record, and so the account behind it, whichever consent it rests on",
	);

	log::prove(chain, granted, AuditOutcome::Success, data, narrator).await?;
	let used = AuditOutcome::Denied(DenialReason::ProofUsed);
	log::prove(chain, answered.used_twice, used, data, narrator).await
}

/// All entries of the log from this one on.
async fn entries_since(chain: &Chain, since: EntryIndex) -> Result<Vec<AuditEntry>, ChainError> {
	// In the state of one block, so that no page moves while the others are read.
	let block = AtBlock::Hash(chain.block_time(AtBlock::Best).await?.hash);
	let (mut from, mut entries) = (Some(since), Vec::new());
	while let Some(start) = from {
		let (scope, filter) = (EntryScope::All, EntryFilter::default());
		let page = chain.audit_entries(&scope, filter, start, u32::MAX, block).await?;
		entries.extend(page.entries);
		from = page.next;
	}
	Ok(entries)
}

impl Told {
	/// Fails where an entry tells more than it may, or one is missing.
	fn check(&self, entries: &[AuditEntry]) -> Result<(), DemoError> {
		self.check_consent(entries)?;
		self.check_access(entries)?;
		for (what, bytes) in [
			("the consent's leaf", &self.leaf),
			("the key of the patient's wallet", &self.key),
			("the nullifier of what was refused", &self.unused),
		] {
			if let Some(entry) = entries.iter().find(|entry| has(entry, bytes)) {
				return Err(told_too_much(entry, what));
			}
		}
		Ok(())
	}

	/// The consent is appended and revoked, by its place, and neither names the patient.
	fn check_consent(&self, entries: &[AuditEntry]) -> Result<(), DemoError> {
		let subject = Subject::ShieldedConsent { index: self.place };
		let about: Vec<_> = entries.iter().filter(|entry| entry.event.subject == subject).collect();
		let actions: Vec<_> = about.iter().map(|entry| entry.event.action).collect();
		let expected = [AuditAction::ShieldedConsentAppended, AuditAction::ShieldedConsentRevoked];
		if actions != expected {
			let (expected, found) = (format!("{expected:?}"), format!("{actions:?}"));
			return Err(DemoError::unexpected("the entries about the consent", expected, found));
		}
		let patient: &[u8; 32] = self.patient.as_ref();
		for entry in about {
			if entry.event.actor.as_ref() != Some(&self.sender) {
				let found = format!("{:?}", entry.event.actor);
				return Err(DemoError::unexpected("who sent the consent", "its sender", found));
			}
			if entry.event.patient.is_some() || has(entry, patient) {
				return Err(told_too_much(entry, "the patient"));
			}
		}
		Ok(())
	}

	/// One entry has the nullifier: the one about the grant, which rests on no consent that is named.
	fn check_access(&self, entries: &[AuditEntry]) -> Result<(), DemoError> {
		let Self { grant, record, class, nullifier, .. } = *self;
		let expected = Subject::ProvenAccess { grant, record, class, nullifier };
		let with: Vec<_> = entries.iter().filter(|entry| has(entry, &nullifier)).collect();
		match with.as_slice() {
			[entry] if entry.event.subject == expected => match entry.event.basis {
				None => Ok(()),
				Some(_) => Err(told_too_much(entry, "a consent")),
			},
			other => Err(DemoError::unexpected(
				"the entries with the nullifier",
				format!("one: {expected:?}"),
				format!("{other:?}"),
			)),
		}
	}
}

/// Whether an entry, as the log keeps it, holds these bytes.
fn has(entry: &AuditEntry, bytes: &[u8; 32]) -> bool {
	entry.encode().windows(bytes.len()).any(|window| window == bytes)
}

fn told_too_much(entry: &AuditEntry, what: &str) -> DemoError {
	DemoError::unexpected(
		"the log",
		format!("nothing of {what} in entry {}", entry.index.0),
		format!("{entry:?}"),
	)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use hdx_primitives::{engine::Basis, AuditEvent, ConsentId, Milliseconds};

	fn told() -> Told {
		Told {
			sender: AccountId::new([1; 32]),
			patient: AccountId::new([2; 32]),
			key: [3; 32],
			leaf: [4; 32],
			place: ShieldedIndex { tree: 0, leaf: 7 },
			grant: GrantId(5),
			record: RecordId(6),
			class: Code([8; 16]),
			nullifier: [9; 32],
			unused: [10; 32],
		}
	}

	/// What the log has of it.
	fn entries() -> Vec<AuditEntry> {
		let Told { sender, patient, place, grant, record, class, nullifier, .. } = told();
		let consent = |action| AuditEvent {
			actor: Some(sender.clone()),
			subject: Subject::ShieldedConsent { index: place },
			..AuditEvent::new(action)
		};
		let access = AuditEvent {
			actor: Some(AccountId::new([11; 32])),
			patient: Some(patient),
			subject: Subject::ProvenAccess { grant, record, class, nullifier },
			..AuditEvent::new(AuditAction::AccessDecided)
		};
		[
			consent(AuditAction::ShieldedConsentAppended),
			access,
			consent(AuditAction::ShieldedConsentRevoked),
		]
		.into_iter()
		.zip(0..)
		.map(|(event, index)| AuditEntry {
			index: EntryIndex(index),
			at: Milliseconds(0),
			block: 1,
			event,
		})
		.collect()
	}

	#[test]
	fn the_log_may_tell_places_senders_class_and_nullifier() {
		told().check(&entries()).unwrap();
	}

	#[test]
	fn fails_when_an_entry_tells_more_or_one_is_missing() {
		let told = told();
		let tag = |tag| Subject::ProviderTag { tag };
		type Change = fn(&mut Vec<AuditEntry>);
		let changes: [(&str, Change); 6] = [
			("about the consent", |entries| {
				entries.remove(0);
			}),
			("who sent", |entries| entries[0].event.actor = Some(AccountId::new([2; 32]))),
			("the patient", |entries| entries[2].event.patient = Some(AccountId::new([2; 32]))),
			("with the nullifier", |entries| {
				entries.remove(1);
			}),
			("with the nullifier", |entries| {
				let again = entries[1].clone();
				entries.push(again);
			}),
			("a consent", |entries| {
				entries[1].event.basis = Some(Basis { consent: ConsentId(0), version: 1 });
			}),
		];
		for (words, change) in changes {
			let mut changed = entries();
			change(&mut changed);
			let error = told.check(&changed).unwrap_err().to_string();
			assert!(error.contains(words), "{words}: {error}");
		}
		for (words, bytes) in [("leaf", told.leaf), ("wallet", told.key), ("refused", told.unused)]
		{
			let mut changed = entries();
			let mut more = changed[1].clone();
			more.event.subject = tag(bytes);
			changed.push(more);
			let error = told.check(&changed).unwrap_err().to_string();
			assert!(error.contains(words), "{words}: {error}");
		}
	}
}
