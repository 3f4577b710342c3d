//! How the log enters the Merkle mountain range, and its root the header.

use crate::{Config, Pallet};
use codec::Encode;
use core::marker::PhantomData;
use hdx_primitives::{VersionedBlockLog, MMR_ROOT_ENGINE_ID};
use sp_mmr_primitives::{LeafDataProvider, OnNewRoot};
use sp_runtime::DigestItem;

/// The log of the parent block, for the MMR's leaf.
///
/// The MMR asks at the beginning of a block, before that block has a hash; so the leaf is about the
/// parent. Pair it with `pallet_mmr::ParentNumberAndHash`, in this order.
pub struct ParentLog<T>(PhantomData<T>);

impl<T: Config> LeafDataProvider for ParentLog<T> {
	type LeafData = VersionedBlockLog;

	fn leaf_data() -> Self::LeafData {
		VersionedBlockLog::V1(Pallet::<T>::log_of_parent())
	}
}

/// Puts each new root of the MMR into the header, as a consensus digest item of the engine
/// [`MMR_ROOT_ENGINE_ID`], so that no state is needed to know it.
pub struct DepositMmrRoot<T>(PhantomData<T>);

impl<T: frame_system::Config, Root: Encode> OnNewRoot<Root> for DepositMmrRoot<T> {
	fn on_new_root(root: &Root) {
		let item = DigestItem::Consensus(MMR_ROOT_ENGINE_ID, root.encode());
		frame_system::Pallet::<T>::deposit_log(item);
	}
}
