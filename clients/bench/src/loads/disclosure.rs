//! Batches of disclosures: each names as many grants as a batch can, once each.

use crate::{connection::Lane, error::BenchError, load::Wanted, scene::Scene};
use hdx_primitives::H256;
use hdx_sdk::chain::{
	interface::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec,
			pallet_record_access::types::batch::GrantUse,
		},
	},
	MAX_GRANT_USES,
};

/// What shows that a batch was taken.
pub const WANTED: Wanted =
	Wanted { load: "batched disclosures", pallet: "RecordAccess", event: "DisclosuresRecorded" };

/// How many disclosures a batch has.
pub fn pairs(scene: &Scene) -> usize {
	scene.grants.len().min(MAX_GRANT_USES)
}

/// Signs so many batches, over the grants in turn. The custodian's operator alone may, so there is one lane.
pub async fn lanes(scene: &Scene, count: usize) -> Result<Vec<Lane>, BenchError> {
	let pairs = pairs(scene);
	if pairs == 0 {
		return Err(BenchError::because(WANTED.load, "no grants were issued"));
	}
	let size = u32::try_from(pairs).map_err(BenchError::failed(WANTED.load))?;
	let at = scene.chain.now().await?;
	let mut grants = scene.grants.iter().copied().cycle();
	let mut calls = Vec::with_capacity(count);
	for _ in 0..count {
		let mut named: Vec<_> = grants.by_ref().take(pairs).collect();
		// The chain wants them in this order.
		named.sort_unstable();
		let uses = named.into_iter().map(|(grant, record)| GrantUse {
			grant: grant.into(),
			record: record.into(),
			uses: 1,
		});
		calls.push(interface::transactions().record_access().record_disclosures(
			H256::repeat_byte(5),
			size,
			at.into(),
			at.into(),
			BoundedVec(uses.collect()),
		));
	}
	scene.first()?.sign(vec![(&scene.cast.custodian, calls)]).await
}
