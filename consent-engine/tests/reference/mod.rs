//! The semantics once more, for one piece of data at a time: slow, without obligations, and so
//! simple that it can be checked by reading it.

use hdx_consent_engine::{
	Code, DataFacts, DataMeaning, DataReference, Decision, Milliseconds, Outcome, Period, Policy,
	Provision, Request, Rule,
};

/// One piece of data, as it is.
#[derive(Clone, Debug)]
pub struct Datum {
	pub labels: Vec<Code>,
	pub class: Code,
	pub codes: Vec<Code>,
	pub references: Vec<DataReference>,
	pub dated: Period,
	/// Whether whoever releases it knows its references.
	pub is_identity_known: bool,
	/// Whether whoever releases it knows when it is from.
	pub is_age_known: bool,
}

/// Data with every combination of these, one class, one identity and one age each, known and
/// unknown.
pub fn universe(
	labels: &[Code],
	classes: &[Code],
	codes: &[Code],
	identities: &[Vec<DataReference>],
	ages: &[Period],
) -> Vec<Datum> {
	let mut all = Vec::new();
	for labels in subsets(labels) {
		for class in classes {
			for codes in subsets(codes) {
				for references in identities {
					for dated in ages {
						for known in 0..4 {
							all.push(Datum {
								labels: labels.clone(),
								class: *class,
								codes: codes.clone(),
								references: references.clone(),
								dated: *dated,
								is_identity_known: known & 1 == 0,
								is_age_known: known & 2 == 0,
							});
						}
					}
				}
			}
		}
	}
	all
}

fn subsets(of: &[Code]) -> Vec<Vec<Code>> {
	of.iter().fold(vec![Vec::new()], |subsets, code| {
		let with = subsets.iter().cloned().map(|mut subset| {
			subset.push(*code);
			subset
		});
		subsets.clone().into_iter().chain(with).collect()
	})
}

/// Whether the request is about this data.
pub fn asked_for(datum: &Datum, request: &Request<'_>) -> bool {
	(request.labels.is_empty() || share(&datum.labels, request.labels))
		&& (request.classes.is_empty() || request.classes.contains(&datum.class))
		&& (request.codes.is_empty() || share(&datum.codes, request.codes))
		&& (request.data.is_empty() || datum.is_reached_by(request.data))
		&& lies_within(datum.dated, request.data_period)
}

/// Whether the decision lets this data out, by what is known of it.
pub fn is_released(datum: &Datum, decision: &Decision) -> bool {
	let mut carried = datum.labels.clone();
	carried.push(datum.class);
	carried.extend(&datum.codes);
	let facts = DataFacts {
		codes: &carried,
		references: datum.is_identity_known.then_some(&datum.references[..]),
		dated: datum.is_age_known.then_some(datum.dated),
	};
	decision.outcome == Outcome::Permit
		&& !decision.obligations.iter().any(|obligation| obligation.withholds(&facts))
}

/// Whether the policy permits this data to the request.
pub fn permits(policy: &Policy, request: &Request<'_>, at: Milliseconds, datum: &Datum) -> bool {
	let reader = Reader { policy, request, at, datum };
	let root = &policy.provisions[0];
	reader.is_about(root)
		&& match root.rule {
			Rule::Permit => reader.permit(0),
			Rule::Deny => {
				reader.holds(root, &Provision::new(0, Rule::Permit)) && reader.excepted(0)
			},
		}
}

impl Datum {
	fn is_reached_by(&self, references: &[DataReference]) -> bool {
		self.references.iter().any(|own| references.iter().any(|reference| reaches(reference, own)))
	}
}

/// The resource itself is among what is related to it and what depends on it.
fn reaches(reference: &DataReference, own: &DataReference) -> bool {
	let is_wider = own.meaning == DataMeaning::Instance
		&& [DataMeaning::Related, DataMeaning::Dependents].contains(&reference.meaning);
	reference.reference == own.reference && (reference.meaning == own.meaning || is_wider)
}

fn lies_within(inner: Period, outer: Period) -> bool {
	outer.start.is_none_or(|limit| inner.start.is_some_and(|start| limit <= start))
		&& outer.end.is_none_or(|limit| inner.end.is_some_and(|end| end <= limit))
}

