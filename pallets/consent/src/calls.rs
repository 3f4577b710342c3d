//! What the calls do once it is known who calls.

use crate::{
	Config, ConsentRecord, Consents, ConsentsOf, DecisionRules, DocumentTemplate, Error, Event,
	NextConsentId, NextTemplateId, Pallet, PatientInfo, Patients, SignedDocument, Templates,
};
use frame_support::{ensure, traits::Time};
use hdx_primitives::{
	engine::{validate, Actor, Basis, Policy, Rules, Status},
	AccountId, AuditAction, AuditEvent, AuditSink, ConsentId, Milliseconds, ProviderDirectory,
	Subject, TemplateId,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_sponsor_patient(operator: AccountId, patient: AccountId) -> DispatchResult {
		let sponsor = T::Providers::operated_by(&operator).ok_or(Error::<T>::NotAnOperator)?;
		ensure!(!Patients::<T>::contains_key(&patient), Error::<T>::AlreadyPatient);
		ensure!(T::Providers::operated_by(&patient).is_none(), Error::<T>::PatientIsOperator);

		frame_system::Pallet::<T>::inc_providers(&patient);
		let info = PatientInfo { sponsor, sponsored_at: Self::now() };
		Patients::<T>::insert(&patient, info);
		T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(sponsor),
			patient: Some(patient.clone()),
			..AuditEvent::new(AuditAction::PatientSponsored)
		});
		Self::deposit_event(Event::PatientSponsored { patient, sponsor });
		Ok(())
	}

	pub(crate) fn do_publish_template(uri_hash: [u8; 32], version: u32) -> DispatchResult {
		let number = NextTemplateId::<T>::get();
		let next = number.checked_add(1).ok_or(Error::<T>::NoNumberLeft)?;
		let template = TemplateId(number);

		NextTemplateId::<T>::put(next);
		let published_at = Self::now();
		Templates::<T>::insert(template, DocumentTemplate { uri_hash, version, published_at });
		T::Audit::record(AuditEvent {
			subject: Subject::Template(template),
			..AuditEvent::new(AuditAction::TemplatePublished)
		});
		Self::deposit_event(Event::TemplatePublished { template, uri_hash, version });
		Ok(())
	}

	pub(crate) fn do_grant(
		patient: AccountId,
		policy: Policy,
		document: SignedDocument,
	) -> DispatchResult {
		ensure!(Patients::<T>::contains_key(&patient), Error::<T>::NotAPatient);
		ensure!(Templates::<T>::contains_key(document.template), Error::<T>::TemplateUnknown);
		let now = Self::now();
		Self::check_policy(&policy, now)?;
		let number = NextConsentId::<T>::get();
		let next = number.checked_add(1).ok_or(Error::<T>::NoNumberLeft)?;
		let consent = ConsentId(number);
		ConsentsOf::<T>::try_append(&patient, consent).map_err(|()| Error::<T>::TooManyConsents)?;

		let version = 1;
		NextConsentId::<T>::put(next);
		let record = ConsentRecord {
			patient: patient.clone(),
			status: Status::Active,
			version,
			given_at: now,
			revoked_at: None,
			document,
			policy,
		};
		Consents::<T>::insert(consent, record);
		Self::log(AuditAction::ConsentGranted, &patient, Basis { consent, version });
		let template = document.template;
		Self::deposit_event(Event::ConsentGranted { consent, patient, version, template });
		Ok(())
	}

	pub(crate) fn do_revoke(patient: AccountId, consent: ConsentId) -> DispatchResult {
		let mut record = Consents::<T>::get(consent).ok_or(Error::<T>::ConsentUnknown)?;
		ensure!(record.patient == patient, Error::<T>::NotYourConsent);
		ensure!(record.status == Status::Active, Error::<T>::AlreadyRevoked);

		let version = record.version;
		record.status = Status::Inactive;
		record.revoked_at = Some(Self::now());
		Consents::<T>::insert(consent, record);
		ConsentsOf::<T>::mutate_exists(&patient, |active| {
			if let Some(consents) = active {
				consents.retain(|other| *other != consent);
			}
			if active.as_ref().is_some_and(|consents| consents.is_empty()) {
				*active = None;
			}
		});
		Self::log(AuditAction::ConsentRevoked, &patient, Basis { consent, version });
		Self::deposit_event(Event::ConsentRevoked { consent, patient });
		Ok(())
	}

	pub(crate) fn do_set_decision_rules(rules: Rules) -> DispatchResult {
		DecisionRules::<T>::put(rules);
		T::Audit::record(AuditEvent {
			algorithm: Some(rules.algorithm),
			..AuditEvent::new(AuditAction::DecisionRulesChanged)
		});
		Self::deposit_event(Event::DecisionRulesChanged { rules });
		Ok(())
	}

	/// The time of this block.
	pub(crate) fn now() -> Milliseconds {
		Milliseconds(T::Timestamp::now())
	}

	fn check_policy(policy: &Policy, now: Milliseconds) -> Result<(), Error<T>> {
		validate(policy)?;
		let mut actors = policy.provisions.iter().flat_map(|provision| &provision.actors);
		ensure!(
			!actors.any(|actor| matches!(actor, Actor::Identifier(_))),
			Error::<T>::IdentifierActorOnChain
		);
		let end = policy.provisions.first().and_then(|root| root.period.end);
		ensure!(end.is_none_or(|end| now < end), Error::<T>::AlreadyEnded);
		Ok(())
	}

	fn log(action: AuditAction, patient: &AccountId, basis: Basis) {
		T::Audit::record(AuditEvent {
			actor: Some(patient.clone()),
			patient: Some(patient.clone()),
			subject: Subject::Consent(basis.consent),
			basis: Some(basis),
			..AuditEvent::new(action)
		});
	}
}
