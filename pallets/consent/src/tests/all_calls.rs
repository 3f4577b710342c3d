//! Any sequence of all calls, sensible or not, keeps the invariants; a refusal changes nothing.

use super::guardianship::{accounts, content, others, treatment_until, two_of_three};
use crate::{
	mock::*, ConsentAction, ConsentContent, ConsentRequestTerms, ConsentTerms, DelegateTerms,
	FrequencyLimit, GuardianAction, GuardianSet, Pallet, Powers, Renewal,
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
	Call(AccountId, Call),
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
	prop_oneof![4 => Just(patient()), 1 => Just(stranger())].boxed()
}

fn consent() -> BoxedStrategy<ConsentId> {
	(0u64..6).prop_map(ConsentId).boxed()
}

fn moment() -> BoxedStrategy<Milliseconds> {
	(0u64..800).prop_map(days).boxed()
}

fn period() -> BoxedStrategy<Period> {
	(prop::option::weighted(0.2, moment()), prop::option::of(moment()))
		.prop_map(|(start, end)| Period { start, end })
		.boxed()
}

fn some_policy() -> BoxedStrategy<Policy> {
	prop_oneof![
		Just(permit_all()),
		Just(deny_all()),
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
		1 => (0u64..6, some_content()).prop_map(|(request, content)| {
			ConsentAction::ApproveRequest { request: RequestId(request), content }
		}),
		1 => (0u64..6).prop_map(|request| ConsentAction::DenyRequest {
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
		2 => (0u64..6, some_content()).prop_map(
			move |(request, ConsentContent { policy, terms, .. })| Call::approve_request {
				request: RequestId(request),
				policy,
				document,
				terms,
			}
		),
		1 => (0u64..6).prop_map(|request| Call::deny_request {
			request: RequestId(request),
			reason: None,
		}),
		1 => (0u64..6)
			.prop_map(|request| Call::withdraw_request { request: RequestId(request) }),
	]
	.boxed()
}

fn representative_call() -> BoxedStrategy<Call> {
	let proposal = || (0u64..8).prop_map(ProposalId);
	prop_oneof![
		1 => whose().prop_map(|patient| Call::sponsor_patient { patient }),
		1 => (whose(), guardian_set())
			.prop_map(|(patient, set)| Call::sponsor_ward { patient, set }),
		3 => prop::option::weighted(0.8, guardian_set()).prop_map(|set| Call::set_guardians { set }),
		6 => (whose(), guardian_action())
			.prop_map(|(patient, action)| Call::propose_as_guardian { patient, action }),
		4 => proposal().prop_map(|proposal| Call::approve_as_guardian { proposal }),
		1 => proposal().prop_map(|proposal| Call::object_to_proposal { proposal }),
		3 => proposal().prop_map(|proposal| Call::execute_proposal { proposal }),
		3 => (who(), delegate_terms())
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
		10 => (who(), consent_call()).prop_map(|(who, call)| Step::Call(who, call)),
		10 => (who(), representative_call()).prop_map(|(who, call)| Step::Call(who, call)),
		1 => governance_call().prop_map(Step::Governance),
		3 => (0u64..120).prop_map(Step::Wait),
		2 => Just(Step::Idle),
		2 => (0u64..6, 1u32..4).prop_map(|(consent, version)| Step::Use(consent, version)),
	]
	.boxed()
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
		Step::Call(who, call) => dispatch(signed(who.clone()), call).is_ok(),
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
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn any_sequence_of_all_calls_keeps_the_invariants(
		steps in prop::collection::vec(step(), 1..80),
	) {
		new_test_ext().execute_with(|| {
			Registry::sponsor_patient(signed(operator()), patient()).unwrap();
			Registry::set_guardians(signed(patient()), Some(two_of_three())).unwrap();
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
