//! What the chain says of somebody, as views are rendered from it.

use crate::{codes, error::Error, words};
use hdx_fhir::{
	institution::InstitutionKind,
	provider::{
		AccreditationView, Affiliation, Check, CredentialKind, CredentialView, Finding, HeldRole,
		IssuedStatus, IssuerStanding, Level, OrganizationView, Party, PartyId, PractitionerView,
		ReportedStatus, Role, Suspension, Term,
	},
	Coding,
};
use hdx_primitives::{AccountId, AssuranceLevel, Code, InstitutionId, IssuerId, Milliseconds};
use hdx_sdk::chain::{self, AtBlock, Chain, CredentialIssuer, InstitutionDetails, IssuerView};
use std::collections::BTreeMap;

/// Questions about one block, each asked once.
pub struct Gather<'a> {
	chain: &'a Chain,
	block: AtBlock,
	at: Milliseconds,
	institutions: BTreeMap<InstitutionId, InstitutionDetails>,
	issuers: BTreeMap<IssuerId, IssuerView>,
}

impl<'a> Gather<'a> {
	/// Questions about a block of this time.
	pub fn new(chain: &'a Chain, block: AtBlock, at: Milliseconds) -> Self {
		Self { chain, block, at, institutions: BTreeMap::new(), issuers: BTreeMap::new() }
	}

	/// A practitioner. Nothing is disclosed yet.
	pub async fn practitioner(&mut self, account: &AccountId) -> Result<PractitionerView, Error> {
		let found = self.chain.practitioner_at(account, self.block).await?;
		let terms = self.chain.oracle_terms(self.block).await?;
		let ttl = terms.map(|terms| terms.ttl).unwrap_or_default();
		let mut affiliations = Vec::new();
		for id in &found.affiliations {
			let active = self.institution(*id).await?.standing.is_ok();
			let since = (*id == found.enrolled_by).then_some(found.enrolled_at);
			affiliations.push(Affiliation { institution: party(*id), active, since });
		}
		let mut credentials = Vec::new();
		for one in &found.credentials {
			credentials.push(self.credential(one, ttl).await?);
		}
		let level = self.level(&found).await?;
		Ok(PractitionerView {
			account: bytes(account),
			did: None,
			active: found.suspended.is_none(),
			suspension: found.suspended.map(suspension),
			enrolled_by: party(found.enrolled_by),
			affiliations,
			roles: found.roles.iter().map(|(role, code)| held(*role, code)).collect(),
			credentials,
			level,
			disclosed: None,
		})
	}

	/// An institution.
	pub async fn organization(&mut self, id: InstitutionId) -> Result<OrganizationView, Error> {
		let found = self.institution(id).await?;
		let institution = &found.institution;
		let accreditations = found.accreditations.iter().map(|one| AccreditationView {
			scheme: term(&one.scheme),
			level: one.level,
			valid: one.valid,
			status: accredited(one.status),
			issuer: None,
		});
		Ok(OrganizationView {
			party: party(id),
			kind: Some(stated(institution.kind)),
			active: institution.is_active(),
			suspension: institution.suspended().map(suspension),
			profile: Some(institution.profile),
			accreditations: accreditations.collect(),
		})
	}

	/// Everybody to whom the view of a practitioner refers.
	pub async fn parties(
		&mut self,
		view: &PractitionerView,
	) -> Result<Vec<OrganizationView>, Error> {
		let affiliated = view.affiliations.iter().map(|one| &one.institution.id);
		let issuers = view.credentials.iter().map(|one| &one.issuer.id);
		let enrolled_by = std::iter::once(&view.enrolled_by.id);
		let mut seen = Vec::new();
		for id in enrolled_by.chain(affiliated).chain(issuers) {
			if !seen.contains(id) {
				seen.push(*id);
			}
		}
		let mut parties = Vec::new();
		for id in seen {
			match id {
				PartyId::Institution(id) => parties.push(self.organization(id).await?),
				PartyId::Issuer(number) => {
					parties.push(issuer_view(self.issuer(IssuerId(number)).await?));
				},
				PartyId::Account(_) => {},
			}
		}
		Ok(parties)
	}

	async fn institution(&mut self, id: InstitutionId) -> Result<&InstitutionDetails, Error> {
		let found = match self.institutions.remove(&id) {
			Some(found) => found,
			None => self.chain.institution(id, self.block).await?,
		};
		Ok(self.institutions.entry(id).or_insert(found))
	}

