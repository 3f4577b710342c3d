//! `AuditEvent`.

use super::{
	terms::{self, DCM},
	view::{Change, EntryView, Kind, Recipient},
};
use crate::{
	coding::{Coding, Identifier},
	naming::hash,
	provider::{
		element::{self, concept, extension, Builder},
		Party, Term,
	},
};
use serde_json::{json, Value};

/// Renders an `AuditEvent` of FHIR R4.
pub fn audit_event(entry: &EntryView) -> Value {
	let (category, subtype) = types(entry);
	let named =
		|url, system, name: &str| extension(url, "valueCoding", json!(Coding::new(system, name)));
	let mut extensions = vec![
		named(terms::ACTION_EXTENSION, terms::AUDIT_ACTION, &entry.action),
		extension(terms::ENTRY_EXTENSION, "valueIdentifier", json!(number(entry))),
		extension(terms::BLOCK_EXTENSION, "valueUnsignedInt", entry.block),
	];
	extensions.extend(
		entry
			.denied
			.as_ref()
			.map(|denied| named(terms::DENIAL_EXTENSION, terms::DENIAL_REASON, &denied.reason)),
	);
	if let Some(record) = entry.record.filter(|_| is_decision(entry)) {
		let record = json!(Identifier::new(terms::RECORD, record.to_string()));
		extensions.push(extension(terms::RECORD_EXTENSION, "valueIdentifier", record));
	}
	Builder::resource("AuditEvent")
		.maybe("meta", profile(entry).map(|profile| json!({ "profile": [profile] })))
		.list("extension", extensions)
		.with("type", json!(category))
		.with("subtype", json!([subtype]))
		.with("action", action(&entry.kind))
		.with("recorded", element::date_time(entry.at))
		.with("outcome", if entry.denied.is_some() { "8" } else { "0" })
		.maybe("outcomeDesc", entry.denied.as_ref().map(|denied| denied.words.clone()))
		.list("purposeOfEvent", purposes(entry))
		.list("agent", agents(entry))
		.with("source", source(entry))
		.list("entity", entities(entry))
		.build()
}

/// The profile that the event follows; none where something is not known that the profile asks for.
fn profile(entry: &EntryView) -> Option<&'static str> {
	match &entry.kind {
		Kind::Decision { by_consent: true } => {
			let is_whole = entry.consent.is_some()
				&& entry.patient.is_some()
				&& entry.on_behalf_of.is_some()
				&& entry.actor.is_some();
			is_whole.then_some(terms::AUTHZ_CONSENT)
		},
		Kind::Read { .. } => is_of_data(entry).then_some(terms::PATIENT_READ),
		Kind::Disclosure { recipient: Some(_) } => {
			is_of_data(entry).then_some(terms::PRIVACY_DISCLOSURE)
		},
		_ => None,
	}
}

/// Whether it is known who released what, and whose it is.
fn is_of_data(entry: &EntryView) -> bool {
	entry.on_behalf_of.is_some() && entry.patient.is_some() && entry.record.is_some()
}

fn is_decision(entry: &EntryView) -> bool {
	matches!(entry.kind, Kind::Decision { .. })
}

/// The type and the subtype.
fn types(entry: &EntryView) -> (Coding, Coding) {
	let alert = || Coding::new(DCM, "110113");
	match &entry.kind {
		Kind::Decision { by_consent: true } => {
			(alert(), Coding::new(terms::AUTHZ_SUBTYPE, "AuthZ-Consent"))
		},
		Kind::Decision { by_consent: false } => {
			(alert(), Coding::new(terms::AUTHZ_SUBTYPE, "AuthZ-Role"))
		},
		Kind::Read { .. } => (
			Coding::new(terms::EVENT_TYPE, "rest"),
			Coding::new(terms::RESTFUL_INTERACTION, "read"),
		),
		Kind::Disclosure { .. } => {
			(Coding::new(DCM, "110106"), Coding::new(terms::LIFECYCLE, "disclose"))
		},
		Kind::Consent(change) | Kind::Record(change) => (
			Coding::new(terms::EVENT_TYPE, "object"),
			Coding::new(terms::LIFECYCLE, stage(*change)),
		),
		Kind::Standing => (alert(), Coding::new(DCM, "110137")),
		Kind::Roles => (alert(), Coding::new(DCM, "110136")),
		Kind::Rules => (alert(), Coding::new(DCM, "110129")),
		Kind::Software => (alert(), Coding::new(DCM, "110131")),
		Kind::Oversight => (Coding::new(DCM, "110101"), Coding::new(terms::LIFECYCLE, "verify")),
		Kind::EmergencyStarted => (alert(), Coding::new(DCM, "110127")),
		Kind::EmergencyEnded => (alert(), Coding::new(DCM, "110138")),
	}
}

