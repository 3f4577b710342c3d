//! Whether a provision is about who asks, for what purpose, to do what, and now.

use crate::{
	code::Code,
	decision::Request,
	policy::{Milliseconds, Provision, Rule},
	terminology::purpose,
};

/// A request and the circumstances in which it is decided.
#[derive(Clone, Copy)]
pub(crate) struct Circumstances<'a> {
	/// What is asked.
	pub request: &'a Request<'a>,
	/// When.
	pub at: Milliseconds,
	/// Whether the patient opted out of emergency override.
	pub emergency_opt_out: bool,
}

impl Circumstances<'_> {
	/// Whether a provision is about them.
	///
	/// An attribute that the provision leaves out matches anything. A purpose or action that the
	/// request leaves out could be any, so it matches. Actors that the request leaves out could be
	/// anybody: that is enough for a deny and not for a permit.
	pub fn match_context(&self, provision: &Provision) -> bool {
		provision.period.contains(self.at)
			&& named_or_open(&provision.purposes, self.request.purposes)
			&& named_or_open(&provision.actions, self.request.actions)
			&& self.match_actors(provision)
	}

	fn match_actors(&self, provision: &Provision) -> bool {
		provision.actors.is_empty()
			|| overlap(&provision.actors, self.request.actors)
			|| (self.request.actors.is_empty() && provision.rule == Rule::Deny)
	}

	/// Whether a provision that matches is about particular actors while the request names none.
	/// Nobody knows whether they are meant, so that permits inside such a deny hold for no one.
	pub fn presume_actors(&self, provision: &Provision) -> bool {
		self.request.actors.is_empty() && !provision.actors.is_empty()
	}

	/// Whether a permit is void because the patient opted out of emergency override: one of
	/// break-glass alone is not read into a request that leaves its purpose out.
	pub fn voids(&self, permit: &Provision) -> bool {
		self.emergency_opt_out && permits_break_glass_alone(permit)
	}
}

fn permits_break_glass_alone(provision: &Provision) -> bool {
	provision.rule == Rule::Permit
		&& !provision.purposes.is_empty()
		&& provision.purposes.iter().all(|named| *named == purpose::BTG)
}

fn named_or_open(provision: &[Code], asked: &[Code]) -> bool {
	provision.is_empty() || asked.is_empty() || overlap(provision, asked)
}

/// Whether the two lists share a value.
pub(crate) fn overlap<T: PartialEq>(one: &[T], other: &[T]) -> bool {
	let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
	short.iter().any(|value| long.contains(value))
}
