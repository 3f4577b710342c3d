//! What calls are charged: what was measured of this runtime, and nothing else.

use frame_support::{
	dispatch::DispatchClass,
	traits::{GetCallMetadata, Hooks, WhitelistedStorageKeys},
	weights::Weight,
};
use hdx_runtime::{
	configs::chambers::LONGEST_TEXT, weights, AllPalletsWithSystem, Audit, Consent,
	ProviderRegistry, RecordAccess, Runtime, RuntimeCall,
};
use pallet_preimage::WeightInfo as _;
use pallet_ranked_collective::Instance2;
use sp_io::{hashing::twox_128, TestExternalities};
use std::{
	any::type_name,
	collections::{BTreeMap, BTreeSet},
	fs,
};

/// The types that say what each pallet's calls, hooks and extensions weigh.
fn sources() -> BTreeMap<&'static str, Vec<&'static str>> {
	type System = <Runtime as frame_system::Config>::SystemWeightInfo;
	type Extensions = <Runtime as frame_system::Config>::ExtensionsWeightInfo;
	BTreeMap::from([
		("System", vec![type_name::<System>(), type_name::<Extensions>()]),
		("Timestamp", vec![type_name::<<Runtime as pallet_timestamp::Config>::WeightInfo>()]),
		("Balances", vec![type_name::<<Runtime as pallet_balances::Config>::WeightInfo>()]),
		("Utility", vec![type_name::<<Runtime as pallet_utility::Config>::WeightInfo>()]),
		("Multisig", vec![type_name::<<Runtime as pallet_multisig::Config>::WeightInfo>()]),
		("Proxy", vec![type_name::<<Runtime as pallet_proxy::Config>::WeightInfo>()]),
		("Session", vec![type_name::<<Runtime as pallet_session::Config>::WeightInfo>()]),
		("Grandpa", vec![type_name::<<Runtime as pallet_grandpa::Config>::WeightInfo>()]),
		(
			"ValidatorSet",
			vec![type_name::<<Runtime as pallet_validator_set::Config>::WeightInfo>()],
		),
		(
			"Groth16Verifier",
			vec![type_name::<<Runtime as pallet_groth16_verifier::Config>::WeightInfo>()],
		),
		(
			"ProviderRegistry",
			vec![type_name::<<Runtime as pallet_provider_registry::Config>::WeightInfo>()],
		),
		("Consent", vec![type_name::<<Runtime as pallet_consent::Config>::WeightInfo>()]),
		(
			"RecordAccess",
			vec![type_name::<<Runtime as pallet_record_access::Config>::WeightInfo>()],
		),
		("Audit", vec![type_name::<<Runtime as pallet_audit::Config>::WeightInfo>()]),
		("Mmr", vec![type_name::<<Runtime as pallet_mmr::Config>::WeightInfo>()]),
		("Did", vec![type_name::<<Runtime as pallet_did::Config>::WeightInfo>()]),
		("Quota", vec![type_name::<<Runtime as pallet_quota::Config>::WeightInfo>()]),
		(
			"ShieldedConsent",
			vec![type_name::<<Runtime as pallet_shielded_consent::Config>::WeightInfo>()],
		),
		("Origins", vec![type_name::<<Runtime as pallet_governance::Config>::WeightInfo>()]),
		("Scheduler", vec![type_name::<<Runtime as pallet_scheduler::Config>::WeightInfo>()]),
		("TxPause", vec![type_name::<<Runtime as pallet_tx_pause::Config>::WeightInfo>()]),
		(
			"ShieldedLicence",
			vec![type_name::<<Runtime as pallet_shielded_licence::Config>::WeightInfo>()],
		),
		("Study", vec![type_name::<<Runtime as pallet_study::Config>::WeightInfo>()]),
		("SafeMode", vec![type_name::<<Runtime as pallet_safe_mode::Config>::WeightInfo>()]),
		("Sudo", vec![type_name::<<Runtime as pallet_sudo::Config>::WeightInfo>()]),
		(
			"MultiBlockMigrations",
			vec![type_name::<<Runtime as pallet_migrations::Config>::WeightInfo>()],
		),
		("Preimage", vec![type_name::<<Runtime as pallet_preimage::Config>::WeightInfo>()]),
		(
			"RankedCollective",
			vec![type_name::<<Runtime as pallet_ranked_collective::Config>::WeightInfo>()],
		),
		("RankedPolls", vec![type_name::<<Runtime as pallet_referenda::Config>::WeightInfo>()]),
		(
			"PatientCollective",
			vec![
				type_name::<<Runtime as pallet_ranked_collective::Config<Instance2>>::WeightInfo>(),
			],
		),
		(
			"PatientPolls",
			vec![type_name::<<Runtime as pallet_referenda::Config<Instance2>>::WeightInfo>()],
		),
		("Whitelist", vec![type_name::<<Runtime as pallet_whitelist::Config>::WeightInfo>()]),
	])
}

