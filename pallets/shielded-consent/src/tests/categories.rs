//! The categories of classes of data.

use crate::{
	categories::{class_code, purpose_of, SHIPPED},
	mock::*,
	Error, Event,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{engine::terminology, AuditAction, AuditEvent, Code, Subject};
use hdx_zk_circuits::note::Purpose;
use sp_runtime::DispatchError;

const CLASS: Code = Code([7; 16]);

#[test]
fn a_chain_starts_with_the_classes_that_are_shipped_in_their_order() {
	on_chain(|| {
		let codes: Vec<_> = SHIPPED.iter().map(|kind| class_code(kind)).collect();
		assert_eq!(Shielded::categories(), codes);
		let observation = Code::of_token("http://hl7.org/fhir/resource-types|Observation");
		assert_eq!(Shielded::category_of(observation), Some(3));
	});
}

#[test]
fn a_class_gets_the_next_place_logged_and_told() {
	on_chain(|| {
		new_events();
		let place = SHIPPED.len() as u8;
		assert_ok!(Shielded::append_category(governance(), CLASS));
		assert_eq!(Shielded::category_of(CLASS), Some(place));
		assert_eq!(new_events(), [Event::CategoryAppended { class: CLASS, place }]);
		let entry = AuditEvent {
			subject: Subject::Category { class: CLASS, place },
			..AuditEvent::new(AuditAction::CategoryAppended)
		};
		assert_eq!(log().last(), Some(&entry));
	});
}

#[test]
fn appending_fails_when_the_class_has_a_category() {
	on_chain(|| {
		let class = class_code("Observation");
		let call = Shielded::append_category(governance(), class);
		assert_noop!(call, Error::<Test>::CategoryExists);
	});
}

#[test]
fn appending_fails_when_there_are_64_categories() {
	on_chain(|| {
		for number in SHIPPED.len() as u8..64 {
			assert_ok!(Shielded::append_category(governance(), Code([number; 16])));
		}
		assert_eq!(Shielded::category_of(Code([63; 16])), Some(63));
		let call = Shielded::append_category(governance(), Code([64; 16]));
		assert_noop!(call, Error::<Test>::NoCategoryLeft);
	});
}

#[test]
fn only_governance_appends_categories() {
	on_chain(|| {
		let call = Shielded::append_category(signed(DOCTOR), CLASS);
		assert_noop!(call, DispatchError::BadOrigin);
	});
}

#[test]
fn purposes_have_their_places_in_the_terminology() {
	assert_eq!(purpose_of(terminology::purpose::TREAT), Some(Purpose::TREATMENT));
	assert_eq!(purpose_of(terminology::purpose::HRESCH), Some(Purpose::RESEARCH));
	assert_eq!(purpose_of(CLASS), None);
}

/// Consents name places: whatever came to stand at one would be covered by those that were given before.
#[test]
fn each_purpose_keeps_its_place() {
	let symbols = [
		"TREAT", "ETREAT", "BTG", "HPAYMT", "HOPERAT", "HRESCH", "PATRQT", "FAMRQT", "PUBHLTH",
		"HMARKT",
	];
	for (place, symbol) in (0u8..).zip(symbols) {
		let token = alloc::format!("http://terminology.hl7.org/CodeSystem/v3-ActReason|{symbol}");
		assert_eq!(purpose_of(Code::of_token(&token)), Purpose::new(place), "{symbol}");
		assert!(Purpose::new(place).is_some());
	}
	// One that is added comes after them, and into this list.
	assert_eq!(terminology::purpose::ALL.len(), symbols.len());
}
