//! Benchmarks of appending, sealing, pruning and holding.
#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use crate::{
	pallet::{
		BlockLogs, Call, CaseHolds, Config, CurrentLog, CurrentWindow, Entries, EntriesOfActor,
		EntriesOfInstitution, EntriesOfPatient, Holds, NextEntryIndex, OldestEntry,
		OpenReviewsOfInstitution, PassedOver, PatientsOfWindow, PendingSweep, RetentionPeriod,
		ReviewDeadlines, ReviewTermsInForce, Reviews, WindowCounts,
	},
	types::NodeHash,
	CaseEntries, Counts, DeadlineKey, Hold, HoldScope, OrderedIndex, Pallet, Party, Review,
	ReviewAnswer, ReviewStatus, ReviewTerms, RunningLog, Window, WindowKey, MAX_CASE_ENTRIES,
};
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get, Hooks};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use hdx_primitives::{
	engine::{terminology::purpose, Algorithm, Basis},
	AccountId, AuditAction, AuditEvent, AuditOutcome, AuditSink, Code, Commitment, ConsentId,
	ContextHash, DenialReason, EntryIndex, GrantId, HoldId, HoldReason, InstitutionId,
	Milliseconds, RecordId, ReviewFinding, ReviewReason, Subject,
};

/// Sets the scene for benchmarks.
pub trait BenchmarkHelper {
	/// Sets the clock.
	fn set_time(now: Milliseconds);

	/// The operator of an active institution, and the institution.
	fn operator() -> (AccountId, InstitutionId);

	/// The last of as many guardians of a patient as there can be, whose scope is as long as one can be and ends with this
	/// purpose. Others are named to take their place.
	fn guardian_of(patient: &AccountId, purpose: Code) -> AccountId;
}

/// The largest event there is.
fn event() -> AuditEvent {
	AuditEvent {
		actor: Some(AccountId::new([1; 32])),
		on_behalf_of: Some(InstitutionId(u32::MAX)),
		patient: Some(AccountId::new([2; 32])),
		action: AuditAction::AccessDecided,
		purpose: Some(purpose::TREAT),
		outcome: AuditOutcome::Denied(DenialReason::ConsentDenied),
		subject: Subject::Grant { grant: GrantId(u64::MAX), record: Some(RecordId(u64::MAX)) },
		basis: Some(Basis { consent: ConsentId(u64::MAX), version: u32::MAX }),
		algorithm: Some(Algorithm::DenyOverrides),
		context: Some(ContextHash([4; 32])),
	}
}

/// The number of the block that is measured. A chain that starts from its genesis stands at 0 when the
/// scene is set, and a log of block 0 would be sealed first.
fn measured_block<T: Config>() -> BlockNumberFor<T> {
	let block = BlockNumberFor::<T>::from(1u32);
	frame_system::Pallet::<T>::set_block_number(block);
	block
}

/// A running log with as many open subtrees as there can be.
fn fullest_log<T: Config>(block: BlockNumberFor<T>) -> RunningLog<BlockNumberFor<T>> {
	let mut log = RunningLog::new(block, EntryIndex(0));
	let leaves = u32::MAX - 1;
	for level in 1..u32::BITS as u8 {
		log.subtrees.try_push(NodeHash::repeat_byte(level)).unwrap();
	}
	log.count = leaves;
	log
}

/// Entries whose window is over, each the only one of its block.
fn due_entries<T: Config>(count: u32) -> CaseEntries {
	let entries = (0..count).map(|_| {
		let index = Pallet::<T>::append(event());
		let block = frame_system::Pallet::<T>::block_number();
		Pallet::<T>::on_finalize(block);
		frame_system::Pallet::<T>::set_block_number(block + 1u32.into());
		Entries::<T>::mutate(index, |entry| entry.as_mut().unwrap().at = Milliseconds(1));
		index
	});
	CaseEntries::truncate_from(entries.collect())
}

/// Makes the window of [`due_entries`] over, whatever the clock says.
fn end_window<T: Config>() {
	RetentionPeriod::<T>::put(Milliseconds(0));
}

/// Runs the clock of a chain that has none yet.
fn run_clock<T: Config>() {
	T::BenchmarkHelper::set_time(Milliseconds(10));
}

