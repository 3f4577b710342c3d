//! What is sent: one file a load. Another load is a variant of [`Kind`], a file with its calls, and the event that shows
//! that a call did what it was sent for. Those with proofs follow one another on the same consents: [`Shielded`].

mod access;
mod consent;
mod disclosure;
mod shielded;
mod transfer;

pub use access::requests;
pub use shielded::{Progress, Shielded};
pub use transfer::{bytes as transfer_bytes, lanes as transfers};

use crate::{
	connection::Lane,
	error::BenchError,
	load::{self, Wanted},
	options::Plan,
	scene::Scene,
	throughput::Throughput,
};

/// A load of which any number can be signed at any time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
	/// A transfer of pallet-balances: what all others are compared with.
	Transfer,
	/// A patient grants a consent.
	Grant,
	/// A practitioner asks for access to a record, and is granted it.
	Access,
	/// A custodian reports the disclosures of a batch of grants.
	Disclosures,
}

impl Kind {
	/// All of them, in the order in which they are sent: batches name grants that were issued before.
	pub const ALL: [Self; 4] = [Self::Transfer, Self::Grant, Self::Access, Self::Disclosures];

	/// What shows that a transaction did what it was sent for.
	pub fn wanted(self) -> Wanted {
		match self {
			Self::Transfer => transfer::WANTED,
			Self::Grant => consent::WANTED,
			Self::Access => access::WANTED,
			Self::Disclosures => disclosure::WANTED,
		}
	}

	/// How many transactions a round has.
	pub fn count(self, plan: &Plan) -> usize {
		match self {
			Self::Transfer => plan.transfers,
			Self::Grant => plan.grants,
			Self::Access => plan.accesses,
			Self::Disclosures => plan.batches,
		}
	}

	/// How many things one transaction does.
	pub fn per_transaction(self, scene: &Scene) -> usize {
		match self {
			Self::Transfer | Self::Grant | Self::Access => 1,
			Self::Disclosures => disclosure::pairs(scene),
		}
	}

	/// Signs, sends and counts a round.
	pub async fn round(self, scene: &mut Scene, plan: &Plan) -> Result<Throughput, BenchError> {
		let count = self.count(plan);
		let lanes = match self {
			Self::Transfer => transfer::lanes(scene, count).await?,
			Self::Grant => consent::lanes(scene, count).await?,
			Self::Access => access::requests(scene, count).await?,
			Self::Disclosures => disclosure::lanes(scene, count).await?,
		};
		match self {
			Self::Access => access::measure(scene, lanes).await,
			Self::Transfer | Self::Grant | Self::Disclosures => {
				measure(scene, self.wanted(), lanes).await
			},
		}
	}
}

/// Sends and counts, with nothing to learn from the events.
async fn measure(
	scene: &Scene,
	wanted: Wanted,
	lanes: Vec<Lane>,
) -> Result<Throughput, BenchError> {
	let blocks = load::run(&scene.connections, wanted, lanes, &mut load::ignore).await?;
	throughput(wanted, &blocks)
}

/// What finalized blocks come to.
pub fn throughput(
	wanted: Wanted,
	blocks: &[crate::throughput::CountedBlock],
) -> Result<Throughput, BenchError> {
	Throughput::of(blocks)
		.ok_or_else(|| BenchError::because(wanted.load, "the blocks' timestamps give no rate"))
}
