//! Accounts that act for others: multisigs, which several keys operate together, and proxies, which may do one kind of
//! thing for an institution (ADR 22).

use super::calls::every_leaf;
use crate::{Balance, Balances, Runtime, RuntimeCall, RuntimeEvent, System};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::{ConstU128, ConstU32, Contains, Get, InstanceFilter},
	weights::Weight,
};
use scale_info::TypeInfo;
use sp_runtime::traits::BlakeTwo256;

impl pallet_multisig::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type DepositBase = ConstU128<0>;
	type DepositFactor = ConstU128<0>;
	type MaxSignatories = ConstU32<32>;
	type WeightInfo = crate::weights::pallet_multisig::WeightInfo<Runtime>;
	type BlockNumberProvider = System;
}

impl pallet_proxy::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ProxyType;
	type ProxyDepositBase = NoDeposit;
	type ProxyDepositFactor = ConstU128<0>;
	type MaxProxies = ConstU32<16>;
	type WeightInfo = crate::weights::pallet_proxy::WeightInfo<Runtime>;
	type MaxPending = ConstU32<16>;
	type CallHasher = BlakeTwo256;
	type AnnouncementDepositBase = NoDeposit;
	type AnnouncementDepositFactor = ConstU128<0>;
	type BlockNumberProvider = System;
}

/// What a proxy or an announcement takes of coins, of which there are none: nothing.
///
/// The SDK's benchmark of `poke_deposit` wants a deposit. Benchmarks make more coins than any chain has: where there are so
/// many, and in a runtime for benchmarks alone, it is one. So all is measured with a deposit, which takes longer than without.
pub struct NoDeposit;

impl Get<Balance> for NoDeposit {
	fn get() -> Balance {
		#[cfg(feature = "runtime-benchmarks")]
		{
			const MORE_THAN_ANY_CHAIN: Balance = 1 << 120;
			if pallet_balances::TotalIssuance::<Runtime>::get() > MORE_THAN_ANY_CHAIN {
				return 1;
			}
		}
		0
	}
}

/// What a proxy may do for the account that named it. There is no kind for everything, as nobody acts for a person: whose
/// consent it is, who asked for a record, and who broke the glass is in the log, and has to be true (45 CFR
/// 164.312(a)(2)(i)). What a person could sign is therefore of no kind, also where the operator of an institution could
/// sign it as well; nor is what hands an account or the keys of others over, or what only governance may call. The
/// exception is what speaks for itself, whoever sends it: shielded consents by their proof, and the end of a hidden licence
/// that does not stand.
///
/// New kinds come at the end: the numbers are stored.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ProxyType {
	/// What a member of a chamber does there: proposes, votes, and carries out what both chambers agreed on.
	Chambers,
	/// What a validator signs: its session keys. One call, and so what a proxy is if nothing is said.
	#[default]
	Validator,
	/// What the operator of an institution does about its practitioners and patients, and a trusted issuer about
	/// credentials and hidden licences.
	Registry,
	/// What the operator of a custodian does about records: keeps them, reports what was disclosed, answers disputes and
	/// requests for erasure; and sends what patients proved about shielded consents.
	Custody,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	/// Whether a proxy of this kind may make the call. A batch, if all of it is; nothing else that carries calls. The call
	/// that does nothing, whoever wants to try.
	fn filter(&self, call: &RuntimeCall) -> bool {
		use pallet_utility::Call as Utility;
		match call {
			RuntimeCall::Utility(
				Utility::batch { calls }
				| Utility::batch_all { calls }
				| Utility::force_batch { calls },
			) => calls.iter().all(|inner| self.filter(inner)),
			RuntimeCall::System(frame_system::Call::remark { .. }) => true,
			_ => match self {
				Self::Chambers => is_of_chambers(call),
				Self::Validator => {
					matches!(call, RuntimeCall::Session(pallet_session::Call::set_keys { .. }))
				},
				Self::Registry => is_of_registry(call),
				Self::Custody => is_of_custody(call),
			},
		}
	}

	/// Each kind contains itself alone.
	fn is_superset(&self, other: &Self) -> bool {
		self == other
	}
}

