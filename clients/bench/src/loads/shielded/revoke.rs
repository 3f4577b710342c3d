//! Consents are revoked, each with the proof that it is the patient's to revoke.

use super::{
	given::{by_signer, Given},
	snapshot::{place, Places, Snapshot},
	Progress,
};
use crate::{
	error::BenchError,
	load::Wanted,
	loads::measure,
	proving::{in_parallel, Key},
	scene::Scene,
	throughput::Throughput,
};
use hdx_sdk::chain::interface;
use hdx_zk_circuits::{
	circuits::{ConsentRevoke, ConsentRevokePublic, ConsentRevokeWitness},
	Asked,
};

/// What shows that one was revoked.
pub const WANTED: Wanted = Wanted {
	load: "shielded revocation, with a proof",
	pallet: "ShieldedConsent",
	event: "ConsentRevoked",
};

/// Proves and revokes all.
pub async fn run(
	scene: &Scene,
	key: &Key<ConsentRevoke>,
	given: &[Given<'_>],
	places: &Places,
	progress: Progress<'_>,
) -> Result<Throughput, BenchError> {
	// Another one than that of the requests, which is old by now.
	let snapshot = Snapshot::newest(&scene.chain, places).await?;
	progress("proofs of revocations");
	let genesis = scene.chain.genesis();
	let proven = in_parallel(given, |one, generator| {
		let place = place(places, &one.note)?;
		let asked = Asked::Revoke { tree: place.tree, leaf: place.leaf };
		let public = ConsentRevokePublic {
			consent_root: snapshot.consents.root(),
			index: place.leaf,
			context: key.context(genesis, one.practitioner.signer, &asked),
		};
		let path = snapshot.consents.path(place.leaf);
		let path = path
			.map_err(|error| BenchError::because("the tree of consents", format!("{error:?}")))?;
		let (note, authority) = (one.note.clone(), one.patient.authority.clone());
		let witness = ConsentRevokeWitness { note, path, authority };
		Ok((place, key.prove(&public, &witness, generator)?))
	})?;
	progress(WANTED.load);
	let number = snapshot.number;
	let calls = by_signer(given, proven, |(place, proof)| {
		let calls = interface::transactions().shielded_consent();
		calls.revoke(place.into(), number, Key::<ConsentRevoke>::VERSION, proof.into())
	});
	let lanes = scene.first()?.sign(calls).await?;
	measure(scene, WANTED, lanes).await
}
