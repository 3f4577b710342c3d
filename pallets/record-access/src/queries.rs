//! What can be asked from outside, free of charge, at any block whose state is kept.

use crate::{
	Config, EmergencyOverrides, EmergencyTermsInForce, Grants, OverrideCountOf, OverrideView,
	OverridesOf, Pallet, PendingReviews, ReviewCountsOf, ReviewKey, ReviewStanding,
};
use alloc::vec::Vec;
use hdx_primitives::{AccountId, GrantId, InstitutionId};

/// Most break-glasses that one page holds.
pub const MAX_PAGE: u32 = 100;

impl<T: Config> Pallet<T> {
	pub(crate) fn query_override(id: GrantId) -> Option<OverrideView> {
		let emergency = EmergencyOverrides::<T>::get(id)?;
		Some(OverrideView { id, grant: Grants::<T>::get(id)?, emergency })
	}

	pub(crate) fn query_overrides(patient: &AccountId, skip: u32, limit: u32) -> Vec<OverrideView> {
		let end = skip.saturating_add(limit.min(MAX_PAGE));
		(skip..end.min(OverrideCountOf::<T>::get(patient)))
			.filter_map(|nth| OverridesOf::<T>::get(patient, nth))
			.filter_map(Self::query_override)
			.collect()
	}

	pub(crate) fn query_pending(
		institution: InstitutionId,
		after: Option<GrantId>,
		limit: u32,
	) -> Vec<OverrideView> {
		let after = after.and_then(|id| Some((id, EmergencyOverrides::<T>::get(id)?)));
		let keys = match after {
			None => PendingReviews::<T>::iter_key_prefix(institution),
			Some((id, emergency)) => {
				let key = ReviewKey::new(emergency.deadline, id);
				PendingReviews::<T>::iter_key_prefix_from(
					institution,
					PendingReviews::<T>::hashed_key_for(institution, key),
				)
			},
		};
		keys.take(usize::try_from(limit.min(MAX_PAGE)).unwrap_or(0))
			.filter_map(|key| Self::query_override(key.grant()))
			.collect()
	}

	pub(crate) fn query_standing(institution: InstitutionId) -> ReviewStanding {
		let overdue = Self::count_overdue(institution, Self::now());
		ReviewStanding {
			counts: ReviewCountsOf::<T>::get(institution),
			overdue,
			is_blocked: overdue > EmergencyTermsInForce::<T>::get().max_overdue,
		}
	}
}
