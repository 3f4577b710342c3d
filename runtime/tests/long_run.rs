//! Years of a chain's life: consents that renew themselves and end, grants, emergencies and their reviews, members who come
//! and go, and a log from which entries leave when their window is over.
//!
//! Two years of traffic, a pause until the window of its first entry is over, and two years of the same traffic: in these,
//! as much leaves the state as comes into it.

use crate::fuzzing::{
	history::History,
	invariants,
	meaningful::{access, audit, consent, emergency, governance, providers},
	now, scene,
	tally::Tally,
	trail::Trail,
	with_large_stack, Chain, Make, DAY,
};
use ark_std::rand::{rngs::StdRng, Rng, SeedableRng};
use hdx_primitives::{engine::Status, AuditAction, EntryIndex, Milliseconds};
use hdx_runtime::{Runtime, SLOT_DURATION};
use pallet_audit::{Entries, NextEntryIndex, OldestEntry};

/// Months of each of the two times.
const MONTHS: u64 = 24;
/// Blocks of a month.
const BLOCKS: u64 = 10;
/// Milliseconds between blocks: three days.
const BETWEEN: u64 = 30 * DAY / BLOCKS;
/// Calls of a block.
const CALLS: usize = 8;
/// A call of so many is a signed transaction; the others are called past signatures, which take most of the time.
const TRANSACTIONS: usize = 8;

/// What happens, in equal parts.
const TRAFFIC: [Make; 31] = [
	consent::grant,
	consent::grant,
	consent::amend,
	consent::renew,
	consent::revoke,
	consent::stop_renewal,
	consent::ask,
	consent::approve,
	access::register_record,
	access::update_record,
	access::request_access,
	access::request_access,
	access::request_access,
	access::record_disclosure,
	access::record_disclosure,
	access::revoke_grant,
	emergency::check_licence,
	emergency::check_licence,
	emergency::break_glass,
	emergency::review,
	audit::ask,
	audit::answer,
	audit::escalate,
	audit::decide,
	governance::seat,
	governance::unseat,
	governance::appoint,
	governance::dismiss,
	governance::submit,
	governance::vote,
	providers::affiliate,
];

/// A chain that lives.
struct Life {
	chain: Chain,
	rng: StdRng,
	tally: Tally,
	trail: Trail,
	history: History,
}

impl Life {
	fn begin() -> Self {
		let mut chain = Chain::dev();
		chain.block(SLOT_DURATION, scene::set);
		let seed = 24;
		Self {
			chain,
			rng: StdRng::seed_from_u64(seed),
			tally: Tally::default(),
			trail: Trail::new(seed),
			history: History::default(),
		}
	}

	/// A month of traffic, after which everything has to hold.
	fn month(&mut self) {
		let Self { chain, rng, tally, trail, history } = self;
		for _ in 0..BLOCKS {
			chain.block(BETWEEN, || {
				for number in 0..CALLS {
					let make = TRAFFIC[rng.gen_range(0..TRAFFIC.len())];
					let Some(step) = make(rng) else { continue };
					trail.note(&step);
					tally.run(step, number % TRANSACTIONS == 0);
				}
			});
		}
		chain.look(|| {
			history.go_on();
			invariants::hold();
			nothing_is_left_that_is_due();
		});
	}

	/// Nothing happens for so long. Then there are blocks in which what became due meanwhile is done, so much in each.
	fn rest(&mut self, milliseconds: u64) {
		self.chain.block(milliseconds, || ());
		for _ in 0..32 {
			self.chain.block(SLOT_DURATION, || ());
		}
	}

	/// How many keys the log has in the state.
	fn size_of_the_log(&mut self) -> usize {
		self.chain.look(|| keys_under(&sp_io::hashing::twox_128(b"Audit")))
	}
}

/// How many keys begin like this.
fn keys_under(prefix: &[u8]) -> usize {
	let mut key = prefix.to_vec();
	let mut count = 0;
	while let Some(next) = sp_io::storage::next_key(&key).filter(|key| key.starts_with(prefix)) {
		key = next.to_vec();
		count += 1;
	}
	count
}

fn retention() -> u64 {
	pallet_audit::RetentionPeriod::<Runtime>::get().0
}

