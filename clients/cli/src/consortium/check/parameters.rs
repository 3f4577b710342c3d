//! What governance can change, where the chain does not start with what is shipped.

use super::{shown, Checker, Written};
use crate::{
	codes,
	consortium::{
		fault::Wrong,
		names,
		table::{BucketTable, LevelTable, ParametersTable, PermissionTable, Table},
		Parameters,
	},
};
use hdx_primitives::{
	engine::terminology::purpose::{self, BTG},
	Action, AssuranceLevel, Code, Role,
};
use std::{collections::BTreeMap, ops::RangeInclusive};
use toml::Spanned;

/// Milliseconds of a minute.
const MINUTE: u64 = 60_000;
/// Milliseconds of an hour.
const HOUR: u64 = 60 * MINUTE;
/// Milliseconds of a day.
const DAY: u64 = 24 * HOUR;

// What the runtime takes. A whole-system test compares these with its constants, and has it make chains with the least and
// with the most of all.
/// For how many days entries of the log stay.
const RETENTION_DAYS: RangeInclusive<u32> = 2_192..=18_263;
/// For how many minutes a broken glass may hold.
const EMERGENCY_MINUTES: RangeInclusive<u32> = 15..=240;
/// How many disclosures may be made under it.
const EMERGENCY_USES: RangeInclusive<u32> = 1..=100;
/// Within how many hours it has to be reviewed.
const REVIEW_HOURS: RangeInclusive<u32> = 1..=720;
/// How many such reviews may be overdue.
const MAX_OVERDUE: RangeInclusive<u32> = 0..=100;
/// How often in a day a clinician may break the glass by proof.
const PROOFS_A_DAY: RangeInclusive<u32> = 0..=255;
/// Days for a step of a patient's complaint.
const STEP_DAYS: RangeInclusive<u32> = 3..=90;
/// Hours in which things are counted.
const WINDOW_HOURS: RangeInclusive<u32> = 1..=744;
/// How often is too often.
const THRESHOLD: RangeInclusive<u32> = 1..=100_000;
/// Units of a bucket, at once or a second.
const UNITS: RangeInclusive<u32> = 1..=u32::MAX;

/// What is set, where, and by what.
type Set<K> = BTreeMap<K, (usize, String)>;

