//! Code systems, codes and extensions of AuditEvents.

/// DICOM's codes.
pub const DCM: &str = "http://dicom.nema.org/resources/ontology/DCM";
/// IHE's subtypes of authorisation decisions (IHE BALP, `AuthZsubType`).
pub const AUTHZ_SUBTYPE: &str = "https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType";
/// IHE's types of entities that stand for tokens (IHE BALP, `UserAgentTypes`).
pub const USER_AGENT_TYPE: &str = "https://profiles.ihe.net/ITI/BALP/CodeSystem/UserAgentTypes";
/// The profile of decisions by consent (IHE BALP, `IHE.BasicAudit.AuthZconsent`).
pub const AUTHZ_CONSENT: &str =
	"https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.AuthZconsent";
/// The profile of reads of what is a patient's (IHE BALP, `IHE.BasicAudit.PatientRead`).
pub const PATIENT_READ: &str =
	"https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead";
/// The profile of disclosures, as their source records them (IHE BALP,
/// `IHE.BasicAudit.PrivacyDisclosure.Source`).
pub const PRIVACY_DISCLOSURE: &str =
	"https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PrivacyDisclosure.Source";

/// What the log says that happened, by the chain's own name (`AuditAction`).
pub const AUDIT_ACTION: &str = "urn:hdx:audit-action";
/// Why something was denied, by the chain's own name (`DenialReason`).
pub const DENIAL_REASON: &str = "urn:hdx:denial-reason";
/// An entry of the log: its number.
pub const ENTRY: &str = "urn:hdx:audit-entry";
/// A chain: the hash of its first block.
pub const CHAIN: &str = "urn:hdx:chain";
/// A consent of the registry: its number.
pub const CONSENT: &str = "urn:hdx:consent";
/// A registered record: its number.
pub const RECORD: &str = "urn:hdx:record";

/// Extension of `AuditEvent`: which entry of which chain's log it is (`Identifier`).
pub const ENTRY_EXTENSION: &str = "urn:hdx:fhir:audit-entry";
/// Extension of `AuditEvent`: what happened, by the chain's own name (`Coding` of [`AUDIT_ACTION`]). Not a
/// subtype: the profiles bind those.
pub const ACTION_EXTENSION: &str = "urn:hdx:fhir:audit-action";
/// Extension of `AuditEvent`: why it was denied, by the chain's own name (`Coding` of [`DENIAL_REASON`]).
pub const DENIAL_EXTENSION: &str = "urn:hdx:fhir:denial-reason";
/// Extension of `AuditEvent`: the number of the block (`unsignedInt`).
pub const BLOCK_EXTENSION: &str = "urn:hdx:fhir:block";
/// Extension of `AuditEvent`: the record that was asked for (`Identifier`).
pub const RECORD_EXTENSION: &str = "urn:hdx:fhir:record";
/// Extension of an entity that is a consent: its version (`unsignedInt`).
pub const CONSENT_VERSION: &str = "urn:hdx:fhir:consent-version";

pub(super) const ACT_REASON: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
pub(super) const ENTITY_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
pub(super) const EVENT_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-event-type";
pub(super) const LIFECYCLE: &str = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";
pub(super) const OBJECT_ROLE: &str = "http://terminology.hl7.org/CodeSystem/object-role";
pub(super) const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
pub(super) const RESTFUL_INTERACTION: &str = "http://hl7.org/fhir/restful-interaction";
pub(super) const RESOURCE_TYPE: &str = "http://hl7.org/fhir/resource-types";
pub(super) const ROLE_CLASS: &str = "http://terminology.hl7.org/CodeSystem/v3-RoleClass";
pub(super) const SCT: &str = "http://snomed.info/sct";
pub(super) const SECURITY_ROLE: &str =
	"http://terminology.hl7.org/CodeSystem/extra-security-role-type";
pub(super) const SOURCE_TYPE: &str = "http://terminology.hl7.org/CodeSystem/security-source-type";
