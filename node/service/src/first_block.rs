//! The block that a chain begins with.

use crate::{
	components::{Executor, FullBackend},
	runtime_api::Block,
};
use sc_client_api::Backend;
use sc_service::{BuildGenesisBlock, ChainSpec, GenesisBlockBuilder};
use std::sync::Arc;

/// Builds the first block when it is asked for, and not before: a database that has it asks for none,
/// and to build it from a preset the runtime has to be compiled once more.
pub struct FirstBlock<'a> {
	pub spec: &'a dyn ChainSpec,
	pub commit: bool,
	pub backend: Arc<FullBackend>,
	pub executor: Executor,
}

impl BuildGenesisBlock<Block> for FirstBlock<'_> {
	type BlockImportOperation = <FullBackend as Backend<Block>>::BlockImportOperation;

	fn build_genesis_block(
		self,
	) -> Result<(Block, Self::BlockImportOperation), sp_blockchain::Error> {
		let Self { spec, commit, backend, executor } = self;
		GenesisBlockBuilder::new(spec.as_storage_builder(), commit, backend, executor)?
			.build_genesis_block()
	}
}
