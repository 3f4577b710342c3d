//! Trusted issuers.

use super::{
	super::{
		at::unreadable,
		interface::{
			self,
			runtime_types::{
				bounded_collections::bounded_vec::BoundedVec,
				pallet_provider_registry::{pallet::Call, types::issuer::Issuer},
			},
		},
		AtBlock, Chain, ChainError, Signer, Until,
	},
	registration, suspension, CredentialKind, SuspensionReason,
};
use hdx_primitives::{AccountId, IssuerId, Milliseconds};

/// A trusted issuer, as the chain has it.
#[derive(Clone, Debug)]
pub struct IssuerView {
	/// Which.
	pub issuer: IssuerId,
	/// The account that attests for it.
	pub account: AccountId,
	/// What it may attest. Empty: nothing any more.
	pub kinds: Vec<CredentialKind>,
	/// Why it is suspended; `None` where it is not.
	pub suspended: Option<SuspensionReason>,
	/// BLAKE2-256 of its public description (a FHIR `Organization`).
	pub profile: [u8; 32],
	/// When it was registered.
	pub registered_at: Milliseconds,
}

impl IssuerView {
	fn new(id: IssuerId, found: Issuer) -> Self {
		Self {
			issuer: id,
			account: found.account.0,
			kinds: found.kinds.0,
			suspended: suspension(&found.status),
			profile: found.profile,
			registered_at: found.registered_at.0,
		}
	}
}

impl Chain {
	/// Registers a trusted issuer, as governance; gives its number. `profile` is the BLAKE2-256 hash
	/// of its public description.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::register_issuer`.
	pub async fn register_issuer(
		&self,
		governance: &Signer,
		account: AccountId,
		kinds: Vec<CredentialKind>,
		profile: [u8; 32],
		until: Until,
	) -> Result<IssuerId, ChainError> {
		let kinds = BoundedVec(kinds);
		let call = Call::register_issuer { account: account.into(), kinds, profile };
		let included = self.govern_registry("register_issuer", call, governance, until).await?;
		let event: interface::provider_registry::events::IssuerRegistered =
			included.event("IssuerRegistered")?;
		Ok(event.issuer.0)
	}

	/// Sets what an issuer may attest, as governance. What it attested of other kinds stops counting.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::set_issuer_kinds`.
	pub async fn set_issuer_kinds(
		&self,
		governance: &Signer,
		issuer: IssuerId,
		kinds: Vec<CredentialKind>,
		until: Until,
	) -> Result<(), ChainError> {
		let call = Call::set_issuer_kinds { issuer: issuer.into(), kinds: BoundedVec(kinds) };
		self.govern_registry("set_issuer_kinds", call, governance, until).await?;
		Ok(())
	}

	/// Suspends an issuer for this reason, or reinstates it where there is none, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::set_issuer_status`.
	pub async fn set_issuer_suspended(
		&self,
		governance: &Signer,
		issuer: IssuerId,
		suspended: Option<SuspensionReason>,
		until: Until,
	) -> Result<(), ChainError> {
		let status = registration(suspended);
		let call = Call::set_issuer_status { issuer: issuer.into(), status };
		self.govern_registry("set_issuer_status", call, governance, until).await?;
		Ok(())
	}

	/// A trusted issuer.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn issuer(&self, id: IssuerId, block: AtBlock) -> Result<IssuerView, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().provider_registry().issuers();
		let found = at
			.storage()
			.try_fetch(address, (id.into(),))
			.await
			.map_err(|error| unreadable(block, error))?
			.ok_or_else(|| ChainError::NotFound { what: format!("issuer {}", id.0) })?
			.decode()
			.map_err(ChainError::transport)?;
		Ok(IssuerView::new(id, found))
	}

	/// Every trusted issuer, suspended ones included.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn issuers(&self, block: AtBlock) -> Result<Vec<IssuerView>, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().provider_registry().issuers();
		let entries = at.storage().iter(address, ()).await;
		let mut entries = entries.map_err(|error| unreadable(block, error))?;
		let mut issuers = Vec::new();
		while let Some(entry) = entries.next().await {
			let entry = entry.map_err(ChainError::transport)?;
			let key = entry.key().map_err(ChainError::transport)?;
			let (id,) = key.decode().map_err(ChainError::transport)?;
			let found = entry.value().decode().map_err(ChainError::transport)?;
			issuers.push(IssuerView::new(id.0, found));
		}
		issuers.sort_by_key(|issuer| issuer.issuer);
		Ok(issuers)
	}
}
