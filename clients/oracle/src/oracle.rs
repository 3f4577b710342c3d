//! One round: read what is watched, fetch, judge, report.

use crate::{
	due::{self, Due, Sent},
	event::{word, Counts, Event, Opening},
	evidence::{self, Salt},
	lists::{Lists, News},
	matching::{self, Unmatched},
	milliseconds,
	questions::{credentials, in_time, inactive, keys},
	refusal,
	verdict::{self, Doubt, Seen},
	watched::Watched,
	Config,
};
use hdx_credentials::status::StatusSource;
use hdx_primitives::{AccountId, CredentialId, Milliseconds};
use hdx_sdk::chain::{
	AtBlock, Chain, ChainError, CredentialView, OracleTerms, ReportedStatus, Signer, StatusReport,
	Until,
};
use jiff::Timestamp;
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::Arc,
	time::{Duration, Instant},
};

/// How long a report that was refused is not sent again.
const REFUSED_FOR: Milliseconds = Milliseconds(60_000);
/// After how long a round is told of that was like the one before.
const QUIET: Duration = Duration::from_secs(10 * 60);

/// What was found about one credential.
#[derive(Clone, Debug)]
pub struct Finding {
	/// The credential, as the configuration has it.
	pub watched: Watched,
	/// The credential on chain.
	pub credential: Result<CredentialView, Unmatched>,
	/// What its lists say.
	pub verdict: Result<Seen, Doubt>,
	/// What to do about it; `None` where something of the above is missing, or governance has set no
	/// terms.
	pub due: Option<Due>,
}

impl Finding {
	/// Why nothing is reported; `None` where something can be.
	pub fn obstacle(&self) -> Option<String> {
		match (&self.credential, &self.verdict) {
			(Err(unmatched), _) => Some(unmatched.to_string()),
			(_, Err(doubt)) => Some(doubt.to_string()),
			_ => None,
		}
	}
}

/// What a round came to.
#[derive(Clone, Debug)]
pub struct Round {
	/// The credentials, in the order in which they are watched.
	pub findings: Vec<Finding>,
	/// The numbers.
	pub counts: Counts,
	/// Whether the chain takes reports of this oracle.
	pub active: bool,
	/// Whether everything of the configuration could be read.
	pub complete: bool,
}

/// An oracle, and what it remembers from round to round.
pub struct Oracle {
	config: Arc<Config>,
	lists: Lists,
	sent: BTreeMap<CredentialId, Sent>,
	/// What the chain refused, and until when it is not sent again.
	refused: BTreeMap<CredentialId, (ReportedStatus, Milliseconds)>,
	/// What was told of credentials and files, so that it is told once.
	told: BTreeSet<String>,
	inactive: Option<String>,
	complete: bool,
	last_round: Option<(Counts, Instant)>,
}

impl Oracle {
	/// An oracle that gets its lists from `source`.
	pub fn new(config: Arc<Config>, source: Arc<dyn StatusSource + Send + Sync>) -> Self {
		let lists = Lists::new(
			source,
			config.keys.clone(),
			config.connections,
			config.keep,
			config.interval,
		);
		Self {
			config,
			lists,
			sent: BTreeMap::new(),
			refused: BTreeMap::new(),
			told: BTreeSet::new(),
			inactive: None,
			complete: true,
			last_round: None,
		}
	}

	/// Its configuration.
	pub fn config(&self) -> &Config {
		&self.config
	}

