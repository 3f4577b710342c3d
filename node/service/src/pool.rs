//! The transaction pool, which counts what it refuses.
//!
//! What is refused before it is in a block leaves no trace on the chain: only the node that was asked knows of it.

use crate::{components::FullClient, runtime_api::Block};
use async_trait::async_trait;
use sc_transaction_pool::TransactionPoolHandle;
use sc_transaction_pool_api::{
	error::{Error as PoolError, IntoPoolError},
	ChainEvent, ImportNotificationStream, LocalTransactionFor, LocalTransactionPool,
	MaintainedTransactionPool, PoolStatus, ReadyTransactions, TransactionFor, TransactionPool,
	TransactionSource, TransactionStatusStreamFor, TxHash, TxInvalidityReportMap,
};
use sp_runtime::{traits::Block as BlockT, transaction_validity::InvalidTransaction};
use std::{collections::HashMap, ops::RangeInclusive, pin::Pin, sync::Arc, time::Duration};
use substrate_prometheus_endpoint::{register, CounterVec, Opts, PrometheusError, Registry, U64};

/// The pool itself.
type Inner = TransactionPoolHandle<Block, FullClient>;
/// Its failures.
type Failure = <Inner as TransactionPool>::Error;

/// The codes of `custom` that the quota refuses with. They are counted from zero, because an alarm that looks at growth does
/// not see a count that begins above it.
const QUOTA_CODES: RangeInclusive<u8> = 32..=36;

/// The pool, and the count of what it refused.
pub struct CountingPool {
	inner: Inner,
	refused: Option<CounterVec<U64>>,
}

impl CountingPool {
	/// Counts from zero, where there is a registry.
	pub fn new(inner: Inner, registry: Option<&Registry>) -> Result<Self, PrometheusError> {
		let refused = registry.map(|registry| {
			let opts = Opts::new(
				"hdx_transactions_refused_total",
				"Transactions that this node refused, by reason and, where that is `custom`, the runtime's code",
			);
			let refused = register(CounterVec::new(opts, &["reason", "code"])?, registry)?;
			for code in QUOTA_CODES {
				refused.with_label_values(&["custom", &code.to_string()]).inc_by(0);
			}
			Ok::<_, PrometheusError>(refused)
		});
		Ok(Self { inner, refused: refused.transpose()? })
	}

	/// Counts a failure, and gives it back. Only what the runtime found invalid: a transaction that comes twice is no
	/// refusal.
	fn counted(&self, failure: Failure) -> Failure {
		match failure.into_pool_error() {
			Ok(error) => {
				if let (PoolError::InvalidTransaction(why), Some(refused)) = (&error, &self.refused)
				{
					let (reason, code) = labels(why);
					refused.with_label_values(&[reason, &code]).inc();
				}
				error.into()
			},
			Err(other) => other,
		}
	}
}

/// The reason, and the runtime's code of it.
fn labels(why: &InvalidTransaction) -> (&'static str, String) {
	let reason = match why {
		InvalidTransaction::Custom(code) => return ("custom", code.to_string()),
		InvalidTransaction::Call => "call",
		InvalidTransaction::Payment => "payment",
		InvalidTransaction::Future => "future",
		InvalidTransaction::Stale => "stale",
		InvalidTransaction::BadProof => "bad_proof",
		InvalidTransaction::AncientBirthBlock => "ancient_birth_block",
		InvalidTransaction::ExhaustsResources => "exhausts_resources",
		InvalidTransaction::BadSigner => "bad_signer",
		_ => "other",
	};
	(reason, String::new())
}

#[async_trait]
impl TransactionPool for CountingPool {
	type Block = Block;
	type Hash = <Inner as TransactionPool>::Hash;
	type InPoolTransaction = <Inner as TransactionPool>::InPoolTransaction;
	type Error = Failure;

	async fn submit_at(
		&self,
		at: <Block as BlockT>::Hash,
		source: TransactionSource,
		xts: Vec<TransactionFor<Self>>,
	) -> Result<Vec<Result<TxHash<Self>, Self::Error>>, Self::Error> {
		let answers = self.inner.submit_at(at, source, xts).await?;
		Ok(answers
			.into_iter()
			.map(|answer| answer.map_err(|failure| self.counted(failure)))
			.collect())
	}

	async fn submit_one(
		&self,
		at: <Block as BlockT>::Hash,
		source: TransactionSource,
		xt: TransactionFor<Self>,
	) -> Result<TxHash<Self>, Self::Error> {
		let answer = self.inner.submit_one(at, source, xt).await;
		answer.map_err(|failure| self.counted(failure))
	}

	async fn submit_and_watch(
		&self,
		at: <Block as BlockT>::Hash,
		source: TransactionSource,
		xt: TransactionFor<Self>,
	) -> Result<Pin<Box<TransactionStatusStreamFor<Self>>>, Self::Error> {
		let answer = self.inner.submit_and_watch(at, source, xt).await;
		answer.map_err(|failure| self.counted(failure))
	}

	async fn ready_at(
		&self,
		at: <Block as BlockT>::Hash,
	) -> Box<dyn ReadyTransactions<Item = Arc<Self::InPoolTransaction>> + Send> {
		self.inner.ready_at(at).await
	}

	fn ready(&self) -> Box<dyn ReadyTransactions<Item = Arc<Self::InPoolTransaction>> + Send> {
		self.inner.ready()
	}

	async fn report_invalid(
		&self,
		at: Option<<Block as BlockT>::Hash>,
		invalid_tx_errors: TxInvalidityReportMap<TxHash<Self>>,
	) -> Vec<Arc<Self::InPoolTransaction>> {
		self.inner.report_invalid(at, invalid_tx_errors).await
	}

	fn futures(&self) -> Vec<Self::InPoolTransaction> {
		self.inner.futures()
	}

	fn status(&self) -> PoolStatus {
		self.inner.status()
	}

	fn import_notification_stream(&self) -> ImportNotificationStream<TxHash<Self>> {
		self.inner.import_notification_stream()
	}

	fn on_broadcasted(&self, propagations: HashMap<TxHash<Self>, Vec<String>>) {
		self.inner.on_broadcasted(propagations)
	}

	fn hash_of(&self, xt: &TransactionFor<Self>) -> TxHash<Self> {
		self.inner.hash_of(xt)
	}

	fn ready_transaction(&self, hash: &TxHash<Self>) -> Option<Arc<Self::InPoolTransaction>> {
		self.inner.ready_transaction(hash)
	}

	async fn ready_at_with_timeout(
		&self,
		at: <Block as BlockT>::Hash,
		timeout: Duration,
	) -> Box<dyn ReadyTransactions<Item = Arc<Self::InPoolTransaction>> + Send> {
		self.inner.ready_at_with_timeout(at, timeout).await
	}
}

#[async_trait]
impl MaintainedTransactionPool for CountingPool {
	async fn maintain(&self, event: ChainEvent<Block>) {
		self.inner.maintain(event).await;
	}
}

impl LocalTransactionPool for CountingPool {
	type Block = Block;
	type Hash = <Inner as LocalTransactionPool>::Hash;
	type Error = <Inner as LocalTransactionPool>::Error;

	fn submit_local(
		&self,
		at: <Block as BlockT>::Hash,
		xt: LocalTransactionFor<Self>,
	) -> Result<Self::Hash, Self::Error> {
		// From this node's own off-chain workers: nobody outside was refused anything.
		self.inner.submit_local(at, xt)
	}
}
