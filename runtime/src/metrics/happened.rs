//! What happened in a block, by its entries in the log: every decision is one of them.

use super::{alone, family, labelled, snake_case};
use crate::{Audit, Runtime, System};
use alloc::{collections::BTreeMap, vec::Vec};
use hdx_metrics_api::Family;
use hdx_primitives::{AuditAction, AuditEntry, AuditOutcome, DenialReason, EntryIndex};

/// Decisions of one kind.
#[derive(Default)]
struct Decisions {
	granted: u64,
	denied: BTreeMap<DenialReason, u64>,
}

impl Decisions {
	fn add(&mut self, outcome: AuditOutcome) {
		match outcome {
			AuditOutcome::Success => self.granted = self.granted.saturating_add(1),
			AuditOutcome::Denied(reason) => add_one(&mut self.denied, reason),
		}
	}

	/// How many there are by outcome, and those that were denied by reason.
	fn families(self, decisions: &str, denials: &str, what: &str) -> [Family; 2] {
		let denied = self.denied.values().fold(0u64, |sum, count| sum.saturating_add(*count));
		let help = alloc::format!("{what}, by outcome");
		let mut by_outcome = family(decisions, &help, &["outcome"]);
		by_outcome.samples =
			Vec::from([labelled("granted", self.granted), labelled("denied", denied)]);
		let help = alloc::format!("{what} that were denied, by reason");
		let mut by_reason = family(denials, &help, &["reason"]);
		let reasons = self.denied.into_iter();
		by_reason.samples =
			reasons.map(|(reason, count)| labelled(snake_case(reason), count)).collect();
		[by_outcome, by_reason]
	}
}

/// What the entries of the block that was ended last tell.
///
/// One read for the block, and one for each of its entries.
pub fn counts() -> Vec<Family> {
	let mut access = Decisions::default();
	let mut break_glass = Decisions::default();
	let mut actions = BTreeMap::new();
	for AuditEntry { event, .. } in entries() {
		match event.action {
			AuditAction::AccessDecided => access.add(event.outcome),
			AuditAction::EmergencyOverrideStarted => break_glass.add(event.outcome),
			_ => {},
		}
		add_one(&mut actions, event.action);
	}
	let alerts = actions.get(&AuditAction::SecurityAlert).copied().unwrap_or_default();
	let mut by_action = family(
		"hdx_audit_entries_total",
		"Entries of the log, by what was done or asked",
		&["action"],
	);
	by_action.samples =
		actions.into_iter().map(|(action, count)| labelled(snake_case(action), count)).collect();

	let mut told = Vec::new();
	told.extend(access.families(
		"hdx_access_decisions_total",
		"hdx_access_denials_total",
		"Requests for access",
	));
	told.extend(break_glass.families(
		"hdx_break_glass_decisions_total",
		"hdx_break_glass_denials_total",
		"Attempts to break the glass",
	));
	told.push(by_action);
	told.push(alone(
		"hdx_security_alerts_total",
		"Alerts of the chain's monitoring: somebody did more of something than is usual",
		alerts,
	));
	told
}

/// The entries of the block that was ended last.
fn entries() -> impl Iterator<Item = AuditEntry> {
	let log = Audit::log_of(System::block_number());
	let indexes = log.map_or(0..0, |log| {
		let first = log.first.0;
		first..first.saturating_add(u64::from(log.count))
	});
	indexes.filter_map(|index| pallet_audit::Entries::<Runtime>::get(EntryIndex(index)))
}

fn add_one<K: Ord>(counts: &mut BTreeMap<K, u64>, key: K) {
	let count = counts.entry(key).or_default();
	*count = count.saturating_add(1);
}
