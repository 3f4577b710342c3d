//! One institution that sends far more than its bucket holds, in every form in which calls can be sent.
//!
//! What is carried does nothing, and is dispatched in each form: a proxy of any kind may do nothing.

use crate::{
	encoded::Encoded,
	latency::watch,
	people::{account, signed_and_final},
	rpc::{self, Rpc},
};
use codec::{Decode, Encode};
use hdx_primitives::{AccountId, InstitutionId};
use hdx_sdk::chain::interface::{
	self,
	runtime_types::{
		frame_system::pallet::Call as SystemCall,
		hdx_runtime::{configs::proxies::ProxyType, RuntimeCall},
		pallet_proxy::pallet::Call as ProxyCall,
		pallet_utility::pallet::Call as UtilityCall,
		sp_weights::weight_v2::Weight,
	},
};
use sp_crypto_hashing::twox_64;
use std::{
	collections::BTreeMap,
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc,
	},
	thread::{self, JoinHandle},
	time::Duration,
};
use subxt::{
	client::{ClientAtBlock, OnlineClientAtBlockImpl},
	config::DefaultExtrinsicParamsBuilder,
	dynamic,
	rpcs::{rpc_params, Error as RpcError, RpcClient},
	transactions::Payload,
	utils::{AccountId32, MultiAddress},
	OnlineClient, PolkadotConfig,
};
use subxt_signer::sr25519::Keypair;
use tokio::{
	runtime::Builder,
	time::{interval, Instant},
};

/// The state of one block.
type At = ClientAtBlock<PolkadotConfig, OnlineClientAtBlockImpl<PolkadotConfig>>;

/// Calls in a batch.
const BATCH: usize = 50;
/// Keys that the plain call would remove, if it were not refused. The time that this takes is what it is charged for, some
/// ten units: few transactions are a flood, and the blocks fill up as fast as they can.
const KEYS: u32 = 190;
/// Bytes in each call that are other ones in each transaction: no two are the same, and none is refused because it was
/// refused before.
const MARK: [u8; 16] = *b"the flood's mark";
/// How often an account asks for its next nonce: as often as there are blocks. What a block's author refuses takes all that
/// follow with it.
const NONCE_AGE: Duration = Duration::from_secs(2);
/// What the node calls a transaction that the runtime refuses.
const INVALID: i32 = 1010;

/// A form in which calls are sent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Form {
	/// A call.
	Plain,
	/// A batch of calls.
	Batch,
	/// A batch of calls as another account, which the signer has (`Utility.as_derivative`).
	AsAnother,
	/// A batch of calls, and another one if that fails (`Utility.if_else`). Both are paid for.
	EitherOr,
	/// A batch of calls for the account whose proxy the signer is (`Proxy.proxy`, [`name_proxies`]).
	ForAnother,
	/// A batch of calls by one of two, as the account that either of them can use (`Multisig.as_multi_threshold_1`).
	OneOfTwo,
	/// A batch of calls that two would have to approve (`Multisig.as_multi`). Each opens an operation, which stays.
	TwoOfTwo,
}

impl Form {
	/// All of them.
	pub const ALL: [Self; 7] = [
		Self::Plain,
		Self::Batch,
		Self::AsAnother,
		Self::EitherOr,
		Self::ForAnother,
		Self::OneOfTwo,
		Self::TwoOfTwo,
	];
	/// How many connections each is sent over.
	pub const LANES: usize = 4;
	/// How many connections all of them are sent over.
	pub const CONNECTIONS: usize = Self::ALL.len() * Self::LANES;

	/// Which of these accounts send it.
	pub fn senders(self, keys: &[Keypair]) -> &[Keypair] {
		let each = keys.len() / Self::CONNECTIONS * Self::LANES;
		let place = Self::ALL.iter().position(|form| *form == self).expect("it is one of all");
		&keys[place * each..][..each]
	}
}

/// What was sent of one form, and what the node answered.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Offered {
	/// Transactions.
	pub sent: u64,
	/// The units that they cost.
	pub units: u64,
	/// How many of them the node's pool took. A block may still refuse them.
	pub taken: u64,
	/// Why the pool refused the others, and how often.
	pub refused: BTreeMap<String, u64>,
}

/// A flood that goes on.
pub struct Flood {
	since: Instant,
	ending: Arc<AtomicBool>,
	lanes: Vec<JoinHandle<(Form, Offered)>>,
}

/// A flood that is over.
pub struct Flooded {
	/// For how long it went on.
	pub lasted: Duration,
	/// What was sent of each form.
	pub forms: BTreeMap<Form, Offered>,
}

/// A signed call, but for the signature, the nonce and the mark.
struct Template {
	pallet: String,
	call: String,
	arguments: Vec<u8>,
	mark: usize,
}

/// One connection of the flood.
struct Sender {
	url: String,
	form: Form,
	principal: AccountId,
	keys: Vec<Keypair>,
	units: u64,
	every: Duration,
	ending: Arc<AtomicBool>,
}