/// The review of an entry that was answered, and who may answer it. Not stored.
fn reviewed<T: Config>(entry: EntryIndex) -> (AccountId, Review) {
	let institution = OpenReviewsOfInstitution::<T>::iter_keys().next().map(|(id, _)| id);
	let (operator, institution) = match institution {
		Some(institution) => (AccountId::new([0; 32]), institution),
		None => T::BenchmarkHelper::operator(),
	};
	OpenReviewsOfInstitution::<T>::insert(institution, OrderedIndex::from(entry), ());
	let answer = ReviewAnswer {
		finding: ReviewFinding::Error,
		statement: Commitment([9; 32]),
		at: Milliseconds(1),
		is_late: false,
	};
	let review = Review {
		patient: AccountId::new([2; 32]),
		requested_by: AccountId::new([2; 32]),
		institution,
		reason: ReviewReason::Other,
		requested_at: Milliseconds(1),
		answer_due: Milliseconds(1),
		status: ReviewStatus::Answered { answer, escalate_by: Milliseconds(1) },
	};
	(operator, review)
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn record() {
		let now = measured_block::<T>();
		// 2^31 - 1 leaves: the next one closes all 31 subtrees at once.
		let mut log = fullest_log::<T>(now);
		log.count = u32::MAX >> 1;
		CurrentLog::<T>::put(log);
		let event = event();

		let entry = NextEntryIndex::<T>::get();

		#[block]
		{
			<Pallet<T> as AuditSink>::record(event);
		}

		assert!(Entries::<T>::contains_key(entry));
		assert_eq!(WindowCounts::<T>::iter_keys().count(), 2);
		let key = OrderedIndex::from(entry);
		assert!(EntriesOfActor::<T>::contains_key(AccountId::new([1; 32]), key));
		assert!(EntriesOfPatient::<T>::contains_key(AccountId::new([2; 32]), key));
		assert!(EntriesOfInstitution::<T>::contains_key(InstitutionId(u32::MAX), key));
	}

	#[benchmark]
	fn seal() {
		let now = measured_block::<T>();
		CurrentLog::<T>::put(fullest_log::<T>(now));

		#[block]
		{
			Pallet::<T>::on_finalize(now);
			Pallet::<T>::log_of_parent();
		}

		assert!(!CurrentLog::<T>::exists());
		assert!(BlockLogs::<T>::contains_key(now));
	}

	#[benchmark]
	fn prune(n: Linear<1, 100>) {
		run_clock::<T>();
		let first = OldestEntry::<T>::get();
		due_entries::<T>(n);
		end_window::<T>();
		let taken;

		#[block]
		{
			taken = Pallet::<T>::prune(n);
		}

		assert_eq!(taken, n);
		assert_eq!(OldestEntry::<T>::get(), EntryIndex(first.0 + u64::from(n)));
	}

	/// The other half of pruning: what was passed over and is kept no more. Half of the steps are those of
	/// the sweep, and one of these finds its end.
	#[benchmark]
	fn sweep(n: Linear<1, 100>) {
		run_clock::<T>();
		for index in due_entries::<T>(n) {
			PassedOver::<T>::insert(OrderedIndex::from(index), ());
		}
		OldestEntry::<T>::put(EntryIndex(n.into()));
		Pallet::<T>::look_again();

		#[block]
		{
			Pallet::<T>::prune(2 * n + 2);
		}

		assert!(!PendingSweep::<T>::exists());
		assert_eq!(PassedOver::<T>::iter_keys().count(), 0);
	}

	#[benchmark]
	fn set_retention() {
		let origin = T::GovernanceOrigin::try_successful_origin().expect("governance exists");
		let period = T::MaxRetention::get();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, period);

		assert_eq!(RetentionPeriod::<T>::get(), period);
	}

	#[benchmark]
	fn place_hold(n: Linear<1, MAX_CASE_ENTRIES>) {
		let scope = HoldScope::Case(due_entries::<T>(n));
		let origin = T::AuthorityOrigin::try_successful_origin().expect("an authority exists");

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, scope, HoldReason::Order);

		assert!(Holds::<T>::contains_key(HoldId(0)));
	}

	#[benchmark]
	fn release_hold(n: Linear<1, MAX_CASE_ENTRIES>) {
		run_clock::<T>();
		let entries = due_entries::<T>(n);
		for index in &entries {
			CaseHolds::<T>::insert(index, 1);
			PassedOver::<T>::insert(OrderedIndex::from(*index), ());
		}
		OldestEntry::<T>::put(EntryIndex(n.into()));
		let (scope, reason) = (HoldScope::Case(entries), HoldReason::Order);
		Holds::<T>::insert(HoldId(0), Hold { scope, reason, placed_at: Milliseconds(1) });
		let origin = T::AuthorityOrigin::try_successful_origin().expect("an authority exists");

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, HoldId(0));

		assert_eq!(PassedOver::<T>::iter_keys().count(), 0);
	}

	#[benchmark]
	fn keep_deadlines(n: Linear<1, 100>) {
		run_clock::<T>();
		for index in due_entries::<T>(n) {
			PassedOver::<T>::insert(OrderedIndex::from(index), ());
			let (_, answered) = reviewed::<T>(index);
			ReviewDeadlines::<T>::insert(DeadlineKey::new(Milliseconds(1), index), ());
			Reviews::<T>::insert(index, answered);
		}
		let kept;

		#[block]
		{
			kept = Pallet::<T>::keep_deadlines(n);
		}

		assert_eq!(kept, n);
	}

	/// So many patients, and so many counts, each of another actor: no two are next to each other in the state. Of the window
	/// that is under way there is one of each, where it is found that no more are over.
	#[benchmark]
	fn forget_windows(
		p: Linear<0, { T::MaxForgottenPerBlock::get() }>,
		c: Linear<0, { T::MaxForgottenPerBlock::get() }>,
	) {
		run_clock::<T>();
		let now = Window { number: 1, ends_at: Milliseconds(u64::MAX) };
		CurrentWindow::<T>::put(now);
		let account = |kind: u8, number: u32| {
			let mut bytes = [kind; 32];
			bytes[..4].copy_from_slice(&number.to_be_bytes());
			AccountId::new(bytes)
		};
		let (over, begun) = (WindowKey([0; 4]), WindowKey::from(now));
		let old = (0..p).map(|number| (over, number)).chain([(begun, p)]);
		for (key, number) in old {
			let party = Party::Actor(account(1, number));
			PatientsOfWindow::<T>::insert((key, party, account(2, number)), ());
		}
		let old = (0..c).map(|number| (over, number)).chain([(begun, c)]);
		for (key, number) in old {
			WindowCounts::<T>::insert(key, Party::Actor(account(1, number)), Counts::default());
		}
		let taken;

		#[block]
		{
			taken = Pallet::<T>::forget_windows(p + c + 1);
		}

		assert_eq!(taken, (p, c));
		assert_eq!(PatientsOfWindow::<T>::iter_keys().count(), 1);
		assert_eq!(WindowCounts::<T>::iter_keys().count(), 1);
	}

	/// By a guardian, who is looked up.
	#[benchmark]
	fn request_review() {
		run_clock::<T>();
		let (_, institution) = T::BenchmarkHelper::operator();
		let patient = AccountId::new([2; 32]);
		let outcome = AuditOutcome::Success;
		let on_behalf_of = Some(institution);
		let entry = Pallet::<T>::append(AuditEvent { outcome, on_behalf_of, ..event() });
		let guardian = T::BenchmarkHelper::guardian_of(&patient, purpose::TREAT);
		let origin = RawOrigin::Signed(guardian);

		#[extrinsic_call]
		_(origin, entry, ReviewReason::Other);

		assert!(Reviews::<T>::contains_key(entry));
	}

	#[benchmark]
	fn answer_review() {
		run_clock::<T>();
		let entry = due_entries::<T>(1)[0];
		let (operator, mut review) = reviewed::<T>(entry);
		review.status = ReviewStatus::Awaiting { is_overdue: false };
		Reviews::<T>::insert(entry, review);
		let origin = RawOrigin::Signed(operator);

		#[extrinsic_call]
		_(origin, entry, ReviewFinding::Violation, Commitment([9; 32]));

		let status = Reviews::<T>::get(entry).map(|review| review.status);
		assert!(matches!(status, Some(ReviewStatus::Answered { .. })));
	}

	/// By a guardian, who is looked up.
	#[benchmark]
	fn escalate_review() {
		run_clock::<T>();
		let entry = due_entries::<T>(1)[0];
		let (_, mut review) = reviewed::<T>(entry);
		review.status = ReviewStatus::Awaiting { is_overdue: true };
		review.answer_due = Milliseconds(1);
		let guardian = T::BenchmarkHelper::guardian_of(&review.patient, purpose::TREAT);
		let origin = RawOrigin::Signed(guardian);
		Reviews::<T>::insert(entry, review);

		#[extrinsic_call]
		_(origin, entry);

		let status = Reviews::<T>::get(entry).map(|review| review.status);
		assert!(matches!(status, Some(ReviewStatus::Escalated { .. })));
	}

	#[benchmark]
	fn withdraw_review() {
		run_clock::<T>();
		let entry = due_entries::<T>(1)[0];
		PassedOver::<T>::insert(OrderedIndex::from(entry), ());
		let (_, review) = reviewed::<T>(entry);
		let origin = RawOrigin::Signed(review.patient.clone());
		Reviews::<T>::insert(entry, review);

		#[extrinsic_call]
		_(origin, entry);

		assert!(!Reviews::<T>::contains_key(entry));
	}

	#[benchmark]
	fn decide_review() {
		run_clock::<T>();
		let entry = due_entries::<T>(1)[0];
		PassedOver::<T>::insert(OrderedIndex::from(entry), ());
		let (_, mut review) = reviewed::<T>(entry);
		review.status = ReviewStatus::Escalated { answer: None };
		Reviews::<T>::insert(entry, review);
		let origin = T::GovernanceOrigin::try_successful_origin().expect("governance exists");

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, entry, ReviewFinding::Violation, Commitment([9; 32]));

		assert!(!Reviews::<T>::contains_key(entry));
	}

	#[benchmark]
	fn set_review_terms() {
		let origin = T::GovernanceOrigin::try_successful_origin().expect("governance exists");
		let longest = T::MaxReviewPeriod::get();
		let terms = ReviewTerms { answer_within: longest, escalate_within: longest };

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, terms);

		assert_eq!(ReviewTermsInForce::<T>::get(), terms);
	}

	#[benchmark]
	fn set_monitoring() {
		let origin = T::GovernanceOrigin::try_successful_origin().expect("governance exists");
		let terms = T::DefaultMonitoring::get();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, terms);

		assert!(CurrentWindow::<T>::exists());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::empty_chain(), crate::mock::Test);
}
