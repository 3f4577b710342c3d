//! Reports of oracles, and what happens when enough of them agree.
//!
//! An oracle has one report a credential: its last. A report counts in one outcome, and only while
//! it is live. What enough of them agree on takes hold unless something newer is known: then it
//! changes nothing, is not announced, uses up no report and is held against nobody. A revocation is
//! never too late.
//!
//! An institution has one voice in a quorum, and none about those whom it answers for.

use crate::{
	Check, Config, Credential, Error, Event, Finding, Oracle, OracleTerms, OracleTermsInForce,
	Oracles, Pallet, Practitioners, RegistrationStatus, Report, ReportedStatus, Reports, ReportsOf,
	SuspensionReason,
};
use alloc::{collections::btree_set::BTreeSet, vec::Vec};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, CredentialId, InstitutionId, Milliseconds,
	Subject, H256,
};

/// What as many oracles as needed agree on.
struct Outcome {
	status: ReportedStatus,
	/// The oldest look of those who agree.
	at: Milliseconds,
	/// The newest look of those who agree.
	newest: Milliseconds,
	/// What was seen in that look.
	evidence: H256,
}

/// What is looked for in the reports, in this order: what is wrong outweighs.
const SEVEREST_FIRST: [ReportedStatus; 3] =
	[ReportedStatus::Revoked, ReportedStatus::Suspended, ReportedStatus::Good];

impl<T: Config> Pallet<T> {
	pub(crate) fn do_report_status(
		oracle: AccountId,
		practitioner: AccountId,
		id: CredentialId,
		status: ReportedStatus,
		evidence: H256,
		checked_at: Milliseconds,
	) -> DispatchResult {
		let stored = Oracles::<T>::get(&oracle).ok_or(Error::<T>::NotAnOracle)?;
		ensure!(Self::oracle_may_act(&oracle, &stored), Error::<T>::OracleIsSuspended);
		let terms = OracleTermsInForce::<T>::get().ok_or(Error::<T>::NoOracleTerms)?;
		let now = Self::now();
		let mut practitioner_stored = Self::practitioner(&practitioner)?;
		let quorum = Quorum { terms, home: practitioner_stored.enrolled_by, now };
		let credential = practitioner_stored
			.credentials
			.iter_mut()
			.find(|credential| credential.id == id)
			.ok_or(Error::<T>::CredentialUnknown)?;
		ensure!(
			checked_at <= now.saturating_add(T::MaxClockSkew::get()),
			Error::<T>::CheckedInTheFuture
		);
		// A clock that is a little ahead must not make a check last longer.
		let checked_at = checked_at.min(now);
		ensure!(checked_at >= credential.attested_at, Error::<T>::CheckedBeforeAttested);
		let report =
			Report { oracle: oracle.clone(), status, evidence, checked_at, counted: false };
		ensure!(!report.is_too_old(&terms, now), Error::<T>::ReportTooOld);
		let mut reports = Reports::<T>::get(id);
		ensure!(
			!reports.iter().any(|last| last.oracle == oracle && last.checked_at >= checked_at),
			Error::<T>::ReportNotNewer
		);
		// What is too old could not be reported again either.
		reports.retain(|last| {
			last.oracle != oracle
				&& !last.is_too_old(&terms, now)
				&& Oracles::<T>::contains_key(&last.oracle)
		});
		// There is room for each registered oracle, and nobody else is left in it.
		reports.try_push(report).map_err(|_| Error::<T>::TooManyOracles)?;

		T::Audit::record(AuditEvent {
			actor: Some(oracle.clone()),
			on_behalf_of: stored.institution,
			subject: about(&practitioner, id),
			..AuditEvent::new(AuditAction::StatusReported)
		});
		Self::deposit_event(Event::StatusReported {
			oracle,
			practitioner: practitioner.clone(),
			credential: id,
			status,
			checked_at,
			evidence,
		});
		let outcome = SEVEREST_FIRST
			.into_iter()
			.filter_map(|status| outcome_of::<T>(&reports, status, &quorum))
			.find(|outcome| take_effect(credential, outcome));
		if let Some(outcome) = outcome {
			let contradicting = settle::<T>(&mut reports, &outcome, &quorum);
			Practitioners::<T>::insert(&practitioner, practitioner_stored);
			Reports::<T>::insert(id, reports);
			T::Audit::record(AuditEvent {
				subject: about(&practitioner, id),
				..AuditEvent::new(AuditAction::StatusDecided)
			});
			Self::deposit_event(Event::StatusDecided {
				practitioner,
				credential: id,
				status: outcome.status,
				at: outcome.at,
				evidence: outcome.evidence,
			});
			for oracle in contradicting {
				Self::count_misbehaviour(oracle, &terms);
			}
		} else {
			Reports::<T>::insert(id, reports);
		}
		Ok(())
	}

