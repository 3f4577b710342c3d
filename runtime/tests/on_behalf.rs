//! Accounts that act for others: proxies of an institution, and multisigs that operate one.

use crate::chain::{
	as_root, assert_refused, batch, enrol, failure_inside, flood, grant, include, is_active, left,
	next_block, remark, request, revoke, validate, with_consent, works, CONSENT, HOSPITAL_A,
	HOSPITAL_B, PATIENT, SMALL, SUDO,
};
use frame_support::{dispatch::GetDispatchInfo, traits::Contains};
use hdx_primitives::{AccountId, Commitment, EntryIndex, GrantId, RecordId};
use hdx_runtime::{
	configs::{AllowedInEmergency, ProxyType},
	Balances, BlockNumber, Runtime, RuntimeCall,
};
use pallet_multisig::{Call as Multisig, Error as MultisigError, Multisigs, Timepoint};
use pallet_provider_registry::InstitutionKind;
use pallet_proxy::{Call as Proxy, Error as ProxyError, Proxies};
use pallet_quota::{Refusal, PROTECTED_PRIORITY};
use pallet_record_access::{Call as Access, Error as AccessError, Records};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	transaction_validity::InvalidTransaction,
	DispatchError,
};

/// A service of hospital B: an account that the hospital answers for, and nothing else.
const SERVICE: Key = Key::Eve;
/// Who operates hospital B, a physician of it, and the service: three who can sign.
const BOARD: [Key; 3] = [Key::Bob, Key::Charlie, SERVICE];

/// Hospital B has a physician and a service.
fn with_service(test: impl FnOnce()) {
	with_consent(|| {
		works(Key::Bob, enrol(Key::Charlie.to_account_id()));
		works(Key::Bob, sponsor(SERVICE));
		next_block();
		test();
	});
}

fn filtered() -> DispatchError {
	frame_system::Error::<Runtime>::CallFiltered.into()
}

fn sponsor(patient: Key) -> RuntimeCall {
	let patient = patient.to_account_id();
	pallet_consent::Call::<Runtime>::sponsor_patient { patient }.into()
}

fn register(salt: u8) -> RuntimeCall {
	Access::<Runtime>::register_record {
		patient: PATIENT.to_account_id(),
		manifest: Commitment([salt; 32]),
		sections: 12,
		epoch: 0,
	}
	.into()
}

fn name(delegate: Key, proxy_type: ProxyType, delay: BlockNumber) -> RuntimeCall {
	let delegate = delegate.to_account_id().into();
	Proxy::<Runtime>::add_proxy { delegate, proxy_type, delay }.into()
}

fn take_away(delegate: Key, proxy_type: ProxyType, delay: BlockNumber) -> RuntimeCall {
	let delegate = delegate.to_account_id().into();
	Proxy::<Runtime>::remove_proxy { delegate, proxy_type, delay }.into()
}

/// A call for another account.
fn for_account(real: Key, call: RuntimeCall) -> RuntimeCall {
	let real = real.to_account_id().into();
	Proxy::<Runtime>::proxy { real, force_proxy_type: None, call: Box::new(call) }.into()
}

/// Asserts that a call is included, and that what it carries is refused for this reason.
fn fails_inside(by: Key, call: RuntimeCall, reason: impl Into<DispatchError>) {
	assert_eq!(include(by, call.clone()), Ok(Ok(())), "{call:?}");
	assert_eq!(failure_inside(), Some(reason.into()), "{call:?}");
}

fn sorted(of: &[Key]) -> Vec<AccountId> {
	let mut accounts: Vec<_> = of.iter().map(|key| key.to_account_id()).collect();
	accounts.sort();
	accounts
}

/// The account of so many of these.
fn office(of: &[Key], threshold: u16) -> AccountId {
	hdx_runtime::Multisig::multi_account_id(&sorted(of), threshold)
}

/// The others among these, as each has to name them.
fn others(of: &[Key], but: Key) -> Vec<AccountId> {
	let rest: Vec<_> = of.iter().copied().filter(|key| *key != but).collect();
	sorted(&rest)
}

fn together(
	of: &[Key],
	by: Key,
	threshold: u16,
	maybe_timepoint: Option<Timepoint<BlockNumber>>,
	call: RuntimeCall,
) -> RuntimeCall {
	let max_weight = call.get_dispatch_info().call_weight;
	Multisig::<Runtime>::as_multi {
		threshold,
		other_signatories: others(of, by),
		maybe_timepoint,
		call: Box::new(call),
		max_weight,
	}
	.into()
}

