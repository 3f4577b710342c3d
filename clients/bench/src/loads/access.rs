//! Requests for access to a record, each decided under the one consent of its patient.

use crate::{
	accounts::{account, shares},
	connection::Lane,
	error::BenchError,
	load::{self, Seen, Wanted},
	scene::{Scene, REQUESTER},
	throughput::Throughput,
};
use hdx_primitives::{
	engine::terminology::purpose, AccessRequest, Action, ContextHash, Milliseconds, Role, Target,
};
use hdx_sdk::chain::interface::{self, record_access::events::AccessGranted};

/// What shows that one was granted. One that is denied ends the run.
pub const WANTED: Wanted =
	Wanted { load: "access request", pallet: "RecordAccess", event: "AccessGranted" };
/// How long grants hold: eight hours, a shift.
const SHIFT: Milliseconds = Milliseconds(8 * 60 * 60 * 1_000);

/// Signs so many: of the practitioners in turn, about the patients in turn.
pub async fn requests(scene: &Scene, count: usize) -> Result<Vec<Lane>, BenchError> {
	let practitioners = &scene.cast.practitioners;
	let mut patients = scene.cast.patients.iter().map(account).cycle();
	let mut calls = Vec::with_capacity(practitioners.len());
	for (practitioner, share) in practitioners.iter().zip(shares(count, practitioners.len())) {
		let mut own = Vec::with_capacity(share);
		for patient in patients.by_ref().take(share) {
			let record = scene.records.get(&patient).copied();
			let record = record
				.ok_or_else(|| BenchError::because(WANTED.load, "a patient has no record"))?;
			let request = AccessRequest {
				on_behalf_of: REQUESTER,
				role: Role::Physician,
				patient,
				target: Target::Record(record),
				purpose: purpose::TREAT,
				action: Action::Read,
				labels: Default::default(),
				classes: Default::default(),
				context: ContextHash([4; 32]),
				duration: SHIFT,
			};
			let calls = interface::transactions().record_access();
			own.push(calls.request_access(request.into(), None));
		}
		calls.push((practitioner, own));
	}
	scene.first()?.sign(calls).await
}

/// Sends and counts, and keeps the grants.
pub async fn measure(scene: &mut Scene, lanes: Vec<Lane>) -> Result<Throughput, BenchError> {
	let (records, grants) = (&scene.records, &mut scene.grants);
	let mut visit = |event: &Seen<'_>| -> Result<(), BenchError> {
		if let Some(fields) = event.decode_fields_as::<AccessGranted>() {
			let fields = fields.map_err(BenchError::failed("an event"))?;
			let record = records.get(&fields.patient.0).copied();
			grants.extend(record.map(|record| (fields.grant.0, record)));
		}
		Ok(())
	};
	let blocks = load::run(&scene.connections, WANTED, lanes, &mut visit).await?;
	super::throughput(WANTED, &blocks)
}
