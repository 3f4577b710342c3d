//! A delegate gives the consent in the patient's place: `delegated_access` counts wherever `consent_access` does.

use super::*;
use hdx_zk_circuits::circuits::{
	ConsentRevokePublic, ConsentRevokeWitness, DelegatedAccess, DelegatedAccessPublic,
	DelegatedAccessWitness,
};

/// Where the notes are. The patient's own consent is before them.
const DELEGATION: u32 = 1;
const CONSENT: u32 = 2;

/// The prover with its development key, made once, and only for who needs it.
fn prover() -> &'static dyn CompiledProver<DelegatedAccess> {
	static PROVER: OnceLock<Box<dyn CompiledProver<DelegatedAccess>>> = OnceLock::new();
	PROVER.get_or_init(|| made(4)).as_ref()
}

fn delegate() -> Authority {
	Authority::patient(Secret::new(Fr::from(12u64)))
}

/// The patient lets the delegate give consents to what the patient's own consent covers.
fn delegation() -> Note {
	let patient = authority().patient_key();
	let recipient = Recipient::delegate(delegate().patient_key(), patient);
	Note { recipient, nonce: Fr::from(78u64), ..note(DOCTOR) }
}

/// The delegate's consent for the doctor. Its nonce is that of the patient's own: the worst that a wallet could draw.
fn by_delegate() -> Note {
	let tag = ProviderTag::of(&secret(DOCTOR));
	let recipient = Recipient::by_delegate(tag, delegation().leaf());
	Note { granter: delegate().patient_key(), recipient, ..note(DOCTOR) }
}

/// As [`with_consent`], and the last snapshot has the delegation and the delegate's consent as well.
fn with_delegation(test: impl FnOnce()) {
	with_consent(|| {
		let key = prover().verifying_key();
		accept(circuit(DelegatedAccess::NUMBER, VERSION), key);
		append(&delegation());
		append_as(&by_delegate(), delegate());
		next_snapshot();
		test();
	});
}

/// The tree of consents, as of a snapshot.
fn tree(snapshot: u32) -> ConsentTree {
	let roots = ShieldedConsent::roots(0, snapshot).unwrap();
	let mut tree = ConsentTree::default();
	for bytes in ShieldedConsent::leaves(0, 0).iter().take(roots.count as usize) {
		tree.append(from_bytes(bytes).unwrap()).unwrap();
	}
	assert_eq!(to_bytes(&tree.root()), roots.consents);
	tree
}

/// The public inputs as the chain makes them of the last snapshot, which has these revocations, and what the doctor
/// alone knows.
fn delegated_statement(revoked: &[u32]) -> (DelegatedAccessPublic, DelegatedAccessWitness) {
	let snapshot = last_snapshot();
	let roots = ShieldedConsent::roots(0, snapshot).unwrap();
	let tree = tree(snapshot);
	let mut revocations = RevocationTree::default();
	for index in revoked {
		revocations.revoke(*index).unwrap();
	}
	assert_eq!(to_bytes(&revocations.root()), roots.revocations);
	let held = |note, index| HeldNote::new(note, index, &tree, &revocations).unwrap();
	let witness = DelegatedAccessWitness {
		delegation: held(delegation(), DELEGATION),
		consent: held(by_delegate(), CONSENT),
		provider: secret(DOCTOR),
		salt: salt(RECORD),
	};
	let scope = access_scope(snapshot, category(), Purpose::TREATMENT);
	let asked = Asked::Access { request: operation_hash(&request()).0 };
	let public = DelegatedAccessPublic {
		consent_root: tree.root(),
		revocation_root: revocations.root(),
		nullifier: witness.nullifier(scope),
		provider: ProviderTag::of(&secret(DOCTOR)),
		request: Request::new(roots.at.0, category(), Purpose::TREATMENT, scope).unwrap(),
		subject: witness.subject(),
		context: Context::new(&Binding {
			genesis: System::block_hash(0).0,
			circuit: DelegatedAccess::NUMBER,
			version: VERSION,
			signer: DOCTOR.to_raw_public(),
			request: asked.hash(),
		}),
	};
	(public, witness)
}

/// The doctor's proof about the last snapshot, for the request.
fn prove_delegated() -> AccessProof {
	let (public, witness) = delegated_statement(&[]);
	let mut rng = StdRng::seed_from_u64(5);
	let proof = prover().prove(&public, &witness, &mut rng).unwrap();
	AccessProof {
		snapshot: last_snapshot(),
		tree: 0,
		nullifier: to_bytes(&public.nullifier),
		circuit: AccessCircuit::Delegated,
		version: VERSION,
		revoked_by: VERSION,
		proof: Proof(proof.to_bytes()),
	}
}

/// Whether there is a proof about the last snapshot, which has these revocations.
fn is_provable(revoked: &[u32]) -> bool {
	let (public, witness) = delegated_statement(revoked);
	let mut rng = StdRng::seed_from_u64(6);
	prover().prove(&public, &witness, &mut rng).is_ok()
}

