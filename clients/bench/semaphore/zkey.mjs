// How many constraints the circuit of a proving key has. Files of snarkjs do not say it: the key keeps the matrices
// A and B, with a row for each constraint, and after them a row of A for one and for each public input.

const GROTH16 = 1;
// What the parts of the file are numbered.
const [PROTOCOL, HEADER, COEFFICIENTS] = [1, 2, 4];

// Where each part of the file begins.
function sections(file) {
  if (file.toString("latin1", 0, 4) !== "zkey") {
    throw new Error("the proving key does not begin as those of snarkjs do");
  }
  const found = new Map();
  let at = 12;
  for (let left = file.readUInt32LE(8); left > 0; left -= 1) {
    found.set(file.readUInt32LE(at), at + 12);
    at += 12 + Number(file.readBigUInt64LE(at + 4));
  }
  return (number) => {
    if (!found.has(number)) {
      throw new Error(`the proving key has no part ${number}`);
    }
    return found.get(number);
  };
}

// The number of constraints and of public inputs of the circuit that a Groth16 key (a Buffer) is for.
export function sizes(file) {
  const section = sections(file);
  if (file.readUInt32LE(section(PROTOCOL)) !== GROTH16) {
    throw new Error("the proving key is not one of Groth16");
  }
  let at = section(HEADER);
  at += 4 + file.readUInt32LE(at);
  const scalar = file.readUInt32LE(at);
  at += 4 + scalar;
  const inputs = file.readUInt32LE(at + 4);

  at = section(COEFFICIENTS);
  let rows = 0;
  const coefficient = 12 + scalar;
  for (let left = file.readUInt32LE(at), next = at + 4; left > 0; left -= 1, next += coefficient) {
    rows = Math.max(rows, file.readUInt32LE(next + 4) + 1);
  }
  return { constraints: rows - inputs - 1, inputs };
}
