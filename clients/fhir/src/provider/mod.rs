//! What the provider registry says of somebody, as FHIR R4 (4.0.1) or R5 (5.0.0).
//!
//! The registry is pseudonymous: it has accounts, numbers, hashes and commitments. A view has what
//! the caller gives: names, NPIs, licence numbers and jurisdictions are in it only where they come
//! from a credential document that was verified off the chain ([`DisclosedIdentity`],
//! [`DisclosedLicence`]).
//!
//! References are logical, in the chain's own [naming systems](crate::naming); in a [`bundle()`] they
//! name the entry as well. Ids and `meta` are left to whoever stores a resource. Times beyond the
//! year 9999 are written as its last day.
//!
//! ## Practitioner
//!
//! | Registry | Element |
//! |---|---|
//! | account; DID | `identifier`, of [`ACCOUNT`](crate::naming::ACCOUNT); of `urn:ietf:rfc:3986` |
//! | status | `active` |
//! | assurance level | extension [`ASSURANCE_LEVEL`](terms::ASSURANCE_LEVEL) |
//! | enrolling institution | extension [`ENROLLED_BY`](terms::ENROLLED_BY) |
//! | reason of a suspension | extension [`SUSPENDED_FOR`](terms::SUSPENDED_FOR) |
//! | licence, board certification | `qualification` |
//! | … kind | `.code`, of [`CREDENTIAL_KIND`](terms::CREDENTIAL_KIND) |
//! | … commitment | `.identifier`, of [`CREDENTIAL`](crate::naming::CREDENTIAL) |
//! | … validity | `.period` |
//! | … issuer | `.issuer` |
//! | … not in force | `.modifierExtension` [`NOT_IN_FORCE`](terms::NOT_IN_FORCE): nobody may overlook it |
//! | *disclosed* name, NPI | `name`, `identifier` of `http://hl7.org/fhir/sid/us-npi` |
//! | *disclosed* licence number, jurisdiction | `qualification.identifier` of type LN, extension [`JURISDICTION`](terms::JURISDICTION) |
//!
//! ## PractitionerRole
//!
//! One for each role at each institution.
//!
//! | Registry | Element |
//! |---|---|
//! | practitioner and institution active | `active` |
//! | affiliation | `organization`, `period.start` |
//! | role | `code`, of [`ROLE`](terms::ROLE), and of HL7's `practitioner-role` where that has it |
//! | taxonomy code | `specialty`, of `http://nucc.org/provider-taxonomy`; its hash of [`CODE`](crate::naming::CODE) where only that is known |
//! | employment credential of the institution | `identifier`, of [`CREDENTIAL`](crate::naming::CREDENTIAL) |
//!
//! ## Organization
//!
//! | Registry | Element |
//! |---|---|
//! | institution's or issuer's number; DID | `identifier` |
//! | status; reason of a suspension | `active`; extension [`SUSPENDED_FOR`](terms::SUSPENDED_FOR) |
//! | kind | `type`: see [`institution`](crate::institution) |
//! | hash of its description | extension [`PROFILE`](terms::PROFILE) |
//! | accreditation | R5: `qualification`, with the extension [`ACCREDITATION_LEVEL`](terms::ACCREDITATION_LEVEL). R4: extension [`ACCREDITATION`](terms::ACCREDITATION) |
//!
//! ## VerificationResult
//!
//! One for each credential. `status` and `statusDate`:
//!
//! | Credential | Check | Status | Since |
//! |---|---|---|---|
//! | revoked or suspended by its issuer | | `reval-fail` | the issuer's act |
//! | found revoked or suspended by oracles | was good before | `reval-fail` | the finding |
//! | found revoked or suspended by oracles | not known | `val-fail` | the finding |
//! | issuer suspended, or not trusted with it | | `req-revalid` | |
//! | not yet valid | | `attested` | the attestation |
//! | expired | | `req-revalid` | the end of its period |
//! | in force | never | `attested` | the attestation |
//! | in force | within its time to live | `validated` | the check |
//! | in force | stale | `req-revalid` | the end of the check's time to live |
//!
//! Where several rows fit, the one counts whose fact [`CredentialState`] names first. `in-process` and
//! R5's `entered-in-error` do not occur: a block has either happened or not. A suspension of the
//! practitioner is no matter of a credential; it is in `Practitioner.active`.
//!
//! | Registry | Element |
//! |---|---|
//! | practitioner; commitment | `target`; `targetLocation`, where it is a qualification |
//! | attested by a trusted issuer, or checked | `need` periodic, `validationType` primary; else initial, nothing |
//! | checked | `validationProcess` primary |
//! | check's time to live | `frequency`, `nextScheduled` (the day on which it ends) |
//! | last check or finding | `lastPerformed` |
//! | kind | `failureAction` fatal; of a board certification rec-only |
//! | issuer | `primarySource.who`; `.type` lic-board (a licence by a trusted issuer), issuer (a certification by one), rel-own (anything by an institution) |
//! | check or finding | `primarySource.communicationMethod` pull, `.validationStatus`, `.validationDate`, extension [`EVIDENCE`](terms::EVIDENCE) |
//! | attestation | `attestation.who` (the account that signed), `.onBehalfOf` (the issuer), `.communicationMethod` push, `.date`. No `sourceIdentityCertificate`: accounts have none |
//! | oracles who agreed, where the caller knows them | `validator.organization` |

mod bundle;
pub(crate) mod element;
mod organization;
mod practitioner;
mod role;
mod state;
pub mod terms;
mod verification;
mod view;

pub use bundle::{bundle, BundleKind};
pub use organization::organization;
pub use practitioner::practitioner;
pub use role::practitioner_roles;
pub use state::{CredentialState, VerificationStatus};
pub use verification::verification_results;
pub use view::{
	AccreditationView, Affiliation, Check, CredentialKind, CredentialView, DisclosedIdentity,
	DisclosedLicence, Finding, HeldRole, IssuedStatus, IssuerStanding, Level, OrganizationView,
	Party, PartyId, PractitionerView, Rendering, ReportedStatus, Role, Suspension, Term,
};
