//! Licences of which the chain has a hash alone, and the auditors who read who broke the glass by one.

use super::{element, one_of, practitioner};
use crate::fuzzing::{accounts, scene, Make, Step};
use ark_std::rand::{rngs::StdRng, Rng};
use hdx_primitives::CredentialId;
use hdx_runtime::Runtime;
use hdx_zk_circuits::auditor::AuditorSecret;
use pallet_shielded_licence::{AuditorInOffice, Call, Licences};

/// What there is here.
pub const ALL: &[Make] = &[enter, enter, remove, remove_by_governance, appoint, dismiss];

/// The board enters the hash of a licence that it attested, or a new one in its place.
pub fn enter(rng: &mut StdRng) -> Option<Step> {
	let practitioner = practitioner(rng)?;
	let licence = scene::licence_of(&practitioner)?;
	let call = Call::enter_licence { practitioner, licence, leaf: element(rng) };
	Step::signed(accounts::issuer(), call)
}

/// A licence that is in the tree.
fn entered(rng: &mut StdRng) -> Option<CredentialId> {
	let all: Vec<_> =
		Licences::<Runtime>::iter_values().take(8).map(|hidden| hidden.licence).collect();
	one_of(rng, &all)
}

/// The board takes a licence out, or somebody where it does not stand.
pub fn remove(rng: &mut StdRng) -> Option<Step> {
	let licence = entered(rng)?;
	let by = if rng.gen_bool(0.5) { accounts::issuer() } else { super::anybody(rng)? };
	Step::signed(by, Call::remove_licence { licence })
}

/// Both chambers do.
pub fn remove_by_governance(rng: &mut StdRng) -> Option<Step> {
	rng.gen_bool(0.3).then_some(())?;
	Step::root(Call::remove_licence_by_governance { licence: entered(rng)? })
}

/// Both chambers appoint an auditor. Not many: all of them are kept.
pub fn appoint(rng: &mut StdRng) -> Option<Step> {
	rng.gen_bool(0.4).then_some(())?;
	let key = AuditorSecret::random(rng).key().to_bytes();
	Step::root(Call::appoint_auditor { key })
}

/// And dismiss the one in office.
pub fn dismiss(rng: &mut StdRng) -> Option<Step> {
	rng.gen_bool(0.4).then_some(())?;
	AuditorInOffice::<Runtime>::get()?;
	Step::root(Call::dismiss_auditor {})
}
