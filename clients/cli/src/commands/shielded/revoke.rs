//! `hdx shielded revoke`.

use super::{
	append::{self, Sending},
	element::Element,
	kept::KeptNote,
	place::{self, Place, Which},
	proving::Key,
	snapshot::{Rebuilt, Snapshot},
	wallet::Wallet,
};
use crate::{
	commands::{provider::Done, Context},
	error::Error,
	shielded_error::ShieldedError,
};
use hdx_primitives::Proof;
use hdx_sdk::chain::{AtBlock, Chain, Signer, Until};
use hdx_zk_circuits::{
	circuits::{ConsentRevoke, ConsentRevokePublic, ConsentRevokeWitness},
	Asked,
};
use serde_json::json;
use std::path::Path;

/// Which consent.
#[derive(Debug, clap::Args)]
pub struct Revoke {
	#[command(flatten)]
	sending: Sending,
	/// The consent: its leaf, or its place.
	#[arg(value_name = "LEAF|TREE/INDEX", value_parser = place::which)]
	which: Which,
}

/// A revocation of a note at its place.
struct Revocation<'a> {
	chain: &'a Chain,
	signer: &'a Signer,
	key: &'a Key<ConsentRevoke>,
	wallet: &'a Wallet,
	note: &'a KeptNote,
	place: Place,
}

/// Revokes.
pub async fn run(options: Revoke, context: &Context) -> Result<(), Error> {
	let Revoke { sending, which } = options;
	let signer = sending.signer()?;
	let key = sending.proving.read::<ConsentRevoke>()?;
	let wallet = Wallet::read(&sending.wallet)?;
	let chain = context.connect().await?;
	let by = Revoking { chain: &chain, signer: &signer, key: &key, wallet: &sending.wallet };
	let Revoked { leaf, place, snapshot } = revoke(&by, &wallet, which, context).await?;
	let warning = key.warning();
	let remark = warning.map(|warning| format!("\nNote: {warning}.")).unwrap_or_default();
	context.output.show(&Done::new(
		format!(
			"consent {place} is revoked; within two minutes, no proof about it counts any more{remark}"
		),
		json!({
			"leaf": leaf,
			"tree": place.tree,
			"index": place.index,
			"snapshot": snapshot,
			"revoked": true,
			"warning": warning,
		}),
	))
}

/// Who revokes, where, and with what.
pub struct Revoking<'a> {
	/// The chain.
	pub chain: &'a Chain,
	/// Who sends it.
	pub signer: &'a Signer,
	/// With which key it is proven.
	pub key: &'a Key<ConsentRevoke>,
	/// Where the wallet is.
	pub wallet: &'a Path,
}

/// A consent that is revoked, for good.
pub struct Revoked {
	/// Its leaf.
	pub leaf: Element,
	/// Its place.
	pub place: Place,
	/// The snapshot about which it was proven.
	pub snapshot: u32,
}

/// Finds a consent of the wallet, proves that it is the wallet's, and revokes it; waits until that is final.
pub async fn revoke(
	by: &Revoking<'_>,
	wallet: &Wallet,
	which: Which,
	context: &Context,
) -> Result<Revoked, Error> {
	let Revoking { chain, signer, key, wallet: path } = *by;
	let genesis = append::genesis(chain);
	let note = wallet.find(which, &genesis).ok_or_else(|| ShieldedError::NotInWallet {
		path: path.to_owned(),
		which: which.to_string(),
	})?;
	note.ensure_for(&genesis)?;
	key.ensure_believed_by(chain).await?;
	let leaf = note.leaf();
	let place = match note.place() {
		Some(place) => place,
		None => {
			let found = append::place_of(chain, leaf).await?;
			let place =
				found.ok_or_else(|| ShieldedError::NotAppended { leaf: leaf.to_string() })?;
			append::record(path, leaf, place)?;
			place
		},
	};
	ensure_stands(chain, note, place).await?;
	let revocation = Revocation { chain, signer, key, wallet, note, place };
	let (snapshot, proof) = revocation.prove(context).await?;

	let _progress = context.output.progress("waiting until it is final");
	let (version, until) = (key.version(), Until::Finalized);
	chain
		.revoke_shielded_consent(signer, place.to_index(), snapshot, version, proof, until)
		.await?;
	Ok(Revoked { leaf, place, snapshot })
}

/// Fails where the chain does not have the consent, or it is revoked.
async fn ensure_stands(chain: &Chain, note: &KeptNote, place: Place) -> Result<(), Error> {
	match chain.is_shielded_revoked(place.to_index(), AtBlock::Best).await? {
		Some(false) => Ok(()),
		Some(true) => Err(ShieldedError::AlreadyRevoked { place: place.to_string() }.into()),
		None => {
			let (leaf, place) = (note.leaf().to_string(), place.to_string());
			Err(ShieldedError::Missing { leaf, place }.into())
		},
	}
}

impl Revocation<'_> {
	/// The number of a snapshot, and the proof about it.
	async fn prove(&self, context: &Context) -> Result<(u32, Proof), Error> {
		let Self { chain, place, .. } = self;
		let progress = context.output.progress("waiting for a snapshot that has the consent");
		let first = Snapshot::with(chain, *place).await?;
		drop(progress);
		let progress = context.output.progress("reading the tree");
		let mut tree = Rebuilt::default();
		tree.grow(chain, place.tree, &first).await?;
		// Reading may have taken long, and a snapshot counts for two minutes: what came since is soon read.
		let snapshot = Snapshot::with(chain, *place).await?;
		tree.grow(chain, place.tree, &snapshot).await?;
		drop(progress);

		let _progress = context.output.progress("proving");
		let (consent_root, path) = tree.path(*place, self.note.leaf().0, &snapshot)?;
		let asked = Asked::Revoke { tree: place.tree, leaf: place.index };
		let public = ConsentRevokePublic {
			consent_root,
			index: place.index,
			context: self.key.context(chain.genesis(), self.signer, &asked),
		};
		let witness = ConsentRevokeWitness {
			note: self.note.note().clone(),
			path,
			authority: self.wallet.authority().clone(),
		};
		Ok((snapshot.number, self.key.prove(&public, &witness)?))
	}
}
