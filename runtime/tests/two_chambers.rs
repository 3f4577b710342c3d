//! What touches patients' rights needs both chambers, in any order.

use crate::chain::{self, include, next_block, on_chain, works};
use crate::chambers::{
	ayes, bounded, is_approved, pass, patients_ayes, patients_ballot, patients_propose,
	patients_submission, propose, GRAVE, ORDINARY, REPRESENTATIVES, UNTIL_THE_END,
};
use codec::Encode;
use frame_support::{
	dispatch::GetDispatchInfo,
	traits::{Get, StorePreimage},
};
use hdx_primitives::{EntryIndex, Milliseconds};
use hdx_runtime::{
	genesis, OriginCaller, Origins, Preimage, Runtime, RuntimeCall, RuntimeOrigin, System,
};
use pallet_governance::Origin;
use pallet_ranked_collective::Instance2;
use pallet_whitelist::{DeferredDispatch, WhitelistedCall};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	DispatchError,
};

const TEN_YEARS: Milliseconds = Milliseconds(10 * 366 * 24 * 3_600_000);

/// Entries of the log stay longer: a call that patients have a say in.
fn matter() -> RuntimeCall {
	pallet_audit::Call::set_retention { period: TEN_YEARS }.into()
}

fn is_done() -> bool {
	pallet_audit::RetentionPeriod::<Runtime>::get() == TEN_YEARS
}

/// Both hospitals approve.
fn institutions_approve(call: RuntimeCall) -> u32 {
	let dispatch = pallet_whitelist::Call::<Runtime>::dispatch_whitelisted_call_with_preimage {
		call: Box::new(call),
	};
	let poll = propose(Key::Alice, Origin::WhitelistedCaller, dispatch);
	ayes(poll, &[Key::Alice, Key::Bob]);
	pass(GRAVE);
	assert!(is_approved(poll));
	poll
}

/// Two of three representatives approve.
fn patients_approve(call: &RuntimeCall) {
	let call_hash = BlakeTwo256::hash_of(call);
	let whitelist = pallet_whitelist::Call::<Runtime>::whitelist_call { call_hash };
	let poll = patients_propose(REPRESENTATIVES[0], Origin::PatientsRights, whitelist);
	patients_ayes(poll, &REPRESENTATIVES[..2]);
	pass(ORDINARY);
	assert!(WhitelistedCall::<Runtime>::contains_key(call_hash) || is_done());
}

fn enact(call: RuntimeCall) -> RuntimeCall {
	pallet_whitelist::Call::<Runtime>::dispatch_whitelisted_call_with_preimage {
		call: Box::new(call),
	}
	.into()
}

fn error_of(outcome: sp_runtime::ApplyExtrinsicResult) -> DispatchError {
	outcome.expect("it is included").expect_err("it is refused")
}

#[test]
fn institutions_alone_do_not_decide_about_patients_rights() {
	on_chain(genesis::DEV, || {
		institutions_approve(matter());
		assert!(!is_done());
		assert!(DeferredDispatch::<Runtime>::contains_key(BlakeTwo256::hash_of(&matter())));
		// Nor can anybody carry it out.
		let refused: DispatchError =
			pallet_whitelist::Error::<Runtime>::CallIsNotWhitelisted.into();
		assert_eq!(error_of(include(Key::Alice, enact(matter()))), refused);
		pass(UNTIL_THE_END);
		assert!(!is_done());
	});
}

#[test]
fn patients_alone_do_not_decide_either() {
	on_chain(genesis::DEV, || {
		patients_approve(&matter());
		let refused: DispatchError =
			pallet_whitelist::Error::<Runtime>::DeferredDispatchNotFound.into();
		assert_eq!(error_of(include(Key::Alice, enact(matter()))), refused);
		pass(UNTIL_THE_END);
		assert!(!is_done());
	});
}

#[test]
fn what_patients_approve_first_is_carried_out_when_institutions_approve() {
	on_chain(genesis::DEV, || {
		patients_approve(&matter());
		assert!(!is_done());
		institutions_approve(matter());
		assert!(is_done());
	});
}

#[test]
fn what_institutions_approve_first_is_carried_out_by_anyone_when_patients_approve() {
	on_chain(genesis::DEV, || {
		institutions_approve(matter());
		patients_approve(&matter());
		assert!(!is_done());
		works(Key::Bob, enact(matter()));
		assert!(is_done());
	});
}

#[test]
fn a_representative_carries_out_what_both_agreed_on_by_its_text_whoever_stored_it() {
	on_chain(genesis::DEV, || {
		institutions_approve(matter());
		patients_approve(&matter());
		let call_hash = Preimage::note(matter().encode().into()).unwrap();
		works(
			REPRESENTATIVES[2],
			pallet_whitelist::Call::<Runtime>::dispatch_whitelisted_call {
				call_hash,
				call_encoded_len: matter().encoded_size() as u32,
				call_weight_witness: matter().get_dispatch_info().call_weight,
			},
		);
		assert!(is_done());
	});
}

