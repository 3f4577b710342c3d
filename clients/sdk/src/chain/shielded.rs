//! Consents of which the chain has a hash alone.

use super::{
	interface::{
		self,
		runtime_types::{
			hdx_runtime::RuntimeCall,
			pallet_shielded_consent::{
				pallet::Call,
				types::{Snapshot, TreeRoots},
			},
		},
	},
	AtBlock, Chain, ChainError, Signer, Until,
};
use hdx_primitives::{Milliseconds, Proof, PublicInput, ShieldedIndex};
use std::{future::Future, ops::Range};

pub use super::interface::runtime_types::pallet_shielded_consent::types::SnapshotRefusal;

/// A moment about whose roots proofs are made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ShieldedSnapshot {
	/// Its number: one more than that of the one before.
	pub number: u32,
	/// The last block of which it knows.
	pub block: u32,
	/// The time of that block. It is *now* in the proofs that name the snapshot.
	pub at: Milliseconds,
}

/// What proofs about a tree are made of, as of a snapshot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ShieldedRoots {
	/// The root of its consents.
	pub consents: PublicInput,
	/// The root of their revocations.
	pub revocations: PublicInput,
	/// How many consents it had: those with a lower index.
	pub count: u32,
	/// The time of the snapshot.
	pub at: Milliseconds,
}

impl From<Snapshot> for ShieldedSnapshot {
	fn from(found: Snapshot) -> Self {
		Self { number: found.number, block: found.block, at: found.at.0 }
	}
}

impl From<TreeRoots> for ShieldedRoots {
	fn from(found: TreeRoots) -> Self {
		Self {
			consents: found.consents,
			revocations: found.revocations,
			count: found.count,
			at: found.at.0,
		}
	}
}

impl Chain {
	/// Appends a consent by its leaf, with the proof that whoever it says gave it did; gives its place. The proof
	/// names the sender, who need not be the patient.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ShieldedConsent::append`.
	pub async fn append_shielded_consent(
		&self,
		sender: &Signer,
		leaf: PublicInput,
		version: u32,
		proof: Proof,
		until: Until,
	) -> Result<ShieldedIndex, ChainError> {
		let call = interface::transactions().shielded_consent().append(leaf, version, proof.into());
		let included = self.submit("ShieldedConsent::append", &call, sender, until).await?;
		let event: interface::shielded_consent::events::ConsentAppended =
			included.event("ConsentAppended")?;
		Ok(event.index.0)
	}

	/// Revokes a consent, with the proof about the consent root of a snapshot that the sender acts for whoever gave
	/// it.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ShieldedConsent::revoke`.
	pub async fn revoke_shielded_consent(
		&self,
		sender: &Signer,
		index: ShieldedIndex,
		snapshot: u32,
		version: u32,
		proof: Proof,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().shielded_consent().revoke(
			index.into(),
			snapshot,
			version,
			proof.into(),
		);
		let included = self.submit("ShieldedConsent::revoke", &call, sender, until).await?;
		let _: interface::shielded_consent::events::ConsentRevoked =
			included.event("ConsentRevoked")?;
		Ok(())
	}

	/// Revokes a consent without a proof, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ShieldedConsent::revoke_by_governance`.
	pub async fn revoke_shielded_by_governance(
		&self,
		governance: &Signer,
		index: ShieldedIndex,
		until: Until,
	) -> Result<(), ChainError> {
		let call = Call::revoke_by_governance { index: index.into() };
		let call = RuntimeCall::ShieldedConsent(call);
		let name = "ShieldedConsent::revoke_by_governance";
		self.govern(name, call, governance, until).await?;
		Ok(())
	}

	/// The snapshots that count, the oldest first.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Discarded`],
	/// [`ChainError::Transport`].
	pub async fn shielded_snapshots(
		&self,
		block: AtBlock,
	) -> Result<Vec<ShieldedSnapshot>, ChainError> {
		let query = interface::view_functions().shielded_consent().snapshots();
		let found: Vec<Snapshot> = self.view(block, query).await?;
		Ok(found.into_iter().map(ShieldedSnapshot::from).collect())
	}