	/// Looks at everything, and reports nothing. `spread` is over how long the fetches are spread.
	///
	/// # Errors
	///
	/// [`ChainError`] where the node does not answer.
	pub async fn look(
		&mut self,
		chain: &Chain,
		spread: Duration,
		tell: &mut (dyn FnMut(Event) + Send),
	) -> Result<(Vec<Finding>, Option<OracleTerms>), ChainError> {
		let config = self.config.clone();
		let read = tokio::task::spawn_blocking(move || config.watched()).await;
		let (watched, refused) = read.map_err(|error| ChainError::Transport(error.to_string()))?;
		let mut told = BTreeSet::new();
		self.complete = refused.is_empty();
		for error in refused {
			let reason = error.to_string();
			self.tell_once(&mut told, Event::ConfigurationRefused { reason }, tell);
		}
		self.lists.verify_with(keys(chain, &self.config).await?);
		let urls =
			watched.iter().flat_map(|one| &one.entries).map(|one| one.list.clone()).collect();
		for news in self.lists.refresh(&urls, spread).await {
			tell(match news {
				News::Refused { list, doubt, next } => {
					Event::ListRefused { list, reason: doubt.to_string(), next: next.to_string() }
				},
				News::Back { list } => Event::ListBack { list },
			});
		}
		let terms = in_time(chain.oracle_terms(AtBlock::Best)).await?;
		let credentials = credentials(chain, &watched).await?;
		let mut findings = Vec::new();
		for one in watched {
			let finding = self.judge(one, &credentials, terms.as_ref());
			if let Some(reason) = finding.obstacle() {
				let event = Event::NotReported {
					practitioner: finding.watched.practitioner.to_string(),
					credential: finding.watched.which.to_string(),
					reason,
				};
				self.tell_once(&mut told, event, tell);
			}
			findings.push(finding);
		}
		self.told = told;
		Ok((findings, terms))
	}

	/// Tells what was not told in the last round.
	fn tell_once(
		&self,
		told: &mut BTreeSet<String>,
		event: Event,
		tell: &mut (dyn FnMut(Event) + Send),
	) {
		let text = event.to_string();
		if !self.told.contains(&text) {
			tell(event);
		}
		told.insert(text);
	}

	fn judge(
		&self,
		watched: Watched,
		credentials: &BTreeMap<AccountId, Vec<CredentialView>>,
		terms: Option<&OracleTerms>,
	) -> Finding {
		let now = Timestamp::now();
		let said: Vec<_> = watched
			.entries
			.iter()
			.map(|entry| self.lists.said(entry, &watched.issuer, now))
			.collect();
		let verdict = verdict::of(&said);
		let of_practitioner = credentials.get(&watched.practitioner).map(Vec::as_slice);
		let credential = match self.config.issuers.get(&watched.issuer) {
			Some(issuer) => matching::find(&watched, *issuer, of_practitioner).cloned(),
			None => Err(Unmatched::NoCredential),
		};
		let due = match (&verdict, &credential, terms) {
			(Ok(seen), Ok(credential), Some(terms)) => {
				let last = self.sent.get(&credential.id);
				Some(due::of(seen, credential, last, terms, milliseconds(now)))
			},
			_ => None,
		};
		Finding { watched, credential, verdict, due }
	}

	/// Does a round: looks, and reports what is due.
	///
	/// What is not good is reported first, and always. The rest is reported as long as the round
	/// lasts, and otherwise waits for the next one, so that a revocation never waits behind a thousand
	/// renewals.
	///
	/// # Errors
	///
	/// [`ChainError`] where the node does not answer. A report that is refused is told, and does
	/// not stop the others.
	pub async fn round(
		&mut self,
		chain: &Chain,
		signer: &Signer,
		spread: Duration,
		tell: &mut (dyn FnMut(Event) + Send),
	) -> Result<Round, ChainError> {
		let began = Instant::now();
		let (findings, terms) = self.look(chain, spread, tell).await?;
		let mut counts = count(&findings);
		let inactive = inactive(chain, signer, terms.is_some()).await?;
		match (&self.inactive, &inactive) {
			(_, Some(reason)) if self.inactive != inactive => {
				tell(Event::Inactive { reason: reason.clone() });
			},
			(Some(_), None) => tell(Event::Active),
			_ => {},
		}
		self.inactive = inactive;
		let active = self.inactive.is_none();
		let mut due: Vec<_> = findings.iter().filter(|_| active).filter_map(reportable).collect();
		// What is wrong first; then the oldest checks.
		due.sort_by_key(|(_, credential, seen)| {
			(seen.status == ReportedStatus::Good, credential.check.map(|check| check.at))
		});
		for (finding, credential, seen) in due {
			if finding.due == Some(Due::LookAgain) {
				self.lists.look_again(&finding.watched.entries);
				continue;
			}
			let now = milliseconds(Timestamp::now());
			let refused = self.refused.get(&credential.id);
			if refused.is_some_and(|(status, until)| *status == seen.status && now < *until) {
				continue;
			}
			if seen.status == ReportedStatus::Good && began.elapsed() > self.config.interval {
				counts.postponed = counts.postponed.saturating_add(1);
				continue;
			}
			match self.report(chain, signer, finding, credential, seen, tell).await? {
				true => counts.reported = counts.reported.saturating_add(1),
				false => counts.refused = counts.refused.saturating_add(1),
			}
		}
		self.sent.retain(|id, _| findings.iter().any(|one| has(one, *id)));
		self.refused.retain(|id, _| findings.iter().any(|one| has(one, *id)));
		let is_news =
			self.last_round.is_none_or(|(last, since)| last != counts || since.elapsed() > QUIET);
		if is_news {
			tell(Event::Round(counts));
			self.last_round = Some((counts, Instant::now()));
		}
		Ok(Round { findings, counts, active, complete: self.complete })
	}

