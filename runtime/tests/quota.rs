//! Whose transactions go through, with the extensions, signatures and blocks of the real runtime.

use crate::chain::{
	self, as_root, assert_refused, batch, delegation, enrol, flood, grant, include, is_active,
	left, on_chain, remark, renewing_grant, request, revoke, validate, with_consent, works,
	CONSENT, HOSPITAL_A, HOSPITAL_B, PATIENT, SMALL, SUDO,
};
use codec::Encode;
use hdx_primitives::{ConsentId, EntryIndex, ReviewReason};
use hdx_runtime::{
	configs::{InstitutionDefault, OwnBucket},
	genesis, Runtime, RuntimeCall, TxExtension,
};
use pallet_provider_registry::InstitutionStatus;
use pallet_quota::{CheckQuota, Limits, Refusal, PROTECTED_PRIORITY};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{
	traits::TransactionExtension,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
};

/// Spends what hospital A has left.
fn spend_bucket_of_a() {
	flood(Key::Alice, remark(), SMALL.capacity);
	assert_eq!(left(HOSPITAL_A), 0);
}

fn set_keys(key: Key) -> RuntimeCall {
	let keys = pallet_session::NextKeys::<Runtime>::get(key.to_account_id())
		.expect("a validator of genesis has keys");
	pallet_session::Call::set_keys { keys, proof: vec![] }.into()
}

#[test]
fn a_flood_is_included_until_the_bucket_is_spent() {
	with_consent(|| {
		assert_eq!(flood(Key::Alice, remark(), SMALL.capacity + 5), SMALL.capacity);
		assert_refused(Key::Alice, remark(), Refusal::SponsorExhausted);
	});
}

#[test]
fn a_flood_in_batches_is_included_until_the_bucket_is_spent() {
	with_consent(|| {
		let five = batch([remark(), batch([remark(), remark(), remark()]), remark()]);
		assert_eq!(flood(Key::Alice, five.clone(), 10), 2);
		assert_eq!(left(HOSPITAL_A), SMALL.capacity - 10);
		assert_refused(Key::Alice, five, Refusal::SponsorExhausted);
		let more = batch((0..=SMALL.capacity).map(|_| remark()));
		assert_refused(Key::Alice, more, Refusal::TooLarge);
	});
}

#[test]
fn a_patient_revokes_although_their_hospitals_bucket_is_spent() {
	with_consent(|| {
		spend_bucket_of_a();
		assert_refused(PATIENT, grant(), Refusal::SponsorExhausted);
		assert_refused(PATIENT, remark(), Refusal::SponsorExhausted);
		let mixed = batch([revoke(CONSENT), remark()]);
		assert_refused(PATIENT, mixed, Refusal::SponsorExhausted);
		let validity = validate(PATIENT, revoke(CONSENT)).unwrap();
		assert_eq!(validity.priority, PROTECTED_PRIORITY);
		assert!(is_active(CONSENT));
		works(PATIENT, revoke(CONSENT));
		assert!(!is_active(CONSENT));
	});
}

#[test]
fn a_patient_revokes_every_consent_at_once() {
	with_consent(|| {
		works(PATIENT, batch((0..9).map(|_| grant())));
		spend_bucket_of_a();
		works(PATIENT, batch((0..10).map(|consent| revoke(ConsentId(consent)))));
		assert!((0..10).all(|consent| !is_active(ConsentId(consent))));
	});
}

#[test]
fn only_the_revocation_of_an_own_active_consent_is_protected() {
	with_consent(|| {
		let other = Key::Eve;
		let patient = other.to_account_id();
		works(Key::Alice, pallet_consent::Call::sponsor_patient { patient });
		spend_bucket_of_a();
		assert_refused(other, revoke(CONSENT), Refusal::SponsorExhausted);
		works(PATIENT, revoke(CONSENT));
		assert_refused(PATIENT, revoke(CONSENT), Refusal::SponsorExhausted);
		assert_refused(PATIENT, revoke(ConsentId(77)), Refusal::SponsorExhausted);
	});
}

