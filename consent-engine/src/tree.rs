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

use crate::{
	allowed::Allowed,
	codeset::{CodeSet, Named, Vocabulary},
	decision::Request,
	matching::{matches_context, overlap, DataAttribute, Relation},
	policy::{Milliseconds, Policy, Provision, Rule},
};
use alloc::vec::Vec;

/// What an applicable policy answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Answer {
	/// Nothing that was asked for is permitted.
	Deny,
	/// Some of it is.
	Permit(Residual),
}

/// What must be withheld under a permit.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Residual {
	/// Whatever carries one of these codes.
	pub redact: Vec<Named>,
	/// For each list, whatever carries none of its codes.
	pub redact_except: Vec<Vec<Named>>,
	/// The lists that there would be if no part of the permit had been denied. They are what must
	/// fit into a decision, so that a further denial cannot make one fit that did not.
	pub limits: Vec<Vec<Named>>,
}

/// Decides a request by one policy, which must be valid. `None`: the root is not about it.
pub(crate) fn answer(policy: &Policy, request: &Request<'_>, at: Milliseconds) -> Option<Answer> {
	let root = policy.provisions.first()?;
	if !matches_context(root, request, at) {
		return None;
	}
	let mut walk = Walk {
		policy,
		request,
		at,
		vocabulary: Vocabulary::of(policy),
		withheld: CodeSet::default(),
	};
	let allowed = match root.rule {
		Rule::Permit => walk.permit(0, root),
		Rule::Deny if walk.extent(root) == Extent::Nothing => return None,
		Rule::Deny => walk.exceptions(0),
	};
	Some(walk.conclude(allowed))
}

/// How much of the data asked for a provision is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Extent {
	Nothing,
	Everything,
	/// At most what carries one of these codes.
	Carrying(CodeSet),
}

struct Walk<'a> {
	policy: &'a Policy,
	request: &'a Request<'a>,
	at: Milliseconds,
	vocabulary: Vocabulary,
	/// Codes whose data is withheld whatever else permits it.
	withheld: CodeSet,
}

impl<'a> Walk<'a> {
	fn children(&self, parent: usize, rule: Rule) -> Vec<(usize, &'a Provision)> {
		self.policy
			.provisions
			.iter()
			.enumerate()
			.skip(1)
			.filter(|(_, child)| usize::from(child.parent) == parent && child.rule == rule)
			.collect()
	}

	fn matches(&self, provision: &Provision) -> bool {
		matches_context(provision, self.request, self.at)
	}

	/// What a permit permits, its exceptions counted.
	fn permit(&mut self, index: usize, provision: &'a Provision) -> Allowed {
		let (alternatives, narrowing): (Vec<_>, Vec<_>) = self
			.children(index, Rule::Permit)
			.into_iter()
			.partition(|(_, child)| is_alternative(provision, child));
		let limit = self.limit(provision, |_| true);
		let mut allowed = if narrowing.is_empty() {
			limit
		} else {
			self.any_of(&narrowing, |_, _| Allowed::everything()).and(limit)
		};
		let alternatives = self.any_of(&alternatives, |walk, child| {
			walk.limit(provision, |attribute| !attribute.is_named(child))
		});
		allowed = allowed.or(alternatives);
		self.without_denied(index, allowed)
	}

