//! What one policy says about one request.
//!
//! The tree is walked from the root. Each provision that is about the requester, the purpose, the
//! action and the time turns into a set of permitted data or takes some away:
//!
//! - A permit permits the data that it is about. Permits inside it, when there are any, *narrow* it
//!   to what they match; one that names an attribute of data which its parent names too (a
//!   "focused" permit of the IHE PCF) is an *alternative* to the parent's values instead.
//! - A deny takes the data that it is about away, except what permits inside it give back.
//! - Between siblings a deny is stronger than a permit, so their order does not matter.
//! - A root deny permits nothing but what permits inside it give back of the data that it is about.

use crate::{
	allowed::Allowed,
	attribute::{DataAttribute, Named, Relation},
	matching::Circumstances,
	nodes::Nodes,
	policy::{Policy, Rule},
	residual::Residual,
	spared::Spared,
	survey::Survey,
};

/// What an applicable policy answers.
pub(crate) enum Answer {
	/// Nothing that was asked for is permitted, or more than a decision can say.
	Deny,
	/// Some of it is.
	Permit(Residual),
}

/// Decides a request by one policy, which must be valid. `None`: the root is not about it.
pub(crate) fn answer(policy: &Policy, circumstances: &Circumstances<'_>) -> Option<Answer> {
	let root = policy.provisions.first()?;
	if !circumstances.match_context(root) {
		return None;
	}
	if circumstances.voids(root) {
		return Some(Answer::Deny);
	}
	let mut walk = Walk {
		policy,
		survey: Survey::of(policy, circumstances),
		spared: Spared::default(),
		is_oversized: false,
	};
	let mut allowed = Allowed::everything();
	match root.rule {
		Rule::Permit => walk.permit(0, &mut allowed),
		Rule::Deny if walk.survey.is_outside(0) => return None,
		Rule::Deny => walk.base_deny(&mut allowed),
	}
	if walk.is_oversized {
		return Some(Answer::Deny);
	}
	Some(Residual::of(policy, &allowed, &walk.spared).map_or(Answer::Deny, Answer::Permit))
}

struct Walk<'a> {
	policy: &'a Policy,
	survey: Survey,
	spared: Spared,
	/// Whether exceptions to a deny were more than can be held.
	is_oversized: bool,
}

impl Walk<'_> {
	/// Leaves what a permit permits, its exceptions counted. Recursion ends with the tree, which is
	/// at most [`MAX_DEPTH`](crate::MAX_DEPTH) deep.
	fn permit(&mut self, index: usize, allowed: &mut Allowed) {
		self.limit(index, None, allowed);
		let alternatives = self.survey.alternatives(index);
		if !allowed.is_nothing && self.survey.is_narrowed(index) {
			let mut narrowed = Allowed::nothing();
			self.any_of(self.survey.permits(index).without(alternatives), &mut narrowed);
			allowed.and(&narrowed);
		}
		for alternative in alternatives {
			let mut other = Allowed::everything();
			self.permit(alternative, &mut other);
			self.limit(index, Some(alternative), &mut other);
			allowed.or(&other);
		}
		self.take_denied(index, allowed);
	}

	/// Leaves what a root deny lets through.
	fn base_deny(&mut self, allowed: &mut Allowed) {
		allowed.is_nothing = true;
		self.exceptions(0, allowed);
		self.limit(0, None, allowed);
	}

	/// Adds what any of these permits.
	fn any_of(&mut self, permits: Nodes, allowed: &mut Allowed) {
		for permit in permits {
			let mut other = Allowed::everything();
			self.permit(permit, &mut other);
			allowed.or(&other);
		}
	}

	/// Adds what the permits inside a deny give back.
	fn exceptions(&mut self, index: usize, allowed: &mut Allowed) {
		self.any_of(self.survey.permits(index), allowed);
		self.take_denied(index, allowed);
	}

	/// Takes away what the denies directly inside a provision are about.
	fn take_denied(&mut self, parent: usize, allowed: &mut Allowed) {
		let denies = self.survey.denies(parent);
		let excepted = denies.and(self.survey.excepted());
		let denied = self.denied(denies.without(excepted));
		allowed.is_nothing |= denied.is_everything;
		allowed.withhold(&denied.values);
		for deny in excepted {
			if self.survey.is_lifted(deny) {
				// The common case of what follows, which would find that nothing is taken away.
				continue;
			}
			let mut given_back = Allowed::nothing();
			self.exceptions(deny, &mut given_back);
			let denied = self.denied(Nodes::one(deny));
			if denied.is_everything {
				allowed.and(&given_back);
				continue;
			}
			self.is_oversized |= given_back.limits.is_oversized;
			if !given_back.is_everything() {
				allowed.withhold(&denied.values);
				self.spared.spare(self.policy, deny, &given_back);
			}
		}
	}

	/// Leaves the data that a permit is about, by its attributes that `alternative` does not name.
	fn limit(&self, index: usize, alternative: Option<usize>, allowed: &mut Allowed) {
		if !self.survey.limited().contains(index) {
			return;
		}
		let is_limiting = |attribute: &DataAttribute| {
			alternative.is_none_or(|child| !self.survey.is_named(*attribute, child))
		};
		let relations = || {
			let limiting = DataAttribute::all().filter(is_limiting);
			limiting.map(|attribute| (attribute, self.survey.relation(attribute, index)))
		};
		if relations().any(|(_, relation)| relation == Relation::None) {
			// Nothing to limit, whatever is denied besides.
			*allowed = Allowed::nothing();
			return;
		}
		for (attribute, relation) in relations() {
			if relation == Relation::Part {
				allowed.limit_to(Named::one(attribute, index));
			}
		}
	}

	/// What some denies are about.
	///
	/// All attributes of a deny must match, and an obligation withholds whatever has any of its
	/// values, so fewer attributes withhold less and still enough. Codes go before references and
	/// references before periods, since codes are what the holder of data surely knows. Several
	/// kinds of codes are all withheld, as other consent decision services do.
	fn denied(&self, denies: Nodes) -> Denied {
		let mut values = Named::default();
		for attribute in DataAttribute::coded() {
			values.insert_all(attribute, self.survey.partial(attribute).and(denies));
		}
		for attribute in [DataAttribute::Data, DataAttribute::DataPeriod] {
			let others = denies.without(values.provisions());
			values.insert_all(attribute, self.survey.partial(attribute).and(others));
		}
		Denied { values, is_everything: !denies.without(values.provisions()).is_empty() }
	}
}

/// The data that denies are about.
struct Denied {
	/// Data with one of these values.
	values: Named,
	/// Whether one of them is about everything that is asked for.
	is_everything: bool,
}
