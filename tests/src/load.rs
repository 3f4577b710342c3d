//! Transactions that go on while something is done to a chain, and what became of each.

use crate::{node::Node, validators::Places};
use hdx_primitives::{
	consent::{ConsentContent, ConsentTerms, SignedDocument},
	engine::{terminology::purpose, Actor, Policy, Provision, Rule, Status, Values},
	Commitment, ConsentId, InstitutionId, Milliseconds, Period,
};
use hdx_sdk::chain::{AtBlock, Chain, ChainError, Signer, Until};
use std::{
	collections::BTreeMap,
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc,
	},
	thread::{self, JoinHandle},
	time::Duration,
};
use tokio::{runtime::Builder, time::timeout};

/// How long an answer is waited for. It takes long where nothing becomes final.
const ANSWER_LIMIT: Duration = Duration::from_secs(120);
/// How long until somebody who reached no node tries the next.
const RETRY: Duration = Duration::from_millis(250);
/// Milliseconds of a day.
const DAY: u64 = 24 * 60 * 60 * 1_000;
/// A consent that nobody gave.
const NOBODYS: ConsentId = ConsentId(u64::MAX);
/// The error with which the chain refuses to take that back.
const WANTED: &str = "ConsentUnknown";

/// Patients who give a consent, take it back, and so on; and in between ask for what has to be refused.
pub struct Load {
	ending: Arc<AtomicBool>,
	lanes: Vec<JoinHandle<Tally>>,
}

/// What became of what was sent.
#[derive(Default)]
pub struct Tally {
	/// How many were sent.
	pub submitted: usize,
	/// How many a node said were final.
	pub acknowledged: usize,
	/// How many were refused that had to be, with the very error that says why.
	pub refused_as_wanted: usize,
	/// What else was refused.
	pub refused_otherwise: Vec<Refusal>,
	/// How many had no answer, as their node was gone or nothing became final. Nobody was told anything about them.
	pub unanswered: usize,
	/// How many patients there were.
	patients: usize,
	/// Whether something of the patient has no end yet that anybody told, so that it may be in a block or wait in a pool.
	is_open: bool,
	/// The consents that a node said were given.
	consents: Vec<Given>,
}

/// A refusal of something that was not sent to be refused.
#[derive(Debug)]
pub struct Refusal {
	/// What the client said.
	pub reason: String,
	/// Whether a pool refused, and not the chain: nothing was done.
	pub by_pool: bool,
	/// Whether the same patient had sent something of which nobody told the end. It may wait in the pool, or be in a block,
	/// with the number that this one has as well.
	pub after_open: bool,
}

/// A consent of which a node said that it is final.
struct Given {
	id: ConsentId,
	/// What it has to be. `None`: either, as a revocation was sent and is not known to be final.
	status: Option<Status>,
}

/// What a node said of one.
enum Answer<T> {
	Final(T),
	Refused,
	None,
}

impl Load {
	/// Starts so many patients of the institution that this key operates, who send to the nodes in turn.
	pub async fn start(places: Places, operator: &str, patients: usize) -> Self {
		let operator = Signer::read(operator).expect("a key");
		let chain = connect(&places, 0).await;
		let institution = chain.operated_by(&operator.account()).await.expect("an operator");
		let ending = Arc::new(AtomicBool::new(false));
		let mut signers = Vec::new();
		for number in 0..patients {
			let path = format!("//load of {}//{number}", operator.account());
			let patient = Signer::read(&path).expect("a key");
			let sponsored = chain.sponsor_patient(&operator, patient.account(), Until::InBlock);
			sponsored.await.expect("a hospital sponsors patients");
			signers.push(patient);
		}
		let lanes = signers.into_iter().enumerate().map(|(number, patient)| {
			let (places, ending) = (places.clone(), ending.clone());
			// Threads of their own: whoever waits for a node to start holds up nobody.
			thread::spawn(move || {
				let runtime = Builder::new_current_thread().enable_all().build();
				runtime.expect("a runtime").block_on(lane(
					number,
					patient,
					institution,
					places,
					ending,
				))
			})
		});
		Self { lanes: lanes.collect(), ending }
	}

