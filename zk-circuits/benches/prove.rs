//! How long proving and verifying take, for each circuit, with development keys.
//!
//! `RAYON_NUM_THREADS=1` and without the feature `parallel`, that is on one thread.

use ark_std::rand::{rngs::StdRng, SeedableRng};
use criterion::{criterion_group, criterion_main, Criterion};
use hdx_zk_circuits::{
	circuits::{
		BreakGlass, ConsentAccess, ConsentGrant, ConsentRevoke, DelegatedAccess, StudyEnrolment,
	},
	domain::Domain4,
	examples::Example,
	merkle::Frontier,
	poseidon::hash4,
	prove::{setup_dev, Proof, Prover},
	Binding, Context, Fr, Relation,
};
use std::{hint::black_box, time::Duration};

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn context<C: Example>() -> Context {
	let (genesis, signer, request) = ([1; 32], [2; 32], [3; 32]);
	Context::new(&Binding { genesis, circuit: C::NUMBER, version: 1, signer, request })
}

fn measure<C: Example>(criterion: &mut Criterion) -> Outcome<()> {
	let (public, witness) = C::example(context::<C>())?;
	let mut rng = StdRng::seed_from_u64(1);
	let relation = Relation::<C>::new().map_err(|error| error.to_string())?;
	println!("{}: {} constraints", C::NAME, relation.constraints());
	let prover = Prover::<C, _>::new(setup_dev(&mut rng)?)?;
	let proof = prover
		.prove(&public, &witness, &mut rng, &mut |_| ())
		.map_err(|error| error.to_string())?;
	let bytes = proof.to_bytes();

	let mut group = criterion.benchmark_group(C::NAME);
	group.sample_size(10).warm_up_time(Duration::from_secs(1));
	group.bench_function("prove", |bencher| {
		bencher.iter(|| prover.prove(&public, &witness, &mut rng, &mut |_| ()).is_ok())
	});
	group.bench_function("verify", |bencher| {
		bencher.iter(|| prover.verifier().verify(&public, black_box(&proof)).is_ok())
	});
	group.bench_function("decode_proof", |bencher| {
		bencher.iter(|| Proof::from_bytes(black_box(&bytes)).is_ok())
	});
	group.finish();
	Ok(())
}

fn trees(criterion: &mut Criterion) -> Outcome<()> {
	criterion.bench_function("poseidon/hash4", |bencher| {
		bencher.iter(|| hash4(Domain4::ConsentNode, black_box([Fr::from(1u64); 4])))
	});
	criterion.bench_function("frontier/append_64_and_root", |bencher| {
		bencher.iter(|| {
			let mut frontier = Frontier::default();
			for leaf in 1..=64u64 {
				black_box(frontier.append(Fr::from(leaf)).is_ok());
			}
			frontier.root()
		})
	});
	Ok(())
}

fn all(criterion: &mut Criterion) {
	for measure in [
		trees,
		measure::<ConsentGrant>,
		measure::<ConsentAccess>,
		measure::<ConsentRevoke>,
		measure::<StudyEnrolment>,
		measure::<DelegatedAccess>,
		measure::<BreakGlass>,
	] {
		if let Err(error) = measure(criterion) {
			println!("not measured: {error}");
		}
	}
}

criterion_group!(benches, all);
criterion_main!(benches);
