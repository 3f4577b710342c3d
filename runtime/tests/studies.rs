//! Studies on the real chain, with real circuits, keys and proofs.

use crate::chain::{
	as_root, include, left, next_block, on_chain, works, HOSPITAL_A, HOSPITAL_B, SUDO,
};
use ark_std::rand::{rngs::StdRng, SeedableRng};
use codec::Encode;
use hdx_primitives::{
	AttestationTree, AuditAction, AuditEvent, CircuitId, CircuitVersion, EnrolmentProof,
	EntryIndex, Milliseconds, Proof, ShieldedIndex, StudyId, StudyTerms, Subject, ValueRange, H256,
};
use hdx_runtime::{genesis, Groth16Verifier, Runtime, RuntimeCall, ShieldedConsent, System};
use hdx_zk_circuits::{
	circuits::{
		Circuit, ConsentGrant, ConsentGrantPublic, ConsentGrantWitness, ConsentRevoke,
		StudyEnrolment, StudyEnrolmentPublic, StudyEnrolmentWitness,
	},
	domain::Domain4,
	field::{from_bytes, to_bytes},
	merkle::{ConsentTree, RevocationTree, SparseTree, LEVELS},
	note::{
		Attestation, Authority, HeldAttestation, HeldNote, Note, Policy, Purpose, Recipient,
		Secret, Study, StudyTermsHash,
	},
	prove::{CompiledProver, Provable},
	Asked, Binding, Context, Fr,
};
use pallet_study::{Call, Error};
use sp_keyring::Sr25519Keyring as Key;
use std::{sync::OnceLock, thread};

const VERSION: u32 = 1;
const TRANSCRIPT: H256 = H256([9; 32]);
/// Who operate the three institutions that attest keys.
const OPERATORS: [Key; 3] = [Key::Alice, Key::Bob, Key::Charlie];
/// Operates the sponsor, hospital B, and sends proofs for patients.
const SPONSOR: Key = Key::Bob;
/// Operates hospital A, which attests values.
const ATTESTER: Key = Key::Alice;
const STUDY: StudyId = StudyId(0);
/// Another study, which asks for the same.
const OTHER: StudyId = StudyId(1);
const PANEL: u64 = 2;
const CATEGORIES: u64 = 0b1010;
/// 2027, as the chain of the tests begins.
const START: u64 = 1_800_000_000_000;

/// A prover with a development key.
fn made<C: Provable>(seed: u64) -> Box<dyn CompiledProver<C>> {
	C::setup_dev(&mut StdRng::seed_from_u64(seed)).unwrap()
}

/// Provers with development keys, made once for all tests, each beside the others.
struct Provers {
	grant: Box<dyn CompiledProver<ConsentGrant>>,
	enrol: Box<dyn CompiledProver<StudyEnrolment>>,
	revoke: Vec<u8>,
}

fn provers() -> &'static Provers {
	static PROVERS: OnceLock<Provers> = OnceLock::new();
	PROVERS.get_or_init(|| {
		thread::scope(|scope| {
			let enrol = scope.spawn(|| made(0));
			let (grant, revoke) = (made(1), made::<ConsentRevoke>(2));
			let revoke = revoke.verifying_key();
			Provers { grant, enrol: enrol.join().unwrap(), revoke }
		})
	})
}

fn circuit(number: u32, version: u32) -> CircuitVersion {
	CircuitVersion { circuit: CircuitId(number), version }
}

fn accept(circuit: CircuitVersion, key: Vec<u8>) {
	use pallet_groth16_verifier::Call as Verifier;
	let key = key.try_into().unwrap();
	works(SUDO, as_root(Verifier::register_circuit { circuit, key, transcript: TRANSCRIPT }));
	let key = Groth16Verifier::circuit(circuit).unwrap().key;
	for operator in OPERATORS {
		works(operator, Verifier::attest_circuit { circuit, key, transcript: TRANSCRIPT });
	}
	works(SUDO, as_root(Verifier::activate { circuit }));
}

fn suspend(number: u32) {
	let circuit = circuit(number, VERSION);
	works(SUDO, as_root(pallet_groth16_verifier::Call::suspend { circuit }));
}

fn terms() -> StudyTerms {
	StudyTerms {
		sponsor: HOSPITAL_B,
		protocol: H256([4; 32]),
		panel: PANEL,
		ranges: [ValueRange { min: 40, max: 60 }; 4],
		attested_from: Milliseconds(START - 10_000),
		categories: CATEGORIES,
		minimum: 11,
		from: Milliseconds(0),
		until: Milliseconds(START + 1_000_000_000),
	}
}

/// The study as proofs know it.
fn stated(study: StudyId) -> Study {
	stated_as(study, &terms())
}

