//! Disclosures in batches: each grant is used as single disclosures use it.

use crate::{mock::*, DisclosureBatches, Error, Event, GrantUse, GrantUses, Grants};
use codec::Encode;
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	disclosure::{obligations_hash, prove, root_of, InclusionRefusal, LeafRefusal, LeafSalt},
	engine::{Obligations, Outcome},
	AccessRequest, AccountId, Action, AssuranceLevel, AuditAction, AuditEntry, AuditEvent, BatchId,
	Commitment, DenialReason, DisclosureBatch, DisclosureLeaf, GrantId, Milliseconds,
	OnEntryRemoved, OverrideReason, RecordId, Subject, Target, H256,
};
use sp_runtime::{DispatchError, DispatchResult};

const ROOT: H256 = H256([12; 32]);

fn used(grant: GrantId, record: RecordId, uses: u32) -> GrantUse {
	GrantUse { grant, record, uses }
}

fn report_as(who: AccountId, uses: &[GrantUse]) -> DispatchResult {
	let count = uses.iter().map(|used| used.uses).sum();
	report_of(who, count, START, START, uses)
}

fn report_of(
	who: AccountId,
	count: u32,
	first_at: Milliseconds,
	last_at: Milliseconds,
	uses: &[GrantUse],
) -> DispatchResult {
	let uses = GrantUses::truncate_from(uses.to_vec());
	let origin = RuntimeOrigin::signed(who);
	plain(RecordAccess::record_disclosures(origin, ROOT, count, first_at, last_at, uses))
}

fn report(uses: &[GrantUse]) -> DispatchResult {
	report_as(CUSTODIAN, uses)
}

/// The batch's error for a pair.
fn refused(position: u8, error: Error<Test>) -> Error<Test> {
	Error::RefusedInBatch { position, error: error.encode()[0] }
}

fn later(at: Milliseconds, by: u64) -> Milliseconds {
	Milliseconds(at.0 + by)
}

