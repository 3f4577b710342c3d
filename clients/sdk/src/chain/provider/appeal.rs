//! Appeals against suspensions.

use super::{
	super::{
		at::unreadable,
		interface::{
			self,
			runtime_types::pallet_provider_registry::{
				pallet::Call,
				types::appeal::{Appeal as OnChainAppeal, Appellant as OnChainAppellant},
			},
		},
		AtBlock, Chain, ChainError, Signer, Until,
	},
	AppealOutcome,
};
use hdx_primitives::{AccountId, AppealId, Commitment, InstitutionId, Milliseconds};

/// Who appeals.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Appellant {
	/// A suspended institution.
	Institution(InstitutionId),
	/// A suspended practitioner.
	Practitioner(AccountId),
}

/// An open appeal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AppealView {
	/// Which.
	pub appeal: AppealId,
	/// Who appeals, under the account of now.
	pub appellant: Appellant,
	/// Salted hash of the statement.
	pub statement: Commitment,
	/// When it was filed.
	pub filed_at: Milliseconds,
}

impl From<Appellant> for OnChainAppellant {
	fn from(appellant: Appellant) -> Self {
		match appellant {
			Appellant::Institution(id) => Self::Institution(id.into()),
			Appellant::Practitioner(account) => Self::Practitioner(account.into()),
		}
	}
}

impl From<OnChainAppellant> for Appellant {
	fn from(appellant: OnChainAppellant) -> Self {
		match appellant {
			OnChainAppellant::Institution(id) => Self::Institution(id.0),
			OnChainAppellant::Practitioner(account) => Self::Practitioner(account.0),
		}
	}
}

impl AppealView {
	fn new(appeal: AppealId, found: OnChainAppeal) -> Self {
		Self {
			appeal,
			appellant: found.appellant.into(),
			statement: found.statement.0,
			filed_at: found.filed_at.0,
		}
	}
}

impl Chain {
	/// Appeals against the signer's own suspension, as a practitioner or for the institution that the
	/// signer operates. Gives the number of the appeal.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::appeal`.
	pub async fn appeal(
		&self,
		signer: &Signer,
		statement: Commitment,
		until: Until,
	) -> Result<AppealId, ChainError> {
		let call = interface::transactions().provider_registry().appeal(statement.into());
		let included = self.submit_registry("appeal", &call, signer, until).await?;
		let event: interface::provider_registry::events::AppealFiled =
			included.event("AppealFiled")?;
		Ok(event.appeal.0)
	}

	/// Withdraws an appeal. The signer filed it.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::withdraw_appeal`.
	pub async fn withdraw_appeal(
		&self,
		signer: &Signer,
		appeal: AppealId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().provider_registry().withdraw_appeal(appeal.into());
		self.submit_registry("withdraw_appeal", &call, signer, until).await?;
		Ok(())
	}

	/// Answers this appeal and no other, as governance. Upheld, the suspension ends.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::decide_appeal`.
	pub async fn decide_appeal(
		&self,
		governance: &Signer,
		appeal: AppealId,
		outcome: AppealOutcome,
		until: Until,
	) -> Result<(), ChainError> {
		let call = Call::decide_appeal { appeal: appeal.into(), outcome };
		self.govern_registry("decide_appeal", call, governance, until).await?;
		Ok(())
	}

	/// The open appeal of somebody suspended, if there is one.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn appeal_of(
		&self,
		appellant: Appellant,
		block: AtBlock,
	) -> Result<Option<AppealView>, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().provider_registry().open_appeals();
		let open = at.storage().try_fetch(address, (appellant.into(),)).await;
		let open = open.map_err(|error| unreadable(block, error))?;
		let Some(open) = open else { return Ok(None) };
		let id = open.decode().map_err(ChainError::transport)?.0;
		let address = interface::storage().provider_registry().appeals();
		let found = at.storage().try_fetch(address, (id.into(),)).await;
		let found = found.map_err(|error| unreadable(block, error))?;
		let found = found.map(|value| value.decode()).transpose().map_err(ChainError::transport)?;
		Ok(found.map(|appeal| AppealView::new(id, appeal)))
	}

	/// All open appeals, the oldest first.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn appeals(&self) -> Result<Vec<AppealView>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().provider_registry().appeals();
		let mut entries = at.storage().iter(address, ()).await.map_err(ChainError::transport)?;
		let mut appeals = Vec::new();
		while let Some(entry) = entries.next().await {
			let entry = entry.map_err(ChainError::transport)?;
			let key = entry.key().map_err(ChainError::transport)?;
			let (id,) = key.decode().map_err(ChainError::transport)?;
			let found = entry.value().decode().map_err(ChainError::transport)?;
			appeals.push(AppealView::new(id.0, found));
		}
		appeals.sort_by_key(|appeal| appeal.appeal);
		Ok(appeals)
	}
}
