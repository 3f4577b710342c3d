//! Two hospitals, patients with consents and records, practitioners: what must be there before anything is measured.

use crate::{
	accounts::{account, pair, pairs},
	connection::{Connection, Lane},
	error::BenchError,
	load::{self, Seen, Wanted},
	network::Network,
	options::Plan,
	policy,
};
use hdx_primitives::{
	AccountId, Code, Commitment, GrantId, InstitutionId, Milliseconds, Period, RecordId, Role,
	TemplateId,
};
use hdx_sdk::chain::{
	interface::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec,
			pallet_provider_registry::types::practitioner::RoleAssignment,
		},
	},
	Chain, CredentialKind, Signer, Until,
};
use std::collections::BTreeMap;
use subxt_signer::sr25519::Keypair;

/// Keeps the records. Operated by Alice.
pub const CUSTODIAN: InstitutionId = InstitutionId(0);
/// Asks for access. Operated by Bob.
pub const REQUESTER: InstitutionId = InstitutionId(1);
/// Milliseconds of a day: how long consents and licences hold.
pub const DAY: u64 = 24 * 60 * 60 * 1_000;
/// Units of a bucket, and units a second, so large that no load comes near: what is measured is the chain.
const WIDE: (u32, u32) = (1_000_000_000, 100_000_000);
/// NUCC taxonomy code of internal medicine physicians.
const INTERNAL_MEDICINE: &str = "http://nucc.org/provider-taxonomy|207R00000X";

/// The keys of everybody who signs. Known before the chain is: some have a balance from the beginning.
pub struct Cast {
	/// Operates [`CUSTODIAN`].
	pub custodian: Keypair,
	/// Operates [`REQUESTER`].
	pub requester: Keypair,
	/// Patients with one consent and one record each.
	pub patients: Vec<Keypair>,
	/// Patients whose consents are counted.
	pub givers: Vec<Keypair>,
	/// Patients with one record each, and no consent that anybody sees.
	pub hidden: Vec<Keypair>,
	/// Who asks.
	pub practitioners: Vec<Keypair>,
}

/// A chain on which everything is prepared.
pub struct Scene {
	/// Its chain, for what is done once.
	pub chain: Chain,
	/// Connections over which loads are sent.
	pub connections: Vec<Connection>,
	/// Who signs.
	pub cast: Cast,
	/// The consent document.
	pub template: TemplateId,
	/// The record of each patient.
	pub records: BTreeMap<AccountId, RecordId>,
	/// Grants that were issued, with the record of each.
	pub grants: Vec<(GrantId, RecordId)>,
	// Its nodes run as long as the scene is there.
	network: Network,
}

impl Cast {
	/// Makes all keys.
	pub fn new(plan: &Plan) -> Result<Self, BenchError> {
		Ok(Self {
			custodian: pair("//Alice")?,
			requester: pair("//Bob")?,
			patients: pairs("patient", plan.patients)?,
			givers: pairs("giver", plan.givers())?,
			hidden: pairs("hidden", plan.hidden)?,
			practitioners: pairs("practitioner", plan.practitioners)?,
		})
	}

	/// Whose accounts have something to transfer.
	pub fn rich(&self) -> Vec<AccountId> {
		self.patients.iter().map(account).collect()
	}
}

impl Scene {
	/// Prepares a chain that has just begun.
	pub async fn prepare(network: Network, cast: Cast) -> Result<Self, BenchError> {
		let connections = network.connections().await?;
		let chain = Chain::connect(&network.url()).await?;
		chain.now().await?;
		let governance = Signer::read("//Ferdie")?;
		let (capacity, refill) = WIDE;
		for institution in [CUSTODIAN, REQUESTER] {
			chain.set_quota(&governance, institution, capacity, refill, Until::Finalized).await?;
		}
		let template = chain.templates().await?.first().map(|template| template.id);
		let template =
			template.ok_or_else(|| BenchError::because("the chain", "it has no template"))?;
		let (records, grants) = (BTreeMap::new(), Vec::new());
		let mut scene = Self { chain, connections, cast, template, records, grants, network };
		scene.sponsor().await?;
		scene.enrol().await?;
		scene.register().await?;
		scene.consent().await?;
		Ok(scene)
	}

	/// What the chain's nodes have logged.
	pub fn logs(&self) -> Vec<String> {
		self.network.logs()
	}

