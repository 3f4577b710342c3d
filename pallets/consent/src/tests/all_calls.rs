//! Any sequence of all calls, sensible or not, keeps the invariants; a refusal changes nothing.

use super::guardianship::{accounts, content, others, treatment_until, two_of_three};
use crate::{
	mock::*, ConsentAction, ConsentContent, ConsentRequestTerms, ConsentTerms, DelegateTerms,
	FrequencyLimit, GuardianAction, GuardianSet, NextConsentId, NextProposalId, NextRequestId,
	Pallet, Powers, Renewal,
};
use frame_support::{assert_storage_noop, traits::Hooks, weights::Weight};
use hdx_primitives::{
	engine::{terminology::purpose, Actor, Basis, Policy, Rules, Scope},
	AccountId, Commitment, ConsentDecider, ConsentId, Milliseconds, Period, ProposalId, RequestId,
	Role, TemplateId,
};
use proptest::prelude::*;
use sp_runtime::{DispatchResult, StateVersion};

type Call = crate::Call<Test>;

/// What happens: somebody calls, time passes, a block has room, a consent is used.
#[derive(Clone, Debug)]
enum Step {
	/// The account signs where chance says nought, and else somebody who may.
	Call(AccountId, u8, Call),
	Governance(Call),
	Wait(u64),
	Idle,
	Use(u64, u32),
}

/// Two patients, two guardians each may have, a delegate, and those who ask.
fn who() -> BoxedStrategy<AccountId> {
	prop_oneof![
		6 => Just(patient()),
		2 => Just(stranger()),
		3 => (1u8..5).prop_map(guardian),
		2 => Just(daughter()),
		2 => Just(doctor()),
		2 => Just(operator()),
		1 => Just(other_operator()),
	]
	.boxed()
}

fn whose() -> BoxedStrategy<AccountId> {
	prop_oneof![9 => Just(patient()), 1 => Just(stranger())].boxed()
}

fn consent() -> BoxedStrategy<ConsentId> {
	number().prop_map(ConsentId).boxed()
}

/// How far back from the last one; see [`aimed`].
fn number() -> BoxedStrategy<u64> {
	prop_oneof![5 => Just(0u64), 3 => 1u64..5, 1 => Just(5)].boxed()
}

fn moment() -> BoxedStrategy<Milliseconds> {
	(0u64..2_000).prop_map(days).boxed()
}

fn period() -> BoxedStrategy<Period> {
	(prop::option::weighted(0.1, moment()), prop::option::weighted(0.4, moment()))
		.prop_map(|(start, end)| Period { start, end })
		.boxed()
}

fn some_policy() -> BoxedStrategy<Policy> {
	prop_oneof![
		Just(permit_all()),
		Just(deny_all()),
		Just(treatment_until(years(5))),
		moment().prop_map(permit_until),
		moment().prop_map(treatment_until),
		moment().prop_map(|end| {
			let mut policy = treatment_until(end);
			policy.provisions[0].actors = vec![Actor::Organisation(HOSPITAL)].try_into().unwrap();
			policy
		}),
		Just(policy([])),
	]
	.boxed()
}

fn frequency() -> BoxedStrategy<Option<FrequencyLimit>> {
	prop::option::weighted(
		0.3,
		(0u32..3, 0u64..5)
			.prop_map(|(accesses, per)| FrequencyLimit { accesses, per: Milliseconds(per * DAY) }),
	)
	.boxed()
}

fn renewal() -> BoxedStrategy<Option<Renewal>> {
	prop::option::weighted(
		0.4,
		(1u64..100, 0u32..4, 0u64..50).prop_map(|(by, times, notice)| Renewal {
			extends_by: Milliseconds(by * DAY),
			times,
			notice: Milliseconds(notice * DAY),
		}),
	)
	.boxed()
}

fn terms() -> BoxedStrategy<ConsentTerms> {
	(frequency(), prop::option::weighted(0.3, moment()), renewal())
		.prop_map(|(frequency, erase_by, renewal)| ConsentTerms { frequency, erase_by, renewal })
		.boxed()
}

fn some_content() -> BoxedStrategy<ConsentContent> {
	(some_policy(), terms())
		.prop_map(|(policy, terms)| ConsentContent { terms, ..content(policy) })
		.boxed()
}

fn consent_action() -> BoxedStrategy<ConsentAction> {
	prop_oneof![
		3 => some_content().prop_map(ConsentAction::Grant),
		1 => (consent(), some_content())
			.prop_map(|(consent, content)| ConsentAction::Amend { consent, content }),
		1 => consent().prop_map(|consent| ConsentAction::Revoke { consent }),
		1 => consent().prop_map(|consent| ConsentAction::StopRenewal { consent }),
		1 => (number(), some_content()).prop_map(|(request, content)| {
			ConsentAction::ApproveRequest { request: RequestId(request), content }
		}),
		1 => number().prop_map(|request| ConsentAction::DenyRequest {
			request: RequestId(request),
			reason: None,
		}),
	]
	.boxed()
}

