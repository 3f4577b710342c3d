//! Institutions decide by referenda: which majority passes what, and who has a vote.

use crate::chain::{
	self, as_root, assert_refused, batch, failure_inside, flood, include, left, next_block,
	on_chain, remark, small_bucket, works, HOSPITAL_A, HOSPITAL_B, SMALL, SUDO,
};
use crate::chambers::{
	ayes, ballot, bounded, count_of, is_approved, is_rejected, pass, propose, seat, submission,
	try_vote, voter_of, ORDINARY, REPRESENTATIVES, UNTIL_THE_END,
};
use codec::Encode;
use frame_support::traits::Bounded;
use hdx_primitives::{Code, InstitutionId, Period};
use hdx_runtime::{
	configs::chambers::{InstitutionTracks, NeverPaused, PatientTracks, MOST_OPEN},
	genesis, OriginCaller, Origins, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, SafeMode,
	System, TxPause, ValidatorSet,
};
use pallet_governance::Origin;
use pallet_provider_registry::{Accreditations, InstitutionStatus, SuspensionReason};
use pallet_quota::Refusal;
use pallet_referenda::TracksInfo;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{
	traits::{BlakeTwo256, Dispatchable, Hash},
	DispatchError, DispatchResult, Perbill,
};

/// Institutions beside the two of the presets.
const OTHERS: [Key; 4] = [Key::Charlie, Key::Dave, Key::Eve, SUDO];

/// On the `dev` chain, where so many institutions have a seat.
fn with_seats(seats: usize, test: impl FnOnce()) {
	on_chain(genesis::DEV, || {
		seat(&OTHERS[..seats - 2]);
		test();
	});
}

fn as_governance(call: impl Into<RuntimeCall>) -> DispatchResult {
	let call: RuntimeCall = call.into();
	call.dispatch(RuntimeOrigin::root()).map(drop).map_err(|error| error.error)
}

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

fn add_validator() -> RuntimeCall {
	pallet_validator_set::Call::add_validator {
		validator: Key::One.to_account_id(),
		institution: HOSPITAL_A,
	}
	.into()
}

fn suspend(institution: InstitutionId) {
	let status = InstitutionStatus::Suspended(SuspensionReason::Investigation);
	let call = pallet_provider_registry::Call::set_institution_status { institution, status };
	assert_eq!(as_governance(call), Ok(()));
}

fn reinstate(institution: InstitutionId) {
	let status = InstitutionStatus::Active;
	let call = pallet_provider_registry::Call::set_institution_status { institution, status };
	assert_eq!(as_governance(call), Ok(()));
}

fn error_of(outcome: sp_runtime::ApplyExtrinsicResult) -> DispatchError {
	outcome.expect("it is included").expect_err("it is refused")
}

fn not_a_member() -> DispatchError {
	pallet_ranked_collective::Error::<Runtime>::NotMember.into()
}

#[test]
fn the_tracks_are_in_order_and_leave_time() {
	assert_eq!(InstitutionTracks::check_integrity(), Ok(()));
	assert_eq!(PatientTracks::check_integrity(), Ok(()));
}

#[test]
fn no_referendum_waits_until_others_are_decided() {
	let places = InstitutionTracks::tracks()
		.chain(PatientTracks::tracks())
		.map(|track| track.info.max_deciding)
		.collect::<Vec<_>>();
	assert_eq!(places, [MOST_OPEN; 8]);
}

#[test]
fn thresholds_are_exact_for_any_number_of_votes() {
	on_chain(genesis::DEV, || {
		for track in InstitutionTracks::tracks() {
			for all in 1..=64_u32 {
				for ayes in 0..=all {
					let expected = match track.id {
						0 | 1 => 2 * ayes > all,
						2..=4 => 3 * ayes >= 2 * all,
						_ => 4 * ayes >= 3 * all,
					};
					let share = Perbill::from_rational(ayes, all);
					for at in [Perbill::zero(), Perbill::from_percent(40), Perbill::one()] {
						let passes = track.info.min_support.passing(at, share)
							&& track.info.min_approval.passing(at, share);
						assert_eq!(passes, expected, "{ayes} of {all}, track {}", track.id);
					}
				}
			}
		}
	});
}

#[test]
fn a_majority_accredits() {
	with_seats(5, || {
		let poll = propose(Key::Alice, Origin::Membership, accredit());
		ayes(poll, &[Key::Alice, Key::Bob, Key::Charlie]);
		pass(ORDINARY);
		assert!(is_approved(poll) && is_accredited());
	});
}

