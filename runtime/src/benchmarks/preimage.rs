//! Benchmarks of pallet-preimage as both chambers have it. Those of the SDK store texts of four megabytes for a deposit, where
//! members store short ones without any. Here they are stored by somebody who represents patients, for whom both chambers are
//! looked at.
//!
//! A text that is asked for may be stored by anybody, and as long as the pallet takes; so may those that Root stores, as both
//! chambers can have it do, or the sudo key of the `dev` preset. All that is charged for storing one is
//! `note_preimage`, by the length: what a byte more takes is the same in all of them.

use super::decisions::{begin, longest_text, representatives, stored, Carried};
use crate::{configs::chambers::LONGEST_TEXT, Preimage, Runtime, RuntimeOrigin};
use alloc::{vec, vec::Vec};
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::traits::{Get, QueryPreimage};
use hdx_primitives::{AccountId, H256};
use pallet_preimage::{
	Call as Preimages, OldRequestStatus, RequestStatus, RequestStatusFor,
	MAX_HASH_UPGRADE_BULK_COUNT, MAX_SIZE,
};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// The benchmarks.
pub struct Pallet<T>(PhantomData<T>);

/// What the benchmarks need besides this runtime.
pub trait Config: frame_system::Config {}

impl Config for Runtime {}

/// Begins, and gives an account that may store texts.
fn member() -> AccountId {
	begin();
	representatives().remove(0)
}

fn text(length: u32) -> (Vec<u8>, H256) {
	let text = vec![7u8; length as usize];
	let hash = BlakeTwo256::hash(&text);
	(text, hash)
}

fn by_root(call: Preimages<Runtime>) -> Carried {
	Carried::new(call, RuntimeOrigin::root())
}

fn ask_for(hash: H256) -> Carried {
	by_root(Preimages::request_preimage { hash })
}

fn ask_no_more_for(hash: H256) -> Carried {
	by_root(Preimages::unrequest_preimage { hash })
}

/// Has Root store the longest text of a member. It is asked for from then on.
fn stored_by_root() -> H256 {
	begin();
	let bytes = longest_text(1);
	let hash = BlakeTwo256::hash(&bytes);
	by_root(Preimages::note_preimage { bytes }).make();
	hash
}

fn is_stored(hash: H256) -> bool {
	<Preimage as QueryPreimage>::len(&hash).is_some()
}

/// How often a text is asked for. `None`: it is not.
fn requests(hash: H256) -> Option<u32> {
	match RequestStatusFor::<Runtime>::get(hash) {
		Some(RequestStatus::Requested { count, .. }) => Some(count),
		_ => None,
	}
}

