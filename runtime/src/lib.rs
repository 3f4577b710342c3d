//! # HDX runtime
//!
//! Composes the pallets. What each pallet is given is in [`configs`], one file a subject; the
//! runtime APIs are in [`apis`], the genesis presets in [`genesis`], and what operators of nodes watch in [`metrics`].

#![cfg_attr(not(feature = "std"), no_std)]
// The runtime macro and the generated list of code blobs make items that cannot carry documentation.
#![allow(missing_docs)]
#![recursion_limit = "256"]

#[cfg(feature = "default")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

extern crate alloc;

pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarks;
pub mod configs;
pub mod genesis;
pub mod metrics;
pub mod rehearsal;
pub mod weights;

use alloc::vec::Vec;
pub use hdx_primitives::properties;
use pallet_session::historical as pallet_session_historical;
use sp_runtime::{
	generic, impl_opaque_keys,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

/// Types that the node handles without knowing the runtime's calls.
pub mod opaque {
	use super::*;
	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// Header with an opaque body.
	pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
	/// Block with opaque transactions.
	pub type Block = generic::Block<Header, UncheckedExtrinsic>;
	/// Hash of a block.
	pub type Hash = <BlakeTwo256 as sp_runtime::traits::Hash>::Output;
}

impl_opaque_keys! {
	/// The keys with which a validator takes part in consensus.
	pub struct SessionKeys {
		/// Block production.
		pub aura: Aura,
		/// Finality.
		pub grandpa: Grandpa,
	}
}

/// Its version is read from the source, so it is a literal in either runtime.
macro_rules! version {
	($spec_version:tt) => {
		/// Which runtime this is.
		#[sp_version::runtime_version]
		pub const VERSION: RuntimeVersion = RuntimeVersion {
			spec_name: alloc::borrow::Cow::Borrowed("hdx"),
			impl_name: alloc::borrow::Cow::Borrowed("hdx-runtime"),
			authoring_version: 1,
			spec_version: $spec_version,
			impl_version: 1,
			apis: apis::RUNTIME_API_VERSIONS,
			transaction_version: 3,
			system_version: 1,
		};
	};
}

#[cfg(not(feature = "upgrade-rehearsal"))]
version!(109);
// The one after it, to which `scripts/upgrade.sh` upgrades.
#[cfg(feature = "upgrade-rehearsal")]
version!(110);

/// Duration of a slot: one block every two seconds.
pub const SLOT_DURATION: u64 = 2_000;
/// Blocks of an hour.
pub const HOURS: BlockNumber = 1_800;

/// A signature on a transaction.
pub type Signature = MultiSignature;
/// A pseudonymous account.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// Units of the token that exists for tools only.
pub type Balance = u128;
/// Count of an account's transactions.
pub type Nonce = u32;
/// Hash of a block.
pub type Hash = sp_core::H256;
/// Number of a block.
pub type BlockNumber = u32;
/// How transactions name accounts.
pub type Address = MultiAddress<AccountId, ()>;
/// Header of a block.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;

/// What is checked of a transaction before it runs. Nothing here charges a fee; what bounds spam is
/// the quota. Who signs offline may have it checked that the runtime has the metadata by which they were shown what they sign.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	frame_system::CheckNonce<Runtime>,
	pallet_quota::CheckQuota<Runtime>,
	frame_system::CheckWeight<Runtime>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

/// A transaction.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;

/// Runs blocks.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(3)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(4)]
	pub type MultiBlockMigrations = pallet_migrations;

	#[runtime::pallet_index(5)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(6)]
	pub type Proxy = pallet_proxy;

	#[runtime::pallet_index(10)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(11)]
	pub type Aura = pallet_aura;
	#[runtime::pallet_index(12)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(13)]
	pub type Grandpa = pallet_grandpa;
	#[runtime::pallet_index(14)]
	pub type ValidatorSet = pallet_validator_set;
	#[runtime::pallet_index(15)]
	pub type Historical = pallet_session_historical;
	#[runtime::pallet_index(16)]
	pub type Offences = pallet_offences;

	#[runtime::pallet_index(20)]
	pub type ProviderRegistry = pallet_provider_registry;
	#[runtime::pallet_index(21)]
	pub type Consent = pallet_consent;
	#[runtime::pallet_index(22)]
	pub type RecordAccess = pallet_record_access;
	#[runtime::pallet_index(23)]
	pub type Audit = pallet_audit;
	#[runtime::pallet_index(24)]
	pub type Mmr = pallet_mmr;
	#[runtime::pallet_index(25)]
	pub type Did = pallet_did;
	#[runtime::pallet_index(26)]
	pub type Groth16Verifier = pallet_groth16_verifier;
	#[runtime::pallet_index(27)]
	pub type ShieldedConsent = pallet_shielded_consent;
	#[runtime::pallet_index(28)]
	pub type ShieldedLicence = pallet_shielded_licence;
	#[runtime::pallet_index(29)]
	pub type Study = pallet_study;

	#[runtime::pallet_index(30)]
	pub type Quota = pallet_quota;
	#[runtime::pallet_index(31)]
	pub type SafeMode = pallet_safe_mode;
	#[runtime::pallet_index(32)]
	pub type TxPause = pallet_tx_pause;

	// The names are those that tools look for.
	#[runtime::pallet_index(40)]
	pub type Preimage = pallet_preimage;
	#[runtime::pallet_index(41)]
	pub type Scheduler = pallet_scheduler;
	#[runtime::pallet_index(42)]
	pub type RankedCollective = pallet_ranked_collective;
	#[runtime::pallet_index(43)]
	pub type RankedPolls = pallet_referenda;
	#[runtime::pallet_index(44)]
	pub type PatientCollective = pallet_ranked_collective::Pallet<Runtime, Instance2>;
	#[runtime::pallet_index(45)]
	pub type PatientPolls = pallet_referenda::Pallet<Runtime, Instance2>;
	#[runtime::pallet_index(46)]
	pub type Whitelist = pallet_whitelist;
	#[runtime::pallet_index(47)]
	pub type Origins = pallet_governance;

	// A key exists in the `dev` preset only; everywhere else nobody can call it.
	#[runtime::pallet_index(255)]
	pub type Sudo = pallet_sudo;
}
