//! What is asked, in the words of the consents.

use super::{push_new, DecideOptions};
use crate::{
	coding::{Coding, Reference},
	dictionary::Dictionary,
	directory::{server, Directory},
	request::{Asked, ConsultRequest},
	resolve::{Origin, Resolved, Resolver, Unresolvable},
};
use hdx_consent_engine::{
	terminology::{self, purpose, Term},
	Actor, Code, DataReference, Period, Request,
};
use std::{cell::RefCell, collections::BTreeMap};

/// Resolves actors only as far as the question needs: each becomes one value of the policy, the one
/// by which the requester is it, or else any. So a group may have more members than a policy holds
/// values. What many consents refer to is looked up once.
pub(super) struct AsAsked<'a> {
	directory: &'a Directory,
	requester: &'a [Actor],
	known: RefCell<BTreeMap<Place, Result<Resolved, Unresolvable>>>,
}

/// A reference, and the server that it is relative to.
type Place = (Option<String>, Reference);

impl<'a> AsAsked<'a> {
	pub fn new(directory: &'a Directory, requester: &'a [Actor]) -> Self {
		Self { directory, requester, known: RefCell::default() }
	}

	fn look_up(&self, reference: &Reference, origin: Origin<'_>) -> Result<Resolved, Unresolvable> {
		let resolved = self.directory.actors(reference, origin)?;
		let is_requester = |actor: &&Actor| self.requester.contains(actor);
		let Some(one) = resolved.actors.iter().find(is_requester).or(resolved.actors.first())
		else {
			return Ok(resolved);
		};
		let identifiers = resolved.identifiers.iter();
		Ok(Resolved {
			actors: vec![*one],
			identifiers: identifiers
				.filter(|identifier| Actor::Identifier(identifier.as_code()) == *one)
				.cloned()
				.collect(),
			identified: resolved.identified,
		})
	}
}

impl Resolver for AsAsked<'_> {
	fn actors(&self, reference: &Reference, origin: Origin<'_>) -> Result<Resolved, Unresolvable> {
		// The same reference is another resource elsewhere.
		if !origin.contained.is_empty() {
			return self.look_up(reference, origin);
		}
		let server = origin.full_url.and_then(server).map(str::to_owned);
		let key = (server, reference.clone());
		if let Some(known) = self.known.borrow().get(&key) {
			return known.clone();
		}
		let found = self.look_up(reference, origin);
		self.known.borrow_mut().insert(key, found.clone());
		found
	}
}

/// The codes of a request.
pub(super) struct AskedCodes {
	categories: Vec<Code>,
	purposes: Vec<Code>,
	/// The purposes without what only the consents' systems made of them.
	pub plain_purposes: Vec<Code>,
	actions: Vec<Code>,
	labels: Vec<Code>,
	classes: Vec<Code>,
	codes: Vec<Code>,
	data: Vec<DataReference>,
}

const RESOURCE_TYPES: &str = "http://hl7.org/fhir/resource-types";

impl AskedCodes {
	pub fn of<'a>(
		asked: &ConsultRequest,
		dictionaries: impl Iterator<Item = &'a Dictionary>,
		options: &DecideOptions,
	) -> Self {
		let dictionaries: Vec<_> = dictionaries.collect();
		let words = |asked: &[Asked], otherwise: &dyn Fn(&str) -> Vec<Coding>| {
			let mut codes = Vec::new();
			for one in asked {
				for coding in meant(one, &dictionaries, otherwise) {
					push_new(&mut codes, coding.as_code());
				}
			}
			codes
		};
		let of_terms = |terms: &'static [Term]| {
			move |code: &str| {
				let found: Vec<_> = terms
					.iter()
					.filter(|term| term.symbol == code)
					.map(|term| Coding::new(term.system, term.symbol))
					.collect();
				or_without_system(found, code)
			}
		};
		let reason = |code: &str| vec![Coding::new(purpose::SYSTEM, code)];
		let mut plain_purposes = Vec::new();
		for one in &asked.purposes {
			let coding = match one {
				Asked::Coding(coding) => coding.clone(),
				Asked::Bare(code) => Coding::new(purpose::SYSTEM, code),
			};
			push_new(&mut plain_purposes, coding.as_code());
			// Break-glass is what the patient opted out of, under whichever name of its system.
			if options.emergency_opt_out && coding.code == "BTG" {
				push_new(&mut plain_purposes, purpose::BTG);
			}
		}
		let mut purposes = words(&asked.purposes, &reason);
		for code in &plain_purposes {
			push_new(&mut purposes, *code);
		}
		let labels = |code: &str| {
			let mut found = of_terms(terminology::confidentiality::ALL)(code);
			found.extend(of_terms(terminology::sensitivity::ALL)(code));
			found.retain(|coding| coding.system.is_some());
			or_without_system(found, code)
		};
		Self {
			categories: asked.categories.iter().map(Coding::as_code).collect(),
			purposes,
			plain_purposes,
			actions: words(&asked.actions, &of_terms(terminology::action::ALL)),
			labels: words(&asked.labels, &labels),
			classes: words(&asked.classes, &|code| vec![Coding::new(RESOURCE_TYPES, code)]),
			codes: words(&asked.codes, &|code| or_without_system(Vec::new(), code)),
			data: asked
				.data
				.iter()
				.map(|(meaning, reference)| DataReference {
					meaning: *meaning,
					reference: reference.as_code(),
				})
				.collect(),
		}
	}

	pub fn request<'a>(&'a self, requester: &'a [Actor], data_period: Period) -> Request<'a> {
		Request {
			actors: requester,
			purposes: &self.purposes,
			actions: &self.actions,
			labels: &self.labels,
			classes: &self.classes,
			codes: &self.codes,
			data_period,
			data: &self.data,
			categories: &self.categories,
		}
	}
}

/// The codings that a code means: itself, or without a system all of that name in the consents.
fn meant(
	asked: &Asked,
	dictionaries: &[&Dictionary],
	otherwise: &dyn Fn(&str) -> Vec<Coding>,
) -> Vec<Coding> {
	let code = match asked {
		Asked::Coding(coding) => return vec![coding.clone()],
		Asked::Bare(code) => code,
	};
	let used: Vec<_> = dictionaries
		.iter()
		.flat_map(|dictionary| dictionary.codings_named(code))
		.cloned()
		.collect();
	if used.is_empty() {
		otherwise(code)
	} else {
		used
	}
}

/// A code that no known system has is still asked for: it is in nobody's list, and so outside
/// whatever is permitted.
fn or_without_system(found: Vec<Coding>, code: &str) -> Vec<Coding> {
	if found.is_empty() {
		vec![Coding { system: None, code: code.to_owned() }]
	} else {
		found
	}
}
