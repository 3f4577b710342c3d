//! Rules that derive sensitivity labels from clinical codes.

use super::{
	builtin_rules::BUILTIN,
	label::{Label, LabelSet},
};
use serde::Deserialize;
use std::{
	collections::{BTreeMap, HashMap},
	io,
	path::Path,
};

/// Rules less certain than this are left out, where a table says how certain its rules are.
pub const DEFAULT_MIN_CONFIDENCE: f64 = 0.5;

/// Which codes give which labels.
#[derive(Clone, Debug, Default)]
pub struct RuleTable {
	exact: HashMap<String, HashMap<String, LabelSet>>,
	prefixes: BTreeMap<String, Vec<(String, Label)>>,
}

/// Why a rule table could not be read.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
	/// The file could not be read.
	#[error("the label rules `{file}` cannot be read: {source}")]
	Unreadable {
		/// The file.
		file: String,
		/// What the system said.
		source: io::Error,
	},
	/// The file is not a rule table.
	#[error("the label rules `{file}` are not a rule table: {source}")]
	Malformed {
		/// The file.
		file: String,
		/// What the parser said.
		source: serde_json::Error,
	},
	/// The file has no rule above the threshold.
	#[error("the label rules `{file}` give no label to any code at confidence {min_confidence}; nothing would be labelled")]
	NoRules {
		/// The file.
		file: String,
		/// The threshold.
		min_confidence: f64,
	},
}

#[derive(Deserialize)]
struct RuleFile {
	rules: Vec<RuleOfFile>,
}

#[derive(Deserialize)]
struct RuleOfFile {
	labels: Vec<Label>,
	#[serde(rename = "codeSets")]
	code_sets: Vec<CodeSet>,
}

#[derive(Deserialize)]
struct CodeSet {
	codes: Vec<RatedCode>,
}

#[derive(Deserialize)]
struct RatedCode {
	system: String,
	code: String,
	#[serde(default = "certain")]
	confidence: f64,
}

fn certain() -> f64 {
	1.0
}

impl RuleTable {
	/// The rules that the project ships: codes that are widely known to be sensitive, mostly
	/// ingredients and diagnoses. It is a floor; a hospital loads its own table beside it.
	pub fn builtin() -> Self {
		let mut table = Self::default();
		for rule in BUILTIN {
			let label = Label::sensitivity(rule.label);
			for code in rule.codes {
				table.insert(rule.system, code, label.clone());
			}
			for prefix in rule.prefixes {
				table.insert_prefix(rule.system, prefix, label.clone());
			}
		}
		table
	}

	/// Reads a table of the shape `{"rules": [{"labels": [{system, code}], "codeSets":
	/// [{"codes": [{system, code, confidence}]}]}]}`, leaving out codes whose confidence is below
	/// `min_confidence`.
	///
	/// # Errors
	///
	/// [`RuleError::Malformed`] or [`RuleError::NoRules`].
	pub fn from_slice(file: &str, bytes: &[u8], min_confidence: f64) -> Result<Self, RuleError> {
		let read: RuleFile = serde_json::from_slice(bytes)
			.map_err(|source| RuleError::Malformed { file: file.to_owned(), source })?;
		let mut table = Self::default();
		for rule in &read.rules {
			for code in rule.code_sets.iter().flat_map(|set| &set.codes) {
				if code.confidence < min_confidence {
					continue;
				}
				for label in &rule.labels {
					table.insert(&code.system, &code.code, label.clone());
				}
			}
		}
		if table.exact.is_empty() {
			return Err(RuleError::NoRules { file: file.to_owned(), min_confidence });
		}
		Ok(table)
	}

	/// Reads a table from a file; see [`RuleTable::from_slice`].
	///
	/// # Errors
	///
	/// Any [`RuleError`].
	pub fn read(path: impl AsRef<Path>, min_confidence: f64) -> Result<Self, RuleError> {
		let file = path.as_ref().display().to_string();
		let bytes = std::fs::read(path)
			.map_err(|source| RuleError::Unreadable { file: file.clone(), source })?;
		Self::from_slice(&file, &bytes, min_confidence)
	}

	/// Adds the rules of another table.
	#[must_use]
	pub fn with(mut self, other: Self) -> Self {
		for (system, codes) in other.exact {
			let ours = self.exact.entry(system).or_default();
			for (code, labels) in codes {
				ours.entry(code).or_default().extend(labels);
			}
		}
		for (system, prefixes) in other.prefixes {
			self.prefixes.entry(system).or_default().extend(prefixes);
		}
		self
	}

	/// Gives a label to a code.
	pub fn insert(&mut self, system: &str, code: &str, label: Label) {
		self.exact
			.entry(system.to_owned())
			.or_default()
			.entry(code.to_owned())
			.or_default()
			.insert(label);
	}

	/// Gives a label to every code that begins with `prefix`, dots aside: claims write ICD-10
	/// codes without the dot.
	fn insert_prefix(&mut self, system: &str, prefix: &str, label: Label) {
		self.prefixes.entry(system.to_owned()).or_default().push((prefix.replace('.', ""), label));
	}

	/// The labels of a code.
	pub fn labels_of(&self, system: &str, code: &str) -> LabelSet {
		let mut labels = LabelSet::new();
		if let Some(found) = self.exact.get(system).and_then(|codes| codes.get(code)) {
			labels.extend(found.iter().cloned());
		}
		if let Some(prefixes) = self.prefixes.get(system) {
			let code = code.replace('.', "");
			labels.extend(
				prefixes
					.iter()
					.filter(|(prefix, _)| code.starts_with(prefix))
					.map(|(_, label)| label.clone()),
			);
		}
		labels
	}
}
