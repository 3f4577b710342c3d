//! Code systems and extensions that views are written in.

/// What a credential attests, as the registry has it.
pub const CREDENTIAL_KIND: &str = "urn:hdx:credential-kind";
/// The rows of the chain's role matrix.
pub const ROLE: &str = "urn:hdx:practitioner-role";
/// Why somebody is suspended.
pub const SUSPENSION_REASON: &str = "urn:hdx:suspension-reason";

/// Extension of `Practitioner`: how sure the chain is of who they are (`code`).
pub const ASSURANCE_LEVEL: &str = "urn:hdx:fhir:assurance-level";
/// Extension of `Practitioner`: who enrolled them and answers for them (`Reference`).
pub const ENROLLED_BY: &str = "urn:hdx:fhir:enrolled-by";
/// Extension of `Practitioner` and `Organization`: why they are suspended (`CodeableConcept`).
pub const SUSPENDED_FOR: &str = "urn:hdx:fhir:suspended-for";
/// Extension of `Organization`: the hash of its public description (`string`).
pub const PROFILE: &str = "urn:hdx:fhir:profile";
/// *Modifier* extension of a qualification that is not in force: why (`code`). A reader who does
/// not know it must not use the qualification.
pub const NOT_IN_FORCE: &str = "urn:hdx:fhir:not-in-force";
/// Extension of a qualification: where it lets its holder practise (`CodeableConcept`).
pub const JURISDICTION: &str = "urn:hdx:fhir:jurisdiction";
/// Extension of R4 `Organization`: an accreditation, which R5 has as `qualification`. Of `code`
/// (`CodeableConcept`), `period`, `issuer` (`Reference`), `level` (`unsignedInt`) and `status`
/// (`code`).
pub const ACCREDITATION: &str = "urn:hdx:fhir:accreditation";
/// Extension of an R5 `Organization.qualification`: the level of an accreditation (`unsignedInt`).
pub const ACCREDITATION_LEVEL: &str = "urn:hdx:fhir:accreditation-level";
/// Extension of `VerificationResult.primarySource`: the hash of what was seen there (`string`).
pub const EVIDENCE: &str = "urn:hdx:fhir:evidence";

/// The system of identifiers that are URIs: DIDs are.
pub(super) const URI: &str = "urn:ietf:rfc:3986";
/// Subdivisions of countries, as FHIR calls ISO 3166-2.
pub(super) const SUBDIVISION: &str = "urn:iso:std:iso:3166:-2";
/// Countries, as FHIR calls ISO 3166-1.
pub(super) const COUNTRY: &str = "urn:iso:std:iso:3166";
/// The types of identifiers of HL7 version 2.
pub(super) const IDENTIFIER_TYPE: &str = "http://terminology.hl7.org/CodeSystem/v2-0203";
/// HL7's few roles of practitioners.
pub(super) const PRACTITIONER_ROLE: &str =
	"http://terminology.hl7.org/CodeSystem/practitioner-role";

pub(super) const NEED: &str = "http://terminology.hl7.org/CodeSystem/need";
pub(super) const VALIDATION_TYPE: &str = "http://terminology.hl7.org/CodeSystem/validation-type";
pub(super) const VALIDATION_PROCESS: &str =
	"http://terminology.hl7.org/CodeSystem/validation-process";
pub(super) const FAILURE_ACTION: &str = "http://terminology.hl7.org/CodeSystem/failure-action";
pub(super) const PRIMARY_SOURCE_TYPE: &str =
	"http://terminology.hl7.org/CodeSystem/primary-source-type";
pub(super) const COMMUNICATION_METHOD: &str =
	"http://terminology.hl7.org/CodeSystem/verificationresult-communication-method";
pub(super) const VALIDATION_STATUS: &str =
	"http://terminology.hl7.org/CodeSystem/validation-status";
pub(super) const CAN_PUSH_UPDATES: &str = "http://terminology.hl7.org/CodeSystem/can-push-updates";
