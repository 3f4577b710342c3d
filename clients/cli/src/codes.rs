//! Codes, as people write and read them.
//!
//! The chain has hashes of `system|code`. The project's own symbols (`TREAT`, `PSY`) stand for
//! their tokens; any other code is given as the token itself.

use hdx_consent_engine::terminology::{self, Term};
use hdx_primitives::Code;
use hdx_sdk::bundle::{class_code, is_resource_type, resource_types, CLASS_SYSTEM};
use std::{collections::BTreeMap, sync::LazyLock};

/// NUCC's code system of specialties.
const TAXONOMY_SYSTEM: &str = "http://nucc.org/provider-taxonomy";

/// Reads a purpose of use: `TREAT`, or `system|code`.
pub fn purpose(text: &str) -> Result<Code, String> {
	known(text, "purpose of use", &[terminology::purpose::ALL])
}

/// Reads a security label: `PSY`, `R`, or `system|code`.
pub fn label(text: &str) -> Result<Code, String> {
	let lists = [terminology::sensitivity::ALL, terminology::confidentiality::ALL];
	known(text, "security label", &lists)
}

/// Reads an action: `access`, or `system|code`.
pub fn action(text: &str) -> Result<Code, String> {
	known(text, "action", &[terminology::action::ALL])
}

/// Reads a code of any code system: `system|code`.
pub fn any(text: &str) -> Result<Code, String> {
	token(text)?
		.map(Code::of_token)
		.ok_or_else(|| format!("`{text}` names no code system: give system|code"))
}

/// Reads a class: a resource type of FHIR R4, or `system|code`.
pub fn class(text: &str) -> Result<Code, String> {
	if let Some(token) = token(text)? {
		return Ok(Code::of_token(token));
	}
	if is_resource_type(text) {
		return Ok(class_code(text));
	}
	Err(format!(
		"`{text}` is no resource type of FHIR R4: give one such as Observation, or system|code"
	))
}

/// Reads a specialty: an NUCC code (`207R00000X`), or `system|code`.
pub fn taxonomy(text: &str) -> Result<Code, String> {
	if let Some(token) = token(text)? {
		return Ok(Code::of_token(token));
	}
	let characters = text.chars().all(|one| one.is_ascii_digit() || one.is_ascii_uppercase());
	if characters && text.len() == 10 && text.ends_with('X') {
		return Ok(Code::of_token(&format!("{TAXONOMY_SYSTEM}|{text}")));
	}
	Err(format!("`{text}` is no NUCC taxonomy code: give one such as 207R00000X, or system|code"))
}

/// The resource types behind their codes.
static CLASSES: LazyLock<BTreeMap<Code, &'static str>> =
	LazyLock::new(|| resource_types().map(|name| (class_code(name), name)).collect());

/// The system and the symbol of a code, where the project knows them.
pub fn coding(code: &Code) -> Option<(&'static str, &'static str)> {
	let term = terminology::all().find(|term| term.code == *code);
	term.map(|term| (term.system, term.symbol))
		.or_else(|| CLASSES.get(code).map(|name| (CLASS_SYSTEM, *name)))
}

/// Every code of which the project knows the words, with its system and symbol.
pub fn all_known() -> impl Iterator<Item = (&'static str, &'static str)> {
	let terms = terminology::all().map(|term| (term.system, term.symbol));
	terms.chain(resource_types().map(|name| (CLASS_SYSTEM, name)))
}

/// The symbol of a code, for people; in hexadecimal where the project has none.
pub fn symbol(code: &Code) -> String {
	coding(code).map_or_else(|| hexadecimal(code), |(_, symbol)| symbol.to_owned())
}

/// The token of a code, for programs; in hexadecimal where the project has none.
pub fn token_of(code: &Code) -> String {
	coding(code).map_or_else(|| hexadecimal(code), |(system, symbol)| format!("{system}|{symbol}"))
}

/// Several codes, for people.
pub fn symbols<'a>(codes: impl IntoIterator<Item = &'a Code>) -> String {
	codes.into_iter().map(symbol).collect::<Vec<_>>().join(", ")
}

/// Several codes, for programs.
pub fn tokens<'a>(codes: impl IntoIterator<Item = &'a Code>) -> Vec<String> {
	codes.into_iter().map(token_of).collect()
}

