//! `hdx consent history`: every version of a consent, and whether the hash chain holds.

use super::view::{given_by, provisions, write_provisions, ShownProvision, ShownTerms};
use crate::{commands::Context, error::Error, output::block, time};
use hdx_primitives::{consent::VersionRecord, ConsentId};
use hdx_sdk::chain::{check_history, AtBlock, ChainError};
use serde::Serialize;
use std::fmt;

/// Which consent.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct History {
	/// The consent.
	#[arg(value_name = "ID")]
	id: u64,
	/// As it was at a block: its number or hash.
	#[arg(long, value_name = "BLOCK", value_parser = super::block)]
	at: Option<AtBlock>,
}

/// The versions. They are shown only if their hashes hold.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	consent: u64,
	patient: String,
	verified: bool,
	versions: Vec<ShownVersion>,
	#[serde(skip_serializing_if = "Option::is_none")]
	revoked_at: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownVersion {
	version: u32,
	given_at: String,
	granted_by: String,
	#[serde(skip_serializing_if = "Option::is_none")]
	superseded_at: Option<String>,
	#[serde(skip_serializing_if = "Option::is_none")]
	renewal_stopped_at: Option<String>,
	template: u32,
	document: String,
	terms: ShownTerms,
	provisions: Vec<ShownProvision>,
	previous: String,
	hash: String,
}

impl From<&VersionRecord> for ShownVersion {
	fn from(version: &VersionRecord) -> Self {
		Self {
			version: version.version,
			given_at: time::show(version.given_at),
			granted_by: given_by(&version.granted_by),
			superseded_at: version.superseded_at.map(time::show),
			renewal_stopped_at: version.renewal_stopped_at.map(time::show),
			template: version.document.template.0,
			document: format!("0x{}", hex::encode(version.document.commitment.0)),
			terms: (&version.terms).into(),
			provisions: provisions(&version.policy),
			previous: format!("0x{}", hex::encode(version.previous)),
			hash: format!("0x{}", hex::encode(version.hash)),
		}
	}
}

impl fmt::Display for ShownVersion {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let given = format!("{} by {}", self.given_at, self.granted_by);
		let superseded = self.superseded_at.clone().unwrap_or_default();
		let stopped = self.renewal_stopped_at.clone().unwrap_or_default();
		let terms = self.terms.lines();
		let mut fields: Vec<(&str, &dyn fmt::Display)> =
			vec![("given", &given), ("superseded", &superseded)];
		fields.extend(terms.iter().map(|(name, value)| (*name, value as &dyn fmt::Display)));
		fields.extend([
			("renewal stopped", &stopped as &dyn fmt::Display),
			("template", &self.template),
			("document", &self.document),
			("hash", &self.hash),
		]);
		block(f, format!("version {}", self.version), &fields)?;
		write_provisions(f, &self.provisions)
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let title = format!(
			"consent {}: {}, and the hash of each holds",
			self.consent,
			crate::output::count(self.versions.len(), "version"),
		);
		let revoked = self.revoked_at.clone().unwrap_or_default();
		block(f, title, &[("patient", &self.patient), ("revoked", &revoked)])?;
		self.versions.iter().try_for_each(|version| version.fmt(f))
	}
}

/// Shows it.
pub async fn run(options: History, context: &Context) -> Result<(), Error> {
	let id = ConsentId(options.id);
	let chain = context.connect().await?;
	// Pinned by its hash, so that the versions and the current one are of one block.
	let at = chain.block_time(options.at.unwrap_or_default()).await?;
	let block = AtBlock::Hash(at.hash);
	let current = chain.consent_at(id, block).await?;
	let versions = chain.consent_history(id, block).await?;
	if versions.is_empty() {
		return Err(ChainError::NotFound { what: format!("consent {}", id.0) }.into());
	}
	check_history(id, &current, &versions)
		.map_err(|source| Error::BrokenHistory { consent: id.0, source })?;
	context.output.show(&Shown {
		consent: id.0,
		patient: current.patient.to_string(),
		verified: true,
		versions: versions.iter().map(ShownVersion::from).collect(),
		revoked_at: current.revoked_at.map(time::show),
	})
}
