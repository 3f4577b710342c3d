//! Providers ask, patients answer.

use super::guardianship::{agreed, execute, treatment_until, with_guardians};
use crate::{
	mock::*, ConsentAction, ConsentContent, ConsentRequest, ConsentRequestTerms, ConsentTerms,
	DelegateTerms, Error, Event, FrequencyLimit, GrantedBy, GuardianAction, NextRequestId, Powers,
	Renewal, Requests, RequestsBy, RequestsOf, SignedDocument,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{
		terminology::{purpose, sensitivity},
		Actor, Outcome, Policy, Provision, Rule, Scope,
	},
	AccountId, AuditAction, AuditEvent, Code, ConsentId, Milliseconds, Period, RequestId, Role,
	Subject, TemplateId,
};
use sp_runtime::DispatchResult;

const OBSERVATION: Code = Code([40; 16]);
const CONDITION: Code = Code([41; 16]);
const DAILY: FrequencyLimit = FrequencyLimit { accesses: 4, per: Milliseconds(DAY) };
const YEARLY: Renewal =
	Renewal { extends_by: Milliseconds(YEAR), times: 2, notice: Milliseconds(30 * DAY) };

/// A physician asks for treatment: two classes of the last years, for a year, four times a day.
pub fn asked() -> ConsentRequestTerms {
	ConsentRequestTerms {
		on_behalf_of: HOSPITAL,
		role: Role::Physician,
		purposes: vec![purpose::TREAT].try_into().unwrap(),
		classes: vec![OBSERVATION, CONDITION].try_into().unwrap(),
		labels: Default::default(),
		data_period: Period { start: Some(Milliseconds(1)), end: Some(years(1)) },
		period: Period { start: None, end: Some(years(1)) },
		frequency: Some(DAILY),
		erase_by: Some(years(2)),
		renewal: None,
		template: TEMPLATE,
	}
}

fn ask(who: AccountId, terms: ConsentRequestTerms) -> DispatchResult {
	Registry::request_consent(signed(who), patient(), terms)
}

fn asked_by(who: AccountId) -> RequestId {
	let id = RequestId(NextRequestId::<Test>::get());
	assert_ok!(ask(who, asked()));
	id
}

/// All that was asked for.
fn all() -> ConsentContent {
	let mut root = Provision::new(0, Rule::Permit);
	root.actors = vec![Actor::Account(doctor().into())].try_into().unwrap();
	root.purposes = asked().purposes;
	root.classes = asked().classes;
	root.data_period = asked().data_period;
	root.period = asked().period;
	ConsentContent {
		policy: policy([root]),
		document: signed_document(),
		terms: ConsentTerms { frequency: Some(DAILY), erase_by: Some(years(2)), renewal: None },
	}
}

fn approve(request: RequestId, content: ConsentContent) -> DispatchResult {
	approve_by(patient(), request, content)
}

fn approve_by(who: AccountId, request: RequestId, content: ConsentContent) -> DispatchResult {
	let ConsentContent { policy, document, terms } = content;
	Registry::approve_request(signed(who), request, policy, document, terms)
}

fn with(change: impl Fn(&mut Provision)) -> ConsentContent {
	let mut content = all();
	let mut root = content.policy.provisions[0].clone();
	change(&mut root);
	content.policy = policy([root]);
	content
}

fn on(terms: ConsentTerms) -> ConsentContent {
	ConsentContent { terms, ..all() }
}

fn entry(actor: AccountId, action: AuditAction, request: RequestId) -> AuditEvent {
	AuditEvent {
		actor: Some(actor),
		patient: Some(patient()),
		subject: Subject::ConsentRequest(request),
		..AuditEvent::new(action)
	}
}

