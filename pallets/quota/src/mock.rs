//! A runtime of this pallet, the clock, and pallets whose calls carry others. The registries are a
//! table.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::{self as pallet_quota, CallClassifier, CheckQuota, Limits, Nested, SponsorDirectory};
use frame_support::{
	derive_impl,
	dispatch::GetDispatchInfo,
	pallet_prelude::ValueQuery,
	parameter_types,
	storage::{with_transaction_unchecked, TransactionOutcome},
	traits::{ConstU32, ConstU64},
	weights::Weight,
};
use hdx_primitives::{AccountId, AuditEvent, AuditSink, EntryIndex, InstitutionId, Milliseconds};
use pallet_quota::Pallet;
use sp_io::TestExternalities;
use sp_runtime::{
	traits::{DispatchTransaction, IdentityLookup, TransactionExtension, TxBaseImplication},
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
	},
	BuildStorage,
};

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Utility: pallet_utility,
		Sudo: pallet_sudo,
		Quota: pallet_quota,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
}

impl pallet_timestamp::Config for Test {
	type Moment = u64;
	type OnTimestampSet = ();
	type MinimumPeriod = ConstU64<1>;
	type WeightInfo = ();
}

impl pallet_utility::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = ();
}

impl pallet_sudo::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = ();
}

pub const LIMITS: Limits = Limits { capacity: 10, refill: 2 };
pub const OWN_LIMITS: Limits = Limits { capacity: 3, refill: 1 };
pub const EMERGENCY_LIMITS: Limits = Limits { capacity: 5, refill: 1 };
pub const MAX_DEPTH: u32 = 3;

parameter_types! {
	pub const Ordinary: Limits = LIMITS;
	pub const Own: Limits = OWN_LIMITS;
	pub const Emergencies: Limits = EMERGENCY_LIMITS;
}

impl pallet_quota::Config for Test {
	type GovernanceOrigin = frame_system::EnsureRoot<AccountId>;
	type Sponsors = Tables;
	type Calls = Tables;
	type Audit = Tables;
	type Timestamp = Timestamp;
	type DefaultLimits = Ordinary;
	type ProtectedLimits = Own;
	type EmergencyLimits = Emergencies;
	type MaxDepth = ConstU32<MAX_DEPTH>;
	type MaxSweep = ConstU32<4>;
	type WeightInfo = crate::mock_weights::MockWeight<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Tables;
}

pub const START: Milliseconds = Milliseconds(1_700_000_000_000);
pub const A: InstitutionId = InstitutionId(0);
pub const B: InstitutionId = InstitutionId(1);

pub fn account(name: u8) -> AccountId {
	AccountId::new([name; 32])
}

pub fn operator_of_a() -> AccountId {
	account(1)
}

pub fn operator_of_b() -> AccountId {
	account(2)
}

/// Practises at A and, also, at B.
pub fn practitioner() -> AccountId {
	account(3)
}

/// Of A.
pub fn patient() -> AccountId {
	account(4)
}

/// Nobody answers for them, but they are entitled to the protected call.
pub fn validator() -> AccountId {
	account(5)
}

pub fn stranger() -> AccountId {
	account(6)
}

/// One of four accounts that A gave up.
pub fn given_up(number: u8) -> AccountId {
	account(GIVEN_UP + number)
}

const GIVEN_UP: u8 = 50;

pub fn sudo_key() -> AccountId {
	account(7)
}

/// The pallets around this one.
pub struct Tables;

/// The log is in storage, so that `assert_noop!` sees writes to it.
#[frame_support::storage_alias]
type Log = StorageValue<Mock, Vec<AuditEvent>, ValueQuery>;

impl AuditSink for Tables {
	fn record(event: AuditEvent) -> EntryIndex {
		Log::mutate(|log| {
			log.push(event);
			EntryIndex(log.len() as u64 - 1)
		})
	}
}

/// Everything in the log.
pub fn log() -> Vec<AuditEvent> {
	Log::get()
}

impl SponsorDirectory for Tables {
	fn sponsors(who: &AccountId) -> Vec<InstitutionId> {
		match who {
			who if *who == operator_of_a() || *who == patient() => vec![A],
			who if *who == operator_of_b() => vec![B],
			who if *who == practitioner() => vec![A, B],
			// Any number of patients of A.
			who if AsRef::<[u8]>::as_ref(who)[0] >= 100 => vec![A],
			_ => Vec::new(),
		}
	}

