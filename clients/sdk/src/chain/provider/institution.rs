//! Institutions.

use super::{
	super::{
		at::unreadable,
		interface::{
			self,
			runtime_types::pallet_provider_registry::{
				pallet::Call,
				types::{institution::Institution, views::InstitutionView as OnChainView},
			},
		},
		AtBlock, Chain, ChainError, Signer, Until,
	},
	accreditation::{AccreditationView, Requirement},
	InstitutionKind, InstitutionStatus, SuspensionReason,
};
use hdx_primitives::{AccountId, DenialReason, InstitutionId, Milliseconds};

/// An institution, as the chain has it.
#[derive(Clone, Debug)]
pub struct InstitutionView {
	/// Which.
	pub institution: InstitutionId,
	/// The account that operates it.
	pub operator: AccountId,
	/// What it is.
	pub kind: InstitutionKind,
	/// Whether it may act.
	pub status: InstitutionStatus,
	/// BLAKE2-256 of its public description (a FHIR `Organization`).
	pub profile: [u8; 32],
	/// When it was registered. Zero for an institution of the genesis.
	pub registered_at: Milliseconds,
}

/// An institution, and whether anybody can act for it.
#[derive(Clone, Debug)]
pub struct InstitutionDetails {
	/// The institution.
	pub institution: InstitutionView,
	/// Its accreditations, those that do not stand included.
	pub accreditations: Vec<AccreditationView>,
	/// What its kind has to be accredited for.
	pub requirement: Option<Requirement>,
	/// Whether anybody can act for it at the time of the block; if not, why.
	pub standing: Result<(), DenialReason>,
	/// How many practitioners it enrolled.
	pub practitioners: u32,
}

impl InstitutionView {
	/// Whether it may act, as far as its own status goes.
	pub fn is_active(&self) -> bool {
		self.status == InstitutionStatus::Active
	}

	/// Whether it has closed.
	pub fn is_closed(&self) -> bool {
		self.status == InstitutionStatus::Closed
	}

	/// Why it is suspended; `None` where it is not.
	pub fn suspended(&self) -> Option<SuspensionReason> {
		match self.status {
			InstitutionStatus::Suspended(reason) => Some(reason),
			InstitutionStatus::Active | InstitutionStatus::Closed => None,
		}
	}

	fn new(id: InstitutionId, found: Institution) -> Self {
		Self {
			institution: id,
			operator: found.operator.0,
			kind: found.kind,
			status: found.status,
			profile: found.profile,
			registered_at: found.registered_at.0,
		}
	}
}

impl Chain {
	/// Registers an institution, as governance; gives its number. `profile` is the BLAKE2-256 hash
	/// of its public description.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::register_institution`.
	pub async fn register_institution(
		&self,
		governance: &Signer,
		operator: AccountId,
		kind: InstitutionKind,
		profile: [u8; 32],
		until: Until,
	) -> Result<InstitutionId, ChainError> {
		let call = Call::register_institution { operator: operator.into(), kind, profile };
		let included =
			self.govern_registry("register_institution", call, governance, until).await?;
		let event: interface::provider_registry::events::InstitutionRegistered =
			included.event("InstitutionRegistered")?;
		Ok(event.institution.0)
	}

	/// Suspends an institution, closes it or reinstates it, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::set_institution_status`.
	pub async fn set_institution_status(
		&self,
		governance: &Signer,
		institution: InstitutionId,
		status: InstitutionStatus,
		until: Until,
	) -> Result<(), ChainError> {
		let call = Call::set_institution_status { institution: institution.into(), status };
		self.govern_registry("set_institution_status", call, governance, until).await?;
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
			let found = entry.value().decode().map_err(ChainError::transport)?;
			institutions.push(InstitutionView::new(id.0, found));
		}
		institutions.sort_by_key(|institution| institution.institution);
		Ok(institutions)
	}

	/// An institution, what it is accredited for, and whether anybody can act for it.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn institution(
		&self,
		id: InstitutionId,
		block: AtBlock,
	) -> Result<InstitutionDetails, ChainError> {
		let query = interface::view_functions().provider_registry().institution(id.into());
		let found: Option<OnChainView> = self.view(block, query).await?;
		let found =
			found.ok_or_else(|| ChainError::NotFound { what: format!("institution {}", id.0) })?;
		Ok(InstitutionDetails {
			institution: InstitutionView::new(id, found.institution),
			accreditations: found.accreditations.into_iter().map(Into::into).collect(),
			requirement: found.requirement.map(Into::into),
			standing: found.standing.map_err(|reason| reason.0),
			practitioners: found.practitioners,
		})
	}

	/// The institution that an account operates.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where it operates none, [`ChainError::Transport`].
	pub async fn operated_by(&self, operator: &AccountId) -> Result<InstitutionId, ChainError> {
		self.operated_at(operator, AtBlock::Best).await
	}

	/// The institution that an account operated at a block.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where it operated none, [`ChainError::Discarded`],
	/// [`ChainError::Transport`].
	pub async fn operated_at(
		&self,
		operator: &AccountId,
		block: AtBlock,
	) -> Result<InstitutionId, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().provider_registry().institution_by_operator();
		let found = at
			.storage()
			.try_fetch(address, (operator.clone().into(),))
			.await
			.map_err(|error| unreadable(block, error))?
			.ok_or_else(|| ChainError::NotFound {
				what: format!("institution operated by {operator}"),
			})?;
		Ok(found.decode().map_err(ChainError::transport)?.0)
	}
}
