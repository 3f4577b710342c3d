//! Nodes above which nothing was appended.

use super::{LEVELS, REVOCATION_LEVELS};
use crate::{domain::Domain4, field::element, poseidon::hash4, Fr};
use alloc::vec::Vec;
use ark_ff::AdditiveGroup;

/// The roots of empty trees of no level, one level, and so on up to `levels`.
pub fn empty_nodes(domain: Domain4, levels: usize) -> Vec<Fr> {
	let up = |node: &Fr| Some(hash4(domain, [*node; 4]));
	core::iter::successors(Some(Fr::ZERO), up).take(levels.saturating_add(1)).collect()
}

/// Those of the consent tree, embedded so that a chain need not hash for them.
#[rustfmt::skip]
pub static EMPTY_CONSENT_NODES: [Fr; LEVELS + 1] = [
	element([0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000]),
	element([0x3973c1e019966bff, 0x859b7cc09d29fae6, 0xbcd6f7f3ee6ac892, 0x164273b18ed88a2f]),
	element([0x4d70847f15b0e536, 0xe4ee5caf49da7429, 0xbb0d0f9916194076, 0x6ff7c89a6d673e78]),
	element([0xacd80c0a72d1df19, 0x11bd995f74a3d2dd, 0x7879f3b15a0e476f, 0x70f16ea371ebbb69]),
	element([0xbb82093a8045578e, 0xf300e85818fdf021, 0x42e699e51866cfac, 0x010a7abf993f8f0a]),
	element([0x1f37376a78886c5c, 0xb09ca359e7be3fba, 0xd82e54e755644c26, 0x083faae275a9ec65]),
	element([0xb0b0ef4f1a39dafa, 0xc40f5bb00efabfc7, 0x9bcda546f3ee8230, 0x6b62434e60c2e3f3]),
	element([0x572a8b2c9f31d01c, 0x60c8871a177f1c55, 0x91f7270c06d49b6b, 0x2a334f5e3b6aa03f]),
	element([0xd4cf3e6fbbc73a8b, 0x29112f19d026625c, 0x8729d20c48f7f92e, 0x272047d50df39800]),
	element([0x443cc42604c33435, 0xd02b247d66d09f07, 0x8b739cb59f5e10c4, 0x348f16d84916f2ae]),
	element([0x19970ec497f888a8, 0x9196faa0a5de0d9d, 0x3a8c25f0e4f59746, 0x162b41b52b172a67]),
];

/// Those of the tree of attestations.
#[rustfmt::skip]
pub static EMPTY_ATTESTATION_NODES: [Fr; LEVELS + 1] = [
	element([0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000]),
	element([0x805820416eed12d3, 0x62898380d46c1771, 0x1b13eecfeb97eb0c, 0x6b385382a3c07ba7]),
	element([0x6a43c5d4ad2d41c7, 0x9592ea9c7980703c, 0x2b4cdf83844077fe, 0x0489975439db5568]),
	element([0xa3f60061f0d2a3ec, 0x3a970bc30b2c9a70, 0xea3f3a9689906870, 0x218285032392e984]),
	element([0x33df9c84bb230644, 0x5cfc79522e9dd6a6, 0x948541eafdc50a21, 0x2c935311eb121dd9]),
	element([0x0a3b1d1a515a2fa9, 0x95e26d0713b87a93, 0x8db23f3a993354d9, 0x0eee8cc36844e530]),
	element([0x3e3f32de9dca1af6, 0x43c2f5af52a6a132, 0x56a8da3c8d954a93, 0x054d0f2b7779482e]),
	element([0xd4f2d594f3b17550, 0xd01958ff14ef91a0, 0x571f8df71457ace9, 0x3e00ab5b0e4254d8]),
	element([0xd205a8b65245615b, 0xe6ff7302d06e38a5, 0x21461af804b99ab1, 0x54b2c3642e3764d8]),
	element([0x74c913c52f84a750, 0x465b6ef490894393, 0x8e6ffcadb7653c65, 0x5dd882f972492c05]),
	element([0xafb38ac46f11ed6b, 0x29ea72663eec1c1d, 0xcda77bcef22c0468, 0x5aa05a240bd79a00]),
];