	/// Ends it when all have their answers, and tells what they were.
	pub async fn end(self) -> Tally {
		self.ending.store(true, Ordering::Relaxed);
		let mut all = Tally::default();
		for lane in self.lanes {
			let own = tokio::task::block_in_place(|| lane.join()).expect("a lane ends");
			all.submitted += own.submitted;
			all.acknowledged += own.acknowledged;
			all.unanswered += own.unanswered;
			all.patients += 1;
			all.refused_as_wanted += own.refused_as_wanted;
			all.refused_otherwise.extend(own.refused_otherwise);
			all.consents.extend(own.consents);
		}
		all
	}
}

impl Tally {
	/// Which acknowledged consents are not at a node as was said, in its newest final block.
	pub async fn missing(&self, node: &Node) -> Vec<ConsentId> {
		let chain = Chain::connect(&node.url()).await.expect("the node answers");
		let mut missing = Vec::new();
		for given in &self.consents {
			let found = chain.consent_at(given.id, AtBlock::Finalized).await;
			let status = found.ok().map(|found| found.status);
			if status.is_none() || given.status.is_some_and(|expected| status != Some(expected)) {
				missing.push(given.id);
			}
		}
		missing
	}

	/// Fails unless transactions went through, what had to be refused was, and little else: no chain refused anything else, and
	/// a pool only where that can be.
	///
	/// A pool refuses what has the number of something of which a node told no end, as it was gone. Without that it refuses
	/// what was signed for a branch that is given up, or for a runtime that was replaced; a patient waits for one transaction
	/// at a time, so of each one was. Of that one nobody knows then either.
	pub fn expect_answers(&self) {
		let other = &self.refused_otherwise;
		assert!(self.acknowledged > 0, "nothing was acknowledged of {}", self.submitted);
		assert!(self.refused_as_wanted > 0, "nothing was refused as it has to be: {other:?}");
		let by_chain: Vec<_> = other.iter().filter(|one| !one.by_pool).collect();
		assert!(by_chain.is_empty(), "the chain refused what it must not: {by_chain:?}");
		let unexplained: Vec<_> = other.iter().filter(|one| !one.after_open).collect();
		assert!(unexplained.len() <= self.patients, "pools refused too much: {unexplained:?}");
		let answered = self.acknowledged + self.refused_as_wanted + other.len();
		assert_eq!(answered + self.unanswered, self.submitted, "each has one end");
	}

	/// Why something was refused that was not sent for that, each reason with how often.
	pub fn other_reasons(&self) -> BTreeMap<&str, usize> {
		let mut reasons = BTreeMap::<&str, usize>::new();
		for refusal in &self.refused_otherwise {
			*reasons.entry(refusal.reason.as_str()).or_default() += 1;
		}
		reasons
	}

	/// Counts one that was sent, and its end. `wanted`: the name of the error with which it has to be refused.
	async fn count<T>(
		&mut self,
		chain: &Chain,
		sent: impl Sent<T>,
		wanted: Option<&str>,
	) -> Answer<T> {
		self.submitted += 1;
		let answer = timeout(ANSWER_LIMIT, sent).await;
		let error = match answer {
			Ok(Ok(done)) => {
				self.acknowledged += 1;
				// Its number is used up, and with it those of all before it.
				self.is_open = false;
				return Answer::Final(done);
			},
			Ok(Err(error)) => Some(error),
			Err(_) => None,
		};
		// A node that is gone tells nobody anything; what the client says then is no refusal.
		let there = chain.now().await.is_ok();
		match error.filter(|error| there && !is_lost(error)) {
			Some(error) if wanted.is_some() && error.refusal() == wanted => {
				self.refused_as_wanted += 1;
				Answer::Refused
			},
			Some(error) => {
				self.refused_otherwise.push(Refusal {
					reason: error.to_string(),
					by_pool: matches!(error, ChainError::NotAccepted { .. }),
					after_open: self.is_open,
				});
				self.is_open = true;
				Answer::Refused
			},
			None => {
				self.unanswered += 1;
				self.is_open = true;
				Answer::None
			},
		}
	}
}