fn stated_as(study: StudyId, terms: &StudyTerms) -> Study {
	let StudyTerms { panel, ranges, attested_from, categories, .. } = *terms;
	let ranges = ranges.map(|range| range.min..=range.max);
	let all = StudyTermsHash::of(study.0.into(), &terms.encode());
	Study::new(all, panel, ranges, attested_from.0, categories).unwrap()
}

/// The patient of a number.
fn authority(number: u64) -> Authority {
	Authority::patient(Secret::new(Fr::from(11 + number)))
}

/// The patient's consent to take part.
fn note(number: u64) -> Note {
	let patient = authority(number).patient_key();
	Note {
		granter: patient,
		recipient: Recipient::study(stated(STUDY).digest(), patient),
		policy: Policy::new(CATEGORIES, Purpose::RESEARCH.mask(), 0, 1_900_000_000_000).unwrap(),
		nonce: Fr::from(77 + number),
	}
}

fn attestation(number: u64) -> Attestation {
	Attestation {
		patient: authority(number).patient_key(),
		panel: PANEL,
		values: [40, 50, 55, 60],
		attested_at: START - 5_000,
		salt: Fr::from(99 + number),
	}
}

fn append(note: &Note, number: u64) {
	let leaf = note.leaf();
	let context = Context::new(&Binding {
		genesis: System::block_hash(0).0,
		circuit: ConsentGrant::NUMBER,
		version: VERSION,
		signer: SPONSOR.to_raw_public(),
		request: Asked::Append { leaf }.hash(),
	});
	let public = ConsentGrantPublic { leaf, context };
	let witness = ConsentGrantWitness { note: note.clone(), authority: authority(number) };
	let mut rng = StdRng::seed_from_u64(1);
	let proof = provers().grant.prove(&public, &witness, &mut rng).unwrap();
	let proof = Proof(proof.to_bytes());
	let leaf = to_bytes(&leaf);
	works(SPONSOR, pallet_shielded_consent::Call::append { leaf, version: VERSION, proof });
}

fn attest(attestation: &Attestation) {
	works(ATTESTER, Call::attest { leaf: to_bytes(&attestation.leaf()) });
}

fn last_snapshot() -> u32 {
	ShieldedConsent::snapshots().last().unwrap().number
}

/// Goes on until another snapshot was taken.
fn next_snapshot() {
	let taken = || ShieldedConsent::snapshots().last().map(|snapshot| snapshot.number);
	let before = taken();
	for _ in 0..16 {
		next_block();
		if taken() != before {
			return;
		}
	}
	panic!("no snapshot in 16 blocks");
}

/// On the `dev` chain: two studies, and a patient with a consent to the first one and an attestation.
fn with_studies(test: impl FnOnce()) {
	on_chain(genesis::DEV, || {
		let call = pallet_provider_registry::Call::register_institution {
			operator: Key::Charlie.to_account_id(),
			kind: pallet_provider_registry::InstitutionKind::Hospital,
			profile: [7; 32],
		};
		works(SUDO, as_root(call));
		let enrol = provers().enrol.verifying_key();
		for version in [VERSION, VERSION + 1] {
			accept(circuit(StudyEnrolment::NUMBER, version), enrol.clone());
		}
		let grant = provers().grant.verifying_key();
		accept(circuit(ConsentGrant::NUMBER, VERSION), grant);
		accept(circuit(ConsentRevoke::NUMBER, VERSION), provers().revoke.clone());
		for _ in [STUDY, OTHER] {
			works(SUDO, as_root(Call::register_study { terms: terms() }));
		}
		append(&note(0), 0);
		attest(&attestation(0));
		next_snapshot();
		test();
	});
}

/// The public inputs as the chain makes them, and what the patient alone knows.
fn statement(
	signer: Key,
	study: StudyId,
	version: u32,
	attestation: Attestation,
) -> (StudyEnrolmentPublic, StudyEnrolmentWitness) {
	let roots = ShieldedConsent::roots(0, last_snapshot()).unwrap();
	let mut tree = ConsentTree::default();
	for bytes in ShieldedConsent::leaves(0, 0).iter().take(roots.count as usize) {
		tree.append(from_bytes(bytes).unwrap()).unwrap();
	}
	let note = note(0);
	let ShieldedIndex { leaf, .. } = ShieldedConsent::place_of(to_bytes(&note.leaf())).unwrap();
	let mut revocations = RevocationTree::default();
	if to_bytes(&revocations.root()) != roots.revocations {
		revocations.revoke(leaf).unwrap();
	}
	assert_eq!(to_bytes(&revocations.root()), roots.revocations);
	let attested = hdx_runtime::Study::attestations(0, 0);
	let leaves = attested.iter().map(|bytes| from_bytes(bytes).unwrap()).collect();
	let attestations = SparseTree::<LEVELS>::of(Domain4::AttestationNode, leaves);
	let place = hdx_runtime::Study::place_of(to_bytes(&attestation.leaf()), HOSPITAL_A);
	let index = place.map_or(0, |place| place.leaf);
	let newest = hdx_runtime::Study::newest_attestations();
	let root = hdx_runtime::Study::attestation_root(newest.tree, newest.count);
	assert_eq!(Some(to_bytes(&attestations.root())), root);
	let path = attestations.path(index);
	let witness = StudyEnrolmentWitness {
		consent: HeldNote::new(note, leaf, &tree, &revocations).unwrap(),
		attestation: HeldAttestation { attestation, index, path },
		patient: authority(0),
	};
	let public = StudyEnrolmentPublic {
		consent_root: tree.root(),
		revocation_root: revocations.root(),
		attestation_root: attestations.root(),
		study: stated(study),
		nullifier: witness.nullifier(&stated(study)),
		now: roots.at.0,
		context: Context::new(&Binding {
			genesis: System::block_hash(0).0,
			circuit: StudyEnrolment::NUMBER,
			version,
			signer: signer.to_raw_public(),
			request: Asked::Enrol { study: study.0.into() }.hash(),
		}),
	};
	(public, witness)
}

