//! What holds after any calls in any order.

use super::model::{target, Model};
use crate::{mock::*, Call, Documents, Pallet};
use frame_support::traits::UnfilteredDispatchable;
use hdx_primitives::{
	did::{KeyIndex, KeyMaterial, NewKey, Relationship, Relationships, Service},
	AccountId, KeyDirectory, Milliseconds,
};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::BTreeMap;

/// Few accounts, so that calls meet: mostly the two that have a DID from the beginning.
fn any_account() -> impl Strategy<Value = AccountId> {
	prop_oneof![
		12 => Just(doctor()),
		5 => Just(patient()),
		2 => Just(operator()),
		1 => select(vec![stranger(), nobody()]),
	]
}

/// Mostly those that may become controllers.
fn any_controller() -> impl Strategy<Value = AccountId> {
	prop_oneof![3 => select(vec![operator(), patient()]), 1 => any_account()]
}

/// Few keys, so that some come again. Now and then one that is none.
fn any_material() -> impl Strategy<Value = KeyMaterial> {
	(0..6u8, 0..60u8).prop_map(|(kind, seed)| match kind {
		0 => sr25519(seed),
		1 => ed25519(seed),
		2 => x25519(seed),
		3 => ml_dsa_65(seed),
		4 => x_wing(seed),
		_ if seed % 4 == 0 => KeyMaterial::X25519([0; 32]),
		_ => ed25519(seed + 60),
	})
}

/// Mostly what the key can do.
fn any_key() -> impl Strategy<Value = NewKey> {
	(any_material(), 0..8u8, vec(select(&Relationship::ALL[..]), 0..3)).prop_map(
		|(material, choice, named)| {
			let relationships = match choice {
				0 => named.into_iter().fold(Relationships::default(), Relationships::with),
				1 => Relationships::only(Relationship::Authentication),
				_ => material.scheme().relationships(),
			};
			NewKey { material, relationships }
		},
	)
}

fn any_service() -> impl Strategy<Value = Service> {
	(select(vec!["a", "a", "b", "key-1"]), select(vec!["x", "y", ""]))
		.prop_map(|(id, endpoint)| service(id, endpoint))
}

/// A call for whatever version; [`Step`] says for which.
fn any_call() -> impl Strategy<Value = Call<Test>> {
	let key = || (0..5u32).prop_map(KeyIndex);
	prop_oneof![
		1 => vec(any_key(), 0..3)
			.prop_map(|keys| Call::create { keys: keys.try_into().unwrap() }),
		10 => (any_account(), any_key()).prop_map(|(subject, key)| Call::add_key {
			subject,
			expected_version: 0,
			material: key.material,
			relationships: key.relationships,
		}),
		4 => (any_account(), key())
			.prop_map(|(subject, key)| Call::end_key { subject, expected_version: 0, key }),
		12 => (any_account(), key(), any_material()).prop_map(|(subject, key, material)| {
			Call::rotate_key { subject, expected_version: 0, key, material }
		}),
		4 => (any_account(), any_controller()).prop_map(|(subject, controller)| {
			Call::add_controller { subject, expected_version: 0, controller }
		}),
		4 => (any_account(), any_controller()).prop_map(|(subject, controller)| {
			Call::remove_controller { subject, expected_version: 0, controller }
		}),
		4 => (any_account(), any_service()).prop_map(|(subject, service)| {
			Call::set_service { subject, expected_version: 0, service }
		}),
		4 => (any_account(), any_service()).prop_map(|(subject, service)| {
			Call::remove_service { subject, expected_version: 0, service: service.id }
		}),
		1 => any_account()
			.prop_map(|subject| Call::deactivate { subject, expected_version: 0 }),
	]
}

#[derive(Clone, Debug)]
struct Step {
	/// Time that passes before it.
	wait: u64,
	/// Who signs. `None`: the subject.
	signer: Option<AccountId>,
	call: Call<Test>,
	/// How far the version that is named is from the one that is.
	off_by: u32,
}

fn any_step() -> impl Strategy<Value = Step> {
	let signer = prop_oneof![4 => Just(None), 1 => any_controller().prop_map(Some)];
	let off_by = prop_oneof![9 => Just(0), 1 => Just(1u32)];
	(0..3u64, signer, any_call(), off_by).prop_map(|(wait, signer, call, off_by)| Step {
		wait,
		signer,
		call,
		off_by,
	})
}

/// Two accounts have DIDs, with keys of both uses.
fn beginnings() -> Vec<Step> {
	let create = |who, keys: Vec<NewKey>| {
		let call = Call::create { keys: keys.try_into().unwrap() };
		Step { wait: 0, signer: Some(who), call, off_by: 0 }
	};
	vec![
		create(doctor(), vec![signing(ed25519(1)), agreement(x_wing(1)), signing(sr25519(1))]),
		create(patient(), vec![agreement(x25519(1)), signing(ml_dsa_65(1))]),
	]
}