#[test]
fn whatever_a_patient_takes_back_is_protected_while_there_is_something_to_take_back() {
	with_consent(|| {
		let delegate = Key::Eve.to_account_id();
		works(PATIENT, renewing_grant());
		works(PATIENT, delegation(delegate.clone()));
		let stop = || pallet_consent::Call::stop_renewal { consent: ConsentId(1) };
		let take_back = || pallet_consent::Call::revoke_delegate { delegate: delegate.clone() };
		let opt_out = || pallet_consent::Call::set_emergency_override { allowed: false };
		spend_bucket_of_a();
		let opt_in = pallet_consent::Call::set_emergency_override { allowed: true };
		assert_refused(PATIENT, opt_in, Refusal::SponsorExhausted);
		works(PATIENT, stop());
		works(PATIENT, take_back());
		works(PATIENT, opt_out());
		assert_refused(PATIENT, stop(), Refusal::SponsorExhausted);
		assert_refused(PATIENT, take_back(), Refusal::SponsorExhausted);
		assert_refused(PATIENT, opt_out(), Refusal::SponsorExhausted);
	});
}

#[test]
fn a_suspended_hospitals_patient_revokes() {
	with_consent(|| {
		works(
			SUDO,
			as_root(pallet_provider_registry::Call::set_institution_status {
				institution: HOSPITAL_A,
				status: InstitutionStatus::Suspended(
					pallet_provider_registry::SuspensionReason::Investigation,
				),
			}),
		);
		works(PATIENT, revoke(CONSENT));
	});
}

#[test]
fn a_flooding_hospital_does_not_touch_anothers_bucket() {
	with_consent(|| {
		let full = left(HOSPITAL_B);
		assert_eq!(full, InstitutionDefault::get().capacity);
		spend_bucket_of_a();
		assert_eq!(left(HOSPITAL_B), full);
		// Who floods also waits behind the others.
		let of_b = validate(Key::Bob, remark()).unwrap().priority;
		chain::next_block();
		let of_a = validate(Key::Alice, remark()).unwrap().priority;
		assert!(of_a < of_b, "{of_a} is not below {of_b}");
		works(Key::Bob, remark());
		assert_eq!(left(HOSPITAL_B), full - 1);
	});
}

#[test]
fn a_spent_bucket_refills_with_the_blocks() {
	with_consent(|| {
		spend_bucket_of_a();
		chain::next_block();
		// Two seconds.
		assert_eq!(left(HOSPITAL_A), 2 * SMALL.refill);
		assert_eq!(flood(Key::Alice, remark(), 10), 2 * SMALL.refill);
	});
}

/// A remark costs no time and is in the blocks for ever.
#[test]
fn each_kib_of_a_call_costs_a_unit() {
	with_consent(|| {
		let remark =
			|bytes| RuntimeCall::from(frame_system::Call::remark { remark: vec![0; bytes] });
		works(Key::Alice, remark(1_000));
		assert_eq!(left(HOSPITAL_A), SMALL.capacity - 1);
		works(Key::Alice, remark(5 * 1_024));
		assert_eq!(left(HOSPITAL_A), SMALL.capacity - 7);
		let parts = batch([remark(1_000), remark(3 * 1_024)]);
		works(Key::Alice, parts);
		assert_eq!(left(HOSPITAL_A), SMALL.capacity - 12);
		let more = SMALL.capacity as usize * 1_024;
		assert_refused(Key::Alice, remark(more), Refusal::TooLarge);
	});
}

/// What carries calls may name an account by as many bytes as somebody likes.
#[test]
fn each_kib_that_comes_beside_a_carried_call_costs_a_unit() {
	use pallet_proxy::Call as Proxy;
	use pallet_quota::CallClassifier;
	use sp_runtime::MultiAddress;
	type Classifier = <Runtime as pallet_quota::Config>::Calls;
	let raw = |kib: usize| MultiAddress::Raw(vec![0; kib * 1_024]);
	let inner = || Box::new(remark());
	let proxy = |kib| -> RuntimeCall {
		Proxy::<Runtime>::proxy { real: raw(kib), force_proxy_type: None, call: inner() }.into()
	};
	let announced: RuntimeCall = Proxy::<Runtime>::proxy_announced {
		delegate: raw(2),
		real: raw(3),
		force_proxy_type: None,
		call: inner(),
	}
	.into();
	let sudo_as: RuntimeCall =
		pallet_sudo::Call::<Runtime>::sudo_as { who: raw(4), call: inner() }.into();
	assert_eq!(Classifier::units_of_carrier(&proxy(5)), 5);
	assert_eq!(Classifier::units_of_carrier(&announced), 5);
	assert_eq!(Classifier::units_of_carrier(&sudo_as), 4);
	// What is carried is paid for as what it is.
	assert_eq!(Classifier::units_of_carrier(&batch((0..1_000).map(|_| remark()))), 0);
	with_consent(|| {
		let more = SMALL.capacity as usize;
		assert_refused(Key::Alice, proxy(more), Refusal::TooLarge);
		assert_refused(Key::Alice, batch([proxy(more)]), Refusal::TooLarge);
	});
}

