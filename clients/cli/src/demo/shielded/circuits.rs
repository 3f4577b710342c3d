//! The circuits of the flow: development keys, and a version of each whose proofs the chain accepts.

use crate::{
	commands::{
		shielded::proving::Proving,
		zk::{circuit, key::Key, setup_dev},
		Context,
	},
	demo::{narrator::Narrator, DemoError, Scene},
};
use hdx_primitives::{CircuitVersion, H256};
use hdx_sdk::{
	chain::{AtBlock, Chain, ChainError, InstitutionKind, Signer, Until},
	commitment,
};
use hdx_zk_circuits::AnyCircuit;
use std::{
	fs,
	path::{Path, PathBuf},
};

/// The circuits that giving, proving and revoking take.
const USED: [AnyCircuit; 3] =
	[AnyCircuit::ConsentGrant, AnyCircuit::ConsentAccess, AnyCircuit::ConsentRevoke];

/// Who may do alone what governance may, on a development chain.
const GOVERNANCE: &str = "//Ferdie";

/// Who operates the hospital that the flow adds where a third one is needed. The same in each run.
const THIRD_OPERATOR: &str = "//hdx-demo//third-hospital";

/// A version of a circuit whose proofs the chain accepts.
pub struct Active {
	proving_key: PathBuf,
	/// The version.
	pub version: u32,
}

/// The versions of the flow.
pub struct Circuits {
	/// Of `consent_grant`.
	pub grant: Active,
	/// Of `consent_access`.
	pub access: Active,
	/// Of `consent_revoke`.
	pub revoke: Active,
}

impl Active {
	/// What it is proven with.
	pub fn proving(&self) -> Proving {
		Proving::of(self.proving_key.clone(), self.version)
	}
}

/// Makes what keys are missing, and has a version of each circuit with them activated, unless the chain has it.
pub async fn activate(
	scene: Scene<'_>,
	context: &Context,
	narrator: &mut Narrator,
) -> Result<Circuits, DemoError> {
	let chain = scene.chain;
	let governance = Signer::read(GOVERNANCE)?;
	ensure_development(chain, &governance).await?;
	let [grant, access, revoke] = USED;
	let keys = [
		kept_key(grant, scene.data, context, narrator)?,
		kept_key(access, scene.data, context, narrator)?,
		kept_key(revoke, scene.data, context, narrator)?,
	];

	let mut versions = Vec::new();
	for kept in &keys {
		versions.push(registered(chain, &governance, kept).await?);
	}
	let operators = operators(scene, &governance, narrator).await?;
	let [first, second, third] = &operators;
	tokio::try_join!(
		attest(chain, first, &versions),
		attest(chain, second, &versions),
		attest(chain, third, &versions),
	)?;
	let mut activated = 0u32;
	for version in &versions {
		if !chain.circuit(*version, AtBlock::Best).await?.is_active() {
			chain.activate_circuit(&governance, *version, Until::InBlock).await?;
			activated = activated.saturating_add(1);
		}
	}
	let shown: Vec<_> = versions.iter().copied().map(circuit::shown).collect();
	narrator.step(match activated {
		0 => format!("the chain accepts proofs of {} since an earlier run", shown.join(", ")),
		_ => format!(
			"governance registered {}, three institutions attested the keys, governance activated them",
			shown.join(", ")
		),
	});
	narrator.detail("keys of one party: whoever made them can prove what is false, so chains for production refuse them");
	let mut active = keys
		.into_iter()
		.zip(&versions)
		.map(|(kept, version)| Active { proving_key: kept.proving_key, version: version.version });
	let (Some(grant), Some(access), Some(revoke)) = (active.next(), active.next(), active.next())
	else {
		return Err(DemoError::unexpected("the circuits", "three versions", shown.join(", ")));
	};
	Ok(Circuits { grant, access, revoke })
}

/// Fails on a chain where nobody could activate keys of a single party.
async fn ensure_development(chain: &Chain, governance: &Signer) -> Result<(), DemoError> {
	let lacking = |what: String| Err(DemoError::NotADevelopmentChain(what));
	if !chain.accepts_development_keys(AtBlock::Best).await? {
		return lacking("this one takes no development keys of circuits".to_owned());
	}
	if chain.sudo_key().await? != Some(governance.account()) {
		return lacking(format!("the sudo key of this one is not {GOVERNANCE}'s"));
	}
	match chain.needed_attestations().await? {
		0..=3 => Ok(()),
		needed => lacking(format!("{needed} institutions have to attest a key, there are three")),
	}
}

/// Development keys in files.
struct Kept {
	circuit: AnyCircuit,
	proving_key: PathBuf,
	verifying: Key,
}

