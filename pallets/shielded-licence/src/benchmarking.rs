//! What the calls, and proofs, cost at their worst.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

use crate::{
	slots::MOST_FORGOTTEN, AuditorInOffice, Auditors, Call, Config, HiddenLicence, IdentityAuditor,
	KeptRoot, KnownKeys, LicencePlace, Licences, NextPlace, OldestDay, Pallet, Places, Roots,
	UsedSlots,
};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{EnsureOrigin, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use hdx_primitives::{
	AccountId, CircuitId, CircuitVersion, CredentialId, EmergencyProof, EmergencyProofs,
	Milliseconds, Proof, PublicInput, H256, PROOF_BYTES, SEALED_IDENTITY_BYTES,
};
use hdx_zk_circuits::{
	circuits::{BreakGlass, Circuit},
	field::to_bytes,
	merkle::CAPACITY,
	Fr,
};

/// Sets the scene for the benchmarks.
pub trait BenchmarkHelper {
	/// A trusted issuer, a practitioner with as many licences as one can have, and the last of them, which that issuer
	/// attested and which stands.
	fn licence() -> (AccountId, AccountId, CredentialId);

	/// Ends it, so that it stands no more.
	fn end(issuer: &AccountId, practitioner: &AccountId, licence: CredentialId);

	/// Makes a proof that the verifier believes.
	fn prove(circuit: CircuitVersion, relation: H256, inputs: &[PublicInput]) -> Proof;

	/// Sets the clock.
	fn set_time(now: Milliseconds);
}

/// The version of the circuit.
const VERSION: u32 = 1;

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

/// An identity for an auditor.
fn identity() -> [u8; SEALED_IDENTITY_BYTES] {
	let mut bytes = [0; SEALED_IDENTITY_BYTES];
	let (point, masked) = bytes.split_at_mut(SEALED_IDENTITY_BYTES / 2);
	point.copy_from_slice(&KEY);
	masked.copy_from_slice(&leaf(42));
	bytes
}

/// Sent by this account, with this, as often a day.
fn asked() -> (AccountId, H256, u8) {
	(AccountId::new([8; 32]), H256([9; 32]), 3)
}

/// A proof that holds, about the last of as many roots as are kept.
fn emergency_proof<T: Config>() -> EmergencyProof {
	entered::<T>(&AccountId::new([7; 32]), CredentialId(7));
	Auditors::<T>::insert(0, IdentityAuditor { key: KEY, appointed_at: Milliseconds(0) });
	AuditorInOffice::<T>::put(0);
	let unproven = EmergencyProof {
		root: Pallet::<T>::root().expect("there are licences"),
		auditor: 0,
		now: Pallet::<T>::now(),
		nullifier: leaf(1),
		identity: identity(),
		recipient: H256([10; 32]),
		version: VERSION,
		proof: Proof([0; PROOF_BYTES]),
	};
	let (signer, asked, limit) = asked();
	let statement = Pallet::<T>::statement(&signer, asked, limit, &unproven)
		.expect("there is something to prove");
	let circuit = CircuitVersion { circuit: CircuitId(BreakGlass::NUMBER), version: VERSION };
	let inputs: Vec<PublicInput> =
		BreakGlass::inputs(&statement.public).iter().map(to_bytes).collect();
	let proof = T::BenchmarkHelper::prove(circuit, H256(BreakGlass::RELATION), &inputs);
	EmergencyProof { proof, ..unproven }
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

	#[benchmark]
	fn accept_emergency() {
		let proof = emergency_proof::<T>();
		let (signer, asked, limit) = asked();
		let accepted;

		#[block]
		{
			accepted = Pallet::<T>::statement(&signer, asked, limit, &proof)
				.map(|statement| Pallet::<T>::accept(statement, &proof));
		}

		assert_eq!(accepted, Ok(Ok(())));
		assert_eq!(UsedSlots::<T>::iter().count(), 1);
	}

	#[benchmark]
	fn forget_slots(n: Linear<0, MOST_FORGOTTEN>) {
		T::BenchmarkHelper::set_time(Milliseconds(10 * 86_400_000));
		OldestDay::<T>::put(0);
		for number in 0..n {
			UsedSlots::<T>::insert(0, leaf(number.into()), ());
		}
		let forgotten;

		#[block]
		{
			forgotten = Pallet::<T>::forget_slots(n);
		}

		assert_eq!(forgotten, n);
		assert_eq!(UsedSlots::<T>::iter().count(), 0);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
