//! The proof of taking part.

use super::{attestation::Attested, terms};
use crate::{
	commands::{
		shielded::{
			append,
			element::{self, Element},
			kept::{KeptNote, To},
			place::Place,
			proving::Key,
			snapshot::{self, Rebuilt, Snapshot},
			wallet::Wallet,
		},
		Context,
	},
	error::Error,
	shielded_error::ShieldedError,
};
use hdx_primitives::{
	AttestationTree, EnrolmentProof, Milliseconds, PublicInput, StudyId, StudyTerms, ValueRange,
};
use hdx_sdk::chain::{AtBlock, Chain, Signer};
use hdx_zk_circuits::{
	circuits::{StudyEnrolment, StudyEnrolmentPublic, StudyEnrolmentWitness},
	domain::Domain4,
	merkle::{SparseTree, CAPACITY, LEVELS},
	note::{HeldAttestation, HeldNote, Study},
	Asked, Fr,
};
use std::path::Path;

/// Who takes part in what.
pub struct Enrolment<'a> {
	/// The chain.
	pub chain: &'a Chain,
	/// Who sends it.
	pub signer: &'a Signer,
	/// With which key it is proven.
	pub key: &'a Key<StudyEnrolment>,
	/// A version of consent_revoke that is active.
	pub revoked_by: u32,
	/// The patient's wallet, and where it is.
	pub wallet: (&'a Wallet, &'a Path),
	/// What was attested, and where that is.
	pub attested: (&'a Attested, &'a Path),
}

impl Enrolment<'_> {
	/// Fails where the attestation is not what the study asks for.
	fn ensure_asked_for(&self, genesis: &str, terms: &StudyTerms) -> Result<(), ShieldedError> {
		let (attested, path) = self.attested;
		let it = attested.attestation();
		let in_range =
			|(value, range): (&u32, &ValueRange)| (range.min..=range.max).contains(value);
		let what = if !attested.is_for(genesis) {
			"a patient on another chain"
		} else if it.patient != self.wallet.0.patient() {
			"another patient"
		} else if it.panel != terms.panel {
			"other values than the study asks for"
		} else if it.attested_at < terms.attested_from.0 {
			"a time before the study's"
		} else if !it.values.iter().zip(&terms.ranges).all(in_range) {
			"values outside of the study's ranges"
		} else {
			return Ok(());
		};
		Err(ShieldedError::OtherAttestation { path: path.to_owned(), what })
	}

	/// Fails where values were attested after the snapshot: nothing is proven of the future.
	fn ensure_not_after(&self, now: Milliseconds) -> Result<(), ShieldedError> {
		let (attested, path) = self.attested;
		if attested.attestation().attested_at <= now.0 {
			return Ok(());
		}
		let what = "a time after the newest snapshot: run it again in half a minute";
		Err(ShieldedError::OtherAttestation { path: path.to_owned(), what })
	}

	/// The last consent of the wallet to this study, and where it is. The node is not asked: it would learn which
	/// consent is used.
	fn consent(
		&self,
		id: StudyId,
		study: &Study,
		genesis: &str,
	) -> Result<(&KeptNote, Place), Error> {
		let (wallet, path) = self.wallet;
		let to = To::Study(Element(study.digest()));
		let mut meant =
			wallet.notes().iter().rev().filter(|note| note.to() == to && note.is_for(genesis));
		let found = meant.find_map(|note| Some((note, note.place()?)));
		let path = path.to_owned();
		Ok(found.ok_or(ShieldedError::NoStudyConsent { path, study: id.0 })?)
	}

	/// Proves it, about the newest snapshot and the newest attestations.
	pub async fn prove(&self, id: StudyId, context: &Context) -> Result<EnrolmentProof, Error> {
		let Self { chain, key, .. } = self;
		let genesis = append::genesis(chain);
		// The consent was given to the study as it is final, and so the proof is about that.
		let terms = terms::find(chain, id, AtBlock::Finalized).await?.terms;
		self.ensure_asked_for(&genesis, &terms)?;
		let study = terms::stated(id, &terms)?;
		let (note, place) = self.consent(id, &study, &genesis)?;
		key.ensure_believed_by(chain).await?;

		let progress = context.output.progress("reading the trees");
		let (tree, attestation) = self.held_attestation().await?;
		let first = Snapshot::with(chain, place).await?;
		let mut consents = Rebuilt::default();
		consents.grow(chain, place.tree, &first).await?;
		// Reading may have taken long, and a snapshot counts for two minutes: what came since is soon read.
		let snapshot = Snapshot::with(chain, place).await?;
		consents.grow(chain, place.tree, &snapshot).await?;
		let revocations = snapshot::revocations(chain, place.tree, &snapshot).await?;
		drop(progress);
		if revocations.is_revoked(place.index) {
			return Err(ShieldedError::AlreadyRevoked { place: place.to_string() }.into());
		}
		self.ensure_not_after(snapshot.roots.at)?;

		let _progress = context.output.progress("proving");
		let (consent_root, path) = consents.path(place, note.leaf().0, &snapshot)?;
		let witness = StudyEnrolmentWitness {
			consent: HeldNote {
				note: note.note().clone(),
				index: place.index,
				path,
				revocation: revocations.path(place.index),
			},
			attestation,
			patient: self.wallet.0.authority().clone(),
		};
		let nullifier = witness.nullifier(&study);
		let leaf = witness.attestation.attestation.leaf();
		let path = &witness.attestation.path;
		let public = StudyEnrolmentPublic {
			consent_root,
			revocation_root: revocations.root(),
			attestation_root: path.root(Domain4::AttestationNode, leaf, witness.attestation.index),
			study,
			nullifier,
			now: snapshot.roots.at.0,
			context: key.context(
				chain.genesis(),
				self.signer,
				&Asked::Enrol { study: id.0.into() },
			),
		};
		Ok(EnrolmentProof {
			snapshot: snapshot.number,
			tree: place.tree,
			attestations: tree,
			nullifier: Element(nullifier).to_bytes(),
			version: key.version(),
			revoked_by: self.revoked_by,
			proof: key.prove(&public, &witness)?,
		})
	}

	/// The attestation with its path. All leaves of a tree are read, so the node does not learn which one is meant.
	async fn held_attestation(&self) -> Result<(AttestationTree, HeldAttestation), Error> {
		let (attested, path) = self.attested;
		let block = AtBlock::Finalized;
		let newest = self.chain.newest_attestations(block).await?;
		for number in (0..=newest.tree).rev() {
			let count = if number == newest.tree { newest.count } else { CAPACITY };
			let tree = AttestationTree { tree: number, count };
			let leaves = self.chain.attestation_leaves(number, 0..count, block).await?;
			let Some(index) = position(&leaves, attested.leaf()) else { continue };
			let root = self.chain.attestation_root(tree, block).await?;
			let rebuilt = rebuilt(&leaves, tree, root)?;
			let held = HeldAttestation {
				attestation: attested.attestation().clone(),
				index,
				path: rebuilt.path(index),
			};
			return Ok((tree, held));
		}
		let leaf = attested.leaf().to_string();
		Err(ShieldedError::NotAttested { path: path.to_owned(), leaf }.into())
	}
}

