//! Entries of the log, as they are shown.

use crate::{codes, output::block, time, words};
use hdx_primitives::{AccountId, AuditEntry, AuditOutcome, Subject};
use serde::Serialize;
use std::fmt;

/// An entry.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
	index: u64,
	at: String,
	block: u32,
	action: String,
	outcome: &'static str,
	reason: Option<String>,
	actor: Option<String>,
	on_behalf_of: Option<u32>,
	patient: Option<String>,
	purpose: Option<String>,
	subject: ShownSubject,
	consent: Option<u64>,
	consent_version: Option<u32>,
	algorithm: Option<String>,
	context: Option<String>,
	/// The purpose, for people.
	#[serde(skip)]
	symbol: String,
}

/// What an entry is about.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum ShownSubject {
	/// Nothing in particular.
	None,
	/// An institution.
	Institution { institution: u32 },
	/// A practitioner.
	Practitioner { practitioner: String },
	/// A consent.
	Consent { consent: u64 },
	/// A consent document.
	Template { template: u32 },
	/// A record.
	Record { record: u64 },
	/// A grant.
	Grant { grant: u64, record: Option<u64> },
	/// A break-glass.
	BreakGlass {
		grant: Option<u64>,
		record: Option<u64>,
		reason: String,
		/// What the consents said.
		overridden: Option<String>,
	},
	/// The review of a break-glass.
	BreakGlassReview { grant: u64, outcome: String, finding: String, late: bool },
	/// A legal hold.
	LegalHold { hold: u32, reason: String },
	/// The review of an entry.
	EntryReview { entry: u64, reason: String },
	/// What the review of an entry found.
	EntryReviewFinding { entry: u64, finding: String, statement: String },
	/// Too much of something.
	Alert { class: String, account: Option<String> },
	/// A request for a consent.
	ConsentRequest { request: u64 },
	/// A proposal of guardians.
	Proposal { proposal: u64 },
	/// A guardian or delegate.
	Representative { representative: String },
	/// The DID of an account.
	Did { did: String },
	/// A trusted issuer.
	Issuer { issuer: u32 },
	/// A credential.
	Credential { practitioner: String, credential: u64 },
	/// An oracle.
	Oracle { oracle: String },
	/// The change of a practitioner's account.
	Rotation { from: String, to: String },
	/// A batch of disclosures.
	DisclosureBatch { batch: u64, root: String, count: u32 },
	/// The transfer of a record.
	CustodyTransfer { record: u64, from: u32, to: u32 },
	/// The erasure of a record.
	Erasure { record: u64, receipt: String },
	/// That a record is kept although its erasure was asked for.
	ErasureRefusal { record: u64, exemption: String, statement: String, late: bool },
	/// A new version of a record.
	RecordVersion { record: u64, version: u32, manifest: String, under: Option<u64> },
	/// A restriction of disclosures.
	Restriction { record: Option<u64> },
	/// The dispute of a record.
	Dispute { record: u64, statement: String },
	/// The answer to a dispute.
	DisputeAnswer { record: u64, outcome: String, statement: String, late: bool },
	/// A version of a circuit.
	Circuit { circuit: u32, version: u32, key: String },
	/// A shielded consent, by its place.
	ShieldedConsent { tree: u32, index: u32 },
	/// A validator.
	Validator { validator: String },
	/// Access that was granted by a proof.
	ProvenAccess { grant: u64, record: u64, class: String, nullifier: String },
	/// The tag of a practitioner.
	ProviderTag { tag: String },
	/// The category of a class of data.
	Category { class: String, place: u8 },
	/// The subject tag of a record.
	SubjectTag { record: u64, version: u32 },
	/// The limits of an institution's bucket.
	Quota {
		capacity: u32,
		refill: u32,
		/// Whether these are those of every institution for which governance set none.
		default: bool,
	},
	/// Safe mode, and the last block in which it holds.
	SafeMode { until: u32 },
	/// A call of the runtime.
	Call { hash: String },
	/// The code of the runtime.
	RuntimeCode { hash: String },
	/// The session keys of a validator.
	SessionKeys { validator: String, keys: String },
	/// A licence of which the chain has a hash alone.
	ShieldedLicence { licence: u64, place: u32, leaf: String },
	/// An auditor for whom identities are encrypted.
	IdentityAuditor { number: u32, key: String },
	/// A study.
	Study { study: u32 },
	/// That somebody was counted in a study.
	Enrolment { study: u32, nullifier: String },
	/// The results of a study.
	StudyResults { study: u32, results: String },
	/// An attestation, by its place.
	Attestation { tree: u32, index: u32 },
	/// A break-glass by proof.
	ProvenBreakGlass {
		grant: Option<u64>,
		record: Option<u64>,
		reason: String,
		/// What the consents said to the institution.
		overridden: Option<String>,
		/// The hash of what the auditor reads.
		evidence: Option<String>,
	},
}

