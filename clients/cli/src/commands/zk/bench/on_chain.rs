//! Circuits on a development chain, for one run: registered, attested, activated, and proofs of them verified.

use super::super::circuit;
use crate::{account, commands::Context, error::Error, zk_error::ZkError};
use hdx_primitives::{CircuitVersion, ProofBatch, H256};
use hdx_sdk::{
	chain::{AtBlock, Chain, ChainError, CircuitView, InstitutionKind, ProofTimes, Signer, Until},
	commitment,
};
use hdx_zk_circuits::AnyCircuit;

/// How often a single proof is verified.
const SINGLES: usize = 50;
/// How often a batch is.
const BATCHES: usize = 10;

/// Who operates the two institutions with which a development chain begins.
const FIRST_OPERATORS: [&str; 2] = ["//Alice", "//Bob"];
/// Who operates the institution that is registered where nobody else is named. The same in each run.
const THIRD_OPERATOR: &str = "//hdx-zk-bench//third-hospital";

/// A chain on which circuits can be activated.
pub struct OnChain {
	chain: Chain,
	governance: Signer,
	operators: Vec<Signer>,
}

impl OnChain {
	/// Connects, and registers the third institution where it is needed and missing. Fails on a chain where keys of a
	/// single party could not be activated: nothing is sent there.
	pub async fn ready(
		governance: &str,
		operators: &[String],
		context: &Context,
	) -> Result<Self, Error> {
		let governance = account::signer(governance)?;
		let is_usual = operators.is_empty();
		let names = FIRST_OPERATORS.into_iter().chain([THIRD_OPERATOR]);
		let operators: Vec<Signer> = match is_usual {
			true => names.map(account::signer).collect::<Result<_, _>>()?,
			false => {
				operators.iter().map(|name| account::signer(name)).collect::<Result<_, _>>()?
			},
		};
		let chain = context.connect().await?;
		let unfit =
			|why: String| -> Result<Self, Error> { Err(ZkError::UnfitChain { why }.into()) };
		if !chain.accepts_development_keys(AtBlock::Best).await? {
			return unfit("it takes no development keys of circuits".to_owned());
		}
		if chain.sudo_key().await? != Some(governance.account()) {
			return unfit("its sudo key is another one than --as names".to_owned());
		}
		let needed = chain.needed_attestations().await? as usize;
		if needed > operators.len() {
			return unfit(format!(
				"{needed} institutions have to attest a key, and {} would",
				operators.len()
			));
		}
		let third = account::signer(THIRD_OPERATOR)?.account();
		let mut is_missing = false;
		for operator in &operators {
			let account = operator.account();
			match chain.operated_by(&account).await {
				Ok(_) => {},
				Err(ChainError::NotFound { .. }) if is_usual && account == third => {
					is_missing = true;
				},
				Err(error) => return Err(error.into()),
			}
		}
		if is_missing {
			let profile = commitment::public(b"the hospital of hdx zk bench");
			let (kind, until) = (InstitutionKind::Hospital, Until::InBlock);
			chain.register_institution(&governance, third, kind, profile, until).await?;
		}
		Ok(Self { chain, governance, operators })
	}

	/// Registers the next version of a circuit with a key, and has it attested and activated. Its proofs hold once that
	/// is final.
	pub async fn activate(
		&self,
		circuit: AnyCircuit,
		key: Vec<u8>,
	) -> Result<CircuitVersion, Error> {
		let Self { chain, governance, operators } = self;
		let version = next(circuit, &chain.circuits(AtBlock::Best).await?);
		let digest = H256(commitment::public(&key));
		// There was no ceremony, and so there is no transcript.
		let transcript = H256(commitment::public(b"development keys of hdx zk bench"));
		chain.register_circuit(governance, version, key, transcript, Until::InBlock).await?;
		for operator in operators {
			chain.attest_circuit(operator, version, digest, transcript, Until::InBlock).await?;
		}
		chain.activate_circuit(governance, version, Until::Finalized).await?;
		Ok(version)
	}

	/// How long the runtime takes for the proofs of an active version.
	pub async fn times(
		&self,
		version: CircuitVersion,
		batch: ProofBatch,
	) -> Result<ProofTimes, Error> {
		let block = AtBlock::Finalized;
		let times = self.chain.proof_times(version, batch, SINGLES, BATCHES, block).await?;
		times.map_err(|refusal| ZkError::refused(refusal).into())
	}
}

/// The version of a circuit that follows those which a chain has.
fn next(of: AnyCircuit, known: &[CircuitView]) -> CircuitVersion {
	let first = circuit::version(of, 1);
	let last = known.iter().map(|found| found.circuit);
	let last = last.filter(|found| found.circuit == first.circuit).map(|found| found.version).max();
	last.map_or(first, |last| circuit::version(of, last.saturating_add(1)))
}

#[cfg(test)]
mod tests {
	use super::*;
	use hdx_sdk::chain::{CircuitStatus, KeyOrigin};

	fn known(circuit: CircuitVersion) -> CircuitView {
		CircuitView {
			circuit,
			status: CircuitStatus::Suspended,
			origin: KeyOrigin::Development,
			relation: H256([1; 32]),
			key: H256([2; 32]),
			transcript: H256([3; 32]),
			arity: 2,
		}
	}

	#[test]
	fn the_next_version_follows_all_of_the_circuit_whatever_their_standing() {
		let of = AnyCircuit::ConsentGrant;
		assert_eq!(next(of, &[]), circuit::version(of, 1));
		let others = [
			known(circuit::version(of, 7)),
			known(circuit::version(of, 2)),
			known(circuit::version(AnyCircuit::BreakGlass, 9)),
		];
		assert_eq!(next(of, &others), circuit::version(of, 8));
		assert_eq!(
			next(AnyCircuit::ConsentAccess, &others),
			circuit::version(AnyCircuit::ConsentAccess, 1)
		);
	}
}
