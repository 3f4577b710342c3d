//! Services are set and removed.

use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::did::{Service, MAX_SERVICES};

fn set(version: u32, service: Service) -> sp_runtime::DispatchResult {
	Did::set_service(signed(doctor()), doctor(), version, service)
}

#[test]
fn a_service_is_added() {
	with_did(|| {
		assert_ok!(set(1, service("web", "https://a.example")));
		assert_eq!(document(doctor()).services.into_inner(), [service("web", "https://a.example")]);
		let id = service("web", "").id;
		let expected =
			Event::ServiceSet { subject: doctor(), service: id, version: 2, by: doctor() };
		assert_eq!(new_events(), [expected]);
	});
}

#[test]
fn a_service_of_the_same_id_takes_the_others_place() {
	with_did(|| {
		assert_ok!(set(1, service("a", "1")));
		assert_ok!(set(2, service("b", "1")));
		assert_ok!(set(3, service("a", "2")));
		let services = document(doctor()).services.into_inner();
		assert_eq!(services, [service("a", "2"), service("b", "1")]);
	});
}

#[test]
fn a_service_that_says_the_same_is_no_change() {
	with_did(|| {
		assert_ok!(set(1, service("a", "1")));
		assert_noop!(set(2, service("a", "1")), Error::<Test>::ServiceUnchanged);
	});
}

#[test]
fn a_service_is_removed() {
	with_did(|| {
		assert_ok!(set(1, service("a", "1")));
		assert_ok!(set(2, service("b", "1")));
		new_events();
		let id = service("a", "").id;
		assert_ok!(Did::remove_service(signed(doctor()), doctor(), 3, id.clone()));
		assert_eq!(document(doctor()).services.into_inner(), [service("b", "1")]);
		let expected =
			Event::ServiceRemoved { subject: doctor(), service: id, version: 4, by: doctor() };
		assert_eq!(new_events(), [expected]);
	});
}

#[test]
fn a_service_that_is_not_there_is_not_removed() {
	with_did(|| {
		let remove = Did::remove_service(signed(doctor()), doctor(), 1, service("a", "").id);
		assert_noop!(remove, Error::<Test>::ServiceUnknown);
	});
}

#[test]
fn a_malformed_service_is_refused_for_its_reason() {
	with_did(|| {
		assert_noop!(set(1, service("", "e")), Error::<Test>::ServiceIdMalformed);
		assert_noop!(set(1, service("a b", "e")), Error::<Test>::ServiceIdMalformed);
		assert_noop!(set(1, service("key-1", "e")), Error::<Test>::ServiceIdReserved);
		assert_noop!(set(1, service("a", "")), Error::<Test>::EndpointMalformed);
		assert_noop!(set(1, service("a", "line\nbreak")), Error::<Test>::EndpointMalformed);
		let untyped = Service { kind: Default::default(), ..service("a", "e") };
		assert_noop!(set(1, untyped), Error::<Test>::ServiceTypeMalformed);
	});
}

#[test]
fn a_did_has_so_many_services_at_most() {
	with_did(|| {
		for number in 0..MAX_SERVICES {
			assert_ok!(set(1 + number, service(&format!("s{number}"), "e")));
		}
		let version = 1 + MAX_SERVICES;
		assert_noop!(set(version, service("more", "e")), Error::<Test>::TooManyServices);
		assert_ok!(set(version, service("s0", "f")));
	});
}
