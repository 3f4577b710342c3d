//! Whoever offers, withdraws and accepts in whatever order: a record has one custodian, and only whom it
//! was offered to becomes it.

use crate::{mock::*, NewManifest, Records};
use hdx_primitives::{AccountId, Commitment, InstitutionId, RecordId};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Step {
	Offer { who: AccountId, record: u64, to: InstitutionId },
	Withdraw { who: AccountId, record: u64 },
	Accept { who: AccountId, record: u64, epoch: Option<u32> },
}

const INSTITUTIONS: [(AccountId, InstitutionId); 3] =
	[(CUSTODIAN, HOSPITAL), (CLINIC_OPERATOR, CLINIC), (STRANGER, InstitutionId(2))];

fn who() -> impl Strategy<Value = AccountId> {
	select(vec![CUSTODIAN, CLINIC_OPERATOR, STRANGER, PATIENT])
}

fn steps() -> impl Strategy<Value = Step> {
	let to = (0u32..4).prop_map(InstitutionId);
	prop_oneof![
		3 => (who(), 0u64..3, to).prop_map(|(who, record, to)| Step::Offer { who, record, to }),
		1 => (who(), 0u64..3).prop_map(|(who, record)| Step::Withdraw { who, record }),
		3 => (who(), 0u64..3, proptest::option::of(0u32..4))
			.prop_map(|(who, record, epoch)| Step::Accept { who, record, epoch }),
	]
}

/// What an account operates.
fn operated(who: &AccountId) -> Option<InstitutionId> {
	INSTITUTIONS.iter().find(|(operator, _)| operator == who).map(|(_, id)| *id)
}

/// The records as they should be, kept beside: custodian, offer, epoch.
type Model = BTreeMap<u64, (InstitutionId, Option<InstitutionId>, u32)>;

/// Takes the step in the model, and says whether it should succeed.
fn expect(model: &mut Model, step: &Step) -> bool {
	let (Step::Offer { who, record, .. }
	| Step::Withdraw { who, record }
	| Step::Accept { who, record, .. }) = step;
	let (Some(by), Some((custodian, offer, epoch))) = (operated(who), model.get_mut(record)) else {
		return false;
	};
	match step {
		Step::Offer { to, .. } => {
			let is_sound = by == *custodian && to != custodian && to.0 < 3 && offer.is_none();
			if is_sound {
				*offer = Some(*to);
			}
			is_sound
		},
		Step::Withdraw { .. } => {
			let is_party = offer.is_some() && (by == *custodian || *offer == Some(by));
			if is_party {
				*offer = None;
			}
			is_party
		},
		Step::Accept { epoch: anew, .. } => {
			let is_sound = *offer == Some(by) && anew.is_none_or(|anew| anew > *epoch);
			if is_sound {
				(*custodian, *offer, *epoch) = (by, None, anew.unwrap_or(*epoch));
			}
			is_sound
		},
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

	#[test]
	fn only_whom_it_is_offered_to_takes_a_record_over(taken in vec(steps(), 1..40)) {
		genesis().execute_with(|| {
			let_operate(STRANGER, InstitutionId(2));
			registered(PATIENT);
			registered(SILENT_PATIENT);
			let mut model: Model = (0..2).map(|record| (record, (HOSPITAL, None, 0))).collect();
			for step in taken {
				let entries = log().len();
				let expected = expect(&mut model, &step);
				let outcome = match step {
					Step::Offer { who, record, to } => RecordAccess::offer_custody(
						RuntimeOrigin::signed(who), RecordId(record), to,
					),
					Step::Withdraw { who, record } => RecordAccess::withdraw_custody_offer(
						RuntimeOrigin::signed(who), RecordId(record),
					),
					Step::Accept { who, record, epoch } => RecordAccess::accept_custody(
						RuntimeOrigin::signed(who),
						RecordId(record),
						version_now(RecordId(record)),
						epoch.map(|epoch| NewManifest {
							// Each generation of keys has a manifest of its own.
							manifest: Commitment([100 + epoch as u8; 32]), sections: 1, epoch,
						}),
					),
				};
				prop_assert_eq!(outcome.is_ok(), expected, "{:?}", outcome);
				prop_assert_eq!(log().len(), entries + usize::from(expected));
				for (record, (custodian, offer, epoch)) in &model {
					let stored = Records::<Test>::get(RecordId(*record)).unwrap();
					prop_assert_eq!((stored.custodian, stored.epoch), (*custodian, *epoch));
					let open = RecordAccess::custody_offer(RecordId(*record));
					prop_assert_eq!(open.map(|open| open.to), *offer);
				}
				#[cfg(feature = "try-runtime")]
				prop_assert_eq!(RecordAccess::check_invariants(), Ok(()));
			}
			Ok(())
		})?;
	}
}
