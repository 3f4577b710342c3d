//! Access by the proof of a shielded consent on the real chain, with real circuits, keys and proofs.

mod delegated;

use crate::chain::{
	self, as_root, enrol, grant, include, left, next_block, on_chain, works, HOSPITAL_B, SUDO,
};
use ark_std::rand::{rngs::StdRng, SeedableRng};
use hdx_primitives::{
	engine::terminology::purpose, operation_hash, AccessCircuit, AccessProof, AccessRequest,
	Action, AuditAction, AuditEvent, AuditOutcome, CircuitId, CircuitVersion, Code, Commitment,
	ContextHash, DenialReason, EntryIndex, GrantId, Milliseconds, Proof, ProofVerifier, RecordId,
	Role, ShieldedIndex, Subject, Target, H256, PROOF_BYTES,
};
use hdx_runtime::{
	genesis, Groth16Verifier, RecordAccess, Runtime, RuntimeCall, ShieldedConsent, System,
};
use hdx_zk_circuits::{
	circuits::{
		Circuit, ConsentAccess, ConsentAccessPublic, ConsentAccessWitness, ConsentGrant,
		ConsentGrantPublic, ConsentGrantWitness, ConsentRevoke,
	},
	field::{from_bytes, to_bytes},
	merkle::{ConsentTree, RevocationTree},
	note::{
		access_scope, subject_tag, Authority, Category, HeldNote, Note, Policy, ProviderTag,
		Purpose, Recipient, Request, Secret,
	},
	prove::{CompiledProver, Provable},
	Asked, Binding, Context, Fr,
};
use pallet_record_access::{Call, Error};
use pallet_shielded_consent::Call as Shielded;
use sp_keyring::Sr25519Keyring as Key;
use std::{sync::OnceLock, thread};

const VERSION: u32 = 1;
const TRANSCRIPT: H256 = H256([9; 32]);
/// Who operate the three institutions that attest.
const OPERATORS: [Key; 3] = [Key::Alice, Key::Bob, Key::Charlie];
/// The custodian of the records, who sponsors the patient.
const CUSTODIAN: Key = Key::Alice;
/// Enrolled by Bob's hospital.
const DOCTOR: Key = Key::Eve;
/// Enrolled there as well.
const COLLEAGUE: Key = Key::One;
const PATIENT: Key = Key::Dave;
const RECORD: RecordId = RecordId(0);
/// Another record of the patient.
const OTHER_RECORD: RecordId = RecordId(1);
const QUARTER: Milliseconds = Milliseconds(900_000);

/// A prover with a development key.
fn made<C: Provable>(seed: u64) -> Box<dyn CompiledProver<C>> {
	C::setup_dev(&mut StdRng::seed_from_u64(seed)).unwrap()
}

/// Provers with development keys, made once for all tests, each beside the others.
struct Provers {
	grant: Box<dyn CompiledProver<ConsentGrant>>,
	access: Box<dyn CompiledProver<ConsentAccess>>,
	revoke: Box<dyn CompiledProver<ConsentRevoke>>,
}

