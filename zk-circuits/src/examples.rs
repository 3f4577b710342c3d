//! Honest statements, one of each circuit, about people who are made up: what benchmarks, tests and tools prove.
//!
//! Their secrets are known to everybody who reads this, so provers of real statements are built without it.

use crate::{
	any::{with, AnyCircuit},
	auditor::AuditorSecret,
	circuits::{
		BreakGlass, BreakGlassPublic, BreakGlassWitness, Circuit, ConsentAccess,
		ConsentAccessPublic, ConsentAccessWitness, ConsentGrant, ConsentGrantPublic,
		ConsentGrantWitness, ConsentRevoke, ConsentRevokePublic, ConsentRevokeWitness,
		DelegatedAccess, DelegatedAccessPublic, DelegatedAccessWitness, Emergency, EmergencyTerms,
		StudyEnrolment, StudyEnrolmentPublic, StudyEnrolmentWitness,
	},
	domain::{Domain2, Domain4},
	merkle::{ConsentTree, RevocationTree, SparseTree},
	note::{
		Attestation, Authority, Category, ClinicianKey, Credential, HeldAttestation,
		HeldCredential, HeldNote, Licence, Note, PatientKey, Policy, ProviderTag, Purpose,
		Recipient, Request, Secret, Study, StudyTermsHash, MAY_BREAK_GLASS,
	},
	poseidon::hash2,
	prove::{input_to_bytes, Development, Proof, Prover, ProvingKey, VerifyError},
	Context, Fr,
};
use alloc::{boxed::Box, string::ToString, vec::Vec};
use ark_std::rand::{rngs::StdRng, SeedableRng};

/// Why there is no example. None is known to happen.
pub type ExampleError = Box<dyn core::error::Error + Send + Sync>;

/// When everything here is asked, in milliseconds since 1970.
const NOW: u64 = 1_800_000_000_000;
/// From when on consents are valid.
const FROM: u64 = NOW - 1000;
/// Until when they are.
const UNTIL: u64 = NOW + 1000;
/// When values were attested.
const ATTESTED_AT: u64 = NOW - 100;
/// The earliest attestation that the study takes.
const ATTESTED_FROM: u64 = NOW - 500;
/// The scope of requests.
const SCOPE: u64 = 7;

/// Who somebody is, by a number.
const PATIENT: u64 = 1;
const DELEGATE: u64 = 2;
const PROVIDER: u64 = 3;
const CLINICIAN: u64 = 4;

/// A circuit of which there is an honest statement.
pub trait Example: Circuit + Sized + 'static {
	/// The public inputs, and a witness that satisfies the statement about them.
	///
	/// # Errors
	///
	/// [`ExampleError`].
	fn example(context: Context) -> Result<(Self::Public, Self::Witness), ExampleError>;
}

fn secret(of: u64) -> Secret {
	Secret::new(hash2(Domain2::Subject, [Fr::from(of); 2]))
}

fn authority(of: u64) -> Authority {
	Authority::patient(secret(of))
}

fn provider() -> ProviderTag {
	ProviderTag::of(&secret(PROVIDER))
}

fn salt() -> Fr {
	Fr::from(5u64)
}

fn note(granter: PatientKey, recipient: Recipient) -> Result<Note, ExampleError> {
	let policy = Policy::new(u64::MAX, u32::MAX, FROM, UNTIL)?;
	Ok(Note { granter, recipient, policy, nonce: Fr::from(42u64) })
}

fn request() -> Result<Request, ExampleError> {
	let category = Category::new(9).ok_or("a category")?;
	Ok(Request::new(NOW, category, Purpose::TREATMENT, SCOPE)?)
}

/// Notes in trees of which they are the last.
struct Trees {
	consents: ConsentTree,
	revocations: RevocationTree,
}

