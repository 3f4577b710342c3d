//! Why a transaction is refused before it is included.

use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// Why a transaction is refused before it is included. It leaves no trace on the chain and costs
/// nothing; the node answers its sender with `InvalidTransaction::Custom` of [`Refusal::code`].
///
/// Never `ExhaustsResources`: block authors keep what that refuses and try it again in each block,
/// so that one institution's flood would take the time of everybody's blocks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// No institution answers for the signer: it operates none, practises at none and was sponsored
	/// by none. An institution has to enrol or sponsor it.
	NoSponsor,
	/// The bucket of the institution that answers for the signer is spent, or the small one that it
	/// has for the attempts of accounts that were given up. It refills with time.
	SponsorExhausted,
	/// The call is protected, but the signer's own bucket is spent, and that of its institution (if
	/// it has one) as well. Both refill with time.
	ProtectedExhausted,
	/// Calls are nested deeper than [`Config::MaxDepth`](crate::Config::MaxDepth). Send them in
	/// fewer layers.
	TooDeep,
	/// The transaction costs more units than a full bucket of the institution holds, so waiting
	/// does not help. Send it in parts.
	TooLarge,
}

impl Refusal {
	/// The number that clients see.
	pub const fn code(self) -> u8 {
		match self {
			Self::NoSponsor => 32,
			Self::SponsorExhausted => 33,
			Self::ProtectedExhausted => 34,
			Self::TooDeep => 35,
			Self::TooLarge => 36,
		}
	}
}

impl From<Refusal> for TransactionValidityError {
	fn from(refusal: Refusal) -> Self {
		InvalidTransaction::Custom(refusal.code()).into()
	}
}
