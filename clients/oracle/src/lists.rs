//! The lists: fetched, verified, and kept no longer than their issuers allow.

use crate::{
	evidence::{self, Place},
	random,
	verdict::{Doubt, Said},
	Backoff,
};
use futures::{stream, StreamExt};
use hdx_credentials::{
	status::{Entry, StatusList, StatusSource, Unavailable},
	KnownKeys,
};
use jiff::{SignedDuration, Timestamp};
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::Arc,
	time::Duration,
};

/// Longest time until a list that was refused is fetched again, where rounds are not rarer.
const MAX_WAIT: Duration = Duration::from_secs(5 * 60);

/// A list that was had and verified.
#[derive(Clone, Debug)]
struct Look {
	list: StatusList,
	digest: [u8; 32],
	/// When it was asked for.
	at: Timestamp,
	/// Until when it need not be asked for again.
	until: Timestamp,
}

/// What is known of a list.
struct Known {
	look: Result<Look, Doubt>,
	/// Since when the newest holds that was ever there.
	newest: Option<Timestamp>,
	backoff: Backoff,
	/// When it may be fetched again.
	next: Timestamp,
}

/// What became of a fetch, where that is news.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum News {
	/// The list cannot be had, or is refused.
	Refused {
		/// Which.
		list: String,
		/// Why.
		doubt: Doubt,
		/// When it is fetched again, at the earliest.
		next: Timestamp,
	},
	/// It is there again.
	Back {
		/// Which.
		list: String,
	},
}

/// All lists that are watched.
pub struct Lists {
	known: BTreeMap<String, Known>,
	source: Arc<dyn StatusSource + Send + Sync>,
	keys: Arc<KnownKeys>,
	connections: usize,
	keep: Duration,
	interval: Duration,
}

impl Lists {
	/// No list yet. They come from `source`, `connections` at once, and are verified with `keys`. One is
	/// kept for `keep` at most; one that was refused is fetched again after `interval`, and later each
	/// time.
	pub fn new(
		source: Arc<dyn StatusSource + Send + Sync>,
		keys: Arc<KnownKeys>,
		connections: usize,
		keep: Duration,
		interval: Duration,
	) -> Self {
		Self { known: BTreeMap::new(), source, keys, connections, keep, interval }
	}

	/// Verifies with other keys from now on: issuers rotate theirs.
	pub fn verify_with(&mut self, keys: Arc<KnownKeys>) {
		self.keys = keys;
	}

	/// Fetches what is not there or not fresh any more, each once, and forgets all other lists. The
	/// fetches are spread over `spread`.
	pub async fn refresh(&mut self, urls: &BTreeSet<String>, spread: Duration) -> Vec<News> {
		self.known.retain(|url, _| urls.contains(url));
		let now = Timestamp::now();
		let wanted = urls.iter().filter(|url| self.is_wanted(url, now)).cloned();
		let fetches = wanted.collect::<Vec<_>>().into_iter().map(|url| {
			let (source, keys) = (self.source.clone(), self.keys.clone());
			async move {
				tokio::time::sleep(random::up_to(spread)).await;
				let list = url.clone();
				let fetched =
					tokio::task::spawn_blocking(move || look(&*source, &keys, &list)).await;
				let fetched = fetched.unwrap_or_else(|error| {
					let reason = error.to_string();
					Err(Doubt::Unavailable(Unavailable { url: url.clone(), reason }))
				});
				(url, fetched)
			}
		});
		let fetched: Vec<_> =
			stream::iter(fetches).buffer_unordered(self.connections.max(1)).collect().await;
		fetched.into_iter().filter_map(|(url, look)| self.take(url, look)).collect()
	}

	fn is_wanted(&self, url: &str, now: Timestamp) -> bool {
		self.known.get(url).is_none_or(|known| known.next <= now)
	}

	/// Keeps what was fetched, or why it is refused.
	fn take(&mut self, url: String, fetched: Result<Look, Doubt>) -> Option<News> {
		let interval = self.interval;
		let known = self.known.entry(url.clone()).or_insert_with(|| Known {
			look: Err(Doubt::NotLookedAt { url: url.clone() }),
			newest: None,
			backoff: Backoff::new(interval, MAX_WAIT.max(interval)),
			next: Timestamp::UNIX_EPOCH,
		});
		let was_refused =
			matches!(&known.look, Err(doubt) if !matches!(doubt, Doubt::NotLookedAt { .. }));
		let checked = fetched.and_then(|look| match known.newest {
			Some(seen) if look.list.valid_from < seen => {
				Err(Doubt::RolledBack { url: url.clone(), found: look.list.valid_from, seen })
			},
			_ => Ok(look),
		});
		match checked {
			Ok(mut look) => {
				look.until = look.list.fresh_until(look.at).min(after(look.at, self.keep));
				known.newest = Some(look.list.valid_from);
				known.backoff.reset();
				known.next = look.until;
				known.look = Ok(look);
				was_refused.then_some(News::Back { list: url })
			},
			Err(doubt) => {
				known.next = after(Timestamp::now(), known.backoff.failed());
				known.look = Err(doubt.clone());
				Some(News::Refused { list: url, doubt, next: known.next })
			},
		}
	}

	/// Fetches these lists in the next round, however fresh they are, unless they were refused.
	pub fn look_again(&mut self, entries: &[Entry]) {
		for entry in entries {
			if let Some(known) = self.known.get_mut(&entry.list).filter(|known| known.look.is_ok())
			{
				known.next = Timestamp::UNIX_EPOCH;
			}
		}
	}

	/// What an entry of a credential of `issuer` says.
	///
	/// # Errors
	///
	/// [`Doubt`].
	pub fn said(&self, entry: &Entry, issuer: &str, now: Timestamp) -> Result<Said, Doubt> {
		let not_looked_at = || Doubt::NotLookedAt { url: entry.list.clone() };
		let known = self.known.get(&entry.list).ok_or_else(not_looked_at)?;
		let look = known.look.as_ref().map_err(Clone::clone)?;
		// A list that ended since it was fetched says nothing any more.
		if look.list.valid_until <= now {
			return Err(not_looked_at());
		}
		let is_set = look.list.is_set(entry, issuer);
		let is_set = is_set.map_err(|error| Doubt::List { url: entry.list.clone(), error })?;
		let place = Place { list: entry.list.clone(), index: entry.index, digest: look.digest };
		Ok(Said { purpose: entry.purpose, is_set, at: look.at, place })
	}
}

/// Fetches and verifies a list.
fn look(source: &dyn StatusSource, keys: &KnownKeys, url: &str) -> Result<Look, Doubt> {
	// The moment before it is asked for: what the server changes after that, it may not have said.
	let at = Timestamp::now();
	let token = source.list(url)?;
	let token = token.trim();
	let list = StatusList::verify(token, keys, at)
		.map_err(|error| Doubt::List { url: url.to_owned(), error })?;
	Ok(Look { digest: evidence::digest(token), at, until: at, list })
}

fn after(moment: Timestamp, wait: Duration) -> Timestamp {
	let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
	moment.saturating_add(wait).unwrap_or(Timestamp::MAX)
}
