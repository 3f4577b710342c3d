//! Accounts that were given up for ever, as other pallets see them.

use crate::AccountId;

/// Which accounts were given up: whoever they belonged to goes on under another account, and the
/// old key may be stolen.
pub trait RetiredAccounts {
	/// Whether the account was given up.
	fn is_retired(who: &AccountId) -> bool;
}

/// Who is told when an account is given up.
pub trait OnAccountRetired {
	/// `who` was given up in this block.
	fn on_account_retired(who: &AccountId);
}

impl RetiredAccounts for () {
	fn is_retired(_: &AccountId) -> bool {
		false
	}
}

impl OnAccountRetired for () {
	fn on_account_retired(_: &AccountId) {}
}
