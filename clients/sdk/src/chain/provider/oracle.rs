//! Oracles, their terms and their reports.

use super::{
	super::{
		at::unreadable,
		interface::{
			self,
			runtime_types::pallet_provider_registry::{
				pallet::Call,
				types::oracle::{Oracle, OracleTerms as OnChainTerms},
			},
		},
		AtBlock, Chain, ChainError, Signer, Until,
	},
	registration, suspension, ReportedStatus, SuspensionReason,
};
use hdx_primitives::{AccountId, CredentialId, InstitutionId, Milliseconds, H256};

/// An oracle, as the chain has it.
#[derive(Clone, Debug)]
pub struct OracleView {
	/// Its account.
	pub account: AccountId,
	/// The institution that runs it; `None` for an independent body.
	pub institution: Option<InstitutionId>,
	/// Why it is suspended; `None` where it is not.
	pub suspended: Option<SuspensionReason>,
	/// How often it contradicted a quorum since it was registered or reinstated.
	pub misbehaviour: u32,
	/// When it was registered.
	pub registered_at: Milliseconds,
}

/// What governance asks of oracles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OracleTerms {
	/// How many have to agree.
	pub quorum: u32,
	/// How long a check counts.
	pub ttl: Milliseconds,
	/// How long a report counts.
	pub report_lifetime: Milliseconds,
	/// With how many contradictions an oracle is suspended.
	pub max_misbehaviour: u32,
}

/// What an oracle read in an issuer's status list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StatusReport {
	/// About which credential.
	pub credential: CredentialId,
	/// What its status is.
	pub status: ReportedStatus,
	/// Hash of what was seen: the list's address, the index and the hash of the list.
	pub evidence: H256,
	/// When it was looked at.
	pub checked_at: Milliseconds,
}

/// What came of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reported {
	/// What enough oracles agree on with this report; `None` where they do not yet.
	pub decided: Option<ReportedStatus>,
}

impl OracleView {
	fn new(account: AccountId, found: &Oracle) -> Self {
		Self {
			account,
			institution: found.institution.as_ref().map(|id| id.0),
			suspended: suspension(&found.status),
			misbehaviour: found.misbehaviour,
			registered_at: found.registered_at.0,
		}
	}
}

impl Chain {
	/// Registers an oracle, as governance. `institution` runs it; `None`: an independent body does.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::register_oracle`.
	pub async fn register_oracle(
		&self,
		governance: &Signer,
		account: AccountId,
		institution: Option<InstitutionId>,
		until: Until,
	) -> Result<(), ChainError> {
		let institution = institution.map(Into::into);
		let call = Call::register_oracle { account: account.into(), institution };
		self.govern_registry("register_oracle", call, governance, until).await?;
		Ok(())
	}

	/// Removes an oracle, as governance. Its reports count no more.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::remove_oracle`.
	pub async fn remove_oracle(
		&self,
		governance: &Signer,
		account: AccountId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = Call::remove_oracle { account: account.into() };
		self.govern_registry("remove_oracle", call, governance, until).await?;
		Ok(())
	}

	/// Suspends an oracle for this reason, or reinstates it where there is none, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::set_oracle_status`.
	pub async fn set_oracle_suspended(
		&self,
		governance: &Signer,
		account: AccountId,
		suspended: Option<SuspensionReason>,
		until: Until,
	) -> Result<(), ChainError> {
		let status = registration(suspended);
		let call = Call::set_oracle_status { account: account.into(), status };
		self.govern_registry("set_oracle_status", call, governance, until).await?;
		Ok(())
	}

	/// Sets the terms of oracles, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::set_oracle_terms`.
	pub async fn set_oracle_terms(
		&self,
		governance: &Signer,
		terms: OracleTerms,
		until: Until,
	) -> Result<(), ChainError> {
		let terms = OnChainTerms {
			quorum: terms.quorum,
			ttl: terms.ttl.into(),
			report_lifetime: terms.report_lifetime.into(),
			max_misbehaviour: terms.max_misbehaviour,
		};
		let call = Call::set_oracle_terms { terms };
		self.govern_registry("set_oracle_terms", call, governance, until).await?;
		Ok(())
	}

	/// Reports the status of a credential. The signer is an oracle.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::report_status`.
	pub async fn report_status(
		&self,
		oracle: &Signer,
		practitioner: AccountId,
		report: StatusReport,
		until: Until,
	) -> Result<Reported, ChainError> {
		let call = interface::transactions().provider_registry().report_status(
			practitioner.into(),
			report.credential.into(),
			report.status,
			report.evidence,
			report.checked_at.into(),
		);
		let included = self.submit_registry("report_status", &call, oracle, until).await?;
		let decided = included.find::<interface::provider_registry::events::StatusDecided>()?;
		Ok(Reported { decided: decided.map(|event| event.status) })
	}

	/// The terms of oracles; `None` where governance has set none.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn oracle_terms(&self, block: AtBlock) -> Result<Option<OracleTerms>, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().provider_registry().oracle_terms_in_force();
		let found = at.storage().try_fetch(address, ()).await;
		let found = found.map_err(|error| unreadable(block, error))?;
		let found = found.map(|value| value.decode()).transpose().map_err(ChainError::transport)?;
		Ok(found.map(|terms| OracleTerms {
			quorum: terms.quorum,
			ttl: terms.ttl.0,
			report_lifetime: terms.report_lifetime.0,
			max_misbehaviour: terms.max_misbehaviour,
		}))
	}

	/// Every oracle, suspended ones included.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn oracles(&self, block: AtBlock) -> Result<Vec<OracleView>, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().provider_registry().oracles();
		let entries = at.storage().iter(address, ()).await;
		let mut entries = entries.map_err(|error| unreadable(block, error))?;
		let mut oracles = Vec::new();
		while let Some(entry) = entries.next().await {
			let entry = entry.map_err(ChainError::transport)?;
			let key = entry.key().map_err(ChainError::transport)?;
			let (account,) = key.decode().map_err(ChainError::transport)?;
			let found = entry.value().decode().map_err(ChainError::transport)?;
			oracles.push(OracleView::new(account.0, &found));
		}
		oracles.sort_by(|one, other| one.account.cmp(&other.account));
		Ok(oracles)
	}
}