/// The stage in the life of a record (ISO 21089).
fn stage(change: Change) -> &'static str {
	match change {
		Change::Created => "originate",
		Change::Updated => "amend",
		Change::Ended => "deprecate",
		Change::Reinstated => "reactivate",
	}
}

fn action(kind: &Kind) -> &'static str {
	match kind {
		Kind::Read { .. } | Kind::Disclosure { .. } => "R",
		Kind::Consent(Change::Created) | Kind::Record(Change::Created) => "C",
		Kind::Consent(_)
		| Kind::Record(_)
		| Kind::Standing
		| Kind::Roles
		| Kind::Rules
		| Kind::Software => "U",
		Kind::Decision { .. } | Kind::Oversight | Kind::EmergencyStarted | Kind::EmergencyEnded => {
			"E"
		},
	}
}

fn agents(entry: &EntryView) -> Vec<Value> {
	let chain = || agent(concept(terms::SECURITY_ROLE, "authserver"), chain(entry), false);
	let mut agents = Vec::new();
	match &entry.kind {
		Kind::Read { by } => {
			agents.extend(entry.on_behalf_of.as_ref().map(|custodian| released(entry, custodian)));
			agents.extend(read(entry, by));
		},
		Kind::Disclosure { recipient } => {
			agents.extend(entry.on_behalf_of.as_ref().into_iter().flat_map(|custodian| {
				let who = element::organization(custodian);
				let keeper = agent(concept(terms::SCT, "159541003"), who, false);
				[released(entry, custodian), keeper.build()]
			}));
			agents.extend(recipient.iter().flat_map(|to| received(entry, to)));
			// The patient's own consent is what authorises.
			let authorised = entry.patient.as_ref().filter(|_| entry.consent.is_some());
			agents.extend(authorised.map(|patient| {
				agent(concept(terms::SCT, "429577009"), self::patient(patient), false).build()
			}));
		},
		_ => {
			if let Some(actor) = &entry.actor {
				let account = json!({ "identifier": element::account(actor) });
				let client = agent(concept(DCM, "110150"), account, false);
				agents.push(client.with("network", network(entry)).build());
				let user = agent(concept(terms::PARTICIPATION, "IRCP"), user(entry, actor), true);
				agents.push(user.list("purposeOfUse", purposes(entry)).build());
			}
			agents.extend(entry.on_behalf_of.as_ref().map(|organization| {
				let who = element::organization(organization);
				agent(concept(terms::ROLE_CLASS, "PROV"), who, false).build()
			}));
			agents.push(chain().build());
		},
	}
	agents
}

/// Who released data: the institution that keeps it.
fn released(entry: &EntryView, custodian: &Party) -> Value {
	let source = agent(concept(DCM, "110153"), element::organization(custodian), false);
	source.with("network", network(entry)).build()
}

/// Who read: by which account, as whom, and for which institution.
fn read(entry: &EntryView, by: &Recipient) -> [Value; 3] {
	let account = json!({ "identifier": element::account(&by.practitioner) });
	let client = agent(concept(DCM, "110152"), account, false).with("network", network(entry));
	let who = element::practitioner(&by.practitioner);
	let user = agent(concept(terms::PARTICIPATION, "IRCP"), who, true);
	let organization = element::organization(&by.institution);
	let organization = agent(concept(terms::ROLE_CLASS, "PROV"), organization, false);
	let user = user.list("purposeOfUse", purposes(entry)).build();
	[client.build(), user, organization.build()]
}

/// Who was given data: the practitioner, and the institution for which.
fn received(entry: &EntryView, to: &Recipient) -> [Value; 2] {
	let who = element::practitioner(&to.practitioner);
	let recipient = agent(concept(DCM, "110152"), who, true).with("network", network(entry));
	let organization = element::organization(&to.institution);
	let organization = agent(concept(terms::ROLE_CLASS, "PROV"), organization, false);
	[recipient.list("purposeOfUse", purposes(entry)).build(), organization.build()]
}

fn agent(kind: Value, who: Value, is_requestor: bool) -> Builder {
	Builder::element().with("type", kind).with("who", who).with("requestor", is_requestor)
}

