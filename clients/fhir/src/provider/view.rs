//! What a view is rendered from: the registry's state at one moment, and what a holder disclosed.

use crate::{
	coding::Coding,
	consent::FhirVersion,
	human_name::HumanName,
	institution::{self, InstitutionKind},
	npi::Npi,
};
use hdx_consent_engine::{Code, InstitutionId, Milliseconds, Period};

/// Of which chain, as of when and in which release of FHIR views are rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rendering {
	/// The release.
	pub version: FhirVersion,
	/// The chain's genesis hash: institution 3 of another chain is another institution.
	pub genesis: [u8; 32],
	/// The time of the block whose state is rendered.
	pub at: Milliseconds,
}

/// How the chain calls a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartyId {
	/// An institution of the registry.
	Institution(InstitutionId),
	/// A trusted issuer, by its number.
	Issuer(u32),
	/// Somebody of whom there is an account only.
	Account([u8; 32]),
}

/// A party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
	/// How the chain calls it.
	pub id: PartyId,
	/// Its name, where the caller has one from off the chain.
	pub name: Option<String>,
	/// Its DID, where it has one.
	pub did: Option<String>,
}

impl Party {
	/// A party of which only the chain's name is known.
	pub fn new(id: PartyId) -> Self {
		Self { id, name: None, did: None }
	}

	/// An institution by its number.
	pub fn institution(number: u32) -> Self {
		Self::new(PartyId::Institution(InstitutionId(number)))
	}
}

/// Why somebody may not act now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
	/// The registry's reason code.
	pub reason: String,
}

/// How sure the chain is of who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
	/// An institution enrolled them.
	Enrolled,
	/// A trusted issuer attests their licence.
	Attested,
	/// Attested, and checked within the time that a check holds.
	Verified,
}

impl Level {
	/// The code in [`ASSURANCE_LEVEL`](super::terms::ASSURANCE_LEVEL).
	pub const fn code(self) -> &'static str {
		match self {
			Self::Enrolled => "enrolled",
			Self::Attested => "attested",
			Self::Verified => "verified",
		}
	}
}

/// A row of the chain's role matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
	/// Physicians.
	Physician,
	/// Nurses.
	Nurse,
	/// Pharmacists.
	Pharmacist,
	/// Laboratory staff.
	Laboratory,
	/// Emergency staff.
	Emergency,
	/// Billing staff and insurers' claim handlers.
	Billing,
	/// Researchers.
	Researcher,
	/// Auditors and privacy officers.
	Auditor,
}

impl Role {
	/// Every role, in the order of the matrix.
	pub const ALL: [Self; 8] = [
		Self::Physician,
		Self::Nurse,
		Self::Pharmacist,
		Self::Laboratory,
		Self::Emergency,
		Self::Billing,
		Self::Researcher,
		Self::Auditor,
	];

	/// The code in [`ROLE`](super::terms::ROLE).
	pub const fn code(self) -> &'static str {
		match self {
			Self::Physician => "physician",
			Self::Nurse => "nurse",
			Self::Pharmacist => "pharmacist",
			Self::Laboratory => "laboratory",
			Self::Emergency => "emergency",
			Self::Billing => "billing",
			Self::Researcher => "researcher",
			Self::Auditor => "auditor",
		}
	}

	/// The code in HL7's `practitioner-role`, which has four of them.
	pub(super) const fn hl7(self) -> Option<&'static str> {
		match self {
			Self::Physician => Some("doctor"),
			Self::Nurse => Some("nurse"),
			Self::Pharmacist => Some("pharmacist"),
			Self::Researcher => Some("researcher"),
			Self::Laboratory | Self::Emergency | Self::Billing | Self::Auditor => None,
		}
	}
}

/// A code of a code system. The chain has its hash; the code is known to whoever has the code list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
	/// The code.
	Coding(Coding),
	/// Its hash.
	Hash(Code),
}

impl Term {
	/// A code of the NUCC Health Care Provider Taxonomy, such as `207R00000X`.
	pub fn taxonomy(code: impl Into<String>) -> Self {
		Self::Coding(Coding::new(institution::TAXONOMY, code))
	}
}

/// A role and the occupation in which it is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRole {
	/// The row of the role matrix.
	pub role: Role,
	/// The occupation: a code of the NUCC Health Care Provider Taxonomy.
	pub taxonomy: Term,
}

/// An institution for which somebody may act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affiliation {
	/// The institution.
	pub institution: Party,
	/// Whether the institution may act. A suspended one suspends all who act for it.
	pub active: bool,
	/// Since when, where it is known.
	pub since: Option<Milliseconds>,
}

/// What a credential attests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialKind {
	/// A licence to practise.
	Licence,
	/// A certification in a specialty.
	BoardCertification,
	/// Employment by an institution.
	Employment,
}

