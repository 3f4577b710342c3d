//! Values of beacons, as they are typed.

use hdx_zk_ceremony::Beacon;

/// The bytes of a beacon.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Value(pub Vec<u8>);

/// Reads `0x` and 1 to 128 bytes in hexadecimal.
pub fn typed(text: &str) -> Result<Value, String> {
	let wrong = || format!("`{text}` is no beacon: give 0x and 1 to 128 bytes in hexadecimal");
	let digits = text.strip_prefix("0x").ok_or_else(wrong)?;
	let bytes = hex::decode(digits).map_err(|_| wrong())?;
	if bytes.is_empty() || bytes.len() > Beacon::MAX_VALUE {
		return Err(wrong());
	}
	Ok(Value(bytes))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn a_beacon_is_1_to_128_bytes_in_hexadecimal() {
		assert_eq!(typed("0x0aff").unwrap().0, [0x0a, 0xff]);
		let (longest, longer) = (format!("0x{}", "00".repeat(128)), "00".repeat(129));
		assert!(typed(&longest).is_ok());
		for text in ["", "0x", "0aff", "0x0", "0xzz", &format!("0x{longer}")] {
			assert!(typed(text).unwrap_err().contains("1 to 128 bytes"), "{text}");
		}
	}
}
