//! What holds while a migration takes several blocks, when it is done, and when it failed.
//!
//! With the SDK's migrations for benchmarks, which take as many blocks as they are told to and change nothing. The one with
//! which an upgrade is rehearsed has a test of its own (rehearsal.rs).

use crate::chain::{
	self, as_root, batch, begin, genesis_of, grant, include, is_active, left, next_block, on_chain,
	revoke, validate, with_consent, works, CONSENT, HOSPITAL_A, HOSPITAL_B, PATIENT, SUDO,
};
use crate::chambers::{
	ayes, is_approved, pass, patients_ayes, patients_propose, propose, GRAVE, ORDINARY,
	REPRESENTATIVES,
};
use codec::Encode;
use frame_support::{
	migrations::{FailedMigrationHandler, FailedMigrationHandling},
	storage::{with_transaction_unchecked, TransactionOutcome},
	traits::{QueryPreimage, StorePreimage},
};
use frame_system::LastRuntimeUpgrade;
use hdx_primitives::{AuditAction, EntryIndex, Subject};
use hdx_runtime::{
	configs::{chambers::LogKeepingPreimages, Calls},
	genesis, AccountId, BlockNumber, Executive, OriginCaller, Preimage, Runtime, RuntimeCall,
	RuntimeOrigin, SafeMode, System, UncheckedExtrinsic, VERSION,
};
use pallet_governance::Origin;
use pallet_migrations::{
	mock_helpers::{MockedMigrationKind, MockedMigrations},
	Call, Cursor, HistoricCleanupSelector, MbmIsOngoing, MigrationCursor,
};
use pallet_quota::CallClassifier;
use pallet_safe_mode::EnteredUntil;
use sp_core::traits::{ReadRuntimeVersion, ReadRuntimeVersionExt};
use sp_externalities::Externalities;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring as Key;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	traits::{BlakeTwo256, Dispatchable, Hash},
	transaction_validity::{InvalidTransaction, TransactionSource},
	DispatchError, ExtrinsicInclusionMode,
};

/// Further steps that the migration of these tests takes after its first.
const STEPS: u32 = 3;

/// Blocks in which a referendum of an emergency that passes is decided and carried out, at the pace of the presets.
const AT_ONCE: u32 = 4;

/// Has the runtime believe that the one before it was another: what is run then is what an upgrade runs.
fn upgraded() {
	MockedMigrations::set(vec![(MockedMigrationKind::SucceedAfter, STEPS)]);
	LastRuntimeUpgrade::<Runtime>::kill();
}

/// Ends the block and begins the next. Tells what it may hold.
fn next_mode() -> ExtrinsicInclusionMode {
	Executive::finalize_block();
	begin(System::block_number() + 1)
}

fn is_ongoing() -> bool {
	Cursor::<Runtime>::exists()
}

/// The entries of the log, as they are encoded.
fn entries() -> Vec<Vec<u8>> {
	let next = pallet_audit::NextEntryIndex::<Runtime>::get();
	(0..next.0)
		.map(|index| pallet_audit::Entries::<Runtime>::get(EntryIndex(index)).unwrap().encode())
		.collect()
}

fn last_entry() -> hdx_primitives::AuditEvent {
	let next = pallet_audit::NextEntryIndex::<Runtime>::get();
	pallet_audit::Entries::<Runtime>::get(EntryIndex(next.0 - 1)).unwrap().event
}

fn filtered() -> DispatchError {
	frame_system::Error::<Runtime>::CallFiltered.into()
}

/// All calls of pallet-migrations.
fn steering() -> Vec<RuntimeCall> {
	vec![
		Call::<Runtime>::force_set_cursor { cursor: Some(MigrationCursor::Stuck) }.into(),
		Call::<Runtime>::force_set_active_cursor { index: 0, inner_cursor: None, started_at: None }
			.into(),
		Call::<Runtime>::force_onboard_mbms {}.into(),
		forgetting(1),
	]
}

