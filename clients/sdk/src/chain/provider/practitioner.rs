//! Institutions and practitioners.

use super::{
	interface::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec,
			pallet_provider_registry::types::{
				CredentialKind as OnChainKind, CredentialStatus, InstitutionStatus, Practitioner,
				PractitionerStatus, RoleAssignment,
			},
		},
	},
	Chain, ChainError, Signer, Until,
};
use crate::seal::Fingerprint;
use hdx_primitives::{AccountId, Code, Commitment, InstitutionId, Milliseconds, Period, Role};
use serde::Serialize;

/// What a credential attests.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialKind {
	/// A licence to practise.
	Licence,
	/// A specialty certified by a board.
	BoardCertification,
	/// Employment at an institution.
	Employment,
}

/// What an institution says of a practitioner whom it enrols.
#[derive(Clone, Debug)]
pub struct Enrolment {
	/// The practitioner's account.
	pub practitioner: AccountId,
	/// The roles held, each under a taxonomy code (NUCC).
	pub roles: Vec<(Role, Code)>,
	/// What the credential attests.
	pub kind: CredentialKind,
	/// Salted hash of the credential document.
	pub credential: Commitment,
	/// When the credential is valid.
	pub valid: Period,
	/// Fingerprint of the key for which record keys are wrapped.
	pub key_agreement: Fingerprint,
}

/// An institution, as the chain has it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InstitutionView {
	/// Its number.
	pub institution: u32,
	/// The account that operates it.
	pub operator: String,
	/// What it is.
	pub kind: String,
	/// Whether it may act.
	pub active: bool,
}

/// A practitioner, as the chain has it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PractitionerView {
	/// The account.
	pub practitioner: String,
	/// The institution that enrolled it.
	pub enrolled_by: u32,
	/// The institutions it may act for.
	pub affiliations: Vec<u32>,
	/// The roles it holds.
	pub roles: Vec<String>,
	/// Whether it is suspended.
	pub active: bool,
	/// Whether the credential stands; its period counts besides.
	pub credential_valid: bool,
	/// First moment of the credential's period, in milliseconds since 1970.
	pub valid_from: Option<u64>,
	/// First moment after it.
	pub valid_until: Option<u64>,
	/// Fingerprint of the key for which record keys are wrapped.
	pub key_agreement: Fingerprint,
}

impl Chain {
	/// Enrols a practitioner. The signer operates the institution.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::enrol_practitioner`.
	pub async fn enrol_practitioner(
		&self,
		operator: &Signer,
		enrolment: Enrolment,
		until: Until,
	) -> Result<(), ChainError> {
		let roles = enrolment
			.roles
			.into_iter()
			.map(|(role, taxonomy)| RoleAssignment { role: role.into(), taxonomy: taxonomy.into() })
			.collect();
		let kind = match enrolment.kind {
			CredentialKind::Licence => OnChainKind::Licence,
			CredentialKind::BoardCertification => OnChainKind::BoardCertification,
			CredentialKind::Employment => OnChainKind::Employment,
		};
		let call = interface::transactions().provider_registry().enrol_practitioner(
			enrolment.practitioner.into(),
			BoundedVec(roles),
			kind,
			enrolment.credential.into(),
			enrolment.valid.into(),
			enrolment.key_agreement.0,
		);
		self.submit("ProviderRegistry::enrol_practitioner", &call, operator, until).await?;
		Ok(())
	}

	/// Suspends or reinstates a practitioner. The signer operates the institution that enrolled it.
	///
	/// # Errors
	///
	/// Any [`ChainError`].
	pub async fn set_practitioner_active(
		&self,
		operator: &Signer,
		practitioner: AccountId,
		active: bool,
		until: Until,
	) -> Result<(), ChainError> {
		let status =
			if active { PractitionerStatus::Active } else { PractitionerStatus::Suspended };
		let call = interface::transactions()
			.provider_registry()
			.set_practitioner_status(practitioner.into(), status);
		self.submit("ProviderRegistry::set_practitioner_status", &call, operator, until).await?;
		Ok(())
	}

	/// Takes a practitioner on at another institution, which the signer operates.
	///
	/// # Errors
	///
	/// Any [`ChainError`].
	pub async fn add_affiliation(
		&self,
		operator: &Signer,
		practitioner: AccountId,
		until: Until,
	) -> Result<(), ChainError> {
		let call =
			interface::transactions().provider_registry().add_affiliation(practitioner.into());
		self.submit("ProviderRegistry::add_affiliation", &call, operator, until).await?;
		Ok(())
	}

