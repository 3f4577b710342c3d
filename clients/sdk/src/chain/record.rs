//! Records, access, grants.

use super::{
	interface::{self, runtime_types::pallet_record_access::types::GrantStatus},
	AtBlock, Chain, ChainError, Included, Signer, Until,
};
use codec::Decode;
use hdx_primitives::{
	engine::{Basis, Obligation},
	operation_hash, AccessRequest, AccountId, Action, Code, Commitment, DenialReason, EntryIndex,
	GrantId, InstitutionId, Milliseconds, RecordId, Role, SecondFactor, Target, UseRefusal,
};

/// A record, as the chain has it.
#[derive(Clone, Debug)]
pub struct RecordView {
	/// Which.
	pub id: RecordId,
	/// Whose.
	pub patient: AccountId,
	/// Who keeps it.
	pub custodian: InstitutionId,
	/// Commitment to its manifest.
	pub manifest: Commitment,
	/// How many sections it has.
	pub sections: u32,
	/// The generation of its keys.
	pub epoch: u32,
}

/// A grant, as the chain has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GrantView {
	/// Which.
	pub id: GrantId,
	/// Who may use it.
	pub grantee: AccountId,
	/// For which institution.
	pub on_behalf_of: InstitutionId,
	/// In which role.
	pub role: Role,
	/// For what purpose of use.
	pub purpose: Code,
	/// To do what.
	pub action: Action,
	/// About whom.
	pub patient: AccountId,
	/// About which record.
	pub target: Target,
	/// What must be withheld.
	pub obligations: Vec<Obligation>,
	/// The labels that were asked for; empty: any.
	pub labels: Vec<Code>,
	/// The classes that were asked for; empty: any.
	pub classes: Vec<Code>,
	/// When it was issued.
	pub issued_at: Milliseconds,
	/// When it ends.
	pub expires_at: Milliseconds,
	/// How many disclosures are left. For a whole record: how many each institution may make in all; what is
	/// left to one is asked with [`Chain::uses_left`].
	pub uses_left: u32,
	/// The consent it rests on.
	pub basis: Option<Basis>,
	/// Whether it was withdrawn.
	pub revoked: bool,
}

/// Why a grant cannot be used now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub enum GrantRefusal {
	/// There is no such grant.
	Unknown,
	/// It was withdrawn.
	Revoked,
	/// Its time is over.
	Expired,
	/// No uses are left.
	UsedUp,
	/// The same request would be denied now.
	Denied(DenialReason),
	/// The same request would be permitted now, but under other obligations. Ask again.
	Outdated,
	/// The consent permits, but its terms leave no room for a disclosure now.
	Terms(UseRefusal),
}

/// How the chain decided a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AccessAnswer {
	/// Access is granted.
	Granted {
		/// The grant.
		grant: GrantId,
		/// The entry of the log.
		entry: EntryIndex,
	},
	/// Access is denied.
	Denied {
		/// Why.
		reason: DenialReason,
		/// The entry of the log.
		entry: EntryIndex,
	},
}

impl AccessAnswer {
	/// The answer to a request, by its events.
	pub(super) fn of(included: &Included) -> Result<Self, ChainError> {
		use interface::record_access::events::{AccessDenied, AccessGranted};
		if let Some(event) = included.find::<AccessGranted>()? {
			return Ok(Self::Granted { grant: event.grant.0, entry: event.entry.0 });
		}
		let event: AccessDenied = included.event("AccessGranted or AccessDenied")?;
		Ok(Self::Denied { reason: event.reason.0, entry: event.entry.0 })
	}

	/// The entry of the log.
	pub fn entry(&self) -> EntryIndex {
		match self {
			Self::Granted { entry, .. } | Self::Denied { entry, .. } => *entry,
		}
	}
}

impl Chain {
	/// Registers a record whose sections are stored. The signer operates the custodian.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::register_record`.
	pub async fn register_record(
		&self,
		custodian: &Signer,
		patient: AccountId,
		manifest: Commitment,
		sections: u32,
		epoch: u32,
		until: Until,
	) -> Result<RecordId, ChainError> {
		let call = interface::transactions().record_access().register_record(
			patient.into(),
			manifest.into(),
			sections,
			epoch,
		);
		let included =
			self.submit("RecordAccess::register_record", &call, custodian, until).await?;
		let event: interface::record_access::events::RecordRegistered =
			included.event("RecordRegistered")?;
		Ok(event.record.0)
	}

	/// Asks for access. A denial is an answer, not an error. Where the purpose needs the highest
	/// assurance, the second key signs this very request.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::request_access`.
	pub async fn request_access(
		&self,
		practitioner: &Signer,
		request: AccessRequest,
		second_key: Option<&Signer>,
		until: Until,
	) -> Result<AccessAnswer, ChainError> {
		let factor = self.second_factor(practitioner, &request, second_key).await?;
		let factor = factor.map(Into::into);
		let call = interface::transactions().record_access().request_access(request.into(), factor);
		let included =
			self.submit("RecordAccess::request_access", &call, practitioner, until).await?;
		AccessAnswer::of(&included)
	}

