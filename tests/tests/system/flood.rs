//! One institution sends fifty times what its bucket gives, in every form in which calls can be sent, for as long as
//! others are measured: it hardly takes them longer, and what must go through does. `scripts/faults.sh flood` runs it.

use crate::faults::nothing_is_lost;
use hdx_primitives::{AccountId, ConsentId, InstitutionId};
use hdx_sdk::chain::{
	interface::{self, runtime_types::pallet_quota::bucket::Limits},
	AccessAnswer, Chain, Signer, Until,
};
use hdx_tests::{
	chains,
	flood::{self, Flood, Flooded, Form},
	latency::{self, Percentiles, Times},
	load::{self, Load},
	people::{account, pair, practitioner, signer, sponsor, treatment_of, Physician, Trusted},
	report,
	validators::{more_blocks, Validators},
	wait,
};
use serde_json::json;
use std::{
	collections::BTreeMap,
	time::{Duration, Instant},
};
use subxt::{OnlineClient, PolkadotConfig};
use subxt_signer::sr25519::Keypair;

/// How many times what the bucket holds, and what comes back to it in any time, is sent at least.
const TIMES: u64 = 50;
/// How many times that is sent: a sender that is held up for some time still sends enough.
const TRIED: u64 = 60;
/// Accounts that flood.
const ENGINES: usize = 2 * Form::CONNECTIONS;
/// How many patients of the other hospital give consents and take them back all the while, at all nodes.
const LOAD: usize = 4;
/// How many patients are measured at a node. A practitioner is, too.
const PATIENTS: usize = 5;
/// How many transactions of each of them are measured before the flood, and how many in it.
const SAMPLES: u64 = 7;
/// How far they are apart: one a second at each node.
const APART: Duration = Duration::from_secs(6);
/// At which nodes: the one that is flooded, and another one.
const MEASURED: [usize; 2] = [0, 1];
/// How much longer half of the others may wait, and 95 of 100.
const SLOWER: u32 = 2;
/// What the 95 may wait longer in any case: one of few samples that misses the next block is no flood's doing.
const A_SLOT: Duration = Duration::from_secs(2);
/// How often consents are revoked and glasses broken in the flood, at both hospitals.
const ROUNDS: usize = 3;
/// How long these may take until they are final: several times what they take on a machine that does nothing else.
const PROTECTED_LIMIT: Duration = Duration::from_secs(30);
/// How long until the flooded hospital's ordinary calls go through again. Its bucket is full after twenty seconds.
const AGAIN_LIMIT: Duration = Duration::from_secs(120);

/// A hospital, and who needs it while there is a flood.
struct Hospital {
	institution: InstitutionId,
	operator: Signer,
	physician: Physician,
	patient: Signer,
	/// What the patient revokes, a round each.
	consents: Vec<ConsentId>,
	/// Patients who cannot consent, one for each round.
	unconscious: Vec<AccountId>,
}

/// Who is measured at one node: people of the second hospital.
struct Measured {
	patients: Vec<Keypair>,
	practitioner: Keypair,
}

impl Hospital {
	/// The hospital that this key operates, with these patients beside its own.
	async fn new(chain: &Chain, trusted: &Trusted, operator: &str, others: &[AccountId]) -> Self {
		let patient = signer(&format!("{operator}//patient"));
		let unconscious = (0..ROUNDS).map(|round| format!("{operator}//unconscious//{round}"));
		let unconscious: Vec<_> = unconscious.map(|path| signer(&path).account()).collect();
		let patients = [&[patient.account()][..], &unconscious[..], others].concat();
		sponsor(chain.url(), &pair(operator), &patients).await;
		let name = format!("{operator}//physician");
		let operator = signer(operator);
		let physician = trusted.physician(chain, &operator, &name).await;
		let institution = physician.institution;
		let mut consents = Vec::new();
		for _ in 0..ROUNDS {
			let content = load::content(chain, institution).await.unwrap();
			let given = chain.grant_consent(&patient, content, Until::Finalized).await;
			consents.push(given.unwrap());
		}
		Self { institution, operator, physician, patient, consents, unconscious }
	}

	/// A patient revokes a consent, and a physician breaks the glass: how long each takes until it is final.
	async fn needs(&self, chain: &Chain, round: usize) -> [Duration; 2] {
		let since = Instant::now();
		let consent = self.consents[round];
		chain.revoke_consent(&self.patient, consent, Until::Finalized).await.unwrap();
		let revoked = since.elapsed();
		let since = Instant::now();
		let patient = self.unconscious[round].clone();
		let answer = self.physician.breaks_the_glass(chain, patient).await.unwrap();
		assert!(matches!(answer, AccessAnswer::Granted { .. }), "{answer:?}");
		[revoked, since.elapsed()]
	}