#[test]
fn the_default_bucket_takes_a_burst_of_its_capacity() {
	on_chain(genesis::DEV, || {
		let thousand = batch((0..1_000).map(|_| remark()));
		let (mut included, mut blocks) = (0, 0);
		loop {
			match include(Key::Alice, thousand.clone()) {
				Ok(outcome) => {
					assert_eq!(outcome, Ok(()));
					included += 1;
				},
				Err(TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources)) => {
					chain::next_block();
					blocks += 1;
				},
				Err(_) => break,
			}
		}
		// What flowed back during these blocks comes on top.
		let Limits { capacity, refill } = InstitutionDefault::get();
		let most = capacity + refill * 2 * blocks;
		assert!(included * 1_000 <= most && (included + 1) * 1_000 > most, "{included} of {most}");
		assert_refused(Key::Alice, thousand, Refusal::SponsorExhausted);
	});
}

#[test]
fn an_account_without_sponsor_is_refused() {
	with_consent(|| {
		let nobody = Key::One;
		// It exists, by the token that tools want, and is no patient for that.
		let who = nobody.to_account_id().into();
		works(SUDO, as_root(pallet_balances::Call::force_set_balance { who, new_free: 1_000 }));
		assert_refused(nobody, remark(), Refusal::NoSponsor);
		assert_refused(nobody, grant(), Refusal::NoSponsor);
		assert_refused(nobody, revoke(CONSENT), Refusal::NoSponsor);
		assert_refused(nobody, batch([revoke(CONSENT)]), Refusal::NoSponsor);
		assert_refused(nobody, as_root(remark()), Refusal::NoSponsor);
	});
}

#[test]
fn an_account_that_does_not_exist_is_told_so() {
	with_consent(|| {
		let reason = InvalidTransaction::Payment.into();
		assert_eq!(validate(Key::Two, remark()), Err(reason));
	});
}

#[test]
fn a_practitioner_is_charged_for_whom_they_act() {
	with_consent(|| {
		let doctor = Key::Charlie;
		let practitioner = doctor.to_account_id();
		works(Key::Bob, enrol(practitioner.clone()));
		works(Key::Alice, pallet_provider_registry::Call::add_affiliation { practitioner });
		let (a, b) = (left(HOSPITAL_A), left(HOSPITAL_B));
		works(doctor, request(HOSPITAL_A));
		assert_eq!((left(HOSPITAL_A), left(HOSPITAL_B)), (a - 1, b));
		works(doctor, request(HOSPITAL_B));
		assert_eq!((left(HOSPITAL_A), left(HOSPITAL_B)), (a - 1, b - 1));
		// The hospital that enrolled them comes first.
		works(doctor, remark());
		assert_eq!((left(HOSPITAL_A), left(HOSPITAL_B)), (a - 1, b - 2));
		spend_bucket_of_a();
		assert_refused(doctor, request(HOSPITAL_A), Refusal::SponsorExhausted);
		works(doctor, request(HOSPITAL_B));
	});
}

#[test]
fn a_removed_practitioner_has_no_sponsor() {
	with_consent(|| {
		let practitioner = Key::Charlie.to_account_id();
		works(Key::Bob, enrol(practitioner.clone()));
		works(Key::Charlie, remark());
		works(Key::Bob, pallet_provider_registry::Call::remove_practitioner { practitioner });
		assert!(include(Key::Charlie, remark()).is_err());
	});
}

