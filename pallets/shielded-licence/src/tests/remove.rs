//! Removing licences.

use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, CredentialId, EntryIndex, Subject};
use sp_runtime::DispatchError;

#[test]
fn an_issuer_removes_a_licence_logged_and_told() {
	on_chain(|| {
		assert_ok!(enter(8, 2));
		let before = root();
		assert_ok!(enter(7, 1));
		new_events();
		assert_ok!(remove(BOARD, 7));
		// As if it had never been there.
		assert_eq!(root(), before);
		let licence = CredentialId(7);
		assert_eq!(Hidden::entered(licence), None);
		let (place, leaf) = (1, leaf(1));
		let entry = EntryIndex(2);
		let removed = Event::LicenceRemoved { place, licence, leaf, root: before, entry };
		assert_eq!(new_events(), [removed]);
		let entry = AuditEvent {
			actor: Some(BOARD),
			subject: Subject::ShieldedLicence { licence, place, leaf },
			..AuditEvent::new(AuditAction::ShieldedLicenceRemoved)
		};
		assert_eq!(log().last(), Some(&entry));
	});
}

#[test]
fn removing_fails_when_the_licence_stands_and_the_signer_did_not_attest_it() {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		for who in [OTHER_BOARD, STRANGER, holder(CredentialId(7))] {
			assert_noop!(remove(who, 7), Error::<Test>::LicenceStands);
		}
		// An issuer who may not act removes nothing that stands, either.
		BoardMayAct::set(false);
		assert_noop!(remove(BOARD, 7), Error::<Test>::LicenceStands);
	});
}

#[test]
fn anybody_removes_a_licence_that_does_not_stand_any_more() {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		assert_ok!(enter(8, 2));
		assert!(Hidden::lapsed(0).is_empty());
		Ended::set(vec![CredentialId(8)]);
		let lapsed = Hidden::lapsed(0);
		assert_eq!(lapsed.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [1]);
		assert!(Hidden::lapsed(2).is_empty());
		assert_noop!(remove(STRANGER, 7), Error::<Test>::LicenceStands);
		assert_ok!(remove(STRANGER, 8));
		assert_eq!(log().last().unwrap().actor, Some(STRANGER));
		assert!(Hidden::lapsed(0).is_empty());
	});
}

#[test]
fn removing_fails_when_the_licence_is_not_in_the_tree() {
	on_chain(|| {
		assert_noop!(remove(BOARD, 7), Error::<Test>::LicenceNotEntered);
		assert_ok!(enter(7, 1));
		assert_ok!(remove(BOARD, 7));
		assert_noop!(remove(BOARD, 7), Error::<Test>::LicenceNotEntered);
		let call = Hidden::remove_licence_by_governance(governance(), CredentialId(7));
		assert_noop!(call, Error::<Test>::LicenceNotEntered);
	});
}

#[test]
fn governance_alone_removes_a_licence_that_its_issuer_stands_by() {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		let licence = CredentialId(7);
		let call = Hidden::remove_licence_by_governance(signed(BOARD), licence);
		assert_noop!(call, DispatchError::BadOrigin);
		assert_ok!(Hidden::remove_licence_by_governance(governance(), licence));
		assert_eq!(Hidden::entered(licence), None);
		assert_eq!(log().last().unwrap().actor, None);
	});
}