fn is_of_chambers(call: &RuntimeCall) -> bool {
	use pallet_preimage::Call as Preimages;
	use pallet_ranked_collective::Call as Collective;
	use pallet_referenda::Call as Polls;
	use pallet_whitelist::Call as Whitelist;
	matches!(
		call,
		RuntimeCall::RankedCollective(Collective::vote { .. })
			| RuntimeCall::PatientCollective(Collective::vote { .. })
			| RuntimeCall::RankedPolls(
				Polls::submit { .. }
					| Polls::place_decision_deposit { .. }
					| Polls::set_metadata { .. }
			) | RuntimeCall::PatientPolls(
			Polls::submit { .. }
				| Polls::place_decision_deposit { .. }
				| Polls::set_metadata { .. }
		) | RuntimeCall::Preimage(
			Preimages::note_preimage { .. } | Preimages::unnote_preimage { .. }
		) | RuntimeCall::Whitelist(
			Whitelist::dispatch_whitelisted_call { .. }
				| Whitelist::dispatch_whitelisted_call_with_preimage { .. }
		)
	)
}

fn is_of_registry(call: &RuntimeCall) -> bool {
	use pallet_consent::Call as Consent;
	use pallet_provider_registry::Call as Registry;
	use pallet_shielded_licence::Call as Licence;
	matches!(
		call,
		RuntimeCall::ProviderRegistry(
			Registry::enrol_practitioner { .. }
				| Registry::set_practitioner_status { .. }
				| Registry::remove_practitioner { .. }
				| Registry::add_affiliation { .. }
				| Registry::offer_transfer { .. }
				| Registry::accept_transfer { .. }
				| Registry::take_over { .. }
				| Registry::attest_credential { .. }
				| Registry::renew_credential { .. }
				| Registry::suspend_credential { .. }
				| Registry::reinstate_credential { .. }
				| Registry::revoke_credential { .. }
		) | RuntimeCall::Consent(Consent::sponsor_patient { .. } | Consent::sponsor_ward { .. })
			| RuntimeCall::ShieldedLicence(
				Licence::enter_licence { .. } | Licence::remove_licence { .. }
			)
	)
}

fn is_of_custody(call: &RuntimeCall) -> bool {
	use pallet_consent::Call as Consent;
	use pallet_record_access::Call as Access;
	use pallet_shielded_consent::Call as Shielded;
	matches!(
		call,
		RuntimeCall::RecordAccess(
			Access::register_record { .. }
				| Access::update_record { .. }
				| Access::retire_record { .. }
				| Access::reinstate_record { .. }
				| Access::set_subject_tag { .. }
				| Access::record_disclosure { .. }
				| Access::record_disclosures { .. }
				| Access::answer_dispute { .. }
				| Access::record_erasure { .. }
				| Access::refuse_erasure { .. }
		) | RuntimeCall::Consent(Consent::confirm_erasure { .. })
			| RuntimeCall::ShieldedConsent(Shielded::append { .. } | Shielded::revoke { .. })
	)
}

/// The calls that make no account of which nobody has a key: all but those of pallet-proxy that do, and end one. No
/// institution would answer for it, and what is stored about it stays for ever. They are refused wherever they are carried.
pub struct EveryAccountHasAKey;

impl Contains<RuntimeCall> for EveryAccountHasAKey {
	fn contains(call: &RuntimeCall) -> bool {
		use pallet_proxy::Call as Proxy;
		every_leaf(call, |leaf| {
			!matches!(leaf, RuntimeCall::Proxy(Proxy::create_pure { .. } | Proxy::kill_pure { .. }))
		})
	}
}

/// Units of a multisig operation that is opened. It is in the state until all have approved, or who opened it cancels it, and
/// nothing bounds how many there are: so one costs what an institution's bucket gets back in a second.
const OPENED: u32 = 100;
/// Units of a proxy that is named and of an announcement: each takes one of sixteen places of its account.
const PLACED: u32 = 10;

/// The units that a call of these pallets costs for what it leaves behind and states to weigh, beside the calls that it
/// carries; none for any other. To be told from the call alone. `of_weight`: the units that so much weight costs.
pub fn units(call: &RuntimeCall, of_weight: fn(Weight) -> u32) -> u32 {
	use pallet_multisig::Call as Multisig;
	use pallet_proxy::Call as Proxy;
	let opening = |goes_on: bool| if goes_on { 0 } else { OPENED };
	match call {
		RuntimeCall::Multisig(
			Multisig::as_multi { maybe_timepoint, max_weight, .. }
			| Multisig::approve_as_multi { maybe_timepoint, max_weight, .. },
		) => opening(maybe_timepoint.is_some()).saturating_add(of_weight(*max_weight)),
		RuntimeCall::Proxy(Proxy::add_proxy { .. } | Proxy::announce { .. }) => PLACED,
		_ => 0,
	}
}
