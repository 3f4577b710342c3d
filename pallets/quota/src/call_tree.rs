//! What a call costs: its leaves, looked up through the calls that carry other calls.

use crate::Refusal;
use alloc::vec::Vec;
use hdx_primitives::{AccountId, InstitutionId};

/// The calls that a call carries and would dispatch.
#[derive(Debug)]
pub enum Nested<'a, Call> {
	/// None: the call is a leaf.
	Leaf,
	/// One.
	One(&'a Call),
	/// Two, of which one may be tried only if the other fails. Both are paid for.
	Two(&'a Call, &'a Call),
	/// A batch.
	Many(&'a [Call]),
}

/// What the runtime says about its calls.
pub trait CallClassifier<Call> {
	/// The calls that this one carries. A call that carries only the hash of another is a leaf.
	fn nested(call: &Call) -> Nested<'_, Call>;

	/// Whether state is looked at to tell whether this call is protected, covers what it carries, or is an
	/// emergency. Where it is not, it is none of these, and the others are not asked; so that what is sent most
	/// is not charged for what nobody looks at.
	///
	/// To be told from the call alone.
	fn is_looked_up(_call: &Call) -> bool {
		true
	}

	/// Whether what this call carries is dispatched as whoever signed it. What is dispatched as another
	/// account, or by another origin, is never protected and no attempt: what the signer is entitled to says
	/// nothing of it, it mostly fails there, and then nothing was used up that it was protected for. Asked of
	/// calls that carry others alone, and to be told from the call alone.
	fn is_as_signer(carrier: &Call) -> bool;

	/// Whether this leaf, signed by `who`, must go through although the signer's institution has
	/// spent its bucket. `who` may have no institution at all.
	///
	/// To be told from state in a bounded number of small reads, and true only where `who` is
	/// entitled to the call: protected calls come before everything else.
	fn is_protected(who: &AccountId, leaf: &Call) -> bool;

	/// Whether this leaf is an attempt: a call that leaves an entry in a log when it is refused, and
	/// is therefore taken even from an account that was given up ([`SponsorDirectory::retired_from`]).
	/// To be told from the call alone.
	///
	/// [`SponsorDirectory::retired_from`]: crate::SponsorDirectory::retired_from
	fn is_attempt(leaf: &Call) -> bool;

	/// The institution for which `who` sends this call in an emergency, in which nobody can wait
	/// until the institution's bucket refills. A call that carries others is none.
	///
	/// To be told from state in a bounded number of small reads, and only where `who` acts for that
	/// institution.
	fn emergency(who: &AccountId, call: &Call) -> Option<InstitutionId>;

	/// The institution on whose behalf this leaf acts, if it names one.
	fn on_behalf_of(leaf: &Call) -> Option<InstitutionId>;

	/// How many units this leaf costs. More than one, where it does what takes many leaves otherwise.
	/// To be told from the call alone; nothing costs none.
	fn units(_leaf: &Call) -> u32 {
		1
	}

	/// How many units a call costs that carries others, beside what these cost: where its caller states what it weighs, or it
	/// leaves something behind that they do not. To be told from the call alone.
	fn units_of_carrier(_carrier: &Call) -> u32 {
		0
	}

	/// Whether what this call carries is protected for the sake of what carries it. As bounded as
	/// [`is_protected`](Self::is_protected).
	fn is_covered(_who: &AccountId, _carrier: &Call) -> bool {
		false
	}

	/// Whether nothing that `who` signs is counted: it could set the limits itself.
	fn is_exempt(who: &AccountId) -> bool;
}

/// What a transaction costs, and whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Cost {
	/// Units in total: one a leaf, unless [`CallClassifier::units`] says more.
	pub units: u32,
	/// Whether every leaf is protected, and there are no more of them than an own bucket holds.
	pub is_protected: bool,
	/// Whether every leaf is an attempt.
	pub is_attempt: bool,
	/// The units of each sponsor, in the order in which the sponsors were given.
	pub shares: Vec<(InstitutionId, u32)>,
	/// Calls about which state was asked ([`CallClassifier::is_looked_up`]).
	pub looked_up: u32,
}

/// Looks a call through.
struct Survey<'a> {
	who: &'a AccountId,
	most_protected: u32,
	/// Whether what is looked at is carried by what protects it.
	is_covered: bool,
	/// Whether what is looked at is dispatched as the signer.
	is_as_signer: bool,
	cost: Cost,
}

