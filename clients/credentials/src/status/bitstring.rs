//! The bits of a list, and their encoding (sections 2.2, 3.3 and 3.4): gzip, then base64url with
//! the multibase letter `u`.

use crate::base64url;
use flate2::{bufread::GzDecoder, write::GzEncoder, Compression};
use std::io::{self, Read, Write};

/// Fewest entries of a list: among fewer, one could tell who is asked about.
pub const MIN_ENTRIES: u64 = 131_072;

/// Most entries of a list that is read or made.
pub const MAX_ENTRIES: u64 = 16_777_216;

/// Most compressed bytes that are unpacked: [`MAX_ENTRIES`] bits that do not compress, and the
/// little that gzip adds.
pub const MAX_COMPRESSED_BYTES: usize = 2_097_152 + 4_096;

/// What a gzip file with deflate begins with (RFC 1952 section 2.3.1).
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// Bits, of which the first is the leftmost of the first byte.
#[derive(Clone, PartialEq, Eq)]
pub struct Bitstring(Vec<u8>);

/// Why there are no bits, or not that one.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BitstringError {
	/// Not the multibase letter of base64url.
	#[error("the encoded list does not begin with `u`, so it is not base64url")]
	WrongMultibase,
	/// Not base64url.
	#[error("the encoded list is not base64url without padding")]
	NotBase64,
	/// More than is unpacked.
	#[error("the encoded list has {found} compressed bytes; at most {MAX_COMPRESSED_BYTES} are unpacked")]
	CompressedTooLong {
		/// How many there are.
		found: usize,
	},
	/// Not gzip.
	#[error("the encoded list is not gzip")]
	NotGzip,
	/// Gzip that ends too early.
	#[error("the encoded list is truncated")]
	Truncated,
	/// Gzip that does not hold together.
	#[error("the encoded list is damaged: {detail}")]
	Damaged {
		/// What is wrong.
		detail: String,
	},
	/// Something follows the gzip file.
	#[error("{bytes} bytes follow the encoded list")]
	Trailing {
		/// How many.
		bytes: usize,
	},
	/// Fewer entries than a list must have.
	#[error("the list has {found} entries; it must have at least {MIN_ENTRIES}")]
	TooShort {
		/// How many it has.
		found: u64,
	},
	/// More entries than are read.
	#[error("the list has more than {MAX_ENTRIES} entries")]
	TooLong,
	/// Not whole bytes.
	#[error("{found} entries are no whole number of bytes; give a multiple of 8")]
	NotWholeBytes {
		/// How many were asked for.
		found: u64,
	},
	/// There is no such entry.
	#[error("the list has no entry {index}; it has {entries}")]
	OutOfRange {
		/// What was asked for.
		index: u64,
		/// How many there are.
		entries: u64,
	},
}

impl Bitstring {
	/// Bits of which none is set.
	///
	/// # Errors
	///
	/// [`BitstringError::TooShort`], [`BitstringError::TooLong`] or
	/// [`BitstringError::NotWholeBytes`].
	pub fn new(entries: u64) -> Result<Self, BitstringError> {
		if entries < MIN_ENTRIES {
			return Err(BitstringError::TooShort { found: entries });
		}
		if entries > MAX_ENTRIES {
			return Err(BitstringError::TooLong);
		}
		if entries & 7 != 0 {
			return Err(BitstringError::NotWholeBytes { found: entries });
		}
		let bytes = usize::try_from(entries >> 3).map_err(|_| BitstringError::TooLong)?;
		Ok(Self(vec![0; bytes]))
	}

	/// How many bits there are.
	pub fn entries(&self) -> u64 {
		(self.0.len() as u64).saturating_mul(8)
	}

	/// How many bits are set.
	pub fn count(&self) -> u64 {
		self.0.iter().map(|byte| u64::from(byte.count_ones())).sum()
	}

	/// Whether a bit is set.
	///
	/// # Errors
	///
	/// [`BitstringError::OutOfRange`].
	pub fn get(&self, index: u64) -> Result<bool, BitstringError> {
		let byte = usize::try_from(index >> 3).ok().and_then(|at| self.0.get(at));
		byte.map(|byte| byte & mask(index) != 0).ok_or_else(|| self.out_of_range(index))
	}

	/// Sets a bit, or clears it. Returns what it was.
	///
	/// # Errors
	///
	/// [`BitstringError::OutOfRange`].
	pub fn set(&mut self, index: u64, value: bool) -> Result<bool, BitstringError> {
		let error = self.out_of_range(index);
		let byte = usize::try_from(index >> 3).ok().and_then(|at| self.0.get_mut(at));
		let byte = byte.ok_or(error)?;
		let was = *byte & mask(index) != 0;
		if value {
			*byte |= mask(index);
		} else {
			*byte &= !mask(index);
		}
		Ok(was)
	}