/// A proof about the last snapshot and the newest attestations; another seed gives other bytes.
fn prove_seeded(signer: Key, seed: u64) -> EnrolmentProof {
	let (public, witness) = statement(signer, STUDY, VERSION, attestation(0));
	let mut rng = StdRng::seed_from_u64(seed);
	let proof = provers().enrol.prove(&public, &witness, &mut rng).unwrap();
	EnrolmentProof {
		snapshot: last_snapshot(),
		tree: 0,
		attestations: hdx_runtime::Study::newest_attestations(),
		nullifier: to_bytes(&public.nullifier),
		version: VERSION,
		revoked_by: VERSION,
		proof: Proof(proof.to_bytes()),
	}
}

fn prove() -> EnrolmentProof {
	prove_seeded(SPONSOR, 2)
}

fn is_provable(study: StudyId, attestation: Attestation) -> bool {
	let (public, witness) = statement(SPONSOR, study, VERSION, attestation);
	let mut rng = StdRng::seed_from_u64(3);
	provers().enrol.prove(&public, &witness, &mut rng).is_ok()
}

fn call(study: StudyId, proof: &EnrolmentProof) -> RuntimeCall {
	Call::enrol { study, proof: Box::new(proof.clone()) }.into()
}

fn assert_fails(signer: Key, study: StudyId, proof: &EnrolmentProof, error: Error<Runtime>) {
	assert_eq!(include(signer, call(study, proof)), Ok(Err(error.into())));
}

fn count() -> u32 {
	hdx_runtime::Study::study(STUDY).unwrap().count
}

fn last_event() -> AuditEvent {
	let last = pallet_audit::NextEntryIndex::<Runtime>::get().0 - 1;
	pallet_audit::Entries::<Runtime>::get(EntryIndex(last)).unwrap().event
}

#[test]
fn a_patient_is_counted_once_and_named_nowhere() {
	with_studies(|| {
		let proof = prove();
		works(SPONSOR, call(STUDY, &proof));
		assert_eq!(count(), 1);
		let expected = AuditEvent {
			subject: Subject::Enrolment { study: STUDY, nullifier: proof.nullifier },
			..AuditEvent::new(AuditAction::EnrolmentCounted)
		};
		assert_eq!(last_event(), expected);
		assert_fails(SPONSOR, STUDY, &proof, Error::AlreadyCounted);
		// Nor with other bytes, or through somebody else.
		let other = prove_seeded(SPONSOR, 9);
		assert_ne!(other.proof, proof.proof);
		assert_fails(SPONSOR, STUDY, &other, Error::AlreadyCounted);
		let other = prove_seeded(Key::Charlie, 9);
		assert_fails(Key::Charlie, STUDY, &other, Error::AlreadyCounted);
		assert_eq!(count(), 1);
	});
}

#[test]
fn a_proof_is_of_no_use_to_another_signer_study_or_version() {
	with_studies(|| {
		let proof = prove();
		assert_fails(ATTESTER, STUDY, &proof, Error::NotProven);
		assert_fails(SPONSOR, OTHER, &proof, Error::NotProven);
		// The same key: it is the context that differs.
		let later = EnrolmentProof { version: VERSION + 1, ..proof.clone() };
		assert_fails(SPONSOR, STUDY, &later, Error::NotProven);
		let unknown = EnrolmentProof { version: VERSION + 2, ..proof.clone() };
		assert_fails(SPONSOR, STUDY, &unknown, Error::CircuitUnknown);
		works(SPONSOR, call(STUDY, &proof));
	});
}

