//! Circuits and their keys, and what proofs of access know people and classes by.

use super::{one_of, operator, practitioner};
use crate::fuzzing::{
	scene::{CIRCUIT, TRANSCRIPT},
	Make, Step,
};
use ark_std::rand::{rngs::StdRng, Rng};
use hdx_primitives::Code;
use hdx_runtime::{Groth16Verifier, Runtime};
use pallet_groth16_verifier::Call;
use pallet_provider_registry::Practitioners;

/// What there is here.
pub const ALL: &[Make] =
	&[attest, attest, activate, suspend, withdraw_attestation, register_tag, append_category];

/// An institution attests the key of the circuit.
pub fn attest(rng: &mut StdRng) -> Option<Step> {
	let (_, operator) = operator(rng)?;
	let key = Groth16Verifier::circuit(CIRCUIT)?.key;
	Step::signed(operator, Call::attest_circuit { circuit: CIRCUIT, key, transcript: TRANSCRIPT })
}

/// Governance has its proofs believed.
pub fn activate(_: &mut StdRng) -> Option<Step> {
	Step::root(Call::activate { circuit: CIRCUIT })
}

/// And no longer.
pub fn suspend(rng: &mut StdRng) -> Option<Step> {
	rng.gen_bool(0.3).then_some(())?;
	Step::root(Call::suspend { circuit: CIRCUIT })
}

/// An institution takes its word back.
pub fn withdraw_attestation(rng: &mut StdRng) -> Option<Step> {
	rng.gen_bool(0.3).then_some(())?;
	let (_, operator) = operator(rng)?;
	Step::signed(operator, Call::withdraw_attestation { circuit: CIRCUIT })
}

/// A practitioner registers a tag.
pub fn register_tag(rng: &mut StdRng) -> Option<Step> {
	let who = practitioner(rng)?;
	let stored = Practitioners::<Runtime>::get(&who)?;
	let on_behalf_of = one_of(rng, &stored.affiliations)?;
	let role = one_of(rng, &stored.roles)?.role;
	let tag = super::element(rng);
	Step::signed(who, pallet_shielded_consent::Call::register_tag { on_behalf_of, role, tag })
}

/// Governance gives a class its category. There is not room for many.
pub fn append_category(rng: &mut StdRng) -> Option<Step> {
	rng.gen_bool(0.2).then_some(())?;
	let class = Code(rng.gen());
	Step::root(pallet_shielded_consent::Call::append_category { class })
}
