//! Who and what the references of a document are, for a policy.

use crate::{
	coding::{Identifier, Reference},
	naming,
};
use hdx_consent_engine::{Actor, Code};
use serde_json::Value;
use std::collections::BTreeMap;

/// Where a reference stands: what it may be relative to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin<'a> {
	/// The `fullUrl` of the resource that holds the reference, where it is known.
	pub full_url: Option<&'a str>,
	/// The resources contained in it (`#id`).
	pub contained: &'a [Value],
}

/// Who a reference is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
	/// The actors that a policy names for it; any of them is it. Never empty.
	pub actors: Vec<Actor>,
	/// The identifiers behind [`Actor::Identifier`].
	pub identifiers: Vec<Identifier>,
	/// Whether whoever asks can be told to be it or not. A resource without any `identifier` can
	/// only be asked for by its own reference: enough for a permit, which then permits nobody else,
	/// and not for a deny, which would deny nobody.
	pub identified: bool,
}

/// Why nobody knows who a reference is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unresolvable {
	/// The directory does not have it.
	#[error("`{reference}` is not in the directory; expected a Bundle that holds it")]
	NotFound {
		/// The reference.
		reference: String,
	},
	/// Several resources of the directory answer to it.
	#[error("`{reference}` names more than one resource of the directory; expected one")]
	Ambiguous {
		/// The reference.
		reference: String,
	},
	/// It is no resource that acts.
	#[error("`{reference}` is a {kind}; expected a Practitioner, PractitionerRole, Organization, Patient, RelatedPerson, Device, Group or CareTeam")]
	NotAnActor {
		/// The reference.
		reference: String,
		/// Its resource type.
		kind: String,
	},
	/// A group that does not list its members.
	#[error("`{reference}` does not list its members; expected members, since a number or a description names nobody")]
	NoMembers {
		/// The reference.
		reference: String,
	},
	/// It has no identifier.
	#[error(
		"`{reference}` has no identifier, so nobody who asks can be told to be it; expected one"
	)]
	NoIdentifier {
		/// The reference.
		reference: String,
	},
	/// A group is a member of itself, or a chain of groups is.
	#[error("`{reference}` is a member of itself; expected groups without cycles")]
	Cycle {
		/// The reference that closes the cycle.
		reference: String,
	},
	/// Groups of groups, deeper than is followed.
	#[error("`{reference}` is nested more than {limit} groups deep")]
	TooDeep {
		/// The reference.
		reference: String,
		/// How deep is followed.
		limit: usize,
	},
	/// A resource is not as FHIR has it.
	#[error("`{reference}`: {detail}")]
	Malformed {
		/// The reference.
		reference: String,
		/// What is wrong.
		detail: String,
	},
}

/// Tells who and what references are. A [`Directory`](crate::Directory) does by the identifiers of
/// a Bundle, for decisions off chain; a [`Mapping`] by what the caller says, for grants on chain.
pub trait Resolver {
	/// The actors of a reference.
	///
	/// # Errors
	///
	/// Why it cannot be told.
	fn actors(&self, reference: &Reference, origin: Origin<'_>) -> Result<Resolved, Unresolvable>;

	/// What stands for a reference to data in a policy. On the chain a salted commitment belongs
	/// there; without more knowledge it is the hash of the reference.
	///
	/// # Errors
	///
	/// Why it cannot be told: a contained resource (`#id`) is no data of anybody's record.
	fn data(&self, reference: &Reference, _origin: Origin<'_>) -> Result<Code, Unresolvable> {
		if reference.reference.as_deref().is_some_and(|literal| literal.starts_with('#')) {
			return Err(Unresolvable::NotFound { reference: reference.to_string() });
		}
		let own = reference.identifier.as_ref().and_then(naming::data);
		Ok(own.unwrap_or_else(|| reference.as_code()))
	}
}

/// Says for each reference who it is on the chain.
///
/// A reference is looked up as it was written, and by its identifier (`system|value`). Identifiers
/// of the chain's own naming systems ([`naming`]) need no entry.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
	actors: BTreeMap<String, Vec<Actor>>,
	data: BTreeMap<String, Code>,
}

impl Mapping {
	/// An empty one.
	pub fn new() -> Self {
		Self::default()
	}

	/// Says who a reference (`Practitioner/1`) or an identifier (`system|value`) is.
	#[must_use]
	pub fn with_actor(mut self, reference: impl Into<String>, actor: Actor) -> Self {
		self.actors.entry(reference.into()).or_default().push(actor);
		self
	}

	/// Says what stands for a reference to data, such as its salted commitment.
	#[must_use]
	pub fn with_data(mut self, reference: impl Into<String>, code: Code) -> Self {
		self.data.insert(reference.into(), code);
		self
	}

	fn names(reference: &Reference) -> impl Iterator<Item = String> + '_ {
		let literal = reference.unversioned().map(str::to_owned);
		literal.into_iter().chain(reference.identifier.as_ref().map(Identifier::token))
	}
}

impl Resolver for Mapping {
	fn actors(&self, reference: &Reference, _: Origin<'_>) -> Result<Resolved, Unresolvable> {
		let mapped = Self::names(reference).find_map(|name| self.actors.get(&name).cloned());
		let own = || naming::actor(reference.identifier.as_ref()?).map(|actor| vec![actor]);
		let not_found = || Unresolvable::NotFound { reference: reference.to_string() };
		let actors = mapped.or_else(own).ok_or_else(not_found)?;
		Ok(Resolved { actors, identifiers: Vec::new(), identified: true })
	}

	fn data(&self, reference: &Reference, _: Origin<'_>) -> Result<Code, Unresolvable> {
		let mapped = Self::names(reference).find_map(|name| self.data.get(&name).copied());
		mapped
			.or_else(|| naming::data(reference.identifier.as_ref()?))
			.ok_or_else(|| Unresolvable::NotFound { reference: reference.to_string() })
	}
}
