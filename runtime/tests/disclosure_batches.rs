//! Disclosures in batches, in the pallets as the runtime composes them.

use crate::world::*;
use codec::Encode;
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, DispatchResult, GetDispatchInfo},
	traits::{Get, Hooks},
	weights::Weight,
};
use hdx_primitives::{
	consent::FrequencyLimit,
	disclosure::{obligations_hash, prove, root_of, LeafSalt},
	AccessRequest, AuditAction, BatchId, Commitment, ConsentDecider, DisclosureLeaf, GrantId,
	HoldReason, Milliseconds, RecordId, Subject, Target, TemplateId, UseRefusal, H256,
};
use hdx_runtime::{Audit, Consent, RecordAccess, Runtime, RuntimeCall, RuntimeOrigin, System};
use pallet_audit::HoldScope;
use pallet_consent::{ConsentTerms, SignedDocument};
use pallet_quota::CallClassifier;
use pallet_record_access::{Call, Error, GrantUse, GrantUses, Grants, Records, MAX_GRANT_USES};

fn now() -> Milliseconds {
	Milliseconds(pallet_timestamp::Now::<Runtime>::get())
}

fn leaf(grant: GrantId, salt: u8) -> DisclosureLeaf {
	let stored = Grants::<Runtime>::get(grant).unwrap();
	DisclosureLeaf {
		custodian: HOSPITAL_A,
		grant,
		record: RecordId(0),
		patient: stored.patient,
		recipient: stored.grantee,
		on_behalf_of: stored.request.on_behalf_of,
		purpose: stored.request.purpose,
		at: now(),
		sections: 3,
		disclosure: Commitment([6; 32]),
		obligations: obligations_hash(&stored.obligations),
		salt: LeafSalt([salt; 32]),
	}
}

fn hashes(leaves: &[DisclosureLeaf]) -> Vec<H256> {
	leaves.iter().map(DisclosureLeaf::hash).collect()
}

/// Reports the leaves, all of them under the one grant.
fn report(grant: GrantId, leaves: &[DisclosureLeaf]) -> DispatchResult {
	let uses = leaves.len() as u32;
	let outcome = RecordAccess::record_disclosures(
		operator_a(),
		root_of(&hashes(leaves)).unwrap(),
		uses,
		now(),
		now(),
		GrantUses::truncate_from(vec![GrantUse { grant, record: RecordId(0), uses }]),
	);
	outcome.map(drop).map_err(|error| error.error)
}

#[test]
fn a_patient_proves_a_disclosure_of_a_batch_to_the_chain_and_by_the_log() {
	world(|| {
		consent();
		let grant = ask(request()).unwrap();
		let leaves: Vec<_> = (0..5).map(|salt| leaf(grant, salt)).collect();
		assert_ok!(report(grant, &leaves));
		let batch = BatchId(0);
		let proof = prove(&hashes(&leaves), 3).unwrap();
		let answer = RecordAccess::check_disclosure(batch, leaves[3].clone(), proof);
		assert_eq!(answer, Ok(()));
		let root = root_of(&hashes(&leaves)).unwrap();
		let entry = last_entry();
		assert_eq!(entry.event.action, AuditAction::DisclosuresRecorded);
		assert_eq!(entry.event.subject, Subject::DisclosureBatch { batch, root, count: 5 });
		let stored = RecordAccess::disclosure_batch(batch).unwrap();
		assert_eq!((stored.root, stored.entry), (root, entry.index));
	});
}

#[test]
fn a_batch_is_refused_when_the_consent_that_permitted_is_revoked() {
	world(|| {
		let consent = consent();
		let grant = ask(request()).unwrap();
		let leaves = [leaf(grant, 0), leaf(grant, 1)];
		assert_ok!(report(grant, &leaves));
		assert_ok!(Consent::revoke(RuntimeOrigin::signed(patient()), consent));
		let why = Error::<Runtime>::NoConsent.encode()[0];
		let refused = Error::<Runtime>::RefusedInBatch { position: 0, error: why };
		assert_noop!(report(grant, &leaves), refused);
	});
}

