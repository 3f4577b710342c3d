//! Whatever happens before and after: what was erased is never disclosed, granted or registered again.

use crate::{mock::*, ErasedRecords, Grants, NextGrantId, Records};
use hdx_primitives::{
	AccessRequest, AccountId, AuditAction, AuditOutcome, Commitment, DenialReason, GrantId,
	RecordId, Target,
};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::BTreeSet;

#[derive(Clone, Debug)]
enum Step {
	Register { manifest: u8 },
	Ask { record: Option<u64> },
	Disclose { grant: u64, record: u64 },
	Erase { who: AccountId, record: u64 },
	Hold { is_held: bool },
}

fn steps() -> impl Strategy<Value = Step> {
	prop_oneof![
		2 => (0u8..6).prop_map(|manifest| Step::Register { manifest }),
		3 => proptest::option::of(0u64..5).prop_map(|record| Step::Ask { record }),
		4 => (0u64..6, 0u64..5).prop_map(|(grant, record)| Step::Disclose { grant, record }),
		2 => (select(vec![CUSTODIAN, CUSTODIAN, CLINIC_OPERATOR, PATIENT]), 0u64..5)
			.prop_map(|(who, record)| Step::Erase { who, record }),
		1 => any::<bool>().prop_map(|is_held| Step::Hold { is_held }),
	]
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

	#[test]
	fn what_was_erased_stays_erased(taken in vec(steps(), 1..50)) {
		genesis().execute_with(|| {
			let mut erased = BTreeSet::<RecordId>::new();
			let mut manifests = BTreeSet::<Commitment>::new();
			for step in taken {
				let entries = log().len();
				match step {
					Step::Register { manifest } => {
						let manifest = Commitment([manifest; 32]);
						let origin = RuntimeOrigin::signed(CUSTODIAN);
						let outcome =
							RecordAccess::register_record(origin, PATIENT, manifest, 5, 0);
						prop_assert_eq!(outcome.is_ok(), !manifests.contains(&manifest));
					},
					Step::Ask { record } => {
						let target = record
							.map_or(Target::WholeRecord, |id| Target::Record(RecordId(id)));
						let id = NextGrantId::<Test>::get();
						let _ = RecordAccess::request_access(
							RuntimeOrigin::signed(PHYSICIAN),
							AccessRequest { target, ..request() },
							None,
						);
						if let Some(record) = record.map(RecordId).filter(|id| erased.contains(id)) {
							prop_assert!(!Grants::<Test>::contains_key(id), "{:?}", record);
							let reason = AuditOutcome::Denied(DenialReason::RecordErased);
							prop_assert_eq!(last_entry().outcome, reason);
						}
					},
					Step::Disclose { grant, record } => {
						let outcome = RecordAccess::record_disclosure(
							RuntimeOrigin::signed(CUSTODIAN),
							GrantId(grant),
							RecordId(record),
							1,
							DISCLOSURE,
						);
						prop_assert!(outcome.is_err() || !erased.contains(&RecordId(record)));
					},
					Step::Erase { who, record } => {
						let id = RecordId(record);
						let stored = Records::<Test>::get(id);
						let is_held = Held::contains_key(PATIENT);
						let origin = RuntimeOrigin::signed(who.clone());
						let outcome =
							RecordAccess::record_erasure(origin, id, Commitment([9; 32]));
						let expected = who == CUSTODIAN && stored.is_some() && !is_held;
						prop_assert_eq!(outcome.is_ok(), expected);
						if let (true, Some(stored)) = (expected, stored) {
							erased.insert(id);
							manifests.insert(stored.manifest);
							prop_assert_eq!(log().len(), entries + 1);
							prop_assert_eq!(last_entry().action, AuditAction::RecordErased);
						}
					},
					Step::Hold { is_held } => {
						if is_held {
							Held::insert(PATIENT, ());
						} else {
							Held::remove(PATIENT);
						}
					},
				}
				prop_assert_eq!(ErasedRecords::<Test>::iter().count(), erased.len());
				for id in &erased {
					prop_assert!(!Records::<Test>::contains_key(id));
				}
				#[cfg(feature = "try-runtime")]
				prop_assert_eq!(RecordAccess::check_invariants(), Ok(()));
			}
			Ok(())
		})?;
	}
}