#[test]
fn a_validator_that_is_nothing_else_may_change_its_keys_and_nothing_else() {
	on_chain(genesis::LOCAL, || {
		let priority = validate(Key::Charlie, set_keys(Key::Charlie)).unwrap().priority;
		assert_eq!(priority, PROTECTED_PRIORITY);
		assert_refused(Key::Charlie, remark(), Refusal::NoSponsor);
		let mixed = batch([set_keys(Key::Charlie), remark()]);
		assert_refused(Key::Charlie, mixed, Refusal::NoSponsor);
	});
}

#[test]
fn the_sudo_key_is_not_counted() {
	with_consent(|| {
		spend_bucket_of_a();
		let more = OwnBucket::get().capacity + 1;
		assert_eq!(flood(SUDO, as_root(remark()), more), more);
		works(SUDO, remark());
	});
}

#[test]
fn calls_nested_too_deep_are_refused() {
	with_consent(|| {
		let nested = |depth: u32| {
			(0..depth).fold(remark(), |call, index| match index % 4 {
				0 => batch([call]),
				1 => pallet_utility::Call::as_derivative { index: 0, call: Box::new(call) }.into(),
				2 => pallet_utility::Call::force_batch { calls: vec![call] }.into(),
				_ => pallet_utility::Call::if_else {
					main: Box::new(remark()),
					fallback: Box::new(call),
				}
				.into(),
			})
		};
		assert!(validate(Key::Bob, nested(8)).is_ok());
		assert_refused(Key::Bob, nested(9), Refusal::TooDeep);
	});
}

#[test]
fn every_call_that_carries_calls_is_looked_through() {
	use pallet_quota::CallClassifier;
	use pallet_utility::Call as Utility;
	type Classifier = <Runtime as pallet_quota::Config>::Calls;
	let inner = || Box::new(remark());
	let mut carriers: Vec<RuntimeCall> = vec![
		Utility::batch { calls: vec![remark()] }.into(),
		Utility::batch_all { calls: vec![remark()] }.into(),
		Utility::force_batch { calls: vec![remark()] }.into(),
		Utility::if_else { main: inner(), fallback: inner() }.into(),
	];
	assert!(carriers.iter().all(Classifier::is_as_signer));
	let as_others = as_another(&remark());
	assert!(!as_others.iter().any(Classifier::is_as_signer));
	carriers.extend(as_others);
	for call in &carriers {
		assert!(!matches!(Classifier::nested(call), pallet_quota::Nested::Leaf), "{call:?}");
	}
	assert!(matches!(Classifier::nested(&remark()), pallet_quota::Nested::Leaf));

	// Nobody can add such a call unnoticed: of all calls, these have a call among their fields.
	let carrying: usize = calls_with_a_call_inside();
	assert_eq!(carrying, carriers.len());
}

/// The call in everything that dispatches it as another account, or by another origin, than who signed. No multisig operation is
/// opened.
fn as_another(call: &RuntimeCall) -> Vec<RuntimeCall> {
	use pallet_multisig::{Call as Multisig, Timepoint};
	use pallet_proxy::Call as Proxy;
	use pallet_scheduler::Call as Scheduler;
	use pallet_sudo::Call as Sudo;
	use pallet_utility::Call as Utility;
	let inner = || Box::new(call.clone());
	let origin = || {
		let root = frame_system::RawOrigin::Root;
		Box::new(hdx_runtime::OriginCaller::system(root))
	};
	let who = || Key::Eve.to_account_id().into();
	let others = || vec![Key::Eve.to_account_id()];
	let weight = frame_support::weights::Weight::zero();
	vec![
		Utility::as_derivative { index: 0, call: inner() }.into(),
		Utility::dispatch_as { as_origin: origin(), call: inner() }.into(),
		Utility::dispatch_as_fallible { as_origin: origin(), call: inner() }.into(),
		Utility::with_weight { call: inner(), weight }.into(),
		Sudo::sudo { call: inner() }.into(),
		Sudo::sudo_unchecked_weight { call: inner(), weight }.into(),
		Sudo::sudo_as { who: who(), call: inner() }.into(),
		Scheduler::schedule { when: 1, maybe_periodic: None, priority: 0, call: inner() }.into(),
		Scheduler::schedule_named {
			id: [0; 32],
			when: 1,
			maybe_periodic: None,
			priority: 0,
			call: inner(),
		}
		.into(),
		Scheduler::schedule_after { after: 1, maybe_periodic: None, priority: 0, call: inner() }
			.into(),
		Scheduler::schedule_named_after {
			id: [0; 32],
			after: 1,
			maybe_periodic: None,
			priority: 0,
			call: inner(),
		}
		.into(),
		pallet_whitelist::Call::dispatch_whitelisted_call_with_preimage { call: inner() }.into(),
		Proxy::<Runtime>::proxy { real: who(), force_proxy_type: None, call: inner() }.into(),
		Proxy::<Runtime>::proxy_announced {
			delegate: who(),
			real: who(),
			force_proxy_type: None,
			call: inner(),
		}
		.into(),
		Multisig::<Runtime>::as_multi_threshold_1 { other_signatories: others(), call: inner() }
			.into(),
		Multisig::<Runtime>::as_multi {
			threshold: 2,
			other_signatories: others(),
			maybe_timepoint: Some(Timepoint { height: 1, index: 1 }),
			call: inner(),
			max_weight: weight,
		}
		.into(),
	]
}

