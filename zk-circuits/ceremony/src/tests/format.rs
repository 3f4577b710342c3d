//! Bytes that are no transcript.

use super::*;
use crate::{BeaconError, FormatError, Place, MAX_RECORDS};
use hdx_zk_circuits::prove::{point_to_bytes, PointError};

/// Where the number of records stands, and the first record.
const COUNT: usize = 14 + 2 + 4 + 32 + 12 + 32 + 1;
const FIRST: usize = COUNT + 2;
/// Where the first point of the first record stands.
const KEY: usize = FIRST + 1 + 64;

fn read(bytes: &[u8]) -> FormatError {
	Transcript::from_bytes(bytes).unwrap_err()
}

#[test]
fn a_transcript_fails_when_it_is_something_else() {
	for bytes in [&b""[..], b"hdx-transcrip", b"hdx-ceremony-v1\0 and a key"] {
		assert_eq!(read(bytes), FormatError::NotATranscript);
	}
	let mut bytes = powers().to_bytes();
	bytes[14] = 2;
	assert_eq!(read(&bytes), FormatError::LaterVersion(2));
}

#[test]
fn a_transcript_fails_when_it_was_written_by_half() {
	for transcript in [powers(), complete()] {
		let bytes = transcript.to_bytes();
		for length in (15..bytes.len()).step_by(97).chain([bytes.len() - 1]) {
			let error = read(&bytes[..length]);
			assert!(matches!(error, FormatError::Truncated { .. }), "{length}: {error}");
		}
	}
}

#[test]
fn a_transcript_fails_when_something_stands_behind_it() {
	let mut bytes = powers().to_bytes();
	bytes.push(0);
	assert_eq!(read(&bytes), FormatError::TrailingBytes(1));
	// The end of the first phase, without the second one's state.
	let transcript = Transcript { scaled: None, ..begun() };
	assert!(matches!(read(&transcript.to_bytes()), FormatError::Truncated { .. }));
	let transcript = Transcript { scaled: begun().scaled, ..powers() };
	assert!(matches!(read(&transcript.to_bytes()), FormatError::TrailingBytes(_)));
}

#[test]
fn sizes_are_bounded_before_room_is_made() {
	let bytes = powers().to_bytes();
	// Constraints, inputs, witnesses.
	for (at, size) in [(52, u32::MAX), (52, 1 << 15), (52, 0), (56, 0), (60, u32::MAX)] {
		let mut bytes = bytes.clone();
		bytes[at..at + 4].copy_from_slice(&size.to_le_bytes());
		assert_eq!(read(&bytes), FormatError::Sizes, "{at} {size}");
	}
	let mut many = bytes.clone();
	let count = MAX_RECORDS as u16 + 1;
	many[COUNT..FIRST].copy_from_slice(&count.to_le_bytes());
	assert_eq!(read(&many), FormatError::TooManyRecords(MAX_RECORDS + 1));
	// A larger domain is not there.
	let mut large = bytes;
	large[52..56].copy_from_slice(&30_000u32.to_le_bytes());
	assert!(matches!(read(&large), FormatError::Truncated { .. }));
}

#[test]
fn the_largest_transcript_is_within_the_limit() {
	let (n, witness, records) = (crate::MAX_DOMAIN, crate::MAX_DOMAIN * 4, MAX_RECORDS);
	let states = 96 * (4 * n - 1) + 192 * (n + 1) + 96 * (n + witness) + 192;
	let record = 1 + 64 + 3 * 384 + 32 + 1 + Beacon::MAX_VALUE;
	assert!((FIRST + records * record + states) as u64 <= crate::MAX_BYTES);
	// The formula is that of the format.
	let (bytes, records) = (second().to_bytes().len(), [3, 3, 3, 3, 3, 1, 1, 1, 1]);
	let steps = records.iter().sum::<usize>() * 384;
	let others = 9 * (1 + 64 + 32) + 8 * 96 + 1 + b"first".len();
	let states = 96 * (4 * 8 - 1) + 192 * (8 + 1) + 96 * (8 + 2) + 192;
	assert_eq!(bytes, FIRST + steps + others + states);
}

