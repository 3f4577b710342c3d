//! Studies, attestations, and being counted.

use super::{
	interface::{
		self,
		runtime_types::{hdx_runtime::RuntimeCall, pallet_study::pallet::Call},
	},
	AtBlock, Chain, ChainError, Signer, Until,
};
use codec::Decode;
use hdx_primitives::{
	AttestationIndex, AttestationTree, EnrolmentProof, Milliseconds, PublicInput, StudyId,
	StudyTerms, H256,
};
use std::ops::Range;

/// Whether one can enrol.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub enum StudyStatus {
	/// As long as its time lasts.
	Open,
	/// Never again.
	Closed {
		/// Since when.
		at: Milliseconds,
	},
}

/// A study, as the chain has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub struct StudyView {
	/// What was registered.
	pub terms: StudyTerms,
	/// Whether one can enrol.
	pub status: StudyStatus,
	/// How many take part.
	pub count: u32,
	/// BLAKE2-256 of the results as the sponsor published them.
	pub results: Option<H256>,
}

impl Chain {
	/// Registers a study, as governance; gives its number.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Study::register_study`.
	pub async fn register_study(
		&self,
		governance: &Signer,
		terms: StudyTerms,
		until: Until,
	) -> Result<StudyId, ChainError> {
		let call = RuntimeCall::Study(Call::register_study { terms: terms.into() });
		let included = self.govern("Study::register_study", call, governance, until).await?;
		let event: interface::study::events::StudyRegistered = included.event("StudyRegistered")?;
		Ok(event.study.0)
	}

	/// Closes a study, for its sponsor; gives how many take part.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Study::close_study`.
	pub async fn close_study(
		&self,
		sponsor: &Signer,
		study: StudyId,
		until: Until,
	) -> Result<u32, ChainError> {
		let call = interface::transactions().study().close_study(study.into());
		let included = self.submit("Study::close_study", &call, sponsor, until).await?;
		let event: interface::study::events::StudyClosed = included.event("StudyClosed")?;
		Ok(event.count)
	}

	/// Says by their hash which results of a study were published; gives how many took part.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Study::publish_results`.
	pub async fn publish_study_results(
		&self,
		sponsor: &Signer,
		study: StudyId,
		results: H256,
		until: Until,
	) -> Result<u32, ChainError> {
		let call = interface::transactions().study().publish_results(study.into(), results);
		let included = self.submit("Study::publish_results", &call, sponsor, until).await?;
		let event: interface::study::events::ResultsPublished =
			included.event("ResultsPublished")?;
		Ok(event.count)
	}

	/// Appends an attestation by its leaf; gives its place. The signer operates the institution that attests.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Study::attest`.
	pub async fn attest_values(
		&self,
		operator: &Signer,
		leaf: PublicInput,
		until: Until,
	) -> Result<AttestationIndex, ChainError> {
		let call = interface::transactions().study().attest(leaf);
		let included = self.submit("Study::attest", &call, operator, until).await?;
		let event: interface::study::events::Attested = included.event("Attested")?;
		Ok(event.index.0)
	}

	/// Counts somebody in a study, with the proof that they may take part; gives how many do. The proof names the
	/// sender, who need not be the patient.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Study::enrol`.
	pub async fn enrol_in_study(
		&self,
		sender: &Signer,
		study: StudyId,
		proof: EnrolmentProof,
		until: Until,
	) -> Result<u32, ChainError> {
		let call = interface::transactions().study().enrol(study.into(), proof.into());
		let included = self.submit("Study::enrol", &call, sender, until).await?;
		let event: interface::study::events::Enrolled = included.event("Enrolled")?;
		Ok(event.count)
	}

	/// A study, with its count. `None`: no study has this number.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn study(
		&self,
		study: StudyId,
		block: AtBlock,
	) -> Result<Option<StudyView>, ChainError> {
		let query = interface::view_functions().study().study(study.into());
		self.view(block, query).await
	}

	/// All studies, in the order of their numbers.
	///
	/// # Errors
	///
	/// Those of [`study`](Self::study).
	pub async fn studies(&self, block: AtBlock) -> Result<Vec<(StudyId, StudyView)>, ChainError> {
		let mut all: Vec<(StudyId, StudyView)> = Vec::new();
		loop {
			let from = StudyId(all.last().map_or(0, |(last, _)| last.0.saturating_add(1)));
			let query = interface::view_functions().study().studies(from.into());
			let page: Vec<(StudyId, StudyView)> = self.view(block, query).await?;
			if page.is_empty() {
				return Ok(all);
			}
			all.extend(page);
		}
	}

	/// The tree of attestations that grows, as it is at a block.
	///
	/// # Errors
	///
	/// Those of [`study`](Self::study).
	pub async fn newest_attestations(&self, block: AtBlock) -> Result<AttestationTree, ChainError> {
		self.view(block, interface::view_functions().study().newest_attestations()).await
	}

	/// The leaves of a tree of attestations with these indices, in their order. Whoever reads a whole tree tells the
	/// node nothing of which leaf is theirs.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] also where the node has fewer; else those of [`study`](Self::study).
	pub async fn attestation_leaves(
		&self,
		tree: u32,
		indices: Range<u32>,
		block: AtBlock,
	) -> Result<Vec<PublicInput>, ChainError> {
		let page = |from| {
			let query = interface::view_functions().study().attestations(tree, from);
			self.view::<_, Vec<PublicInput>>(block, query)
		};
		super::shielded::all_pages(tree, indices, page).await
	}

	/// The root of a tree of attestations when it had so many leaves. `None`: it never had.
	///
	/// # Errors
	///
	/// Those of [`study`](Self::study).
	pub async fn attestation_root(
		&self,
		of: AttestationTree,
		block: AtBlock,
	) -> Result<Option<PublicInput>, ChainError> {
		let query = interface::view_functions().study().attestation_root(of.tree, of.count);
		self.view(block, query).await
	}
}
