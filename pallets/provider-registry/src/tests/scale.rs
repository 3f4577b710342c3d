//! Suspending an institution costs the same however many practitioners it has.

use crate::{mock::*, InstitutionStatus, PractitionerCount, WeightInfo};
use frame_support::{assert_ok, dispatch::GetDispatchInfo};
use hdx_primitives::{AccountId, AssuranceLevel, DenialReason, ProviderDirectory, Role};

fn nurse(index: u32) -> AccountId {
	let mut bytes = [250; 32];
	bytes[..4].copy_from_slice(&index.to_le_bytes());
	AccountId::new(bytes)
}

/// How many keys of the storage the suspension changes, and what it announces and weighs.
fn suspend(practitioners: u32) -> (usize, usize, frame_support::weights::Weight) {
	new_test_ext().execute_with(|| {
		for index in 0..practitioners {
			assert_ok!(enrol(hospital_operator(), nurse(index), &[Role::Nurse], current()));
		}
		assert_eq!(PractitionerCount::<Test>::get(HOSPITAL), practitioners);
		System::reset_events();
		let standing = |index| {
			ProviderRegistry::standing(
				&nurse(index),
				HOSPITAL,
				Role::Nurse,
				AssuranceLevel::Enrolled,
				NOW,
			)
		};
		let all = |stands: bool| (0..practitioners).all(|index| standing(index).is_ok() == stands);
		assert!(all(true));
		let status = InstitutionStatus::Suspended(REASON);
		let call = crate::Call::<Test>::set_institution_status { institution: HOSPITAL, status };
		let weight = call.get_dispatch_info().call_weight;
		let before = all_storage();
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			HOSPITAL,
			status
		));
		let after = all_storage();
		assert!(all(false));
		assert_eq!(standing(0), Err(DenialReason::InstitutionSuspended));
		let changed = after.iter().filter(|(key, value)| before.get(*key) != Some(*value)).count();
		assert!(before.keys().all(|key| after.contains_key(key)));
		(changed, System::events().len(), weight)
	})
}

/// Every key and value of the storage.
fn all_storage() -> std::collections::BTreeMap<Vec<u8>, Vec<u8>> {
	let mut all = std::collections::BTreeMap::new();
	let mut key = Vec::new();
	while let Some(next) = sp_io::storage::next_key(&key) {
		let value = sp_io::storage::get(&next).unwrap_or_default();
		all.insert(next.clone(), value.to_vec());
		key = next;
	}
	all
}

#[test]
fn suspending_an_institution_of_ten_thousand_changes_as_much_as_one_of_one() {
	let one = suspend(1);
	let many = suspend(10_000);
	assert_eq!(one, many);
	// The institution, the log, and what the system keeps of one event.
	assert!(many.0 <= 4, "{} keys change", many.0);
	assert_eq!(many.2, <Test as crate::Config>::WeightInfo::set_institution_status());
}
