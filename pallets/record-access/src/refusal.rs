//! A refused use of a grant, as an error of the call.

use crate::{Config, Error, GrantRefusal};
use hdx_primitives::{DenialReason, EmergencyRefusal, StatementRefusal, UseRefusal};

impl<T: Config> From<GrantRefusal> for Error<T> {
	fn from(refusal: GrantRefusal) -> Self {
		match refusal {
			GrantRefusal::Unknown => Self::GrantUnknown,
			GrantRefusal::Revoked => Self::GrantRevoked,
			GrantRefusal::Expired => Self::GrantExpired,
			GrantRefusal::UsedUp => Self::GrantUsedUp,
			GrantRefusal::Outdated => Self::GrantOutdated,
			GrantRefusal::Denied(reason) => reason.into(),
			GrantRefusal::Terms(refusal) => refusal.into(),
		}
	}
}

impl<T: Config> From<DenialReason> for Error<T> {
	fn from(reason: DenialReason) -> Self {
		match reason {
			DenialReason::PractitionerUnknown => Self::PractitionerUnknown,
			DenialReason::PractitionerSuspended => Self::PractitionerSuspended,
			DenialReason::NotAffiliated => Self::NotAffiliated,
			DenialReason::InstitutionUnknown => Self::InstitutionUnknown,
			DenialReason::InstitutionSuspended => Self::InstitutionSuspended,
			DenialReason::RoleNotHeld => Self::RoleNotHeld,
			DenialReason::CredentialNotYetValid => Self::CredentialNotYetValid,
			DenialReason::CredentialExpired => Self::CredentialExpired,
			DenialReason::CredentialRevoked => Self::CredentialRevoked,
			DenialReason::AssuranceTooLow => Self::AssuranceTooLow,
			DenialReason::RoleNotPermitted => Self::RoleNotPermitted,
			DenialReason::ConsentDenied => Self::ConsentDenied,
			DenialReason::NoConsent => Self::NoConsent,
			DenialReason::AccreditationMissing => Self::AccreditationMissing,
			DenialReason::IssuerSuspended => Self::IssuerSuspended,
			DenialReason::IssuerNotTrusted => Self::IssuerNotTrusted,
			DenialReason::CredentialSuspended => Self::CredentialSuspended,
			DenialReason::LicenceMissing => Self::LicenceMissing,
			DenialReason::CheckMissing => Self::CheckMissing,
			DenialReason::CheckStale => Self::CheckStale,
			DenialReason::SecondKeyMissing => Self::SecondKeyMissing,
			DenialReason::SecondFactorMissing => Self::SecondFactorMissing,
			DenialReason::SecondFactorInvalid => Self::SecondFactorInvalid,
			DenialReason::KeyRotated => Self::KeyRotated,
			DenialReason::LicenceUnconfirmed => Self::LicenceUnconfirmed,
			DenialReason::BreakGlassNeeded => Self::BreakGlassNeeded,
			DenialReason::EmergencyOptOut => Self::EmergencyOptOut,
			DenialReason::ReviewsOverdue => Self::ReviewsOverdue,
			DenialReason::RestrictedByPatient => Self::RestrictedByPatient,
			DenialReason::RecordErased => Self::RecordErased,
			DenialReason::RecordRetired => Self::RecordRetired,
			DenialReason::RecordNotNamed => Self::RecordNotNamed,
			DenialReason::ProviderTagMissing => Self::ProviderTagMissing,
			DenialReason::SubjectTagMissing => Self::SubjectTagMissing,
			DenialReason::RevocationInactive => Self::RevocationInactive,
			DenialReason::CircuitInactive => Self::CircuitInactive,
			DenialReason::ProofUsed => Self::ProofUsed,
			DenialReason::NotProven => Self::NotProven,
		}
	}
}

impl<T: Config> From<UseRefusal> for Error<T> {
	fn from(refusal: UseRefusal) -> Self {
		match refusal {
			UseRefusal::NotInForce => Self::ConsentNotInForce,
			UseRefusal::FrequencyExceeded => Self::FrequencyExceeded,
		}
	}
}

impl<T: Config> From<StatementRefusal> for Error<T> {
	fn from(refusal: StatementRefusal) -> Self {
		match refusal {
			StatementRefusal::ClassWithoutCategory => Self::ClassWithoutCategory,
			StatementRefusal::PurposeWithoutPlace => Self::PurposeWithoutPlace,
			StatementRefusal::NullifierTooLarge => Self::NullifierTooLarge,
			StatementRefusal::SnapshotUnknown => Self::SnapshotUnknown,
			StatementRefusal::SnapshotTooOld => Self::SnapshotTooOld,
			StatementRefusal::TreeNotInSnapshot => Self::TreeNotInSnapshot,
		}
	}
}

impl<T: Config> From<EmergencyRefusal> for Error<T> {
	fn from(refusal: EmergencyRefusal) -> Self {
		match refusal {
			EmergencyRefusal::RootNotRecent => Self::LicenceRootNotRecent,
			EmergencyRefusal::AuditorNotInOffice => Self::AuditorNotInOffice,
			EmergencyRefusal::TimeTooFar => Self::ProofTimeTooFar,
			EmergencyRefusal::NullifierTooLarge => Self::NullifierTooLarge,
			EmergencyRefusal::IdentityMalformed => Self::IdentityMalformed,
			EmergencyRefusal::RecipientUsed => Self::RecipientUsed,
		}
	}
}
