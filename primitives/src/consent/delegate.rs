//! Delegates: who may do what in a patient's place, within a narrower scope.

use crate::consent::Powers;
use crate::{engine::Scope, AccountId, Milliseconds, Period};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What a delegate may do.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct DelegateTerms {
	/// How far the consents that the delegate gives may go. It limits at least one attribute.
	pub scope: Scope,
	/// What the delegate may do.
	pub powers: Powers,
	/// From when until when.
	pub period: Period,
}

/// A delegate of a patient.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Delegation {
	/// Who.
	pub delegate: AccountId,
	/// May do what.
	pub terms: DelegateTerms,
	/// When the terms were set.
	pub named_at: Milliseconds,
}