	/// Sends a report. Says whether the chain took it.
	async fn report(
		&mut self,
		chain: &Chain,
		signer: &Signer,
		finding: &Finding,
		credential: &CredentialView,
		seen: &Seen,
		tell: &mut (dyn FnMut(Event) + Send),
	) -> Result<bool, ChainError> {
		let practitioner = finding.watched.practitioner.clone();
		let salt = match Salt::random() {
			Ok(salt) => salt,
			Err(error) => {
				tell(Event::ReportRefused {
					practitioner: practitioner.to_string(),
					credential: credential.id.0,
					status: word(seen.status),
					reason: format!("no salt for the evidence: {error}"),
					help: None,
				});
				return Ok(false);
			},
		};
		let evidence = evidence::of(&salt, &seen.places);
		let report = StatusReport {
			credential: credential.id,
			status: seen.status,
			evidence,
			checked_at: seen.at,
		};
		let sent = chain.report_status(signer, practitioner.clone(), report, Until::InBlock);
		let (practitioner, credential_id) = (practitioner.to_string(), credential.id.0);
		let status = word(seen.status);
		match in_time(sent).await {
			Ok(taken) => {
				let decided = taken.decided.is_some();
				let before = (credential.check, credential.finding);
				let sent = Sent { status: seen.status, at: seen.at, decided, before };
				self.sent.insert(credential.id, sent);
				self.refused.remove(&credential.id);
				tell(Event::Reported {
					practitioner,
					credential: credential_id,
					status,
					checked_at: shown(seen.at),
					evidence: format!("0x{}", hex::encode(evidence.0)),
					opening: Opening::new(&salt, &seen.places),
					decided,
				});
				Ok(true)
			},
			Err(error @ ChainError::Transport(_)) => Err(error),
			Err(error) => {
				// A pool that takes nothing, or a node that is gone? It may answer something else.
				in_time(chain.block_time(AtBlock::Best)).await?;
				let until = milliseconds(Timestamp::now()).saturating_add(REFUSED_FOR);
				self.refused.insert(credential.id, (seen.status, until));
				tell(Event::ReportRefused {
					practitioner,
					credential: credential_id,
					status,
					reason: error.to_string(),
					help: error.refusal().and_then(refusal::advice),
				});
				Ok(false)
			},
		}
	}
}

/// A finding on which something is to be done.
fn reportable(finding: &Finding) -> Option<(&Finding, &CredentialView, &Seen)> {
	let is_due = matches!(finding.due, Some(Due::Report | Due::LookAgain));
	let credential = finding.credential.as_ref().ok()?;
	let seen = finding.verdict.as_ref().ok()?;
	is_due.then_some((finding, credential, seen))
}

fn has(finding: &Finding, id: CredentialId) -> bool {
	finding.credential.as_ref().is_ok_and(|credential| credential.id == id)
}

fn count(findings: &[Finding]) -> Counts {
	let of = |status| {
		let is = |one: &&Finding| {
			one.credential.is_ok() && one.verdict.as_ref().is_ok_and(|seen| seen.status == status)
		};
		findings.iter().filter(is).count()
	};
	Counts {
		credentials: findings.len(),
		good: of(ReportedStatus::Good),
		suspended: of(ReportedStatus::Suspended),
		revoked: of(ReportedStatus::Revoked),
		doubtful: findings.iter().filter(|one| one.obstacle().is_some()).count(),
		..Counts::default()
	}
}

fn shown(moment: Milliseconds) -> String {
	let moment = i64::try_from(moment.0).ok();
	let moment = moment.and_then(|ms| Timestamp::from_millisecond(ms).ok());
	moment.map(|moment| moment.to_string()).unwrap_or_default()
}
