//! A batch: the tree over what is released, and what the chain is told of it.

use super::list::Release;
use crate::{
	commands::record::release::Prepared,
	disclosure::{Disclosure, Place},
	document,
	error::Error,
};
use hdx_primitives::{
	disclosure::{obligations_hash, prove, root_of, LeafSalt},
	DisclosureLeaf, InstitutionId, Milliseconds, H256,
};
use hdx_sdk::chain::{DisclosureReport, GrantUse, MAX_GRANT_USES};

/// Most disclosures of one batch: their packages are held until the chain has taken it.
const MAX_DISCLOSURES: usize = 1_024;

/// One release of a batch, and what is kept of it.
pub struct Item {
	/// What was asked.
	pub release: Release,
	/// What is released.
	pub prepared: Prepared,
}

/// Cuts a sorted list where a batch is full.
pub fn cut(releases: Vec<Release>) -> Vec<Vec<Release>> {
	let mut batches: Vec<Vec<Release>> = Vec::new();
	let mut pairs = 0usize;
	for release in releases {
		let pair = (release.grant, release.record);
		let last = batches.last_mut().filter(|batch| batch.len() < MAX_DISCLOSURES);
		let is_new = last
			.as_ref()
			.and_then(|batch| batch.last())
			.is_none_or(|before| (before.grant, before.record) != pair);
		match last.filter(|_| !is_new || pairs < MAX_GRANT_USES) {
			Some(batch) => {
				pairs = pairs.saturating_add(usize::from(is_new));
				batch.push(release);
			},
			None => {
				pairs = 1;
				batches.push(vec![release]);
			},
		}
	}
	batches
}

/// What the chain is told of the items, which are sorted, and what is kept of each, in their order.
pub fn report(
	items: &[Item],
	custodian: InstitutionId,
	at: Milliseconds,
	genesis: [u8; 32],
) -> Result<(DisclosureReport, Vec<Disclosure>), Error> {
	let mut leaves = Vec::with_capacity(items.len());
	let mut disclosures = Vec::with_capacity(items.len());
	for Item { prepared, .. } in items {
		let Prepared { grant, record, permitted, .. } = prepared;
		let disclosure = Disclosure::new(grant.id, record.id, permitted)?;
		leaves.push(leaf(prepared, &disclosure, custodian, at)?);
		disclosures.push(disclosure);
	}
	let hashes: Vec<H256> = leaves.iter().map(DisclosureLeaf::hash).collect();
	// The list is not empty, and short enough.
	let root = root_of(&hashes).unwrap_or_default();
	let count = u32::try_from(hashes.len()).unwrap_or(u32::MAX);
	for ((index, leaf), disclosure) in (0u32..).zip(&leaves).zip(&mut disclosures) {
		disclosure.batch =
			prove(&hashes, index).map(|proof| Place::new(genesis, root, count, leaf, &proof));
	}
	let report = DisclosureReport { root, count, first_at: at, last_at: at, uses: uses(items) };
	Ok((report, disclosures))
}

fn leaf(
	prepared: &Prepared,
	disclosure: &Disclosure,
	custodian: InstitutionId,
	at: Milliseconds,
) -> Result<DisclosureLeaf, Error> {
	let Prepared { grant, record, permitted, .. } = prepared;
	let obligations = grant.obligations.clone().try_into().map_err(|_| {
		Error::System(std::io::Error::other("a grant has more obligations than the chain allows"))
	})?;
	Ok(DisclosureLeaf {
		custodian,
		grant: grant.id,
		record: record.id,
		patient: grant.patient.clone(),
		recipient: grant.grantee.clone(),
		on_behalf_of: grant.on_behalf_of,
		purpose: grant.purpose,
		at,
		sections: u32::try_from(permitted.len()).unwrap_or(u32::MAX),
		disclosure: disclosure.commitment(),
		obligations: obligations_hash(&obligations),
		salt: LeafSalt(*document::salt()?),
	})
}

/// How many of the items use which grant, in their order.
fn uses(items: &[Item]) -> Vec<GrantUse> {
	let mut uses: Vec<GrantUse> = Vec::new();
	for Item { release, .. } in items {
		let same =
			|last: &&mut GrantUse| (last.grant, last.record) == (release.grant, release.record);
		match uses.last_mut().filter(same) {
			Some(last) => last.uses = last.uses.saturating_add(1),
			None => {
				uses.push(GrantUse { grant: release.grant, record: release.record, uses: 1 });
			},
		}
	}
	uses
}

#[cfg(test)]
mod tests {
	use super::*;
	use hdx_primitives::{GrantId, RecordId};

	fn releases(pairs: u64, each: usize) -> Vec<Release> {
		let one = |grant, nth| Release {
			line: 1,
			grant: GrantId(grant),
			record: RecordId(0),
			to: None,
			nth,
		};
		(0..pairs).flat_map(|grant| (1..=each).map(move |nth| one(grant, nth))).collect()
	}

	fn sizes(list: Vec<Release>) -> Vec<usize> {
		cut(list).iter().map(Vec::len).collect()
	}

	#[test]
	fn a_batch_has_no_more_pairs_than_the_chain_takes() {
		assert_eq!(sizes(releases(1, 1)), [1]);
		assert_eq!(sizes(releases(128, 2)), [256]);
		assert_eq!(sizes(releases(129, 2)), [256, 2]);
		assert_eq!(sizes(releases(300, 1)), [128, 128, 44]);
	}

	#[test]
	fn a_batch_has_no_more_disclosures_than_are_held_at_once() {
		assert_eq!(sizes(releases(1, 1_025)), [1_024, 1]);
		assert_eq!(sizes(releases(2, 1_024)), [1_024, 1_024]);
		assert_eq!(sizes(Vec::new()), Vec::<usize>::new());
	}
}
