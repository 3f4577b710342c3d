//! Shielded consents on the real chain, with real circuits, keys and proofs.

use crate::chain::{
	as_root, failure_inside, include, left, next_block, on_chain, works, HOSPITAL_A, HOSPITAL_B,
	SUDO,
};
use ark_std::rand::{rngs::StdRng, SeedableRng};
use hdx_primitives::{
	AuditAction, CircuitId, CircuitVersion, Proof, PublicInput, ShieldedIndex, Subject, H256,
};
use hdx_runtime::{
	genesis, Groth16Verifier, Runtime, RuntimeCall, SafeMode, ShieldedConsent, System,
};
use hdx_zk_circuits::{
	circuits::{
		Circuit, ConsentGrant, ConsentGrantPublic, ConsentGrantWitness, ConsentRevoke,
		ConsentRevokePublic, ConsentRevokeWitness,
	},
	field::{from_bytes, to_bytes},
	merkle::{ConsentTree, RevocationTree},
	note::{Authority, Note, Policy, ProviderTag, Purpose, Recipient, Secret},
	prove::{CompiledProver, Provable},
	Asked, Binding, Context, Fr,
};
use pallet_shielded_consent::{Call, Error, SnapshotRefusal};
use sp_keyring::Sr25519Keyring as Key;
use std::{sync::OnceLock, thread};

const VERSION: u32 = 1;
const TRANSCRIPT: H256 = H256([9; 32]);
/// Who operate the three institutions that attest.
const OPERATORS: [Key; 3] = [Key::Alice, Key::Bob, Key::Charlie];
/// An organisation that sends for others.
const RELAYER: Key = Key::Bob;

/// A prover with a development key.
fn made<C: Provable>(seed: u64) -> Box<dyn CompiledProver<C>> {
	C::setup_dev(&mut StdRng::seed_from_u64(seed)).unwrap()
}

/// Provers with development keys, made once for all tests, each beside the others.
struct Provers {
	grant: Box<dyn CompiledProver<ConsentGrant>>,
	revoke: Box<dyn CompiledProver<ConsentRevoke>>,
}

fn provers() -> &'static Provers {
	static PROVERS: OnceLock<Provers> = OnceLock::new();
	PROVERS.get_or_init(|| {
		thread::scope(|scope| {
			let revoke = scope.spawn(|| made(0));
			Provers { grant: made(1), revoke: revoke.join().unwrap() }
		})
	})
}

fn accept(circuit: u32, key: Vec<u8>) {
	accept_version(VERSION, circuit, key);
}

fn accept_version(version: u32, circuit: u32, key: Vec<u8>) {
	use pallet_groth16_verifier::Call as Verifier;
	let circuit = CircuitVersion { circuit: CircuitId(circuit), version };
	let key = key.try_into().unwrap();
	works(SUDO, as_root(Verifier::register_circuit { circuit, key, transcript: TRANSCRIPT }));
	let key = Groth16Verifier::circuit(circuit).unwrap().key;
	for operator in OPERATORS {
		works(operator, Verifier::attest_circuit { circuit, key, transcript: TRANSCRIPT });
	}
	works(SUDO, as_root(Verifier::activate { circuit }));
}

/// On the `dev` chain, where proofs of both circuits are accepted.
fn with_circuits(test: impl FnOnce()) {
	on_chain(genesis::DEV, || {
		let call = pallet_provider_registry::Call::register_institution {
			operator: Key::Charlie.to_account_id(),
			kind: pallet_provider_registry::InstitutionKind::Hospital,
			profile: [7; 32],
		};
		works(SUDO, as_root(call));
		accept(ConsentGrant::NUMBER, provers().grant.verifying_key());
		accept(ConsentRevoke::NUMBER, provers().revoke.verifying_key());
		test();
	});
}

fn patient(secret: u64) -> Authority {
	Authority::patient(Secret::new(Fr::from(secret)))
}

/// A consent of this patient for a doctor.
fn note(patient: &Authority, nonce: u64) -> Note {
	let doctor = ProviderTag::of(&Secret::new(Fr::from(99u64)));
	let key = patient.patient_key();
	Note {
		granter: key,
		recipient: Recipient::provider(doctor, key),
		policy: Policy::new(1, Purpose::TREATMENT.mask(), 0, 1_900_000_000_000).unwrap(),
		nonce: Fr::from(nonce),
	}
}

