//! A practitioner and an institution, with everything that a view can have.

use crate::support::moment;
use hdx_consent_engine::{Code, Milliseconds, Period};
use hdx_fhir::{
	institution::InstitutionKind,
	npi::Npi,
	provider::{
		AccreditationView, Affiliation, Check, CredentialKind, CredentialView, DisclosedIdentity,
		DisclosedLicence, Finding, HeldRole, IssuedStatus, IssuerStanding, Level, OrganizationView,
		Party, PartyId, PractitionerView, Rendering, ReportedStatus, Role, Suspension, Term,
	},
	Coding, FhirVersion, HumanName,
};

pub const DAY: u64 = 86_400_000;
pub const ACCOUNT: [u8; 32] = [0xaa; 32];

/// When everything is rendered.
pub fn now() -> Milliseconds {
	moment("2026-06-01T12:00:00Z")
}

pub fn rendering(version: FhirVersion) -> Rendering {
	Rendering { version, genesis: [7; 32], at: now() }
}

pub fn hex(byte: u8) -> String {
	format!("0x{}", format!("{byte:02x}").repeat(32))
}

pub fn period(start: &str, end: &str) -> Period {
	Period { start: Some(moment(start)), end: Some(moment(end)) }
}

pub fn board() -> Party {
	let name = Some("Board of Registration".to_owned());
	Party { id: PartyId::Issuer(4), name, did: Some("did:hdx:07:board".to_owned()) }
}

/// A check that ends in 18 hours.
pub fn check() -> Check {
	Check {
		at: moment("2026-06-01T06:00:00Z"),
		ttl: Milliseconds(DAY),
		evidence: [0xee; 32],
		oracles: vec![Party::institution(8), Party::new(PartyId::Account([0xbb; 32]))],
	}
}

pub fn finding(status: ReportedStatus) -> Finding {
	Finding {
		status,
		at: moment("2026-06-01T11:00:00Z"),
		evidence: [0xad; 32],
		oracles: vec![Party::institution(9)],
	}
}

/// A licence in force, attested by a trusted issuer, that nobody has looked at.
pub fn licence() -> CredentialView {
	CredentialView {
		kind: CredentialKind::Licence,
		issuer: board(),
		signer: Some([0xcc; 32]),
		issuer_standing: IssuerStanding::Trusted,
		commitment: [0x11; 32],
		valid: period("2025-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
		status: IssuedStatus::Valid,
		status_since: None,
		attested_at: moment("2025-01-02T10:00:00Z"),
		check: None,
		finding: None,
		disclosed: None,
	}
}

/// Employment by institution 3.
pub fn employment() -> CredentialView {
	CredentialView {
		kind: CredentialKind::Employment,
		issuer: Party::institution(3),
		signer: None,
		commitment: [0x22; 32],
		..licence()
	}
}

/// A practitioner of whom nothing is disclosed.
pub fn pseudonymous() -> PractitionerView {
	PractitionerView {
		account: ACCOUNT,
		did: Some("did:hdx:07:aa".to_owned()),
		active: true,
		suspension: None,
		enrolled_by: Party::institution(3),
		affiliations: vec![
			Affiliation {
				institution: Party::institution(3),
				active: true,
				since: Some(moment("2025-01-02T10:00:00Z")),
			},
			Affiliation { institution: Party::institution(5), active: false, since: None },
		],
		roles: vec![
			HeldRole { role: Role::Physician, taxonomy: Term::taxonomy("207R00000X") },
			HeldRole { role: Role::Auditor, taxonomy: Term::Hash(Code([0xcd; 16])) },
		],
		credentials: vec![licence(), employment()],
		level: Level::Attested,
		disclosed: None,
	}
}

/// A practitioner with all that there can be.
pub fn complete() -> PractitionerView {
	let name = HumanName {
		family: Some("Bee".to_owned()),
		given: vec!["Ann".to_owned()],
		prefix: vec!["Dr.".to_owned()],
		..HumanName::default()
	};
	let disclosed =
		DisclosedLicence { number: Some("L-1".to_owned()), jurisdiction: Some("US-MA".to_owned()) };
	let certification = CredentialView {
		kind: CredentialKind::BoardCertification,
		commitment: [0x33; 32],
		finding: Some(finding(ReportedStatus::Suspended)),
		..licence()
	};
	PractitionerView {
		active: false,
		suspension: Some(Suspension { reason: "under-investigation".to_owned() }),
		credentials: vec![
			CredentialView { check: Some(check()), disclosed: Some(disclosed), ..licence() },
			certification,
			employment(),
		],
		level: Level::Verified,
		disclosed: Some(DisclosedIdentity {
			name: Some(name),
			npi: Some(Npi::parse("1234567893").unwrap()),
		}),
		..pseudonymous()
	}
}

pub fn accreditation(status: IssuedStatus) -> AccreditationView {
	AccreditationView {
		scheme: Term::Coding(Coding::new("urn:scheme", "JCI")),
		level: 2,
		valid: period("2025-01-01T00:00:00Z", "2028-01-01T00:00:00Z"),
		status,
		issuer: Some(Party::institution(1)),
	}
}

pub fn hospital() -> OrganizationView {
	OrganizationView {
		party: Party {
			id: Party::institution(3).id,
			name: Some("Hospital".to_owned()),
			did: Some("did:hdx:07:dd".to_owned()),
		},
		kind: Some(InstitutionKind::Hospital),
		active: false,
		suspension: Some(Suspension { reason: "accreditation-lapsed".to_owned() }),
		profile: Some([0x44; 32]),
		accreditations: vec![
			accreditation(IssuedStatus::Valid),
			accreditation(IssuedStatus::Revoked),
		],
	}
}