	/// Where its first node listens.
	pub fn url(&self) -> String {
		self.network.url()
	}

	/// The connection that is asked.
	pub fn first(&self) -> Result<&Connection, BenchError> {
		let first = self.connections.first();
		first.ok_or_else(|| BenchError::because("the chain", "there is no connection to it"))
	}

	/// The end of what holds for a day.
	pub async fn tomorrow(&self) -> Result<Milliseconds, BenchError> {
		Ok(Milliseconds(self.chain.now().await?.0.saturating_add(DAY)))
	}

	/// Sends what prepares, and waits until it is final.
	pub async fn does(&self, wanted: Wanted, lanes: Vec<Lane>) -> Result<(), BenchError> {
		load::run(&self.connections, wanted, lanes, &mut load::ignore).await.map(drop)
	}

	async fn sponsor(&self) -> Result<(), BenchError> {
		let all = self.cast.patients.iter().chain(&self.cast.givers).chain(&self.cast.hidden);
		let calls = all
			.map(account)
			.map(|patient| interface::transactions().consent().sponsor_patient(patient.into()))
			.collect::<Vec<_>>();
		let lanes = self.first()?.sign(vec![(&self.cast.custodian, calls)]).await?;
		let wanted = Wanted { load: "sponsoring", pallet: "Consent", event: "PatientSponsored" };
		self.does(wanted, lanes).await
	}

	async fn enrol(&self) -> Result<(), BenchError> {
		let valid = Period { start: None, end: Some(self.tomorrow().await?) };
		let calls = (0u64..).zip(&self.cast.practitioners).map(|(number, practitioner)| {
			let mut credential = [1; 32];
			credential.iter_mut().zip(number.to_le_bytes()).for_each(|(to, from)| *to = from);
			let role = RoleAssignment {
				role: Role::Physician.into(),
				taxonomy: Code::of_token(INTERNAL_MEDICINE).into(),
			};
			interface::transactions().provider_registry().enrol_practitioner(
				account(practitioner).into(),
				BoundedVec(vec![role]),
				CredentialKind::Licence,
				Commitment(credential).into(),
				valid.into(),
				[2; 32],
			)
		});
		let calls = calls.collect::<Vec<_>>();
		let lanes = self.first()?.sign(vec![(&self.cast.requester, calls)]).await?;
		let wanted =
			Wanted { load: "enrolling", pallet: "ProviderRegistry", event: "PractitionerEnrolled" };
		self.does(wanted, lanes).await
	}

	async fn register(&mut self) -> Result<(), BenchError> {
		let kept = self.cast.patients.iter().chain(&self.cast.hidden);
		let calls = (0u64..).zip(kept).map(|(number, patient)| {
			let mut manifest = [3; 32];
			manifest.iter_mut().zip(number.to_le_bytes()).for_each(|(to, from)| *to = from);
			interface::transactions().record_access().register_record(
				account(patient).into(),
				Commitment(manifest).into(),
				10,
				0,
			)
		});
		let calls = calls.collect::<Vec<_>>();
		let lanes = self.first()?.sign(vec![(&self.cast.custodian, calls)]).await?;
		let wanted =
			Wanted { load: "registering", pallet: "RecordAccess", event: "RecordRegistered" };
		let records = &mut self.records;
		let mut visit = |event: &Seen<'_>| -> Result<(), BenchError> {
			let fields =
				event.decode_fields_as::<interface::record_access::events::RecordRegistered>();
			if let Some(fields) = fields {
				let fields = fields.map_err(BenchError::failed("an event"))?;
				records.insert(fields.patient.0, fields.record.0);
			}
			Ok(())
		};
		load::run(&self.connections, wanted, lanes, &mut visit).await.map(drop)
	}

	async fn consent(&self) -> Result<(), BenchError> {
		let policy = policy::usual(REQUESTER, self.tomorrow().await?)?;
		let (document, terms) = policy::signed(self.template);
		let grant = || {
			let calls = interface::transactions().consent();
			calls.grant(policy.clone().into(), document.into(), terms.into())
		};
		let calls = self.cast.patients.iter().map(|patient| (patient, vec![grant()])).collect();
		let lanes = self.first()?.sign(calls).await?;
		let wanted = Wanted { load: "consenting", pallet: "Consent", event: "ConsentGranted" };
		self.does(wanted, lanes).await
	}
}
