//! `hdx consent erasure`: what recipients confirm that they erased.

use crate::{
	commands::{Context, SignedBy},
	document::Document,
	error::Error,
	output::block,
	time,
};
use clap::Subcommand;
use hdx_primitives::ConsentId;
use hdx_sdk::chain::Until;
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Erasure {
	/// Confirm that your institution erased what it was given under a consent.
	#[command(after_help = "\
Example:
  hdx consent erasure confirm --as //Bob 0 --record erasure-protocol.pdf

The record of the erasure stays with you: the chain gets a hash of it and of a new secret salt, which
is written to erasure-protocol.pdf.salt. Keep both.")]
	Confirm {
		#[command(flatten)]
		by: SignedBy,
		/// The consent.
		#[arg(value_name = "ID")]
		id: u64,
		/// Under which version. Left out: the current one.
		#[arg(long, value_name = "N")]
		version: Option<u32>,
		/// Your own record of the erasure.
		#[arg(long, value_name = "FILE")]
		record: PathBuf,
	},
	/// List who confirmed that they erased what they were given under a consent.
	#[command(after_help = "\
Example:
  hdx consent erasure list 0 --json")]
	List {
		/// The consent.
		#[arg(value_name = "ID")]
		id: u64,
	},
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Confirmed {
	consent: u64,
	version: u32,
	late: bool,
	commitment: String,
	salt_file: PathBuf,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
	consent: u64,
	erase_by: Option<String>,
	confirmed: Vec<Erased>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Erased {
	version: u32,
	institution: u32,
	confirmed_at: String,
	commitment: String,
}

impl fmt::Display for Confirmed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let late = if self.late { ", late" } else { "" };
		let fields: [(&str, &dyn fmt::Display); 2] =
			[("commitment", &self.commitment), ("salt (keep)", &self.salt_file.display())];
		let what = format!("consent {}, version {}", self.consent, self.version);
		block(f, format!("{what}: the erasure is confirmed{late}"), &fields)
	}
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let erase_by = self.erase_by.clone().unwrap_or_else(|| "no time is set".to_owned());
		block(f, format!("consent {}", self.consent), &[("erase by", &erase_by)])?;
		for one in &self.confirmed {
			writeln!(
				f,
				"  version {}: institution {} at {}",
				one.version, one.institution, one.confirmed_at
			)?;
		}
		Ok(())
	}
}

/// Does it.
pub async fn run(command: Erasure, context: &Context) -> Result<(), Error> {
	match command {
		Erasure::Confirm { by, id, version, record } => {
			let document = Document::read(&record)?;
			let operator = by.signer()?;
			let consent = ConsentId(id);
			let chain = context.connect().await?;
			let version = match version {
				Some(version) => version,
				None => chain.consent(consent).await?.version,
			};
			let committed = document.commit()?;
			let commitment = committed.commitment;
			let progress = context.output.progress("waiting until it is final");
			let until = Until::Finalized;
			let result =
				chain.confirm_erasure(&operator, consent, version, commitment, until).await;
			drop(progress);
			let (late, salt_file) = committed.keep_unless_refused(result)?;
			let commitment = format!("0x{}", hex::encode(commitment.0));
			context.output.show(&Confirmed { consent: id, version, late, commitment, salt_file })
		},
		Erasure::List { id } => {
			let chain = context.connect().await?;
			let consent = chain.consent(ConsentId(id)).await?;
			let erasures = chain.erasures(ConsentId(id)).await?;
			let shown = |(version, institution, confirmation): &(u32, _, _)| {
				let institution: &hdx_primitives::InstitutionId = institution;
				let confirmation: &hdx_primitives::consent::ErasureConfirmation = confirmation;
				Erased {
					version: *version,
					institution: institution.0,
					confirmed_at: time::show(confirmation.confirmed_at),
					commitment: format!("0x{}", hex::encode(confirmation.commitment.0)),
				}
			};
			context.output.show(&Listed {
				consent: id,
				erase_by: consent.terms.erase_by.map(time::show),
				confirmed: erasures.iter().map(shown).collect(),
			})
		},
	}
}
