//! The page of what calls cost, `docs/weights.md`.

use super::{declared, figures, measured, Declared};
use crate::{configs::RuntimeBlockWeights, Runtime, SLOT_DURATION};
use frame_support::{dispatch::DispatchClass, traits::Get, weights::Weight};
use frame_system::ExtensionsWeightInfo;
use hdx_primitives::LookedAt;
use pallet_audit::WeightInfo as _;
use pallet_balances::WeightInfo as _;
use pallet_quota::WeightInfo as _;
use pallet_record_access::{weights::request, WeightInfo as _, MAX_GRANT_USES};

/// What a function weighs where the component of each name is so much.
pub type WeightAt = fn(&dyn Fn(&str) -> u32) -> Weight;

/// A function of the weights, as figures.
pub struct Figure {
	/// Its name: mostly that of a call.
	pub name: &'static str,
	/// What it says.
	pub weight: WeightAt,
	/// The components, and the most that each was measured with.
	pub most: &'static [(&'static str, u32)],
	/// Reads of the database: without components, and for each one more of a component.
	pub reads: (u64, &'static [(&'static str, u64)]),
	/// Writes to the database.
	pub writes: (u64, &'static [(&'static str, u64)]),
}

/// The most of a component of which there can be more than was measured.
fn beyond(pallet: &str, function: &str, component: &str) -> Option<u32> {
	match (pallet, function, component) {
		("pallet_record_access", "record_disclosures", "n") => Some(MAX_GRANT_USES),
		("pallet_record_access", "record_disclosures", "m") => {
			Some(max_consents().saturating_sub(1).saturating_mul(MAX_GRANT_USES))
		},
		_ => None,
	}
}

/// The most consents that a patient can have.
fn max_consents() -> u32 {
	<Runtime as pallet_consent::Config>::MaxConsentsPerPatient::get()
}

/// The most credentials that a practitioner can have.
fn max_credentials() -> u32 {
	<Runtime as pallet_provider_registry::Config>::MaxCredentials::get()
}

/// How many records a day the largest system of hospitals reads.
const READS_A_DAY: u32 = 7_500_000;
/// Provisions of a usual consent.
const USUAL_PROVISIONS: u32 = 8;
/// Seconds of a day.
const DAY: f64 = 24. * 60. * 60.;

type Access = super::pallet_record_access::WeightInfo<Runtime>;
type Audit = super::pallet_audit::WeightInfo<Runtime>;
type Balances = super::pallet_balances::WeightInfo<Runtime>;
type Quota = super::pallet_quota::WeightInfo<Runtime>;
type System = super::frame_system_extensions::WeightInfo<Runtime>;

impl Figure {
	/// The most of a component of a pallet.
	fn most_of(&self, pallet: &str, component: &str) -> u32 {
		let measured = self.most.iter().find(|(name, _)| *name == component);
		beyond(pallet, self.name, component).or(measured.map(|(_, most)| *most)).unwrap_or_default()
	}

	/// The weight at the most of every component.
	pub fn worst(&self, pallet: &str) -> Weight {
		(self.weight)(&|component: &str| self.most_of(pallet, component))
	}

	fn count(&self, pallet: &str, (base, each): (u64, &[(&str, u64)])) -> u64 {
		each.iter().fold(base, |sum, (component, slope)| {
			let most = self.most_of(pallet, component);
			sum.saturating_add(slope.saturating_mul(most.into()))
		})
	}
}

