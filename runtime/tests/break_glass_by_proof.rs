//! Breaking the glass by proof on the real chain, with real circuits, keys and proofs.

use crate::chain::{
	as_root, assert_refused, flood, include, left, next_block, on_chain, remark, small_bucket,
	works, HOSPITAL_A, HOSPITAL_B, PATIENT, SMALL, SUDO,
};
use ark_std::rand::{rngs::StdRng, SeedableRng};
use hdx_primitives::{
	emergency_operation, engine::terminology::purpose, operation_hash, AccessRequest, Action,
	AuditAction, AuditEvent, AuditOutcome, CircuitId, CircuitVersion, Code, Commitment,
	ContextHash, CredentialId, DenialReason, EmergencyProof, EntryIndex, GrantId, Milliseconds,
	OverrideReason, Period, Proof, RecordId, ReviewOutcome, Role, Subject, Target, H256,
	PROOF_BYTES,
};
use hdx_runtime::{
	genesis, Groth16Verifier, RecordAccess, Runtime, RuntimeCall, ShieldedLicence, System,
};
use hdx_zk_circuits::{
	auditor::{AuditorSecret, Ciphertext},
	circuits::{
		BreakGlass, BreakGlassPublic, BreakGlassWitness, Circuit, Emergency, EmergencyTerms,
	},
	domain::Domain4,
	field::{from_bytes, to_bytes},
	merkle::{SparseTree, LEVELS},
	note::{ClinicianKey, Credential, HeldCredential, Licence, Secret, MAY_BREAK_GLASS},
	prove::{CompiledProver, Provable},
	Asked, Binding, Context, Fr,
};
use pallet_provider_registry::{Call as Registry, CredentialKind, RoleAssignment};
use pallet_quota::{EmergencyBuckets, Refusal};
use pallet_record_access::{Call, Error, Grants};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{ApplyExtrinsicResult, BoundedVec};
use std::sync::OnceLock;

const VERSION: u32 = 1;
const TRANSCRIPT: H256 = H256([9; 32]);
/// Who operate the three institutions that attest.
const OPERATORS: [Key; 3] = [Key::Alice, Key::Bob, Key::Charlie];
/// Keeps the record.
const CUSTODIAN: Key = Key::Alice;
/// Operates the hospital of the doctor.
const OPERATOR: Key = Key::Bob;
/// Attests licences.
const BOARD: Key = Key::Eve;
/// A physician of hospital B, and one of its privacy officers.
const DOCTOR: Key = Key::One;
/// A privacy officer of hospital B, without a licence.
const OFFICER: Key = Key::Two;
const REASON: OverrideReason = OverrideReason::EmergencyTreatment;
const HOUR: Milliseconds = Milliseconds(3_600_000);
const DAY: u64 = 86_400_000;
const GRANT: GrantId = GrantId(0);
const RECORD: RecordId = RecordId(0);

fn prover() -> &'static dyn CompiledProver<BreakGlass> {
	static PROVER: OnceLock<Box<dyn CompiledProver<BreakGlass>>> = OnceLock::new();
	PROVER
		.get_or_init(|| {
			let mut rng = StdRng::seed_from_u64(0);
			BreakGlass::setup_dev(&mut rng).unwrap()
		})
		.as_ref()
}

fn auditor() -> AuditorSecret {
	AuditorSecret::random(&mut StdRng::seed_from_u64(77))
}

fn circuit() -> CircuitVersion {
	CircuitVersion { circuit: CircuitId(BreakGlass::NUMBER), version: VERSION }
}

fn accept_circuit() {
	use pallet_groth16_verifier::Call as Verifier;
	let circuit = circuit();
	let key = prover().verifying_key().try_into().unwrap();
	works(SUDO, as_root(Verifier::register_circuit { circuit, key, transcript: TRANSCRIPT }));
	let key = Groth16Verifier::circuit(circuit).unwrap().key;
	for operator in OPERATORS {
		works(operator, Verifier::attest_circuit { circuit, key, transcript: TRANSCRIPT });
	}
	works(SUDO, as_root(Verifier::activate { circuit }));
}

fn enrol(practitioner: Key, roles: &[Role], commitment: u8) -> RuntimeCall {
	let assigned = |role: &Role| RoleAssignment { role: *role, taxonomy: Code([7; 16]) };
	Registry::enrol_practitioner {
		practitioner: practitioner.to_account_id(),
		roles: BoundedVec::truncate_from(roles.iter().map(assigned).collect()),
		credential_kind: CredentialKind::Employment,
		credential_commitment: Commitment([commitment; 32]),
		credential_valid: Period::default(),
		key_agreement: [2; 32],
	}
	.into()
}