#[test]
fn a_practitioner_and_an_operator_ask() {
	with_patient(|| {
		let (by_doctor, by_operator) = (asked_by(doctor()), asked_by(operator()));
		assert_eq!((by_doctor, by_operator), (RequestId(0), RequestId(1)));
		let expires_at = days(30);
		let expected = ConsentRequest {
			requester: doctor(),
			patient: patient(),
			terms: asked(),
			made_at: START,
			expires_at,
		};
		assert_eq!(Requests::<Test>::get(by_doctor), Some(expected));
		System::assert_last_event(
			Event::ConsentRequested {
				request: by_operator,
				requester: operator(),
				on_behalf_of: HOSPITAL,
				patient: patient(),
				expires_at,
			}
			.into(),
		);
		let expected = AuditEvent {
			on_behalf_of: Some(HOSPITAL),
			..entry(operator(), AuditAction::ConsentRequested, by_operator)
		};
		assert_eq!(log().last(), Some(&expected));
		let waiting: Vec<_> =
			Registry::requests_to(patient()).into_iter().map(|(id, _)| id).collect();
		assert_eq!(waiting, [by_doctor, by_operator]);
	});
}

#[test]
fn a_patient_approves_all_that_was_asked_for() {
	with_patient(|| {
		let request = asked_by(doctor());
		assert_ok!(approve(request, all()));
		let consent = ConsentId(0);
		assert_eq!(record(consent).content(), all());
		System::assert_last_event(
			Event::ConsentRequestApproved { request, patient: patient(), consent }.into(),
		);
		let expected = entry(patient(), AuditAction::ConsentRequestApproved, request);
		assert!(log().contains(&expected));
		assert_eq!(log().last().unwrap().action, AuditAction::ConsentGranted);
		assert_eq!(Requests::<Test>::iter().count(), 0);
		assert_eq!(RequestsOf::<Test>::iter().count(), 0);
		assert_eq!(RequestsBy::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_patient_approves_a_part() {
	with_patient(|| {
		let narrower = [
			with(|root| root.classes = vec![CONDITION].try_into().unwrap()),
			with(|root| root.period.end = Some(days(30))),
			with(|root| root.data_period.start = Some(days(1))),
			with(|root| root.labels = vec![sensitivity::PSY].try_into().unwrap()),
			with(|root| root.actors = vec![Actor::Organisation(HOSPITAL)].try_into().unwrap()),
			on(ConsentTerms {
				frequency: Some(FrequencyLimit { accesses: 1, per: Milliseconds(7 * DAY) }),
				erase_by: Some(years(1)),
				renewal: None,
			}),
			ConsentContent { policy: deny_all(), ..all() },
		];
		for content in narrower {
			let request = asked_by(doctor());
			assert_ok!(approve(request, content));
		}
	});
}

#[test]
fn approve_request_fails_when_the_policy_is_wider() {
	with_patient(|| {
		let request = asked_by(doctor());
		let wider = [
			ConsentContent { policy: permit_all(), ..all() },
			with(|root| root.actors = vec![Actor::Account([9; 32])].try_into().unwrap()),
			with(|root| root.actors = vec![Actor::Organisation(CLINIC)].try_into().unwrap()),
			with(|root| root.actors = Default::default()),
			with(|root| root.purposes = vec![purpose::TREAT, purpose::HRESCH].try_into().unwrap()),
			with(|root| root.purposes = Default::default()),
			with(|root| root.classes = vec![Code([42; 16])].try_into().unwrap()),
			with(|root| root.classes = Default::default()),
			with(|root| root.period.end = Some(later(YEAR + 1))),
			with(|root| root.period.end = None),
			with(|root| root.data_period = Period::default()),
		];
		for content in wider {
			assert_noop!(approve(request, content), Error::<Test>::WiderThanRequested);
		}
	});
}

#[test]
fn approve_request_fails_when_the_terms_are_laxer() {
	with_patient(|| {
		let request = asked_by(doctor());
		let strict = all().terms;
		let more = FrequencyLimit { accesses: 5, ..DAILY };
		let faster = FrequencyLimit { per: Milliseconds(DAY - 1), ..DAILY };
		let laxer = [
			ConsentTerms { frequency: None, ..strict },
			ConsentTerms { frequency: Some(more), ..strict },
			ConsentTerms { frequency: Some(faster), ..strict },
			ConsentTerms { erase_by: None, ..strict },
			ConsentTerms { erase_by: Some(later(2 * YEAR + 1)), ..strict },
			ConsentTerms { renewal: Some(YEARLY), ..strict },
		];
		for terms in laxer {
			assert_noop!(approve(request, on(terms)), Error::<Test>::LaxerThanRequested);
		}
	});
}

#[test]
fn a_renewal_is_approved_only_as_far_as_it_was_asked_for() {
	with_patient(|| {
		let renewing = ConsentRequestTerms { renewal: Some(YEARLY), ..asked() };
		let terms = |renewal| ConsentTerms { renewal: Some(renewal), ..all().terms };
		let request = RequestId(NextRequestId::<Test>::get());
		assert_ok!(ask(doctor(), renewing.clone()));
		let laxer = [
			Renewal { times: 3, ..YEARLY },
			Renewal { extends_by: Milliseconds(YEAR + 1), ..YEARLY },
			Renewal { notice: Milliseconds(30 * DAY - 1), ..YEARLY },
		];
		for renewal in laxer {
			let refused = approve(request, on(terms(renewal)));
			assert_noop!(refused, Error::<Test>::LaxerThanRequested);
		}
		assert_ok!(approve(request, on(terms(Renewal { times: 1, ..YEARLY }))));
	});
}

#[test]
fn approve_request_fails_when_another_document_was_signed() {
	with_patient(|| {
		assert_ok!(Registry::publish_template(RuntimeOrigin::root(), [8; 32], 1));
		let request = asked_by(doctor());
		let document = SignedDocument { template: TemplateId(1), ..signed_document() };
		let refused = approve(request, ConsentContent { document, ..all() });
		assert_noop!(refused, Error::<Test>::OtherTemplateRequested);
	});
}

#[test]
fn approve_request_fails_when_signed_by_a_stranger() {
	with_patient(|| {
		assert_ok!(Registry::sponsor_patient(signed(operator()), stranger()));
		let request = asked_by(doctor());
		for other in [stranger(), doctor(), operator()] {
			let refused = approve_by(other.clone(), request, all());
			assert_noop!(refused, Error::<Test>::NotYourRequest);
			let refused = Registry::deny_request(signed(other), request, None);
			assert_noop!(refused, Error::<Test>::NotYourRequest);
		}
	});
}

#[test]
fn an_answer_counts_once() {
	with_patient(|| {
		let (approved, denied, withdrawn) =
			(asked_by(doctor()), asked_by(doctor()), asked_by(doctor()));
		assert_ok!(approve(approved, all()));
		assert_ok!(Registry::deny_request(signed(patient()), denied, None));
		assert_ok!(Registry::withdraw_request(signed(doctor()), withdrawn));
		for request in [approved, denied, withdrawn] {
			assert_noop!(approve(request, all()), Error::<Test>::RequestClosed);
			let refused = Registry::deny_request(signed(patient()), request, None);
			assert_noop!(refused, Error::<Test>::RequestClosed);
			let refused = Registry::withdraw_request(signed(doctor()), request);
			assert_noop!(refused, Error::<Test>::RequestClosed);
		}
	});
}

#[test]
fn answers_fail_when_there_was_no_such_request() {
	with_patient(|| {
		let request = RequestId(0);
		assert_noop!(approve(request, all()), Error::<Test>::RequestUnknown);
		let refused = Registry::deny_request(signed(patient()), request, None);
		assert_noop!(refused, Error::<Test>::RequestUnknown);
		let refused = Registry::withdraw_request(signed(doctor()), request);
		assert_noop!(refused, Error::<Test>::RequestUnknown);
	});
}

#[test]
fn answers_fail_when_the_request_has_expired() {
	with_patient(|| {
		let request = asked_by(doctor());
		set_time(days(30));
		assert_noop!(approve(request, all()), Error::<Test>::RequestExpired);
		let refused = Registry::deny_request(signed(patient()), request, None);
		assert_noop!(refused, Error::<Test>::RequestExpired);
		assert_eq!(Registry::requests_to(patient()), []);
		set_time(later(30 * DAY - 1));
		assert_ok!(approve(request, all()));
	});
}

#[test]
fn a_patient_denies_a_request() {
	with_patient(|| {
		let request = asked_by(doctor());
		let reason = Some(Code([3; 16]));
		assert_ok!(Registry::deny_request(signed(patient()), request, reason));
		System::assert_last_event(
			Event::ConsentRequestDenied { request, patient: patient(), reason }.into(),
		);
		let expected = entry(patient(), AuditAction::ConsentRequestDenied, request);
		assert_eq!(log().last(), Some(&expected));
		assert_eq!(outcome_at(START), Outcome::NoConsent);
	});
}

#[test]
fn a_requester_withdraws_even_what_has_expired() {
	with_patient(|| {
		let request = asked_by(doctor());
		let refused = Registry::withdraw_request(signed(operator()), request);
		assert_noop!(refused, Error::<Test>::NotTheRequester);
		set_time(days(31));
		assert_ok!(Registry::withdraw_request(signed(doctor()), request));
		System::assert_last_event(
			Event::ConsentRequestWithdrawn { request, requester: doctor() }.into(),
		);
		let expected = AuditEvent {
			on_behalf_of: Some(HOSPITAL),
			..entry(doctor(), AuditAction::ConsentRequestWithdrawn, request)
		};
		assert_eq!(log().last(), Some(&expected));
	});
}

#[test]
fn request_consent_fails_when_the_requester_is_not_in_good_standing() {
	with_patient(|| {
		let not_standing = Error::<Test>::NotInGoodStanding;
		assert_noop!(ask(stranger(), asked()), not_standing);
		let as_nurse = ConsentRequestTerms { role: Role::Nurse, ..asked() };
		assert_noop!(ask(doctor(), as_nurse), Error::<Test>::NotInGoodStanding);
		let for_others = ConsentRequestTerms { on_behalf_of: CLINIC, ..asked() };
		assert_noop!(ask(doctor(), for_others.clone()), Error::<Test>::NotInGoodStanding);
		assert_noop!(ask(operator(), for_others), Error::<Test>::NotInGoodStanding);
		HospitalIsActive::set(false);
		assert_noop!(ask(doctor(), asked()), Error::<Test>::NotInGoodStanding);
		assert_noop!(ask(operator(), asked()), Error::<Test>::NotInGoodStanding);
		HospitalIsActive::set(true);
	});
}

#[test]
fn request_consent_fails_when_nobody_else_is_asked() {
	with_patient(|| {
		let refused = Registry::request_consent(signed(doctor()), stranger(), asked());
		assert_noop!(refused, Error::<Test>::PatientUnknown);
		assert_ok!(Registry::sponsor_patient(signed(operator()), doctor()));
		let refused = Registry::request_consent(signed(doctor()), doctor(), asked());
		assert_noop!(refused, Error::<Test>::RequestToOneself);
	});
}

#[test]
fn request_consent_fails_when_what_is_asked_means_nothing() {
	with_patient(|| {
		let backwards = Period { start: Some(days(2)), end: Some(days(1)) };
		let over = Period { start: None, end: Some(START) };
		let open = Period::default();
		let refused = [
			(
				ConsentRequestTerms { purposes: Default::default(), ..asked() },
				Error::<Test>::PurposeMissing,
			),
			(ConsentRequestTerms { period: backwards, ..asked() }, Error::PeriodNotOrdered),
			(ConsentRequestTerms { data_period: backwards, ..asked() }, Error::PeriodNotOrdered),
			(ConsentRequestTerms { period: over, ..asked() }, Error::AlreadyEnded),
			(ConsentRequestTerms { erase_by: Some(START), ..asked() }, Error::EraseByPassed),
			(
				ConsentRequestTerms {
					erase_by: Some(days(1)),
					period: Period { start: Some(days(1)), end: None },
					..asked()
				},
				Error::ErasedBeforeItBegins,
			),
			(
				ConsentRequestTerms {
					frequency: Some(FrequencyLimit { accesses: 0, ..DAILY }),
					..asked()
				},
				Error::FrequencyOfNoAccess,
			),
			(
				ConsentRequestTerms { renewal: Some(Renewal { times: 0, ..YEARLY }), ..asked() },
				Error::RenewalNeverHappens,
			),
			(
				ConsentRequestTerms { renewal: Some(YEARLY), period: open, ..asked() },
				Error::RenewalWithoutEnd,
			),
			(ConsentRequestTerms { template: TemplateId(9), ..asked() }, Error::TemplateUnknown),
		];
		for (terms, error) in refused {
			assert_noop!(ask(doctor(), terms), error);
		}
		assert_ok!(Registry::retire_template(RuntimeOrigin::root(), TEMPLATE));
		assert_noop!(ask(doctor(), asked()), Error::<Test>::TemplateIsRetired);
	});
}

#[test]
fn request_consent_fails_when_too_many_wait_and_expired_ones_make_room() {
	with_patient(|| {
		let by_doctor: Vec<_> = (0..MAX_REQUESTS_BY).map(|_| asked_by(doctor())).collect();
		assert_noop!(ask(doctor(), asked()), Error::<Test>::TooManyRequestsByRequester);
		set_time(days(29));
		(MAX_REQUESTS_BY..MAX_REQUESTS_TO).for_each(|_| {
			asked_by(operator());
		});
		assert_noop!(ask(operator(), asked()), Error::<Test>::TooManyRequestsToPatient);
		set_time(days(30));
		asked_by(doctor());
		for request in by_doctor {
			assert_noop!(approve(request, all()), Error::<Test>::RequestClosed);
		}
		assert_eq!(Requests::<Test>::iter().count(), 2);
	});
}

#[test]
fn an_approved_request_permits_the_requester_only() {
	with_patient(|| {
		let request = asked_by(doctor());
		assert_ok!(approve(request, all()));
		let policy: Policy = record(ConsentId(0)).policy;
		let actors = &policy.provisions[0].actors;
		assert_eq!(actors.as_slice(), [Actor::Account(doctor().into())]);
		assert_eq!(outcome_at(START), Outcome::NoConsent);
	});
}

#[test]
fn guardians_and_delegates_answer_within_the_request_and_their_scope() {
	with_guardians(|| {
		let answer = |request, content| ConsentAction::ApproveRequest { request, content };
		let by_guardians = |request, content| GuardianAction::Consent(answer(request, content));
		let request = asked_by(doctor());
		let proposal = agreed(by_guardians(request, all()));
		set_time(days(14));
		assert_ok!(execute(1, proposal));
		assert_eq!(record(ConsentId(0)).granted_by, GrantedBy::Guardians);

		// Within the guardians' scope, and wider than the request: refused when carried out.
		let request = asked_by(doctor());
		let wider = ConsentContent { policy: treatment_until(years(1)), ..all() };
		let proposal = agreed(by_guardians(request, wider));
		set_time(days(28));
		assert_noop!(execute(1, proposal), Error::<Test>::WiderThanRequested);

		let terms = DelegateTerms {
			scope: Scope { classes: vec![CONDITION].try_into().unwrap(), ..Scope::default() },
			powers: Powers { answer_requests: true, ..Powers::default() },
			period: Period::default(),
		};
		assert_ok!(Registry::delegate(signed(patient()), daughter(), terms));
		let act = |action| Registry::act_as_delegate(signed(daughter()), patient(), action);
		assert_noop!(act(answer(request, all())), Error::<Test>::WiderThanDelegation);
		let narrower = with(|root| root.classes = vec![CONDITION].try_into().unwrap());
		assert_ok!(act(answer(request, narrower)));
		assert_eq!(record(ConsentId(1)).granted_by, GrantedBy::Delegate(daughter()));
		let request = asked_by(doctor());
		assert_ok!(act(ConsentAction::DenyRequest { request, reason: None }));
		assert_eq!(Requests::<Test>::iter().count(), 0);
	});
}