/// It would fail there, and the consent that it is protected for would be there the next time.
#[test]
fn what_would_be_done_as_another_account_is_not_protected() {
	with_consent(|| {
		let carriers = as_another(&revoke(CONSENT));
		let ordinary = validate(PATIENT, remark()).unwrap().priority;
		for call in carriers.clone() {
			assert_eq!(validate(PATIENT, call.clone()).unwrap().priority, ordinary, "{call:?}");
		}
		spend_bucket_of_a();
		for call in carriers {
			assert_refused(PATIENT, call.clone(), Refusal::SponsorExhausted);
			assert_refused(PATIENT, batch([revoke(CONSENT), call]), Refusal::SponsorExhausted);
		}
		assert!(is_active(CONSENT));
		works(PATIENT, revoke(CONSENT));
	});
}

#[test]
fn what_stays_until_somebody_takes_it_away_costs_more_than_a_call() {
	use frame_support::weights::Weight;
	use hdx_runtime::configs::ProxyType;
	use pallet_multisig::{Call as Multisig, Timepoint};
	use pallet_proxy::Call as Proxy;
	use pallet_quota::CallClassifier;
	type Classifier = <Runtime as pallet_quota::Config>::Calls;
	let begun = || Some(Timepoint { height: 1, index: 1 });
	let weight = |seconds: u64| Weight::from_parts(seconds * 1_000_000_000_000, 0);
	let as_multi = |signatories: usize, maybe_timepoint, max_weight| -> RuntimeCall {
		Multisig::<Runtime>::as_multi {
			threshold: 2,
			other_signatories: vec![Key::Eve.to_account_id(); signatories],
			maybe_timepoint,
			call: Box::new(remark()),
			max_weight,
		}
		.into()
	};
	let approve = |maybe_timepoint, max_weight| -> RuntimeCall {
		Multisig::<Runtime>::approve_as_multi {
			threshold: 2,
			other_signatories: vec![Key::Eve.to_account_id()],
			maybe_timepoint,
			call_hash: [0; 32],
			max_weight,
		}
		.into()
	};
	let of_carriers = |call: RuntimeCall| Classifier::units_of_carrier(&call);
	assert_eq!(of_carriers(as_multi(1, None, weight(0))), 100);
	assert_eq!(of_carriers(as_multi(1, begun(), weight(0))), 0);
	// What is stated is paid for, and so is each KiB.
	assert_eq!(of_carriers(as_multi(1, begun(), weight(1))), 400);
	assert_eq!(of_carriers(as_multi(1, None, weight(1))), 500);
	assert_eq!(of_carriers(as_multi(3_200, begun(), weight(0))), 100);
	let one_of_many = Multisig::<Runtime>::as_multi_threshold_1 {
		other_signatories: vec![Key::Eve.to_account_id(); 3_200],
		call: Box::new(remark()),
	};
	assert_eq!(of_carriers(one_of_many.into()), 100);

	let of_leaves = |call: RuntimeCall| Classifier::units(&call);
	assert_eq!(of_leaves(approve(None, weight(0))), 100);
	assert_eq!(of_leaves(approve(begun(), weight(0))), 1);
	assert_eq!(of_leaves(approve(begun(), weight(1))), 400);
	let delegate = || Key::Eve.to_account_id().into();
	let named = Proxy::<Runtime>::add_proxy {
		delegate: delegate(),
		proxy_type: ProxyType::Custody,
		delay: 0,
	};
	assert_eq!(of_leaves(named.into()), 10);
	let announced = Proxy::<Runtime>::announce { real: delegate(), call_hash: Default::default() };
	assert_eq!(of_leaves(announced.into()), 10);
	assert_eq!(of_leaves(Proxy::<Runtime>::remove_proxies {}.into()), 1);
}

