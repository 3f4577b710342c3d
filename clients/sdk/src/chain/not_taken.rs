//! Why no node took a transaction, as far as its words tell.

/// Why no node took a transaction. What is refused before it is included leaves no trace on the chain and costs nothing; of
/// [`Self::AlreadyThere`] alone that is not known.
///
/// The first five are the quota's (`pallet_quota::Refusal`), of which nodes tell a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotTaken {
	/// No institution answers for the signer: it operates none, practises at none and was sponsored by none.
	NoSponsor,
	/// The bucket of the institution that answers for the signer is spent, and refills with time.
	SponsorExhausted,
	/// The signer's own bucket is spent, and that of its institution if it has one. Both refill with time.
	ProtectedExhausted,
	/// Calls are nested too deep.
	TooDeep,
	/// More units than a full bucket holds: waiting does not help.
	TooLarge,
	/// The pool has another transaction of the signer with the same number (nonce).
	NumberInUse,
	/// The pool has this very transaction, so it may still be in a block. Seldom, a node says so of one that it was sent once:
	/// where a block came in just then, and the pool passed the transaction on before it had answered.
	AlreadyThere,
}

impl NotTaken {
	/// Reads what a node says. `None`: something else.
	pub(super) fn of(reason: &str) -> Option<Self> {
		let reason = reason.to_ascii_lowercase();
		if reason.contains("priority") && reason.contains("too low") {
			return Some(Self::NumberInUse);
		}
		if reason.contains("already imported") {
			return Some(Self::AlreadyThere);
		}
		let (_, rest) = reason.split_once("custom error: ")?;
		let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
		Some(match digits.parse().ok()? {
			32u8 => Self::NoSponsor,
			33 => Self::SponsorExhausted,
			34 => Self::ProtectedExhausted,
			35 => Self::TooDeep,
			36 => Self::TooLarge,
			_ => return None,
		})
	}

	/// In words.
	const fn words(self) -> &'static str {
		match self {
			Self::NoSponsor => "no institution answers for the account that signed it",
			Self::SponsorExhausted => {
				"the quota of the institution that answers for it is spent for now"
			},
			Self::ProtectedExhausted => {
				"the account's own quota, and its institution's, are spent for now"
			},
			Self::TooDeep => "its calls are nested too deep",
			Self::TooLarge => {
				"it is larger than the whole quota of the institution that answers for it"
			},
			Self::NumberInUse => {
				"a transaction of this account with the same number waits in the node's pool"
			},
			Self::AlreadyThere => "the node's pool has it already, and it may still be in a block",
		}
	}
}

/// What a node says, and before it what that means.
pub(super) fn explained(reason: &str) -> String {
	NotTaken::of(reason)
		.map_or_else(|| reason.to_owned(), |why| format!("{} ({reason})", why.words()))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn why_is_read_from_what_the_node_says() {
		let read = |reason, why| assert_eq!(NotTaken::of(reason), why, "{reason}");
		read(r#"Invalid Transaction (1010), "Custom error: 32""#, Some(NotTaken::NoSponsor));
		read(r#"Invalid Transaction (1010), "Custom error: 33""#, Some(NotTaken::SponsorExhausted));
		read("Custom error: 34", Some(NotTaken::ProtectedExhausted));
		read("Custom error: 35", Some(NotTaken::TooDeep));
		read("Invalid transaction with custom error: 36", Some(NotTaken::TooLarge));
		let in_pool = "The priority of the transaction is too low (pool 999 > current 999)";
		read(in_pool, Some(NotTaken::NumberInUse));
		read("Priority is too low: (1 vs 1) (1014)", Some(NotTaken::NumberInUse));
		read("[Some(0x01)] Already imported", Some(NotTaken::AlreadyThere));
		read("Transaction Already Imported (1013)", Some(NotTaken::AlreadyThere));
		read("custom error: 37", None);
		read("custom error: 900", None);
		read("Transaction is outdated", None);
	}

	#[test]
	fn the_words_of_the_node_are_kept() {
		assert_eq!(explained("Transaction is outdated"), "Transaction is outdated");
		assert_eq!(
			explained("Custom error: 35"),
			"its calls are nested too deep (Custom error: 35)"
		);
	}
}
