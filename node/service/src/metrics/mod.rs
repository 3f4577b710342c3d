//! Numbers of the chain for those who operate the node, beside those that the SDK has of the node itself.
//!
//! The runtime says what they are ([`hdx_metrics_api`]). How the chain stands is asked of the best block, so that it is seen
//! while nothing is made final; what happened is counted of each block that becomes final, once. Counts begin at zero when
//! the node starts. Blocks that it fetches to catch up are in them in part at most: the SDK need not tell of these.

mod families;

use crate::{components::FullClient, runtime_api::Block};
use families::Families;
use futures::{stream, StreamExt};
use hdx_metrics_api::{Family, MetricsApi};
use sc_client_api::{BlockchainEvents, FinalityNotification};
use sc_service::{error::Error as ServiceError, TaskManager};
use sp_api::{ApiError, ApiExt, ProvideRuntimeApi};
use sp_core::H256;
use std::sync::Arc;
use substrate_prometheus_endpoint::{register, Counter, PrometheusError, Registry, U64};

/// How many blocks that become final at once are counted at most, the newest ones: half an hour's. Where finality stood
/// still they may be many; where a node catches up, they are more than anybody wants to be alarmed about.
const MAX_COUNTED: usize = 900;

/// Starts publishing; does nothing where there is no registry. Nothing else of the node depends on it.
pub fn start(
	task_manager: &TaskManager,
	client: Arc<FullClient>,
	registry: Option<&Registry>,
) -> Result<(), ServiceError> {
	let Some(registry) = registry else { return Ok(()) };
	let mut numbers = Numbers::new(client.clone(), registry)?;
	// Before the first look, so that no block falls between.
	let imported = client.import_notification_stream().map(|_| Seen::Imported);
	let finalized = client.finality_notification_stream();
	let finalized = finalized.map(|notification| Seen::Finalized(Box::new(notification)));
	let mut seen = stream::select(imported, finalized);
	let task = async move {
		let mut best = client.chain_info().best_hash;
		numbers.set(best);
		while let Some(one) = seen.next().await {
			match one {
				Seen::Imported => {
					// Of blocks that came meanwhile, the best one counts, once.
					let newest = client.chain_info().best_hash;
					if newest != best {
						best = newest;
						numbers.set(best);
					}
				},
				Seen::Finalized(notification) => {
					let route = &notification.tree_route;
					let too_old = route.len().saturating_sub(MAX_COUNTED);
					for block in route.iter().skip(too_old) {
						numbers.count(*block);
					}
					numbers.count(notification.hash);
				},
			}
		}
	};
	// The runtime is executed in it.
	task_manager.spawn_handle().spawn_blocking("chain-metrics", None, task);
	Ok(())
}

/// What the client told.
enum Seen {
	/// A block was imported.
	Imported,
	/// Blocks became final. Holding on to it keeps the state of the last of them.
	Finalized(Box<FinalityNotification<Block>>),
}

/// What is asked of a runtime.
#[derive(Clone, Copy)]
enum Question {
	/// How the chain stands after a block.
	Stands,
	/// What happened in it.
	Happened,
}

struct Numbers {
	client: Arc<FullClient>,
	families: Families,
	failures: Counter<U64>,
}

impl Numbers {
	fn new(client: Arc<FullClient>, registry: &Registry) -> Result<Self, PrometheusError> {
		let failures = Counter::new(
			"hdx_metrics_failures_total",
			"Blocks of which this node could not learn its numbers: their state is gone, or the runtime failed",
		)?;
		Ok(Self {
			client,
			families: Families::new(registry.clone()),
			failures: register(failures, registry)?,
		})
	}

	/// Publishes how the chain stands after a block.
	fn set(&mut self, block: H256) {
		let is_done = match self.ask(block, Question::Stands) {
			Ok(told) => self.families.set(&told).is_ok(),
			Err(_) => false,
		};
		self.note(is_done);
	}

	/// Adds what happened in a block.
	fn count(&mut self, block: H256) {
		let is_done = match self.ask(block, Question::Happened) {
			Ok(told) => self.families.add(&told).is_ok(),
			Err(_) => false,
		};
		self.note(is_done);
	}

	fn note(&self, is_done: bool) {
		if !is_done {
			self.failures.inc();
		}
	}

	fn ask(&self, block: H256, question: Question) -> Result<Vec<Family>, ApiError> {
		let api = self.client.runtime_api();
		// A runtime of before this API tells nothing, which is no failure.
		if !api.has_api::<dyn MetricsApi<Block>>(block)? {
			return Ok(Vec::new());
		}
		match question {
			Question::Stands => api.gauges(block),
			Question::Happened => api.counts(block),
		}
	}
}