/// Something that was sent.
trait Sent<T>: std::future::Future<Output = Result<T, ChainError>> {}

impl<T, F: std::future::Future<Output = Result<T, ChainError>>> Sent<T> for F {}

/// Whether a connection failed, and not a transaction.
fn is_lost(error: &ChainError) -> bool {
	matches!(error, ChainError::Transport(_) | ChainError::Unreachable { .. })
}

/// One patient.
async fn lane(
	number: usize,
	patient: Signer,
	institution: InstitutionId,
	places: Places,
	ending: Arc<AtomicBool>,
) -> Tally {
	let mut tally = Tally::default();
	let mut turn = number;
	let mut chain = connect(&places, turn).await;
	while !ending.load(Ordering::Relaxed) {
		if round(&mut tally, &chain, &patient, institution).await.is_none() {
			turn += 1;
			chain = connect(&places, turn).await;
		}
	}
	tally
}

/// A consent, its end, and what has to be refused. `None`: the node said nothing.
async fn round(
	tally: &mut Tally,
	chain: &Chain,
	patient: &Signer,
	institution: InstitutionId,
) -> Option<()> {
	let content = content(chain, institution).await.ok()?;
	let granted = chain.grant_consent(patient, content, Until::Finalized);
	let id = match tally.count(chain, granted, None).await {
		Answer::Final(id) => id,
		// As by a runtime that is newer than what this knows of it: whoever connects anew knows it.
		Answer::Refused | Answer::None => return None,
	};
	tally.consents.push(Given { id, status: Some(Status::Active) });
	let nobodys = chain.revoke_consent(patient, NOBODYS, Until::InBlock);
	match tally.count(chain, nobodys, Some(WANTED)).await {
		Answer::Final(()) => panic!("a consent that nobody gave was revoked"),
		Answer::Refused => {},
		Answer::None => return None,
	}
	let given = tally.consents.len() - 1;
	let revoked = chain.revoke_consent(patient, id, Until::Finalized);
	match tally.count(chain, revoked, None).await {
		Answer::Final(()) => tally.consents[given].status = Some(Status::Inactive),
		// What one half's pool drops may be in a block of the other: nothing was said of the consent.
		Answer::Refused => tally.consents[given].status = None,
		Answer::None => {
			tally.consents[given].status = None;
			return None;
		},
	}
	Some(())
}

/// A connection to the first node that answers, from this one on.
async fn connect(places: &Places, first: usize) -> Chain {
	for turn in first.. {
		let place = {
			let places = places.lock().expect("nobody panics with the lock");
			places[turn % places.len()].clone()
		};
		if let Some(url) = place {
			if let Ok(chain) = Chain::connect(&url).await {
				return chain;
			}
		}
		tokio::time::sleep(RETRY).await;
	}
	unreachable!("there is always a next turn")
}

/// A consent to treatment by an institution, for a day.
///
/// # Errors
///
/// [`ChainError::Transport`].
pub async fn content(
	chain: &Chain,
	institution: InstitutionId,
) -> Result<ConsentContent, ChainError> {
	let now = chain.now().await?;
	let mut root = Provision::new(0, Rule::Permit);
	root.period = Period { start: None, end: Some(Milliseconds(now.0 + DAY)) };
	root.actors = Values::try_from(vec![Actor::Organisation(institution)]).expect("room for one");
	root.purposes = Values::try_from(vec![purpose::TREAT]).expect("room for one");
	let provisions = vec![root].try_into().expect("room for one");
	let policy = Policy { categories: Values::default(), provisions };
	let template = chain.templates().await?[0].id;
	let document = SignedDocument { template, commitment: Commitment([7; 32]) };
	Ok(ConsentContent { policy, document, terms: ConsentTerms::default() })
}