/// A page of the log.
#[derive(Serialize)]
pub struct Listed {
	/// The entries, the oldest first.
	pub entries: Vec<Entry>,
	/// Where the next page begins; none where this is the last.
	pub next: Option<u64>,
}

impl From<&AuditEntry> for Entry {
	fn from(entry: &AuditEntry) -> Self {
		let event = &entry.event;
		let (outcome, reason) = match event.outcome {
			AuditOutcome::Success => ("success", None),
			AuditOutcome::Denied(reason) => ("denied", Some(format!("{reason:?}"))),
		};
		Self {
			index: entry.index.0,
			at: time::show(entry.at),
			block: entry.block,
			action: format!("{:?}", event.action),
			outcome,
			reason,
			actor: event.actor.as_ref().map(AccountId::to_string),
			on_behalf_of: event.on_behalf_of.map(|institution| institution.0),
			patient: event.patient.as_ref().map(AccountId::to_string),
			purpose: event.purpose.as_ref().map(codes::token_of),
			subject: event.subject.into(),
			consent: event.basis.map(|basis| basis.consent.0),
			consent_version: event.basis.map(|basis| basis.version),
			algorithm: event.algorithm.map(|algorithm| format!("{algorithm:?}")),
			// All zero: none was given (`hdx access request` without --context).
			context: event
				.context
				.filter(|context| context.0 != [0; 32])
				.map(|context| format!("0x{}", hex::encode(context.0))),
			symbol: event.purpose.as_ref().map(codes::symbol).unwrap_or_default(),
		}
	}
}

