//! `hdx demo`: the main flow, on a running chain.
//!
//! A record is sealed and registered, the patient consents, a practitioner of another hospital
//! asks and opens what is permitted, attempts that must fail do fail, the patient reads the log and
//! revokes, and both decisions are proven offline. Every step has an expected outcome; the flow
//! fails at the first step that has another.
//!
//! [`cast`] brings the people onto the chain, [`record`] seals, [`consent`] says what is withheld,
//! [`access`] asks and opens, [`attempts`] tries what must not work, [`log`] reads, revokes and
//! proves, [`narrator`] tells. From the consent on, [`shielded`] does the same with one that nobody
//! sees, where `--shielded` asks for it.

mod access;
mod attempts;
mod cast;
mod consent;
mod error;
mod log;
mod narrator;
mod record;
mod shielded;

pub use error::DemoError;

use crate::commands::Context;
use cast::Cast;
use hdx_sdk::{
	bundle::{Bundle, Labeller},
	chain::{AtBlock, Chain},
	store::BlockStore,
};
use narrator::Narrator;
use record::Registered;
use shielded::Classes;
use std::path::{Path, PathBuf};

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

	/// With a consent that nobody sees: the chain has a hash of it, and the practitioner asks with a proof. Makes
	/// development keys of three circuits, which stay in --data, and takes some minutes: it waits until
	/// an old proof counts no more.
	#[arg(long)]
	pub shielded: bool,
}

/// What the steps of the flow are about.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
	/// The chain.
	pub chain: &'a Chain,
	/// Who takes part.
	pub cast: &'a Cast,
	/// The record.
	pub record: &'a Registered,
	/// What was sealed.
	pub bundle: &'a Bundle,
	/// Where its sections are.
	pub store: &'a BlockStore,
	/// Where files go.
	pub data: &'a Path,
}

/// Runs the flow against the node of the context.
///
/// # Errors
///
/// [`DemoError`]: the first step that did not go as expected.
pub async fn run(options: &Options, context: &Context) -> Result<(), DemoError> {
	let mut narrator = Narrator::new(context.output.is_json());
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

	let chain = Chain::connect(&context.url).await?;
	narrator.chapter("1", "The chain");
	cast::show_chain(&chain, &mut narrator).await?;
	// Whether a proof could open anything of the Bundle, before anybody comes onto the chain.
	let classes = if options.shielded {
		let categories = chain.shielded_categories(AtBlock::Best).await?;
		Some(Classes::choose(&categories, &bundle.sections(&Labeller::default()))?)
	} else {
		None
	};

	narrator.chapter("2", "The people");
	let cast = Cast::assemble(&chain, &data, &mut narrator).await?;

	narrator.chapter("3", "The record");
	let record =
		record::seal_and_register(&chain, &cast, &bundle, &store, &data, &mut narrator).await?;

	let scene = Scene {
		chain: &chain,
		cast: &cast,
		record: &record,
		bundle: &bundle,
		store: &store,
		data: &data,
	};
	match classes {
		Some(classes) => shielded::run(scene, &classes, context, &mut narrator).await?,
		None => visible(scene, &mut narrator).await?,
	}
	narrator.end();
	Ok(())
}

/// From the consent on, with one that the consortium sees.
async fn visible(scene: Scene<'_>, narrator: &mut Narrator) -> Result<(), DemoError> {
	narrator.chapter("4", "The consent");
	let consent = consent::grant(scene.chain, scene.cast, scene.record, narrator).await?;

	narrator.chapter("5", "The request");
	let opened = access::ask_and_open(scene, &consent, narrator).await?;
	attempts::refused(scene, &opened, narrator).await?;

	narrator.chapter("6", "The log");
	log::read_revoke_prove(scene, &consent, &opened, narrator).await
}