impl Trees {
	fn of<const N: usize>(notes: [Note; N]) -> Result<(Self, Vec<HeldNote>), ExampleError> {
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

impl Example for ConsentGrant {
	fn example(
		context: Context,
	) -> Result<(ConsentGrantPublic, ConsentGrantWitness), ExampleError> {
		let patient = authority(PATIENT);
		let key = patient.patient_key();
		let note = note(key, Recipient::provider(provider(), key))?;
		let public = ConsentGrantPublic { leaf: note.leaf(), context };
		Ok((public, ConsentGrantWitness { note, authority: patient }))
	}
}

impl Example for ConsentRevoke {
	fn example(
		context: Context,
	) -> Result<(ConsentRevokePublic, ConsentRevokeWitness), ExampleError> {
		let patient = authority(PATIENT);
		let key = patient.patient_key();
		let note = note(key, Recipient::provider(provider(), key))?;
		let (trees, held) = Trees::of([note.clone()])?;
		let [HeldNote { path, index, .. }] = held.as_slice() else {
			return Err("one note".into());
		};
		let public =
			ConsentRevokePublic { consent_root: trees.consents.root(), index: *index, context };
		let witness = ConsentRevokeWitness { note, path: path.clone(), authority: patient };
		Ok((public, witness))
	}
}

impl Example for ConsentAccess {
	fn example(
		context: Context,
	) -> Result<(ConsentAccessPublic, ConsentAccessWitness), ExampleError> {
		let key = authority(PATIENT).patient_key();
		let (trees, held) = Trees::of([note(key, Recipient::provider(provider(), key))?])?;
		let [consent] = held.as_slice() else { return Err("one note".into()) };
		let witness = ConsentAccessWitness {
			consent: consent.clone(),
			provider: secret(PROVIDER),
			salt: salt(),
		};
		let public = ConsentAccessPublic {
			consent_root: trees.consents.root(),
			revocation_root: trees.revocations.root(),
			nullifier: witness.nullifier(SCOPE),
			provider: provider(),
			request: request()?,
			subject: witness.subject(),
			context,
		};
		Ok((public, witness))
	}
}

impl Example for DelegatedAccess {
	fn example(
		context: Context,
	) -> Result<(DelegatedAccessPublic, DelegatedAccessWitness), ExampleError> {
		let patient = authority(PATIENT).patient_key();
		let delegate = authority(DELEGATE).patient_key();
		let delegation = note(patient, Recipient::delegate(delegate, patient))?;
		let recipient = Recipient::by_delegate(provider(), delegation.leaf());
		let (trees, held) = Trees::of([delegation, note(delegate, recipient)?])?;
		let [delegation, consent] = held.as_slice() else { return Err("two notes".into()) };
		let witness = DelegatedAccessWitness {
			delegation: delegation.clone(),
			consent: consent.clone(),
			provider: secret(PROVIDER),
			salt: salt(),
		};
		let public = DelegatedAccessPublic {
			consent_root: trees.consents.root(),
			revocation_root: trees.revocations.root(),
			nullifier: witness.nullifier(SCOPE),
			provider: provider(),
			request: request()?,
			subject: witness.subject(),
			context,
		};
		Ok((public, witness))
	}
}

impl Example for StudyEnrolment {
	fn example(
		context: Context,
	) -> Result<(StudyEnrolmentPublic, StudyEnrolmentWitness), ExampleError> {
		let patient = authority(PATIENT);
		let key = patient.patient_key();
		let study = Study::new(
			StudyTermsHash::of(1, b"what is registered"),
			2,
			[0..=9, 0..=9, 0..=9, 0..=9],
			ATTESTED_FROM,
			1,
		)?;
		let (trees, held) = Trees::of([note(key, Recipient::study(study.digest(), key))?])?;
		let [consent] = held.as_slice() else { return Err("one note".into()) };
		let attestation = Attestation {
			patient: key,
			panel: 2,
			values: [1, 2, 3, 4],
			attested_at: ATTESTED_AT,
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
			context,
		};
		Ok((public, witness))
	}
}

impl Example for BreakGlass {
	fn example(context: Context) -> Result<(BreakGlassPublic, BreakGlassWitness), ExampleError> {
		let mut rng = StdRng::seed_from_u64(2);
		let credential = Credential {
			holder: ClinicianKey::of(&secret(CLINICIAN)),
			identity: Fr::from(42u64),
			licence: Licence::new(FROM, UNTIL, MAY_BREAK_GLASS)?,
			salt: Fr::from(8u64),
		};
		let mut credentials = SparseTree::new(Domain4::CredentialNode);
		credentials.set(0, credential.leaf()).map_err(|_| "the tree has a first leaf")?;
		let path = credentials.path(0);
		let credential = HeldCredential { credential, index: 0, path, secret: secret(CLINICIAN) };
		let emergency = Emergency {
			credential_root: credentials.root(),
			auditor: AuditorSecret::random(&mut rng).key(),
			terms: EmergencyTerms::new(NOW, 1, 3)?,
			context,
		};
		Ok(emergency.by(credential, 0, &mut rng))
	}
}

/// An example with development keys: proven as often as one likes.
pub trait Rehearsal {
	/// How many constraints there are.
	fn constraints(&self) -> usize;

	/// The public inputs, in their order.
	fn inputs(&self) -> Vec<[u8; 32]>;

	/// Proves it once.
	///
	/// # Errors
	///
	/// [`ExampleError`], where the key is damaged.
	fn prove(&self, rng: &mut StdRng) -> Result<Proof, ExampleError>;

	/// Verifies a proof of it.
	///
	/// # Errors
	///
	/// [`VerifyError::Invalid`].
	fn verify(&self, proof: &Proof) -> Result<(), VerifyError>;
}

struct Rehearsed<C: Example> {
	prover: Prover<C, Development>,
	public: C::Public,
	witness: C::Witness,
}

impl<C: Example> Rehearsal for Rehearsed<C> {
	fn constraints(&self) -> usize {
		self.prover.relation().constraints()
	}

	fn inputs(&self) -> Vec<[u8; 32]> {
		C::inputs(&self.public).iter().map(input_to_bytes).collect()
	}

	fn prove(&self, rng: &mut StdRng) -> Result<Proof, ExampleError> {
		let proof = self.prover.prove(&self.public, &self.witness, rng, &mut |_| ());
		proof.map_err(|error| error.to_string().into())
	}

	fn verify(&self, proof: &Proof) -> Result<(), VerifyError> {
		self.prover.verifier().verify(&self.public, proof)
	}
}

/// The example of a circuit, under a proving key for development.
///
/// # Errors
///
/// [`ExampleError`], where the key is not one of the circuit for development.
pub fn rehearse(
	circuit: AnyCircuit,
	proving_key: &[u8],
	context: Context,
) -> Result<Box<dyn Rehearsal>, ExampleError> {
	with!(circuit, C => rehearsed::<C>(proving_key, context))
}

fn rehearsed<C: Example>(
	proving_key: &[u8],
	context: Context,
) -> Result<Box<dyn Rehearsal>, ExampleError> {
	let digest = ProvingKey::<C, Development>::digest(proving_key);
	let prover = Prover::new(ProvingKey::<C, Development>::from_bytes(proving_key, digest)?)?;
	let (public, witness) = C::example(context)?;
	Ok(Box::new(Rehearsed { prover, public, witness }))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::Relation;

	fn satisfies<C: Example>() {
		let (public, witness) = C::example(Context::default()).unwrap();
		let relation = Relation::<C>::new().unwrap();
		let values = relation.assign(&public, &witness).unwrap();
		assert_eq!(relation.check(&values), Ok(()));
	}

	#[test]
	fn every_example_satisfies_its_circuit() {
		for circuit in AnyCircuit::ALL {
			with!(circuit, C => satisfies::<C>());
		}
	}

	#[test]
	fn a_rehearsal_fails_with_the_key_of_another_circuit() {
		let mut rng = StdRng::seed_from_u64(1);
		let keys = AnyCircuit::ConsentGrant.setup_dev(&mut rng).unwrap();
		let result = rehearse(AnyCircuit::ConsentRevoke, &keys.proving, Context::default());
		assert!(result.is_err());
	}
}
