//! Guardians for tests: the first three, two of whom must agree.

use crate::{
	mock::*, Accounts, ConsentAction, ConsentContent, GuardianAction, GuardianPowers, GuardianSet,
	NextProposalId, Powers,
};
use frame_support::assert_ok;
use hdx_primitives::{
	engine::{terminology::purpose, Policy, Provision, Rule, Scope},
	Milliseconds, Period, ProposalId,
};
use sp_runtime::DispatchResult;

pub fn accounts(numbers: &[u8]) -> Accounts {
	Accounts::truncate_from(numbers.iter().map(|number| guardian(*number)).collect())
}

/// They may do everything, but consent to treatment only, and for ten years at most.
pub fn two_of_three() -> GuardianSet {
	GuardianSet {
		guardians: accounts(&[1, 2, 3]),
		threshold: 2,
		scope: Scope {
			purposes: vec![purpose::TREAT].try_into().unwrap(),
			period: Period { start: None, end: Some(years(10)) },
			..Scope::default()
		},
		powers: GuardianPowers {
			consents: Powers::ALL,
			emergency_override: true,
			object_to_replacement: true,
		},
		period: Period { start: None, end: Some(years(10)) },
		objection_delay: Milliseconds(14 * DAY),
	}
}

/// Another one, alone.
pub fn others() -> GuardianSet {
	GuardianSet { guardians: accounts(&[4]), threshold: 1, ..two_of_three() }
}

/// A patient with the three guardians.
pub fn with_guardians(test: impl FnOnce()) {
	with_patient(|| {
		assert_ok!(Registry::set_guardians(signed(patient()), Some(two_of_three())));
		test();
	});
}

pub fn treatment_until(end: Milliseconds) -> Policy {
	let mut root = Provision::new(0, Rule::Permit);
	root.purposes.try_push(purpose::TREAT).unwrap();
	root.period.end = Some(end);
	policy([root])
}

pub fn content(policy: Policy) -> ConsentContent {
	ConsentContent { policy, document: signed_document(), terms: NO_TERMS }
}

pub fn consent_to(policy: Policy) -> GuardianAction {
	GuardianAction::Consent(ConsentAction::Grant(content(policy)))
}

/// The grant of a consent that they may give.
pub fn grant_within() -> GuardianAction {
	consent_to(treatment_until(years(5)))
}

pub fn propose(by: u8, action: GuardianAction) -> DispatchResult {
	Registry::propose_as_guardian(signed(guardian(by)), patient(), action)
}

pub fn proposed(by: u8, action: GuardianAction) -> ProposalId {
	let id = ProposalId(NextProposalId::<Test>::get());
	assert_ok!(propose(by, action));
	id
}

pub fn approve(by: u8, proposal: ProposalId) -> DispatchResult {
	Registry::approve_as_guardian(signed(guardian(by)), proposal)
}

pub fn execute(by: u8, proposal: ProposalId) -> DispatchResult {
	Registry::execute_proposal(signed(guardian(by)), proposal)
}

pub fn object(proposal: ProposalId) -> DispatchResult {
	Registry::object_to_proposal(signed(patient()), proposal)
}

/// Proposed by the first guardian, approved by the second.
pub fn agreed(action: GuardianAction) -> ProposalId {
	let proposal = proposed(1, action);
	assert_ok!(approve(2, proposal));
	proposal
}