/// One of several acts for all of them.
fn alone(of: &[Key], by: Key, call: RuntimeCall) -> RuntimeCall {
	let other_signatories = others(of, by);
	Multisig::<Runtime>::as_multi_threshold_1 { other_signatories, call: Box::new(call) }.into()
}

/// When an operation of an account was opened.
fn opened(account: &AccountId) -> Timepoint<BlockNumber> {
	Multisigs::<Runtime>::iter_prefix(account).next().expect("it is open").1.when
}

fn actor() -> Option<AccountId> {
	let next = pallet_audit::NextEntryIndex::<Runtime>::get().0;
	pallet_audit::Entries::<Runtime>::get(EntryIndex(next - 1)).unwrap().event.actor
}

#[test]
fn a_service_does_for_an_institution_what_its_kind_permits_and_nothing_else() {
	with_service(|| {
		works(Key::Bob, name(SERVICE, ProxyType::Custody, 0));
		works(SERVICE, for_account(Key::Bob, register(1)));
		assert_eq!(Records::<Runtime>::get(RecordId(0)).unwrap().custodian, HOSPITAL_B);
		// The log names for whom it was done; the block, who signed.
		assert_eq!(actor(), Some(Key::Bob.to_account_id()));

		works(SERVICE, for_account(Key::Bob, batch([register(2), register(3)])));
		for call in [
			sponsor(Key::One),
			batch([sponsor(Key::One)]),
			pallet_utility::Call::<Runtime>::as_derivative {
				index: 0,
				call: Box::new(register(4)),
			}
			.into(),
			alone(&BOARD, Key::Bob, register(4)),
			for_account(Key::Bob, register(4)),
		] {
			fails_inside(SERVICE, for_account(Key::Bob, call), filtered());
		}
		// Of a batch that is of no kind as a whole, nothing is done.
		fails_inside(
			SERVICE,
			for_account(Key::Bob, batch([register(4), sponsor(Key::One)])),
			filtered(),
		);
		assert!(Records::<Runtime>::get(RecordId(3)).is_none());

		// As itself the service is nobody, and for others it may nothing.
		let refused = AccessError::<Runtime>::NotAnOperator.into();
		assert_eq!(include(SERVICE, register(5)), Ok(Err(refused)));
		let not_named = ProxyError::<Runtime>::NotProxy.into();
		assert_eq!(include(SERVICE, for_account(Key::Alice, register(5))), Ok(Err(not_named)));
		let other_kind = Proxy::<Runtime>::proxy {
			real: Key::Bob.to_account_id().into(),
			force_proxy_type: Some(ProxyType::Registry),
			call: Box::new(sponsor(Key::One)),
		};
		assert_eq!(include(SERVICE, other_kind), Ok(Err(not_named)));
	});
}

#[test]
fn no_proxy_names_or_removes_proxies() {
	with_service(|| {
		for kind in
			[ProxyType::Chambers, ProxyType::Validator, ProxyType::Registry, ProxyType::Custody]
		{
			works(Key::Bob, name(SERVICE, kind, 0));
			for call in [
				name(Key::Charlie, kind, 0),
				take_away(SERVICE, kind, 0),
				Proxy::<Runtime>::remove_proxies {}.into(),
			] {
				fails_inside(SERVICE, for_account(Key::Bob, call), filtered());
			}
			works(Key::Bob, take_away(SERVICE, kind, 0));
			let refused = ProxyError::<Runtime>::NotProxy.into();
			assert_eq!(include(SERVICE, for_account(Key::Bob, remark())), Ok(Err(refused)));
		}
		assert!(!Proxies::<Runtime>::contains_key(Key::Bob.to_account_id()));
	});
}

#[test]
fn nobody_consents_or_asks_through_a_proxy() {
	with_service(|| {
		for kind in
			[ProxyType::Chambers, ProxyType::Validator, ProxyType::Registry, ProxyType::Custody]
		{
			works(Key::Charlie, name(SERVICE, kind, 0));
			let ask = for_account(Key::Charlie, request(HOSPITAL_B));
			assert_eq!(include(SERVICE, ask), Ok(Err(filtered())));
			works(Key::Charlie, take_away(SERVICE, kind, 0));
		}
		works(PATIENT, name(SERVICE, ProxyType::Custody, 0));
		for call in [grant(), revoke(CONSENT), batch([revoke(CONSENT)])] {
			fails_inside(SERVICE, for_account(PATIENT, call), filtered());
		}
		assert!(is_active(CONSENT));
	});
}

