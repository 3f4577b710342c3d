//! The identifiers themselves: DIDs and the URLs of keys.
//!
//! ```text
//! did     = "did:hdx:" chain ":" account
//! chain   = 16HEXDIG    ; the first eight bytes of the hash of the genesis block
//! account = 64HEXDIG    ; the 32 bytes of the account
//! key-url = did "#key-" index
//! index   = "0" / ( %x31-39 *DIGIT )    ; at most 4294967295
//! ```
//!
//! Hexadecimal digits are lower case. Each DID has one spelling, which SS58 would not give it: there
//! an account is spelled differently for each network prefix.

use crate::{did::KeyIndex, AccountId, H256};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;

/// What each DID of this method begins with.
pub const DID_METHOD: &str = "did:hdx:";

/// What the fragment of each key's URL begins with; the key's index follows.
pub const KEY_FRAGMENT_PREFIX: &str = "key-";

/// A `did:hdx`: an account on one chain.
#[derive(
	Clone,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Did {
	/// The first bytes of the hash of the chain's genesis block.
	pub genesis: [u8; 8],
	/// The subject.
	pub account: AccountId,
}

impl Did {
	/// The DID of an account on the chain with this genesis block.
	pub fn new(genesis: &H256, account: AccountId) -> Self {
		let mut prefix = [0; 8];
		prefix.iter_mut().zip(genesis.as_bytes()).for_each(|(to, from)| *to = *from);
		Self { genesis: prefix, account }
	}

	/// Whether it is one of the chain with this genesis block.
	pub fn is_on(&self, genesis: &H256) -> bool {
		genesis.as_bytes().starts_with(&self.genesis)
	}

	/// The URL of one of its keys.
	pub fn key_url(&self, key: KeyIndex) -> DidKeyUrl {
		DidKeyUrl { did: self.clone(), key }
	}
}

/// The URL of a key: the `id` of a verification method.
#[derive(
	Clone,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct DidKeyUrl {
	/// Whose key.
	pub did: Did,
	/// Which.
	pub key: KeyIndex,
}

/// Why a text is not a `did:hdx` or the URL of a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DidParseError {
	/// It does not begin with `did:hdx:`.
	OtherMethod,
	/// What follows is not 16 hexadecimal digits of lower case and a colon.
	GenesisMalformed,
	/// What follows that is not 64 hexadecimal digits of lower case, and nothing else.
	AccountMalformed,
	/// The fragment is missing, or is not `key-` and an index without leading zeros.
	KeyFragmentMalformed,
}

impl fmt::Display for DidParseError {
	fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
		formatter.write_str(match self {
			Self::OtherMethod => "a DID of this chain begins with did:hdx:",
			Self::GenesisMalformed => {
				"after did:hdx: come 16 lower-case hexadecimal digits of the genesis hash and a colon"
			},
			Self::AccountMalformed => {
				"a did:hdx ends with the account in 64 lower-case hexadecimal digits"
			},
			Self::KeyFragmentMalformed => "a key is named by #key- and its index",
		})
	}
}

impl core::error::Error for DidParseError {}

impl fmt::Display for Did {
	fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
		formatter.write_str(DID_METHOD)?;
		write_hex(&self.genesis, formatter)?;
		formatter.write_str(":")?;
		write_hex(self.account.as_ref(), formatter)
	}
}

impl FromStr for Did {
	type Err = DidParseError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let rest = text.strip_prefix(DID_METHOD).ok_or(DidParseError::OtherMethod)?;
		let (genesis, account) = rest.split_once(':').ok_or(DidParseError::GenesisMalformed)?;
		let genesis = read_hex(genesis).ok_or(DidParseError::GenesisMalformed)?;
		let account: [u8; 32] = read_hex(account).ok_or(DidParseError::AccountMalformed)?;
		Ok(Self { genesis, account: account.into() })
	}
}

impl fmt::Display for DidKeyUrl {
	fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(formatter, "{}#{KEY_FRAGMENT_PREFIX}{}", self.did, self.key.0)
	}
}

