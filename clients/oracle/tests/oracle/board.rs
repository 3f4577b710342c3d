//! A board that publishes lists, and may do anything wrong.

use hdx_credentials::{
	jose::{Algorithm, SigningKey},
	status::{Bitstring, Entry, Purpose, StatusList, StatusSource, Unavailable, MIN_ENTRIES},
	KnownKeys,
};
use jiff::{SignedDuration, Timestamp};
use std::{
	collections::BTreeMap,
	sync::{Arc, Mutex},
};

/// Who it is.
pub const BOARD: &str = "did:web:board.example";
/// Where its list of revocations is.
pub const REVOKED: &str = "https://board.example/revoked";
/// Where its list of suspensions is.
pub const SUSPENDED: &str = "https://board.example/suspended";

/// The board.
pub struct Board {
	pub key: SigningKey,
	served: Mutex<BTreeMap<String, String>>,
	asked: Mutex<Vec<String>>,
}

impl Board {
	pub fn new() -> Arc<Self> {
		let key = SigningKey::generate(Algorithm::EdDsa).unwrap();
		Arc::new(Self { key, served: Mutex::default(), asked: Mutex::default() })
	}

	/// The keys of which verifiers know.
	pub fn keys(&self) -> Arc<KnownKeys> {
		let mut keys = KnownKeys::default();
		keys.insert(BOARD, self.key.public(), ..).unwrap();
		Arc::new(keys)
	}

	/// Serves this at a URL; without a token, nothing.
	pub fn serve(&self, url: &str, token: Option<String>) {
		let mut served = self.served.lock().unwrap();
		match token {
			Some(token) => drop(served.insert(url.to_owned(), token)),
			None => drop(served.remove(url)),
		}
	}

	/// Signs and serves a list.
	pub fn publish(&self, list: &StatusList) {
		self.serve(&list.id, Some(list.sign(&self.key).unwrap()));
	}

	/// How often a URL was asked for.
	pub fn asked(&self, url: &str) -> usize {
		self.asked.lock().unwrap().iter().filter(|asked| *asked == url).count()
	}
}

impl StatusSource for Board {
	fn list(&self, url: &str) -> Result<String, Unavailable> {
		self.asked.lock().unwrap().push(url.to_owned());
		let unavailable =
			|| Unavailable { url: url.to_owned(), reason: "nobody is there".to_owned() };
		self.served.lock().unwrap().get(url).cloned().ok_or_else(unavailable)
	}
}

/// A list in which nothing is set, in force now.
pub fn list(url: &str, purpose: Purpose) -> StatusList {
	let now = Timestamp::now();
	StatusList {
		id: url.to_owned(),
		issuer: BOARD.to_owned(),
		purpose,
		bits: Bitstring::new(MIN_ENTRIES).unwrap(),
		valid_from: now,
		valid_until: now + SignedDuration::from_hours(24),
		ttl: None,
	}
}

/// A place in the list of revocations.
pub fn entry(index: u64) -> Entry {
	Entry { id: None, purpose: Purpose::Revocation, index, list: REVOKED.to_owned() }
}