#[test]
fn the_consents_limit_holds_for_all_disclosures_of_a_batch_together() {
	world(|| {
		let frequency = FrequencyLimit { accesses: 3, per: Milliseconds(HOUR) };
		assert_ok!(Consent::grant(
			RuntimeOrigin::signed(patient()),
			treatment_without_psychiatry(),
			SignedDocument { template: TemplateId(0), commitment: Commitment([4; 32]) },
			ConsentTerms { frequency: Some(frequency), ..Default::default() },
		));
		let grant = ask(request()).unwrap();
		let leaves: Vec<_> = (0..4).map(|salt| leaf(grant, salt)).collect();
		let why = Error::<Runtime>::FrequencyExceeded.encode()[0];
		let refused = Error::<Runtime>::RefusedInBatch { position: 0, error: why };
		assert_noop!(report(grant, &leaves), refused);
		assert_ok!(report(grant, &leaves[..3]));
		let basis = Grants::<Runtime>::get(grant).unwrap().basis.unwrap();
		let exceeded = Err(UseRefusal::FrequencyExceeded);
		assert_eq!(<Consent as ConsentDecider>::record_uses(basis, u32::MAX, now()), exceeded);
		assert_eq!(<Consent as ConsentDecider>::check_use(basis, now()), exceeded);
	});
}

/// Lets the window of all entries so far pass, and prunes what may be pruned.
fn six_years_later() {
	let least: Milliseconds = <Runtime as pallet_audit::Config>::MinRetention::get();
	pallet_timestamp::Now::<Runtime>::mutate(|now| *now += least.0 + 1);
	Audit::on_idle(System::block_number(), Weight::MAX);
}

#[test]
fn a_batch_stays_as_long_as_its_entry() {
	world(|| {
		consent();
		let grant = ask(request()).unwrap();
		assert_ok!(report(grant, &[leaf(grant, 0)]));
		let held = last_entry().index;
		assert_ok!(report(grant, &[leaf(grant, 1)]));
		let scope = HoldScope::Case(vec![held].try_into().unwrap());
		assert_ok!(Audit::place_hold(RuntimeOrigin::root(), scope, HoldReason::Breach));
		next_block();
		six_years_later();
		assert!(RecordAccess::disclosure_batch(BatchId(0)).is_some());
		assert_eq!(RecordAccess::disclosure_batch(BatchId(1)), None);
	});
}

/// A call with the longest list.
fn longest() -> RuntimeCall {
	let uses = (0..MAX_GRANT_USES)
		.map(|grant| GrantUse { grant: GrantId(grant.into()), record: RecordId(0), uses: 100 })
		.collect();
	Call::record_disclosures {
		root: H256::zero(),
		count: MAX_GRANT_USES * 100,
		first_at: Milliseconds(0),
		last_at: Milliseconds(0),
		uses: GrantUses::truncate_from(uses),
	}
	.into()
}

#[test]
fn the_longest_batch_fits_into_a_block_and_costs_in_proportion() {
	world(|| {
		let weights = <Runtime as frame_system::Config>::BlockWeights::get();
		let most = weights.get(DispatchClass::Normal).max_extrinsic.unwrap();
		let weight = longest().get_dispatch_info().call_weight;
		assert!(weight.all_lte(most), "{weight:?} of {most:?}");
		// Eight pairs a unit, and its two whole KiB.
		assert_eq!(longest().encoded_size() / 1_024, 2);
		assert_eq!(hdx_runtime::configs::Calls::units(&longest()), MAX_GRANT_USES / 8 + 2);
	});
}

#[test]
fn as_many_disclosures_are_reported_at_once_as_the_grants_of_a_batch_have_uses() {
	world(|| {
		consent();
		let request = AccessRequest { target: Target::WholeRecord, ..request() };
		let grants: Vec<_> = (0..MAX_GRANT_USES).map(|_| ask(request.clone()).unwrap()).collect();
		let most = <Runtime as pallet_record_access::Config>::MaxUses::get();
		let uses = grants
			.iter()
			.map(|grant| GrantUse { grant: *grant, record: RecordId(0), uses: most })
			.collect();
		assert_ok!(RecordAccess::record_disclosures(
			operator_a(),
			H256([1; 32]),
			most * MAX_GRANT_USES,
			now(),
			now(),
			GrantUses::truncate_from(uses),
		));
		for grant in grants {
			let keeps = Records::<Runtime>::get(RecordId(0)).unwrap().custodian;
			assert_eq!(RecordAccess::uses_left(grant, keeps), Some(0));
		}
	});
}
