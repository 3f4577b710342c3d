//! How the chain stands.

use super::{alone, family, labelled};
use crate::{Audit, Origins, Quota, RecordAccess, Runtime, SafeMode, ValidatorSet, VERSION};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	string::ToString,
	vec::Vec,
};
use hdx_metrics_api::Family;
use hdx_primitives::InstitutionId;
use pallet_governance::{Chamber, OpenPolls};
use pallet_migrations::{Cursor, MigrationCursor};
use pallet_provider_registry::{Institution, InstitutionStatus, Institutions, NextInstitutionId};
use pallet_safe_mode::EnteredUntil;

/// Of how many institutions there are numbers at most: the first ones. Each costs some fifteen reads, and each number a
/// series in Prometheus.
pub const MAX_INSTITUTIONS: u32 = 256;

/// How many paused calls are counted at most: far more than a runtime has.
const MAX_PAUSED: usize = 1_000;

/// How the chain stands after the block that was ended last.
pub fn gauges() -> Vec<Family> {
	let mut told = chain();
	told.extend(log());
	told.extend(validators());
	told.extend(institutions());
	told
}

fn chain() -> Vec<Family> {
	let paused = pallet_tx_pause::PausedCalls::<Runtime>::iter_keys().take(MAX_PAUSED).count();
	let mut referenda =
		family("hdx_referenda_open", "Referenda that have not ended, by chamber", &["chamber"]);
	for (name, chamber) in
		[("institutions", Chamber::Institutions), ("patients", Chamber::Patients)]
	{
		let noted = OpenPolls::<Runtime>::get(chamber);
		// Those that ended are forgotten when somebody proposes the next one.
		let open = noted.iter().filter(|open| Origins::is_ongoing(chamber, open.poll)).count();
		referenda.samples.push(labelled(name, wide(open)));
	}
	[
		alone(
			"hdx_block_timestamp_seconds",
			"Time of the best block, in seconds since 1970",
			seconds(pallet_timestamp::Now::<Runtime>::get()),
		),
		alone(
			"hdx_runtime_spec_version",
			"Version of the runtime that is in force",
			VERSION.spec_version.into(),
		),
		alone(
			"hdx_safe_mode",
			"1 while safe mode halts all but what is allowed in an emergency, else 0",
			SafeMode::is_entered().into(),
		),
		alone(
			"hdx_safe_mode_until_block",
			"Last block of the safe mode that is on, 4294967295 where both chambers alone end it; 0 while none is",
			EnteredUntil::<Runtime>::get().unwrap_or_default().into(),
		),
		alone(
			"hdx_migration",
			"1 while a migration goes on and blocks hold no transactions, 2 where it is stuck and they never will, else 0",
			migration(),
		),
		alone("hdx_paused_calls", "Kinds of calls that governance paused", wide(paused)),
		referenda,
		alone(
			"hdx_consents_given",
			"Consents that were ever given in the open",
			pallet_consent::NextConsentId::<Runtime>::get(),
		),
		alone(
			"hdx_records_registered",
			"Records that were ever registered",
			pallet_record_access::NextRecordId::<Runtime>::get().0,
		),
		alone(
			"hdx_grants_issued",
			"Grants that were ever issued",
			pallet_record_access::NextGrantId::<Runtime>::get().0,
		),
	]
	.into()
}

/// Whether a migration of several blocks goes on.
fn migration() -> u64 {
	match Cursor::<Runtime>::get() {
		None => 0,
		Some(MigrationCursor::Active(_)) => 1,
		Some(MigrationCursor::Stuck) => 2,
	}
}

fn log() -> Vec<Family> {
	let oldest = pallet_audit::OldestEntry::<Runtime>::get();
	let mut told = Vec::from([
		alone(
			"hdx_audit_next_entry",
			"Index that the next entry of the log gets: how many it ever had",
			pallet_audit::NextEntryIndex::<Runtime>::get().0,
		),
		alone(
			"hdx_audit_oldest_entry",
			"Index of the oldest entry whose turn to leave the state has not come",
			oldest.0,
		),
		alone(
			"hdx_audit_legal_holds",
			"Legal holds in force",
			pallet_audit::Holds::<Runtime>::count().into(),
		),
	]);
	if let Some(entry) = pallet_audit::Entries::<Runtime>::get(oldest) {
		told.push(alone(
			"hdx_audit_oldest_entry_timestamp_seconds",
			"Time of that entry, in seconds since 1970",
			seconds(entry.at.0),
		));
	}
	told
}

