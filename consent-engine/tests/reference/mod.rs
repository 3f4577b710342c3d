//! The semantics once more, for one piece of data at a time: slow, without obligations, and so
//! simple that it can be checked by reading it.

use hdx_consent_engine::{
	Code, DataFacts, Decision, Milliseconds, Outcome, Policy, Provision, Request, Rule,
};

/// One piece of data.
#[derive(Clone, Debug)]
pub struct Datum {
	labels: Vec<Code>,
	class: Code,
	codes: Vec<Code>,
}

/// Data with every combination of these codes, one class each.
pub fn universe(labels: &[Code], classes: &[Code], codes: &[Code]) -> Vec<Datum> {
	let mut all = Vec::new();
	for labels in subsets(labels) {
		for class in classes {
			for codes in subsets(codes) {
				all.push(Datum { labels: labels.clone(), class: *class, codes });
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
}

/// Whether the decision lets this data out.
pub fn is_released(datum: &Datum, decision: &Decision) -> bool {
	let mut carried = datum.labels.clone();
	carried.push(datum.class);
	carried.extend(&datum.codes);
	let facts = DataFacts { codes: &carried, ..DataFacts::default() };
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
			Rule::Deny => reader.excepted(0),
		}
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
		self.children(index, Rule::Permit)
			.into_iter()
			.any(|child| self.is_about(&self.policy.provisions[child]) && self.permit(child))
			&& !self.denied_below(index)
	}

	fn denied_below(&self, index: usize) -> bool {
		self.children(index, Rule::Deny).into_iter().any(|child| {
			let deny = &self.policy.provisions[child];
			self.is_about(deny) && self.may_hold(deny) && !self.excepted(child)
		})
	}

	/// Whether the data meets the limits that `except` does not name.
	fn holds(&self, provision: &Provision, except: &Provision) -> bool {
		let [labels, classes, codes, data_period, data] =
			ATTRIBUTES.map(|named| named(provision) && !named(except));
		(!labels || share(&provision.labels, &self.datum.labels))
			&& (!classes || provision.classes.contains(&self.datum.class))
			&& (!codes || share(&provision.codes, &self.datum.codes))
			&& (!data_period || self.is_from(provision))
			&& (!data || self.is_referenced(provision))
	}

	/// Whether the data may be within a deny's limits; its age and identity are not known here.
	fn may_hold(&self, deny: &Provision) -> bool {
		(deny.labels.is_empty() || share(&deny.labels, &self.datum.labels))
			&& (deny.classes.is_empty() || deny.classes.contains(&self.datum.class))
			&& (deny.codes.is_empty() || share(&deny.codes, &self.datum.codes))
			&& !self.is_surely_elsewhere(deny)
	}

	fn is_from(&self, provision: &Provision) -> bool {
		let (limit, asked) = (provision.data_period, self.request.data_period);
		limit.start.is_none_or(|limit| asked.start.is_some_and(|start| limit <= start))
			&& limit.end.is_none_or(|limit| asked.end.is_some_and(|end| end <= limit))
	}

	fn is_referenced(&self, provision: &Provision) -> bool {
		!self.request.data.is_empty()
			&& self.request.data.iter().all(|asked| provision.data.contains(asked))
	}

	fn is_surely_elsewhere(&self, deny: &Provision) -> bool {
		use hdx_consent_engine::DataMeaning::Instance;
		let (limit, asked) = (deny.data_period, self.request.data_period);
		let is_before = limit.start.zip(asked.end).is_some_and(|(start, end)| end <= start);
		let is_after = limit.end.zip(asked.start).is_some_and(|(end, start)| end <= start);
		let is_other = !deny.data.is_empty()
			&& !self.request.data.is_empty()
			&& deny.data.iter().chain(self.request.data).all(|data| data.meaning == Instance)
			&& !share(&deny.data, self.request.data);
		is_before || is_after || is_other
	}
}

/// The attributes of data, by whether a provision names them.
const ATTRIBUTES: [fn(&Provision) -> bool; 5] = [
	|provision| !provision.labels.is_empty(),
	|provision| !provision.classes.is_empty(),
	|provision| !provision.codes.is_empty(),
	|provision| provision.data_period != hdx_consent_engine::Period { start: None, end: None },
	|provision| !provision.data.is_empty(),
];

fn share<T: PartialEq>(left: &[T], right: &[T]) -> bool {
	left.iter().any(|value| right.contains(value))
}