fn secret() -> Secret {
	Secret::new(Fr::from(4u64))
}

/// What the doctor is given by the board.
fn credential(licence: CredentialId) -> Credential {
	Credential {
		holder: ClinicianKey::of(&secret()),
		identity: Fr::from(licence.0),
		licence: Licence::new(1, 1_900_000_000_000, MAY_BREAK_GLASS).unwrap(),
		salt: Fr::from(8u64),
	}
}

/// On the `dev` chain: the doctor's licence is in the tree, an auditor in office, and a record of the patient with the
/// other hospital. The test is told the licence.
fn with_licence(test: impl FnOnce(CredentialId)) {
	on_chain(genesis::DEV, || {
		let third = Registry::register_institution {
			operator: Key::Charlie.to_account_id(),
			kind: pallet_provider_registry::InstitutionKind::Hospital,
			profile: [7; 32],
		};
		works(SUDO, as_root(third));
		accept_circuit();
		let kinds = BoundedVec::truncate_from(vec![CredentialKind::Licence]);
		let account = BOARD.to_account_id();
		works(SUDO, as_root(Registry::register_issuer { account, kinds, profile: [0; 32] }));
		works(OPERATOR, enrol(DOCTOR, &[Role::Physician, Role::Auditor], 40));
		works(OPERATOR, enrol(OFFICER, &[Role::Auditor], 41));
		let licence = pallet_provider_registry::NextCredentialId::<Runtime>::get();
		let practitioner = DOCTOR.to_account_id();
		let attestation = Registry::attest_credential {
			practitioner: practitioner.clone(),
			kind: CredentialKind::Licence,
			commitment: Commitment([20; 32]),
			valid: Period::default(),
		};
		works(BOARD, attestation);
		let leaf = to_bytes(&credential(licence).leaf());
		works(BOARD, pallet_shielded_licence::Call::enter_licence { practitioner, licence, leaf });
		let key = auditor().key().to_bytes();
		works(SUDO, as_root(pallet_shielded_licence::Call::appoint_auditor { key }));
		let patient = PATIENT.to_account_id();
		works(CUSTODIAN, pallet_consent::Call::sponsor_patient { patient: patient.clone() });
		let manifest = Commitment([50; 32]);
		works(CUSTODIAN, Call::register_record { patient, manifest, sections: 3, epoch: 0 });
		next_block();
		test(licence);
	});
}

fn request() -> AccessRequest {
	AccessRequest {
		on_behalf_of: HOSPITAL_B,
		role: Role::Physician,
		patient: PATIENT.to_account_id(),
		target: Target::WholeRecord,
		purpose: purpose::BTG,
		action: Action::Read,
		labels: Default::default(),
		classes: Default::default(),
		context: ContextHash([5; 32]),
		duration: HOUR,
	}
}

fn now() -> u64 {
	pallet_timestamp::Now::<Runtime>::get()
}

fn context(signer: Key, asked: H256, version: u32) -> Context {
	Context::new(&Binding {
		genesis: System::block_hash(0).0,
		circuit: BreakGlass::NUMBER,
		version,
		signer: signer.to_raw_public(),
		request: Asked::Emergency { request: asked.0 }.hash(),
	})
}

/// What the doctor proves, of what the chain has now.
fn statement(
	licence: CredentialId,
	asked: H256,
	slot: u8,
	limit: u8,
	seed: u64,
) -> (BreakGlassPublic, BreakGlassWitness) {
	let (index, _) = ShieldedLicence::entered(licence).unwrap();
	let mut tree = SparseTree::<LEVELS>::new(Domain4::CredentialNode);
	for (at, bytes) in (0..).zip(ShieldedLicence::leaves(0)) {
		tree.set(at, from_bytes(&bytes).unwrap()).unwrap();
	}
	let credential = credential(licence);
	let path = tree.path(index);
	let root = path.root(Domain4::CredentialNode, credential.leaf(), index);
	assert_eq!(to_bytes(&root), ShieldedLicence::root().unwrap());
	let emergency = Emergency {
		credential_root: root,
		auditor: auditor().key(),
		terms: EmergencyTerms::new(now(), (now() / DAY) as u32, limit).unwrap(),
		context: context(OPERATOR, asked, VERSION),
	};
	let held = HeldCredential { credential, index, path, secret: secret() };
	emergency.by(held, slot, &mut StdRng::seed_from_u64(seed))
}

