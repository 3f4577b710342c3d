//! Sending transactions that were signed before, and counting them in finalized blocks.

use crate::{
	connection::{At, Connection, Lane},
	error::BenchError,
	throughput::CountedBlock,
};
use futures::{future, stream, TryStreamExt};
use hdx_sdk::chain::interface::{
	self, runtime_types::sp_runtime::DispatchError, system::events::ExtrinsicFailed,
};
use std::time::{Duration, Instant};
use subxt::{events::Event, PolkadotConfig};

/// How many lanes of a connection are sent at once.
const LANES_AT_ONCE: usize = 16;
/// How often the newest finalized block is looked for.
const POLL: Duration = Duration::from_millis(250);
/// How long nothing may be finalized of what is missing.
const PATIENCE: Duration = Duration::from_secs(60);

/// An event of a block.
pub type Seen<'a> = Event<'a, PolkadotConfig>;

/// What shows that a transaction did what it was sent for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
	/// What is measured, for messages.
	pub load: &'static str,
	/// Name of the pallet.
	pub pallet: &'static str,
	/// Name of its event. Each transaction has it once.
	pub event: &'static str,
}

/// Events that end a run: a request that is denied does less than one that is granted.
const UNWANTED: [(&str, &str); 1] = [("RecordAccess", "AccessDenied")];

/// Does nothing with an event.
pub fn ignore(_: &Seen<'_>) -> Result<(), BenchError> {
	Ok(())
}

/// How many transactions there are.
pub fn count(lanes: &[Lane]) -> u64 {
	lanes.iter().map(|lane| lane.len() as u64).sum()
}

/// Sends everything, and counts until all of it is finalized. Gives the finalized blocks since, with the one before.
/// Fails if a transaction did not do what it was sent for, whichever it is: nobody else uses the chain.
pub async fn run<V>(
	connections: &[Connection],
	wanted: Wanted,
	lanes: Vec<Lane>,
	visit: &mut V,
) -> Result<Vec<CountedBlock>, BenchError>
where
	V: FnMut(&Seen<'_>) -> Result<(), BenchError>,
{
	let first = connections.first();
	let first = first.ok_or_else(|| BenchError::because(wanted.load, "there is no connection"))?;
	let (expected, from) = (count(&lanes), first.finalized().await?.block_number());
	let (blocks, ()) = future::try_join(
		counted(first, wanted, from, expected, visit),
		send_all(connections, &lanes),
	)
	.await?;
	Ok(blocks)
}

/// Sends lanes over all connections, each lane in its order.
async fn send_all(connections: &[Connection], lanes: &[Lane]) -> Result<(), BenchError> {
	let step = connections.len().max(1);
	let of_connection = connections.iter().enumerate().map(|(number, connection)| {
		let own = lanes.iter().skip(number).step_by(step).map(Ok::<_, BenchError>);
		stream::iter(own).try_for_each_concurrent(LANES_AT_ONCE, move |lane| async move {
			for transaction in lane {
				connection.send(transaction).await?;
			}
			Ok::<(), BenchError>(())
		})
	});
	future::try_join_all(of_connection).await.map(drop)
}

/// Looks at all finalized blocks after `from` until they have as many of the wanted events as expected. The first of
/// the blocks given is `from` itself.
pub async fn counted<V>(
	connection: &Connection,
	wanted: Wanted,
	from: u64,
	expected: u64,
	visit: &mut V,
) -> Result<Vec<CountedBlock>, BenchError>
where
	V: FnMut(&Seen<'_>) -> Result<(), BenchError>,
{
	let begin = time(&connection.at(from).await?).await?;
	let mut blocks = vec![CountedBlock { number: from, time: begin, counted: 0 }];
	let (mut next, mut found, mut since) = (from.saturating_add(1), 0u64, Instant::now());
	while found < expected {
		let newest = connection.finalized().await?.block_number();
		for number in next..=newest {
			let at = connection.at(number).await?;
			let counted = in_block(&at, wanted, visit).await?;
			if counted > 0 {
				since = Instant::now();
			}
			found = found.saturating_add(counted);
			blocks.push(CountedBlock { number, time: time(&at).await?, counted });
		}
		next = next.max(newest.saturating_add(1));
		if since.elapsed() > PATIENCE {
			let (load, seconds) = (wanted.load, PATIENCE.as_secs());
			return Err(BenchError::Missing { load, counted: found, expected, seconds });
		}
		tokio::time::sleep(POLL).await;
	}
	if found > expected {
		let reason = format!("{found} were counted of {expected}");
		return Err(BenchError::because(wanted.load, reason));
	}
	Ok(blocks)
}

/// The time of a block.
async fn time(at: &At) -> Result<u64, BenchError> {
	let unreadable = BenchError::failed("the time of a block");
	let address = interface::storage().timestamp().now();
	let value = at.storage().try_fetch(address, ()).await.map_err(unreadable)?;
	let value = value.map(|value| value.decode()).transpose();
	Ok(value.map_err(BenchError::failed("the time of a block"))?.unwrap_or_default())
}

/// How many of the wanted events a block has.
async fn in_block<V>(at: &At, wanted: Wanted, visit: &mut V) -> Result<u64, BenchError>
where
	V: FnMut(&Seen<'_>) -> Result<(), BenchError>,
{
	let events = at.events().fetch().await;
	let events = events.map_err(BenchError::failed("the events of a block"))?;
	let mut counted = 0u64;
	for event in events.iter() {
		let event = event.map_err(BenchError::failed("the events of a block"))?;
		let refused = |reason| {
			let (load, block) = (wanted.load, at.block_number());
			BenchError::Refused { load, block, reason }
		};
		if let Some(failed) = event.decode_fields_as::<ExtrinsicFailed>() {
			let failed = failed.map_err(BenchError::failed("the events of a block"))?;
			return Err(refused(reason(at, &failed.dispatch_error)));
		}
		let name = (event.pallet_name(), event.event_name());
		if UNWANTED.contains(&name) {
			return Err(refused(format!("{}::{}", name.0, name.1)));
		}
		if name == (wanted.pallet, wanted.event) {
			visit(&event)?;
			counted = counted.saturating_add(1);
		}
	}
	Ok(counted)
}

/// Why a call failed.
fn reason(at: &At, error: &DispatchError) -> String {
	let DispatchError::Module(module) = error else { return format!("{error:?}") };
	let metadata = at.metadata();
	let pallet = metadata.pallet_by_error_index(module.index);
	let code = module.error.first().copied().unwrap_or_default();
	let found = pallet.and_then(|pallet| {
		let variant = pallet.error_variant_by_index(code)?;
		Some(format!("{}::{}: {}", pallet.name(), variant.name, variant.docs.join(" ")))
	});
	found.unwrap_or_else(|| format!("{error:?}"))
}
