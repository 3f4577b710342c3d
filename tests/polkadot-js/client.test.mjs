// Drives a development node as an outside client would: with @polkadot/api as it comes, knowing
// the chain only by its metadata.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { u8aToHex } from '@polkadot/util';
import { blake2AsU8a, cryptoWaitReady, randomAsU8a } from '@polkadot/util-crypto';

import { startNode } from './development-node.mjs';
import { logOf } from './log.mjs';
import { LIMIT_MS, only, submitted } from './submit.mjs';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
/** Operated by Alice in the development genesis. */
const HOSPITAL = 0;
/** The consent document that the development genesis publishes. */
const TEMPLATE = 0;

let node;
let api;
let operator;
let patient;
let stranger;
/** The consent that the tests grant and revoke. */
let consent;

before(async () => {
	await cryptoWaitReady();
	const keyring = new Keyring({ type: 'sr25519' });
	operator = keyring.addFromUri('//Alice');
	patient = keyring.addFromUri('//Patient//1');
	stranger = keyring.addFromUri('//Patient//2');
	node = await startNode();
	api = await ApiPromise.create({ provider: new WsProvider(node.url), throwOnConnect: true });
}, { timeout: 2 * LIMIT_MS });

after(async () => {
	await api?.disconnect();
	await node?.stop();
});

/** Pallets under the names that pages and outside tools have for them. */
const PALLETS = [
	'Consent', 'ProviderRegistry', 'RecordAccess', 'Audit', 'Groth16Verifier', 'ShieldedConsent', 'Did', 'ValidatorSet',
	'Quota', 'RankedCollective', 'RankedPolls', 'SafeMode', 'Multisig', 'Proxy',
];

/** A code as the chain stores it: the 128-bit BLAKE2b of `system|code`. */
const code = (system, symbol) => u8aToHex(blake2AsU8a(`${system}|${symbol}`, 128));

