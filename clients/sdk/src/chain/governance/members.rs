//! Who has a vote.

use super::{
	raw::{prefix, twox},
	track::Chamber,
};
use crate::chain::{Chain, ChainError};
use codec::{Decode, Encode};
use hdx_primitives::{AccountId, InstitutionId};

/// The seat of an institution.
#[derive(Clone, PartialEq, Eq, Debug, Decode)]
pub struct SeatView {
	/// Whose it is.
	pub institution: InstitutionId,
	/// Who votes for it. `None`: nobody, as it is suspended, closed or not accredited.
	pub voter: Option<AccountId>,
}

/// Bytes of an account.
const ACCOUNT: usize = 32;

impl Chain {
	/// The seats of institutions, in the order in which they were given.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn seats(&self) -> Result<Vec<SeatView>, ChainError> {
		let block = self.best().await?.block_hash();
		Ok(self.raw_value(prefix("Origins", "Seats"), block).await?.unwrap_or_default())
	}

	/// Who represents patients.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn representatives(&self) -> Result<Vec<AccountId>, ChainError> {
		let block = self.best().await?.block_hash();
		let start = prefix(Chamber::Patients.collective(), "Members");
		let keys = self.raw_keys(&start, block).await?;
		let account = |key: Vec<u8>| {
			let at = key.len().checked_sub(ACCOUNT)?;
			AccountId::decode(&mut key.get(at..)?).ok()
		};
		Ok(keys.into_iter().filter_map(account).collect())
	}

	/// How many votes a chamber has.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn votes_of(&self, chamber: Chamber) -> Result<u32, ChainError> {
		let block = self.best().await?.block_hash();
		let start = prefix(chamber.collective(), "MemberCount");
		let key = [start, twox(&0_u16.encode())].concat();
		Ok(self.raw_value(key, block).await?.unwrap_or_default())
	}

	/// Whether the account has a vote in the chamber.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn has_vote(&self, chamber: Chamber, who: &AccountId) -> Result<bool, ChainError> {
		let block = self.best().await?.block_hash();
		let start = prefix(chamber.collective(), "Members");
		let key = [start, twox(&who.encode())].concat();
		Ok(self.raw_value::<u16>(key, block).await?.is_some())
	}
}
