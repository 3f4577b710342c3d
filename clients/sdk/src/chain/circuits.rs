//! Circuits, their keys, and whether a proof holds.

use super::{
	interface::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec,
			hdx_runtime::RuntimeCall,
			pallet_groth16_verifier::{
				pallet::Call,
				types::{CircuitEntry, CircuitRecord},
			},
		},
	},
	AtBlock, Chain, ChainError, Included, Signer, Until,
};
use hdx_primitives::{
	CircuitVersion, InstitutionId, Proof, ProofBatch, ProofRefusal, PublicInputs, H256,
};

pub use super::interface::runtime_types::pallet_groth16_verifier::types::{
	CircuitStatus, KeyOrigin,
};

/// A version of a circuit, as the chain has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CircuitView {
	/// Which.
	pub circuit: CircuitVersion,
	/// Whether proofs are accepted.
	pub status: CircuitStatus,
	/// Where the key says that it comes from.
	pub origin: KeyOrigin,
	/// The digest of the relation that the key is for.
	pub relation: H256,
	/// BLAKE2-256 of the key.
	pub key: H256,
	/// The hash of the ceremony's transcript.
	pub transcript: H256,
	/// How many public inputs there are.
	pub arity: u32,
}

impl CircuitView {
	fn new(circuit: CircuitVersion, found: CircuitRecord) -> Self {
		Self {
			circuit,
			status: found.status,
			origin: found.origin,
			relation: found.relation,
			key: found.key,
			transcript: found.transcript,
			arity: found.arity,
		}
	}

	/// Whether proofs are accepted.
	pub fn is_active(&self) -> bool {
		matches!(self.status, CircuitStatus::Active { .. })
	}
}

impl Chain {
	/// Registers a version of a circuit with its verifying key, for ever, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Groth16Verifier::register_circuit`.
	pub async fn register_circuit(
		&self,
		governance: &Signer,
		circuit: CircuitVersion,
		key: Vec<u8>,
		transcript: H256,
		until: Until,
	) -> Result<(), ChainError> {
		let call =
			Call::register_circuit { circuit: circuit.into(), key: BoundedVec(key), transcript };
		self.govern_circuits("register_circuit", call, governance, until).await?;
		Ok(())
	}

	/// Attests for the signer's institution that the registered key is the one of this digest, from the
	/// ceremony with this transcript; gives the institution.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Groth16Verifier::attest_circuit`.
	pub async fn attest_circuit(
		&self,
		operator: &Signer,
		circuit: CircuitVersion,
		key: H256,
		transcript: H256,
		until: Until,
	) -> Result<InstitutionId, ChainError> {
		let call = interface::transactions().groth16_verifier().attest_circuit(
			circuit.into(),
			key,
			transcript,
		);
		let included =
			self.submit("Groth16Verifier::attest_circuit", &call, operator, until).await?;
		let event: interface::groth16_verifier::events::CircuitAttested =
			included.event("CircuitAttested")?;
		Ok(event.institution.0)
	}

	/// Takes back the attestation of the signer's institution; gives the institution, and whether the circuit was
	/// suspended for it.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Groth16Verifier::withdraw_attestation`.
	pub async fn withdraw_circuit_attestation(
		&self,
		operator: &Signer,
		circuit: CircuitVersion,
		until: Until,
	) -> Result<(InstitutionId, bool), ChainError> {
		let call =
			interface::transactions().groth16_verifier().withdraw_attestation(circuit.into());
		let included =
			self.submit("Groth16Verifier::withdraw_attestation", &call, operator, until).await?;
		let event: interface::groth16_verifier::events::AttestationWithdrawn =
			included.event("AttestationWithdrawn")?;
		let suspended =
			included.find::<interface::groth16_verifier::events::CircuitSuspended>()?.is_some();
		Ok((event.institution.0, suspended))
	}

	/// Lets proofs of a circuit be accepted, as governance; gives by how many active institutions the key was
	/// attested.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Groth16Verifier::activate`.
	pub async fn activate_circuit(
		&self,
		governance: &Signer,
		circuit: CircuitVersion,
		until: Until,
	) -> Result<u32, ChainError> {
		let call = Call::activate { circuit: circuit.into() };
		let included = self.govern_circuits("activate", call, governance, until).await?;
		let event: interface::groth16_verifier::events::CircuitActivated =
			included.event("CircuitActivated")?;
		Ok(event.attested)
	}