fn guardian_action() -> BoxedStrategy<GuardianAction> {
	prop_oneof![
		6 => consent_action().prop_map(GuardianAction::Consent),
		1 => any::<bool>().prop_map(|allowed| GuardianAction::SetEmergencyOverride { allowed }),
		1 => (prop::collection::vec(1u8..5, 0..4), 0u32..4).prop_map(|(guardians, threshold)| {
			GuardianAction::ReplaceGuardians { guardians: accounts(&guardians), threshold }
		}),
		1 => Just(GuardianAction::ObjectToReplacement),
	]
	.boxed()
}

fn guardian_set() -> BoxedStrategy<GuardianSet> {
	(prop_oneof![Just(two_of_three()), Just(others())], period(), 0u32..4, 0u64..100)
		.prop_map(|(set, period, threshold, delay)| GuardianSet {
			period,
			threshold,
			objection_delay: Milliseconds(delay * DAY),
			..set
		})
		.boxed()
}

fn request() -> BoxedStrategy<ConsentRequestTerms> {
	(period(), frequency(), prop::option::of(moment()), renewal())
		.prop_map(|(period, frequency, erase_by, renewal)| ConsentRequestTerms {
			on_behalf_of: HOSPITAL,
			role: Role::Physician,
			purposes: vec![purpose::TREAT].try_into().unwrap(),
			classes: Default::default(),
			labels: Default::default(),
			data_period: Period::default(),
			period,
			frequency,
			erase_by,
			renewal,
			template: TEMPLATE,
		})
		.boxed()
}

fn delegate_terms() -> BoxedStrategy<DelegateTerms> {
	(period(), any::<[bool; 5]>())
		.prop_map(|(period, [grant, amend, revoke, answer, open])| {
			let purposes = vec![purpose::TREAT].try_into().unwrap();
			DelegateTerms {
				scope: if open { Scope::default() } else { Scope { purposes, ..Scope::default() } },
				powers: Powers { grant, amend, revoke, answer_requests: answer },
				period,
			}
		})
		.boxed()
}

fn consent_call() -> BoxedStrategy<Call> {
	let document = signed_document();
	prop_oneof![
		5 => some_content().prop_map(move |ConsentContent { policy, terms, .. }| {
			Call::grant { policy, document, terms }
		}),
		3 => (consent(), some_content()).prop_map(
			move |(consent, ConsentContent { policy, terms, .. })| {
				Call::amend { consent, policy, document, terms }
			}
		),
		2 => consent().prop_map(|consent| Call::revoke { consent }),
		2 => (consent(), moment()).prop_map(|(consent, until)| Call::renew { consent, until }),
		1 => consent().prop_map(|consent| Call::stop_renewal { consent }),
		1 => (consent(), 0u32..4).prop_map(|(consent, version)| Call::confirm_erasure {
			consent,
			version,
			commitment: Commitment([1; 32]),
		}),
		1 => any::<bool>().prop_map(|allowed| Call::set_emergency_override { allowed }),
		3 => (whose(), request())
			.prop_map(|(patient, terms)| Call::request_consent { patient, terms }),
		2 => (number(), some_content()).prop_map(
			move |(request, ConsentContent { policy, terms, .. })| Call::approve_request {
				request: RequestId(request),
				policy,
				document,
				terms,
			}
		),
		1 => number().prop_map(|request| Call::deny_request {
			request: RequestId(request),
			reason: None,
		}),
		1 => number()
			.prop_map(|request| Call::withdraw_request { request: RequestId(request) }),
	]
	.boxed()
}

fn representative_call() -> BoxedStrategy<Call> {
	let proposal = || number().prop_map(ProposalId);
	prop_oneof![
		1 => whose().prop_map(|patient| Call::sponsor_patient { patient }),
		1 => (whose(), guardian_set())
			.prop_map(|(patient, set)| Call::sponsor_ward { patient, set }),
		1 => prop::option::weighted(0.8, guardian_set()).prop_map(|set| Call::set_guardians { set }),
		6 => (whose(), guardian_action())
			.prop_map(|(patient, action)| Call::propose_as_guardian { patient, action }),
		4 => proposal().prop_map(|proposal| Call::approve_as_guardian { proposal }),
		1 => proposal().prop_map(|proposal| Call::object_to_proposal { proposal }),
		3 => proposal().prop_map(|proposal| Call::execute_proposal { proposal }),
		2 => (prop_oneof![4 => Just(daughter()).boxed(), 1 => who()], delegate_terms())
			.prop_map(|(delegate, terms)| Call::delegate { delegate, terms }),
		1 => who().prop_map(|delegate| Call::revoke_delegate { delegate }),
		4 => (whose(), consent_action())
			.prop_map(|(patient, action)| Call::act_as_delegate { patient, action }),
	]
	.boxed()
}

fn governance_call() -> BoxedStrategy<Call> {
	prop_oneof![
		(0u8..3, 0u32..3)
			.prop_map(|(uri, version)| Call::publish_template { uri_hash: [uri; 32], version }),
		(1u32..6).prop_map(|template| Call::retire_template { template: TemplateId(template) }),
		Just(Call::set_decision_rules { rules: Rules::default() }),
	]
	.boxed()
}

