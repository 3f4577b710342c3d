//! Sealing and opening a record, in memory, on one core.

use super::{rate, ROUND};
use crate::{error::BenchError, stats::Spread};
use hdx_primitives::{AccountId, GrantId, RecordId};
use hdx_sdk::{
	bundle::{Bundle, Labeller},
	seal::{self, Bindings, EncryptionKeyPair, SealedRecord},
	store::BlockStore,
};
use serde::Serialize;
use serde_json::json;
use std::time::Instant;

/// How large the text of one resource is, in bytes.
const TEXT: usize = 16 * 1024;

/// What was measured.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sealing {
	/// How large the record is, in bytes of JSON.
	pub bytes: usize,
	/// How large the ciphertext is, in bytes: sections and manifest, with what they are padded by.
	pub stored: usize,
	/// How many sections it has.
	pub sections: u32,
	/// Million bytes a second, from resources to ciphertext.
	pub sealing: Spread,
	/// Million bytes a second, from resources to ciphertext and the package of one grantee who gets everything.
	pub to_one: Spread,
	/// Million bytes a second, from a package and ciphertext to resources, with all that is checked.
	pub opening: Spread,
}

/// Measures with a record. `text`: as [`record`] makes it.
pub async fn sealing(text: &str, repetitions: usize) -> Result<Sealing, BenchError> {
	let bundle = Bundle::from_slice("made-up.json", text.as_bytes())
		.map_err(BenchError::failed("a Bundle"))?;
	let labeller = Labeller::default();
	let sections = bundle.sections(&labeller);
	let per_second = rate(repetitions, ROUND, || {
		seal::seal(&sections, 0).map(drop).map_err(BenchError::failed("sealing"))
	})?;

	let sealed = seal::seal(&sections, 0).map_err(BenchError::failed("sealing"))?;
	let store = BlockStore::in_memory();
	store.put_all(&sealed.blocks).await.map_err(BenchError::failed("storing"))?;
	let keys = EncryptionKeyPair::generate().map_err(BenchError::failed("a key"))?;
	let bindings = Bindings {
		genesis: [1; 32],
		record: RecordId(0),
		grant: GrantId(0),
		consent: None,
		grantee: AccountId::new([2; 32]),
		epoch: sealed.keys.epoch(),
	};
	let wrapped = |sealed: &SealedRecord| {
		let permitted = seal::permitted(&sealed.manifest, &[], &[], &[]);
		seal::wrap(&sealed.manifest, &sealed.keys, &permitted, keys.public(), &bindings)
			.map_err(BenchError::failed("wrapping"))
	};
	let package = wrapped(&sealed)?;
	let to_one = rate(repetitions, ROUND, || {
		let sealed = seal::seal(&sections, 0).map_err(BenchError::failed("sealing"))?;
		wrapped(&sealed).map(drop)
	})?;
	let mut rates = Vec::with_capacity(repetitions);
	for _ in 0..repetitions {
		let since = Instant::now();
		let opened = seal::open(&package, &keys, &sealed.commitment, &bindings, &store).await;
		let opened = opened.map_err(BenchError::failed("opening"))?;
		rates.push(1.0 / since.elapsed().as_secs_f64());
		let found: usize = opened.iter().map(|section| section.resources.len()).sum();
		if found != bundle.resources().len() {
			return Err(BenchError::because("opening", "not everything came out again"));
		}
	}
	let opened = Spread::of(&rates)
		.ok_or_else(|| BenchError::because("opening", "it has no repetitions"))?;
	let megabytes = |spread: Spread| {
		let each = |rate: f64| rate * text.len() as f64 / 1e6;
		Spread { min: each(spread.min), median: each(spread.median), max: each(spread.max) }
	};
	Ok(Sealing {
		bytes: text.len(),
		stored: sealed.blocks.iter().map(|block| block.bytes().len()).sum(),
		sections: sealed.sections(),
		sealing: megabytes(per_second),
		to_one: megabytes(to_one),
		opening: megabytes(opened),
	})
}

/// A patient with so many documents of text that nobody wrote.
pub fn record(documents: usize) -> String {
	let patient = json!({ "resource": { "resourceType": "Patient", "id": "p" } });
	let entries = (0..documents).map(|number| {
		let text: String = (0..TEXT).map(|at| letter(number.wrapping_add(at))).collect();
		json!({ "resource": {
			"resourceType": "Observation", "id": format!("o{number}"), "status": "final",
			"code": { "text": "Note" }, "subject": { "reference": "Patient/p" },
			"valueString": text,
		} })
	});
	let entries: Vec<_> = std::iter::once(patient).chain(entries).collect();
	json!({ "resourceType": "Bundle", "type": "collection", "entry": entries }).to_string()
}

/// A letter of a text that does not repeat soon.
fn letter(place: usize) -> char {
	let mixed = place.wrapping_mul(2_654_435_761) >> 7;
	char::from(b'a'.wrapping_add(u8::try_from(mixed % 26).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[tokio::test]
	async fn what_is_sealed_opens() {
		let found = sealing(&record(3), 1).await.unwrap();
		assert!(found.bytes > 3 * TEXT && found.sections >= 2);
		assert!(found.stored >= found.bytes, "{found:?}");
		assert!(found.sealing.median > 0.0 && found.opening.median > 0.0);
		assert!(found.to_one.median > 0.0);
	}
}