#[test]
fn a_representative_carries_out_what_both_agreed_on_by_the_call_itself() {
	on_chain(genesis::DEV, || {
		institutions_approve(matter());
		assert!(include(REPRESENTATIVES[2], enact(matter())).is_err());
		patients_approve(&matter());
		works(REPRESENTATIVES[2], enact(matter()));
		assert!(is_done());
	});
}

#[test]
fn carrying_out_is_protected_by_the_length_and_the_weight_that_the_text_has_and_by_no_others() {
	on_chain(genesis::DEV, || {
		institutions_approve(matter());
		patients_approve(&matter());
		let call_hash = Preimage::note(matter().encode().into()).unwrap();
		let (length, weight) =
			(matter().encoded_size() as u32, matter().get_dispatch_info().call_weight);
		let by = |call_encoded_len, call_weight_witness| {
			pallet_whitelist::Call::<Runtime>::dispatch_whitelisted_call {
				call_hash,
				call_encoded_len,
				call_weight_witness,
			}
		};
		// Nobody else pays for a representative.
		for call in
			[by(length + 1, weight), by(u32::MAX, weight), by(length, weight.saturating_mul(2))]
		{
			assert!(include(REPRESENTATIVES[2], call).is_err());
		}
		works(REPRESENTATIVES[2], by(length, weight));
	});
}

#[test]
fn what_was_carried_out_is_not_carried_out_again() {
	on_chain(genesis::DEV, || {
		institutions_approve(matter());
		patients_approve(&matter());
		works(Key::Bob, enact(matter()));
		let refused: DispatchError =
			pallet_whitelist::Error::<Runtime>::DeferredDispatchNotFound.into();
		assert_eq!(error_of(include(Key::Bob, enact(matter()))), refused);
	});
}

#[test]
fn another_call_than_the_one_both_approved_is_not_carried_out() {
	on_chain(genesis::DEV, || {
		institutions_approve(matter());
		patients_approve(&matter());
		let other: RuntimeCall =
			pallet_audit::Call::set_retention { period: Milliseconds(TEN_YEARS.0 + 1) }.into();
		let refused: DispatchError =
			pallet_whitelist::Error::<Runtime>::DeferredDispatchNotFound.into();
		assert_eq!(error_of(include(Key::Bob, enact(other))), refused);
	});
}

#[test]
fn one_of_three_representatives_is_no_majority() {
	on_chain(genesis::DEV, || {
		let call_hash = BlakeTwo256::hash_of(&matter());
		let whitelist = pallet_whitelist::Call::<Runtime>::whitelist_call { call_hash };
		let poll = patients_propose(REPRESENTATIVES[0], Origin::PatientsRights, whitelist);
		patients_ayes(poll, &REPRESENTATIVES[..1]);
		pass(UNTIL_THE_END);
		assert!(!WhitelistedCall::<Runtime>::contains_key(call_hash));
	});
}

#[test]
fn an_institution_has_no_vote_among_patients() {
	on_chain(genesis::DEV, || {
		let call_hash = BlakeTwo256::hash_of(&matter());
		let whitelist = pallet_whitelist::Call::<Runtime>::whitelist_call { call_hash };
		let poll = patients_propose(REPRESENTATIVES[0], Origin::PatientsRights, whitelist.clone());
		let refused: DispatchError =
			pallet_ranked_collective::Error::<Runtime, Instance2>::NotMember.into();
		assert_eq!(error_of(include(Key::Alice, patients_ballot(poll, true))), refused);
		let submission = patients_submission(Origin::PatientsRights, bounded(whitelist));
		assert_eq!(error_of(include(Key::Alice, submission)), DispatchError::BadOrigin);
	});
}

#[test]
fn no_referendum_of_patients_is_called_as_root_or_as_what_institutions_decide() {
	let no_track: DispatchError =
		pallet_referenda::Error::<Runtime, pallet_referenda::Instance2>::NoTrack.into();
	on_chain(genesis::DEV, || {
		let origins = [
			OriginCaller::system(frame_system::RawOrigin::Root),
			OriginCaller::Origins(Origin::WhitelistedCaller),
			OriginCaller::Origins(Origin::Membership),
			OriginCaller::Origins(Origin::Emergency),
		];
		for origin in origins {
			let submission = patients_submission(origin, bounded(chain::remark()));
			assert_eq!(error_of(include(REPRESENTATIVES[0], submission)), no_track);
		}
	});
}

#[test]
fn patients_choose_who_represents_them() {
	on_chain(genesis::DEV, || {
		let representative = Key::One.to_account_id();
		let appoint = pallet_governance::Call::<Runtime>::appoint_representative {
			representative: representative.clone(),
		};
		let poll = patients_propose(REPRESENTATIVES[0], Origin::Representation, appoint);
		patients_ayes(poll, &REPRESENTATIVES[..2]);
		pass(ORDINARY);
		type Members = pallet_ranked_collective::Members<Runtime, Instance2>;
		assert!(Members::contains_key(&representative));
	});
}

