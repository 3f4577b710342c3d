//! One look at every provision of a policy: what of it matters to a request, in bits.

use crate::{
	attribute::{DataAttribute, Named, Relation},
	decision::Request,
	matching::Circumstances,
	nodes::Nodes,
	policy::{Policy, Provision, Rule, MAX_PROVISIONS},
};

/// What matters of a policy to a request.
pub(crate) struct Survey {
	/// The provisions directly inside each one.
	children: [Nodes; MAX_PROVISIONS as usize],
	/// Those that permit.
	permits: Nodes,
	/// Those that, with all provisions around them, are about the requester, purpose, action and
	/// time. Only of these is known how they relate to the data asked for.
	live: Nodes,
	/// Those with a permit directly inside that is about the request.
	excepted: Nodes,
	/// The attributes of data that permits name.
	named: Named,
	/// The attributes with a part of the data asked for inside.
	part: Named,
	/// The attributes with none of the data asked for inside.
	outside: Named,
}

impl Survey {
	/// Looks at a valid policy. Inside what is not about the request nothing is looked at but
	/// which attributes permits name.
	pub fn of(policy: &Policy, circumstances: &Circumstances<'_>) -> Self {
		let mut survey = Self {
			children: [Nodes::NONE; MAX_PROVISIONS as usize],
			permits: Nodes::NONE,
			live: Nodes::NONE,
			excepted: Nodes::NONE,
			named: Named::default(),
			part: Named::default(),
			outside: Named::default(),
		};
		let mut presumed = Nodes::NONE;
		for (index, provision) in policy.provisions.iter().enumerate() {
			let parent = usize::from(provision.parent);
			let is_root = index == 0;
			if let (Some(children), false) = (survey.children.get_mut(parent), is_root) {
				children.insert(index);
			}
			let is_permit = provision.rule == Rule::Permit;
			if is_permit {
				survey.permits.insert(index);
			}
			let is_presumed = !is_root && presumed.contains(parent);
			let is_reached = is_root || survey.live.contains(parent);
			let is_held_off = is_permit && (is_presumed || circumstances.voids(provision));
			let is_live = is_reached && !is_held_off && circumstances.match_context(provision);
			if is_live {
				survey.live.insert(index);
				if is_permit && !is_root {
					survey.excepted.insert(parent);
				}
			}
			if is_presumed || circumstances.presume_actors(provision) {
				presumed.insert(index);
			}
			if is_live || is_permit {
				survey.note_data(index, provision, circumstances.request);
			}
		}
		survey
	}

	fn note_data(&mut self, index: usize, provision: &Provision, request: &Request<'_>) {
		let (is_permit, is_live) = (self.permits.contains(index), self.live.contains(index));
		for attribute in DataAttribute::all() {
			if !attribute.is_named(provision) {
				continue;
			}
			if is_permit {
				self.named.insert(attribute, index);
			}
			if is_live {
				match attribute.relation(provision, request) {
					Relation::All => {},
					Relation::Part => self.part.insert(attribute, index),
					Relation::None => self.outside.insert(attribute, index),
				}
			}
		}
	}

	/// The denies directly inside a provision that are about the request and some of its data.
	pub fn denies(&self, index: usize) -> Nodes {
		let denies = self.children(index).without(self.permits).and(self.live);
		denies.without(self.outside.provisions())
	}

	/// The provisions with a permit directly inside that is about the request.
	pub fn excepted(&self) -> Nodes {
		self.excepted
	}

	/// The provisions that are about the request and, by this attribute, about a part of its data.
	pub fn partial(&self, attribute: DataAttribute) -> Nodes {
		self.part.of(attribute)
	}

	/// The permits directly inside a provision that are about the request.
	pub fn permits(&self, index: usize) -> Nodes {
		self.children(index).and(self.permits).and(self.live)
	}

	/// Whether there are permits directly inside a permit that narrow it, about the request or not.
	pub fn is_narrowed(&self, index: usize) -> bool {
		!self.children(index).and(self.permits).without(self.named.sharing(index)).is_empty()
	}

	/// The permits directly inside a permit that name an attribute of data that it names too:
	/// alternatives to its values and not limits upon them.
	pub fn alternatives(&self, index: usize) -> Nodes {
		self.permits(index).and(self.named.sharing(index))
	}

	/// The provisions that are about the request but not about all of its data.
	pub fn limited(&self) -> Nodes {
		self.part.provisions().or(self.outside.provisions())
	}

	/// Whether all that a deny is about is given back, without any condition upon data, by each of
	/// the permits directly inside it that are about the request: they hold no provision, and nothing
	/// besides them in the deny takes away.
	pub fn is_lifted(&self, deny: usize) -> bool {
		let mut permits = self.permits(deny);
		!permits.is_empty()
			&& permits.and(self.limited()).is_empty()
			&& permits.all(|permit| self.children(permit).is_empty())
			&& self.denies(deny).is_empty()
	}

	/// Whether a permit names this attribute.
	pub fn is_named(&self, attribute: DataAttribute, index: usize) -> bool {
		self.named.of(attribute).contains(index)
	}

	/// How an attribute of a provision that is about the request relates to the data asked for.
	pub fn relation(&self, attribute: DataAttribute, index: usize) -> Relation {
		if self.part.of(attribute).contains(index) {
			Relation::Part
		} else if self.outside.of(attribute).contains(index) {
			Relation::None
		} else {
			Relation::All
		}
	}

	/// Whether a provision is about none of the data asked for.
	pub fn is_outside(&self, index: usize) -> bool {
		self.outside.provisions().contains(index)
	}

	fn children(&self, index: usize) -> Nodes {
		self.children.get(index).copied().unwrap_or_default()
	}
}