fn forgetting(limit: u32) -> RuntimeCall {
	let selector = HistoricCleanupSelector::Wildcard { limit: Some(limit), previous_cursor: None };
	Call::<Runtime>::clear_historic { selector }.into()
}

#[test]
fn while_a_migration_goes_on_blocks_hold_inherents_alone() {
	on_chain(genesis::DEV, || {
		assert_eq!(next_mode(), ExtrinsicInclusionMode::AllExtrinsics);
		upgraded();
		for _ in 0..=STEPS {
			assert_eq!(next_mode(), ExtrinsicInclusionMode::OnlyInherents);
			assert_eq!(hdx_runtime::MultiBlockMigrations::ongoing_status(), MbmIsOngoing::Yes);
		}
		assert_eq!(next_mode(), ExtrinsicInclusionMode::AllExtrinsics);
		assert!(!is_ongoing());
	});
}

#[test]
fn a_revocation_that_came_meanwhile_stays_valid_and_works_when_it_is_done() {
	with_consent(|| {
		upgraded();
		next_block();
		assert!(is_ongoing());
		// The pool keeps it, and no author includes it.
		validate(PATIENT, revoke(CONSENT)).unwrap();
		while is_ongoing() {
			next_block();
		}
		next_block();
		works(PATIENT, revoke(CONSENT));
		assert!(!is_active(CONSENT));
	});
}

#[test]
fn no_migration_is_run_twice() {
	on_chain(genesis::DEV, || {
		upgraded();
		next_block();
		while is_ongoing() {
			next_block();
		}
		upgraded();
		// It is passed over in the first block.
		assert_eq!(next_mode(), ExtrinsicInclusionMode::OnlyInherents);
		assert_eq!(next_mode(), ExtrinsicInclusionMode::AllExtrinsics);
	});
}

#[test]
fn no_code_is_brought_in_while_a_migration_goes_on() {
	on_chain(genesis::DEV, || {
		let code = b"another runtime".to_vec();
		let code_hash = BlakeTwo256::hash(&code);
		let authorize =
			frame_system::Call::<Runtime>::authorize_upgrade_without_checks { code_hash };
		RuntimeCall::from(authorize).dispatch(RuntimeOrigin::root()).unwrap();
		upgraded();
		next_block();
		let refused: DispatchError =
			frame_system::Error::<Runtime>::MultiBlockMigrationsOngoing.into();
		for call in [
			frame_system::Call::<Runtime>::apply_authorized_upgrade { code: code.clone() },
			frame_system::Call::<Runtime>::set_code_without_checks { code },
		] {
			let outcome = RuntimeCall::from(call).dispatch(RuntimeOrigin::root());
			assert_eq!(outcome.unwrap_err().error, refused);
		}
	});
}

#[test]
fn authorized_code_is_brought_in_by_anybody_without_a_signature_and_without_quota() {
	on_a_chain_that_upgrades(|| {
		let code = b"the next runtime".to_vec();
		let bare = |code: &[u8]| {
			let apply =
				frame_system::Call::<Runtime>::apply_authorized_upgrade { code: code.into() };
			UncheckedExtrinsic::new_bare(apply.into())
		};
		let validity = |code: &[u8]| {
			// It begins a block of its own.
			with_transaction_unchecked(|| {
				let (source, parent) = (TransactionSource::External, System::parent_hash());
				let validity = Executive::validate_transaction(source, bare(code), parent);
				TransactionOutcome::Rollback(validity)
			})
		};
		assert_eq!(validity(&code), Err(InvalidTransaction::Call.into()));
		let code_hash = BlakeTwo256::hash(&code);
		let authorize = frame_system::Call::<Runtime>::authorize_upgrade { code_hash };
		RuntimeCall::from(authorize).dispatch(RuntimeOrigin::root()).unwrap();
		assert_eq!(validity(b"another runtime"), Err(InvalidTransaction::Call.into()));
		// Before revocations.
		assert_eq!(validity(&code).unwrap().priority, u64::MAX);

		let quotas = [left(HOSPITAL_A), left(HOSPITAL_B)];
		assert_eq!(Executive::apply_extrinsic(bare(&code)), Ok(Ok(())));
		assert_eq!(sp_io::storage::get(sp_core::storage::well_known_keys::CODE).unwrap(), code);
		assert_eq!([left(HOSPITAL_A), left(HOSPITAL_B)], quotas);
		let entry = last_entry();
		assert_eq!((entry.action, entry.actor), (AuditAction::RuntimeUpgraded, None));
	});
}

