//! What was approved is carried out, once and in time, whatever the proposer of something else says about it.

use crate::chain::{next_block, on_chain, works, HOSPITAL_A};
use crate::chambers::{
	ayes, bounded, is_approved, pass, patients_ayes, patients_propose, propose, submission,
	ORDINARY, REPRESENTATIVES,
};
use codec::Encode;
use frame_support::traits::{schedule::DispatchTime, Bounded};
use hdx_primitives::{Code, Period};
use hdx_runtime::{
	configs::chambers::LONGEST_WAIT, genesis, OriginCaller, Origins, Runtime, RuntimeCall,
	RuntimeEvent, System,
};
use pallet_governance::Origin;
use pallet_provider_registry::Accreditations;
use pallet_ranked_collective::{Instance2, Members};
use pallet_referenda::ReferendumCount;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::traits::{BlakeTwo256, Hash};

fn accredit() -> RuntimeCall {
	pallet_provider_registry::Call::accredit {
		institution: HOSPITAL_A,
		scheme: Code([1; 16]),
		level: 1,
		valid: Period::default(),
	}
	.into()
}

fn is_accredited() -> bool {
	!Accreditations::<Runtime>::get(HOSPITAL_A).is_empty()
}

/// Has what a member signed decided about, and both hospitals vote for it.
fn approve(by: Key, submission: RuntimeCall) -> u32 {
	let poll = ReferendumCount::<Runtime>::get();
	works(by, submission);
	works(by, pallet_referenda::Call::<Runtime>::place_decision_deposit { index: poll });
	ayes(poll, &[Key::Alice, Key::Bob]);
	poll
}

/// How many tasks the scheduler gave up in so many blocks, as there was no text.
fn given_up_in(blocks: u32) -> usize {
	let mut given_up = 0;
	for _ in 0..blocks {
		next_block();
		let is_given_up = |event: &RuntimeEvent| {
			matches!(
				event,
				RuntimeEvent::Scheduler(pallet_scheduler::Event::CallUnavailable { .. })
			)
		};
		given_up += System::events().iter().filter(|record| is_given_up(&record.event)).count();
	}
	given_up
}

/// Whether the scheduler has left nothing of earlier blocks undone.
fn is_up_to_date() -> bool {
	pallet_scheduler::IncompleteSince::<Runtime>::get() == Some(System::block_number() + 1)
}

/// Asserts that what names its text so is given up, and that another referendum is carried out all the same.
fn is_given_up_and_the_next_is_carried_out(proposal: Bounded<RuntimeCall, BlakeTwo256>) {
	let poll = approve(Key::Alice, submission(Origin::Membership, proposal));
	let other = propose(Key::Bob, Origin::Membership, accredit());
	ayes(other, &[Key::Alice, Key::Bob]);
	assert_eq!(given_up_in(ORDINARY), 1);
	assert!(is_approved(poll) && is_approved(other));
	assert!(is_accredited() && is_up_to_date());
}

#[test]
fn a_proposal_that_states_a_false_length_is_given_up_and_the_scheduler_goes_on() {
	on_chain(genesis::DEV, || {
		let hash = BlakeTwo256::hash(b"a text that is stored later");
		is_given_up_and_the_next_is_carried_out(Bounded::Lookup { hash, len: u32::MAX });
	});
}

#[test]
fn a_proposal_that_states_no_length_is_given_up_and_the_scheduler_goes_on() {
	on_chain(genesis::DEV, || {
		let hash = BlakeTwo256::hash_of(&accredit());
		let proposal = Bounded::Legacy { hash, dummy: Default::default() };
		is_given_up_and_the_next_is_carried_out(proposal);
	});
}

#[test]
fn a_text_that_is_longer_than_may_be_stored_is_given_up_and_the_scheduler_goes_on() {
	on_chain(genesis::DEV, || {
		// Longer than may be stored, and stored past the rule that refuses it.
		let long = frame_system::Call::<Runtime>::remark { remark: vec![0; 22_000] };
		let proposal = bounded(long);
		assert!(proposal.len().unwrap() > 8 * 1_024);
		is_given_up_and_the_next_is_carried_out(proposal);
	});
}

#[test]
fn a_text_as_long_as_may_be_stored_is_carried_out() {
	on_chain(genesis::DEV, || {
		let longest = 8 * 1_024;
		let with = |bytes: usize| {
			let remark = frame_system::Call::<Runtime>::remark { remark: vec![0; bytes] };
			let calls = vec![RuntimeCall::from(remark), accredit()];
			RuntimeCall::from(pallet_utility::Call::<Runtime>::batch_all { calls })
		};
		// Numbers of this length are as long as one another.
		let rest = with(8_000).encoded_size() - 8_000;
		let call = with(longest - rest);
		assert_eq!(call.encoded_size(), longest);
		let poll = propose(Key::Alice, Origin::Membership, call);
		ayes(poll, &[Key::Alice, Key::Bob]);
		assert_eq!(given_up_in(ORDINARY), 0);
		assert!(is_accredited() && is_up_to_date());
	});
}

#[test]
fn referenda_of_both_chambers_with_the_same_number_are_both_carried_out() {
	on_chain(genesis::DEV, || {
		let representative = Key::One.to_account_id();
		let appoint = pallet_governance::Call::<Runtime>::appoint_representative {
			representative: representative.clone(),
		};
		let of_institutions = propose(Key::Alice, Origin::Membership, accredit());
		let of_patients = patients_propose(REPRESENTATIVES[0], Origin::Representation, appoint);
		assert_eq!(of_institutions, of_patients);
		ayes(of_institutions, &[Key::Alice, Key::Bob]);
		patients_ayes(of_patients, &REPRESENTATIVES[..2]);
		pass(ORDINARY);
		assert!(is_accredited());
		assert!(Members::<Runtime, Instance2>::contains_key(&representative));
	});
}

#[test]
fn nothing_that_was_approved_waits_longer_than_sixty_days() {
	on_chain(genesis::DEV, || {
		let longest = Origins::paced(LONGEST_WAIT);
		let origin: OriginCaller = Origin::Membership.into();
		let submission = pallet_referenda::Call::<Runtime>::submit {
			proposal_origin: Box::new(origin),
			proposal: bounded(accredit()),
			enactment_moment: DispatchTime::At(u32::MAX),
		};
		let poll = approve(Key::Alice, submission.into());
		pass(ORDINARY);
		assert!(is_approved(poll) && !is_accredited());
		pass(longest - ORDINARY);
		assert!(!is_accredited());
		pass(ORDINARY);
		assert!(is_accredited());
	});
}