impl Checker<'_> {
	/// All of them. Institutions are known by their ids.
	pub(super) fn parameters(
		&mut self,
		table: &Table,
		institutions: &BTreeMap<String, u32>,
	) -> Parameters {
		Parameters {
			licences_required: table.parameters.licences_required,
			numbers: self.terms(&table.parameters),
			buckets: self.buckets(&table.bucket, institutions),
			permissions: self.permissions(&table.permission),
			levels: self.levels(&table.level),
		}
	}

	/// The numbers, by where the runtime's genesis has them.
	fn terms(&mut self, table: &ParametersTable) -> Vec<(&'static str, u64)> {
		let ParametersTable { emergency, reviews, monitoring, .. } = table;
		let (actor, institution) = (&monitoring.actor, &monitoring.institution);
		let numbers = [
			(&table.retention_days, "retention_days", RETENTION_DAYS, DAY, "audit.retention"),
			(
				&emergency.max_duration_minutes,
				"emergency.max_duration_minutes",
				EMERGENCY_MINUTES,
				MINUTE,
				"recordAccess.emergencyTerms.maxDuration",
			),
			(
				&emergency.uses,
				"emergency.uses",
				EMERGENCY_USES,
				1,
				"recordAccess.emergencyTerms.uses",
			),
			(
				&emergency.review_within_hours,
				"emergency.review_within_hours",
				REVIEW_HOURS,
				HOUR,
				"recordAccess.emergencyTerms.reviewWithin",
			),
			(
				&emergency.max_overdue,
				"emergency.max_overdue",
				MAX_OVERDUE,
				1,
				"recordAccess.emergencyTerms.maxOverdue",
			),
			(
				&emergency.proofs_a_day,
				"emergency.proofs_a_day",
				PROOFS_A_DAY,
				1,
				"recordAccess.emergencyTerms.proofsADay",
			),
			(
				&reviews.answer_within_days,
				"reviews.answer_within_days",
				STEP_DAYS,
				DAY,
				"audit.reviewTerms.answerWithin",
			),
			(
				&reviews.escalate_within_days,
				"reviews.escalate_within_days",
				STEP_DAYS,
				DAY,
				"audit.reviewTerms.escalateWithin",
			),
			(
				&monitoring.window_hours,
				"monitoring.window_hours",
				WINDOW_HOURS,
				HOUR,
				"audit.monitoring.window",
			),
			(
				&actor.denials,
				"monitoring.actor.denials",
				THRESHOLD,
				1,
				"audit.monitoring.actor.denials",
			),
			(
				&actor.overrides,
				"monitoring.actor.overrides",
				THRESHOLD,
				1,
				"audit.monitoring.actor.overrides",
			),
			(
				&actor.patients,
				"monitoring.actor.patients",
				THRESHOLD,
				1,
				"audit.monitoring.actor.patients",
			),
			(
				&institution.denials,
				"monitoring.institution.denials",
				THRESHOLD,
				1,
				"audit.monitoring.institution.denials",
			),
			(
				&institution.overrides,
				"monitoring.institution.overrides",
				THRESHOLD,
				1,
				"audit.monitoring.institution.overrides",
			),
			(
				&institution.patients,
				"monitoring.institution.patients",
				THRESHOLD,
				1,
				"audit.monitoring.institution.patients",
			),
		];
		let mut found = Vec::new();
		for (written, key, range, unit, path) in numbers {
			let number = self.number(written, &format!("parameters.{key}"), range);
			found.extend(number.map(|number| (path, u64::from(number).saturating_mul(unit))));
		}
		found
	}

	fn buckets(
		&mut self,
		tables: &[Spanned<BucketTable>],
		institutions: &BTreeMap<String, u32>,
	) -> Vec<(u32, u32, u32)> {
		let (mut found, mut set) = (Vec::new(), Set::new());
		for (place, table) in (1usize..).zip(tables) {
			let key = |name: &str| format!("bucket[{place}].{name}");
			let at = self.line(table.span());
			let table = table.get_ref();
			let whose = key("institution");
			let institution = self.institution(&table.institution, &whose, Some(at), institutions);
			let capacity = self.units(&table.capacity, &key("capacity"), at);
			let refill = self.units(&table.refill, &key("refill"), at);
			let Some((_, institution)) = institution else { continue };
			self.once(&mut set, institution, at, whose);
			if let (Some(capacity), Some(refill)) = (capacity, refill) {
				found.push((institution, capacity, refill));
			}
		}
		found
	}

	fn permissions(
		&mut self,
		tables: &[Spanned<PermissionTable>],
	) -> Vec<(Role, Code, Vec<Action>)> {
		let (mut found, mut set) = (Vec::new(), Set::new());
		for (place, table) in (1usize..).zip(tables) {
			let key = |name: &str| format!("permission[{place}].{name}");
			let at = self.line(table.span());
			let table = table.get_ref();
			let role = self.named(&table.role, &key("role"), at, "role", names::role);
			let purpose = self.purpose(&table.purpose, &key("purpose"), at);
			let actions = self.actions(table.actions.as_deref(), &key("actions"), at);
			let (Some(role), Some(purpose)) = (role, purpose) else { continue };
			self.once(&mut set, (role, purpose), at, key("role"));
			found.push((role, purpose, actions));
		}
		found
	}

	/// What a role may do; nothing, where the list is empty. A list that is left out is none.
	fn actions(
		&mut self,
		written: Option<&[Spanned<String>]>,
		key: &str,
		at: usize,
	) -> Vec<Action> {
		let Some(written) = written else {
			self.fault(Some(at), key, Wrong::Missing);
			return Vec::new();
		};
		let (mut found, mut set) = (Vec::new(), Set::new());
		for (place, one) in (1usize..).zip(written) {
			let (line, key) = (self.line(one.span()), format!("{key}[{place}]"));
			let written = Written { text: one.get_ref().trim(), line };
			let Some(action) = self.known(written, &key, "action", names::action) else { continue };
			self.once(&mut set, action, line, key);
			found.push(action);
		}
		found
	}

	fn levels(&mut self, tables: &[Spanned<LevelTable>]) -> Vec<(Code, Action, AssuranceLevel)> {
		let (mut found, mut set) = (Vec::new(), Set::new());
		for (place, table) in (1usize..).zip(tables) {
			let key = |name: &str| format!("level[{place}].{name}");
			let at = self.line(table.span());
			let table = table.get_ref();
			let purpose = self.purpose(&table.purpose, &key("purpose"), at);
			let action = self.named(&table.action, &key("action"), at, "action", names::action);
			let level = self.named(&table.level, &key("level"), at, "level", names::level);
			if purpose == Some(BTG) {
				let line = table.purpose.as_ref().map(|purpose| self.line(purpose.span()));
				self.fault(line, key("purpose"), Wrong::FixedLevel);
			}
			let (Some(purpose), Some(action)) = (purpose, action) else { continue };
			self.once(&mut set, (purpose, action), at, key("purpose"));
			found.extend(level.map(|level| (purpose, action, level)));
		}
		found
	}

	/// A number of units, which has to be there.
	fn units(&mut self, written: &Option<Spanned<u32>>, key: &str, at: usize) -> Option<u32> {
		if written.is_none() {
			self.fault(Some(at), key, Wrong::Missing);
		}
		self.number(written, key, UNITS)
	}

	fn purpose(&mut self, written: &Option<Spanned<String>>, key: &str, at: usize) -> Option<Code> {
		self.named(written, key, at, "purpose of use", |text| {
			codes::purpose(text).map_err(|_| {
				let symbols: Vec<_> = purpose::ALL.iter().map(|term| term.symbol).collect();
				format!("{}, or system|code", symbols.join(", "))
			})
		})
	}

	/// What a name stands for, which has to be there.
	fn named<T>(
		&mut self,
		written: &Option<Spanned<String>>,
		key: &str,
		at: usize,
		what: &'static str,
		read: fn(&str) -> Result<T, String>,
	) -> Option<T> {
		let written = self.written(written, key, Some(at))?;
		self.known(written, key, what, read)
	}

	/// What a name stands for. `read` gives all names where it is none.
	fn known<T>(
		&mut self,
		Written { text, line }: Written<'_>,
		key: &str,
		what: &'static str,
		read: fn(&str) -> Result<T, String>,
	) -> Option<T> {
		match read(text) {
			Ok(one) => Some(one),
			Err(names) => {
				let found = shown(text, false);
				self.fault(Some(line), key, Wrong::UnknownName { found, what, names });
				None
			},
		}
	}

	/// Tells what is set a second time.
	fn once<K: Ord>(&mut self, set: &mut Set<K>, one: K, line: usize, key: String) {
		match set.get(&one) {
			Some((line_before, before)) => {
				let wrong = Wrong::SetTwice { line: *line_before, key: before.clone() };
				self.fault(Some(line), key, wrong);
			},
			None => {
				set.insert(one, (line, key));
			},
		}
	}
}