fn context<C: Circuit>(signer: Key, asked: &Asked) -> Context {
	Context::new(&Binding {
		genesis: System::block_hash(0).0,
		circuit: C::NUMBER,
		version: VERSION,
		signer: signer.to_raw_public(),
		request: asked.hash(),
	})
}

fn append(note: &Note, authority: &Authority, sender: Key) -> Call<Runtime> {
	let leaf = note.leaf();
	let context = context::<ConsentGrant>(sender, &Asked::Append { leaf });
	let public = ConsentGrantPublic { leaf, context };
	let witness = ConsentGrantWitness { note: note.clone(), authority: authority.clone() };
	let mut rng = StdRng::seed_from_u64(1);
	let proof = provers().grant.prove(&public, &witness, &mut rng).unwrap();
	let proof = Proof(proof.to_bytes());
	Call::append { leaf: to_bytes(&leaf), version: VERSION, proof }
}

/// The tree, as a wallet rebuilds it.
fn rebuilt(count: u32) -> ConsentTree {
	let mut tree = ConsentTree::default();
	for bytes in ShieldedConsent::leaves(0, 0).iter().take(count as usize) {
		tree.append(from_bytes(bytes).unwrap()).unwrap();
	}
	tree
}

fn last_snapshot() -> u32 {
	ShieldedConsent::snapshots().last().unwrap().number
}