fn provers() -> &'static Provers {
	static PROVERS: OnceLock<Provers> = OnceLock::new();
	PROVERS.get_or_init(|| {
		thread::scope(|scope| {
			let access = scope.spawn(|| made(0));
			let (grant, revoke) = (made(1), made(2));
			Provers { grant, access: access.join().unwrap(), revoke }
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

fn secret(of: Key) -> Secret {
	Secret::new(Fr::from(1_000 + u64::from(of.to_raw_public()[0])))
}

fn authority() -> Authority {
	Authority::patient(Secret::new(Fr::from(11u64)))
}

fn salt(record: RecordId) -> Fr {
	Fr::from(500 + record.0)
}

fn class() -> Code {
	Code::of_token("http://hl7.org/fhir/resource-types|Observation")
}

fn category() -> Category {
	Category::new(ShieldedConsent::category_of(class()).unwrap()).unwrap()
}

/// The patient's consent for this doctor: observations, for treatment.
fn note(doctor: Key) -> Note {
	let patient = authority().patient_key();
	Note {
		granter: patient,
		recipient: Recipient::provider(ProviderTag::of(&secret(doctor)), patient),
		policy: Policy::new(category().mask(), Purpose::TREATMENT.mask(), 0, 1_900_000_000_000)
			.unwrap(),
		nonce: Fr::from(77u64),
	}
}

fn append(note: &Note) {
	append_as(note, authority());
}

/// Appends a note of whoever acts.
fn append_as(note: &Note, authority: Authority) {
	let leaf = note.leaf();
	let context = Context::new(&Binding {
		genesis: System::block_hash(0).0,
		circuit: ConsentGrant::NUMBER,
		version: VERSION,
		signer: Key::Bob.to_raw_public(),
		request: Asked::Append { leaf }.hash(),
	});
	let public = ConsentGrantPublic { leaf, context };
	let witness = ConsentGrantWitness { note: note.clone(), authority };
	let mut rng = StdRng::seed_from_u64(1);
	let proof = provers().grant.prove(&public, &witness, &mut rng).unwrap();
	let proof = Proof(proof.to_bytes());
	works(Key::Bob, Shielded::append { leaf: to_bytes(&leaf), version: VERSION, proof });
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

fn register_tag(doctor: Key) {
	let tag = to_bytes(&ProviderTag::of(&secret(doctor)).0);
	works(doctor, Shielded::register_tag { on_behalf_of: HOSPITAL_B, role: Role::Physician, tag });
}

fn set_subject(record: RecordId) {
	let tag = to_bytes(&subject_tag(authority().patient_key(), salt(record)));
	works(CUSTODIAN, Call::set_subject_tag { record, version: 1, tag: Some(tag) });
}

/// On the `dev` chain: the doctor has a tag, a record of the patient a subject, and the last snapshot the consent.
fn with_consent(test: impl FnOnce()) {
	on_chain(genesis::DEV, || {
		let call = pallet_provider_registry::Call::register_institution {
			operator: Key::Charlie.to_account_id(),
			kind: pallet_provider_registry::InstitutionKind::Hospital,
			profile: [7; 32],
		};
		works(SUDO, as_root(call));
		let access = provers().access.verifying_key();
		for version in [VERSION, VERSION + 1] {
			accept(circuit(ConsentAccess::NUMBER, version), access.clone());
		}
		let grant = provers().grant.verifying_key();
		accept(circuit(ConsentGrant::NUMBER, VERSION), grant);
		let revoke = provers().revoke.verifying_key();
		accept(circuit(ConsentRevoke::NUMBER, VERSION), revoke);
		works(Key::Bob, enrol(DOCTOR.to_account_id()));
		works(Key::Bob, enrol(COLLEAGUE.to_account_id()));
		let patient = PATIENT.to_account_id();
		works(CUSTODIAN, pallet_consent::Call::sponsor_patient { patient: patient.clone() });
		for record in [RECORD, OTHER_RECORD] {
			let manifest = Commitment([50 + record.0 as u8; 32]);
			works(
				CUSTODIAN,
				Call::register_record { patient: patient.clone(), manifest, sections: 3, epoch: 0 },
			);
		}
		set_subject(RECORD);
		register_tag(DOCTOR);
		append(&note(DOCTOR));
		next_snapshot();
		test();
	});
}

fn request() -> AccessRequest {
	AccessRequest {
		on_behalf_of: HOSPITAL_B,
		role: Role::Physician,
		patient: PATIENT.to_account_id(),
		target: Target::Record(RECORD),
		purpose: purpose::TREAT,
		action: Action::Read,
		labels: Default::default(),
		classes: vec![class()].try_into().unwrap(),
		context: ContextHash([5; 32]),
		duration: QUARTER,
	}
}

/// The public inputs as the chain makes them, and what the doctor alone knows.
fn statement(
	signer: Key,
	request: &AccessRequest,
	snapshot: u32,
	version: u32,
) -> (ConsentAccessPublic, ConsentAccessWitness) {
	let roots = ShieldedConsent::roots(0, snapshot).unwrap();
	let mut tree = ConsentTree::default();
	for bytes in ShieldedConsent::leaves(0, 0).iter().take(roots.count as usize) {
		tree.append(from_bytes(bytes).unwrap()).unwrap();
	}
	let note = note(DOCTOR);
	let ShieldedIndex { leaf, .. } = ShieldedConsent::place_of(to_bytes(&note.leaf())).unwrap();
	let mut revocations = RevocationTree::default();
	if to_bytes(&revocations.root()) != roots.revocations {
		revocations.revoke(0).unwrap();
	}
	assert_eq!(to_bytes(&revocations.root()), roots.revocations);
	let witness = ConsentAccessWitness {
		consent: HeldNote::new(note, leaf, &tree, &revocations).unwrap(),
		provider: secret(DOCTOR),
		salt: salt(RECORD),
	};
	let scope = access_scope(snapshot, category(), Purpose::TREATMENT);
	let asked = Asked::Access { request: operation_hash(request).0 };
	let public = ConsentAccessPublic {
		consent_root: tree.root(),
		revocation_root: revocations.root(),
		nullifier: witness.nullifier(scope),
		provider: ProviderTag::of(&secret(DOCTOR)),
		request: Request::new(roots.at.0, category(), Purpose::TREATMENT, scope).unwrap(),
		subject: witness.subject(),
		context: Context::new(&Binding {
			genesis: System::block_hash(0).0,
			circuit: ConsentAccess::NUMBER,
			version,
			signer: signer.to_raw_public(),
			request: asked.hash(),
		}),
	};
	(public, witness)
}

/// A proof about the last snapshot; another seed gives other bytes.
fn prove_seeded(signer: Key, request: &AccessRequest, seed: u64) -> AccessProof {
	let snapshot = last_snapshot();
	let (public, witness) = statement(signer, request, snapshot, VERSION);
	let mut rng = StdRng::seed_from_u64(seed);
	let proof = provers().access.prove(&public, &witness, &mut rng).unwrap();
	AccessProof {
		snapshot,
		tree: 0,
		nullifier: to_bytes(&public.nullifier),
		circuit: AccessCircuit::Consent,
		version: VERSION,
		revoked_by: VERSION,
		proof: Proof(proof.to_bytes()),
	}
}

fn prove(request: &AccessRequest) -> AccessProof {
	prove_seeded(DOCTOR, request, 2)
}

fn call(request: &AccessRequest, proof: &AccessProof) -> Call<Runtime> {
	let (request, proof) = (request.clone(), Box::new(proof.clone()));
	Call::request_access_by_proof { request, second_factor: None, proof }
}

fn last_event() -> AuditEvent {
	let last = pallet_audit::NextEntryIndex::<Runtime>::get().0 - 1;
	pallet_audit::Entries::<Runtime>::get(EntryIndex(last)).unwrap().event
}

fn ask_as(signer: Key, request: &AccessRequest, proof: &AccessProof) -> AuditOutcome {
	works(signer, call(request, proof));
	let event = last_event();
	assert_eq!(event.action, AuditAction::AccessDecided);
	event.outcome
}

fn ask(request: &AccessRequest, proof: &AccessProof) -> AuditOutcome {
	ask_as(DOCTOR, request, proof)
}

fn denied(reason: DenialReason) -> AuditOutcome {
	AuditOutcome::Denied(reason)
}

fn disclose(grant: GrantId) -> RuntimeCall {
	let commitment = Commitment([6; 32]);
	Call::record_disclosure { grant, record: RECORD, sections: 1, disclosure: commitment }.into()
}

#[test]
fn a_doctor_reads_by_proof_until_the_patient_revokes() {
	with_consent(|| {
		let proof = prove(&request());
		assert_eq!(ask(&request(), &proof), AuditOutcome::Success);
		let about = Subject::ProvenAccess {
			grant: GrantId(0),
			record: RECORD,
			class: class(),
			nullifier: proof.nullifier,
		};
		let event = last_event();
		assert_eq!((event.subject, event.basis), (about, None));
		assert_eq!(event.patient, Some(PATIENT.to_account_id()));
		assert!(RecordAccess::is_proven(GrantId(0)));
		works(CUSTODIAN, disclose(GrantId(0)));

		// The patient takes the consent back; what was proven about earlier snapshots counts for two minutes.
		let index = ShieldedIndex { tree: 0, leaf: 0 };
		let revoked = RuntimeCall::from(Shielded::revoke_by_governance { index });
		works(SUDO, as_root(revoked));
		next_snapshot();
		let (public, witness) = statement(DOCTOR, &request(), last_snapshot(), VERSION);
		let mut rng = StdRng::seed_from_u64(3);
		assert!(provers().access.prove(&public, &witness, &mut rng).is_err());
		let stale = AccessProof { nullifier: to_bytes(&public.nullifier), ..proof.clone() };
		let now = AccessProof { snapshot: last_snapshot(), ..stale };
		assert_eq!(ask(&request(), &now), denied(DenialReason::NotProven));
		for _ in 0..3 {
			next_snapshot();
		}
		let too_old = Error::<Runtime>::SnapshotTooOld.into();
		assert_eq!(include(DOCTOR, call(&request(), &proof)), Ok(Err(too_old)));
		// The grant itself holds for its quarter of an hour.
		works(CUSTODIAN, disclose(GrantId(0)));
	});
}

#[test]
fn a_proof_counts_once_however_its_bytes_are_changed() {
	with_consent(|| {
		let proof = prove(&request());
		assert_eq!(ask(&request(), &proof), AuditOutcome::Success);
		assert_eq!(ask(&request(), &proof), denied(DenialReason::ProofUsed));
		let other = prove_seeded(DOCTOR, &request(), 9);
		assert_ne!(other.proof, proof.proof);
		assert_eq!(ask(&request(), &other), denied(DenialReason::ProofUsed));
		next_snapshot();
		assert_eq!(ask(&request(), &prove(&request())), AuditOutcome::Success);
	});
}

#[test]
fn a_proof_is_of_no_use_to_another_signer() {
	with_consent(|| {
		let proof = prove(&request());
		let missing = denied(DenialReason::ProviderTagMissing);
		assert_eq!(ask_as(COLLEAGUE, &request(), &proof), missing);
		register_tag(COLLEAGUE);
		let not_proven = denied(DenialReason::NotProven);
		assert_eq!(ask_as(COLLEAGUE, &request(), &proof), not_proven);
		// Nor one that the doctor made for the colleague: it is about the doctor's tag.
		let lent = prove_seeded(COLLEAGUE, &request(), 2);
		assert_eq!(ask_as(COLLEAGUE, &request(), &lent), not_proven);
		assert_eq!(ask(&request(), &proof), AuditOutcome::Success);
	});
}

#[test]
fn a_proof_is_of_no_use_for_another_record_purpose_or_time() {
	with_consent(|| {
		set_subject(OTHER_RECORD);
		let proof = prove(&request());
		let others = [
			AccessRequest { target: Target::Record(OTHER_RECORD), ..request() },
			AccessRequest { purpose: purpose::PATRQT, ..request() },
			AccessRequest { duration: Milliseconds(QUARTER.0 - 1), ..request() },
			AccessRequest { context: ContextHash([6; 32]), ..request() },
		];
		for other in others {
			assert_eq!(ask(&other, &proof), denied(DenialReason::NotProven));
		}
		assert_eq!(ask(&request(), &proof), AuditOutcome::Success);
	});
}

#[test]
fn a_proof_is_of_no_use_in_another_version_or_of_another_circuit() {
	with_consent(|| {
		let proof = prove(&request());
		// The same key: it is the context that differs.
		let other = AccessProof { version: VERSION + 1, ..proof.clone() };
		assert_eq!(ask(&request(), &other), denied(DenialReason::NotProven));
		let unknown = AccessProof { version: VERSION + 2, ..proof.clone() };
		assert_eq!(ask(&request(), &unknown), denied(DenialReason::CircuitInactive));
		let garbage = AccessProof { proof: Proof([7; PROOF_BYTES]), ..proof.clone() };
		assert_eq!(ask(&request(), &garbage), denied(DenialReason::NotProven));
		suspend(ConsentAccess::NUMBER);
		assert_eq!(ask(&request(), &proof), denied(DenialReason::CircuitInactive));
	});
}

#[test]
fn a_proof_is_of_no_use_on_another_chain() {
	with_consent(|| {
		let proof = prove(&request());
		// The same state with another first block.
		frame_system::BlockHash::<Runtime>::insert(0, H256([1; 32]));
		let proof = Box::new(proof);
		let origin = hdx_runtime::RuntimeOrigin::signed(DOCTOR.to_account_id());
		RecordAccess::request_access_by_proof(origin, request(), None, proof).unwrap();
		assert_eq!(last_event().outcome, denied(DenialReason::NotProven));
	});
}

#[test]
fn no_proof_counts_while_consents_cannot_be_revoked() {
	with_consent(|| {
		let proof = prove(&request());
		let unknown = AccessProof { revoked_by: VERSION + 1, ..proof.clone() };
		assert_eq!(ask(&request(), &unknown), denied(DenialReason::RevocationInactive));
		let revocation = circuit(ConsentRevoke::NUMBER, VERSION);
		assert!(Groth16Verifier::is_active(revocation, H256(ConsentRevoke::RELATION)));
		assert!(!Groth16Verifier::is_active(revocation, H256(ConsentAccess::RELATION)));
		suspend(ConsentRevoke::NUMBER);
		assert!(!Groth16Verifier::is_active(revocation, H256(ConsentRevoke::RELATION)));
		assert_eq!(ask(&request(), &proof), denied(DenialReason::RevocationInactive));
	});
}

#[test]
fn a_record_without_a_subject_tag_is_not_read_by_proof() {
	with_consent(|| {
		let other = AccessRequest { target: Target::Record(OTHER_RECORD), ..request() };
		let proof = prove(&request());
		assert_eq!(ask(&other, &proof), denied(DenialReason::SubjectTagMissing));
	});
}

#[test]
fn what_the_patient_says_visibly_comes_before_a_proof() {
	with_consent(|| {
		// A consent to everything: an ordinary grant, and the proof is left unused.
		let proof = prove(&request());
		works(PATIENT, grant());
		assert_eq!(ask(&request(), &proof), AuditOutcome::Success);
		let grant = GrantId(0);
		assert_eq!(last_event().subject, Subject::Grant { grant, record: Some(RECORD) });
		assert!(!RecordAccess::is_proven(grant));
		works(PATIENT, chain::revoke(chain::CONSENT));
		assert_eq!(ask(&request(), &proof), AuditOutcome::Success);
		assert!(RecordAccess::is_proven(GrantId(1)));
		// By then it can be seen again: who wants to read asks for a grant under that consent.
		works(PATIENT, chain::grant());
		let outdated = Error::<Runtime>::GrantOutdated.into();
		assert_eq!(include(CUSTODIAN, disclose(GrantId(1))), Ok(Err(outdated)));
	});
}

#[test]
fn a_request_by_proof_costs_four_units_and_a_tag_a_hundred() {
	with_consent(|| {
		let proof = prove(&request());
		let before = left(HOSPITAL_B);
		works(DOCTOR, call(&request(), &proof));
		assert_eq!(left(HOSPITAL_B), before - 4);
		// Refused or not.
		works(DOCTOR, call(&request(), &proof));
		assert_eq!(left(HOSPITAL_B), before - 8);
		let before = left(HOSPITAL_B);
		register_tag(COLLEAGUE);
		assert_eq!(left(HOSPITAL_B), before - 100);
	});
}

#[test]
fn a_new_block_forgets_what_no_proof_can_use_any_more() {
	use pallet_shielded_consent::UsedNullifiers;
	with_consent(|| {
		let snapshot = last_snapshot();
		assert_eq!(ask(&request(), &prove(&request())), AuditOutcome::Success);
		for _ in 0..3 {
			next_snapshot();
			assert_eq!(UsedNullifiers::<Runtime>::iter_prefix(snapshot).count(), 1);
		}
		next_snapshot();
		next_block();
		assert_eq!(UsedNullifiers::<Runtime>::iter_prefix(snapshot).count(), 0);
	});
}