fn fail() -> FailedMigrationHandling {
	<Runtime as pallet_migrations::Config>::FailedMigrationHandler::failed(Some(0))
}

/// Three quarters of the institutions.
fn emergency() -> RuntimeOrigin {
	OriginCaller::Origins(Origin::Emergency).into()
}

#[test]
fn when_a_migration_failed_patients_revoke_and_nobody_is_let_in_until_governance_says_so() {
	with_consent(|| {
		assert_eq!(fail(), FailedMigrationHandling::ForceUnstuck);
		let until = BlockNumber::MAX;
		assert_eq!(EnteredUntil::<Runtime>::get(), Some(until));
		let entry = last_entry();
		assert_eq!(entry.action, AuditAction::SafeModeEntered);
		assert_eq!((entry.subject, entry.actor), (Subject::SafeMode { until }, None));
		assert_eq!(next_mode(), ExtrinsicInclusionMode::AllExtrinsics);
		assert_eq!(include(PATIENT, grant()), Ok(Err(filtered())));
		works(PATIENT, revoke(CONSENT));
		SafeMode::force_exit(RuntimeOrigin::root()).unwrap();
		works(PATIENT, grant());
	});
}

#[test]
fn three_quarters_do_not_end_the_safe_mode_of_a_failed_migration() {
	on_chain(genesis::DEV, || {
		fail();
		assert_eq!(SafeMode::force_exit(emergency()), Err(DispatchError::BadOrigin));
		assert!(SafeMode::is_entered());
		SafeMode::force_exit(RuntimeOrigin::root()).unwrap();
		// They enter and end the next one, which has an end.
		SafeMode::force_enter(emergency()).unwrap();
		SafeMode::force_exit(emergency()).unwrap();
		assert!(!SafeMode::is_entered());
	});
}

#[test]
fn a_vote_from_before_to_end_safe_mode_opens_nothing_after_a_migration_failed() {
	on_chain(genesis::DEV, || {
		SafeMode::force_enter(emergency()).unwrap();
		// They expect that the migration succeeds.
		let exit = pallet_safe_mode::Call::<Runtime>::force_exit {};
		let poll = propose(Key::Alice, Origin::Emergency, exit);
		ayes(poll, &[Key::Alice, Key::Bob]);
		fail();
		pass(AT_ONCE);
		assert!(is_approved(poll));
		assert_eq!(EnteredUntil::<Runtime>::get(), Some(BlockNumber::MAX));
	});
}

#[test]
fn safe_mode_that_was_on_already_goes_on_after_a_failed_migration() {
	on_chain(genesis::DEV, || {
		SafeMode::force_enter(emergency()).unwrap();
		assert_eq!(fail(), FailedMigrationHandling::ForceUnstuck);
		let until = BlockNumber::MAX;
		assert_eq!(EnteredUntil::<Runtime>::get(), Some(until));
		let entry = last_entry();
		assert_eq!(entry.action, AuditAction::SafeModeExtended);
		assert_eq!(entry.subject, Subject::SafeMode { until });
	});
}

#[test]
fn nobody_steers_a_migration_by_a_transaction() {
	on_chain(genesis::DEV, || {
		for call in steering() {
			for (key, call) in [
				(Key::Alice, call.clone()),
				(Key::Alice, batch([call.clone()])),
				(SUDO, as_root(call.clone())),
				(SUDO, as_root(batch([call.clone()]))),
			] {
				assert_eq!(include(key, call.clone()), Ok(Err(filtered())), "{call:?}");
			}
		}
		assert!(!is_ongoing());
	});
}

