//! A chain on which anything happens: calls by anybody, in blocks between which much time passes, and what has to hold of
//! the state all the while.
//!
//! [`meaningful`] makes calls that can succeed, from what is in the state; [`arbitrary`] makes calls of anything at all. What
//! has to hold is in [`invariants`].

pub mod accounts;
pub mod arbitrary;
pub mod grants;
pub mod history;
pub mod invariants;
pub mod left_out;
pub mod meaningful;
pub mod scene;
pub mod tally;
pub mod trail;

use crate::chain::{self, genesis_of};
use ark_std::rand::rngs::StdRng;
use codec::Encode;
use frame_support::traits::GetCallMetadata;
use hdx_primitives::AccountId;
use hdx_runtime::{
	genesis, Executive, Header, Runtime, RuntimeCall, RuntimeOrigin, System, UncheckedExtrinsic,
	SLOT_DURATION,
};
use pallet_governance::Origin;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring as Key;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	generic::Digest,
	traits::{Dispatchable, Header as _},
	DigestItem,
};

/// When the first block is made.
const START: u64 = 1_800_000_000_000;
/// Milliseconds of an hour.
pub const HOUR: u64 = 3_600_000;
/// Milliseconds of a day.
pub const DAY: u64 = 24 * HOUR;

/// Makes a call that means something in the present state, or none where nothing of that kind is possible.
pub type Make = fn(&mut StdRng) -> Option<Step>;

/// Who calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum By {
	/// An account.
	Account(AccountId),
	/// Nobody, as in inherents.
	Nobody,
	/// The chain itself: both chambers together, and the sudo key.
	Root,
	/// What a chamber decided.
	Chamber(Origin),
}

impl By {
	/// As the calls see it.
	pub fn origin(&self) -> RuntimeOrigin {
		match self {
			Self::Account(who) => RuntimeOrigin::signed(who.clone()),
			Self::Nobody => RuntimeOrigin::none(),
			Self::Root => RuntimeOrigin::root(),
			Self::Chamber(origin) => origin.clone().into(),
		}
	}
}

/// A call, and who makes it.
#[derive(Clone, Debug)]
pub struct Step {
	/// Who calls.
	pub by: By,
	/// What is called.
	pub call: RuntimeCall,
}

impl Step {
	/// A call by an account.
	pub fn signed(who: AccountId, call: impl Into<RuntimeCall>) -> Option<Self> {
		Some(Self { by: By::Account(who), call: call.into() })
	}

	/// A call by the chain itself.
	pub fn root(call: impl Into<RuntimeCall>) -> Option<Self> {
		Some(Self { by: By::Root, call: call.into() })
	}

	/// The names of the pallet and of the call.
	pub fn name(&self) -> (&'static str, &'static str) {
		let metadata = self.call.get_call_metadata();
		(metadata.pallet_name, metadata.function_name)
	}

	/// Who, and the bytes of the call.
	pub fn written(&self) -> String {
		let bytes: String = self.call.encode().iter().map(|byte| format!("{byte:02x}")).collect();
		let (pallet, call) = self.name();
		format!("{:?} {pallet}.{call} 0x{bytes}", self.by)
	}

	/// Calls without a transaction. Whether it worked.
	pub fn dispatch(self) -> bool {
		self.call.dispatch(self.by.origin()).is_ok()
	}

	/// Calls by a transaction, where an account with a known key calls, and else without one. Whether it was included and
	/// worked.
	pub fn send(self) -> bool {
		let key = match &self.by {
			By::Account(who) => Key::from_account_id(who),
			_ => None,
		};
		match key {
			Some(key) => matches!(chain::include(key, self.call), Ok(Ok(()))),
			None => self.dispatch(),
		}
	}
}

/// A chain of the `dev` preset, block by block.
pub struct Chain {
	state: TestExternalities,
}

impl Chain {
	/// Before its first block.
	pub fn dev() -> Self {
		let mut state = TestExternalities::new(genesis_of(genesis::DEV));
		state.register_extension(KeystoreExt::new(MemoryKeystore::new()));
		Self { state }
	}

	/// A block, so many milliseconds after the last one: at least a slot.
	pub fn block<R>(&mut self, after: u64, act: impl FnOnce() -> R) -> R {
		let outcome = self.state.execute_with(|| {
			begin(after.max(SLOT_DURATION));
			let outcome = act();
			Executive::finalize_block();
			outcome
		});
		// Into the trie, as a node does. Else each block would hash again what all blocks before it changed.
		self.state.commit_all().expect("no storage transaction is open");
		outcome
	}

	/// Looks at the state after the last block.
	pub fn look<R>(&mut self, at: impl FnOnce() -> R) -> R {
		self.state.execute_with(at)
	}
}

/// The time of the last block, in milliseconds.
pub fn now() -> u64 {
	pallet_timestamp::Now::<Runtime>::get()
}

/// Begins a block. Its slot is that of its time, as consensus wants it.
fn begin(after: u64) {
	let now = if now() == 0 { START } else { now().saturating_add(after) };
	let slot = sp_consensus_aura::Slot::from(now / SLOT_DURATION);
	let digest = Digest {
		logs: vec![DigestItem::PreRuntime(sp_consensus_aura::AURA_ENGINE_ID, slot.encode())],
	};
	let parent = System::parent_hash();
	let number = System::block_number() + 1;
	Executive::initialize_block(&Header::new(
		number,
		Default::default(),
		Default::default(),
		parent,
		digest,
	));
	let inherent: RuntimeCall = pallet_timestamp::Call::set { now }.into();
	assert_eq!(Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(inherent)), Ok(Ok(())));
}

/// Runs something with the room that calls which carry calls need in a build that is not optimised.
pub fn with_large_stack(run: impl FnOnce() + Send + 'static) {
	let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(run).unwrap();
	if let Err(panic) = thread.join() {
		std::panic::resume_unwind(panic);
	}
}
