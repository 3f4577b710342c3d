//! Breaking the glass, and its reviews.

use super::{
	interface::{self, runtime_types::hdx_runtime::RuntimeCall},
	record::AccessAnswer,
	AtBlock, Chain, ChainError, GrantView, Signer, Until,
};
use codec::Decode;
use hdx_primitives::{
	break_glass_operation,
	engine::{Basis, Obligations},
	AccessRequest, AccountId, Action, Code, Commitment, ContextHash, EntryIndex, GrantId,
	InstitutionId, Milliseconds, OverrideReason, RequestedCodes, ReviewOutcome, Role, Target,
};

/// A break-glass, as the patient, the guardians and the privacy officer see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BreakGlassView {
	/// What was granted, to whom.
	pub grant: GrantView,
	/// Why the glass was broken.
	pub reason: OverrideReason,
	/// The entry of the log.
	pub entry: EntryIndex,
	/// The first moment at which the review is overdue.
	pub deadline: Milliseconds,
	/// The review; `None` while it is pending.
	pub review: Option<BreakGlassReview>,
}

/// A review that was closed.
#[derive(Clone, PartialEq, Eq, Debug, Decode)]
pub struct BreakGlassReview {
	/// Who reviewed.
	pub reviewer: AccountId,
	/// When.
	pub at: Milliseconds,
	/// What was found.
	pub outcome: ReviewOutcome,
	/// Salted commitment to the written finding.
	pub finding: Commitment,
	/// Whether the deadline had passed.
	pub is_late: bool,
}

/// How an institution stands with its reviews.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub struct ReviewStanding {
	/// Reviews that are pending, those overdue included.
	pub pending: u32,
	/// Reviews that were closed, those closed late included.
	pub closed: u32,
	/// Reviews that were closed after their deadline.
	pub late: u32,
	/// How many are overdue; counted to one more than may be overdue, and no further.
	pub overdue: u32,
	/// Whether nobody can break the glass on its behalf until reviews are closed.
	pub is_blocked: bool,
}

/// The terms of breaking the glass, which governance sets.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub struct EmergencyTerms {
	/// Longest time for which a grant may be asked in an emergency.
	pub max_duration: Milliseconds,
	/// How many disclosures may be made under such a grant.
	pub uses: u32,
	/// How long after it a break-glass has to be reviewed.
	pub review_within: Milliseconds,
	/// How many reviews of an institution may be overdue.
	pub max_overdue: u32,
	/// How often a day a clinician may break the glass by proof.
	pub proofs_a_day: u8,
}

/// The same, in the chain's layout. A query checks that the chain has no other.
#[derive(Decode)]
struct Stored {
	id: GrantId,
	grantee: AccountId,
	on_behalf_of: InstitutionId,
	role: Role,
	purpose: Code,
	action: Action,
	_context: ContextHash,
	labels: RequestedCodes,
	classes: RequestedCodes,
	patient: AccountId,
	target: Target,
	obligations: Obligations,
	issued_at: Milliseconds,
	expires_at: Milliseconds,
	uses_left: u32,
	basis: Option<Basis>,
	status: StoredStatus,
	reason: OverrideReason,
	entry: EntryIndex,
	deadline: Milliseconds,
	review: Option<BreakGlassReview>,
}

#[derive(PartialEq, Decode)]
enum StoredStatus {
	Active,
	Revoked,
}

impl From<Stored> for BreakGlassView {
	fn from(stored: Stored) -> Self {
		Self {
			grant: GrantView {
				id: stored.id,
				grantee: stored.grantee,
				on_behalf_of: stored.on_behalf_of,
				role: stored.role,
				purpose: stored.purpose,
				action: stored.action,
				patient: stored.patient,
				target: stored.target,
				obligations: stored.obligations.into_inner(),
				labels: stored.labels.into_inner(),
				classes: stored.classes.into_inner(),
				issued_at: stored.issued_at,
				expires_at: stored.expires_at,
				uses_left: stored.uses_left,
				basis: stored.basis,
				revoked: stored.status == StoredStatus::Revoked,
			},
			reason: stored.reason,
			entry: stored.entry,
			deadline: stored.deadline,
			review: stored.review,
		}
	}
}

