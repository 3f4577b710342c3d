//! Practitioners ask for access, each time with the proof that a consent permits it. No patient has one that is visible:
//! where one says it already, the chain looks at no proof.

use super::{
	given::{by_signer, Class, Given},
	snapshot::{place, Places, Snapshot},
	Progress,
};
use crate::{
	error::BenchError,
	load::Wanted,
	loads::measure,
	proving::{in_parallel, Key},
	scene::{Scene, REQUESTER},
	throughput::Throughput,
};
use hdx_primitives::{
	engine::terminology::purpose, operation_hash, AccessCircuit, AccessProof, AccessRequest,
	Action, ContextHash, Milliseconds, RequestedCodes, Role, ShieldedIndex, Target,
};
use hdx_sdk::chain::interface;
use hdx_zk_circuits::{
	circuits::{ConsentAccess, ConsentAccessPublic, ConsentAccessWitness, ConsentRevoke},
	note::{access_scope, HeldNote, Purpose, Request},
	prove::input_to_bytes,
	Asked, Context,
};

/// What shows that one was granted, and for its proof: a request that a visible consent permits is granted without. One
/// that is denied ends the run.
pub const WANTED: Wanted =
	Wanted { load: "access request, with a proof", pallet: "RecordAccess", event: "AccessProven" };
/// How long grants hold: as long as one by proof can, a quarter of an hour.
const QUARTER: Milliseconds = Milliseconds(15 * 60 * 1_000);

/// Proves and asks once under each consent, so that each proof has a nullifier of its own.
pub async fn run(
	scene: &Scene,
	key: &Key<ConsentAccess>,
	class: Class,
	given: &[Given<'_>],
	places: &Places,
	progress: Progress<'_>,
) -> Result<Throughput, BenchError> {
	progress("waiting for a snapshot that has the consents");
	let snapshot = Snapshot::newest(&scene.chain, places).await?;
	progress("proofs of access");
	let genesis = scene.chain.genesis();
	let asked = in_parallel(given, |one, generator| {
		let request = request(one, class)?;
		let asked = Asked::Access { request: operation_hash(&request).0 };
		let context = key.context(genesis, one.practitioner.signer, &asked);
		let place = place(places, &one.note)?;
		let (public, witness) = statement(one, class, place, &snapshot, context)?;
		let proof = AccessProof {
			snapshot: snapshot.number,
			tree: place.tree,
			nullifier: input_to_bytes(&public.nullifier),
			circuit: AccessCircuit::Consent,
			version: Key::<ConsentAccess>::VERSION,
			revoked_by: Key::<ConsentRevoke>::VERSION,
			proof: key.prove(&public, &witness, generator)?,
		};
		Ok((request, proof))
	})?;
	progress(WANTED.load);
	let calls = by_signer(given, asked, |(request, proof)| {
		let calls = interface::transactions().record_access();
		calls.request_access_by_proof(request.into(), None, proof.into())
	});
	let lanes = scene.first()?.sign(calls).await?;
	measure(scene, WANTED, lanes).await
}

/// What is asked for: to read what the consent covers, in the patient's record.
fn request(one: &Given<'_>, class: Class) -> Result<AccessRequest, BenchError> {
	let classes = RequestedCodes::try_from(vec![class.code]);
	let classes =
		classes.map_err(|_| BenchError::because(WANTED.load, "there is no room for a class"))?;
	Ok(AccessRequest {
		on_behalf_of: REQUESTER,
		role: Role::Physician,
		patient: one.patient.account.clone(),
		target: Target::Record(one.patient.record),
		purpose: purpose::TREAT,
		action: Action::Read,
		labels: Default::default(),
		classes,
		context: ContextHash([4; 32]),
		duration: QUARTER,
	})
}

/// What is proven about it, as the chain makes the same of what it knows, and with what.
fn statement(
	one: &Given<'_>,
	class: Class,
	place: ShieldedIndex,
	snapshot: &Snapshot,
	context: Context,
) -> Result<(ConsentAccessPublic, ConsentAccessWitness), BenchError> {
	let Snapshot { number, at, consents, revocations } = snapshot;
	let consent = HeldNote::new(one.note.clone(), place.leaf, consents, revocations);
	let consent = consent
		.map_err(|error| BenchError::because("the tree of consents", format!("{error:?}")))?;
	let (provider, salt) = (one.practitioner.secret.clone(), one.patient.salt);
	let witness = ConsentAccessWitness { consent, provider, salt };
	let scope = access_scope(*number, class.category, Purpose::TREATMENT);
	let request = Request::new(at.0, class.category, Purpose::TREATMENT, scope);
	let public = ConsentAccessPublic {
		consent_root: consents.root(),
		revocation_root: revocations.root(),
		nullifier: witness.nullifier(scope),
		provider: one.practitioner.tag(),
		request: request.map_err(BenchError::failed("the time of a snapshot"))?,
		subject: witness.subject(),
		context,
	};
	Ok((public, witness))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::loads::shielded::{
		given::tests::{class, Made},
		snapshot::tests::{places, snapshot},
	};
	use ark_std::rand::{rngs::StdRng, SeedableRng};
	use std::collections::BTreeSet;

	#[test]
	fn every_request_has_a_nullifier_of_its_own() {
		let made = Made::new(2, 3);
		let people = made.people();
		let given = people.give(class(), 9).unwrap();
		let places = places(&given);
		let snapshot = snapshot(&places);
		let nullifiers: BTreeSet<_> = given
			.iter()
			.map(|one| {
				let place = place(&places, &one.note).unwrap();
				let (public, _) =
					statement(one, class(), place, &snapshot, Context::default()).unwrap();
				public.nullifier
			})
			.collect();
		assert_eq!(nullifiers.len(), 9);
	}

	#[test]
	fn a_consent_is_proven_for_its_practitioner_and_for_nobody_else() {
		let made = Made::new(2, 2);
		let people = made.people();
		let mut given = people.give(class(), 4).unwrap();
		let places = places(&given);
		let snapshot = snapshot(&places);
		let key = Key::<ConsentAccess>::make().unwrap();
		let prove = |one: &Given<'_>| {
			let place = place(&places, &one.note).unwrap();
			let (public, witness) =
				statement(one, class(), place, &snapshot, Context::default()).unwrap();
			key.prove(&public, &witness, &mut StdRng::seed_from_u64(2)).is_ok()
		};
		let (mut last, first) = (given.pop().unwrap(), given.swap_remove(0));
		assert!(prove(&last));
		last.practitioner = first.practitioner;
		assert!(!prove(&last));
	}

	#[test]
	fn a_request_is_one_that_a_proof_can_be_about() {
		let made = Made::new(1, 1);
		let people = made.people();
		let given = people.give(class(), 1).unwrap();
		let request = request(given.first().unwrap(), class()).unwrap();
		// One class of one record, read for a quarter of an hour at most, without labels.
		assert_eq!((request.classes.len(), request.labels.len()), (1, 0));
		assert!(matches!(request.target, Target::Record(_)));
		assert_eq!((request.action, request.duration), (Action::Read, Milliseconds(900_000)));
	}
}
