//! Who may submit a referendum.

use super::voters::{Institutions, Patients};
use crate::{AccountId, OriginCaller, Origins, RuntimeOrigin};
use core::marker::PhantomData;
use frame_support::traits::{EnsureOriginWithArg, OriginTrait};
use pallet_governance::{Chamber, Origin};

/// Which chamber votes are of.
pub trait OfChamber {
	/// The chamber.
	const CHAMBER: Chamber;
}

impl OfChamber for Institutions {
	const CHAMBER: Chamber = Chamber::Institutions;
}

impl OfChamber for Patients {
	const CHAMBER: Chamber = Chamber::Patients;
}

/// A member of the chamber that has few enough open proposals. The proposal counts from then on; where the referendum is
/// refused after all, the whole call is undone, and this with it.
pub struct Proposes<C>(PhantomData<C>);

impl<C: OfChamber> EnsureOriginWithArg<RuntimeOrigin, OriginCaller> for Proposes<C> {
	type Success = AccountId;

	fn try_origin(
		origin: RuntimeOrigin,
		proposed: &OriginCaller,
	) -> Result<AccountId, RuntimeOrigin> {
		let Some(who) = origin.as_signer().cloned() else { return Err(origin) };
		let is_emergency = *proposed == OriginCaller::Origins(Origin::Emergency);
		match Origins::note_proposal(C::CHAMBER, &who, is_emergency) {
			Ok(()) => Ok(who),
			Err(_) => Err(origin),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin(_: &OriginCaller) -> Result<RuntimeOrigin, ()> {
		use frame_benchmarking::account;
		use pallet_governance::Voters;
		let who: AccountId = account("member", 0, 0);
		let admitted = match C::CHAMBER {
			Chamber::Institutions => Institutions::admit(&who),
			Chamber::Patients => Patients::admit(&who),
		};
		admitted.map_err(drop)?;
		Ok(RuntimeOrigin::signed(who))
	}
}