impl Chain {
	/// Sets the terms of breaking the glass. Governance does that.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::set_emergency_terms`.
	pub async fn set_emergency_terms(
		&self,
		governance: &Signer,
		terms: EmergencyTerms,
		until: Until,
	) -> Result<EntryIndex, ChainError> {
		use interface::runtime_types::pallet_record_access::{
			pallet::Call, types::break_glass::EmergencyTerms as Terms,
		};
		let call = RuntimeCall::RecordAccess(Call::set_emergency_terms {
			terms: Terms {
				max_duration: terms.max_duration.into(),
				uses: terms.uses,
				review_within: terms.review_within.into(),
				max_overdue: terms.max_overdue,
				proofs_a_day: terms.proofs_a_day,
			},
		});
		let name = "RecordAccess::set_emergency_terms";
		let included = self.govern(name, call, governance, until).await?;
		let event: interface::record_access::events::EmergencyTermsSet =
			included.event("EmergencyTermsSet")?;
		Ok(event.entry.0)
	}

	/// Breaks the glass. A denial is an answer, not an error. The second key signs this very request and
	/// reason.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::break_glass`.
	pub async fn break_glass(
		&self,
		practitioner: &Signer,
		request: AccessRequest,
		reason: OverrideReason,
		second_key: Option<&Signer>,
		until: Until,
	) -> Result<AccessAnswer, ChainError> {
		use interface::record_access::events::{BreakGlassDenied, GlassBroken};
		let factor = match second_key {
			Some(key) => {
				let operation = break_glass_operation(&request, reason);
				let account = practitioner.account();
				Some(self.sign_operation(&account, operation, key).await?.into())
			},
			None => None,
		};
		let call = interface::transactions().record_access().break_glass(
			request.into(),
			reason.into(),
			factor,
		);
		let included = self.submit("RecordAccess::break_glass", &call, practitioner, until).await?;
		if let Some(event) = included.find::<GlassBroken>()? {
			return Ok(AccessAnswer::Granted { grant: event.grant.0, entry: event.entry.0 });
		}
		let event: BreakGlassDenied = included.event("GlassBroken or BreakGlassDenied")?;
		Ok(AccessAnswer::Denied { reason: event.reason.0, entry: event.entry.0 })
	}

	/// Closes the review of a break-glass, with a salted commitment to what was written down. What is left
	/// of the grant ends with it.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::review_break_glass`.
	pub async fn review_break_glass(
		&self,
		reviewer: &Signer,
		grant: GrantId,
		outcome: ReviewOutcome,
		finding: Commitment,
		until: Until,
	) -> Result<EntryIndex, ChainError> {
		let call = interface::transactions().record_access().review_break_glass(
			grant.into(),
			outcome.into(),
			finding.into(),
		);
		let included =
			self.submit("RecordAccess::review_break_glass", &call, reviewer, until).await?;
		let event: interface::record_access::events::BreakGlassReviewed =
			included.event("BreakGlassReviewed")?;
		Ok(event.entry.0)
	}

	/// The break-glasses about a patient, the oldest first: at most `limit`, from the `skip`th on. A node
	/// gives no more than a hundred at once.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn break_glasses_of(
		&self,
		patient: &AccountId,
		skip: u32,
		limit: u32,
		block: AtBlock,
	) -> Result<Vec<BreakGlassView>, ChainError> {
		let patient = patient.clone().into();
		let query = interface::view_functions().record_access().overrides_of(patient, skip, limit);
		let found: Vec<Stored> = self.view(block, query).await?;
		Ok(found.into_iter().map(Into::into).collect())
	}

	/// The pending reviews of an institution, the next deadline first: at most `limit`, behind the grant
	/// `after`.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn pending_reviews(
		&self,
		institution: InstitutionId,
		after: Option<GrantId>,
		limit: u32,
		block: AtBlock,
	) -> Result<Vec<BreakGlassView>, ChainError> {
		let query = interface::view_functions().record_access().pending_reviews(
			institution.into(),
			after.map(Into::into),
			limit,
		);
		let found: Vec<Stored> = self.view(block, query).await?;
		Ok(found.into_iter().map(Into::into).collect())
	}

	/// How an institution stands with its reviews.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn review_standing(
		&self,
		institution: InstitutionId,
		block: AtBlock,
	) -> Result<ReviewStanding, ChainError> {
		let query = interface::view_functions().record_access().review_standing(institution.into());
		self.view(block, query).await
	}

	/// The terms of breaking the glass.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn emergency_terms(&self, block: AtBlock) -> Result<EmergencyTerms, ChainError> {
		let query = interface::view_functions().record_access().emergency_terms();
		self.view(block, query).await
	}
}
