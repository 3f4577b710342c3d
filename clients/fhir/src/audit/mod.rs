//! What the log says, as FHIR R4 `AuditEvent` (4.0.1).
//!
//! Decisions by consent follow the profile *AuthZ Consent* of IHE Basic Audit Log Patterns (BALP); what a custodian released
//! to somebody who acts for it follows its *Patient Read*, and what it released to others its *Privacy Disclosure at
//! Source*, wherever the log has what these ask for; an event says in `meta.profile` which one it follows. An emergency
//! override is DICOM's security alert 110127, which has no profile there. The log is pseudonymous, and so are its events: references are logical, in the chain's own
//! [naming systems](crate::naming). Ids are left to whoever stores an event.
//!
//! | Log | Element |
//! |---|---|
//! | index; block | extensions [`ENTRY_EXTENSION`](terms::ENTRY_EXTENSION), [`BLOCK_EXTENSION`](terms::BLOCK_EXTENSION) |
//! | action | `type`, `subtype`, `action`; extension [`ACTION_EXTENSION`](terms::ACTION_EXTENSION) |
//! | time of the block | `recorded` |
//! | outcome | `outcome` 0 (success) or 8 (denied); the reason in `outcomeDesc` and extension [`DENIAL_EXTENSION`](terms::DENIAL_EXTENSION) |
//! | purpose of use, reason of an emergency override | `purposeOfEvent`, and `purposeOfUse` of whoever asked |
//! | actor | `agent`: application (the account that signed) and information recipient |
//! | on behalf of | `agent` healthcare provider; of a read, source; of a disclosure, source and custodian |
//! | grantee, of a disclosure | `agent` destination; of a read, destination (the account) and information recipient |
//! | the chain | `agent` authorization server; `source.observer`, but of a read or disclosure, which its custodian states |
//! | patient | `entity` 1, role 1; of a disclosure by consent also `agent`: who authorised it |
//! | consent, version | `entity` Consent, extension [`CONSENT_VERSION`](terms::CONSENT_VERSION) |
//! | grant | `entity` token: a grant is to us what an access token is to others |
//! | record | `entity` 2, role 4; of a decision extension [`RECORD_EXTENSION`](terms::RECORD_EXTENSION), since the profile is closed |
//!
//! What BALP asks for and a chain cannot know: the network address of an agent is the chain itself, by which it acted.

mod event;
pub mod terms;
mod view;

pub use event::{audit_bundle, audit_event};
pub use view::{Change, ConsentVersion, Denied, EntryView, Kind, Recipient};
