//! What an AuditEvent is rendered from: an entry of the log.

use crate::provider::{Party, Term};
use hdx_consent_engine::Milliseconds;

/// An entry of a chain's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryView {
	/// The hash of the chain's first block.
	pub genesis: [u8; 32],
	/// Its place in the log.
	pub index: u64,
	/// The time of its block.
	pub at: Milliseconds,
	/// The number of its block.
	pub block: u32,
	/// What happened, by the chain's own name (`AccessDecided`).
	pub action: String,
	/// Who did or asked it. `None`: governance, the chain itself, or somebody whom it does not name.
	pub actor: Option<[u8; 32]>,
	/// For which institution.
	pub on_behalf_of: Option<Party>,
	/// About which patient.
	pub patient: Option<[u8; 32]>,
	/// For which purpose of use.
	pub purpose: Option<Term>,
	/// Why the glass was broken, where that is what happened or what it rests on (v3-ActReason).
	pub override_reason: Option<Term>,
	/// Why it was denied; `None`: it was not.
	pub denied: Option<Denied>,
	/// The consent on which a decision rests.
	pub consent: Option<ConsentVersion>,
	/// The record that it is about, if it is about one.
	pub record: Option<u64>,
	/// The grant that it is about, if it is about one.
	pub grant: Option<u64>,
	/// What kind of thing happened.
	pub kind: Kind,
}

/// Why something was denied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
	/// The chain's own name of the reason (`NoConsent`).
	pub reason: String,
	/// The same in words.
	pub words: String,
}

/// A version of a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConsentVersion {
	/// The consent.
	pub id: u64,
	/// Its version.
	pub version: u32,
}

/// Who was given data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
	/// The practitioner.
	pub practitioner: [u8; 32],
	/// For which institution.
	pub institution: Party,
}

/// What kind of thing happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
	/// A request for access was decided; `by_consent`: the decision came to what the patient permits.
	Decision {
		/// Whether consents were asked at all, or the requester was turned away before.
		by_consent: bool,
	},
	/// A custodian released data to somebody who acts for it: a use, and no disclosure (45 CFR 160.103).
	Read {
		/// Who read.
		by: Recipient,
	},
	/// A custodian released data to somebody else.
	Disclosure {
		/// To whom, where the grant is still known.
		recipient: Option<Recipient>,
	},
	/// A consent, or what belongs to one, was made or changed.
	Consent(Change),
	/// A record was made or changed.
	Record(Change),
	/// Somebody's standing changed: enrolment, credentials, keys, suspension.
	Standing,
	/// What roles may do changed.
	Roles,
	/// A rule of the chain changed.
	Rules,
	/// The code of the chain changed.
	Software,
	/// Somebody looked at the log, or at what it says: a hold, a review, an alert.
	Oversight,
	/// A patient's emergency override began, or was used.
	EmergencyStarted,
	/// An emergency override came to its end: it was reviewed.
	EmergencyEnded,
}

/// How something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
	/// It was made.
	Created,
	/// It was changed.
	Updated,
	/// It was ended.
	Ended,
	/// What was ended holds again.
	Reinstated,
}
