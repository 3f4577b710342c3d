//! Who governs: which chamber, by which majority, decides about which calls. The page is docs/governance.md.

use crate::{AccountId, Runtime, RuntimeCall, RuntimeEvent};
use frame_support::traits::EitherOf;
use frame_system::EnsureRoot;
use pallet_governance::{Circuits, Emergency, Membership, Parameters, Representation, Validators};

/// What touches patients' rights, and upgrades of the runtime.
///
/// By any of:
/// - both chambers, in any order: what they agree on is called as Root, and they alone have it called so;
/// - the sudo key, which the `dev` preset alone has.
pub type BothChambers = EnsureRoot<AccountId>;

/// Institutions, issuers, oracles and seats. By a majority of institutions.
pub type MembershipOrigin = EitherOf<EnsureRoot<AccountId>, Membership>;

/// Numbers that bound what everybody may do, and holds for courts. By a majority of institutions.
pub type ParametersOrigin = EitherOf<EnsureRoot<AccountId>, Parameters>;

/// Whose machines make blocks. By two thirds of institutions.
pub type ValidatorsOrigin = EitherOf<EnsureRoot<AccountId>, Validators>;

/// Circuits and their keys. By two thirds of institutions.
pub type CircuitsOrigin = EitherOf<EnsureRoot<AccountId>, Circuits>;

/// What cannot wait. By three quarters of institutions.
pub type EmergencyOrigin = EitherOf<EnsureRoot<AccountId>, Emergency>;

/// Suspending a circuit. By two thirds of institutions, or at once by three quarters.
pub type CircuitSuspensionOrigin = EitherOf<CircuitsOrigin, Emergency>;

/// Who represents patients. By a majority of those who do.
pub type RepresentationOrigin = EitherOf<EnsureRoot<AccountId>, Representation>;

impl pallet_sudo::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = crate::weights::pallet_sudo::WeightInfo<Runtime>;
}