#[test]
fn an_announced_call_is_made_after_its_delay_unless_it_is_rejected() {
	with_service(|| {
		works(Key::Bob, name(SERVICE, ProxyType::Registry, 2));
		let unannounced: DispatchError = ProxyError::<Runtime>::Unannounced.into();
		let call = || sponsor(Key::One);
		assert_eq!(include(SERVICE, for_account(Key::Bob, call())), Ok(Err(unannounced)));
		let call_hash = BlakeTwo256::hash_of(&call());
		let real = || Key::Bob.to_account_id().into();
		let delegate = || SERVICE.to_account_id().into();
		let announce = || Proxy::<Runtime>::announce { real: real(), call_hash };
		let make = || Proxy::<Runtime>::proxy_announced {
			delegate: delegate(),
			real: real(),
			force_proxy_type: None,
			call: Box::new(call()),
		};
		works(SERVICE, announce());
		works(Key::Bob, Proxy::<Runtime>::reject_announcement { delegate: delegate(), call_hash });
		(0..2).for_each(|_| next_block());
		assert_eq!(include(SERVICE, make()), Ok(Err(unannounced)));

		works(SERVICE, announce());
		assert_eq!(include(SERVICE, make()), Ok(Err(unannounced)));
		(0..2).for_each(|_| next_block());
		works(SERVICE, make());
		let patient = Key::One.to_account_id();
		assert!(pallet_consent::Patients::<Runtime>::contains_key(patient));
	});
}

#[test]
fn nobody_makes_an_account_without_a_key() {
	with_service(|| {
		let calls: [RuntimeCall; 2] = [
			Proxy::<Runtime>::create_pure { proxy_type: ProxyType::Custody, delay: 0, index: 0 }
				.into(),
			Proxy::<Runtime>::kill_pure {
				spawner: Key::Bob.to_account_id().into(),
				proxy_type: ProxyType::Custody,
				index: 0,
				height: 1,
				ext_index: 1,
			}
			.into(),
		];
		for call in calls {
			for carrier in [
				call.clone(),
				batch([call.clone()]),
				alone(&BOARD, Key::Bob, call.clone()),
				for_account(Key::Charlie, call.clone()),
			] {
				assert_eq!(include(Key::Bob, carrier.clone()), Ok(Err(filtered())), "{carrier:?}");
			}
			assert_eq!(include(SUDO, as_root(call)), Ok(Err(filtered())));
		}
		assert_eq!(Proxies::<Runtime>::iter().count(), 0);
	});
}

#[test]
fn no_account_needs_a_coin_to_act_for_another() {
	with_service(|| {
		assert_eq!(Balances::free_balance(SERVICE.to_account_id()), 0);
		works(SERVICE, name(Key::Bob, ProxyType::Custody, 0));
		works(SERVICE, together(&BOARD, SERVICE, 2, None, remark()));
		let (_, deposit) = Proxies::<Runtime>::get(SERVICE.to_account_id());
		assert_eq!((deposit, Balances::reserved_balance(SERVICE.to_account_id())), (0, 0));
	});
}

#[test]
fn two_of_three_operate_an_institution() {
	with_service(|| {
		let account = office(&BOARD, 2);
		works(
			SUDO,
			as_root(pallet_provider_registry::Call::register_institution {
				operator: account.clone(),
				kind: InstitutionKind::Clinic,
				profile: [7; 32],
			}),
		);
		let patient = Key::One.to_account_id();
		let is_there = || pallet_consent::Patients::<Runtime>::contains_key(&patient);
		works(Key::Bob, together(&BOARD, Key::Bob, 2, None, sponsor(Key::One)));
		assert!(!is_there());
		let at = opened(&account);
		// Who approved does so once, and whoever is none of them opens an operation of others.
		let again = together(&BOARD, Key::Bob, 2, Some(at), sponsor(Key::One));
		let approved = MultisigError::<Runtime>::AlreadyApproved.into();
		assert_eq!(include(Key::Bob, again), Ok(Err(approved)));
		let stranger = together(&[Key::Bob, PATIENT], PATIENT, 2, Some(at), remark());
		assert!(include(PATIENT, stranger).unwrap().is_err());

		works(Key::Charlie, together(&BOARD, Key::Charlie, 2, Some(at), sponsor(Key::One)));
		assert!(is_there());
		assert_eq!(actor(), Some(account.clone()));
		assert_eq!(Multisigs::<Runtime>::iter().count(), 0);
		// One of them alone is another account.
		let call = alone(&BOARD, Key::Bob, sponsor(Key::Two));
		assert!(include(Key::Bob, call).unwrap().is_err());
	});
}