#[test]
fn a_proof_counts_although_others_are_attested_meanwhile() {
	with_studies(|| {
		let proof = prove();
		attest(&attestation(1));
		let attestations = AttestationTree { tree: 0, count: 2 };
		assert_eq!(hdx_runtime::Study::newest_attestations(), attestations);
		let other = EnrolmentProof { attestations, ..proof.clone() };
		assert_fails(SPONSOR, STUDY, &other, Error::NotProven);
		works(SPONSOR, call(STUDY, &proof));
	});
}

#[test]
fn values_outside_of_a_range_old_ones_and_those_of_nobody_are_not_proven() {
	with_studies(|| {
		let outside = Attestation { values: [40, 50, 55, 61], ..attestation(0) };
		let old = Attestation { attested_at: START - 10_001, ..attestation(0) };
		for attested in [&outside, &old] {
			attest(attested);
			assert!(!is_provable(STUDY, attested.clone()));
		}
		let unattested = Attestation { values: [41, 50, 55, 60], ..attestation(0) };
		assert!(!is_provable(STUDY, unattested));
		assert!(is_provable(STUDY, attestation(0)));
		// The consent names the first study.
		assert!(!is_provable(OTHER, attestation(0)));
	});
}

/// The panel, the ranges and the categories are the same, and the number is.
#[test]
fn a_consent_to_a_study_says_nothing_of_one_with_another_protocol_or_sponsor() {
	with_studies(|| {
		let is_provable = |terms: StudyTerms| {
			let (public, witness) = statement(SPONSOR, STUDY, VERSION, attestation(0));
			let study = stated_as(STUDY, &terms);
			let nullifier = witness.nullifier(&study);
			let public = StudyEnrolmentPublic { study, nullifier, ..public };
			let mut rng = StdRng::seed_from_u64(3);
			provers().enrol.prove(&public, &witness, &mut rng).is_ok()
		};
		assert!(is_provable(terms()));
		assert!(!is_provable(StudyTerms { protocol: H256([5; 32]), ..terms() }));
		assert!(!is_provable(StudyTerms { sponsor: HOSPITAL_A, ..terms() }));
	});
}

#[test]
fn nobody_is_counted_by_a_consent_that_is_revoked() {
	with_studies(|| {
		let proof = prove();
		let index = ShieldedIndex { tree: 0, leaf: 0 };
		let revoked = pallet_shielded_consent::Call::revoke_by_governance { index };
		works(SUDO, as_root(RuntimeCall::from(revoked)));
		next_snapshot();
		assert!(!is_provable(STUDY, attestation(0)));
		let now = EnrolmentProof { snapshot: last_snapshot(), ..proof.clone() };
		assert_fails(SPONSOR, STUDY, &now, Error::NotProven);
		for _ in 0..3 {
			next_snapshot();
		}
		assert_fails(SPONSOR, STUDY, &proof, Error::SnapshotTooOld);
	});
}

#[test]
fn nobody_is_counted_while_consents_cannot_be_revoked() {
	with_studies(|| {
		let proof = prove();
		suspend(ConsentRevoke::NUMBER);
		assert_fails(SPONSOR, STUDY, &proof, Error::RevocationInactive);
	});
}

#[test]
fn nobody_is_counted_while_the_circuit_is_suspended() {
	with_studies(|| {
		let proof = prove();
		suspend(StudyEnrolment::NUMBER);
		assert_fails(SPONSOR, STUDY, &proof, Error::CircuitNotActive);
	});
}

#[test]
fn a_study_that_is_closed_counts_nobody_and_has_no_results_without_its_cohort() {
	with_studies(|| {
		let proof = prove();
		let results: RuntimeCall =
			Call::publish_results { study: STUDY, results: H256([1; 32]) }.into();
		let still_open = Error::<Runtime>::StudyStillOpen.into();
		assert_eq!(include(SPONSOR, results.clone()), Ok(Err(still_open)));
		works(SPONSOR, Call::close_study { study: STUDY });
		assert_fails(SPONSOR, STUDY, &proof, Error::StudyClosed);
		let too_few = Error::<Runtime>::CohortNotReached.into();
		assert_eq!(include(SPONSOR, results), Ok(Err(too_few)));
		works(SUDO, as_root(Call::close_study { study: OTHER }));
	});
}

#[test]
fn an_enrolment_costs_four_units_and_an_attestation_a_hundred() {
	with_studies(|| {
		let proof = prove();
		let before = left(HOSPITAL_B);
		works(SPONSOR, call(STUDY, &proof));
		assert_eq!(left(HOSPITAL_B), before - 4);
		// Refused or not.
		assert_fails(SPONSOR, STUDY, &proof, Error::AlreadyCounted);
		assert_eq!(left(HOSPITAL_B), before - 8);
		let before = left(HOSPITAL_A);
		attest(&attestation(1));
		assert_eq!(left(HOSPITAL_A), before - 100);
	});
}