/// The roots of empty parts of the revocation tree, of no level, one level, and so on.
#[rustfmt::skip]
static EMPTY_REVOCATION_NODES: [Fr; REVOCATION_LEVELS] = [
	element([0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000]),
	element([0xc8a31c2ae8947195, 0xac6875c0714ae7ae, 0x17d7edb3cda4088a, 0x2d237bb63e1e7a82]),
	element([0x330f1a73f9de8184, 0x127203ffcfe423c4, 0xd2134ed14021ef3a, 0x2f3d7107ad291220]),
	element([0xb8f4ed8020ca32cc, 0xe84c2a5ac35966f0, 0x2c4c1ab174873e4d, 0x3a61f14bda1bd079]),
	element([0x4c368d53564bfa88, 0xa03625334fb77bd0, 0x8558d0f2e63cd2b8, 0x3e95cd5fa31bee5c]),
	element([0xc214339543a78129, 0x3a215e3605fdcb22, 0x6e68bf5b61de4a19, 0x59922105a4fc5092]),
];

/// The roots of empty parts of the tree of credentials, of no level, one level, and so on.
#[rustfmt::skip]
static EMPTY_CREDENTIAL_NODES: [Fr; LEVELS] = [
	element([0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000]),
	element([0x0ccd4ecf47307f68, 0xc613a0300206d1c8, 0x976432e3a3c6842d, 0x1aedfd8790511e14]),
	element([0x3a8acee0f1870ed4, 0x49e7dd842ff9ad52, 0x92a3e35aca52fb64, 0x427a8b798b092a98]),
	element([0xadf2165dc16b64b5, 0xa3fb1ec414c935df, 0xbaa43c521f14e9af, 0x6e4c576153b1bdc0]),
	element([0xa8f6018285a9efa2, 0xdc8e1afd89a0e270, 0x798f491375af5079, 0x2a9f82bfb8ddc461]),
	element([0x45229756e4327a20, 0xc782d7b6fbe2a03e, 0xb47225206aa101ff, 0x24509774a221b3a8]),
	element([0x0bb1f7de092eefee, 0x4aa328d3798ce45a, 0xbe1c4d7f8ba6b7e3, 0x551a0e28728b4514]),
	element([0x85258821ea22d18f, 0x934aa715719ff511, 0x59127673638d6639, 0x025e6268e7c37286]),
	element([0x87ca7d6dbdf8b58c, 0xb467b34ea0a35392, 0xbfd08afdcf05fb0b, 0x299ec6d23b4c690b]),
	element([0x68c638cd9f47817e, 0x2ebba3d43026775a, 0x9426f8cfa155e503, 0x0611bc9fe71fe1a5]),
];

/// A node of the revocation tree on a level below the halves, above which nothing was revoked.
pub(super) fn empty_revocation_node(level: u8) -> Fr {
	EMPTY_REVOCATION_NODES.get(usize::from(level)).copied().unwrap_or(Fr::ZERO)
}

/// A node of the tree of credentials on a level below the root, above which no credential was entered.
pub(super) fn empty_credential_node(level: u8) -> Fr {
	EMPTY_CREDENTIAL_NODES.get(usize::from(level)).copied().unwrap_or(Fr::ZERO)
}

#[cfg(test)]
mod tests {
	use super::*;
	use ark_ff::PrimeField;

	/// The nodes of an empty tree, printed as they are embedded.
	fn nodes(domain: Domain4, levels: usize) -> Vec<Fr> {
		let nodes = empty_nodes(domain, levels);
		for node in &nodes {
			let [a, b, c, d] = node.into_bigint().0;
			std::println!("\telement([{a:#018x}, {b:#018x}, {c:#018x}, {d:#018x}]),");
		}
		nodes
	}

	#[test]
	fn the_embedded_nodes_are_those_of_an_empty_tree() {
		assert_eq!(EMPTY_CONSENT_NODES.as_slice(), nodes(Domain4::ConsentNode, LEVELS));
		let attestations = nodes(Domain4::AttestationNode, LEVELS);
		assert_eq!(EMPTY_ATTESTATION_NODES.as_slice(), attestations);
		let revocations = nodes(Domain4::RevocationNode, REVOCATION_LEVELS - 1);
		assert_eq!(EMPTY_REVOCATION_NODES.as_slice(), revocations);
		let credentials = nodes(Domain4::CredentialNode, LEVELS - 1);
		assert_eq!(EMPTY_CREDENTIAL_NODES.as_slice(), credentials);
	}
}