	async fn issuer(&mut self, id: IssuerId) -> Result<&IssuerView, Error> {
		let found = match self.issuers.remove(&id) {
			Some(found) => found,
			None => self.chain.issuer(id, self.block).await?,
		};
		Ok(self.issuers.entry(id).or_insert(found))
	}

	async fn credential(
		&mut self,
		found: &chain::CredentialView,
		ttl: Milliseconds,
	) -> Result<CredentialView, Error> {
		let (issuer, signer, issuer_standing) = match found.issuer {
			CredentialIssuer::Institution(id) => {
				let details = self.institution(id).await?;
				let standing = match details.standing {
					Ok(()) => IssuerStanding::Trusted,
					Err(_) => IssuerStanding::Suspended,
				};
				(party(id), bytes(&details.institution.operator), standing)
			},
			CredentialIssuer::Issuer(id) => {
				let issuer = self.issuer(id).await?;
				let party = Party::new(PartyId::Issuer(id.0));
				(party, bytes(&issuer.account), standing(issuer, found.kind))
			},
		};
		Ok(CredentialView {
			kind: kind(found.kind),
			issuer,
			signer: Some(signer),
			issuer_standing,
			commitment: found.commitment.0,
			valid: found.valid,
			status: match found.status {
				chain::CredentialStatus::Valid => IssuedStatus::Valid,
				chain::CredentialStatus::Suspended => IssuedStatus::Suspended,
				chain::CredentialStatus::Revoked => IssuedStatus::Revoked,
			},
			status_since: None,
			attested_at: found.attested_at,
			check: found.check.as_ref().map(|check| Check {
				at: check.at,
				ttl,
				evidence: check.evidence.0,
				oracles: Vec::new(),
			}),
			finding: found.finding.as_ref().and_then(finding),
			disclosed: None,
		})
	}

	/// The highest level at which they may act for any of their institutions, in any of their roles.
	/// Where they may not act at all it is what enrolment gives; their status says the rest.
	async fn level(&self, found: &chain::PractitionerView) -> Result<Level, Error> {
		let mut highest = Level::Enrolled;
		for institution in &found.affiliations {
			for (role, _) in &found.roles {
				let (who, block) = (&found.practitioner, self.block);
				let standing =
					self.chain.provider_status(who, *institution, *role, self.at, block).await?;
				let level = match standing.level() {
					Some(AssuranceLevel::Verified) => Level::Verified,
					Some(AssuranceLevel::Attested) => Level::Attested,
					Some(AssuranceLevel::Enrolled) | None => Level::Enrolled,
				};
				highest = highest.max(level);
			}
		}
		Ok(highest)
	}
}

fn bytes(account: &AccountId) -> [u8; 32] {
	*AsRef::<[u8; 32]>::as_ref(account)
}

fn party(id: InstitutionId) -> Party {
	Party::new(PartyId::Institution(id))
}

fn suspension(reason: chain::SuspensionReason) -> Suspension {
	Suspension { reason: words::of(reason) }
}

/// A code in words, where the project knows them.
fn term(code: &Code) -> Term {
	match codes::coding(code) {
		Some((system, symbol)) => Term::Coding(Coding::new(system, symbol)),
		None => Term::Hash(*code),
	}
}

fn held(role: hdx_primitives::Role, taxonomy: &Code) -> HeldRole {
	use hdx_primitives::Role as OnChain;
	let role = match role {
		OnChain::Physician => Role::Physician,
		OnChain::Nurse => Role::Nurse,
		OnChain::Pharmacist => Role::Pharmacist,
		OnChain::Laboratory => Role::Laboratory,
		OnChain::Emergency => Role::Emergency,
		OnChain::Billing => Role::Billing,
		OnChain::Researcher => Role::Researcher,
		OnChain::Auditor => Role::Auditor,
	};
	HeldRole { role, taxonomy: term(taxonomy) }
}

fn kind(kind: chain::CredentialKind) -> CredentialKind {
	match kind {
		chain::CredentialKind::Licence => CredentialKind::Licence,
		chain::CredentialKind::BoardCertification => CredentialKind::BoardCertification,
		chain::CredentialKind::Employment => CredentialKind::Employment,
	}
}

