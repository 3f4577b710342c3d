//! What the calls cost.

use frame_support::weights::Weight;

/// The cost of each call, and of what other pallets and the block ask for.
pub trait WeightInfo {
	/// [`Pallet::sponsor_patient`](crate::Pallet::sponsor_patient).
	fn sponsor_patient() -> Weight;
	/// [`Pallet::publish_template`](crate::Pallet::publish_template).
	fn publish_template() -> Weight;
	/// [`Pallet::grant`](crate::Pallet::grant) of the largest policy, where the
	/// consent that ended makes room for it.
	fn grant() -> Weight;
	/// [`Pallet::revoke`](crate::Pallet::revoke) of the largest policy, out of the most consents.
	fn revoke() -> Weight;
	/// [`Pallet::set_decision_rules`](crate::Pallet::set_decision_rules).
	fn set_decision_rules() -> Weight;
	/// [`Pallet::amend`](crate::Pallet::amend) of the largest policy to the largest policy.
	fn amend() -> Weight;
	/// [`Pallet::renew`](crate::Pallet::renew) of the largest policy.
	fn renew() -> Weight;
	/// [`Pallet::stop_renewal`](crate::Pallet::stop_renewal) of the largest policy.
	fn stop_renewal() -> Weight;
	/// [`Pallet::confirm_erasure`](crate::Pallet::confirm_erasure) of a past version of the
	/// largest policy.
	fn confirm_erasure() -> Weight;
	/// [`Pallet::retire_template`](crate::Pallet::retire_template).
	fn retire_template() -> Weight;
	/// [`Pallet::set_emergency_override`](crate::Pallet::set_emergency_override).
	fn set_emergency_override() -> Weight;
	/// [`Pallet::request_consent`](crate::Pallet::request_consent) where both lists are full, the
	/// oldest in them expired.
	fn request_consent() -> Weight;
	/// [`Pallet::approve_request`](crate::Pallet::approve_request) by the largest policy, where
	/// the consent that ended makes room for it.
	fn approve_request() -> Weight;
	/// [`Pallet::deny_request`](crate::Pallet::deny_request).
	fn deny_request() -> Weight;
	/// [`Pallet::withdraw_request`](crate::Pallet::withdraw_request).
	fn withdraw_request() -> Weight;
	/// [`Pallet::set_guardians`](crate::Pallet::set_guardians) of as many as are allowed, whom
	/// as many others with as many proposals give way to.
	fn set_guardians() -> Weight;
	/// [`Pallet::sponsor_ward`](crate::Pallet::sponsor_ward) with as many guardians as are
	/// allowed.
	fn sponsor_ward() -> Weight;
	/// [`Pallet::propose_as_guardian`](crate::Pallet::propose_as_guardian) of what is carried out at
	/// once and costs most, where the proposals that expired make room.
	fn propose_as_guardian() -> Weight;
	/// [`Pallet::approve_as_guardian`](crate::Pallet::approve_as_guardian) of what is carried out at
	/// once and costs most.
	fn approve_as_guardian() -> Weight;
	/// [`Pallet::object_to_proposal`](crate::Pallet::object_to_proposal).
	fn object_to_proposal() -> Weight;
	/// [`Pallet::execute_proposal`](crate::Pallet::execute_proposal) of what costs most: the approval
	/// of a request by the largest policy.
	fn execute_proposal() -> Weight;
	/// [`Pallet::delegate`](crate::Pallet::delegate) in the place of one whose delegation has
	/// ended.
	fn delegate() -> Weight;
	/// [`Pallet::revoke_delegate`](crate::Pallet::revoke_delegate).
	fn revoke_delegate() -> Weight;
	/// [`Pallet::act_as_delegate`](crate::Pallet::act_as_delegate) by what costs most: the approval
	/// of a request by the largest policy.
	fn act_as_delegate() -> Weight;
	/// One announcement of a renewal.
	fn announce() -> Weight;
	/// One decision over the most consents of the largest policies.
	fn decide() -> Weight;
	/// Counting one use of a consent of the largest policy.
	fn record_use() -> Weight;
}
