//! Who may change a document.

use crate::{mock::*, Call, Error, Event, Pallet};
use frame_support::{
	assert_noop, assert_ok,
	traits::{GetCallName, UnfilteredDispatchable},
};
use hdx_primitives::{
	did::{KeyIndex, Relationships},
	AccountId,
};

/// Every call that changes an existing document, each for the version given.
fn every_change(subject: AccountId, expected_version: u32) -> Vec<Call<Test>> {
	let s = || subject.clone();
	vec![
		Call::add_key {
			subject: s(),
			expected_version,
			material: sr25519(2),
			relationships: Relationships::SIGNING,
		},
		Call::end_key { subject: s(), expected_version, key: FIRST },
		Call::rotate_key { subject: s(), expected_version, key: FIRST, material: sr25519(3) },
		Call::add_controller { subject: s(), expected_version, controller: account(9) },
		Call::remove_controller { subject: s(), expected_version, controller: operator() },
		Call::set_service { subject: s(), expected_version, service: service("a", "b") },
		Call::remove_service { subject: s(), expected_version, service: service("web", "").id },
		Call::deactivate { subject: s(), expected_version },
	]
}

/// Runs a test where the operator is a controller and every change would work.
fn where_all_works(test: impl FnOnce(u32)) {
	with_controller(|| {
		assert_ok!(Did::set_service(signed(doctor()), doctor(), 2, service("web", "https://a")));
		test(3);
	});
}

/// The test of every call must not forget one that is added.
#[test]
fn every_change_is_named_here() {
	let named: Vec<_> = every_change(doctor(), 1).iter().map(GetCallName::get_call_name).collect();
	let others: Vec<_> =
		Call::<Test>::get_call_names().iter().filter(|name| !named.contains(name)).collect();
	assert_eq!(others, [&"create"]);
}

#[test]
fn the_subject_may_make_every_change() {
	for place in 0..every_change(doctor(), 3).len() {
		where_all_works(|version| {
			let call = every_change(doctor(), version).remove(place);
			assert_ok!(call.dispatch_bypass_filter(signed(doctor())));
			assert_eq!(document(doctor()).version, version + 1);
		});
	}
}

#[test]
fn a_controller_may_make_every_change_but_name_controllers() {
	for place in 0..every_change(doctor(), 3).len() {
		where_all_works(|version| {
			let call = every_change(doctor(), version).remove(place);
			let names_one = matches!(call, Call::add_controller { .. });
			let result = call.dispatch_bypass_filter(signed(operator()));
			if names_one {
				assert_eq!(result.unwrap_err().error, Error::<Test>::OnlyTheSubject.into());
			} else {
				assert_ok!(result);
			}
		});
	}
}

#[test]
fn a_controller_acts_in_its_own_name() {
	with_controller(|| {
		assert_ok!(Did::end_key(signed(operator()), doctor(), 2, FIRST));
		let ended = Event::KeyEnded { subject: doctor(), key: FIRST, version: 3, by: operator() };
		assert_eq!(new_events(), [ended]);
	});
}

#[test]
fn nobody_else_may_make_any_change() {
	for place in 0..every_change(doctor(), 3).len() {
		where_all_works(|version| {
			let call = every_change(doctor(), version).remove(place);
			for other in [stranger(), patient()] {
				let result = call.clone().dispatch_bypass_filter(signed(other));
				assert_noop!(result, Error::<Test>::NotInControl);
			}
			let by_root = call.dispatch_bypass_filter(RuntimeOrigin::root());
			assert_noop!(by_root, sp_runtime::DispatchError::BadOrigin);
		});
	}
}

#[test]
fn a_did_that_was_not_created_cannot_change() {
	on_chain(|| {
		for call in every_change(doctor(), 0).into_iter().chain(every_change(doctor(), 1)) {
			let result = call.dispatch_bypass_filter(signed(doctor()));
			assert_noop!(result, Error::<Test>::DidUnknown);
		}
	});
}

#[test]
fn a_change_for_another_version_is_refused() {
	where_all_works(|version| {
		for other in [0, version - 1, version + 1, u32::MAX] {
			for call in every_change(doctor(), other) {
				let result = call.dispatch_bypass_filter(signed(doctor()));
				assert_noop!(result, Error::<Test>::VersionMismatch);
			}
		}
	});
}

#[test]
fn a_deactivated_document_never_changes() {
	where_all_works(|version| {
		assert_ok!(Did::deactivate(signed(doctor()), doctor(), version));
		let resolved = Pallet::<Test>::resolve(doctor());
		for expected in [version, version + 1] {
			for call in every_change(doctor(), expected) {
				for signer in [doctor(), operator()] {
					let result = call.clone().dispatch_bypass_filter(signed(signer));
					assert_noop!(result, Error::<Test>::DidIsDeactivated);
				}
			}
		}
		assert_eq!(Pallet::<Test>::resolve(doctor()), resolved);
	});
}

#[test]
fn who_was_a_controller_may_change_nothing() {
	with_controller(|| {
		assert_ok!(Did::remove_controller(signed(doctor()), doctor(), 2, operator()));
		let result = Did::end_key(signed(operator()), doctor(), 3, KeyIndex(0));
		assert_noop!(result, Error::<Test>::NotInControl);
	});
}
