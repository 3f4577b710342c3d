//! What governance can change, as a consortium writes it down: the state that a chain starts with has it.

use codec::{Decode, Encode};
use hdx_primitives::{
	engine::terminology::purpose::{HRESCH, TREAT},
	Action, AssuranceLevel, Role,
};
use hdx_tests::{binaries, client, rpc};
use serde_json::Value;
use std::{collections::BTreeMap, fs};
use subxt::metadata::Metadata;

/// Milliseconds of a minute.
const MINUTE: u64 = 60_000;
/// Milliseconds of an hour.
const HOUR: u64 = 60 * MINUTE;
/// Milliseconds of a day.
const DAY: u64 = 24 * HOUR;

/// Thresholds: refusals, emergency overrides, patients.
type Thresholds = (Option<u32>, Option<u32>, Option<u32>);

/// A first state.
struct State(BTreeMap<Vec<u8>, Vec<u8>>);

impl State {
	/// Of the chain that the documentation shows, with this in its file.
	async fn with(parameters: &str) -> Self {
		let directory = tempfile::tempdir().unwrap();
		let example = binaries::project().join("docs/operate/consortium.toml");
		let text = fs::read_to_string(example).unwrap();
		let (file, out) = (directory.path().join("consortium.toml"), directory.path().join("raw"));
		fs::write(&file, format!("{text}\n{parameters}\n")).unwrap();
		let (file, out) = (file.to_str().unwrap(), out.to_str().unwrap());
		let run = client::hdx(["chain-spec", "build", file, "--raw", "--out", out]).await;
		run.expect_success();
		let raw: Value = serde_json::from_slice(&fs::read(out).unwrap()).unwrap();
		let top = raw["genesis"]["raw"]["top"].as_object().unwrap();
		let pairs = top.iter();
		Self(pairs.map(|(key, one)| (rpc::bytes(key), rpc::bytes(one.as_str().unwrap()))).collect())
	}

	/// A single value. `None`: it is what the runtime ships.
	fn value<T: Decode>(&self, pallet: &str, name: &str) -> Option<T> {
		self.0.get(&rpc::item(pallet, name)).map(|bytes| T::decode(&mut &bytes[..]).unwrap())
	}

