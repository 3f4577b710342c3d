//! Proving keys in files, and proofs with them.

use super::element;
use crate::{
	commands::zk::{circuit, key, random},
	error::Error,
	files,
	shielded_error::ShieldedError,
	zk_error::ZkError,
};
use hdx_primitives::{AccountId, CircuitId, CircuitVersion, Proof, ProofRefusal, H256};
use hdx_sdk::{
	chain::{AtBlock, Chain, CircuitView, Signer},
	commitment,
};
use hdx_zk_circuits::{
	circuits::Circuit,
	prove::{CompiledProver, KeyError, Provable},
	AnyCircuit, Asked, Binding, Context as ProofContext, KeyOrigin,
};
use std::path::{Path, PathBuf};

/// Largest proving key, in bytes.
const MAX_KEY_BYTES: u64 = 256 * 1024 * 1024;

/// With which key is proven, and as which version of the circuit.
#[derive(Debug, clap::Args)]
pub struct Proving {
	/// The proving key of the circuit.
	#[arg(long, value_name = "FILE")]
	proving_key: PathBuf,
	/// The version of the circuit, as `hdx zk list` shows it.
	#[arg(long, value_name = "N")]
	version: u32,
	/// The digest of the proving key, as its makers published it: any other key is refused.
	#[arg(long, value_name = "0xHASH", value_parser = element::bytes)]
	digest: Option<[u8; 32]>,
}

/// The proving key of a version of a circuit.
pub struct Key<C: Circuit> {
	path: PathBuf,
	version: u32,
	/// BLAKE2-256 of the verifying key that belongs to it.
	verifying: H256,
	prover: Box<dyn CompiledProver<C>>,
}

/// The name of a circuit, which stays when it changes.
fn name<C: Circuit>() -> &'static str {
	AnyCircuit::numbered(C::NUMBER).map_or(C::NAME, AnyCircuit::name)
}

impl Proving {
	/// With the key in a file that nobody else touched.
	pub fn of(proving_key: PathBuf, version: u32) -> Self {
		Self { proving_key, version, digest: None }
	}

	/// Reads the key, and fails where it is not one of the circuit as this program knows it.
	pub fn read<C: Provable>(&self) -> Result<Key<C>, Error> {
		let path = &self.proving_key;
		let bytes = files::read(path, MAX_KEY_BYTES)?;
		let digest = self.digest.unwrap_or_else(|| commitment::public(&bytes));
		let prover = C::prover(&bytes, digest);
		let prover = prover.map_err(|source| refused::<C>(path, &bytes, source))?;
		let verifying = H256(commitment::public(&prover.verifying_key()));
		Ok(Key { path: path.clone(), version: self.version, verifying, prover })
	}
}

/// Why the bytes of a file are no proving key of a circuit.
fn refused<C: Circuit>(path: &Path, bytes: &[u8], source: KeyError) -> Error {
	let (path, circuit) = (path.to_owned(), name::<C>());
	match AnyCircuit::of_key(bytes) {
		Some(other) if other.number() != C::NUMBER => {
			ZkError::OtherCircuit { path, circuit, found: other.name() }.into()
		},
		_ => ShieldedError::ProvingKey { path, circuit, source }.into(),
	}
}

impl<C: Circuit> Key<C> {
	/// The version.
	pub fn version(&self) -> u32 {
		self.version
	}

