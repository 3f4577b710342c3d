//! The patient takes the consent back, and what is proven with it ends.

use super::{
	circuits::Circuits,
	consent::Given,
	expect_denial, expect_refusal_here,
	request::{Asking, Proofs},
	POLL,
};
use crate::{
	commands::{
		shielded::{
			place::Which,
			revoke::{self, Revoking},
			wallet::Wallet,
		},
		Context,
	},
	demo::{
		access::{expect_refusal, Opened},
		cast::salted,
		narrator::Narrator,
		DemoError, Scene,
	},
};
use hdx_primitives::{AccessProof, DenialReason};
use hdx_sdk::chain::{AtBlock, Chain, Until};
use hdx_zk_circuits::circuits::ConsentRevoke;
use std::time::{Duration, Instant};

/// How long the next snapshot is waited for: the chain takes one every half minute.
const UNTIL_NEXT: Duration = Duration::from_secs(90);
/// How long it is waited until a snapshot counts no more: it does for two minutes at most.
const UNTIL_TOO_OLD: Duration = Duration::from_secs(180);

/// The consent is revoked, and the grant, which goes on without it, withdrawn.
pub async fn take_back(
	scene: Scene<'_>,
	given: &Given,
	circuits: &Circuits,
	opened: &Opened,
	context: &Context,
	narrator: &mut Narrator,
) -> Result<(), DemoError> {
	let Scene { chain, cast, record, .. } = scene;
	let key = circuits.revoke.proving().read::<ConsentRevoke>()?;
	let wallet = Wallet::read(&given.wallet)?;
	let by = Revoking { chain, signer: &cast.custodian, key: &key, wallet: &given.wallet };
	let revoked = revoke::revoke(&by, &wallet, Which::Leaf(given.leaf), context).await?;
	narrator.step(format!(
		"the patient proved that the consent at {} is the wallet's, and revoked it; it was sent as the consent was",
		revoked.place
	));

	let (at, now) = (cast.custodian_institution, chain.now().await?);
	let held = chain.check_grant(opened.grant, at, now, AtBlock::Best).await?;
	if let Err(reason) = held {
		return Err(DemoError::unexpected(
			"the grant after the revocation",
			"that it holds for its quarter of an hour",
			format!("{reason:?}"),
		));
	}
	chain.revoke_grant(&cast.patient, opened.grant, Until::InBlock).await?;
	let disclosure = chain
		.record_disclosure(
			&cast.custodian,
			opened.grant,
			record.id,
			1,
			salted(b"after the withdrawal")?,
			Until::InBlock,
		)
		.await;
	expect_refusal("the withdrawn grant", "GrantRevoked", disclosure)?;
	narrator.step(format!(
		"grant {} would have gone on for its quarter of an hour; the patient withdrew it: refused (GrantRevoked)",
		opened.grant.0
	));
	Ok(())
}

/// Nothing new is proven about the next snapshot, and what was proven before counts no more after two minutes.
pub async fn proves_no_more(
	scene: Scene<'_>,
	asking: &Asking,
	proofs: &Proofs,
	context: &Context,
	narrator: &mut Narrator,
) -> Result<(), DemoError> {
	let Scene { chain, cast, .. } = scene;
	let progress = context.output.progress("waiting for a snapshot that has the revocation");
	let snapshot = snapshot_after_now(chain).await?;
	drop(progress);
	let anew = asking.proof_of(scene, &asking.request, context).await;
	let words = expect_refusal_here("a new proof", "already-revoked", anew)?;
	let redated = AccessProof { snapshot, ..proofs.unused.clone() };
	let ask = |proof| {
		let request = asking.also.clone();
		chain.request_access_by_proof(&cast.practitioner, request, None, proof, Until::InBlock)
	};
	let answer = ask(redated).await;
	expect_denial("a proof about a later snapshot", DenialReason::NotProven, answer)?;
	narrator.step(format!(
		"snapshot {snapshot} has the revocation: hdx proves nothing (already-revoked), and an earlier proof is none about it (NotProven)"
	));
	narrator.detail(words);

	let progress = context.output.progress("waiting until the earlier proof counts no more");
	until_too_old(chain, &proofs.unused).await?;
	drop(progress);
	let answer = ask(proofs.unused.clone()).await;
	expect_refusal("a proof from before the revocation", "SnapshotTooOld", answer)?;
	narrator.step(format!(
		"two minutes after snapshot {}, what was proven about it before the revocation is refused (SnapshotTooOld)",
		proofs.unused.snapshot
	));
	Ok(())
}

/// Waits for a snapshot that is taken from now on, and so has all that is final by now.
async fn snapshot_after_now(chain: &Chain) -> Result<u32, DemoError> {
	let (before, since) = (newest_snapshot(chain).await?, Instant::now());
	loop {
		match newest_snapshot(chain).await? {
			Some(number) if Some(number) > before => return Ok(number),
			_ if since.elapsed() > UNTIL_NEXT => {
				let seconds = UNTIL_NEXT.as_secs();
				let found = format!("none within {seconds} s");
				return Err(DemoError::unexpected("the snapshots", "another one", found));
			},
			_ => tokio::time::sleep(POLL).await,
		}
	}
}

/// The number of the newest snapshot.
async fn newest_snapshot(chain: &Chain) -> Result<Option<u32>, DemoError> {
	let snapshots = chain.shielded_snapshots(AtBlock::Best).await?;
	Ok(snapshots.last().map(|snapshot| snapshot.number))
}

/// Waits until the chain takes no proof any more about the snapshot of this one.
async fn until_too_old(chain: &Chain, proof: &AccessProof) -> Result<(), DemoError> {
	let since = Instant::now();
	while chain.shielded_roots(proof.tree, proof.snapshot, AtBlock::Best).await?.is_ok() {
		if since.elapsed() > UNTIL_TOO_OLD {
			let found = format!("it counts after {} s", UNTIL_TOO_OLD.as_secs());
			return Err(DemoError::unexpected("the old snapshot", "that it is too old", found));
		}
		tokio::time::sleep(POLL).await;
	}
	Ok(())
}
