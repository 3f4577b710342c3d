//! What hooks go through at the beginning and the end of a block: each key once, and as much as a block can bring.

use crate::{chain::genesis_of, watched::watch, world::*};
use frame_support::{assert_ok, traits::Hooks, weights::Weight, BoundedVec};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, Commitment, Milliseconds, ReviewReason,
	TemplateId,
};
use hdx_runtime::{
	configs::{EmergencyBucket, InstitutionDefault, OwnBucket},
	genesis, Audit, Consent, Runtime, RuntimeOrigin, System, SLOT_DURATION,
};
use pallet_audit::{PatientsOfWindow, ReviewDeadlines, WindowCounts, WindowKey};
use pallet_consent::{Agenda, ConsentTerms, Renewal, SignedDocument};
use sp_io::{hashing::twox_128, TestExternalities};
use std::collections::BTreeSet;

/// A day, which is how long a window is.
const DAY: u64 = 24 * HOUR;

/// A new chain, after this.
fn chain(before: impl FnOnce()) -> TestExternalities {
	let mut chain = TestExternalities::new(genesis_of(genesis::DEV));
	chain.execute_with(|| {
		settle();
		before();
	});
	chain
}

fn wait(milliseconds: u64) {
	pallet_timestamp::Now::<Runtime>::mutate(|now| *now += milliseconds);
}

fn account(kind: u8, number: u32) -> AccountId {
	let mut bytes = [kind; 32];
	bytes[..4].copy_from_slice(&number.to_le_bytes());
	AccountId::new(bytes)
}

/// Somebody asks about a patient about whom nobody asked before, for hospital A.
fn asks(number: u32) {
	Audit::record(AuditEvent {
		actor: Some(account(1, number)),
		on_behalf_of: Some(HOSPITAL_A),
		patient: Some(account(2, number)),
		..AuditEvent::new(AuditAction::AccessDecided)
	});
}

/// How much is kept of the first window.
fn kept_of_the_first() -> usize {
	let first = WindowKey([0; 4]);
	PatientsOfWindow::<Runtime>::iter_keys().filter(|(key, ..)| *key == first).count()
		+ WindowCounts::<Runtime>::iter_keys().filter(|(key, _)| *key == first).count()
}

/// After which keys of a map the next one was sought, each time.
fn sought_in(map: (&str, &str), sought_after: &[Vec<u8>]) -> Vec<Vec<u8>> {
	let prefix = [twox_128(map.0.as_bytes()), twox_128(map.1.as_bytes())].concat();
	sought_after.iter().filter(|key| key.starts_with(&prefix)).cloned().collect()
}

/// Asserts that a map was gone through once, and no less of it than this.
fn assert_gone_through_once(map: (&str, &str), sought_after: &[Vec<u8>], least: usize) {
	let sought = sought_in(map, sought_after);
	let different: BTreeSet<_> = sought.iter().collect();
	assert_eq!(different.len(), sought.len(), "{map:?} was begun again");
	assert!(sought.len() >= least, "{map:?}: {}", sought.len());
}

#[test]
fn what_one_institution_can_have_counted_in_a_block_is_forgotten_in_one() {
	world(|| {
		// All that is ever included for an institution in a second, on and on.
		let buckets = [InstitutionDefault::get(), EmergencyBucket::get(), OwnBucket::get()];
		let a_second: u64 = buckets.iter().map(|limits| u64::from(limits.refill)).sum();
		let units = u32::try_from(a_second * SLOT_DURATION / 1_000).unwrap();
		(0..units).for_each(asks);
		// Each has a count and a patient, whom the institution asks about as well; and its own count.
		assert_eq!(kept_of_the_first(), 3 * units as usize + 1);
		wait(DAY);
		asks(units);
		let charged = Audit::on_initialize(System::block_number());
		assert_eq!(kept_of_the_first(), 0);
		// What the block was charged has what was forgotten in it.
		let nothing_left = Audit::on_initialize(System::block_number());
		let forgotten = charged.saturating_sub(nothing_left);
		let database = <Runtime as frame_system::Config>::DbWeight::get();
		let keys = 3 * u64::from(units) + 1;
		assert!(forgotten.all_gte(database.reads_writes(keys, keys)), "{forgotten}");
	});
}

#[test]
fn forgetting_looks_at_each_count_once() {
	const MANY: u32 = 50;
	let mut chain = chain(|| {
		(0..MANY).for_each(asks);
		wait(DAY);
		asks(MANY);
	});
	let seen = watch(&mut chain, || {
		Audit::on_initialize(2);
	});
	let many = MANY as usize;
	assert_gone_through_once(("Audit", "PatientsOfWindow"), &seen.sought_after, 2 * many + 1);
	assert_gone_through_once(("Audit", "WindowCounts"), &seen.sought_after, many + 2);
	chain.execute_with(|| assert_eq!(kept_of_the_first(), 0));
}

#[test]
fn keeping_deadlines_looks_at_each_once() {
	let mut chain = chain(|| {
		consent();
		for _ in 0..5 {
			ask(request()).unwrap();
			let entry = last_entry().index;
			let patient = RuntimeOrigin::signed(patient());
			assert_ok!(Audit::request_review(patient, entry, ReviewReason::Other));
		}
		wait(31 * DAY);
	});
	let seen = watch(&mut chain, || {
		Audit::on_initialize(2);
	});
	assert_gone_through_once(("Audit", "ReviewDeadlines"), &seen.sought_after, 5);
	chain.execute_with(|| assert_eq!(ReviewDeadlines::<Runtime>::iter_keys().count(), 0));
}

#[test]
fn announcing_looks_at_each_item_once() {
	const CONSENTS: usize = 5;
	let end = NOW + HOUR;
	let mut chain = chain(|| {
		let mut policy = treatment_without_psychiatry();
		let mut provisions = policy.provisions.into_inner();
		provisions[0].period.end = Some(Milliseconds(end));
		policy.provisions = BoundedVec::truncate_from(provisions);
		let renewal =
			Renewal { extends_by: Milliseconds(DAY), times: 1, notice: Milliseconds(HOUR / 2) };
		for _ in 0..CONSENTS {
			assert_ok!(Consent::grant(
				RuntimeOrigin::signed(patient()),
				policy.clone(),
				SignedDocument { template: TemplateId(0), commitment: Commitment([4; 32]) },
				ConsentTerms { renewal: Some(renewal), ..Default::default() },
			));
		}
		pallet_timestamp::Now::<Runtime>::put(end);
	});
	let seen = watch(&mut chain, || {
		Consent::on_idle(1, Weight::MAX);
	});
	// A notice and a renewal of each.
	assert_gone_through_once(("Consent", "Agenda"), &seen.sought_after, 2 * CONSENTS);
	chain.execute_with(|| assert_eq!(Agenda::<Runtime>::iter().count(), 0));
}
