//! Providers ask for consents; patients approve all or a part, or deny.

use crate::{
	acting::Acting,
	types::{ConsentRequest, ConsentRequestTerms, ConsentTerms, FrequencyLimit, Renewal},
	Config, ConsentContent, Error, Event, NextRequestId, Pallet, Patients, Requests, RequestsBy,
	RequestsOf,
};
use frame_support::{ensure, traits::Get};
use hdx_primitives::{
	engine::{Actor, Scope, Values},
	AccountId, AssuranceLevel, AuditAction, AuditEvent, AuditSink, Code, InstitutionId,
	Milliseconds, ProviderDirectory, RequestId, Subject,
};
use sp_runtime::DispatchResult;

/// Most expired requests of one list that a new request drops.
const MAX_DROPPED: usize = 4;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_request_consent(
		requester: AccountId,
		patient: AccountId,
		terms: ConsentRequestTerms,
	) -> DispatchResult {
		let now = Self::now();
		ensure!(Patients::<T>::contains_key(&patient), Error::<T>::PatientUnknown);
		ensure!(patient != requester, Error::<T>::RequestToOneself);
		let stands = || {
			// Asking gives nothing yet, so that the lowest level is enough.
			let level = AssuranceLevel::Enrolled;
			T::Providers::standing(&requester, terms.on_behalf_of, terms.role, level, now).is_ok()
		};
		ensure!(
			T::Providers::operated_by(&requester) == Some(terms.on_behalf_of) || stands(),
			Error::<T>::NotInGoodStanding
		);
		Self::check_request(&terms, now)?;
		let number = NextRequestId::<T>::get();
		let next = number.checked_add(1).ok_or(Error::<T>::NoNumberLeft)?;
		let request = RequestId(number);
		Self::drop_expired_requests(&patient, &requester, now);
		RequestsOf::<T>::try_append(&patient, request)
			.map_err(|()| Error::<T>::TooManyRequestsToPatient)?;
		RequestsBy::<T>::try_append(&requester, request)
			.map_err(|()| Error::<T>::TooManyRequestsByRequester)?;

		NextRequestId::<T>::put(next);
		let on_behalf_of = terms.on_behalf_of;
		let expires_at = now.saturating_add(T::MaxRequestAge::get());
		let stored = ConsentRequest {
			requester: requester.clone(),
			patient: patient.clone(),
			terms,
			made_at: now,
			expires_at,
		};
		Requests::<T>::insert(request, stored);
		Self::log_request(
			&requester,
			Some(on_behalf_of),
			&patient,
			AuditAction::ConsentRequested,
			request,
		);
		Self::deposit_event(Event::ConsentRequested {
			request,
			requester,
			on_behalf_of,
			patient,
			expires_at,
		});
		Ok(())
	}

	/// The consent may permit less than was asked for, never more.
	pub(crate) fn do_approve_request(
		acting: &Acting,
		request: RequestId,
		content: ConsentContent,
	) -> DispatchResult {
		let asked = Self::pending_request(request)?;
		ensure!(asked.patient == acting.patient, Error::<T>::NotYourRequest);
		ensure!(Self::now() < asked.expires_at, Error::<T>::RequestExpired);
		ensure!(
			content.document.template == asked.terms.template,
			Error::<T>::OtherTemplateRequested
		);
		let scope = scope_of(&asked.requester, &asked.terms);
		ensure!(content.policy.is_within(&scope).is_ok(), Error::<T>::WiderThanRequested);
		ensure!(is_as_strict(&content.terms, &asked.terms), Error::<T>::LaxerThanRequested);

		Self::close_request(request, &asked);
		Self::log_request(
			&acting.actor,
			None,
			&asked.patient,
			AuditAction::ConsentRequestApproved,
			request,
		);
		let consent = Self::do_grant(acting, content)?;
		Self::deposit_event(Event::ConsentRequestApproved {
			request,
			patient: asked.patient,
			consent,
		});
		Ok(())
	}

	pub(crate) fn do_deny_request(
		acting: &Acting,
		request: RequestId,
		reason: Option<Code>,
	) -> DispatchResult {
		let asked = Self::pending_request(request)?;
		ensure!(asked.patient == acting.patient, Error::<T>::NotYourRequest);
		ensure!(Self::now() < asked.expires_at, Error::<T>::RequestExpired);

		Self::close_request(request, &asked);
		Self::log_request(
			&acting.actor,
			None,
			&asked.patient,
			AuditAction::ConsentRequestDenied,
			request,
		);
		Self::deposit_event(Event::ConsentRequestDenied {
			request,
			patient: asked.patient,
			reason,
		});
		Ok(())
	}

	pub(crate) fn do_withdraw_request(requester: AccountId, request: RequestId) -> DispatchResult {
		let asked = Self::pending_request(request)?;
		ensure!(asked.requester == requester, Error::<T>::NotTheRequester);

		Self::close_request(request, &asked);
		Self::log_request(
			&requester,
			Some(asked.terms.on_behalf_of),
			&asked.patient,
			AuditAction::ConsentRequestWithdrawn,
			request,
		);
		Self::deposit_event(Event::ConsentRequestWithdrawn { request, requester });
		Ok(())
	}

	fn pending_request(request: RequestId) -> Result<ConsentRequest, Error<T>> {
		let was_made = request.0 < NextRequestId::<T>::get();
		Requests::<T>::get(request).ok_or(if was_made {
			Error::<T>::RequestClosed
		} else {
			Error::<T>::RequestUnknown
		})
	}

	fn check_request(terms: &ConsentRequestTerms, now: Milliseconds) -> Result<(), Error<T>> {
		ensure!(!terms.purposes.is_empty(), Error::<T>::PurposeMissing);
		let are_ordered = terms.period.is_ordered() && terms.data_period.is_ordered();
		ensure!(are_ordered, Error::<T>::PeriodNotOrdered);
		ensure!(terms.period.end.is_none_or(|end| now < end), Error::<T>::AlreadyEnded);
		Self::check_erasure(terms.erase_by, terms.period, now)?;
		if let Some(frequency) = &terms.frequency {
			Self::check_frequency(frequency)?;
		}
		if let Some(renewal) = &terms.renewal {
			Self::check_renewal(renewal)?;
			ensure!(terms.period.end.is_some(), Error::<T>::RenewalWithoutEnd);
		}
		Self::check_template(terms.template)
	}

	/// Where either list is full, the oldest in it make room if they expired. A few are enough, and
	/// keep the work small.
	fn drop_expired_requests(patient: &AccountId, requester: &AccountId, now: Milliseconds) {
		let (to_patient, by_requester) =
			(RequestsOf::<T>::get(patient), RequestsBy::<T>::get(requester));
		let to_patient = to_patient.is_full().then_some(to_patient.into_inner());
		let by_requester = by_requester.is_full().then_some(by_requester.into_inner());
		for list in [to_patient, by_requester].into_iter().flatten() {
			for request in list.into_iter().take(MAX_DROPPED) {
				let expired = Requests::<T>::get(request).filter(|asked| asked.expires_at <= now);
				if let Some(asked) = expired {
					Self::close_request(request, &asked);
				}
			}
		}
	}

	fn close_request(request: RequestId, asked: &ConsentRequest) {
		Requests::<T>::remove(request);
		RequestsOf::<T>::mutate_exists(&asked.patient, |pending| {
			if let Some(requests) = pending {
				requests.retain(|other| *other != request);
			}
			if pending.as_ref().is_some_and(|requests| requests.is_empty()) {
				*pending = None;
			}
		});
		RequestsBy::<T>::mutate_exists(&asked.requester, |pending| {
			if let Some(requests) = pending {
				requests.retain(|other| *other != request);
			}
			if pending.as_ref().is_some_and(|requests| requests.is_empty()) {
				*pending = None;
			}
		});
	}

	fn log_request(
		actor: &AccountId,
		on_behalf_of: Option<InstitutionId>,
		patient: &AccountId,
		action: AuditAction,
		request: RequestId,
	) {
		T::Audit::record(AuditEvent {
			actor: Some(actor.clone()),
			on_behalf_of,
			patient: Some(patient.clone()),
			subject: Subject::ConsentRequest(request),
			..AuditEvent::new(action)
		});
	}
}

