//! Policies, terms and requests, as they are shown.

use super::terms::{show_frequency, show_renewal};
use crate::{actors, codes, output::block, time};
use hdx_primitives::{
	consent::{ConsentRequest, ConsentState, ConsentTerms, GrantedBy},
	engine::{DataMeaning, Period, Policy, Provision, Rule, Scope},
	Code, RequestId,
};
use serde::Serialize;
use std::fmt;

/// A period. A missing bound is open.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ShownPeriod {
	#[serde(skip_serializing_if = "Option::is_none")]
	pub from: Option<String>,
	#[serde(skip_serializing_if = "Option::is_none")]
	pub until: Option<String>,
}

/// A provision. Codes are tokens for programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownProvision {
	parent: Option<u8>,
	rule: &'static str,
	#[serde(flatten)]
	period: ShownPeriod,
	actors: Vec<String>,
	purposes: Vec<String>,
	actions: Vec<String>,
	labels: Vec<String>,
	classes: Vec<String>,
	codes: Vec<String>,
	data_period: ShownPeriod,
	data: Vec<String>,
	/// For people.
	#[serde(skip)]
	text: String,
}

/// The terms of a consent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownTerms {
	#[serde(skip_serializing_if = "Option::is_none")]
	pub frequency: Option<String>,
	#[serde(skip_serializing_if = "Option::is_none")]
	pub erase_by: Option<String>,
	#[serde(skip_serializing_if = "Option::is_none")]
	pub renewal: Option<ShownRenewal>,
	/// For people.
	#[serde(skip)]
	renewal_line: String,
}

/// How a consent goes on, in milliseconds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownRenewal {
	extends_by: u64,
	times: u32,
	notice: u64,
}

/// A request that waits for a patient.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownRequest {
	request: u64,
	requester: String,
	on_behalf_of: u32,
	role: String,
	patient: String,
	purposes: Vec<String>,
	classes: Vec<String>,
	labels: Vec<String>,
	data_period: ShownPeriod,
	period: ShownPeriod,
	terms: ShownTerms,
	template: u32,
	made_at: String,
	expires_at: String,
	/// For people.
	#[serde(skip)]
	symbols: [String; 3],
}

impl From<&Period> for ShownPeriod {
	fn from(period: &Period) -> Self {
		Self { from: period.start.map(time::show), until: period.end.map(time::show) }
	}
}

impl fmt::Display for ShownPeriod {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match (&self.from, &self.until) {
			(None, None) => Ok(()),
			(Some(from), None) => write!(f, "from {from}"),
			(None, Some(until)) => write!(f, "until {until}"),
			(Some(from), Some(until)) => write!(f, "from {from} until {until}"),
		}
	}
}

impl From<&ConsentTerms> for ShownTerms {
	fn from(terms: &ConsentTerms) -> Self {
		Self {
			frequency: terms.frequency.as_ref().map(show_frequency),
			erase_by: terms.erase_by.map(time::show),
			renewal: terms.renewal.map(|renewal| ShownRenewal {
				extends_by: renewal.extends_by.0,
				times: renewal.times,
				notice: renewal.notice.0,
			}),
			renewal_line: terms.renewal.as_ref().map(show_renewal).unwrap_or_default(),
		}
	}
}

impl ShownTerms {
	/// For people: what holds, by name. Empty where it was not agreed.
	pub fn lines(&self) -> [(&'static str, String); 3] {
		[
			("frequency", self.frequency.clone().unwrap_or_default()),
			("erase by", self.erase_by.clone().unwrap_or_default()),
			("renewal", self.renewal_line.clone()),
		]
	}
}

/// The provisions of a policy.
pub fn provisions(policy: &Policy) -> Vec<ShownProvision> {
	let shown = |(index, provision): (usize, &Provision)| ShownProvision {
		parent: (index > 0).then_some(provision.parent),
		rule: rule(provision.rule),
		period: (&provision.period).into(),
		actors: provision.actors.iter().map(actors::show).collect(),
		purposes: codes::tokens(&provision.purposes),
		actions: codes::tokens(&provision.actions),
		labels: codes::tokens(&provision.labels),
		classes: codes::tokens(&provision.classes),
		codes: codes::tokens(&provision.codes),
		data_period: (&provision.data_period).into(),
		data: data(provision),
		text: sentence(provision),
	};
	policy.provisions.iter().enumerate().map(shown).collect()
}

/// Provisions for people, a line each.
pub fn write_provisions(f: &mut fmt::Formatter<'_>, provisions: &[ShownProvision]) -> fmt::Result {
	for (index, provision) in provisions.iter().enumerate() {
		let below = provision.parent.map(|parent| format!(" (below {parent})")).unwrap_or_default();
		writeln!(f, "  {index}{below}: {}", provision.text)?;
	}
	Ok(())
}

fn rule(rule: Rule) -> &'static str {
	match rule {
		Rule::Permit => "permit",
		Rule::Deny => "deny",
	}
}

