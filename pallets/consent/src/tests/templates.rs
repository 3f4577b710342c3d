//! Templates are published once, bounded and retired.

use crate::{mock::*, Error, Event, Templates, TemplatesInUse};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{engine::Outcome, AuditAction, AuditEvent, Subject, TemplateId};
use sp_runtime::DispatchError;

fn publish(version: u32) -> sp_runtime::DispatchResult {
	Registry::publish_template(RuntimeOrigin::root(), [9; 32], version)
}

fn retire(template: TemplateId) {
	assert_ok!(Registry::retire_template(RuntimeOrigin::root(), template));
}

#[test]
fn publish_template_fails_when_that_version_was_published() {
	on_chain(|| {
		assert_noop!(publish(1), Error::<Test>::TemplateAlreadyPublished);
		assert_ok!(publish(2));
		assert_noop!(publish(2), Error::<Test>::TemplateAlreadyPublished);
		// Not even when it is out of use: consents name it.
		retire(TemplateId(1));
		assert_noop!(publish(2), Error::<Test>::TemplateAlreadyPublished);
	});
}

#[test]
fn publish_template_fails_when_too_many_are_in_use() {
	on_chain(|| {
		for version in 2..=MAX_TEMPLATES {
			assert_ok!(publish(version));
		}
		assert_noop!(publish(99), Error::<Test>::TooManyTemplates);
		retire(TEMPLATE);
		assert_ok!(publish(99));
		assert_eq!(TemplatesInUse::<Test>::get(), MAX_TEMPLATES);
	});
}

#[test]
fn governance_retires_a_template() {
	on_chain(|| {
		set_time(later(10));
		retire(TEMPLATE);
		assert_eq!(Templates::<Test>::get(TEMPLATE).unwrap().retired_at, Some(later(10)));
		System::assert_last_event(Event::TemplateRetired { template: TEMPLATE }.into());
		let expected = AuditEvent {
			subject: Subject::Template(TEMPLATE),
			..AuditEvent::new(AuditAction::TemplateRetired)
		};
		assert_eq!(log(), [expected]);
	});
}

#[test]
fn consents_under_a_retired_template_stay() {
	with_patient(|| {
		let id = grant(permit_all());
		retire(TEMPLATE);
		assert_eq!(outcome_at(START), Outcome::Permit);
		revoke(id);
	});
}

#[test]
fn no_consent_is_given_or_changed_under_a_retired_template() {
	with_patient(|| {
		let id = grant(permit_until(years(1)));
		retire(TEMPLATE);
		let refused = Registry::grant(signed(patient()), permit_all(), signed_document(), NO_TERMS);
		assert_noop!(refused, Error::<Test>::TemplateIsRetired);
		assert_noop!(amend(id, permit_all(), NO_TERMS), Error::<Test>::TemplateIsRetired);
		let refused = Registry::renew(signed(patient()), id, years(2));
		assert_noop!(refused, Error::<Test>::TemplateIsRetired);
	});
}

#[test]
fn retire_template_fails_when_not_by_governance() {
	on_chain(|| {
		let refused = Registry::retire_template(signed(operator()), TEMPLATE);
		assert_noop!(refused, DispatchError::BadOrigin);
	});
}

#[test]
fn retire_template_fails_when_there_is_none_or_it_was_retired() {
	on_chain(|| {
		let refused = Registry::retire_template(RuntimeOrigin::root(), TemplateId(1));
		assert_noop!(refused, Error::<Test>::TemplateUnknown);
		retire(TEMPLATE);
		let refused = Registry::retire_template(RuntimeOrigin::root(), TEMPLATE);
		assert_noop!(refused, Error::<Test>::TemplateAlreadyRetired);
	});
}
