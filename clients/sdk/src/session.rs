//! Session keys: with what a validator takes part in consensus, and the proof that somebody has them.
//!
//! A proof of possession is a signature of the session key over the account that the key is for. Without it, anybody
//! could name the keys of somebody else as theirs. The runtime asks for one in `Session.set_keys`; a genesis has no room
//! for any, so whoever writes one checks them before.

use hdx_primitives::AccountId;
use sp_core::{
	crypto::{SecretUri, DEV_PHRASE},
	ecdsa, ed25519,
	proof_of_possession::{ProofOfPossessionGenerator, ProofOfPossessionVerifier},
	sr25519, Pair,
};
use sp_crypto_hashing::blake2_256;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// What a session key is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SessionKeyKind {
	/// Block production: sr25519.
	Aura,
	/// Finality: Ed25519.
	Grandpa,
}

impl SessionKeyKind {
	/// Both.
	pub const ALL: [Self; 2] = [Self::Aura, Self::Grandpa];

	/// Whether `proof` shows that who made it has the private half of `public`, and meant it for `owner`.
	pub fn proves(self, public: &[u8; 32], owner: &AccountId, proof: &[u8; 64]) -> bool {
		let owner: &[u8; 32] = owner.as_ref();
		match self {
			Self::Aura => sr25519::Pair::verify_proof_of_possession(
				owner,
				&sr25519::Signature::from_raw(*proof),
				&sr25519::Public::from_raw(*public),
			),
			Self::Grandpa => ed25519::Pair::verify_proof_of_possession(
				owner,
				&ed25519::Signature::from_raw(*proof),
				&ed25519::Public::from_raw(*public),
			),
		}
	}

	/// How a node's keystore names keys of this kind: four letters.
	fn in_keystore(self) -> &'static [u8; 4] {
		match self {
			Self::Aura => b"aura",
			Self::Grandpa => b"gran",
		}
	}
}

/// A session key that was just made.
pub struct SessionKey {
	/// What it is for.
	pub kind: SessionKeyKind,
	/// The public half.
	pub public: [u8; 32],
	/// That it is had by who made it for the owner.
	pub proof: [u8; 64],
	/// The private half: twelve words.
	pub phrase: Zeroizing<String>,
}

impl SessionKey {
	/// Makes a key for a validator with this account, from the generator of the system.
	pub fn generate(kind: SessionKeyKind, owner: &AccountId) -> Self {
		let owner: &[u8; 32] = owner.as_ref();
		let (public, proof, phrase) = match kind {
			SessionKeyKind::Aura => {
				let (mut pair, phrase, _) = sr25519::Pair::generate_with_phrase(None);
				let proof = pair.generate_proof_of_possession(owner);
				(pair.public().to_raw(), proof.to_raw(), phrase)
			},
			SessionKeyKind::Grandpa => {
				let (mut pair, phrase, _) = ed25519::Pair::generate_with_phrase(None);
				let proof = pair.generate_proof_of_possession(owner);
				(pair.public().to_raw(), proof.to_raw(), phrase)
			},
		};
		Self { kind, public, proof, phrase: Zeroizing::new(phrase) }
	}

	/// The name of the file that has it in a node's keystore.
	pub fn file_name(&self) -> String {
		format!("{}{}", hex::encode(self.kind.in_keystore()), hex::encode(self.public))
	}

	/// What that file holds: the words, as JSON.
	pub fn file_content(&self) -> Zeroizing<String> {
		// Words of the English list, and blanks: nothing in them has to be escaped.
		Zeroizing::new(format!("\"{}\"", *self.phrase))
	}
}

impl std::fmt::Debug for SessionKey {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		write!(f, "SessionKey({:?}, 0x{})", self.kind, hex::encode(self.public))
	}
}