impl From<Subject> for ShownSubject {
	fn from(subject: Subject) -> Self {
		match subject {
			Subject::None => Self::None,
			Subject::Institution(id) => Self::Institution { institution: id.0 },
			Subject::Practitioner(account) => {
				Self::Practitioner { practitioner: AccountId::new(account).to_string() }
			},
			Subject::Consent(id) => Self::Consent { consent: id.0 },
			Subject::Template(id) => Self::Template { template: id.0 },
			Subject::Record(id) => Self::Record { record: id.0 },
			Subject::Grant { grant, record } => {
				Self::Grant { grant: grant.0, record: record.map(|id| id.0) }
			},
			Subject::BreakGlass { grant, record, reason, overridden } => Self::BreakGlass {
				grant: grant.map(|id| id.0),
				record: record.map(|id| id.0),
				reason: words::of(reason),
				overridden: overridden.map(words::of),
			},
			Subject::BreakGlassReview { grant, outcome, finding, is_late } => {
				Self::BreakGlassReview {
					grant: grant.0,
					outcome: words::of(outcome),
					finding: format!("0x{}", hex::encode(finding.0)),
					late: is_late,
				}
			},
			Subject::LegalHold { hold, reason } => {
				Self::LegalHold { hold: hold.0, reason: words::of(reason) }
			},
			Subject::EntryReview { entry, reason } => {
				Self::EntryReview { entry: entry.0, reason: words::of(reason) }
			},
			Subject::EntryReviewFinding { entry, finding, statement } => Self::EntryReviewFinding {
				entry: entry.0,
				finding: words::of(finding),
				statement: format!("0x{}", hex::encode(statement.0)),
			},
			Subject::Erasure { record, receipt } => {
				Self::Erasure { record: record.0, receipt: format!("0x{}", hex::encode(receipt.0)) }
			},
			Subject::ErasureRefusal { record, exemption, statement, is_late } => {
				Self::ErasureRefusal {
					record: record.0,
					exemption: format!("{exemption:?}"),
					statement: format!("0x{}", hex::encode(statement.0)),
					late: is_late,
				}
			},
			Subject::RecordVersion { record, version, manifest, under } => Self::RecordVersion {
				record: record.0,
				version,
				manifest: format!("0x{}", hex::encode(manifest.0)),
				under: under.map(|grant| grant.0),
			},
			Subject::Circuit { circuit, key } => Self::Circuit {
				circuit: circuit.circuit.0,
				version: circuit.version,
				key: format!("0x{}", hex::encode(key)),
			},
			Subject::ShieldedConsent { index } => {
				Self::ShieldedConsent { tree: index.tree, index: index.leaf }
			},
			Subject::Validator { account } => {
				Self::Validator { validator: AccountId::new(account).to_string() }
			},
			Subject::ProvenAccess { grant, record, class, nullifier } => Self::ProvenAccess {
				grant: grant.0,
				record: record.0,
				class: codes::token_of(&class),
				nullifier: format!("0x{}", hex::encode(nullifier)),
			},
			Subject::ProviderTag { tag } => {
				Self::ProviderTag { tag: format!("0x{}", hex::encode(tag)) }
			},
			Subject::Category { class, place } => {
				Self::Category { class: codes::token_of(&class), place }
			},
			Subject::SubjectTag { record, version } => {
				Self::SubjectTag { record: record.0, version }
			},
			Subject::Quota { capacity, refill, is_default } => {
				Self::Quota { capacity, refill, default: is_default }
			},
			Subject::SafeMode { until } => Self::SafeMode { until },
			Subject::Call { hash } => Self::Call { hash: format!("0x{}", hex::encode(hash)) },
			Subject::RuntimeCode { hash } => {
				Self::RuntimeCode { hash: format!("0x{}", hex::encode(hash)) }
			},
			Subject::SessionKeys { account, keys } => Self::SessionKeys {
				validator: AccountId::new(account).to_string(),
				keys: format!("0x{}", hex::encode(keys)),
			},
			Subject::ShieldedLicence { licence, place, leaf } => Self::ShieldedLicence {
				licence: licence.0,
				place,
				leaf: format!("0x{}", hex::encode(leaf)),
			},
			Subject::IdentityAuditor { number, key } => {
				Self::IdentityAuditor { number, key: format!("0x{}", hex::encode(key)) }
			},
			Subject::Study { study } => Self::Study { study: study.0 },
			Subject::Enrolment { study, nullifier } => Self::Enrolment {
				study: study.0,
				nullifier: format!("0x{}", hex::encode(nullifier)),
			},
			Subject::StudyResults { study, results } => Self::StudyResults {
				study: study.0,
				results: format!("0x{}", hex::encode(results)),
			},
			Subject::Attestation { index } => {
				Self::Attestation { tree: index.tree, index: index.leaf }
			},
			Subject::ProvenBreakGlass { grant, record, reason, overridden, evidence } => {
				Self::ProvenBreakGlass {
					grant: grant.map(|id| id.0),
					record: record.map(|id| id.0),
					reason: words::of(reason),
					overridden: overridden.map(words::of),
					evidence: evidence.map(|hash| format!("0x{}", hex::encode(hash))),
				}
			},
			Subject::Restriction { record } => {
				Self::Restriction { record: record.map(|record| record.0) }
			},
			Subject::Dispute { record, statement } => Self::Dispute {
				record: record.0,
				statement: format!("0x{}", hex::encode(statement.0)),
			},
			Subject::DisputeAnswer { record, outcome, statement, is_late } => Self::DisputeAnswer {
				record: record.0,
				outcome: format!("{outcome:?}"),
				statement: format!("0x{}", hex::encode(statement.0)),
				late: is_late,
			},
			Subject::CustodyTransfer { record, from, to } => {
				Self::CustodyTransfer { record: record.0, from: from.0, to: to.0 }
			},
			Subject::DisclosureBatch { batch, root, count } => Self::DisclosureBatch {
				batch: batch.0,
				root: format!("0x{}", hex::encode(root)),
				count,
			},
			Subject::Alert { class, account } => Self::Alert {
				class: words::of(class),
				account: account.map(|account| AccountId::new(account).to_string()),
			},
			Subject::ConsentRequest(id) => Self::ConsentRequest { request: id.0 },
			Subject::Proposal(id) => Self::Proposal { proposal: id.0 },
			Subject::Representative(account) => {
				Self::Representative { representative: AccountId::new(account).to_string() }
			},
			Subject::Did(account) => Self::Did { did: AccountId::new(account).to_string() },
			Subject::Issuer(id) => Self::Issuer { issuer: id.0 },
			Subject::Credential { practitioner, credential } => Self::Credential {
				practitioner: AccountId::new(practitioner).to_string(),
				credential: credential.0,
			},
			Subject::Oracle(account) => {
				Self::Oracle { oracle: AccountId::new(account).to_string() }
			},
			Subject::Rotation { from, to } => Self::Rotation {
				from: AccountId::new(from).to_string(),
				to: AccountId::new(to).to_string(),
			},
		}
	}
}

