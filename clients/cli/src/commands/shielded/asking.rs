//! The proof that a consent permits a request: what is read of the chain for it, and what is proven.

use super::{
	access_proof::{self, Files},
	delegation,
	element::Element,
	kept::KeptNote,
	place::Place,
	proving::{Key, Proving},
	snapshot::{self, Rebuilt, Snapshot},
};
use crate::{commands::Context, error::Error, shielded_error::ShieldedError};
use hdx_primitives::{operation_hash, AccessCircuit, AccessProof, AccessRequest, Proof};
use hdx_sdk::chain::{Chain, Signer};
use hdx_zk_circuits::{
	circuits::{
		ConsentAccess, ConsentAccessPublic, ConsentAccessWitness, DelegatedAccess,
		DelegatedAccessPublic, DelegatedAccessWitness,
	},
	merkle::RevocationTree,
	note::{access_scope, Category, HeldNote, Purpose, Request},
	Asked, Fr,
};

/// The proving key of the circuit that the consent needs.
pub enum AccessKey {
	/// For a consent of the patient.
	Consent(Key<ConsentAccess>),
	/// For one of a delegate.
	Delegated(Key<DelegatedAccess>),
}

impl AccessKey {
	/// Reads the key that this consent is proven with. Fails where it is of another circuit.
	pub fn read(proving: &Proving, consent: &KeptNote) -> Result<Self, Error> {
		Ok(match consent.under() {
			None => Self::Consent(proving.read()?),
			Some(_) => Self::Delegated(proving.read()?),
		})
	}

	/// Fails where the chain would not believe what is proven with it.
	pub async fn ensure_believed_by(&self, chain: &Chain) -> Result<(), Error> {
		match self {
			Self::Consent(key) => key.ensure_believed_by(chain).await,
			Self::Delegated(key) => key.ensure_believed_by(chain).await,
		}
	}

	/// Which circuit it is of, and which version.
	fn circuit(&self) -> (AccessCircuit, u32) {
		match self {
			Self::Consent(key) => (AccessCircuit::Consent, key.version()),
			Self::Delegated(key) => (AccessCircuit::Delegated, key.version()),
		}
	}
}

/// A request, and what of it goes into a proof.
pub struct Asking<'a> {
	/// What was read.
	pub files: &'a Files,
	/// The chain.
	pub chain: &'a Chain,
	/// Who asks.
	pub signer: &'a Signer,
	/// For what.
	pub request: &'a AccessRequest,
	/// Where the consent is.
	pub place: Place,
	/// Where its delegation is, if it was given under one.
	pub delegation: Option<Place>,
	/// Of which category that is.
	pub category: Category,
	/// For which purpose.
	pub purpose: Purpose,
}

/// What a snapshot has.
struct Seen {
	snapshot: Snapshot,
	tree: Rebuilt,
	revocations: RevocationTree,
}

/// What both circuits state alike.
struct Stated {
	consent_root: Fr,
	request: Request,
	scope: u64,
	asked: Asked,
}

