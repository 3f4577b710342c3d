//! What a key may be used for: the verification relationships of W3C DID Core 1.0, section 5.3.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A verification relationship.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Relationship {
	/// `authentication`: the subject proves who it is.
	Authentication,
	/// `assertionMethod`: the subject signs what it claims, credentials for one.
	AssertionMethod,
	/// `keyAgreement`: others encrypt to the subject.
	KeyAgreement,
	/// `capabilityInvocation`: the subject uses an authorisation.
	CapabilityInvocation,
	/// `capabilityDelegation`: the subject hands an authorisation on.
	CapabilityDelegation,
}

impl Relationship {
	/// All of them.
	pub const ALL: [Self; 5] = [
		Self::Authentication,
		Self::AssertionMethod,
		Self::KeyAgreement,
		Self::CapabilityInvocation,
		Self::CapabilityDelegation,
	];
}

/// The relationships in which a key stands to its subject.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Relationships {
	/// [`Relationship::Authentication`].
	pub authentication: bool,
	/// [`Relationship::AssertionMethod`].
	pub assertion_method: bool,
	/// [`Relationship::KeyAgreement`].
	pub key_agreement: bool,
	/// [`Relationship::CapabilityInvocation`].
	pub capability_invocation: bool,
	/// [`Relationship::CapabilityDelegation`].
	pub capability_delegation: bool,
}

impl Relationships {
	/// All that a key that signs can be used for.
	pub const SIGNING: Self = Self {
		authentication: true,
		assertion_method: true,
		key_agreement: false,
		capability_invocation: true,
		capability_delegation: true,
	};

	/// All that a key to which others encrypt can be used for.
	pub const KEY_AGREEMENT: Self = Self {
		authentication: false,
		assertion_method: false,
		key_agreement: true,
		capability_invocation: false,
		capability_delegation: false,
	};

	/// One relationship.
	pub fn only(relationship: Relationship) -> Self {
		Self::default().with(relationship)
	}

	/// These and one more.
	pub fn with(mut self, relationship: Relationship) -> Self {
		match relationship {
			Relationship::Authentication => self.authentication = true,
			Relationship::AssertionMethod => self.assertion_method = true,
			Relationship::KeyAgreement => self.key_agreement = true,
			Relationship::CapabilityInvocation => self.capability_invocation = true,
			Relationship::CapabilityDelegation => self.capability_delegation = true,
		}
		self
	}

	/// Whether this relationship is among them.
	pub fn contains(&self, relationship: Relationship) -> bool {
		match relationship {
			Relationship::Authentication => self.authentication,
			Relationship::AssertionMethod => self.assertion_method,
			Relationship::KeyAgreement => self.key_agreement,
			Relationship::CapabilityInvocation => self.capability_invocation,
			Relationship::CapabilityDelegation => self.capability_delegation,
		}
	}

	/// Whether there is none.
	pub fn is_empty(&self) -> bool {
		*self == Self::default()
	}

	/// Whether each of them is among `others`.
	pub fn is_within(&self, others: &Self) -> bool {
		Relationship::ALL.into_iter().all(|one| !self.contains(one) || others.contains(one))
	}
}
