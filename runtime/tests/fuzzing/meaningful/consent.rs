//! Consents: given, changed, renewed, asked for, taken back; guardians and delegates.

use super::{anybody, commitment, one_of, operator, patient, period, recent, within_days};
use crate::{
	chain,
	fuzzing::{accounts, Make, Step, DAY},
};
use ark_std::rand::{rngs::StdRng, Rng};
use frame_support::BoundedVec;
use hdx_primitives::{
	consent::{Accounts, GuardianAction, GuardianPowers, GuardianSet},
	engine::{
		terminology::{purpose, sensitivity},
		Actor, Policy, Provision, Rule, Scope, Status, Values,
	},
	AccountId, ConsentId, Milliseconds, Period, ProposalId, RequestId, Role, TemplateId,
};
use hdx_runtime::Runtime;
use pallet_consent::{
	Call, ConsentAction, ConsentContent, ConsentRecord, ConsentRequest, ConsentRequestTerms,
	ConsentTerms, Consents, ConsentsOf, DelegatesOf, EmergencyOptOuts, FrequencyLimit, Guardians,
	NextConsentId, NextProposalId, NextRequestId, Powers, Proposals, Renewal, Requests,
	SignedDocument,
};

/// What there is here.
pub const ALL: &[Make] = &[
	sponsor,
	grant,
	grant,
	amend,
	renew,
	revoke,
	stop_renewal,
	opt_out,
	publish_template,
	ask,
	approve,
	deny,
	withdraw,
	set_guardians,
	propose,
	approve_proposal,
	execute_proposal,
	object,
	delegate,
	revoke_delegate,
	act_as_delegate,
	confirm_erasure,
];

/// An institution sponsors somebody.
pub fn sponsor(rng: &mut StdRng) -> Option<Step> {
	let ((_, operator), patient) = (operator(rng)?, anybody(rng)?);
	Step::signed(operator, Call::sponsor_patient { patient })
}

/// A consent: to everything or to treatment alone, without what is psychiatric, for so long.
fn policy(rng: &mut StdRng, period: Period) -> Policy {
	let mut root = Provision::new(0, Rule::Permit);
	root.period = period;
	if rng.gen_bool(0.4) {
		root.purposes = Values::truncate_from(vec![purpose::TREAT, purpose::ETREAT]);
	}
	let mut provisions = vec![root];
	if rng.gen_bool(0.3) {
		let mut deny = Provision::new(0, Rule::Deny);
		deny.labels = Values::truncate_from(vec![sensitivity::PSY]);
		provisions.push(deny);
	}
	Policy { categories: Default::default(), provisions: BoundedVec::truncate_from(provisions) }
}

fn document(rng: &mut StdRng) -> SignedDocument {
	SignedDocument { template: TemplateId(0), commitment: commitment(rng) }
}

/// What a patient signs. What renews itself has an end.
fn content(rng: &mut StdRng) -> ConsentContent {
	let renews = rng.gen_bool(0.4);
	let end = (renews || rng.gen_bool(0.7)).then(|| within_days(rng, 120));
	let renewal = renews.then(|| Renewal {
		extends_by: Milliseconds(30 * DAY),
		times: rng.gen_range(1..4),
		notice: Milliseconds(7 * DAY),
	});
	let frequency = rng
		.gen_bool(0.2)
		.then(|| FrequencyLimit { accesses: rng.gen_range(1..50), per: Milliseconds(DAY) });
	let erase_by = rng.gen_bool(0.1).then(|| within_days(rng, 400));
	ConsentContent {
		policy: policy(rng, Period { start: None, end }),
		document: document(rng),
		terms: ConsentTerms { frequency, erase_by, renewal },
	}
}

/// A patient grants.
pub fn grant(rng: &mut StdRng) -> Option<Step> {
	let (who, ConsentContent { policy, document, terms }) = (patient(rng)?, content(rng));
	Step::signed(who, Call::grant { policy, document, terms })
}

/// A consent that was not revoked.
fn active(rng: &mut StdRng) -> Option<(ConsentId, ConsentRecord)> {
	let who = patient(rng)?;
	let consent = one_of(rng, &ConsentsOf::<Runtime>::get(&who))?;
	let record = Consents::<Runtime>::get(consent)?;
	(record.status == Status::Active).then_some((consent, record))
}

