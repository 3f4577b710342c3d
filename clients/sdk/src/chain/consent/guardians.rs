//! Guardians: naming them, and what they propose and agree on.

use super::{
	super::{interface, AtBlock, Chain, ChainError, Signer, Until},
	Acted,
};
use hdx_primitives::{
	consent::{GuardianAction, GuardianSet, Guardianship, PendingGuardians, Proposal},
	AccountId, ProposalId,
};

impl Chain {
	/// Names guardians, or others, or none. The signer is the patient.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::set_guardians`.
	pub async fn set_guardians(
		&self,
		patient: &Signer,
		set: Option<GuardianSet>,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().consent().set_guardians(set.map(Into::into));
		self.submit("Consent::set_guardians", &call, patient, until).await?;
		Ok(())
	}

	/// Makes an account a patient who has guardians from the beginning. The signer operates an
	/// institution.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::sponsor_ward`.
	pub async fn sponsor_ward(
		&self,
		operator: &Signer,
		patient: AccountId,
		set: GuardianSet,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().consent().sponsor_ward(patient.into(), set.into());
		self.submit("Consent::sponsor_ward", &call, operator, until).await?;
		Ok(())
	}

	/// Proposes something to the other guardians of a patient, and approves it. The signer is one
	/// of them.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::propose_as_guardian`.
	pub async fn propose(
		&self,
		guardian: &Signer,
		patient: AccountId,
		action: GuardianAction,
		until: Until,
	) -> Result<Acted, ChainError> {
		let call =
			interface::transactions().consent().propose_as_guardian(patient.into(), action.into());
		let included = self.submit("Consent::propose_as_guardian", &call, guardian, until).await?;
		Acted::of(&included)
	}

	/// Approves what another guardian proposed. The signer is a guardian.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::approve_as_guardian`.
	pub async fn approve_proposal(
		&self,
		guardian: &Signer,
		proposal: ProposalId,
		until: Until,
	) -> Result<Acted, ChainError> {
		use interface::consent::events::ProposalExecuted;
		let call = interface::transactions().consent().approve_as_guardian(proposal.into());
		let included = self.submit("Consent::approve_as_guardian", &call, guardian, until).await?;
		let is_done = included.find::<ProposalExecuted>()?.is_some();
		Ok(Acted { proposal: Some(proposal), is_done, ..Acted::of(&included)? })
	}

	/// Objects to what the guardians proposed. The signer is the patient.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::object_to_proposal`.
	pub async fn object_to_proposal(
		&self,
		patient: &Signer,
		proposal: ProposalId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().consent().object_to_proposal(proposal.into());
		self.submit("Consent::object_to_proposal", &call, patient, until).await?;
		Ok(())
	}

	/// Carries out what the guardians agreed on. The signer is a guardian.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::execute_proposal`.
	pub async fn execute_proposal(
		&self,
		guardian: &Signer,
		proposal: ProposalId,
		until: Until,
	) -> Result<Acted, ChainError> {
		let call = interface::transactions().consent().execute_proposal(proposal.into());
		let included = self.submit("Consent::execute_proposal", &call, guardian, until).await?;
		Ok(Acted { proposal: Some(proposal), ..Acted::of(&included)? })
	}

	/// The guardians of a patient who are in office.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn guardians(&self, patient: &AccountId) -> Result<Option<Guardianship>, ChainError> {
		let query = interface::view_functions().consent().guardians(patient.clone().into());
		self.view(AtBlock::Best, query).await
	}

	/// The guardians that a patient wants instead. Once their time has come they are in office.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn guardians_to_be(
		&self,
		patient: &AccountId,
	) -> Result<Option<PendingGuardians>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().consent().guardians_to_be();
		let found = at.storage().try_fetch(address, (patient.clone().into(),)).await;
		let found = found.map_err(ChainError::transport)?;
		let found = found.map(|value| value.decode()).transpose().map_err(ChainError::transport)?;
		Ok(found.map(|pending| pending.0))
	}

	/// What the guardians of a patient proposed, and neither carried out nor gave up.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn proposals(
		&self,
		patient: &AccountId,
	) -> Result<Vec<(ProposalId, Proposal)>, ChainError> {
		let query = interface::view_functions().consent().proposals(patient.clone().into());
		self.view(AtBlock::Best, query).await
	}
}
