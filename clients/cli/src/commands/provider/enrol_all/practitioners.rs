//! Enrolling the practitioners of a roster.

use super::{
	super::block::optional,
	batches::{self, Failure, Landed},
	directory::{self, Directory, Enrolled, Progress, ReadyPractitioner},
	institutions::{Operated, Place},
	lookup,
	roster::Practitioner,
	summary::Summary,
	Attested, Run,
};
use crate::error::Error;
use hdx_fhir::roster::Workplace;
use hdx_primitives::{AccountId, CredentialId, InstitutionId};
use hdx_sdk::chain::{AtBlock, Chain, Enrolment, Until};
use std::{collections::BTreeMap, future::Future, sync::Arc, time::Duration};
use tokio::{
	sync::{mpsc, Semaphore},
	task::JoinSet,
};

/// What a failure is called after.
const RESOURCE: &str = "Practitioner";
/// How many operators' transactions are under way at once.
const AT_ONCE: usize = 64;

/// A practitioner who is to be enrolled.
#[derive(Clone)]
struct Pending {
	id: String,
	entry: usize,
	ready: ReadyPractitioner,
}

/// The practitioners whom one operator enrols.
struct Group {
	by: Operated,
	pending: Vec<Pending>,
}

/// Who enrols a practitioner.
enum By<'a> {
	/// The operator of the institution at their address.
	Workplace(&'a Operated),
	/// Whoever signs for all others.
	Signer,
	/// Nobody: their institution could not be registered.
	Nobody,
}

fn by<'a>(practitioner: &Practitioner, places: &'a [Place]) -> By<'a> {
	let Workplace::One(index) = &practitioner.workplace else { return By::Signer };
	match places.get(*index) {
		Some(Place::Operated(operated)) => By::Workplace(operated),
		Some(Place::Failed) => By::Nobody,
		Some(Place::Inactive) | None => By::Signer,
	}
}

/// Enrols those who are not.
pub async fn enrol(
	run: &Run<'_>,
	attested: &Attested,
	places: &[Place],
	directory: &Directory,
	progress: &mut Progress,
	summary: &mut Summary,
) -> Result<(), Error> {
	let practitioners = &run.roster.practitioners;
	let bar = run.output.bar("practitioners", practitioners.len());
	let mut prepared = Vec::new();
	let mut own = None;
	for practitioner in practitioners {
		let candidate = &practitioner.candidate;
		if !candidate.active {
			summary.practitioners.inactive = summary.practitioners.inactive.saturating_add(1);
			bar.advance(1);
			continue;
		}
		let operated = match by(practitioner, places) {
			By::Workplace(operated) => operated.clone(),
			By::Signer => {
				summary.by_signer = summary.by_signer.saturating_add(1);
				let institution = match own {
					Some(institution) => institution,
					None => run.chain.operated_by(&run.signer.account()).await?,
				};
				own = Some(institution);
				Operated { institution, operator: run.signer.clone() }
			},
			By::Nobody => {
				let failure = Failure::new("the institution at their address is not registered");
				summary.fail(RESOURCE, candidate.entry, &candidate.id, failure);
				bar.advance(1);
				continue;
			},
		};
		let ready = directory.practitioner(candidate)?;
		let pending = Pending { id: candidate.id.clone(), entry: candidate.entry, ready };
		prepared.push((pending, operated));
	}
	let mut groups: BTreeMap<InstitutionId, Group> = BTreeMap::new();
	let found = lookup::all(prepared.iter().map(|(one, _)| enrolled_by(run, &one.ready.account)));
	for (found, (pending, by)) in found.await?.into_iter().zip(prepared) {
		let was_noted = progress.practitioners.remove(&pending.id).is_some();
		if is_settled(found, &pending, by.institution, progress, summary) {
			bar.advance(1);
			continue;
		}
		if was_noted {
			summary.forgotten = summary.forgotten.saturating_add(1);
		}
		let group = groups.entry(by.institution);
		group.or_insert(Group { by, pending: Vec::new() }).pending.push(pending);
	}
	directory.save(progress)?;

	let mut refused = Vec::new();
	let (sender, mut receiver) = mpsc::unbounded_channel();
	let mut tasks = start(run, attested, groups, &sender);
	drop(sender);
	while let Some((institution, landed)) = receiver.recv().await {
		bar.advance(landed.len());
		for (pending, outcome) in landed {
			match outcome {
				Ok(_) => {
					summary.practitioners.new = summary.practitioners.new.saturating_add(1);
					note(progress, &pending, institution);
				},
				Err(failure) => refused.push((pending, institution, failure)),
			}
		}
		directory.save(progress)?;
	}
	while let Some(ended) = tasks.join_next().await {
		ended.map_err(|error| Error::System(std::io::Error::other(error)))??;
	}
	for (pending, institution, failure) in refused {
		// A run that was stopped may have enrolled them.
		let found = enrolled_by(run, &pending.ready.account).await?;
		if !is_settled(found, &pending, institution, progress, summary) {
			summary.fail(RESOURCE, pending.entry, &pending.id, failure);
		}
	}
	directory.save(progress)
}

type Batch = (InstitutionId, Vec<Landed<Pending, CredentialId>>);

