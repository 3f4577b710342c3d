//! What patients may do about their records beside consents: restrict disclosures, dispute what a record
//! says, and have it erased; and what custodians answer.

use super::{
	interface::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec,
			pallet_record_access::types::restriction::RestrictionTerms as OnChainTerms,
		},
	},
	AtBlock, Chain, ChainError, Signer, Until,
};
use codec::Decode;
use hdx_primitives::{
	AccountId, Code, Commitment, DisputeOutcome, EntryIndex, ErasureExemption, InstitutionId,
	Milliseconds, RecordId,
};

/// For which purposes nothing is disclosed.
#[derive(Clone, PartialEq, Eq, Debug, Decode)]
pub enum RestrictionTerms {
	/// For none of these.
	NotFor(Vec<Code>),
	/// For all but these. Empty: for none at all.
	OnlyFor(Vec<Code>),
}

/// A restriction in force.
#[derive(Clone, PartialEq, Eq, Debug, Decode)]
pub struct Restriction {
	/// For which purposes.
	pub terms: RestrictionTerms,
	/// Who set it: the patient, or a guardian.
	pub by: AccountId,
	/// Since when.
	pub since: Milliseconds,
}

/// The last dispute of a record.
#[derive(Clone, PartialEq, Eq, Debug, Decode)]
pub struct Dispute {
	/// Salted commitment to what the patient says.
	pub statement: Commitment,
	/// Who said it: the patient, or a guardian.
	pub by: AccountId,
	/// When.
	pub opened_at: Milliseconds,
	/// The first moment at which the answer is late.
	pub due_at: Milliseconds,
	/// What the custodian answered. `None`: it is open.
	pub answer: Option<DisputeAnswer>,
}

/// A custodian's answer to a dispute.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub struct DisputeAnswer {
	/// What the custodian does.
	pub outcome: DisputeOutcome,
	/// Salted commitment to what the custodian says.
	pub statement: Commitment,
	/// When.
	pub at: Milliseconds,
	/// Whether the deadline had passed.
	pub is_late: bool,
}

/// That a record was erased, in the place of the record.
#[derive(Clone, PartialEq, Eq, Debug, Decode)]
pub struct Tombstone {
	/// Whose record it was.
	pub patient: AccountId,
	/// Who erased it.
	pub custodian: InstitutionId,
	/// When.
	pub erased_at: Milliseconds,
	/// Salted commitment to the receipt.
	pub receipt: Commitment,
}

/// That a patient wants a record erased.
#[derive(Clone, PartialEq, Eq, Debug, Decode)]
pub struct ErasureRequest {
	/// Who asked: the patient, or a guardian.
	pub by: AccountId,
	/// When.
	pub requested_at: Milliseconds,
	/// The first moment at which the answer is late.
	pub due_at: Milliseconds,
}

/// How an institution stands with what it was asked to erase.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub struct ErasureStanding {
	/// Waiting, those overdue included.
	pub pending: u32,
	/// Records that were erased as asked.
	pub erased: u32,
	/// Records that are kept.
	pub refused: u32,
	/// Of both, how many were answered after their deadline.
	pub late: u32,
	/// How many are overdue now, counted up to a page.
	pub overdue: u32,
}

impl From<RestrictionTerms> for OnChainTerms {
	fn from(terms: RestrictionTerms) -> Self {
		// The chain wants them sorted, each once.
		let bounded = |mut purposes: Vec<Code>| {
			purposes.sort();
			purposes.dedup();
			BoundedVec(purposes.into_iter().map(Into::into).collect())
		};
		match terms {
			RestrictionTerms::NotFor(purposes) => Self::NotFor(bounded(purposes)),
			RestrictionTerms::OnlyFor(purposes) => Self::OnlyFor(bounded(purposes)),
		}
	}
}

impl Chain {
	/// Restricts disclosures of a record of a patient, or of all where none is named. The signer is the
	/// patient, or a guardian.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::restrict`.
	pub async fn restrict(
		&self,
		signer: &Signer,
		patient: AccountId,
		record: Option<RecordId>,
		terms: RestrictionTerms,
		until: Until,
	) -> Result<EntryIndex, ChainError> {
		let call = interface::transactions().record_access().restrict(
			patient.into(),
			record.map(Into::into),
			terms.into(),
		);
		let included = self.submit("RecordAccess::restrict", &call, signer, until).await?;
		let event: interface::record_access::events::RestrictionSet =
			included.event("RestrictionSet")?;
		Ok(event.entry.0)
	}

	/// Lifts a restriction. The signer is the patient, or a guardian who may.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::lift_restriction`.
	pub async fn lift_restriction(
		&self,
		signer: &Signer,
		patient: AccountId,
		record: Option<RecordId>,
		until: Until,
	) -> Result<EntryIndex, ChainError> {
		let call = interface::transactions()
			.record_access()
			.lift_restriction(patient.into(), record.map(Into::into));
		let included = self.submit("RecordAccess::lift_restriction", &call, signer, until).await?;
		let event: interface::record_access::events::RestrictionLifted =
			included.event("RestrictionLifted")?;
		Ok(event.entry.0)
	}