	/// Refuses all proofs of a circuit until it is activated again, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Groth16Verifier::suspend`.
	pub async fn suspend_circuit(
		&self,
		governance: &Signer,
		circuit: CircuitVersion,
		until: Until,
	) -> Result<(), ChainError> {
		let call = Call::suspend { circuit: circuit.into() };
		self.govern_circuits("suspend", call, governance, until).await?;
		Ok(())
	}

	/// All versions of circuits, by number and version.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Discarded`],
	/// [`ChainError::Transport`].
	pub async fn circuits(&self, block: AtBlock) -> Result<Vec<CircuitView>, ChainError> {
		let query = interface::view_functions().groth16_verifier().circuits();
		let found: Vec<CircuitEntry> = self.view(block, query).await?;
		Ok(found.into_iter().map(|entry| CircuitView::new(entry.circuit.0, entry.record)).collect())
	}

	/// A version of a circuit.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] also where it is not registered; else those of
	/// [`circuits`](Self::circuits).
	pub async fn circuit(
		&self,
		circuit: CircuitVersion,
		block: AtBlock,
	) -> Result<CircuitView, ChainError> {
		let query = interface::view_functions().groth16_verifier().circuit(circuit.into());
		let found: Option<CircuitRecord> = self.view(block, query).await?;
		let found = found.ok_or_else(|| ChainError::NotFound {
			what: format!("version {} of circuit {}", circuit.version, circuit.circuit.0),
		})?;
		Ok(CircuitView::new(circuit, found))
	}

	/// The verifying key of a version of a circuit, as it was registered. `None`: it is not.
	///
	/// # Errors
	///
	/// Those of [`circuits`](Self::circuits).
	pub async fn circuit_key(
		&self,
		circuit: CircuitVersion,
		block: AtBlock,
	) -> Result<Option<Vec<u8>>, ChainError> {
		let query = interface::view_functions().groth16_verifier().key(circuit.into());
		self.view(block, query).await
	}

	/// Which institutions attested the key of a version of a circuit, whether they are active or not, in the
	/// order in which they did.
	///
	/// # Errors
	///
	/// Those of [`circuits`](Self::circuits).
	pub async fn circuit_attestations(
		&self,
		circuit: CircuitVersion,
		block: AtBlock,
	) -> Result<Vec<InstitutionId>, ChainError> {
		let query = interface::view_functions().groth16_verifier().attestations(circuit.into());
		self.view(block, query).await
	}

	/// By how many active institutions a key must be attested before its circuit is activated.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn needed_attestations(&self) -> Result<u32, ChainError> {
		let needed = interface::constants().groth16_verifier().min_attestations();
		self.best().await?.constants().entry(needed).map_err(ChainError::transport)
	}

	/// Whether the chain takes keys for development. If so, its proofs prove nothing to anybody who did not
	/// make the keys.
	///
	/// # Errors
	///
	/// Those of [`circuits`](Self::circuits).
	pub async fn accepts_development_keys(&self, block: AtBlock) -> Result<bool, ChainError> {
		let query = interface::view_functions().groth16_verifier().accepts_development_keys();
		self.view(block, query).await
	}

	/// Whether a proof would be accepted in the state of a block, and why not. What its inputs mean, the node
	/// does not say.
	///
	/// # Errors
	///
	/// Those of [`circuits`](Self::circuits).
	pub async fn check_proof(
		&self,
		circuit: CircuitVersion,
		proof: Proof,
		inputs: PublicInputs,
		block: AtBlock,
	) -> Result<Result<(), ProofRefusal>, ChainError> {
		let query = interface::view_functions().groth16_verifier().check_proof(
			circuit.into(),
			proof.into(),
			BoundedVec(inputs.into_inner()),
		);
		self.view(block, query).await
	}

	/// Whether all proofs of a batch would be accepted in the state of a block, verified at once, and why not. Which one
	/// would not, the node does not say.
	///
	/// # Errors
	///
	/// Those of [`circuits`](Self::circuits).
	pub async fn check_proofs(
		&self,
		circuit: CircuitVersion,
		batch: ProofBatch,
		block: AtBlock,
	) -> Result<Result<(), ProofRefusal>, ChainError> {
		let statements = batch.into_inner().into_iter().map(Into::into).collect();
		let query = interface::view_functions()
			.groth16_verifier()
			.check_proofs(circuit.into(), BoundedVec(statements));
		self.view(block, query).await
	}

	/// A call about circuits that governance decides.
	async fn govern_circuits(
		&self,
		name: &str,
		call: Call,
		signer: &Signer,
		until: Until,
	) -> Result<Included, ChainError> {
		let name = format!("Groth16Verifier::{name}");
		self.govern(&name, RuntimeCall::Groth16Verifier(call), signer, until).await
	}
}
