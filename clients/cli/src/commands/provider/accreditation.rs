//! `hdx provider accredit`, `renew-accreditation`, `set-accreditation`, `require-accreditation`.

use super::{
	done::Done,
	kinds::{AccreditationName, InstitutionName},
	validity::Validity,
};
use crate::{
	codes,
	commands::{Context, SignedBy},
	error::Error,
	words,
};
use hdx_primitives::{Code, InstitutionId};
use hdx_sdk::chain::{AccreditationStatus, InstitutionKind, Requirement, Until};
use serde_json::json;

/// What an institution fulfils.
#[derive(Debug, clap::Args)]
pub struct Accredit {
	#[command(flatten)]
	by: SignedBy,
	/// The institution, by its number.
	#[arg(long, value_name = "N")]
	institution: u32,
	/// The scheme: system|code.
	#[arg(long, value_name = "CODE", value_parser = codes::any)]
	scheme: Code,
	/// The level reached; higher is more.
	#[arg(long, value_name = "N")]
	level: u8,
	#[command(flatten)]
	valid: Validity,
}

/// What becomes of an accreditation.
#[derive(Debug, clap::Args)]
pub struct Set {
	#[command(flatten)]
	by: SignedBy,
	/// The institution, by its number.
	#[arg(long, value_name = "N")]
	institution: u32,
	/// The scheme: system|code.
	#[arg(long, value_name = "CODE", value_parser = codes::any)]
	scheme: Code,
	/// Its status from now on.
	#[arg(long)]
	status: AccreditationName,
}

/// What a kind of institution needs.
#[derive(Debug, clap::Args)]
pub struct Require {
	#[command(flatten)]
	by: SignedBy,
	/// The kind of institution.
	#[arg(long)]
	kind: InstitutionName,
	/// The scheme: system|code.
	#[arg(
		long, value_name = "CODE", value_parser = codes::any,
		requires = "level", required_unless_present = "none"
	)]
	scheme: Option<Code>,
	/// The least level.
	#[arg(long, value_name = "N", requires = "scheme")]
	level: Option<u8>,
	/// Nothing any more.
	#[arg(long, conflicts_with_all = ["scheme", "level"])]
	none: bool,
}

/// Accredits, for the first time or anew.
pub async fn accredit(options: Accredit, anew: bool, context: &Context) -> Result<(), Error> {
	let valid = options.valid.period()?;
	let signer = options.by.signer()?;
	let institution = InstitutionId(options.institution);
	let what = Requirement { scheme: options.scheme, level: options.level };
	let until = Until::Finalized;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	if anew {
		chain.renew_accreditation(&signer, institution, what, valid, until).await?;
	} else {
		chain.accredit(&signer, institution, what, valid, until).await?;
	}
	drop(progress);
	context.output.show(&Done::new(
		format!("institution {} is accredited at level {}", institution.0, what.level),
		json!({
			"institution": institution.0,
			"scheme": codes::token_of(&what.scheme),
			"level": what.level,
		}),
	))
}

/// Suspends, reinstates or revokes an accreditation.
pub async fn set(options: Set, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let institution = InstitutionId(options.institution);
	let status = AccreditationStatus::from(options.status);
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let until = Until::Finalized;
	chain.set_accreditation_status(&signer, institution, options.scheme, status, until).await?;
	drop(progress);
	let word = words::of(status);
	context.output.show(&Done::new(
		format!("the accreditation of institution {} is {word}", institution.0),
		json!({
			"institution": institution.0,
			"scheme": codes::token_of(&options.scheme),
			"status": word,
		}),
	))
}

/// Sets what a kind of institution needs.
pub async fn require(options: Require, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let kind = InstitutionKind::from(options.kind);
	let requirement =
		options.scheme.zip(options.level).map(|(scheme, level)| Requirement { scheme, level });
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	chain.require_accreditation(&signer, kind, requirement, Until::Finalized).await?;
	drop(progress);
	let word = words::of(kind);
	let sentence = match requirement {
		Some(needed) => format!("each {word} needs that accreditation at level {}", needed.level),
		None => format!("no {word} needs an accreditation any more"),
	};
	context.output.show(&Done::new(
		sentence,
		json!({
			"kind": word,
			"scheme": requirement.map(|needed| codes::token_of(&needed.scheme)),
			"level": requirement.map(|needed| needed.level),
		}),
	))
}
