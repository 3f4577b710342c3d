// A consortium lives a while: four hospitals with a validator each let in a fifth, decide about a matter of patients, and
// upgrade the runtime. All by an outside client that knows the chain only by its metadata, on real nodes. Takes minutes, so
// `npm test` leaves it out: `npm run consortium`.
//
// The preset `local` has two hospitals and sessions of an hour. Here there are four, each with a seat and the validator of
// its own name, and sessions are short; the periods of referenda are those of the preset, where a day is two blocks.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { hexToU8a, u8aToBn, u8aToHex } from '@polkadot/util';
import { blake2AsHex, blake2AsU8a, cryptoWaitReady, randomAsU8a } from '@polkadot/util-crypto';

import { logOf } from '../log.mjs';
import { INSTITUTIONS, PATIENTS, decide } from '../referenda.mjs';
import { LIMIT_MS, only, submitted, until } from '../submit.mjs';
import { startLoad } from './load.mjs';
import { startNetwork } from './network.mjs';
import { item, stored, value } from './state.mjs';

/** The runtime after the chain's, with a migration of the log over several blocks: docs/upgrades.md, "Rehearsing one". */
const NEXT_RUNTIME = process.env.HDX_NEXT_RUNTIME || undefined;
/** How long anything may take while five nodes compile the next runtime. */
const UPGRADE_LIMIT_MS = 600_000;
/** Blocks of a session. Who gets keys in one validates from the session after next. */
const SESSION = 10;
/** Blocks after which each of five validators had its turn several times. */
const SEVERAL_TURNS = 20;
/** The number of the institution that joins. */
const FIFTH = 4;
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
/** How long entries of the log shall stay: six years is what they do. */
const TEN_YEARS_MS = 10 * 366 * 24 * 60 * 60 * 1000;
/** ISO 27001, as the chain stores a code: the 128-bit BLAKE2b of `system|code`. */
const SCHEME = u8aToHex(blake2AsU8a('https://example.org/schemes|iso-27001', 128));
/** Entries of the log before the upgrade, at least: the migration looks at eight a block. */
const ENTRIES_BEFORE = 30;
/** How many patients send all the while. */
const PATIENTS_UNDER_UPGRADE = 4;

let network;
let provider;
let api;
/** Who operate the hospitals. The fifth joins them. */
let operators;
/** Two of the three who represent patients: more than half. */
let representatives;
/** The validator of the fifth: an account that signs its session keys and nothing else. */
let validator;
let keyring;

/** An account that nobody else has the key of. */
const account = () => keyring.addFromSeed(randomAsU8a(32));
/** The hash of the public description of a hospital. */
const profile = (name) => blake2AsU8a(`Organization/${name}`, 256);

before(async () => {
	await cryptoWaitReady();
	keyring = new Keyring({ type: 'sr25519' });
	operators = ['//Alice', '//Bob', '//Charlie', '//Dave'].map((uri) => keyring.addFromUri(uri));
	representatives = ['//Dave//stash', '//Eve//stash'].map((uri) => keyring.addFromUri(uri));
	validator = account();
	const hospitals = operators.map(({ address }, number) => [address, 'Hospital', [...profile(`hospital-${number}`)]]);
	network = await startNetwork({
		validatorSet: {
			validators: operators.map(({ address }, number) => [address, number]),
			sessionPeriod: SESSION,
		},
		providerRegistry: { institutions: hospitals },
		origins: { institutions: hospitals.map((_, number) => number) },
	});
	// A node that compiles a runtime answers late.
	provider = new WsProvider(network.nodes[0].url, 2_500, {}, UPGRADE_LIMIT_MS);
	api = await ApiPromise.create({ provider, throwOnConnect: true });
}, { timeout: 4 * LIMIT_MS });

after(async () => {
	// It connects by itself, again and again.
	await (api ?? provider)?.disconnect();
	await network?.stop();
}, { timeout: LIMIT_MS });

/** What failed. Nothing that comes after it could succeed. */
let failed;