/// The names below which everybody finds the private keys of development chains, and those that the tests and the demos of
/// this project use besides.
const DEVELOPMENT_NAMES: [&str; 15] = [
	"Alice",
	"Bob",
	"Charlie",
	"Dave",
	"Eve",
	"Ferdie",
	"One",
	"Two",
	"Board",
	"Dave2",
	"Mallory",
	"MedicalBoard",
	"Oracle1",
	"Oracle2",
	"Thief",
];
/// What is appended to such a name for another key of the same owner.
const DEVELOPMENT_SUFFIXES: [&str; 7] = ["", "//stash", "//1", "//2", "//3", "//new", "//phone"];
/// Other paths of the same phrase that programs of this project use. The first is the phrase itself.
const DEVELOPMENT_PATHS: [&str; 3] = ["", "//hdx-demo//third-hospital", "//hdx-bench//third"];

/// Public keys and accounts whose private halves everybody knows, and what they are called: sr25519, Ed25519, and accounts of
/// ECDSA, which are hashes of public keys.
///
/// **Not all of them.** The phrase is public, and so is every key that is derived from it by whatever path: `//Name` is
/// nobody's own, whatever the name. Here are those that somebody is likely to have taken by mistake.
pub fn development_keys() -> BTreeMap<[u8; 32], String> {
	let named = DEVELOPMENT_NAMES.iter().flat_map(|name| {
		DEVELOPMENT_SUFFIXES.iter().map(move |suffix| format!("//{name}{suffix}"))
	});
	let paths: Vec<String> =
		DEVELOPMENT_PATHS.iter().map(|path| (*path).to_owned()).chain(named).collect();
	let mut known = BTreeMap::new();
	add_keys::<sr25519::Pair>(&mut known, &paths, |public| public.to_raw());
	add_keys::<ed25519::Pair>(&mut known, &paths, |public| public.to_raw());
	add_keys::<ecdsa::Pair>(&mut known, &paths, |public| blake2_256(public.as_ref()));
	known
}

/// Adds the keys of one kind that have these paths, by what they are known as.
fn add_keys<P: Pair>(
	known: &mut BTreeMap<[u8; 32], String>,
	paths: &[String],
	known_as: impl Fn(&P::Public) -> [u8; 32],
) {
	// Words and paths are constants, so nothing of this fails. The words are stretched once: it takes two thousand rounds.
	let Ok((root, _)) = P::from_phrase(DEV_PHRASE, None) else { return };
	for path in paths {
		let Ok(uri) = path.parse::<SecretUri>() else { continue };
		if let Ok((pair, _)) = root.derive(uri.junctions.iter().copied(), None) {
			known.insert(known_as(&pair.public()), called(path));
		}
	}
}

