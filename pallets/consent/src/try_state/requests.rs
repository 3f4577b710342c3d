//! - A request that waits is in the list of its patient and in that of its requester, and nothing
//!   else is in them.
//! - No list is empty, and each patient is registered.
//! - The numbers are below the next one.

use crate::{Config, NextRequestId, Patients, Requests, RequestsBy, RequestsOf};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

pub(super) fn check<T: Config>() -> Result<(), TryRuntimeError> {
	let (mut to_patients, mut by_requesters) = (0usize, 0usize);
	for (patient, requests) in RequestsOf::<T>::iter() {
		ensure!(!requests.is_empty(), "an empty list of requests is kept");
		for id in &requests {
			let request = Requests::<T>::get(id).ok_or("a listed request does not exist")?;
			ensure!(request.patient == patient, "a request waits for another patient");
		}
		to_patients = to_patients.saturating_add(requests.len());
	}
	for (requester, requests) in RequestsBy::<T>::iter() {
		ensure!(!requests.is_empty(), "an empty list of requests is kept");
		for id in &requests {
			let request = Requests::<T>::get(id).ok_or("a listed request does not exist")?;
			ensure!(request.requester == requester, "a request is listed for another requester");
		}
		by_requesters = by_requesters.saturating_add(requests.len());
	}
	let mut count = 0usize;
	for (id, request) in Requests::<T>::iter() {
		ensure!(id.0 < NextRequestId::<T>::get(), "a request's number was not given away");
		ensure!(Patients::<T>::contains_key(&request.patient), "a request to no patient");
		ensure!(request.made_at < request.expires_at, "a request was born dead");
		let to_patient = RequestsOf::<T>::get(&request.patient);
		ensure!(to_patient.contains(&id), "a request is not listed for its patient");
		let by_requester = RequestsBy::<T>::get(&request.requester);
		ensure!(by_requester.contains(&id), "a request is not listed for its requester");
		count = count.saturating_add(1);
	}
	ensure!(count == to_patients && count == by_requesters, "a request is listed twice");
	Ok(())
}
