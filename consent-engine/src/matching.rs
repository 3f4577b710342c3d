//! Whether a provision is about a request, and about how much of what it asks for.

use crate::{
	code::Code,
	codeset::{CodeSet, Vocabulary},
	decision::Request,
	policy::{DataMeaning, DataReference, Milliseconds, Period, Provision, Rule},
};

/// Whether a provision is about who asks, for what purpose, to do what, and now.
///
/// An attribute that the provision leaves out matches anything. A purpose or action that the
/// request leaves out could be any, so it matches. Actors that the request leaves out could be
/// anybody: that is enough for a deny and not for a permit.
pub(crate) fn matches_context(
	provision: &Provision,
	request: &Request<'_>,
	at: Milliseconds,
) -> bool {
	provision.period.contains(at)
		&& named_or_open(&provision.purposes, request.purposes)
		&& named_or_open(&provision.actions, request.actions)
		&& matches_actors(provision, request)
}

fn matches_actors(provision: &Provision, request: &Request<'_>) -> bool {
	provision.actors.is_empty()
		|| overlap(&provision.actors, request.actors)
		|| (request.actors.is_empty() && provision.rule == Rule::Deny)
}

fn named_or_open(provision: &[Code], request: &[Code]) -> bool {
	provision.is_empty() || request.is_empty() || overlap(provision, request)
}

/// Whether the two lists share a value.
pub(crate) fn overlap<T: PartialEq>(left: &[T], right: &[T]) -> bool {
	left.iter().any(|value| right.contains(value))
}

/// How one data attribute of a provision relates to what the request asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Relation {
	/// All that is asked for lies inside.
	All,
	/// Nothing that is asked for can lie inside.
	None,
	/// What carries one of these codes lies inside.
	Carrying(CodeSet),
	/// Some of it lies inside, and no obligation can say which.
	Unclear,
}

/// The attributes of a provision that say which data it is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum DataAttribute {
	Labels,
	Classes,
	Codes,
	DataPeriod,
	Data,
}

impl DataAttribute {
	/// All of them.
	pub const ALL: [Self; 5] =
		[Self::Labels, Self::Classes, Self::Codes, Self::DataPeriod, Self::Data];

	/// Whether the provision limits itself by this attribute.
	pub fn is_named(self, provision: &Provision) -> bool {
		match self {
			Self::Labels => !provision.labels.is_empty(),
			Self::Classes => !provision.classes.is_empty(),
			Self::Codes => !provision.codes.is_empty(),
			Self::DataPeriod => provision.data_period != Period::default(),
			Self::Data => !provision.data.is_empty(),
		}
	}

	/// How this attribute of a provision relates to the request.
	pub fn relation(
		self,
		provision: &Provision,
		request: &Request<'_>,
		vocabulary: &Vocabulary,
	) -> Relation {
		if !self.is_named(provision) {
			return Relation::All;
		}
		match self {
			Self::Labels => carried(&provision.labels, request.labels, vocabulary),
			Self::Classes => single(&provision.classes, request.classes, vocabulary),
			Self::Codes => carried(&provision.codes, request.codes, vocabulary),
			Self::DataPeriod => within(provision.data_period, request.data_period),
			Self::Data => referenced(&provision.data, request.data),
		}
	}
}

/// Data carries any number of labels and clinical codes, so asking for one says nothing about the
/// others it may carry too.
fn carried(provision: &[Code], request: &[Code], vocabulary: &Vocabulary) -> Relation {
	if is_within(request, provision) {
		Relation::All
	} else {
		Relation::Carrying(vocabulary.set(provision))
	}
}

/// Data has one class, so asking for one rules out the others.
fn single(provision: &[Code], request: &[Code], vocabulary: &Vocabulary) -> Relation {
	if !request.is_empty() && !overlap(provision, request) {
		Relation::None
	} else {
		carried(provision, request, vocabulary)
	}
}

/// Whether the request names values, and none outside the provision's.
fn is_within<T: PartialEq>(request: &[T], provision: &[T]) -> bool {
	!request.is_empty() && request.iter().all(|value| provision.contains(value))
}

fn within(provision: Period, request: Period) -> Relation {
	if request.is_within(&provision) {
		Relation::All
	} else if provision.overlaps(&request) {
		Relation::Unclear
	} else {
		Relation::None
	}
}

/// Only instances can be told apart: what is related to a resource is not known here.
fn referenced(provision: &[DataReference], request: &[DataReference]) -> Relation {
	let are_instances = |references: &[DataReference]| {
		references.iter().all(|reference| reference.meaning == DataMeaning::Instance)
	};
	if is_within(request, provision) {
		Relation::All
	} else if !request.is_empty()
		&& are_instances(provision)
		&& are_instances(request)
		&& !overlap(provision, request)
	{
		Relation::None
	} else {
		Relation::Unclear
	}
}
