//! What the registry has of what runtimes told.

use hdx_metrics_api::{Family, Sample};
use std::collections::{btree_map::Entry, BTreeMap, BTreeSet};
use substrate_prometheus_endpoint::{
	register, CounterVec, GaugeVec, Opts, PrometheusError, Registry, U64,
};

/// The name of a family, and those of its labels: a runtime may come that has others.
type Key = (String, Vec<String>);

/// Families that were told, registered when they come first.
pub struct Families {
	registry: Registry,
	gauges: BTreeMap<Key, Gauges>,
	counts: BTreeMap<Key, CounterVec<U64>>,
}

/// A family of numbers that go up and down.
struct Gauges {
	numbers: GaugeVec<U64>,
	/// The values of the labels of those that are there.
	known: BTreeSet<Vec<String>>,
}

impl Families {
	/// None yet.
	pub fn new(registry: Registry) -> Self {
		Self { registry, gauges: BTreeMap::new(), counts: BTreeMap::new() }
	}

	/// Sets what is told, and forgets what is told no more.
	///
	/// # Errors
	///
	/// The first refusal of the registry; the others are set all the same. It refuses a name that is none, and one that it
	/// has with other labels: a node that starts again has the new ones.
	pub fn set(&mut self, told: &[Family]) -> Result<(), PrometheusError> {
		for ((name, labels), gauges) in &mut self.gauges {
			let same = |family: &&Family| family.name == *name && family.labels == *labels;
			let family = told.iter().find(same);
			gauges.keep(family.map(|family| family.samples.as_slice()).unwrap_or_default());
		}
		let mut result = Ok(());
		for family in told {
			result = result.and(self.set_family(family));
		}
		result
	}

	/// Adds what is told.
	///
	/// # Errors
	///
	/// As [`set`](Self::set).
	pub fn add(&mut self, told: &[Family]) -> Result<(), PrometheusError> {
		let mut result = Ok(());
		for family in told {
			result = result.and(self.add_family(family));
		}
		result
	}

	fn set_family(&mut self, family: &Family) -> Result<(), PrometheusError> {
		let gauges = match self.gauges.entry(key(family)) {
			Entry::Occupied(there) => there.into_mut(),
			Entry::Vacant(place) => {
				let numbers = GaugeVec::new(opts(family), &borrowed(&family.labels))?;
				let numbers = register(numbers, &self.registry)?;
				place.insert(Gauges { numbers, known: BTreeSet::new() })
			},
		};
		for Sample { labels, value } in &family.samples {
			gauges.numbers.get_metric_with_label_values(&borrowed(labels))?.set(*value);
			gauges.known.insert(labels.clone());
		}
		Ok(())
	}

	fn add_family(&mut self, family: &Family) -> Result<(), PrometheusError> {
		let numbers = match self.counts.entry(key(family)) {
			Entry::Occupied(there) => there.into_mut(),
			Entry::Vacant(place) => {
				let numbers = CounterVec::new(opts(family), &borrowed(&family.labels))?;
				place.insert(register(numbers, &self.registry)?)
			},
		};
		for Sample { labels, value } in &family.samples {
			numbers.get_metric_with_label_values(&borrowed(labels))?.inc_by(*value);
		}
		Ok(())
	}
}

impl Gauges {
	/// Forgets all numbers but these.
	fn keep(&mut self, told: &[Sample]) {
		let numbers = &self.numbers;
		self.known.retain(|labels| {
			let is_told = told.iter().any(|sample| sample.labels == *labels);
			if !is_told {
				// Fails where it is gone already, which is as good.
				drop(numbers.remove_label_values(&borrowed(labels)));
			}
			is_told
		});
	}
}

fn key(family: &Family) -> Key {
	(family.name.clone(), family.labels.clone())
}

fn opts(family: &Family) -> Opts {
	Opts::new(family.name.clone(), family.help.clone())
}

fn borrowed(texts: &[String]) -> Vec<&str> {
	texts.iter().map(String::as_str).collect()
}
