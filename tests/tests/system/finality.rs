//! How far finality is behind.

use hdx_tests::{node::Node, rpc::Rpc, wait};
use std::time::Duration;

/// Blocks that the voting rules of several validators would hold votes back by.
const HELD_BACK: u32 = 2;

/// The number of the best block, and of the newest finalized one, as they are between two blocks.
async fn heights(rpc: &Rpc) -> Option<(u32, u32)> {
	let best = rpc.block_hash(None).await?;
	let number = rpc.header(&best).await.number();
	let finalized = rpc.finalized().await;
	// Or a block came in between, and nothing was compared.
	(rpc.block_hash(None).await? == best).then_some((number, finalized))
}

#[tokio::test]
async fn who_votes_alone_finalizes_the_best_block() {
	let node = Node::development();
	let rpc = node.rpc().await;
	let ask = || async {
		let (best, finalized) = heights(&rpc).await?;
		(best > HELD_BACK && finalized == best).then_some(best)
	};
	wait::for_it("a best block that is final", Duration::from_secs(60), ask).await;
}