/// The page.
pub fn table() -> String {
	let mut page = String::from(
		"# What calls cost\n\n\
		`scripts/weights.sh` measures and `scripts/weights.sh --docs` writes this page; a test compares it with what the runtime charges.\n\n",
	);
	for when in measured() {
		page.push_str(&format!("Measured {when}.\n"));
	}
	page.push_str(
		"Each benchmark was repeated for two seconds at least, which is what short ones need. More values and repetitions would take \
		many times as long, as setting the largest scenes takes longer than what is measured in them; how far off the slope of a \
		component may be, the generated files say.\n\n\
		Put together from what was measured: what storing a text is charged, which is the most of three ways to; what a request for access \
		is charged, of what was measured of consents that withhold references and codes, as `pallets/record-access/src/weights.rs` says; and \
		the calls whose weight under [every call](#every-call) is not that of a function.\n",
	);
	let database = <Runtime as frame_system::Config>::DbWeight::get();
	page.push_str(&format!(
		"Time includes the database: {} µs for a read and {} µs for a write, which the SDK measured of ParityDB. A block has {} µs \
		for transactions; the share is of that. Proof sizes bind nothing here: no block carries a proof of the state.\n\n",
		time(Weight::from_parts(database.read, 0)),
		time(Weight::from_parts(database.write, 0)),
		time(normal()),
	));
	page.push_str(
		"What the entries and grants of a block share, the head of the log, the window of the counts and the next numbers, is paid for once, \
		when the block begins. A function that reads and writes it all the same was measured before that, and is charged for it twice.\n\n",
	);
	page.push_str(&in_use());
	page.push_str(&calls());
	page.push_str("\n## Every function\n\nAt the most of every component. What is not a call is a hook, an extension, or a part of calls.\n\n\
		| Pallet | Function | At | Time (µs) | Proof (bytes) | Reads | Writes | Share of a block |\n\
		|---|---|---|---:|---:|---:|---:|---:|\n");
	for (pallet, functions) in figures() {
		for figure in functions {
			page.push_str(&row(pallet, &figure));
		}
	}
	page
}

/// What each call is declared to weigh.
fn calls() -> String {
	let mut section = String::from(
		"\n## Every call\n\nWhat each call of this project's pallets, and of GRANDPA, is charged before it is made: with the smallest \
		arguments that it takes, and with the largest. Where a call took less, some give it back. What does not depend on arguments \
		is charged for the most that state can hold. The names are those in the runtime.\n\n\
		| Pallet | Call | Least time (µs) | Most time (µs) | Proof (bytes) | Share of a block |\n\
		|---|---|---:|---:|---:|---:|\n",
	);
	for Declared { name, call, least, most, .. } in declared() {
		section.push_str(&format!(
			"| {name} | `{call}` | {} | {} | {} | {} |\n",
			time(least),
			time(most),
			grouped(most.proof_size()),
			percent(share(most)),
		));
	}
	section
}

fn row(pallet: &str, figure: &Figure) -> String {
	let worst = figure.worst(pallet);
	let at: Vec<_> = figure
		.most
		.iter()
		.map(|(name, _)| {
			let most = figure.most_of(pallet, name);
			format!("{name} = {}", grouped(most.into()))
		})
		.collect();
	format!(
		"| {pallet} | `{}` | {} | {} | {} | {} | {} | {} |\n",
		figure.name,
		at.join(", "),
		time(worst),
		grouped(worst.proof_size()),
		grouped(figure.count(pallet, figure.reads)),
		grouped(figure.count(pallet, figure.writes)),
		percent(share(worst)),
	)
}