	/// What is in a map, by the key behind the name's.
	fn map<T: Decode>(&self, pallet: &str, name: &str) -> Vec<(Vec<u8>, T)> {
		let start = rpc::item(pallet, name);
		let entries = self.0.iter().filter(|(key, _)| key.starts_with(&start));
		let read = |bytes: &Vec<u8>| T::decode(&mut &bytes[..]).unwrap();
		entries.map(|(key, bytes)| (key[start.len()..].to_vec(), read(bytes))).collect()
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_state_has_the_parameters_of_the_file() {
	let state = State::with(
		"[parameters]\nretention_days = 3653\n\
		 [parameters.emergency]\nmax_duration_minutes = 30\nproofs_a_day = 0\n\
		 [parameters.reviews]\nanswer_within_days = 14\n\
		 [parameters.monitoring]\nwindow_hours = 12\n\
		 [parameters.monitoring.institution]\npatients = 900\n\
		 [[bucket]]\ninstitution = \"rheinklinik\"\ncapacity = 4000\nrefill = 200\n\
		 [[permission]]\nrole = \"nurse\"\npurpose = \"TREAT\"\nactions = [\"read\"]\n\
		 [[permission]]\nrole = \"researcher\"\npurpose = \"HRESCH\"\nactions = []\n\
		 [[level]]\npurpose = \"TREAT\"\naction = \"read\"\nlevel = \"attested\"\n",
	)
	.await;
	assert_eq!(state.value("Audit", "RetentionPeriod"), Some(3_653 * DAY));
	// What is left out of a table is as shipped.
	let terms = (30 * MINUTE, 10u32, 3 * DAY, 3u32, 0u8);
	assert_eq!(state.value("RecordAccess", "EmergencyTermsInForce"), Some(terms));
	assert_eq!(state.value("Audit", "ReviewTermsInForce"), Some((14 * DAY, 30 * DAY)));
	let actor: Thresholds = (Some(20), Some(3), Some(200));
	let institution: Thresholds = (Some(1_000), Some(100), Some(900));
	let monitoring = Some((12 * HOUR, actor, institution));
	assert_eq!(state.value("Audit", "MonitoringTermsInForce"), monitoring);

	// The second institution of the file.
	let buckets: Vec<(_, (u32, u32))> = state.map("Quota", "InstitutionLimits");
	assert_eq!(buckets.len(), 1);
	assert!(buckets[0].0.ends_with(&1u32.encode()));
	assert_eq!(buckets[0].1, (4_000, 200));

	let cells: Vec<(_, Vec<Action>)> = state.map("RecordAccess", "RoleMatrix");
	let cell = |role: Role, purpose: hdx_primitives::Code| {
		// A hash of eight bytes is before the role, one of sixteen before the purpose.
		let is_it = |key: &[u8]| key[8..9] == role.encode() && key.ends_with(&purpose.0);
		cells.iter().find(|(key, _)| is_it(key)).map(|(_, actions)| actions.clone())
	};
	assert_eq!(cell(Role::Nurse, TREAT), Some(vec![Action::Read]));
	assert_eq!(cell(Role::Researcher, HRESCH), None);
	// As shipped.
	assert_eq!(cell(Role::Pharmacist, TREAT), Some(vec![Action::Read, Action::Append]));

	let levels: Vec<(_, AssuranceLevel)> = state.map("RecordAccess", "RequiredLevels");
	assert_eq!(levels.len(), 1);
	assert!(levels[0].0.ends_with(&Action::Read.encode()));
	assert_eq!(levels[0].1, AssuranceLevel::Attested);
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_that_are_left_out_are_as_shipped() {
	let state = State::with("").await;
	assert_eq!(state.value::<u64>("Audit", "RetentionPeriod"), None);
	assert_eq!(state.value::<(u64, u64)>("Audit", "ReviewTermsInForce"), None);
	assert_eq!(state.value::<(u64, Thresholds)>("Audit", "MonitoringTermsInForce"), None);
	assert_eq!(state.value::<(u64, u32)>("RecordAccess", "EmergencyTermsInForce"), None);
	assert!(state.map::<(u32, u32)>("Quota", "InstitutionLimits").is_empty());
	assert!(state.map::<AssuranceLevel>("RecordAccess", "RequiredLevels").is_empty());

	let state = State::with("[parameters]\nlicences_required = true").await;
	assert!(!state.map::<AssuranceLevel>("RecordAccess", "RequiredLevels").is_empty());
}

/// Each number that the file may have, with the least and the most of it. `hdx chain-spec check` knows no runtime, so these
/// are copies.
fn bounds() -> Vec<(&'static str, &'static str, u64, u64)> {
	let metadata = Metadata::decode_from(&crate::metadata::ours()).unwrap();
	let constant = |pallet: &str, name: &str| {
		let pallet = metadata.pallet_by_name(pallet).unwrap();
		pallet.constant_by_name(name).unwrap().value().to_vec()
	};
	let time = |pallet, name| u64::decode(&mut &constant(pallet, name)[..]).unwrap();
	let count = |pallet, name| u64::from(u32::decode(&mut &constant(pallet, name)[..]).unwrap());
	let longest = time("RecordAccess", "MaxEmergencyDuration") / MINUTE;
	let threshold = count("Audit", "MaxThreshold");
	let step = (time("Audit", "MinReviewPeriod") / DAY, time("Audit", "MaxReviewPeriod") / DAY);
	let window = (time("Audit", "MinWindow") / HOUR, time("Audit", "MaxWindow") / HOUR);
	let retention = (time("Audit", "MinRetention") / DAY, time("Audit", "MaxRetention") / DAY);
	// Some are no constants of the runtime: that it takes them, the first states show.
	vec![
		("parameters", "retention_days", retention.0, retention.1),
		("parameters.emergency", "max_duration_minutes", 15, longest),
		("parameters.emergency", "uses", 1, count("RecordAccess", "MaxUses")),
		("parameters.emergency", "review_within_hours", 1, 720),
		("parameters.emergency", "max_overdue", 0, 100),
		("parameters.emergency", "proofs_a_day", 0, 255),
		("parameters.reviews", "answer_within_days", step.0, step.1),
		("parameters.reviews", "escalate_within_days", step.0, step.1),
		("parameters.monitoring", "window_hours", window.0, window.1),
		("parameters.monitoring.actor", "denials", 1, threshold),
		("parameters.monitoring.actor", "overrides", 1, threshold),
		("parameters.monitoring.actor", "patients", 1, threshold),
		("parameters.monitoring.institution", "denials", 1, threshold),
		("parameters.monitoring.institution", "overrides", 1, threshold),
		("parameters.monitoring.institution", "patients", 1, threshold),
	]
}

/// A file's tables, with a number for each key.
fn tables(number: impl Fn(u64, u64) -> u64) -> String {
	let mut all: BTreeMap<&str, String> = BTreeMap::new();
	for (table, key, least, most) in bounds() {
		*all.entry(table).or_default() += &format!("{key} = {}\n", number(least, most));
	}
	all.into_iter().map(|(table, lines)| format!("[{table}]\n{lines}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bounds_of_parameters_are_those_of_the_runtime() {
	let directory = tempfile::tempdir().unwrap();
	let file = directory.path().join("consortium.toml");
	fs::write(&file, tables(|_, _| u32::MAX.into())).unwrap();
	let run = client::hdx(["chain-spec", "check", file.to_str().unwrap(), "--json"]).await;
	assert_eq!(run.code, Some(1), "{run}");
	let checked: Value = serde_json::from_str(&run.stdout).unwrap();
	let faults = checked["faults"].as_array().unwrap();
	for (table, key, least, most) in bounds() {
		let key = format!("{table}.{key}");
		let fault = faults.iter().find(|fault| fault["key"] == key.as_str()).unwrap();
		let expected = format!("from {least} to {most}");
		assert!(fault["wrong"].as_str().unwrap().ends_with(&expected), "{fault}");
	}
	// The runtime takes them all.
	let least = State::with(&tables(|least, _| least)).await;
	assert_eq!(least.value("Audit", "RetentionPeriod"), Some(2_192 * DAY));
	let most = State::with(&tables(|_, most| most)).await;
	let terms = (240 * MINUTE, 100u32, 720 * HOUR, 100u32, 255u8);
	assert_eq!(most.value("RecordAccess", "EmergencyTermsInForce"), Some(terms));
}
