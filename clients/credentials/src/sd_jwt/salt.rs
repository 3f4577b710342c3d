//! What keeps claims that are not disclosed from being guessed.

/// Size of a salt (RFC 9901 section 9.3 recommends 128 bits).
pub const SALT_BYTES: usize = 16;

/// Whoever gives salts.
pub trait SaltSource {
	/// A new salt. It must be unpredictable, and never given twice.
	///
	/// # Errors
	///
	/// When there is no randomness.
	fn salt(&mut self) -> Result<[u8; SALT_BYTES], getrandom::Error>;
}

/// Salts from the system's randomness.
#[derive(Clone, Copy, Default, Debug)]
pub struct SystemSalts;

impl SaltSource for SystemSalts {
	fn salt(&mut self) -> Result<[u8; SALT_BYTES], getrandom::Error> {
		let mut salt = [0; SALT_BYTES];
		getrandom::fill(&mut salt)?;
		Ok(salt)
	}
}
