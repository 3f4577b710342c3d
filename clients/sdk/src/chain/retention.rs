//! How long entries stay in state, what keeps them longer, and what raises alerts.

use super::{
	interface::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec, hdx_runtime::RuntimeCall, pallet_audit,
		},
	},
	AtBlock, Chain, ChainError, Signer, Until,
};
use hdx_primitives::{AccountId, EntryIndex, HoldId, HoldReason, Milliseconds};
use pallet_audit::{monitoring as chain, pallet::Call, types::HoldScope as OnChainScope};

/// What a legal hold keeps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HoldScope {
	/// All entries about a patient, those to come included.
	Patient(AccountId),
	/// These entries.
	Case(Vec<EntryIndex>),
}

/// A legal hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HoldView {
	/// Which.
	pub hold: HoldId,
	/// What it keeps.
	pub scope: HoldScope,
	/// Why.
	pub reason: HoldReason,
	/// When it was placed.
	pub placed_at: Milliseconds,
}

/// How often something has to happen in one window to raise an alert. `None`: it never does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Thresholds {
	/// Refusals.
	pub denials: Option<u32>,
	/// Emergency overrides.
	pub overrides: Option<u32>,
	/// Different patients about whom access was asked for.
	pub patients: Option<u32>,
}

/// What raises alerts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MonitoringTerms {
	/// How long a window is.
	pub window: Milliseconds,
	/// How much is too much of one account.
	pub actor: Thresholds,
	/// How much is too much of one institution.
	pub institution: Thresholds,
}

impl From<Thresholds> for chain::Thresholds {
	fn from(from: Thresholds) -> Self {
		Self { denials: from.denials, overrides: from.overrides, patients: from.patients }
	}
}

impl From<chain::Thresholds> for Thresholds {
	fn from(from: chain::Thresholds) -> Self {
		Self { denials: from.denials, overrides: from.overrides, patients: from.patients }
	}
}

impl From<HoldScope> for OnChainScope {
	fn from(scope: HoldScope) -> Self {
		match scope {
			HoldScope::Patient(account) => Self::Patient(account.into()),
			HoldScope::Case(entries) => {
				Self::Case(BoundedVec(entries.into_iter().map(Into::into).collect()))
			},
		}
	}
}

impl From<OnChainScope> for HoldScope {
	fn from(scope: OnChainScope) -> Self {
		match scope {
			OnChainScope::Patient(account) => Self::Patient(account.0),
			OnChainScope::Case(entries) => {
				Self::Case(entries.0.into_iter().map(|entry| entry.0).collect())
			},
		}
	}
}

impl Chain {
	/// Places a legal hold, as an authority. Gives its number.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Audit::place_hold`.
	pub async fn place_hold(
		&self,
		authority: &Signer,
		scope: HoldScope,
		reason: HoldReason,
		until: Until,
	) -> Result<HoldId, ChainError> {
		let call =
			RuntimeCall::Audit(Call::place_hold { scope: scope.into(), reason: reason.into() });
		let included = self.govern("Audit::place_hold", call, authority, until).await?;
		let event: interface::audit::events::HoldPlaced = included.event("HoldPlaced")?;
		Ok(event.hold.0)
	}

	/// Releases a legal hold, as an authority.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Audit::release_hold`.
	pub async fn release_hold(
		&self,
		authority: &Signer,
		hold: HoldId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = RuntimeCall::Audit(Call::release_hold { hold: hold.into() });
		self.govern("Audit::release_hold", call, authority, until).await?;
		Ok(())
	}

	/// All legal holds, the oldest first.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn holds(&self) -> Result<Vec<HoldView>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().audit().holds();
		let mut entries = at.storage().iter(address, ()).await.map_err(ChainError::transport)?;
		let mut holds = Vec::new();
		while let Some(entry) = entries.next().await {
			let entry = entry.map_err(ChainError::transport)?;
			let key = entry.key().map_err(ChainError::transport)?;
			let (hold,) = key.decode().map_err(ChainError::transport)?;
			let found = entry.value().decode().map_err(ChainError::transport)?;
			holds.push(HoldView {
				hold: hold.0,
				scope: found.scope.into(),
				reason: found.reason.0,
				placed_at: found.placed_at.0,
			});
		}
		holds.sort_by_key(|hold| hold.hold);
		Ok(holds)
	}

	/// Sets for how long entries stay in state, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Audit::set_retention`.
	pub async fn set_retention(
		&self,
		governance: &Signer,
		period: Milliseconds,
		until: Until,
	) -> Result<(), ChainError> {
		let call = RuntimeCall::Audit(Call::set_retention { period: period.into() });
		self.govern("Audit::set_retention", call, governance, until).await?;
		Ok(())
	}

	/// For how long entries stay in state.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Transport`].
	pub async fn retention(&self, block: AtBlock) -> Result<Milliseconds, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().audit().retention_period();
		let found = at.storage().fetch(address, ()).await.map_err(ChainError::transport)?;
		Ok(found.decode().map_err(ChainError::transport)?.0)
	}

	/// Sets what raises alerts, as governance, and begins a new window.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Audit::set_monitoring`.
	pub async fn set_monitoring(
		&self,
		governance: &Signer,
		terms: MonitoringTerms,
		until: Until,
	) -> Result<(), ChainError> {
		let call = RuntimeCall::Audit(Call::set_monitoring {
			terms: chain::MonitoringTerms {
				window: terms.window.into(),
				actor: terms.actor.into(),
				institution: terms.institution.into(),
			},
		});
		self.govern("Audit::set_monitoring", call, governance, until).await?;
		Ok(())
	}

	/// What raises alerts.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Transport`].
	pub async fn monitoring(&self, block: AtBlock) -> Result<MonitoringTerms, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().audit().monitoring_terms_in_force();
		let found = at.storage().fetch(address, ()).await.map_err(ChainError::transport)?;
		let found = found.decode().map_err(ChainError::transport)?;
		Ok(MonitoringTerms {
			window: found.window.0,
			actor: found.actor.into(),
			institution: found.institution.into(),
		})
	}
}
