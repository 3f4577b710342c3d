//! Sealing the record, and registering it.

use super::{
	cast::{short, Cast},
	error::DemoError,
	narrator::Narrator,
	Scene,
};
use hdx_primitives::RecordId;
use hdx_sdk::{
	bundle::{Bundle, Labeller},
	chain::{Chain, Until},
	seal::{self, Manifest, RecordKeys, SealedRecord},
	store::BlockStore,
};
use std::{collections::BTreeSet, path::Path};

/// A record that is sealed, stored and registered.
pub struct Registered {
	/// Which.
	pub id: RecordId,
	/// What its sections are; the custodian's secret.
	pub manifest: Manifest,
	/// What opens them; the custodian's secret.
	pub keys: RecordKeys,
}

/// Seals the Bundle, stores every section, and only then registers the commitment.
pub async fn seal_and_register(
	chain: &Chain,
	cast: &Cast,
	bundle: &Bundle,
	store: &BlockStore,
	data: &Path,
	narrator: &mut Narrator,
) -> Result<Registered, DemoError> {
	let sections = bundle.sections(&Labeller::default());
	let types: BTreeSet<_> = bundle.resources().iter().map(|resource| resource.kind()).collect();
	let labels: BTreeSet<_> = sections
		.iter()
		.flat_map(|section| section.labels().iter())
		.filter(|label| label.is_sensitivity())
		.map(|label| label.code.as_str())
		.collect();
	narrator.step(format!(
		"read a Bundle: {} resources of {} types; sensitivity labels: {}",
		bundle.resources().len(),
		types.len(),
		if labels.is_empty() {
			"none".to_owned()
		} else {
			labels.into_iter().collect::<Vec<_>>().join(", ")
		},
	));

	let sealed = seal::seal(&sections, 0)?;
	let bytes: usize = sealed.blocks.iter().map(|block| block.bytes().len()).sum();
	narrator.step(format!(
		"sealed {} sections, each under its own key: {} KiB of ciphertext",
		sealed.sections(),
		bytes / 1024,
	));

	keep(&sealed, store, data).await?;
	narrator.step(format!("stored them in {} and read each back", store.location()));

	let id = register(chain, cast, &sealed).await?;
	narrator.step(format!(
		"registered record {}: the commitment {} and the number of sections, nothing else",
		id.0,
		short(&sealed.commitment.0),
	));
	Ok(Registered { id, manifest: sealed.manifest, keys: sealed.keys })
}

/// Seals the same Bundle under other keys, as another record of the same patient.
pub async fn register_another(scene: Scene<'_>) -> Result<RecordId, DemoError> {
	let Scene { chain, cast, bundle, store, data, .. } = scene;
	let sealed = seal::seal(&bundle.sections(&Labeller::default()), 0)?;
	keep(&sealed, store, data).await?;
	register(chain, cast, &sealed).await
}

/// Stores every section, and keeps the keys.
async fn keep(sealed: &SealedRecord, store: &BlockStore, data: &Path) -> Result<(), DemoError> {
	store.put_all(&sealed.blocks).await?;
	let key_file = data.join(format!("record-{}.keys", hex::encode(sealed.commitment.0)));
	sealed.keys.write(&key_file)?;
	Ok(())
}

/// Registers a record that is stored.
async fn register(
	chain: &Chain,
	cast: &Cast,
	sealed: &SealedRecord,
) -> Result<RecordId, DemoError> {
	let id = chain
		.register_record(
			&cast.custodian,
			cast.patient.account(),
			sealed.commitment,
			sealed.sections(),
			sealed.keys.epoch(),
			Until::InBlock,
		)
		.await?;
	Ok(id)
}