/// The call for the version that the document has, or nearly.
fn aim(mut call: Call<Test>, off_by: u32) -> Call<Test> {
	let current = target(&call)
		.and_then(|(subject, _)| Documents::<Test>::get(subject))
		.map_or(0, |document| document.version);
	match &mut call {
		Call::add_key { expected_version, .. }
		| Call::end_key { expected_version, .. }
		| Call::rotate_key { expected_version, .. }
		| Call::add_controller { expected_version, .. }
		| Call::remove_controller { expected_version, .. }
		| Call::set_service { expected_version, .. }
		| Call::remove_service { expected_version, .. }
		| Call::deactivate { expected_version, .. } => *expected_version = current + off_by,
		_ => {},
	}
	call
}

fn state() -> Vec<u8> {
	sp_io::storage::root(sp_core::storage::StateVersion::V1)
}

/// Runs the call as a transaction would, and tells whether it succeeded.
fn run(signer: AccountId, call: Call<Test>) -> bool {
	let origin = signed(signer);
	frame_support::storage::with_storage_layer(|| call.dispatch_bypass_filter(origin)).is_ok()
}

fn versions() -> BTreeMap<AccountId, u32> {
	Documents::<Test>::iter().map(|(subject, document)| (subject, document.version)).collect()
}

/// Performs a step on the chain and in the model.
fn perform(step: Step, model: &mut Model) -> Result<(), TestCaseError> {
	let now = Pallet::<Test>::now().saturating_add(Milliseconds(step.wait));
	set_time(now);
	let call = aim(step.call, step.off_by);
	let subject = target(&call).map(|(subject, _)| subject);
	let signer = step.signer.or(subject.clone()).unwrap_or_else(doctor);
	let (state_before, before) = (state(), versions());
	let deactivated: Vec<_> = deactivated();

	let expected = model.apply(&signer, &call);
	prop_assert_eq!(run(signer.clone(), call.clone()), expected, "{:?} by {:?}", call, signer);
	model.note(now);

	if expected {
		prop_assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		let changed = subject.unwrap_or(signer);
		for (who, version) in versions() {
			let was = before.get(&who).copied().unwrap_or(0);
			prop_assert_eq!(version, if who == changed { was + 1 } else { was });
		}
	} else {
		prop_assert_eq!(state(), state_before);
	}
	for resolution in deactivated {
		let account = resolution.did.account.clone();
		let mut now = Pallet::<Test>::resolve(account).unwrap();
		now.at = resolution.at;
		prop_assert_eq!(now, resolution);
	}
	Ok(())
}

/// What the chain says of all DIDs that are deactivated.
fn deactivated() -> Vec<hdx_primitives::did::DidResolution> {
	Documents::<Test>::iter()
		.filter(|(_, document)| !document.is_active())
		.filter_map(|(subject, _)| Pallet::<Test>::resolve(subject))
		.collect()
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

	/// Each call succeeds exactly when it should. A success is one version more of one document, a
	/// refusal changes nothing, what was deactivated stays what it was, and at the end every moment
	/// is still told as it was then.
	#[test]
	fn the_past_stays_what_it_was(steps in vec(any_step(), 15..45)) {
		new_test_ext().execute_with(|| {
			let mut model = Model::default();
			for step in beginnings().into_iter().chain(steps) {
				perform(step, &mut model)?;
			}
			for ((at, subject, relationship), in_force) in &model.history {
				let keys = <Pallet<Test> as KeyDirectory>::keys_at(subject, *relationship, *at);
				prop_assert_eq!(&indices(keys), in_force, "{:?} of {:?}", relationship, subject);
				let key = Pallet::<Test>::key_at(subject.clone(), *relationship, *at);
				prop_assert_eq!(key.is_some(), !in_force.is_empty());
				prop_assert!(key.is_none_or(|key| in_force.contains(&key.index.0)));
			}
			for (subject, did) in &model.dids {
				let document = document(subject.clone());
				prop_assert_eq!(document.version, did.version);
				prop_assert_eq!(document.is_active(), !did.is_deactivated);
				prop_assert_eq!(&document.controllers.into_inner(), &did.controllers);
				let services = document.services.into_iter();
				let services: BTreeMap<_, _> =
					services.map(|it| (it.id.into_inner(), it.endpoint.into_inner())).collect();
				prop_assert_eq!(&services, &did.services);
			}
			Ok(())
		})?;
	}
}