/// What is due is done within a block or two: entries whose window is over have left, renewals are announced, and what was
/// counted in windows that are over is forgotten.
fn nothing_is_left_that_is_due() {
	let late = 2 * BETWEEN;
	if let Some(oldest) = Entries::<Runtime>::get(OldestEntry::<Runtime>::get()) {
		let is_of_genesis = oldest.at.0 == 0;
		let has_time = oldest.at.0 + retention() + late > now();
		assert!(is_of_genesis || has_time, "an entry of {:?} is there at {}", oldest.at, now());
	}
	let overdue = pallet_consent::Agenda::<Runtime>::iter_keys()
		.filter(|key| key.due().0 + late < now())
		.count();
	assert_eq!(overdue, 0, "renewals that were due are not announced");
	// Of one window: some accounts, and what they have to do with patients.
	let counted = pallet_audit::WindowCounts::<Runtime>::iter().count()
		+ pallet_audit::PatientsOfWindow::<Runtime>::iter().count();
	assert!(counted < 40 * CALLS, "{counted} counts are left of windows that are over");
}

/// How many entries in the state say that this was done.
fn entries_about(action: AuditAction) -> usize {
	Entries::<Runtime>::iter_values().filter(|entry| entry.event.action == action).count()
}

/// That the traffic was what it is taken for.
fn has_lived(life: &mut Life) {
	life.tally.print();
	for (pallet, call) in [
		("Consent", "grant"),
		("Consent", "renew"),
		("Consent", "revoke"),
		("RecordAccess", "request_access"),
		("RecordAccess", "record_disclosure"),
		("RecordAccess", "revoke_grant"),
		("RecordAccess", "break_glass"),
		("RecordAccess", "review_break_glass"),
		("Audit", "request_review"),
		("Audit", "answer_review"),
		("Origins", "unseat_institution"),
		("Origins", "seat_institution"),
		("RankedCollective", "vote"),
	] {
		assert!(life.tally.successes(pallet, call) > 0, "{pallet}.{call} never worked");
	}
	life.chain.look(|| {
		let by_itself = pallet_consent::Consents::<Runtime>::iter_values()
			.any(|record| record.status == Status::Active && record.is_over(Milliseconds(now())));
		assert!(by_itself, "no consent ended by itself");
		assert!(entries_about(AuditAction::ConsentRenewed) > 0, "no consent renewed itself");
		let reviewed = pallet_record_access::EmergencyOverrides::<Runtime>::iter_values()
			.filter(|emergency| emergency.review.is_some())
			.count();
		assert!(reviewed > 0, "no emergency was reviewed");
	});
}

#[test]
fn two_years_after_six_years_the_state_is_sound_and_the_log_does_not_go_on_growing() {
	with_large_stack(|| {
		let mut life = Life::begin();
		let traffic = MONTHS * BLOCKS * BETWEEN;
		for _ in 0..MONTHS {
			life.month();
		}
		has_lived(&mut life);
		let before = life.chain.look(|| {
			assert_eq!(
				OldestEntry::<Runtime>::get(),
				EntryIndex(0),
				"an entry left before its time"
			);
			let window = <Runtime as pallet_audit::Config>::MinRetention::get();
			assert_eq!(retention(), window.0);
			NextEntryIndex::<Runtime>::get()
		});
		let size = life.size_of_the_log();
		assert!(before.0 > 300, "only {} entries came in two years", before.0);

		// The window of the first entry is over when the traffic sets in again, that of the last one two years later.
		let pause = life.chain.look(retention) - traffic;
		life.rest(pause);
		for month in 1..=MONTHS {
			life.month();
			let present = life.size_of_the_log();
			// The traffic is by chance: no two years are alike, and what is under review stays longer. Were nothing to
			// leave, it would be twice as many in the end.
			let most = size + size / 2;
			assert!(present <= most, "month {month}: {present} keys, of {size} when it began");
		}
		life.chain.look(|| {
			let EntryIndex(oldest) = OldestEntry::<Runtime>::get();
			let few = before.0 - before.0 / 10;
			assert!(oldest > few, "{oldest} of {} entries left the state", before.0);
			assert!(NextEntryIndex::<Runtime>::get().0 > before.0 + 300, "nothing happened later");
		});
	});
}
