//! Transfers of pallet-balances, from each patient to the next.

use crate::{
	accounts::{account, shares},
	connection::Lane,
	error::BenchError,
	load::Wanted,
	scene::Scene,
};
use hdx_sdk::chain::interface;
use subxt::utils::MultiAddress;

/// What shows that one was made.
pub const WANTED: Wanted = Wanted { load: "transfer", pallet: "Balances", event: "Transfer" };

/// Signs so many.
pub async fn lanes(scene: &Scene, count: usize) -> Result<Vec<Lane>, BenchError> {
	let patients = &scene.cast.patients;
	let next = patients.iter().cycle().skip(1);
	let calls = patients.iter().zip(next).zip(shares(count, patients.len()));
	let calls = calls
		.map(|((from, to), share)| {
			let calls = (0..share).map(|_| {
				let to = MultiAddress::Id(account(to).into());
				interface::transactions().balances().transfer_allow_death(to, 1)
			});
			(from, calls.collect::<Vec<_>>())
		})
		.collect();
	scene.first()?.sign(calls).await
}

/// How many bytes one has, signed, as a block carries it.
pub async fn bytes(scene: &Scene) -> Result<usize, BenchError> {
	let lanes = lanes(scene, 1).await?;
	let first = lanes.iter().flatten().next();
	let first = first.ok_or_else(|| BenchError::because(WANTED.load, "nobody signs one"))?;
	Ok(first.len())
}