/// The most that a request asks to be permitted: to the requester or the institution, and no one
/// else.
fn scope_of(requester: &AccountId, terms: &ConsentRequestTerms) -> Scope {
	Scope {
		actors: Values::truncate_from(alloc::vec![
			Actor::Account(requester.clone().into()),
			Actor::Organisation(terms.on_behalf_of),
		]),
		purposes: terms.purposes.clone(),
		labels: terms.labels.clone(),
		classes: terms.classes.clone(),
		period: terms.period,
		data_period: terms.data_period,
		..Scope::default()
	}
}

/// Whether none of the terms is laxer than what was asked for.
fn is_as_strict(given: &ConsentTerms, asked: &ConsentRequestTerms) -> bool {
	let frequency = limits(asked.frequency, given.frequency, |asked, given| {
		FrequencyLimit::is_as_strict(given, asked)
	});
	let erasure = limits(asked.erase_by, given.erase_by, |asked, given| given <= asked);
	let renewal = match (asked.renewal, given.renewal) {
		(_, None) => true,
		(None, Some(_)) => false,
		(Some(asked), Some(given)) => Renewal::is_as_strict(&given, &asked),
	};
	frequency && erasure && renewal
}

/// Whether what was given keeps to a limit that the request set itself.
fn limits<L>(asked: Option<L>, given: Option<L>, keeps_to: impl Fn(&L, &L) -> bool) -> bool {
	match (asked, given) {
		(None, _) => true,
		(Some(_), None) => false,
		(Some(asked), Some(given)) => keeps_to(&asked, &given),
	}
}