/// A proof for this request in a slot of today; the recipient's key is drawn by the seed.
fn prove(licence: CredentialId, request: &AccessRequest, slot: u8, seed: u8) -> EmergencyProof {
	let recipient = H256([seed; 32]);
	let asked = emergency_operation(request, REASON, recipient);
	let limit = RecordAccess::emergency_terms().proofs_a_day;
	let (public, witness) = statement(licence, asked, slot, limit, seed.into());
	let mut rng = StdRng::seed_from_u64(seed.into());
	let proof = prover().prove(&public, &witness, &mut rng).unwrap();
	EmergencyProof {
		root: to_bytes(&public.credential_root),
		auditor: 0,
		now: Milliseconds(now()),
		nullifier: to_bytes(&public.nullifier),
		identity: public.ciphertext.to_bytes(),
		recipient,
		version: VERSION,
		proof: Proof(proof.to_bytes()),
	}
}

fn call(request: &AccessRequest, proof: &EmergencyProof) -> Call<Runtime> {
	let (request, emergency) = (request.clone(), Box::new(proof.clone()));
	Call::break_glass_by_proof { request, reason: REASON, emergency }
}

fn last_event() -> AuditEvent {
	let last = pallet_audit::NextEntryIndex::<Runtime>::get().0 - 1;
	pallet_audit::Entries::<Runtime>::get(EntryIndex(last)).unwrap().event
}

fn ask_as(signer: Key, request: &AccessRequest, proof: &EmergencyProof) -> AuditOutcome {
	works(signer, call(request, proof));
	let event = last_event();
	assert_eq!(event.action, AuditAction::EmergencyOverrideStarted);
	event.outcome
}

fn ask(proof: &EmergencyProof) -> AuditOutcome {
	ask_as(OPERATOR, &request(), proof)
}

fn denied(reason: DenialReason) -> AuditOutcome {
	AuditOutcome::Denied(reason)
}

fn assert_fails(proof: &EmergencyProof, error: Error<Runtime>) {
	assert_eq!(include(OPERATOR, call(&request(), proof)), Ok(Err(error.into())));
}

fn disclose() -> RuntimeCall {
	let disclosure = Commitment([6; 32]);
	Call::record_disclosure { grant: GRANT, record: RECORD, sections: 1, disclosure }.into()
}

fn review() -> RuntimeCall {
	let (outcome, finding) = (ReviewOutcome::Justified, Commitment([4; 32]));
	Call::review_break_glass { grant: GRANT, outcome, finding }.into()
}

#[test]
fn the_auditor_alone_reads_who_broke_the_glass() {
	with_licence(|licence| {
		let proof = prove(licence, &request(), 0, 1);
		assert_eq!(ask(&proof), AuditOutcome::Success);
		let event = last_event();
		let evidence = RecordAccess::emergency_evidence(GRANT).unwrap();
		assert!(matches!(
			event.subject,
			Subject::ProvenBreakGlass { grant: Some(GRANT), evidence: Some(hash), .. }
				if hash == evidence.hash()
		));
		assert_eq!(event.actor, Some(OPERATOR.to_account_id()));
		assert_eq!(event.patient, Some(PATIENT.to_account_id()));
		// Made anew of what the chain has: the grant, its reason, and the evidence.
		let grant = Grants::<Runtime>::get(GRANT).unwrap();
		assert_eq!(grant.grantee, OPERATOR.to_account_id());
		let asked = emergency_operation(&request(), REASON, evidence.recipient);
		assert_eq!(evidence.asked, asked);
		let ciphertext = Ciphertext::from_bytes(&evidence.identity).unwrap();
		let of_it = context(OPERATOR, asked, evidence.version);
		let identity = auditor().open(&ciphertext, of_it).unwrap();
		assert_eq!(identity, Fr::from(licence.0));
		// Nobody else does, and not as if something else had been asked.
		let other = AuditorSecret::random(&mut StdRng::seed_from_u64(78));
		assert_ne!(other.open(&ciphertext, of_it).unwrap(), identity);
		let elsewhere = context(OPERATOR, operation_hash(&0u8), evidence.version);
		assert_ne!(auditor().open(&ciphertext, elsewhere).unwrap(), identity);
		let (_, hidden) = ShieldedLicence::entered(licence).unwrap();
		assert_eq!(hidden.practitioner, DOCTOR.to_account_id());
		works(CUSTODIAN, disclose());
	});
}