#[test]
fn a_chain_without_a_sudo_key_governs_itself() {
	on_chain(genesis::LOCAL, || {
		let poll = propose(Key::Bob, Origin::Membership, accredit());
		ayes(poll, &[Key::Alice, Key::Bob]);
		pass(ORDINARY);
		assert!(is_approved(poll) && is_accredited());
	});
}

#[test]
fn seats_are_given_by_those_who_have_one_and_a_registered_institution_has_none() {
	on_chain(genesis::DEV, || {
		let operator = Key::Charlie.to_account_id();
		let call = pallet_provider_registry::Call::<Runtime>::register_institution {
			operator,
			kind: pallet_provider_registry::InstitutionKind::Laboratory,
			profile: [0; 32],
		};
		assert_eq!(as_governance(call), Ok(()));
		let third = InstitutionId(2);
		let give = pallet_governance::Call::<Runtime>::seat_institution { institution: third };
		let poll = propose(Key::Alice, Origin::Membership, give);
		assert_eq!(error_of(try_vote(Key::Charlie, poll)), not_a_member());
		ayes(poll, &[Key::Alice, Key::Bob]);
		pass(ORDINARY);
		assert_eq!(voter_of(third), Some(Key::Charlie.to_account_id()));
	});
}

#[test]
fn an_accreditation_that_ended_takes_the_vote_once_anybody_says_so() {
	with_seats(3, || {
		let (scheme, level) = (Code([9; 16]), 1);
		let kind = pallet_provider_registry::InstitutionKind::Hospital;
		let needed = pallet_provider_registry::Requirement { scheme, level };
		for institution in [HOSPITAL_A, HOSPITAL_B] {
			let valid = Period::default();
			let call = pallet_provider_registry::Call::<Runtime>::accredit {
				institution,
				scheme,
				level,
				valid,
			};
			assert_eq!(as_governance(call), Ok(()));
		}
		let require = pallet_provider_registry::Call::<Runtime>::require_accreditation {
			kind,
			requirement: Some(needed),
		};
		assert_eq!(as_governance(require), Ok(()));
		let third = InstitutionId(2);
		assert!(voter_of(third).is_some());
		works(Key::Alice, pallet_governance::Call::<Runtime>::sync_seat { institution: third });
		assert_eq!(voter_of(third), None);
		assert!(voter_of(HOSPITAL_A).is_some());
	});
}

#[test]
fn half_of_the_votes_is_no_majority() {
	with_seats(4, || {
		let poll = propose(Key::Alice, Origin::Membership, accredit());
		ayes(poll, &[Key::Alice, Key::Bob]);
		pass(UNTIL_THE_END);
		assert!(is_rejected(poll) && !is_accredited());
	});
}

#[test]
fn whoever_does_not_vote_does_not_help() {
	with_seats(6, || {
		let poll = propose(Key::Alice, Origin::Membership, accredit());
		ayes(poll, &[Key::Alice]);
		pass(UNTIL_THE_END);
		assert!(is_rejected(poll));
	});
}

#[test]
fn two_thirds_add_a_validator_and_a_majority_does_not() {
	with_seats(6, || {
		let by_majority = propose(Key::Alice, Origin::Validators, add_validator());
		ayes(by_majority, &[Key::Alice, Key::Bob, Key::Charlie]);
		pass(UNTIL_THE_END);
		assert!(is_rejected(by_majority));
		assert_eq!(ValidatorSet::validator(Key::One.to_account_id()), None);
		let by_two_thirds = propose(Key::Alice, Origin::Validators, add_validator());
		ayes(by_two_thirds, &[Key::Alice, Key::Bob, Key::Charlie, Key::Dave]);
		pass(ORDINARY);
		assert!(is_approved(by_two_thirds));
		assert!(ValidatorSet::validator(Key::One.to_account_id()).is_some());
	});
}

