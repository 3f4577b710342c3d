//! What must be withheld under a permit, from the values that a policy names to obligations.

use crate::{
	allowed::Allowed,
	attribute::{DataAttribute, Named},
	code::Code,
	coded::Coded,
	decision::Request,
	distinct::Distinct,
	obligation::{
		DataFilter, Obligation, Obligations, MAX_OBLIGATIONS, MAX_OBLIGATION_CODES,
		MAX_OBLIGATION_DATA, MAX_OBLIGATION_PERIODS,
	},
	policy::{DataReference, Period, Policy},
	spared::Spared,
};
use alloc::vec::Vec;
use bounded_collections::{BoundedVec, Get};

/// Most references that the obligations of a decision can name.
const MOST_DATA: u32 = MAX_OBLIGATIONS.saturating_mul(MAX_OBLIGATION_DATA);
/// Most periods that the obligations of a decision can name.
const MOST_PERIODS: u32 = MAX_OBLIGATIONS.saturating_mul(MAX_OBLIGATION_PERIODS);

/// What must be withheld under a permit, by one policy or several.
#[derive(Default)]
pub(crate) struct Residual {
	/// Labels, classes and clinical codes whose data is withheld, repeated where the documents do.
	codes: Coded,
	/// References that withheld data is reached by.
	data: Vec<DataReference>,
	/// Periods that withheld data is from.
	periods: Vec<Period>,
	/// Data that one of these does not mean is withheld.
	clauses: Vec<DataFilter>,
	/// What the clauses would be if no part had been denied: these are what must fit into a
	/// decision. `None`: they are the clauses.
	limits: Option<Vec<DataFilter>>,
}

impl Residual {
	/// The residual of one policy. `None`: nothing is permitted, or what is permitted takes more
	/// words than an obligation has.
	pub fn of(policy: &Policy, allowed: &Allowed, spared: &Spared) -> Option<Self> {
		if allowed.is_nothing || allowed.limits.is_oversized {
			return None;
		}
		let filters = |clauses: &[Named]| -> Option<Vec<DataFilter>> {
			clauses.iter().map(|clause| filter(policy, clause)).collect()
		};
		let mut residual =
			Self { clauses: filters(allowed.clauses.as_slice())?, limits: None, ..Self::default() };
		if allowed.limits.as_slice() != allowed.clauses.as_slice() {
			residual.limits = Some(filters(allowed.limits.as_slice())?);
		}
		if !allowed.withheld.is_empty() {
			residual.redact(policy, &allowed.withheld, spared);
		}
		Some(residual)
	}

	fn redact(&mut self, policy: &Policy, withheld: &Named, spared: &Spared) {
		self.codes = Coded::of(policy, withheld, spared);
		for index in withheld.of(DataAttribute::Data) {
			let references = policy.provisions.get(index).into_iter().flat_map(|deny| &deny.data);
			for (place, reference) in references.enumerate() {
				if !spared.contains(DataAttribute::Data, index, place) {
					insert(&mut self.data, *reference, MOST_DATA);
				}
			}
		}
		for index in withheld.of(DataAttribute::DataPeriod) {
			if let Some(deny) = policy.provisions.get(index) {
				insert(&mut self.periods, deny.data_period, MOST_PERIODS);
			}
		}
	}

	/// What several policies withhold. `None`: there are none.
	pub fn of_all(mut residuals: Vec<Self>) -> Option<Self> {
		let codes = match residuals.as_slice() {
			[] | [_] => None,
			several => Some(Coded::of_all(several.iter().rev().map(|residual| &residual.codes))),
		};
		let mut all = residuals.pop()?;
		while let Some(residual) = residuals.pop() {
			all.join(residual);
		}
		if let Some(codes) = codes {
			all.codes = codes;
		}
		Some(all)
	}

	/// Adds what another policy withholds, but for the codes.
	fn join(&mut self, more: Self) {
		let mut limits = self.limits.take().unwrap_or_else(|| self.clauses.clone());
		insert_filters(&mut limits, more.limits.as_ref().unwrap_or(&more.clauses));
		let is_oversized = limits.len() > MAX_OBLIGATIONS as usize;
		self.limits = Some(limits);
		if is_oversized {
			// Nothing will come of it, and comparing takes time.
			return;
		}
		insert_filters(&mut self.clauses, &more.clauses);
		more.data.into_iter().for_each(|value| insert(&mut self.data, value, MOST_DATA));
		more.periods.into_iter().for_each(|value| insert(&mut self.periods, value, MOST_PERIODS));
	}

