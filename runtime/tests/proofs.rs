//! Circuits and proofs on the real chain: which keys it takes, who lets proofs be believed, what the log says.

use crate::chain::{as_root, failure_inside, include, left, on_chain, works, HOSPITAL_A, SUDO};
use ark_std::rand::{rngs::StdRng, SeedableRng};
use hdx_primitives::{
	AuditAction, CircuitId, CircuitVersion, Proof, ProofRefusal, PublicInputs, Subject, H256,
};
use hdx_runtime::{
	genesis, Groth16Verifier, Runtime, RuntimeCall, RuntimeOrigin, SafeMode, System,
};
use hdx_zk_circuits::{examples::rehearse, AnyCircuit, Binding, Context};
use pallet_groth16_verifier::{Call, Error, KeyBytes};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::sync::OnceLock;

/// `consent_grant`, as docs/zero-knowledge.md numbers the circuits.
const CIRCUIT: CircuitVersion = CircuitVersion { circuit: CircuitId(0), version: 1 };
const TRANSCRIPT: H256 = H256([9; 32]);
/// Who operate the three institutions that attest.
const OPERATORS: [Key; 3] = [Key::Alice, Key::Bob, Key::Charlie];

/// A development key, and a proof under it.
struct Proven {
	key: KeyBytes,
	proof: Proof,
	inputs: PublicInputs,
}

fn proven() -> &'static Proven {
	static PROVEN: OnceLock<Proven> = OnceLock::new();
	PROVEN.get_or_init(|| {
		let mut rng = StdRng::seed_from_u64(0);
		let keys = AnyCircuit::ConsentGrant.setup_dev(&mut rng).unwrap();
		let binding = Binding {
			genesis: [1; 32],
			circuit: CIRCUIT.circuit.0,
			version: CIRCUIT.version,
			signer: [2; 32],
			request: [3; 32],
		};
		let context = Context::new(&binding);
		let statement = rehearse(AnyCircuit::ConsentGrant, &keys.proving, context).unwrap();
		Proven {
			key: keys.verifying.try_into().unwrap(),
			proof: Proof(statement.prove(&mut rng).unwrap().to_bytes()),
			inputs: statement.inputs().try_into().unwrap(),
		}
	})
}

fn register() -> Call<Runtime> {
	let key = proven().key.clone();
	Call::register_circuit { circuit: CIRCUIT, key, transcript: TRANSCRIPT }
}

fn attest() -> Call<Runtime> {
	let key = Groth16Verifier::circuit(CIRCUIT).unwrap().key;
	Call::attest_circuit { circuit: CIRCUIT, key, transcript: TRANSCRIPT }
}

fn activate() -> RuntimeCall {
	as_root(Call::activate { circuit: CIRCUIT })
}

/// On the `dev` chain, with a third institution, which Charlie operates.
fn on_dev(test: impl FnOnce()) {
	on_chain(genesis::DEV, || {
		let call = pallet_provider_registry::Call::register_institution {
			operator: Key::Charlie.to_account_id(),
			kind: pallet_provider_registry::InstitutionKind::Hospital,
			profile: [7; 32],
		};
		works(SUDO, as_root(call));
		test();
	});
}

/// The same, and proofs of the circuit are accepted.
fn with_circuit(test: impl FnOnce()) {
	on_dev(|| {
		works(SUDO, as_root(register()));
		for operator in OPERATORS {
			works(operator, attest());
		}
		works(SUDO, activate());
		test();
	});
}

fn check() -> Result<(), ProofRefusal> {
	Groth16Verifier::check_proof(CIRCUIT, proven().proof.clone(), proven().inputs.clone())
}

#[test]
fn a_proof_holds_once_three_institutions_attested_its_key() {
	on_dev(|| {
		assert_eq!(check(), Err(ProofRefusal::CircuitUnknown));
		works(SUDO, as_root(register()));
		for operator in OPERATORS {
			assert_eq!(check(), Err(ProofRefusal::CircuitNotActive));
			assert_eq!(include(SUDO, activate()), Ok(Ok(())));
			let few = Error::<Runtime>::NotEnoughAttestations.into();
			assert_eq!(failure_inside(), Some(few));
			works(operator, attest());
		}
		works(SUDO, activate());
		assert_eq!(check(), Ok(()));
	});
}