	/// The roots of a tree as of a snapshot, or why there are none that count.
	///
	/// # Errors
	///
	/// Those of [`shielded_snapshots`](Self::shielded_snapshots).
	pub async fn shielded_roots(
		&self,
		tree: u32,
		snapshot: u32,
		block: AtBlock,
	) -> Result<Result<ShieldedRoots, SnapshotRefusal>, ChainError> {
		let query = interface::view_functions().shielded_consent().roots(tree, snapshot);
		let found: Result<TreeRoots, SnapshotRefusal> = self.view(block, query).await?;
		Ok(found.map(ShieldedRoots::from))
	}

	/// Where a leaf is. `None`: it was never appended.
	///
	/// # Errors
	///
	/// Those of [`shielded_snapshots`](Self::shielded_snapshots).
	pub async fn shielded_place(
		&self,
		leaf: PublicInput,
		block: AtBlock,
	) -> Result<Option<ShieldedIndex>, ChainError> {
		let query = interface::view_functions().shielded_consent().place_of(leaf);
		self.view(block, query).await
	}

	/// Whether a consent is revoked. `None`: nothing was appended there, or the chain's state is damaged.
	///
	/// # Errors
	///
	/// Those of [`shielded_snapshots`](Self::shielded_snapshots).
	pub async fn is_shielded_revoked(
		&self,
		index: ShieldedIndex,
		block: AtBlock,
	) -> Result<Option<bool>, ChainError> {
		let query = interface::view_functions().shielded_consent().is_revoked(index.into());
		self.view(block, query).await
	}

	/// The leaves of a tree with these indices, in their order, page by page.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] also where the node has fewer; else those of
	/// [`shielded_snapshots`](Self::shielded_snapshots).
	pub async fn shielded_leaves(
		&self,
		tree: u32,
		indices: Range<u32>,
		block: AtBlock,
	) -> Result<Vec<PublicInput>, ChainError> {
		let page = |from| {
			let query = interface::view_functions().shielded_consent().leaves(tree, from);
			self.view::<_, Vec<PublicInput>>(block, query)
		};
		all_pages(tree, indices, page).await
	}
}

/// All leaves of a range, of which a page gives some that follow each other.
pub(super) async fn all_pages<F: Future<Output = Result<Vec<PublicInput>, ChainError>>>(
	tree: u32,
	indices: Range<u32>,
	page: impl Fn(u32) -> F,
) -> Result<Vec<PublicInput>, ChainError> {
	let mut leaves = Vec::new();
	let mut next = indices.start;
	while next < indices.end {
		let missing = indices.end.saturating_sub(next);
		let mut found = page(next).await?;
		// A page may reach beyond what was asked for.
		found.truncate(missing as usize);
		if found.is_empty() {
			return Err(ChainError::NotFound { what: format!("leaf {next} in tree {tree}") });
		}
		let more = u32::try_from(found.len()).map_err(ChainError::transport)?;
		next = next.saturating_add(more);
		leaves.append(&mut found);
	}
	Ok(leaves)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

	use super::*;
	use std::cell::Cell;

	/// A tree of so many leaves.
	fn tree(count: u8) -> Vec<PublicInput> {
		(0..count).map(|leaf| [leaf; 32]).collect()
	}

	#[tokio::test]
	async fn leaves_are_the_same_in_pages_of_any_length() {
		let all = tree(10);
		for length in 1..12 {
			for (from, until) in [(0, 10), (0, 0), (3, 7), (9, 10), (5, 5)] {
				let asked = Cell::new(0);
				let page = |from: u32| {
					asked.set(asked.get() + 1);
					let found = all.iter().skip(from as usize).take(length).copied();
					let found: Vec<PublicInput> = found.collect();
					async move { Ok(found) }
				};
				let found = all_pages(0, from..until, page).await.unwrap();
				assert_eq!(found, all[from as usize..until as usize]);
				assert_eq!(asked.get(), ((until - from) as usize).div_ceil(length));
			}
		}
	}

	#[tokio::test]
	async fn fails_when_the_node_has_fewer_leaves_than_are_asked_for() {
		let all = tree(5);
		let page = |from: u32| {
			let found: Vec<_> = all.iter().skip(from as usize).take(2).copied().collect();
			async move { Ok(found) }
		};
		let error = all_pages(3, 0..6, page).await.unwrap_err();
		assert!(error.to_string().contains("leaf 5 in tree 3"), "{error}");
	}
}