#[test]
fn three_quarters_enter_and_leave_safe_mode_at_once() {
	with_seats(4, || {
		let three = [Key::Alice, Key::Bob, Key::Charlie];
		let enter = propose(
			Key::Alice,
			Origin::Emergency,
			pallet_safe_mode::Call::<Runtime>::force_enter {},
		);
		ayes(enter, &three[..2]);
		pass(4);
		assert!(!SafeMode::is_entered());
		ayes(enter, &three[2..]);
		pass(4);
		assert!(SafeMode::is_entered());
		// Members go on deciding in it.
		let exit =
			propose(Key::Bob, Origin::Emergency, pallet_safe_mode::Call::<Runtime>::force_exit {});
		ayes(exit, &three);
		pass(4);
		assert!(!SafeMode::is_entered());
	});
}

#[test]
fn voting_twice_changes_the_vote_and_not_the_count() {
	with_seats(3, || {
		let poll = propose(Key::Alice, Origin::Membership, accredit());
		ayes(poll, &[Key::Alice, Key::Alice]);
		assert_eq!(count_of(poll), (1, 0));
		works(Key::Alice, ballot(poll, false));
		assert_eq!(count_of(poll), (0, 1));
		works(Key::Alice, ballot(poll, true));
		assert_eq!(count_of(poll), (1, 0));
	});
}

#[test]
fn a_vote_that_is_taken_back_while_it_is_confirmed_keeps_it_from_passing() {
	with_seats(3, || {
		let poll = propose(Key::Alice, Origin::Membership, accredit());
		ayes(poll, &[Key::Alice, Key::Bob]);
		pass(3);
		works(Key::Bob, ballot(poll, false));
		pass(UNTIL_THE_END);
		assert!(is_rejected(poll) && !is_accredited());
	});
}

#[test]
fn a_suspended_institution_cannot_vote_until_it_is_reinstated() {
	with_seats(3, || {
		let poll = propose(Key::Alice, Origin::Membership, accredit());
		suspend(HOSPITAL_B);
		assert_eq!(error_of(try_vote(Key::Bob, poll)), not_a_member());
		assert_eq!(voter_of(HOSPITAL_B), None);
		reinstate(HOSPITAL_B);
		ayes(poll, &[Key::Bob]);
		assert_eq!(count_of(poll), (1, 0));
	});
}

#[test]
fn an_institution_whose_appeal_is_upheld_votes_again() {
	with_seats(3, || {
		suspend(HOSPITAL_B);
		assert_eq!(voter_of(HOSPITAL_B), None);
		let statement = hdx_primitives::Commitment([1; 32]);
		works(Key::Bob, pallet_provider_registry::Call::<Runtime>::appeal { statement });
		let appeal = hdx_primitives::AppealId(0);
		let outcome = pallet_provider_registry::AppealOutcome::Upheld;
		let decide = pallet_provider_registry::Call::<Runtime>::decide_appeal { appeal, outcome };
		assert_eq!(as_governance(decide), Ok(()));
		assert_eq!(voter_of(HOSPITAL_B), Some(Key::Bob.to_account_id()));
	});
}

#[test]
fn what_a_suspended_institution_has_voted_does_not_count() {
	with_seats(5, || {
		let poll = propose(Key::Alice, Origin::Membership, accredit());
		ayes(poll, &[Key::Alice, Key::Bob]);
		works(Key::Charlie, ballot(poll, false));
		suspend(HOSPITAL_B);
		assert_eq!(count_of(poll), (1, 1));
		suspend(InstitutionId(2));
		assert_eq!(count_of(poll), (1, 0));
		// One of three that are left is no majority of them.
		pass(UNTIL_THE_END);
		assert!(is_rejected(poll));
	});
}

#[test]
fn a_reinstated_institution_has_to_vote_anew_and_counts_once() {
	with_seats(3, || {
		let poll = propose(Key::Alice, Origin::Membership, accredit());
		ayes(poll, &[Key::Bob]);
		suspend(HOSPITAL_B);
		reinstate(HOSPITAL_B);
		assert_eq!(count_of(poll), (0, 0));
		ayes(poll, &[Key::Bob]);
		assert_eq!(count_of(poll), (1, 0));
	});
}

#[test]
fn a_new_operator_votes_in_the_place_of_the_old_one() {
	with_seats(3, || {
		let poll = propose(Key::Alice, Origin::Membership, accredit());
		ayes(poll, &[Key::Bob]);
		let (from, to) = (Key::Bob.to_account_id(), Key::One.to_account_id());
		let replace = pallet_provider_registry::Call::replace_account { from, to };
		assert_eq!(as_governance(replace), Ok(()));
		assert_eq!(count_of(poll), (0, 0));
		assert_ne!(try_vote(Key::Bob, poll), Ok(Ok(())));
		ayes(poll, &[Key::One]);
		assert_eq!(count_of(poll), (1, 0));
	});
}

