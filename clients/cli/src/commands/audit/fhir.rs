//! Entries of the log, as AuditEvents are rendered from them.

use crate::{advice, codes};
use hdx_fhir::{
	audit::{Change, ConsentVersion, Denied, EntryView, Kind, Recipient},
	provider::{Party, Term},
	Coding,
};
use hdx_primitives::{
	AuditAction, AuditEntry, AuditOutcome, Code, DenialReason, InstitutionId, Subject,
};

/// What an AuditEvent is rendered from. `recipient` is who was given data, of a disclosure.
pub fn view(entry: &AuditEntry, genesis: [u8; 32], recipient: Option<Recipient>) -> EntryView {
	let event = &entry.event;
	let denied = match event.outcome {
		AuditOutcome::Success => None,
		AuditOutcome::Denied(reason) => Some(reason),
	};
	let (record, grant) = subject(event.subject);
	EntryView {
		genesis,
		index: entry.index.0,
		at: entry.at,
		block: entry.block,
		action: format!("{:?}", event.action),
		actor: event.actor.clone().map(Into::into),
		on_behalf_of: event.on_behalf_of.map(institution),
		patient: event.patient.clone().map(Into::into),
		purpose: event.purpose.as_ref().map(term),
		override_reason: override_reason(event.subject),
		denied: denied.map(|reason| Denied {
			reason: format!("{reason:?}"),
			words: advice::denial(reason).to_owned(),
		}),
		consent: event
			.basis
			.map(|basis| ConsentVersion { id: basis.consent.0, version: basis.version }),
		record,
		grant,
		kind: kind(event.action, denied, recipient, event.on_behalf_of),
	}
}

/// An institution of the registry.
pub fn institution(id: InstitutionId) -> Party {
	Party::institution(id.0)
}

fn term(code: &Code) -> Term {
	match codes::coding(code) {
		Some((system, symbol)) => Term::Coding(Coding::new(system, symbol)),
		None => Term::Hash(*code),
	}
}

/// The record and the grant.
fn subject(subject: Subject) -> (Option<u64>, Option<u64>) {
	match subject {
		Subject::Restriction { record } => (record.map(|record| record.0), None),
		Subject::Erasure { record, .. }
		| Subject::ErasureRefusal { record, .. }
		| Subject::Dispute { record, .. }
		| Subject::SubjectTag { record, .. }
		| Subject::DisputeAnswer { record, .. } => (Some(record.0), None),
		Subject::ProvenAccess { grant, record, .. } => (Some(record.0), Some(grant.0)),
		Subject::RecordVersion { record, under, .. } => {
			(Some(record.0), under.map(|grant| grant.0))
		},
		Subject::Record(record) | Subject::CustodyTransfer { record, .. } => (Some(record.0), None),
		Subject::Grant { grant, record } => (record.map(|record| record.0), Some(grant.0)),
		Subject::BreakGlass { grant, record, .. }
		| Subject::ProvenBreakGlass { grant, record, .. } => {
			(record.map(|record| record.0), grant.map(|grant| grant.0))
		},
		Subject::BreakGlassReview { grant, .. } => (None, Some(grant.0)),
		_ => (None, None),
	}
}

/// Why the glass was broken.
fn override_reason(subject: Subject) -> Option<Term> {
	match subject {
		Subject::BreakGlass { reason, .. } | Subject::ProvenBreakGlass { reason, .. } => {
			Some(term(&reason.code()))
		},
		_ => None,
	}
}

/// Whether a request was turned away for what the patient permits, and not for who asked.
fn by_consent(denied: Option<DenialReason>) -> bool {
	use DenialReason::{
		BreakGlassNeeded, CircuitInactive, ConsentDenied, NoConsent, NotProven, ProofUsed,
		RestrictedByPatient, RevocationInactive, SubjectTagMissing,
	};
	matches!(
		denied,
		None | Some(
			ConsentDenied
				| NoConsent | BreakGlassNeeded
				| RestrictedByPatient
				| SubjectTagMissing
				| RevocationInactive
				| CircuitInactive
				| ProofUsed | NotProven
		)
	)
}

