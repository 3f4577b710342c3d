//! `hdx consent`: what a patient permits.

mod decide;
mod grant;
mod view;

use super::{ensure_patient, Context, SignedBy};
use crate::{account, error::Error, exit::Exit};
use clap::Subcommand;
use hdx_primitives::{AccountId, ConsentId};
use hdx_sdk::chain::Until;
use view::{Listed, Revoked, Shown};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Consent {
	/// Grant a consent.
	#[command(after_help = "\
Examples:
  hdx consent grant --as //Charlie --organisation 1 --redact PSY --until 2027-06-30 \\
    --document signed-consent.pdf
  hdx consent grant --as patient.key --practitioner 5FHneW46… --purpose TREAT \\
    --purpose HPAYMT --document signed-consent.pdf --json

Whoever acts for one of the organisations, or is one of the practitioners, may do what their role
permits for these purposes, in this time, except with what is redacted. The signed document stays
with you: the chain gets a hash of it and of a new secret salt, which is written to
signed-consent.pdf.salt. Keep both.")]
	Grant(grant::Grant),
	/// Decide a request by FHIR Consents. Opens no connection at all.
	#[command(after_help = "\
Examples:
  hdx consent decide --request request.json --consent consent.json --directory people.json --json
  hdx consent decide --request request.json --consent first.json --consent second.json \\
    --at 2027-06-30T12:00:00Z --algorithm deny-overrides

The request is the context of a patient-consent-consult CDS hook. The answer is CONSENT_PERMIT with
what must be withheld, CONSENT_DENY or NO_CONSENT; each of them exits with 0. A file that cannot be
read exits with 1 and says which element is wrong, and what was expected.")]
	Decide(decide::Decide),
	/// Revoke a consent. It takes effect with the block.
	#[command(after_help = "\
Example:
  hdx consent revoke --as //Charlie 0")]
	Revoke {
		#[command(flatten)]
		by: SignedBy,
		/// The consent.
		#[arg(value_name = "ID")]
		id: u64,
	},
	/// Show a consent, active or revoked.
	#[command(after_help = "\
Example:
  hdx consent show 0 --json")]
	Show {
		/// The consent.
		#[arg(value_name = "ID")]
		id: u64,
	},
	/// List the active consents of a patient.
	#[command(after_help = "\
Example:
  hdx consent list //Charlie")]
	List {
		/// The patient's account.
		#[arg(value_parser = account::parse)]
		patient: AccountId,
	},
}

/// Does it.
pub async fn run(command: Consent, context: &Context) -> Result<Exit, Error> {
	match command {
		Consent::Grant(options) => grant::run(options, context).await?,
		Consent::Decide(options) => decide::run(&options, context)?,
		Consent::Revoke { by, id } => {
			let patient = by.signer()?;
			let chain = context.connect().await?;
			let progress = context.output.progress("waiting until it is final");
			chain.revoke_consent(&patient, ConsentId(id), Until::Finalized).await?;
			drop(progress);
			context.output.show(&Revoked { consent: id })?;
		},
		Consent::Show { id } => {
			let chain = context.connect().await?;
			let found = chain.consent(ConsentId(id)).await?;
			context.output.show(&Shown::of(ConsentId(id), &found))?;
		},
		Consent::List { patient } => {
			let chain = context.connect().await?;
			ensure_patient(&chain, &patient).await?;
			let mut consents = Vec::new();
			for id in chain.active_consents(&patient).await? {
				consents.push(Shown::of(id, &chain.consent(id).await?));
			}
			context.output.show(&Listed { patient: patient.to_string(), consents })?;
		},
	}
	Ok(Exit::Done)
}
