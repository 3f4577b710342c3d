//! How sure the chain is of a practitioner.

use super::super::{
	interface::{
		self,
		runtime_types::{hdx_runtime::RuntimeCall, pallet_record_access::pallet::Call},
	},
	AtBlock, Chain, ChainError, Signer, Until,
};
use hdx_primitives::{
	AccountId, Action, AssuranceLevel, Code, DenialReason, InstitutionId, Milliseconds, Role,
	Standing,
};

/// At which levels a practitioner may act, and why not at the others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StandingView {
	/// At the first level: enrolled by an institution.
	pub enrolled: Result<Standing, DenialReason>,
	/// At the second: with a licence that a trusted issuer attests.
	pub attested: Result<Standing, DenialReason>,
	/// At the third, once the second key signs: with a fresh check of that licence.
	pub verified: Result<Standing, DenialReason>,
}

impl StandingView {
	/// The highest level that holds.
	pub fn level(&self) -> Option<AssuranceLevel> {
		let levels = [self.verified, self.attested, self.enrolled];
		levels.iter().find_map(|at| at.ok()).map(|standing| standing.level)
	}
}

impl Chain {
	/// At which levels `who` may act for `institution` in `role` at the time `at`, with the state of
	/// a block.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn provider_status(
		&self,
		who: &AccountId,
		institution: InstitutionId,
		role: Role,
		at: Milliseconds,
		block: AtBlock,
	) -> Result<StandingView, ChainError> {
		type Level = Result<Standing, DenialReason>;
		let query = interface::view_functions().provider_registry().status(
			who.clone().into(),
			institution.into(),
			role.into(),
			at.into(),
		);
		let (enrolled, attested, verified): (Level, Level, Level) = self.view(block, query).await?;
		Ok(StandingView { enrolled, attested, verified })
	}

	/// Sets how sure the chain must be of who does this for this purpose, as governance; `None`: as
	/// sure as is shipped.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::set_required_level`.
	pub async fn set_required_level(
		&self,
		governance: &Signer,
		purpose: Code,
		action: Action,
		level: Option<AssuranceLevel>,
		until: Until,
	) -> Result<AssuranceLevel, ChainError> {
		let call = RuntimeCall::RecordAccess(Call::set_required_level {
			purpose: purpose.into(),
			action: action.into(),
			level: level.map(Into::into),
		});
		let name = "RecordAccess::set_required_level";
		let included = self.govern(name, call, governance, until).await?;
		let event: interface::record_access::events::RequiredLevelSet =
			included.event("RequiredLevelSet")?;
		Ok(event.level.0)
	}
}
