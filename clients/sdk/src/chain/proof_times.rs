//! How long a node takes to verify proofs.

use super::{
	interface::{self, runtime_types::bounded_collections::bounded_vec::BoundedVec},
	view::Question,
	AtBlock, Chain, ChainError,
};
use codec::Decode;
use hdx_primitives::{CircuitVersion, ProofBatch, ProofRefusal};
use std::time::{Duration, Instant};

/// How long a node took for each of several questions in the state of one block. In all of them is the way there and
/// back, and the start of the runtime; what a question itself takes is the difference to the first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ProofTimes {
	/// For a view function that reads one key of the state and computes nothing.
	pub nothing: Vec<Duration>,
	/// For one proof.
	pub single: Vec<Duration>,
	/// For the whole batch.
	pub batch: Vec<Duration>,
}

impl Chain {
	/// Has a node verify the first proof of a batch so many times by itself (`singles`), and all of them at once so many
	/// times (`batches`), in turns, so that whatever else the machine does meets all alike. Each was asked once before,
	/// which does not count. Nothing is sent to the chain.
	///
	/// `Ok(Err(_))`: why the chain does not believe a proof. Times of refusals say nothing.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Discarded`],
	/// [`ChainError::Transport`].
	pub async fn proof_times(
		&self,
		circuit: CircuitVersion,
		batch: ProofBatch,
		singles: usize,
		batches: usize,
		block: AtBlock,
	) -> Result<Result<ProofTimes, ProofRefusal>, ChainError> {
		let Some(first) = batch.first().cloned() else {
			return Ok(Err(ProofRefusal::BatchEmpty));
		};
		// The same one for all, whatever comes meanwhile.
		let block = AtBlock::Hash(self.block_time(block).await?.hash);
		let views = interface::view_functions().groth16_verifier();
		let nothing = self.question(block, views.accepts_development_keys()).await?;
		let inputs = BoundedVec(first.inputs.into_inner());
		let query = views.check_proof(circuit.into(), first.proof.into(), inputs);
		let single = self.question(block, query).await?;
		let statements = batch.into_inner().into_iter().map(Into::into).collect();
		let query = views.check_proofs(circuit.into(), BoundedVec(statements));
		let batch = self.question(block, query).await?;

		let mut times = ProofTimes::default();
		// The first round warms up.
		for round in 0..=singles.max(batches) {
			let (_, took) = self.timed::<bool>(&nothing).await?;
			if round > 0 {
				times.nothing.push(took);
			}
			for (question, wanted, found) in
				[(&single, singles, &mut times.single), (&batch, batches, &mut times.batch)]
			{
				if round > wanted {
					continue;
				}
				let (verdict, took) = self.timed::<Result<(), ProofRefusal>>(question).await?;
				if let Err(refusal) = verdict {
					return Ok(Err(refusal));
				}
				if round > 0 {
					found.push(took);
				}
			}
		}
		Ok(Ok(times))
	}

	/// An answer, and how long it took.
	async fn timed<R: Decode>(&self, question: &Question) -> Result<(R, Duration), ChainError> {
		let since = Instant::now();
		let answer = self.ask(question).await?;
		Ok((answer, since.elapsed()))
	}
}
