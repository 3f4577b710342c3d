//! What an obligation withholds, by what is known of the data.

mod scene;

use hdx_consent_engine::{
	terminology::sensitivity::{HIV, PSY},
	DataFacts, DataMeaning,
	DataMeaning::{AuthoredBy, Dependents, Instance, Related},
	Obligation, Period,
};
use scene::*;

fn facts() -> DataFacts<'static> {
	DataFacts { codes: &[], references: Some(&[]), dated: Some(period(0, 1)) }
}

#[test]
fn a_redaction_withholds_what_carries_one_of_its_codes() {
	let obligation = redact(&[PSY]);
	assert!(obligation.withholds(&DataFacts { codes: &[HIV, PSY], ..facts() }));
	assert!(!obligation.withholds(&DataFacts { codes: &[HIV], ..facts() }));
	assert!(!obligation.withholds(&DataFacts { codes: &[HIV], ..DataFacts::default() }));
}

#[test]
fn an_exception_lets_out_what_carries_one_of_its_codes() {
	let obligation = redact_except(&[PSY]);
	assert!(!obligation.withholds(&DataFacts { codes: &[HIV, PSY], ..facts() }));
	assert!(!obligation.withholds(&DataFacts { codes: &[PSY], ..DataFacts::default() }));
	assert!(obligation.withholds(&DataFacts { codes: &[HIV], ..facts() }));
	assert!(obligation.withholds(&facts()));
}

#[test]
fn data_of_unknown_age_is_withheld_where_its_age_matters() {
	let unknown = DataFacts { dated: None, ..facts() };
	for obligation in [redact_periods(&[period(0, 1)]), redact_except_periods(&[period(0, 1)])] {
		assert!(obligation.withholds(&unknown));
	}
	for obligation in [redact(&[PSY]), redact_data(&[reference(Instance, "one")])] {
		assert!(!obligation.withholds(&unknown));
	}
}

#[test]
fn data_of_unknown_identity_is_withheld_where_its_identity_matters() {
	let unknown = DataFacts { references: None, ..facts() };
	let one = reference(Instance, "one");
	for obligation in [redact_data(&[one]), redact_except_data(&[one])] {
		assert!(obligation.withholds(&unknown));
	}
	for obligation in [redact(&[PSY]), redact_periods(&[period(5, 6)])] {
		assert!(!obligation.withholds(&unknown));
	}
}

#[test]
fn data_from_a_period_in_part_is_withheld_either_way() {
	let limit = [period(0, 10)];
	let is_withheld = |obligation: Obligation, dated| {
		obligation.withholds(&DataFacts { dated: Some(dated), ..facts() })
	};
	for (dated, is_redacted, is_excepted) in [
		(period(0, 10), true, true),
		(period(4, 5), true, true),
		(period(-1, 5), true, false),
		(period(5, 11), true, false),
		(period(-5, 15), true, false),
		(period(-5, 0), false, false),
		(period(10, 15), false, false),
		(Period::default(), true, false),
		(Period { start: Some(at(10)), end: None }, false, false),
	] {
		assert_eq!(is_withheld(redact_periods(&limit), dated), is_redacted, "{dated:?}");
		assert_eq!(!is_withheld(redact_except_periods(&limit), dated), is_excepted, "{dated:?}");
	}
}

#[test]
fn references_reach_data_by_their_meaning() {
	let is_withheld = |named: DataMeaning, known: DataMeaning, token| {
		let known = [reference(known, token)];
		let facts = DataFacts { references: Some(&known), ..facts() };
		let withheld = redact_data(&[reference(named, "one")]).withholds(&facts);
		let let_out = !redact_except_data(&[reference(named, "one")]).withholds(&facts);
		assert_eq!(withheld, let_out);
		withheld
	};
	let all = [Instance, Related, Dependents, AuthoredBy];
	for named in all {
		for known in all {
			let is_wider = known == Instance && [Related, Dependents].contains(&named);
			assert_eq!(is_withheld(named, known, "one"), named == known || is_wider);
			assert!(!is_withheld(named, known, "other"));
		}
	}
}

#[test]
fn one_match_of_any_kind_is_enough() {
	let mut filter = about_data(&[reference(Instance, "one")]);
	filter.codes = values_of_codes(&[PSY]);
	filter.periods = about_periods(&[period(0, 1)]).periods;
	let elsewhen = DataFacts { dated: Some(period(5, 6)), ..facts() };
	for known in [
		DataFacts { codes: &[PSY], ..elsewhen },
		DataFacts { references: Some(&[reference(Instance, "one")]), ..elsewhen },
		DataFacts { dated: Some(period(0, 1)), ..elsewhen },
	] {
		assert!(Obligation::Redact(filter.clone()).withholds(&known));
		assert!(!Obligation::RedactExcept(filter.clone()).withholds(&known));
	}
	assert!(!Obligation::Redact(filter.clone()).withholds(&elsewhen));
	assert!(Obligation::RedactExcept(filter).withholds(&elsewhen));
}

fn values_of_codes(codes: &[hdx_consent_engine::Code]) -> hdx_consent_engine::ObligationCodes {
	codes.to_vec().try_into().unwrap_or_default()
}