	/// What is ordinary goes through: of a patient, and of the operator.
	async fn is_served(&self, chain: &Chain) {
		wait::for_it("a consent of the flooded hospital", AGAIN_LIMIT, || async {
			let content = load::content(chain, self.institution).await.ok()?;
			chain.grant_consent(&self.patient, content, Until::Finalized).await.ok()
		})
		.await;
		wait::for_it("a patient of the flooded hospital", AGAIN_LIMIT, || async {
			let patient = signer("//after the flood").account();
			// An earlier attempt may be in a block although nobody was told.
			let is_there = chain.is_patient(&patient).await.ok()?;
			let sponsored = chain.sponsor_patient(&self.operator, patient, Until::Finalized).await;
			(is_there || sponsored.is_ok()).then_some(())
		})
		.await;
	}
}

impl Measured {
	fn at(node: usize) -> Self {
		let patient = |number| pair(&format!("//Bob//measured//{node}//{number}"));
		let patients = (0..PATIENTS).map(patient).collect();
		Self { patients, practitioner: pair(&Self::practitioner_at(node)) }
	}

	fn practitioner_at(node: usize) -> String {
		format!("//Bob//measured//{node}//practitioner")
	}

	/// Consents of the patients, and requests for access to what is there of one of them.
	async fn sign(&self, chain: &Chain, institution: InstitutionId) -> Vec<latency::Lane> {
		let client = OnlineClient::<PolkadotConfig>::from_insecure_url(chain.url()).await.unwrap();
		let mut lanes = Vec::new();
		for patient in &self.patients {
			let content = load::content(chain, institution).await.unwrap();
			let grant = interface::transactions().consent().grant(
				content.policy.into(),
				content.document.into(),
				content.terms.into(),
			);
			lanes.push(latency::sign(&client, patient, &grant, SAMPLES).await);
		}
		let request = treatment_of(institution, account(&self.patients[0]));
		let ask = interface::transactions().record_access().request_access(request.into(), None);
		lanes.push(latency::sign(&client, &self.practitioner, &ask, SAMPLES).await);
		lanes
	}
}

/// How long it takes the people of the second hospital, at each of the two nodes.
async fn measure(
	chains: &[Chain; 2],
	people: &[Measured; 2],
	of: InstitutionId,
) -> [Vec<Times>; 2] {
	let [first, second] = chains;
	let lanes = [people[0].sign(first, of).await, people[1].sign(second, of).await];
	let [at_first, at_second] = lanes;
	tokio::join!(
		latency::measure(first.url(), at_first, APART),
		latency::measure(second.url(), at_second, APART),
	)
	.into()
}

/// What must go through, at the flooded hospital and at the other one, now and then.
async fn protected(chains: &[Chain; 2], hospitals: &[Hospital; 2]) -> Vec<[[Duration; 2]; 2]> {
	let rpc = hdx_tests::rpc::Rpc::connect(chains[1].url()).await;
	let mut all = Vec::new();
	for round in 0..ROUNDS {
		// First of all, the bucket is spent by then.
		more_blocks(&rpc, 5).await;
		let both = tokio::join!(
			hospitals[0].needs(&chains[0], round),
			hospitals[1].needs(&chains[1], round),
		);
		all.push(both.into());
	}
	all
}

/// The limits of every bucket of this chain.
async fn limits(chain: &Chain) -> Limits {
	let client = OnlineClient::<PolkadotConfig>::from_insecure_url(chain.url()).await.unwrap();
	let at = client.at_current_block().await.unwrap();
	at.constants().entry(interface::constants().quota().default_limits()).unwrap()
}

/// Says what was sent, and checks that it was a flood, and that nothing was refused without a reason.
fn check_flood(flooded: &Flooded, limits: &Limits) {
	let (seconds, all) = (flooded.lasted.as_secs_f64(), flooded.units());
	let rate = all as f64 / seconds;
	report::measured(format!("the flood: {all} units in {seconds:.0} s, {rate:.0} a second"));
	for (form, sent) in &flooded.forms {
		let of =
			format!("{} sent, {} units, {} taken by the pool", sent.sent, sent.units, sent.taken);
		report::measured(format!("{form:?}: {of}; refused: {:?}", sent.refused));
	}
	assert!(all >= TIMES * u64::from(limits.capacity), "{all} units are no flood");
	assert!(rate >= (TIMES * u64::from(limits.refill)) as f64, "{rate} a second are no flood");
	for (form, sent) in &flooded.forms {
		let parts = Form::ALL.len() as u64 + 1;
		assert!(sent.units * parts >= all, "{form:?} is too small a part of the flood");
		let refused: u64 = sent.refused.values().sum();
		assert_eq!(sent.taken + refused, sent.sent, "each has one answer");
		assert!(sent.refused.keys().all(|reason| !reason.trim().is_empty()), "{form:?}");
		let spent = sent.refused.keys().any(|reason| reason.ends_with("Custom error: 33"));
		assert!(spent, "the pool never said that the bucket is spent: {form:?}");
	}
}