/** A test that takes what those before it have done. */
function step(name, options, run) {
	test(name, { timeout: 6 * LIMIT_MS, ...options }, async (context) => {
		if (failed !== undefined) return context.skip(`"${failed}" failed`);
		try {
			return await run(context);
		} catch (error) {
			failed = name;
			network.nodes.forEach((node, number) => console.error(`The log of node ${number} ends:\n${node.tail()}`));
			throw error;
		}
	});
}

/** The first of the hospitals, as many as it takes: more than half of four are three, and two thirds of five are four. */
const votersOf = (count) => operators.slice(0, count);

step('a referendum of the institutions accredits a fifth', {}, async () => {
	const operator = account();
	const valid = { start: null, end: Date.now() + YEAR_MS };
	const everything = api.tx.utility.batchAll([
		api.tx.providerRegistry.registerInstitution(operator.address, 'Hospital', profile('hospital-4')),
		api.tx.providerRegistry.accredit(FIFTH, SCHEME, 2, valid),
		api.tx.origins.seatInstitution(FIFTH),
	]);
	assert.equal((await api.query.rankedCollective.memberCount(0)).toNumber(), 4);
	await decide(api, INSTITUTIONS, 'Membership', everything, votersOf(3));
	const institution = await until(api, 'the fifth hospital', async (then) => {
		const found = await then.query.providerRegistry.institutions(FIFTH);
		return found.isSome && found.unwrap();
	});
	assert.equal(institution.operator.toString(), operator.address);
	assert.equal(institution.status.type, 'Active');
	const [accreditation, ...more] = await api.query.providerRegistry.accreditations(FIFTH);
	assert.equal(more.length, 0);
	assert.equal(accreditation.scheme.toHex(), SCHEME);
	assert.deepEqual([accreditation.level.toNumber(), accreditation.status.type], [2, 'InForce']);
	assert.ok((await api.query.rankedCollective.members(operator.address)).isSome);
	assert.equal((await api.query.rankedCollective.memberCount(0)).toNumber(), 5);
	// It is the first of those who vote from now on.
	operators.unshift(operator);
});

step('a referendum that the fifth proposes adds its validator', {}, async () => {
	const add = api.tx.validatorSet.addValidator(validator.address, FIFTH);
	await decide(api, INSTITUTIONS, 'Validators', add, votersOf(4));
	const member = await until(api, 'the fifth validator', async (then) => {
		const members = await then.query.validatorSet.members();
		return members.find((one) => one.account.toString() === validator.address);
	});
	assert.equal(member.institution.toNumber(), FIFTH);
	// Without keys it is not chosen.
	assert.equal((await api.query.session.validators()).length, 4);
});

step('its blocks become final after the session changes', {}, async (context) => {
	const node = await network.add('fifth', ['--validator', '--name', 'fifth']);
	const { keys, proof } = await node.ask('author_rotateKeysWithOwner', u8aToHex(validator.publicKey));
	await submitted(api, api.tx.session.setKeys(keys, proof), validator);
	const joined = await until(api, 'five validate', async (then, head) => {
		const validators = await then.query.session.validators();
		return validators.length === 5 && head.number.toNumber();
	});

	const set = await api.query.session.nextKeys(validator.address);
	const authorities = await api.query.aura.authorities();
	assert.ok(authorities.some((one) => one.eq(set.unwrap().aura)), 'it makes blocks with the keys that it set');

	const last = joined + SEVERAL_TURNS;
	await until(api, `block ${last}`, (_, head) => head.number.toNumber() >= last);
	const made = new Map();
	for (let number = joined + 1; number <= last; number += 1) {
		const { author } = await api.derive.chain.getHeader(await api.rpc.chain.getBlockHash(number));
		assert.ok(author, `who made block ${number}`);
		made.set(author.toString(), (made.get(author.toString()) ?? 0) + 1);
	}
	context.diagnostic(`of ${SEVERAL_TURNS} final blocks the fifth made ${made.get(validator.address) ?? 0}`);
	assert.ok(made.get(validator.address) > 0, `who made them: ${[...made]}`);
	// And it has final what the others have.
	const final = await node.ask('chain_getBlockHash', joined);
	assert.equal(final, (await api.rpc.chain.getBlockHash(joined)).toHex());
});

