//! How long proving and verifying take, for each circuit, with development keys.
//!
//! `RAYON_NUM_THREADS=1` and without the feature `parallel`, that is on one thread.

use ark_std::rand::{rngs::StdRng, SeedableRng};
use criterion::{criterion_group, criterion_main, Criterion};
use hdx_zk_circuits::{
	auditor::AuditorSecret,
	circuits::{
		BreakGlass, Circuit, ConsentAccess, ConsentAccessPublic, ConsentAccessWitness,
		ConsentGrant, ConsentGrantPublic, ConsentGrantWitness, ConsentRevoke, ConsentRevokePublic,
		ConsentRevokeWitness, DelegatedAccess, DelegatedAccessPublic, DelegatedAccessWitness,
		Emergency, EmergencyTerms, StudyEnrolment, StudyEnrolmentPublic, StudyEnrolmentWitness,
	},
	domain::Domain4,
	merkle::{ConsentTree, Frontier, RevocationTree, SparseTree},
	note::{
		Attestation, Authority, Category, ClinicianKey, Credential, HeldAttestation,
		HeldCredential, HeldNote, Licence, Note, PatientKey, Policy, ProviderTag, Purpose,
		Recipient, Request, Secret, Study, MAY_BREAK_GLASS,
	},
	poseidon::{hash2, hash4},
	prove::{setup_dev, Prover},
	Binding, Context, Fr, Relation,
};
use std::{hint::black_box, time::Duration};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const NOW: u64 = 1_800_000_000_000;

fn secret(of: u64) -> Secret {
	Secret::new(hash2(hdx_zk_circuits::domain::Domain2::Subject, [Fr::from(of); 2]))
}

fn authority(of: u64) -> Authority {
	Authority::patient(secret(of))
}

fn context() -> Context {
	let (genesis, signer, request) = ([1; 32], [2; 32], [3; 32]);
	Context::new(&Binding { genesis, circuit: 1, version: 1, signer, request })
}

fn policy() -> Outcome<Policy> {
	Ok(Policy::new(u64::MAX, u32::MAX, NOW - 1000, NOW + 1000)?)
}

fn note(granter: PatientKey, recipient: Recipient) -> Outcome<Note> {
	Ok(Note { granter, recipient, policy: policy()?, nonce: Fr::from(42u64) })
}

/// Notes in trees of which they are the last.
struct Trees {
	consents: ConsentTree,
	revocations: RevocationTree,
}

impl Trees {
	fn of<const N: usize>(notes: [Note; N]) -> Outcome<(Self, Vec<HeldNote>)> {
		let mut trees =
			Self { consents: ConsentTree::default(), revocations: RevocationTree::default() };
		let mut indices = Vec::new();
		for note in &notes {
			indices.push(trees.consents.append(note.leaf())?);
		}
		let held = notes
			.into_iter()
			.zip(indices)
			.map(|(note, index)| HeldNote::new(note, index, &trees.consents, &trees.revocations));
		let held = held.collect::<Result<_, _>>()?;
		Ok((trees, held))
	}
}

fn measure<C: Circuit>(
	criterion: &mut Criterion,
	public: &C::Public,
	witness: &C::Witness,
) -> Outcome<()> {
	let mut rng = StdRng::seed_from_u64(1);
	let relation = Relation::<C>::new().map_err(|error| error.to_string())?;
	println!("{}: {} constraints", C::NAME, relation.constraints());
	let prover = Prover::<C, _>::new(setup_dev(&mut rng)?)?;
	let proof =
		prover.prove(public, witness, &mut rng, &mut |_| ()).map_err(|error| error.to_string())?;
	let bytes = proof.to_bytes();

	let mut group = criterion.benchmark_group(C::NAME);
	group.sample_size(10).warm_up_time(Duration::from_secs(1));
	group.bench_function("prove", |bencher| {
		bencher.iter(|| prover.prove(public, witness, &mut rng, &mut |_| ()).is_ok())
	});
	group.bench_function("verify", |bencher| {
		bencher.iter(|| prover.verifier().verify(public, black_box(&proof)).is_ok())
	});
	group.bench_function("decode_proof", |bencher| {
		bencher.iter(|| hdx_zk_circuits::prove::Proof::from_bytes(black_box(&bytes)).is_ok())
	});
	group.finish();
	Ok(())
}

fn consent_grant(criterion: &mut Criterion) -> Outcome<()> {
	let patient = authority(1);
	let provider = ProviderTag::of(&secret(3));
	let key = patient.patient_key();
	let note = note(key, Recipient::provider(provider, key))?;
	let public = ConsentGrantPublic { leaf: note.leaf(), context: context() };
	let witness = ConsentGrantWitness { note, authority: patient };
	measure::<ConsentGrant>(criterion, &public, &witness)
}

