//! The tags of practitioners.

use crate::{mock::*, Error, Event, ProviderTags, TagHolders};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, InstitutionId, PublicInput, Role, Subject,
};
use sp_runtime::DispatchError;

fn register(who: AccountId, tag: PublicInput) -> DispatchResult {
	Shielded::register_tag(signed(who), HOSPITAL, Role::Physician, tag)
}

#[test]
fn a_tag_is_registered_logged_and_told() {
	on_chain(|| {
		new_events();
		assert_ok!(register(DOCTOR, leaf(7)));
		assert_eq!(Shielded::tag_of(DOCTOR), Some(leaf(7)));
		assert_eq!(new_events(), [Event::TagRegistered { provider: DOCTOR, tag: leaf(7) }]);
		let entry = AuditEvent {
			actor: Some(DOCTOR),
			on_behalf_of: Some(HOSPITAL),
			subject: Subject::ProviderTag { tag: leaf(7) },
			..AuditEvent::new(AuditAction::ProviderTagRegistered)
		};
		assert_eq!(log().last(), Some(&entry));
	});
}

#[test]
fn each_account_has_one_tag_the_last() {
	on_chain(|| {
		assert_ok!(register(DOCTOR, leaf(7)));
		assert_ok!(register(DOCTOR, leaf(8)));
		assert_eq!(Shielded::tag_of(DOCTOR), Some(leaf(8)));
		// And may have the one of before again.
		assert_ok!(register(DOCTOR, leaf(7)));
		assert_eq!(Shielded::tag_of(DOCTOR), Some(leaf(7)));
	});
}

#[test]
fn registering_fails_when_the_tag_is_somebody_elses() {
	on_chain(|| {
		assert_ok!(register(DOCTOR, leaf(7)));
		assert_noop!(register(COLLEAGUE, leaf(7)), Error::<Test>::TagTaken);
	});
}

#[test]
fn registering_fails_when_the_tag_was_somebody_elses() {
	on_chain(|| {
		assert_ok!(register(DOCTOR, leaf(7)));
		assert_ok!(register(DOCTOR, leaf(8)));
		assert_noop!(register(COLLEAGUE, leaf(7)), Error::<Test>::TagTaken);
	});
}

#[test]
fn registering_fails_when_nothing_would_change() {
	on_chain(|| {
		assert_ok!(register(DOCTOR, leaf(7)));
		assert_noop!(register(DOCTOR, leaf(7)), Error::<Test>::TagUnchanged);
	});
}

#[test]
fn registering_fails_when_the_bytes_are_no_tag() {
	on_chain(|| {
		for bytes in [[0; 32], [255; 32]] {
			assert_noop!(register(DOCTOR, bytes), Error::<Test>::NotATag);
		}
	});
}

#[test]
fn registering_fails_when_the_signer_may_not_practise() {
	on_chain(|| {
		assert_noop!(register(sender(1), leaf(7)), Error::<Test>::NotAPractitioner);
		let elsewhere = InstitutionId(HOSPITAL.0 + 1);
		for (institution, role) in [(elsewhere, Role::Physician), (HOSPITAL, Role::Nurse)] {
			let call = Shielded::register_tag(signed(DOCTOR), institution, role, leaf(7));
			assert_noop!(call, Error::<Test>::NotAPractitioner);
		}
		let call = Shielded::register_tag(governance(), HOSPITAL, Role::Physician, leaf(7));
		assert_noop!(call, DispatchError::BadOrigin);
	});
}

#[test]
fn a_practitioner_takes_their_tag_along_to_another_account() {
	on_chain(|| {
		assert_ok!(register(DOCTOR, leaf(7)));
		rotate(sender(9));
		assert_ok!(register(sender(9), leaf(7)));
		assert_eq!(ProviderTags::<Test>::get(DOCTOR), None);
		assert_eq!(TagHolders::<Test>::get(leaf(7)), Some(sender(9)));
		// Whoever has the old key does not get it back.
		assert_noop!(register(DOCTOR, leaf(7)), Error::<Test>::NotAPractitioner);
	});
}