/// Revokes a note by a proof that somebody may. `false`: there is none.
fn revoke_as(index: u32, note: Note, authority: Authority) -> bool {
	let snapshot = last_snapshot();
	let tree = tree(snapshot);
	let asked = Asked::Revoke { tree: 0, leaf: index };
	let context = Context::new(&Binding {
		genesis: System::block_hash(0).0,
		circuit: ConsentRevoke::NUMBER,
		version: VERSION,
		signer: Key::Bob.to_raw_public(),
		request: asked.hash(),
	});
	let public = ConsentRevokePublic { consent_root: tree.root(), index, context };
	let witness = ConsentRevokeWitness { note, path: tree.path(index).unwrap(), authority };
	let mut rng = StdRng::seed_from_u64(7);
	let Ok(proof) = provers().revoke.prove(&public, &witness, &mut rng) else {
		return false;
	};
	let (index, proof) = (ShieldedIndex { tree: 0, leaf: index }, Proof(proof.to_bytes()));
	works(Key::Bob, Shielded::revoke { index, snapshot, version: VERSION, proof });
	true
}

#[test]
fn a_doctor_reads_by_a_delegates_consent_until_the_patient_ends_the_delegation() {
	with_delegation(|| {
		let proof = prove_delegated();
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
		assert_eq!(ask(&request(), &proof), denied(DenialReason::ProofUsed));

		assert!(revoke_as(DELEGATION, delegation(), authority()));
		next_snapshot();
		assert!(!is_provable(&[DELEGATION]));
		let scope = access_scope(last_snapshot(), category(), Purpose::TREATMENT);
		let (_, witness) = delegated_statement(&[DELEGATION]);
		let redated = AccessProof {
			snapshot: last_snapshot(),
			nullifier: to_bytes(&witness.nullifier(scope)),
			..proof.clone()
		};
		assert_eq!(ask(&request(), &redated), denied(DenialReason::NotProven));
		for _ in 0..3 {
			next_snapshot();
		}
		let too_old = Error::<Runtime>::SnapshotTooOld.into();
		assert_eq!(include(DOCTOR, call(&request(), &proof)), Ok(Err(too_old)));
	});
}

#[test]
fn a_nullifier_counts_once_in_whichever_circuit_it_is_proven() {
	with_delegation(|| {
		let (patients, delegates) = (prove(&request()), prove_delegated());
		assert_eq!(patients.nullifier, delegates.nullifier);
		// Neither passes for one of the other circuit.
		for proof in [&patients, &delegates] {
			let circuit = match proof.circuit {
				AccessCircuit::Consent => AccessCircuit::Delegated,
				AccessCircuit::Delegated => AccessCircuit::Consent,
			};
			let other = AccessProof { circuit, ..proof.clone() };
			assert_eq!(ask(&request(), &other), denied(DenialReason::NotProven));
		}
		assert_eq!(ask(&request(), &patients), AuditOutcome::Success);
		assert_eq!(ask(&request(), &delegates), denied(DenialReason::ProofUsed));
	});
}

#[test]
fn a_delegates_consent_is_refused_where_the_patients_would_be() {
	with_delegation(|| {
		set_subject(OTHER_RECORD);
		register_tag(COLLEAGUE);
		let proof = prove_delegated();
		let other = AccessRequest { target: Target::Record(OTHER_RECORD), ..request() };
		assert_eq!(ask(&other, &proof), denied(DenialReason::NotProven));
		let elsewhere = AccessRequest { context: ContextHash([6; 32]), ..request() };
		assert_eq!(ask(&elsewhere, &proof), denied(DenialReason::NotProven));
		assert_eq!(ask_as(COLLEAGUE, &request(), &proof), denied(DenialReason::NotProven));
		let unknown = AccessProof { version: VERSION + 1, ..proof.clone() };
		assert_eq!(ask(&request(), &unknown), denied(DenialReason::CircuitInactive));
		suspend(DelegatedAccess::NUMBER);
		assert_eq!(ask(&request(), &proof), denied(DenialReason::CircuitInactive));
		// The patient's own consent counts on.
		assert_eq!(ask(&request(), &prove(&request())), AuditOutcome::Success);
		suspend(ConsentRevoke::NUMBER);
		assert_eq!(ask(&request(), &proof), denied(DenialReason::RevocationInactive));
	});
}

#[test]
fn a_delegate_takes_back_what_they_gave_and_the_patient_does_not() {
	with_delegation(|| {
		assert!(!revoke_as(CONSENT, by_delegate(), authority()));
		assert!(!revoke_as(DELEGATION, delegation(), delegate()));
		assert!(revoke_as(CONSENT, by_delegate(), delegate()));
		next_snapshot();
		assert!(!is_provable(&[CONSENT]));
	});
}
