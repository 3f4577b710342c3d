//! `hdx record seal`.

use crate::{
	account,
	commands::{ensure_patient, Context, SignedBy},
	custody::Custody,
	error::Error,
	files,
	output::{block, count},
};
use hdx_primitives::AccountId;
use hdx_sdk::{
	bundle::{Bundle, Labeller},
	chain::Until,
	seal,
};
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// The first generation of a record's keys.
const FIRST_EPOCH: u32 = 0;

/// What is sealed, for whom, and where it is kept.
#[derive(Debug, clap::Args)]
pub struct Seal {
	#[command(flatten)]
	by: SignedBy,
	/// Whose record.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	patient: AccountId,
	/// A FHIR R4 Bundle of one patient, in JSON.
	#[arg(long, value_name = "FILE")]
	bundle: PathBuf,
	/// Where ciphertext and keys are kept. Made where it is missing.
	#[arg(long, value_name = "DIR")]
	data: PathBuf,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sealed {
	record: u64,
	patient: String,
	custodian: u32,
	resources: usize,
	sections: u32,
	commitment: String,
	keys: PathBuf,
}

impl fmt::Display for Sealed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let sections = count(usize::try_from(self.sections).unwrap_or(usize::MAX), "section");
		let sealed = format!("{} in {sections}", count(self.resources, "resource"));
		let fields: [(&str, &dyn fmt::Display); 5] = [
			("patient", &self.patient),
			("custodian", &format!("institution {}", self.custodian)),
			("sealed", &sealed),
			("commitment", &self.commitment),
			("keys (back up)", &self.keys.display()),
		];
		block(f, format!("record {} is registered", self.record), &fields)
	}
}

/// Seals, stores, and registers last.
pub async fn run(options: Seal, context: &Context) -> Result<(), Error> {
	let operator = options.by.signer()?;
	let bundle = Bundle::read(&options.bundle)?;
	let sections = bundle.sections(&Labeller::default());

	// What the chain would refuse is found out before anything is written.
	let chain = context.connect().await?;
	let custodian = chain.operated_by(&operator.account()).await?;
	ensure_patient(&chain, &options.patient).await?;

	let progress = context.output.progress("sealing");
	let sealed = seal::seal(&sections, FIRST_EPOCH)?;
	let keys = Custody::create(&options.data).keep_sealed(&sealed, None).await?;
	drop(progress);

	let progress = context.output.progress("waiting until it is final");
	let (count, epoch) = (sealed.sections(), sealed.keys.epoch());
	let registered = chain
		.register_record(
			&operator,
			options.patient.clone(),
			sealed.commitment,
			count,
			epoch,
			Until::Finalized,
		)
		.await;
	drop(progress);
	let record = files::destroy_if_refused(registered, &keys)?;
	context.output.show(&Sealed {
		record: record.0,
		patient: options.patient.to_string(),
		custodian: custodian.0,
		resources: bundle.resources().len(),
		sections: count,
		commitment: format!("0x{}", hex::encode(sealed.commitment.0)),
		keys,
	})
}