fn revoke(note: &Note, authority: &Authority, sender: Key) -> Call<Runtime> {
	let index = ShieldedConsent::place_of(to_bytes(&note.leaf())).unwrap();
	let ShieldedIndex { tree, leaf } = index;
	let snapshot = last_snapshot();
	let roots = ShieldedConsent::roots(tree, snapshot).unwrap();
	let rebuilt = rebuilt(roots.count);
	assert_eq!(to_bytes(&rebuilt.root()), roots.consents);
	let public = ConsentRevokePublic {
		consent_root: rebuilt.root(),
		index: leaf,
		context: context::<ConsentRevoke>(sender, &Asked::Revoke { tree, leaf }),
	};
	let witness = ConsentRevokeWitness {
		note: note.clone(),
		path: rebuilt.path(leaf).unwrap(),
		authority: authority.clone(),
	};
	let mut rng = StdRng::seed_from_u64(2);
	let proof = provers().revoke.prove(&public, &witness, &mut rng).unwrap();
	Call::revoke { index, snapshot, version: VERSION, proof: Proof(proof.to_bytes()) }
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

fn refused(
	error: Error<Runtime>,
) -> Result<
	Result<(), sp_runtime::DispatchError>,
	sp_runtime::transaction_validity::TransactionValidityError,
> {
	Ok(Err(error.into()))
}

fn empty_revocations() -> PublicInput {
	to_bytes(&RevocationTree::default().root())
}

#[test]
fn a_patient_gives_a_consent_through_a_relayer_and_revokes_it() {
	with_circuits(|| {
		let alice = patient(11);
		let (first, second) = (note(&alice, 1), note(&alice, 2));
		works(RELAYER, append(&first, &alice, RELAYER));
		works(RELAYER, append(&second, &alice, RELAYER));
		next_snapshot();
		let before = last_snapshot();
		let roots = ShieldedConsent::roots(0, before).unwrap();
		assert_eq!((roots.count, roots.revocations), (2, empty_revocations()));

		works(RELAYER, revoke(&first, &alice, RELAYER));
		let revoked =
			[0, 1].map(|leaf| ShieldedConsent::is_revoked(ShieldedIndex { tree: 0, leaf }));
		assert_eq!(revoked, [Some(true), Some(false)]);
		// Within two minutes nothing from before counts, and until then it does.
		for _ in 0..3 {
			next_snapshot();
		}
		assert!(ShieldedConsent::roots(0, before).is_ok());
		next_snapshot();
		assert_eq!(ShieldedConsent::roots(0, before), Err(SnapshotRefusal::TooOld));
		let roots = ShieldedConsent::roots(0, last_snapshot()).unwrap();
		let mut revocations = RevocationTree::default();
		revocations.revoke(0).unwrap();
		assert_eq!(roots.revocations, to_bytes(&revocations.root()));
	});
}

#[test]
fn a_proof_is_of_no_use_to_another_sender() {
	with_circuits(|| {
		let alice = patient(11);
		let call = append(&note(&alice, 1), &alice, RELAYER);
		assert_eq!(include(Key::Alice, call.clone()), refused(Error::NotProven));
		works(RELAYER, call.clone());
		// Not even to the same one, for a second time.
		assert_eq!(include(RELAYER, call), refused(Error::AlreadyAppended));
	});
}

#[test]
fn a_consent_that_somebody_else_is_said_to_give_is_refused() {
	with_circuits(|| {
		let (alice, mallory) = (patient(11), patient(12));
		// Mallory proves a consent of his own and sends the leaf of Alice's.
		let Call::append { version, proof, .. } = append(&note(&mallory, 1), &mallory, RELAYER)
		else {
			panic!("an append");
		};
		let leaf = to_bytes(&note(&alice, 1).leaf());
		let call = Call::append { leaf, version, proof };
		assert_eq!(include(RELAYER, call), refused(Error::NotProven));
	});
}

#[test]
fn a_revocation_of_somebody_elses_consent_is_refused() {
	with_circuits(|| {
		let (alice, mallory) = (patient(11), patient(12));
		let (hers, his) = (note(&alice, 1), note(&mallory, 2));
		works(RELAYER, append(&hers, &alice, RELAYER));
		works(RELAYER, append(&his, &mallory, RELAYER));
		next_snapshot();
		let Call::revoke { snapshot, version, proof, .. } = revoke(&his, &mallory, RELAYER) else {
			panic!("a revocation");
		};
		let index = ShieldedIndex { tree: 0, leaf: 0 };
		let call = Call::revoke { index, snapshot, version, proof };
		assert_eq!(include(RELAYER, call), refused(Error::NotProven));
		assert_eq!(ShieldedConsent::is_revoked(index), Some(false));
	});
}

#[test]
fn a_proof_of_another_circuit_is_refused() {
	with_circuits(|| {
		let alice = patient(11);
		let consent = note(&alice, 1);
		works(RELAYER, append(&consent, &alice, RELAYER));
		next_snapshot();
		let Call::append { proof, .. } = append(&note(&alice, 2), &alice, RELAYER) else {
			panic!("an append");
		};
		let index = ShieldedIndex { tree: 0, leaf: 0 };
		let snapshot = last_snapshot();
		let call = Call::revoke { index, snapshot, version: VERSION, proof };
		assert_eq!(include(RELAYER, call), refused(Error::NotProven));
	});
}

#[test]
fn a_suspended_circuit_stops_patients_and_not_governance() {
	with_circuits(|| {
		let alice = patient(11);
		let consent = note(&alice, 1);
		works(RELAYER, append(&consent, &alice, RELAYER));
		next_snapshot();
		for circuit in [ConsentGrant::NUMBER, ConsentRevoke::NUMBER] {
			let circuit = CircuitVersion { circuit: CircuitId(circuit), version: VERSION };
			works(SUDO, as_root(pallet_groth16_verifier::Call::suspend { circuit }));
		}
		let inactive = || refused(Error::CircuitNotActive);
		assert_eq!(include(RELAYER, append(&note(&alice, 2), &alice, RELAYER)), inactive());
		assert_eq!(include(RELAYER, revoke(&consent, &alice, RELAYER)), inactive());
		let index = ShieldedIndex { tree: 0, leaf: 0 };
		works(SUDO, as_root(Call::revoke_by_governance { index }));
		assert_eq!(ShieldedConsent::is_revoked(index), Some(true));
	});
}

#[test]
fn a_consent_costs_its_sender_a_hundred_units_and_a_revocation_four() {
	with_circuits(|| {
		let alice = patient(11);
		let consent = note(&alice, 1);
		let call = append(&consent, &alice, RELAYER);
		let before = left(HOSPITAL_B);
		let others = left(HOSPITAL_A);
		works(RELAYER, call.clone());
		assert_eq!(left(HOSPITAL_B), before - 100);
		// Refused or not.
		assert_eq!(include(RELAYER, call), refused(Error::AlreadyAppended));
		assert_eq!((left(HOSPITAL_B), left(HOSPITAL_A)), (before - 200, others));
		next_snapshot();
		let before = left(HOSPITAL_B);
		works(RELAYER, revoke(&consent, &alice, RELAYER));
		assert_eq!(left(HOSPITAL_B), before - 4);
	});
}

#[test]
fn a_proof_is_of_no_use_in_another_version() {
	with_circuits(|| {
		accept_version(2, ConsentGrant::NUMBER, provers().grant.verifying_key());
		let alice = patient(11);
		let Call::append { leaf, proof, .. } = append(&note(&alice, 1), &alice, RELAYER) else {
			panic!("an append");
		};
		// The same key: it is the context that differs.
		let call = Call::append { leaf, version: 2, proof };
		assert_eq!(include(RELAYER, call), refused(Error::NotProven));
	});
}

#[test]
fn snapshots_count_as_long_as_they_are_young_enough() {
	use frame_support::traits::Get;
	use pallet_shielded_consent::Config;
	let period: u32 = <Runtime as Config>::SnapshotPeriod::get();
	let counted: u32 = <Runtime as Config>::MaxSnapshots::get();
	let age: hdx_primitives::Milliseconds = <Runtime as Config>::MaxSnapshotAge::get();
	assert_eq!(u64::from(period * counted) * hdx_runtime::SLOT_DURATION, age.0);
}

#[test]
fn in_safe_mode_consents_are_revoked_and_none_is_given() {
	with_circuits(|| {
		let alice = patient(11);
		let (first, second) = (note(&alice, 1), note(&alice, 2));
		works(RELAYER, append(&first, &alice, RELAYER));
		works(RELAYER, append(&second, &alice, RELAYER));
		next_snapshot();
		works(SUDO, as_root(pallet_safe_mode::Call::force_enter {}));
		assert!(SafeMode::is_entered());
		let filtered = frame_system::Error::<Runtime>::CallFiltered.into();
		let third = append(&note(&alice, 3), &alice, RELAYER);
		assert_eq!(include(RELAYER, third), Ok(Err(filtered)));
		works(RELAYER, revoke(&first, &alice, RELAYER));
		let index = ShieldedIndex { tree: 0, leaf: 1 };
		works(SUDO, as_root(Call::revoke_by_governance { index }));
	});
}

#[test]
fn each_step_is_logged_without_the_patient() {
	with_circuits(|| {
		let alice = patient(11);
		let consent = note(&alice, 1);
		let first = pallet_audit::NextEntryIndex::<Runtime>::get().0;
		works(RELAYER, append(&consent, &alice, RELAYER));
		next_snapshot();
		works(RELAYER, revoke(&consent, &alice, RELAYER));
		let last = pallet_audit::NextEntryIndex::<Runtime>::get().0;
		let events: Vec<_> = (first..last)
			.map(|entry| {
				let entry = hdx_primitives::EntryIndex(entry);
				pallet_audit::Entries::<Runtime>::get(entry).unwrap().event
			})
			.collect();
		let actions: Vec<_> = events.iter().map(|event| event.action).collect();
		use AuditAction::{ShieldedConsentAppended, ShieldedConsentRevoked};
		assert_eq!(actions, [ShieldedConsentAppended, ShieldedConsentRevoked]);
		let about = Subject::ShieldedConsent { index: ShieldedIndex { tree: 0, leaf: 0 } };
		for event in events {
			assert_eq!((event.subject, event.patient), (about, None));
			assert_eq!(event.actor, Some(RELAYER.to_account_id()));
		}
	});
}

#[test]
fn only_governance_revokes_without_a_proof() {
	with_circuits(|| {
		let index = ShieldedIndex { tree: 0, leaf: 0 };
		let call = Call::revoke_by_governance { index };
		let refused = Ok(Err(sp_runtime::DispatchError::BadOrigin));
		assert_eq!(include(Key::Alice, call.clone()), refused);
		let call = RuntimeCall::from(call);
		assert_eq!(include(SUDO, as_root(call)), Ok(Ok(())));
		assert_eq!(failure_inside(), Some(Error::<Runtime>::ConsentUnknown.into()));
	});
}
