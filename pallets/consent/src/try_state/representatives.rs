//! - Guardians are sorted, each once, not the patient; their threshold can be reached.
//! - Guardians are to be replaced only where there are some.
//! - A proposal is in the list of its patient, was approved by guardians, and is agreed on when as
//!   many as it needs approved; nothing else is in the lists.
//! - Delegates are named once, are not the patient, and have a limited scope.

use crate::{
	types::{GuardianSet, Proposal},
	Config, DelegatesOf, Guardians, GuardiansToBe, NextProposalId, Patients, Proposals,
	ProposalsOf,
};
use alloc::collections::BTreeSet;
use frame_support::{ensure, traits::Get};
use hdx_primitives::{engine::Scope, AccountId};
use sp_runtime::TryRuntimeError;

pub(super) fn check<T: Config>() -> Result<(), TryRuntimeError> {
	for (patient, guardianship) in Guardians::<T>::iter() {
		ensure!(Patients::<T>::contains_key(&patient), "guardians of somebody who is no patient");
		check_set::<T>(&patient, &guardianship.set)?;
	}
	for (patient, pending) in GuardiansToBe::<T>::iter() {
		ensure!(Guardians::<T>::contains_key(&patient), "nobody is there to be replaced");
		if let Some(set) = &pending.set {
			check_set::<T>(&patient, set)?;
		}
	}
	check_proposals::<T>()?;
	check_delegates::<T>()
}

fn check_set<T: Config>(patient: &AccountId, set: &GuardianSet) -> Result<(), TryRuntimeError> {
	let guardians = &set.guardians;
	let count = u32::try_from(guardians.len()).unwrap_or(u32::MAX);
	ensure!(guardians.is_sorted_by(|one, next| one < next), "guardians are out of order");
	ensure!(!guardians.contains(patient), "a patient is their own guardian");
	ensure!(count <= T::MaxGuardians::get(), "there are too many guardians");
	ensure!(0 < set.threshold && set.threshold <= count, "a threshold cannot be reached");
	Ok(())
}

fn check_proposals<T: Config>() -> Result<(), TryRuntimeError> {
	let mut listed = 0usize;
	for (patient, proposals) in ProposalsOf::<T>::iter() {
		ensure!(!proposals.is_empty(), "an empty list of proposals is kept");
		for id in &proposals {
			let proposal = Proposals::<T>::get(id).ok_or("a listed proposal does not exist")?;
			ensure!(proposal.patient == patient, "a proposal is listed for another patient");
		}
		listed = listed.saturating_add(proposals.len());
	}
	let mut count = 0usize;
	for (id, proposal) in Proposals::<T>::iter() {
		ensure!(id.0 < NextProposalId::<T>::get(), "a proposal's number was not given away");
		let of_patient = ProposalsOf::<T>::get(&proposal.patient);
		ensure!(of_patient.contains(&id), "a proposal is not listed for its patient");
		check_proposal::<T>(&proposal)?;
		count = count.saturating_add(1);
	}
	ensure!(count == listed, "a proposal is listed twice");
	Ok(())
}

fn check_proposal<T: Config>(proposal: &Proposal) -> Result<(), TryRuntimeError> {
	let set =
		Guardians::<T>::get(&proposal.patient).ok_or("a proposal outlived its guardians")?.set;
	let approvals = &proposal.approvals;
	ensure!(approvals.is_sorted_by(|one, next| one < next), "approvals are out of order");
	ensure!(!approvals.is_empty(), "nobody approved a proposal");
	ensure!(
		approvals.iter().all(|who| set.guardians.contains(who)),
		"somebody who is no guardian approved"
	);
	let is_enough = u32::try_from(approvals.len()).is_ok_and(|count| count >= set.threshold);
	ensure!(is_enough == proposal.ready_at.is_some(), "approvals and agreement disagree");
	Ok(())
}

fn check_delegates<T: Config>() -> Result<(), TryRuntimeError> {
	for (patient, delegations) in DelegatesOf::<T>::iter() {
		ensure!(Patients::<T>::contains_key(&patient), "delegates of somebody who is no patient");
		ensure!(!delegations.is_empty(), "an empty list of delegates is kept");
		let mut named = BTreeSet::new();
		for delegation in &delegations {
			ensure!(delegation.delegate != patient, "a patient is their own delegate");
			ensure!(named.insert(&delegation.delegate), "a delegate is named twice");
			ensure!(delegation.terms.scope != Scope::default(), "a delegate has no limit");
		}
	}
	Ok(())
}