#[test]
fn not_even_both_chambers_steer_a_migration() {
	on_chain(genesis::DEV, || {
		for call in steering() {
			// Root is past the filter, so the text is not given out.
			for text in [call.clone(), batch([call])] {
				let hash = <Preimage as StorePreimage>::note(text.encode().into()).unwrap();
				let given = <LogKeepingPreimages as QueryPreimage>::fetch(&hash, None);
				assert_eq!(given, Err(DispatchError::Unavailable), "{text:?}");
			}
		}
		let harmless: RuntimeCall = chain::remark();
		let hash = <Preimage as StorePreimage>::note(harmless.encode().into()).unwrap();
		assert!(<LogKeepingPreimages as QueryPreimage>::fetch(&hash, None).is_ok());
	});
}

#[test]
fn what_is_stated_to_be_forgotten_of_migrations_is_paid_for() {
	// It is refused, and gives nothing back of the block.
	assert!(Calls::units(&forgetting(100_000)) > 1_000);
	assert!(Calls::units(&forgetting(1)) < 3);
}

/// Says of any code that it is the next runtime.
struct NextVersion;

impl ReadRuntimeVersion for NextVersion {
	fn read_runtime_version(&self, _: &[u8], _: &mut dyn Externalities) -> Result<Vec<u8>, String> {
		let mut version = VERSION;
		version.spec_version += 1;
		Ok(version.encode())
	}
}

/// A new development chain that can read versions.
fn on_a_chain_that_upgrades(test: impl FnOnce()) {
	let mut chain = TestExternalities::new(genesis_of(genesis::DEV));
	chain.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	chain.register_extension(ReadRuntimeVersionExt::new(NextVersion));
	chain.execute_with(|| {
		begin(1);
		test();
		Executive::finalize_block();
	});
}

#[test]
fn both_chambers_upgrade_the_runtime_and_no_entry_is_lost_by_its_migration() {
	on_a_chain_that_upgrades(|| {
		let patient: AccountId = PATIENT.to_account_id();
		works(Key::Alice, pallet_consent::Call::sponsor_patient { patient });
		works(PATIENT, grant());
		let code = b"the next runtime".to_vec();
		let code_hash = BlakeTwo256::hash(&code);
		let authorize: RuntimeCall =
			frame_system::Call::<Runtime>::authorize_upgrade { code_hash }.into();

		let call_hash = BlakeTwo256::hash_of(&authorize);
		let permit = pallet_whitelist::Call::<Runtime>::whitelist_call { call_hash };
		let poll = patients_propose(REPRESENTATIVES[0], Origin::PatientsRights, permit);
		patients_ayes(poll, &REPRESENTATIVES[..2]);
		pass(ORDINARY);
		assert!(System::authorized_upgrade().is_none());
		let make = pallet_whitelist::Call::<Runtime>::dispatch_whitelisted_call_with_preimage {
			call: Box::new(authorize),
		};
		let poll = propose(Key::Alice, Origin::WhitelistedCaller, make);
		ayes(poll, &[Key::Alice, Key::Bob]);
		pass(GRAVE);
		assert!(is_approved(poll));
		assert!(System::authorized_upgrade().is_some());

		let apply = frame_system::Call::<Runtime>::apply_authorized_upgrade { code: code.clone() };
		works(Key::Bob, apply);
		assert_eq!(sp_io::storage::get(sp_core::storage::well_known_keys::CODE).unwrap(), code);
		assert_eq!(last_entry().action, AuditAction::RuntimeUpgraded);
		let before = entries();

		// The code that runs here is the same as before, so it is told that it is another.
		upgraded();
		assert_eq!(next_mode(), ExtrinsicInclusionMode::OnlyInherents);
		while is_ongoing() {
			next_block();
		}
		next_block();
		assert_eq!(entries()[..before.len()], before[..]);
		works(PATIENT, revoke(CONSENT));
		assert_eq!(last_entry().action, AuditAction::ConsentRevoked);
	});
}