	/// The second key's signature on this very request.
	pub(super) async fn second_factor(
		&self,
		practitioner: &Signer,
		request: &AccessRequest,
		second_key: Option<&Signer>,
	) -> Result<Option<SecondFactor>, ChainError> {
		let Some(key) = second_key else { return Ok(None) };
		let operation = operation_hash(request);
		Ok(Some(self.sign_operation(&practitioner.account(), operation, key).await?))
	}

	/// Confirms what was released under a grant. The signer operates the record's custodian.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::record_disclosure`.
	pub async fn record_disclosure(
		&self,
		custodian: &Signer,
		grant: GrantId,
		record: RecordId,
		sections: u32,
		disclosure: Commitment,
		until: Until,
	) -> Result<EntryIndex, ChainError> {
		let call = interface::transactions().record_access().record_disclosure(
			grant.into(),
			record.into(),
			sections,
			disclosure.into(),
		);
		let included =
			self.submit("RecordAccess::record_disclosure", &call, custodian, until).await?;
		let event: interface::record_access::events::DisclosureRecorded =
			included.event("DisclosureRecorded")?;
		Ok(event.entry.0)
	}

	/// Withdraws a grant. The signer is the patient, or operates the custodian.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::revoke_grant`.
	pub async fn revoke_grant(
		&self,
		signer: &Signer,
		grant: GrantId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().record_access().revoke_grant(grant.into());
		self.submit("RecordAccess::revoke_grant", &call, signer, until).await?;
		Ok(())
	}

	/// Whether an institution could release under a grant at a time, decided with what holds in a block.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn check_grant(
		&self,
		grant: GrantId,
		custodian: InstitutionId,
		at: Milliseconds,
		block: AtBlock,
	) -> Result<Result<(), GrantRefusal>, ChainError> {
		let query = interface::view_functions().record_access().check_grant(
			grant.into(),
			custodian.into(),
			at.into(),
		);
		self.view(block, query).await
	}

	/// How many disclosures an institution may still make under a grant.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such grant or block, [`ChainError::Transport`].
	pub async fn uses_left(
		&self,
		grant: GrantId,
		custodian: InstitutionId,
		block: AtBlock,
	) -> Result<u32, ChainError> {
		let query =
			interface::view_functions().record_access().uses_left(grant.into(), custodian.into());
		let left: Option<u32> = self.view(block, query).await?;
		left.ok_or_else(|| ChainError::NotFound { what: format!("grant {}", grant.0) })
	}

	/// A record.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Transport`].
	pub async fn record(&self, id: RecordId) -> Result<RecordView, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().record_access().records();
		let found = at
			.storage()
			.try_fetch(address, (id.into(),))
			.await
			.map_err(ChainError::transport)?
			.ok_or_else(|| ChainError::NotFound { what: format!("record {}", id.0) })?
			.decode()
			.map_err(ChainError::transport)?;
		Ok(RecordView {
			id,
			patient: found.patient.0,
			custodian: found.custodian.0,
			manifest: found.manifest.0,
			sections: found.sections,
			epoch: found.epoch,
		})
	}

	/// The records of a patient.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn records_of(&self, patient: &AccountId) -> Result<Vec<RecordId>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().record_access().records_of();
		let mut entries = at
			.storage()
			.iter(address, (patient.clone().into(),))
			.await
			.map_err(ChainError::transport)?;
		let mut records = Vec::new();
		while let Some(entry) = entries.next().await {
			let entry = entry.map_err(ChainError::transport)?;
			let key = entry.key().map_err(ChainError::transport)?;
			let (_, record) = key.decode().map_err(ChainError::transport)?;
			records.push(record.0);
		}
		records.sort();
		Ok(records)
	}

	/// A grant, in the state of the newest finalized block: nothing undoes what it says, so keys
	/// may be wrapped upon it.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Transport`].
	pub async fn finalized_grant(&self, id: GrantId) -> Result<GrantView, ChainError> {
		let at = self.client.at_current_block().await.map_err(ChainError::transport)?;
		let address = interface::storage().record_access().grants();
		let found = at
			.storage()
			.try_fetch(address, (id.into(),))
			.await
			.map_err(ChainError::transport)?
			.ok_or_else(|| ChainError::NotFound { what: format!("finalized grant {}", id.0) })?
			.decode()
			.map_err(ChainError::transport)?;
		Ok(GrantView {
			id,
			grantee: found.grantee.0,
			on_behalf_of: found.request.on_behalf_of.0,
			role: found.request.role.0,
			purpose: found.request.purpose.0,
			action: found.request.action.0,
			patient: found.patient.0,
			target: found.target.0,
			obligations: found.obligations.0.into_iter().map(|one| one.0).collect(),
			labels: found.request.labels.0.into_iter().map(|code| code.0).collect(),
			classes: found.request.classes.0.into_iter().map(|code| code.0).collect(),
			issued_at: found.issued_at.0,
			expires_at: found.expires_at.0,
			uses_left: found.uses_left,
			basis: found.basis.map(|basis| basis.0),
			revoked: matches!(found.status, GrantStatus::Revoked),
		})
	}
}
