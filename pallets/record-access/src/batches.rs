//! Disclosures in batches: the chain checks the grants, and keeps the root of the disclosures.
//!
//! A batch is what as many calls of `record_disclosure` would be at the moment at which it arrives, so
//! it cannot be used to get around anything: each grant is decided again, each disclosure takes a use
//! and counts for the consent, and if one would be refused, all are. What it leaves out is an entry of
//! the log for each.

use crate::{
	weights, Config, DisclosureBatches, EmergencyOverrides, Error, Event, GrantUse, GrantUses,
	Grants, NextBatchId, Pallet,
};
use codec::Encode;
use frame_support::{dispatch::DispatchResult, ensure, traits::Get, weights::Weight};
use frame_system::pallet_prelude::BlockNumberFor;
use hdx_primitives::{
	disclosure::{obligations_hash, InclusionProof, LeafRefusal},
	AccountId, AuditAction, AuditEntry, AuditEvent, AuditSink, BatchId, ConsentDecider,
	DisclosureBatch, DisclosureLeaf, InstitutionId, Milliseconds, OnEntryRemoved,
	ProviderDirectory, Subject, H256,
};
use sp_runtime::{traits::UniqueSaturatedInto, DispatchError};

/// What a custodian says of a batch.
pub(crate) struct Reported {
	/// The root of the tree over the leaves.
	pub root: H256,
	/// How many leaves.
	pub count: u32,
	/// When the first disclosure was made.
	pub first_at: Milliseconds,
	/// When the last one was made.
	pub last_at: Milliseconds,
}

impl<T: Config> Pallet<T> {
	/// Takes the uses from all grants, stores, logs and announces the batch.
	pub(crate) fn disclose_many(
		operator: AccountId,
		reported: Reported,
		uses: GrantUses,
	) -> Result<u32, DispatchError> {
		let custodian = T::Providers::operated_by(&operator).ok_or(Error::<T>::NotAnOperator)?;
		let at = Self::now();
		Self::ensure_batch(&reported, &uses, at)?;
		let mut more = 0u32;
		for (position, used) in uses.iter().enumerate() {
			let looked_at = Self::use_in_batch(custodian, used, &reported)
				.map_err(|error| Self::refused_at(position, &error))?;
			more = more.saturating_add(looked_at.saturating_sub(1));
		}

		let batch = NextBatchId::<T>::get();
		let next = batch.0.checked_add(1).ok_or(Error::<T>::IdentifiersExhausted)?;
		NextBatchId::<T>::put(BatchId(next));
		let Reported { root, count, first_at, last_at } = reported;
		let entry = T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(custodian),
			subject: Subject::DisclosureBatch { batch, root, count },
			..AuditEvent::new(AuditAction::DisclosuresRecorded)
		});
		let now: BlockNumberFor<T> = frame_system::Pallet::<T>::block_number();
		let block = now.unique_saturated_into();
		let stored = DisclosureBatch { custodian, root, count, first_at, last_at, block, entry };
		DisclosureBatches::<T>::insert(batch, stored);
		Self::deposit_event(Event::DisclosuresRecorded {
			batch,
			custodian,
			root,
			count,
			first_at,
			last_at,
			entry,
		});
		Ok(more)
	}

	/// What a batch of so many pairs costs at most.
	pub(crate) fn dearest_batch(pairs: usize) -> Weight {
		let pairs = u32::try_from(pairs).unwrap_or(u32::MAX);
		let more = T::Consents::max_consents().saturating_sub(1).saturating_mul(pairs);
		Self::weight_of_batch(pairs, more)
	}

	/// What a batch of so many pairs costs, whose patients have so many more consents than one each.
	pub(crate) fn weight_of_batch(pairs: u32, more: u32) -> Weight {
		weights::batch::<T::WeightInfo>(pairs, more)
	}

	/// Refuses what is no batch, before any grant is looked at.
	fn ensure_batch(reported: &Reported, uses: &GrantUses, at: Milliseconds) -> DispatchResult {
		ensure!(!uses.is_empty(), Error::<T>::EmptyBatch);
		let are_ordered = uses.is_sorted_by(|one, next| one.key() < next.key());
		ensure!(are_ordered, Error::<T>::UsesNotOrdered);
		ensure!(uses.iter().all(|used| used.uses > 0), Error::<T>::NoUses);
		let all = uses.iter().try_fold(0u32, |sum, used| sum.checked_add(used.uses));
		ensure!(all == Some(reported.count), Error::<T>::CountMismatch);
		let is_past = reported.first_at <= reported.last_at && reported.last_at <= at;
		ensure!(is_past, Error::<T>::PeriodInvalid);
		let oldest = at.0.saturating_sub(T::MaxBatchAge::get().0);
		ensure!(oldest <= reported.first_at.0, Error::<T>::BatchTooOld);
		Ok(())
	}

	/// Takes the uses from one grant, as a single disclosure does.
	fn use_in_batch(
		custodian: InstitutionId,
		used: &GrantUse,
		reported: &Reported,
	) -> Result<u32, Error<T>> {
		let GrantUse { grant: id, record, uses } = *used;
		let (_, grant) = Self::releasable(custodian, id, record)?;
		// What the patient never permitted has an entry of its own, each time.
		ensure!(!EmergencyOverrides::<T>::contains_key(id), Error::<T>::EmergencyNotBatched);
		ensure!(grant.issued_at <= reported.last_at, Error::<T>::BatchBeforeGrant);
		Self::take_uses(id, &grant, record, custodian, uses)?;
		Ok(T::Consents::consents(&grant.patient))
	}

	/// The refusal of a batch by the pair at `position`.
	fn refused_at(position: usize, error: &Error<T>) -> Error<T> {
		Error::RefusedInBatch {
			position: u8::try_from(position).unwrap_or(u8::MAX),
			error: error.encode().first().copied().unwrap_or(u8::MAX),
		}
	}

	/// Whether a batch holds a leaf, and the grant that the leaf names says the same.
	pub(crate) fn check_leaf(
		batch: BatchId,
		leaf: &DisclosureLeaf,
		proof: &InclusionProof,
	) -> Result<(), LeafRefusal> {
		let stored = DisclosureBatches::<T>::get(batch).ok_or(LeafRefusal::BatchUnknown)?;
		stored.check(leaf, proof)?;
		let grant = Grants::<T>::get(leaf.grant).ok_or(LeafRefusal::GrantUnknown)?;
		let says_the_same = grant.patient == leaf.patient
			&& grant.grantee == leaf.recipient
			&& grant.request.on_behalf_of == leaf.on_behalf_of
			&& grant.request.purpose == leaf.purpose
			&& Self::patient_of(leaf.record).as_ref() == Some(&leaf.patient)
			&& [Some(leaf.record), None].contains(&grant.record())
			&& obligations_hash(&grant.obligations) == leaf.obligations
			&& (grant.issued_at..grant.expires_at).contains(&leaf.at);
		ensure!(says_the_same, LeafRefusal::GrantDiffers);
		Ok(())
	}
}

impl<T: Config> OnEntryRemoved for Pallet<T> {
	/// A batch stays in state as long as its entry: for the time of retention, and longer where the entry
	/// is held. Its root is in the entry, which is proven for ever.
	fn on_entry_removed(entry: &AuditEntry) {
		if let Subject::DisclosureBatch { batch, .. } = entry.event.subject {
			DisclosureBatches::<T>::remove(batch);
		}
	}
}
