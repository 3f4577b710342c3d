//! What the fuzz targets ask the pallet: whether it takes bytes that strangers send.

use crate::{
	curve::{Curve, Hosted},
	key::VerifyingKey,
	point::{decode, G1_BYTES, G2_BYTES},
};

/// Whether bytes are a point of G1 that may be in a proof or a key.
pub fn is_g1(bytes: &[u8; G1_BYTES]) -> bool {
	decode::<<Hosted as Curve>::G1, G1_BYTES>(bytes).is_ok()
}

/// Whether bytes are a point of G2 that may be in a proof or a key.
pub fn is_g2(bytes: &[u8; G2_BYTES]) -> bool {
	decode::<<Hosted as Curve>::G2, G2_BYTES>(bytes).is_ok()
}

/// Whether bytes are a key that could be registered.
pub fn is_key(bytes: &[u8]) -> bool {
	VerifyingKey::<Hosted>::from_bytes(bytes).is_ok()
}
