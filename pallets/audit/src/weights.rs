//! What the log costs.

use frame_support::{traits::Get, weights::Weight};

/// The weights that this pallet needs.
pub trait WeightInfo {
	/// Recording an entry that has an actor, a patient and an institution, and counts for both in a
	/// new window. The pallet that reports it pays, within the weight of its own call. The alerts
	/// that an entry may raise are left out: each is raised once in a window.
	fn record() -> Weight;
	/// Sealing the log of a block, whatever the number of its entries.
	fn seal() -> Weight;
	/// Pruning so many entries whose window is over. See [`pruning`].
	fn prune(entries: u32) -> Weight;
	/// Pruning so many entries that were passed over and are kept no more. See [`pruning`].
	fn sweep(entries: u32) -> Weight;
	/// Setting the window.
	fn set_retention() -> Weight;
	/// Placing a hold on so many entries.
	fn place_hold(entries: u32) -> Weight;
	/// Releasing a hold on so many entries, all of which are pruned.
	fn release_hold(entries: u32) -> Weight;
	/// Keeping so many deadlines of reviews.
	fn keep_deadlines(deadlines: u32) -> Weight;
	/// Forgetting so many patients and so many counts of windows that are over.
	fn forget_windows(patients: u32, counts: u32) -> Weight;
	/// Asking for a review.
	fn request_review() -> Weight;
	/// Answering a review.
	fn answer_review() -> Weight;
	/// Taking a review to governance.
	fn escalate_review() -> Weight;
	/// Withdrawing a review of an entry whose turn has passed.
	fn withdraw_review() -> Weight;
	/// Deciding a review of an entry whose turn has passed.
	fn decide_review() -> Weight;
	/// Setting the times of reviews.
	fn set_review_terms() -> Weight;
	/// Setting what raises alerts.
	fn set_monitoring() -> Weight;
}

/// The cost of pruning in so many steps, of which each looks at an entry whose window is over or at one
/// that was passed over: no more than if all were of the kind that costs more.
pub fn pruning<W: WeightInfo>(steps: u32) -> Weight {
	let (prune, sweep) = (W::prune(0), W::sweep(0));
	let each = W::prune(1).saturating_sub(prune).max(W::sweep(1).saturating_sub(sweep));
	prune.saturating_add(sweep).saturating_add(each.saturating_mul(steps.into()))
}

/// What the entries of a block share of the database: `NextEntryIndex`, `CurrentLog` and `CurrentWindow`. However many
/// entries there are, each of the three is read once and written once, so each block pays for it at its beginning, and
/// benchmarks of entries do not count it (`whitelist_storage`).
pub fn shared_by_a_block<T: frame_system::Config>() -> Weight {
	T::DbWeight::get().reads_writes(3, 3)
}