fn consent_revoke(criterion: &mut Criterion) -> Outcome<()> {
	let patient = authority(1);
	let provider = ProviderTag::of(&secret(3));
	let key = patient.patient_key();
	let note = note(key, Recipient::provider(provider, key))?;
	let (trees, held) = Trees::of([note.clone()])?;
	let [HeldNote { path, index, .. }] = held.as_slice() else { return Err("one note".into()) };
	let public = ConsentRevokePublic {
		consent_root: trees.consents.root(),
		index: *index,
		context: context(),
	};
	let witness = ConsentRevokeWitness { note, path: path.clone(), authority: patient };
	measure::<ConsentRevoke>(criterion, &public, &witness)
}

fn request() -> Outcome<Request> {
	let category = Category::new(9).ok_or("a category")?;
	Ok(Request::new(NOW, category, Purpose::TREATMENT, 7)?)
}

fn consent_access(criterion: &mut Criterion) -> Outcome<()> {
	let (key, provider) = (authority(1).patient_key(), ProviderTag::of(&secret(3)));
	let (trees, held) = Trees::of([note(key, Recipient::provider(provider, key))?])?;
	let [consent] = held.as_slice() else { return Err("one note".into()) };
	let witness = ConsentAccessWitness {
		consent: consent.clone(),
		provider: secret(3),
		salt: Fr::from(5u64),
	};
	let public = ConsentAccessPublic {
		consent_root: trees.consents.root(),
		revocation_root: trees.revocations.root(),
		nullifier: witness.nullifier(7),
		provider,
		request: request()?,
		subject: witness.subject(),
		context: context(),
	};
	measure::<ConsentAccess>(criterion, &public, &witness)
}

fn delegated_access(criterion: &mut Criterion) -> Outcome<()> {
	let (patient, delegate) = (authority(1).patient_key(), authority(2).patient_key());
	let provider = ProviderTag::of(&secret(3));
	let delegation = note(patient, Recipient::delegate(delegate, patient))?;
	let recipient = Recipient::by_delegate(provider, delegation.leaf());
	let (trees, held) = Trees::of([delegation, note(delegate, recipient)?])?;
	let [delegation, consent] = held.as_slice() else { return Err("two notes".into()) };
	let witness = DelegatedAccessWitness {
		delegation: delegation.clone(),
		consent: consent.clone(),
		provider: secret(3),
		salt: Fr::from(5u64),
	};
	let public = DelegatedAccessPublic {
		consent_root: trees.consents.root(),
		revocation_root: trees.revocations.root(),
		nullifier: witness.nullifier(7),
		provider,
		request: request()?,
		subject: witness.subject(),
		context: context(),
	};
	measure::<DelegatedAccess>(criterion, &public, &witness)
}

fn study_enrolment(criterion: &mut Criterion) -> Outcome<()> {
	let patient = authority(1);
	let key = patient.patient_key();
	let study = Study::new(1, 2, [0..=9, 0..=9, 0..=9, 0..=9], NOW - 500, 1)?;
	let (trees, held) = Trees::of([note(key, Recipient::study(study.digest(), key))?])?;
	let [consent] = held.as_slice() else { return Err("one note".into()) };
	let attestation = Attestation {
		patient: key,
		panel: 2,
		values: [1, 2, 3, 4],
		attested_at: NOW - 100,
		salt: Fr::from(8u64),
	};
	let mut attestations = SparseTree::new(Domain4::AttestationNode);
	attestations.set(0, attestation.leaf()).map_err(|_| "the tree has a first leaf")?;
	let path = attestations.path(0);
	let witness = StudyEnrolmentWitness {
		consent: consent.clone(),
		attestation: HeldAttestation { attestation, index: 0, path },
		patient,
	};
	let public = StudyEnrolmentPublic {
		consent_root: trees.consents.root(),
		revocation_root: trees.revocations.root(),
		attestation_root: attestations.root(),
		study,
		nullifier: witness.nullifier(&study),
		now: NOW,
		context: context(),
	};
	measure::<StudyEnrolment>(criterion, &public, &witness)
}

fn break_glass(criterion: &mut Criterion) -> Outcome<()> {
	let mut rng = StdRng::seed_from_u64(2);
	let credential = Credential {
		holder: ClinicianKey::of(&secret(4)),
		identity: Fr::from(42u64),
		licence: Licence::new(NOW - 1, NOW + 1, MAY_BREAK_GLASS)?,
		salt: Fr::from(8u64),
	};
	let mut credentials = SparseTree::new(Domain4::CredentialNode);
	credentials.set(0, credential.leaf()).map_err(|_| "the tree has a first leaf")?;
	let path = credentials.path(0);
	let credential = HeldCredential { credential, index: 0, path, secret: secret(4) };
	let emergency = Emergency {
		credential_root: credentials.root(),
		auditor: AuditorSecret::random(&mut rng).key(),
		terms: EmergencyTerms::new(NOW, 1, 3)?,
		context: context(),
	};
	let (public, witness) = emergency.by(credential, 0, &mut rng);
	measure::<BreakGlass>(criterion, &public, &witness)
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
		consent_grant,
		consent_access,
		consent_revoke,
		study_enrolment,
		delegated_access,
		break_glass,
	] {
		if let Err(error) = measure(criterion) {
			println!("not measured: {error}");
		}
	}
}

criterion_group!(benches, all);
criterion_main!(benches);