#[test]
fn a_suspended_member_does_not_count_among_those_whose_majority_is_needed() {
	with_seats(3, || {
		let poll = propose(Key::Alice, Origin::Membership, accredit());
		suspend(InstitutionId(2));
		ayes(poll, &[Key::Alice, Key::Bob]);
		pass(ORDINARY);
		assert!(is_approved(poll));
	});
}

#[test]
fn no_referendum_of_institutions_is_called_as_root_or_as_an_account() {
	let no_track: DispatchError = pallet_referenda::Error::<Runtime>::NoTrack.into();
	on_chain(genesis::DEV, || {
		let origins = [
			OriginCaller::system(frame_system::RawOrigin::Root),
			OriginCaller::system(frame_system::RawOrigin::Signed(SUDO.to_account_id())),
			OriginCaller::Origins(Origin::PatientsRights),
			OriginCaller::Origins(Origin::Representation),
		];
		for origin in origins {
			let outcome = include(Key::Alice, submission(origin, bounded(remark())));
			assert_eq!(error_of(outcome), no_track);
		}
	});
}

#[test]
fn what_institutions_approve_alone_cannot_call_what_root_can() {
	on_chain(genesis::DEV, || {
		let hash = BlakeTwo256::hash(b"code");
		for origin in [Origin::Membership, Origin::WhitelistedCaller, Origin::Emergency] {
			let call = frame_system::Call::<Runtime>::authorize_upgrade { code_hash: hash };
			let poll = propose(Key::Alice, origin, call);
			ayes(poll, &[Key::Alice, Key::Bob]);
			pass(20);
			assert!(is_approved(poll));
			assert!(System::authorized_upgrade().is_none());
		}
	});
}

#[test]
fn nobody_but_members_proposes() {
	on_chain(genesis::DEV, || {
		for outsider in [REPRESENTATIVES[0], SUDO] {
			let submission = submission(Origin::Membership, bounded(remark()));
			// A representative has nobody who pays for it; what is included is refused.
			if let Ok(outcome) = include(outsider, submission) {
				assert_eq!(outcome, Err(DispatchError::BadOrigin));
			}
		}
		let root = as_root(submission(Origin::Membership, bounded(remark())));
		assert_eq!(include(SUDO, root), Ok(Ok(())));
		assert_eq!(failure_inside(), Some(DispatchError::BadOrigin));
	});
}

#[test]
fn a_member_has_two_proposals_open_and_an_emergency_besides() {
	on_chain(genesis::DEV, || {
		propose(Key::Alice, Origin::Membership, accredit());
		propose(Key::Alice, Origin::Parameters, small_bucket(HOSPITAL_A));
		let third = submission(Origin::Validators, bounded(add_validator()));
		assert_eq!(error_of(include(Key::Alice, third.clone())), DispatchError::BadOrigin);
		propose(Key::Alice, Origin::Emergency, pallet_safe_mode::Call::<Runtime>::force_exit {});
		pass(UNTIL_THE_END);
		works(Key::Alice, third);
	});
}

#[test]
fn a_referendum_whose_text_nobody_stored_changes_nothing() {
	on_chain(genesis::DEV, || {
		let call = batch([accredit(), accredit(), accredit()]);
		let (hash, len) = (BlakeTwo256::hash_of(&call), call.encoded_size() as u32);
		let poll = pallet_referenda::ReferendumCount::<Runtime>::get();
		works(Key::Alice, submission(Origin::Membership, Bounded::Lookup { hash, len }));
		let deposit = pallet_referenda::Call::<Runtime>::place_decision_deposit { index: poll };
		works(Key::Alice, deposit);
		ayes(poll, &[Key::Alice, Key::Bob]);
		let mut is_unavailable = false;
		for _ in 0..ORDINARY {
			next_block();
			is_unavailable |= System::events().iter().any(|record| {
				matches!(
					record.event,
					RuntimeEvent::Scheduler(pallet_scheduler::Event::CallUnavailable { .. })
				)
			});
		}
		assert!(is_approved(poll) && is_unavailable && !is_accredited());
	});
}

