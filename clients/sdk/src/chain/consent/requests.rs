//! What providers ask patients to consent to.

use super::super::{interface, AtBlock, Chain, ChainError, Signer, Until};
use hdx_primitives::{
	consent::{ConsentRequest, ConsentRequestTerms},
	AccountId, Milliseconds, RequestId,
};

impl Chain {
	/// Asks a patient for a consent; gives the number of the request, and when it expires. The
	/// signer is a practitioner in good standing at the institution, or operates it.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::request_consent`.
	pub async fn request_consent(
		&self,
		requester: &Signer,
		patient: AccountId,
		terms: ConsentRequestTerms,
		until: Until,
	) -> Result<(RequestId, Milliseconds), ChainError> {
		let call =
			interface::transactions().consent().request_consent(patient.into(), terms.into());
		let included = self.submit("Consent::request_consent", &call, requester, until).await?;
		let event: interface::consent::events::ConsentRequested =
			included.event("ConsentRequested")?;
		Ok((event.request.0, event.expires_at.0))
	}

	/// Takes a request back. The signer made it.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::withdraw_request`.
	pub async fn withdraw_request(
		&self,
		requester: &Signer,
		request: RequestId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().consent().withdraw_request(request.into());
		self.submit("Consent::withdraw_request", &call, requester, until).await?;
		Ok(())
	}

	/// A request that waits for an answer. One that expired may still be there.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Transport`].
	pub async fn consent_request(&self, id: RequestId) -> Result<ConsentRequest, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().consent().requests();
		let found = at
			.storage()
			.try_fetch(address, (id.into(),))
			.await
			.map_err(ChainError::transport)?
			.ok_or_else(|| ChainError::NotFound {
				what: format!("consent request {} that waits for an answer", id.0),
			})?
			.decode()
			.map_err(ChainError::transport)?;
		Ok(found.0)
	}

	/// The requests that wait for a patient and have not expired.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn requests_to(
		&self,
		patient: &AccountId,
	) -> Result<Vec<(RequestId, ConsentRequest)>, ChainError> {
		let query = interface::view_functions().consent().requests_to(patient.clone().into());
		self.view(AtBlock::Best, query).await
	}

	/// The requests that somebody made and that wait; expired ones may be among them.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn requests_by(
		&self,
		requester: &AccountId,
	) -> Result<Vec<(RequestId, ConsentRequest)>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().consent().requests_by();
		let found = at
			.storage()
			.try_fetch(address, (requester.clone().into(),))
			.await
			.map_err(ChainError::transport)?;
		let Some(found) = found else { return Ok(Vec::new()) };
		let mut requests = Vec::new();
		for id in found.decode().map_err(ChainError::transport)?.0 {
			match self.consent_request(id.0).await {
				Ok(request) => requests.push((id.0, request)),
				// Answered in the meantime.
				Err(ChainError::NotFound { .. }) => {},
				Err(error) => return Err(error),
			}
		}
		Ok(requests)
	}
}
