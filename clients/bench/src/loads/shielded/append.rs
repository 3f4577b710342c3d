//! Consents are appended, each with the proof that whoever it says gave it did.

use super::{
	given::{by_signer, Given},
	snapshot::Places,
	Progress,
};
use crate::{
	error::BenchError,
	load::{self, Seen, Wanted},
	loads::throughput,
	proving::{in_parallel, Key},
	scene::Scene,
	throughput::Throughput,
};
use hdx_sdk::chain::interface::{self, shielded_consent::events::ConsentAppended};
use hdx_zk_circuits::{
	circuits::{ConsentGrant, ConsentGrantPublic, ConsentGrantWitness},
	prove::input_to_bytes,
	Asked,
};

/// What shows that a consent was appended.
pub const WANTED: Wanted = Wanted {
	load: "shielded consent, with a proof",
	pallet: "ShieldedConsent",
	event: "ConsentAppended",
};

/// Proves and appends all, and tells where each is.
pub async fn run(
	scene: &Scene,
	key: &Key<ConsentGrant>,
	given: &[Given<'_>],
	progress: Progress<'_>,
) -> Result<(Throughput, Places), BenchError> {
	progress("proofs of consents");
	let genesis = scene.chain.genesis();
	let proven = in_parallel(given, |one, generator| {
		let leaf = one.note.leaf();
		let context = key.context(genesis, one.practitioner.signer, &Asked::Append { leaf });
		let public = ConsentGrantPublic { leaf, context };
		let (note, authority) = (one.note.clone(), one.patient.authority.clone());
		let witness = ConsentGrantWitness { note, authority };
		Ok((input_to_bytes(&leaf), key.prove(&public, &witness, generator)?))
	})?;
	progress(WANTED.load);
	let calls = by_signer(given, proven, |(leaf, proof)| {
		let calls = interface::transactions().shielded_consent();
		calls.append(leaf, Key::<ConsentGrant>::VERSION, proof.into())
	});
	let lanes = scene.first()?.sign(calls).await?;
	let mut places = Places::new();
	let mut visit = |event: &Seen<'_>| -> Result<(), BenchError> {
		if let Some(fields) = event.decode_fields_as::<ConsentAppended>() {
			let fields = fields.map_err(BenchError::failed("an event"))?;
			places.insert(fields.leaf, fields.index.0);
		}
		Ok(())
	};
	let blocks = load::run(&scene.connections, WANTED, lanes, &mut visit).await?;
	Ok((throughput(WANTED, &blocks)?, places))
}
