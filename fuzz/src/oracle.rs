//! The configuration of an oracle, and the credentials that it watches.

use crate::input::{choice, text};
use hdx_credentials::{fetch::check_url, status::MAX_ENTRIES, status::MAX_LIST_BYTES};
use hdx_oracle::{
	config::{read_alone, MAX_INTERVAL, MAX_WATCHED, MIN_INTERVAL},
	watched::{Watched, Written},
	Config,
};
use std::{collections::BTreeSet, time::Duration};

/// The issuers that a file of one credential may name.
const ISSUERS: [&str; 2] = ["did:web:board.example", "did:web:other.example"];

/// What the target does with its bytes.
pub fn read(bytes: &[u8]) {
	let Some((reader, rest)) = choice(bytes, 2) else { return };
	let Some(text) = text(rest) else { return };
	match reader {
		0 => configuration(text),
		_ => one(text),
	}
}

/// A configuration. The files that it names are not read: those with keys are for the target `credential`.
fn configuration(text: &str) {
	let Ok(config) = read_alone(text) else { return };
	assert!((MIN_INTERVAL..=MAX_INTERVAL).contains(&config.interval));
	assert!(config.keep <= MAX_INTERVAL);
	assert!((1..=MAX_LIST_BYTES).contains(&config.limits.bytes));
	assert!((Duration::from_secs(1)..=Duration::from_secs(60)).contains(&config.limits.time));
	assert!((1..=64).contains(&config.connections));
	if let Some(node) = &config.node {
		assert!(node.starts_with("ws://") || node.starts_with("wss://"));
	}
	let is_words = config.account.split_whitespace().count() > 2;
	assert!(
		config.account.starts_with("//") || !is_words,
		"the words of a key are no name of a file"
	);
	let issuers: BTreeSet<&str> = config.issuers.keys().map(String::as_str).collect();
	assert!(!issuers.is_empty());
	// Without keys in files, an issuer has those of its DID on the chain.
	assert_eq!(config.on_chain.len(), issuers.len());
	for did in &config.on_chain {
		assert!(issuers.contains(did.to_string().as_str()));
	}
	are_sound(&config, &issuers);
}

fn are_sound(config: &Config, issuers: &BTreeSet<&str>) {
	let (watched, refused) = config.watched();
	assert!(refused.is_empty(), "there are no other files");
	assert!(watched.len() <= MAX_WATCHED);
	let mut known = BTreeSet::new();
	for one in &watched {
		is_sound(one, issuers);
		assert!(
			known.insert((one.practitioner.to_string(), one.which.to_string())),
			"each is named once"
		);
	}
}

/// A file of one credential.
fn one(text: &str) {
	let issuers: BTreeSet<&str> = ISSUERS.into_iter().collect();
	let Ok(written) = serde_json::from_str::<Written>(text) else { return };
	let again = written.clone();
	let read = written.check(&issuers);
	assert_eq!(read, again.check(&issuers));
	if let Ok(watched) = read {
		is_sound(&watched, &issuers);
	}
}

fn is_sound(watched: &Watched, issuers: &BTreeSet<&str>) {
	assert!(issuers.contains(watched.issuer.as_str()), "somebody's keys are known");
	assert!(!watched.entries.is_empty(), "there is a place to look at");
	let mut purposes = BTreeSet::new();
	for entry in &watched.entries {
		assert!(purposes.insert(entry.purpose), "one place for a purpose");
		assert!(entry.index < MAX_ENTRIES);
		assert_eq!(check_url(&entry.list), Ok(()), "what is watched would be fetched");
	}
}
