//! What stops calls and has them made: safe mode, calls that are paused, what both chambers agree on, and what is done later.

use super::{
	any, anybody,
	governance::{leave_safe_mode, unpause},
	on_behalf::something,
	one_of,
};
use crate::fuzzing::{By, Make, Step};
use ark_std::rand::{rngs::StdRng, Rng};
use frame_support::BoundedVec;
use hdx_primitives::H256;
use hdx_runtime::{Runtime, RuntimeCall};
use pallet_governance::Origin;
use pallet_whitelist::{DeferredDispatch, WhitelistedCall};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// What there is here. Safe mode is left more often than it is entered, or little else would happen.
pub const ALL: &[Make] = &[
	enter_safe_mode,
	leave_safe_mode,
	leave_safe_mode,
	leave_safe_mode,
	extend_safe_mode,
	pause,
	unpause,
	unpause,
	permit,
	permit,
	forbid,
	agree,
	agree,
	carry_out,
	later,
	later_by_name,
	cancel,
];

type SafeMode = pallet_safe_mode::Call<Runtime>;
type Whitelist = pallet_whitelist::Call<Runtime>;
type Scheduler = pallet_scheduler::Call<Runtime>;

/// Calls that are paused and hold nobody up for long.
const PAUSED: [(&str, &str); 4] = [
	("Consent", "sponsor_patient"),
	("ProviderRegistry", "attest_credential"),
	("RecordAccess", "register_record"),
	("Study", "attest"),
];

/// How many things both chambers are about to agree on. Few, so that both meet.
const MATTERS: u8 = 4;
/// How many names there are for what is done later.
const NAMES: u8 = 8;

fn in_an_emergency(call: impl Into<RuntimeCall>) -> Option<Step> {
	Some(Step { by: By::Chamber(Origin::Emergency), call: call.into() })
}

/// Three quarters of institutions halt nearly everything.
pub fn enter_safe_mode(rng: &mut StdRng) -> Option<Step> {
	rng.gen_bool(0.2).then_some(())?;
	if pallet_safe_mode::EnteredUntil::<Runtime>::get().is_some() {
		return None;
	}
	in_an_emergency(SafeMode::force_enter {})
}

/// And for longer.
pub fn extend_safe_mode(_: &mut StdRng) -> Option<Step> {
	pallet_safe_mode::EnteredUntil::<Runtime>::get()?;
	in_an_emergency(SafeMode::force_extend {})
}

/// They pause a call: one that holds nobody up, or any that means something now.
pub fn pause(rng: &mut StdRng) -> Option<Step> {
	rng.gen_bool(0.5).then_some(())?;
	let (pallet, call) = if rng.gen_bool(0.5) { one_of(rng, &PAUSED)? } else { any(rng)?.name() };
	let name = |text: &str| BoundedVec::truncate_from(text.as_bytes().to_vec());
	let full_name = (name(pallet), name(call));
	in_an_emergency(pallet_tx_pause::Call::<Runtime>::pause { full_name })
}

/// What both chambers may agree on: nothing that matters to others.
fn matter(rng: &mut StdRng) -> RuntimeCall {
	frame_system::Call::remark { remark: vec![rng.gen_range(0..MATTERS)] }.into()
}

/// Those who represent patients permit that something is called as Root.
pub fn permit(rng: &mut StdRng) -> Option<Step> {
	let call_hash = BlakeTwo256::hash_of(&matter(rng));
	let call = Whitelist::whitelist_call { call_hash };
	Some(Step { by: By::Chamber(Origin::PatientsRights), call: call.into() })
}

/// And take that back.
pub fn forbid(rng: &mut StdRng) -> Option<Step> {
	let permitted: Vec<H256> = WhitelistedCall::<Runtime>::iter_keys().take(8).collect();
	let call = Whitelist::remove_whitelisted_call { call_hash: one_of(rng, &permitted)? };
	Some(Step { by: By::Chamber(Origin::PatientsRights), call: call.into() })
}

/// Institutions approve it: it is called, or waits until the others permit it.
pub fn agree(rng: &mut StdRng) -> Option<Step> {
	let call = Box::new(matter(rng));
	let call = Whitelist::dispatch_whitelisted_call_with_preimage { call };
	Some(Step { by: By::Chamber(Origin::WhitelistedCaller), call: call.into() })
}

/// Somebody has called what both agreed on; or takes away what waited for too long.
pub fn carry_out(rng: &mut StdRng) -> Option<Step> {
	let call = matter(rng);
	let call_hash = BlakeTwo256::hash_of(&call);
	let until = DeferredDispatch::<Runtime>::get(call_hash)?;
	let call = if until <= hdx_runtime::System::block_number() {
		Whitelist::remove_deferred_dispatch { call_hash }
	} else {
		Whitelist::dispatch_whitelisted_call_with_preimage { call: Box::new(call) }
	};
	Step::signed(anybody(rng)?, call)
}

/// Something is called as Root some blocks later; now and then several times.
pub fn later(rng: &mut StdRng) -> Option<Step> {
	let call = Box::new(something(rng)?);
	let maybe_periodic = rng.gen_bool(0.2).then(|| (rng.gen_range(1..5), rng.gen_range(1..4)));
	let (after, priority) = (rng.gen_range(0..6), rng.gen());
	Step::root(Scheduler::schedule_after { after, maybe_periodic, priority, call })
}

/// By a name that is not taken. Referenda have names as well, which nobody here meddles with.
fn name(number: u8) -> [u8; 32] {
	[number; 32]
}

/// The same, by a name.
pub fn later_by_name(rng: &mut StdRng) -> Option<Step> {
	let call = Box::new(something(rng)?);
	let (id, after, priority) = (name(rng.gen_range(0..NAMES)), rng.gen_range(4..30), rng.gen());
	let maybe_periodic = None;
	Step::root(Scheduler::schedule_named_after { id, after, maybe_periodic, priority, call })
}

/// And not at all.
pub fn cancel(rng: &mut StdRng) -> Option<Step> {
	let named: Vec<_> = (0..NAMES)
		.map(name)
		.filter(|id| pallet_scheduler::Lookup::<Runtime>::contains_key(id))
		.collect();
	Step::root(Scheduler::cancel_named { id: one_of(rng, &named)? })
}