#[test]
fn a_call_that_weighs_what_its_caller_states_costs_what_it_weighs() {
	use frame_support::{dispatch::GetDispatchInfo, weights::Weight};
	use pallet_quota::CallClassifier;
	use pallet_ranked_collective::{Call as Collective, Instance2};
	type Classifier = <Runtime as pallet_quota::Config>::Calls;
	let weight = Weight::from_parts(100_000_000_000, 0);
	let who = || Key::Eve.to_account_id().into();
	let leaves: Vec<RuntimeCall> = vec![
		Collective::<Runtime>::cleanup_poll { poll_index: 0, max: 1_000 }.into(),
		Collective::<Runtime, Instance2>::cleanup_poll { poll_index: 0, max: 1_000 }.into(),
		Collective::<Runtime>::remove_member { who: who(), min_rank: 1_000 }.into(),
		Collective::<Runtime, Instance2>::remove_member { who: who(), min_rank: 1_000 }.into(),
		pallet_whitelist::Call::<Runtime>::dispatch_whitelisted_call {
			call_hash: Default::default(),
			call_encoded_len: 1,
			call_weight_witness: weight,
		}
		.into(),
		frame_system::Call::<Runtime>::kill_prefix { prefix: vec![], subkeys: 1_000 }.into(),
	];
	for call in leaves {
		let units = u64::from(Classifier::units(&call));
		let declared = call.get_dispatch_info().call_weight.ref_time();
		assert!(units > 10 && units * 2_500_000_000 >= declared, "{units}: {call:?}");
	}
	let inner = || Box::new(remark());
	let carriers: [RuntimeCall; 2] = [
		pallet_utility::Call::<Runtime>::with_weight { call: inner(), weight }.into(),
		pallet_sudo::Call::<Runtime>::sudo_unchecked_weight { call: inner(), weight }.into(),
	];
	with_consent(|| {
		for call in carriers {
			assert_eq!(Classifier::units_of_carrier(&call), 40);
			// More than the bucket holds.
			assert_refused(Key::Alice, call.clone(), Refusal::TooLarge);
			assert_refused(Key::Alice, batch([call]), Refusal::TooLarge);
		}
	});
}

/// A block is as full by the proof that its calls state to need as by their time.
#[test]
fn a_call_that_states_a_large_proof_costs_its_share_of_a_block() {
	use frame_support::weights::Weight;
	use pallet_multisig::{Call as Multisig, Timepoint};
	use pallet_quota::CallClassifier;
	type Classifier = <Runtime as pallet_quota::Config>::Calls;
	// Most of what a block has for normal calls.
	let weight = Weight::from_parts(0, u64::MAX / 20 * 13);
	let begun = || Some(Timepoint { height: 1, index: 1 });
	let inner = || Box::new(remark());
	let other_signatories = || vec![Key::Eve.to_account_id()];
	let carriers: [RuntimeCall; 3] = [
		Multisig::<Runtime>::as_multi {
			threshold: 2,
			other_signatories: other_signatories(),
			maybe_timepoint: begun(),
			call: inner(),
			max_weight: weight,
		}
		.into(),
		pallet_utility::Call::<Runtime>::with_weight { call: inner(), weight }.into(),
		pallet_sudo::Call::<Runtime>::sudo_unchecked_weight { call: inner(), weight }.into(),
	];
	for call in carriers {
		assert!(Classifier::units_of_carrier(&call) >= 259, "{call:?}");
	}
	let leaves: [RuntimeCall; 2] = [
		Multisig::<Runtime>::approve_as_multi {
			threshold: 2,
			other_signatories: other_signatories(),
			maybe_timepoint: begun(),
			call_hash: [0; 32],
			max_weight: weight,
		}
		.into(),
		pallet_whitelist::Call::<Runtime>::dispatch_whitelisted_call {
			call_hash: Default::default(),
			call_encoded_len: 1,
			call_weight_witness: weight,
		}
		.into(),
	];
	for call in leaves {
		assert!(Classifier::units(&call) >= 259, "{call:?}");
	}
}

