//! What a denial means.

use hdx_primitives::DenialReason;

/// What a denial means for who asked.
pub fn denial(reason: DenialReason) -> &'static str {
	match reason {
		DenialReason::PractitionerUnknown => "you are not an enrolled practitioner",
		DenialReason::PractitionerSuspended => {
			"you are suspended; hdx provider appeal is against that"
		},
		DenialReason::NotAffiliated => "you are not affiliated to that institution",
		DenialReason::InstitutionUnknown => "that institution is not registered",
		DenialReason::InstitutionSuspended => "an institution that you depend on is suspended",
		DenialReason::RoleNotHeld => "you do not hold that role",
		DenialReason::CredentialNotYetValid => "your credential is not valid yet",
		DenialReason::CredentialExpired => "your credential has expired; its issuer can renew it",
		DenialReason::CredentialRevoked => "your credential was revoked",
		DenialReason::AssuranceTooLow => "that purpose needs a higher assurance level than yours",
		DenialReason::RoleNotPermitted => "that role may not do this for that purpose",
		DenialReason::ConsentDenied => "the patient's consent denies it",
		DenialReason::NoConsent => "no consent of the patient permits it",
		DenialReason::AccreditationMissing => {
			"an institution that you depend on lacks an accreditation that its kind needs"
		},
		DenialReason::IssuerSuspended => "the issuer of your credential is suspended",
		DenialReason::IssuerNotTrusted => {
			"the issuer of your credential is no longer trusted for that kind"
		},
		DenialReason::CredentialSuspended => "your credential is suspended",
		DenialReason::LicenceMissing => {
			"that needs a licence, and no trusted issuer attested one of yours"
		},
		DenialReason::CheckMissing => {
			"your licence was never checked with its issuer; enough oracles have to report it"
		},
		DenialReason::CheckStale => {
			"the last check of your licence is too old; oracles have to report it again"
		},
		DenialReason::SecondKeyMissing => {
			"that needs a second key: hdx provider second-key register"
		},
		DenialReason::SecondFactorMissing => {
			"your second key has to sign that: give it with --second-key"
		},
		DenialReason::SecondFactorInvalid => {
			"that is not your second key, or its signature is outdated or was used before"
		},
		DenialReason::KeyRotated => "you go on under another account: use its key",
		DenialReason::LicenceUnconfirmed => {
			"your key was recovered; the issuer of your licence has to renew it"
		},
		DenialReason::BreakGlassNeeded => {
			"no consent permits it; in an emergency, break the glass: hdx access break-glass"
		},
		DenialReason::EmergencyOptOut => {
			"the patient does not want the glass to be broken, whatever happens"
		},
		DenialReason::ReviewsOverdue => {
			"your institution has to close its overdue reviews first: hdx access reviews --institution N"
		},
		DenialReason::RestrictedByPatient => {
			"the patient restricted that, whatever the consents say; in an emergency, break the glass"
		},
		DenialReason::RecordErased => "that record was erased, for good",
		DenialReason::RecordRetired => "its custodian took that record out of use",
		DenialReason::RecordNotNamed => {
			"the consent limits how often it is used, so ask for one record: --record N"
		},
		DenialReason::ProviderTagMissing => {
			"no proof counts before you register your tag: hdx shielded register"
		},
		DenialReason::SubjectTagMissing => {
			"its custodian has to say first whose record it is: hdx shielded subject"
		},
		DenialReason::RevocationInactive => {
			"no proof counts while consents cannot be revoked; `hdx zk list` shows which versions of consent_revoke are active"
		},
		DenialReason::CircuitInactive => {
			"that version of the proof's circuit is not active: hdx zk list"
		},
		DenialReason::ProofUsed => {
			"that consent was used for this within the last half minute, so wait for the next snapshot; or that slot of the day, so prove with another one"
		},
		DenialReason::NotProven => {
			"the proof does not show that a consent permits this to you, or that a licensed clinician asks, on this chain, for this very request"
		},
	}
}

/// What it means for whoever looks a provider or a credential up.
pub fn standing(reason: DenialReason) -> &'static str {
	match reason {
		DenialReason::PractitionerUnknown => "the account is no enrolled practitioner",
		DenialReason::PractitionerSuspended => "the practitioner is suspended",
		DenialReason::NotAffiliated => "the practitioner does not act for that institution",
		DenialReason::InstitutionUnknown => "the institution is not registered",
		DenialReason::InstitutionSuspended => "the institution is suspended",
		DenialReason::RoleNotHeld => "the practitioner does not hold that role",
		DenialReason::CredentialNotYetValid => "the credential is not valid yet",
		DenialReason::CredentialExpired => "the credential has expired",
		DenialReason::CredentialRevoked => "the credential was revoked",
		DenialReason::AssuranceTooLow => "the assurance level is too low",
		DenialReason::RoleNotPermitted => "the role may not do this for that purpose",
		DenialReason::ConsentDenied => "a consent denies it",
		DenialReason::NoConsent => "no consent permits it",
		DenialReason::AccreditationMissing => {
			"the institution lacks an accreditation that its kind needs"
		},
		DenialReason::IssuerSuspended => "the issuer of the credential is suspended",
		DenialReason::IssuerNotTrusted => {
			"the issuer of the credential is no longer trusted for that kind"
		},
		DenialReason::CredentialSuspended => "the credential is suspended",
		DenialReason::LicenceMissing => "no trusted issuer attested a licence",
		DenialReason::CheckMissing => "no licence was checked with its issuer",
		DenialReason::CheckStale => "the last check of the licence is too old",
		DenialReason::SecondKeyMissing => "no second key is registered",
		DenialReason::SecondFactorMissing => "the second key did not sign it",
		DenialReason::SecondFactorInvalid => "the second key's signature is not valid",
		DenialReason::KeyRotated => "the practitioner goes on under another account",
		DenialReason::LicenceUnconfirmed => {
			"the key was recovered, and no licence was attested or renewed since"
		},
		DenialReason::BreakGlassNeeded => "without a consent, the glass would have to be broken",
		DenialReason::EmergencyOptOut => "the patient opted out of the emergency override",
		DenialReason::ReviewsOverdue => "the institution has too many reviews overdue",
		DenialReason::RestrictedByPatient => "the patient restricted that",
		DenialReason::RecordErased => "the record was erased",
		DenialReason::RecordRetired => "the record is out of use",
		DenialReason::RecordNotNamed => "the consent permits single records alone",
		DenialReason::ProviderTagMissing => "no tag for proofs is registered",
		DenialReason::SubjectTagMissing => "the record has no subject tag",
		DenialReason::RevocationInactive => "shielded consents cannot be revoked now",
		DenialReason::CircuitInactive => "the circuit of the proof is not active",
		DenialReason::ProofUsed => "the proof was used before",
		DenialReason::NotProven => "the proof does not hold",
	}
}