/// Whoever acted: the patient themselves, or somebody whom the chain knows as a practitioner or by
/// an account only.
fn user(entry: &EntryView, actor: &[u8; 32]) -> Value {
	match entry.patient == Some(*actor) {
		true => patient(actor),
		false if is_decision(entry) || entry.kind == Kind::EmergencyStarted => {
			element::practitioner(actor)
		},
		false => json!({ "identifier": element::account(actor) }),
	}
}

/// Where it came from, as far as a chain can know that: a transaction of the chain (`5`: a URI).
fn network(entry: &EntryView) -> Value {
	json!({ "address": format!("{}:{}", terms::CHAIN, hash(&entry.genesis)), "type": "5" })
}

/// Who says so: the chain, a security server (`6`); of what was released, the custodian who confirmed it by whatever serves
/// its records, an application server (`4`).
fn source(entry: &EntryView) -> Value {
	let (observer, kind) = match (&entry.kind, &entry.on_behalf_of) {
		(Kind::Read { .. } | Kind::Disclosure { .. }, Some(custodian)) => {
			(element::organization(custodian), "4")
		},
		_ => (chain(entry), "6"),
	};
	json!({
		"site": format!("{}:{}", terms::CHAIN, hash(&entry.genesis)),
		"observer": observer,
		"type": [{ "system": terms::SOURCE_TYPE, "code": kind }],
	})
}

fn chain(entry: &EntryView) -> Value {
	let identifier = Identifier::new(terms::CHAIN, hash(&entry.genesis));
	json!({ "type": "Device", "identifier": identifier })
}

/// The profile of decisions lets nothing else in than patient, consents and token.
fn entities(entry: &EntryView) -> Vec<Value> {
	let mut entities = Vec::new();
	entities.extend(entry.patient.as_ref().map(|account| {
		json!({
			"what": patient(account),
			"type": { "system": terms::ENTITY_TYPE, "code": "1" },
			"role": { "system": terms::OBJECT_ROLE, "code": "1" },
		})
	}));
	entities.extend(entry.consent.map(|consent| {
		let identifier = Identifier::new(terms::CONSENT, consent.id.to_string());
		json!({
			"extension": [extension(terms::CONSENT_VERSION, "valueUnsignedInt", consent.version)],
			"what": { "type": "Consent", "identifier": identifier },
			"type": { "system": terms::RESOURCE_TYPE, "code": "Consent" },
		})
	}));
	if let Some(record) = entry.record.filter(|_| !is_decision(entry)) {
		let identifier = Identifier::new(terms::RECORD, record.to_string());
		entities.push(json!({
			"what": { "identifier": identifier },
			"type": { "system": terms::ENTITY_TYPE, "code": "2" },
			"role": { "system": terms::OBJECT_ROLE, "code": "4" },
		}));
	}
	entities.extend(entry.grant.map(|grant| token(entry, grant)));
	entities
}

/// A grant is what others have as an access token.
fn token(entry: &EntryView, grant: u64) -> Value {
	let chain: String = hash(&entry.genesis).chars().skip(2).take(16).collect();
	json!({
		"what": { "identifier": {
			"value": format!("urn:ietf:params:oauth:jti:hdx-{chain}-grant-{grant}"),
		} },
		"type": { "system": terms::USER_AGENT_TYPE, "code": "UserOauthAgent" },
	})
}

fn patient(account: &[u8; 32]) -> Value {
	json!({ "type": "Patient", "identifier": element::account(account) })
}

/// The purpose of use, and after it why the glass was broken for it.
fn purposes(entry: &EntryView) -> Vec<Value> {
	entry.purpose.iter().chain(&entry.override_reason).map(purpose_of_use).collect()
}

/// A purpose of which only the hash is known is written as such.
fn purpose_of_use(purpose: &Term) -> Value {
	match purpose {
		Term::Coding(coding) if coding.system.is_none() => concept(terms::ACT_REASON, &coding.code),
		purpose => element::codings(&[element::coding(purpose)]),
	}
}

fn number(entry: &EntryView) -> Identifier {
	Identifier::new(terms::ENTRY, entry.index.to_string())
}

/// A `Bundle` of events, in the order of the log.
pub fn audit_bundle<'e>(entries: impl IntoIterator<Item = &'e EntryView>) -> Value {
	let entries: Vec<Value> =
		entries.into_iter().map(|entry| json!({ "resource": audit_event(entry) })).collect();
	Builder::resource("Bundle").with("type", "collection").list("entry", entries).build()
}
