//! How what a chamber approved is scheduled.
//!
//! The referenda of the SDK leave three things to whoever proposes, or to chance, that must not be:
//! - how long the text is said to be. The scheduler weighs a task by that before it looks at the text, and never drops one
//!   that is too heavy for a whole block: it tries it again in every block, and nothing behind it is carried out;
//! - the name of the task, which is made of the referendum's number alone. Both chambers number theirs from zero, and of
//!   two tasks of one name the second is not scheduled;
//! - the block in which it is carried out, which can be years away.

use super::super::entries;
use super::{proposing::OfChamber, tracks::DAYS};
use crate::{BlockNumber, OriginCaller, Origins, Runtime, RuntimeCall, Scheduler, System};
use core::marker::PhantomData;
use frame_support::traits::{
	schedule::{
		v3::{Anon, Named, TaskName},
		DispatchTime, Period, Priority,
	},
	Bounded, Get,
};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	DispatchError,
};

/// Blocks after which at the latest what was approved is carried out: so long may a proposer have it wait.
pub const LONGEST_WAIT: BlockNumber = 60 * DAYS;

/// Where the scheduler keeps a task: the block, and the place in its list.
type Address = (BlockNumber, u32);
/// The call of a task, or where its text is.
type Text = Bounded<RuntimeCall, BlakeTwo256>;

/// The scheduler, as the referenda of a chamber see it.
pub struct Enacts<C>(PhantomData<C>);

/// The name of a task of this chamber alone.
fn named<C: OfChamber>(id: TaskName) -> TaskName {
	BlakeTwo256::hash_of(&(C::CHAMBER, id)).0
}

/// The call, where its text can be read in a block. In the place of a text that is said to be longer than may be stored
/// stands an empty one, which is no call: the scheduler says so, and goes on with what comes next. It asks for no text then,
/// and takes none back.
fn readable(call: Text) -> Text {
	let longest: u32 = <Runtime as pallet_governance::Config>::MaxNoteLength::get();
	match call {
		Bounded::Lookup { len, .. } if len > longest => Bounded::Inline(Default::default()),
		// Says no length, and is weighed as a million bytes.
		Bounded::Legacy { .. } => Bounded::Inline(Default::default()),
		call => call,
	}
}

impl<C> Anon<BlockNumber, RuntimeCall, OriginCaller> for Enacts<C> {
	type Address = Address;
	type Hasher = BlakeTwo256;

	/// The alarms of referenda, as they are.
	fn schedule(
		when: DispatchTime<BlockNumber>,
		maybe_periodic: Option<Period<BlockNumber>>,
		priority: Priority,
		origin: OriginCaller,
		call: Text,
	) -> Result<Address, DispatchError> {
		<Scheduler as Anon<BlockNumber, RuntimeCall, OriginCaller>>::schedule(
			when,
			maybe_periodic,
			priority,
			origin,
			readable(call),
		)
	}

	fn cancel(address: Address) -> Result<(), DispatchError> {
		<Scheduler as Anon<BlockNumber, RuntimeCall, OriginCaller>>::cancel(address)
	}

	fn reschedule(
		address: Address,
		when: DispatchTime<BlockNumber>,
	) -> Result<Address, DispatchError> {
		<Scheduler as Anon<BlockNumber, RuntimeCall, OriginCaller>>::reschedule(address, when)
	}

	fn next_dispatch_time(address: Address) -> Result<BlockNumber, DispatchError> {
		<Scheduler as Anon<BlockNumber, RuntimeCall, OriginCaller>>::next_dispatch_time(address)
	}
}

impl<C: OfChamber> Named<BlockNumber, RuntimeCall, OriginCaller> for Enacts<C> {
	type Address = Address;
	type Hasher = BlakeTwo256;

	/// What was approved: under a name of its chamber, and at the latest after [`LONGEST_WAIT`]. The referenda schedule
	/// nothing else by name, so this is where the log is told what a chamber approved.
	fn schedule_named(
		id: TaskName,
		when: DispatchTime<BlockNumber>,
		maybe_periodic: Option<Period<BlockNumber>>,
		priority: Priority,
		origin: OriginCaller,
		call: Text,
	) -> Result<Address, DispatchError> {
		let now = System::block_number();
		let latest = now.saturating_add(Origins::paced(LONGEST_WAIT));
		// Of the call as it was approved, whether its text can be read or not.
		let hash = call.hash();
		let address = <Scheduler as Named<BlockNumber, RuntimeCall, OriginCaller>>::schedule_named(
			named::<C>(id),
			DispatchTime::At(when.evaluate(now).min(latest)),
			maybe_periodic,
			priority,
			origin,
			readable(call),
		)?;
		entries::approved(C::CHAMBER, hash);
		Ok(address)
	}

	fn cancel_named(id: TaskName) -> Result<(), DispatchError> {
		<Scheduler as Named<BlockNumber, RuntimeCall, OriginCaller>>::cancel_named(named::<C>(id))
	}

	fn reschedule_named(
		id: TaskName,
		when: DispatchTime<BlockNumber>,
	) -> Result<Address, DispatchError> {
		<Scheduler as Named<BlockNumber, RuntimeCall, OriginCaller>>::reschedule_named(
			named::<C>(id),
			when,
		)
	}

	fn next_dispatch_time(id: TaskName) -> Result<BlockNumber, DispatchError> {
		<Scheduler as Named<BlockNumber, RuntimeCall, OriginCaller>>::next_dispatch_time(
			named::<C>(id),
		)
	}
}
