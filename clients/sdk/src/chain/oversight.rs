//! Reviews of entries that patients ask for.

use super::{
	interface::{
		self,
		runtime_types::{hdx_runtime::RuntimeCall, pallet_audit},
	},
	AtBlock, Chain, ChainError, Signer, Until,
};
use codec::Decode;
use hdx_primitives::{
	AccountId, Commitment, EntryIndex, InstitutionId, Milliseconds, ReviewFinding, ReviewReason,
};

/// The review of an entry.
#[derive(Clone, PartialEq, Eq, Debug, Decode)]
pub struct EntryReview {
	/// Whom the entry is about.
	pub patient: AccountId,
	/// Who asked for it: the patient or a guardian.
	pub requested_by: AccountId,
	/// The institution that acted.
	pub institution: InstitutionId,
	/// Why.
	pub reason: ReviewReason,
	/// When it was asked for.
	pub requested_at: Milliseconds,
	/// The first moment at which an answer is late.
	pub answer_due: Milliseconds,
	/// How far it has come.
	pub status: EntryReviewStatus,
}

/// How far a review has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub enum EntryReviewStatus {
	/// The institution has not answered.
	Awaiting {
		/// Whether it is counted that its time to do so is over.
		is_overdue: bool,
	},
	/// The institution answered.
	Answered {
		/// What.
		answer: ReviewAnswer,
		/// The first moment at which it is too late to take it to governance.
		escalate_by: Milliseconds,
	},
	/// Governance has to decide.
	Escalated {
		/// What the institution answered, if it did.
		answer: Option<ReviewAnswer>,
	},
	/// It is over.
	Closed {
		/// What the institution answered, if it did.
		answer: Option<ReviewAnswer>,
		/// How it ended.
		closure: ReviewClosure,
	},
}

/// What an institution answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub struct ReviewAnswer {
	/// What it found.
	pub finding: ReviewFinding,
	/// Salted commitment to the written answer.
	pub statement: Commitment,
	/// When.
	pub at: Milliseconds,
	/// Whether that was too late.
	pub is_late: bool,
}

/// How a review ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub enum ReviewClosure {
	/// Who asked for it, or the patient, withdrew it.
	Withdrawn,
	/// Nobody took the answer to governance in time.
	Lapsed,
	/// Governance decided.
	Decided {
		/// What it found.
		finding: ReviewFinding,
		/// Salted commitment to the written decision.
		statement: Commitment,
	},
}

/// What is counted of an institution's reviews.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub struct ReviewTally {
	/// Those that are not over.
	pub open: u32,
	/// Those that wait for its answer although the time is over.
	pub overdue: u32,
	/// Those that were ever asked for.
	pub requested: u32,
	/// Those that it ever answered too late.
	pub late: u32,
	/// Those that ever went to governance.
	pub escalated: u32,
	/// Those of them that it had not answered.
	pub unanswered: u32,
	/// How often it, or governance, ever found a violation.
	pub violations: u32,
}

/// How much time there is for the steps of a review.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReviewTerms {
	/// For the institution, to answer.
	pub answer_within: Milliseconds,
	/// For the patient, to take an answer to governance.
	pub escalate_within: Milliseconds,
}

impl EntryReview {
	/// What the institution answered, if it did.
	pub fn answer(&self) -> Option<ReviewAnswer> {
		match self.status {
			EntryReviewStatus::Awaiting { .. } => None,
			EntryReviewStatus::Answered { answer, .. } => Some(answer),
			EntryReviewStatus::Escalated { answer } | EntryReviewStatus::Closed { answer, .. } => {
				answer
			},
		}
	}
}

impl Chain {
	/// Has an entry reviewed by the institution that acted. The signer is the patient, or a guardian.
	/// Gives the first moment at which an answer is late.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Audit::request_review`.
	pub async fn request_review(
		&self,
		signer: &Signer,
		entry: EntryIndex,
		reason: ReviewReason,
		until: Until,
	) -> Result<Milliseconds, ChainError> {
		let call = interface::transactions().audit().request_review(entry.into(), reason.into());
		let included = self.submit("Audit::request_review", &call, signer, until).await?;
		let event: interface::audit::events::ReviewRequested = included.event("ReviewRequested")?;
		Ok(event.due.0)
	}

