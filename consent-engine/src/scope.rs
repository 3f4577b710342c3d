//! How far a policy may go: what somebody other than the patient, or on a request, may permit.

use crate::{
	code::Code,
	policy::{Actor, Period, Policy, Provision, Rule, Values, MAX_DEPTH},
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The most that a policy may permit. An empty or open attribute is not limited.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Scope {
	/// To whom.
	pub actors: Values<Actor>,
	/// For which purposes of use.
	pub purposes: Values<Code>,
	/// Which actions.
	pub actions: Values<Code>,
	/// Data with which security labels.
	pub labels: Values<Code>,
	/// Which classes of data.
	pub classes: Values<Code>,
	/// Data with which clinical codes.
	pub codes: Values<Code>,
	/// When.
	pub period: Period,
	/// Data from when.
	pub data_period: Period,
}

/// An attribute that a [`Scope`] can limit.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ScopedAttribute {
	/// [`Scope::actors`].
	Actors,
	/// [`Scope::purposes`].
	Purposes,
	/// [`Scope::actions`].
	Actions,
	/// [`Scope::labels`].
	Labels,
	/// [`Scope::classes`].
	Classes,
	/// [`Scope::codes`].
	Codes,
	/// [`Scope::period`].
	Period,
	/// [`Scope::data_period`].
	DataPeriod,
}

/// Where a policy goes beyond a [`Scope`].
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Excess {
	/// Index of the permit in [`Policy::provisions`].
	pub provision: u8,
	/// The attribute that permits more than the scope does, or does not limit itself at all.
	pub attribute: ScopedAttribute,
}

impl Policy {
	/// Whether nothing that this policy permits lies outside the scope.
	///
	/// Conservative: every permit must by itself stay inside, with what it leaves out inherited
	/// from the nearest provision around it that names it. Denies are not counted in its favour,
	/// so some policies that in effect stay inside are refused; none that goes beyond passes. A
	/// policy without permits is within any scope.
	///
	/// # Errors
	///
	/// The first [`Excess`] in document order.
	pub fn is_within(&self, scope: &Scope) -> Result<(), Excess> {
		for (index, permit) in (0u8..).zip(&self.provisions) {
			if permit.rule == Rule::Permit {
				if let Some(attribute) = self.excess(permit, scope) {
					return Err(Excess { provision: index, attribute });
				}
			}
		}
		Ok(())
	}

	fn excess(&self, permit: &Provision, scope: &Scope) -> Option<ScopedAttribute> {
		let lineage = Lineage { policy: self, permit };
		let checks = [
			(
				ScopedAttribute::Actors,
				is_subset(lineage.values(|provision| &provision.actors), &scope.actors),
			),
			(
				ScopedAttribute::Purposes,
				is_subset(lineage.values(|provision| &provision.purposes), &scope.purposes),
			),
			(
				ScopedAttribute::Actions,
				is_subset(lineage.values(|provision| &provision.actions), &scope.actions),
			),
			(
				ScopedAttribute::Labels,
				is_subset(lineage.values(|provision| &provision.labels), &scope.labels),
			),
			(
				ScopedAttribute::Classes,
				is_subset(lineage.values(|provision| &provision.classes), &scope.classes),
			),
			(
				ScopedAttribute::Codes,
				is_subset(lineage.values(|provision| &provision.codes), &scope.codes),
			),
			(ScopedAttribute::Period, lineage.period().is_within(&scope.period)),
			(ScopedAttribute::DataPeriod, lineage.data_period().is_within(&scope.data_period)),
		];
		checks.into_iter().find(|(_, is_inside)| !is_inside).map(|(attribute, _)| attribute)
	}
}

fn is_subset<T: PartialEq>(values: &[T], limit: &[T]) -> bool {
	limit.is_empty() || (!values.is_empty() && values.iter().all(|value| limit.contains(value)))
}

/// A permit and the provisions around it, the nearest first.
struct Lineage<'a> {
	policy: &'a Policy,
	permit: &'a Provision,
}

impl<'a> Lineage<'a> {
	/// Ends on any input: nothing that is valid has more ancestors than [`MAX_DEPTH`].
	fn iter(&self) -> impl Iterator<Item = &'a Provision> + '_ {
		core::iter::successors(Some(self.permit), |provision| {
			self.policy.provisions.get(usize::from(provision.parent))
		})
		.take((MAX_DEPTH as usize).saturating_add(1))
	}

	fn values<T>(&self, named: fn(&Provision) -> &Values<T>) -> &'a [T] {
		self.iter()
			.map(|provision| named(provision).as_slice())
			.find(|values| !values.is_empty())
			.unwrap_or_default()
	}

	/// Either bound by itself: a provision is looked at only inside the periods around it.
	fn period(&self) -> Period {
		Period {
			start: self.iter().find_map(|provision| provision.period.start),
			end: self.iter().find_map(|provision| provision.period.end),
		}
	}

	/// As a whole: like other limits upon data, one inside another can be an alternative to it.
	fn data_period(&self) -> Period {
		self.iter()
			.map(|provision| provision.data_period)
			.find(|period| *period != Period::default())
			.unwrap_or_default()
	}
}
