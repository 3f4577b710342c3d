//! Lists: had once, kept as long as they may be, and never believed on doubt.

use crate::board::{entry, list, Board, BOARD, REVOKED};
use hdx_credentials::status::{ListError, Purpose};
use hdx_oracle::{
	lists::{Lists, News},
	verdict::{Doubt, Said},
};
use jiff::{SignedDuration, Timestamp};
use std::{sync::Arc, time::Duration};

const HOUR: Duration = Duration::from_secs(60 * 60);
const SECOND: Duration = Duration::from_secs(1);

/// An oracle's lists: kept for `keep`, and fetched again soon where they are refused.
fn lists(board: &Arc<Board>, keep: Duration) -> Lists {
	Lists::new(board.clone(), board.keys(), 2, keep, Duration::ZERO)
}

async fn refreshed(lists: &mut Lists) -> Vec<News> {
	lists.refresh(&[REVOKED.to_owned()].into(), Duration::ZERO).await
}

fn said(lists: &Lists) -> Result<Said, Doubt> {
	lists.said(&entry(7), BOARD, Timestamp::now())
}

#[tokio::test]
async fn a_list_says_what_its_bit_says() {
	let board = Board::new();
	let mut published = list(REVOKED, Purpose::Revocation);
	board.publish(&published);
	let mut lists = lists(&board, Duration::ZERO);
	assert!(matches!(said(&lists), Err(Doubt::NotLookedAt { .. })));
	assert_eq!(refreshed(&mut lists).await, []);
	assert!(!said(&lists).unwrap().is_set);
	published.bits.set(7, true).unwrap();
	board.publish(&published);
	refreshed(&mut lists).await;
	assert!(said(&lists).unwrap().is_set);
}

#[tokio::test]
async fn a_list_is_fetched_once_while_it_is_fresh_and_again_when_told_to() {
	let board = Board::new();
	let mut published = list(REVOKED, Purpose::Revocation);
	published.ttl = Some(60_000);
	board.publish(&published);
	let mut lists = lists(&board, HOUR);
	refreshed(&mut lists).await;
	refreshed(&mut lists).await;
	assert_eq!(board.asked(REVOKED), 1);
	lists.look_again(&[entry(7)]);
	refreshed(&mut lists).await;
	assert_eq!(board.asked(REVOKED), 2);
}

#[tokio::test]
async fn a_list_is_fetched_again_when_its_ttl_or_ours_is_over() {
	for (ttl, keep) in [(Some(0), HOUR), (Some(60_000), Duration::ZERO)] {
		let board = Board::new();
		let mut published = list(REVOKED, Purpose::Revocation);
		published.ttl = ttl;
		board.publish(&published);
		let mut lists = lists(&board, keep);
		refreshed(&mut lists).await;
		refreshed(&mut lists).await;
		assert_eq!(board.asked(REVOKED), 2);
	}
}

#[tokio::test]
async fn nothing_is_said_by_a_list_that_was_good_and_is_refused_now() {
	let other = Board::new();
	let good = list(REVOKED, Purpose::Revocation);
	let token = |board: &Board| good.sign(&board.key).unwrap();
	let short = |token: &str| token[..token.len() / 2].to_owned();
	let board = Board::new();
	let broken = [
		None,
		Some(short(&token(&board))),
		Some(token(&other)),
		Some("a".repeat(5 * 1024 * 1024)),
		Some(String::new()),
	];
	for served in broken {
		let board = Board::new();
		let keys = board.keys();
		board.publish(&good);
		let mut lists = Lists::new(board.clone(), keys, 2, Duration::ZERO, Duration::ZERO);
		refreshed(&mut lists).await;
		said(&lists).unwrap();
		board.serve(REVOKED, served);
		let news = refreshed(&mut lists).await;
		assert!(matches!(&news[..], [News::Refused { list, .. }] if list == REVOKED), "{news:?}");
		assert!(matches!(said(&lists), Err(Doubt::Unavailable(_) | Doubt::List { .. })));
		board.publish(&good);
		let news = refreshed(&mut lists).await;
		assert_eq!(news, [News::Back { list: REVOKED.to_owned() }]);
		said(&lists).unwrap();
	}
}

#[tokio::test]
async fn an_older_list_than_before_undoes_no_revocation() {
	let board = Board::new();
	let old = list(REVOKED, Purpose::Revocation);
	let mut new = old.clone();
	new.valid_from = old.valid_from + SignedDuration::from_secs(1);
	new.bits.set(7, true).unwrap();
	let mut lists = lists(&board, Duration::ZERO);
	board.publish(&new);
	refreshed(&mut lists).await;
	assert!(said(&lists).unwrap().is_set);
	board.publish(&old);
	refreshed(&mut lists).await;
	assert!(matches!(said(&lists), Err(Doubt::RolledBack { .. })));
}

#[tokio::test]
async fn a_list_says_nothing_after_its_end() {
	let board = Board::new();
	board.publish(&list(REVOKED, Purpose::Revocation));
	let mut lists = lists(&board, HOUR);
	refreshed(&mut lists).await;
	let end = Timestamp::now() + SignedDuration::from_hours(25);
	assert!(matches!(lists.said(&entry(7), BOARD, end), Err(Doubt::NotLookedAt { .. })));
}

#[tokio::test]
async fn the_list_of_another_issuer_or_for_another_purpose_says_nothing() {
	let board = Board::new();
	board.publish(&list(REVOKED, Purpose::Suspension));
	let mut lists = lists(&board, HOUR);
	refreshed(&mut lists).await;
	let refused =
		|error| matches!(error, Err(Doubt::List { error: ListError::OtherPurpose { .. }, .. }));
	assert!(refused(said(&lists)));
	let other = lists.said(&entry(7), "did:web:other.example", Timestamp::now());
	assert!(matches!(other, Err(Doubt::List { error: ListError::OtherIssuer { .. }, .. })));
}

#[tokio::test]
async fn a_list_that_is_refused_is_not_asked_for_at_once_again() {
	let board = Board::new();
	let mut lists = Lists::new(board.clone(), board.keys(), 2, Duration::ZERO, HOUR);
	let news = refreshed(&mut lists).await;
	let News::Refused { next, .. } = &news[0] else { panic!("{news:?}") };
	assert!(*next > Timestamp::now() + SignedDuration::from_mins(44));
	lists.look_again(&[entry(7)]);
	assert_eq!(refreshed(&mut lists).await, []);
	assert_eq!(board.asked(REVOKED), 1);
}

#[tokio::test]
async fn a_list_that_nobody_watches_any_more_is_forgotten() {
	let board = Board::new();
	board.publish(&list(REVOKED, Purpose::Revocation));
	let mut lists = lists(&board, HOUR);
	refreshed(&mut lists).await;
	lists.refresh(&[].into(), SECOND).await;
	assert!(matches!(said(&lists), Err(Doubt::NotLookedAt { .. })));
}
