// Sends transactions, and looks at what came of them.

import assert from 'node:assert/strict';

import { blake2AsHex } from '@polkadot/util-crypto';

export const LIMIT_MS = 180_000;

/**
 * Signs, submits, waits for finality. Without a signer it is sent as it is: some calls the chain takes from anybody. Rejects
 * with the module error's name if the call fails.
 */
export async function submitted(api, call, signer, within = LIMIT_MS) {
	let stop;
	let limit;
	try {
		return await new Promise((resolve, reject) => {
			const name = `${call.method.section}.${call.method.method}`;
			limit = setTimeout(() => reject(new Error(`${name} was not finalized in time`)), within);
			const look = (result) => {
				if (result.isError) {
					reject(new Error(`${name}: ${result.status.type}`));
				} else if (result.isFinalized && result.internalError) {
					// Its events could not be read. Of the block in which a runtime is replaced, the client may read them with what
					// the next one says of itself.
					const block = result.status.asFinalized;
					whatCameOf(api, result.txHash, block).then(
						(events) => look({ isFinalized: true, status: result.status, events, dispatchError: failureIn(events) }),
						(error) => reject(new Error(`${name}: ${result.internalError.message}, and then ${error.message}`)),
					);
				} else if (result.isFinalized && result.dispatchError) {
					const error = result.dispatchError;
					const found = error.isModule ? api.registry.findMetaError(error.asModule) : undefined;
					reject(new Error(found ? `${found.section}.${found.name}` : error.toString()));
				} else if (result.isFinalized) {
					resolve({ events: result.events, block: result.status.asFinalized });
				}
			};
			const sent = signer ? call.signAndSend(signer, look) : call.send(look);
			sent.then((unsubscribe) => { stop = unsubscribe; }, reject);
		});
	} finally {
		clearTimeout(limit);
		stop?.();
	}
}

/** The events of a transaction, by the metadata of the runtime that made its block. */
async function whatCameOf(api, hash, block) {
	const [{ block: { extrinsics } }, then] = await Promise.all([
		api.rpc.chain.getBlock.raw(block),
		api.at(block),
	]);
	const index = extrinsics.findIndex((bytes) => blake2AsHex(bytes) === hash.toHex());
	assert.notEqual(index, -1, 'the transaction is in its block');
	const events = await then.query.system.events();
	return events.filter(({ phase }) => phase.isApplyExtrinsic && phase.asApplyExtrinsic.eq(index));
}

function failureIn(events) {
	return events.find(({ event }) => event.section === 'system' && event.method === 'ExtrinsicFailed')?.event.data[0];
}

/** The one event of this kind, by its name in the metadata. */
export function only(events, kind) {
	const found = events.map(({ event }) => event).filter((event) => kind.is(event));
	assert.equal(found.length, 1, `one ${kind.meta.name} among ${events.map(({ event }) => event.method)}`);
	return found[0].data;
}

/** Looks at each finalized head, and the state after it, until there is something to return. */
export async function until(api, what, look, within = LIMIT_MS) {
	let stop;
	let limit;
	try {
		return await new Promise((resolve, reject) => {
			limit = setTimeout(() => reject(new Error(`${what}: not in time`)), within);
			api.rpc.chain.subscribeFinalizedHeads((head) => {
				api.at(head.hash).then((then) => look(then, head)).then((found) => { if (found) resolve(found); }, reject);
			}).then((unsubscribe) => { stop = unsubscribe; }, reject);
		});
	} finally {
		clearTimeout(limit);
		stop?.();
	}
}