	fn most_sponsors() -> u32 {
		2
	}

	fn retired_from(who: &AccountId) -> Option<InstitutionId> {
		(0..4).any(|number| *who == given_up(number)).then_some(A)
	}

	fn exists(institution: InstitutionId) -> bool {
		institution == A || institution == B
	}
}

impl CallClassifier<RuntimeCall> for Tables {
	fn nested(call: &RuntimeCall) -> Nested<'_, RuntimeCall> {
		match call {
			RuntimeCall::Utility(
				pallet_utility::Call::batch { calls }
				| pallet_utility::Call::batch_all { calls }
				| pallet_utility::Call::force_batch { calls },
			) => Nested::Many(calls),
			RuntimeCall::Utility(pallet_utility::Call::as_derivative { call, .. })
			| RuntimeCall::Sudo(pallet_sudo::Call::sudo { call }) => Nested::One(call),
			RuntimeCall::Utility(pallet_utility::Call::if_else { main, fallback }) => {
				Nested::Two(main, fallback)
			},
			_ => Nested::Leaf,
		}
	}

	/// All but remarks, what is done on behalf of somebody, and batches.
	fn is_looked_up(call: &RuntimeCall) -> bool {
		!matches!(
			call,
			RuntimeCall::System(
				frame_system::Call::remark { .. } | frame_system::Call::set_heap_pages { .. }
			) | RuntimeCall::Utility(
				pallet_utility::Call::batch { .. }
					| pallet_utility::Call::batch_all { .. }
					| pallet_utility::Call::force_batch { .. }
			)
		)
	}

	/// Derivatives are other accounts, and the sudo key calls as Root.
	fn is_as_signer(carrier: &RuntimeCall) -> bool {
		!matches!(
			carrier,
			RuntimeCall::Utility(pallet_utility::Call::as_derivative { .. }) | RuntimeCall::Sudo(_)
		)
	}

	fn is_protected(who: &AccountId, leaf: &RuntimeCall) -> bool {
		*who != stranger() && *leaf == protected()
	}

	fn is_attempt(leaf: &RuntimeCall) -> bool {
		*leaf == attempt()
	}

	/// Everybody for whom A answers can have an emergency there.
	fn emergency(who: &AccountId, call: &RuntimeCall) -> Option<InstitutionId> {
		(*call == emergency() && Self::sponsors(who).contains(&A)).then_some(A)
	}

	/// The pages of a heap stand for an institution.
	fn on_behalf_of(leaf: &RuntimeCall) -> Option<InstitutionId> {
		match leaf {
			RuntimeCall::System(frame_system::Call::set_heap_pages { pages }) => {
				u32::try_from(*pages).ok().map(InstitutionId)
			},
			_ => None,
		}
	}

	/// The rank of a derivative stands for what it is stated to weigh.
	fn units_of_carrier(carrier: &RuntimeCall) -> u32 {
		match carrier {
			RuntimeCall::Utility(pallet_utility::Call::as_derivative { index, .. }) => {
				u32::from(*index)
			},
			_ => 0,
		}
	}

	/// What the first derivative carries is.
	fn is_covered(who: &AccountId, carrier: &RuntimeCall) -> bool {
		*who != stranger()
			&& matches!(
				carrier,
				RuntimeCall::Utility(pallet_utility::Call::as_derivative { index: 1, .. })
			)
	}

	fn units(leaf: &RuntimeCall) -> u32 {
		match leaf {
			RuntimeCall::System(frame_system::Call::remark { remark }) => remark.len() as u32,
			_ => 1,
		}
	}

	fn is_exempt(who: &AccountId) -> bool {
		*who == sudo_key()
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_quota::BenchmarkHelper<RuntimeCall> for Tables {
	fn transaction(leaves: u32, sponsors: u32) -> (AccountId, RuntimeCall) {
		let who = if sponsors == 1 { operator_of_a() } else { practitioner() };
		let leaf = |index: u32| on_behalf_of(InstitutionId(index % sponsors));
		(who, batch((0..leaves.max(sponsors)).map(leaf)))
	}

	fn protected(leaves: u32) -> (AccountId, RuntimeCall) {
		(patient(), batch((0..leaves).map(|_| protected())))
	}
}

pub fn ordinary() -> RuntimeCall {
	frame_system::Call::remark { remark: vec![] }.into()
}

/// An ordinary call that does as much as so many.
pub fn bulky(units: u8) -> RuntimeCall {
	frame_system::Call::remark { remark: vec![0; units.into()] }.into()
}

pub fn protected() -> RuntimeCall {
	frame_system::Call::remark_with_event { remark: vec![] }.into()
}

pub fn attempt() -> RuntimeCall {
	frame_system::Call::kill_storage { keys: vec![] }.into()
}

pub fn emergency() -> RuntimeCall {
	frame_system::Call::set_storage { items: vec![] }.into()
}

pub fn on_behalf_of(institution: InstitutionId) -> RuntimeCall {
	frame_system::Call::set_heap_pages { pages: institution.0.into() }.into()
}

pub fn batch(calls: impl IntoIterator<Item = RuntimeCall>) -> RuntimeCall {
	pallet_utility::Call::batch { calls: calls.into_iter().collect() }.into()
}

pub fn wrapped(call: RuntimeCall, times: u32) -> RuntimeCall {
	(0..times).fold(call, |call, _| {
		pallet_utility::Call::as_derivative { index: 0, call: Box::new(call) }.into()
	})
}

/// What the pool says.
pub fn validate(
	who: AccountId,
	call: &RuntimeCall,
) -> Result<ValidTransaction, TransactionValidityError> {
	CheckQuota::<Test>::new()
		.validate(
			Some(who).into(),
			call,
			&call.get_dispatch_info(),
			0,
			(),
			&TxBaseImplication(()),
			TransactionSource::External,
		)
		.map(|(validity, _, _)| validity)
}

/// What the extension gives back of a transaction that it lets through, and charges.
pub fn given_back(who: AccountId, call: &RuntimeCall) -> Weight {
	let (extension, info) = (CheckQuota::<Test>::new(), call.get_dispatch_info());
	let (origin, implication) = (Some(who).into(), TxBaseImplication(()));
	let (_, val, origin) = extension
		.validate(origin, call, &info, 0, (), &implication, TransactionSource::InBlock)
		.unwrap();
	extension.prepare(val, &origin, call, &info, 0).unwrap()
}

/// Includes a transaction: validates, charges, dispatches. `Err`: refused, and not included.
pub fn include(who: AccountId, call: RuntimeCall) -> Result<(), TransactionValidityError> {
	let info = call.get_dispatch_info();
	with_transaction_unchecked(|| {
		let included =
			CheckQuota::<Test>::new().dispatch_transaction(Some(who).into(), call, &info, 0, 0);
		match included {
			Ok(_result_of_the_call) => TransactionOutcome::Commit(Ok(())),
			Err(refusal) => TransactionOutcome::Rollback(Err(refusal)),
		}
	})
}

/// How many of `times` such transactions are included.
pub fn flood(who: AccountId, call: RuntimeCall, times: u32) -> u32 {
	(0..times).map(|_| u32::from(include(who.clone(), call.clone()).is_ok())).sum()
}

pub fn refused(refusal: pallet_quota::Refusal) -> TransactionValidityError {
	InvalidTransaction::Custom(refusal.code()).into()
}

pub fn new_test_ext() -> TestExternalities {
	let genesis = RuntimeGenesisConfig {
		sudo: pallet_sudo::GenesisConfig { key: Some(sudo_key()) },
		..Default::default()
	};
	let mut ext: TestExternalities = genesis.build_storage().unwrap().into();
	ext.execute_with(|| {
		System::set_block_number(1);
		set_time(START);
	});
	ext
}

/// Runs a test on a fresh chain and checks the invariants after it.
pub fn on_chain(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
	});
}

pub fn set_time(now: Milliseconds) {
	pallet_timestamp::Now::<Test>::put(now.0);
}

/// Lets so many milliseconds pass.
pub fn wait(milliseconds: u64) {
	pallet_timestamp::Now::<Test>::mutate(|now| *now += milliseconds);
}
