//! What must hold of the stored state after every block.

mod bases;

use crate::{
	by_proof::withheld, role_matrix::has_duplicate, Config, ConfirmedGrants, CustodyOffers,
	DisclosureBatches, Disputes, EmergencyOverrides, EmergencyTermsInForce, ErasedManifests,
	ErasedRecords, ErasureCountsOf, ErasureKey, ErasureRequests, GrantStatus, GrantedRequest,
	Grants, NextBatchId, NextGrantId, NextRecordId, OpenDisputesOf, OverrideCountOf, OverridesOf,
	Pallet, PendingErasures, PendingReviews, ProvenGrants, ProvenOverrides, RecordCount,
	RecordVersions, Records, RecordsOf, RestrictionCountOf, Restrictions, RetiredRecords,
	ReviewCounts, ReviewCountsOf, ReviewKey, RoleMatrix, SubjectTag, SubjectTags,
	SupersededManifests, UsesAt,
};
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{ensure, traits::Get};
use hdx_primitives::{
	engine::terminology::purpose::{BTG, ETREAT},
	AccessProofs, AccountId, Action, InstitutionId, RecordId, Target,
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub(crate) fn check_invariants() -> Result<(), TryRuntimeError> {
		Self::check_records()?;
		Self::check_grants()?;
		Self::check_bases()?;
		Self::check_levels()?;
		Self::check_proven()?;
		Self::check_overrides()?;
		Self::check_proven_overrides()?;
		Self::check_indexes_of_overrides()?;
		Self::check_pending_reviews()?;
		Self::check_batches()?;
		Self::check_versions()?;
		Self::check_offers()?;
		Self::check_restrictions()?;
		Self::check_disputes()?;
		Self::check_erasure_requests()?;
		ensure!(
			Self::check_terms(&EmergencyTermsInForce::<T>::get()).is_ok(),
			"the terms of emergencies are out of bounds"
		);
		Self::check_role_matrix()
	}

	/// Every record is in its patient's index and nothing else is; counts match.
	fn check_records() -> Result<(), TryRuntimeError> {
		let next = NextRecordId::<T>::get();
		let mut records = 0u64;
		for (id, record) in Records::<T>::iter() {
			ensure!(id < next, "a record has an identifier that was not given out");
			ensure!(record.sections > 0, "a record has no sections");
			ensure!(
				RecordsOf::<T>::contains_key(&record.patient, id),
				"a record is not in its patient's index"
			);
			records = records.saturating_add(1);
		}
		let erased = Self::check_tombstones(next)?;
		ensure!(records.saturating_add(erased) == next.0, "a record is missing");
		for (patient, id, ()) in RecordsOf::<T>::iter() {
			let record = Records::<T>::get(id).ok_or("an index entry names no record")?;
			ensure!(record.patient == patient, "a record is in another patient's index");
		}
		let mut counted = 0u64;
		for (patient, count) in RecordCount::<T>::iter() {
			let found = RecordsOf::<T>::iter_key_prefix(&patient).count();
			ensure!(
				u64::try_from(found).is_ok_and(|found| found == count),
				"a patient's count of records is wrong"
			);
			counted = counted.saturating_add(count);
		}
		ensure!(counted == records, "the counts do not add up to all records");
		Ok(())
	}

	/// No tombstone stands where there is a record, and the manifest under each does not come back.
	/// Returns how many there are.
	fn check_tombstones(next: RecordId) -> Result<u64, TryRuntimeError> {
		let mut erased = 0u64;
		for (id, _) in ErasedRecords::<T>::iter() {
			ensure!(id < next, "a tombstone has an identifier that was not given out");
			ensure!(!Records::<T>::contains_key(id), "an erased record is there");
			erased = erased.saturating_add(1);
		}
		for ((patient, _), id) in ErasedManifests::<T>::iter() {
			let is_theirs = ErasedRecords::<T>::get(id).is_some_and(|it| it.patient == patient);
			ensure!(is_theirs, "an erased manifest is of no erased record of the patient");
		}
		Ok(erased)
	}

	/// Every grant has a lifetime, names two people, and a record of its patient if it names one.
	fn check_grants() -> Result<(), TryRuntimeError> {
		let next = NextGrantId::<T>::get();
		let mut grants = 0u64;
		for (id, grant) in Grants::<T>::iter() {
			ensure!(id < next, "a grant has an identifier that was not given out");
			ensure!(grant.issued_at < grant.expires_at, "a grant never holds");
			ensure!(grant.grantee != grant.patient, "a patient holds a grant on themselves");
			if let Target::Record(record) = grant.target {
				let patient = Self::patient_of(record).ok_or("a grant names no record")?;
				ensure!(patient == grant.patient, "a grant names another patient's record");
			}
			grants = grants.saturating_add(1);
		}
		ensure!(grants == next.0, "a grant is missing");
		for id in ConfirmedGrants::<T>::iter_keys() {
			ensure!(Grants::<T>::contains_key(id), "a confirmed grant does not exist");
		}
		Self::check_uses()
	}

	/// Institutions are counted under grants for whole records alone, and none made more use of one than it may.
	fn check_uses() -> Result<(), TryRuntimeError> {
		for (id, _, used) in UsesAt::<T>::iter() {
			let grant = Grants::<T>::get(id).ok_or("uses are of no grant")?;
			ensure!(
				grant.target == Target::WholeRecord,
				"the uses of a grant for one record are counted by institution"
			);
			ensure!(
				0 < used && used <= grant.uses_left,
				"an institution used a grant more often than it may"
			);
		}
		Ok(())
	}

	/// Every grant by proof reads one class of one record, shortly, rests on no consent, withholds what is sensitive, and
	/// breaks no glass. Every subject tag is a tag of a record, set with a version that it had.
	///
	/// Of grants that have ended, neither what they withhold nor how long they held is looked at: they stay as they were
	/// issued, by the terminology and the limit of that time, and open nothing any more.
	fn check_proven() -> Result<(), TryRuntimeError> {
		let at = Self::now();
		for id in ProvenGrants::<T>::iter_keys() {
			let grant = Grants::<T>::get(id).ok_or("a proven grant does not exist")?;
			let GrantedRequest { action, classes, labels, .. } = &grant.request;
			let is_narrow = grant.record().is_some() && classes.len() == 1 && labels.is_empty();
			ensure!(is_narrow, "a proven grant is for more than one class of one record");
			ensure!(*action == Action::Read, "a proven grant is for more than reading");
			ensure!(grant.basis.is_none(), "a proven grant rests on a consent");
			let has_ended = grant.expires_at <= at;
			ensure!(
				has_ended || grant.obligations == withheld(),
				"a proven grant opens what is sensitive"
			);
			let limit = grant.issued_at.saturating_add(T::MaxProvenDuration::get());
			ensure!(has_ended || grant.expires_at <= limit, "a proven grant holds too long");
			ensure!(!EmergencyOverrides::<T>::contains_key(id), "a proven grant is a break-glass");
		}
		for (id, SubjectTag { tag, version }) in SubjectTags::<T>::iter() {
			let is_tag = tag.is_none_or(|tag| T::Proofs::is_tag(&tag));
			ensure!(is_tag, "a subject tag is no tag");
			let present = Self::query_version(id).ok_or("a subject tag is of no record")?;
			ensure!((1..=present).contains(&version), "a subject tag is of a version to come");
		}
		Ok(())
	}

	/// Every break-glass is a grant to read without obligations or consent, that the second key signed
	/// for or that rests on a proof, and not both; and whatever can be used for `BTG` is one. What was reviewed cannot be used.
	fn check_overrides() -> Result<(), TryRuntimeError> {
		for (id, emergency) in EmergencyOverrides::<T>::iter() {
			let grant = Grants::<T>::get(id).ok_or("a break-glass has no grant")?;
			let is_emergency = [BTG, ETREAT].contains(&grant.request.purpose)
				&& grant.request.action == Action::Read;
			ensure!(is_emergency, "a break-glass is no emergency, or more than reading");
			ensure!(
				grant.obligations.is_empty() && grant.basis.is_none(),
				"a break-glass rests on consents"
			);
			let is_proven = ProvenOverrides::<T>::contains_key(id);
			ensure!(
				ConfirmedGrants::<T>::contains_key(id) != is_proven,
				"a break-glass was not signed with the second key"
			);
			ensure!(
				grant.expires_at <= grant.issued_at.saturating_add(T::MaxEmergencyDuration::get()),
				"a break-glass holds too long"
			);
			ensure!(
				grant.issued_at < emergency.deadline,
				"a review was overdue from the beginning"
			);
			if let Some(review) = emergency.review {
				ensure!(review.reviewer != grant.grantee, "somebody reviewed themselves");
				ensure!(
					review.is_late == (emergency.deadline <= review.at),
					"a review is late without being so, or the other way round"
				);
				ensure!(
					grant.status == GrantStatus::Revoked || grant.expires_at <= review.at,
					"a break-glass holds after its review"
				);
			}
		}
		for (id, grant) in Grants::<T>::iter() {
			let breaks_glass = grant.request.purpose == BTG && grant.status == GrantStatus::Active;
			ensure!(
				!breaks_glass || EmergencyOverrides::<T>::contains_key(id),
				"a grant breaks the glass without a review"
			);
		}
		Ok(())
	}

	/// Every proof of an emergency is of a break-glass, counted one slot, and has a key of its own.
	fn check_proven_overrides() -> Result<(), TryRuntimeError> {
		let (mut nullifiers, mut recipients) = (BTreeSet::new(), BTreeSet::new());
		for (id, evidence) in ProvenOverrides::<T>::iter() {
			let is_one = EmergencyOverrides::<T>::contains_key(id);
			ensure!(is_one, "a proof of an emergency is of no break-glass");
			ensure!(nullifiers.insert(evidence.nullifier), "a slot counted twice");
			ensure!(recipients.insert(evidence.recipient), "a recipient's key was taken twice");
		}
		Ok(())
	}

	/// Every break-glass is once in its patient's list and nothing else is; counts match.
	fn check_indexes_of_overrides() -> Result<(), TryRuntimeError> {
		let mut listed = BTreeSet::new();
		for (patient, nth, id) in OverridesOf::<T>::iter() {
			ensure!(
				nth < OverrideCountOf::<T>::get(&patient),
				"a patient's list of break-glasses is longer than its count"
			);
			ensure!(
				EmergencyOverrides::<T>::contains_key(id),
				"a patient's list names no break-glass"
			);
			let is_theirs = Grants::<T>::get(id).is_some_and(|grant| grant.patient == patient);
			ensure!(is_theirs, "a break-glass is in another patient's list");
			ensure!(listed.insert(id), "a break-glass is listed twice");
		}
		let counted = OverrideCountOf::<T>::iter_values().fold(0usize, |sum, count| {
			sum.saturating_add(usize::try_from(count).unwrap_or(usize::MAX))
		});
		ensure!(counted == listed.len(), "a patient's count of break-glasses is wrong");
		ensure!(
			EmergencyOverrides::<T>::iter_keys().all(|id| listed.contains(&id)),
			"a break-glass is in no patient's list"
		);
		Ok(())
	}

	/// The queues hold the reviews that are pending, each under its deadline, and nothing else; the
	/// counts of each institution are those of its reviews.
	fn check_pending_reviews() -> Result<(), TryRuntimeError> {
		let mut counts = BTreeMap::<InstitutionId, ReviewCounts>::new();
		for (id, emergency) in EmergencyOverrides::<T>::iter() {
			let grant = Grants::<T>::get(id).ok_or("a break-glass has no grant")?;
			let institution = grant.request.on_behalf_of;
			let key = ReviewKey::new(emergency.deadline, id);
			ensure!(
				PendingReviews::<T>::contains_key(institution, key) == emergency.review.is_none(),
				"the queue of reviews and the reviews disagree"
			);
			let count = counts.entry(institution).or_default();
			match emergency.review {
				None => count.pending = count.pending.saturating_add(1),
				Some(review) => {
					count.closed = count.closed.saturating_add(1);
					count.late = count.late.saturating_add(u32::from(review.is_late));
				},
			}
		}
		let pending = counts.values().fold(0usize, |sum, count| {
			sum.saturating_add(usize::try_from(count.pending).unwrap_or(usize::MAX))
		});
		ensure!(
			PendingReviews::<T>::iter_keys().count() == pending,
			"a queue holds what is not pending"
		);
		let stored: BTreeMap<_, _> = ReviewCountsOf::<T>::iter().collect();
		ensure!(stored == counts, "an institution's count of reviews is wrong");
		Ok(())
	}

	/// Only records have later versions or are out of use. What was superseded was of a record of the
	/// patient, and is not what that record has now.
	fn check_versions() -> Result<(), TryRuntimeError> {
		for (id, version) in RecordVersions::<T>::iter() {
			ensure!(Records::<T>::contains_key(id), "a version is of no record");
			ensure!(version > 1, "a first version is stored");
		}
		for ((patient, manifest), id) in SupersededManifests::<T>::iter() {
			let is_theirs = Self::patient_of(id).is_some_and(|theirs| theirs == patient);
			ensure!(is_theirs, "a superseded manifest is of no record of the patient");
			if let Some(record) = Records::<T>::get(id) {
				ensure!(record.manifest != manifest, "a record has a manifest that was superseded");
				ensure!(
					RecordVersions::<T>::contains_key(id),
					"a manifest was superseded without a new version"
				);
			}
		}
		for id in RetiredRecords::<T>::iter_keys() {
			ensure!(Records::<T>::contains_key(id), "what is out of use is no record");
		}
		Ok(())
	}

	/// Only records are offered, and each to somebody else than who keeps it.
	fn check_offers() -> Result<(), TryRuntimeError> {
		for (id, offer) in CustodyOffers::<T>::iter() {
			let record = Records::<T>::get(id).ok_or("what is offered is no record")?;
			ensure!(offer.to != record.custodian, "a record is offered to its custodian");
		}
		Ok(())
	}

	/// Every restriction restricts something, of a record of its patient if it names one; counts match.
	fn check_restrictions() -> Result<(), TryRuntimeError> {
		let mut counts = BTreeMap::<AccountId, u32>::new();
		for (patient, record, restriction) in Restrictions::<T>::iter() {
			ensure!(
				Self::ensure_terms(&restriction.terms).is_ok(),
				"a restriction restricts nothing, or its purposes are no set"
			);
			if let Some(id) = record {
				let record = Records::<T>::get(id).ok_or("a restriction names no record")?;
				ensure!(record.patient == patient, "somebody restricts another patient's record");
			}
			let count = counts.entry(patient).or_default();
			*count = count.saturating_add(1);
		}
		ensure!(
			counts.values().all(|count| *count <= T::MaxRestrictions::get()),
			"a patient has too many restrictions"
		);
		let stored: BTreeMap<_, _> = RestrictionCountOf::<T>::iter().collect();
		ensure!(stored == counts, "a patient's count of restrictions is wrong");
		Ok(())
	}

	/// Every request for erasure is of a record, and waits for its custodian; nothing else does.
	fn check_erasure_requests() -> Result<(), TryRuntimeError> {
		let mut pending = BTreeMap::<InstitutionId, u32>::new();
		for (id, request) in ErasureRequests::<T>::iter() {
			let record = Records::<T>::get(id).ok_or("what is to be erased is no record")?;
			let key = ErasureKey::new(request.due_at, id);
			ensure!(
				PendingErasures::<T>::contains_key(record.custodian, key),
				"a request for erasure waits for nobody"
			);
			let count = pending.entry(record.custodian).or_default();
			*count = count.saturating_add(1);
		}
		let waiting = PendingErasures::<T>::iter_keys().count();
		let requests = ErasureRequests::<T>::iter_keys().count();
		ensure!(waiting == requests, "what waits for an institution was not asked for");
		for (institution, counts) in ErasureCountsOf::<T>::iter() {
			let expected = pending.remove(&institution).unwrap_or_default();
			ensure!(
				counts.pending == expected,
				"an institution's count of requests for erasure is wrong"
			);
			let answered = counts.erased.saturating_add(counts.refused);
			ensure!(counts.late <= answered, "more was answered late than was answered");
		}
		ensure!(pending.is_empty(), "an institution's requests for erasure are not counted");
		Ok(())
	}

	/// Every dispute is of a record, and in its patient's list while it is open; nothing else is.
	fn check_disputes() -> Result<(), TryRuntimeError> {
		let mut open = 0usize;
		for (id, dispute) in Disputes::<T>::iter() {
			let patient = Records::<T>::get(id).ok_or("a dispute names no record")?.patient;
			let listed = OpenDisputesOf::<T>::get(&patient);
			let times = listed.iter().filter(|listed| **listed == id).count();
			let is_open = dispute.answer.is_none();
			ensure!(
				times == usize::from(is_open),
				"the list of disputes and the disputes disagree"
			);
			open = open.saturating_add(times);
		}
		let mut listed = 0usize;
		for records in OpenDisputesOf::<T>::iter_values() {
			ensure!(!records.is_empty(), "an empty list of disputes is stored");
			listed = listed.saturating_add(records.len());
		}
		ensure!(listed == open, "a list names what is not disputed");
		Ok(())
	}

	/// Every batch has an identifier that was given out, disclosures, and a period.
	fn check_batches() -> Result<(), TryRuntimeError> {
		let next = NextBatchId::<T>::get();
		for (id, batch) in DisclosureBatches::<T>::iter() {
			ensure!(id < next, "a batch has an identifier that was not given out");
			ensure!(batch.count > 0, "a batch has no disclosures");
			ensure!(batch.first_at <= batch.last_at, "a batch ends before it begins");
		}
		Ok(())
	}

	/// No empty cell is stored, and none names an action twice.
	fn check_role_matrix() -> Result<(), TryRuntimeError> {
		for (_, _, actions) in RoleMatrix::<T>::iter() {
			ensure!(!actions.is_empty(), "an empty cell of the role matrix is stored");
			ensure!(!has_duplicate(&actions), "a cell of the role matrix names an action twice");
		}
		Ok(())
	}
}
