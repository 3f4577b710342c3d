//! Who acts, and for whom.

use crate::{types::ConsentAction, Config, GrantedBy, Pallet};
use hdx_primitives::{
	engine::Basis, AccountId, AuditAction, AuditEvent, AuditSink, ConsentId, Subject,
};
use sp_runtime::DispatchResult;

/// Somebody who acts for a patient: the patient, or a representative.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Acting {
	/// For whom.
	pub patient: AccountId,
	/// Who signed.
	pub actor: AccountId,
	/// As what.
	pub role: GrantedBy,
}

impl Acting {
	/// The patient in person.
	pub fn in_person(patient: AccountId) -> Self {
		Self { actor: patient.clone(), patient, role: GrantedBy::Patient }
	}

	/// A guardian, for all of them.
	pub fn as_guardian(patient: AccountId, guardian: AccountId) -> Self {
		Self { patient, actor: guardian, role: GrantedBy::Guardians }
	}

	/// A delegate.
	pub fn as_delegate(patient: AccountId, delegate: AccountId) -> Self {
		Self { patient, role: GrantedBy::Delegate(delegate.clone()), actor: delegate }
	}
}

impl<T: Config> Pallet<T> {
	/// Does something with a patient's consents. That it may be done was checked before.
	pub(crate) fn perform(acting: &Acting, action: ConsentAction) -> DispatchResult {
		match action {
			ConsentAction::Grant(content) => Self::do_grant(acting, content).map(|_| ()),
			ConsentAction::Amend { consent, content } => Self::do_amend(acting, consent, content),
			ConsentAction::Revoke { consent } => Self::do_revoke(acting, consent),
			ConsentAction::StopRenewal { consent } => Self::do_stop_renewal(acting, consent),
			ConsentAction::ApproveRequest { request, content } => {
				Self::do_approve_request(acting, request, content)
			},
			ConsentAction::DenyRequest { request, reason } => {
				Self::do_deny_request(acting, request, reason)
			},
		}
	}

	/// Logs what somebody did about a patient.
	pub(crate) fn log(acting: &Acting, action: AuditAction, subject: Subject) {
		T::Audit::record(AuditEvent {
			actor: Some(acting.actor.clone()),
			patient: Some(acting.patient.clone()),
			subject,
			..AuditEvent::new(action)
		});
	}

	/// Logs what somebody did with a version of a consent.
	pub(crate) fn log_consent(
		acting: &Acting,
		action: AuditAction,
		consent: ConsentId,
		version: u32,
	) {
		T::Audit::record(AuditEvent {
			actor: Some(acting.actor.clone()),
			patient: Some(acting.patient.clone()),
			subject: Subject::Consent(consent),
			basis: Some(Basis { consent, version }),
			..AuditEvent::new(action)
		});
	}
}
