//! Consents that nobody sees: appended with a proof each, revoked with another.
//!
//! The secrets and the keys are made of fixed seeds, as on no chain that anybody uses: whoever knows them proves what is
//! false. What proving and verifying cost is the same.

use super::{measure, throughput};
use crate::{
	accounts::shares,
	connection::Lane,
	error::BenchError,
	load::{self, Seen, Wanted},
	proving::{in_parallel, Key},
	scene::Scene,
	throughput::Throughput,
};
use hdx_primitives::{Proof, ShieldedIndex};
use hdx_sdk::chain::{
	interface::{self, shielded_consent::events::ConsentAppended},
	AtBlock, Chain, ShieldedRoots,
};
use hdx_zk_circuits::{
	circuits::{
		ConsentGrant, ConsentGrantPublic, ConsentGrantWitness, ConsentRevoke, ConsentRevokePublic,
		ConsentRevokeWitness,
	},
	merkle::ConsentTree,
	note::{Authority, Note, Policy, ProviderTag, Recipient, Secret, TIME_LIMIT},
	prove::{input_from_bytes, input_to_bytes},
	Asked, Fr,
};
use std::{
	collections::BTreeMap,
	time::{Duration, Instant},
};
use subxt_signer::sr25519::Keypair;

/// What shows that a consent was appended.
const APPENDED: Wanted = Wanted {
	load: "shielded consent, with a proof",
	pallet: "ShieldedConsent",
	event: "ConsentAppended",
};
/// What shows that one was revoked.
const REVOKED: Wanted = Wanted {
	load: "shielded revocation, with a proof",
	pallet: "ShieldedConsent",
	event: "ConsentRevoked",
};
/// How long a snapshot is waited for: the chain makes one each half minute.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often it is looked for.
const POLL: Duration = Duration::from_secs(1);

/// A consent, and who sends what is proven about it.
struct Given<'a> {
	note: Note,
	signer: &'a Keypair,
}

/// What is said while it takes long.
pub type Progress<'a> = &'a dyn Fn(&str);

/// What became of both loads.
#[derive(Clone, Copy, Debug)]
pub struct Shielded {
	/// The consents that were appended.
	pub appended: (Wanted, Throughput),
	/// The revocations.
	pub revoked: (Wanted, Throughput),
}

impl Shielded {
	/// Appends so many consents, and revokes all of them.
	pub async fn run(
		scene: &Scene,
		count: usize,
		progress: Progress<'_>,
	) -> Result<Self, BenchError> {
		progress("keys of the circuits");
		let genesis = scene.chain.genesis();
		let (grant, revoke) = (Key::<ConsentGrant>::make()?, Key::<ConsentRevoke>::make()?);
		crate::proving::activate(&scene.chain, &[grant.registered(), revoke.registered()]).await?;

		let authority = Authority::patient(Secret::new(Fr::from(11u64)));
		let given = given(scene, &authority, count)?;
		progress("proofs of consents");
		let proofs = in_parallel(&given, |one, generator| {
			let leaf = one.note.leaf();
			let context = grant.context(genesis, one.signer, &Asked::Append { leaf });
			let public = ConsentGrantPublic { leaf, context };
			let witness =
				ConsentGrantWitness { note: one.note.clone(), authority: authority.clone() };
			grant.prove(&public, &witness, generator)
		})?;
		progress(APPENDED.load);
		let (appended, places) = append(scene, &given, proofs).await?;

		progress("waiting for a snapshot that has them");
		let (snapshot, roots) = snapshot(&scene.chain, count).await?;
		let tree = tree(&places, &roots)?;
		progress("proofs of revocations");
		let proofs = in_parallel(&given, |one, generator| {
			let place = place(&places, &one.note)?;
			let asked = Asked::Revoke { tree: place.tree, leaf: place.leaf };
			let public = ConsentRevokePublic {
				consent_root: tree.root(),
				index: place.leaf,
				context: revoke.context(genesis, one.signer, &asked),
			};
			let path = tree.path(place.leaf);
			let path = path.map_err(|error| {
				BenchError::because("the tree of consents", format!("{error:?}"))
			})?;
			let witness =
				ConsentRevokeWitness { note: one.note.clone(), path, authority: authority.clone() };
			Ok((place, revoke.prove(&public, &witness, generator)?))
		})?;
		progress(REVOKED.load);
		let calls = by_signer(&given, proofs, |(place, proof)| {
			let calls = interface::transactions().shielded_consent();
			calls.revoke(place.into(), snapshot, Key::<ConsentRevoke>::VERSION, proof.into())
		});
		let lanes = scene.first()?.sign(calls).await?;
		let revoked = measure(scene, REVOKED, lanes).await?;
		Ok(Self { appended: (APPENDED, appended), revoked: (REVOKED, revoked) })
	}
}

