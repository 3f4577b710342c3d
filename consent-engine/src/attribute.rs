//! The attributes of a provision that say which data it is about, and how they relate to what a
//! request asks for.

use crate::{
	code::Code,
	decision::Request,
	matching::overlap,
	nodes::Nodes,
	policy::{DataMeaning, DataReference, Period, Provision, Rule},
};

/// An attribute that says which data a provision is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum DataAttribute {
	Labels,
	Classes,
	Codes,
	Data,
	DataPeriod,
}

/// How one attribute of a provision relates to what the request asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Relation {
	/// All that is asked for lies inside.
	All,
	/// Some of it may; an obligation can say which.
	Part,
	/// Nothing that is asked for can lie inside.
	None,
}

impl DataAttribute {
	/// All of them, in the order that a deny prefers to withhold by.
	///
	/// Counted rather than listed: a list is a constant in memory, and each call of a runtime pays
	/// more for the first look at a page of memory than for the decision.
	pub fn all() -> impl Iterator<Item = Self> {
		core::iter::successors(Some(Self::Labels), |attribute| attribute.next())
	}

	fn next(self) -> Option<Self> {
		match self {
			Self::Labels => Some(Self::Classes),
			Self::Classes => Some(Self::Codes),
			Self::Codes => Some(Self::Data),
			Self::Data => Some(Self::DataPeriod),
			Self::DataPeriod => None,
		}
	}

	/// Those whose values are codes, in the order in which obligations name them.
	pub fn coded() -> impl Iterator<Item = Self> {
		Self::all()
			.take_while(|attribute| matches!(attribute, Self::Labels | Self::Classes | Self::Codes))
	}

	/// The codes that the provision names here.
	pub fn codes(self, provision: &Provision) -> &[Code] {
		match self {
			Self::Labels => &provision.labels,
			Self::Classes => &provision.classes,
			Self::Codes => &provision.codes,
			Self::Data | Self::DataPeriod => &[],
		}
	}

	/// Whether the provision limits itself by this attribute.
	pub fn is_named(self, provision: &Provision) -> bool {
		match self {
			Self::Data => !provision.data.is_empty(),
			Self::DataPeriod => provision.data_period != Period::default(),
			_ => !self.codes(provision).is_empty(),
		}
	}

	/// How this attribute, which the provision must name, relates to the request.
	pub fn relation(self, provision: &Provision, request: &Request<'_>) -> Relation {
		match self {
			Self::Labels => carried(&provision.labels, request.labels, provision.rule),
			Self::Classes => single(&provision.classes, request.classes),
			Self::Codes => carried(&provision.codes, request.codes, provision.rule),
			Self::Data => referenced(&provision.data, request.data),
			Self::DataPeriod => dated(provision.data_period, request.data_period),
		}
	}
}

/// Data carries any number of labels and clinical codes, so asking for one says nothing about the
/// others. A deny on another one may still hold for what is asked. A permit of another one is not
/// known to, so it permits nothing.
fn carried(provision: &[Code], asked: &[Code], rule: Rule) -> Relation {
	if asked.is_empty() {
		return Relation::Part;
	}
	if asked.iter().all(|code| provision.contains(code)) {
		Relation::All
	} else if rule == Rule::Deny || overlap(provision, asked) {
		Relation::Part
	} else {
		Relation::None
	}
}

/// Data has one class, so asking for one rules out the others.
fn single(provision: &[Code], asked: &[Code]) -> Relation {
	if asked.is_empty() {
		return Relation::Part;
	}
	if asked.iter().all(|code| provision.contains(code)) {
		Relation::All
	} else if overlap(provision, asked) {
		Relation::Part
	} else {
		Relation::None
	}
}

/// What is asked for lies inside the period that the request names.
fn dated(provision: Period, asked: Period) -> Relation {
	if asked.is_within(&provision) {
		Relation::All
	} else if asked.overlaps(&provision) {
		Relation::Part
	} else {
		Relation::None
	}
}

/// Two resources are told apart by their own references only: what is related to a resource, or
/// authored by somebody, may be any.
fn referenced(provision: &[DataReference], asked: &[DataReference]) -> Relation {
	let is_included = |asked: &DataReference| provision.iter().any(|named| named.includes(asked));
	let are_instances = |references: &[DataReference]| {
		references.iter().all(|reference| reference.meaning == DataMeaning::Instance)
	};
	if asked.is_empty() {
		Relation::Part
	} else if asked.iter().all(is_included) {
		Relation::All
	} else if are_instances(provision) && are_instances(asked) && !asked.iter().any(is_included) {
		Relation::None
	} else {
		Relation::Part
	}
}

/// For each attribute, some provisions: stands for the values that these provisions name there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Named([Nodes; 5]);

impl Named {
	/// The values of one attribute of one provision.
	pub fn one(attribute: DataAttribute, index: usize) -> Self {
		let mut named = Self::default();
		named.insert(attribute, index);
		named
	}

	/// The provisions of one attribute.
	pub fn of(&self, attribute: DataAttribute) -> Nodes {
		self.0.get(attribute as usize).copied().unwrap_or_default()
	}

	/// Adds the values of an attribute of a provision.
	pub fn insert(&mut self, attribute: DataAttribute, index: usize) {
		if let Some(nodes) = self.0.get_mut(attribute as usize) {
			nodes.insert(index);
		}
	}

	/// Adds the values of an attribute of several provisions.
	pub fn insert_all(&mut self, attribute: DataAttribute, provisions: Nodes) {
		if let Some(nodes) = self.0.get_mut(attribute as usize) {
			*nodes = nodes.or(provisions);
		}
	}

	/// Adds the other's values.
	pub fn extend(&mut self, other: &Self) {
		for (own, others) in self.0.iter_mut().zip(&other.0) {
			*own = own.or(*others);
		}
	}

	/// Whether there are none.
	pub fn is_empty(&self) -> bool {
		self.0.iter().all(|nodes| nodes.is_empty())
	}

	/// The provisions with a value here.
	pub fn provisions(&self) -> Nodes {
		self.0.iter().fold(Nodes::NONE, |all, nodes| all.or(*nodes))
	}

	/// The provisions that share an attribute with this one.
	pub fn sharing(&self, index: usize) -> Nodes {
		self.0
			.iter()
			.filter(|nodes| nodes.contains(index))
			.fold(Nodes::NONE, |all, nodes| all.or(*nodes))
	}
}