#[test]
fn a_batch_takes_the_uses_of_all_its_grants_and_is_one_entry() {
	run(|| {
		let (one, two) = (registered(PATIENT), registered(PATIENT));
		let narrow = granted(AccessRequest { target: Target::Record(one), ..request() });
		let wide = granted(request());
		let entries = log().len();
		assert_ok!(report(&[used(narrow, one, 3), used(wide, one, 1), used(wide, two, 1)]));
		assert_eq!((uses_left(narrow), uses_left(wide)), (MAX_USES - 3, MAX_USES - 2));
		assert_eq!(log().len(), entries + 1);
		let batch = BatchId(0);
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(CUSTODIAN),
				on_behalf_of: Some(HOSPITAL),
				subject: Subject::DisclosureBatch { batch, root: ROOT, count: 5 },
				..AuditEvent::new(AuditAction::DisclosuresRecorded)
			}
		);
		assert_eq!(
			RecordAccess::disclosure_batch(batch),
			Some(DisclosureBatch {
				custodian: HOSPITAL,
				root: ROOT,
				count: 5,
				first_at: START,
				last_at: START,
				block: 1,
				entry: last_index(),
			})
		);
		System::assert_last_event(
			Event::DisclosuresRecorded {
				batch,
				custodian: HOSPITAL,
				root: ROOT,
				count: 5,
				first_at: START,
				last_at: START,
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn a_batch_counts_for_the_consent_as_often_as_it_discloses() {
	run(|| {
		let (record, grant) = registered_and_granted();
		UsesLeft::put(2);
		let exceeded = refused(0, Error::FrequencyExceeded);
		assert_noop!(report(&[used(grant, record, 3)]), exceeded);
		assert_ok!(report(&[used(grant, record, 2)]));
		assert_eq!(UsesLeft::get(), Some(0));
	});
}

#[test]
fn a_batch_leaves_the_state_with_its_entry() {
	run(|| {
		let (record, grant) = (registered(PATIENT), granted(request()));
		assert_ok!(report(&[used(grant, record, 1)]));
		let gone = |event: AuditEvent| {
			let entry = AuditEntry { index: last_index(), at: START, block: 1, event };
			<RecordAccess as OnEntryRemoved>::on_entry_removed(&entry);
		};
		let event = last_entry();
		gone(AuditEvent::new(AuditAction::Disclosed));
		assert!(DisclosureBatches::<Test>::contains_key(BatchId(0)));
		gone(event);
		assert_eq!(RecordAccess::disclosure_batch(BatchId(0)), None);
		assert_ok!(report(&[used(grant, record, 1)]));
		assert!(DisclosureBatches::<Test>::contains_key(BatchId(1)));
	});
}

#[test]
fn a_batch_fails_when_the_origin_is_not_signed() {
	run(|| {
		let (root, uses) = (RuntimeOrigin::root(), GrantUses::default());
		assert_noop!(
			RecordAccess::record_disclosures(root, ROOT, 0, START, START, uses),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn a_batch_fails_when_the_signer_operates_no_institution() {
	run(|| {
		let (record, grant) = (registered(PATIENT), granted(request()));
		let uses = [used(grant, record, 1)];
		assert_noop!(report_as(PHYSICIAN, &uses), Error::<Test>::NotAnOperator);
	});
}

#[test]
fn a_batch_fails_when_it_uses_no_grant() {
	run(|| {
		assert_noop!(report(&[]), Error::<Test>::EmptyBatch);
	});
}

#[test]
fn a_batch_fails_when_a_pair_is_named_twice_or_out_of_order() {
	run(|| {
		let (record, other) = (registered(PATIENT), registered(PATIENT));
		let (grant, later) = (granted(request()), granted(request()));
		for uses in [
			[used(grant, record, 1), used(grant, record, 1)],
			[used(later, record, 1), used(grant, record, 1)],
			[used(grant, other, 1), used(grant, record, 1)],
		] {
			assert_noop!(report(&uses), Error::<Test>::UsesNotOrdered);
		}
	});
}

#[test]
fn a_batch_fails_when_a_grant_is_not_used() {
	run(|| {
		let (record, grant) = (registered(PATIENT), granted(request()));
		assert_noop!(report(&[used(grant, record, 0)]), Error::<Test>::NoUses);
	});
}

#[test]
fn a_batch_fails_when_it_has_more_leaves_or_fewer_than_uses() {
	run(|| {
		let (record, grant) = (registered(PATIENT), granted(request()));
		let uses = [used(grant, record, 2)];
		for count in [0, 1, 3, u32::MAX] {
			let outcome = report_of(CUSTODIAN, count, START, START, &uses);
			assert_noop!(outcome, Error::<Test>::CountMismatch);
		}
		let other = registered(PATIENT);
		let many = [used(grant, record, u32::MAX), used(grant, other, 2)];
		let outcome = report_of(CUSTODIAN, 1, START, START, &many);
		assert_noop!(outcome, Error::<Test>::CountMismatch);
	});
}

#[test]
fn a_batch_fails_when_its_period_is_none_or_in_the_future() {
	run(|| {
		let (record, grant) = (registered(PATIENT), granted(request()));
		let uses = [used(grant, record, 1)];
		for (first_at, last_at) in [(later(START, 1), START), (START, later(START, 1))] {
			let outcome = report_of(CUSTODIAN, 1, first_at, last_at, &uses);
			assert_noop!(outcome, Error::<Test>::PeriodInvalid);
		}
	});
}

#[test]
fn a_batch_fails_when_it_is_reported_too_late() {
	run(|| {
		let (record, grant) = (registered(PATIENT), granted(request()));
		let uses = [used(grant, record, 1)];
		let age = MaxBatchAge::get().0;
		set_time(later(START, age + 1));
		let outcome = report_of(CUSTODIAN, 1, START, later(START, 5), &uses);
		assert_noop!(outcome, Error::<Test>::BatchTooOld);
		assert_ok!(report_of(CUSTODIAN, 1, later(START, 1), later(START, 5), &uses));
	});
}

#[test]
fn a_batch_fails_when_a_grant_was_issued_after_it() {
	run(|| {
		let record = registered(PATIENT);
		set_time(later(START, 2));
		let uses = [used(granted(request()), record, 1)];
		let outcome = report_of(CUSTODIAN, 1, START, later(START, 1), &uses);
		assert_noop!(outcome, refused(0, Error::BatchBeforeGrant));
		assert_ok!(report_of(CUSTODIAN, 1, START, later(START, 2), &uses));
	});
}

#[test]
fn a_batch_fails_when_a_grant_breaks_the_glass() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		let record = registered(PATIENT);
		let grant = crate::NextGrantId::<Test>::get();
		assert_ok!(RecordAccess::break_glass(
			RuntimeOrigin::signed(PHYSICIAN),
			AccessRequest {
				purpose: hdx_primitives::engine::terminology::purpose::BTG,
				..request()
			},
			OverrideReason::EmergencyTreatment,
			Some(factor()),
		));
		let outcome = report(&[used(grant, record, 1)]);
		assert_noop!(outcome, refused(0, Error::EmergencyNotBatched));
	});
}

#[test]
fn a_batch_fails_as_a_whole_and_says_which_pair_was_refused() {
	run(|| {
		let record = registered(PATIENT);
		let grants = [granted(request()), granted(request()), granted(request())];
		let uses = grants.map(|grant| used(grant, record, 1));
		assert_ok!(RecordAccess::revoke_grant(RuntimeOrigin::signed(PATIENT), grants[1]));
		assert_noop!(report(&uses), refused(1, Error::GrantRevoked));
		assert_ok!(report(&[uses[0], uses[2]]));
	});
}

#[test]
fn a_batch_fails_wherever_a_single_disclosure_does() {
	run(|| {
		let (record, grant) = (registered(PATIENT), granted(request()));
		let uses = [used(grant, record, 1)];
		let strangers = registered(SILENT_PATIENT);
		let writing = granted(AccessRequest { action: Action::Write, ..request() });
		let elsewhere = refused(0, Error::NotTheCustodian);
		assert_noop!(report_as(CLINIC_OPERATOR, &uses), elsewhere);
		for (pair, error) in [
			(used(grant, RecordId(99), 1), Error::RecordUnknown),
			(used(GrantId(99), record, 1), Error::GrantUnknown),
			(used(grant, strangers, 1), Error::RecordNotCovered),
			(used(writing, record, 1), Error::GrantReleasesNothing),
			(used(grant, record, MAX_USES + 1), Error::GrantUsedUp),
		] {
			assert_noop!(report(&[pair]), refused(0, error));
		}
		refuse_standing(DenialReason::PractitionerSuspended);
		assert_noop!(report(&uses), refused(0, Error::PractitionerSuspended));
		set_standing(AssuranceLevel::Enrolled);
		answer(PATIENT, Outcome::Permit, redact(1));
		assert_noop!(report(&uses), refused(0, Error::GrantOutdated));
		answer(PATIENT, Outcome::Deny, Obligations::default());
		assert_noop!(report(&uses), refused(0, Error::ConsentDenied));
		answer(PATIENT, Outcome::Permit, Obligations::default());
		assert_ok!(report(&[used(grant, record, MAX_USES)]));
		let next = granted(request());
		let end = Grants::<Test>::get(next).unwrap().expires_at;
		set_time(end);
		let outcome = report_of(CUSTODIAN, 1, end, end, &[used(next, record, 1)]);
		assert_noop!(outcome, refused(0, Error::GrantExpired));
	});
}

#[test]
fn a_batch_fails_when_identifiers_run_out() {
	run(|| {
		let (record, grant) = (registered(PATIENT), granted(request()));
		crate::NextBatchId::<Test>::put(BatchId(u64::MAX));
		let outcome = report(&[used(grant, record, 1)]);
		assert_noop!(outcome, Error::<Test>::IdentifiersExhausted);
	});
}

/// A leaf about the grant, as an honest custodian makes it.
fn leaf(grant: GrantId, record: RecordId, salt: u8) -> DisclosureLeaf {
	let stored = Grants::<Test>::get(grant).unwrap();
	DisclosureLeaf {
		custodian: HOSPITAL,
		grant,
		record,
		patient: stored.patient,
		recipient: stored.grantee,
		on_behalf_of: stored.request.on_behalf_of,
		purpose: stored.request.purpose,
		at: START,
		sections: 2,
		disclosure: DISCLOSURE,
		obligations: obligations_hash(&stored.obligations),
		salt: LeafSalt([salt; 32]),
	}
}

#[test]
fn a_patient_checks_a_disclosure_against_the_batch_and_the_grant() {
	run(|| {
		let record = registered(PATIENT);
		let grant = granted(AccessRequest { target: Target::Record(record), ..request() });
		let good = leaf(grant, record, 1);
		let lies = [
			DisclosureLeaf { patient: SILENT_PATIENT, ..good.clone() },
			DisclosureLeaf { recipient: STRANGER, ..good.clone() },
			DisclosureLeaf { on_behalf_of: HOSPITAL, ..good.clone() },
			DisclosureLeaf {
				purpose: hdx_primitives::engine::terminology::purpose::HMARKT,
				..good.clone()
			},
			DisclosureLeaf { record: RecordId(9), ..good.clone() },
			DisclosureLeaf { obligations: obligations_hash(&redact(1)), ..good.clone() },
			DisclosureLeaf { at: later(START, HOUR.0), ..good.clone() },
		];
		let unknown = DisclosureLeaf { grant: GrantId(9), ..good.clone() };
		// A grant for all records of a patient is for no record of somebody else.
		let strangers = registered(SILENT_PATIENT);
		let elsewhere = leaf(granted(request()), strangers, 2);
		let lies = lies.into_iter().chain([elsewhere]);
		let all: Vec<_> = [good.clone(), unknown].into_iter().chain(lies).collect();
		let hashes: Vec<_> = all.iter().map(DisclosureLeaf::hash).collect();
		let stored = DisclosureBatch {
			custodian: HOSPITAL,
			root: root_of(&hashes).unwrap(),
			count: all.len() as u32,
			first_at: START,
			last_at: later(START, HOUR.0),
			block: 1,
			entry: last_index(),
		};
		crate::NextBatchId::<Test>::put(BatchId(1));
		DisclosureBatches::<Test>::insert(BatchId(0), stored);
		let check = |batch, leaf: &DisclosureLeaf, index| {
			let proof = prove(&hashes, index).unwrap();
			RecordAccess::check_disclosure(batch, leaf.clone(), proof)
		};
		assert_eq!(check(BatchId(0), &all[0], 0), Ok(()));
		assert_eq!(check(BatchId(1), &all[0], 0), Err(LeafRefusal::BatchUnknown));
		assert_eq!(check(BatchId(0), &all[1], 1), Err(LeafRefusal::GrantUnknown));
		for (index, lie) in all.iter().enumerate().skip(2) {
			let refused = check(BatchId(0), lie, index as u32);
			assert_eq!(refused, Err(LeafRefusal::GrantDiffers), "{lie:?}");
		}
		let other = DisclosureLeaf { disclosure: Commitment([0; 32]), ..good };
		let refused = LeafRefusal::NotIncluded(InclusionRefusal::OtherRoot);
		assert_eq!(check(BatchId(0), &other, 0), Err(refused));
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn try_state_fails_when_a_batch_makes_no_sense() {
	fn noticed(spoil: impl FnOnce(&mut DisclosureBatch), complaint: &'static str) {
		genesis().execute_with(|| {
			let (record, grant) = (registered(PATIENT), granted(request()));
			assert_ok!(report(&[used(grant, record, 1)]));
			DisclosureBatches::<Test>::mutate(BatchId(0), |batch| spoil(batch.as_mut().unwrap()));
			let complaint = DispatchError::Other(complaint);
			assert_eq!(RecordAccess::check_invariants(), Err(complaint));
		});
	}
	noticed(|batch| batch.count = 0, "a batch has no disclosures");
	noticed(|batch| batch.last_at = Milliseconds(0), "a batch ends before it begins");
	noticed(
		|_| crate::NextBatchId::<Test>::put(BatchId(0)),
		"a batch has an identifier that was not given out",
	);
}