	/// What any of these permits permits, each within what it inherits.
	fn any_of(
		&mut self,
		permits: &[(usize, &'a Provision)],
		inherited: impl Fn(&Self, &Provision) -> Allowed,
	) -> Allowed {
		let mut allowed = Allowed::nothing();
		for (index, permit) in permits {
			if self.matches(permit) {
				let own = self.permit(*index, permit).and(inherited(self, permit));
				allowed = allowed.or(own);
			}
		}
		allowed
	}

	/// What the permits inside a deny give back.
	fn exceptions(&mut self, index: usize) -> Allowed {
		let permits = self.children(index, Rule::Permit);
		let allowed = self.any_of(&permits, |_, _| Allowed::everything());
		self.without_denied(index, allowed)
	}

	fn without_denied(&mut self, parent: usize, mut allowed: Allowed) -> Allowed {
		for (index, deny) in self.children(parent, Rule::Deny) {
			if self.matches(deny) {
				allowed = self.without(allowed, index, deny);
			}
		}
		allowed
	}

	fn without(&mut self, allowed: Allowed, index: usize, deny: &Provision) -> Allowed {
		let extent = self.extent(deny);
		if extent == Extent::Nothing {
			return allowed;
		}
		let exceptions = self.exceptions(index);
		match extent {
			Extent::Nothing => allowed,
			Extent::Everything => allowed.and(exceptions),
			Extent::Carrying(codes) => {
				// "Withhold R unless it is also X" is more than an obligation can say, so R is
				// withheld unless the exception is a whole one.
				if !exceptions.is_everything() {
					self.withheld.extend(&codes);
				}
				allowed
			},
		}
	}

	/// The data that a permit is about, by the attributes chosen.
	fn limit(&self, permit: &Provision, chosen: impl Fn(DataAttribute) -> bool) -> Allowed {
		let mut allowed = Allowed::everything();
		for attribute in DataAttribute::ALL.into_iter().filter(|attribute| chosen(*attribute)) {
			let within = match attribute.relation(permit, self.request, &self.vocabulary) {
				Relation::All => Allowed::everything(),
				Relation::Carrying(_) if self.asks_elsewhere(attribute, permit) => {
					Allowed::nothing()
				},
				Relation::Carrying(codes) => Allowed::carrying(codes),
				Relation::None | Relation::Unclear => Allowed::nothing(),
			};
			allowed = allowed.and(within);
		}
		allowed
	}

	/// Whether the request names labels or codes and the permit is about none of them. What is
	/// asked for might carry the permit's codes as well, but nothing says that it does.
	fn asks_elsewhere(&self, attribute: DataAttribute, permit: &Provision) -> bool {
		let (provision, request) = match attribute {
			DataAttribute::Labels => (&permit.labels, self.request.labels),
			DataAttribute::Codes => (&permit.codes, self.request.codes),
			_ => return false,
		};
		!request.is_empty() && !overlap(provision, request)
	}

	/// The data that a deny is about; more of it where an obligation cannot say it exactly.
	fn extent(&self, deny: &Provision) -> Extent {
		let mut codes = CodeSet::default();
		for attribute in DataAttribute::ALL {
			match attribute.relation(deny, self.request, &self.vocabulary) {
				Relation::All | Relation::Unclear => {},
				Relation::None => return Extent::Nothing,
				Relation::Carrying(more) => codes.extend(&more),
			}
		}
		if codes.is_empty() {
			Extent::Everything
		} else {
			Extent::Carrying(codes)
		}
	}

	fn conclude(&self, allowed: Allowed) -> Answer {
		let Some(clauses) = allowed.into_clauses() else { return Answer::Deny };
		let withholds_all = clauses.binding.iter().any(|clause| clause.is_subset(&self.withheld));
		if withholds_all || self.is_all_that_is_asked(&self.withheld) {
			return Answer::Deny;
		}
		Answer::Permit(Residual {
			redact: self.vocabulary.names(&self.withheld),
			redact_except: clauses
				.binding
				.iter()
				.filter(|clause| !self.is_all_that_is_asked(clause))
				.map(|clause| self.vocabulary.names(clause))
				.collect(),
			limits: clauses.limits.iter().map(|limit| self.vocabulary.names(limit)).collect(),
		})
	}

	/// Whether whatever is asked for carries one of these codes.
	fn is_all_that_is_asked(&self, codes: &CodeSet) -> bool {
		[self.request.labels, self.request.classes, self.request.codes]
			.into_iter()
			.any(|asked| self.vocabulary.covers(codes, asked))
	}
}

/// Whether a permit names an attribute of data that the permit around it names too.
fn is_alternative(parent: &Provision, child: &Provision) -> bool {
	DataAttribute::ALL
		.into_iter()
		.any(|attribute| attribute.is_named(parent) && attribute.is_named(child))
}
