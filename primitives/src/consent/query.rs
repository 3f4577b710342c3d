//! What can be asked from outside, and what is answered.

use crate::consent::{ConsentTerms, GrantedBy, SignedDocument};
use crate::{
	engine::{Actor, DataReference, Request, Values},
	Code, ConsentId, Milliseconds, Period, H256,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A request for a decision. An empty attribute is not named.
#[derive(
	Clone,
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
pub struct ConsentQuery {
	/// Everything the requester is: account, organisations, roles, groups.
	pub actors: Values<Actor>,
	/// Purposes of use.
	pub purposes: Values<Code>,
	/// Actions asked for.
	pub actions: Values<Code>,
	/// Security labels asked for.
	pub labels: Values<Code>,
	/// Classes asked for.
	pub classes: Values<Code>,
	/// Clinical codes asked for.
	pub codes: Values<Code>,
	/// When the data asked for is from.
	pub data_period: Period,
	/// Particular data asked for.
	pub data: Values<DataReference>,
	/// Which categories of consent can answer. Empty: any.
	pub categories: Values<Code>,
}

impl ConsentQuery {
	/// The query as the engine takes it.
	pub fn request(&self) -> Request<'_> {
		Request {
			actors: &self.actors,
			purposes: &self.purposes,
			actions: &self.actions,
			labels: &self.labels,
			classes: &self.classes,
			codes: &self.codes,
			data_period: self.data_period,
			data: &self.data,
			categories: &self.categories,
		}
	}
}

/// How a consent stands at a moment.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ConsentState {
	/// Its period has not begun.
	NotBegun,
	/// It applies.
	InForce,
	/// Its time is over.
	Ended,
	/// It was revoked.
	Revoked,
}

/// A consent in a list. The whole of it is in its history.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ConsentSummary {
	/// Which.
	pub consent: ConsentId,
	/// How it stands.
	pub state: ConsentState,
	/// Its current version.
	pub version: u32,
	/// When that version was given.
	pub given_at: Milliseconds,
	/// Who gave it.
	pub granted_by: GrantedBy,
	/// When it was revoked.
	pub revoked_at: Option<Milliseconds>,
	/// When it applies, with the renewals of until now.
	pub period: Period,
	/// How often it was renewed.
	pub renewals: u32,
	/// Whether it will not be renewed any more, because somebody stopped that.
	pub renewal_is_stopped: bool,
	/// How often, until erased when, renewed how.
	pub terms: ConsentTerms,
	/// What was signed.
	pub document: SignedDocument,
	/// Hash of the current version.
	pub hash: H256,
}
