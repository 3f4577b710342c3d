//! Anything that anybody can call, in any order, over any time: nothing panics, and what has to hold of the state holds.
//!
//! A run follows from its seed. `HDX_FUZZ_SEED` sets it, and `HDX_FUZZ_CALLS` how many calls are made; a run that fails
//! prints both, and the last calls. `scripts/fuzz.sh runtime` makes long runs, optimised.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used,
	missing_docs
)]
#![recursion_limit = "256"]

// The other tests use more of these.
#[allow(dead_code)]
mod arbitrary_calls;
#[allow(dead_code)]
mod chain;
mod fuzzing;
mod long_run;

use ark_std::rand::{rngs::StdRng, Rng, SeedableRng};
use frame_support::traits::GetCallMetadata;
use fuzzing::{
	accounts, arbitrary::Arbitrary, grants, history::History, invariants, left_out, meaningful,
	scene, tally::Tally, trail::Trail, with_large_stack, Chain, Step, DAY, HOUR,
};
use hdx_runtime::{RuntimeCall, SLOT_DURATION};
use std::{collections::BTreeSet, time::Instant};

/// Calls of a run that names no number. A call takes half a millisecond to a millisecond where nothing is optimised: some
/// twenty reads and ten writes, of ten to forty microseconds each. Blocks and checks double that. So about half a minute, and
/// some more for the key of the circuit that the scene has.
const CALLS: u64 = 15_000;
/// Seed of a run that names none.
const SEED: u64 = 1;
/// Calls of a block, at most.
const OF_A_BLOCK: u64 = 80;
/// Blocks between two looks at the whole state.
const BETWEEN_LOOKS: u64 = 40;
/// Calls of a chain, at most: then a new one begins. What arbitrary calls close stays closed, and so less and less would be
/// possible. It is some eight years, so that entries of the log leave the state.
const LIFE: u64 = 40_000;

/// How many different calls of each pallet have to have worked, in a run of [`CALLS`] or more. If they did not, this would be a
/// list of refusals. All of our pallets are here; what is not is in [`NOT_COUNTED`].
const AT_LEAST: [(&str, usize); 22] = [
	("Audit", 5),
	("Consent", 12),
	("Did", 5),
	("Groth16Verifier", 2),
	("Multisig", 3),
	("Origins", 3),
	("PatientCollective", 1),
	("PatientPolls", 1),
	("ProviderRegistry", 15),
	("Proxy", 3),
	("Quota", 1),
	("RankedCollective", 1),
	("RankedPolls", 1),
	("RecordAccess", 12),
	("SafeMode", 1),
	("Scheduler", 2),
	("ShieldedConsent", 1),
	("ShieldedLicence", 2),
	("Study", 2),
	("TxPause", 1),
	("ValidatorSet", 1),
	("Whitelist", 2),
];

/// The pallets of which no number of calls has to work, and why.
const NOT_COUNTED: [(&str, &str); 9] = [
	("Balances", "there are no coins, and nobody makes any"),
	("Grandpa", "reports are of equivocations that there are not"),
	("MultiBlockMigrations", "all of its calls are left out"),
	("Preimage", "texts of proposals here are short, and part of them"),
	("Session", "validators here keep the keys that they have"),
	("Sudo", "what it carries counts, and is mostly refused"),
	("System", "remarks always work, and the rest is left out or Root's"),
	("Timestamp", "the clock is the author's of a block"),
	("Utility", "what it carries counts"),
];

fn number(name: &str, otherwise: u64) -> u64 {
	match std::env::var(name) {
		Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} takes a whole number: {text}")),
		Err(_) => otherwise,
	}
}

/// How much time passes before a block: mostly a slot, seldom more than half a year.
fn pause(rng: &mut StdRng) -> u64 {
	match rng.gen_range(0..100) {
		0..=69 => SLOT_DURATION,
		70..=89 => rng.gen_range(SLOT_DURATION..HOUR),
		90..=96 => rng.gen_range(HOUR..2 * DAY),
		97 => rng.gen_range(DAY..40 * DAY),
		_ => rng.gen_range(40 * DAY..200 * DAY),
	}
}

/// A run of the fuzzer.
struct Run {
	rng: StdRng,
	arbitrary: Arbitrary,
	tally: Tally,
	trail: Trail,
	history: History,
	made: u64,
}

impl Run {
	fn new(seed: u64) -> Self {
		Self {
			rng: StdRng::seed_from_u64(seed),
			arbitrary: Arbitrary::new(),
			tally: Tally::default(),
			trail: Trail::new(seed),
			history: History::default(),
			made: 0,
		}
	}

	/// Three of four calls mean something; the others are anything.
	fn think(&mut self) -> Option<Step> {
		if self.rng.gen_bool(0.75) {
			meaningful::any(&mut self.rng).filter(|step| !left_out::is_left_out(&step.call))
		} else {
			self.arbitrary.any(&mut self.rng)
		}
	}

	/// So many calls.
	fn calls(&mut self, calls: u64) {
		for _ in 0..calls {
			self.made += 1;
			let Some(step) = self.think() else { continue };
			self.trail.note(&step);
			// The others are called past signatures and quotas: one of a hundred is a tenth of the time.
			let by_transaction = self.rng.gen_bool(0.01);
			self.tally.run(step, by_transaction);
		}
	}

