//! Proxies of whoever names them, and operations of two accounts together.

use super::{any, anybody, one_of};
use crate::{
	chain::batch,
	fuzzing::{accounts, Make, Step},
};
use ark_std::rand::{rngs::StdRng, Rng};
use codec::Encode;
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};
use hdx_primitives::AccountId;
use hdx_runtime::{configs::ProxyType, BlockNumber, Multisig as Multisigs, Runtime, RuntimeCall};
use pallet_multisig::{Multisigs as Operations, Timepoint};
use pallet_proxy::{Announcements, Proxies, ProxyDefinition};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// What there is to call.
pub const ALL: &[Make] =
	&[name, act, act, announce, act_announced, take_away, together, together, cancel, alone];

const KINDS: [ProxyType; 4] =
	[ProxyType::Chambers, ProxyType::Validator, ProxyType::Registry, ProxyType::Custody];

type Proxy = pallet_proxy::Call<Runtime>;
type Multisig = pallet_multisig::Call<Runtime>;
type Definition = ProxyDefinition<AccountId, ProxyType, BlockNumber>;

fn remark(text: u8) -> RuntimeCall {
	frame_system::Call::remark { remark: vec![text] }.into()
}

/// Something to do for somebody: mostly nothing, so that it may be done.
pub fn something(rng: &mut StdRng) -> Option<RuntimeCall> {
	if rng.gen_bool(0.5) {
		return Some(batch([remark(rng.gen()), remark(rng.gen())]));
	}
	Some(any(rng)?.call)
}

/// Somebody who named a proxy, and how.
fn named(rng: &mut StdRng) -> Option<(AccountId, Definition)> {
	let all: Vec<_> = Proxies::<Runtime>::iter()
		.flat_map(|(real, (proxies, _))| proxies.into_iter().map(move |it| (real.clone(), it)))
		.collect();
	one_of(rng, &all)
}

fn name(rng: &mut StdRng) -> Option<Step> {
	let delegate = anybody(rng)?.into();
	let proxy_type = one_of(rng, &KINDS)?;
	let delay = rng.gen_range(0..3);
	Step::signed(anybody(rng)?, Proxy::add_proxy { delegate, proxy_type, delay })
}

fn act(rng: &mut StdRng) -> Option<Step> {
	let (real, proxy) = named(rng)?;
	let call = Box::new(something(rng)?);
	let force_proxy_type = Some(proxy.proxy_type);
	Step::signed(proxy.delegate, Proxy::proxy { real: real.into(), force_proxy_type, call })
}

fn announce(rng: &mut StdRng) -> Option<Step> {
	let (real, proxy) = named(rng)?;
	let call_hash = BlakeTwo256::hash_of(&remark(0));
	Step::signed(proxy.delegate, Proxy::announce { real: real.into(), call_hash })
}

fn act_announced(rng: &mut StdRng) -> Option<Step> {
	let (real, proxy) = named(rng)?;
	if !Announcements::<Runtime>::contains_key(&proxy.delegate) {
		return None;
	}
	let call = Proxy::proxy_announced {
		delegate: proxy.delegate.into(),
		real: real.into(),
		force_proxy_type: Some(proxy.proxy_type),
		call: Box::new(remark(0)),
	};
	Step::signed(anybody(rng)?, call)
}

fn take_away(rng: &mut StdRng) -> Option<Step> {
	let (real, proxy) = named(rng)?;
	let Definition { delegate, proxy_type, delay } = proxy;
	let delegate = delegate.into();
	let call = match rng.gen_range(0..8) {
		0 => Proxy::remove_proxies {},
		1 => {
			let call_hash = BlakeTwo256::hash_of(&remark(0));
			Proxy::reject_announcement { delegate, call_hash }
		},
		_ => Proxy::remove_proxy { delegate, proxy_type, delay },
	};
	Step::signed(real, call)
}

/// Two accounts, their account together, and what it may be about to do.
fn pair(rng: &mut StdRng) -> ([AccountId; 2], AccountId, RuntimeCall) {
	let all = accounts::all();
	// Few, so that both are met.
	let first = rng.gen_range(0..8);
	let mut both = [all[first].clone(), all[first + 1].clone()];
	both.sort();
	let account = Multisigs::multi_account_id(&both, 2);
	(both, account, remark(rng.gen_range(0..4)))
}

/// When they began, if they did.
fn begun(account: &AccountId, call: &RuntimeCall) -> Option<(AccountId, Timepoint<BlockNumber>)> {
	let hash = call.using_encoded(sp_io::hashing::blake2_256);
	let operation = Operations::<Runtime>::get(account, hash)?;
	Some((operation.depositor, operation.when))
}

/// Begins an operation, or ends the one that the other of them began.
fn together(rng: &mut StdRng) -> Option<Step> {
	let ([one, other], account, call) = pair(rng);
	let begun = begun(&account, &call);
	let is_first = begun.as_ref().map_or(rng.gen(), |(opener, _)| *opener == other);
	let (by, with) = if is_first { (one, other) } else { (other, one) };
	let maybe_timepoint = begun.map(|(_, when)| when);
	if maybe_timepoint.is_none() && rng.gen_bool(0.3) {
		let call_hash = call.using_encoded(sp_io::hashing::blake2_256);
		let approve = Multisig::approve_as_multi {
			threshold: 2,
			other_signatories: vec![with],
			maybe_timepoint,
			call_hash,
			max_weight: Weight::zero(),
		};
		return Step::signed(by, approve);
	}
	let max_weight = call.get_dispatch_info().call_weight;
	let call = Multisig::as_multi {
		threshold: 2,
		other_signatories: vec![with],
		maybe_timepoint,
		call: Box::new(call),
		max_weight,
	};
	Step::signed(by, call)
}

fn cancel(rng: &mut StdRng) -> Option<Step> {
	let ([one, other], account, call) = pair(rng);
	let (opener, timepoint) = begun(&account, &call)?;
	let with = if opener == one { other } else { one };
	let call_hash = call.using_encoded(sp_io::hashing::blake2_256);
	let cancel = Multisig::cancel_as_multi {
		threshold: 2,
		other_signatories: vec![with],
		timepoint,
		call_hash,
	};
	Step::signed(opener, cancel)
}

/// One of two acts for both, whose account is nobody's yet.
fn alone(rng: &mut StdRng) -> Option<Step> {
	let ([one, other], ..) = pair(rng);
	let call = Box::new(something(rng)?);
	Step::signed(one, Multisig::as_multi_threshold_1 { other_signatories: vec![other], call })
}