step('a matter of patients is not decided by their chamber alone, and is by both', {}, async () => {
	const retention = api.tx.audit.setRetention(TEN_YEARS_MS);
	const hash = retention.method.hash.toHex();
	const dispatch = api.tx.whitelist.dispatchWhitelistedCallWithPreimage(retention);
	const isRetained = async (then) => (await then.query.audit.retentionPeriod()).toString() === String(TEN_YEARS_MS);
	const isPermitted = async (then) => (await then.query.whitelist.whitelistedCall(hash)).isSome;

	// Only the hash is voted about: without the text nobody could read it.
	await submitted(api, api.tx.preimage.notePreimage(retention.method.toHex()), representatives[0]);
	await decide(api, PATIENTS, 'PatientsRights', api.tx.whitelist.whitelistCall(hash), representatives);
	await until(api, 'patients permit it', isPermitted);
	// The chamber of institutions has not decided, and no institution makes the call without it.
	await assert.rejects(submitted(api, dispatch, operators[1]), { message: 'whitelist.DeferredDispatchNotFound' });
	assert.equal(await isRetained(api), false);
	assert.ok(await isPermitted(api), 'it goes on waiting');

	await decide(api, INSTITUTIONS, 'WhitelistedCaller', dispatch, votersOf(4));
	// The referendum makes the call itself.
	await until(api, 'it is retained', isRetained);
	assert.equal(await isPermitted(api), false);
});

/** A number in the state of a block, as it is stored; null where there is none. */
async function numberAt(pallet, name, block) {
	const found = await value(provider, item(pallet, name), block);
	return found === null ? null : u8aToBn(hexToU8a(found), { isLe: true }).toNumber();
}

/**
 * How many entries the log has in the state of a block. Not through `api.at`: of the block in which a runtime is replaced, the
 * client may have its queries from one runtime and their types from the next.
 */
const lengthOf = (block) => numberAt('Audit', 'NextEntryIndex', block);

/** The entries in the state of a block, as they are stored: all that there ever were. */
async function entriesAt(block) {
	const entries = await stored(provider, item('Audit', 'Entries'), block);
	assert.equal(entries.size, await lengthOf(block));
	return entries;
}

/** The runtime's version in the state of a block. */
const versionAt = async (block) =>
	(await provider.send('state_getRuntimeVersion', block === undefined ? [] : [block.toString()])).specVersion;

/** Institutions first, of which nothing comes; then patients, and anybody carries it out. */
async function bothChambersAuthorize(hash) {
	const authorize = api.tx.system.authorizeUpgrade(hash);
	const permit = api.tx.whitelist.whitelistCall(authorize.method.hash);
	const dispatch = api.tx.whitelist.dispatchWhitelistedCallWithPreimage(authorize);
	const isAuthorized = async (then) => (await then.query.system.authorizedUpgrade()).isSome;
	await decide(api, INSTITUTIONS, 'WhitelistedCaller', dispatch, votersOf(4));
	await until(api, 'it waits for patients', async (then) =>
		(await then.query.whitelist.deferredDispatch(authorize.method.hash)).isSome);
	await assert.rejects(submitted(api, dispatch, operators[1]), { message: 'whitelist.CallIsNotWhitelisted' });
	assert.equal(await isAuthorized(api), false);

	await decide(api, PATIENTS, 'PatientsRights', permit, representatives);
	await until(api, 'patients permit it', async (then) =>
		(await then.query.whitelist.whitelistedCall(authorize.method.hash)).isSome);
	assert.equal(await isAuthorized(api), false, 'nobody has carried it out yet');
	const { events, block } = await submitted(api, dispatch, operators[1]);
	only(events, api.events.whitelist.WhitelistedCallDispatched);
	const found = (await (await api.at(block)).query.system.authorizedUpgrade()).unwrap();
	assert.equal(found.codeHash.toHex(), hash);
}

