//! Whoever may make a call is charged what it takes of them, and not what it takes of somebody who is looked up sooner.

use crate::{
	chain::genesis_of,
	watched::{watch, Seen},
	world::*,
};
use frame_support::{
	assert_ok, dispatch::DispatchResult, traits::WhitelistedStorageKeys, BoundedVec,
};
use hdx_primitives::{
	consent::{GuardianPowers, GuardianSet},
	engine::{terminology::purpose, Scope},
	AccessRequest, AccountId, Code, Commitment, CredentialId, EmergencyEvidence, EntryIndex,
	GrantId, InstitutionId, Milliseconds, OverrideReason, Period, RecordId, ReviewFinding,
	ReviewOutcome, ReviewReason, Role, H256, SEALED_IDENTITY_BYTES,
};
use hdx_runtime::{
	genesis, weights, AllPalletsWithSystem, Audit, Consent, ProviderRegistry, RecordAccess,
	Runtime, RuntimeOrigin,
};
use pallet_provider_registry::{
	CredentialKind, InstitutionKind, NextInstitutionId, Practitioners, Requirement, RoleAssignment,
};
use pallet_record_access::{
	EmergencyOverride, EmergencyOverrides, Grant, GrantStatus, GrantedRequest, Grants, NextGrantId,
	PendingReviews, ProvenOverrides, RestrictionTerms, ReviewKey,
};
use sp_io::TestExternalities;
use std::collections::BTreeSet;

const RECORD: RecordId = RecordId(0);
/// What institutions have to be accredited by.
const SCHEME: Code = Code([9; 16]);

fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

fn signed(who: &AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.clone())
}

/// A new chain, before its first block.
fn new_chain() -> TestExternalities {
	TestExternalities::new(genesis_of(genesis::DEV))
}

/// How many keys were read that benchmarks count: what every block pays for they leave out.
fn reads(seen: &Seen) -> u64 {
	let left_out: BTreeSet<_> = AllPalletsWithSystem::whitelisted_storage_keys()
		.into_iter()
		.map(|tracked| tracked.key)
		.collect();
	let counts = |key: &&Vec<u8>| !left_out.contains(*key) && !key.starts_with(b":");
	seen.read.iter().filter(counts).count() as u64
}

/// How many reads a function is charged, with so much of each component.
fn charged(pallet: &str, function: &str, components: &[(&str, u64)]) -> u64 {
	let figures = weights::figures();
	let (_, functions) = figures.iter().find(|(name, _)| *name == pallet).unwrap();
	let figure = functions.iter().find(|figure| figure.name == function).unwrap();
	let (base, each) = figure.reads;
	let of = |component: &str| {
		components.iter().find(|(name, _)| *name == component).map_or(0, |(_, count)| *count)
	};
	each.iter().fold(base, |sum, (component, slope)| sum + slope * of(component))
}

/// Asserts that a call succeeds, and reads no more than it is charged.
fn assert_charged(
	chain: &mut TestExternalities,
	pallet: &str,
	function: &str,
	call: impl FnOnce() -> DispatchResult,
) {
	let seen = watch(chain, || {
		assert_ok!(call());
	});
	let (read, charged) = (reads(&seen), charged(pallet, function, &[]));
	assert!(read <= charged, "{pallet}: {function} is charged {charged} reads of {read}");
}

/// An institution of this kind, which is accredited, and its operator.
fn institution(number: u8, kind: InstitutionKind) -> (AccountId, InstitutionId) {
	let (operator, id) = (account(number), NextInstitutionId::<Runtime>::get());
	let root = RuntimeOrigin::root;
	assert_ok!(ProviderRegistry::register_institution(root(), operator.clone(), kind, [0; 32]));
	assert_ok!(ProviderRegistry::accredit(root(), id, SCHEME, 1, Period::default()));
	(operator, id)
}