fn validators() -> Vec<Family> {
	let mut by_institution: BTreeMap<InstitutionId, [u64; 3]> = BTreeMap::new();
	let mut set = BTreeSet::new();
	for validator in ValidatorSet::validators() {
		let numbers = by_institution.entry(validator.institution).or_default();
		let its: [u64; 3] =
			[1, validator.is_validating.into(), validator.disabled_for.is_some().into()];
		for (number, one) in numbers.iter_mut().zip(its) {
			*number = number.saturating_add(one);
		}
		set.insert(validator.account);
	}
	// Nobody knows any more whose they were. Blocks are not final without them.
	let session = pallet_session::Validators::<Runtime>::get();
	let leaving = session.iter().filter(|account| !set.contains(*account)).count();
	let mut told = of_institutions([
		("hdx_validators", "Validators of the set"),
		("hdx_validators_validating", "Validators of the set that take part in this session"),
		("hdx_validators_disabled", "Validators that were found out, until they are reinstated"),
	]);
	for (institution, numbers) in by_institution {
		push(&mut told, institution, numbers);
	}
	told.push(alone(
		"hdx_validators_leaving",
		"Validators that were removed, and take part in this session all the same",
		u64::try_from(leaving).unwrap_or(u64::MAX),
	));
	if let Some(terms) = ValidatorSet::terms() {
		told.push(alone(
			"hdx_validators_minimum",
			"Validators that there have to be at least",
			terms.minimum.into(),
		));
	}
	told
}

fn institutions() -> Vec<Family> {
	let (mut active, mut suspended, mut closed) = (0u64, 0u64, 0u64);
	let mut told = of_institutions([
		("hdx_break_glass_reviews_pending", "Reviews of break-glasses that wait"),
		(
			"hdx_break_glass_reviews_overdue",
			"Those past their deadline, counted to one more than an institution may have",
		),
		("hdx_break_glass_blocked", "1 while too many are overdue to break the glass, else 0"),
		("hdx_entry_reviews_open", "Reviews of log entries that are not over"),
		("hdx_entry_reviews_overdue", "Those whose answer is overdue"),
		("hdx_erasure_requests_pending", "Requests for erasure that wait"),
		("hdx_erasure_requests_overdue", "Those past their deadline, counted to a hundred"),
		("hdx_quota_available_units", "Units that are left in the quota"),
		("hdx_quota_capacity_units", "Units of a full quota"),
		("hdx_quota_emergency_available_units", "Units that are left in the quota for emergencies"),
		("hdx_quota_emergency_capacity_units", "Units of a full quota for emergencies"),
	]);
	let end = NextInstitutionId::<Runtime>::get().0.min(MAX_INSTITUTIONS);
	for id in (0..end).map(InstitutionId) {
		let Some(Institution { status, .. }) = Institutions::<Runtime>::get(id) else { continue };
		let count = match status {
			InstitutionStatus::Active => &mut active,
			InstitutionStatus::Suspended(_) => &mut suspended,
			InstitutionStatus::Closed => &mut closed,
		};
		*count = count.saturating_add(1);

		let reviews = RecordAccess::review_standing(id);
		let tally = Audit::review_tally(id);
		let erasures = RecordAccess::erasure_standing(id);
		let units = |bucket: Option<pallet_quota::BucketState>| {
			bucket.map_or((0, 0), |bucket| (bucket.available, bucket.limits.capacity))
		};
		let (available, capacity) = units(Quota::bucket(id));
		let (emergency_available, emergency_capacity) = units(Quota::emergency_bucket(id));
		let numbers = [
			reviews.counts.pending,
			reviews.overdue,
			reviews.is_blocked.into(),
			tally.open,
			tally.overdue,
			erasures.counts.pending,
			erasures.overdue,
			available,
			capacity,
			emergency_available,
			emergency_capacity,
		];
		push(&mut told, id, numbers.map(u64::from));
	}
	let mut by_status = family("hdx_institutions", "Institutions, by status", &["status"]);
	by_status.samples = Vec::from([
		labelled("active", active),
		labelled("suspended", suspended),
		labelled("closed", closed),
	]);
	told.push(by_status);
	told
}

/// Families of numbers of institutions.
fn of_institutions<const N: usize>(families: [(&str, &str); N]) -> Vec<Family> {
	families.into_iter().map(|(name, help)| family(name, help, &["institution"])).collect()
}

/// Adds the numbers of an institution, in the order of the families.
fn push<const N: usize>(families: &mut [Family], institution: InstitutionId, numbers: [u64; N]) {
	for (family, number) in families.iter_mut().zip(numbers) {
		family.samples.push(labelled(institution.0.to_string(), number));
	}
}

fn seconds(milliseconds: u64) -> u64 {
	milliseconds.checked_div(1_000).unwrap_or_default()
}

fn wide(count: usize) -> u64 {
	u64::try_from(count).unwrap_or(u64::MAX)
}
