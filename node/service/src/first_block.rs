//! The block that a chain begins with.

use crate::{
	components::{Executor, FullBackend},
	runtime_api::Block,
};
use sc_client_api::Backend;
use sc_service::{
	error::Error as ServiceError, BuildGenesisBlock, ChainSpec, ChainType, GenesisBlockBuilder,
};
use sp_blockchain::HeaderBackend;
use sp_runtime::traits::Block as BlockT;
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

/// Makes sure that a database is of the chain that the specification names. The client looks at the database alone, and
/// would go on with another chain of the same id as if nothing were wrong.
///
/// Not asked of development chains: every build of the runtime gives them another first block, and to work it out from a
/// preset the runtime has to be compiled once more. A specification that was written with its first state takes
/// milliseconds.
pub fn is_of_this_chain(
	spec: &dyn ChainSpec,
	backend: &Arc<FullBackend>,
	executor: &Executor,
) -> Result<(), ServiceError> {
	if matches!(spec.chain_type(), ChainType::Development | ChainType::Local) {
		return Ok(());
	}
	let Some(stored) = backend.blockchain().hash(0)? else { return Ok(()) };
	// Nothing is written: the operation is dropped.
	let first =
		FirstBlock { spec, commit: false, backend: backend.clone(), executor: executor.clone() };
	let (block, _) = first.build_genesis_block()?;
	let named = block.hash();
	if named == stored {
		return Ok(());
	}
	Err(ServiceError::Other(format!(
		"the database is of another chain: it begins with block {stored:?}, and the specification of `{}` \
		 (id `{}`) with {named:?}. Give --chain the specification with which this node was started before, or \
		 --base-path another directory. `hdx-node purge-chain` deletes the database and leaves the keys, which are of that \
		 chain: a validator makes new ones for another (docs/validators.md)",
		spec.name(),
		spec.id(),
	)))
}