	/// The value of `encodedList`.
	///
	/// # Errors
	///
	/// None in memory; the compressor's are passed on rather than hidden.
	pub fn encode(&self) -> io::Result<String> {
		let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
		encoder.write_all(&self.0)?;
		Ok(format!("u{}", base64url::encode(&encoder.finish()?)))
	}

	/// Reads a value of `encodedList`. No more than [`MAX_ENTRIES`] bits are ever unpacked,
	/// whatever was compressed.
	///
	/// # Errors
	///
	/// [`BitstringError`].
	pub fn decode(text: &str) -> Result<Self, BitstringError> {
		let encoded = text.strip_prefix('u').ok_or(BitstringError::WrongMultibase)?;
		// Four characters are three bytes.
		let length = encoded.len().saturating_mul(3) >> 2;
		if length > MAX_COMPRESSED_BYTES {
			return Err(BitstringError::CompressedTooLong { found: length });
		}
		let compressed = base64url::decode(encoded).ok_or(BitstringError::NotBase64)?;
		let bytes = unpack(&compressed)?;
		let found = (bytes.len() as u64).saturating_mul(8);
		if found < MIN_ENTRIES {
			return Err(BitstringError::TooShort { found });
		}
		Ok(Self(bytes))
	}

	fn out_of_range(&self, index: u64) -> BitstringError {
		BitstringError::OutOfRange { index, entries: self.entries() }
	}
}

impl std::fmt::Debug for Bitstring {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		write!(f, "Bitstring({} of {} set)", self.count(), self.entries())
	}
}

/// The bit of its byte.
fn mask(index: u64) -> u8 {
	0x80 >> (index & 7)
}