impl fmt::Display for ShownSubject {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::None => Ok(()),
			Self::Institution { institution } => write!(f, "institution {institution}"),
			Self::Practitioner { practitioner } => write!(f, "practitioner {practitioner}"),
			Self::Consent { consent } => write!(f, "consent {consent}"),
			Self::Template { template } => write!(f, "consent document {template}"),
			Self::Record { record } => write!(f, "record {record}"),
			Self::ConsentRequest { request } => write!(f, "consent request {request}"),
			Self::Proposal { proposal } => write!(f, "proposal {proposal}"),
			Self::Representative { representative } => write!(f, "representative {representative}"),
			Self::Did { did } => write!(f, "DID of {did}"),
			Self::Issuer { issuer } => write!(f, "issuer {issuer}"),
			Self::Credential { practitioner, credential } => {
				write!(f, "credential {credential} of practitioner {practitioner}")
			},
			Self::Oracle { oracle } => write!(f, "oracle {oracle}"),
			Self::Rotation { from, to } => write!(f, "practitioner {from}, now {to}"),
			Self::BreakGlass { grant, record, reason, overridden }
			| Self::ProvenBreakGlass { grant, record, reason, overridden, .. } => {
				match grant {
					Some(grant) => write!(f, "break-glass {grant}")?,
					None => f.write_str("break-glass that was denied")?,
				}
				if matches!(self, Self::ProvenBreakGlass { .. }) {
					f.write_str(" by proof")?;
				}
				match record {
					Some(record) => write!(f, ", record {record}")?,
					None => f.write_str(", whole record")?,
				}
				write!(f, ", for {reason}")?;
				match overridden {
					Some(overridden) => write!(f, "; the consents said: {overridden}"),
					None => Ok(()),
				}
			},
			Self::Erasure { record, .. } => write!(f, "erasure of record {record}"),
			Self::ErasureRefusal { record, exemption, late, .. } => {
				let late = if *late { ", late" } else { "" };
				write!(f, "record {record} is kept: {exemption}{late}")
			},
			Self::RecordVersion { record, version, under: Some(grant), .. } => {
				write!(f, "version {version} of record {record}, under grant {grant}")
			},
			Self::RecordVersion { record, version, under: None, .. } => {
				write!(f, "version {version} of record {record}")
			},
			Self::Circuit { circuit, version, .. } => {
				write!(f, "circuit {circuit}, version {version}")
			},
			Self::ShieldedConsent { tree, index } => write!(f, "shielded consent {tree}/{index}"),
			Self::Validator { validator } => write!(f, "validator {validator}"),
			Self::ProvenAccess { grant, record, class, .. } => {
				write!(f, "grant {grant}, record {record}, {class}, by proof")
			},
			Self::ProviderTag { tag } => write!(f, "provider's tag {tag}"),
			Self::Category { class, place } => write!(f, "category {place}: {class}"),
			Self::SubjectTag { record, version } => {
				write!(f, "subject tag of record {record}, version {version}")
			},
			Self::Quota { capacity, refill, default } => {
				let default = if *default { ", as by default" } else { "" };
				write!(f, "bucket of {capacity} units, {refill} a second{default}")
			},
			Self::SafeMode { until } => write!(f, "safe mode until block {until}"),
			Self::Call { hash } => write!(f, "call {hash}"),
			Self::RuntimeCode { hash } => write!(f, "runtime {hash}"),
			Self::SessionKeys { validator, keys } => {
				write!(f, "session keys {keys} of validator {validator}")
			},
			Self::ShieldedLicence { licence, place, .. } => {
				write!(f, "shielded licence {licence}, place {place}")
			},
			Self::IdentityAuditor { number, key } => write!(f, "auditor {number}, key {key}"),
			Self::Study { study } => write!(f, "study {study}"),
			Self::Enrolment { study, nullifier } => {
				write!(f, "participant {nullifier} of study {study}")
			},
			Self::StudyResults { study, results } => {
				write!(f, "results {results} of study {study}")
			},
			Self::Attestation { tree, index } => write!(f, "attestation {tree}/{index}"),
			Self::Restriction { record: Some(record) } => {
				write!(f, "restriction of record {record}")
			},
			Self::Restriction { record: None } => f.write_str("restriction of the whole record"),
			Self::Dispute { record, .. } => write!(f, "dispute of record {record}"),
			Self::DisputeAnswer { record, outcome, late, .. } => {
				let late = if *late { ", late" } else { "" };
				write!(f, "dispute of record {record}: {outcome}{late}")
			},
			Self::CustodyTransfer { record, from, to } => {
				write!(f, "record {record}, from institution {from} to {to}")
			},
			Self::DisclosureBatch { batch, count, .. } => {
				write!(f, "batch {batch} of {count} disclosures")
			},
			Self::LegalHold { hold, reason } => write!(f, "legal hold {hold}, {reason}"),
			Self::EntryReview { entry, reason } => write!(f, "review of entry {entry}: {reason}"),
			Self::EntryReviewFinding { entry, finding, .. } => {
				write!(f, "review of entry {entry}: {finding}")
			},
			Self::Alert { class, account } => {
				write!(
					f,
					"too many {class}{}",
					account.as_ref().map(|who| format!(" of {who}")).unwrap_or_default()
				)
			},
			Self::BreakGlassReview { grant, outcome, late, .. } => {
				let late = if *late { ", late" } else { "" };
				write!(f, "review of break-glass {grant}: {outcome}{late}")
			},
			Self::Grant { grant, record: Some(record) } => {
				write!(f, "grant {grant}, record {record}")
			},
			Self::Grant { grant, record: None } => write!(f, "grant {grant}, whole record"),
		}
	}
}

