//! `hdx did create`, `update`, `rotate` and `deactivate`.

use super::{
	key_spec,
	relationship::{new_key, RelationshipName},
	service,
	subject::{self, Subject},
};
use crate::{
	commands::{Context, SignedBy},
	error::Error,
	output::block,
};
use clap::ArgGroup;
use hdx_primitives::{
	did::{DidResolution, KeyIndex, KeyMaterial, Service, ServiceId, MAX_KEYS},
	AccountId,
};
use hdx_sdk::chain::{AtBlock, Chain, ChainError, DidChange, Signer, Until};
use serde::Serialize;
use std::fmt;

/// A DID that is created.
#[derive(Debug, clap::Args)]
pub struct Create {
	#[command(flatten)]
	by: SignedBy,
	/// A public key to list; may be repeated.
	#[arg(long = "add-key", value_name = "SPEC")]
	keys: Vec<String>,
	/// What the keys may be used for; may be repeated.
	#[arg(long = "relationship", value_name = "RELATIONSHIP", requires = "keys")]
	relationships: Vec<RelationshipName>,
}

/// Whose document is changed, by whom, and in which version.
#[derive(Debug, clap::Args)]
struct Changing {
	#[command(flatten)]
	by: SignedBy,
	/// Whose DID: an account or a DID. Left out: the signer's.
	#[arg(long, value_name = "ACCOUNT", value_parser = subject::parse)]
	subject: Option<Subject>,
	/// Change it only in this version. Left out: the one that it has just now.
	#[arg(long, value_name = "N")]
	expect_version: Option<u32>,
}

/// One change.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("change").required(true))]
pub struct Update {
	#[command(flatten)]
	changing: Changing,
	/// List this public key.
	#[arg(long, value_name = "SPEC", group = "change")]
	add_key: Option<String>,
	/// What the key may be used for; may be repeated.
	// Not `requires`: clap lets that pass where another change stands in the way of the key.
	#[arg(
		long = "relationship",
		value_name = "RELATIONSHIP",
		conflicts_with_all = [
			"end_key", "service", "remove_service", "add_controller", "remove_controller"
		]
	)]
	relationships: Vec<RelationshipName>,
	/// End the key of this number.
	#[arg(long, value_name = "N", group = "change")]
	end_key: Option<u32>,
	/// List this service, or change it. Public for ever: nothing that tells who somebody is.
	#[arg(long, value_name = "ID,TYPE,ENDPOINT", group = "change", value_parser = service::parse)]
	service: Option<Service>,
	/// Remove the service of this id.
	#[arg(long, value_name = "ID", group = "change", value_parser = service::parse_id)]
	remove_service: Option<ServiceId>,
	/// Let this account change the DID, and deactivate it.
	#[arg(long, value_name = "ACCOUNT", group = "change", value_parser = subject::parse)]
	add_controller: Option<Subject>,
	/// Take that power away from this account.
	#[arg(long, value_name = "ACCOUNT", group = "change", value_parser = subject::parse)]
	remove_controller: Option<Subject>,
}

/// A key that takes the place of another.
#[derive(Debug, clap::Args)]
pub struct Rotate {
	#[command(flatten)]
	changing: Changing,
	/// The new public key.
	#[arg(long, value_name = "SPEC")]
	new: String,
	/// The number of the old one. Left out: the only one of that scheme that has not ended.
	#[arg(long, value_name = "N")]
	key: Option<u32>,
}

/// A DID that ends.
#[derive(Debug, clap::Args)]
pub struct Deactivate {
	#[command(flatten)]
	changing: Changing,
}

/// What was done.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Done {
	did: String,
	done: &'static str,
	version: u32,
	/// The URLs of keys that were added.
	keys: Vec<String>,
}

impl fmt::Display for Done {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: [(&str, &dyn fmt::Display); 2] =
			[("version", &self.version), ("added", &self.keys.join(", "))];
		block(f, format!("{}: {}", self.did, self.done), &fields)
	}
}

/// Creates a DID.
pub async fn create(options: Create, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let mut keys = Vec::with_capacity(options.keys.len());
	for given in &options.keys {
		let key = new_key(key_spec::read(given)?, &options.relationships)?;
		if keys.iter().any(|other: &hdx_primitives::did::NewKey| other.material == key.material) {
			return Err(Error::Usage("--add-key was given the same key twice".into()));
		}
		keys.push(key);
	}
	if keys.len() > MAX_KEYS as usize {
		return Err(Error::Usage(format!("a DID has at most {MAX_KEYS} keys")));
	}

	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let added = chain.create_did(&signer, keys, Until::Finalized).await?;
	drop(progress);
	show(&chain, signer.account(), "created", 1, added, context)
}

/// Makes one change.
pub async fn update(options: Update, context: &Context) -> Result<(), Error> {
	let signer = options.changing.by.signer()?;
	let key = match &options.add_key {
		Some(given) => Some(new_key(key_spec::read(given)?, &options.relationships)?),
		None => None,
	};
	let chain = context.connect().await?;
	let (change, done) = if let Some(key) = key {
		let change = DidChange::AddKey { material: key.material, relationships: key.relationships };
		(change, "key added")
	} else if let Some(key) = options.end_key {
		(DidChange::EndKey(KeyIndex(key)), "key ended")
	} else if let Some(service) = options.service {
		(DidChange::SetService(service), "service set")
	} else if let Some(id) = options.remove_service {
		(DidChange::RemoveService(id), "service removed")
	} else if let Some(controller) = options.add_controller {
		(DidChange::AddController(controller.on(&chain)?), "controller added")
	} else if let Some(controller) = options.remove_controller {
		(DidChange::RemoveController(controller.on(&chain)?), "controller removed")
	} else {
		return Err(Error::Usage("nothing is to be changed: see hdx did update --help".into()));
	};
	let target = Target::find(options.changing, &chain, &signer).await?;
	target.change(&chain, &signer, change, done, context).await
}