impl Flood {
	/// Sends to a node until it is ended: of each form so many units a second, by these accounts in turn, each over
	/// one connection. `costs`: what a transaction of each form costs. `principal`: who named proxies.
	pub fn start(
		url: &str,
		keys: &[Keypair],
		principal: &AccountId,
		costs: &BTreeMap<Form, u64>,
		rate: u64,
	) -> Self {
		let ending = Arc::new(AtomicBool::new(false));
		let of_a_lane = keys.len() / Form::CONNECTIONS;
		assert!(of_a_lane > 0, "an account has one connection");
		let lanes = Form::ALL
			.into_iter()
			.flat_map(|form| form.senders(keys).chunks(of_a_lane).map(move |keys| (form, keys)));
		let lanes = lanes.map(|(form, keys)| {
			let units = costs[&form];
			let every = (units * Form::LANES as u64) as f64 / rate as f64;
			let sender = Sender {
				url: url.to_owned(),
				form,
				principal: principal.clone(),
				keys: keys.to_vec(),
				units,
				every: Duration::from_secs_f64(every),
				ending: ending.clone(),
			};
			// Threads of their own: whoever measures meanwhile is not held up by what is signed here.
			thread::spawn(move || {
				let runtime = Builder::new_current_thread().enable_all().build();
				(form, runtime.expect("a runtime").block_on(sender.run()))
			})
		});
		Self { since: Instant::now(), lanes: lanes.collect(), ending }
	}

	/// Ends it, and tells what was sent.
	pub fn end(self) -> Flooded {
		self.ending.store(true, Ordering::Relaxed);
		let lasted = self.since.elapsed();
		let mut forms = BTreeMap::<Form, Offered>::new();
		for lane in self.lanes {
			let (form, own) = tokio::task::block_in_place(|| lane.join()).expect("a lane ends");
			let all = forms.entry(form).or_default();
			all.sent += own.sent;
			all.units += own.units;
			all.taken += own.taken;
			for (reason, times) in own.refused {
				*all.refused.entry(reason).or_default() += times;
			}
		}
		Flooded { lasted, forms }
	}
}

impl Flooded {
	/// The units of all that was sent.
	pub fn units(&self) -> u64 {
		self.forms.values().map(|form| form.units).sum()
	}
}

impl Sender {
	/// Sends until it is told to end. Where an answer takes long, the next ones are sent the faster.
	async fn run(self) -> Offered {
		let rpc = RpcClient::from_insecure_url(&self.url).await.expect("the node answers");
		let client = OnlineClient::<PolkadotConfig>::from_rpc_client(rpc.clone()).await;
		let client = client.expect("a node of a chain");
		let at = client.at_current_block().await.expect("a final block");
		let template = Template::of(self.form, &self.principal, &at);
		let (mut nonces, mut asked) = (Vec::new(), Instant::now());
		let mut ticks = interval(self.every);
		let mut offered = Offered::default();
		while !self.ending.load(Ordering::Relaxed) {
			ticks.tick().await;
			if nonces.is_empty() || asked.elapsed() > NONCE_AGE {
				(nonces, asked) = (self.nonces(&rpc).await, Instant::now());
			}
			let turn = offered.sent as usize % self.keys.len();
			let signed = template.sign(&at, &self.keys[turn], nonces[turn], offered.sent);
			offered.sent += 1;
			offered.units += self.units;
			let method = "author_submitExtrinsic";
			match rpc.request::<String>(method, rpc_params![signed]).await {
				Ok(_) => {
					offered.taken += 1;
					nonces[turn] += 1;
				},
				Err(error) => *offered.refused.entry(reason(&error)).or_default() += 1,
			}
		}
		offered
	}

	/// The next nonce of each account.
	async fn nonces(&self, rpc: &RpcClient) -> Vec<u64> {
		let mut nonces = Vec::new();
		for key in &self.keys {
			let params = rpc_params![account(key).to_string()];
			let next = rpc.request("system_accountNextIndex", params).await;
			nonces.push(next.expect("the node tells the nonce"));
		}
		nonces
	}
}

impl Template {
	/// The calls of this form. All but the plain one do nothing, and may: what they cost is what counts here.
	fn of(form: Form, principal: &AccountId, at: &At) -> Self {
		let calls = interface::transactions();
		let principal = || principal.clone().into();
		let batch = |calls: Vec<_>| RuntimeCall::Utility(UtilityCall::batch_all { calls });
		match form {
			Form::Plain => Self::new(at, &calls.system().kill_prefix(MARK.to_vec(), KEYS)),
			Form::Batch => Self::new(at, &calls.utility().batch_all(remarks(BATCH))),
			Form::AsAnother => {
				Self::new(at, &calls.utility().as_derivative(0, batch(remarks(BATCH))))
			},
			Form::EitherOr => {
				let (main, fallback) = (remarks(BATCH / 2), remarks(BATCH / 2));
				Self::new(at, &calls.utility().if_else(batch(main), batch(fallback)))
			},
			Form::ForAnother => {
				let real = MultiAddress::Id(principal());
				Self::new(at, &calls.proxy().proxy(real, None, batch(remarks(BATCH))))
			},
			Form::OneOfTwo => {
				let calls = calls.multisig();
				let carried = batch(remarks(BATCH));
				Self::new(at, &calls.as_multi_threshold_1(vec![principal()], carried))
			},
			Form::TwoOfTwo => {
				let (calls, carried) = (calls.multisig(), batch(remarks(BATCH)));
				let weight = Weight { ref_time: 0, proof_size: 0 };
				Self::new(at, &calls.as_multi(2, vec![principal()], None, carried, weight))
			},
		}
	}