/// A code as the chain has it, in hexadecimal.
pub fn hexadecimal(code: &Code) -> String {
	format!("0x{}", hex::encode(code.0))
}

/// The text, where it is written as a token.
fn token(text: &str) -> Result<Option<&str>, String> {
	match text.split_once('|') {
		None => Ok(None),
		Some((system, code)) if !system.trim().is_empty() && !code.trim().is_empty() => {
			Ok(Some(text))
		},
		Some(_) => Err(format!("`{text}` lacks its system or its code: give system|code")),
	}
}

fn known(text: &str, what: &str, lists: &[&[Term]]) -> Result<Code, String> {
	if let Some(token) = token(text)? {
		return Ok(Code::of_token(token));
	}
	let terms = || lists.iter().flat_map(|list| list.iter());
	if let Some(term) = terms().find(|term| term.symbol.eq_ignore_ascii_case(text)) {
		return Ok(term.code);
	}
	let list: Vec<_> = terms().map(|term| format!("{} ({})", term.symbol, term.display)).collect();
	Err(format!(
		"`{text}` is no {what} known here: give system|code, or one of {}",
		list.join(", ")
	))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_consent_engine::terminology::{confidentiality, purpose as purposes, sensitivity};

	#[test]
	fn reads_symbols() {
		assert_eq!(purpose("TREAT").unwrap(), purposes::TREAT);
		assert_eq!(purpose("treat").unwrap(), purposes::TREAT);
		assert_eq!(label("PSY").unwrap(), sensitivity::PSY);
		assert_eq!(label("R").unwrap(), confidentiality::R);
		assert_eq!(class("Observation").unwrap(), class_code("Observation"));
	}

	#[test]
	fn a_symbol_and_its_token_are_one_code() {
		for term in terminology::all() {
			let token = format!("{}|{}", term.system, term.symbol);
			assert_eq!(label(&token).unwrap(), term.code);
			assert_eq!(token_of(&term.code), token);
			assert_eq!(symbol(&term.code), term.symbol);
		}
		let specialty = format!("{TAXONOMY_SYSTEM}|207R00000X");
		assert_eq!(taxonomy("207R00000X").unwrap(), taxonomy(&specialty).unwrap());
	}

	#[test]
	fn a_class_and_its_token_are_one_code() {
		let observation = class_code("Observation");
		assert_eq!(symbol(&observation), "Observation");
		assert_eq!(class(&token_of(&observation)).unwrap(), observation);
		assert!(symbol(&Code([7; 16])).starts_with("0x0707"));
	}

	#[test]
	fn reads_codes_of_any_system() {
		assert_eq!(any("urn:x|1").unwrap(), Code::of_token("urn:x|1"));
		assert!(any("1").unwrap_err().contains("system|code"));
		assert_eq!(action("access").unwrap(), terminology::action::ACCESS);
		assert!(action("read").unwrap_err().contains("access (Reading of data)"));
	}

	#[test]
	fn symbols_do_not_differ_by_case_alone() {
		for list in [
			terminology::purpose::ALL,
			&[terminology::sensitivity::ALL, terminology::confidentiality::ALL].concat(),
		] {
			let mut symbols: Vec<_> =
				list.iter().map(|term| term.symbol.to_ascii_uppercase()).collect();
			symbols.sort();
			symbols.dedup();
			assert_eq!(symbols.len(), list.len());
		}
	}

	#[test]
	fn fails_when_a_symbol_is_unknown_and_lists_what_is_known() {
		let error = purpose("PSY").unwrap_err();
		assert!(error.contains("TREAT (Treatment)") && error.contains("HRESCH"), "{error}");
		let error = label("TREAT").unwrap_err();
		assert!(error.contains("PSY (Psychiatry)") && error.contains("V (Very"), "{error}");
	}

	#[test]
	fn fails_when_a_token_is_incomplete() {
		for text in ["|PSY", "http://system|", "|"] {
			assert!(label(text).unwrap_err().contains("system|code"), "{text}");
			assert!(class(text).is_err() && purpose(text).is_err() && taxonomy(text).is_err());
		}
	}

	#[test]
	fn fails_when_it_is_no_class_or_specialty() {
		for text in ["", "observation", "Diagnosis"] {
			assert!(class(text).is_err(), "{text}");
		}
		for text in ["", "207R", "207r00000x", "207R000000"] {
			assert!(taxonomy(text).is_err(), "{text}");
		}
	}
}