/// So many consents of one patient, each another, shared out to the practitioners, who send.
fn given<'a>(
	scene: &'a Scene,
	authority: &Authority,
	count: usize,
) -> Result<Vec<Given<'a>>, BenchError> {
	let patient = authority.patient_key();
	let recipient = Recipient::provider(ProviderTag(Fr::from(7u64)), patient);
	let policy = Policy::new(1, 1, 0, TIME_LIMIT.saturating_sub(1))
		.map_err(|error| BenchError::because("a shielded policy", format!("{error:?}")))?;
	let senders = &scene.cast.practitioners;
	let signers = senders
		.iter()
		.zip(shares(count, senders.len()))
		.flat_map(|(signer, share)| std::iter::repeat_n(signer, share));
	Ok((1u64..)
		.zip(signers)
		.map(|(nonce, signer)| {
			let nonce = Fr::from(nonce);
			Given { note: Note { granter: patient, recipient, policy, nonce }, signer }
		})
		.collect())
}

/// The calls of each signer. Consents of one signer follow each other.
fn by_signer<'a, P, C>(
	given: &[Given<'a>],
	proven: Vec<P>,
	call: impl Fn(P) -> C,
) -> Vec<(&'a Keypair, Vec<C>)> {
	let mut calls: Vec<(&Keypair, Vec<C>)> = Vec::new();
	for (one, proven) in given.iter().zip(proven) {
		let call = call(proven);
		match calls.last_mut() {
			Some((signer, own)) if signer.public_key().0 == one.signer.public_key().0 => {
				own.push(call);
			},
			_ => calls.push((one.signer, vec![call])),
		}
	}
	calls
}

/// Appends, and gives where each leaf is.
async fn append(
	scene: &Scene,
	given: &[Given<'_>],
	proofs: Vec<Proof>,
) -> Result<(Throughput, BTreeMap<[u8; 32], ShieldedIndex>), BenchError> {
	let leaves = given.iter().map(|one| input_to_bytes(&one.note.leaf()));
	let proven: Vec<_> = leaves.zip(proofs).collect();
	let calls = by_signer(given, proven, |(leaf, proof)| {
		let calls = interface::transactions().shielded_consent();
		calls.append(leaf, Key::<ConsentGrant>::VERSION, proof.into())
	});
	let lanes: Vec<Lane> = scene.first()?.sign(calls).await?;
	let mut places = BTreeMap::new();
	let mut visit = |event: &Seen<'_>| -> Result<(), BenchError> {
		if let Some(fields) = event.decode_fields_as::<ConsentAppended>() {
			let fields = fields.map_err(BenchError::failed("an event"))?;
			places.insert(fields.leaf, fields.index.0);
		}
		Ok(())
	};
	let blocks = load::run(&scene.connections, APPENDED, lanes, &mut visit).await?;
	Ok((throughput(APPENDED, &blocks)?, places))
}

/// The newest snapshot, once it has so many consents.
async fn snapshot(chain: &Chain, count: usize) -> Result<(u32, ShieldedRoots), BenchError> {
	let since = Instant::now();
	loop {
		let newest = chain.shielded_snapshots(AtBlock::Finalized).await?.last().copied();
		if let Some(newest) = newest {
			let roots = chain.shielded_roots(0, newest.number, AtBlock::Finalized).await?;
			let whole = roots.ok().filter(|roots| usize::try_from(roots.count) == Ok(count));
			if let Some(roots) = whole {
				return Ok((newest.number, roots));
			}
		}
		if since.elapsed() > PATIENCE {
			return Err(BenchError::because(REVOKED.load, "no snapshot has the consents"));
		}
		tokio::time::sleep(POLL).await;
	}
}

/// The tree of the consents, if it is the one of the snapshot.
fn tree(
	places: &BTreeMap<[u8; 32], ShieldedIndex>,
	roots: &ShieldedRoots,
) -> Result<ConsentTree, BenchError> {
	let other = || BenchError::because("the tree of consents", "it is not that of the snapshot");
	let mut leaves: Vec<_> = places.iter().map(|(leaf, place)| (place.leaf, leaf)).collect();
	leaves.sort_unstable();
	let leaves = leaves.into_iter().map(|(_, leaf)| input_from_bytes(leaf));
	let leaves = leaves.collect::<Result<Vec<Fr>, _>>().map_err(|_| other())?;
	let tree = ConsentTree::of(leaves).map_err(|_| other())?;
	(input_to_bytes(&tree.root()) == roots.consents).then_some(tree).ok_or_else(other)
}

fn place(
	places: &BTreeMap<[u8; 32], ShieldedIndex>,
	note: &Note,
) -> Result<ShieldedIndex, BenchError> {
	let found = places.get(&input_to_bytes(&note.leaf())).copied();
	found.ok_or_else(|| BenchError::because(APPENDED.load, "a consent has no place"))
}