/// A patient changes a consent.
pub fn amend(rng: &mut StdRng) -> Option<Step> {
	let (consent, record) = active(rng)?;
	let ConsentContent { policy, document, terms } = content(rng);
	Step::signed(record.patient, Call::amend { consent, policy, document, terms })
}

/// A patient has a consent last longer.
pub fn renew(rng: &mut StdRng) -> Option<Step> {
	let (consent, record) = active(rng)?;
	let until = Milliseconds(within_days(rng, 60).0 + 120 * DAY);
	Step::signed(record.patient, Call::renew { consent, until })
}

/// A patient revokes. Not often, or there is nothing to decide by.
pub fn revoke(rng: &mut StdRng) -> Option<Step> {
	rng.gen_bool(0.5).then_some(())?;
	let (consent, record) = active(rng)?;
	Step::signed(record.patient, Call::revoke { consent })
}

/// A patient lets a consent end that would renew itself.
pub fn stop_renewal(rng: &mut StdRng) -> Option<Step> {
	let (consent, record) = active(rng)?;
	record.terms.renewal?;
	Step::signed(record.patient, Call::stop_renewal { consent })
}

/// A patient opts out of emergencies, or in again.
pub fn opt_out(rng: &mut StdRng) -> Option<Step> {
	let who = patient(rng)?;
	let allowed = EmergencyOptOuts::<Runtime>::contains_key(&who);
	(allowed || rng.gen_bool(0.2)).then_some(())?;
	Step::signed(who, Call::set_emergency_override { allowed })
}

/// Governance publishes a template.
pub fn publish_template(rng: &mut StdRng) -> Option<Step> {
	// There is room for a thousand.
	rng.gen_bool(0.1).then_some(())?;
	Step::root(Call::publish_template { uri_hash: super::fresh(rng), version: 1 })
}

/// An institution asks a patient for a consent.
pub fn ask(rng: &mut StdRng) -> Option<Step> {
	let ((on_behalf_of, operator), patient) = (operator(rng)?, patient(rng)?);
	let terms = ConsentRequestTerms {
		on_behalf_of,
		role: Role::Physician,
		purposes: Values::truncate_from(vec![purpose::TREAT]),
		classes: Values::default(),
		labels: Values::default(),
		data_period: Period::default(),
		period: period(rng, 100),
		frequency: None,
		erase_by: None,
		renewal: None,
		template: TemplateId(0),
	};
	Step::signed(operator, Call::request_consent { patient, terms })
}

/// A request that waits for its answer.
fn asked(rng: &mut StdRng) -> Option<(RequestId, ConsentRequest)> {
	let id = RequestId(recent(rng, NextRequestId::<Runtime>::get())?);
	Some((id, Requests::<Runtime>::get(id)?))
}

/// A patient approves, no more than was asked for.
pub fn approve(rng: &mut StdRng) -> Option<Step> {
	let (request, asked) = asked(rng)?;
	let mut root = Provision::new(0, Rule::Permit);
	root.actors = Values::truncate_from(vec![Actor::Organisation(asked.terms.on_behalf_of)]);
	root.purposes = asked.terms.purposes.clone();
	root.period = asked.terms.period;
	let policy = Policy {
		categories: Default::default(),
		provisions: BoundedVec::truncate_from(vec![root]),
	};
	let (document, terms) = (document(rng), ConsentTerms::default());
	Step::signed(asked.patient, Call::approve_request { request, policy, document, terms })
}

/// A patient declines.
pub fn deny(rng: &mut StdRng) -> Option<Step> {
	let (request, asked) = asked(rng)?;
	Step::signed(asked.patient, Call::deny_request { request, reason: None })
}

/// Who asked no longer wants it.
pub fn withdraw(rng: &mut StdRng) -> Option<Step> {
	let (request, asked) = asked(rng)?;
	Step::signed(asked.requester, Call::withdraw_request { request })
}