/// Puts a key in the place of another.
pub async fn rotate(options: Rotate, context: &Context) -> Result<(), Error> {
	let signer = options.changing.by.signer()?;
	let material = key_spec::read(&options.new)?;
	let chain = context.connect().await?;
	let target = Target::find(options.changing, &chain, &signer).await?;
	let key = match options.key {
		Some(key) => KeyIndex(key),
		None => only_key_like(&target.found, &material)?,
	};
	let change = DidChange::RotateKey { key, material };
	target.change(&chain, &signer, change, "key rotated", context).await
}

/// Ends a DID.
pub async fn deactivate(options: Deactivate, context: &Context) -> Result<(), Error> {
	let signer = options.changing.by.signer()?;
	let chain = context.connect().await?;
	let target = Target::find(options.changing, &chain, &signer).await?;
	target.change(&chain, &signer, DidChange::Deactivate, "deactivated", context).await
}

/// A DID that is to be changed.
struct Target {
	subject: AccountId,
	version: u32,
	found: DidResolution,
}

impl Target {
	/// Reads it, as late as can be.
	async fn find(options: Changing, chain: &Chain, signer: &Signer) -> Result<Self, Error> {
		let subject = match options.subject {
			Some(subject) => subject.on(chain)?,
			None => signer.account(),
		};
		let found = chain.resolve_did(&subject, AtBlock::Best).await?;
		let found =
			found.ok_or_else(|| ChainError::NotFound { what: format!("DID of {subject}") })?;
		let version = options.expect_version.unwrap_or(found.document.version);
		Ok(Self { subject, version, found })
	}

	async fn change(
		self,
		chain: &Chain,
		signer: &Signer,
		change: DidChange,
		done: &'static str,
		context: &Context,
	) -> Result<(), Error> {
		let progress = context.output.progress("waiting until it is final");
		let added =
			chain.change_did(signer, &self.subject, self.version, change, Until::Finalized).await?;
		drop(progress);
		let version = self.version.saturating_add(1);
		show(chain, self.subject, done, version, added.into_iter().collect(), context)
	}
}

/// The only key of the same scheme that has not ended.
fn only_key_like(found: &DidResolution, new: &KeyMaterial) -> Result<KeyIndex, Error> {
	let mut candidates = found.keys.iter().filter(|entry| {
		entry.key.valid_until.is_none() && entry.key.material.scheme() == new.scheme()
	});
	match (candidates.next(), candidates.next()) {
		(Some(only), None) => Ok(only.index),
		(None, _) => Err(Error::Usage(format!(
			"no {:?} key is in force that a new one could take the place of: name another with --key, or use hdx did update --add-key",
			new.scheme()
		))),
		(Some(_), Some(_)) => Err(Error::Usage(format!(
			"more than one {:?} key is in force: say with --key which one ends (hdx did show)",
			new.scheme()
		))),
	}
}

fn show(
	chain: &Chain,
	subject: AccountId,
	done: &'static str,
	version: u32,
	added: Vec<KeyIndex>,
	context: &Context,
) -> Result<(), Error> {
	let did = chain.did_of(subject);
	let keys = added.into_iter().map(|key| did.key_url(key).to_string()).collect();
	context.output.show(&Done { did: did.to_string(), done, version, keys })
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::made_up::did as found;
	use clap::Parser;

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		update: Update,
	}

	fn parse(more: &str) -> Result<Update, String> {
		let line = ["hdx", "--as", "//Dave"].into_iter().chain(more.split_whitespace());
		Line::try_parse_from(line).map(|line| line.update).map_err(|error| error.to_string())
	}

	#[test]
	fn one_change_is_made_at_a_time() {
		assert_eq!(parse("--end-key 3").unwrap().end_key, Some(3));
		assert!(parse("").unwrap_err().contains("--end-key"));
		assert!(parse("--end-key 3 --remove-service inbox").is_err());
		assert!(parse("--end-key 3 --relationship keyAgreement").is_err());
	}

	#[test]
	fn a_new_key_takes_the_place_of_the_only_one_of_its_scheme() {
		let ed = |byte| KeyMaterial::Ed25519([byte; 32]);
		let x = KeyMaterial::X25519([1; 32]);
		let one = found(&[(ed(1), Some(5)), (x.clone(), None), (ed(2), None)]);
		assert_eq!(only_key_like(&one, &ed(3)).unwrap(), KeyIndex(2));
		let two = found(&[(ed(1), None), (ed(2), None)]);
		assert!(only_key_like(&two, &ed(3)).unwrap_err().to_string().contains("more than one"));
		let none = found(&[(ed(1), Some(5)), (ed(2), None)]);
		assert!(only_key_like(&none, &x).unwrap_err().to_string().contains("no X25519 key"));
	}
}
