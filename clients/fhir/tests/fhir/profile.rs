//! Whether a resource follows a profile in FHIR Shorthand, as far as the profiles of IHE BALP need it: fixed
//! values, cardinalities, slices by the type of their elements.

use serde_json::Value;
use std::collections::BTreeMap;

/// A profile.
pub struct Profile {
	aliases: BTreeMap<String, String>,
	rules: Vec<(String, Rule)>,
	/// The value of `type` by which an element belongs to a slice, by list and slice.
	slices: BTreeMap<(String, String), String>,
	closed: Vec<String>,
}

#[derive(Debug)]
enum Rule {
	Is(String),
	Any(String),
	Occurs(usize, Option<usize>),
}

impl Profile {
	/// The profile of this id in a file; `aliases` is the file with the names of code systems.
	pub fn read(file: &str, id: &str, aliases: &str) -> Self {
		let aliases = aliases
			.lines()
			.filter_map(|line| line.strip_prefix("Alias:")?.split_once('='))
			.map(|(name, url)| (name.trim().to_owned(), url.trim().to_owned()))
			.collect();
		let mut profile =
			Self { aliases, rules: Vec::new(), slices: BTreeMap::new(), closed: Vec::new() };
		let mut of_profile = false;
		let mut sliced: Option<String> = None;
		for line in file.lines() {
			if let Some(found) = line.strip_prefix("Id:") {
				of_profile = found.trim() == id;
			} else if ["Instance:", "Profile:", "Invariant:"]
				.iter()
				.any(|key| line.starts_with(key))
			{
				of_profile = false;
			} else if of_profile {
				profile.line(line, &mut sliced);
			}
		}
		assert!(!profile.rules.is_empty(), "there is no profile {id}");
		profile
	}

	fn line(&mut self, line: &str, sliced: &mut Option<String>) {
		let line = line.split(" // ").next().unwrap().trim_end();
		let words: Vec<_> = line.split_whitespace().collect();
		match words[..] {
			["*", list, "contains"] => *sliced = Some(list.to_owned()),
			[name, cardinality] | [name, cardinality, "and"] if sliced.is_some() && name != "*" => {
				let list = sliced.as_ref().unwrap();
				self.occurs(format!("{list}[{name}]"), cardinality);
			},
			["*", list, "^slicing.rules", "=", "#closed"] => self.closed.push(list.to_owned()),
			["*", "insert", ..] => {
				let inner = line.split_once('(').unwrap().1.trim_end_matches([')', ' ']);
				let parts: Vec<_> = inner.split(',').map(str::trim).collect();
				self.rules.push((parts[0].to_owned(), Rule::Any(parts[2].to_owned())));
			},
			["*", path, "=", value, ..] if !path.starts_with('^') => {
				*sliced = None;
				if let Some((list, slice)) =
					path.strip_suffix("].type").and_then(|p| p.split_once('['))
				{
					self.slices.insert((list.into(), slice.into()), value.to_owned());
				}
				self.rules.push((path.to_owned(), Rule::Is(value.to_owned())));
			},
			["*", path, cardinality, ..] if cardinality.contains("..") => {
				*sliced = None;
				self.occurs(path.to_owned(), cardinality);
			},
			_ => {},
		}
	}

	fn occurs(&mut self, path: String, cardinality: &str) {
		let (least, most) = cardinality.split_once("..").unwrap();
		let least = least.parse().unwrap_or(0);
		self.rules.push((path, Rule::Occurs(least, most.parse().ok())));
	}

	/// What in a resource is not as the profile has it.
	pub fn broken(&self, resource: &Value) -> Vec<String> {
		let mut broken = Vec::new();
		for (path, rule) in &self.rules {
			// A rule about an element of an element holds for each that is there.
			let (parent, last) = path.rsplit_once('.').unwrap_or(("", path));
			for holder in self.find(resource, parent) {
				let found = self.children(holder, last);
				let holds = match rule {
					Rule::Occurs(least, most) => {
						found.len() >= *least && most.is_none_or(|most| found.len() <= most)
					},
					Rule::Is(value) => found.iter().all(|one| self.is(one, value)),
					Rule::Any(value) => found.iter().any(|one| self.is(one, value)),
				};
				if !holds {
					broken.push(format!("{path} {rule:?}: {found:?}"));
				}
			}
		}
		for list in &self.closed {
			for element in self.children(resource, list) {
				let of_slice = |(one, _): &(String, String)| one == list;
				let known = self.slices.iter().filter(|(key, _)| of_slice(key));
				if !known.into_iter().any(|(_, value)| self.is(&element["type"], value)) {
					broken.push(format!("{list} is closed: {element}"));
				}
			}
		}
		broken
	}

	fn find<'v>(&self, from: &'v Value, path: &str) -> Vec<&'v Value> {
		path.split('.').filter(|step| !step.is_empty()).fold(vec![from], |holders, step| {
			holders.into_iter().flat_map(|holder| self.children(holder, step)).collect()
		})
	}

	/// The elements of a name, those of a slice only where one is named.
	fn children<'v>(&self, holder: &'v Value, step: &str) -> Vec<&'v Value> {
		let (name, slice) = match step.strip_suffix(']').and_then(|step| step.split_once('[')) {
			Some((name, slice)) => (name, Some(slice)),
			None => (step, None),
		};
		let all: Vec<_> = match &holder[name] {
			Value::Null => Vec::new(),
			Value::Array(values) => values.iter().collect(),
			value => vec![value],
		};
		let Some(slice) = slice else { return all };
		let kind = &self.slices[&(name.to_owned(), slice.to_owned())];
		all.into_iter().filter(|one| self.is(&one["type"], kind)).collect()
	}

	/// Whether an element is a value of Shorthand: a flag, a code, a coding, or a concept that has it.
	fn is(&self, found: &Value, value: &str) -> bool {
		if let Some((system, code)) = value.split_once('#') {
			let system = self.aliases.get(system).map_or(system, String::as_str);
			return match found {
				Value::String(found) => found == code,
				Value::Object(coding) if coding.contains_key("code") => {
					let ends =
						|found: &str| found == system || found.ends_with(&format!("/{system}"));
					found["code"] == code && found["system"].as_str().is_some_and(ends)
				},
				_ => found["coding"]
					.as_array()
					.is_some_and(|codings| codings.iter().any(|coding| self.is(coding, value))),
			};
		}
		value.parse::<Value>().is_ok_and(|value| *found == value)
	}
}
