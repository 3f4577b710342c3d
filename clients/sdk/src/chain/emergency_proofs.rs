//! Emergencies by proof: sending them, and what the auditor reads of them.

use super::{
	interface::{
		self,
		record_access::events::{BreakGlassDenied, GlassBroken},
	},
	AccessAnswer, AtBlock, Chain, ChainError, IdentityAuditor, Signer, Until,
};
use hdx_primitives::{AccessRequest, EmergencyEvidence, EmergencyProof, GrantId, OverrideReason};

impl Chain {
	/// Breaks the glass for a clinician who proves. The signer operates the institution of the request. A denial is an
	/// answer, not an error.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::break_glass_by_proof`.
	pub async fn break_glass_by_proof(
		&self,
		operator: &Signer,
		request: AccessRequest,
		reason: OverrideReason,
		proof: EmergencyProof,
		until: Until,
	) -> Result<AccessAnswer, ChainError> {
		let call = interface::transactions().record_access().break_glass_by_proof(
			request.into(),
			reason.into(),
			proof.into(),
		);
		let name = "RecordAccess::break_glass_by_proof";
		let included = self.submit(name, &call, operator, until).await?;
		if let Some(event) = included.find::<GlassBroken>()? {
			return Ok(AccessAnswer::Granted { grant: event.grant.0, entry: event.entry.0 });
		}
		let event: BreakGlassDenied = included.event("GlassBroken or BreakGlassDenied")?;
		Ok(AccessAnswer::Denied { reason: event.reason.0, entry: event.entry.0 })
	}

	/// What the auditor reads of who broke the glass. `None`: the grant is none, or rests on no proof of an emergency.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn emergency_evidence(
		&self,
		grant: GrantId,
		block: AtBlock,
	) -> Result<Option<EmergencyEvidence>, ChainError> {
		let query = interface::view_functions().record_access().emergency_evidence(grant.into());
		self.view(block, query).await
	}

	/// An auditor, in office or not, by their number. `None`: none was ever appointed with it.
	///
	/// # Errors
	///
	/// Those of [`emergency_evidence`](Self::emergency_evidence).
	pub async fn identity_auditor_of(
		&self,
		number: u32,
		block: AtBlock,
	) -> Result<Option<IdentityAuditor>, ChainError> {
		let query = interface::view_functions().shielded_licence().auditor_of(number);
		self.view(block, query).await
	}
}