#[test]
fn a_proof_holds_of_its_own_inputs_alone() {
	with_circuit(|| {
		let mut inputs = proven().inputs.clone();
		inputs[1][0] ^= 1;
		let refused = Groth16Verifier::check_proof(CIRCUIT, proven().proof.clone(), inputs);
		assert_eq!(refused, Err(ProofRefusal::NotProven));
	});
}

#[test]
fn a_development_key_fails_on_a_chain_without_a_sudo_key() {
	on_chain(genesis::LOCAL, || {
		assert!(!Groth16Verifier::accepts_development_keys());
		let call = RuntimeCall::from(register());
		let error = call.dispatch(RuntimeOrigin::root()).unwrap_err().error;
		assert_eq!(error, Error::<Runtime>::KeyForDevelopment.into());
	});
}

#[test]
fn a_development_key_is_worth_nothing_once_the_sudo_key_is_gone() {
	with_circuit(|| {
		works(SUDO, pallet_sudo::Call::remove_key {});
		assert_eq!(check(), Err(ProofRefusal::CircuitNotActive));
	});
}

#[test]
fn only_governance_registers_activates_and_suspends() {
	with_circuit(|| {
		let calls =
			[register(), Call::activate { circuit: CIRCUIT }, Call::suspend { circuit: CIRCUIT }];
		for call in calls {
			assert_eq!(include(Key::Alice, call), Ok(Err(DispatchError::BadOrigin)));
		}
		assert_eq!(check(), Ok(()));
	});
}

#[test]
fn in_safe_mode_a_circuit_is_suspended_and_the_mended_one_attested() {
	with_circuit(|| {
		works(SUDO, as_root(pallet_safe_mode::Call::force_enter {}));
		assert!(SafeMode::is_entered());
		works(SUDO, as_root(Call::suspend { circuit: CIRCUIT }));
		assert_eq!(check(), Err(ProofRefusal::CircuitNotActive));
		let mended = CircuitVersion { version: 2, ..CIRCUIT };
		let key = proven().key.clone();
		works(
			SUDO,
			as_root(Call::register_circuit { circuit: mended, key, transcript: TRANSCRIPT }),
		);
		let key = Groth16Verifier::circuit(mended).unwrap().key;
		works(Key::Alice, Call::attest_circuit { circuit: mended, key, transcript: TRANSCRIPT });
		works(Key::Alice, Call::withdraw_attestation { circuit: mended });
		assert!(Groth16Verifier::attestations(mended).is_empty());
	});
}

#[test]
fn an_attestation_is_paid_for_by_the_institution() {
	on_dev(|| {
		works(SUDO, as_root(register()));
		let before = left(HOSPITAL_A);
		works(Key::Alice, attest());
		assert_eq!(left(HOSPITAL_A), before - 1);
	});
}

#[test]
fn each_step_of_a_circuit_is_logged_with_its_key() {
	on_dev(|| {
		let first = pallet_audit::NextEntryIndex::<Runtime>::get().0;
		works(SUDO, as_root(register()));
		for operator in OPERATORS {
			works(operator, attest());
		}
		works(SUDO, activate());
		works(SUDO, as_root(Call::suspend { circuit: CIRCUIT }));
		let last = pallet_audit::NextEntryIndex::<Runtime>::get().0;
		let key = Groth16Verifier::circuit(CIRCUIT).unwrap().key;
		let events: Vec<_> = (first..last)
			.map(|entry| {
				let entry = hdx_primitives::EntryIndex(entry);
				pallet_audit::Entries::<Runtime>::get(entry).unwrap().event
			})
			.collect();
		let actions: Vec<_> = events.iter().map(|event| event.action).collect();
		use AuditAction::*;
		let expected = [
			CircuitRegistered,
			CircuitAttested,
			CircuitAttested,
			CircuitAttested,
			CircuitActivated,
			CircuitSuspended,
		];
		assert_eq!(actions, expected);
		let about = Subject::Circuit { circuit: CIRCUIT, key };
		assert!(events.iter().all(|event| event.subject == about));
		assert_eq!(events[1].actor, Some(Key::Alice.to_account_id()));
		assert_eq!(System::block_number(), 1);
	});
}