	/// What a patient restricts: of which record (`None`: of all), and for which purposes.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn restrictions_of(
		&self,
		patient: &AccountId,
		block: AtBlock,
	) -> Result<Vec<(Option<RecordId>, Restriction)>, ChainError> {
		let patient = patient.clone().into();
		let query = interface::view_functions().record_access().restrictions_of(patient);
		self.view(block, query).await
	}

	/// Disputes that a record is accurate, with a salted commitment to what is wrong with it. The signer is
	/// the patient, or a guardian. Gives the first moment at which the answer is late.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::dispute_record`.
	pub async fn dispute_record(
		&self,
		signer: &Signer,
		record: RecordId,
		statement: Commitment,
		until: Until,
	) -> Result<Milliseconds, ChainError> {
		let call = interface::transactions()
			.record_access()
			.dispute_record(record.into(), statement.into());
		let included = self.submit("RecordAccess::dispute_record", &call, signer, until).await?;
		let event: interface::record_access::events::RecordDisputed =
			included.event("RecordDisputed")?;
		Ok(event.due_at.0)
	}

	/// Answers the open dispute of a record. The signer operates its custodian. Says whether that was too
	/// late.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::answer_dispute`.
	pub async fn answer_dispute(
		&self,
		custodian: &Signer,
		record: RecordId,
		outcome: DisputeOutcome,
		statement: Commitment,
		until: Until,
	) -> Result<bool, ChainError> {
		let call = interface::transactions().record_access().answer_dispute(
			record.into(),
			outcome.into(),
			statement.into(),
		);
		let included = self.submit("RecordAccess::answer_dispute", &call, custodian, until).await?;
		let event: interface::record_access::events::DisputeAnswered =
			included.event("DisputeAnswered")?;
		Ok(event.is_late)
	}

	/// The last dispute of a record, if there was one.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn dispute_of(
		&self,
		record: RecordId,
		block: AtBlock,
	) -> Result<Option<Dispute>, ChainError> {
		let query = interface::view_functions().record_access().dispute_of(record.into());
		self.view(block, query).await
	}

	/// Asks the custodian of a record to erase it. The signer is the patient, or a guardian for all purposes.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::request_erasure`.
	pub async fn request_erasure(
		&self,
		signer: &Signer,
		record: RecordId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().record_access().request_erasure(record.into());
		self.submit("RecordAccess::request_erasure", &call, signer, until).await?;
		Ok(())
	}

	/// Says why a record is not erased, with a salted commitment to the reasons. The signer operates its
	/// custodian.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::refuse_erasure`.
	pub async fn refuse_erasure(
		&self,
		custodian: &Signer,
		record: RecordId,
		exemption: ErasureExemption,
		statement: Commitment,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().record_access().refuse_erasure(
			record.into(),
			exemption.into(),
			statement.into(),
		);
		self.submit("RecordAccess::refuse_erasure", &call, custodian, until).await?;
		Ok(())
	}

	/// Records that a record was erased, with a salted commitment to the receipt. The signer operates its
	/// custodian. Gives the entry of the log, whose proof proves the receipt.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::record_erasure`.
	pub async fn record_erasure(
		&self,
		custodian: &Signer,
		record: RecordId,
		receipt: Commitment,
		until: Until,
	) -> Result<EntryIndex, ChainError> {
		let call =
			interface::transactions().record_access().record_erasure(record.into(), receipt.into());
		let included = self.submit("RecordAccess::record_erasure", &call, custodian, until).await?;
		let event: interface::record_access::events::RecordErased =
			included.event("RecordErased")?;
		Ok(event.entry.0)
	}

	/// What is left of a record that was erased.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn tombstone(
		&self,
		record: RecordId,
		block: AtBlock,
	) -> Result<Option<Tombstone>, ChainError> {
		let query = interface::view_functions().record_access().tombstone(record.into());
		self.view(block, query).await
	}

	/// That the patient wants a record erased, where nobody has answered yet.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn erasure_request(
		&self,
		record: RecordId,
		block: AtBlock,
	) -> Result<Option<ErasureRequest>, ChainError> {
		let query = interface::view_functions().record_access().erasure_request(record.into());
		self.view(block, query).await
	}

	/// What an institution was asked to erase, the next deadline first: at most `limit`, behind the record
	/// `after`.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn pending_erasures(
		&self,
		institution: InstitutionId,
		after: Option<RecordId>,
		limit: u32,
		block: AtBlock,
	) -> Result<Vec<(RecordId, ErasureRequest)>, ChainError> {
		let query = interface::view_functions().record_access().pending_erasures(
			institution.into(),
			after.map(Into::into),
			limit,
		);
		self.view(block, query).await
	}

	/// How an institution stands with what it was asked to erase.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn erasure_standing(
		&self,
		institution: InstitutionId,
		block: AtBlock,
	) -> Result<ErasureStanding, ChainError> {
		let query =
			interface::view_functions().record_access().erasure_standing(institution.into());
		self.view(block, query).await
	}
}
