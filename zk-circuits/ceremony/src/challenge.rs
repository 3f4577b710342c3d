//! Points of which nobody knows the logarithm, to show knowledge of a secret with.

use crate::record::{By, Phase, Record, Secret};
use ark_bls12_381::{g2, G1Affine, G2Affine, G2Projective};
use ark_ec::hashing::{
	curve_maps::wb::WBMap, map_to_curve_hasher::MapToCurveBasedHasher, HashToCurve,
};
use ark_ff::field_hashers::DefaultFieldHasher;
use hdx_zk_circuits::prove::point_to_bytes;
use sha2::Sha256;

/// The suite of RFC 9380, under a tag of this protocol.
const DOMAIN: &[u8] = b"HDX-CEREMONY-V1-BLS12381G2_XMD:SHA-256_SSWU_RO_";

type Hasher =
	MapToCurveBasedHasher<G2Projective, DefaultFieldHasher<Sha256, 128>, WBMap<g2::Config>>;

/// Hashes to G2 (RFC 9380). `None`: arkworks could not, which is not known to happen.
pub(crate) fn hash_to_g2(domain: &[u8], message: &[u8]) -> Option<G2Affine> {
	let hasher = <Hasher as HashToCurve<G2Projective>>::new(domain).ok()?;
	hasher.hash(message).ok()
}

/// Where a proof of knowledge stands, and whose it is.
pub(crate) struct Bound {
	kind: u8,
	account: [u8; 32],
	previous: [u8; 32],
}

impl Bound {
	/// The place behind this link, in this phase, of this author.
	pub fn new(phase: Phase, by: &By, previous: [u8; 32]) -> Self {
		let account = match by {
			By::Party { account, .. } => *account,
			By::Beacon(_) => [0; 32],
		};
		Self { kind: by.kind(phase), account, previous }
	}

	/// The place of a record.
	pub fn of(record: &Record) -> Self {
		Self::new(record.phase, &record.by, record.previous)
	}
}

/// The point that a party multiplies by a secret to show that it knows it: of the secret's name, the kind of the
/// record, the account, the chain until here, and the secret in the exponent of G1. So a proof is of no use at
/// another place of the chain, nor to anybody else at this one.
pub(crate) fn challenge(secret: Secret, bound: &Bound, key: &G1Affine) -> Option<G2Affine> {
	let mut message = vec![secret.label(), bound.kind];
	message.extend_from_slice(&bound.account);
	message.extend_from_slice(&bound.previous);
	message.extend(point_to_bytes(key));
	hash_to_g2(DOMAIN, &message)
}
