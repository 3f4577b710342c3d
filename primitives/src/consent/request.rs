//! Requests of providers for a consent.

use crate::consent::{FrequencyLimit, Renewal};
use crate::{
	engine::Values, AccountId, Code, InstitutionId, Milliseconds, Period, Role, TemplateId,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What a provider asks a patient to consent to (ABDM consent request).
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ConsentRequestTerms {
	/// The institution for which the provider asks.
	pub on_behalf_of: InstitutionId,
	/// The role in which the provider will act.
	pub role: Role,
	/// For which purposes of use. At least one.
	pub purposes: Values<Code>,
	/// Which classes of data (ABDM `hiTypes`). Empty: all.
	pub classes: Values<Code>,
	/// Data with which security labels. Empty: any.
	pub labels: Values<Code>,
	/// Data from when (ABDM `permission.dateRange`).
	pub data_period: Period,
	/// When the consent is to hold.
	pub period: Period,
	/// How often data is to be disclosed. `None`: any number of times.
	pub frequency: Option<FrequencyLimit>,
	/// By when the data will be erased (ABDM `permission.dataEraseAt`). `None`: not promised.
	pub erase_by: Option<Milliseconds>,
	/// Whether the consent is to renew itself. `None`: it must not.
	pub renewal: Option<Renewal>,
	/// The document that the patient is asked to sign.
	pub template: TemplateId,
}

/// A request that waits for the patient.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ConsentRequest {
	/// Who asks.
	pub requester: AccountId,
	/// Who is asked.
	pub patient: AccountId,
	/// For what.
	pub terms: ConsentRequestTerms,
	/// When it was made.
	pub made_at: Milliseconds,
	/// The first moment at which it cannot be approved any more.
	pub expires_at: Milliseconds,
}
