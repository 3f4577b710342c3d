//! What calls are charged: what was measured of this runtime, and nothing else.

use crate::arbitrary_calls::Calls;
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	traits::{GetCallMetadata, Hooks, WhitelistedStorageKeys},
};
use hdx_primitives::AccountId;
use hdx_runtime::{
	configs::chambers::LONGEST_TEXT, weights, AllPalletsWithSystem, Audit, Consent,
	ProviderRegistry, RecordAccess, Runtime, RuntimeCall, RuntimeOrigin, SafeMode,
};
use pallet_preimage::WeightInfo as _;
use pallet_ranked_collective::Instance2;
use sp_io::{hashing::twox_128, TestExternalities};
use std::{
	any::type_name,
	collections::{BTreeMap, BTreeSet},
	fs,
};

/// The page of what calls cost.
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/weights.md");
/// How many of each call are made up.
const MADE_OF_EACH: usize = 40;
/// In picoseconds.
const MICROSECOND: u64 = 1_000_000;

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
	// As the script measures where it is told nothing else.
	let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/weights.sh");
	let script = fs::read_to_string(script).unwrap();
	let shipped = |option: &str| {
		let found = script.lines().find_map(|line| line.strip_prefix(option)?.strip_prefix('='));
		found.expect("the script has it").to_owned()
	};
	let how =
		format!("{} values of each component, {} times each", shipped("steps"), shipped("repeat"));
	for when in weights::measured() {
		assert!(when.ends_with(&how), "run scripts/weights.sh: some weights are of {when}");
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

/// A call by the names that the page has for it.
fn named(pallet: &str, call: &str) -> String {
	format!("{pallet}.{call}")
}

#[test]
fn every_pallet_of_this_project_is_listed_with_its_calls() {
	let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../pallets");
	let crates: BTreeSet<String> = fs::read_dir(folder)
		.unwrap()
		.map(|entry| entry.unwrap().file_name().into_string().unwrap())
		.map(|name| format!("pallet_{}", name.replace('-', "_")))
		.collect();
	let listed: BTreeSet<String> =
		weights::OURS.iter().map(|(_, package)| (*package).to_owned()).collect();
	assert_eq!(crates, listed);
	// Each under the name that it has in the runtime.
	let sources = sources();
	for (pallet, package) in weights::OURS {
		let ours = format!("hdx_runtime::weights::{package}::");
		assert!(sources[pallet].iter().all(|source| source.starts_with(&ours)), "{pallet}");
	}
}

#[test]
fn every_call_of_ours_weighs_something_and_fits_into_a_block() {
	let limits = <Runtime as frame_system::Config>::BlockWeights::get();
	let most = limits.get(DispatchClass::Normal).max_extrinsic.unwrap();
	let mut looked_at = BTreeSet::new();
	for declared in weights::declared() {
		let name = named(declared.name, &declared.call);
		assert!(declared.least.ref_time() > 0, "{name} weighs nothing");
		let (time, limit) = (declared.most.ref_time(), most.ref_time());
		assert!(time <= limit, "{name} takes {time} of {limit}");
		looked_at.insert(name);
	}
	let all: BTreeSet<_> = weights::OURS
		.iter()
		.map(|(pallet, _)| *pallet)
		.chain(["Grandpa"])
		.flat_map(|pallet| {
			RuntimeCall::get_call_names(pallet).iter().map(move |call| named(pallet, call))
		})
		.collect();
	assert_eq!(looked_at, all);
}

/// The calls of ours that no function of the same name weighs, as they are put together from several.
const PUT_TOGETHER: [&str; 6] = [
	// Ends one key and adds another.
	"Did.rotate_key",
	// By what kind of key it is.
	"Did.add_key",
	// The same call with the same proof, as a block's author makes it.
	"Grandpa.report_equivocation_unsigned",
	// The more of two, by who makes it.
	"ProviderRegistry.set_practitioner_status",
	// What each takes without a proof, the proof, and what is beside it.
	"RecordAccess.break_glass_by_proof",
	"RecordAccess.request_access_by_proof",
];

#[test]
fn no_call_of_ours_is_charged_less_than_what_was_measured_of_it() {
	let figures: BTreeMap<_, _> = weights::figures().into_iter().collect();
	let mut put_together = BTreeSet::new();
	for declared in weights::declared() {
		let name = named(declared.name, &declared.call);
		let figures = &figures[declared.pallet];
		let Some(figure) = figures.iter().find(|figure| figure.name == declared.call) else {
			put_together.insert(name);
			continue;
		};
		let (charged, measured) = (declared.most, figure.worst(declared.pallet));
		assert!(charged.all_gte(measured), "{name} is charged {charged} of {measured}");
	}
	assert_eq!(put_together, PUT_TOGETHER.map(str::to_owned).into());
}

/// The least and the most time of each call on the page, in microseconds.
fn rows() -> BTreeMap<String, (u64, u64)> {
	let page = fs::read_to_string(PAGE).unwrap();
	let section = page.split("## Every call\n").nth(1).expect("the page has the section");
	let section = section.split("\n## ").next().unwrap();
	let number = |cell: &str| cell.replace(',', "").parse::<u64>().unwrap();
	section
		.lines()
		.filter(|line| line.contains('`'))
		.map(|line| {
			let cells: Vec<_> = line.split('|').map(str::trim).collect();
			let name = named(cells[1], cells[2].trim_matches('`'));
			(name, (number(cells[3]), number(cells[4])))
		})
		.collect()
}

#[test]
fn no_call_weighs_more_than_its_row_on_the_page() {
	let rows = rows();
	let calls = Calls::of_runtime(Vec::new());
	let mut looked_at = BTreeSet::new();
	for (name, call) in calls.each(MADE_OF_EACH) {
		let Some((least, most)) = rows.get(&name) else { continue };
		let time = call.get_dispatch_info().call_weight.ref_time().div_ceil(MICROSECOND);
		assert!((*least..=*most).contains(&time), "{name} takes {time}: {call:?}");
		looked_at.insert(name);
	}
	let listed: BTreeSet<_> =
		weights::declared().iter().map(|call| named(call.name, &call.call)).collect();
	assert_eq!(rows.into_keys().collect::<BTreeSet<_>>(), listed);
	assert_eq!(looked_at, listed);
}

/// What weighs nothing: calls that are refused before they do anything, so that there is nothing to measure. What they take is in
/// what every transaction is charged.
const REFUSED: [(&str, &str); 3] = [
	// Nobody can pay a deposit to enter safe mode, or to extend it.
	("pallet_safe_mode", "enter"),
	("pallet_safe_mode", "extend"),
	// So there is none to release.
	("pallet_safe_mode", "release_deposit"),
];

#[test]
fn only_what_is_refused_before_it_does_anything_weighs_nothing() {
	let nothing: Vec<_> = weights::figures()
		.into_iter()
		.flat_map(|(pallet, figures)| {
			let weightless = figures.into_iter().filter(move |figure| {
				let worst = figure.worst(pallet);
				worst.ref_time() == 0
			});
			weightless.map(move |figure| (pallet, figure.name)).collect::<Vec<_>>()
		})
		.collect();
	assert_eq!(nothing, REFUSED);
	TestExternalities::default().execute_with(|| {
		type Refusal = pallet_safe_mode::Error<Runtime>;
		let somebody = AccountId::new([1; 32]);
		let signed = || RuntimeOrigin::signed(somebody.clone());
		assert_eq!(SafeMode::enter(signed()), Err(Refusal::NotConfigured.into()));
		assert_eq!(SafeMode::extend(signed()), Err(Refusal::Exited.into()));
		let released = SafeMode::release_deposit(signed(), somebody.clone(), 1);
		assert_eq!(released, Err(Refusal::NoDeposit.into()));
		pallet_safe_mode::EnteredUntil::<Runtime>::put(10);
		assert_eq!(SafeMode::extend(signed()), Err(Refusal::NotConfigured.into()));
	});
	let limits = <Runtime as frame_system::Config>::BlockWeights::get();
	assert!(limits.get(DispatchClass::Normal).base_extrinsic.ref_time() > 0);
}

#[test]
fn the_page_of_weights_says_what_the_runtime_charges() {
	let written = fs::read_to_string(PAGE).unwrap();
	assert!(written == weights::table(), "run scripts/weights.sh --docs");
}