fn are_apart(one: Period, other: Period) -> bool {
	let is_before = |one: Period, other: Period| {
		one.end.zip(other.start).is_some_and(|(end, start)| end <= start)
	};
	is_before(one, other) || is_before(other, one)
}

struct Reader<'a> {
	policy: &'a Policy,
	request: &'a Request<'a>,
	at: Milliseconds,
	datum: &'a Datum,
}

impl Reader<'_> {
	fn children(&self, parent: usize, rule: Rule) -> Vec<usize> {
		let is_child = |index: &usize| {
			let provision = &self.policy.provisions[*index];
			usize::from(provision.parent) == parent && provision.rule == rule
		};
		(1..self.policy.provisions.len()).filter(is_child).collect()
	}

	fn is_about(&self, provision: &Provision) -> bool {
		let actor = provision.actors.is_empty()
			|| share(&provision.actors, self.request.actors)
			|| (provision.rule == Rule::Deny && self.request.actors.is_empty());
		let open = |values: &[Code], asked: &[Code]| {
			values.is_empty() || asked.is_empty() || share(values, asked)
		};
		actor
			&& open(&provision.purposes, self.request.purposes)
			&& open(&provision.actions, self.request.actions)
			&& provision.period.contains(self.at)
	}

	fn permit(&self, index: usize) -> bool {
		let provision = &self.policy.provisions[index];
		let children = self.children(index, Rule::Permit);
		let (focused, narrowing): (Vec<_>, Vec<_>) = children.into_iter().partition(|child| {
			let child = &self.policy.provisions[*child];
			ATTRIBUTES.iter().any(|named| named(provision) && named(child))
		});
		let granted =
			|child: &usize| self.is_about(&self.policy.provisions[*child]) && self.permit(*child);
		let own = self.holds(provision, &Provision::new(0, Rule::Permit))
			&& (narrowing.is_empty() || narrowing.iter().any(granted));
		let other = focused
			.iter()
			.any(|child| granted(child) && self.holds(provision, &self.policy.provisions[*child]));
		(own || other) && !self.denied_below(index)
	}

	fn excepted(&self, index: usize) -> bool {
		let is_presumed =
			!self.policy.provisions[index].actors.is_empty() && self.request.actors.is_empty();
		!is_presumed
			&& self
				.children(index, Rule::Permit)
				.into_iter()
				.any(|child| self.is_about(&self.policy.provisions[child]) && self.permit(child))
			&& !self.denied_below(index)
	}

	fn denied_below(&self, index: usize) -> bool {
		self.children(index, Rule::Deny).into_iter().any(|child| {
			let deny = &self.policy.provisions[child];
			self.is_about(deny) && self.is_denied_by(deny) && !self.excepted(child)
		})
	}

	/// Whether the data meets the limits that `except` does not name. Data from a period in part
	/// only is not within it.
	fn holds(&self, permit: &Provision, except: &Provision) -> bool {
		let [labels, classes, codes, data_period, data] =
			ATTRIBUTES.map(|named| named(permit) && !named(except));
		(!labels || share(&permit.labels, &self.datum.labels))
			&& (!classes || permit.classes.contains(&self.datum.class))
			&& (!codes || share(&permit.codes, &self.datum.codes))
			&& (!data_period || lies_within(self.datum.dated, permit.data_period))
			&& (!data || self.datum.is_reached_by(&permit.data))
	}

	/// Whether a deny is about the data. It is about data from its period in part, too.
	fn is_denied_by(&self, deny: &Provision) -> bool {
		(deny.labels.is_empty() || share(&deny.labels, &self.datum.labels))
			&& (deny.classes.is_empty() || deny.classes.contains(&self.datum.class))
			&& (deny.codes.is_empty() || share(&deny.codes, &self.datum.codes))
			&& !are_apart(self.datum.dated, deny.data_period)
			&& (deny.data.is_empty() || self.datum.is_reached_by(&deny.data))
	}
}

/// The attributes of data, by whether a provision names them.
const ATTRIBUTES: [fn(&Provision) -> bool; 5] = [
	|provision| !provision.labels.is_empty(),
	|provision| !provision.classes.is_empty(),
	|provision| !provision.codes.is_empty(),
	|provision| provision.data_period != Period { start: None, end: None },
	|provision| !provision.data.is_empty(),
];

fn share<T: PartialEq>(left: &[T], right: &[T]) -> bool {
	left.iter().any(|value| right.contains(value))
}
