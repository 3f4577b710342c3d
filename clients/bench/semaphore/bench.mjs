// What a proof of Semaphore v4 costs with snarkjs on this machine: an identity in a group, the circuit for trees of
// depth 20. Prints JSON: constraints, and medians in milliseconds. `scripts/bench.sh --semaphore` runs it.
//
//   node bench.mjs [PROOFS]        how many proofs count (default 5)
//
// A proof is what an application asks for: the witness is calculated, then it is proven. All in one thread: snarkjs
// takes the arithmetic of a curve from `globalThis` where it is there already, so it is given one without workers. It
// would build another for every proof, were it asked for `singleThread`, and knows no such option for verifying.

import { Group } from "@semaphore-protocol/group";
import { Identity } from "@semaphore-protocol/identity";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { curves, groth16 } from "snarkjs";
import { sizes } from "./zkey.mjs";

const DEPTH = 20;
// Proofs that do not count: compiled code is slow at first.
const WARM_UP = 2;
const VERIFICATIONS = 4;

const artifact = (name) =>
  fileURLToPath(new URL(`./node_modules/@zk-kit/semaphore-artifacts/semaphore-${DEPTH}.${name}`, import.meta.url));
const version = (name) =>
  JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url))).version;

function median(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2;
  return Math.round(middle * 1000) / 1000;
}

async function timed(times, work) {
  const since = performance.now();
  const result = await work();
  times.push(performance.now() - since);
  return result;
}

// What the circuit is given, as @semaphore-protocol/proof gives it: levels that the group does not have are zero.
function statement() {
  const members = Array.from({ length: 16 }, (_, number) => new Identity(`made up, number ${number}`));
  const group = new Group(members.map((member) => member.commitment));
  const { index, siblings } = group.generateMerkleProof(7);
  const padding = Array(DEPTH - siblings.length).fill(0n);
  return {
    secret: members[7].secretScalar,
    merkleProofLength: siblings.length,
    merkleProofIndex: index,
    merkleProofSiblings: [...siblings, ...padding],
    scope: 1n,
    message: 2n,
  };
}

async function main() {
  const proofs = Number(process.argv[2] ?? 5);
  if (!Number.isSafeInteger(proofs) || proofs < 1) {
    throw new Error("give a whole number of proofs, at least 1");
  }
  globalThis.curve_bn128 = await curves.getCurveFromName("bn128", { singleThread: true });

  const input = statement();
  const key = JSON.parse(readFileSync(artifact("json")));
  const [proving, verifying] = [[], []];
  for (let round = 0; round < WARM_UP + proofs; round += 1) {
    const times = round < WARM_UP ? [[], []] : [proving, verifying];
    const { proof, publicSignals } = await timed(times[0], () =>
      groth16.fullProve(input, artifact("wasm"), artifact("zkey")),
    );
    for (let again = 0; again < VERIFICATIONS; again += 1) {
      if (!(await timed(times[1], () => groth16.verify(key, publicSignals, proof)))) {
        throw new Error("snarkjs does not believe its own proof");
      }
    }
  }
  const { constraints, inputs } = sizes(readFileSync(artifact("zkey")));
  console.log(
    JSON.stringify({
      constraints,
      inputs,
      depth: DEPTH,
      proveMs: median(proving),
      verifyMs: median(verifying),
      proofs,
      threads: globalThis.curve_bn128.tm.concurrency,
      snarkjs: version("snarkjs"),
      artifacts: version("@zk-kit/semaphore-artifacts"),
      node: process.version,
    }),
  );
}

await main();
