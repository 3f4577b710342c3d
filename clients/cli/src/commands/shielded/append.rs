//! What `hdx shielded grant`, `delegate` and `send` have in common: a note goes to the chain, and the wallet learns where it is.

use super::{
	element::{self, Element},
	kept::KeptNote,
	place::Place,
	proving::{Key, Proving},
	wallet::Wallet,
};
use crate::{
	commands::{provider::Done, Context, SignedBy},
	error::Error,
	shielded_error::ShieldedError,
};
use hdx_primitives::Proof;
use hdx_sdk::chain::{AtBlock, Chain, ChainError, Signer, Until};
use hdx_zk_circuits::{
	circuits::{ConsentGrant, ConsentGrantPublic, ConsentGrantWitness},
	Asked,
};
use serde_json::json;
use std::path::{Path, PathBuf};

/// The wallet, with which key is proven, and who sends.
#[derive(Debug, clap::Args)]
pub struct Sending {
	#[command(flatten)]
	by: SignedBy,
	#[command(flatten)]
	pub proving: Proving,
	/// The wallet: the patient's, or a delegate's.
	#[arg(long, value_name = "FILE")]
	pub wallet: PathBuf,
}

/// A note on its way to a chain.
pub struct Append<'a> {
	/// The chain.
	pub chain: &'a Chain,
	/// Who sends it.
	pub signer: &'a Signer,
	/// With which key it is proven.
	pub key: &'a Key<ConsentGrant>,
	/// Where the wallet is.
	pub wallet: &'a Path,
}

/// What became of a note.
enum Sent {
	/// It is at this place.
	Appended(Place),
	/// The chain does not have it, and said why.
	Refused(ChainError),
	/// Nobody knows.
	Unknown(ChainError),
}

impl Sending {
	/// Who sends.
	pub fn signer(&self) -> Result<Signer, Error> {
		self.by.signer()
	}
}

/// The hash of a chain's first block, as wallets have it.
pub fn genesis(chain: &Chain) -> String {
	element::shown(&chain.genesis())
}

impl Append<'_> {
	/// Proves that whoever the note says gave it did.
	pub fn prove(
		&self,
		wallet: &Wallet,
		note: &KeptNote,
		context: &Context,
	) -> Result<Proof, Error> {
		let leaf = note.leaf().0;
		let bound = self.key.context(self.chain.genesis(), self.signer, &Asked::Append { leaf });
		let public = ConsentGrantPublic { leaf, context: bound };
		let witness = ConsentGrantWitness {
			note: note.note().clone(),
			authority: wallet.authority().clone(),
		};
		let _progress = context.output.progress("proving");
		self.key.prove(&public, &witness)
	}

	/// Proves a note, keeps it in the wallet's file, and appends it. Tells its leaf, and its place once that is final.
	pub async fn give(
		&self,
		wallet: &Wallet,
		note: KeptNote,
		context: &Context,
	) -> Result<(Element, Place), Error> {
		let leaf = note.leaf();
		let proof = self.prove(wallet, &note, context)?;
		// Kept before anybody is told of it: nobody could revoke a consent that was lost.
		Wallet::change(self.wallet, |wallet| wallet.add(self.wallet, note))?;
		let place = self.send_kept(leaf, proof, context).await?;
		Ok((leaf, place))
	}

	/// Sends a note that the wallet has. It stays there whatever becomes of it: a proof that was sent once can be sent
	/// again by the same sender, after a refusal too, and what is appended must be revocable.
	pub async fn send_kept(
		&self,
		leaf: Element,
		proof: Proof,
		context: &Context,
	) -> Result<Place, Error> {
		match self.send(leaf, proof, context).await? {
			Sent::Appended(place) => self.record(leaf, place),
			Sent::Refused(error) => Err(error.into()),
			Sent::Unknown(error) => Err(self.pending(leaf, error)),
		}
	}

	async fn send(&self, leaf: Element, proof: Proof, context: &Context) -> Result<Sent, Error> {
		let progress = context.output.progress("waiting until it is final");
		let (version, until) = (self.key.version(), Until::Finalized);
		let sent = self
			.chain
			.append_shielded_consent(self.signer, leaf.to_bytes(), version, proof, until)
			.await;
		drop(progress);
		Ok(match sent {
			Ok(index) => Sent::Appended(index.into()),
			// It came there on another way: an earlier transaction whose end nobody saw.
			Err(error) if error.refusal() == Some("AlreadyAppended") => {
				match place_of(self.chain, leaf).await? {
					Some(place) => Sent::Appended(place),
					None => Sent::Unknown(error),
				}
			},
			Err(error) if error.is_refusal() => Sent::Refused(error),
			Err(error) => Sent::Unknown(error),
		})
	}

	fn record(&self, leaf: Element, place: Place) -> Result<Place, Error> {
		record(self.wallet, leaf, place)?;
		Ok(place)
	}

	fn pending(&self, leaf: Element, error: ChainError) -> Error {
		let (path, leaf) = (self.wallet.to_owned(), leaf.to_string());
		ShieldedError::Pending { path, leaf, error: Box::new(error) }.into()
	}
}

/// Where a chain has a leaf for good.
pub async fn place_of(chain: &Chain, leaf: Element) -> Result<Option<Place>, Error> {
	let found = chain.shielded_place(leaf.to_bytes(), AtBlock::Finalized).await?;
	Ok(found.map(Place::from))
}

/// Writes into a wallet where a note is.
pub fn record(wallet: &Path, leaf: Element, place: Place) -> Result<(), Error> {
	let recorded = Wallet::change(wallet, |wallet| {
		wallet.record(leaf, place);
		Ok(())
	});
	recorded.map_err(|error| {
		let (leaf, place) = (leaf.to_string(), place.to_string());
		ShieldedError::NotRecorded { leaf, place, source: Box::new(error) }.into()
	})
}

/// What is shown when a note is appended, which is called so.
pub fn appended(
	what: &'static str,
	leaf: Element,
	place: Place,
	warning: Option<&'static str>,
) -> Done {
	let note = warning.map(|warning| format!("\nNote: {warning}.")).unwrap_or_default();
	Done::new(
		format!(
			"the {what} is appended, as {place}; it can be used, and revoked, from the next snapshot on\n\
			 leaf {leaf}{note}"
		),
		json!({
			"leaf": leaf,
			"tree": place.tree,
			"index": place.index,
			"warning": warning,
		}),
	)
}