	/// Removes a practitioner from the registry. The signer operates the institution that
	/// enrolled it.
	///
	/// # Errors
	///
	/// Any [`ChainError`].
	pub async fn remove_practitioner(
		&self,
		operator: &Signer,
		practitioner: AccountId,
		until: Until,
	) -> Result<(), ChainError> {
		let call =
			interface::transactions().provider_registry().remove_practitioner(practitioner.into());
		self.submit("ProviderRegistry::remove_practitioner", &call, operator, until).await?;
		Ok(())
	}

	/// Revokes a practitioner's credential. The signer operates the institution that issued it.
	///
	/// # Errors
	///
	/// Any [`ChainError`].
	pub async fn revoke_credential(
		&self,
		operator: &Signer,
		practitioner: AccountId,
		until: Until,
	) -> Result<(), ChainError> {
		let call =
			interface::transactions().provider_registry().revoke_credential(practitioner.into());
		self.submit("ProviderRegistry::revoke_credential", &call, operator, until).await?;
		Ok(())
	}

	/// Every institution.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn institutions(&self) -> Result<Vec<InstitutionView>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().provider_registry().institutions();
		let mut entries = at.storage().iter(address, ()).await.map_err(ChainError::transport)?;
		let mut institutions = Vec::new();
		while let Some(entry) = entries.next().await {
			let entry = entry.map_err(ChainError::transport)?;
			let key = entry.key().map_err(ChainError::transport)?;
			let (id,) = key.decode().map_err(ChainError::transport)?;
			let institution = entry.value().decode().map_err(ChainError::transport)?;
			institutions.push(InstitutionView {
				institution: id.0 .0,
				operator: institution.operator.to_string(),
				kind: format!("{:?}", institution.kind),
				active: matches!(institution.status, InstitutionStatus::Active),
			});
		}
		institutions.sort_by_key(|institution| institution.institution);
		Ok(institutions)
	}

	/// The institution that an account operates.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where it operates none, [`ChainError::Transport`].
	pub async fn operated_by(&self, operator: &AccountId) -> Result<InstitutionId, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().provider_registry().institution_by_operator();
		let found = at
			.storage()
			.try_fetch(address, (operator.clone().into(),))
			.await
			.map_err(ChainError::transport)?
			.ok_or_else(|| ChainError::NotFound {
				what: format!("institution operated by {operator}"),
			})?;
		Ok(found.decode().map_err(ChainError::transport)?.0)
	}

	/// A practitioner.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Transport`].
	pub async fn practitioner(
		&self,
		practitioner: &AccountId,
	) -> Result<PractitionerView, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().provider_registry().practitioners();
		let found = at
			.storage()
			.try_fetch(address, (practitioner.clone().into(),))
			.await
			.map_err(ChainError::transport)?
			.ok_or_else(|| ChainError::NotFound { what: format!("practitioner {practitioner}") })?
			.decode()
			.map_err(ChainError::transport)?;
		Ok(view(practitioner, found))
	}

	/// Every practitioner.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn practitioners(&self) -> Result<Vec<PractitionerView>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().provider_registry().practitioners();
		let mut entries = at.storage().iter(address, ()).await.map_err(ChainError::transport)?;
		let mut practitioners = Vec::new();
		while let Some(entry) = entries.next().await {
			let entry = entry.map_err(ChainError::transport)?;
			let key = entry.key().map_err(ChainError::transport)?;
			let (account,) = key.decode().map_err(ChainError::transport)?;
			let found = entry.value().decode().map_err(ChainError::transport)?;
			practitioners.push(view(&account.0, found));
		}
		practitioners.sort_by(|one, other| one.practitioner.cmp(&other.practitioner));
		Ok(practitioners)
	}
}

/// A practitioner of the registry, as clients see it.
fn view(account: &AccountId, found: Practitioner) -> PractitionerView {
	let milliseconds = |moment: Option<Milliseconds>| moment.map(|moment| moment.0);
	PractitionerView {
		practitioner: account.to_string(),
		enrolled_by: found.enrolled_by.0 .0,
		affiliations: found.affiliations.0.iter().map(|id| id.0 .0).collect(),
		roles: found.roles.0.iter().map(|held| format!("{:?}", held.role.0)).collect(),
		active: matches!(found.status, PractitionerStatus::Active),
		credential_valid: matches!(found.credential.status, CredentialStatus::Valid),
		valid_from: milliseconds(found.credential.valid.start),
		valid_until: milliseconds(found.credential.valid.end),
		key_agreement: Fingerprint(found.key_agreement),
	}
}