	/// So many calls, on one chain after the other. Says after each chain how far it is: ten million take the better part of
	/// an hour.
	fn go(&mut self, calls: u64) {
		let from = Instant::now();
		while self.made < calls {
			self.live(calls.min(self.made + LIFE));
			println!("{} of {calls} calls, {} s", self.made, from.elapsed().as_secs());
		}
	}

	/// A chain, until so many calls were made in all.
	fn live(&mut self, until: u64) {
		self.trail.tell("a new chain".into());
		self.history = History::default();
		let mut chain = Chain::dev();
		chain.block(SLOT_DURATION, scene::set);
		let mut block = 0u64;
		while self.made < until {
			block += 1;
			let after = pause(&mut self.rng);
			self.trail.tell(format!("a block, {after} ms after the one before"));
			let of_this = self.rng.gen_range(1..=OF_A_BLOCK).min(until - self.made);
			chain.block(after, || self.calls(of_this));
			chain.look(|| self.history.go_on());
			if block.is_multiple_of(BETWEEN_LOOKS) {
				chain.look(invariants::hold);
			}
		}
		// An end without calls: what is due is done.
		chain.block(SLOT_DURATION, || ());
		chain.look(invariants::hold);
	}

	/// Asserts that this was no run of refusals.
	fn was_deep(&self) {
		for (pallet, least) in AT_LEAST {
			let worked = self.tally.succeeded(pallet);
			assert!(
				worked.len() >= least,
				"only these calls of {pallet} worked: {worked:?}; these never did: {:?}",
				self.tally.refused(pallet)
			);
		}
	}
}

#[test]
fn whatever_is_called_nothing_panics_and_what_has_to_hold_holds() {
	with_large_stack(|| {
		let (seed, calls) = (number("HDX_FUZZ_SEED", SEED), number("HDX_FUZZ_CALLS", CALLS));
		println!("seed {seed}, {calls} calls");
		let (mut run, from) = (Run::new(seed), Instant::now());
		run.go(calls);
		let seconds = from.elapsed().as_secs_f64();
		println!("{calls} calls in {seconds:.1} s, {:.0} a second", calls as f64 / seconds);
		run.tally.print();
		// A run that was cut short to see a failure again has no time to get deep.
		if calls >= CALLS {
			run.was_deep();
		}
	});
}

#[test]
fn the_same_seed_makes_the_same_calls() {
	with_large_stack(|| {
		let written = |seed| {
			let mut run = Run::new(seed);
			let mut chain = Chain::dev();
			chain.block(SLOT_DURATION, scene::set);
			chain.block(SLOT_DURATION, || {
				let mut lines = Vec::new();
				for _ in 0..100 {
					let Some(step) = run.think() else { continue };
					let mut line = step.written();
					// A signature of sr25519 is another one each time, and comes last: in the call itself, or in one that
					// carries it.
					let has_one = [
						"RecordAccess.break_glass ",
						"Multisig.as_multi_threshold_1 ",
						"Proxy.proxy ",
						"Scheduler.schedule_",
					];
					if has_one.iter().any(|name| line.contains(name)) {
						line.truncate(200);
					}
					lines.push(line);
					step.dispatch();
				}
				lines
			})
		};
		assert_eq!(written(7), written(7));
		assert_ne!(written(7), written(8));
	});
}

#[test]
fn what_is_left_out_is_found_in_whatever_carries_it() {
	let remark = chain::remark();
	let raw: hdx_runtime::RuntimeCall = frame_system::Call::kill_storage { keys: vec![] }.into();
	assert!(!left_out::is_left_out(&chain::batch([remark.clone()])));
	assert!(left_out::is_left_out(&chain::as_root(chain::batch([remark, raw]))));
}

#[test]
fn all_accounts_are_different() {
	let all = accounts::all();
	let different: BTreeSet<_> = all.iter().collect();
	assert_eq!(different.len(), all.len());
}

#[test]
fn every_pallet_has_to_work_or_is_known_not_to() {
	let with_calls: BTreeSet<_> = RuntimeCall::get_module_names().iter().copied().collect();
	let has_to = AT_LEAST.map(|(pallet, _)| pallet);
	let need_not = NOT_COUNTED.map(|(pallet, _)| pallet);
	let known: BTreeSet<_> = has_to.into_iter().chain(need_not).collect();
	assert_eq!(known, with_calls);
	assert_eq!(known.len(), AT_LEAST.len() + NOT_COUNTED.len(), "a pallet is in both lists");
}

#[test]
fn every_grant_is_looked_at_in_some_turn() {
	use grants::looked_at;
	for few in [0, 1, 4_000] {
		assert_eq!(looked_at(few, 7), (0..few).collect::<Vec<_>>());
	}
	let many = 9_001;
	let different: BTreeSet<_> = (0..3).flat_map(|turn| looked_at(many, turn)).collect();
	assert_eq!(different, (0..many).collect::<BTreeSet<_>>());
	for turn in [0, 5, u64::MAX] {
		let one = looked_at(many, turn);
		assert!(one.len() < 4_000, "{}", one.len());
		assert!((many - 400..many).all(|newest| one.contains(&newest)));
	}
}