/// Which of the leaves one is.
fn position(leaves: &[PublicInput], leaf: Element) -> Option<u32> {
	let bytes = leaf.to_bytes();
	u32::try_from(leaves.iter().position(|found| *found == bytes)?).ok()
}

/// The tree of these leaves. Fails where it is not that of this root.
fn rebuilt(
	leaves: &[PublicInput],
	tree: AttestationTree,
	root: Option<PublicInput>,
) -> Result<SparseTree<LEVELS>, ShieldedError> {
	let AttestationTree { tree, count } = tree;
	let other = || ShieldedError::OtherAttestations { tree, count };
	let leaves: Option<Vec<Fr>> = leaves.iter().map(element::read).collect();
	let rebuilt = SparseTree::of(Domain4::AttestationNode, leaves.ok_or_else(other)?);
	if root != Some(Element(rebuilt.root()).to_bytes()) {
		return Err(other());
	}
	Ok(rebuilt)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_zk_circuits::merkle::Frontier;

	fn leaf(number: u64) -> Element {
		Element(Fr::from(number))
	}

	#[test]
	fn a_tree_is_believed_when_it_has_the_chains_root() {
		let tree = AttestationTree { tree: 0, count: 3 };
		let leaves: Vec<_> = [4, 5, 6].map(|number| leaf(number).to_bytes()).into();
		// As the chain computes it.
		let mut frontier = Frontier::of_attestations();
		for number in [4, 5, 6] {
			frontier.append(leaf(number).0).unwrap();
		}
		let root = Element(frontier.root()).to_bytes();
		let found = rebuilt(&leaves, tree, Some(root)).unwrap();
		assert_eq!(position(&leaves, leaf(5)), Some(1));
		assert_eq!(position(&leaves, leaf(7)), None);
		let path = found.path(1);
		assert_eq!(path.root(Domain4::AttestationNode, leaf(5).0, 1), frontier.root());
		let mut lies = leaves.clone();
		lies.swap(0, 1);
		let garbage = [[255; 32]];
		for (leaves, root) in [
			(lies.as_slice(), Some(root)),
			(leaves.as_slice(), None),
			(leaves.as_slice(), Some([1; 32])),
			(garbage.as_slice(), Some(root)),
		] {
			let error = rebuilt(leaves, tree, root).err().unwrap();
			assert_eq!(error.code(), "other-attestations");
		}
	}
}
