// node --test: keys that are made up.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sizes } from "./zkey.mjs";

const word = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const part = (number, ...content) => {
  const bytes = Buffer.concat(content);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([word(number), length, bytes]);
};
const field = Buffer.concat([word(32), Buffer.alloc(32, 7)]);
// Matrix, constraint, variable, and the number before it.
const coefficient = (matrix, constraint, variable) =>
  Buffer.concat([word(matrix), word(constraint), word(variable), Buffer.alloc(32, 9)]);

// A key of three constraints and two public inputs: rows 3, 4 and 5 are those of one and of the inputs.
function key({ protocol = 1, parts = [1, 2, 4] } = {}) {
  const rows = [[0, 0, 5], [1, 0, 3], [0, 2, 4], [1, 1, 1], [0, 3, 0], [0, 4, 1], [0, 5, 2]];
  const all = {
    1: part(1, word(protocol)),
    2: part(2, field, field, word(8), word(2), word(16), Buffer.alloc(64)),
    4: part(4, word(rows.length), ...rows.map((row) => coefficient(...row))),
  };
  const kept = parts.map((number) => all[number]);
  return Buffer.concat([Buffer.from("zkey"), word(1), word(kept.length), ...kept]);
}

test("constraints are the rows without those of the public inputs", () => {
  assert.deepEqual(sizes(key()), { constraints: 3, inputs: 2 });
  assert.deepEqual(sizes(key({ parts: [4, 2, 1] })), { constraints: 3, inputs: 2 });
});

test("what is no key of Groth16 is refused", () => {
  assert.throws(() => sizes(key({ protocol: 2 })), /Groth16/);
  assert.throws(() => sizes(key({ parts: [1, 2] })), /no part 4/);
  assert.throws(() => sizes(Buffer.from("wtns, and more than twelve bytes")), /does not begin/);
});
