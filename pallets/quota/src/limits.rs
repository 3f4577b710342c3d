//! The limits that governance sets, and what is left of them.

use crate::{
	CallClassifier, Config, EmergencyBuckets, Error, Event, InstitutionBuckets, InstitutionLimits,
	Limits, Pallet, SponsorDirectory,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{ensure, traits::Get};
use hdx_primitives::{AccountId, AuditAction, AuditEvent, AuditSink, InstitutionId, Subject};
use scale_info::TypeInfo;
use sp_runtime::DispatchResult;

/// An institution's bucket at the time of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct BucketState {
	/// Its limits.
	pub limits: Limits,
	/// Whole units that can be spent now.
	pub available: u32,
}

/// What an account can still send, at the time of a block.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Remaining {
	/// Whether the account's calls are not counted at all.
	pub exempt: bool,
	/// Units of protected calls that the account pays for by itself.
	pub own: u32,
	/// The institutions that answer for the account, the one that is charged by default first, and
	/// the units that each has left. Empty: the account can send protected calls only.
	pub sponsors: Vec<(InstitutionId, u32)>,
}

impl<T: Config> Pallet<T> {
	/// Refuses limits that let nothing through, at once or after a while.
	pub(crate) fn check_limits(limits: Limits) -> Result<(), Error<T>> {
		ensure!(limits.capacity > 0, Error::<T>::NoCapacity);
		ensure!(limits.refill > 0, Error::<T>::NoRefill);
		Ok(())
	}

	pub(crate) fn do_set_bucket(
		institution: InstitutionId,
		limits: Option<Limits>,
	) -> DispatchResult {
		ensure!(T::Sponsors::exists(institution), Error::<T>::InstitutionUnknown);
		if let Some(limits) = limits {
			Self::check_limits(limits)?;
		}

		let now = Self::now();
		let (before, after) =
			(Self::limits(institution), limits.unwrap_or_else(T::DefaultLimits::get));
		InstitutionBuckets::<T>::mutate_exists(institution, |bucket| {
			// What came back until now came back at the old rate; then the new capacity holds.
			let settled = bucket.take().map(|bucket| bucket.settled(before, now));
			*bucket = settled.map(|bucket| bucket.settled(after, now));
		});
		Self::log_limits(institution, after, limits.is_none());
		match limits {
			Some(limits) => {
				InstitutionLimits::<T>::insert(institution, limits);
				Self::deposit_event(Event::BucketSet { institution, limits });
			},
			None => {
				InstitutionLimits::<T>::remove(institution);
				Self::deposit_event(Event::BucketReset { institution });
			},
		}
		Ok(())
	}

	fn log_limits(institution: InstitutionId, limits: Limits, is_default: bool) {
		let Limits { capacity, refill } = limits;
		T::Audit::record(AuditEvent {
			on_behalf_of: Some(institution),
			subject: Subject::Quota { capacity, refill, is_default },
			..AuditEvent::new(AuditAction::QuotaChanged)
		});
	}

	pub(crate) fn bucket_state(institution: InstitutionId) -> Option<BucketState> {
		T::Sponsors::exists(institution).then(|| BucketState {
			limits: Self::limits(institution),
			available: Self::available(institution),
		})
	}

	pub(crate) fn emergency_bucket_state(institution: InstitutionId) -> Option<BucketState> {
		let limits = T::EmergencyLimits::get();
		T::Sponsors::exists(institution).then(|| BucketState {
			limits,
			available: EmergencyBuckets::<T>::get(institution)
				.unwrap_or_default()
				.available(limits, Self::now()),
		})
	}

	pub(crate) fn remaining_of(account: AccountId) -> Remaining {
		let sponsors = T::Sponsors::sponsors(&account);
		Remaining {
			exempt: T::Calls::is_exempt(&account),
			own: Self::own_available(&account),
			sponsors: sponsors
				.into_iter()
				.map(|sponsor| (sponsor, Self::available(sponsor)))
				.collect(),
		}
	}
}