#[test]
fn only_members_store_texts_and_not_long_ones() {
	let note =
		|length: usize| pallet_preimage::Call::<Runtime>::note_preimage { bytes: vec![0; length] };
	on_chain(genesis::DEV, || {
		works(Key::Alice, note(300));
		works(REPRESENTATIVES[0], note(301));
		let refused: DispatchError = pallet_governance::Error::<Runtime>::NotAMember.into();
		assert_eq!(error_of(include(SUDO, note(302))), refused);
		let alice = Key::Alice.to_account_id();
		let long = Origins::take_note(&alice, 8 * 1_024 + 1);
		assert_eq!(long, Err(pallet_governance::Error::<Runtime>::NoteTooLong));
	});
}

#[test]
fn members_decide_whatever_their_institutions_have_spent() {
	on_chain(genesis::DEV, || {
		works(SUDO, as_root(small_bucket(HOSPITAL_A)));
		next_block();
		flood(Key::Alice, remark(), SMALL.capacity);
		assert_eq!(left(HOSPITAL_A), 0);
		assert_refused(Key::Alice, remark(), Refusal::SponsorExhausted);
		let poll = propose(Key::Alice, Origin::Membership, accredit());
		ayes(poll, &[Key::Alice, Key::Bob]);
		pass(ORDINARY);
		assert!(is_accredited());
	});
}

#[test]
fn the_collectives_own_calls_admit_and_remove_nobody() {
	on_chain(genesis::DEV, || {
		let bob = || Key::Bob.to_account_id().into();
		let one = || Key::One.to_account_id().into();
		type Collective = pallet_ranked_collective::Call<Runtime>;
		let calls: [RuntimeCall; 5] = [
			Collective::add_member { who: one() }.into(),
			Collective::remove_member { who: bob(), min_rank: 0 }.into(),
			Collective::promote_member { who: bob() }.into(),
			Collective::demote_member { who: bob() }.into(),
			Collective::exchange_member { who: bob(), new_who: one() }.into(),
		];
		for call in calls {
			assert_eq!(as_governance(call), Err(DispatchError::BadOrigin));
		}
	});
}

fn name_of(pallet: &str, call: &str) -> pallet_tx_pause::RuntimeCallNameOf<Runtime> {
	(pallet.as_bytes().to_vec().try_into().unwrap(), call.as_bytes().to_vec().try_into().unwrap())
}

#[test]
fn an_emergency_pauses_a_call_and_none_that_takes_back_or_decides() {
	let pause = |pallet: &str, call: &str| {
		TxPause::pause(RuntimeOrigin::from(Origin::Emergency), name_of(pallet, call))
	};
	on_chain(genesis::DEV, || {
		assert_eq!(
			pause("System", "remark"),
			Err(pallet_tx_pause::Error::<Runtime>::Unpausable.into())
		);
		for (pallet, call) in [
			("Consent", "revoke"),
			("Audit", "request_review"),
			("RankedCollective", "vote"),
			("PatientPolls", "submit"),
			("Whitelist", "dispatch_whitelisted_call"),
			("ShieldedConsent", "revoke"),
			("ShieldedLicence", "remove_licence"),
			("Study", "close_study"),
			("RecordAccess", "break_glass_by_proof"),
			("RecordAccess", "record_disclosure"),
			("RecordAccess", "record_disclosures"),
			("ProviderRegistry", "leave"),
			("ProviderRegistry", "withdraw_transfer"),
			("ProviderRegistry", "revoke_credential"),
			("ProviderRegistry", "suspend_credential"),
			("ProviderRegistry", "set_practitioner_status"),
			("ProviderRegistry", "remove_practitioner"),
			("ProviderRegistry", "replace_second_key"),
			("ProviderRegistry", "reset_second_key"),
			("ProviderRegistry", "accredit"),
			("ProviderRegistry", "renew_accreditation"),
			("ProviderRegistry", "replace_account"),
			("ProviderRegistry", "set_institution_status"),
			("ValidatorSet", "add_validator"),
			("ValidatorSet", "remove_validator"),
			("ValidatorSet", "reinstate_validator"),
			("Groth16Verifier", "suspend"),
			("Multisig", "as_multi"),
			("Proxy", "proxy"),
			("Proxy", "remove_proxy"),
		] {
			let refused = pallet_tx_pause::Error::<Runtime>::Unpausable.into();
			assert_eq!(pause(pallet, call), Err(refused), "{pallet}.{call}");
		}
		assert_eq!(pause("Proxy", "add_proxy"), Ok(()));
		assert_eq!(pause("Consent", "sponsor_patient"), Ok(()));
		let patient = Key::Dave.to_account_id();
		let call = pallet_consent::Call::sponsor_patient { patient };
		let filtered: DispatchError = frame_system::Error::<Runtime>::CallFiltered.into();
		assert_eq!(error_of(include(Key::Alice, call)), filtered);
	});
}

