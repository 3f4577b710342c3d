//! What the calls cost at their worst.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

use crate::{Call, Chamber, Config, OpenPoll, OpenPolls, Pallet, PollIndex, Seat, Seats, Voices};
use alloc::vec::Vec;
use frame_benchmarking::{account, v2::*};
use frame_support::{
	traits::{EnsureOrigin, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use hdx_primitives::{AccountId, InstitutionId};

/// Sets the scene for the benchmarks.
pub trait BenchmarkHelper {
	/// Makes an active institution without a seat, another one for each number.
	fn institution(number: u32) -> InstitutionId;

	/// Suspends an institution, and tells nobody.
	fn suspend(institution: InstitutionId);

	/// Opens a referendum in which a member votes, and gives its number.
	fn voted(chamber: Chamber, member: &AccountId) -> PollIndex;
}

/// Gives so many seats to institutions, with those who speak for them. They are members of nothing, and vote for nothing.
fn fill<T: Config>(seats: u32) {
	let others: Vec<_> = (0..seats)
		.map(|number| {
			let institution = T::BenchmarkHelper::institution(number.saturating_add(1));
			Seat { institution, voter: T::Voices::voice_of(institution) }
		})
		.collect();
	Seats::<T>::put(BoundedVec::<_, T::MaxSeats>::truncate_from(others));
}

/// Gives an institution the last seat, and says who votes for it.
fn seat_last<T: Config>() -> (InstitutionId, AccountId) {
	fill::<T>(T::MaxSeats::get() - 1);
	let institution = T::BenchmarkHelper::institution(0);
	Pallet::<T>::do_seat(institution).expect("there is a seat");
	(institution, T::Voices::voice_of(institution).expect("it is active"))
}

/// Has a member vote in so many referenda, which somebody else proposed, in the block before.
fn vote_in<T: Config>(polls: u32, chamber: Chamber, member: &AccountId) {
	let open: Vec<_> = (0..polls)
		.map(|_| OpenPoll {
			poll: T::BenchmarkHelper::voted(chamber, member),
			proposer: account("proposer", 0, 0),
			is_emergency: false,
		})
		.collect();
	OpenPolls::<T>::insert(chamber, BoundedVec::<_, T::MaxOpen>::truncate_from(open));
	// In the block of the votes nothing more moves: a referendum whose count changes is looked at in the next block, for which
	// it is noted already.
	let block = frame_system::Pallet::<T>::block_number();
	frame_system::Pallet::<T>::set_block_number(block + 1u32.into());
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn seat_institution() -> Result<(), BenchmarkError> {
		let origin =
			T::MembershipOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		fill::<T>(T::MaxSeats::get() - 1);
		let institution = T::BenchmarkHelper::institution(0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, institution);

		assert!(Seats::<T>::get().is_full());
		Ok(())
	}

	#[benchmark]
	fn unseat_institution() -> Result<(), BenchmarkError> {
		let origin =
			T::MembershipOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (institution, voter) = seat_last::<T>();
		vote_in::<T>(T::MaxOpen::get(), Chamber::Institutions, &voter);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, institution);

		assert!(!Pallet::<T>::is_member(Chamber::Institutions, &voter));
		Ok(())
	}

	#[benchmark]
	fn appoint_representative() -> Result<(), BenchmarkError> {
		let origin = T::RepresentationOrigin::try_successful_origin()
			.map_err(|_| BenchmarkError::Weightless)?;
		let representative: AccountId = account("representative", 0, 0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, representative.clone());

		assert!(Pallet::<T>::is_member(Chamber::Patients, &representative));
		Ok(())
	}

	#[benchmark]
	fn dismiss_representative() -> Result<(), BenchmarkError> {
		let origin = T::RepresentationOrigin::try_successful_origin()
			.map_err(|_| BenchmarkError::Weightless)?;
		let representative: AccountId = account("representative", 0, 0);
		Pallet::<T>::do_appoint(account("other", 0, 0)).expect("there is a seat");
		Pallet::<T>::do_appoint(representative.clone()).expect("there is a seat");
		vote_in::<T>(T::MaxOpen::get(), Chamber::Patients, &representative);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, representative.clone());

		assert!(!Pallet::<T>::is_member(Chamber::Patients, &representative));
		Ok(())
	}

	#[benchmark]
	fn sync_seat() {
		let (institution, voter) = seat_last::<T>();
		vote_in::<T>(T::MaxOpen::get(), Chamber::Institutions, &voter);
		T::BenchmarkHelper::suspend(institution);

		#[extrinsic_call]
		_(RawOrigin::Signed(account("anyone", 0, 0)), institution);

		assert!(!Pallet::<T>::is_member(Chamber::Institutions, &voter));
	}

	#[benchmark]
	fn note_proposal() {
		let (_, voter) = seat_last::<T>();
		vote_in::<T>(T::MaxOpen::get() - 1, Chamber::Institutions, &voter);

		#[block]
		{
			Pallet::<T>::note_proposal(Chamber::Institutions, &voter, false)
				.expect("there is room");
		}

		assert!(OpenPolls::<T>::get(Chamber::Institutions).is_full());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
