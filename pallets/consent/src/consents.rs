//! Granting, amending, extending and revoking.

use crate::{
	acting::Acting, AllConsentsOf, Config, ConsentContent, ConsentCountOf, ConsentRecord, Consents,
	ConsentsOf, Error, Event, NextConsentId, Pallet, Patients, Usage,
};
use frame_support::{ensure, traits::Get, BoundedVec};
use hdx_primitives::{
	consent::{root_period, with_root_period},
	engine::{validate, Actor, Policy, Status},
	AccountId, AuditAction, ConsentId, Milliseconds, Period, H256,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_grant(
		acting: &Acting,
		content: ConsentContent,
	) -> Result<ConsentId, DispatchError> {
		let patient = &acting.patient;
		ensure!(Patients::<T>::contains_key(patient), Error::<T>::NotAPatient);
		let now = Self::now();
		Self::check_content(&content, now)?;
		let number = NextConsentId::<T>::get();
		let next = number.checked_add(1).ok_or(Error::<T>::NoNumberLeft)?;
		let place = ConsentCountOf::<T>::get(patient);
		let count = place.checked_add(1).ok_or(Error::<T>::NoNumberLeft)?;
		let consent = ConsentId(number);
		let mut listed = Self::consents_with_room(patient, now);
		listed.try_push(consent).map_err(|_| Error::<T>::TooManyConsents)?;

		let record = ConsentRecord {
			patient: patient.clone(),
			status: Status::Active,
			version: 1,
			given_at: now,
			granted_by: acting.role.clone(),
			revoked_at: None,
			document: content.document,
			policy: content.policy,
			terms: content.terms,
			renewal_stopped_at: None,
			previous: H256::zero(),
			hash: H256::zero(),
		}
		.hashed(consent);
		NextConsentId::<T>::put(next);
		ConsentsOf::<T>::insert(patient, listed);
		AllConsentsOf::<T>::insert(patient, place, consent);
		ConsentCountOf::<T>::insert(patient, count);
		Self::schedule_renewal(consent, &record, 1);
		Self::log_consent(acting, AuditAction::ConsentGranted, consent, record.version);
		Self::deposit_event(Event::ConsentGranted {
			consent,
			patient: patient.clone(),
			version: record.version,
			template: record.document.template,
			granted_by: record.granted_by.clone(),
		});
		Consents::<T>::insert(consent, record);
		Ok(consent)
	}

	pub(crate) fn do_amend(
		acting: &Acting,
		consent: ConsentId,
		content: ConsentContent,
	) -> DispatchResult {
		let now = Self::now();
		let record = Self::changeable(acting, consent, now)?;
		// With the same words the patient can only take back that the renewal was stopped.
		let is_same = record.content() == content && record.renewal_stopped_at.is_none();
		ensure!(!is_same, Error::<T>::NothingAmended);
		Self::supersede(acting, consent, record, content, now)
	}

	/// Moves the end of the current period by hand. The renewals that were made are used up, and a
	/// renewal that was stopped stays stopped.
	pub(crate) fn do_renew(
		acting: &Acting,
		consent: ConsentId,
		until: Milliseconds,
	) -> DispatchResult {
		let now = Self::now();
		let record = Self::changeable(acting, consent, now)?;
		let period = root_period(&record.policy);
		ensure!(period.end.is_some(), Error::<T>::NothingToExtend);
		let ends = record.period_at(now).end;
		let would_end = record.terms.erase_by.map_or(until, |erase_by| erase_by.min(until));
		ensure!(ends.is_some_and(|end| end < would_end), Error::<T>::NotAnExtension);

		let mut content = record.content();
		content.policy = with_root_period(content.policy, Period { end: Some(until), ..period });
		let made = record.renewals_at(now);
		content.terms.renewal = content.terms.renewal.and_then(|mut renewal| {
			renewal.times = renewal.times.saturating_sub(made);
			(renewal.times > 0 && record.renewal_stopped_at.is_none()).then_some(renewal)
		});
		Self::supersede(acting, consent, record, content, now)
	}

	pub(crate) fn do_revoke(acting: &Acting, consent: ConsentId) -> DispatchResult {
		let mut record = Consents::<T>::get(consent).ok_or(Error::<T>::ConsentUnknown)?;
		ensure!(record.patient == acting.patient, Error::<T>::NotYourConsent);
		ensure!(record.status == Status::Active, Error::<T>::AlreadyRevoked);

		let version = record.version;
		record.status = Status::Inactive;
		record.revoked_at = Some(Self::now());
		Consents::<T>::insert(consent, record);
		ConsentsOf::<T>::mutate_exists(&acting.patient, |active| {
			if let Some(consents) = active {
				consents.retain(|other| *other != consent);
			}
			if active.as_ref().is_some_and(|consents| consents.is_empty()) {
				*active = None;
			}
		});
		Self::log_consent(acting, AuditAction::ConsentRevoked, consent, version);
		Self::deposit_event(Event::ConsentRevoked {
			consent,
			patient: acting.patient.clone(),
			by: acting.actor.clone(),
		});
		Ok(())
	}

	/// A consent of the patient that can still be changed.
	pub(crate) fn changeable(
		acting: &Acting,
		consent: ConsentId,
		now: Milliseconds,
	) -> Result<ConsentRecord, Error<T>> {
		let record = Consents::<T>::get(consent).ok_or(Error::<T>::ConsentUnknown)?;
		ensure!(record.patient == acting.patient, Error::<T>::NotYourConsent);
		ensure!(record.status == Status::Active, Error::<T>::ConsentIsRevoked);
		ensure!(!record.is_over(now), Error::<T>::ConsentHasEnded);
		Ok(record)
	}

	fn supersede(
		acting: &Acting,
		consent: ConsentId,
		record: ConsentRecord,
		content: ConsentContent,
		now: Milliseconds,
	) -> DispatchResult {
		Self::check_content(&content, now)?;
		ensure!(record.version < T::MaxVersions::get(), Error::<T>::TooManyVersions);
		let version = record.version.checked_add(1).ok_or(Error::<T>::TooManyVersions)?;

		Self::archive(consent, &record, now);
		Usage::<T>::remove(consent);
		let record = ConsentRecord {
			patient: record.patient,
			status: record.status,
			version,
			given_at: now,
			granted_by: acting.role.clone(),
			revoked_at: None,
			document: content.document,
			policy: content.policy,
			terms: content.terms,
			renewal_stopped_at: None,
			previous: record.hash,
			hash: H256::zero(),
		}
		.hashed(consent);
		Self::schedule_renewal(consent, &record, 1);
		Self::log_consent(acting, AuditAction::ConsentAmended, consent, version);
		Self::deposit_event(Event::ConsentAmended {
			consent,
			patient: acting.patient.clone(),
			version,
			granted_by: record.granted_by.clone(),
			hash: record.hash,
		});
		Consents::<T>::insert(consent, record);
		Ok(())
	}

	/// The consents that count against the patient's limit. Only where they are as many as fit,
	/// those whose time is over make room: they stay readable, and in no other way are they missed.
	fn consents_with_room(
		patient: &AccountId,
		now: Milliseconds,
	) -> BoundedVec<ConsentId, T::MaxConsentsPerPatient> {
		let mut listed = ConsentsOf::<T>::get(patient);
		if listed.is_full() {
			listed.retain(|consent| {
				Consents::<T>::get(consent).is_some_and(|record| !record.is_over(now))
			});
		}
		listed
	}

	fn check_content(content: &ConsentContent, now: Milliseconds) -> Result<(), Error<T>> {
		Self::check_template(content.document.template)?;
		Self::check_policy(&content.policy, now)?;
		Self::check_terms(&content.terms, &content.policy, now)
	}

	fn check_policy(policy: &Policy, now: Milliseconds) -> Result<(), Error<T>> {
		validate(policy)?;
		let mut actors = policy.provisions.iter().flat_map(|provision| &provision.actors);
		ensure!(
			!actors.any(|actor| matches!(actor, Actor::Identifier(_))),
			Error::<T>::IdentifierActorOnChain
		);
		let end = root_period(policy).end;
		ensure!(end.is_none_or(|end| now < end), Error::<T>::AlreadyEnded);
		Ok(())
	}
}
