//! What governance can change, and a chain starts with in the place of what is shipped.

use hdx_primitives::{Action, AssuranceLevel, Code, Role};
use serde_json::{json, Map, Value};

/// What is not as shipped. All of it is checked.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Parameters {
	/// Whether clinical staff needs a licence from the first block on.
	pub licences_required: bool,
	/// Numbers: where the runtime's genesis has each (`audit.retention`), and the number as the runtime counts it, times in
	/// milliseconds.
	pub numbers: Vec<(&'static str, u64)>,
	/// Buckets of institutions: number, units in a full one, units that come back in a second.
	pub buckets: Vec<(u32, u32, u32)>,
	/// Cells of the role matrix.
	pub permissions: Vec<(Role, Code, Vec<Action>)>,
	/// Levels that practitioners need.
	pub levels: Vec<(Code, Action, AssuranceLevel)>,
}

impl Parameters {
	/// Puts them into what the runtime is told. What is as shipped is left out.
	pub fn lay_over(&self, patch: &mut Value) {
		if self.licences_required {
			put(patch, "recordAccess.licencesRequired", true.into());
		}
		for (path, number) in &self.numbers {
			put(patch, path, (*number).into());
		}
		if !self.buckets.is_empty() {
			put(patch, "quota.buckets", json!(self.buckets));
		}
		if !self.permissions.is_empty() {
			let cells = self.permissions.iter().map(|(role, purpose, actions)| {
				let actions: Vec<_> = actions.iter().map(named).collect();
				json!([named(role), purpose.0, actions])
			});
			put(patch, "recordAccess.rolePermissions", cells.collect());
		}
		if !self.levels.is_empty() {
			let levels = self
				.levels
				.iter()
				.map(|(purpose, action, level)| json!([purpose.0, named(action), named(level)]));
			put(patch, "recordAccess.requiredLevels", levels.collect());
		}
	}
}

/// What the runtime's JSON calls it.
fn named(one: impl serde::Serialize) -> Value {
	json!(one)
}

/// Puts a value where the path says, into objects that are made where there are none.
fn put(at: &mut Value, path: &str, value: Value) {
	if !at.is_object() {
		*at = Value::Object(Map::new());
	}
	let Some(object) = at.as_object_mut() else { return };
	match path.split_once('.') {
		Some((name, rest)) => {
			put(object.entry(name.to_owned()).or_insert(Value::Null), rest, value);
		},
		None => {
			object.insert(path.to_owned(), value);
		},
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use hdx_primitives::engine::terminology::purpose::TREAT;

	#[test]
	fn what_is_as_shipped_is_left_out() {
		let mut patch = json!({ "consent": 1 });
		Parameters::default().lay_over(&mut patch);
		assert_eq!(patch, json!({ "consent": 1 }));
	}

	#[test]
	fn the_runtime_is_told_what_is_not_as_shipped_as_its_genesis_has_it() {
		let parameters = Parameters {
			licences_required: true,
			numbers: vec![("audit.retention", 1_000), ("audit.monitoring.actor.denials", 7)],
			buckets: vec![(3, 40, 2)],
			permissions: vec![(Role::Nurse, TREAT, vec![Action::Read, Action::Append])],
			levels: vec![(TREAT, Action::Read, AssuranceLevel::Attested)],
		};
		let mut patch = json!({});
		parameters.lay_over(&mut patch);
		let expected = json!({
			"audit": { "retention": 1_000, "monitoring": { "actor": { "denials": 7 } } },
			"quota": { "buckets": [[3, 40, 2]] },
			"recordAccess": {
				"licencesRequired": true,
				"rolePermissions": [["Nurse", TREAT.0, ["Read", "Append"]]],
				"requiredLevels": [[TREAT.0, "Read", "Attested"]],
			},
		});
		assert_eq!(patch, expected);
	}
}