#[test]
fn governance_gives_an_institution_to_a_multisig_and_the_proxies_of_before_are_of_no_use() {
	with_service(|| {
		works(Key::Bob, name(SERVICE, ProxyType::Custody, 0));
		works(SERVICE, for_account(Key::Bob, register(1)));
		let board = [Key::Charlie, SERVICE];
		let account = office(&board, 2);
		let (from, to) = (Key::Bob.to_account_id(), account.clone());
		works(SUDO, as_root(pallet_provider_registry::Call::replace_account { from, to }));

		let refused = AccessError::<Runtime>::NotAnOperator;
		fails_inside(SERVICE, for_account(Key::Bob, register(2)), refused);
		let named = || name(SERVICE, ProxyType::Custody, 0);
		works(Key::Charlie, together(&board, Key::Charlie, 2, None, named()));
		works(SERVICE, together(&board, SERVICE, 2, Some(opened(&account)), named()));
		let for_office = Proxy::<Runtime>::proxy {
			real: account.clone().into(),
			force_proxy_type: None,
			call: Box::new(register(3)),
		};
		works(SERVICE, for_office);
		assert_eq!(actor(), Some(account));
	});
}

#[test]
fn whoever_opened_an_operation_cancels_it() {
	with_service(|| {
		works(Key::Bob, together(&BOARD, Key::Bob, 2, None, remark()));
		let account = office(&BOARD, 2);
		let cancel = |by: Key| Multisig::<Runtime>::cancel_as_multi {
			threshold: 2,
			other_signatories: others(&BOARD, by),
			timepoint: opened(&account),
			call_hash: sp_io::hashing::blake2_256(&codec::Encode::encode(&remark())),
		};
		let not_owner = MultisigError::<Runtime>::NotOwner.into();
		assert_eq!(include(Key::Charlie, cancel(Key::Charlie)), Ok(Err(not_owner)));
		works(Key::Bob, cancel(Key::Bob));
		assert_eq!(Multisigs::<Runtime>::iter().count(), 0);
	});
}

#[test]
fn the_institution_of_the_signer_pays_and_that_for_which_it_is_done_does_not() {
	with_service(|| {
		works(Key::Alice, name(SERVICE, ProxyType::Custody, 0));
		let (a, b) = (left(HOSPITAL_A), left(HOSPITAL_B));
		let three = batch([remark(), remark(), remark()]);
		works(SERVICE, for_account(Key::Alice, three.clone()));
		assert_eq!((left(HOSPITAL_A), left(HOSPITAL_B)), (a, b - 3));
		works(Key::Charlie, alone(&[Key::Alice, Key::Charlie], Key::Charlie, three.clone()));
		assert_eq!((left(HOSPITAL_A), left(HOSPITAL_B)), (a, b - 6));
		// What is opened costs a hundred, and the weight that is stated one more.
		works(Key::Charlie, together(&BOARD, Key::Charlie, 2, None, three));
		assert_eq!((left(HOSPITAL_A), left(HOSPITAL_B)), (a, b - 6 - 3 - 100 - 1));
	});
}

#[test]
fn a_flood_through_others_ends_where_a_flood_of_single_calls_does() {
	with_service(|| {
		works(Key::Bob, name(Key::Alice, ProxyType::Custody, 0));
		assert_eq!(left(HOSPITAL_A), SMALL.capacity);
		let four = || batch((0..4).map(|_| remark()));
		assert_eq!(flood(Key::Alice, for_account(Key::Bob, four()), 50), 3);
		assert_refused(Key::Alice, for_account(Key::Bob, remark()), Refusal::SponsorExhausted);
		let one = alone(&[Key::Alice, Key::Bob], Key::Alice, remark());
		assert_refused(Key::Alice, one, Refusal::SponsorExhausted);
		let opening = together(&[Key::Alice, Key::Bob], Key::Alice, 2, None, remark());
		assert_refused(Key::Alice, opening, Refusal::TooLarge);
	});
}