#[test]
fn who_ever_had_a_licence_in_the_tree_reviews_none() {
	with_licence(|licence| {
		assert_eq!(ask(&prove(licence, &request(), 0, 1)), AuditOutcome::Success);
		let refused = |error: Error<Runtime>| -> ApplyExtrinsicResult { Ok(Err(error.into())) };
		assert_eq!(include(OPERATOR, review()), refused(Error::OwnReview));
		assert_eq!(include(CUSTODIAN, review()), refused(Error::MayNotReview));
		assert_eq!(include(DOCTOR, review()), refused(Error::ReviewerHadLicence));
		// Nor after the licence was removed: the glass was broken with it.
		works(BOARD, pallet_shielded_licence::Call::remove_licence { licence });
		assert_eq!(include(DOCTOR, review()), refused(Error::ReviewerHadLicence));
		works(OFFICER, review());
		assert_eq!(last_event().action, AuditAction::EmergencyOverrideReviewed);
		let revoked = Error::<Runtime>::GrantRevoked.into();
		assert_eq!(include(CUSTODIAN, disclose()), Ok(Err(revoked)));
	});
}

#[test]
fn a_slot_and_a_key_count_once_however_the_proof_is_changed() {
	with_licence(|licence| {
		let proof = prove(licence, &request(), 0, 1);
		assert_eq!(ask(&proof), AuditOutcome::Success);
		assert_fails(&proof, Error::RecipientUsed);
		// Another proof of the same slot, for another key.
		let again = prove(licence, &request(), 0, 2);
		assert_eq!(ask(&again), denied(DenialReason::ProofUsed));
		assert_eq!(ask(&prove(licence, &request(), 1, 2)), AuditOutcome::Success);
	});
}

#[test]
fn a_clinician_proves_no_slot_beyond_the_limit() {
	with_licence(|licence| {
		let limit = RecordAccess::emergency_terms().proofs_a_day;
		let asked = emergency_operation(&request(), REASON, H256([1; 32]));
		let (public, witness) = statement(licence, asked, limit, limit, 1);
		let mut rng = StdRng::seed_from_u64(1);
		assert!(prover().prove(&public, &witness, &mut rng).is_err());
		// One who believes that more are allowed proves something that the chain does not ask.
		let (public, witness) = statement(licence, asked, limit, limit + 1, 1);
		let proven = prover().prove(&public, &witness, &mut rng).unwrap();
		let claimed = EmergencyProof {
			nullifier: to_bytes(&public.nullifier),
			identity: public.ciphertext.to_bytes(),
			proof: Proof(proven.to_bytes()),
			..prove(licence, &request(), 0, 1)
		};
		assert_eq!(ask(&claimed), denied(DenialReason::NotProven));
	});
}

#[test]
fn a_proof_is_of_no_use_to_another_operator_or_for_anything_else() {
	with_licence(|licence| {
		let proof = prove(licence, &request(), 0, 1);
		let not_proven = denied(DenialReason::NotProven);
		// Another operator can sign for another hospital alone.
		let not_theirs = denied(DenialReason::NotAffiliated);
		assert_eq!(ask_as(CUSTODIAN, &request(), &proof), not_theirs);
		assert_eq!(ask_as(DOCTOR, &request(), &proof), not_theirs);
		let theirs = AccessRequest { on_behalf_of: HOSPITAL_A, ..request() };
		assert_eq!(ask_as(CUSTODIAN, &theirs, &proof), not_proven);
		for other in [
			AccessRequest { target: Target::Record(RECORD), ..request() },
			AccessRequest { role: Role::Nurse, ..request() },
			AccessRequest { purpose: purpose::ETREAT, ..request() },
			AccessRequest { duration: Milliseconds(HOUR.0 - 1), ..request() },
		] {
			assert_eq!(ask_as(OPERATOR, &other, &proof), not_proven);
		}
		for other in [
			EmergencyProof { recipient: H256([3; 32]), ..proof.clone() },
			EmergencyProof { now: Milliseconds(proof.now.0 - 1), ..proof.clone() },
			EmergencyProof { nullifier: to_bytes(&Fr::from(3u64)), ..proof.clone() },
			EmergencyProof { proof: Proof([7; PROOF_BYTES]), ..proof.clone() },
		] {
			assert_eq!(ask(&other), not_proven);
		}
		let unknown = EmergencyProof { version: VERSION + 1, ..proof.clone() };
		assert_eq!(ask(&unknown), denied(DenialReason::CircuitInactive));
		assert_eq!(ask(&proof), AuditOutcome::Success);
	});
}

