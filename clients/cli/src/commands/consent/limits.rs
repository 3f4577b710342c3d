//! What a permit is limited to: whom, what for, which data.

use crate::{account, actors, codes, commands::bounded, error::Error, time};
use hdx_primitives::{
	engine::{Actor, Provision, Rule, Scope, Values, MAX_VALUES},
	AccountId, Code, InstitutionId, Milliseconds, Period,
};

/// The limits. Values of one option are alternatives; an option that is left out limits nothing.
#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub struct Limits {
	/// An institution, by its number; may be repeated.
	#[arg(long = "organisation", visible_alias = "organization", value_name = "N")]
	organisations: Vec<u32>,
	/// A practitioner; may be repeated.
	#[arg(long = "practitioner", value_name = "ACCOUNT", value_parser = account::parse)]
	practitioners: Vec<AccountId>,
	/// Any actor: an account, institution:N, role:system|code or group:system|code; may be repeated.
	#[arg(long = "actor", value_name = "ACTOR", value_parser = actors::parse)]
	actors: Vec<Actor>,
	/// For which purpose of use: a symbol such as TREAT, or system|code; may be repeated.
	#[arg(long = "purpose", value_name = "CODE", value_parser = codes::purpose)]
	pub purposes: Vec<Code>,
	/// To do what: a symbol such as access, or system|code; may be repeated.
	#[arg(long = "action", value_name = "CODE", value_parser = codes::action)]
	actions: Vec<Code>,
	/// Only data that carries this security label; may be repeated.
	#[arg(long = "label", value_name = "CODE", value_parser = codes::label)]
	labels: Vec<Code>,
	/// Only resources of this type; may be repeated.
	#[arg(long = "class", value_name = "TYPE", value_parser = codes::class)]
	classes: Vec<Code>,
	/// Only data with this clinical code, as system|code; may be repeated.
	#[arg(long = "code", value_name = "CODE", value_parser = codes::any)]
	codes: Vec<Code>,
	/// Only data from this time on: a date, or RFC 3339.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	data_from: Option<Milliseconds>,
	/// Only data until this time: a date (all of that day, UTC), or RFC 3339.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	data_until: Option<Milliseconds>,
}

impl Limits {
	/// Whether nobody is named.
	pub fn names_nobody(&self) -> bool {
		self.organisations.is_empty() && self.practitioners.is_empty() && self.actors.is_empty()
	}

	/// Whether nothing is limited.
	pub fn is_empty(&self) -> bool {
		self.names_nobody()
			&& [&self.purposes, &self.actions, &self.labels, &self.classes, &self.codes]
				.iter()
				.all(|codes| codes.is_empty())
			&& self.data_from.is_none()
			&& self.data_until.is_none()
	}

	/// The most that may be permitted, within a period.
	pub fn scope(&self, period: Period) -> Result<Scope, Error> {
		Ok(Scope {
			actors: self.actors()?,
			purposes: values(&self.purposes, "--purpose")?,
			actions: values(&self.actions, "--action")?,
			labels: values(&self.labels, "--label")?,
			classes: values(&self.classes, "--class")?,
			codes: values(&self.codes, "--code")?,
			period,
			data_period: ordered(self.data_from, self.data_until, "--data-from", "--data-until")?,
		})
	}

	/// A permit of just that.
	pub fn permit(&self, period: Period) -> Result<Provision, Error> {
		let scope = self.scope(period)?;
		Ok(Provision {
			period,
			actors: scope.actors,
			purposes: scope.purposes,
			actions: scope.actions,
			labels: scope.labels,
			classes: scope.classes,
			codes: scope.codes,
			data_period: scope.data_period,
			..Provision::new(0, Rule::Permit)
		})
	}

	fn actors(&self) -> Result<Values<Actor>, Error> {
		let organisations =
			self.organisations.iter().map(|id| Actor::Organisation(InstitutionId(*id)));
		let practitioners =
			self.practitioners.iter().map(|account| Actor::Account(account.clone().into()));
		let all = organisations.chain(practitioners).chain(self.actors.iter().copied()).collect();
		bounded(all, "--organisation, --practitioner and --actor", MAX_VALUES)
	}
}

/// The values of an option.
pub fn values<T: Clone>(values: &[T], option: &str) -> Result<Values<T>, Error> {
	bounded(values.to_vec(), option, MAX_VALUES)
}

/// A period whose start is before its end.
pub fn ordered(
	start: Option<Milliseconds>,
	end: Option<Milliseconds>,
	start_option: &str,
	end_option: &str,
) -> Result<Period, Error> {
	let period = Period { start, end };
	if period.is_ordered() {
		return Ok(period);
	}
	Err(Error::Usage(format!("{end_option} is not after {start_option}")))
}