#[test]
fn every_call_is_charged_by_what_was_measured_of_this_runtime() {
	let sources = sources();
	for pallet in RuntimeCall::get_module_names() {
		let has_calls = !RuntimeCall::get_call_names(pallet).is_empty();
		assert!(!has_calls || sources.contains_key(pallet), "{pallet} is not in this test");
	}
	for (pallet, types) in sources {
		for source in types {
			let is_ours = source.starts_with("hdx_runtime::weights::");
			assert!(is_ours, "{pallet} is charged by {source}");
		}
	}
}

#[test]
fn every_weight_was_measured_by_the_benchmarks_of_this_runtime() {
	for when in weights::measured() {
		let is_measured = when.ends_with("times each");
		assert!(is_measured, "run scripts/weights.sh: some weights are of {when}");
	}
}

#[test]
fn what_entries_of_a_block_share_is_paid_by_the_block() {
	// What benchmarks leave out, each with the pallet whose first moment of a block pays for it.
	let shared = [
		("Audit", "NextEntryIndex"),
		("Audit", "CurrentLog"),
		("Audit", "CurrentWindow"),
		("RecordAccess", "NextGrantId"),
	];
	let key = |pallet: &str, value: &str| {
		[twox_128(pallet.as_bytes()), twox_128(value.as_bytes())].concat()
	};
	let ours: BTreeSet<_> = [
		Audit::whitelisted_storage_keys(),
		RecordAccess::whitelisted_storage_keys(),
		ProviderRegistry::whitelisted_storage_keys(),
		Consent::whitelisted_storage_keys(),
	]
	.concat()
	.into_iter()
	.map(|tracked| tracked.key)
	.collect();
	assert_eq!(ours, shared.map(|(pallet, value)| key(pallet, value)).into());
	// No other pallet has any but those that each block writes anyhow.
	let all: BTreeSet<_> = AllPalletsWithSystem::whitelisted_storage_keys()
		.into_iter()
		.map(|tracked| tracked.key)
		.collect();
	for other in all.difference(&ours) {
		let is_of_the_system = other.starts_with(&twox_128(b"System"));
		let is_the_issuance = other.starts_with(&twox_128(b"Balances"));
		let is_the_author = *other == key("Authorship", "Author");
		assert!(is_of_the_system || is_the_issuance || is_the_author, "{other:?}");
	}
	let database = <Runtime as frame_system::Config>::DbWeight::get();
	TestExternalities::default().execute_with(|| {
		let paid = Audit::on_initialize(1);
		assert!(paid.all_gte(database.reads_writes(3, 3)), "{paid}");
		assert_eq!(RecordAccess::on_initialize(1), database.reads_writes(1, 1));
	});
}

#[test]
fn storing_a_text_is_charged_the_most_of_the_three_ways_to() {
	type Charged = <Runtime as pallet_preimage::Config>::WeightInfo;
	type Measured = weights::pallet_preimage::WeightInfo<Runtime>;
	for length in [0, LONGEST_TEXT, pallet_preimage::MAX_SIZE] {
		let charged = Charged::note_preimage(length);
		let ways = [
			Measured::note_preimage(length),
			Measured::note_requested_preimage(length),
			Measured::note_no_deposit_preimage(length),
		];
		assert!(ways.iter().all(|way| charged.all_gte(*way)), "{length}: {charged} of {ways:?}");
		assert!(ways.iter().any(|way| charged.ref_time() == way.ref_time()), "{length}");
	}
}

#[test]
fn every_call_of_ours_weighs_something_and_fits_into_a_block() {
	let limits = <Runtime as frame_system::Config>::BlockWeights::get();
	let most = limits.get(DispatchClass::Normal).max_extrinsic.unwrap();
	let ours = [
		"Audit",
		"Consent",
		"Did",
		"Groth16Verifier",
		"ProviderRegistry",
		"Quota",
		"RecordAccess",
		"ShieldedConsent",
		"ShieldedLicence",
		"Study",
		"ValidatorSet",
	];
	let calls: Vec<&str> =
		ours.iter().flat_map(|pallet| RuntimeCall::get_call_names(pallet)).copied().collect();
	let mut looked_at = 0;
	for (pallet, figures) in weights::figures() {
		for figure in figures.iter().filter(|figure| calls.contains(&figure.name)) {
			let worst = figure.worst(pallet);
			assert!(worst.any_gt(Weight::zero()), "{pallet}: {} weighs nothing", figure.name);
			let (time, limit) = (worst.ref_time(), most.ref_time());
			assert!(time <= limit, "{pallet}: {} takes {time} of {limit}", figure.name);
			looked_at += 1;
		}
	}
	// All but those whose weights are put together from several.
	assert!(looked_at > calls.len() - 10, "{looked_at} of {}", calls.len());
}

#[test]
fn the_page_of_weights_says_what_the_runtime_charges() {
	let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/weights.md");
	let written = fs::read_to_string(page).unwrap();
	assert!(written == weights::table(), "run scripts/weights.sh --docs");
}
