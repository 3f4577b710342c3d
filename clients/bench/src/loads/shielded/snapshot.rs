//! Snapshots about which is proven, with the trees that they are of.

use crate::error::BenchError;
use hdx_primitives::{Milliseconds, PublicInput, ShieldedIndex};
use hdx_sdk::chain::{AtBlock, Chain, ShieldedRoots};
use hdx_zk_circuits::{
	merkle::{ConsentTree, RevocationTree},
	note::Note,
	prove::{input_from_bytes, input_to_bytes},
	Fr,
};
use std::{
	collections::BTreeMap,
	time::{Duration, Instant},
};

/// How long a snapshot is waited for: the chain makes one each half minute.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often it is looked for.
const POLL: Duration = Duration::from_secs(1);

/// Where each leaf is.
pub type Places = BTreeMap<PublicInput, ShieldedIndex>;

/// Where a consent is.
pub fn place(places: &Places, note: &Note) -> Result<ShieldedIndex, BenchError> {
	let found = places.get(&input_to_bytes(&note.leaf())).copied();
	found.ok_or_else(|| BenchError::because("a shielded consent", "it has no place"))
}

/// A snapshot that has all consents, of which none is revoked.
pub struct Snapshot {
	/// Its number.
	pub number: u32,
	/// When it was taken: *now* in proofs that name it.
	pub at: Milliseconds,
	/// The consents.
	pub consents: ConsentTree,
	/// The revocations: none.
	pub revocations: RevocationTree,
}

impl Snapshot {
	/// The newest one, once it has all these. It counts for two minutes from the time when it was taken.
	pub async fn newest(chain: &Chain, places: &Places) -> Result<Self, BenchError> {
		let since = Instant::now();
		loop {
			let newest = chain.shielded_snapshots(AtBlock::Finalized).await?.last().copied();
			if let Some(newest) = newest {
				let roots = chain.shielded_roots(0, newest.number, AtBlock::Finalized).await?;
				let has_all = |roots: &ShieldedRoots| {
					usize::try_from(roots.count).is_ok_and(|count| count == places.len())
				};
				if let Some(roots) = roots.ok().filter(has_all) {
					return Self::of(newest.number, &roots, places);
				}
			}
			if since.elapsed() > PATIENCE {
				return Err(BenchError::because("the snapshots", "none has the consents"));
			}
			tokio::time::sleep(POLL).await;
		}
	}

	/// The one with these roots, if they are those of the consents at these places, of which none is revoked.
	fn of(number: u32, roots: &ShieldedRoots, places: &Places) -> Result<Self, BenchError> {
		let other = || BenchError::because("the tree of consents", "it is not the snapshot's");
		let mut leaves: Vec<_> = places.iter().map(|(leaf, place)| (place.leaf, leaf)).collect();
		leaves.sort_unstable();
		let leaves = leaves.into_iter().map(|(_, leaf)| input_from_bytes(leaf));
		let leaves = leaves.collect::<Result<Vec<Fr>, _>>().map_err(|_| other())?;
		let consents = ConsentTree::of(leaves).map_err(|_| other())?;
		let revocations = RevocationTree::default();
		let found = (input_to_bytes(&consents.root()), input_to_bytes(&revocations.root()));
		if found != (roots.consents, roots.revocations) {
			return Err(other());
		}
		Ok(Self { number, at: roots.at, consents, revocations })
	}
}

#[cfg(test)]
pub mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::loads::shielded::given::Given;

	/// The places of consents that were appended in this order.
	pub fn places(given: &[Given<'_>]) -> Places {
		let leaves = given.iter().map(|one| input_to_bytes(&one.note.leaf()));
		(0..).zip(leaves).map(|(leaf, bytes)| (bytes, ShieldedIndex { tree: 0, leaf })).collect()
	}

	/// The snapshot that a chain makes of them.
	pub fn snapshot(places: &Places) -> Snapshot {
		Snapshot::of(5, &roots(places), places).unwrap()
	}

	fn roots(places: &Places) -> ShieldedRoots {
		let mut leaves: Vec<_> = places.iter().map(|(leaf, place)| (place.leaf, leaf)).collect();
		leaves.sort_unstable();
		let mut tree = ConsentTree::default();
		for (_, leaf) in leaves {
			tree.append(input_from_bytes(leaf).unwrap()).unwrap();
		}
		ShieldedRoots {
			consents: input_to_bytes(&tree.root()),
			revocations: input_to_bytes(&RevocationTree::default().root()),
			count: tree.count(),
			at: Milliseconds(1_800_000_000_000),
		}
	}

	fn three() -> Places {
		let leaves = [9u64, 4, 6].map(|leaf| input_to_bytes(&Fr::from(leaf)));
		(0..).zip(leaves).map(|(leaf, bytes)| (bytes, ShieldedIndex { tree: 0, leaf })).collect()
	}

	#[test]
	fn a_snapshot_has_the_consents_in_their_order() {
		let places = three();
		let snapshot = Snapshot::of(5, &roots(&places), &places).unwrap();
		assert_eq!((snapshot.number, snapshot.consents.count()), (5, 3));
	}

	#[test]
	fn a_snapshot_of_other_consents_is_refused() {
		let places = three();
		let mut fewer = places.clone();
		fewer.pop_first();
		assert!(Snapshot::of(5, &roots(&fewer), &places).is_err());
		let zero = Places::from([([0; 32], ShieldedIndex { tree: 0, leaf: 0 })]);
		assert!(Snapshot::of(5, &roots(&places), &zero).is_err());
	}

	#[test]
	fn a_snapshot_in_which_something_is_revoked_is_refused() {
		let places = three();
		let mut revocations = RevocationTree::default();
		revocations.revoke(1).unwrap();
		let revocations = input_to_bytes(&revocations.root());
		let roots = ShieldedRoots { revocations, ..roots(&places) };
		assert!(Snapshot::of(5, &roots, &places).is_err());
	}
}