#[test]
fn a_record_fails_when_it_is_of_no_kind_or_phase() {
	let mut bytes = powers().to_bytes();
	bytes[FIRST] = 5;
	assert_eq!(read(&bytes), FormatError::Kind { record: 0, kind: 5 });
	// Of the second phase in the first; after the end of the first; after the end of all.
	for (at, to, record) in [(5, 0, 0), (0, 4, 1), (9, 8, 9)] {
		let mut transcript = complete();
		transcript.records.swap(at, to);
		assert_eq!(read(&transcript.to_bytes()), FormatError::Phase { record });
	}
}

#[test]
fn a_beacon_of_a_record_fails_when_it_is_none() {
	let transcript = begun();
	let mut bytes = transcript.to_bytes();
	let value = bytes.windows(6).position(|window| window == [5, b'f', b'i', b'r', b's', b't']);
	for length in [0u8, 129] {
		bytes[value.unwrap()] = length;
		let error = BeaconError::Length(length.into());
		assert_eq!(read(&bytes), FormatError::Beacon { record: 4, error });
	}
}

#[test]
fn beacons_that_are_hashed_too_rarely_or_too_often_are_refused_at_once() {
	let bytes = powers().to_bytes();
	for exponent in [0, 9, 31, 255] {
		let mut bytes = bytes.clone();
		bytes[COUNT - 1] = exponent;
		assert_eq!(read(&bytes), FormatError::Iterations(exponent));
	}
}

#[test]
fn a_point_of_a_record_fails_when_it_may_not_be_there() {
	let bytes = powers().to_bytes();
	let place = Place::Record { record: 0, secret: Secret::Tau, part: "key" };
	let mut infinity = vec![0; 96];
	infinity[0] = 0x40;
	let mut off_curve = bytes[KEY..KEY + 96].to_vec();
	off_curve[95] ^= 1;
	for (point, error) in [
		(infinity, PointError::Infinity),
		(off_curve, PointError::OffCurve),
		(point_to_bytes(&outside_g1()), PointError::OutsideSubgroup),
		(vec![0xff; 96], PointError::Malformed),
	] {
		let mut bytes = bytes.clone();
		bytes[KEY..KEY + 96].copy_from_slice(&point);
		assert_eq!(read(&bytes), FormatError::Point { place, error });
	}
}

#[test]
fn a_point_of_a_state_fails_when_it_may_not_be_there() {
	type Change = fn(&mut Transcript, G1Affine);
	let table: [(&'static str, usize, Change); 6] = [
		("tau in G1", 14, |t, p| t.powers.tau_g1[14] = p),
		("alpha in G1", 3, |t, p| t.powers.alpha_g1[3] = p),
		("beta in G1", 7, |t, p| t.powers.beta_g1[7] = p),
		("delta in G1", 0, |t, p| t.scaled.as_mut().unwrap().delta_g1 = p),
		("h", 6, |t, p| t.scaled.as_mut().unwrap().h[6] = p),
		("l", 1, |t, p| t.scaled.as_mut().unwrap().l[1] = p),
	];
	for (name, at, change) in table {
		let place = Place::Point { name, at };
		for (point, error) in [
			(G1Affine::identity(), PointError::Infinity),
			(outside_g1(), PointError::OutsideSubgroup),
		] {
			let mut transcript = second();
			change(&mut transcript, point);
			assert_eq!(read(&transcript.to_bytes()), FormatError::Point { place, error });
		}
	}
}

#[test]
fn a_transcript_in_which_a_bit_is_flipped_is_never_believed() {
	let bytes = complete().to_bytes();
	let mut flipped = 0;
	for at in (0..bytes.len()).step_by(131) {
		let mut bytes = bytes.clone();
		bytes[at] ^= 1;
		if let Ok(transcript) = Transcript::from_bytes(&bytes) {
			assert!(judged(&transcript).is_err(), "byte {at}");
			flipped += 1;
		}
	}
	assert!(flipped > 0, "all were refused before they were judged");
}