/// A patient names guardians, or none.
pub fn set_guardians(rng: &mut StdRng) -> Option<Step> {
	let who = patient(rng)?;
	let mut guardians: Vec<AccountId> = (10..13).map(accounts::nameless).collect();
	guardians.sort();
	let set = GuardianSet {
		guardians: Accounts::truncate_from(guardians),
		threshold: rng.gen_range(1..=3),
		scope: Scope::default(),
		powers: GuardianPowers {
			consents: Powers::ALL,
			emergency_override: true,
			object_to_replacement: true,
		},
		period: period(rng, 300),
		objection_delay: Milliseconds(rng.gen_range(0..3) * DAY),
	};
	let set = rng.gen_bool(0.9).then_some(set);
	Step::signed(who, Call::set_guardians { set })
}

/// Somebody with guardians, and one of these.
fn guarded(rng: &mut StdRng) -> Option<(AccountId, AccountId)> {
	let who = patient(rng)?;
	let guardian = one_of(rng, &Guardians::<Runtime>::get(&who)?.set.guardians)?;
	Some((who, guardian))
}

/// A guardian proposes.
pub fn propose(rng: &mut StdRng) -> Option<Step> {
	let (patient, guardian) = guarded(rng)?;
	let action = GuardianAction::Consent(ConsentAction::Grant(content(rng)));
	Step::signed(guardian, Call::propose_as_guardian { patient, action })
}

/// A proposal that waits, and a guardian of its patient.
fn proposed(rng: &mut StdRng) -> Option<(ProposalId, AccountId, AccountId)> {
	let id = ProposalId(recent(rng, NextProposalId::<Runtime>::get())?);
	let patient = Proposals::<Runtime>::get(id)?.patient;
	let guardian = one_of(rng, &Guardians::<Runtime>::get(&patient)?.set.guardians)?;
	Some((id, patient, guardian))
}

/// Another guardian agrees.
pub fn approve_proposal(rng: &mut StdRng) -> Option<Step> {
	let (proposal, _, guardian) = proposed(rng)?;
	Step::signed(guardian, Call::approve_as_guardian { proposal })
}

/// A guardian carries out what was agreed on.
pub fn execute_proposal(rng: &mut StdRng) -> Option<Step> {
	let (proposal, _, guardian) = proposed(rng)?;
	Proposals::<Runtime>::get(proposal)?.ready_at?;
	Step::signed(guardian, Call::execute_proposal { proposal })
}

/// The patient objects.
pub fn object(rng: &mut StdRng) -> Option<Step> {
	let (proposal, patient, _) = proposed(rng)?;
	Step::signed(patient, Call::object_to_proposal { proposal })
}

/// A patient names a delegate.
pub fn delegate(rng: &mut StdRng) -> Option<Step> {
	let who = patient(rng)?;
	Step::signed(who, chain::delegation(accounts::nameless(rng.gen_range(13..16))))
}

/// A patient takes the mandate away.
pub fn revoke_delegate(rng: &mut StdRng) -> Option<Step> {
	let who = patient(rng)?;
	let delegate = one_of(rng, &DelegatesOf::<Runtime>::get(&who))?.delegate;
	Step::signed(who, Call::revoke_delegate { delegate })
}

/// A delegate grants, within the mandate.
pub fn act_as_delegate(rng: &mut StdRng) -> Option<Step> {
	let patient = patient(rng)?;
	let delegate = one_of(rng, &DelegatesOf::<Runtime>::get(&patient))?.delegate;
	let mut root = Provision::new(0, Rule::Permit);
	root.purposes = Values::truncate_from(vec![purpose::TREAT]);
	let content = ConsentContent {
		policy: Policy {
			categories: Default::default(),
			provisions: BoundedVec::truncate_from(vec![root]),
		},
		document: document(rng),
		terms: ConsentTerms::default(),
	};
	let action = ConsentAction::Grant(content);
	Step::signed(delegate, Call::act_as_delegate { patient, action })
}

/// An institution confirms that it erased what it had by a consent.
pub fn confirm_erasure(rng: &mut StdRng) -> Option<Step> {
	let consent = ConsentId(recent(rng, NextConsentId::<Runtime>::get())?);
	let record = Consents::<Runtime>::get(consent)?;
	record.terms.erase_by?;
	let ((_, operator), commitment) = (operator(rng)?, commitment(rng));
	Step::signed(operator, Call::confirm_erasure { consent, version: record.version, commitment })
}
