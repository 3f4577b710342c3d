//! Status lists, and the compressed bits in them.

use super::{
	base64url,
	shown::{world, BOARD},
};
use crate::input::{altered, altered_text, halves, text};
use arbitrary::Unstructured;
use flate2::{write::GzEncoder, Compression};
use hdx_credentials::{
	jose::Signer,
	status::{
		Bitstring, BitstringError, KnownLists, Purpose, StatusList, MAX_ENTRIES, MIN_ENTRIES,
	},
};
use jiff::SignedDuration;
use std::{io::Write, sync::OnceLock};

/// What a gzip file with deflate begins with.
const GZIP: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// A list that the board published.
fn published() -> &'static str {
	static PUBLISHED: OnceLock<String> = OnceLock::new();
	PUBLISHED.get_or_init(|| {
		let mut bits = Bitstring::new(MIN_ENTRIES).expect("the smallest list");
		bits.set(94_567, true).expect("it is in the list");
		let world = world();
		let list = StatusList {
			id: "https://board.example/status/3".to_owned(),
			issuer: BOARD.to_owned(),
			purpose: Purpose::Revocation,
			bits,
			valid_from: world.now,
			valid_until: world.now + SignedDuration::from_hours(1),
			ttl: Some(60_000),
		};
		list.sign(&world.board).expect("the board signs")
	})
}

/// The list, altered by its server or on its way.
pub fn altered_list(input: &mut Unstructured<'_>) {
	let world = world();
	let Some(text) = altered_text(published(), input) else { return };
	let is_published = text == published();
	let verified = StatusList::verify(&text, &world.keys, world.now);
	assert_eq!(verified.is_ok(), is_published, "what was altered does not hold");
	assert_eq!(StatusList::read_own(&text, &world.board.public()).is_ok(), is_published);
	// Read before it is verified, by whoever keeps lists.
	drop(KnownLists::default().add(&text));
}

/// A header and a payload with a zero byte between them, signed by the board: what an issuer that is trusted, and not
/// careful, publishes. And the same without a signature, and whatever else is called a token.
pub fn signed(bytes: &[u8]) {
	let world = world();
	if let Some(token) = text(bytes) {
		drop(KnownLists::default().add(token));
		let verified = StatusList::verify(token, &world.keys, world.now);
		assert!(verified.is_err() || token == published(), "the board never signed it");
	}
	let (header, payload) = halves(bytes);
	let header = match header {
		[] => &br#"{"alg":"EdDSA","typ":"vc+jwt"}"#[..],
		header => header,
	};
	let signed = format!("{}.{}", base64url(header), base64url(payload));
	let signature = world.board.sign(signed.as_bytes()).expect("the board signs");
	let token = format!("{signed}.{}", base64url(&signature));
	let Ok(list) = StatusList::read_own(&token, &world.board.public()) else { return };
	within_limits(&list.bits);
	let again = list.sign(&world.board).expect("what was read can be signed");
	assert_eq!(StatusList::read_own(&again, &world.board.public()), Ok(list));
	let unsigned = format!("{signed}.");
	assert!(StatusList::read_own(&unsigned, &world.board.public()).is_err());
}

/// A value of `encodedList`.
pub fn encoded(text: &str) {
	if let Ok(bits) = Bitstring::decode(text) {
		within_limits(&bits);
		let again = bits.encode().expect("in memory");
		assert_eq!(Bitstring::decode(&again), Ok(bits));
	}
}

/// What the fuzzer says, compressed, so that there is something to unpack: bytes that are repeated to a length around
/// one of the limits. Then the compressed bytes are altered.
pub fn compressed(input: &mut Unstructured<'_>) {
	let Ok((length, pattern)) = length_and_pattern(input) else { return };
	let bits: Vec<u8> = pattern.iter().copied().cycle().take(length).collect();
	let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
	let gzip = encoder.write_all(&bits).and_then(|()| encoder.finish()).expect("in memory");
	let entries = bits.len() as u64 * 8;
	match decode(&gzip) {
		Ok(read) => {
			within_limits(&read);
			assert_eq!(read.entries(), entries);
			let set: u64 = bits.iter().map(|byte| u64::from(byte.count_ones())).sum();
			assert_eq!(read.count(), set);
			assert_eq!(
				read.get(entries),
				Err(BitstringError::OutOfRange { index: entries, entries })
			);
			let first = bits.first().is_some_and(|byte| byte & 0x80 != 0);
			assert_eq!(read.get(0), Ok(first));
		},
		Err(BitstringError::TooShort { found }) => {
			assert_eq!(found, entries);
			assert!(entries < MIN_ENTRIES);
		},
		Err(error) => {
			assert_eq!(error, BitstringError::TooLong);
			assert!(entries > MAX_ENTRIES);
		},
	}
	if let Ok(read) = decode(&altered(&gzip, input)) {
		within_limits(&read);
	}
	// And what nobody compressed.
	if let Ok(read) = decode(&[&GZIP[..], pattern].concat()) {
		within_limits(&read);
	}
}

/// How many bytes are compressed, and which are repeated for it.
fn length_and_pattern<'a>(input: &mut Unstructured<'a>) -> arbitrary::Result<(usize, &'a [u8])> {
	let (least, most) = ((MIN_ENTRIES / 8) as usize, (MAX_ENTRIES / 8) as usize);
	// The largest takes a hundred times as long.
	let limit = if input.ratio(1, 32)? { most } else { least };
	let length = limit - 64 + input.int_in_range(0..=128_usize)?;
	let pattern = input.int_in_range(1..=64_usize)?.min(input.len());
	let pattern = input.bytes(pattern)?;
	Ok((length, if pattern.is_empty() { &[0][..] } else { pattern }))
}

fn decode(gzip: &[u8]) -> Result<Bitstring, BitstringError> {
	Bitstring::decode(&format!("u{}", base64url(gzip)))
}

fn within_limits(bits: &Bitstring) {
	assert!((MIN_ENTRIES..=MAX_ENTRIES).contains(&bits.entries()));
	assert!(bits.count() <= bits.entries());
}
