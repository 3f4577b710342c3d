//! `hdx did show`.

use super::{
	block, relationship,
	subject::{self, Subject},
};
use crate::{commands::Context, error::Error, output::block as fields_of, output::count, time};
use hdx_primitives::{
	did::{DidResolution, DidStatus, KeyEntry, Service},
	Milliseconds,
};
use hdx_sdk::{
	chain::{AtBlock, ChainError},
	seal::Fingerprint,
};
use serde::Serialize;
use std::fmt;

/// Whose DID, and when.
#[derive(Debug, clap::Args)]
pub struct Show {
	/// The account, or its DID.
	#[arg(value_name = "ACCOUNT", value_parser = subject::parse)]
	subject: Subject,
	/// At which block: its number, its hash, or `finalized`. Left out: the newest.
	#[arg(long, value_name = "BLOCK", value_parser = block)]
	at_block: Option<AtBlock>,
}

/// A DID as the chain has it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	did: String,
	account: String,
	version: u32,
	/// `active` or `deactivated`.
	status: &'static str,
	created: String,
	updated: String,
	#[serde(skip_serializing_if = "Option::is_none")]
	deactivated: Option<String>,
	controllers: Vec<String>,
	keys: Vec<ShownKey>,
	services: Vec<ShownService>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownKey {
	key: u32,
	scheme: String,
	relationships: Vec<String>,
	fingerprint: Fingerprint,
	/// `in force` or `ended`.
	state: &'static str,
	valid_from: String,
	#[serde(skip_serializing_if = "Option::is_none")]
	valid_until: Option<String>,
}

#[derive(Serialize)]
struct ShownService {
	id: String,
	#[serde(rename = "type")]
	kind: String,
	endpoint: String,
}

impl From<&DidResolution> for Shown {
	fn from(found: &DidResolution) -> Self {
		let document = &found.document;
		Self {
			did: found.did.to_string(),
			account: found.did.account.to_string(),
			version: document.version,
			status: if document.is_active() { "active" } else { "deactivated" },
			created: time::show(document.created_at),
			updated: time::show(document.updated_at),
			deactivated: match document.status {
				DidStatus::Active => None,
				DidStatus::Deactivated { at } => Some(time::show(at)),
			},
			controllers: document.controllers.iter().map(ToString::to_string).collect(),
			keys: found.keys.iter().map(|entry| ShownKey::new(entry, found.at)).collect(),
			services: document.services.iter().map(ShownService::from).collect(),
		}
	}
}

impl ShownKey {
	fn new(entry: &KeyEntry, at: Milliseconds) -> Self {
		let key = &entry.key;
		Self {
			key: entry.index.0,
			scheme: format!("{:?}", key.material.scheme()),
			relationships: relationship::names(&key.relationships),
			fingerprint: Fingerprint(key.material.fingerprint()),
			state: if key.is_in_force_at(at) { "in force" } else { "ended" },
			valid_from: time::show(key.valid_from),
			valid_until: key.valid_until.map(time::show),
		}
	}
}

impl From<&Service> for ShownService {
	fn from(service: &Service) -> Self {
		let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
		Self { id: text(&service.id), kind: text(&service.kind), endpoint: text(&service.endpoint) }
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let status = match &self.deactivated {
			Some(at) => format!("{} since {at}", self.status),
			None => self.status.to_owned(),
		};
		let keys = count(self.keys.len(), "key");
		let fields: [(&str, &dyn fmt::Display); 7] = [
			("account", &self.account),
			("status", &status),
			("version", &self.version),
			("created", &self.created),
			("updated", &self.updated),
			("controllers", &self.controllers.join(", ")),
			("keys", &keys),
		];
		fields_of(f, &self.did, &fields)?;
		for key in &self.keys {
			let until = key.valid_until.as_ref().map(|at| format!(" until {at}"));
			let until = until.unwrap_or_default();
			write!(
				f,
				"  #key-{}  {}, {}: from {}{until}",
				key.key, key.scheme, key.state, key.valid_from
			)?;
			writeln!(f, "; {}; {}", key.relationships.join(", "), key.fingerprint)?;
		}
		for service in &self.services {
			writeln!(f, "  #{}  {} {}", service.id, service.kind, service.endpoint)?;
		}
		Ok(())
	}
}

/// Shows it.
pub async fn run(options: Show, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let account = options.subject.on(&chain)?;
	let found = chain.resolve_did(&account, options.at_block.unwrap_or_default()).await?;
	let found = found.ok_or_else(|| ChainError::NotFound { what: format!("DID of {account}") })?;
	context.output.show(&Shown::from(&found))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_primitives::{
		did::{Did, Document, Key, KeyIndex, KeyMaterial},
		AccountId, H256,
	};

	#[test]
	fn a_key_that_ended_is_shown_as_ended() {
		let key = |index, until: Option<u64>| {
			let material = KeyMaterial::Ed25519([1; 32]);
			let relationships = material.scheme().relationships();
			let valid_until = until.map(Milliseconds);
			let key = Key { material, relationships, valid_from: Milliseconds(0), valid_until };
			KeyEntry { index: KeyIndex(index), key }
		};
		let found = DidResolution {
			did: Did::new(&H256::repeat_byte(7), AccountId::new([1; 32])),
			document: Document::new(Milliseconds(0)),
			keys: vec![key(0, Some(10)), key(1, None)].try_into().unwrap(),
			at: Milliseconds(10),
		};
		let shown = Shown::from(&found);
		let states: Vec<_> = shown.keys.iter().map(|key| key.state).collect();
		assert_eq!(states, ["ended", "in force"]);
		let text = shown.to_string();
		assert!(text.contains("#key-0  Ed25519, ended") && text.contains("2 keys"), "{text}");
	}
}
