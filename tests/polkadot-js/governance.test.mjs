// Both chambers decide, by an outside client that knows the chain only by its metadata: a text is stored, referenda are
// proposed, voted on and carried out. On a node of its own, beside the other tests: periods are of a few blocks, and there
// is nothing to do but to wait for them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { cryptoWaitReady } from '@polkadot/util-crypto';

import { startNode } from './development-node.mjs';
import { INSTITUTIONS, PATIENTS, approved, ayes, inline, propose } from './referenda.mjs';
import { LIMIT_MS, only, submitted, until } from './submit.mjs';

/** Operated by Alice in the development genesis. */
const HOSPITAL = 0;
/** What the institutions give it. */
const LIMITS = { capacity: 3_000, refill: 150 };
/** How long entries of the log shall stay: six years is what they do. */
const TEN_YEARS_MS = 10 * 366 * 24 * 60 * 60 * 1000;

let node;
let api;
/** Who operate the two hospitals. */
let institutions;
/** Two of the three who represent patients. */
let representatives;
/** A call that touches patients' rights. */
let retention;
/** What institutions have carried out so that it is made. */
let dispatch;

before(async () => {
	await cryptoWaitReady();
	const keyring = new Keyring({ type: 'sr25519' });
	institutions = ['//Alice', '//Bob'].map((uri) => keyring.addFromUri(uri));
	representatives = ['//Dave//stash', '//Eve//stash'].map((uri) => keyring.addFromUri(uri));
	node = await startNode();
	api = await ApiPromise.create({ provider: new WsProvider(node.url), throwOnConnect: true });
	retention = api.tx.audit.setRetention(TEN_YEARS_MS);
	dispatch = api.tx.whitelist.dispatchWhitelistedCallWithPreimage(retention);
}, { timeout: 2 * LIMIT_MS });

after(async () => {
	await api?.disconnect();
	await node?.stop();
});

const hash = () => retention.method.hash.toHex();
const isRetained = async (then) => (await then.query.audit.retentionPeriod()).toString() === String(TEN_YEARS_MS);

/** The referenda of the institutions: about a number, and about a matter of patients. */
let polls;

test('members store a text, propose and vote', { timeout: 2 * LIMIT_MS }, async () => {
	const [alice, bob] = institutions;
	const aboutPatients = async () => {
		const text = dispatch.method.toHex();
		const { events } = await submitted(api, api.tx.preimage.notePreimage(text), alice);
		const [stored] = only(events, api.events.preimage.Noted);
		assert.equal(stored.toHex(), dispatch.method.hash.toHex());
		const proposal = { Lookup: { hash: stored, len: dispatch.method.toU8a().length } };
		return propose(api, INSTITUTIONS, 'WhitelistedCaller', proposal, alice);
	};
	const bucket = api.tx.quota.setBucket(HOSPITAL, LIMITS);
	polls = await Promise.all([
		propose(api, INSTITUTIONS, 'Parameters', inline(bucket), bob),
		aboutPatients(),
	]);
	assert.deepEqual(polls.map(({ track }) => track), [1, 4]);

	const [{ block }] = await ayes(api, INSTITUTIONS, polls.map(({ poll }) => poll), institutions);
	for (const { poll } of polls) {
		for (const { address } of institutions) {
			const vote = (await api.query.rankedCollective.voting(poll, address)).unwrap();
			assert.ok(vote.isAye, `${address} about ${poll}`);
		}
	}
	// A vote alone changes nothing.
	assert.ok((await (await api.at(block)).query.quota.institutionLimits(HOSPITAL)).isNone);
});

test('what institutions approve is carried out', { timeout: 2 * LIMIT_MS }, async () => {
	await approved(api, INSTITUTIONS, polls[0].poll);
	const limits = await until(api, 'the bucket', async (then) => {
		const found = await then.query.quota.institutionLimits(HOSPITAL);
		return found.isSome && found.unwrap();
	});
	assert.deepEqual([limits.capacity.toNumber(), limits.refill.toNumber()], [LIMITS.capacity, LIMITS.refill]);
});

test('a matter of patients is not, without their chamber', { timeout: 2 * LIMIT_MS }, async () => {
	await approved(api, INSTITUTIONS, polls[1].poll);
	await until(api, 'it waits', async (then) => (await then.query.whitelist.deferredDispatch(hash())).isSome);
	assert.equal(await isRetained(api), false);
	await assert.rejects(
		submitted(api, dispatch, institutions[1]),
		{ message: 'whitelist.CallIsNotWhitelisted' },
	);
	assert.equal(await isRetained(api), false);
});

test('and is, when their chamber has approved it too', { timeout: 2 * LIMIT_MS }, async () => {
	const permit = api.tx.whitelist.whitelistCall(hash());
	const { poll, track } = await propose(api, PATIENTS, 'PatientsRights', inline(permit), representatives[0]);
	assert.equal(track, 0);
	await ayes(api, PATIENTS, [poll], representatives);
	await until(api, 'patients permit it', async (then) => (await then.query.whitelist.whitelistedCall(hash())).isSome);
	const { events, block } = await submitted(api, dispatch, institutions[1]);
	only(events, api.events.whitelist.WhitelistedCallDispatched);
	assert.equal(await isRetained(await api.at(block)), true);
});
