//! `hdx demo`: the main flow, on a running chain.
//!
//! A record is sealed and registered, the patient consents, a practitioner of another hospital
//! asks and opens what is permitted, attempts that must fail do fail, the patient reads the log and
//! revokes, and both decisions are proven offline. Every step has an expected outcome; the flow
//! fails at the first step that has another.
//!
//! [`cast`] brings the people onto the chain, [`record`] seals, [`consent`] says what is withheld,
//! [`access`] asks and opens, [`attempts`] tries what must not work, [`log`] reads, revokes and
//! proves, [`narrator`] tells.

mod access;
mod attempts;
mod cast;
mod consent;
mod error;
mod log;
mod narrator;
mod record;

pub use error::DemoError;

use cast::Cast;
use hdx_sdk::{bundle::Bundle, chain::Chain, store::BlockStore};
use narrator::Narrator;
use std::path::PathBuf;

/// The project's own Bundle: an invented patient.
const OWN_BUNDLE: &[u8] = include_bytes!("../../../sdk/assets/demo-patient-bundle.json");

/// What the demo is run on.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Options {
	/// A FHIR R4 Bundle of one patient (JSON). Without it: an invented patient's.
	#[arg(long, value_name = "FILE")]
	pub bundle: Option<PathBuf>,

	/// Where sealed records, keys and packages are kept. Without it: a temporary directory.
	#[arg(long, value_name = "DIR")]
	pub data: Option<PathBuf>,
}

/// Runs the flow against the node at `url`.
///
/// # Errors
///
/// [`DemoError`]: the first step that did not go as expected.
pub async fn run(options: &Options, url: &str, json: bool) -> Result<(), DemoError> {
	let mut narrator = Narrator::new(json);
	// Whatever the input lacks is found before anything is written anywhere.
	let bundle = match &options.bundle {
		Some(file) => Bundle::read(file)?,
		None => Bundle::from_slice("the project's own Bundle", OWN_BUNDLE)?,
	};
	let temporary;
	let data = match &options.data {
		Some(directory) => directory.clone(),
		None => {
			temporary = tempfile::tempdir().map_err(DemoError::Temporary)?;
			temporary.path().to_owned()
		},
	};
	let store = BlockStore::directory(&data.join("blocks"))?;

	let chain = Chain::connect(url).await?;
	narrator.chapter("1", "The chain");
	cast::show_chain(&chain, &mut narrator).await?;

	narrator.chapter("2", "The people");
	let cast = Cast::assemble(&chain, &data, &mut narrator).await?;

	narrator.chapter("3", "The record");
	let record =
		record::seal_and_register(&chain, &cast, &bundle, &store, &data, &mut narrator).await?;

	narrator.chapter("4", "The consent");
	let consent = consent::grant(&chain, &cast, &record, &mut narrator).await?;

	narrator.chapter("5", "The request");
	let opened = access::ask_and_open(
		&chain,
		&cast,
		&record,
		&consent,
		&bundle,
		&store,
		&data,
		&mut narrator,
	)
	.await?;
	attempts::refused(&chain, &cast, &record, &opened, &store, &data, &mut narrator).await?;

	narrator.chapter("6", "The log");
	log::read_revoke_prove(&chain, &cast, &record, &consent, &opened, &data, &mut narrator).await?;

	narrator.end();
	Ok(())
}
