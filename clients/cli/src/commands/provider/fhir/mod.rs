//! `hdx provider fhir`: what the chain says of somebody, as FHIR.

mod disclosed;
mod gather;

use super::block::Block;
use crate::{actors, commands::Context, error::Error};
use clap::ValueEnum;
use disclosed::Disclosure;
use gather::Gather;
use hdx_fhir::{
	provider::{
		bundle, organization, practitioner, practitioner_roles, verification_results, BundleKind,
		Rendering,
	},
	FhirVersion,
};
use hdx_primitives::{engine::Actor, AccountId, InstitutionId};
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::fmt;

/// Whose views, and which.
#[derive(Debug, clap::Args)]
pub struct Fhir {
	/// A practitioner's account, or institution:N.
	#[arg(value_name = "WHO", value_parser = who)]
	who: Who,
	/// The release of FHIR.
	#[arg(long, value_name = "RELEASE", default_value = "R4", ignore_case = true)]
	fhir_version: Release,
	/// The Practitioner alone.
	#[arg(long, conflicts_with_all = ["roles", "verification"])]
	practitioner: bool,
	/// A Bundle of the PractitionerRoles alone.
	#[arg(long, conflicts_with = "verification")]
	roles: bool,
	/// A Bundle of the VerificationResults alone.
	#[arg(long)]
	verification: bool,
	#[command(flatten)]
	disclosure: Disclosure,
	#[command(flatten)]
	block: Block,
}

/// Releases, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Release {
	/// 4.0.1.
	#[value(name = "R4")]
	R4,
	/// 5.0.0.
	#[value(name = "R5")]
	R5,
}

impl From<Release> for FhirVersion {
	fn from(release: Release) -> Self {
		match release {
			Release::R4 => Self::R4,
			Release::R5 => Self::R5,
		}
	}
}

/// Of whom the chain is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Who {
	Practitioner(AccountId),
	Institution(InstitutionId),
}

/// Reads who is meant.
fn who(text: &str) -> Result<Who, String> {
	match actors::parse(text) {
		Ok(Actor::Account(account)) => Ok(Who::Practitioner(AccountId::new(account))),
		Ok(Actor::Organisation(institution)) => Ok(Who::Institution(institution)),
		_ => Err(format!("`{text}` is nobody of the registry: give an ACCOUNT, or institution:N")),
	}
}

/// A resource. For people it has lines; it is the same.
struct Resource(Value);

impl Serialize for Resource {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		self.0.serialize(serializer)
	}
}

impl fmt::Display for Resource {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{:#}", self.0)
	}
}

/// Renders.
pub async fn run(options: Fhir, context: &Context) -> Result<(), Error> {
	let is_part = options.practitioner || options.roles || options.verification;
	let is_disclosed = !options.disclosure.is_empty();
	if matches!(options.who, Who::Institution(_)) && (is_part || is_disclosed) {
		return Err(Error::Usage(
			"--practitioner, --roles, --verification and --credential are for practitioners"
				.to_owned(),
		));
	}
	let progress = context.output.progress("verifying");
	// Status lists are fetched by a client that waits.
	let disclosed = options.disclosure.verify(context).await?;
	drop(progress);
	let chain = context.connect().await?;
	let (block, at) = options.block.fixed(&chain).await?;
	let rendering =
		Rendering { version: options.fhir_version.into(), genesis: chain.genesis(), at };
	let mut gather = Gather::new(&chain, block, at);
	let collection = |resources| bundle(&rendering, BundleKind::Collection, resources);
	let resource = match options.who {
		Who::Institution(id) => {
			collection(vec![organization(&rendering, &gather.organization(id).await?)])
		},
		Who::Practitioner(account) => {
			let mut view = gather.practitioner(&account).await?;
			disclosed::disclose(&mut view, disclosed)?;
			if options.practitioner {
				practitioner(&rendering, &view)
			} else if options.roles {
				collection(practitioner_roles(&view))
			} else if options.verification {
				collection(verification_results(&rendering, &view))
			} else {
				let mut resources = vec![practitioner(&rendering, &view)];
				resources.extend(practitioner_roles(&view));
				let parties = gather.parties(&view).await?;
				resources.extend(parties.iter().map(|party| organization(&rendering, party)));
				resources.extend(verification_results(&rendering, &view));
				collection(resources)
			}
		},
	};
	context.output.show(&Resource(resource))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn reads_of_whom_it_is_asked() {
		let alice = crate::account::parse("//Alice").unwrap();
		assert_eq!(who("//Alice").unwrap(), Who::Practitioner(alice));
		assert_eq!(who("institution:7").unwrap(), Who::Institution(InstitutionId(7)));
		for wrong in ["institution:x", "role:207R00000X", "nobody"] {
			assert!(who(wrong).unwrap_err().contains("institution:N"), "{wrong}");
		}
	}
}
