//! Where keys come from, as a type: a development key cannot be taken where one from a ceremony is
//! asked for.

use core::fmt::Debug;

mod sealed {
	pub trait Sealed {}
}

/// Where a key comes from.
pub trait Origin: sealed::Sealed + Copy + Debug + Default + PartialEq + Eq {
	/// Letters that encoded keys begin with.
	const LABEL: &'static [u8; 16];
}

/// From one party's randomness: whoever ran the setup can prove what is false. For tests and
/// demonstrations alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Development;

/// From a ceremony: sound as long as one of its parties was honest.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Ceremony;

impl sealed::Sealed for Development {}
impl sealed::Sealed for Ceremony {}

impl Origin for Development {
	const LABEL: &'static [u8; 16] = b"hdx-DEVELOPMENT\0";
}

impl Origin for Ceremony {
	const LABEL: &'static [u8; 16] = b"hdx-ceremony-v1\0";
}