/** Brings the code in, which anybody may, and waits until the migration is done. */
async function upgrade(code) {
	const { events, block } = await submitted(api, api.tx.system.applyAuthorizedUpgrade(code), undefined, UPGRADE_LIMIT_MS);
	only(events, api.events.system.CodeUpdated);
	const [migratedIn, completed] = await until(api, 'the end of the migration', async (_, head) => {
		const completed = await numberAt('UpgradeRehearsal', 'Completed', head.hash);
		return completed !== null && [head.hash, completed];
	}, UPGRADE_LIMIT_MS);
	return { appliedIn: block, migratedIn, completed };
}

/** What a patient was told is final is in the log, and nothing that was never sent. */
async function hasAll({ account: patient, entries, unclear }, block) {
	const found = await (await api.at(block)).query.audit.entries.multi(entries);
	for (const [number, entry] of found.entries()) {
		assert.ok(entry.isSome, `entry ${entries[number]} is gone`);
		const { event } = entry.unwrap();
		assert.equal(event.action.type, 'EmergencyOverrideChanged');
		assert.equal(event.patient.unwrap().toString(), patient.address);
	}
	const changes = (await logOf(api, patient, block)).filter(({ action }) => action.type === 'EmergencyOverrideChanged');
	assert.ok(changes.length >= entries.length, `${changes.length} of ${entries.length}`);
	assert.ok(changes.length <= entries.length + unclear.length, `${changes.length} of ${entries.length}, ${unclear}`);
}

step('both chambers upgrade the runtime under load, and no entry of the log is lost', {
	skip: NEXT_RUNTIME === undefined && 'HDX_NEXT_RUNTIME names no runtime',
	timeout: 4 * UPGRADE_LIMIT_MS,
}, async (context) => {
	const code = await readFile(NEXT_RUNTIME);
	const old = await versionAt();
	const accounts = Array.from({ length: PATIENTS_UNDER_UPGRADE }, account);
	const load = await startLoad(api, operators[1], accounts);
	const changes = () => load.patients.map(({ entries }) => entries.length);
	let done;
	try {
		await bothChambersAuthorize(blake2AsHex(code, 256));
		await until(api, 'entries', async (then) =>
			(await then.query.audit.nextEntryIndex()).toNumber() >= ENTRIES_BEFORE);
		assert.ok(changes().every((count) => count > 0), `hardly any load: ${changes()}`);
		assert.equal(await versionAt(), old);
		done = await upgrade(u8aToHex(code));
		// The same connection goes on, with the metadata of the new runtime.
		const before = changes();
		await until(api, 'patients go on', () => changes().every((count, number) => count > before[number] + 1), UPGRADE_LIMIT_MS);
	} finally {
		await load.end();
	}

	const head = await api.rpc.chain.getFinalizedHead();
	assert.equal(await versionAt(head), old + 1);
	assert.equal(api.runtimeVersion.specVersion.toNumber(), old + 1);
	const [before, after] = [await entriesAt(done.appliedIn), await entriesAt(head)];
	assert.ok(before.size >= ENTRIES_BEFORE);
	for (const [key, entry] of before) assert.equal(after.get(key), entry, `an entry changed, or is gone: ${key}`);
	const digests = await stored(provider, item('UpgradeRehearsal', 'Digests'), done.migratedIn);
	assert.equal(digests.size, done.completed);
	assert.ok(digests.size >= before.size, `${digests.size} of ${before.size}`);
	for (const patient of load.patients) await hasAll(patient, head);
	context.diagnostic(`${done.completed} entries migrated; patients changed their minds ${changes().join(' + ')} times, `
		+ `and ${load.patients.map(({ unclear }) => unclear.length).join(' + ')} times it is unclear`);
});
