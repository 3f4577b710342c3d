#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod labels;
mod outside_material;
mod refuse;
mod verbatim;

use super::*;
use std::path::PathBuf;

/// A Bundle around these resources.
fn bundle_of(resources: &[&str]) -> String {
	let entries: Vec<String> =
		resources.iter().map(|resource| format!(r#"{{"resource":{resource}}}"#)).collect();
	format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{}]}}"#, entries.join(","))
}

fn read(text: &str) -> Result<Bundle, BundleError> {
	Bundle::from_slice("test.json", text.as_bytes())
}

fn refused(text: &str) -> BundleError {
	let error = read(text).unwrap_err();
	assert!(error.to_string().contains("`test.json`"), "{error}");
	error
}

/// The Bundle that the project ships.
fn demo_path() -> PathBuf {
	crate::test_material::crate_directory().join("assets/demo-patient-bundle.json")
}