impl Entry {
	fn outcome(&self) -> String {
		match &self.reason {
			Some(reason) => format!("denied: {reason}"),
			None => "done".to_owned(),
		}
	}

	fn institution(&self) -> String {
		self.on_behalf_of.map(|id| format!(" for institution {id}")).unwrap_or_default()
	}

	fn actor(&self) -> &str {
		self.actor.as_deref().unwrap_or("governance")
	}
}

impl fmt::Display for Entry {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let consent = match (self.consent, self.consent_version) {
			(Some(consent), Some(version)) => format!("consent {consent}, version {version}"),
			_ => String::new(),
		};
		let text = |field: &Option<String>| field.clone().unwrap_or_default();
		let fields: [(&str, &dyn fmt::Display); 10] = [
			("when", &format!("{}, block {}", self.at, self.block)),
			("action", &self.action),
			("outcome", &self.outcome()),
			("by", &format!("{}{}", self.actor(), self.institution())),
			("patient", &text(&self.patient)),
			("purpose", &self.symbol),
			("about", &self.subject),
			("rests on", &consent),
			("combined by", &text(&self.algorithm)),
			("context", &text(&self.context)),
		];
		block(f, format!("entry {}", self.index), &fields)
	}
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if self.entries.is_empty() {
			writeln!(f, "no entries")?;
		}
		self.entries.iter().try_for_each(|entry| {
			writeln!(
				f,
				"{:>6}  {}  {:<24} {}, by {}{}",
				entry.index,
				entry.at,
				entry.action,
				entry.outcome(),
				entry.actor(),
				entry.institution(),
			)
		})?;
		match self.next {
			Some(next) => writeln!(f, "more from entry {next} on: --from {next}"),
			None => Ok(()),
		}
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use hdx_primitives::{
		engine::terminology::purpose, AuditAction, AuditEvent, DenialReason, EntryIndex,
		InstitutionId, Milliseconds,
	};

	#[test]
	fn a_denial_is_shown_with_its_reason() {
		let entry = Entry::from(&AuditEntry {
			index: EntryIndex(7),
			at: Milliseconds(1_000),
			block: 3,
			event: AuditEvent {
				on_behalf_of: Some(InstitutionId(1)),
				outcome: AuditOutcome::Denied(DenialReason::NoConsent),
				purpose: Some(purpose::TREAT),
				..AuditEvent::new(AuditAction::AccessDecided)
			},
		});
		let value = serde_json::to_value(&entry).unwrap();
		assert_eq!(value["reason"], "NoConsent");
		assert_eq!(value["at"], "1970-01-01T00:00:01Z");
		assert_eq!(value["subject"]["kind"], "none");
		assert!(value["purpose"].as_str().unwrap().ends_with("|TREAT"));
		let text = entry.to_string();
		assert!(text.contains("denied: NoConsent") && text.contains("TREAT"), "{text}");
	}

	#[test]
	fn what_an_entry_is_about_is_shown_for_programs_and_people() {
		let (dave, eve) = (AccountId::new([4; 32]), AccountId::new([5; 32]));
		let shown = |subject: Subject| {
			let shown = ShownSubject::from(subject);
			(serde_json::to_value(&shown).unwrap(), shown.to_string())
		};
		let (value, text) = shown(Subject::Credential {
			practitioner: dave.clone().into(),
			credential: hdx_primitives::CredentialId(7),
		});
		assert_eq!((&value["kind"], &value["credential"]), (&"credential".into(), &7.into()));
		assert!(text.starts_with("credential 7 of practitioner 5"), "{text}");
		let rotation = Subject::Rotation { from: dave.into(), to: eve.clone().into() };
		let (value, text) = shown(rotation);
		assert_eq!(value["to"], eve.to_string());
		assert!(text.ends_with(&eve.to_string()), "{text}");
		let (value, text) = shown(Subject::Validator { account: eve.clone().into() });
		assert_eq!(value["validator"], eve.to_string());
		assert_eq!(text, format!("validator {eve}"));
		let (value, text) = shown(Subject::Oracle(eve.into()));
		assert_eq!(value["kind"], "oracle");
		assert!(text.starts_with("oracle 5"), "{text}");
		assert_eq!(shown(Subject::Issuer(hdx_primitives::IssuerId(3))).1, "issuer 3");
		let version = |under| Subject::RecordVersion {
			record: hdx_primitives::RecordId(4),
			version: 2,
			manifest: hdx_primitives::Commitment([0xab; 32]),
			under,
		};
		let (value, text) = shown(version(Some(hdx_primitives::GrantId(9))));
		assert_eq!((&value["kind"], &value["under"]), (&"recordVersion".into(), &9.into()));
		assert_eq!(value["manifest"], format!("0x{}", "ab".repeat(32)));
		assert_eq!(text, "version 2 of record 4, under grant 9");
		assert_eq!(shown(version(None)).1, "version 2 of record 4");
		let index = hdx_primitives::ShieldedIndex { tree: 1, leaf: 52 };
		let (value, text) = shown(Subject::ShieldedConsent { index });
		assert_eq!((&value["kind"], &value["index"]), (&"shieldedConsent".into(), &52.into()));
		assert_eq!(text, "shielded consent 1/52");
		let (value, text) = shown(Subject::ProvenAccess {
			grant: hdx_primitives::GrantId(9),
			record: hdx_primitives::RecordId(4),
			class: hdx_sdk::bundle::class_code("Observation"),
			nullifier: [0xab; 32],
		});
		assert_eq!((&value["kind"], &value["grant"]), (&"provenAccess".into(), &9.into()));
		assert_eq!(value["nullifier"], format!("0x{}", "ab".repeat(32)));
		assert!(text.contains("record 4") && text.contains("by proof"), "{text}");
		let (value, text) = shown(Subject::ProvenBreakGlass {
			grant: Some(hdx_primitives::GrantId(9)),
			record: None,
			reason: hdx_primitives::OverrideReason::EmergencyTreatment,
			overridden: Some(hdx_primitives::Overridden::NoConsent),
			evidence: Some(hdx_primitives::H256::repeat_byte(0xab)),
		});
		assert_eq!((&value["kind"], &value["grant"]), (&"provenBreakGlass".into(), &9.into()));
		assert_eq!(value["evidence"], format!("0x{}", "ab".repeat(32)));
		assert!(text.starts_with("break-glass 9 by proof, whole record"), "{text}");
	}

	#[test]
	fn what_governance_and_validators_did_is_shown_for_programs_and_people() {
		let shown = |subject: Subject| {
			let shown = ShownSubject::from(subject);
			(serde_json::to_value(&shown).unwrap(), shown.to_string())
		};
		let hash = hdx_primitives::H256::repeat_byte(0xab);
		let written = format!("0x{}", "ab".repeat(32));
		let (value, text) = shown(Subject::Quota { capacity: 12, refill: 3, is_default: false });
		assert_eq!((&value["kind"], &value["default"]), (&"quota".into(), &false.into()));
		assert_eq!(text, "bucket of 12 units, 3 a second");
		let (_, text) = shown(Subject::Quota { capacity: 12, refill: 3, is_default: true });
		assert_eq!(text, "bucket of 12 units, 3 a second, as by default");
		let (value, text) = shown(Subject::SafeMode { until: 70 });
		assert_eq!((&value["kind"], &value["until"]), (&"safeMode".into(), &70.into()));
		assert_eq!(text, "safe mode until block 70");
		let (value, text) = shown(Subject::Call { hash });
		assert_eq!((&value["kind"], &value["hash"]), (&"call".into(), &written.clone().into()));
		assert_eq!(text, format!("call {written}"));
		let (value, text) = shown(Subject::RuntimeCode { hash });
		assert_eq!(value["kind"], "runtimeCode");
		assert_eq!(text, format!("runtime {written}"));
		let eve = AccountId::new([5; 32]);
		let subject = Subject::SessionKeys { account: eve.clone().into(), keys: hash };
		let (value, text) = shown(subject);
		assert_eq!(
			(&value["kind"], &value["keys"]),
			(&"sessionKeys".into(), &written.clone().into())
		);
		assert_eq!(text, format!("session keys {written} of validator {eve}"));
	}
}
