//! Genesis presets: `dev` (one validator) and `local` (four).
//!
//! Both start with two institutions, their validators and no patients, and use the well-known
//! development keys. Both institutions have a seat in their chamber, and three accounts represent patients in theirs; a
//! day of a referendum takes two blocks, so that whoever tries one sees the end of it. They are for trying and testing; a consortium builds its own genesis. The
//! validators are of the two institutions in turn, and there have to be four of them, or the one.

use crate::{
	AccountId, BalancesConfig, ConsentConfig, OriginsConfig, ProviderRegistryConfig,
	RuntimeGenesisConfig, SessionConfig, SessionKeys, SudoConfig, ValidatorSetConfig,
};
use alloc::{vec, vec::Vec};
use frame_support::build_struct_json_patch;
use pallet_provider_registry::InstitutionKind;
use serde_json::Value;
use sp_genesis_builder::PresetId;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

/// Name of the preset with one validator.
pub const DEV: &str = sp_genesis_builder::DEV_RUNTIME_PRESET;
/// Name of the preset with four validators.
pub const LOCAL: &str = sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET;

/// What a preset asks of its tools' accounts: pallet-balances holds this much for each.
const TOOL_BALANCE: u128 = 1 << 60;

/// How many institutions both presets start with.
const INSTITUTIONS: u32 = 2;

/// By how much shorter the periods of referenda are: 43,200 blocks of a day become two.
const PACE: u32 = 21_600;

/// Who represents patients.
const REPRESENTATIVES: [Sr25519Keyring; 3] =
	[Sr25519Keyring::DaveStash, Sr25519Keyring::EveStash, Sr25519Keyring::FerdieStash];

/// The names of the presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(DEV), PresetId::from(LOCAL)]
}

/// The preset of this name, as a JSON patch of the genesis configuration.
pub fn preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEV => patch(&[Sr25519Keyring::Alice], Some(Sr25519Keyring::Ferdie)),
		LOCAL => patch(
			&[
				Sr25519Keyring::Alice,
				Sr25519Keyring::Bob,
				Sr25519Keyring::Charlie,
				Sr25519Keyring::Dave,
			],
			None,
		),
		_ => return None,
	};
	serde_json::to_vec(&patch).ok()
}

/// Two hospitals, operated by Alice and Bob, with these validators.
fn patch(validators: &[Sr25519Keyring], governance: Option<Sr25519Keyring>) -> Value {
	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig {
			balances: governance
				.iter()
				.map(|key| (key.to_account_id(), TOOL_BALANCE))
				.collect::<Vec<_>>(),
		},
		session: SessionConfig {
			keys: validators.iter().map(|key| session_keys(*key)).collect::<Vec<_>>(),
		},
		validator_set: ValidatorSetConfig {
			validators: validators
				.iter()
				.map(|key| key.to_account_id())
				.zip((0..INSTITUTIONS).cycle())
				.collect::<Vec<_>>(),
		},
		sudo: SudoConfig { key: governance.map(|key| key.to_account_id()) },
		provider_registry: ProviderRegistryConfig {
			institutions: vec![
				(
					Sr25519Keyring::Alice.to_account_id(),
					InstitutionKind::Hospital,
					sp_crypto_hashing::blake2_256(b"HDX development: Organization/hospital-a"),
				),
				(
					Sr25519Keyring::Bob.to_account_id(),
					InstitutionKind::Hospital,
					sp_crypto_hashing::blake2_256(b"HDX development: Organization/hospital-b"),
				),
			],
		},
		origins: OriginsConfig {
			institutions: (0..INSTITUTIONS).collect::<Vec<_>>(),
			representatives: REPRESENTATIVES
				.iter()
				.map(|key| key.to_account_id())
				.collect::<Vec<_>>(),
			pace: Some(PACE),
		},
		consent: ConsentConfig {
			templates: vec![(
				sp_crypto_hashing::blake2_256(b"urn:hdx:consent-template:treatment"),
				1,
			)],
		},
	})
}

/// A validator's account and its session keys, derived from one development name.
fn session_keys(name: Sr25519Keyring) -> (AccountId, AccountId, SessionKeys) {
	let account = name.to_account_id();
	(
		account.clone(),
		account,
		SessionKeys { aura: name.public().into(), grandpa: ed25519(name).public().into() },
	)
}

/// The Ed25519 key of the same development name.
fn ed25519(name: Sr25519Keyring) -> Ed25519Keyring {
	match name {
		Sr25519Keyring::Bob => Ed25519Keyring::Bob,
		Sr25519Keyring::Charlie => Ed25519Keyring::Charlie,
		Sr25519Keyring::Dave => Ed25519Keyring::Dave,
		Sr25519Keyring::Eve => Ed25519Keyring::Eve,
		Sr25519Keyring::Ferdie => Ed25519Keyring::Ferdie,
		_ => Ed25519Keyring::Alice,
	}
}