#[test]
fn a_proof_is_of_no_use_on_another_chain() {
	with_licence(|licence| {
		let proof = Box::new(prove(licence, &request(), 0, 1));
		// The same state with another first block.
		frame_system::BlockHash::<Runtime>::insert(0, H256([1; 32]));
		let origin = hdx_runtime::RuntimeOrigin::signed(OPERATOR.to_account_id());
		RecordAccess::break_glass_by_proof(origin, request(), REASON, proof).unwrap();
		assert_eq!(last_event().outcome, denied(DenialReason::NotProven));
	});
}

#[test]
fn a_licence_that_was_removed_counts_for_two_minutes_and_no_proof_longer() {
	with_licence(|licence| {
		let proof = prove(licence, &request(), 0, 1);
		works(BOARD, pallet_shielded_licence::Call::remove_licence { licence });
		next_block();
		assert_eq!(ask(&proof), AuditOutcome::Success);
		let late = EmergencyProof { recipient: H256([9; 32]), ..proof };
		for _ in 0..61 {
			next_block();
		}
		assert_fails(&late, Error::LicenceRootNotRecent);
		let about_now = EmergencyProof { root: ShieldedLicence::root().unwrap(), ..late };
		assert_fails(&about_now, Error::ProofTimeTooFar);
	});
}

#[test]
fn nobody_breaks_the_glass_by_proof_without_an_auditor() {
	with_licence(|licence| {
		let proof = prove(licence, &request(), 0, 1);
		works(SUDO, as_root(pallet_shielded_licence::Call::dismiss_auditor {}));
		assert_fails(&proof, Error::AuditorNotInOffice);
		let key = AuditorSecret::random(&mut StdRng::seed_from_u64(79)).key().to_bytes();
		works(SUDO, as_root(pallet_shielded_licence::Call::appoint_auditor { key }));
		assert_fails(&proof, Error::AuditorNotInOffice);
		// What was encrypted for the one before counts for no other.
		let claimed = EmergencyProof { auditor: 1, ..proof };
		assert_eq!(ask(&claimed), denied(DenialReason::NotProven));
	});
}

#[test]
fn an_identity_that_everybody_could_read_is_refused() {
	with_licence(|licence| {
		let mut proof = prove(licence, &request(), 0, 1);
		proof.identity[..32].copy_from_slice(&to_bytes(&Fr::from(1u64)));
		assert_fails(&proof, Error::IdentityMalformed);
		let large = EmergencyProof { nullifier: [255; 32], ..prove(licence, &request(), 0, 1) };
		assert_fails(&large, Error::NullifierTooLarge);
	});
}

#[test]
fn an_opt_out_holds_and_using_the_grant_ends_with_it() {
	with_licence(|licence| {
		assert_eq!(ask(&prove(licence, &request(), 0, 1)), AuditOutcome::Success);
		works(CUSTODIAN, disclose());
		works(PATIENT, pallet_consent::Call::set_emergency_override { allowed: false });
		let opted_out = Error::<Runtime>::EmergencyOptOut.into();
		assert_eq!(include(CUSTODIAN, disclose()), Ok(Err(opted_out)));
		let proof = prove(licence, &request(), 1, 2);
		assert_eq!(ask(&proof), denied(DenialReason::EmergencyOptOut));
		// The try used the slot up, and the auditor can be told whose it was.
		let Subject::ProvenBreakGlass { grant: None, evidence: Some(_), .. } = last_event().subject
		else {
			panic!("{:?}", last_event().subject);
		};
		let again = prove(licence, &request(), 1, 3);
		assert_eq!(ask(&again), denied(DenialReason::ProofUsed));
	});
}

#[test]
fn an_emergency_by_proof_costs_four_units_of_what_is_there_for_emergencies() {
	with_licence(|licence| {
		works(SUDO, as_root(small_bucket(HOSPITAL_B)));
		next_block();
		flood(OPERATOR, remark(), SMALL.capacity);
		assert_refused(OPERATOR, remark(), Refusal::SponsorExhausted);
		assert_eq!(ask(&prove(licence, &request(), 0, 1)), AuditOutcome::Success);
		let spent = || EmergencyBuckets::<Runtime>::get(HOSPITAL_B).unwrap().spent;
		assert_eq!((spent(), left(HOSPITAL_B)), (4_000, 0));
		// Whether it holds or not.
		let garbage =
			EmergencyProof { proof: Proof([7; PROOF_BYTES]), ..prove(licence, &request(), 1, 2) };
		assert_eq!(ask(&garbage), denied(DenialReason::NotProven));
		assert_eq!(spent(), 8_000);
		// For their own institution alone: others pay as ever.
		let theirs = AccessRequest { on_behalf_of: HOSPITAL_A, ..request() };
		assert_refused(OPERATOR, call(&theirs, &garbage), Refusal::SponsorExhausted);
	});
}
