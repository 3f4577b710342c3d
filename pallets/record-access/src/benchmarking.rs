//! Benchmarks of the calls, and what a runtime provides for them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

use crate::{
	emergency_terms::MAX_OVERDUE, Call, Config, CustodyOffers, DisclosureBatches, Disputes,
	EmergencyOverrides, EmergencyTerms, EmergencyTermsInForce, ErasedRecords, ErasureRequests,
	GrantStatus, GrantUse, GrantedRequest, Grants, NewManifest, Pallet, PendingReviews,
	ProvenGrants, ProvenOverrides, RecordVersions, Records, RequiredLevels, RestrictionTerms,
	Restrictions, RetiredRecords, ReviewKey, RoleMatrix, SubjectTag, SubjectTags, MAX_GRANT_USES,
};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{EnsureOrigin, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use hdx_primitives::{
	break_glass_operation,
	engine::{terminology::purpose, MAX_PROVISIONS},
	operation_hash, AccessRequest, AccountId, Action, AssuranceLevel, Code, Commitment,
	ConsentDecider, ContextHash, DisputeOutcome, EmergencyEvidence, ErasureExemption, GrantId,
	InstitutionId, Milliseconds, OverrideReason, ProviderDirectory, RecordId, RequestedCodes,
	ReviewOutcome, Role, SecondFactor, Target, H256, MAX_REQUESTED_CODES, SEALED_IDENTITY_BYTES,
};

/// How much there is to look at in a decision.
#[derive(Clone, Copy)]
pub enum Size {
	/// As much as there can be: the practitioner acts for an institution that is not their home, the patient's
	/// consents are each as large as one can be, and all are looked at.
	Largest {
		/// How many consents the patient has.
		consents: u32,
		/// How many credentials the practitioner has: one of the home, and licences.
		credentials: u32,
	},
	/// As in most requests: the practitioner is vouched for by the institution that they act for, and the
	/// patient has one consent, of so many provisions.
	Usual(u32),
}

/// What the provisions of a consent withhold, other than those of the scenes: each of them is about whoever asks, for what
/// and when, and about a part of the data that is asked for, so that all of it is compared and kept.
#[derive(Clone, Copy)]
pub enum Withheld {
	/// References, most of which others name too: each is looked for among those that are withheld already. What was asked for
	/// is [`LAST`] alone.
	References,
	/// Codes, most of them of one provision alone: all have to be sorted, and an answer holds the most that it can. What was
	/// asked for is [`LAST`], and in the end [`OTHER`].
	Codes,
}

/// The label, and the class, that provisions that withhold something name last.
pub const LAST: Code = Code([0xfe; 16]);
/// A label, and a class, that no provision names.
pub const OTHER: Code = Code([0xff; 16]);

/// How many provisions a usual consent is taken to have where the number is not what is measured.
pub const USUAL_PROVISIONS: u32 = 8;

/// Most pairs of a batch that the largest decisions are measured with. Each needs a patient of its own,
/// whose consents take megabytes, and a pair more costs the same however many there are.
const MOST_LARGEST_PAIRS: u32 = 16;

/// The people of a benchmark, among whom reading and appending by the practitioner is permitted.
#[derive(Clone)]
pub struct Scene {
	/// The operator of an active institution, which will be the custodian.
	pub custodian: AccountId,
	/// A practitioner in good standing.
	pub practitioner: AccountId,
	/// The institution for which the practitioner acts.
	pub on_behalf_of: InstitutionId,
	/// A role that the practitioner holds, and that the shipped matrix lets read and append for `purpose`.
	pub role: Role,
	/// A patient whose consents permit the practitioner to read and append for `purpose`.
	pub patient: AccountId,
	/// The purpose of use.
	pub purpose: Code,
	/// A privacy officer of the institution for which the practitioner acts, who operates no institution and never had a licence
	/// in a tree.
	pub reviewer: AccountId,
	/// The operator of another active institution.
	pub receiver: AccountId,
	/// That institution.
	pub received_by: InstitutionId,
}

/// Sets the scene for benchmarks.
pub trait BenchmarkHelper {
	/// Makes accounts, institutions, a practitioner and consents.
	fn set_scene(size: Size) -> Scene;

	/// The scene's patient gives a consent more, of so many provisions: the first permits what the practitioner asks for, the
	/// others withhold something, and each is as large as one can be that does.
	fn consent(scene: &Scene, provisions: u32, withheld: Withheld);

	/// Another practitioner and another patient of the same institutions, such that a decision about
	/// them costs as much. `number`: which, from one.
	fn add_pair(scene: &Scene, size: Size, number: u32) -> Scene;

	/// The last of as many guardians of a patient as there can be, whose scope is as long as one can be and ends with these
	/// purposes; without any, it is for all. Others are named to take their place.
	fn guardian_of(patient: &AccountId, purposes: &[Code]) -> AccountId;

	/// The patient opts out of the emergency override.
	fn opt_out(patient: &AccountId);

	/// The second key's signature of the scene's practitioner on an operation, which is looked at
	/// where the highest level is needed.
	fn confirm(practitioner: &AccountId, operation: H256) -> SecondFactor;
}

/// As much as there can be, with so many consents.
fn largest<T: Config>(consents: u32) -> Size {
	Size::Largest { consents, credentials: T::Providers::max_credentials() }
}

/// As much as there can be, with the most consents.
fn dearest<T: Config>() -> Size {
	largest::<T>(T::Consents::max_consents())
}

fn register<T: Config>(scene: &Scene) -> RecordId {
	Pallet::<T>::register_record(
		RawOrigin::Signed(scene.custodian.clone()).into(),
		scene.patient.clone(),
		Commitment([1; 32]),
		T::MaxSections::get(),
		0,
	)
	.expect("the scene lets the custodian register a record");
	RecordId(crate::NextRecordId::<T>::get().0 - 1)
}

fn longest_request<T: Config>(scene: &Scene, record: RecordId) -> AccessRequest {
	let codes: RequestedCodes =
		BoundedVec::truncate_from((0u8..16).map(|code| Code([code; 16])).collect());
	AccessRequest {
		on_behalf_of: scene.on_behalf_of,
		role: scene.role,
		patient: scene.patient.clone(),
		target: Target::Record(record),
		purpose: scene.purpose,
		action: Action::Read,
		labels: codes.clone(),
		classes: codes,
		context: ContextHash([2; 32]),
		duration: T::MaxGrantDuration::get(),
	}
}

/// A request with the longest lists, and what it takes to compare them the longest.
fn request_against<T: Config>(scene: &Scene, withheld: Withheld) -> AccessRequest {
	let asked = |position: u32| match withheld {
		Withheld::Codes if position.saturating_add(1) == MAX_REQUESTED_CODES => OTHER,
		_ => LAST,
	};
	let codes: RequestedCodes =
		BoundedVec::truncate_from((0..MAX_REQUESTED_CODES).map(asked).collect());
	let record = register::<T>(scene);
	let longest = longest_request::<T>(scene, record);
	AccessRequest { labels: codes.clone(), classes: codes, ..longest }
}

/// A request by a practitioner with so many credentials, about a patient with a consent of so many provisions and so many
/// more of two; and what the second key says to it, where it is to sign.
fn request_about<T: Config>(
	withheld: Withheld,
	provisions: u32,
	more: u32,
	credentials: u32,
	second_keys: u32,
) -> (AccountId, AccessRequest, Option<SecondFactor>) {
	let scene = T::BenchmarkHelper::set_scene(Size::Largest { consents: 0, credentials });
	for _ in 0..more {
		T::BenchmarkHelper::consent(&scene, 2, withheld);
	}
	// The last one is put together with what the others withhold.
	T::BenchmarkHelper::consent(&scene, provisions, withheld);
	let request = request_against::<T>(&scene, withheld);
	let level = match second_keys {
		0 => AssuranceLevel::Attested,
		_ => AssuranceLevel::Verified,
	};
	RequiredLevels::<T>::insert(request.purpose, request.action, level);
	let operation = operation_hash(&request);
	let confirmation =
		(second_keys > 0).then(|| T::BenchmarkHelper::confirm(&scene.practitioner, operation));
	(scene.practitioner, request, confirmation)
}

fn grant<T: Config>(scene: &Scene, record: RecordId) -> GrantId {
	grant_to::<T>(scene, record, Action::Read)
}

fn grant_to<T: Config>(scene: &Scene, record: RecordId, action: Action) -> GrantId {
	Pallet::<T>::request_access(
		RawOrigin::Signed(scene.practitioner.clone()).into(),
		AccessRequest { action, ..longest_request::<T>(scene, record) },
		None,
	)
	.expect("the scene makes a well-formed request possible");
	let id = GrantId(crate::NextGrantId::<T>::get().0 - 1);
	assert!(Grants::<T>::contains_key(id), "the scene permits the request");
	id
}

/// A use of so many grants, each to another practitioner and about another patient.
fn uses_of_pairs<T: Config>(scene: &Scene, size: Size, count: u32) -> Vec<GrantUse> {
	let pair = |number: u32| match number {
		0 => scene.clone(),
		_ => T::BenchmarkHelper::add_pair(scene, size, number),
	};
	(0..count)
		.map(|number| {
			let pair = pair(number);
			let record = register::<T>(&pair);
			GrantUse { grant: grant::<T>(&pair, record), record, uses: 1 }
		})
		.collect()
}

fn offered<T: Config>(scene: &Scene) -> RecordId {
	let record = register::<T>(scene);
	let custodian = RawOrigin::Signed(scene.custodian.clone()).into();
	Pallet::<T>::offer_custody(custodian, record, scene.received_by)
		.expect("the scene has another institution");
	record
}

/// As many purposes as a restriction names, none of which is the scene's.
fn longest_terms() -> RestrictionTerms {
	let codes = (0u8..16).map(|code| Code([code; 16])).collect();
	RestrictionTerms::NotFor(BoundedVec::truncate_from(codes))
}

/// As many restrictions as a patient can have, each of another record. None says anything about emergencies, so that all are
/// looked at.
fn restrict_all<T: Config>(scene: &Scene) {
	let patient = &scene.patient;
	for _ in 0..T::MaxRestrictions::get() {
		let record = Some(register::<T>(scene));
		let origin = RawOrigin::Signed(patient.clone()).into();
		Pallet::<T>::restrict(origin, patient.clone(), record, longest_terms())
			.expect("the patient may, and there is room");
	}
}

/// The most overdue reviews that do not block, each of another emergency.
fn overdue_reviews<T: Config>(scene: &Scene) {
	let most = MAX_OVERDUE;
	EmergencyTermsInForce::<T>::mutate(|terms| terms.max_overdue = most);
	for number in 0..most {
		let key = ReviewKey::new(Milliseconds(0), GrantId(u64::from(number)));
		PendingReviews::<T>::insert(scene.on_behalf_of, key, ());
	}
}

fn emergency<T: Config>(scene: &Scene, record: RecordId) -> AccessRequest {
	AccessRequest {
		purpose: purpose::BTG,
		duration: EmergencyTermsInForce::<T>::get().max_duration,
		..longest_request::<T>(scene, record)
	}
}

fn break_glass<T: Config>(scene: &Scene) -> GrantId {
	let record = register::<T>(scene);
	let request = emergency::<T>(scene, record);
	let reason = OverrideReason::EmergencyTreatment;
	let operation = break_glass_operation(&request, reason);
	let confirmation = T::BenchmarkHelper::confirm(&scene.practitioner, operation);
	let id = crate::NextGrantId::<T>::get();
	Pallet::<T>::break_glass(
		RawOrigin::Signed(scene.practitioner.clone()).into(),
		request,
		reason,
		Some(confirmation),
	)
	.expect("the scene makes a well-formed request possible");
	assert!(EmergencyOverrides::<T>::contains_key(id), "the scene lets break the glass");
	id
}

/// What is kept of an emergency by proof. It is as long whatever was proven.
fn evidence() -> EmergencyEvidence {
	EmergencyEvidence {
		auditor: 0,
		nullifier: [1; 32],
		identity: [2; SEALED_IDENTITY_BYTES],
		recipient: H256([3; 32]),
		version: 1,
		asked: H256([4; 32]),
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register_record() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let id = crate::NextRecordId::<T>::get();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.custodian),
			scene.patient,
			Commitment([1; 32]),
			T::MaxSections::get(),
			0,
		);
		assert!(Records::<T>::contains_key(id));
	}

	/// Where the patient has so many consents and the practitioner so many credentials, and so many second keys sign.
	/// The second credential is what lets the practitioner ask at the levels that are looked at.
	#[benchmark]
	fn request_access(
		c: Linear<1, { T::Consents::max_consents() }>,
		l: Linear<2, { T::Providers::max_credentials() }>,
		s: Linear<0, 1>,
	) {
		let scene = T::BenchmarkHelper::set_scene(Size::Largest { consents: c, credentials: l });
		let record = register::<T>(&scene);
		let request = longest_request::<T>(&scene, record);
		let id = crate::NextGrantId::<T>::get();
		let level = if s == 0 { AssuranceLevel::Attested } else { AssuranceLevel::Verified };
		RequiredLevels::<T>::insert(request.purpose, request.action, level);
		let operation = operation_hash(&request);
		let confirmation =
			(s > 0).then(|| T::BenchmarkHelper::confirm(&scene.practitioner, operation));
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.practitioner), request, confirmation);
		assert!(Grants::<T>::contains_key(id));
	}

	/// With a consent of so many provisions, so many more of two, so many credentials and second keys. Each of the provisions
	/// withholds references.
	#[benchmark]
	fn request_access_referenced(
		p: Linear<1, MAX_PROVISIONS>,
		m: Linear<0, { T::Consents::max_consents().saturating_sub(1) }>,
		l: Linear<2, { T::Providers::max_credentials() }>,
		s: Linear<0, 1>,
	) {
		let (practitioner, request, confirmation) =
			request_about::<T>(Withheld::References, p, m, l, s);
		let id = crate::NextGrantId::<T>::get();
		#[extrinsic_call]
		request_access(RawOrigin::Signed(practitioner), request, confirmation);
		assert!(Grants::<T>::contains_key(id));
	}

	/// The same where each of the provisions withholds codes.
	#[benchmark]
	fn request_access_coded(
		p: Linear<1, MAX_PROVISIONS>,
		m: Linear<0, { T::Consents::max_consents().saturating_sub(1) }>,
		l: Linear<2, { T::Providers::max_credentials() }>,
		s: Linear<0, 1>,
	) {
		let (practitioner, request, confirmation) = request_about::<T>(Withheld::Codes, p, m, l, s);
		let id = crate::NextGrantId::<T>::get();
		#[extrinsic_call]
		request_access(RawOrigin::Signed(practitioner), request, confirmation);
		assert!(Grants::<T>::contains_key(id));
	}

	/// With a consent of so many provisions, and without a second key.
	#[benchmark]
	fn request_access_usual(p: Linear<1, MAX_PROVISIONS>) {
		let scene = T::BenchmarkHelper::set_scene(Size::Usual(p));
		let record = register::<T>(&scene);
		let request = AccessRequest {
			labels: Default::default(),
			classes: Default::default(),
			..longest_request::<T>(&scene, record)
		};
		let id = crate::NextGrantId::<T>::get();
		#[extrinsic_call]
		request_access(RawOrigin::Signed(scene.practitioner), request, None);
		assert!(Grants::<T>::contains_key(id));
	}

	#[benchmark]
	fn revoke_grant() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = register::<T>(&scene);
		let id = grant::<T>(&scene, record);
		// The custodian is looked up twice, so it is dearer than the patient.
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.custodian), id);
		assert_eq!(Grants::<T>::get(id).unwrap().status, GrantStatus::Revoked);
	}

	/// Where the patient has so many consents.
	#[benchmark]
	fn record_disclosure(c: Linear<1, { T::Consents::max_consents() }>) {
		let scene = T::BenchmarkHelper::set_scene(largest::<T>(c));
		let record = register::<T>(&scene);
		let id = grant::<T>(&scene, record);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.custodian),
			id,
			record,
			T::MaxSections::get(),
			Commitment([3; 32]),
		);
		assert_eq!(Grants::<T>::get(id).unwrap().uses_left, T::MaxUses::get() - 1);
	}

	#[benchmark]
	fn set_role_permissions() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let actions = BoundedVec::truncate_from(
			[Action::Read, Action::Write, Action::Append, Action::Disclose].to_vec(),
		);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Role::Nurse, purpose::FAMRQT, actions.clone());
		assert_eq!(RoleMatrix::<T>::get(Role::Nurse, purpose::FAMRQT), actions);
		Ok(())
	}

	#[benchmark]
	fn set_required_level() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let level = Some(AssuranceLevel::Attested);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, purpose::FAMRQT, Action::Read, level);
		assert_eq!(RequiredLevels::<T>::get(purpose::FAMRQT, Action::Read), level);
		Ok(())
	}

	/// Denied for what is asked last: the patient opted out.
	#[benchmark]
	fn break_glass_denied() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = register::<T>(&scene);
		overdue_reviews::<T>(&scene);
		T::BenchmarkHelper::opt_out(&scene.patient);
		let request = emergency::<T>(&scene, record);
		let reason = OverrideReason::EmergencyTreatment;
		let operation = break_glass_operation(&request, reason);
		let confirmation = T::BenchmarkHelper::confirm(&scene.practitioner, operation);
		let id = crate::NextGrantId::<T>::get();
		#[extrinsic_call]
		break_glass(RawOrigin::Signed(scene.practitioner), request, reason, Some(confirmation));
		assert!(!EmergencyOverrides::<T>::contains_key(id));
	}

	/// For all of a patient's records, of which as many are restricted as can be: each restriction is looked at, for the log.
	/// The patient has guardians, who are named to be told.
	#[benchmark]
	fn break_glass() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = register::<T>(&scene);
		restrict_all::<T>(&scene);
		T::BenchmarkHelper::guardian_of(&scene.patient, &[]);
		overdue_reviews::<T>(&scene);
		let request =
			AccessRequest { target: Target::WholeRecord, ..emergency::<T>(&scene, record) };
		let reason = OverrideReason::EmergencyTreatment;
		let operation = break_glass_operation(&request, reason);
		let confirmation = T::BenchmarkHelper::confirm(&scene.practitioner, operation);
		let id = crate::NextGrantId::<T>::get();
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.practitioner), request, reason, Some(confirmation));
		assert!(EmergencyOverrides::<T>::contains_key(id));
	}

	/// As if it was by proof: then the reviewer's standing is looked at, and whether they ever had a licence.
	#[benchmark]
	fn review_break_glass() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let id = super::break_glass::<T>(&scene);
		ProvenOverrides::<T>::insert(id, evidence());
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.reviewer), id, ReviewOutcome::Justified, Commitment([4; 32]));
		assert!(EmergencyOverrides::<T>::get(id).unwrap().review.is_some());
	}

	#[benchmark]
	fn set_emergency_terms() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let terms = EmergencyTerms { max_overdue: 7, ..T::DefaultEmergencyTerms::get() };
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, terms);
		assert_eq!(EmergencyTermsInForce::<T>::get(), terms);
		Ok(())
	}

	/// Many grants of the dearest kind: each is decided again, about other people, and counts for their
	/// consent.
	#[benchmark]
	fn record_disclosures(
		n: Linear<1, MOST_LARGEST_PAIRS>,
		m: Linear<0, { T::Consents::max_consents().saturating_sub(1) }>,
	) {
		let scene = T::BenchmarkHelper::set_scene(largest::<T>(m + 1));
		let uses = uses_of_pairs::<T>(&scene, largest::<T>(1), n);
		let at = Pallet::<T>::now();
		let batch = crate::NextBatchId::<T>::get();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.custodian),
			H256([5; 32]),
			n,
			at,
			at,
			BoundedVec::truncate_from(uses),
		);
		assert_eq!(DisclosureBatches::<T>::get(batch).unwrap().count, n);
	}

	/// Each under a consent of [`USUAL_PROVISIONS`].
	#[benchmark]
	fn record_disclosures_usual(n: Linear<1, MAX_GRANT_USES>) {
		let size = Size::Usual(USUAL_PROVISIONS);
		let scene = T::BenchmarkHelper::set_scene(size);
		let uses = uses_of_pairs::<T>(&scene, size, n);
		let at = Pallet::<T>::now();
		let batch = crate::NextBatchId::<T>::get();
		#[extrinsic_call]
		record_disclosures(
			RawOrigin::Signed(scene.custodian),
			H256([5; 32]),
			n,
			at,
			at,
			BoundedVec::truncate_from(uses),
		);
		assert_eq!(DisclosureBatches::<T>::get(batch).unwrap().count, n);
	}

	#[benchmark]
	fn offer_custody() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = register::<T>(&scene);
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.custodian), record, scene.received_by);
		assert!(CustodyOffers::<T>::contains_key(record));
	}

	#[benchmark]
	fn withdraw_custody_offer() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = offered::<T>(&scene);
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.receiver), record);
		assert!(!CustodyOffers::<T>::contains_key(record));
	}

	#[benchmark]
	fn accept_custody() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = offered::<T>(&scene);
		let patient = RawOrigin::Signed(scene.patient).into();
		Pallet::<T>::request_erasure(patient, record).unwrap();
		SubjectTags::<T>::insert(record, SubjectTag { tag: Some([1; 32]), version: 1 });
		let sealed_anew = NewManifest { manifest: Commitment([5; 32]), sections: 1, epoch: 1 };
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.receiver), record, 1, Some(sealed_anew));
		assert_eq!(Records::<T>::get(record).unwrap().custodian, scene.received_by);
	}

	/// By a guardian, who is looked up.
	#[benchmark]
	fn restrict() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = Some(register::<T>(&scene));
		let patient = scene.patient;
		let terms = longest_terms();
		let guardian = T::BenchmarkHelper::guardian_of(&patient, terms.purposes());
		#[extrinsic_call]
		_(RawOrigin::Signed(guardian), patient.clone(), record, terms);
		assert!(Restrictions::<T>::contains_key(patient, record));
	}

	/// By the guardian who set it.
	#[benchmark]
	fn lift_restriction() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = Some(register::<T>(&scene));
		let patient = scene.patient;
		let terms = longest_terms();
		let guardian = T::BenchmarkHelper::guardian_of(&patient, terms.purposes());
		let origin = RawOrigin::Signed(guardian);
		Pallet::<T>::restrict(origin.clone().into(), patient.clone(), record, terms).unwrap();
		#[extrinsic_call]
		_(origin, patient.clone(), record);
		assert!(!Restrictions::<T>::contains_key(patient, record));
	}

	/// By a guardian, who is looked up.
	#[benchmark]
	fn dispute_record() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = register::<T>(&scene);
		let guardian = T::BenchmarkHelper::guardian_of(&scene.patient, &[scene.purpose]);
		#[extrinsic_call]
		_(RawOrigin::Signed(guardian), record, Commitment([6; 32]));
		assert!(Disputes::<T>::contains_key(record));
	}

	#[benchmark]
	fn answer_dispute() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = register::<T>(&scene);
		let patient = RawOrigin::Signed(scene.patient).into();
		Pallet::<T>::dispute_record(patient, record, Commitment([6; 32])).unwrap();
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.custodian), record, DisputeOutcome::Denied, Commitment([7; 32]));
		assert!(Disputes::<T>::get(record).unwrap().answer.is_some());
	}

	/// Of a record that is offered, disputed, restricted and asked for: all of that goes.
	#[benchmark]
	fn record_erasure() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = offered::<T>(&scene);
		let patient = RawOrigin::Signed(scene.patient.clone());
		Pallet::<T>::dispute_record(patient.clone().into(), record, Commitment([6; 32])).unwrap();
		Pallet::<T>::request_erasure(patient.clone().into(), record).unwrap();
		Pallet::<T>::restrict(patient.into(), scene.patient, Some(record), longest_terms())
			.unwrap();
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.custodian), record, Commitment([8; 32]));
		assert!(ErasedRecords::<T>::contains_key(record));
	}

	/// By a guardian, who is looked up.
	#[benchmark]
	fn request_erasure() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = register::<T>(&scene);
		let guardian = T::BenchmarkHelper::guardian_of(&scene.patient, &[]);
		#[extrinsic_call]
		_(RawOrigin::Signed(guardian), record);
		assert!(ErasureRequests::<T>::contains_key(record));
	}

	#[benchmark]
	fn refuse_erasure() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = register::<T>(&scene);
		let patient = RawOrigin::Signed(scene.patient).into();
		Pallet::<T>::request_erasure(patient, record).unwrap();
		let (exemption, statement) = (ErasureExemption::LegalObligation, Commitment([9; 32]));
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.custodian), record, exemption, statement);
		assert!(!ErasureRequests::<T>::contains_key(record));
	}

	/// Under a grant, which is decided again, and counts for the consent.
	#[benchmark]
	fn update_record() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = register::<T>(&scene);
		let under = Some(grant_to::<T>(&scene, record, Action::Append));
		let sections = T::MaxSections::get();
		let new = NewManifest { manifest: Commitment([5; 32]), sections, epoch: 1 };
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.custodian), record, 1, new, under);
		assert_eq!(RecordVersions::<T>::get(record), Some(2));
	}

	#[benchmark]
	fn retire_record() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = register::<T>(&scene);
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.custodian), record);
		assert!(RetiredRecords::<T>::contains_key(record));
	}

	#[benchmark]
	fn reinstate_record() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = register::<T>(&scene);
		let custodian = RawOrigin::Signed(scene.custodian);
		Pallet::<T>::retire_record(custodian.clone().into(), record).unwrap();
		#[extrinsic_call]
		_(custodian, record);
		assert!(!RetiredRecords::<T>::contains_key(record));
	}

	/// In the place of that of an earlier version.
	#[benchmark]
	fn set_subject_tag() {
		let scene = T::BenchmarkHelper::set_scene(dearest::<T>());
		let record = register::<T>(&scene);
		RecordVersions::<T>::insert(record, 2);
		SubjectTags::<T>::insert(record, SubjectTag { tag: Some([1; 32]), version: 1 });
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.custodian), record, 2, Some([2; 32]));
		let stored = SubjectTag { tag: Some([2; 32]), version: 2 };
		assert_eq!(SubjectTags::<T>::get(record), Some(stored));
	}

	/// What is looked up and stored besides what a request without a proof does, and besides the proof.
	#[benchmark]
	fn beside_access_proof() {
		let scene = T::BenchmarkHelper::set_scene(largest::<T>(1));
		let record = register::<T>(&scene);
		SubjectTags::<T>::insert(record, SubjectTag { tag: Some([1; 32]), version: 1 });
		let id = crate::NextGrantId::<T>::get();
		let tag;
		#[block]
		{
			tag = Pallet::<T>::tag_of(record);
			ProvenGrants::<T>::insert(id, ());
		}
		assert_eq!(tag, Some([1; 32]));
		assert!(ProvenGrants::<T>::contains_key(id));
	}

	/// What is looked up and stored besides what a break-glass without a proof does, and besides the proof. The institution
	/// is one that needs an accreditation.
	#[benchmark]
	fn beside_emergency_proof() {
		let scene = T::BenchmarkHelper::set_scene(largest::<T>(1));
		let record = register::<T>(&scene);
		let request =
			AccessRequest { on_behalf_of: scene.received_by, ..emergency::<T>(&scene, record) };
		let (asked, at) = (GrantedRequest::from(&request), Pallet::<T>::now());
		let (id, evidence) = (crate::NextGrantId::<T>::get(), evidence());
		let operated;
		#[block]
		{
			operated = Pallet::<T>::ensure_operated(&scene.receiver, request.target, &asked, at);
			ProvenOverrides::<T>::insert(id, evidence);
		}
		assert_eq!(operated, Ok(()));
		assert!(ProvenOverrides::<T>::contains_key(id));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::genesis(), crate::mock::Test);
}
