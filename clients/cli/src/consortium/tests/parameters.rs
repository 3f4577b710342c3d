//! What governance can change, where the chain does not start with what is shipped.

use super::{example, read, the_fault, EXAMPLE, TEMPLATE};
use crate::consortium::{fault::Wrong, Fault, Parameters, Read};
use hdx_primitives::{
	engine::terminology::purpose::{HRESCH, TREAT},
	Action, AssuranceLevel, Role,
};

/// The example, with this after it.
fn with(more: &str) -> Read {
	read(&format!("{EXAMPLE}\n{more}\n"))
}

/// What is set by it.
fn set(more: &str) -> Parameters {
	let read = with(more);
	assert_eq!((&read.faults, &read.notes), (&vec![], &vec![]));
	read.consortium.unwrap().parameters
}

/// The one fault of it, with the line counted from the first of `more`.
fn fault_of(more: &str) -> Fault {
	let mut fault = the_fault(with(more));
	let before = EXAMPLE.lines().count() + 1;
	fault.line = fault.line.map(|line| line - before);
	fault
}

#[test]
fn without_parameters_a_chain_starts_with_what_is_shipped() {
	assert_eq!(example().parameters, Parameters::default());
	assert_eq!(set("[parameters]"), Parameters::default());
}

#[test]
fn parameters_are_read_with_their_units() {
	let parameters = set("[parameters]\nlicences_required = true\nretention_days = 3653\n\
		[parameters.emergency]\nmax_duration_minutes = 30\nuses = 5\nreview_within_hours = 24\n\
		max_overdue = 0\nproofs_a_day = 1\n\
		[parameters.reviews]\nanswer_within_days = 14\nescalate_within_days = 60\n\
		[parameters.monitoring]\nwindow_hours = 12\n\
		[parameters.monitoring.actor]\ndenials = 11\noverrides = 12\npatients = 13\n\
		[parameters.monitoring.institution]\ndenials = 21\noverrides = 22\npatients = 23\n\
		[[bucket]]\ninstitution = \"rheinklinik\"\ncapacity = 4000\nrefill = 200\n\
		[[permission]]\nrole = \"nurse\"\npurpose = \"TREAT\"\nactions = [\"read\"]\n\
		[[permission]]\nrole = \"researcher\"\npurpose = \"HRESCH\"\nactions = []\n\
		[[level]]\npurpose = \"TREAT\"\naction = \"disclose\"\nlevel = \"verified\"\n");
	let day = 86_400_000;
	let expected = Parameters {
		licences_required: true,
		numbers: vec![
			("audit.retention", 3_653 * day),
			("recordAccess.emergencyTerms.maxDuration", 1_800_000),
			("recordAccess.emergencyTerms.uses", 5),
			("recordAccess.emergencyTerms.reviewWithin", day),
			("recordAccess.emergencyTerms.maxOverdue", 0),
			("recordAccess.emergencyTerms.proofsADay", 1),
			("audit.reviewTerms.answerWithin", 14 * day),
			("audit.reviewTerms.escalateWithin", 60 * day),
			("audit.monitoring.window", day / 2),
			("audit.monitoring.actor.denials", 11),
			("audit.monitoring.actor.overrides", 12),
			("audit.monitoring.actor.patients", 13),
			("audit.monitoring.institution.denials", 21),
			("audit.monitoring.institution.overrides", 22),
			("audit.monitoring.institution.patients", 23),
		],
		buckets: vec![(1, 4_000, 200)],
		permissions: vec![
			(Role::Nurse, TREAT, vec![Action::Read]),
			(Role::Researcher, HRESCH, vec![]),
		],
		levels: vec![(TREAT, Action::Disclose, AssuranceLevel::Verified)],
	};
	assert_eq!(parameters, expected);
}

