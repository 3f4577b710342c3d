//! Benchmarks of pallet-whitelist as both chambers have it: those who represent patients permit a call, what institutions
//! approved makes it. Those of the SDK have one origin that does both, and texts of four megabytes.
//!
//! Every text is the one that takes the longest to read for its length, of as many calls as it can hold: each of them is looked
//! at, whether it is one that nobody makes. It is refused as soon as it is called, as Root has no derived account: what a call
//! does is weighed by itself. The entries in the log are measured with the calls that leave them.

use super::decisions::{at, begin, institutions, longest_text, next_entry, stored, Carried};
use crate::{
	configs::chambers::LONGEST_TEXT, Preimage, Runtime, RuntimeCall, RuntimeOrigin, System,
};
use alloc::{boxed::Box, vec::Vec};
use codec::Encode;
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::{dispatch::GetDispatchInfo, traits::QueryPreimage};
use hdx_primitives::{AccountId, EntryIndex, H256};
use pallet_governance::Origin;
use pallet_preimage::Call as Preimages;
use pallet_utility::Call as Utility;
use pallet_whitelist::{Call as Whitelist, DeferredDispatch, WhitelistedCall};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// The benchmarks.
pub struct Pallet<T>(PhantomData<T>);

/// What the benchmarks need besides this runtime.
pub trait Config: frame_system::Config {}

impl Config for Runtime {}

fn anybody() -> AccountId {
	account("anybody", 0, 0)
}

/// A call whose text is about so many bytes long, two for each of the calls in it.
fn dense(length: u32) -> RuntimeCall {
	let calls: Vec<RuntimeCall> = (0..length.div_ceil(2))
		.map(|_| pallet_sudo::Call::<Runtime>::remove_key {}.into())
		.collect();
	let batch: RuntimeCall = Utility::<Runtime>::batch { calls }.into();
	Utility::<Runtime>::as_derivative { index: 0, call: Box::new(batch) }.into()
}

/// By its text.
fn by_text(call: RuntimeCall) -> Whitelist<Runtime> {
	Whitelist::dispatch_whitelisted_call_with_preimage { call: Box::new(call) }
}

/// By the length and the weight of its text.
fn by_hash(call: &RuntimeCall) -> Whitelist<Runtime> {
	Whitelist::dispatch_whitelisted_call {
		call_hash: BlakeTwo256::hash_of(call),
		call_encoded_len: call.encoded_size() as u32,
		call_weight_witness: call.get_dispatch_info().call_weight,
	}
}

/// What those who represent patients have decided.
fn permit(call_hash: H256) -> Carried {
	Carried::new(Whitelist::<Runtime>::whitelist_call { call_hash }, Origin::PatientsRights)
}

/// What institutions have decided.
fn approve(call: &RuntimeCall) -> Carried {
	Carried::new(by_text(call.clone()), Origin::WhitelistedCaller)
}

/// Stores a text that is asked for, as anybody may. It is nobody's, and goes when nobody asks for it any more.
fn store(bytes: Vec<u8>) {
	Carried::new(Preimages::<Runtime>::note_preimage { bytes }, RuntimeOrigin::signed(anybody()))
		.make();
}

/// Both chambers have agreed on the call in earlier blocks.
fn agree_on(call: &RuntimeCall) -> H256 {
	begin();
	approve(call).make();
	let hash = BlakeTwo256::hash_of(call);
	permit(hash).make();
	store(call.encode());
	at(System::block_number() + 1);
	hash
}

/// Asserts that it was made since this entry, and that nothing is left of what was agreed on.
fn assert_made(hash: H256, entry: EntryIndex) {
	assert!(!WhitelistedCall::<Runtime>::contains_key(hash));
	assert!(!DeferredDispatch::<Runtime>::contains_key(hash));
	assert!(<Preimage as QueryPreimage>::len(&hash).is_none());
	assert_eq!(next_entry(), EntryIndex(entry.0 + 1));
}

#[benchmarks]
mod benches {
	use super::*;

	/// A call whose text a member has stored.
	#[benchmark]
	fn whitelist_call() {
		begin();
		let hash = stored(&institutions()[0], 1);
		let call = permit(hash);
		let entry = next_entry();

		#[block]
		{
			call.make();
		}

		assert!(WhitelistedCall::<Runtime>::contains_key(hash));
		assert_eq!(next_entry(), EntryIndex(entry.0 + 1));
	}

	/// A call whose text goes with that.
	#[benchmark]
	fn remove_whitelisted_call() {
		begin();
		let text = longest_text(1);
		let call_hash = BlakeTwo256::hash(&text);
		permit(call_hash).make();
		store(text);
		at(System::block_number() + 1);
		let call = Whitelist::<Runtime>::remove_whitelisted_call { call_hash };
		let call = Carried::new(call, Origin::PatientsRights);
		let entry = next_entry();

		#[block]
		{
			call.make();
		}

		assert_made(call_hash, entry);
	}

	/// Institutions are the first to approve.
	#[benchmark]
	fn defer_dispatch(n: Linear<1, LONGEST_TEXT>) {
		begin();
		let call = dense(n);
		let hash = BlakeTwo256::hash_of(&call);
		let call = approve(&call);

		#[block]
		{
			call.make();
		}

		assert!(DeferredDispatch::<Runtime>::contains_key(hash));
	}

	#[benchmark]
	fn remove_deferred_dispatch() {
		let call_hash = agree_on(&dense(1));
		at(DeferredDispatch::<Runtime>::get(call_hash).expect("institutions approved"));
		let call = Whitelist::<Runtime>::remove_deferred_dispatch { call_hash };
		let call = Carried::new(call, RuntimeOrigin::signed(anybody()));

		#[block]
		{
			call.make();
		}

		assert!(!DeferredDispatch::<Runtime>::contains_key(call_hash));
	}

	/// An account carries out what both have agreed on, and is named in the entry.
	#[benchmark(pov_mode = Measured)]
	fn dispatch_whitelisted_call(n: Linear<1, LONGEST_TEXT>) {
		let call = dense(n);
		let hash = agree_on(&call);
		let call = Carried::new(by_hash(&call), RuntimeOrigin::signed(anybody()));
		let entry = next_entry();

		#[block]
		{
			call.make();
		}

		assert_made(hash, entry);
	}

	/// An account carries out what both have agreed on, and is named in the entry.
	#[benchmark(pov_mode = Measured)]
	fn dispatch_whitelisted_call_with_preimage(n: Linear<1, LONGEST_TEXT>) {
		let call = dense(n);
		let hash = agree_on(&call);
		let call = Carried::new(by_text(call), RuntimeOrigin::signed(anybody()));
		let entry = next_entry();

		#[block]
		{
			call.make();
		}

		assert_made(hash, entry);
	}
}
