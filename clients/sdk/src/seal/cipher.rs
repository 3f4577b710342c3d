//! Padding and encryption of blocks.

use super::secret::Secret;
use chacha20poly1305::{
	aead::{Aead, KeyInit, Payload},
	ChaCha20Poly1305, Nonce,
};
use zeroize::Zeroizing;

/// Smallest padded size, in bytes.
pub(super) const MIN_PADDED_BYTES: usize = 4096;
/// Bytes before the text that hold its length.
const LENGTH_BYTES: usize = 4;

/// Pads to the next power of two, at least [`MIN_PADDED_BYTES`]: the length (4 bytes, little
/// endian), the text, zeros. `None` where the length does not fit.
pub(super) fn pad(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
	let length = u32::try_from(text.len()).ok()?;
	let size =
		text.len().checked_add(LENGTH_BYTES)?.checked_next_power_of_two()?.max(MIN_PADDED_BYTES);
	let mut padded = Zeroizing::new(Vec::with_capacity(size));
	padded.extend_from_slice(&length.to_le_bytes());
	padded.extend_from_slice(text);
	padded.resize(size, 0);
	Some(padded)
}

/// The text of what [`pad`] made; `None` for anything else.
pub(super) fn unpad(padded: &[u8]) -> Option<&[u8]> {
	let (length, rest) = padded.split_first_chunk::<LENGTH_BYTES>()?;
	let (text, zeros) =
		rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
	zeros.iter().all(|byte| *byte == 0).then_some(text)
}

/// Encrypts. The nonce is zero because every key is drawn at random and encrypts once: the pair
/// never repeats, and a stored nonce would be one more thing to lose.
pub(super) fn encrypt(key: &Secret, associated: &[u8], padded: &[u8]) -> Option<Vec<u8>> {
	cipher(key).encrypt(&Nonce::default(), Payload { msg: padded, aad: associated }).ok()
}

/// Decrypts; `None` where key, associated data or ciphertext are not those of [`encrypt`].
pub(super) fn decrypt(
	key: &Secret,
	associated: &[u8],
	ciphertext: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
	cipher(key)
		.decrypt(&Nonce::default(), Payload { msg: ciphertext, aad: associated })
		.ok()
		.map(Zeroizing::new)
}

fn cipher(key: &Secret) -> ChaCha20Poly1305 {
	ChaCha20Poly1305::new(key.expose().into())
}