/// How many of the runtime's calls have the runtime's call type among their arguments, however
/// wrapped.
fn calls_with_a_call_inside() -> usize {
	use scale_info::{MetaType, TypeDef, TypeInfo};
	fn is_call(ty: &MetaType) -> bool {
		*ty == MetaType::new::<RuntimeCall>()
			|| match ty.type_info().type_def {
				TypeDef::Sequence(sequence) => is_call(&sequence.type_param),
				TypeDef::Tuple(tuple) => tuple.fields.iter().any(is_call),
				_ => false,
			}
	}
	let TypeDef::Variant(pallets) = RuntimeCall::type_info().type_def else { unreachable!() };
	pallets
		.variants
		.iter()
		.flat_map(|pallet| pallet.fields.iter())
		.map(|calls| match calls.ty.type_info().type_def {
			TypeDef::Variant(calls) => calls
				.variants
				.iter()
				.filter(|call| call.fields.iter().any(|field| is_call(&field.ty)))
				.count(),
			_ => 0,
		})
		.sum()
}

#[test]
fn the_extension_takes_no_bytes_of_a_transaction() {
	assert_eq!(CheckQuota::<Runtime>::new().encode(), Vec::<u8>::new());
	let implicit = CheckQuota::<Runtime>::new().implicit().map(|implicit| implicit.encode());
	assert_eq!(implicit, Ok(vec![]));
}

#[test]
fn the_metadata_shows_the_extension_as_zero_sized() {
	use scale_info::TypeDef;
	let extensions = TxExtension::metadata();
	let names: Vec<_> = extensions.iter().map(|extension| extension.identifier).collect();
	let place = names.iter().position(|name| *name == "CheckQuota").expect("it is listed");
	assert_eq!(names.get(place - 1), Some(&"CheckNonce"));
	let quota = &extensions[place];
	let TypeDef::Composite(explicit) = quota.ty.type_info().type_def else {
		panic!("the extension is a structure")
	};
	assert_eq!(explicit.fields, []);
	let TypeDef::Tuple(implicit) = quota.implicit.type_info().type_def else {
		panic!("what is signed for it is a tuple")
	};
	assert_eq!(implicit.fields, []);
}

#[test]
fn a_patient_complains_although_the_bucket_of_the_hospital_that_answers_for_them_is_spent() {
	with_consent(|| {
		works(Key::Bob, enrol(Key::Charlie.to_account_id()));
		works(Key::Charlie, request(HOSPITAL_B));
		let last = pallet_audit::NextEntryIndex::<Runtime>::get().0 - 1;
		let ask = |entry: u64| -> RuntimeCall {
			let (entry, reason) = (EntryIndex(entry), ReviewReason::NotTreating);
			pallet_audit::Call::request_review { entry, reason }.into()
		};
		let withdraw: RuntimeCall =
			pallet_audit::Call::withdraw_review { entry: EntryIndex(last) }.into();
		spend_bucket_of_a();

		// What there is nothing to complain about, and whose it is not, is not protected.
		assert_refused(PATIENT, ask(last + 99), Refusal::SponsorExhausted);
		assert_refused(PATIENT, withdraw.clone(), Refusal::SponsorExhausted);
		assert_refused(Key::Alice, ask(last), Refusal::SponsorExhausted);

		assert_eq!(validate(PATIENT, ask(last)).unwrap().priority, PROTECTED_PRIORITY);
		works(PATIENT, ask(last));
		assert_refused(PATIENT, ask(last), Refusal::SponsorExhausted);
		works(PATIENT, withdraw.clone());
		assert_refused(PATIENT, withdraw, Refusal::SponsorExhausted);
	});
}