/// Sends what is pending: one transaction at a time for each operator, several operators at once.
fn start(
	run: &Run<'_>,
	attested: &Attested,
	groups: BTreeMap<InstitutionId, Group>,
	sender: &mpsc::UnboundedSender<Batch>,
) -> JoinSet<Result<(), Error>> {
	let turns = Arc::new(Semaphore::new(AT_ONCE));
	let mut tasks = JoinSet::new();
	for group in groups.into_values() {
		let (chain, attested, patience) = (run.chain.clone(), attested.clone(), run.patience);
		let (sender, turns) = (sender.clone(), Arc::clone(&turns));
		tasks.spawn(async move {
			// Never closed.
			let _turn = turns.acquire().await;
			send(chain, attested, patience, group, sender).await
		});
	}
	tasks
}

async fn send(
	chain: Chain,
	attested: Attested,
	patience: Duration,
	group: Group,
	sender: mpsc::UnboundedSender<Batch>,
) -> Result<(), Error> {
	let Group { by, pending } = group;
	let submit = |batch: Vec<Pending>| {
		let enrolments = batch.into_iter().map(|one| attested.enrolment(&one.ready)).collect();
		chain.enrol_practitioners(&by.operator, enrolments, Until::Finalized)
	};
	batches::send(pending, patience, submit, |landed| {
		// Nobody notes it any more where the run has failed; the chain knows.
		drop(sender.send((by.institution, landed)));
		Ok(())
	})
	.await
}

/// Whether the chain has an answer for somebody already: they are enrolled by this institution, or
/// by another, which is a failure.
fn is_settled(
	found: Option<InstitutionId>,
	pending: &Pending,
	institution: InstitutionId,
	progress: &mut Progress,
	summary: &mut Summary,
) -> bool {
	let Some(found) = found else { return false };
	if found == institution {
		summary.practitioners.already = summary.practitioners.already.saturating_add(1);
		note(progress, pending, institution);
	} else {
		summary.fail(RESOURCE, pending.entry, &pending.id, elsewhere(found, institution));
	}
	true
}

/// Which institution enrolled an account, finally.
fn enrolled_by(
	run: &Run<'_>,
	account: &AccountId,
) -> impl Future<Output = Result<Option<InstitutionId>, Error>> + Send + 'static {
	let (chain, account) = (run.chain.clone(), account.clone());
	async move {
		let found = chain.practitioner_at(&account, AtBlock::Finalized).await;
		Ok(optional(found)?.map(|found| found.enrolled_by))
	}
}

fn elsewhere(found: InstitutionId, expected: InstitutionId) -> Failure {
	Failure::new(format!("institution {} enrolled them, not institution {}", found.0, expected.0))
}

fn note(progress: &mut Progress, pending: &Pending, institution: InstitutionId) {
	let account = pending.ready.account.to_string();
	let enrolled = Enrolled { account, institution: institution.0 };
	progress.practitioners.insert(pending.id.clone(), enrolled);
}

impl Attested {
	fn enrolment(&self, ready: &ReadyPractitioner) -> Enrolment {
		Enrolment {
			practitioner: ready.account.clone(),
			roles: self.roles.clone(),
			kind: self.kind,
			credential: ready.commitment,
			valid: self.valid,
			key_agreement: ready.key_agreement,
		}
	}
}

/// How many would be enrolled, and how many are, without doing anything.
pub async fn look(run: &Run<'_>, summary: &mut Summary) -> Result<(), Error> {
	let mut known = Vec::new();
	for Practitioner { candidate, workplace } in &run.roster.practitioners {
		if !candidate.active {
			summary.practitioners.inactive = summary.practitioners.inactive.saturating_add(1);
			continue;
		}
		if !matches!(workplace, Workplace::One(_)) {
			summary.by_signer = summary.by_signer.saturating_add(1);
		}
		match directory::account_of(run.root, candidate)? {
			Some(account) => known.push(account),
			None => summary.practitioners.new = summary.practitioners.new.saturating_add(1),
		}
	}
	let found = lookup::all(known.iter().map(|account| enrolled_by(run, account))).await?;
	for found in found {
		let tally = &mut summary.practitioners;
		let count = if found.is_some() { &mut tally.already } else { &mut tally.new };
		*count = count.saturating_add(1);
	}
	if summary.by_signer > 0 {
		run.chain.operated_by(&run.signer.account()).await?;
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::{super::roster::Candidate, *};
	use hdx_sdk::chain::Signer;

	fn practitioner(workplace: Workplace) -> Practitioner {
		let candidate =
			Candidate { id: "aa".to_owned(), entry: 0, active: true, document: Vec::new() };
		Practitioner { candidate, workplace }
	}

	#[test]
	fn the_institution_at_the_address_enrols_where_it_is_known_and_the_signer_everybody_else() {
		let operator = Signer::read("//Alice").unwrap();
		let operated = Operated { institution: InstitutionId(7), operator };
		let places = [Place::Operated(Box::new(operated)), Place::Inactive, Place::Failed];
		let who = |workplace| by(&practitioner(workplace), &places);
		let seven = InstitutionId(7);
		assert!(matches!(who(Workplace::One(0)), By::Workplace(by) if by.institution == seven));
		assert!(matches!(who(Workplace::One(1)), By::Signer));
		assert!(matches!(who(Workplace::One(2)), By::Nobody));
		assert!(matches!(who(Workplace::Unknown), By::Signer));
		assert!(matches!(who(Workplace::Several(vec![0, 1])), By::Signer));
	}
}
