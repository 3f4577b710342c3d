//! A package opens for what it was made for and nothing else.

use super::*;

fn others() -> [(&'static str, Bindings); 6] {
	[
		("chain", Bindings { genesis: [8; 32], ..bindings() }),
		("record", Bindings { record: RecordId(4), ..bindings() }),
		("grant", Bindings { grant: GrantId(12), ..bindings() }),
		("consent", Bindings { consent: None, ..bindings() }),
		("grantee", Bindings { grantee: AccountId::new([10; 32]), ..bindings() }),
		("epoch", Bindings { epoch: 2, ..bindings() }),
	]
}

#[tokio::test]
async fn open_fails_when_a_binding_differs() {
	let scene = Scene::new().await;
	let package = scene.package(&scene.everything());
	let commitment = &scene.sealed.commitment;
	for (name, expected) in others() {
		let error =
			open(&package, &scene.grantee, commitment, &expected, &scene.store).await.unwrap_err();
		let named = matches!(&error, OpenError::BindingMismatch { field, .. } if *field == name);
		assert!(named, "{name}: {error}");
	}
}

#[tokio::test]
async fn a_package_relabelled_for_another_grant_does_not_open() {
	let scene = Scene::new().await;
	let package = scene.package(&scene.everything());
	let commitment = &scene.sealed.commitment;
	for (name, expected) in others() {
		let relabelled = GrantPackage { bindings: expected.clone(), ..package.clone() };
		let error = open(&relabelled, &scene.grantee, commitment, &expected, &scene.store)
			.await
			.unwrap_err();
		// The epoch is part of the commitment, all others of the wrap.
		let refused = match name {
			"epoch" => matches!(error, OpenError::CommitmentMismatch { .. }),
			_ => matches!(error, OpenError::TamperedWrap { .. }),
		};
		assert!(refused, "{name}: {error}");
	}
}

#[test]
fn bindings_survive_json() {
	for (_, bindings) in others() {
		let json = serde_json::to_string(&bindings).unwrap();
		assert_eq!(serde_json::from_str::<Bindings>(&json).unwrap(), bindings);
	}
}
