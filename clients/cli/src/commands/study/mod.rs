//! `hdx study`: studies, and being counted in them.
//!
//! [`attestation`] is the file that a patient gets of what was attested, [`terms`] reads what a study asks for, and
//! [`enrolment`] makes the proof. The other files are a verb each.

mod attest;
pub(crate) mod attestation;
mod close;
mod consent;
mod enrol;
mod enrolment;
mod register;
mod results;
mod show;
mod terms;

use super::Context;
use crate::{error::Error, exit::Exit};
use clap::Subcommand;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Study {
	/// Register a study. Governance does that.
	#[command(after_help = "\
Examples:
  hdx study register --sponsor 1 --protocol protocol.pdf --panel 2 --range 40-60 --range 0-200 --range 0-1 --range 0-9 \\
    --attested-from 2027-01-01 --category 3,4 --minimum 50 --from 2027-02-01 --until 2028-01-31 --as //Ferdie

The protocol's hash goes on the chain, so publish the file as it is. Where there is no sudo key, both chambers register it:
`hdx gov propose call` takes the call in a file, {\"Study\":{\"register_study\":{\"terms\":{…}}}}.")]
	Register(Box<register::Register>),
	/// Show a study, and how many take part.
	#[command(after_help = "\
Example:
  hdx study show 0")]
	Show(show::Show),
	/// List all studies.
	#[command(after_help = "\
Example:
  hdx study list --json")]
	List,
	/// Close a study, for ever. Its sponsor does that.
	#[command(after_help = "\
Example:
  hdx study close 0 --as operator.key")]
	Close(close::Close),
	/// Say which results were published, by their hash. The sponsor does that, once, after the study.
	#[command(after_help = "\
Example:
  hdx study results 0 results.pdf --as operator.key

Refused where fewer take part than was registered.")]
	Results(results::Results),
	/// Attest values of a patient. Institutions do that.
	#[command(after_help = "\
Example:
  hdx study attest --patient-key 0x1a…07 --panel 2 --values 52,180,1,0 --out attestation.json --as laboratory.key

The chain gets a hash. Give the file to the patient alone: it has the values, and nothing can be proven without it.")]
	Attest(attest::Attest),
	/// Consent to take part in a study: the chain gets a hash alone.
	#[command(after_help = "\
Example:
  hdx study consent 0 --protocol protocol.pdf --wallet wallet.json --proving-key consent_grant.pk --version 1 \\
    --as relayer.key

The protocol is the file that you read: nothing is sent where the chain has another one's hash. The consent is to the
study with all that is registered of it (`hdx study show`), and of no use for any other. It covers the categories that
the study asks for, for research, until the study ends. It is kept in the wallet, and taken back as any other consent:
hdx shielded revoke. Who was counted by then stays counted.")]
	Consent(consent::Consent),
	/// Be counted in a study, by a proof that tells nobody who you are.
	#[command(after_help = "\
Example:
  hdx study enrol 0 --wallet wallet.json --attestation attestation.json --proving-key study_enrolment.pk --version 1 \\
    --revoked-by 1 --as relayer.key

The account of --as is seen to have sent it, and need not be the patient's. Each patient counts once in a study.")]
	Enrol(enrol::Enrol),
}

/// Does it.
pub async fn run(command: Study, context: &Context) -> Result<Exit, Error> {
	match command {
		Study::Register(options) => register::run(*options, context).await?,
		Study::Show(options) => show::run(options, context).await?,
		Study::List => show::list(context).await?,
		Study::Close(options) => close::run(options, context).await?,
		Study::Results(options) => results::run(options, context).await?,
		Study::Attest(options) => attest::run(options, context).await?,
		Study::Consent(options) => consent::run(options, context).await?,
		Study::Enrol(options) => enrol::run(options, context).await?,
	}
	Ok(Exit::Done)
}
