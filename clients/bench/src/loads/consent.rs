//! Consents of eight provisions, of patients who give nothing else.

use crate::{
	accounts::shares,
	connection::Lane,
	error::BenchError,
	load::Wanted,
	policy,
	scene::{Scene, REQUESTER},
};
use hdx_sdk::chain::interface;

/// What shows that one was granted.
pub const WANTED: Wanted =
	Wanted { load: "consent grant", pallet: "Consent", event: "ConsentGranted" };

/// Signs so many.
pub async fn lanes(scene: &Scene, count: usize) -> Result<Vec<Lane>, BenchError> {
	let policy = policy::usual(REQUESTER, scene.tomorrow().await?)?;
	let (document, terms) = policy::signed(scene.template);
	let givers = &scene.cast.givers;
	let calls = givers
		.iter()
		.zip(shares(count, givers.len()))
		.map(|(giver, share)| {
			let calls = (0..share).map(|_| {
				let calls = interface::transactions().consent();
				calls.grant(policy.clone().into(), document.into(), terms.into())
			});
			(giver, calls.collect::<Vec<_>>())
		})
		.collect();
	scene.first()?.sign(calls).await
}
