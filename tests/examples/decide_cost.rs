//! What a decision costs inside the runtime, beside what a balance transfer weighs:
//! `cargo run --release -p hdx-tests --example decide_cost`.
//!
//! The runtime's WebAssembly is called as a node calls it (`ConsentApi_decide`) about patients of one
//! consent of 32 provisions, and of several. Asked for a purpose that none of them is about, they are read
//! and decoded; asked for another, every provision is looked at as well. The differences are what
//! deciding costs, and it is given twice:
//!
//! - *by one more consent*: how the time grows with their number, as the weights of calls are measured
//!   (FRAME's benchmarks repeat a call within one instance of the runtime);
//! - *by the first*: each call here has an instance of its own, so that nothing of what deciding needs
//!   is in the processor's caches yet.
//!
//! All in one run, in turns, so that a busy machine slows all alike.

#![allow(
	missing_docs,
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::print_stdout,
	clippy::unwrap_used
)]

use codec::{Decode, Encode};
use hdx_primitives::{
	consent::{ConsentQuery, ConsentTerms, PatientInfo, SignedDocument},
	engine::{
		decide,
		terminology::{confidentiality, purpose, sensitivity},
		Actor, Choices, Consent, ConsentId, Decision, Outcome, Policy, Provision, Rule, Rules,
		Status, Values,
	},
	AccountId, Code, Commitment, InstitutionId, Milliseconds, TemplateId,
};
use hdx_runtime::{Runtime, RuntimeOrigin};
use pallet_balances::WeightInfo;
use sc_executor::WasmExecutor;
use sp_core::traits::{CallContext, CodeExecutor, RuntimeCode, WrappedRuntimeCode};
use sp_crypto_ec_utils::HostFunctionsRfc163;
use sp_io::{SubstrateHostFunctions, TestExternalities};
use std::{
	hint::black_box,
	time::{Duration, Instant},
};

const NOW: Milliseconds = Milliseconds(1_800_000_000_000);
const PROVISIONS: u32 = 32;
/// Consents of the patients who are asked about.
const CONSENTS: [usize; 2] = [1, 9];
const ROUNDS: usize = 3_000;
const DOCTOR: Actor = Actor::Account([1; 32]);

fn values<T>(values: impl IntoIterator<Item = T>) -> Values<T> {
	Values::truncate_from(values.into_iter().collect())
}

fn code(kind: &str, number: u32) -> Code {
	Code::of_token(&format!("{kind}|{number}"))
}

/// Treatment, payment and operations; denies of labels and classes, and permits inside some of them.
fn policy() -> Policy {
	let mut root = Provision::new(0, Rule::Permit);
	root.purposes = values([purpose::TREAT, purpose::HPAYMT, purpose::HOPERAT]);
	let mut provisions = vec![root];
	for index in 1..PROVISIONS {
		let is_exception = index % 4 == 2;
		let parent = if is_exception { u8::try_from(index - 1).unwrap() } else { 0 };
		let rule = if is_exception { Rule::Permit } else { Rule::Deny };
		let mut provision = Provision::new(parent, rule);
		match index % 4 {
			0 => provision.labels = values([sensitivity::PSY, code("label", index)]),
			1 => provision.labels = values([confidentiality::R, code("label", index)]),
			2 => provision.actors = values([Actor::Group(code("group", index)), DOCTOR]),
			_ => {
				provision.actors = values([Actor::Group(code("group", index))]);
				provision.classes = values([code("class", index)]);
			},
		}
		provisions.push(provision);
	}
	Policy { categories: Values::default(), provisions: provisions.try_into().unwrap() }
}

/// The patient who has so many consents.
fn patient(consents: usize) -> AccountId {
	AccountId::new([u8::try_from(consents).unwrap(); 32])
}

fn query(purpose: Code) -> ConsentQuery {
	ConsentQuery {
		actors: values([DOCTOR, Actor::Organisation(InstitutionId(1))]),
		purposes: values([purpose]),
		..ConsentQuery::default()
	}
}

fn grant(patient: AccountId, number: u8) {
	let commitment = Commitment([number.saturating_add(1); 32]);
	let document = SignedDocument { template: TemplateId(0), commitment };
	let terms = ConsentTerms::default();
	let origin = RuntimeOrigin::signed(patient);
	hdx_runtime::Consent::grant(origin, policy(), document, terms).unwrap();
}

