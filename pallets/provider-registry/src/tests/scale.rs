//! Suspending an institution costs the same however many practitioners it has.

use crate::{
	mock::*, InstitutionStatus, Members, OnVoiceChanged, PractitionerCount, Practitioners,
	WeightInfo,
};
use frame_support::{assert_ok, dispatch::GetDispatchInfo, weights::Weight};
use hdx_primitives::{AccountId, AssuranceLevel, DenialReason, ProviderDirectory, Role};

fn nurse(index: u32) -> AccountId {
	let mut bytes = [250; 32];
	bytes[..4].copy_from_slice(&index.to_le_bytes());
	AccountId::new(bytes)
}

/// How many keys of the storage the suspension writes, and what it announces and weighs.
fn suspend(practitioners: u32) -> (usize, usize, Weight) {
	let status = InstitutionStatus::Suspended(REASON);
	let all = |expected: Result<(), DenialReason>| {
		for index in (0..practitioners).step_by(100) {
			let enrolled = AssuranceLevel::Enrolled;
			let standing =
				ProviderRegistry::standing(&nurse(index), HOSPITAL, Role::Nurse, enrolled, NOW);
			assert_eq!(standing.map(|_| ()), expected);
		}
	};
	let mut ext = new_test_ext();
	ext.execute_with(|| {
		assert_ok!(enrol(hospital_operator(), nurse(0), &[Role::Nurse], current()));
		let enrolled = practitioner(&nurse(0));
		// As enrolment stores them; ten thousand calls would take a minute.
		for index in 1..practitioners {
			Practitioners::<Test>::insert(nurse(index), enrolled.clone());
			Members::<Test>::insert(HOSPITAL, nurse(index), ());
		}
		PractitionerCount::<Test>::insert(HOSPITAL, practitioners);
	});
	ext.execute_with(|| {
		forget_log();
		System::reset_events();
	});
	ext.commit_all().unwrap();
	ext.execute_with(|| all(Ok(())));
	assert_eq!(ext.overlayed_changes().changes().count(), 0);
	ext.execute_with(|| {
		let root = RuntimeOrigin::root();
		assert_ok!(ProviderRegistry::set_institution_status(root, HOSPITAL, status));
	});
	let written = ext.overlayed_changes().changes().count();
	ext.execute_with(|| {
		all(Err(DenialReason::InstitutionSuspended));
		let call = crate::Call::<Test>::set_institution_status { institution: HOSPITAL, status };
		(written, System::events().len(), call.get_dispatch_info().call_weight)
	})
}

#[test]
fn suspending_an_institution_of_ten_thousand_changes_as_much_as_one_of_one() {
	let one = suspend(1);
	let many = suspend(10_000);
	assert_eq!(one, many);
	// The institution, the log, and what the system keeps of an event: none of the practitioners.
	assert!(many.0 < 10, "{} keys are written", many.0);
	let told = <Test as crate::Config>::OnVoiceChanged::weight();
	let expected = <Test as crate::Config>::WeightInfo::set_institution_status();
	assert_eq!(many.2, expected.saturating_add(told));
}