#[test]
fn what_goes_through_always_does_not_as_a_proxy_or_a_multisig() {
	with_service(|| {
		works(PATIENT, name(SERVICE, ProxyType::Custody, 0));
		let carried = [
			for_account(PATIENT, revoke(CONSENT)),
			alone(&[SERVICE, PATIENT], PATIENT, revoke(CONSENT)),
		];
		for call in carried {
			assert!(validate(PATIENT, call).unwrap().priority < PROTECTED_PRIORITY);
		}
		assert_eq!(validate(PATIENT, revoke(CONSENT)).unwrap().priority, PROTECTED_PRIORITY);
	});
}

#[test]
fn what_is_paused_is_paused_in_whatever_carries_it() {
	with_service(|| {
		works(Key::Bob, name(SERVICE, ProxyType::Registry, 0));
		let full_name: pallet_tx_pause::RuntimeCallNameOf<Runtime> = (
			b"Consent".to_vec().try_into().unwrap(),
			b"sponsor_patient".to_vec().try_into().unwrap(),
		);
		works(SUDO, as_root(pallet_tx_pause::Call::<Runtime>::pause { full_name }));
		fails_inside(SERVICE, for_account(Key::Bob, sponsor(Key::One)), filtered());
		let one = alone(&BOARD, Key::Bob, sponsor(Key::One));
		assert_eq!(include(Key::Bob, one), Ok(Err(filtered())));
		let account = office(&BOARD, 2);
		works(Key::Bob, together(&BOARD, Key::Bob, 2, None, sponsor(Key::One)));
		let last = together(&BOARD, SERVICE, 2, Some(opened(&account)), sponsor(Key::One));
		fails_inside(SERVICE, last, filtered());
	});
}

#[test]
fn nobody_writes_to_storage_as_a_proxy_or_a_multisig() {
	with_service(|| {
		works(Key::Bob, name(SERVICE, ProxyType::Custody, 0));
		let raw: [RuntimeCall; 3] = [
			frame_system::Call::set_storage { items: vec![] }.into(),
			frame_system::Call::kill_storage { keys: vec![] }.into(),
			frame_system::Call::kill_prefix { prefix: vec![], subkeys: 0 }.into(),
		];
		for call in raw {
			for carrier in [
				for_account(Key::Bob, call.clone()),
				for_account(Key::Bob, batch([call.clone()])),
				alone(&BOARD, SERVICE, call.clone()),
				together(&BOARD, SERVICE, 2, None, call.clone()),
			] {
				assert_eq!(include(SERVICE, carrier.clone()), Ok(Err(filtered())), "{carrier:?}");
			}
		}
	});
}

#[test]
fn in_an_emergency_power_is_taken_away_and_none_is_given() {
	let account = || Key::Bob.to_account_id().into();
	let call_hash = Default::default();
	let timepoint = Timepoint { height: 1, index: 1 };
	let allowed: Vec<RuntimeCall> = vec![
		take_away(SERVICE, ProxyType::Custody, 0),
		Proxy::<Runtime>::remove_proxies {}.into(),
		Proxy::<Runtime>::announce { real: account(), call_hash }.into(),
		Proxy::<Runtime>::remove_announcement { real: account(), call_hash }.into(),
		Proxy::<Runtime>::reject_announcement { delegate: account(), call_hash }.into(),
		Multisig::<Runtime>::cancel_as_multi {
			threshold: 2,
			other_signatories: others(&BOARD, Key::Bob),
			timepoint,
			call_hash: [0; 32],
		}
		.into(),
		for_account(Key::Bob, revoke(CONSENT)),
		alone(&BOARD, Key::Bob, revoke(CONSENT)),
		together(&BOARD, Key::Bob, 2, None, revoke(CONSENT)),
	];
	let refused: Vec<RuntimeCall> = vec![
		name(SERVICE, ProxyType::Custody, 0),
		Proxy::<Runtime>::poke_deposit {}.into(),
		Multisig::<Runtime>::approve_as_multi {
			threshold: 2,
			other_signatories: others(&BOARD, Key::Bob),
			maybe_timepoint: Some(timepoint),
			call_hash: [0; 32],
			max_weight: Default::default(),
		}
		.into(),
		for_account(Key::Bob, grant()),
		alone(&BOARD, Key::Bob, batch([revoke(CONSENT), grant()])),
		together(&BOARD, Key::Bob, 2, None, grant()),
	];
	with_consent(|| {
		for call in allowed {
			assert!(AllowedInEmergency::contains(&call), "{call:?}");
		}
		for call in refused {
			assert!(!AllowedInEmergency::contains(&call), "{call:?}");
		}
	});
}