fn kind(
	action: AuditAction,
	denied: Option<DenialReason>,
	recipient: Option<Recipient>,
	by: Option<InstitutionId>,
) -> Kind {
	use AuditAction as A;
	match action {
		A::AccessDecided => Kind::Decision { by_consent: by_consent(denied) },
		// A batch names no recipient: each of its disclosures does, in the leaf that the patient has.
		A::Disclosed | A::DisclosuresRecorded => match recipient {
			// Who acts for the institution that keeps the record.
			Some(reader) if by.map(institution).as_ref() == Some(&reader.institution) => {
				Kind::Read { by: reader }
			},
			recipient => Kind::Disclosure { recipient },
		},
		A::EmergencyOverrideStarted => Kind::EmergencyStarted,
		A::EmergencyOverrideStopped | A::EmergencyOverrideReviewed => Kind::EmergencyEnded,
		A::RecordRegistered => Kind::Record(Change::Created),
		A::ErasureConfirmed | A::RecordErased | A::RecordRetired => Kind::Record(Change::Ended),
		A::RecordReinstated => Kind::Record(Change::Reinstated),
		A::RestrictionSet => Kind::Consent(Change::Created),
		A::RestrictionLifted => Kind::Consent(Change::Ended),
		A::ErasureRequested | A::ErasureRefused | A::RecordDisputed | A::DisputeAnswered => {
			Kind::Oversight
		},
		A::RecordUpdated | A::CustodyOffered | A::CustodyOfferWithdrawn | A::CustodyTransferred => {
			Kind::Record(Change::Updated)
		},
		A::ConsentGranted
		| A::ConsentRequested
		| A::DelegateNamed
		| A::ProposalMade
		| A::ShieldedConsentAppended
		| A::EnrolmentCounted => Kind::Consent(Change::Created),
		A::SubjectTagSet | A::SubjectTagWithdrawn => Kind::Record(Change::Updated),
		A::ConsentAmended
		| A::ConsentRenewed
		| A::ConsentRequestApproved
		| A::ConsentRequestDenied
		| A::EmergencyOverrideChanged
		| A::GuardiansChanged
		| A::ProposalApproved
		| A::ProposalObjected
		| A::ProposalExecuted => Kind::Consent(Change::Updated),
		A::ConsentRevoked
		| A::RenewalStopped
		| A::ConsentRequestWithdrawn
		| A::DelegateRevoked
		| A::GrantRevoked
		| A::ShieldedConsentRevoked => Kind::Consent(Change::Ended),
		A::RoleMatrixChanged | A::RequiredLevelChanged => Kind::Roles,
		A::TemplatePublished
		| A::TemplateRetired
		| A::DecisionRulesChanged
		| A::AccreditationRequirementChanged
		| A::OracleTermsChanged
		| A::EmergencyTermsChanged
		| A::RetentionChanged
		| A::ReviewTermsChanged
		| A::MonitoringTermsChanged
		| A::CircuitRegistered
		| A::CircuitAttested
		| A::CircuitActivated
		| A::CircuitSuspended
		| A::CircuitAttestationWithdrawn
		| A::CategoryAppended
		| A::StudyRegistered
		| A::StudyClosed
		| A::StudyResultsPublished
		| A::IdentityAuditorAppointed
		| A::IdentityAuditorDismissed
		| A::ValidatorTermsChanged
		| A::QuotaChanged
		| A::SafeModeEntered
		| A::SafeModeExtended
		| A::SafeModeExited
		| A::CallPaused
		| A::CallResumed
		| A::InstitutionsApproved
		| A::PatientsApproved
		| A::RootCallPermitted
		| A::RootCallForbidden
		| A::RootCallMade => Kind::Rules,
		A::RuntimeUpgraded => Kind::Software,
		A::LegalHoldPlaced
		| A::LegalHoldReleased
		| A::EntryReviewRequested
		| A::EntryReviewAnswered
		| A::EntryReviewOverdue
		| A::EntryReviewEscalated
		| A::EntryReviewWithdrawn
		| A::EntryReviewLapsed
		| A::EntryReviewDecided
		| A::SecurityAlert => Kind::Oversight,
		A::InstitutionRegistered
		| A::InstitutionStatusChanged
		| A::PractitionerEnrolled
		| A::PractitionerStatusChanged
		| A::PractitionerRemoved
		| A::PatientSponsored
		| A::AffiliationAdded
		| A::AffiliationEnded
		| A::CredentialAttested
		| A::CredentialRenewed
		| A::CredentialSuspended
		| A::CredentialReinstated
		| A::CredentialRevoked
		| A::DidCreated
		| A::DidUpdated
		| A::DidKeyAdded
		| A::DidKeyEnded
		| A::DidDeactivated
		| A::AccreditationChanged
		| A::IssuerRegistered
		| A::IssuerKindsChanged
		| A::IssuerStatusChanged
		| A::SecondKeyChanged
		| A::OracleRegistered
		| A::OracleRemoved
		| A::OracleStatusChanged
		| A::StatusReported
		| A::StatusDecided
		| A::TransferOffered
		| A::TransferWithdrawn
		| A::PractitionerTransferred
		| A::AccountRotated
		| A::AppealFiled
		| A::AppealDecided
		| A::AppealWithdrawn
		| A::AccountReplaced
		| A::ProviderTagRegistered
		| A::ShieldedLicenceEntered
		| A::ShieldedLicenceRemoved
		| A::ValidatorAdded
		| A::ValidatorRemoved
		| A::ValidatorDisabled
		| A::ValidatorReinstated
		| A::ChamberSeatGiven
		| A::ChamberSeatEnded
		| A::AttestationAppended
		| A::SessionKeysChanged => Kind::Standing,
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

	use super::*;
	use hdx_fhir::audit::audit_event;
	use hdx_primitives::{
		engine::{terminology::purpose, Basis},
		AccountId, AuditEvent, ConsentId, EntryIndex, GrantId, Milliseconds, OverrideReason,
		RecordId,
	};

	fn entry(event: AuditEvent) -> AuditEntry {
		AuditEntry { index: EntryIndex(7), at: Milliseconds(1_000), block: 3, event }
	}

	#[test]
	fn a_decision_has_its_purpose_consent_and_grant() {
		let view = view(
			&entry(AuditEvent {
				actor: Some(AccountId::new([2; 32])),
				on_behalf_of: Some(InstitutionId(1)),
				patient: Some(AccountId::new([1; 32])),
				purpose: Some(purpose::TREAT),
				subject: Subject::Grant { grant: GrantId(8), record: Some(RecordId(6)) },
				basis: Some(Basis { consent: ConsentId(5), version: 2 }),
				..AuditEvent::new(AuditAction::AccessDecided)
			}),
			[7; 32],
			None,
		);
		assert_eq!((view.record, view.grant), (Some(6), Some(8)));
		assert_eq!(view.consent, Some(ConsentVersion { id: 5, version: 2 }));
		let event = audit_event(&view).to_string();
		assert!(event.contains("\"TREAT\"") && event.contains("AuthZconsent"), "{event}");
	}

	fn released(to: InstitutionId) -> EntryView {
		let recipient = Recipient { practitioner: [2; 32], institution: institution(to) };
		let event = AuditEvent {
			actor: Some(AccountId::new([4; 32])),
			on_behalf_of: Some(InstitutionId(1)),
			patient: Some(AccountId::new([1; 32])),
			purpose: Some(purpose::BTG),
			subject: Subject::BreakGlass {
				grant: Some(GrantId(8)),
				record: Some(RecordId(6)),
				reason: OverrideReason::EmergencyTreatment,
				overridden: None,
			},
			..AuditEvent::new(AuditAction::Disclosed)
		};
		view(&entry(event), [7; 32], Some(recipient))
	}

	#[test]
	fn what_an_institution_releases_to_its_own_is_a_read_and_to_others_a_disclosure() {
		for (to, profile) in [(1, "PatientRead"), (2, "PrivacyDisclosure.Source")] {
			let view = released(InstitutionId(to));
			assert_eq!(matches!(view.kind, Kind::Read { .. }), to == 1);
			let event = audit_event(&view);
			let named = event["meta"]["profile"][0].as_str().unwrap();
			assert!(named.ends_with(profile), "{named}");
		}
	}

	#[test]
	fn what_rests_on_a_broken_glass_says_why_it_was_broken() {
		let event = audit_event(&released(InstitutionId(1)));
		let codes: Vec<_> = event["purposeOfEvent"]
			.as_array()
			.unwrap()
			.iter()
			.map(|purpose| purpose["coding"][0]["code"].as_str().unwrap())
			.collect();
		assert_eq!(codes, ["BTG", "OVRER"]);
	}

	#[test]
	fn a_version_under_a_grant_is_an_update_of_the_record_with_the_grant() {
		let subject = Subject::RecordVersion {
			record: RecordId(6),
			version: 2,
			manifest: hdx_primitives::Commitment([1; 32]),
			under: Some(GrantId(8)),
		};
		let event = AuditEvent { subject, ..AuditEvent::new(AuditAction::RecordUpdated) };
		let view = view(&entry(event), [7; 32], None);
		assert_eq!((view.record, view.grant), (Some(6), Some(8)));
		assert_eq!(view.kind, Kind::Record(Change::Updated));
	}

	#[test]
	fn what_governance_and_validators_did_is_configuration_software_or_standing() {
		let kind_of = |action| view(&entry(AuditEvent::new(action)), [7; 32], None).kind;
		assert_eq!(kind_of(AuditAction::QuotaChanged), Kind::Rules);
		assert_eq!(kind_of(AuditAction::SafeModeEntered), Kind::Rules);
		assert_eq!(kind_of(AuditAction::CallPaused), Kind::Rules);
		assert_eq!(kind_of(AuditAction::RootCallMade), Kind::Rules);
		assert_eq!(kind_of(AuditAction::RuntimeUpgraded), Kind::Software);
		assert_eq!(kind_of(AuditAction::SessionKeysChanged), Kind::Standing);
	}

	#[test]
	fn who_was_turned_away_for_who_they_are_was_not_decided_about_by_consent() {
		for (reason, expected) in [
			(DenialReason::NoConsent, true),
			(DenialReason::ConsentDenied, true),
			(DenialReason::PractitionerSuspended, false),
			(DenialReason::RoleNotPermitted, false),
		] {
			let event = AuditEvent {
				outcome: AuditOutcome::Denied(reason),
				..AuditEvent::new(AuditAction::AccessDecided)
			};
			let view = view(&entry(event), [7; 32], None);
			assert_eq!(view.kind, Kind::Decision { by_consent: expected });
			assert_eq!(view.denied.unwrap().reason, format!("{reason:?}"));
		}
	}
}