/// Says how long ordinary transactions took before the flood and in it, and checks that it is not much longer.
fn check_latency(before: &[Vec<Times>; 2], during: &[Vec<Times>; 2]) {
	type Part = (&'static str, fn(&Times) -> Duration);
	const PARTS: [Part; 2] =
		[("in a block", |one| one.in_block), ("finalized", |one| one.finalized)];
	let mut slower = Vec::new();
	for (place, node) in MEASURED.into_iter().enumerate() {
		for (what, part) in PARTS {
			let quiet = Percentiles::of(&before[place], part);
			let flooded = Percentiles::of(&during[place], part);
			let count = (before[place].len(), during[place].len());
			let at = format!("node {node}, {what} ({} before, {} in the flood)", count.0, count.1);
			report::measured(format!("{at}: {quiet}; in the flood {flooded}"));
			let most = (quiet.p95 * SLOWER).max(quiet.p95 + A_SLOT);
			if flooded.p50 > quiet.p50 * SLOWER || flooded.p95 > most {
				slower.push(at);
			}
		}
	}
	assert!(slower.is_empty(), "more than {SLOWER} times as long: {slower:?}");
}

/// The specification of the four validators' chain with a key that registers boards and oracles, without which nobody is
/// trusted to break the glass.
fn spec() -> std::path::PathBuf {
	let governance = signer("//Ferdie").account().to_string();
	let changes = json!({
		"sudo": { "key": governance },
		"balances": { "balances": [[governance, 1u64 << 60]] },
	});
	chains::changed_spec("local", "local-with-governance", &changes)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/faults.sh"]
async fn a_flood_of_fifty_buckets_slows_nobody_else_and_keeps_nobody_from_revoking() {
	let validators = Validators::start_of(spec()).await;
	let [flooded, other] = MEASURED.map(|node| validators.node(node).url());
	let chains = [Chain::connect(&flooded).await.unwrap(), Chain::connect(&other).await.unwrap()];
	let chain = &chains[0];
	chain.now().await.unwrap();
	let limits = limits(chain).await;

	// The people of both hospitals. The operator of the first is one of those who flood.
	let engine = |number| pair(&format!("//Alice//engine//{number}"));
	let engines: Vec<_> = (1..ENGINES).map(engine).collect();
	let people = MEASURED.map(Measured::at);
	let measured: Vec<_> = people.iter().flat_map(|one| &one.patients).map(account).collect();
	let trusted = Trusted::register(chain, &signer("//Ferdie")).await;
	let of_engines: Vec<_> = engines.iter().map(account).collect();
	let hospitals = [
		Hospital::new(chain, &trusted, "//Alice", &of_engines).await,
		Hospital::new(chain, &trusted, "//Bob", &measured).await,
	];
	for node in MEASURED {
		practitioner(chain, &hospitals[1].operator, &Measured::practitioner_at(node)).await;
	}
	validators.finalize_more(&[0, 1, 2, 3], 3).await;
	// Who floods for another one does so for the operator, whose proxies these are.
	let keys = [vec![pair("//Alice")], engines].concat();
	let principal = account(&pair("//Alice"));
	flood::name_proxies(chain.url(), &pair("//Alice"), &keys).await;
	let mut costs = BTreeMap::new();
	for form in Form::ALL {
		let (of, sender) = ((hospitals[0].institution, limits.refill), &form.senders(&keys)[1]);
		costs.insert(form, flood::cost(chain.url(), form, sender, &principal, of).await);
	}
	report::measured(format!("units of a transaction: {costs:?}; a bucket: {limits:?}"));

	let load = Load::start(validators.places(), "//Bob", LOAD).await;
	let other = hospitals[1].institution;
	let before = measure(&chains, &people, other).await;
	let rate = TRIED * u64::from(limits.refill) / Form::ALL.len() as u64;
	let flood = Flood::start(chain.url(), &keys, &principal, &costs, rate);
	let (during, rounds) =
		tokio::join!(measure(&chains, &people, other), protected(&chains, &hospitals));
	let flooded = flood.end();

	hospitals[0].is_served(chain).await;
	validators.finalize_more(&[0, 1, 2, 3], 3).await;
	for patient in &measured {
		let consents = chain.active_consents(patient).await.unwrap();
		assert_eq!(consents.len() as u64, 2 * SAMPLES, "a consent that was final is gone");
	}
	check_flood(&flooded, &limits);
	let longest = rounds.iter().flatten().flatten().max().unwrap();
	report::measured(format!(
		"revocations and broken glasses, of the flooded and the other: {rounds:.1?}"
	));
	nothing_is_lost("a flood of fifty buckets", &validators, load, &[0, 1, 2, 3]).await;
	check_latency(&before, &during);
	assert!(*longest <= PROTECTED_LIMIT, "not final within {} s", PROTECTED_LIMIT.as_secs());
}