fn step() -> BoxedStrategy<Step> {
	prop_oneof![
		10 => (who(), 0u8..5, consent_call()).prop_map(|(who, by, call)| Step::Call(who, by, call)),
		10 => (who(), 0u8..5, representative_call()).prop_map(|(who, by, call)| Step::Call(who, by, call)),
		1 => governance_call().prop_map(Step::Governance),
		3 => (0u64..15).prop_map(Step::Wait),
		2 => Just(Step::Idle),
		2 => (0u64..6, 1u32..3).prop_map(|(consent, version)| Step::Use(consent, version)),
	]
	.boxed()
}

/// The call, about something that there is: the numbers in it count from the last one backwards.
/// Number five stays, and is mostly too high.
fn aimed(mut call: Call) -> Call {
	let consents = NextConsentId::<Test>::get();
	let (requests, proposals) = (NextRequestId::<Test>::get(), NextProposalId::<Test>::get());
	let back = |number: &mut u64, next: u64| {
		if *number != 5 {
			*number = next.saturating_sub(1 + *number);
		}
	};
	match &mut call {
		Call::amend { consent, .. }
		| Call::revoke { consent }
		| Call::renew { consent, .. }
		| Call::stop_renewal { consent }
		| Call::confirm_erasure { consent, .. } => back(&mut consent.0, consents),
		Call::approve_request { request, .. }
		| Call::deny_request { request, .. }
		| Call::withdraw_request { request } => back(&mut request.0, requests),
		Call::approve_as_guardian { proposal }
		| Call::object_to_proposal { proposal }
		| Call::execute_proposal { proposal } => back(&mut proposal.0, proposals),
		Call::act_as_delegate { action, .. }
		| Call::propose_as_guardian { action: GuardianAction::Consent(action), .. } => match action {
			ConsentAction::Amend { consent, .. }
			| ConsentAction::Revoke { consent }
			| ConsentAction::StopRenewal { consent } => back(&mut consent.0, consents),
			ConsentAction::ApproveRequest { request, .. }
			| ConsentAction::DenyRequest { request, .. } => back(&mut request.0, requests),
			ConsentAction::Grant(_) => {},
		},
		_ => {},
	}
	call
}

/// Who may make the call, more often than not.
fn signer(call: &Call, chosen: AccountId, by_chance: u8) -> AccountId {
	if by_chance == 0 {
		return chosen;
	}
	match call {
		Call::sponsor_patient { .. } | Call::sponsor_ward { .. } | Call::confirm_erasure { .. } => {
			operator()
		},
		Call::request_consent { .. } | Call::withdraw_request { .. } => doctor(),
		Call::propose_as_guardian { .. }
		| Call::approve_as_guardian { .. }
		| Call::execute_proposal { .. } => guardian(by_chance),
		Call::act_as_delegate { .. } => daughter(),
		_ => patient(),
	}
}

fn dispatch(origin: RuntimeOrigin, call: &Call) -> DispatchResult {
	use frame_support::traits::UnfilteredDispatchable;
	let root = || sp_io::storage::root(StateVersion::V1);
	let before = root();
	// As the executive does: what fails leaves nothing behind.
	let result = frame_support::storage::with_storage_layer(|| {
		call.clone().dispatch_bypass_filter(origin).map(|_| ()).map_err(|error| error.error)
	});
	assert!(result.is_ok() || root() == before);
	result
}

fn perform(step: &Step) -> bool {
	match step {
		Step::Call(who, by_chance, call) => {
			let call = aimed(call.clone());
			dispatch(signed(signer(&call, who.clone(), *by_chance)), &call).is_ok()
		},
		Step::Governance(call) => dispatch(RuntimeOrigin::root(), call).is_ok(),
		Step::Wait(count) => {
			set_time(Pallet::<Test>::now().saturating_add(Milliseconds(count * DAY)));
			true
		},
		Step::Idle => {
			Registry::on_idle(1, Weight::MAX);
			true
		},
		Step::Use(consent, version) => {
			let basis = Basis { consent: ConsentId(*consent), version: *version };
			<Registry as ConsentDecider>::record_use(basis, Pallet::<Test>::now()).is_ok()
		},
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(48))]

	#[test]
	fn any_sequence_of_all_calls_keeps_the_invariants(
		steps in prop::collection::vec(step(), 20..120),
	) {
		new_test_ext().execute_with(|| {
			Registry::sponsor_patient(signed(operator()), patient()).unwrap();
			Registry::set_guardians(signed(patient()), Some(two_of_three())).unwrap();
			let terms = DelegateTerms {
				scope: two_of_three().scope,
				powers: Powers::ALL,
				period: Period::default(),
			};
			Registry::delegate(signed(patient()), daughter(), terms).unwrap();
			for step in &steps {
				perform(step);
				prop_assert_eq!(Pallet::<Test>::do_try_state(), Ok(()), "after {:?}", step);
			}
			// Asking changes nothing.
			assert_storage_noop!({
				outcome_at(Pallet::<Test>::now());
				Registry::list(patient(), 0, 100);
				Registry::guardians(patient());
			});
			Ok(())
		})?;
	}
}