/// What stands in the template behind a `#` alone are keys that there are, with what is shipped.
#[test]
fn the_template_has_only_keys_that_there_are_and_numbers_that_may_be() {
	let lines = TEMPLATE.lines().map(|line| match line.strip_prefix('#') {
		Some(key) if !key.starts_with(' ') => key,
		_ => line,
	});
	let text = lines.collect::<Vec<_>>().join("\n");
	assert!(text.contains("\n[parameters.monitoring.actor]\n"), "{text}");
	let read = read(&text);
	for fault in &read.faults {
		let is_expected = matches!(
			fault.wrong,
			Wrong::Missing
				| Wrong::NoSeat
				| Wrong::NoRepresentative
				| Wrong::TooFewValidators { found: 1, minimum: 4 }
		);
		assert!(is_expected, "{fault}");
	}
	assert!(read.faults.iter().any(|fault| fault.key == "bucket[1].institution"));
}

#[test]
fn fails_when_a_parameter_is_unknown_or_of_another_type() {
	for more in [
		"[parameters]\nlicenses_required = true",
		"[parameters]\nlicences_required = 1",
		"[parameters.emergency]\nmax_duration = 60",
		"[parameters.reviews]\nanswer_within_days = \"a month\"",
		"[parameters.monitoring]\ndenials = 3",
		"[parameters.monitoring.patient]\ndenials = 3",
		"[[bucket]]\ninstitution = \"rheinklinik\"\nburst = 3",
		"[[permission]]\nroles = \"nurse\"",
		"[[level]]\nminimum = \"enrolled\"",
	] {
		let fault = the_fault(with(more));
		assert!(matches!(fault.wrong, Wrong::Form(_)) && fault.line.is_some(), "{more}: {fault}");
	}
}

#[test]
fn fails_when_a_parameter_is_out_of_range() {
	let thresholds = ["denials", "overrides", "patients"];
	let mut all = vec![
		(String::new(), "retention_days", 2_192, 18_263),
		(".emergency".to_owned(), "max_duration_minutes", 15, 240),
		(".emergency".to_owned(), "uses", 1, 100),
		(".emergency".to_owned(), "review_within_hours", 1, 720),
		(".emergency".to_owned(), "max_overdue", 0, 100),
		(".emergency".to_owned(), "proofs_a_day", 0, 255),
		(".reviews".to_owned(), "answer_within_days", 3, 90),
		(".reviews".to_owned(), "escalate_within_days", 3, 90),
		(".monitoring".to_owned(), "window_hours", 1, 744),
	];
	for party in ["actor", "institution"] {
		all.extend(thresholds.map(|key| (format!(".monitoring.{party}"), key, 1, 100_000)));
	}
	for (table, key, least, most) in all {
		let more = |number: u32| format!("[parameters{table}]\n{key} = {number}");
		for number in [least, most] {
			assert_eq!(set(&more(number)).numbers.len(), 1, "{key} = {number}");
		}
		for found in [least.checked_sub(1), Some(most + 1)].into_iter().flatten() {
			let fault = fault_of(&more(found));
			assert_eq!(fault.wrong, Wrong::OutOfRange { found, least, most });
			assert_eq!((fault.line, fault.key), (Some(2), format!("parameters{table}.{key}")));
		}
	}
}

#[test]
fn fails_when_a_bucket_lets_nothing_through() {
	for (key, limits) in
		[("capacity", "capacity = 0\nrefill = 1"), ("refill", "refill = 0\ncapacity = 1")]
	{
		let fault = fault_of(&format!("[[bucket]]\ninstitution = \"rheinklinik\"\n{limits}"));
		assert_eq!(fault.wrong, Wrong::OutOfRange { found: 0, least: 1, most: u32::MAX });
		assert_eq!((fault.line, fault.key), (Some(3), format!("bucket[1].{key}")));
	}
}

#[test]
fn fails_when_a_bucket_is_of_nobody_in_the_file_or_there_twice() {
	let bucket =
		|id: &str| format!("[[bucket]]\ninstitution = \"{id}\"\ncapacity = 9\nrefill = 1\n");
	let fault = fault_of(&bucket("nobody"));
	assert_eq!(fault.wrong, Wrong::UnknownInstitution { found: "nobody".to_owned() });
	assert_eq!((fault.line, fault.key.as_str()), (Some(2), "bucket[1].institution"));
	let fault = fault_of(&format!("{}{}", bucket("rheinklinik"), bucket("rheinklinik")));
	let line = EXAMPLE.lines().count() + 2;
	assert_eq!(fault.wrong, Wrong::SetTwice { line, key: "bucket[1].institution".to_owned() });
	assert_eq!((fault.line, fault.key.as_str()), (Some(5), "bucket[2].institution"));
}