fn unpack(compressed: &[u8]) -> Result<Vec<u8>, BitstringError> {
	let known = MAGIC.len().min(compressed.len());
	if compressed.get(..known) != MAGIC.get(..known) {
		return Err(BitstringError::NotGzip);
	}
	let limit = MAX_ENTRIES >> 3;
	let mut rest = compressed;
	let mut decoder = GzDecoder::new(&mut rest);
	let mut bytes = Vec::new();
	// One more than may be there, and the decoder is not asked for another.
	let read = (&mut decoder).take(limit.saturating_add(1)).read_to_end(&mut bytes);
	if bytes.len() as u64 > limit {
		return Err(BitstringError::TooLong);
	}
	read.map_err(|error| match error.kind() {
		io::ErrorKind::UnexpectedEof => BitstringError::Truncated,
		_ => BitstringError::Damaged { detail: error.to_string() },
	})?;
	if !rest.is_empty() {
		return Err(BitstringError::Trailing { bytes: rest.len() });
	}
	Ok(bytes)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

	use super::*;
	use proptest::prelude::*;

	fn gzip(bytes: &[u8]) -> Vec<u8> {
		let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
		encoder.write_all(bytes).unwrap();
		encoder.finish().unwrap()
	}

	fn encoded(gzip: &[u8]) -> String {
		format!("u{}", base64url::encode(gzip))
	}

	fn some() -> Bitstring {
		let mut bits = Bitstring::new(MIN_ENTRIES).unwrap();
		for index in [0, 9, 94_567, MIN_ENTRIES - 1] {
			bits.set(index, true).unwrap();
		}
		bits
	}

	/// The example of the Recommendation (section 2.2): a list in which nothing is set.
	#[test]
	fn the_example_of_the_recommendation_is_read() {
		let text = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA";
		assert_eq!(Bitstring::decode(text).unwrap(), Bitstring::new(MIN_ENTRIES).unwrap());
	}

	#[test]
	fn the_first_bit_is_the_leftmost() {
		let bits = some();
		assert_eq!((bits.0[0], bits.0[1]), (0x80, 0x40));
		assert_eq!(bits.0.last(), Some(&1));
		assert_eq!(bits.count(), 4);
	}

	#[test]
	fn fails_when_the_size_is_not_allowed() {
		let new = |entries| Bitstring::new(entries).unwrap_err();
		assert_eq!(new(MIN_ENTRIES - 8), BitstringError::TooShort { found: MIN_ENTRIES - 8 });
		assert_eq!(new(MAX_ENTRIES + 8), BitstringError::TooLong);
		assert_eq!(new(MIN_ENTRIES + 1), BitstringError::NotWholeBytes { found: MIN_ENTRIES + 1 });
	}

	#[test]
	fn fails_when_the_index_is_out_of_range() {
		let mut bits = some();
		for index in [MIN_ENTRIES, u64::MAX] {
			let error = BitstringError::OutOfRange { index, entries: MIN_ENTRIES };
			assert_eq!(bits.get(index), Err(error.clone()));
			assert_eq!(bits.set(index, true), Err(error));
		}
	}

	#[test]
	fn fails_when_it_is_another_multibase() {
		let good = some().encode().unwrap();
		for text in [String::new(), format!("z{}", &good[1..]), good[1..].to_owned()] {
			assert_eq!(Bitstring::decode(&text), Err(BitstringError::WrongMultibase));
		}
	}

	#[test]
	fn fails_when_it_is_not_base64url() {
		let good = some().encode().unwrap();
		for text in ["u+".to_owned(), format!("{good}="), format!("{good}\n")] {
			assert_eq!(Bitstring::decode(&text), Err(BitstringError::NotBase64));
		}
	}

	#[test]
	fn fails_when_it_is_not_gzip() {
		for bytes in [&b"PK"[..], b"hello", &some().0] {
			assert_eq!(Bitstring::decode(&encoded(bytes)), Err(BitstringError::NotGzip));
		}
	}

	#[test]
	fn fails_wherever_it_is_truncated() {
		let good = gzip(&some().0);
		for length in 0..good.len() {
			let error = Bitstring::decode(&encoded(&good[..length])).unwrap_err();
			assert_eq!(error, BitstringError::Truncated, "{length} of {}", good.len());
		}
	}

	#[test]
	fn fails_when_it_is_damaged_or_goes_on() {
		let mut damaged = gzip(&some().0);
		let checksum = damaged.len() - 8;
		damaged[checksum] ^= 1;
		let error = Bitstring::decode(&encoded(&damaged)).unwrap_err();
		assert!(matches!(error, BitstringError::Damaged { .. }), "{error}");
		let mut two = gzip(&some().0);
		two.extend(gzip(&some().0));
		let error = Bitstring::decode(&encoded(&two)).unwrap_err();
		assert!(matches!(error, BitstringError::Trailing { .. }), "{error}");
	}

	#[test]
	fn fails_when_it_is_too_short_or_too_long() {
		let error = Bitstring::decode(&encoded(&gzip(&[0; 16_383]))).unwrap_err();
		assert_eq!(error, BitstringError::TooShort { found: 131_064 });
		let longest = vec![0; (MAX_ENTRIES >> 3) as usize];
		assert_eq!(Bitstring::decode(&encoded(&gzip(&longest))).unwrap().entries(), MAX_ENTRIES);
		let error = Bitstring::decode(&encoded(&gzip(&[&longest[..], &[0]].concat()))).unwrap_err();
		assert_eq!(error, BitstringError::TooLong);
	}

	#[test]
	fn a_bomb_is_not_unpacked() {
		// 16 MiB in about 16 KB; only the first 2 MiB and a byte are unpacked.
		let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
		for _ in 0..16 {
			encoder.write_all(&vec![0; 1 << 20]).unwrap();
		}
		let bomb = encoded(&encoder.finish().unwrap());
		assert!(bomb.len() < 40_000, "{}", bomb.len());
		assert_eq!(Bitstring::decode(&bomb), Err(BitstringError::TooLong));
	}

	#[test]
	fn fails_when_more_is_compressed_than_is_unpacked() {
		let text = format!("u{}", "A".repeat(MAX_COMPRESSED_BYTES * 2));
		let error = Bitstring::decode(&text).unwrap_err();
		assert!(matches!(error, BitstringError::CompressedTooLong { .. }), "{error}");
	}

	proptest! {
		#[test]
		fn what_is_set_is_read_again(indices in prop::collection::btree_set(0..MIN_ENTRIES, 0..64)) {
			let mut bits = Bitstring::new(MIN_ENTRIES).unwrap();
			for index in &indices {
				prop_assert!(!bits.set(*index, true).unwrap());
			}
			let read = Bitstring::decode(&bits.encode().unwrap()).unwrap();
			prop_assert_eq!(read.count(), indices.len() as u64);
			for index in &indices {
				prop_assert!(read.get(*index).unwrap());
			}
		}

		#[test]
		fn a_changed_bit_never_changes_the_list(at in any::<prop::sample::Index>(), bit in 0_u8..8) {
			let mut changed = gzip(&some().0);
			let at = at.index(changed.len());
			changed[at] ^= 1 << bit;
			if let Ok(read) = Bitstring::decode(&encoded(&changed)) {
				prop_assert_eq!(read, some(), "byte {}", at);
			}
		}

		#[test]
		fn nothing_that_is_read_is_fatal(text in ".{0,200}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
			let _ = Bitstring::decode(&text);
			let _ = Bitstring::decode(&encoded(&bytes));
			let _ = Bitstring::decode(&encoded(&[&MAGIC[..], &bytes].concat()));
		}
	}
}