impl Survey<'_> {
	fn look_at<Call, C: CallClassifier<Call>>(
		&mut self,
		call: &Call,
		depth_left: u32,
	) -> Result<(), Refusal> {
		let nested = C::nested(call);
		if matches!(nested, Nested::Leaf | Nested::Many([])) {
			// A batch of nothing is work as well.
			self.count::<Call, C>(call);
			return Ok(());
		}
		let depth_left = depth_left.checked_sub(1).ok_or(Refusal::TooDeep)?;
		self.add(C::units_of_carrier(call), None);
		let (was_covered, was_as_signer) = (self.is_covered, self.is_as_signer);
		// In this order: state is read for few calls, however many there are.
		self.is_covered = was_covered
			|| (self.may_be_protected()
				&& was_as_signer
				&& self.looks_up::<Call, C>(call)
				&& C::is_covered(self.who, call));
		self.is_as_signer = was_as_signer && C::is_as_signer(call);
		let looked = match nested {
			Nested::Leaf => Ok(()),
			Nested::One(inner) => self.look_at::<Call, C>(inner, depth_left),
			Nested::Two(first, second) => {
				self.look_at::<Call, C>(first, depth_left)?;
				self.look_at::<Call, C>(second, depth_left)
			},
			Nested::Many(calls) => {
				calls.iter().try_for_each(|inner| self.look_at::<Call, C>(inner, depth_left))
			},
		};
		(self.is_covered, self.is_as_signer) = (was_covered, was_as_signer);
		looked
	}

	fn count<Call, C: CallClassifier<Call>>(&mut self, leaf: &Call) {
		self.add(C::units(leaf).max(1), C::on_behalf_of(leaf));
		// In this order: state is read for few leaves, however many there are.
		self.cost.is_protected = self.may_be_protected()
			&& (self.is_covered
				|| (self.is_as_signer
					&& self.looks_up::<Call, C>(leaf)
					&& C::is_protected(self.who, leaf)));
		self.cost.is_attempt = self.cost.is_attempt && self.is_as_signer && C::is_attempt(leaf);
	}

	/// Whether all leaves so far are protected, and are no more than may be.
	fn may_be_protected(&self) -> bool {
		self.cost.is_protected && self.cost.units <= self.most_protected
	}

	/// Whether state is asked about this call. Counts it.
	fn looks_up<Call, C: CallClassifier<Call>>(&mut self, call: &Call) -> bool {
		let is_looked_up = C::is_looked_up(call);
		self.cost.looked_up = self.cost.looked_up.saturating_add(is_looked_up.into());
		is_looked_up
	}

	/// Adds units to what the sponsor pays that is named, or the first one.
	fn add(&mut self, units: u32, named: Option<InstitutionId>) {
		let cost = &mut self.cost;
		cost.units = cost.units.saturating_add(units);
		let place = cost.shares.iter().position(|(sponsor, _)| Some(*sponsor) == named);
		if let Some((_, share)) = cost.shares.get_mut(place.unwrap_or(0)) {
			*share = share.saturating_add(units);
		}
	}
}

/// The cost of a call that `who`, for whom `sponsors` answer, signs.
pub(crate) fn cost_of<Call, C: CallClassifier<Call>>(
	who: &AccountId,
	call: &Call,
	sponsors: Vec<InstitutionId>,
	max_depth: u32,
	most_protected: u32,
) -> Result<Cost, Refusal> {
	let shares = sponsors.into_iter().map(|sponsor| (sponsor, 0)).collect();
	let cost = Cost { units: 0, is_protected: true, is_attempt: true, shares, looked_up: 0 };
	let mut survey = Survey { who, most_protected, is_covered: false, is_as_signer: true, cost };
	survey.look_at::<Call, C>(call, max_depth)?;
	Ok(survey.cost)
}

/// How many leaves a call has down to `depth_left`, for the weight of counting them.
pub(crate) fn leaves<Call, C: CallClassifier<Call>>(call: &Call, depth_left: u32) -> u32 {
	let Some(depth_left) = depth_left.checked_sub(1) else { return 1 };
	match C::nested(call) {
		Nested::Leaf | Nested::Many([]) => 1,
		Nested::One(inner) => leaves::<Call, C>(inner, depth_left),
		Nested::Two(first, second) => leaves::<Call, C>(first, depth_left)
			.saturating_add(leaves::<Call, C>(second, depth_left)),
		Nested::Many(calls) => calls
			.iter()
			.fold(0u32, |sum, inner| sum.saturating_add(leaves::<Call, C>(inner, depth_left))),
	}
}