	/// What to demand of whoever releases the data. `None`: nothing that was asked for is left, or
	/// it takes more obligations than a decision can hold.
	pub fn obligations(self, request: &Request<'_>) -> Option<Obligations> {
		let codes = Distinct::of(self.codes.into_vec());
		let redaction =
			Meaning { codes: Codes::Distinct(&codes), data: &self.data, periods: &self.periods };
		let redactions = redaction.obligations();
		let limits = self.limits.as_ref().unwrap_or(&self.clauses);
		if redactions.saturating_add(limits.len()) > MAX_OBLIGATIONS as usize
			|| redaction.means_all_asked(request)
			|| self.clauses.iter().any(|clause| redaction.includes(clause))
		{
			return None;
		}
		let clauses = binding(self.clauses, request);
		let mut obligations = Vec::with_capacity(redactions.saturating_add(clauses.len()));
		obligations.extend(redact(codes.into_vec(), self.data, self.periods));
		obligations.extend(clauses.into_iter().map(Obligation::RedactExcept));
		obligations.try_into().ok()
	}
}

/// The clauses that demand something of what is asked for, and more than others do.
fn binding(clauses: Vec<DataFilter>, request: &Request<'_>) -> Vec<DataFilter> {
	let mut binding: Vec<DataFilter> = Vec::with_capacity(clauses.len());
	for clause in clauses {
		let meaning = Meaning::of(&clause);
		if meaning.means_all_asked(request) || binding.iter().any(|other| meaning.includes(other)) {
			continue;
		}
		binding.retain(|other| !Meaning::of(other).includes(&clause));
		binding.push(clause);
	}
	binding
}

/// The values of a clause. `None`: more than an obligation can name.
fn filter(policy: &Policy, clause: &Named) -> Option<DataFilter> {
	let provisions = |attribute| clause.of(attribute).filter_map(|at| policy.provisions.get(at));
	let coded = || {
		let named = |attribute: DataAttribute| {
			provisions(attribute).map(move |provision| attribute.codes(provision))
		};
		DataAttribute::coded().flat_map(named)
	};
	let mut codes = Vec::with_capacity(coded().map(<[Code]>::len).sum());
	coded().for_each(|named| codes.extend_from_slice(named));
	let (mut data, mut periods) = (Vec::new(), Vec::new());
	for provision in provisions(DataAttribute::Data) {
		provision.data.iter().for_each(|value| insert(&mut data, *value, MOST_DATA));
	}
	for provision in provisions(DataAttribute::DataPeriod) {
		insert(&mut periods, provision.data_period, MOST_PERIODS);
	}
	Some(DataFilter {
		codes: Distinct::of(codes).into_vec().try_into().ok()?,
		data: data.try_into().ok()?,
		periods: periods.try_into().ok()?,
	})
}

/// As few obligations as hold all this. The lists become those of the obligation where one holds
/// all, since the chain's allocator is far from free.
fn redact(
	codes: Vec<Code>,
	data: Vec<DataReference>,
	periods: Vec<Period>,
) -> impl Iterator<Item = Obligation> {
	let (mut codes, mut data, mut periods) = (Parts(codes), Parts(data), Parts(periods));
	core::iter::from_fn(move || {
		let filter = DataFilter { codes: codes.next(), data: data.next(), periods: periods.next() };
		(!filter.is_empty()).then_some(Obligation::Redact(filter))
	})
}

/// What is left of a list that is cut into parts.
struct Parts<T>(Vec<T>);

impl<T> Parts<T> {
	/// The next values, as many as there may be in one part.
	fn next<Most: Get<u32>>(&mut self) -> BoundedVec<T, Most> {
		let left = if self.0.len() > Most::get() as usize {
			self.0.split_off(Most::get() as usize)
		} else {
			Vec::new()
		};
		BoundedVec::truncate_from(core::mem::replace(&mut self.0, left))
	}
}

/// What a list of codes, references and periods means.
struct Meaning<'a> {
	codes: Codes<'a>,
	data: &'a [DataReference],
	periods: &'a [Period],
}