fn called(path: &str) -> String {
	if path.is_empty() {
		"the development phrase".to_owned()
	} else {
		path.to_owned()
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use crate::chain::Signer;

	/// Made by a node: `author_rotateKeysWithOwner`.
	const OWNER: &str = "5E9bxGkzD9eniuYi47bzmGFGU3cx2m5zhRPpQoc35KaoBfi6";
	const AURA: &str = "8ce3a1f83ae4a868c700e7c0b96ef71e1fa586afb159c7436912bd2d9300950e";
	const AURA_PROOF: &str = "2cee6925447ef09f8c3a17fa3fccc6fe030ae595a12b314b63424c9f767eea486695893c7a4b27d70729f3cb54278343b4d1fc427958cee8f3144153af606783";
	const GRANDPA: &str = "bc2b90c1f6831786aa41ad86e4cd28b69d2b0493830a5138199a83557121f424";
	const GRANDPA_PROOF: &str = "81ec241c11bbee8325738c7accd7bb806dc09113b35c2dd5f100fbc3fd5a741b5fdaecd09336d4bb0ccf09ae7f2c37088902d706ef16682f80b32c849cd6d307";

	fn bytes<const N: usize>(digits: &str) -> [u8; N] {
		hex::decode(digits).unwrap().try_into().unwrap()
	}

	#[test]
	fn proofs_that_a_node_made_hold() {
		let owner: AccountId = OWNER.parse().unwrap();
		assert!(SessionKeyKind::Aura.proves(&bytes(AURA), &owner, &bytes(AURA_PROOF)));
		assert!(SessionKeyKind::Grandpa.proves(&bytes(GRANDPA), &owner, &bytes(GRANDPA_PROOF)));
	}

	#[test]
	fn a_proof_is_for_one_owner_one_key_and_one_kind() {
		let owner: AccountId = OWNER.parse().unwrap();
		let other = AccountId::new([7; 32]);
		let (aura, grandpa) = (bytes(AURA), bytes(GRANDPA));
		let (aura_proof, grandpa_proof) = (bytes(AURA_PROOF), bytes(GRANDPA_PROOF));
		assert!(!SessionKeyKind::Aura.proves(&aura, &other, &aura_proof));
		assert!(!SessionKeyKind::Grandpa.proves(&grandpa, &other, &grandpa_proof));
		assert!(!SessionKeyKind::Aura.proves(&grandpa, &owner, &aura_proof));
		assert!(!SessionKeyKind::Grandpa.proves(&aura, &owner, &aura_proof));
		assert!(!SessionKeyKind::Aura.proves(&grandpa, &owner, &grandpa_proof));
		// Not even a point, and not even a signature.
		assert!(!SessionKeyKind::Aura.proves(&[0xff; 32], &owner, &[0xff; 64]));
		assert!(!SessionKeyKind::Grandpa.proves(&[0xff; 32], &owner, &[0xff; 64]));
	}

	#[test]
	fn a_new_key_proves_itself_and_is_read_again_from_its_words() {
		let owner = AccountId::new([7; 32]);
		for kind in SessionKeyKind::ALL {
			let key = SessionKey::generate(kind, &owner);
			assert!(kind.proves(&key.public, &owner, &key.proof));
			assert_ne!(SessionKey::generate(kind, &owner).public, key.public);
			let words: String = serde_json::from_str(&key.file_content()).unwrap();
			assert_eq!(words.split_whitespace().count(), 12);
			let again = match kind {
				SessionKeyKind::Aura => {
					sr25519::Pair::from_string(&words, None).unwrap().public().to_raw()
				},
				SessionKeyKind::Grandpa => {
					ed25519::Pair::from_string(&words, None).unwrap().public().to_raw()
				},
			};
			assert_eq!(again, key.public);
			assert!(!format!("{key:?}").contains(words.as_str()));
		}
	}

	#[test]
	fn a_file_is_named_as_a_keystore_names_it() {
		let mut key = SessionKey::generate(SessionKeyKind::Aura, &AccountId::new([7; 32]));
		key.public = [0xab; 32];
		assert_eq!(key.file_name(), format!("61757261{}", "ab".repeat(32)));
		key.kind = SessionKeyKind::Grandpa;
		assert_eq!(key.file_name(), format!("6772616e{}", "ab".repeat(32)));
	}

	#[test]
	fn development_keys_are_known_by_name() {
		let known = development_keys();
		// Those of the demos and the tests of this project among them.
		for name in [
			"//Alice",
			"//Ferdie",
			"//Dave//stash",
			"//Alice//1",
			"//Dave//phone",
			"//Board",
			"//Oracle2",
			"//hdx-demo//third-hospital",
			"//hdx-bench//third",
		] {
			let account = Signer::read(name).unwrap().account();
			let public: &[u8; 32] = account.as_ref();
			assert_eq!(known[public], name);
		}
		// Alice finalizes with this one.
		let alice = "88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee";
		assert_eq!(known[&bytes::<32>(alice)], "//Alice");
		let root = "46ebddef8cd9bb167dc30878d7113b7e168e6f0646beffd77d69d39bad76b47a";
		assert_eq!(known[&bytes::<32>(root)], "the development phrase");
	}

	#[test]
	fn accounts_of_ecdsa_are_known_too() {
		let known = development_keys();
		let public = "020a1091341fe5664bfa1782d5e04779689068c916b04cb365ec3153755684d9a1";
		assert_eq!(known[&blake2_256(&bytes::<33>(public))], "//Alice");
		assert_eq!(
			known[&bytes::<32>("01e552298e47454041ea31273b4b630c64c104e4514aa3643490b8aaca9cf8ed")],
			"//Alice"
		);
	}

	/// None is another's, and none is left out for a path that cannot be read.
	#[test]
	fn each_development_path_is_known_for_each_kind() {
		let paths = DEVELOPMENT_PATHS.len() + DEVELOPMENT_NAMES.len() * DEVELOPMENT_SUFFIXES.len();
		assert_eq!(development_keys().len(), 3 * paths);
	}
}