fn data(provision: &Provision) -> Vec<String> {
	let meaning = |meaning| match meaning {
		DataMeaning::Instance => "instance",
		DataMeaning::Related => "related",
		DataMeaning::Dependents => "dependents",
		DataMeaning::AuthoredBy => "authoredby",
	};
	let shown = provision.data.iter();
	shown
		.map(|one| format!("{} {}", meaning(one.meaning), codes::hexadecimal(&one.reference)))
		.collect()
}

/// A provision in a line.
fn sentence(provision: &Provision) -> String {
	let Provision { actors, purposes, actions, labels, classes, codes, .. } = provision.clone();
	let limits = Scope {
		actors,
		purposes,
		actions,
		labels,
		classes,
		codes,
		period: provision.period,
		data_period: provision.data_period,
	};
	let mut parts = vec![rule(provision.rule).to_owned()];
	parts.extend(limit_lines(&limits));
	let data = data(provision);
	if !data.is_empty() {
		parts.push(format!("data {}", data.join(", ")));
	}
	parts.join("; ")
}

/// What limits something, for people. Empty: nothing does.
pub fn limit_lines(scope: &Scope) -> Vec<String> {
	let actors: Vec<_> = scope.actors.iter().map(actors::show).collect();
	let named = |name: &str, codes: &[Code]| (name.to_owned(), codes::symbols(codes));
	let parts = [
		("to".to_owned(), actors.join(", ")),
		named("for", &scope.purposes),
		named("to do", &scope.actions),
		named("labels", &scope.labels),
		named("classes", &scope.classes),
		named("codes", &scope.codes),
		(String::new(), ShownPeriod::from(&scope.period).to_string()),
		("data".to_owned(), ShownPeriod::from(&scope.data_period).to_string()),
	];
	let said = parts.into_iter().filter(|(_, value)| !value.is_empty());
	said.map(|(name, value)| format!("{name} {value}").trim().to_owned()).collect()
}

/// How a consent stands.
pub fn state(state: ConsentState) -> &'static str {
	match state {
		ConsentState::NotBegun => "not begun",
		ConsentState::InForce => "in force",
		ConsentState::Ended => "ended",
		ConsentState::Revoked => "revoked",
	}
}

/// Who gave a version.
pub fn given_by(by: &GrantedBy) -> String {
	match by {
		GrantedBy::Patient => "the patient".to_owned(),
		GrantedBy::Guardians => "the guardians".to_owned(),
		GrantedBy::Delegate(account) => format!("the delegate {account}"),
	}
}

impl ShownRequest {
	/// Of a request with this number.
	pub fn of(id: RequestId, request: &ConsentRequest) -> Self {
		let terms = &request.terms;
		let agreed = ConsentTerms {
			frequency: terms.frequency,
			erase_by: terms.erase_by,
			renewal: terms.renewal,
		};
		Self {
			request: id.0,
			requester: request.requester.to_string(),
			on_behalf_of: terms.on_behalf_of.0,
			role: format!("{:?}", terms.role),
			patient: request.patient.to_string(),
			purposes: codes::tokens(&terms.purposes),
			classes: codes::tokens(&terms.classes),
			labels: codes::tokens(&terms.labels),
			data_period: (&terms.data_period).into(),
			period: (&terms.period).into(),
			terms: (&agreed).into(),
			template: terms.template.0,
			made_at: time::show(request.made_at),
			expires_at: time::show(request.expires_at),
			symbols: [&terms.purposes, &terms.classes, &terms.labels].map(codes::symbols),
		}
	}
}

impl fmt::Display for ShownRequest {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let asks =
			format!("{}, for institution {}, as {}", self.requester, self.on_behalf_of, self.role);
		let [purposes, classes, labels] = &self.symbols;
		let terms = self.terms.lines();
		let mut fields: Vec<(&str, &dyn fmt::Display)> = vec![
			("asks", &asks),
			("patient", &self.patient),
			("for", purposes),
			("classes", classes),
			("labels", labels),
			("data", &self.data_period),
			("consent", &self.period),
		];
		fields.extend(terms.iter().map(|(name, value)| (*name, value as &dyn fmt::Display)));
		fields.extend([
			("template", &self.template as &dyn fmt::Display),
			("made", &self.made_at),
			("expires", &self.expires_at),
		]);
		block(f, format!("request {}", self.request), &fields)
	}
}
