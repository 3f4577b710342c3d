//! Thirty-two bytes, as they are typed: hashes, keys, elements.

/// Reads `0x` with 64 hexadecimal digits. `None`: it is something else.
pub fn read(text: &str) -> Option<[u8; 32]> {
	let mut bytes = [0u8; 32];
	hex::decode_to_slice(text.strip_prefix("0x")?, &mut bytes).ok()?;
	Some(bytes)
}

#[cfg(test)]
mod tests {
	use super::read;

	#[test]
	fn nothing_but_64_digits_after_0x_is_read() {
		let digits = "0a".repeat(32);
		assert_eq!(read(&format!("0x{digits}")), Some([10; 32]));
		let others = ["", "0x", &digits, &format!("0x{digits}0"), &format!("0x{digits}0a"), "0xzz"];
		assert!(others.iter().all(|text| read(text).is_none()));
	}
}
