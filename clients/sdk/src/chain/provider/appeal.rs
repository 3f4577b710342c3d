//! Appeals against suspensions.

use super::{
	super::{
		at::unreadable,
		interface::{
			self,
			runtime_types::pallet_provider_registry::{
				pallet::Call, types::appeal::Appellant as OnChainAppellant,
			},
		},
		AtBlock, Chain, ChainError, Signer, Until,
	},
	AppealOutcome,
};
use hdx_primitives::{AccountId, Commitment, InstitutionId, Milliseconds};

/// Who appeals.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Appellant {
	/// A suspended institution.
	Institution(InstitutionId),
	/// A suspended practitioner.
	Practitioner(AccountId),
}

/// An open appeal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AppealView {
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

impl Chain {
	/// Appeals against the signer's own suspension, as a practitioner or for the institution that the
	/// signer operates.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::appeal`.
	pub async fn appeal(
		&self,
		signer: &Signer,
		statement: Commitment,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().provider_registry().appeal(statement.into());
		self.submit_registry("appeal", &call, signer, until).await?;
		Ok(())
	}

	/// Answers an appeal, as governance. Upheld, the suspension ends.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::decide_appeal`.
	pub async fn decide_appeal(
		&self,
		governance: &Signer,
		appellant: Appellant,
		outcome: AppealOutcome,
		until: Until,
	) -> Result<(), ChainError> {
		let call = Call::decide_appeal { appellant: appellant.into(), outcome };
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
		let address = interface::storage().provider_registry().appeals();
		let found = at.storage().try_fetch(address, (appellant.into(),)).await;
		let found = found.map_err(|error| unreadable(block, error))?;
		let found = found.map(|value| value.decode()).transpose().map_err(ChainError::transport)?;
		Ok(found.map(|appeal| AppealView {
			statement: appeal.statement.0,
			filed_at: appeal.filed_at.0,
		}))
	}
}