	/// Counts a contradiction, and suspends the oracle at the limit. Those who agreed are active and
	/// go on, so that a quorum is always left.
	fn count_misbehaviour(oracle: AccountId, terms: &OracleTerms) {
		let mut suspended = None;
		Oracles::<T>::mutate(&oracle, |stored| {
			let Some(stored) = stored else { return };
			stored.misbehaviour = stored.misbehaviour.saturating_add(1);
			if stored.misbehaviour >= terms.max_misbehaviour && stored.status.is_active() {
				let status = RegistrationStatus::Suspended(SuspensionReason::Misbehaviour);
				stored.status = status;
				suspended = Some(status);
			}
			Self::deposit_event(Event::OracleContradicted {
				oracle: oracle.clone(),
				misbehaviour: stored.misbehaviour,
			});
		});
		if let Some(status) = suspended {
			Self::log_oracle(AuditAction::OracleStatusChanged, &oracle);
			Self::deposit_event(Event::OracleStatusChanged { oracle, status });
		}
	}
}

fn about(practitioner: &AccountId, credential: CredentialId) -> Subject {
	Subject::Credential { practitioner: practitioner.clone().into(), credential }
}

/// By what it is told which reports make a quorum.
struct Quorum {
	terms: OracleTerms,
	/// The institution that answers for the practitioner.
	home: InstitutionId,
	now: Milliseconds,
}

impl Quorum {
	/// The oracle of a report, if the report counts now: it is live, its oracle may act, did so when
	/// it looked, and is not run by those who answer for the practitioner.
	fn oracle_of<T: Config>(&self, report: &Report) -> Option<Oracle> {
		let oracle = Oracles::<T>::get(&report.oracle)?;
		let counts = report.is_live(&self.terms, self.now)
			&& oracle.registered_at <= report.checked_at
			&& Pallet::<T>::oracle_may_act(&report.oracle, &oracle)
			&& Pallet::<T>::runner_of(&report.oracle, &oracle) != Some(self.home);
		counts.then_some(oracle)
	}
}

/// What enough live reports agree on. An institution has one voice, however many oracles it runs:
/// that of the newest look.
fn outcome_of<T: Config>(
	reports: &[Report],
	status: ReportedStatus,
	quorum: &Quorum,
) -> Option<Outcome> {
	let mut agreeing: Vec<_> = reports
		.iter()
		.filter(|report| report.status == status)
		.filter_map(|report| {
			let oracle = quorum.oracle_of::<T>(report)?;
			Some((report, Pallet::<T>::runner_of(&report.oracle, &oracle)))
		})
		.collect();
	agreeing.sort_by_key(|(report, _)| core::cmp::Reverse(report.checked_at));
	let mut heard = BTreeSet::new();
	agreeing.retain(|(_, runner)| runner.is_none_or(|institution| heard.insert(institution)));
	// The newest that are enough: of these the oldest says how fresh the outcome is.
	let last = usize::try_from(quorum.terms.quorum).ok()?.checked_sub(1)?;
	let (oldest, _) = agreeing.get(last)?;
	let newest = agreeing.first()?.0.checked_at;
	Some(Outcome { status, at: oldest.checked_at, newest, evidence: oldest.evidence })
}

/// Writes an outcome into the credential, unless something newer is known; says whether it did. A
/// revocation is for good, so nothing that was seen later speaks against it.
fn take_effect(credential: &mut Credential, outcome: &Outcome) -> bool {
	let checked = credential.check.map(|check| check.at);
	let found = credential.finding.map(|finding| finding.at);
	let is_late = match outcome.status {
		// In one and the same moment, what is wrong outweighs.
		ReportedStatus::Good => {
			checked.is_some_and(|at| outcome.at < at) || found.is_some_and(|at| outcome.at <= at)
		},
		ReportedStatus::Suspended => checked.max(found).is_some_and(|at| outcome.at < at),
		ReportedStatus::Revoked => outcome.at < credential.attested_at,
	};
	let is_revoked =
		credential.finding.is_some_and(|finding| finding.status == ReportedStatus::Revoked);
	// Only the issuer brings a revoked credential back.
	if is_late || is_revoked {
		return false;
	}
	match outcome.status {
		ReportedStatus::Good => {
			credential.finding = None;
			credential.check = Some(Check { at: outcome.at, evidence: outcome.evidence });
		},
		status => {
			credential.finding =
				Some(Finding { status, at: outcome.at, evidence: outcome.evidence });
			credential.check = None;
		},
	}
	true
}

/// Marks the live reports of looks between the oldest and the newest of those who agree, and names
/// the oracles among them that contradict. Who looked before may have seen what was true then, and
/// who looked later what is true now: their reports stay live.
fn settle<T: Config>(
	reports: &mut ReportsOf<T>,
	outcome: &Outcome,
	quorum: &Quorum,
) -> Vec<AccountId> {
	let mut contradicting = Vec::new();
	for report in reports.iter_mut().filter(|report| quorum.oracle_of::<T>(report).is_some()) {
		if report.checked_at < outcome.at || outcome.newest < report.checked_at {
			continue;
		}
		report.counted = true;
		if report.status != outcome.status {
			contradicting.push(report.oracle.clone());
		}
	}
	contradicting
}
