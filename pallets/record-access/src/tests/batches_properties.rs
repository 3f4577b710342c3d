//! A batch is what the single disclosures are that it stands for.

use crate::{mock::*, GrantUse, GrantUses, Grants};
use hdx_primitives::{GrantId, RecordId, H256};
use proptest::{collection::btree_map, option, prelude::*};
use std::collections::BTreeMap;

/// So many uses of which grant and record.
type Pairs = BTreeMap<(u64, u64), u32>;

fn pairs() -> impl Strategy<Value = Pairs> {
	btree_map((0u64..5, 0u64..4), 1u32..3, 1..6)
}

/// Two records of the patient and one of another; grants for all and for each, of which one is revoked.
fn scene(uses_left: Option<u32>) {
	let first = registered(PATIENT);
	registered(PATIENT);
	registered(SILENT_PATIENT);
	granted(request());
	granted(hdx_primitives::AccessRequest {
		target: hdx_primitives::Target::Record(first),
		..request()
	});
	let second = hdx_primitives::Target::Record(RecordId(1));
	granted(hdx_primitives::AccessRequest { target: second, ..request() });
	let revoked = granted(request());
	RecordAccess::revoke_grant(RuntimeOrigin::signed(PATIENT), revoked).unwrap();
	UsesLeft::set(uses_left);
}

/// What is left of the grants and of the consent.
fn left() -> (BTreeMap<GrantId, u32>, Option<u32>) {
	let grants = Grants::<Test>::iter_keys().map(|id| (id, uses_left(id))).collect();
	(grants, UsesLeft::get())
}

/// The disclosures one by one: what is left, if all are accepted.
fn one_by_one(
	pairs: &Pairs,
	uses_left: Option<u32>,
) -> Option<(BTreeMap<GrantId, u32>, Option<u32>)> {
	genesis().execute_with(|| {
		scene(uses_left);
		let all = pairs.iter().flat_map(|(pair, uses)| (0..*uses).map(move |_| *pair));
		let are_accepted = all.into_iter().all(|(grant, record)| {
			RecordAccess::record_disclosure(
				RuntimeOrigin::signed(CUSTODIAN),
				GrantId(grant),
				RecordId(record),
				1,
				DISCLOSURE,
			)
			.is_ok()
		});
		are_accepted.then(left)
	})
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

	/// Accepted where all of them are, and with the same effect; refused where one is, and with none.
	#[test]
	fn a_batch_does_what_its_disclosures_do(pairs in pairs(), uses_left in option::of(0u32..8)) {
		let expected = one_by_one(&pairs, uses_left);
		genesis().execute_with(|| {
			scene(uses_left);
			let before = (left(), log().len());
			let uses = pairs.iter().map(|((grant, record), uses)| GrantUse {
				grant: GrantId(*grant),
				record: RecordId(*record),
				uses: *uses,
			});
			let outcome = RecordAccess::record_disclosures(
				RuntimeOrigin::signed(CUSTODIAN),
				H256([1; 32]),
				pairs.values().sum(),
				START,
				START,
				GrantUses::truncate_from(uses.collect()),
			);
			prop_assert_eq!(outcome.is_ok(), expected.is_some(), "{:?}", outcome);
			match expected {
				Some(expected) => prop_assert_eq!((left(), log().len()), (expected, before.1 + 1)),
				None => prop_assert_eq!((left(), log().len()), before),
			}
			#[cfg(feature = "try-runtime")]
			prop_assert_eq!(RecordAccess::check_invariants(), Ok(()));
			Ok(())
		})?;
	}
}
