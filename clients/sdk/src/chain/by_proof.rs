//! Requests with the proof of a shielded consent, and what they need the chain to know.

use super::{
	interface::{
		self,
		runtime_types::{hdx_runtime::RuntimeCall, pallet_shielded_consent::pallet::Call},
	},
	AccessAnswer, AtBlock, Chain, ChainError, Signer, Until,
};
use codec::Decode;
use hdx_primitives::{
	AccessProof, AccessRequest, AccountId, Code, EntryIndex, InstitutionId, PublicInput, RecordId,
	Role,
};

/// Places of revocation words of a tree.
const WORD_PLACES: u32 = 2_048;
/// Places that the chain looks at in one page.
const PLACES_PER_PAGE: usize = 512;

/// By what proofs of access know whose record one is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub struct SubjectTag {
	/// The tag. `None`: it was withdrawn.
	pub tag: Option<PublicInput>,
	/// The version of the record with which it was set or withdrawn.
	pub version: u32,
}

impl Chain {
	/// Asks for access with the proof of a shielded consent. A denial is an answer, not an error. Where the purpose
	/// needs the highest assurance, the second key signs this very request.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::request_access_by_proof`.
	pub async fn request_access_by_proof(
		&self,
		practitioner: &Signer,
		request: AccessRequest,
		second_key: Option<&Signer>,
		proof: AccessProof,
		until: Until,
	) -> Result<AccessAnswer, ChainError> {
		let factor = self.second_factor(practitioner, &request, second_key).await?;
		let call = interface::transactions().record_access().request_access_by_proof(
			request.into(),
			factor.map(Into::into),
			proof.into(),
		);
		let name = "RecordAccess::request_access_by_proof";
		let included = self.submit(name, &call, practitioner, until).await?;
		AccessAnswer::of(&included)
	}

	/// Sets by what proofs of access know whose record one is, in this version of it. The signer operates the
	/// custodian.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::set_subject_tag`.
	pub async fn set_subject_tag(
		&self,
		custodian: &Signer,
		record: RecordId,
		version: u32,
		tag: PublicInput,
		until: Until,
	) -> Result<EntryIndex, ChainError> {
		let call = interface::transactions().record_access().set_subject_tag(
			record.into(),
			version,
			Some(tag),
		);
		let included =
			self.submit("RecordAccess::set_subject_tag", &call, custodian, until).await?;
		let event: interface::record_access::events::SubjectTagSet =
			included.event("SubjectTagSet")?;
		Ok(event.entry.0)
	}

	/// Withdraws it, for this version of the record: no proof is about the record until a later version has a tag. The
	/// signer operates the custodian.
	///
	/// # Errors
	///
	/// Those of [`set_subject_tag`](Self::set_subject_tag).
	pub async fn withdraw_subject_tag(
		&self,
		custodian: &Signer,
		record: RecordId,
		version: u32,
		until: Until,
	) -> Result<EntryIndex, ChainError> {
		let call =
			interface::transactions().record_access().set_subject_tag(record.into(), version, None);
		let included =
			self.submit("RecordAccess::set_subject_tag", &call, custodian, until).await?;
		let event: interface::record_access::events::SubjectTagWithdrawn =
			included.event("SubjectTagWithdrawn")?;
		Ok(event.entry.0)
	}

	/// By what proofs of access know whose record one is. `None`: its custodian set nothing.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn subject_tag(
		&self,
		record: RecordId,
		block: AtBlock,
	) -> Result<Option<SubjectTag>, ChainError> {
		let query = interface::view_functions().record_access().subject_tag(record.into());
		self.view(block, query).await
	}

	/// Registers the tag that proofs of access know the signer by.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ShieldedConsent::register_tag`.
	pub async fn register_provider_tag(
		&self,
		practitioner: &Signer,
		on_behalf_of: InstitutionId,
		role: Role,
		tag: PublicInput,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().shielded_consent().register_tag(
			on_behalf_of.into(),
			role.into(),
			tag,
		);
		let included =
			self.submit("ShieldedConsent::register_tag", &call, practitioner, until).await?;
		let _: interface::shielded_consent::events::TagRegistered =
			included.event("TagRegistered")?;
		Ok(())
	}

	/// The tag that proofs of access know a practitioner by. `None`: none is registered.
	///
	/// # Errors
	///
	/// Those of [`subject_tag`](Self::subject_tag).
	pub async fn provider_tag(
		&self,
		practitioner: &AccountId,
		block: AtBlock,
	) -> Result<Option<PublicInput>, ChainError> {
		let query =
			interface::view_functions().shielded_consent().tag_of(practitioner.clone().into());
		self.view(block, query).await
	}

	/// Gives a class of data the next category, as governance; tells its place.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ShieldedConsent::append_category`.
	pub async fn append_category(
		&self,
		governance: &Signer,
		class: Code,
		until: Until,
	) -> Result<u8, ChainError> {
		let call = RuntimeCall::ShieldedConsent(Call::append_category { class: class.into() });
		let name = "ShieldedConsent::append_category";
		let included = self.govern(name, call, governance, until).await?;
		let event: interface::shielded_consent::events::CategoryAppended =
			included.event("CategoryAppended")?;
		Ok(event.place)
	}

	/// The classes that shielded consents can name, in the order of their categories.
	///
	/// # Errors
	///
	/// Those of [`subject_tag`](Self::subject_tag).
	pub async fn shielded_categories(&self, block: AtBlock) -> Result<Vec<Code>, ChainError> {
		let query = interface::view_functions().shielded_consent().categories();
		self.view(block, query).await
	}

	/// The words of revocation bits of a tree, each by its number, as far as any bit is set. Whoever asks tells
	/// nobody which consent they are about.
	///
	/// # Errors
	///
	/// Those of [`subject_tag`](Self::subject_tag).
	pub async fn shielded_revocations(
		&self,
		tree: u32,
		block: AtBlock,
	) -> Result<Vec<(u32, PublicInput)>, ChainError> {
		let mut words = Vec::new();
		for from in (0..WORD_PLACES).step_by(PLACES_PER_PAGE) {
			let query = interface::view_functions().shielded_consent().revocations(tree, from);
			let page: Vec<(u32, [PublicInput; 4])> = self.view(block, query).await?;
			words.extend(
				page.into_iter().flat_map(|(place, four)| (place.saturating_mul(4)..).zip(four)),
			);
		}
		Ok(words)
	}
}