	/// Answers a review, with a salted commitment to what the patient gets in writing. The signer
	/// operates the institution that acted. Says whether that was too late.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Audit::answer_review`.
	pub async fn answer_review(
		&self,
		operator: &Signer,
		entry: EntryIndex,
		finding: ReviewFinding,
		statement: Commitment,
		until: Until,
	) -> Result<bool, ChainError> {
		let call = interface::transactions().audit().answer_review(
			entry.into(),
			finding.into(),
			statement.into(),
		);
		let included = self.submit("Audit::answer_review", &call, operator, until).await?;
		let event: interface::audit::events::ReviewAnswered = included.event("ReviewAnswered")?;
		Ok(event.is_late)
	}

	/// Takes a review to governance. The signer is the patient, or a guardian.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Audit::escalate_review`.
	pub async fn escalate_review(
		&self,
		signer: &Signer,
		entry: EntryIndex,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().audit().escalate_review(entry.into());
		self.submit("Audit::escalate_review", &call, signer, until).await?;
		Ok(())
	}

	/// Withdraws a review. The signer is the patient, or the guardian who asked for it.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Audit::withdraw_review`.
	pub async fn withdraw_review(
		&self,
		signer: &Signer,
		entry: EntryIndex,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().audit().withdraw_review(entry.into());
		self.submit("Audit::withdraw_review", &call, signer, until).await?;
		Ok(())
	}

	/// Decides a review that was taken to governance, and closes it, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Audit::decide_review`.
	pub async fn decide_review(
		&self,
		governance: &Signer,
		entry: EntryIndex,
		finding: ReviewFinding,
		statement: Commitment,
		until: Until,
	) -> Result<(), ChainError> {
		let call = RuntimeCall::Audit(pallet_audit::pallet::Call::decide_review {
			entry: entry.into(),
			finding: finding.into(),
			statement: statement.into(),
		});
		self.govern("Audit::decide_review", call, governance, until).await?;
		Ok(())
	}

	/// Sets the times for the steps of reviews, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Audit::set_review_terms`.
	pub async fn set_review_terms(
		&self,
		governance: &Signer,
		terms: ReviewTerms,
		until: Until,
	) -> Result<(), ChainError> {
		let call = RuntimeCall::Audit(pallet_audit::pallet::Call::set_review_terms {
			terms: pallet_audit::reviews::types::ReviewTerms {
				answer_within: terms.answer_within.into(),
				escalate_within: terms.escalate_within.into(),
			},
		});
		self.govern("Audit::set_review_terms", call, governance, until).await?;
		Ok(())
	}

	/// The times for the steps of reviews.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Transport`].
	pub async fn review_terms(&self, block: AtBlock) -> Result<ReviewTerms, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().audit().review_terms_in_force();
		let found = at.storage().fetch(address, ()).await.map_err(ChainError::transport)?;
		let found = found.decode().map_err(ChainError::transport)?;
		Ok(ReviewTerms {
			answer_within: found.answer_within.0,
			escalate_within: found.escalate_within.0,
		})
	}

	/// The review of an entry, if anybody asked for one.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn entry_review(
		&self,
		entry: EntryIndex,
		block: AtBlock,
	) -> Result<Option<EntryReview>, ChainError> {
		let query = interface::view_functions().audit().review(entry.into());
		self.view(block, query).await
	}

	/// How an institution deals with reviews.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn review_tally(
		&self,
		institution: InstitutionId,
		block: AtBlock,
	) -> Result<ReviewTally, ChainError> {
		let query = interface::view_functions().audit().review_tally(institution.into());
		self.view(block, query).await
	}

	/// All open reviews of what an institution did, in the order of the log, in the state of one block.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn open_reviews(
		&self,
		institution: InstitutionId,
		block: AtBlock,
	) -> Result<Vec<(EntryIndex, EntryReview)>, ChainError> {
		let block = match block {
			AtBlock::Best => AtBlock::Hash(self.block_time(AtBlock::Best).await?.hash),
			other => other,
		};
		let mut reviews: Vec<(EntryIndex, EntryReview)> = Vec::new();
		loop {
			let from = reviews.last().map_or(0, |(last, _)| last.0.saturating_add(1));
			let query = interface::view_functions().audit().open_reviews(
				institution.into(),
				EntryIndex(from).into(),
				u32::MAX,
			);
			let page: Vec<(EntryIndex, EntryReview)> = self.view(block, query).await?;
			if page.is_empty() {
				return Ok(reviews);
			}
			reviews.extend(page);
		}
	}
}
