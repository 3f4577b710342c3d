//! Circuits of the project.

use super::*;
use crate::{keys, verify_key, KeyKind};
use hdx_zk_circuits::{
	circuits::{ConsentAccess, ConsentGrant},
	examples::Example,
	prove::{Ceremony, Prover, ProvingKey, VerifyingKey},
	AnyCircuit, Context, KeyOrigin,
};
use std::time::Instant;

/// Says what took how long.
fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
	let since = Instant::now();
	let result = work();
	println!("{what}: {:.1} s", since.elapsed().as_secs_f64());
	result
}

/// Four parties make keys of a circuit, with which an honest statement is proven.
fn ceremony_for<C: Example>(circuit: AnyCircuit) {
	let shape = timed("shape", || Shape::of(circuit).unwrap());
	let mut transcript = Transcript::new(&shape, iterations()).unwrap();
	for (phase, value) in [(Phase::Powers, &b"first"[..]), (Phase::Circuit, &b"second"[..])] {
		timed(&format!("four contributions to {phase}"), || {
			add_all(&mut transcript, &format!("{phase}"));
		});
		let ended = || close(&mut transcript, &shape, beacon(value), &mut quiet()).unwrap();
		timed("the end of the phase", ended);
	}
	let bytes = timed("writing", || transcript.to_bytes());
	println!("transcript: {} bytes", bytes.len());
	let read = timed("reading", || Transcript::from_bytes(&bytes).unwrap());
	assert_eq!(read, transcript);
	let report = timed("verifying", || verify(&read, &shape, &mut random(), &mut quiet()));
	assert_eq!(report.unwrap().phase, None);

	let key = timed("keys", || keys(&read, &shape, &mut quiet()).unwrap());
	let encoded = circuit.ceremony_keys(key).unwrap();
	assert_eq!(circuit.check_key(&encoded.verifying), Ok(KeyOrigin::Ceremony));
	// As many points of each kind as arkworks' generator makes.
	let development = timed("one party's keys", || circuit.setup_dev(&mut random()).unwrap());
	assert_eq!(encoded.proving.len(), development.proving.len());
	assert_eq!(encoded.verifying.len(), development.verifying.len());
	timed("verifying the keys", || {
		for (bytes, kind) in
			[(&encoded.proving, KeyKind::Proving), (&encoded.verifying, KeyKind::Verifying)]
		{
			assert_eq!(verify_key(&read, &shape, bytes, &mut random()), Ok(kind));
		}
	});

	let digest = ProvingKey::<C, Ceremony>::digest(&encoded.proving);
	let proving = ProvingKey::<C, Ceremony>::from_bytes(&encoded.proving, digest).unwrap();
	let prover = Prover::new(proving).unwrap();
	let (public, witness) = C::example(Context::default()).unwrap();
	let proof = prover.prove(&public, &witness, &mut random(), &mut |_| ()).unwrap();
	let digest = VerifyingKey::<C, Ceremony>::digest(&encoded.verifying);
	assert!(VerifyingKey::<C, Ceremony>::from_bytes(&encoded.verifying, digest).is_ok());
	let inputs: Vec<_> =
		C::inputs(&public).iter().map(hdx_zk_circuits::prove::input_to_bytes).collect();
	assert_eq!(circuit.verify(&encoded.verifying, &inputs, &proof.to_bytes()), Ok(()));
}

#[test]
fn four_parties_make_keys_of_consent_grant_that_prove() {
	ceremony_for::<ConsentGrant>(AnyCircuit::ConsentGrant);
}

/// Takes minutes: `cargo test --release -p hdx-zk-ceremony consent_access -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes, and prints times"]
fn four_parties_make_keys_of_consent_access_that_prove() {
	ceremony_for::<ConsentAccess>(AnyCircuit::ConsentAccess);
}

#[test]
fn all_circuits_of_the_project_can_be_of_a_ceremony() {
	for circuit in AnyCircuit::ALL {
		let shape = Shape::of(circuit).unwrap();
		assert_eq!(shape.inputs, circuit.arity() + 1, "{circuit}");
		assert!(shape.domain() <= 1 << 14, "{circuit}");
		assert_eq!(shape.constraints(), circuit.constraints().unwrap(), "{circuit}");
	}
}