/// What the figures mean for a chain in use.
fn in_use() -> String {
	let transfer = Balances::transfer_allow_death();
	let usual = Access::request_access_usual(USUAL_PROVISIONS);
	let looked_at = LookedAt { consents: 1, provisions: USUAL_PROVISIONS };
	let charged = request::<Access>(looked_at, 1, 0);
	let most = max_consents();
	let looked_at = LookedAt::full(most).and_one_again();
	let worst = request::<Access>(looked_at, max_credentials(), 1);
	let entry = Audit::record();
	let around = around();
	let looked_up = around.saturating_add(Quota::look_up(1));
	let ratio = |one: Weight| one.ref_time() as f64 / transfer.ref_time() as f64;
	let with_transactions = |one: Weight| {
		let (one, transfer) = (one.saturating_add(around), transfer.saturating_add(around));
		one.ref_time() as f64 / transfer.ref_time() as f64
	};
	let (batch, batch_usual) = (
		Access::record_disclosures(MAX_GRANT_USES, 0),
		Access::record_disclosures_usual(MAX_GRANT_USES),
	);
	format!(
		"## In use\n\n\
		| What | Time (µs) | Compared |\n\
		|---|---:|---|\n\
		| every transaction, besides its call: signature, nonce, quota of one call that one institution pays for | {} | {} transactions that do nothing fill a block |\n\
		| the same, where it is told from state whether the call is protected, `look_up` | {} | {} fill a block |\n\
		| a transfer, `transfer_allow_death` | {} | 1 |\n\
		| an entry of the log, `record` | {} | {:.1} transfers; {} fill a block |\n\
		| a request for access under one consent of {USUAL_PROVISIONS} provisions, `request_access_usual` | {} | {:.1} transfers |\n\
		| what it is charged, by the {USUAL_PROVISIONS} provisions and one credential of the practitioner that were looked at, without a second key | {} | {:.1} transfers; {:.1} with the transactions of both |\n\
		| what a request is charged at most, before it is made: for the whole record of a patient with {most} of the largest consents, by a practitioner with the most credentials and a second key | {} | {:.1} transfers |\n\n\
		{} reads a day, reported in batches of {MAX_GRANT_USES} grants, each of which is used once:\n\n\
		| | Time of a batch (µs) | Share of a day's blocks |\n\
		|---|---:|---:|\n\
		| each about a patient with one consent of {USUAL_PROVISIONS} provisions, `record_disclosures_usual` | {} | {} |\n\
		| what it is charged, `record_disclosures` for patients with one consent each | {} | {} |\n\n\
		Where a grant is used ten times in a batch, they take a tenth of it.\n",
		time(around),
		grouped((normal().ref_time() as f64 / around.ref_time() as f64) as u64),
		time(looked_up),
		grouped((normal().ref_time() as f64 / looked_up.ref_time() as f64) as u64),
		time(transfer),
		time(entry),
		ratio(entry),
		grouped((normal().ref_time() as f64 / entry.ref_time() as f64) as u64),
		time(usual),
		ratio(usual),
		time(charged),
		ratio(charged),
		with_transactions(charged),
		time(worst),
		ratio(worst),
		grouped(READS_A_DAY.into()),
		time(batch_usual),
		percent(share_of_day(batch_usual.saturating_add(around))),
		time(batch),
		percent(share_of_day(batch.saturating_add(around))),
	)
}

/// What a transaction takes besides its call, with a quota for one call: what is left when what was not used is given back.
pub fn around() -> Weight {
	let base = RuntimeBlockWeights::get().get(DispatchClass::Normal).base_extrinsic;
	[
		System::check_non_zero_sender(),
		System::check_spec_version(),
		System::check_tx_version(),
		System::check_genesis(),
		System::check_mortality_mortal_transaction(),
		System::check_nonce(),
		Quota::check_quota(1, 1),
		System::check_weight(),
		System::weight_reclaim(),
	]
	.into_iter()
	.fold(base, |sum, weight| sum.saturating_add(weight))
}

/// What a block has for transactions.
fn normal() -> Weight {
	let weights = RuntimeBlockWeights::get();
	weights.get(DispatchClass::Normal).max_total.unwrap_or(weights.max_block)
}

fn share(weight: Weight) -> f64 {
	weight.ref_time() as f64 / normal().ref_time() as f64
}

/// The share of a day's blocks that [`READS_A_DAY`] take in batches of this weight.
fn share_of_day(batch: Weight) -> f64 {
	let batches = f64::from(READS_A_DAY) / f64::from(MAX_GRANT_USES);
	let blocks = DAY * 1_000. / SLOT_DURATION as f64;
	share(batch) * batches / blocks
}

/// In microseconds.
fn time(weight: Weight) -> String {
	grouped(weight.ref_time().div_ceil(1_000_000))
}

fn percent(share: f64) -> String {
	let percent = share * 100.;
	if percent < 10. {
		format!("{percent:.2} %")
	} else {
		format!("{percent:.0} %")
	}
}

/// With a comma before every three digits.
fn grouped(number: u64) -> String {
	let digits = format!("{number}");
	let mut grouped = String::new();
	for (index, digit) in digits.chars().enumerate() {
		if index > 0 && digits.len().saturating_sub(index).is_multiple_of(3) {
			grouped.push(',');
		}
		grouped.push(digit);
	}
	grouped
}