/// A privacy officer of an institution, whose home is another of another kind. Of three credentials only the last stands.
fn officer() -> (AccountId, InstitutionId) {
	let (operator, acted_for) = institution(100, InstitutionKind::Hospital);
	let (home, _) = institution(101, InstitutionKind::Clinic);
	let officer = account(102);
	let role = RoleAssignment { role: Role::Auditor, taxonomy: Code([8; 16]) };
	assert_ok!(ProviderRegistry::enrol_practitioner(
		signed(&home),
		officer.clone(),
		BoundedVec::truncate_from(vec![role]),
		CredentialKind::Employment,
		Commitment([102; 32]),
		Period::default(),
		[2; 32],
	));
	assert_ok!(ProviderRegistry::add_affiliation(signed(&operator), officer.clone()));
	let boards = [103, 104].map(|number| {
		let (board, _) = institution(number, InstitutionKind::Authority);
		let kinds = BoundedVec::truncate_from(vec![CredentialKind::Licence]);
		let root = RuntimeOrigin::root();
		assert_ok!(ProviderRegistry::register_issuer(root, board.clone(), kinds, [0; 32]));
		assert_ok!(ProviderRegistry::attest_credential(
			signed(&board),
			officer.clone(),
			CredentialKind::Licence,
			Commitment([number; 32]),
			Period::default(),
		));
		board
	});
	let held = Practitioners::<Runtime>::get(&officer).unwrap().credentials;
	let ids: Vec<CredentialId> = held.iter().map(|credential| credential.id).collect();
	for (issuer, id) in [home, boards[0].clone()].iter().zip(ids) {
		assert_ok!(ProviderRegistry::revoke_credential(signed(issuer), officer.clone(), id));
	}
	for kind in [InstitutionKind::Hospital, InstitutionKind::Clinic] {
		let requirement = Some(Requirement { scheme: SCHEME, level: 1 });
		let root = RuntimeOrigin::root();
		assert_ok!(ProviderRegistry::require_accreditation(root, kind, requirement));
	}
	(officer, acted_for)
}

/// The glass is broken for an institution, by proof.
fn broken(institution: InstitutionId) -> GrantId {
	let request = AccessRequest { on_behalf_of: institution, purpose: purpose::BTG, ..request() };
	let id = NextGrantId::<Runtime>::get();
	NextGrantId::<Runtime>::put(GrantId(id.0 + 1));
	let deadline = Milliseconds(NOW + 2 * HOUR);
	let grant = Grant {
		request: GrantedRequest::from(&request),
		grantee: account(100),
		patient: request.patient,
		target: request.target,
		obligations: Default::default(),
		issued_at: Milliseconds(NOW),
		expires_at: Milliseconds(NOW + HOUR),
		uses_left: 1,
		basis: None,
		status: GrantStatus::Active,
	};
	Grants::<Runtime>::insert(id, grant);
	let reason = OverrideReason::EmergencyTreatment;
	let emergency = EmergencyOverride { reason, entry: EntryIndex(0), deadline, review: None };
	EmergencyOverrides::<Runtime>::insert(id, emergency);
	PendingReviews::<Runtime>::insert(institution, ReviewKey::new(deadline, id), ());
	let evidence = EmergencyEvidence {
		auditor: 0,
		nullifier: [1; 32],
		identity: [2; SEALED_IDENTITY_BYTES],
		recipient: H256([3; 32]),
		version: 1,
		asked: H256([4; 32]),
	};
	ProvenOverrides::<Runtime>::insert(id, evidence);
	id
}

#[test]
fn a_review_by_a_privacy_officer_is_charged_what_it_reads() {
	let mut chain = new_chain();
	let (officer, grant) = chain.execute_with(|| {
		settle();
		let (officer, institution) = officer();
		(officer, broken(institution))
	});
	assert_charged(&mut chain, "pallet_record_access", "review_break_glass", || {
		let (outcome, finding) = (ReviewOutcome::Justified, Commitment([7; 32]));
		RecordAccess::review_break_glass(signed(&officer), grant, outcome, finding)
	});
}

/// The patient names a guardian, and then another to take that one's place.
fn name_guardians(guardian: &AccountId) {
	for guardian in [guardian.clone(), account(78)] {
		let set = GuardianSet {
			guardians: BoundedVec::truncate_from(vec![guardian]),
			threshold: 1,
			scope: Scope::default(),
			powers: GuardianPowers::default(),
			period: Period::default(),
			objection_delay: Milliseconds(HOUR),
		};
		assert_ok!(Consent::set_guardians(signed(&patient()), Some(set)));
	}
	assert!(pallet_consent::GuardiansToBe::<Runtime>::contains_key(patient()));
}

