//! What governance publishes and sets.

use crate::{mock::*, DecisionRules, DocumentTemplate, Error, Event, NextTemplateId, Templates};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{Algorithm, ImplicitPolicy, Rules},
	AuditAction, AuditEvent, Milliseconds, Subject, TemplateId,
};
use sp_runtime::DispatchError;

const RULES: Rules =
	Rules { algorithm: Algorithm::DenyOverrides, implicit: ImplicitPolicy::BreakGlassOnly };

#[test]
fn the_genesis_block_holds_templates() {
	on_chain(|| {
		let published_at = Milliseconds(0);
		let expected =
			DocumentTemplate { uri_hash: [9; 32], version: 1, published_at, retired_at: None };
		assert_eq!(Templates::<Test>::get(TEMPLATE), Some(expected));
		assert_eq!(NextTemplateId::<Test>::get(), 1);
	});
}

#[test]
fn governance_publishes_a_template() {
	on_chain(|| {
		assert_ok!(Registry::publish_template(RuntimeOrigin::root(), [8; 32], 2));
		let template = TemplateId(1);
		let expected = DocumentTemplate {
			uri_hash: [8; 32],
			version: 2,
			published_at: START,
			retired_at: None,
		};
		assert_eq!(Templates::<Test>::get(template), Some(expected));
		System::assert_last_event(
			Event::TemplatePublished { template, uri_hash: [8; 32], version: 2 }.into(),
		);
		let expected = AuditEvent {
			subject: Subject::Template(template),
			..AuditEvent::new(AuditAction::TemplatePublished)
		};
		assert_eq!(log(), [expected]);
	});
}

#[test]
fn publish_template_fails_when_not_by_governance() {
	on_chain(|| {
		let refused = Registry::publish_template(RuntimeOrigin::signed(operator()), [8; 32], 2);
		assert_noop!(refused, DispatchError::BadOrigin);
	});
}

#[test]
fn publish_template_fails_when_no_number_is_left() {
	new_test_ext().execute_with(|| {
		NextTemplateId::<Test>::put(u32::MAX);
		let refused = Registry::publish_template(RuntimeOrigin::root(), [8; 32], 2);
		assert_noop!(refused, Error::<Test>::NoNumberLeft);
	});
}

#[test]
fn the_default_rules_are_most_recent_wins_and_deny() {
	on_chain(|| {
		let Rules { algorithm, implicit } = DecisionRules::<Test>::get();
		assert_eq!(algorithm, Algorithm::MostRecentWins);
		assert_eq!(implicit, ImplicitPolicy::Deny);
	});
}

#[test]
fn governance_sets_the_decision_rules() {
	on_chain(|| {
		assert_ok!(Registry::set_decision_rules(RuntimeOrigin::root(), RULES));
		assert_eq!(DecisionRules::<Test>::get(), RULES);
		System::assert_last_event(Event::DecisionRulesChanged { rules: RULES }.into());
		let expected = AuditEvent {
			algorithm: Some(Algorithm::DenyOverrides),
			..AuditEvent::new(AuditAction::DecisionRulesChanged)
		};
		assert_eq!(log(), [expected]);
	});
}

#[test]
fn set_decision_rules_fails_when_not_by_governance() {
	on_chain(|| {
		let refused = Registry::set_decision_rules(RuntimeOrigin::signed(patient()), RULES);
		assert_noop!(refused, DispatchError::BadOrigin);
	});
}
