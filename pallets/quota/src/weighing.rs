//! What the check of a transaction weighs: at most, and as it turned out.

use crate::{
	call_tree, CallClassifier, Config, Nested, Pallet, Plan, SponsorDirectory, WeightInfo,
};
use frame_support::{traits::Get, weights::Weight};

/// Buckets that an emergency is taken out of: its signer's own, and the institution's.
const BUCKETS_OF_AN_EMERGENCY: u32 = 2;

impl<T: Config> Pallet<T> {
	/// The most that the check of `call` weighs, whoever signs it and whatever is in state.
	pub(crate) fn declared_weight(call: &T::RuntimeCall) -> Weight {
		let leaves = Self::leaves(call);
		// Each leaf may be for another institution, and a call that carries them is for the first.
		let most = T::Sponsors::most_sponsors().max(BUCKETS_OF_AN_EMERGENCY);
		let buckets = leaves.saturating_add(1).min(most);
		let looked_up = most_looked_up::<T::RuntimeCall, T::Calls>(
			call,
			T::MaxDepth::get(),
			T::ProtectedLimits::get().capacity,
		);
		Self::weight_of(leaves, buckets, looked_up)
	}

	/// What was declared of the check of `call` and not used: it was paid as planned.
	pub(crate) fn unused_weight(call: &T::RuntimeCall, plan: &Plan) -> Weight {
		let used = Self::weight_of(Self::leaves(call), plan.charge.buckets(), plan.looked_up);
		Self::declared_weight(call).saturating_sub(used)
	}

	fn weight_of(leaves: u32, buckets: u32, looked_up: u32) -> Weight {
		let counted = T::WeightInfo::check_quota(leaves, buckets);
		match looked_up {
			// Neither the signer's own bucket is asked, nor that for emergencies.
			0 => counted,
			calls => counted.saturating_add(T::WeightInfo::look_up(calls)),
		}
	}

	fn leaves(call: &T::RuntimeCall) -> u32 {
		call_tree::leaves::<T::RuntimeCall, T::Calls>(call, T::MaxDepth::get())
	}
}

/// About how many of the calls state is asked at most: of calls that carry others and of leaves, until there are more of these
/// than `most_protected`.
fn most_looked_up<Call, C: CallClassifier<Call>>(
	call: &Call,
	depth_left: u32,
	most_protected: u32,
) -> u32 {
	let mut count = Count { leaves: 0, looked_up: 0, most_protected };
	count.add::<Call, C>(call, depth_left);
	count.looked_up
}

struct Count {
	leaves: u32,
	looked_up: u32,
	most_protected: u32,
}

impl Count {
	fn add<Call, C: CallClassifier<Call>>(&mut self, call: &Call, depth_left: u32) {
		let nested = C::nested(call);
		let is_leaf = matches!(nested, Nested::Leaf | Nested::Many([]));
		self.leaves = self.leaves.saturating_add(is_leaf.into());
		// The first call is asked about in any case: whether it is an emergency.
		if self.leaves > self.most_protected.max(1) {
			return;
		}
		self.looked_up = self.looked_up.saturating_add(C::is_looked_up(call).into());
		// Nested deeper, it is refused.
		let Some(depth_left) = depth_left.checked_sub(1) else { return };
		match nested {
			Nested::Leaf => {},
			Nested::One(inner) => self.add::<Call, C>(inner, depth_left),
			Nested::Two(first, second) => {
				self.add::<Call, C>(first, depth_left);
				self.add::<Call, C>(second, depth_left);
			},
			Nested::Many(calls) => {
				for inner in calls {
					self.add::<Call, C>(inner, depth_left);
				}
			},
		}
	}
}