impl CredentialKind {
	/// The code in [`CREDENTIAL_KIND`](super::terms::CREDENTIAL_KIND).
	pub const fn code(self) -> &'static str {
		match self {
			Self::Licence => "licence",
			Self::BoardCertification => "board-certification",
			Self::Employment => "employment",
		}
	}
}

/// What an issuer says of what it issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssuedStatus {
	/// It stands, inside its period.
	Valid,
	/// It does not stand for now.
	Suspended,
	/// It was taken back, for good.
	Revoked,
}

/// Whether an issuer's word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssuerStanding {
	/// It does.
	Trusted,
	/// Not while it is suspended; or, an institution, without an accreditation that it needs.
	Suspended,
	/// Not for credentials of this kind, or no longer.
	NotTrusted,
}

/// Oracles agreed that a credential was good at its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
	/// When they looked: the earliest of them.
	pub at: Milliseconds,
	/// How long this counts.
	pub ttl: Milliseconds,
	/// The hash of what they saw.
	pub evidence: [u8; 32],
	/// Who they are.
	pub oracles: Vec<Party>,
}

impl Check {
	/// The first moment at which it does not count any more.
	pub fn ends(&self) -> Milliseconds {
		self.at.saturating_add(self.ttl)
	}
}

/// What is wrong with a credential at its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportedStatus {
	/// It does not stand for now.
	Suspended,
	/// It was taken back, for good.
	Revoked,
}

/// Oracles agreed that a credential was not good at its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
	/// What they found.
	pub status: ReportedStatus,
	/// When they looked.
	pub at: Milliseconds,
	/// The hash of what they saw.
	pub evidence: [u8; 32],
	/// Who they are.
	pub oracles: Vec<Party>,
}

/// An attestation about a practitioner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialView {
	/// What it attests.
	pub kind: CredentialKind,
	/// Who attests it: an institution, or an issuer whom governance trusts.
	pub issuer: Party,
	/// The account that signed for the issuer, where it is known.
	pub signer: Option<[u8; 32]>,
	/// Whether the issuer's word counts.
	pub issuer_standing: IssuerStanding,
	/// Salted commitment to the credential document.
	pub commitment: [u8; 32],
	/// When it holds.
	pub valid: Period,
	/// What its issuer says.
	pub status: IssuedStatus,
	/// When its issuer began to say so, where it is known.
	pub status_since: Option<Milliseconds>,
	/// When it was attested.
	pub attested_at: Milliseconds,
	/// The last check that found it good. Beside a finding it is one from before, which the
	/// registry does not keep: who has followed it may know.
	pub check: Option<Check>,
	/// What oracles found against it, and did not take back.
	pub finding: Option<Finding>,
	/// What its holder disclosed of the document.
	pub disclosed: Option<DisclosedLicence>,
}

/// Claims of a credential document that was verified against its commitment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DisclosedLicence {
	/// The number of the licence.
	pub number: Option<String>,
	/// Where it lets its holder practise: ISO 3166-2 (`US-MA`) or 3166-1 (`DE`).
	pub jurisdiction: Option<String>,
}

/// Claims about a person, out of credential documents that were verified. Nothing of this is on the
/// chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DisclosedIdentity {
	/// Their name.
	pub name: Option<HumanName>,
	/// Their NPI.
	pub npi: Option<Npi>,
}

/// A practitioner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PractitionerView {
	/// Their account.
	pub account: [u8; 32],
	/// Their DID.
	pub did: Option<String>,
	/// Whether they may act, as far as it depends on themselves.
	pub active: bool,
	/// Why they may not.
	pub suspension: Option<Suspension>,
	/// Who enrolled them and answers for them.
	pub enrolled_by: Party,
	/// For whom they may act.
	pub affiliations: Vec<Affiliation>,
	/// In which roles.
	pub roles: Vec<HeldRole>,
	/// By which attestations.
	pub credentials: Vec<CredentialView>,
	/// How sure the chain is of them.
	pub level: Level,
	/// What they disclosed.
	pub disclosed: Option<DisclosedIdentity>,
}

/// An accreditation of an institution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccreditationView {
	/// The scheme by which it was accredited.
	pub scheme: Term,
	/// The level that was reached, in the scheme's own counting.
	pub level: u8,
	/// When it holds.
	pub valid: Period,
	/// Whether it stands.
	pub status: IssuedStatus,
	/// Who accredited. `None`: the chain's governance.
	pub issuer: Option<Party>,
}

/// An institution, or a trusted issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationView {
	/// Which.
	pub party: Party,
	/// What it is. `None`: a trusted issuer, of which the chain does not say.
	pub kind: Option<InstitutionKind>,
	/// Whether it may act.
	pub active: bool,
	/// Why it may not.
	pub suspension: Option<Suspension>,
	/// The hash of its public description.
	pub profile: Option<[u8; 32]>,
	/// Its accreditations.
	pub accreditations: Vec<AccreditationView>,
}