#[test]
fn a_guardian_is_charged_for_being_looked_up() {
	const ACCESS: &str = "pallet_record_access";
	let guardian = account(77);
	let mut chain = new_chain();
	let entry = chain.execute_with(|| {
		settle();
		consent();
		ask(request()).unwrap();
		let entry = last_entry().index;
		name_guardians(&guardian);
		entry
	});
	let chain = &mut chain;
	let origin = || signed(&guardian);
	assert_charged(chain, ACCESS, "restrict", || {
		let terms = RestrictionTerms::NotFor(BoundedVec::truncate_from(vec![purpose::HPAYMT]));
		RecordAccess::restrict(origin(), patient(), Some(RECORD), terms)
	});
	assert_charged(chain, ACCESS, "lift_restriction", || {
		RecordAccess::lift_restriction(origin(), patient(), Some(RECORD))
	});
	assert_charged(chain, ACCESS, "dispute_record", || {
		RecordAccess::dispute_record(origin(), RECORD, Commitment([6; 32]))
	});
	assert_charged(chain, ACCESS, "request_erasure", || {
		RecordAccess::request_erasure(origin(), RECORD)
	});
	assert_charged(chain, "pallet_audit", "request_review", || {
		Audit::request_review(origin(), entry, ReviewReason::Other)
	});
	chain.execute_with(|| {
		let (finding, statement) = (ReviewFinding::Error, Commitment([9; 32]));
		assert_ok!(Audit::answer_review(operator_b(), entry, finding, statement));
	});
	assert_charged(chain, "pallet_audit", "escalate_review", || {
		Audit::escalate_review(origin(), entry)
	});
}

#[cfg(feature = "runtime-benchmarks")]
mod measured {
	use super::*;
	use hdx_primitives::{Action, AssuranceLevel, ContextHash, Target};
	use hdx_runtime::benchmarks::AccessSetup;
	use pallet_record_access::{
		benchmarking::{BenchmarkHelper, Scene, Size},
		NextRecordId, RequiredLevels,
	};
	use sp_io::hashing::twox_128;
	use sp_keystore::{testing::MemoryKeystore, KeystoreExt};

	/// Two credentials, of which the second stands: one issuer is asked.
	const SIZE: Size = Size::Largest { consents: 1, credentials: 2 };

	/// Of the registry of providers.
	fn read_of(seen: &Seen, map: &str) -> BTreeSet<Vec<u8>> {
		let prefix = [twox_128(b"ProviderRegistry"), twox_128(map.as_bytes())].concat();
		seen.read.iter().filter(|key| key.starts_with(&prefix)).cloned().collect()
	}

	/// What a request takes about a new record of a pair.
	fn asked_by(chain: &mut TestExternalities, pair: &Scene) -> Seen {
		let record = chain.execute_with(|| {
			let id = NextRecordId::<Runtime>::get();
			let (patient, manifest) = (pair.patient.clone(), Commitment([1; 32]));
			let custodian = signed(&pair.custodian);
			assert_ok!(RecordAccess::register_record(custodian, patient, manifest, 1, 0));
			id
		});
		let request = AccessRequest {
			on_behalf_of: pair.on_behalf_of,
			role: pair.role,
			patient: pair.patient.clone(),
			target: Target::Record(record),
			purpose: pair.purpose,
			action: Action::Read,
			labels: Default::default(),
			classes: Default::default(),
			context: ContextHash([2; 32]),
			duration: Milliseconds(HOUR),
		};
		let id = chain.execute_with(NextGrantId::<Runtime>::get);
		let practitioner = signed(&pair.practitioner);
		let seen = watch(chain, || {
			assert_ok!(RecordAccess::request_access(practitioner, request, None));
		});
		let is_granted = chain.execute_with(|| Grants::<Runtime>::contains_key(id));
		assert!(is_granted, "the scene permits it");
		seen
	}

	fn scenes(chain: &mut TestExternalities) -> [Scene; 2] {
		chain.register_extension(KeystoreExt::new(MemoryKeystore::new()));
		chain.execute_with(|| {
			let scene = AccessSetup::set_scene(SIZE);
			let level = AssuranceLevel::Attested;
			RequiredLevels::<Runtime>::insert(scene.purpose, Action::Read, level);
			let other = AccessSetup::add_pair(&scene, SIZE, 1);
			[scene, other]
		})
	}

	#[test]
	fn a_home_of_another_kind_is_charged_for() {
		let mut chain = new_chain();
		for pair in scenes(&mut chain) {
			let seen = asked_by(&mut chain, &pair);
			assert_eq!(read_of(&seen, "RequiredAccreditation").len(), 2);
			let components = [("c", 1), ("l", 2), ("s", 0)];
			let charged = charged("pallet_record_access", "request_access", &components);
			let read = reads(&seen);
			assert!(read <= charged, "charged {charged} reads of {read}");
		}
	}

	#[test]
	fn the_pairs_of_a_batch_have_no_institution_and_no_issuer_in_common() {
		let mut chain = new_chain();
		let [one, other] = scenes(&mut chain).map(|pair| asked_by(&mut chain, &pair));
		for map in ["Institutions", "Accreditations", "Issuers", "Practitioners"] {
			let (one, other) = (read_of(&one, map), read_of(&other, map));
			assert!(!one.is_empty() && one.is_disjoint(&other), "{map}");
		}
	}
}
