//! The runtime API that the node needs, on a runtime that is never executed.
//!
//! The client dispatches every call to the WebAssembly in the chain's state. It takes from a
//! runtime type only the list of APIs and their types, so a type that implements each of them with
//! an unreachable body serves as well as the real one, without depending on it.

// The macro adds items of its own; documentation is on the traits. The bodies are never reached.
#![allow(missing_docs, clippy::panic)]

use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_core::{crypto::KeyTypeId, OpaqueMetadata, H256};
use sp_inherents::{CheckInherentsResult, InherentData};
use sp_runtime::{
	generic,
	traits::{BlakeTwo256, Block as BlockT, NumberFor},
	transaction_validity::{TransactionSource, TransactionValidity},
	AccountId32, ApplyExtrinsicResult, ExtrinsicInclusionMode, OpaqueExtrinsic,
};

/// A pseudonymous account.
pub type AccountId = AccountId32;
/// Number of a block.
pub type BlockNumber = u32;
/// Count of an account's transactions.
pub type Nonce = u32;
/// A block whose transactions the node does not read.
pub type Block = generic::Block<generic::Header<BlockNumber, BlakeTwo256>, OpaqueExtrinsic>;

/// The runtime that is never executed.
pub struct Runtime;

fn never() -> ! {
	unreachable!("the client executes the chain's WebAssembly, never this type")
}

sp_api::impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> sp_version::RuntimeVersion {
			never()
		}
		fn execute_block(_: <Block as BlockT>::LazyBlock) {
			never()
		}
		fn initialize_block(_: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
			never()
		}
	}

	impl sp_api::Metadata<Block> for Runtime {
		fn metadata() -> OpaqueMetadata {
			never()
		}
		fn metadata_at_version(_: u32) -> Option<OpaqueMetadata> {
			never()
		}
		fn metadata_versions() -> Vec<u32> {
			never()
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(_: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
			never()
		}
		fn finalize_block() -> <Block as BlockT>::Header {
			never()
		}
		fn inherent_extrinsics(_: InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
			never()
		}
		fn check_inherents(_: <Block as BlockT>::LazyBlock, _: InherentData) -> CheckInherentsResult {
			never()
		}
	}

	impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
		fn validate_transaction(
			_: TransactionSource,
			_: <Block as BlockT>::Extrinsic,
			_: <Block as BlockT>::Hash,
		) -> TransactionValidity {
			never()
		}
	}

	impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
		fn offchain_worker(_: &<Block as BlockT>::Header) {
			never()
		}
	}

	impl sp_consensus_aura::AuraApi<Block, AuraId> for Runtime {
		fn slot_duration() -> sp_consensus_aura::SlotDuration {
			never()
		}
		fn authorities() -> Vec<AuraId> {
			never()
		}
	}

	impl sp_session::SessionKeys<Block> for Runtime {
		fn generate_session_keys(
			_: Vec<u8>,
			_: Option<Vec<u8>>,
		) -> sp_session::OpaqueGeneratedSessionKeys {
			never()
		}
		fn decode_session_keys(_: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
			never()
		}
	}

	impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
		fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
			never()
		}
		fn current_set_id() -> sp_consensus_grandpa::SetId {
			never()
		}
		fn submit_report_equivocation_unsigned_extrinsic(
			_: sp_consensus_grandpa::EquivocationProof<<Block as BlockT>::Hash, NumberFor<Block>>,
			_: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			never()
		}
		fn generate_key_ownership_proof(
			_: sp_consensus_grandpa::SetId,
			_: sp_consensus_grandpa::AuthorityId,
		) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
			never()
		}
	}

	impl sp_mmr_primitives::MmrApi<Block, H256, BlockNumber> for Runtime {
		fn mmr_root() -> Result<H256, sp_mmr_primitives::Error> {
			never()
		}
		fn mmr_leaf_count() -> Result<sp_mmr_primitives::LeafIndex, sp_mmr_primitives::Error> {
			never()
		}
		fn generate_proof(
			_: Vec<BlockNumber>,
			_: Option<BlockNumber>,
		) -> Result<
			(Vec<sp_mmr_primitives::EncodableOpaqueLeaf>, sp_mmr_primitives::LeafProof<H256>),
			sp_mmr_primitives::Error,
		> {
			never()
		}
		fn generate_ancestry_proof(
			_: BlockNumber,
			_: Option<BlockNumber>,
		) -> Result<sp_mmr_primitives::AncestryProof<H256>, sp_mmr_primitives::Error> {
			never()
		}
		fn verify_proof(
			_: Vec<sp_mmr_primitives::EncodableOpaqueLeaf>,
			_: sp_mmr_primitives::LeafProof<H256>,
		) -> Result<(), sp_mmr_primitives::Error> {
			never()
		}
		fn verify_proof_stateless(
			_: H256,
			_: Vec<sp_mmr_primitives::EncodableOpaqueLeaf>,
			_: sp_mmr_primitives::LeafProof<H256>,
		) -> Result<(), sp_mmr_primitives::Error> {
			never()
		}
	}

	impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
		fn account_nonce(_: AccountId) -> Nonce {
			never()
		}
	}

	impl hdx_metrics_api::MetricsApi<Block> for Runtime {
		fn gauges() -> Vec<hdx_metrics_api::Family> {
			never()
		}
		fn counts() -> Vec<hdx_metrics_api::Family> {
			never()
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(_: Vec<u8>) -> sp_genesis_builder::Result {
			never()
		}
		fn get_preset(_: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
			never()
		}
		fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
			never()
		}
	}
}
