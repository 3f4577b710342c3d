//! `hdx shielded list`.

use super::{
	append,
	element::Element,
	kept::{KeptNote, To},
	place::Place,
	policy,
	wallet::Wallet,
};
use crate::{
	commands::Context,
	error::Error,
	output::{block, count},
	time, words,
};
use hdx_primitives::Milliseconds;
use hdx_sdk::chain::{AtBlock, Chain};
use serde::Serialize;
use std::{
	fmt::{self, Display},
	path::PathBuf,
};

/// Whose.
#[derive(Debug, clap::Args)]
pub struct List {
	/// The wallet: the patient's, or a delegate's.
	#[arg(long, value_name = "FILE")]
	wallet: PathBuf,
}

/// How a consent stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
	/// The chain does not have it yet.
	Pending,
	/// It will hold.
	NotBegun,
	/// It holds.
	Active,
	/// It held.
	Expired,
	/// The patient took it back.
	Revoked,
	/// The wallet has a place for it that the chain does not have.
	Missing,
	/// It is for another chain.
	OtherChain,
}

/// A consent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	leaf: Element,
	tree: Option<u32>,
	index: Option<u32>,
	state: String,
	to: Element,
	/// Whether that is the digest of a study.
	study: bool,
	/// Whether it is a delegation, to the delegate with that key.
	delegation: bool,
	/// The leaf of the delegation that it was given under.
	under: Option<Element>,
	purposes: Vec<String>,
	categories: Vec<u8>,
	from: String,
	until: String,
	/// The categories, for people.
	#[serde(skip)]
	covered: String,
}

/// What there is.
#[derive(Serialize)]
struct Listed {
	patient: Element,
	consents: Vec<Shown>,
}

impl State {
	/// The state of a note of which the chain says at which place it is, and whether it is revoked there.
	fn of(note: &KeptNote, place: Option<Place>, revoked: Option<bool>, now: Milliseconds) -> Self {
		let policy = &note.note().policy;
		match (place, revoked) {
			(None, _) => Self::Pending,
			(Some(_), None) => Self::Missing,
			(Some(_), Some(true)) => Self::Revoked,
			(Some(_), Some(false)) if policy.valid_until() <= now.0 => Self::Expired,
			(Some(_), Some(false)) if now.0 < policy.valid_from() => Self::NotBegun,
			(Some(_), Some(false)) => Self::Active,
		}
	}
}

impl Shown {
	fn new(note: &KeptNote, place: Option<Place>, state: State) -> Self {
		let policy = &note.note().policy;
		Self {
			leaf: note.leaf(),
			tree: place.map(|place| place.tree),
			index: place.map(|place| place.index),
			state: words::of(state),
			to: note.to().element(),
			study: matches!(note.to(), To::Study(_)),
			delegation: matches!(note.to(), To::Delegate(_)),
			under: note.under().map(KeptNote::leaf),
			purposes: policy::purpose_symbols(policy),
			categories: policy::category_places(policy),
			from: time::show(Milliseconds(policy.valid_from())),
			until: time::show(Milliseconds(policy.valid_until())),
			covered: policy::shown_categories(policy),
		}
	}
}

impl Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let place = self.tree.zip(self.index).map(|(tree, index)| Place { tree, index });
		let (what, to) = match (self.delegation, self.study) {
			(true, _) => ("delegation", "to delegate"),
			(false, true) => ("consent", "to study"),
			(false, false) => ("consent", "to"),
		};
		let title = match place {
			Some(place) => format!("{what} {place}: {}", self.state),
			None => format!("{what} without a place: {}", self.state),
		};
		let under = self.under.map(|leaf| leaf.to_string()).unwrap_or_default();
		let fields: [(&str, &dyn Display); 7] = [
			("leaf", &self.leaf),
			(to, &self.to),
			("under", &under),
			("purposes", &self.purposes.join(", ")),
			("categories", &self.covered),
			("from", &self.from),
			("until", &self.until),
		];
		block(f, title, &fields)
	}
}

impl Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		for consent in &self.consents {
			writeln!(f, "{consent}")?;
		}
		write!(f, "{} of patient {}", count(self.consents.len(), "consent"), self.patient)
	}
}

/// Lists the consents of a wallet.
pub async fn run(options: List, context: &Context) -> Result<(), Error> {
	let wallet = Wallet::read(&options.wallet)?;
	let chain = context.connect().await?;
	let genesis = append::genesis(&chain);
	let now = chain.now().await?;
	let bar = context.output.bar("consents", wallet.notes().len());
	let mut consents = Vec::with_capacity(wallet.notes().len());
	for note in wallet.notes() {
		consents.push(match note.is_for(&genesis) {
			true => look_up(&chain, note, now).await?,
			false => Shown::new(note, note.place(), State::OtherChain),
		});
		bar.advance(1);
	}
	drop(bar);
	context.output.show(&Listed { patient: Element(wallet.patient().0), consents })
}