#[test]
fn fails_when_a_part_of_a_bucket_a_cell_or_a_level_is_missing() {
	for (table, lines) in [
		("bucket", ["institution = \"rheinklinik\"", "capacity = 9", "refill = 1"]),
		("permission", ["role = \"nurse\"", "purpose = \"TREAT\"", "actions = []"]),
		("level", ["purpose = \"TREAT\"", "action = \"read\"", "level = \"attested\""]),
	] {
		for left_out in 0..lines.len() {
			let mut some = lines.to_vec();
			let (key, _) = some.remove(left_out).split_once(' ').unwrap();
			let fault = fault_of(&format!("[[{table}]]\n{}", some.join("\n")));
			assert_eq!(fault.wrong, Wrong::Missing);
			assert_eq!((fault.line, fault.key), (Some(1), format!("{table}[1].{key}")));
		}
	}
}

#[test]
fn fails_when_a_role_a_purpose_an_action_or_a_level_is_none() {
	let permission = |role: &str, purpose: &str, action: &str| {
		format!("[[permission]]\nrole = \"{role}\"\npurpose = \"{purpose}\"\nactions = [\"read\", \"{action}\"]")
	};
	let level = |level: &str| {
		format!("[[level]]\npurpose = \"TREAT\"\naction = \"read\"\nlevel = \"{level}\"")
	};
	for (more, key, line, name) in [
		(permission("surgeon", "TREAT", "write"), "permission[1].role", 2, "physician"),
		(permission("nurse", "CURE", "write"), "permission[1].purpose", 3, "system|code"),
		(permission("nurse", "TREAT", "erase"), "permission[1].actions[2]", 4, "disclose"),
		(level("highest"), "level[1].level", 4, "verified"),
	] {
		let fault = fault_of(&more);
		assert!(
			matches!(&fault.wrong, Wrong::UnknownName { names, .. } if names.contains(name)),
			"{fault}"
		);
		assert_eq!((fault.line, fault.key.as_str()), (Some(line), key));
		assert!(!fault.wrong.advice().is_empty());
	}
}

#[test]
fn fails_when_a_cell_a_level_or_an_action_is_there_twice() {
	let permission =
		"[[permission]]\nrole = \"nurse\"\npurpose = \"TREAT\"\nactions = [\"read\"]\n";
	let fault = fault_of(&permission.repeat(2));
	assert!(matches!(&fault.wrong, Wrong::SetTwice { key, .. } if key == "permission[1].role"));
	assert_eq!((fault.line, fault.key.as_str()), (Some(5), "permission[2].role"));
	let level = "[[level]]\npurpose = \"TREAT\"\naction = \"read\"\nlevel = \"enrolled\"\n";
	let fault = fault_of(&level.repeat(2));
	assert!(matches!(&fault.wrong, Wrong::SetTwice { key, .. } if key == "level[1].purpose"));
	let fault = fault_of(&permission.replace("[\"read\"]", "[\"read\", \"read\"]"));
	assert!(
		matches!(&fault.wrong, Wrong::SetTwice { key, .. } if key == "permission[1].actions[1]")
	);
	// The same role for another purpose is another cell.
	let other = format!("{permission}{}", permission.replace("TREAT", "HRESCH"));
	assert_eq!(set(&other).permissions.len(), 2);
}

#[test]
fn fails_when_the_level_of_breaking_the_glass_is_set() {
	let fault = fault_of("[[level]]\npurpose = \"BTG\"\naction = \"read\"\nlevel = \"enrolled\"");
	assert_eq!(fault.wrong, Wrong::FixedLevel);
	assert_eq!((fault.line, fault.key.as_str()), (Some(2), "level[1].purpose"));
}

#[test]
fn a_secret_that_was_put_in_the_place_of_a_name_is_not_repeated() {
	let words = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
	let more = format!("[[level]]\npurpose = \"TREAT\"\naction = \"read\"\nlevel = \"{words}\"");
	assert!(!fault_of(&more).to_string().contains("obey"));
}