/// As many texts as a version of the pallet before this one stored, in the form that they had then. No chain has any.
#[allow(deprecated)]
fn old(count: u32) -> Vec<H256> {
	let owners = representatives();
	let each: u32 = <Runtime as pallet_governance::Config>::MaxNotes::get();
	(0..count)
		.map(|number| {
			let (owner, len) = (owners[(number / each) as usize].clone(), 4);
			let hash = BlakeTwo256::hash(&number.to_le_bytes());
			let status = OldRequestStatus::Unrequested { deposit: (owner, 0), len };
			pallet_preimage::StatusFor::<Runtime>::insert(hash, status);
			hash
		})
		.collect()
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn note_preimage(s: Linear<0, LONGEST_TEXT>) {
		let member = member();
		let (bytes, hash) = text(s);
		let call = Preimages::<Runtime>::note_preimage { bytes };
		let call = Carried::new(call, RuntimeOrigin::signed(member.clone()));

		#[block]
		{
			call.make();
		}

		assert!(is_stored(hash));
		assert_eq!(pallet_governance::Notes::<Runtime>::get(&member), 1);
	}

	/// By anybody.
	#[benchmark]
	fn note_requested_preimage(s: Linear<0, MAX_SIZE>) {
		begin();
		let (bytes, hash) = text(s);
		ask_for(hash).make();
		let anybody: AccountId = account("anybody", 0, 0);
		let call = Preimages::<Runtime>::note_preimage { bytes };
		let call = Carried::new(call, RuntimeOrigin::signed(anybody));

		#[block]
		{
			call.make();
		}

		assert!(is_stored(hash));
	}

	#[benchmark]
	fn note_no_deposit_preimage(s: Linear<0, MAX_SIZE>) {
		begin();
		let (bytes, hash) = text(s);
		let call = by_root(Preimages::note_preimage { bytes });

		#[block]
		{
			call.make();
		}

		assert!(is_stored(hash));
	}

	#[benchmark]
	fn unnote_preimage() {
		let member = member();
		let hash = stored(&member, 1);
		let call = Preimages::<Runtime>::unnote_preimage { hash };
		let call = Carried::new(call, RuntimeOrigin::signed(member.clone()));

		#[block]
		{
			call.make();
		}

		assert!(!is_stored(hash));
		assert_eq!(pallet_governance::Notes::<Runtime>::get(&member), 0);
	}

	#[benchmark]
	fn unnote_no_deposit_preimage() {
		let hash = stored_by_root();
		let call = by_root(Preimages::unnote_preimage { hash });

		#[block]
		{
			call.make();
		}

		assert!(!is_stored(hash));
	}

	#[benchmark]
	fn request_preimage() {
		let hash = stored(&member(), 1);
		let call = ask_for(hash);

		#[block]
		{
			call.make();
		}

		assert_eq!(requests(hash), Some(1));
	}

	#[benchmark]
	fn request_no_deposit_preimage() {
		let hash = stored_by_root();
		let call = ask_for(hash);

		#[block]
		{
			call.make();
		}

		assert_eq!(requests(hash), Some(2));
	}

	#[benchmark]
	fn request_unnoted_preimage() {
		begin();
		let (_, hash) = text(LONGEST_TEXT);
		let call = ask_for(hash);

		#[block]
		{
			call.make();
		}

		assert_eq!(requests(hash), Some(1));
	}

	#[benchmark]
	fn request_requested_preimage() {
		begin();
		let (_, hash) = text(LONGEST_TEXT);
		ask_for(hash).make();
		let call = ask_for(hash);

		#[block]
		{
			call.make();
		}

		assert_eq!(requests(hash), Some(2));
	}

	/// The text goes, as it is nobody's.
	#[benchmark]
	fn unrequest_preimage() {
		let hash = stored_by_root();
		let call = ask_no_more_for(hash);

		#[block]
		{
			call.make();
		}

		assert!(!is_stored(hash));
	}

	#[benchmark]
	fn unrequest_unnoted_preimage() {
		begin();
		let (_, hash) = text(LONGEST_TEXT);
		ask_for(hash).make();
		let call = ask_no_more_for(hash);

		#[block]
		{
			call.make();
		}

		assert_eq!(requests(hash), None);
	}

	#[benchmark]
	fn unrequest_multi_referenced_preimage() {
		begin();
		let (_, hash) = text(LONGEST_TEXT);
		ask_for(hash).make();
		ask_for(hash).make();
		let call = ask_no_more_for(hash);

		#[block]
		{
			call.make();
		}

		assert_eq!(requests(hash), Some(1));
	}

	/// Anybody may name texts; none is in the old form. As dear as it would be if all that are named were.
	#[benchmark]
	fn ensure_updated(n: Linear<1, MAX_HASH_UPGRADE_BULK_COUNT>) {
		begin();
		let hashes = old(n);
		let call = Preimages::<Runtime>::ensure_updated { hashes: hashes.clone() };
		let anybody: AccountId = account("anybody", 0, 0);
		let call = Carried::new(call, RuntimeOrigin::signed(anybody));

		#[block]
		{
			call.make();
		}

		assert!(hashes.into_iter().all(is_stored));
	}
}
