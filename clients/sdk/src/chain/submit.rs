//! Signing, submitting, and waiting.

use super::{
	connect::Config,
	interface::{
		runtime_types::sp_runtime::DispatchError as RefusedItem,
		utility::events::{ItemCompleted, ItemFailed},
	},
	Chain, ChainError, Signer,
};
use sp_core::H256;
use subxt::{
	config::DefaultExtrinsicParamsBuilder,
	error::{DispatchError, TransactionEventsError},
	events::DecodeAsEvent,
	extrinsics::ExtrinsicEvents,
	rpcs::rpc_params,
	transactions::{Payload, TransactionStatus},
};

/// For how many blocks a transaction is good. A power of two, as the era of a transaction is coded.
const LIFETIME: u64 = 64;
/// How many of them are over when it is signed.
const BORN_BEFORE: u64 = 4;

/// How long to wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Until {
	/// Until the transaction is in the best block; it may still be undone.
	InBlock,
	/// Until its block is finalized; nothing undoes it then.
	#[default]
	Finalized,
}

/// A transaction that is in a block.
pub struct Included {
	/// What was called, as `Pallet::call`.
	pub call: String,
	/// Hash of the block.
	pub block: [u8; 32],
	events: ExtrinsicEvents<Config>,
}

impl Included {
	/// The first event of this kind.
	pub(super) fn event<E: DecodeAsEvent>(&self, name: &'static str) -> Result<E, ChainError> {
		self.find()?
			.ok_or_else(|| ChainError::EventMissing { call: self.call.clone(), event: name })
	}

	/// The first event of this kind, if there is one.
	pub(super) fn find<E: DecodeAsEvent>(&self) -> Result<Option<E>, ChainError> {
		self.events.find_first::<E>().transpose().map_err(ChainError::transport)
	}

	/// The fields of the first event of this name, encoded.
	pub(super) fn fields_of(
		&self,
		pallet: &str,
		name: &'static str,
	) -> Result<Vec<u8>, ChainError> {
		for event in self.events.iter() {
			let event = event.map_err(ChainError::transport)?;
			if event.pallet_name() == pallet && event.event_name() == name {
				return Ok(event.field_bytes().to_vec());
			}
		}
		Err(ChainError::EventMissing { call: self.call.clone(), event: name })
	}

	/// What became of each call of a `force_batch`, in their order: its own event of this kind, or
	/// why it was refused.
	pub(super) fn items<E: DecodeAsEvent>(
		&self,
	) -> Result<Vec<Result<E, RefusedItem>>, ChainError> {
		let (mut items, mut own) = (Vec::new(), None);
		for event in self.events.iter() {
			let event = event.map_err(ChainError::transport)?;
			if let Some(decoded) = event.decode_fields_as::<E>() {
				own = Some(decoded.map_err(ChainError::transport)?);
			} else if event.is::<ItemCompleted>() {
				items.push(Ok(own.take().ok_or_else(|| ChainError::EventMissing {
					call: self.call.clone(),
					event: "of a call in a batch",
				})?));
			} else if let Some(failed) = event.decode_fields_as::<ItemFailed>() {
				items.push(Err(failed.map_err(ChainError::transport)?.error));
			}
		}
		Ok(items)
	}
}

impl Chain {
	/// Signs a call, submits it, waits, and fails if the runtime refused it.
	pub(super) async fn submit<C: Payload>(
		&self,
		name: &str,
		call: &C,
		signer: &Signer,
		until: Until,
	) -> Result<Included, ChainError> {
		self.submit_by(Some(signer), name, call, until).await
	}

	/// Submits a call that nobody signs, waits, and fails if the runtime refused it. The chain takes few calls so.
	pub(super) async fn submit_bare<C: Payload>(
		&self,
		name: &str,
		call: &C,
		until: Until,
	) -> Result<Included, ChainError> {
		self.submit_by(None, name, call, until).await
	}

	async fn submit_by<C: Payload>(
		&self,
		signer: Option<&Signer>,
		name: &str,
		call: &C,
		until: Until,
	) -> Result<Included, ChainError> {
		let not_accepted =
			|reason: String| ChainError::NotAccepted { call: name.to_owned(), reason };
		let at = self.best().await?;
		let submitted = match signer {
			Some(signer) => {
				let params = self.mortality(at.block_number()).await?.build();
				at.transactions().sign_and_submit_then_watch(call, &signer.pair, params).await
			},
			None => match at.transactions().create_unsigned(call) {
				Ok(bare) => bare.submit_and_watch().await,
				Err(error) => Err(error),
			},
		};
		let mut progress = submitted.map_err(|error| not_accepted(error.to_string()))?;
		loop {
			let status = progress
				.next()
				.await
				.ok_or_else(|| not_accepted("the node stopped reporting on it".to_owned()))?
				.map_err(ChainError::transport)?;
			let included = match status {
				TransactionStatus::InBestBlock(included) if until == Until::InBlock => included,
				TransactionStatus::InFinalizedBlock(included) => included,
				TransactionStatus::Error { message }
				| TransactionStatus::Invalid { message }
				| TransactionStatus::Dropped { message } => return Err(not_accepted(message)),
				_ => continue,
			};
			let block: H256 = included.block_hash();
			let events = included.wait_for_success().await.map_err(|error| refused(name, error))?;
			return Ok(Included { call: name.to_owned(), block: block.0, events });
		}
	}
}

impl Chain {
	/// For how long a transaction is good that is signed at the best block, which has this number.
	///
	/// It is born a few blocks earlier. The node's pool may look at the transaction in the state of the block before,
	/// and would refuse what is born in a block that it does not know yet, as too old.
	async fn mortality(
		&self,
		best: u64,
	) -> Result<DefaultExtrinsicParamsBuilder<Config>, ChainError> {
		let birth = best.saturating_sub(BORN_BEFORE);
		let hash: H256 = self.request("chain_getBlockHash", rpc_params![birth]).await?;
		Ok(DefaultExtrinsicParamsBuilder::new().mortal_from_unchecked(LIFETIME, birth, hash))
	}
}

/// The error that names the place of what was refused, and the error of that: a byte each.
const IN_BATCH: &str = "RefusedInBatch";

/// Why the runtime refused.
fn refused(call: &str, error: TransactionEventsError) -> ChainError {
	let call = call.to_owned();
	match error {
		TransactionEventsError::ExtrinsicFailed(DispatchError::Module(module)) => {
			match module.details() {
				Ok(details) => {
					let pallet = details.pallet.name().to_owned();
					let [_, _, position, of_item, _] = module.bytes();
					let item = details.pallet.error_variant_by_index(of_item);
					let item = item.filter(|_| details.variant.name == IN_BATCH);
					let named = item.unwrap_or(details.variant);
					let (error, docs) = (named.name.clone(), named.docs.join(" "));
					match item {
						Some(_) => ChainError::RefusedItem { call, position, pallet, error, docs },
						None => ChainError::Refused { call, pallet, error, docs },
					}
				},
				Err(error) => ChainError::RefusedOtherwise { call, reason: error.to_string() },
			}
		},
		TransactionEventsError::ExtrinsicFailed(other) => {
			ChainError::RefusedOtherwise { call, reason: other.to_string() }
		},
		other => ChainError::transport(other),
	}
}