#[test]
fn every_call_that_is_never_paused_is_one_of_the_runtimes() {
	use frame_support::traits::{Contains, GetCallMetadata};
	let never =
		RuntimeCall::get_module_names()
			.iter()
			.flat_map(|pallet| {
				let calls = RuntimeCall::get_call_names(pallet);
				calls.iter().map(|call| name_of(pallet, call)).collect::<Vec<_>>()
			})
			.filter(|(pallet, _)| {
				matches!(
					pallet.as_slice(),
					b"Consent"
						| b"RecordAccess" | b"ShieldedConsent"
						| b"ShieldedLicence"
						| b"Study" | b"Did"
						| b"ProviderRegistry"
						| b"ValidatorSet" | b"Groth16Verifier"
						| b"Proxy"
				)
			})
			.filter(NeverPaused::contains)
			.count();
	// A name that no call has would pause nothing less: 11, 11, 2, 2, 1, 3, 18, 3, 2 and 7.
	assert_eq!(never, 60);
}

#[test]
fn a_majority_resumes_what_an_emergency_paused() {
	on_chain(genesis::DEV, || {
		let name = || name_of("Consent", "sponsor_patient");
		assert_eq!(TxPause::pause(RuntimeOrigin::from(Origin::Emergency), name()), Ok(()));
		let majority = || RuntimeOrigin::from(Origin::Membership);
		assert_eq!(TxPause::unpause(majority(), name()), Ok(()));
		assert!(!TxPause::is_paused(&name()));
		assert_eq!(TxPause::pause(majority(), name()), Err(DispatchError::BadOrigin));
	});
}

#[test]
fn what_is_paused_is_not_done_in_a_patients_place_either() {
	use frame_support::traits::Contains;
	use hdx_primitives::consent::{ConsentAction, ConsentContent, GuardianAction};
	use pallet_consent::{Call as Consent, Proposal, Proposals};
	type Filter = <Runtime as frame_system::Config>::BaseCallFilter;
	let patient = || Key::Dave.to_account_id();
	let RuntimeCall::Consent(Consent::grant { policy, document, terms }) = chain::grant() else {
		panic!("it grants");
	};
	let grants =
		|| ConsentAction::Grant(ConsentContent { policy: policy.clone(), document, terms });
	let revokes = || ConsentAction::Revoke { consent: chain::CONSENT };
	let proposed = |number: u64, action: ConsentAction| {
		let proposal = hdx_primitives::ProposalId(number);
		let stored = Proposal {
			patient: patient(),
			action: GuardianAction::Consent(action),
			approvals: Default::default(),
			ready_at: None,
			expires_at: hdx_primitives::Milliseconds(u64::MAX),
		};
		Proposals::<Runtime>::insert(proposal, stored);
		proposal
	};
	let by_others = |number: u64, action: ConsentAction| -> [RuntimeCall; 4] {
		let proposal = proposed(number, action.clone());
		let guardians = GuardianAction::Consent(action.clone());
		[
			Consent::<Runtime>::act_as_delegate { patient: patient(), action }.into(),
			Consent::<Runtime>::propose_as_guardian { patient: patient(), action: guardians }
				.into(),
			Consent::<Runtime>::approve_as_guardian { proposal }.into(),
			Consent::<Runtime>::execute_proposal { proposal }.into(),
		]
	};
	on_chain(genesis::DEV, || {
		let (granting, revoking) = (by_others(1_000, grants()), by_others(1_001, revokes()));
		assert!(granting.iter().chain(&revoking).all(Filter::contains));
		let name = name_of("Consent", "grant");
		assert_eq!(TxPause::pause(RuntimeOrigin::from(Origin::Emergency), name), Ok(()));
		assert!(!granting.iter().any(Filter::contains));
		assert!(revoking.iter().all(Filter::contains));
		Proposals::<Runtime>::remove(hdx_primitives::ProposalId(1_000));
		Proposals::<Runtime>::remove(hdx_primitives::ProposalId(1_001));
	});
}