	fn new<C: Payload>(at: &At, call: &C) -> Self {
		let encoded = at.transactions().call_data(call).expect("a call of this chain");
		// The first two bytes are the numbers of the pallet and the call.
		let arguments = encoded[2..].to_vec();
		let mark = arguments.windows(MARK.len()).position(|bytes| bytes == MARK);
		Self {
			pallet: call.pallet_name().to_owned(),
			call: call.call_name().to_owned(),
			mark: mark.expect("each form has the mark"),
			arguments,
		}
	}

	/// Signs it with another mark, and gives it in hexadecimal digits.
	fn sign(&self, at: &At, key: &Keypair, nonce: u64, number: u64) -> String {
		let mut arguments = self.arguments.clone();
		arguments[self.mark..][..8].copy_from_slice(&number.to_le_bytes());
		let call = dynamic::tx(self.pallet.clone(), self.call.clone(), Encoded(arguments));
		let params =
			DefaultExtrinsicParamsBuilder::<PolkadotConfig>::new().nonce(nonce).immortal().build();
		let signable = at.transactions().create_signable_offline(&call, params);
		let signed = signable.expect("a call of this chain").sign(key);
		format!("0x{}", hex::encode(signed.expect("it can be signed").into_encoded()))
	}
}

/// So many calls, the first of which has the mark.
fn remarks(count: usize) -> Vec<RuntimeCall> {
	let mut calls = vec![remark(&MARK)];
	calls.extend((1..count).map(|_| remark(&[])));
	calls
}

fn remark(text: &[u8]) -> RuntimeCall {
	RuntimeCall::System(SystemCall::remark { remark: text.to_vec() })
}

/// Why the node refused, without what is in no two refusals the same.
fn reason(error: &RpcError) -> String {
	let RpcError::User(error) = error else { return error.to_string() };
	let data = error.data.as_ref().map(|data| data.get()).filter(|_| error.code == INVALID);
	let message = error.message.split(':').next().unwrap_or_default();
	match data {
		Some(data) => format!("{message}: {}", data.trim_matches('"')),
		None => message.to_owned(),
	}
}

/// Has an account name all who send the form for another their proxies, as which they may do nothing but what a custodian
/// does; and waits until that is final.
pub async fn name_proxies(url: &str, principal: &Keypair, keys: &[Keypair]) {
	let calls = Form::ForAnother.senders(keys).iter().map(|key| {
		RuntimeCall::Proxy(ProxyCall::add_proxy {
			delegate: MultiAddress::Id(account(key).into()),
			proxy_type: ProxyType::Custody,
			delay: 0,
		})
	});
	let call = interface::transactions().utility().batch_all(calls.collect());
	signed_and_final(url, principal, &call).await;
}

/// What one transaction of this form costs an institution that sends nothing else, by what its bucket has less of behind
/// the block that it is in. `refill`: units that come back in a second.
pub async fn cost(
	url: &str,
	form: Form,
	key: &Keypair,
	principal: &AccountId,
	(institution, refill): (InstitutionId, u32),
) -> u64 {
	let rpc = RpcClient::from_insecure_url(url).await.expect("the node answers");
	let client = OnlineClient::<PolkadotConfig>::from_rpc_client(rpc.clone()).await;
	let client = client.expect("a node of a chain");
	let at = client.at_current_block().await.expect("a final block");
	let id = AccountId32::from(key.public_key().0);
	let nonce = at.transactions().account_nonce(&id).await.expect("the nonce of an account");
	let signed = Template::of(form, principal, &at).sign(&at, key, nonce, u64::MAX);
	let block = watch(&rpc, &signed).await.block;

	let node = Rpc::connect(url).await;
	let parent = node.header(&block).await.parent_hash;
	let (spent, then) = spent(&node, institution, &block).await;
	let (before, earlier) = self::spent(&node, institution, &parent).await;
	// A thousandth of a unit for each millisecond and unit of the refill.
	let came_back = (then - earlier) * u64::from(refill);
	(spent - before.saturating_sub(came_back)) / 1_000
}

/// What an institution had spent in a block, in thousandths of a unit, and when that was.
async fn spent(node: &Rpc, institution: InstitutionId, block: &str) -> (u64, u64) {
	let number = institution.encode();
	let key = [rpc::item("Quota", "InstitutionBuckets"), twox_64(&number).to_vec(), number];
	match node.value(&key.concat(), Some(block)).await {
		Some(bucket) => Decode::decode(&mut &*bucket).expect("a bucket"),
		None => (0, 0),
	}
}