impl Asking<'_> {
	/// Reads what the newest snapshot has, and proves about it.
	pub async fn prove(&self, context: &Context) -> Result<AccessProof, Error> {
		delegation::ensure_together(self.files.note.leaf(), self.place, self.delegation)?;
		let seen = self.see(context).await?;
		let snapshot = seen.snapshot.number;
		let now = seen.snapshot.roots.at.0;
		for (note, place) in self.notes() {
			if seen.revocations.is_revoked(place.index) {
				return Err(ShieldedError::AlreadyRevoked { place: place.to_string() }.into());
			}
			access_proof::covers(note, self.category, self.purpose, now)?;
		}

		let _progress = context.output.progress("proving");
		let (consent_root, consent) = seen.held(&self.files.note, self.place)?;
		let scope = access_scope(snapshot, self.category, self.purpose);
		let request = Request::new(now, self.category, self.purpose, scope);
		let stated = Stated {
			consent_root,
			request: request.map_err(|_| ShieldedError::NotProvable)?,
			scope,
			asked: Asked::Access { request: operation_hash(self.request).0 },
		};
		let (nullifier, proof) = match (&self.files.key, self.delegated()) {
			(AccessKey::Delegated(key), Some((note, place))) => {
				let (_, delegation) = seen.held(note, place)?;
				self.delegated_proof(key, &seen, stated, delegation, consent)?
			},
			(AccessKey::Consent(key), None) => self.consent_proof(key, &seen, stated, consent)?,
			// A key is read for its note: there is none of the other kind.
			_ => return Err(ShieldedError::NotProvable.into()),
		};
		let (circuit, version) = self.files.key.circuit();
		Ok(AccessProof {
			snapshot,
			tree: self.place.tree,
			nullifier: Element(nullifier).to_bytes(),
			circuit,
			version,
			revoked_by: self.files.revoked_by,
			proof,
		})
	}

	/// The delegation, and where it is.
	fn delegated(&self) -> Option<(&KeptNote, Place)> {
		self.files.note.under().zip(self.delegation)
	}

	/// All that is proven to be given and not taken back, and where it is.
	fn notes(&self) -> impl Iterator<Item = (&KeptNote, Place)> {
		[(&self.files.note, self.place)].into_iter().chain(self.delegated())
	}

	/// Reads the trees of the newest snapshot that has the consent and its delegation.
	async fn see(&self, context: &Context) -> Result<Seen, Error> {
		let Self { chain, place, .. } = self;
		let last = self.notes().map(|(_, place)| place.index).max().unwrap_or(place.index);
		let last = Place { index: last, ..*place };
		let progress = context.output.progress("waiting for a snapshot that has the consent");
		let first = Snapshot::with(chain, last).await?;
		drop(progress);
		let _progress = context.output.progress("reading the trees");
		let mut tree = Rebuilt::default();
		tree.grow(chain, place.tree, &first).await?;
		// Reading may have taken long, and a snapshot counts for two minutes: what came since is soon read.
		let snapshot = Snapshot::with(chain, last).await?;
		tree.grow(chain, place.tree, &snapshot).await?;
		let revocations = snapshot::revocations(chain, place.tree, &snapshot).await?;
		Ok(Seen { snapshot, tree, revocations })
	}

	/// Nullifier and proof of a consent of the patient.
	fn consent_proof(
		&self,
		key: &Key<ConsentAccess>,
		seen: &Seen,
		stated: Stated,
		consent: HeldNote,
	) -> Result<(Fr, Proof), Error> {
		let Files { provider, subject, .. } = self.files;
		let Stated { consent_root, request, scope, asked } = stated;
		let witness =
			ConsentAccessWitness { consent, provider: provider.secret(), salt: subject.salt() };
		let public = ConsentAccessPublic {
			consent_root,
			revocation_root: seen.revocations.root(),
			nullifier: witness.nullifier(scope),
			provider: provider.tag(),
			request,
			subject: witness.subject(),
			context: key.context(self.chain.genesis(), self.signer, &asked),
		};
		Ok((public.nullifier, key.prove(&public, &witness)?))
	}

	/// Nullifier and proof of a consent of a delegate.
	fn delegated_proof(
		&self,
		key: &Key<DelegatedAccess>,
		seen: &Seen,
		stated: Stated,
		delegation: HeldNote,
		consent: HeldNote,
	) -> Result<(Fr, Proof), Error> {
		let Files { provider, subject, .. } = self.files;
		let Stated { consent_root, request, scope, asked } = stated;
		let (provider_secret, salt) = (provider.secret(), subject.salt());
		let witness =
			DelegatedAccessWitness { delegation, consent, provider: provider_secret, salt };
		let public = DelegatedAccessPublic {
			consent_root,
			revocation_root: seen.revocations.root(),
			nullifier: witness.nullifier(scope),
			provider: provider.tag(),
			request,
			subject: witness.subject(),
			context: key.context(self.chain.genesis(), self.signer, &asked),
		};
		Ok((public.nullifier, key.prove(&public, &witness)?))
	}
}

impl Seen {
	/// The root of the consents, and a note as its holder proves it.
	fn held(&self, note: &KeptNote, place: Place) -> Result<(Fr, HeldNote), ShieldedError> {
		let (root, path) = self.tree.path(place, note.leaf().0, &self.snapshot)?;
		let (index, revocation) = (place.index, self.revocations.path(place.index));
		Ok((root, HeldNote { note: note.note().clone(), index, path, revocation }))
	}
}