fn state() -> TestExternalities {
	let mut state = TestExternalities::default();
	state.execute_with(|| {
		pallet_timestamp::Now::<Runtime>::put(NOW.0);
		hdx_runtime::Consent::publish_template(RuntimeOrigin::root(), [1; 32], 1).unwrap();
		for consents in CONSENTS {
			let info = PatientInfo { sponsor: InstitutionId(0), sponsored_at: NOW };
			pallet_consent::Patients::<Runtime>::insert(patient(consents), info);
			for number in 0..consents {
				// The earlier in the list, the later it was given: so each is more recent than those
				// looked at before, and none is passed over.
				let given_at = NOW.0 - 1_000 * number as u64;
				pallet_timestamp::Now::<Runtime>::put(given_at);
				grant(patient(consents), u8::try_from(number).unwrap());
			}
		}
		pallet_timestamp::Now::<Runtime>::put(NOW.0);
	});
	state.commit_all().unwrap();
	state
}

fn median(times: &mut [Duration]) -> f64 {
	times.sort();
	times[times.len() / 2].as_secs_f64() * 1e6
}

fn natively() -> f64 {
	let policy = policy();
	let consents = [Consent {
		id: ConsentId(0),
		version: 1,
		status: Status::Active,
		given_at: NOW,
		policy: &policy,
	}];
	let query = query(purpose::TREAT);
	let choices = Choices::from(&consents);
	let mut times: Vec<Duration> = (0..ROUNDS)
		.map(|_| {
			let start = Instant::now();
			black_box(decide(black_box(&choices), &query.request(), &Rules::default(), NOW));
			start.elapsed()
		})
		.collect();
	median(&mut times)
}

fn main() {
	let wasm = hdx_runtime::WASM_BINARY.expect("built with its WebAssembly");
	let fetcher = WrappedRuntimeCode(wasm.into());
	let hash = sp_crypto_hashing::blake2_256(wasm).to_vec();
	let runtime = RuntimeCode { code_fetcher: &fetcher, heap_pages: None, hash };
	let executor = WasmExecutor::<(SubstrateHostFunctions, HostFunctionsRfc163)>::builder().build();
	let mut state = state();
	let mut ask = |who: AccountId, purpose: Code| {
		let data = (who, query(purpose)).encode();
		let mut externalities = state.ext();
		let start = Instant::now();
		let (answer, _) = executor.call(
			&mut externalities,
			&runtime,
			"ConsentApi_decide",
			&data,
			CallContext::Offchain,
		);
		let took = start.elapsed();
		let decision = Decision::decode(&mut &answer.expect("the runtime answers")[..]);
		(took, decision.expect("a decision"))
	};

	let others = |consents| (patient(consents), purpose::HMARKT, Outcome::NoConsent);
	let all = |consents| (patient(consents), purpose::TREAT, Outcome::Permit);
	let [one, many] = CONSENTS;
	let nobody = (AccountId::new([200; 32]), purpose::TREAT, Outcome::NoConsent);
	let cases = [nobody, others(one), all(one), others(many), all(many)];
	let mut times = [(); 5].map(|()| Vec::with_capacity(ROUNDS));
	for _ in 0..ROUNDS {
		for ((who, purpose, outcome), times) in cases.iter().zip(&mut times) {
			let (took, decision) = ask(who.clone(), *purpose);
			assert_eq!(decision.outcome, *outcome);
			times.push(took);
		}
	}
	let [nothing, read_one, decide_one, read_many, decide_many] =
		times.each_mut().map(|times| median(times));
	let transfer = <Runtime as pallet_balances::Config>::WeightInfo::transfer_allow_death();
	let transfer = transfer.ref_time() as f64 / 1e6;
	let more = (many - one) as f64;
	let first = decide_one - read_one;
	let decision = (decide_many - read_many - first) / more;
	let reading = (read_many - read_one) / more;

	println!("medians of {ROUNDS} rounds, in microseconds; consents of {PROVISIONS} provisions");
	println!("  a call about no consent                        {nothing:8.2}");
	println!("  reading and decoding the first                 {:8.2}", read_one - nothing);
	println!("  reading and decoding one more                  {reading:8.2}");
	println!("  deciding by the first, in the runtime          {first:8.2}");
	println!("  deciding by one more, in the runtime           {decision:8.2}");
	println!("  deciding by one, natively                      {:8.2}", natively());
	println!("  what a balance transfer weighs                 {transfer:8.2}");
	println!("  deciding by one more / transfer                1/{:.1}", transfer / decision);
	println!("  deciding by the first / transfer               1/{:.1}", transfer / first);
	println!(
		"  a call with one consent / transfer             1/{:.1}",
		transfer / (decide_one - nothing)
	);
}
