//! Practitioners: enrolling them, suspending them, looking them up.

use super::{
	super::{
		at::unreadable,
		interface::{
			self,
			runtime_types::{
				bounded_collections::bounded_vec::BoundedVec,
				pallet_provider_registry::{
					pallet::Call,
					types::practitioner::{Practitioner, PractitionerStatus, RoleAssignment},
				},
			},
		},
		AtBlock, Chain, ChainError, Signer, Until,
	},
	CredentialKind, CredentialView, SuspensionReason,
};
use crate::seal::Fingerprint;
use hdx_primitives::{
	AccountId, Code, Commitment, CredentialId, InstitutionId, Milliseconds, Period, Role,
};

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

/// A practitioner, as the chain has it.
#[derive(Clone, Debug)]
pub struct PractitionerView {
	/// The account.
	pub practitioner: AccountId,
	/// The institution that enrolled it and answers for it.
	pub enrolled_by: InstitutionId,
	/// The institutions it may act for.
	pub affiliations: Vec<InstitutionId>,
	/// The roles it holds, each under a taxonomy code (NUCC).
	pub roles: Vec<(Role, Code)>,
	/// Why it is suspended; `None` where it is not.
	pub suspended: Option<SuspensionReason>,
	/// What is attested of it, in the order in which it was added.
	pub credentials: Vec<CredentialView>,
	/// Fingerprint of the key for which record keys are wrapped.
	pub key_agreement: Fingerprint,
	/// When it was enrolled.
	pub enrolled_at: Milliseconds,
}

impl PractitionerView {
	fn new(account: AccountId, found: Practitioner) -> Self {
		let roles = found.roles.0.iter().map(|held| (held.role.0, held.taxonomy.0));
		Self {
			practitioner: account,
			enrolled_by: found.enrolled_by.0,
			affiliations: found.affiliations.0.iter().map(|id| id.0).collect(),
			roles: roles.collect(),
			suspended: match found.status {
				PractitionerStatus::Active => None,
				PractitionerStatus::Suspended(reason) => Some(reason),
			},
			credentials: found.credentials.0.into_iter().map(Into::into).collect(),
			key_agreement: Fingerprint(found.key_agreement),
			enrolled_at: found.enrolled_at.0,
		}
	}
}

impl Chain {
	/// Enrols a practitioner; gives the number of the institution's attestation. The signer operates
	/// the institution.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::enrol_practitioner`.
	pub async fn enrol_practitioner(
		&self,
		operator: &Signer,
		enrolment: Enrolment,
		until: Until,
	) -> Result<CredentialId, ChainError> {
		let roles = enrolment
			.roles
			.into_iter()
			.map(|(role, taxonomy)| RoleAssignment { role: role.into(), taxonomy: taxonomy.into() })
			.collect();
		let call = interface::transactions().provider_registry().enrol_practitioner(
			enrolment.practitioner.into(),
			BoundedVec(roles),
			enrolment.kind,
			enrolment.credential.into(),
			enrolment.valid.into(),
			enrolment.key_agreement.0,
		);
		let included = self.submit_registry("enrol_practitioner", &call, operator, until).await?;
		let event: interface::provider_registry::events::PractitionerEnrolled =
			included.event("PractitionerEnrolled")?;
		Ok(event.credential.0)
	}

	/// Suspends a practitioner for this reason, or reinstates them where there is none. The signer
	/// operates the institution that enrolled them.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::set_practitioner_status`.
	pub async fn set_practitioner_suspended(
		&self,
		operator: &Signer,
		practitioner: AccountId,
		suspended: Option<SuspensionReason>,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions()
			.provider_registry()
			.set_practitioner_status(practitioner.into(), status(suspended));
		self.submit_registry("set_practitioner_status", &call, operator, until).await?;
		Ok(())
	}

	/// The same as governance, whose suspension no institution can end.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::set_practitioner_status`.
	pub async fn govern_practitioner_suspended(
		&self,
		governance: &Signer,
		practitioner: AccountId,
		suspended: Option<SuspensionReason>,
		until: Until,
	) -> Result<(), ChainError> {
		let call = Call::set_practitioner_status {
			practitioner: practitioner.into(),
			status: status(suspended),
		};
		self.govern_registry("set_practitioner_status", call, governance, until).await?;
		Ok(())
	}

	/// Removes a practitioner from the registry. The signer operates the institution that enrolled
	/// them.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::remove_practitioner`.
	pub async fn remove_practitioner(
		&self,
		operator: &Signer,
		practitioner: AccountId,
		until: Until,
	) -> Result<(), ChainError> {
		let call =
			interface::transactions().provider_registry().remove_practitioner(practitioner.into());
		self.submit_registry("remove_practitioner", &call, operator, until).await?;
		Ok(())
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
		self.practitioner_at(practitioner, AtBlock::Best).await
	}

	/// A practitioner as it was at a block.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn practitioner_at(
		&self,
		practitioner: &AccountId,
		block: AtBlock,
	) -> Result<PractitionerView, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().provider_registry().practitioners();
		let found = at
			.storage()
			.try_fetch(address, (practitioner.clone().into(),))
			.await
			.map_err(|error| unreadable(block, error))?
			.ok_or_else(|| ChainError::NotFound { what: format!("practitioner {practitioner}") })?
			.decode()
			.map_err(ChainError::transport)?;
		Ok(PractitionerView::new(practitioner.clone(), found))
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
			practitioners.push(PractitionerView::new(account.0, found));
		}
		practitioners.sort_by_key(|found| found.practitioner.to_string());
		Ok(practitioners)
	}
}

/// The status of a practitioner who is suspended for this reason, or for none.
fn status(suspended: Option<SuspensionReason>) -> PractitionerStatus {
	suspended.map_or(PractitionerStatus::Active, PractitionerStatus::Suspended)
}
