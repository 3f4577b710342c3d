//! What holds after any calls in any order.

use super::proofs::statement;
use crate::{mock::*, Call, Error, Pallet};
use frame_support::traits::UnfilteredDispatchable;
use hdx_primitives::{CircuitVersion, ProofRefusal, H256};
use proptest::{collection::vec, prelude::*};
use std::collections::{BTreeMap, BTreeSet};

/// What may be done.
#[derive(Clone, Debug)]
enum Step {
	Register(u32, u32),
	Attest(u8, u32, bool),
	Activate(u32),
	Suspend(u32),
	Withdraw(u8, u32),
	SuspendInstitution(u8),
	Reinstate,
}

fn any_step() -> impl Strategy<Value = Step> {
	let version = || 0..3u32;
	prop_oneof![
		2 => (version(), 2..4u32).prop_map(|(version, arity)| Step::Register(version, arity)),
		12 => (0..11u8, version(), prop::bool::weighted(0.9))
			.prop_map(|(who, version, is_right)| Step::Attest(who, version, is_right)),
		5 => version().prop_map(Step::Activate),
		1 => version().prop_map(Step::Suspend),
		3 => (0..11u8, version()).prop_map(|(who, version)| Step::Withdraw(who, version)),
		2 => (0..10u8).prop_map(Step::SuspendInstitution),
		1 => Just(Step::Reinstate),
	]
}

/// A version of the circuit, as it ought to be.
#[derive(Default)]
struct Model {
	versions: BTreeMap<u32, Version>,
	suspended: BTreeSet<u8>,
}

#[derive(Default)]
struct Version {
	attested: BTreeSet<u8>,
	is_active: bool,
	arity: u32,
}

fn at(version: u32) -> CircuitVersion {
	CircuitVersion { version, ..CIRCUIT }
}

impl Model {
	/// Does it here, and tells why not.
	fn apply(&mut self, step: &Step) -> Result<(), Error<Test>> {
		match *step {
			Step::Register(version, arity) => {
				if self.versions.contains_key(&version) {
					return Err(Error::AlreadyRegistered);
				}
				self.versions.insert(version, Version { arity, ..Version::default() });
			},
			Step::Attest(who, version, is_right) => {
				if who > 9 || self.suspended.contains(&who) {
					return Err(Error::NotAnOperator);
				}
				let version = self.versions.get_mut(&version).ok_or(Error::CircuitUnknown)?;
				if !is_right {
					return Err(Error::RegistrationMismatch);
				}
				if version.attested.contains(&who) {
					return Err(Error::AlreadyAttested);
				}
				if version.attested.len() == COUNTED as usize {
					return Err(Error::TooManyAttestations);
				}
				version.attested.insert(who);
			},
			Step::Activate(version) => {
				let version = self.versions.get_mut(&version).ok_or(Error::CircuitUnknown)?;
				if version.is_active {
					return Err(Error::AlreadyActive);
				}
				if version.attested.difference(&self.suspended).count() < NEEDED as usize {
					return Err(Error::NotEnoughAttestations);
				}
				version.is_active = true;
			},
			Step::Suspend(version) => {
				let version = self.versions.get_mut(&version).ok_or(Error::CircuitUnknown)?;
				if !version.is_active {
					return Err(Error::NotActive);
				}
				version.is_active = false;
				version.attested.clear();
			},
			Step::Withdraw(who, version) => {
				if who > 9 || self.suspended.contains(&who) {
					return Err(Error::NotAnOperator);
				}
				let version = self.versions.get_mut(&version).ok_or(Error::CircuitUnknown)?;
				if !version.attested.remove(&who) {
					return Err(Error::NotAttested);
				}
				let standing = version.attested.difference(&self.suspended).count();
				version.is_active &= standing >= NEEDED as usize;
			},
			Step::SuspendInstitution(who) => {
				self.suspended.insert(who);
			},
			Step::Reinstate => self.suspended.clear(),
		}
		Ok(())
	}
}

fn state() -> Vec<u8> {
	sp_io::storage::root(sp_core::storage::StateVersion::V1)
}

/// Does it on the chain, as a transaction would.
fn run(step: &Step) -> frame_support::dispatch::DispatchResultWithPostInfo {
	let (origin, call) = match *step {
		Step::Register(version, arity) => {
			let (circuit, key) = (at(version), key(arity));
			(governance(), Call::register_circuit { circuit, key, transcript: TRANSCRIPT })
		},
		Step::Attest(who, version, is_right) => {
			let circuit = at(version);
			let key = Verifier::circuit(circuit).map_or(H256::zero(), |record| record.key);
			let transcript = if is_right { TRANSCRIPT } else { H256::zero() };
			(signed(operator(who)), Call::attest_circuit { circuit, key, transcript })
		},
		Step::Activate(version) => (governance(), Call::activate { circuit: at(version) }),
		Step::Suspend(version) => (guard(), Call::suspend { circuit: at(version) }),
		Step::Withdraw(who, version) => {
			(signed(operator(who)), Call::withdraw_attestation { circuit: at(version) })
		},
		Step::SuspendInstitution(who) => {
			suspend_institution(who.into());
			return Ok(().into());
		},
		Step::Reinstate => {
			reinstate_institutions();
			return Ok(().into());
		},
	};
	let call: Call<Test> = call;
	frame_support::storage::with_storage_layer(|| call.dispatch_bypass_filter(origin))
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

	/// Each call succeeds exactly when it should, and fails for the reason it should; a refusal changes nothing. Proofs
	/// are accepted of what is active, and of nothing else.
	#[test]
	fn the_registry_does_what_it_should(steps in vec(any_step(), 20..60)) {
		DevelopmentChain::set(false);
		let proven = statement(2);
		new_test_ext().execute_with(|| {
			let mut model = Model::default();
			for step in steps {
				let before = state();
				let expected = model.apply(&step);
				let result = run(&step).map(|_| ()).map_err(|error| error.error);
				prop_assert_eq!(result, expected.map_err(Into::into), "{:?}", step);
				if result.is_err() {
					prop_assert_eq!(state(), before);
				}
			}
			prop_assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
			for version in 0..3 {
				let expected = match model.versions.get(&version) {
					None => Err(ProofRefusal::CircuitUnknown),
					Some(Version { is_active: false, .. }) => Err(ProofRefusal::CircuitNotActive),
					Some(Version { arity: 3, .. }) => Ok(()),
					Some(_) => Err(ProofRefusal::WrongArity),
				};
				prop_assert_eq!(ask(at(version), &proven.proof, &proven.inputs), expected);
			}
			Ok(())
		})?;
	}
}