#[test]
fn what_a_dismissed_representative_has_voted_does_not_count() {
	on_chain(genesis::DEV, || {
		let call_hash = BlakeTwo256::hash_of(&matter());
		let whitelist = pallet_whitelist::Call::<Runtime>::whitelist_call { call_hash };
		let poll = patients_propose(REPRESENTATIVES[0], Origin::PatientsRights, whitelist);
		patients_ayes(poll, &REPRESENTATIVES[..2]);
		let dismissed = REPRESENTATIVES[1].to_account_id();
		Origins::dismiss_representative(RuntimeOrigin::root(), dismissed).unwrap();
		// One of the two who are left.
		pass(UNTIL_THE_END);
		assert!(!WhitelistedCall::<Runtime>::contains_key(call_hash));
		// It has no vote, and nobody pays for what it sends.
		assert!(include(REPRESENTATIVES[1], patients_ballot(poll, true)).is_err());
	});
}

#[test]
fn what_patients_take_back_before_it_is_carried_out_is_not() {
	on_chain(genesis::DEV, || {
		patients_approve(&matter());
		let call_hash = BlakeTwo256::hash_of(&matter());
		let remove = pallet_whitelist::Call::<Runtime>::remove_whitelisted_call { call_hash };
		let poll = patients_propose(REPRESENTATIVES[1], Origin::PatientsRights, remove);
		patients_ayes(poll, &REPRESENTATIVES[..2]);
		pass(ORDINARY);
		assert!(!WhitelistedCall::<Runtime>::contains_key(call_hash));
		institutions_approve(matter());
		assert!(!is_done());
	});
}

#[test]
fn what_waited_too_long_is_removed_by_anyone_and_can_be_approved_again() {
	on_chain(genesis::DEV, || {
		institutions_approve(matter());
		let call_hash = BlakeTwo256::hash_of(&matter());
		let remove = || pallet_whitelist::Call::<Runtime>::remove_deferred_dispatch { call_hash };
		let too_early: DispatchError =
			pallet_whitelist::Error::<Runtime>::DeferredDispatchNotExpired.into();
		assert_eq!(error_of(include(Key::Bob, remove())), too_early);
		pass(<Runtime as pallet_whitelist::Config>::DeferredDispatchExpiration::get());
		patients_approve(&matter());
		let too_late: DispatchError =
			pallet_whitelist::Error::<Runtime>::DeferredDispatchExpired.into();
		assert_eq!(error_of(include(Key::Bob, enact(matter()))), too_late);
		works(Key::Bob, remove());
		assert!(!is_done());
		institutions_approve(matter());
		assert!(is_done());
	});
}

#[test]
fn both_chambers_authorize_an_upgrade_and_no_other_code_is_applied() {
	on_chain(genesis::DEV, || {
		let call: RuntimeCall = frame_system::Call::<Runtime>::authorize_upgrade {
			code_hash: BlakeTwo256::hash(b"the code that was read"),
		}
		.into();
		patients_approve(&call);
		assert!(System::authorized_upgrade().is_none());
		institutions_approve(call);
		assert!(System::authorized_upgrade().is_some());
		let other = frame_system::Call::<Runtime>::apply_authorized_upgrade {
			code: b"other code".to_vec(),
		};
		let refused: DispatchError = frame_system::Error::<Runtime>::Unauthorized.into();
		match include(Key::Alice, other) {
			Ok(outcome) => assert_eq!(outcome, Err(refused)),
			// The pool's rule for it, which needs no signature.
			Err(error) => println!("not included: {error:?}"),
		}
		assert!(System::authorized_upgrade().is_some());
	});
}

#[test]
fn not_even_both_chambers_write_to_the_logs_storage() {
	on_chain(genesis::DEV, || {
		let prefix = sp_io::hashing::twox_128(b"Audit").to_vec();
		let forge: RuntimeCall = frame_system::Call::kill_prefix { prefix, subkeys: 10 }.into();
		let (call_hash, call_encoded_len) =
			(BlakeTwo256::hash_of(&forge), forge.encoded_size() as u32);
		Preimage::note(forge.encode().into()).unwrap();
		patients_approve(&forge);
		// By its text, which the filter sees.
		let poll = propose(Key::Alice, Origin::WhitelistedCaller, enact(forge.clone()));
		ayes(poll, &[Key::Alice, Key::Bob]);
		// By its hash, which it does not.
		let by_hash = pallet_whitelist::Call::<Runtime>::dispatch_whitelisted_call {
			call_hash,
			call_encoded_len,
			call_weight_witness: forge.get_dispatch_info().call_weight,
		};
		let other = propose(Key::Bob, Origin::WhitelistedCaller, by_hash);
		ayes(other, &[Key::Alice, Key::Bob]);
		let before = pallet_audit::NextEntryIndex::<Runtime>::get();
		pass(GRAVE);
		assert!(is_approved(poll) && is_approved(other));
		// That institutions approved, twice, is all that was added.
		let after = pallet_audit::NextEntryIndex::<Runtime>::get();
		assert_eq!(after, EntryIndex(before.0 + 2));
		let is_kept = |entry| pallet_audit::Entries::<Runtime>::contains_key(EntryIndex(entry));
		assert!((0..after.0).all(is_kept));
		assert!(WhitelistedCall::<Runtime>::contains_key(call_hash));
		next_block();
	});
}
