//! What the calls cost at their worst.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

use crate::{
	AuditorInOffice, Auditors, Call, Config, HiddenLicence, IdentityAuditor, KeptRoot, KnownKeys,
	LicencePlace, Licences, NextPlace, Pallet, Places, Roots,
};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{EnsureOrigin, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use hdx_primitives::{AccountId, CredentialId, Milliseconds, PublicInput};
use hdx_zk_circuits::{field::to_bytes, merkle::CAPACITY, Fr};

/// Sets the scene for the benchmarks.
pub trait BenchmarkHelper {
	/// A trusted issuer, a practitioner with as many licences as one can have, and the last of them, which that issuer
	/// attested and which stands.
	fn licence() -> (AccountId, AccountId, CredentialId);

	/// Ends it, so that it stands no more.
	fn end(issuer: &AccountId, practitioner: &AccountId, licence: CredentialId);
}

/// Some number, as no honest leaf is.
fn leaf(number: u64) -> PublicInput {
	to_bytes(&-Fr::from(number + 1))
}

/// A compressed point of Jubjub, twice the generator, whose secret everybody who reads this knows.
#[rustfmt::skip]
const KEY: [u8; 32] = [
	0x31, 0x9d, 0x0c, 0xc6, 0x5c, 0x28, 0xc9, 0xb8,
	0xbd, 0xe7, 0x1b, 0xc8, 0x55, 0x1e, 0xb7, 0x50,
	0xc8, 0x81, 0x26, 0xa6, 0x1e, 0xca, 0xb7, 0xc4,
	0x8b, 0xb7, 0x77, 0x2d, 0x56, 0x05, 0x06, 0x81,
];

/// As many roots as are kept, of other blocks than this one; and a licence in the last place but one, beside others.
fn entered<T: Config>(practitioner: &AccountId, licence: CredentialId) {
	let place = CAPACITY - 2;
	for neighbour in [place - 4, place - 1, place] {
		Pallet::<T>::set_leaf(neighbour, Fr::from(u64::from(neighbour))).expect("it has the place");
	}
	let other = |block: u32| KeptRoot { root: leaf(block.into()), block, since: Milliseconds(0) };
	let blocks = (0..T::MaxRoots::get()).map(|number| number + 1_000);
	let kept = blocks.map(other).collect();
	Roots::<T>::put(BoundedVec::<KeptRoot, T::MaxRoots>::truncate_from(kept));
	NextPlace::<T>::put(place + 1);
	// Whatever the clock shows.
	let renewable_at = Milliseconds(0);
	Places::<T>::insert(licence, LicencePlace { place, renewable_at });
	let hidden = HiddenLicence {
		practitioner: practitioner.clone(),
		licence,
		leaf: to_bytes(&Fr::from(u64::from(place))),
		entered_at: Milliseconds(0),
	};
	Licences::<T>::insert(place, hidden);
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn enter_licence() {
		let (issuer, practitioner, licence) = T::BenchmarkHelper::licence();
		entered::<T>(&practitioner, licence);

		#[extrinsic_call]
		_(RawOrigin::Signed(issuer), practitioner, licence, leaf(5_000));

		assert_eq!(Licences::<T>::get(CAPACITY - 2).unwrap().leaf, leaf(5_000));
	}

	#[benchmark]
	fn remove_licence() {
		let (issuer, practitioner, licence) = T::BenchmarkHelper::licence();
		entered::<T>(&practitioner, licence);
		T::BenchmarkHelper::end(&issuer, &practitioner, licence);

		#[extrinsic_call]
		_(RawOrigin::Signed(practitioner), licence);

		assert!(!Licences::<T>::contains_key(CAPACITY - 2));
	}

	#[benchmark]
	fn remove_licence_by_governance() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let licence = CredentialId(7);
		entered::<T>(&AccountId::new([7; 32]), licence);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, licence);

		assert!(!Licences::<T>::contains_key(CAPACITY - 2));
		Ok(())
	}

	#[benchmark]
	fn appoint_auditor() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, KEY);

		assert_eq!(AuditorInOffice::<T>::get(), Some(0));
		Ok(())
	}

	#[benchmark]
	fn dismiss_auditor() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		Auditors::<T>::insert(0, IdentityAuditor { key: KEY, appointed_at: Milliseconds(0) });
		KnownKeys::<T>::insert(KEY, 0);
		AuditorInOffice::<T>::put(0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin);

		assert_eq!(AuditorInOffice::<T>::get(), None);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