#[test]
fn attack_with_somebody_elses_grant_through_a_proxy_or_a_multisig() {
	with_service(|| {
		works(Key::Alice, register(1));
		works(Key::Charlie, request(HOSPITAL_B));
		let grant = GrantId(0);
		let use_it = || -> RuntimeCall {
			let (record, disclosure) = (RecordId(0), Commitment([6; 32]));
			Access::<Runtime>::record_disclosure { grant, record, sections: 3, disclosure }.into()
		};
		// As the grantee, who named it: no kind asks for anything, and a grantee releases nothing.
		works(Key::Charlie, name(SERVICE, ProxyType::Custody, 0));
		let ask = for_account(Key::Charlie, request(HOSPITAL_B));
		assert_eq!(include(SERVICE, ask), Ok(Err(filtered())));
		let no_operator = AccessError::<Runtime>::NotAnOperator;
		fails_inside(SERVICE, for_account(Key::Charlie, use_it()), no_operator);
		// As another custodian.
		works(Key::Bob, name(SERVICE, ProxyType::Custody, 0));
		let refused = AccessError::<Runtime>::NotTheCustodian;
		fails_inside(SERVICE, for_account(Key::Bob, use_it()), refused);
		// As a proxy of the custodian of another kind, and as nobody's.
		works(Key::Alice, name(Key::Charlie, ProxyType::Chambers, 0));
		fails_inside(Key::Charlie, for_account(Key::Alice, use_it()), filtered());
		let not_named = ProxyError::<Runtime>::NotProxy.into();
		assert_eq!(include(SERVICE, for_account(Key::Alice, use_it())), Ok(Err(not_named)));
		// As a multisig, which is nobody, though the grantee and the custodian are among it.
		let all = [Key::Alice, Key::Charlie, SERVICE];
		let call = alone(&all, SERVICE, use_it());
		let outcome: DispatchError = AccessError::<Runtime>::NotAnOperator.into();
		assert_eq!(include(SERVICE, call), Ok(Err(outcome)));
		assert_eq!(
			include(SERVICE, alone(&all, SERVICE, request(HOSPITAL_B))),
			Ok(Err(filtered()))
		);
	});
}

#[test]
fn nobody_asks_for_a_record_under_an_account_of_several() {
	with_service(|| {
		// The hospital enrols the account of its physician and its service, as if it were a physician.
		let both = [Key::Charlie, SERVICE];
		works(Key::Bob, enrol(office(&both, 1)));
		works(Key::Bob, enrol(office(&both, 2)));
		next_block();
		let derived = |call: RuntimeCall| -> RuntimeCall {
			pallet_utility::Call::as_derivative { index: 0, call: Box::new(call) }.into()
		};
		let before = pallet_audit::NextEntryIndex::<Runtime>::get();
		for ask in [request(HOSPITAL_B), batch([remark(), request(HOSPITAL_B)])] {
			for carrier in [
				alone(&both, Key::Charlie, ask.clone()),
				together(&both, Key::Charlie, 2, None, ask.clone()),
				derived(ask.clone()),
				batch([derived(ask.clone())]),
			] {
				assert_eq!(
					include(Key::Charlie, carrier.clone()),
					Ok(Err(filtered())),
					"{carrier:?}"
				);
			}
		}
		assert_eq!(pallet_audit::NextEntryIndex::<Runtime>::get(), before);
		// In a batch everybody asks as themselves.
		works(Key::Charlie, batch([request(HOSPITAL_B)]));
		assert_eq!(actor(), Some(Key::Charlie.to_account_id()));
	});
}

#[test]
fn nothing_carries_what_only_a_blocks_author_makes() {
	with_service(|| {
		works(Key::Bob, name(SERVICE, ProxyType::Custody, 0));
		let time = || RuntimeCall::from(pallet_timestamp::Call::set { now: 1 });
		for carrier in [together(&BOARD, SERVICE, 2, None, time()), batch([remark(), time()])] {
			assert_eq!(include(SERVICE, carrier.clone()), Ok(Err(filtered())), "{carrier:?}");
		}
		// These would be as mandatory as what they carry. Refused, they are no part of a block.
		let refused = || Err(InvalidTransaction::BadMandatory.into());
		for carrier in [for_account(Key::Bob, time()), alone(&BOARD, SERVICE, time())] {
			assert_eq!(include(SERVICE, carrier.clone()), refused(), "{carrier:?}");
		}
	});
}