impl FromStr for DidKeyUrl {
	type Err = DidParseError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let (did, fragment) = text.split_once('#').unwrap_or((text, ""));
		let did = did.parse()?;
		let digits = fragment
			.strip_prefix(KEY_FRAGMENT_PREFIX)
			.ok_or(DidParseError::KeyFragmentMalformed)?;
		let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
		let is_padded = digits.len() > 1 && digits.starts_with('0');
		let index = digits.parse().ok().filter(|_| is_number && !is_padded);
		Ok(Self { did, key: KeyIndex(index.ok_or(DidParseError::KeyFragmentMalformed)?) })
	}
}

fn write_hex(bytes: &[u8], formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
	bytes.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
}

/// Reads exactly so many bytes.
fn read_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
	let mut bytes = [0; N];
	let pairs = text.as_bytes().chunks_exact(2);
	if text.len() != N.checked_mul(2)? || !pairs.remainder().is_empty() {
		return None;
	}
	for (byte, pair) in bytes.iter_mut().zip(pairs) {
		let [high, low] = pair else { return None };
		*byte = digit(*high)? << 4 | digit(*low)?;
	}
	Some(bytes)
}

fn digit(character: u8) -> Option<u8> {
	match character {
		b'0'..=b'9' => character.checked_sub(b'0'),
		b'a'..=b'f' => character.checked_sub(b'a')?.checked_add(10),
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use alloc::{format, string::ToString};

	const GENESIS: &str = "0123456789abcdef";

	fn did() -> Did {
		let mut genesis = H256::repeat_byte(0xee);
		genesis.0.iter_mut().zip([0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef]).for_each(
			|(to, from)| {
				*to = from;
			},
		);
		Did::new(&genesis, AccountId::new([0xa5; 32]))
	}

	#[test]
	fn a_did_is_written_and_read() {
		let text = format!("did:hdx:{GENESIS}:{}", "a5".repeat(32));
		assert_eq!(did().to_string(), text);
		assert_eq!(text.parse(), Ok(did()));
	}

	#[test]
	fn a_did_is_of_one_chain() {
		let mut genesis = H256::zero();
		assert!(!did().is_on(&genesis));
		genesis = H256::repeat_byte(7);
		assert!(Did::new(&genesis, did().account).is_on(&genesis));
	}

	#[test]
	fn no_did_has_two_spellings() {
		let account = "a5".repeat(32);
		for (text, error) in [
			(String::new(), DidParseError::OtherMethod),
			(format!("DID:hdx:{GENESIS}:{account}"), DidParseError::OtherMethod),
			(format!("did:key:{GENESIS}:{account}"), DidParseError::OtherMethod),
			(format!("did:hdx:{GENESIS}"), DidParseError::GenesisMalformed),
			(format!("did:hdx:0x{GENESIS}:{account}"), DidParseError::GenesisMalformed),
			(format!("did:hdx:0123456789ABCDEF:{account}"), DidParseError::GenesisMalformed),
			(format!("did:hdx:0123456789abcde:{account}"), DidParseError::GenesisMalformed),
			(format!("did:hdx:{GENESIS}:"), DidParseError::AccountMalformed),
			(format!("did:hdx:{GENESIS}:{account}0"), DidParseError::AccountMalformed),
			(format!("did:hdx:{GENESIS}:{account}#key-0"), DidParseError::AccountMalformed),
			(format!("did:hdx:{GENESIS}:{}", "A5".repeat(32)), DidParseError::AccountMalformed),
			(format!("did:hdx:{GENESIS}:{}é", "a5".repeat(31)), DidParseError::AccountMalformed),
		] {
			assert_eq!(text.parse::<Did>(), Err(error), "{text}");
		}
	}

	#[test]
	fn the_url_of_a_key_is_written_and_read() {
		for key in [0, 10, u32::MAX] {
			let url = did().key_url(KeyIndex(key));
			assert_eq!(url.to_string(), format!("{}#key-{key}", did()));
			assert_eq!(url.to_string().parse(), Ok(url));
		}
	}

	#[test]
	fn no_url_of_a_key_has_two_spellings() {
		for fragment in ["", "#", "#key-", "#key-00", "#key-+1", "#key--1", "#0", "#key-4294967296"]
		{
			let text = format!("{}{fragment}", did());
			assert_eq!(
				text.parse::<DidKeyUrl>(),
				Err(DidParseError::KeyFragmentMalformed),
				"{text}"
			);
		}
	}
}