fn stated(kind: chain::InstitutionKind) -> InstitutionKind {
	match kind {
		chain::InstitutionKind::Hospital => InstitutionKind::Hospital,
		chain::InstitutionKind::Clinic => InstitutionKind::Clinic,
		chain::InstitutionKind::Laboratory => InstitutionKind::Laboratory,
		chain::InstitutionKind::Pharmacy => InstitutionKind::Pharmacy,
		chain::InstitutionKind::Insurer => InstitutionKind::Insurer,
		chain::InstitutionKind::Research => InstitutionKind::Research,
		chain::InstitutionKind::EthicsBoard => InstitutionKind::EthicsBoard,
		chain::InstitutionKind::Authority => InstitutionKind::Authority,
	}
}

fn accredited(status: chain::AccreditationStatus) -> IssuedStatus {
	match status {
		chain::AccreditationStatus::InForce => IssuedStatus::Valid,
		chain::AccreditationStatus::Suspended => IssuedStatus::Suspended,
		chain::AccreditationStatus::Revoked => IssuedStatus::Revoked,
	}
}

/// Whether an issuer's word about credentials of this kind counts.
fn standing(issuer: &IssuerView, kind: chain::CredentialKind) -> IssuerStanding {
	if !issuer.kinds.contains(&kind) {
		IssuerStanding::NotTrusted
	} else if issuer.suspended.is_some() {
		IssuerStanding::Suspended
	} else {
		IssuerStanding::Trusted
	}
}

fn finding(found: &chain::Observation) -> Option<Finding> {
	let status = match found.status {
		chain::ReportedStatus::Suspended => ReportedStatus::Suspended,
		chain::ReportedStatus::Revoked => ReportedStatus::Revoked,
		// Not what a finding is.
		chain::ReportedStatus::Good => return None,
	};
	Some(Finding { status, at: found.at, evidence: found.evidence.0, oracles: Vec::new() })
}

fn issuer_view(found: &IssuerView) -> OrganizationView {
	OrganizationView {
		party: Party::new(PartyId::Issuer(found.issuer.0)),
		kind: None,
		active: found.suspended.is_none(),
		suspension: found.suspended.map(suspension),
		profile: Some(found.profile),
		accreditations: Vec::new(),
	}
}

#[cfg(test)]
pub mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_primitives::Period;
	use hdx_sdk::chain::Signer;

	/// A practitioner with credentials of these commitments.
	pub fn practitioner(commitments: &[u8]) -> PractitionerView {
		let credential = |commitment: &u8| CredentialView {
			kind: CredentialKind::Licence,
			issuer: party(InstitutionId(1)),
			signer: None,
			issuer_standing: IssuerStanding::Trusted,
			commitment: [*commitment; 32],
			valid: Period::default(),
			status: IssuedStatus::Valid,
			status_since: None,
			attested_at: Milliseconds(1),
			check: None,
			finding: None,
			disclosed: None,
		};
		PractitionerView {
			account: [9; 32],
			did: None,
			active: true,
			suspension: None,
			enrolled_by: party(InstitutionId(1)),
			affiliations: Vec::new(),
			roles: Vec::new(),
			credentials: commitments.iter().map(credential).collect(),
			level: Level::Enrolled,
			disclosed: None,
		}
	}

	#[test]
	fn an_issuer_counts_while_it_is_trusted_with_the_kind_and_not_suspended() {
		let licence = chain::CredentialKind::Licence;
		let mut issuer = IssuerView {
			issuer: IssuerId(4),
			account: Signer::read("//Alice").unwrap().account(),
			kinds: vec![licence],
			suspended: None,
			profile: [0; 32],
			registered_at: Milliseconds(1),
		};
		assert_eq!(standing(&issuer, licence), IssuerStanding::Trusted);
		let certification = chain::CredentialKind::BoardCertification;
		assert_eq!(standing(&issuer, certification), IssuerStanding::NotTrusted);
		issuer.suspended = Some(chain::SuspensionReason::Order);
		assert_eq!(standing(&issuer, licence), IssuerStanding::Suspended);
	}

	#[test]
	fn a_taxonomy_code_of_which_only_the_hash_is_known_stays_one() {
		let code = Code::of_token("http://nucc.org/provider-taxonomy|207R00000X");
		assert_eq!(held(hdx_primitives::Role::Nurse, &code).taxonomy, Term::Hash(code));
	}
}