	/// What a key of this origin is worth, where that is to be said.
	pub fn warning(&self) -> Option<&'static str> {
		(self.prover.origin() == KeyOrigin::Development).then_some(key::DEVELOPMENT)
	}

	/// Fails where the chain would not believe what is proven with it.
	pub async fn ensure_believed_by(&self, chain: &Chain) -> Result<(), Error> {
		let version = CircuitVersion { circuit: CircuitId(C::NUMBER), version: self.version };
		let registered = chain.circuits(AtBlock::Best).await?;
		self.ensure_registered(registered.iter().find(|found| found.circuit == version))
	}

	fn ensure_registered(&self, found: Option<&CircuitView>) -> Result<(), Error> {
		let refused = |refusal| Error::from(ZkError::refused(refusal));
		let found = found.ok_or_else(|| refused(ProofRefusal::CircuitUnknown))?;
		if found.relation.0 != C::RELATION {
			return Err(refused(ProofRefusal::WrongRelation));
		}
		if found.key != self.verifying {
			return Err(ShieldedError::OtherKey {
				path: self.path.clone(),
				registered: circuit::shown(found.circuit),
				expected: hex::encode(found.key),
				found: hex::encode(self.verifying),
			}
			.into());
		}
		if !found.is_active() {
			return Err(refused(ProofRefusal::CircuitNotActive));
		}
		Ok(())
	}

	/// What a proof is bound to that goes with what a signer asks a chain for.
	pub fn context(&self, genesis: [u8; 32], signer: &Signer, asked: &Asked) -> ProofContext {
		self.context_for(genesis, &signer.account(), asked)
	}

	/// The same, where somebody else is going to sign.
	pub fn context_for(
		&self,
		genesis: [u8; 32],
		signer: &AccountId,
		asked: &Asked,
	) -> ProofContext {
		let signer: &[u8; 32] = signer.as_ref();
		ProofContext::new(&Binding {
			genesis,
			circuit: C::NUMBER,
			version: self.version,
			signer: *signer,
			request: asked.hash(),
		})
	}

	/// Proves it, and verifies the proof.
	pub fn prove(&self, public: &C::Public, witness: &C::Witness) -> Result<Proof, Error> {
		let mut generator = random::generator()?;
		let proof = self.prover.prove(public, witness, &mut generator);
		let proof = proof.map_err(|error| ShieldedError::NotProven {
			circuit: name::<C>(),
			why: error.to_string(),
		})?;
		Ok(Proof(proof.to_bytes()))
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

	use super::*;
	use crate::commands::shielded::wallet::Wallet;
	use ark_std::rand::{rngs::StdRng, SeedableRng};
	use hdx_sdk::chain::{self, CircuitStatus};
	use hdx_zk_circuits::{
		circuits::{ConsentGrant, ConsentGrantPublic, ConsentGrantWitness, ConsentRevoke},
		note::{Authority, Note, Policy, ProviderTag, Recipient, Secret},
		prove::input_to_bytes,
		DevelopmentKeys, Fr,
	};
	use std::{fs, sync::LazyLock};

	/// Keys of `consent_grant`.
	static KEYS: LazyLock<DevelopmentKeys> = LazyLock::new(|| {
		let mut generator = StdRng::seed_from_u64(5);
		AnyCircuit::ConsentGrant.setup_dev(&mut generator).unwrap()
	});

	/// A file with a key, and how it is named.
	struct Scene {
		_directory: tempfile::TempDir,
		proving: Proving,
	}

	fn scene(bytes: &[u8], digest: Option<[u8; 32]>) -> Scene {
		let directory = tempfile::tempdir().unwrap();
		let proving_key = directory.path().join("key");
		fs::write(&proving_key, bytes).unwrap();
		Scene { _directory: directory, proving: Proving { proving_key, version: 1, digest } }
	}

	fn key() -> Key<ConsentGrant> {
		scene(&KEYS.proving, None).proving.read().unwrap()
	}

	#[test]
	fn a_key_fails_when_it_is_of_another_circuit_or_none() {
		assert_eq!(key().warning(), Some(key::DEVELOPMENT));
		let published = commitment::public(&KEYS.proving);
		assert!(scene(&KEYS.proving, Some(published)).proving.read::<ConsentGrant>().is_ok());

		let code = |bytes: &[u8], digest| {
			let read = scene(bytes, digest).proving.read::<ConsentGrant>();
			read.err().map(|error| error.code())
		};
		let other = scene(&KEYS.proving, None).proving.read::<ConsentRevoke>().err().unwrap();
		assert_eq!(other.code(), "other-circuit");
		assert!(other.to_string().contains("consent_grant"), "{other}");
		assert_eq!(code(&KEYS.proving, Some([7; 32])), Some("proving-key"));
		let cut = &KEYS.proving[..KEYS.proving.len() - 1];
		let relabelled = [&b"hdx-something-v1"[..], &KEYS.proving[16..]].concat();
		let others: [&[u8]; 5] = [&KEYS.verifying, &[], b"no key at all", cut, &relabelled];
		for bytes in others {
			assert_eq!(code(bytes, None), Some("proving-key"));
		}
	}

	#[test]
	fn a_key_fails_when_the_chain_would_not_believe_it() {
		let key = key();
		let found = CircuitView {
			circuit: circuit::version(AnyCircuit::ConsentGrant, 1),
			status: CircuitStatus::Active { attested: 3, needed: 3 },
			origin: chain::KeyOrigin::Development,
			relation: H256(ConsentGrant::RELATION),
			key: H256(commitment::public(&KEYS.verifying)),
			transcript: H256([9; 32]),
			arity: 2,
		};
		assert!(key.ensure_registered(Some(&found)).is_ok());
		let refused = |found: Option<&CircuitView>| {
			let error = key.ensure_registered(found).unwrap_err();
			assert!(error.help().is_some(), "{error}");
			error.refusal().unwrap_or_else(|| error.code()).to_owned()
		};
		assert_eq!(refused(None), "CircuitUnknown");
		let suspended = CircuitView { status: CircuitStatus::Suspended, ..found };
		assert_eq!(refused(Some(&suspended)), "CircuitNotActive");
		let later = CircuitView { relation: H256([7; 32]), ..found };
		assert_eq!(refused(Some(&later)), "WrongRelation");
		let other = CircuitView { key: H256([7; 32]), ..found };
		assert_eq!(refused(Some(&other)), "other-key");
	}

	#[test]
	fn what_is_proven_holds_under_the_verifying_key_for_its_signer_alone() {
		let key = key();
		let authority = Authority::patient(Secret::new(Fr::from(11u64)));
		let patient = authority.patient_key();
		let note = Note {
			granter: patient,
			recipient: Recipient::provider(ProviderTag(Fr::from(7u64)), patient),
			policy: Policy::new(1, 1, 3, 9).unwrap(),
			nonce: Fr::from(33u64),
		};
		let leaf = note.leaf();
		let signer = |name| Signer::read(name).unwrap();
		let context = |name| key.context([1; 32], &signer(name), &Asked::Append { leaf });
		let public = ConsentGrantPublic { leaf, context: context("//Alice") };
		let witness = ConsentGrantWitness { note, authority };
		let Proof(proof) = key.prove(&public, &witness).unwrap();
		let holds = |name| {
			let inputs = [leaf, context(name).element()].map(|input| input_to_bytes(&input));
			AnyCircuit::ConsentGrant.verify(&KEYS.verifying, &inputs, &proof).is_ok()
		};
		assert!(holds("//Alice") && !holds("//Bob"));

		// Of somebody else's note there is no proof.
		let thief = Authority::patient(Secret::new(Fr::from(12u64)));
		let stolen = ConsentGrantWitness { authority: thief, note: witness.note.clone() };
		let error = key.prove(&public, &stolen).unwrap_err();
		assert_eq!(error.code(), "not-proven");
		assert!(error.to_string().contains("Patient"), "{error}");
	}

	#[test]
	fn a_guardian_proves_in_the_patients_place() {
		let key = key();
		let mut generator = random::generator().unwrap();
		let guardian = Wallet::new(&mut generator);
		let patient = Wallet::with_guardian(guardian.own_key(), &mut generator);
		let acting = guardian.as_guardian_of(patient.own_key());
		let (policy, genesis) = (Policy::new(1, 1, 3, 9).unwrap(), "0x07".to_owned());
		let given = patient.draw(ProviderTag(Fr::from(7u64)), policy, genesis, &mut generator);
		let (leaf, alice) = (given.leaf().0, Signer::read("//Alice").unwrap());
		let context = key.context([1; 32], &alice, &Asked::Append { leaf });
		let public = ConsentGrantPublic { leaf, context };
		for (wallet, may) in [(&patient, true), (&acting, true), (&guardian, false)] {
			let (note, authority) = (given.note().clone(), wallet.authority().clone());
			let witness = ConsentGrantWitness { note, authority };
			assert_eq!(key.prove(&public, &witness).is_ok(), may, "{wallet:?}");
		}
	}
}
