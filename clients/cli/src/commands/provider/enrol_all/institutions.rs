//! Registering the organisations of a roster as institutions.

use super::{
	super::block::optional,
	batches::{self, Failure},
	directory::{self, Directory, Progress, Registered},
	lookup,
	summary::Summary,
	Governing, Run,
};
use crate::{error::Error, output::Bar};
use hdx_fhir::institution::InstitutionKind as Stated;
use hdx_primitives::InstitutionId;
use hdx_sdk::chain::{AtBlock, InstitutionKind, Registration, Signer, Until};
use std::future::Future;

/// What a failure is called after.
const RESOURCE: &str = "Organization";

/// An institution that is on the chain, and who signs for it.
#[derive(Clone, Debug)]
pub struct Operated {
	/// Which.
	pub institution: InstitutionId,
	/// Who signs for it.
	pub operator: Signer,
}

/// Where an organisation of the roster stands.
#[derive(Clone, Debug)]
pub enum Place {
	/// It is on the chain, and its key is here.
	Operated(Box<Operated>),
	/// The roster has it as not active.
	Inactive,
	/// It could not be registered.
	Failed,
}

/// An organisation that is to be registered.
#[derive(Clone)]
struct Pending {
	index: usize,
	id: String,
	operator: Signer,
	kind: InstitutionKind,
	profile: [u8; 32],
}

/// Registers those that are not; says where each stands, in their order.
pub async fn register(
	run: &Run<'_>,
	governing: &Governing,
	directory: &Directory,
	progress: &mut Progress,
	summary: &mut Summary,
) -> Result<Vec<Place>, Error> {
	let organizations = &run.roster.organizations;
	let bar = run.output.bar("institutions", organizations.len());
	let mut places = vec![Place::Failed; organizations.len()];
	let mut prepared = Vec::new();
	for (index, organization) in organizations.iter().enumerate() {
		let candidate = &organization.candidate;
		if !candidate.active {
			summary.institutions.inactive = summary.institutions.inactive.saturating_add(1);
			put(&mut places, index, Place::Inactive);
			continue;
		}
		let Some(kind) = organization.kind.or_provider(governing.provider) else {
			summary.fail(RESOURCE, candidate.entry, &candidate.id, unclear());
			continue;
		};
		let ready = directory.institution(candidate)?;
		prepared.push(Pending {
			index,
			id: candidate.id.clone(),
			operator: ready.operator,
			kind: on_chain(kind),
			profile: ready.profile,
		});
	}
	let mut pending = Vec::new();
	let found = lookup::all(prepared.iter().map(|one| operated(run, &one.operator)));
	for (found, one) in found.await?.into_iter().zip(prepared) {
		match found {
			Some(operated) => {
				summary.institutions.already = summary.institutions.already.saturating_add(1);
				note(progress, &one.id, &operated);
				put(&mut places, one.index, Place::Operated(Box::new(operated)));
			},
			None => {
				if progress.institutions.remove(&one.id).is_some() {
					summary.forgotten = summary.forgotten.saturating_add(1);
				}
				pending.push(one);
			},
		}
	}
	directory.save(progress)?;
	bar.advance(organizations.len().saturating_sub(pending.len()));
	let refused = send(run, governing, pending, &bar, |registered| {
		for (pending, institution) in registered {
			let operated = Operated { institution, operator: pending.operator };
			summary.institutions.new = summary.institutions.new.saturating_add(1);
			note(progress, &pending.id, &operated);
			put(&mut places, pending.index, Place::Operated(Box::new(operated)));
		}
		directory.save(progress)
	})
	.await?;
	for (pending, failure) in refused {
		// A run that was stopped may have registered it.
		match operated(run, &pending.operator).await? {
			Some(operated) => {
				summary.institutions.already = summary.institutions.already.saturating_add(1);
				note(progress, &pending.id, &operated);
				put(&mut places, pending.index, Place::Operated(Box::new(operated)));
			},
			None => {
				let entry = organizations.get(pending.index).map(|one| one.candidate.entry);
				summary.fail(RESOURCE, entry.unwrap_or_default(), &pending.id, failure);
			},
		}
	}
	directory.save(progress)?;
	Ok(places)
}

/// Sends what is pending; gives back what was not done.
async fn send(
	run: &Run<'_>,
	governing: &Governing,
	pending: Vec<Pending>,
	bar: &Bar,
	mut done: impl FnMut(Vec<(Pending, InstitutionId)>) -> Result<(), Error>,
) -> Result<Vec<(Pending, Failure)>, Error> {
	let mut refused = Vec::new();
	let submit = |batch: Vec<Pending>| async move {
		let registrations = batch.into_iter().map(|one| Registration {
			operator: one.operator.account(),
			kind: one.kind,
			profile: one.profile,
		});
		let registrations = registrations.collect();
		run.chain.register_institutions(&governing.signer, registrations, Until::Finalized).await
	};
	batches::send(pending, run.patience, submit, |landed| {
		bar.advance(landed.len());
		let mut registered = Vec::new();
		for (pending, outcome) in landed {
			match outcome {
				Ok(institution) => registered.push((pending, institution)),
				Err(failure) => refused.push((pending, failure)),
			}
		}
		done(registered)
	})
	.await?;
	Ok(refused)
}

/// How many would be registered, and how many are, without doing anything.
pub async fn look(
	run: &Run<'_>,
	governing: &Governing,
	summary: &mut Summary,
) -> Result<(), Error> {
	for organization in &run.roster.organizations {
		let candidate = &organization.candidate;
		let tally = &mut summary.institutions;
		if !candidate.active {
			tally.inactive = tally.inactive.saturating_add(1);
		} else if organization.kind.or_provider(governing.provider).is_none() {
			summary.fail(RESOURCE, candidate.entry, &candidate.id, unclear());
		} else {
			let is_there = match directory::operator_of(run.root, candidate)? {
				Some(operator) => {
					optional(run.chain.operated_at(&operator, AtBlock::Finalized).await)?.is_some()
				},
				None => false,
			};
			let count = if is_there { &mut tally.already } else { &mut tally.new };
			*count = count.saturating_add(1);
		}
	}
	Ok(())
}

/// What an operator operates, finally.
fn operated(
	run: &Run<'_>,
	operator: &Signer,
) -> impl Future<Output = Result<Option<Operated>, Error>> + Send + 'static {
	let (chain, operator) = (run.chain.clone(), operator.clone());
	async move {
		let found = chain.operated_at(&operator.account(), AtBlock::Finalized).await;
		Ok(optional(found)?.map(|institution| Operated { institution, operator }))
	}
}

fn note(progress: &mut Progress, id: &str, operated: &Operated) {
	let registered = Registered {
		operator: operated.operator.account().to_string(),
		institution: operated.institution.0,
	};
	progress.institutions.insert(id.to_owned(), registered);
}

fn put(places: &mut [Place], index: usize, place: Place) {
	if let Some(slot) = places.get_mut(index) {
		*slot = place;
	}
}

fn unclear() -> Failure {
	Failure::new("its type is none that the registry knows, or more than one")
}

fn on_chain(kind: Stated) -> InstitutionKind {
	match kind {
		Stated::Hospital => InstitutionKind::Hospital,
		Stated::Clinic => InstitutionKind::Clinic,
		Stated::Laboratory => InstitutionKind::Laboratory,
		Stated::Pharmacy => InstitutionKind::Pharmacy,
		Stated::Insurer => InstitutionKind::Insurer,
		Stated::Research => InstitutionKind::Research,
		Stated::EthicsBoard => InstitutionKind::EthicsBoard,
		Stated::Authority => InstitutionKind::Authority,
	}
}
