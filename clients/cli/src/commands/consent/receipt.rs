//! `hdx consent receipt`: what a patient consented to, in the shape of ISO/IEC TS 27560.

use crate::{actors, codes, commands::Context, error::Error};
use hdx_fhir::receipt::{
	receipt, Notice, Party, Receipt, ReceiptFacts, StateChange, StateChangeKind,
};
use hdx_primitives::{
	consent::ConsentRecord,
	engine::{Actor, Provision, Rule},
	AccountId, AuditAction, AuditEntry, AuditOutcome, Code, ConsentId, Milliseconds, Subject,
};
use hdx_sdk::chain::{Chain, ChainError, TemplateView};
use serde::{Serialize, Serializer};
use std::fmt;

/// Which consent.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Options {
	/// The consent.
	#[arg(value_name = "ID")]
	id: u64,
}

/// A receipt. It is JSON for people, too: it is made to be kept and handed on.
struct Shown(Receipt);

impl Serialize for Shown {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		self.0.serialize(serializer)
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let text = serde_json::to_string_pretty(&self.0).map_err(|_| fmt::Error)?;
		f.write_str(&text)
	}
}

/// Shows it.
pub async fn run(options: &Options, context: &Context) -> Result<(), Error> {
	let id = ConsentId(options.id);
	let chain = context.connect().await?;
	let record = chain.consent(id).await?;
	let number = record.document.template;
	let template = chain.templates().await?.into_iter().find(|template| template.id == number);
	let template = template
		.ok_or_else(|| ChainError::NotFound { what: format!("consent document {}", number.0) })?;
	let events = events(&chain, id, &record.patient).await?;
	let facts = facts(chain.genesis(), id, &record, &template, events, chain.now().await?);
	context.output.show(&Shown(receipt(&facts)))
}

/// What happened to a consent, by the log: it knows the block of each change.
async fn events(
	chain: &Chain,
	consent: ConsentId,
	patient: &AccountId,
) -> Result<Vec<StateChange>, Error> {
	let entries = chain.audit_of_patient(patient).await?;
	Ok(entries.iter().filter_map(|entry| event(entry, consent)).collect())
}

/// What an entry says about the consent, if it changed the consent.
fn event(entry: &AuditEntry, consent: ConsentId) -> Option<StateChange> {
	let kind = match entry.event.action {
		AuditAction::ConsentGranted => StateChangeKind::Given,
		AuditAction::ConsentAmended => StateChangeKind::Amended,
		AuditAction::ConsentRenewed => StateChangeKind::Renewed,
		AuditAction::ConsentRevoked => StateChangeKind::Revoked,
		_ => return None,
	};
	let is_about_it = entry.event.subject == Subject::Consent(consent)
		&& entry.event.outcome == AuditOutcome::Success;
	is_about_it.then(|| StateChange {
		kind,
		at: entry.at,
		block: entry.block,
		by: entry.event.actor.as_ref().map_or_else(|| "the chain".to_owned(), AccountId::to_string),
	})
}

fn facts(
	genesis: [u8; 32],
	id: ConsentId,
	record: &ConsentRecord,
	template: &TemplateView,
	events: Vec<StateChange>,
	now: Milliseconds,
) -> ReceiptFacts {
	let permits: Vec<_> = of_rule(record, Rule::Permit).collect();
	let denies: Vec<_> = of_rule(record, Rule::Deny).collect();
	let party = |actor: &Actor| match actor {
		Actor::Organisation(institution) => {
			Party { id: format!("institution {}", institution.0), name: None }
		},
		other => Party { id: actors::show(other), name: None },
	};
	let (controllers, recipients): (Vec<Actor>, Vec<Actor>) =
		distinct(permits.iter().flat_map(|one| one.actors.iter().copied()))
			.into_iter()
			.partition(|actor| matches!(actor, Actor::Organisation(_)));
	ReceiptFacts {
		genesis,
		consent: id.0,
		version: record.version,
		patient: record.patient.to_string(),
		controllers: controllers.iter().map(party).collect(),
		recipients: recipients.iter().map(party).collect(),
		notice: Notice {
			template: template.id.0,
			version: template.version,
			uri_hash: template.uri_hash,
			document: record.document.commitment.0,
		},
		purposes: words(permits.iter().flat_map(|one| one.purposes.iter().copied())),
		categories: words(permits.iter().flat_map(|one| data_codes(one))),
		withheld: words(denies.iter().flat_map(|one| data_codes(one))),
		period: record.period_at(now),
		erase_by: record.terms.erase_by,
		jurisdiction: None,
		events,
	}
}

fn of_rule(record: &ConsentRecord, rule: Rule) -> impl Iterator<Item = &Provision> {
	record.policy.provisions.iter().filter(move |one| one.rule == rule)
}

fn data_codes(provision: &Provision) -> impl Iterator<Item = Code> + '_ {
	provision.labels.iter().chain(&provision.classes).chain(&provision.codes).copied()
}

/// Codes as they read, each once.
fn words(codes: impl Iterator<Item = Code>) -> Vec<String> {
	distinct(codes).iter().map(codes::token_of).collect()
}

/// Each once, in the order of the first.
fn distinct<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
	let mut distinct = Vec::new();
	for value in values {
		if !distinct.contains(&value) {
			distinct.push(value);
		}
	}
	distinct
}
