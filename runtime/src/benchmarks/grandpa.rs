//! Benchmarks of pallet-grandpa's calls. Those of the SDK check the two votes of a report and nothing else: whose the key is and
//! what becomes of the validator is for each runtime to say.
//!
//! The report is of the last of as many validators as there may be, all of whom were found out in the same round: each is named
//! again with it. It is of an earlier session, so that a proof is looked at besides the keys that are in force. There is room for
//! one more whom pallet-session keeps from making blocks.

use super::decisions::{begin, Carried};
use crate::{
	AccountId, BlockNumber, Hash, Header, Offences, Runtime, RuntimeOrigin, Session, SessionKeys,
};
use alloc::{boxed::Box, vec::Vec};
use codec::{Decode, Encode};
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::traits::KeyOwnerProofSystem;
use pallet_grandpa::{Call as Finality, EquivocationOffence, SetIdSession, Stalled, TimeSlot};
use pallet_session::{
	historical::{HistoricalSessions, Pallet as Historical},
	CurrentIndex, DisabledValidators, NextKeys, Validators,
};
use pallet_validator_set::{
	benchmarking::{enlist, report_offence},
	Disabled, KeysInForce, Members,
};
use sp_consensus_grandpa::{
	localized_payload, AuthorityId, AuthoritySignature, EquivocationProof, Message, Prevote,
	KEY_TYPE,
};
use sp_runtime::{
	app_crypto::RuntimeAppPublic,
	traits::{BlakeTwo256, Hash as _},
	KeyTypeId,
};
use sp_session::MembershipProof;

/// The benchmarks.
pub struct Pallet<T>(PhantomData<T>);

/// What the benchmarks need besides this runtime.
pub trait Config: frame_system::Config {}

impl Config for Runtime {}

/// The set of voters.
const SET: u64 = 1;
/// The round that all voted twice in.
const ROUND: u64 = 1;
/// The last session of that set.
const SESSION: u32 = 5;

type Votes = EquivocationProof<Hash, BlockNumber>;

/// A vote for the block with this hash, signed.
fn vote(by: &AuthorityId, block: u8) -> (Prevote<Header>, AuthoritySignature) {
	let vote = Prevote::<Header> { target_hash: Hash::repeat_byte(block), target_number: 7 };
	let message = Message::<Header>::Prevote(vote.clone());
	let signature =
		by.sign(&localized_payload(ROUND, SET, &message)).expect("the keystore made the key");
	(vote, signature)
}

/// Votes for two blocks in one round.
fn twice(by: &AuthorityId) -> Votes {
	const PREVOTES: u8 = 0;
	let bytes = (SET, PREVOTES, ROUND, by.clone(), vote(by, 1), vote(by, 2)).encode();
	Votes::decode(&mut &bytes[..]).expect("it is an equivocation")
}

/// The root of the trie that the proof is of: the hash of the one node that no other refers to.
fn root_of(proof: &MembershipProof) -> Hash {
	let nodes = &proof.trie_nodes;
	let is_referred_to =
		|hash: &Hash| nodes.iter().any(|node| node.windows(32).any(|part| part == hash.as_bytes()));
	nodes
		.iter()
		.map(|node| BlakeTwo256::hash(node))
		.find(|hash| !is_referred_to(hash))
		.expect("a trie has a root")
}

/// As many validators as there may be, the last of which has keys that sign.
fn validate(last: &AccountId) -> (Vec<AccountId>, AuthorityId) {
	enlist::<Runtime>(last);
	let made = SessionKeys::generate(&last.encode(), None);
	let signed = RuntimeOrigin::signed(last.clone());
	Session::set_keys(signed, made.keys.clone(), made.proof.encode()).expect("it is a validator");
	let all: Vec<_> = Members::<Runtime>::get().into_iter().map(|member| member.account).collect();
	Validators::<Runtime>::put(all.clone());
	let in_force: Vec<_> = all
		.iter()
		.filter_map(|account| NextKeys::<Runtime>::get(account).map(|keys| (account.clone(), keys)))
		.collect();
	KeysInForce::<Runtime>::put(in_force);
	(all, made.keys.grandpa)
}

/// Whose the key was in a session that is over.
fn ownership(key: &AuthorityId) -> MembershipProof {
	CurrentIndex::<Runtime>::put(SESSION);
	let proof = <Historical<Runtime> as KeyOwnerProofSystem<(KeyTypeId, AuthorityId)>>::prove((
		KEY_TYPE,
		key.clone(),
	))
	.expect("the keys of each are known");
	let noted = (root_of(&proof), proof.validator_count);
	HistoricalSessions::<Runtime>::insert(SESSION, noted);
	CurrentIndex::<Runtime>::put(SESSION + 1);
	SetIdSession::<Runtime>::insert(SET - 1, SESSION - 1);
	SetIdSession::<Runtime>::insert(SET, SESSION);
	proof
}

/// All others were reported, each by itself.
fn report_others(all: &[AccountId], last: &AccountId, reporter: &AccountId) {
	for account in all.iter().filter(|account| *account != last) {
		let offence = EquivocationOffence {
			time_slot: TimeSlot { set_id: SET, round: ROUND },
			session_index: SESSION,
			validator_set_count: all.len() as u32,
			offender: (account.clone(), ()),
		};
		report_offence::<Offences, _>(reporter.clone(), offence);
	}
	DisabledValidators::<Runtime>::mutate(|disabled| disabled.pop());
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn report_equivocation() {
		begin();
		let (last, reporter): (AccountId, AccountId) =
			(account("voter", 0, 0), account("reporter", 0, 0));
		let (all, key) = validate(&last);
		let key_owner_proof = ownership(&key);
		report_others(&all, &last, &reporter);
		assert!(!Disabled::<Runtime>::contains_key(&last));
		let equivocation_proof = Box::new(twice(&key));
		let call = Finality::<Runtime>::report_equivocation { equivocation_proof, key_owner_proof };
		let call = Carried::new(call, RuntimeOrigin::signed(reporter));

		#[block]
		{
			call.make();
		}

		assert!(Disabled::<Runtime>::contains_key(&last));
		let index = all.len() as u32 - 1;
		assert!(Session::disabled_validators().contains(&index));
	}

	#[benchmark]
	fn note_stalled() {
		begin();
		let call =
			Finality::<Runtime>::note_stalled { delay: 1_000, best_finalized_block_number: 1 };
		let call = Carried::new(call, RuntimeOrigin::root());

		#[block]
		{
			call.make();
		}

		assert!(Stalled::<Runtime>::get().is_some());
	}
}