/// The keys that an earlier run left, or new ones.
fn kept_key(
	circuit: AnyCircuit,
	data: &Path,
	context: &Context,
	narrator: &mut Narrator,
) -> Result<Kept, DemoError> {
	let directory = directory(circuit, data);
	let is_new = !directory.is_dir();
	if is_new {
		make(circuit, &directory, context)?;
	}
	let verifying = Key::read(&setup_dev::verifying_key(&directory, circuit), circuit)?;
	let proving_key = setup_dev::proving_key(&directory, circuit);
	let file = fs::metadata(&proving_key).map_err(|error| DemoError::file(&proving_key, error))?;
	narrator.step(if is_new {
		format!(
			"made development keys of {circuit}: {} KiB to prove with, which a later run with the same --data takes",
			file.len() / 1024,
		)
	} else {
		format!("took the development keys of {circuit} that an earlier run made")
	});
	narrator.detail(directory.display().to_string());
	Ok(Kept { circuit, proving_key, verifying })
}

/// Where the keys of a circuit are. A circuit that was changed has others, and another place.
fn directory(circuit: AnyCircuit, data: &Path) -> PathBuf {
	let relation = hex::encode(circuit.relation());
	let begin = relation.get(..16).unwrap_or(&relation);
	data.join("circuits").join(format!("{circuit}-{begin}"))
}

/// Makes keys beside their place, and puts them there at once: whoever is interrupted leaves no half of them.
fn make(circuit: AnyCircuit, directory: &Path, context: &Context) -> Result<(), DemoError> {
	let parent = directory.parent().unwrap_or(directory);
	let failed = |error: std::io::Error| DemoError::file(directory, error);
	fs::create_dir_all(parent).map_err(failed)?;
	let making = tempfile::Builder::new().prefix(".making-").tempdir_in(parent).map_err(failed)?;
	let made = making.path().join("keys");
	setup_dev::make(circuit, &made, context)?;
	fs::rename(&made, directory).map_err(failed)
}

/// The version of a circuit that has this key. Another one is registered where none has.
async fn registered(
	chain: &Chain,
	governance: &Signer,
	kept: &Kept,
) -> Result<CircuitVersion, DemoError> {
	let first = circuit::version(kept.circuit, 1);
	let known = chain.circuits(AtBlock::Best).await?;
	let mut last = None;
	for found in known.iter().filter(|found| found.circuit.circuit == first.circuit) {
		if found.key == kept.verifying.digest {
			return Ok(found.circuit);
		}
		last = last.max(Some(found.circuit.version));
	}
	let version = last.map_or(1, |last: u32| last.saturating_add(1));
	let next = CircuitVersion { version, ..first };
	// There was no ceremony, and so there is no transcript.
	let transcript = H256(commitment::public(b"development keys of the demo"));
	let key = kept.verifying.bytes.clone();
	chain.register_circuit(governance, next, key, transcript, Until::InBlock).await?;
	Ok(next)
}

/// Who attests: the two hospitals of the flow, and a third one, which is registered where it is not there.
async fn operators(
	scene: Scene<'_>,
	governance: &Signer,
	narrator: &mut Narrator,
) -> Result<[Signer; 3], DemoError> {
	let Scene { chain, cast, .. } = scene;
	let third = Signer::read(THIRD_OPERATOR)?;
	match chain.operated_by(&third.account()).await {
		Ok(_) => {},
		Err(ChainError::NotFound { .. }) => {
			let profile = commitment::public(b"the third hospital of the demo");
			let kind = InstitutionKind::Hospital;
			let id = chain
				.register_institution(governance, third.account(), kind, profile, Until::InBlock)
				.await?;
			narrator.step(format!(
				"governance registered institution {}, as three have to attest a circuit's key",
				id.0
			));
		},
		Err(error) => return Err(error.into()),
	}
	Ok([cast.custodian.clone(), cast.requester.clone(), third])
}

/// Attests what an institution has not attested, and is not active.
async fn attest(
	chain: &Chain,
	operator: &Signer,
	versions: &[CircuitVersion],
) -> Result<(), DemoError> {
	let institution = chain.operated_by(&operator.account()).await?;
	for version in versions {
		let found = chain.circuit(*version, AtBlock::Best).await?;
		let attested = chain.circuit_attestations(*version, AtBlock::Best).await?;
		if found.is_active() || attested.contains(&institution) {
			continue;
		}
		chain
			.attest_circuit(operator, *version, found.key, found.transcript, Until::InBlock)
			.await?;
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::output::Output;

	#[test]
	fn keys_are_made_once_and_anew_where_they_are_gone() {
		let data = tempfile::tempdir().unwrap();
		let context = Context { url: String::new(), output: Output::new(true) };
		let mut narrator = Narrator::new(true);
		let mut kept =
			|| kept_key(AnyCircuit::ConsentGrant, data.path(), &context, &mut narrator).unwrap();
		let first = kept();
		assert_eq!(kept().verifying.digest, first.verifying.digest);
		// Nothing is left of the making, and the keys belong to each other.
		let names = fs::read_dir(data.path().join("circuits")).unwrap().count();
		assert_eq!(names, 1);
		let active = Active { proving_key: first.proving_key.clone(), version: 1 };
		active.proving().read::<hdx_zk_circuits::circuits::ConsentGrant>().unwrap();

		fs::remove_dir_all(first.proving_key.parent().unwrap()).unwrap();
		assert_ne!(kept().verifying.digest, first.verifying.digest);
	}
}