enum Codes<'a> {
	Distinct(&'a Distinct),
	Few(&'a [Code]),
}

impl<'a> Meaning<'a> {
	fn of(filter: &'a DataFilter) -> Self {
		Self { codes: Codes::Few(&filter.codes), data: &filter.data, periods: &filter.periods }
	}

	/// How many obligations it takes to name them.
	fn obligations(&self) -> usize {
		let codes = match self.codes {
			Codes::Distinct(codes) => codes.as_slice(),
			Codes::Few(codes) => codes,
		};
		let codes = codes.len().div_ceil(MAX_OBLIGATION_CODES as usize);
		let data = self.data.len().div_ceil(MAX_OBLIGATION_DATA as usize);
		let periods = self.periods.len().div_ceil(MAX_OBLIGATION_PERIODS as usize);
		codes.max(data).max(periods)
	}

	fn has_code(&self, code: &Code) -> bool {
		match self.codes {
			Codes::Distinct(codes) => codes.contains(code),
			Codes::Few(codes) => codes.contains(code),
		}
	}

	fn has_reference(&self, reference: &DataReference) -> bool {
		self.data.iter().any(|named| named.includes(reference))
	}

	fn has_period(&self, period: &Period) -> bool {
		self.periods.iter().any(|named| period.is_within(named))
	}

	/// Whether whatever the filter means is meant.
	fn includes(&self, filter: &DataFilter) -> bool {
		filter.codes.iter().all(|code| self.has_code(code))
			&& filter.data.iter().all(|reference| self.has_reference(reference))
			&& filter.periods.iter().all(|period| self.has_period(period))
	}

	/// Whether whatever is asked for is meant.
	fn means_all_asked(&self, request: &Request<'_>) -> bool {
		let are_all_named =
			|asked: &[Code]| !asked.is_empty() && asked.iter().all(|code| self.has_code(code));
		are_all_named(request.labels)
			|| are_all_named(request.classes)
			|| are_all_named(request.codes)
			|| (!request.data.is_empty()
				&& request.data.iter().all(|reference| self.has_reference(reference)))
			|| self.has_period(&request.data_period)
	}
}

/// Adds a value unless it is there. Beyond the most that obligations can name, one more tells that
/// there are too many.
fn insert<T: PartialEq>(list: &mut Vec<T>, value: T, most: u32) {
	if list.len() <= most as usize && !list.contains(&value) {
		list.push(value);
	}
}

/// Adds filters that mean something else than those that are there, up to one too many.
fn insert_filters(list: &mut Vec<DataFilter>, more: &[DataFilter]) {
	for filter in more {
		if list.len() > MAX_OBLIGATIONS as usize {
			return;
		}
		let is_there = list.iter().any(|other| {
			Meaning::of(other).includes(filter) && Meaning::of(filter).includes(other)
		});
		if !is_there {
			list.push(filter.clone());
		}
	}
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
	use super::*;
	use alloc::vec;

	fn codes(count: u8) -> Vec<Code> {
		(0..count).map(|number| Code([number; 16])).collect()
	}

	#[test]
	fn a_redaction_that_holds_a_whole_list_takes_it_over_uncopied() {
		let list = codes(64);
		let place = list.as_ptr();
		let redactions: Vec<_> = redact(list, vec![], vec![]).collect();
		let [Obligation::Redact(filter)] = redactions.as_slice() else {
			unreachable!("one redaction, not {}", redactions.len())
		};
		assert_eq!(filter.codes.as_ptr(), place);
		assert_eq!(filter.codes.as_slice(), codes(64));
	}

	#[test]
	fn lists_of_different_lengths_share_as_few_redactions_as_hold_them() {
		let references = (0..17).map(|number| DataReference {
			meaning: crate::DataMeaning::Instance,
			reference: Code([number; 16]),
		});
		let references: Vec<_> = references.collect();
		let (list, data) = (codes(130), references.clone());
		let meaning = Meaning { codes: Codes::Few(&list), data: &data, periods: &[] };
		assert_eq!(meaning.obligations(), 3);
		let redactions: Vec<_> = redact(list.clone(), data, vec![Period::default()]).collect();
		let expected = [
			(&list[..64], &references[..16], &[Period::default()][..]),
			(&list[64..128], &references[16..], &[]),
			(&list[128..], &[], &[]),
		];
		let filters = expected.map(|(codes, data, periods)| {
			Obligation::Redact(DataFilter {
				codes: BoundedVec::truncate_from(codes.to_vec()),
				data: BoundedVec::truncate_from(data.to_vec()),
				periods: BoundedVec::truncate_from(periods.to_vec()),
			})
		});
		assert_eq!(redactions, filters);
	}

	#[test]
	fn nothing_to_withhold_takes_no_redaction() {
		assert_eq!(redact(vec![], vec![], vec![]).count(), 0);
	}
}