const TREATMENT = code('http://terminology.hl7.org/CodeSystem/v3-ActReason', 'TREAT');
const PSYCHIATRY = code('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'PSY');

/** A provision that matches everything but for what is given. */
const provision = (given) => ({
	parent: 0,
	period: { start: null, end: null },
	actors: [],
	purposes: [],
	actions: [],
	labels: [],
	classes: [],
	codes: [],
	dataPeriod: { start: null, end: null },
	data: [],
	...given,
});

/** Treatment by the hospital for a year, but nothing psychiatric. */
const policy = () => ({
	categories: [],
	provisions: [
		provision({
			rule: 'Permit',
			period: { start: null, end: Date.now() + YEAR_MS },
			actors: [{ Organisation: HOSPITAL }],
			purposes: [TREATMENT],
		}),
		provision({ rule: 'Deny', labels: [PSYCHIATRY] }),
	],
});

/** Signs, submits, waits for finality. */
const finalized = (call, signer) => submitted(api, call, signer);

test('the metadata decodes and has the pallets under their names', () => {
	const pallets = api.runtimeMetadata.asLatest.pallets.map(({ name }) => name.toString());
	for (const name of PALLETS) {
		assert.ok(pallets.includes(name), `${name} among ${pallets}`);
	}
	for (const section of ['consent', 'providerRegistry', 'recordAccess', 'audit']) {
		assert.ok(api.query[section], `api.query.${section}`);
		assert.ok(api.events[section], `api.events.${section}`);
	}
	assert.deepEqual(api.tx.consent.grant.meta.args.map(({ name }) => name.toString()), ['policy', 'document', 'terms']);
	// Nothing can be called that edits the log.
	assert.deepEqual(Object.keys(api.tx.audit).sort(), [
		'answerReview', 'decideReview', 'escalateReview', 'placeHold', 'releaseHold', 'requestReview',
		'setMonitoring', 'setRetention', 'setReviewTerms', 'withdrawReview',
	]);
});

test('the genesis has the hospital that Alice operates', async () => {
	const institution = await api.query.providerRegistry.institutionByOperator(operator.address);
	assert.equal(institution.unwrap().toNumber(), HOSPITAL);
	const hospital = (await api.query.providerRegistry.institutions(HOSPITAL)).unwrap();
	assert.equal(hospital.operator.toString(), operator.address);
	assert.equal(hospital.kind.type, 'Hospital');
	assert.equal(hospital.status.type, 'Active');
});

test('what is signed over another hash of the metadata is not taken', async () => {
	const options = { mode: 1, metadataHash: u8aToHex(randomAsU8a(32)) };
	// A runtime that was built without a hash cannot look it up (1011); to one that has its own, the signature is wrong (1010).
	await assert.rejects(api.tx.system.remark('').signAndSend(operator, options), /101[01]: /);
});

test('the operator sponsors patients', { timeout: 2 * LIMIT_MS }, async () => {
	// One after the other: an account's transactions are numbered.
	for (const account of [patient, stranger]) {
		const { events, block } = await finalized(api.tx.consent.sponsorPatient(account.address), operator);
		const sponsored = only(events, api.events.consent.PatientSponsored);
		assert.equal(sponsored.patient.toString(), account.address);
		assert.equal(sponsored.sponsor.toNumber(), HOSPITAL);
		const info = await (await api.at(block)).query.consent.patients(account.address);
		assert.equal(info.unwrap().sponsor.toNumber(), HOSPITAL);
	}
});

test('a patient without tokens grants a consent', { timeout: 2 * LIMIT_MS }, async () => {
	const commitment = u8aToHex(randomAsU8a(32));
	const call = api.tx.consent.grant(policy(), { template: TEMPLATE, commitment }, {});
	const { events, block } = await finalized(call, patient);

	const granted = only(events, api.events.consent.ConsentGranted);
	consent = granted.consent;
	assert.equal(granted.patient.toString(), patient.address);
	assert.equal(granted.version.toNumber(), 1);
	assert.equal(granted.template.toNumber(), TEMPLATE);

	const then = await api.at(block);
	const record = (await then.query.consent.consents(consent)).unwrap();
	assert.equal(record.patient.toString(), patient.address);
	assert.equal(record.status.type, 'Active');
	assert.ok(record.revokedAt.isNone);
	assert.equal(record.document.commitment.toHex(), commitment);
	const [root, exception] = record.policy.provisions;
	assert.equal(root.rule.type, 'Permit');
	assert.equal(root.purposes[0].toHex(), TREATMENT);
	assert.equal(root.actors[0].asOrganisation.toNumber(), HOSPITAL);
	assert.equal(exception.rule.type, 'Deny');
	assert.equal(exception.labels[0].toHex(), PSYCHIATRY);
	const active = await then.query.consent.consentsOf(patient.address);
	assert.deepEqual(active.map(String), [String(consent)]);
});

test('revoking a stranger’s consent fails with the error’s name', { timeout: 2 * LIMIT_MS }, async () => {
	await assert.rejects(finalized(api.tx.consent.revoke(consent), stranger), { message: 'consent.NotYourConsent' });
	const record = (await api.query.consent.consents(consent)).unwrap();
	assert.equal(record.status.type, 'Active');
});

test('the patient revokes, and the log has it all', { timeout: 2 * LIMIT_MS }, async () => {
	const { events, block } = await finalized(api.tx.consent.revoke(consent), patient);
	const revoked = only(events, api.events.consent.ConsentRevoked);
	assert.equal(String(revoked.consent), String(consent));
	assert.equal(revoked.patient.toString(), patient.address);
	only(events, api.events.audit.EntryRecorded);

	const then = await api.at(block);
	const record = (await then.query.consent.consents(consent)).unwrap();
	assert.equal(record.status.type, 'Inactive');
	assert.ok(record.revokedAt.isSome);
	assert.equal((await then.query.consent.consentsOf(patient.address)).length, 0);

	const entries = await logOf(api, patient, block);
	assert.deepEqual(
		entries.map((entry) => entry.action.type),
		['PatientSponsored', 'ConsentGranted', 'ConsentRevoked'],
	);
	for (const entry of entries) {
		assert.equal(entry.outcome.type, 'Success');
		assert.equal(entry.patient.unwrap().toString(), patient.address);
	}
	assert.equal(String(entries[2].subject.asConsent), String(consent));

	const others = await logOf(api, stranger, block);
	assert.deepEqual(others.map((entry) => entry.action.type), ['PatientSponsored']);
});