/// Asks the chain how a consent stands.
async fn look_up(chain: &Chain, note: &KeptNote, now: Milliseconds) -> Result<Shown, Error> {
	let place = match note.place() {
		Some(place) => Some(place),
		None => append::place_of(chain, note.leaf()).await?,
	};
	let revoked = match place {
		Some(place) => chain.is_shielded_revoked(place.to_index(), AtBlock::Best).await?,
		None => None,
	};
	Ok(Shown::new(note, place, State::of(note, place, revoked, now)))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

	use super::*;
	use crate::commands::zk::random;
	use hdx_zk_circuits::{
		note::{Policy, ProviderTag, Purpose},
		Fr,
	};

	const PLACE: Place = Place { tree: 0, index: 5 };

	/// A note that holds from 10 to 20.
	fn note() -> KeptNote {
		let mut generator = random::generator().unwrap();
		let policy = Policy::new(0b1001, Purpose::TREATMENT.mask(), 10, 20).unwrap();
		let provider = ProviderTag(Fr::from(7u64));
		Wallet::new(&mut generator).draw(provider, policy, "0x07".to_owned(), &mut generator)
	}

	#[test]
	fn a_consent_stands_as_chain_and_clock_say() {
		let note = note();
		for (place, revoked, now, expected) in [
			(None, None, 15, State::Pending),
			(Some(PLACE), None, 15, State::Missing),
			(Some(PLACE), Some(true), 15, State::Revoked),
			(Some(PLACE), Some(true), 25, State::Revoked),
			(Some(PLACE), Some(false), 9, State::NotBegun),
			(Some(PLACE), Some(false), 10, State::Active),
			(Some(PLACE), Some(false), 19, State::Active),
			(Some(PLACE), Some(false), 20, State::Expired),
		] {
			assert_eq!(State::of(&note, place, revoked, Milliseconds(now)), expected, "{now}");
		}
	}

	#[test]
	fn a_consent_is_shown_for_programs_and_people() {
		let note = note();
		let shown = Shown::new(&note, Some(PLACE), State::NotBegun);
		let value = serde_json::to_value(&shown).unwrap();
		assert_eq!(value["state"], "not-begun");
		assert_eq!((&value["tree"], &value["index"]), (&0.into(), &5.into()));
		assert_eq!(value["categories"], serde_json::json!([0, 3]));
		assert_eq!(value["leaf"], note.leaf().to_string());
		let text = shown.to_string();
		assert!(text.starts_with("consent 0/5: not-begun"), "{text}");
		assert!(text.contains("TREAT") && text.contains("0, 3"), "{text}");
		let pending = Shown::new(&note, None, State::Pending).to_string();
		assert!(pending.starts_with("consent without a place: pending"), "{pending}");
	}

	#[test]
	fn a_delegation_and_what_was_given_under_it_are_shown_as_such() {
		let mut generator = random::generator().unwrap();
		let (patient, delegate) = (Wallet::new(&mut generator), Wallet::new(&mut generator));
		let (policy, provider) = (note().note().policy, ProviderTag(Fr::from(7u64)));
		let (to, genesis) = (delegate.patient(), "0x07".to_owned());
		let delegation = patient.draw_for_delegate(to, policy, genesis, &mut generator);
		let shown = Shown::new(&delegation, Some(PLACE), State::Active);
		let value = serde_json::to_value(&shown).unwrap();
		assert_eq!((&value["delegation"], &value["under"]), (&true.into(), &().into()));
		assert_eq!(value["to"], Element(to.0).to_string());
		let text = shown.to_string();
		assert!(text.starts_with("delegation 0/5: active"), "{text}");
		assert!(text.contains("to delegate") && !text.contains("under"), "{text}");

		let leaf = delegation.leaf().to_string();
		let consent = delegate.draw_under(delegation, provider, policy, &mut generator);
		let shown = Shown::new(&consent, Some(PLACE), State::Active);
		let value = serde_json::to_value(&shown).unwrap();
		assert_eq!((&value["delegation"], &value["under"]), (&false.into(), &leaf.clone().into()));
		let text = shown.to_string();
		assert!(text.starts_with("consent 0/5: active") && text.contains(&leaf), "{text}");
	}
}
