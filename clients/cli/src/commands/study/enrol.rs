//! `hdx study enrol`.

use super::{attestation::Attested, enrolment::Enrolment};
use crate::{
	commands::{
		provider::Done,
		shielded::{append::Sending, wallet::Wallet},
		Context,
	},
	error::Error,
};
use hdx_primitives::StudyId;
use hdx_sdk::chain::Until;
use hdx_zk_circuits::circuits::StudyEnrolment;
use serde_json::json;
use std::path::PathBuf;

/// In which study, and with what.
#[derive(Debug, clap::Args)]
pub struct Enrol {
	#[command(flatten)]
	sending: Sending,
	/// The study, by its number.
	#[arg(value_name = "STUDY")]
	study: u32,
	/// What was attested of the patient.
	#[arg(long, value_name = "FILE")]
	attestation: PathBuf,
	/// A version of consent_revoke that is active: as long as nobody can revoke, nobody is counted.
	#[arg(long, value_name = "N")]
	revoked_by: u32,
}

/// Proves, and sends.
pub async fn run(options: Enrol, context: &Context) -> Result<(), Error> {
	let Enrol { sending, study, attestation, revoked_by } = options;
	let signer = sending.signer()?;
	let key = sending.proving.read::<StudyEnrolment>()?;
	let wallet = Wallet::read(&sending.wallet)?;
	let attested = Attested::read(&attestation)?;
	let chain = context.connect().await?;
	let study = StudyId(study);
	let enrolment = Enrolment {
		chain: &chain,
		signer: &signer,
		key: &key,
		revoked_by,
		wallet: (&wallet, sending.wallet.as_path()),
		attested: (&attested, attestation.as_path()),
	};
	let proof = enrolment.prove(study, context).await?;
	let progress = context.output.progress("waiting until it is final");
	let count = chain.enrol_in_study(&signer, study, proof, Until::Finalized).await?;
	drop(progress);
	let warning = key.warning();
	let note = warning.map(|warning| format!("\nNote: {warning}.")).unwrap_or_default();
	context.output.show(&Done::new(
		format!("counted in study {}: {count} take part{note}", study.0),
		json!({ "study": study.0, "count": count, "warning": warning }),
	))
}
