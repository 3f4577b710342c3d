//! Benchmarks of appending and sealing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

use crate::{
	pallet::{BlockLogs, Config, CurrentLog, Entries, EntryCountOfActor, EntryCountOfPatient},
	types::NodeHash,
	Pallet, RunningLog,
};
use frame_benchmarking::v2::*;
use frame_support::traits::Hooks;
use frame_system::pallet_prelude::BlockNumberFor;
use hdx_primitives::{
	engine::{Algorithm, Basis},
	AccountId, AuditAction, AuditEvent, AuditOutcome, Code, ConsentId, ContextHash, DenialReason,
	EntryIndex, GrantId, InstitutionId, RecordId, Subject,
};

/// The largest event there is.
fn event() -> AuditEvent {
	AuditEvent {
		actor: Some(AccountId::new([1; 32])),
		on_behalf_of: Some(InstitutionId(u32::MAX)),
		patient: Some(AccountId::new([2; 32])),
		action: AuditAction::AccessDecided,
		purpose: Some(Code([3; 16])),
		outcome: AuditOutcome::Denied(DenialReason::ConsentDenied),
		subject: Subject::Grant { grant: GrantId(u64::MAX), record: Some(RecordId(u64::MAX)) },
		basis: Some(Basis { consent: ConsentId(u64::MAX), version: u32::MAX }),
		algorithm: Some(Algorithm::DenyOverrides),
		context: Some(ContextHash([4; 32])),
	}
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

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn record() {
		let now = frame_system::Pallet::<T>::block_number();
		// 2^31 - 1 leaves: the next one closes all 31 subtrees at once.
		let mut log = fullest_log::<T>(now);
		log.count = u32::MAX >> 1;
		CurrentLog::<T>::put(log);
		let event = event();

		#[block]
		{
			Pallet::<T>::append(event);
		}

		assert!(Entries::<T>::contains_key(EntryIndex(0)));
		assert_eq!(EntryCountOfActor::<T>::get(AccountId::new([1; 32])), 1);
		assert_eq!(EntryCountOfPatient::<T>::get(AccountId::new([2; 32])), 1);
	}

	#[benchmark]
	fn seal() {
		let now = frame_system::Pallet::<T>::block_number();
		CurrentLog::<T>::put(fullest_log::<T>(now));

		#[block]
		{
			Pallet::<T>::on_finalize(now);
			Pallet::<T>::log_of_parent();
		}

		assert!(!CurrentLog::<T>::exists());
		assert!(BlockLogs::<T>::contains_key(now));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::empty_chain(), crate::mock::Test);
}
