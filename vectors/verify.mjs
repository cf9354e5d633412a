// Verifies what a transparency log wrote, with Node's own cryptography and nothing else. Written from the specifications
// of C2SP (signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles, tlog-proof) and RFC 6962.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

const usage = `node verify.mjs tree DIR --log VKEY [--witness VKEY]... [--keys FILE]
node verify.mjs proof PROOFFILE ENTRYFILE --log VKEY [--witness VKEY]... [--keys FILE]
node verify.mjs checkpoint FILE --log VKEY [--witness VKEY]...
VKEY is name+hex+base64; FILE of --keys has one a line: then every entry must be signed by one of them.
Exit codes: 0 it holds; 3 it does not; 2 usage.`;

const hashBytes = 32, tileWidth = 256;
const limits = { tile: tileWidth * hashBytes, bundle: tileWidth * (2 + 0xffff), entry: 0xffff, text: 1 << 20 };
const ed25519 = 0x01, cosignature = 0x04;

class DoesNotHold extends Error {}
class Usage extends Error {}
const fail = what => { throw new DoesNotHold(what); };
const refuse = what => { throw new Usage(what); };

const sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

// RFC 6962, section 2.1. The prefixes keep leaves and nodes apart.
const leafPrefix = Buffer.of(0), nodePrefix = Buffer.of(1);
const leafHash = entry => sha256(leafPrefix, entry);
const nodeHash = (left, right) => sha256(nodePrefix, left, right);

/** The Merkle tree hash of a row of subtrees, all complete and of one height but perhaps the last. */
const rowHash = hashes => {
  if (hashes.length === 1) return hashes[0];
  let left = 1;
  while (left * 2 < hashes.length) left *= 2;
  return nodeHash(rowHash(hashes.slice(0, left)), rowHash(hashes.slice(left)));
};

/** Base64 of RFC 4648, section 4, with its padding; anything else is no base64. */
const fromBase64 = (text, what) => {
  const bytes = Buffer.from(text, "base64");
  return text !== "" && bytes.toString("base64") === text ? bytes : fail(`${what}: not base64`);
};

const fromDecimal = (text, what) => {
  const number = /^(0|[1-9][0-9]*)$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(number) ? number : fail(`${what}: not a whole number`);
};

const keyIdOf = (name, type, key) => sha256(name, "\n", Buffer.of(type), key).subarray(0, 4).toString("hex");

/** signed-note, verifier keys: name+hex(key ID)+base64(type, public key). */
const readVerifierKey = text => {
  const [, name, id, encoded] = /^([^\p{White_Space}+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? [];
  const bytes = encoded === undefined ? Buffer.alloc(0) : Buffer.from(encoded, "base64");
  const [type, key] = [bytes[0], bytes.subarray(1)];
  const known = key.length === 32 && [ed25519, cosignature].includes(type);
  if (!known || bytes.toString("base64") !== encoded) refuse(`not a verifier key of Ed25519: ${text}`);
  if (keyIdOf(name, type, key) !== id) refuse(`the verifier key's ID is not that of its key: ${text}`);
  const jwk = { kty: "OKP", crv: "Ed25519", x: key.toString("base64url") };
  return { name, id, type, key: createPublicKey({ key: jwk, format: "jwk" }) };
};

/** signed-note, Format: the text, and its signatures as { name, id, bytes }. */
const readNote = (bytes, what) => {
  let note;
  try {
    note = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    fail(`${what}: not UTF-8`);
  }
  if (/[\0-\x09\x0b-\x1f]/.test(note)) fail(`${what}: holds a control character`);
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n") || end + 2 >= note.length) fail(`${what}: not a signed note`);
  const signatures = note.slice(end + 2, -1).split("\n").map(line => {
    const [, name, encoded] = /^— ([^\p{White_Space}+]+) (\S+)$/u.exec(line) ?? fail(`${what}: a signature line is malformed`);
    const signature = fromBase64(encoded, `${what}: signature of ${name}`);
    if (signature.length < 5) fail(`${what}: signature of ${name} is too short`);
    return { name, id: signature.toString("hex", 0, 4), bytes: signature.subarray(4) };
  });
  return { text: note.slice(0, end + 1), signatures };
};

/** Holds one signature against a key that has its name and ID; of a cosignature, answers its time in seconds. */
const verifySignature = (text, signature, key, what) => {
  const stamped = key.type === cosignature;
  if (signature.bytes.length !== (stamped ? 72 : 64)) fail(`${what}: signature of ${key.name} has the wrong length`);
  // tlog-cosignature, Ed25519 signed message: the time stands before the signature and is signed with the text.
  const time = stamped ? signature.bytes.readBigUInt64BE(0) : 0n;
  if (time >= 1n << 63n) fail(`${what}: time of ${key.name} is out of range`);
  const message = stamped ? `cosignature/v1\ntime ${time}\n${text}` : text;
  if (!verify(null, Buffer.from(message), key.key, signature.bytes.subarray(-64))) fail(`${what}: signature of ${key.name} does not verify`);
  return time;
};

/** Every signature of a known key must verify, and every key of `wanted` must have signed; others are ignored. */
const verifyNote = (note, wanted, what) => wanted.map(key => {
  const own = note.signatures.filter(signature => signature.name === key.name && signature.id === key.id);
  if (own.length === 0) fail(`${what}: no signature of ${key.name}`);
  return { key, times: own.map(signature => verifySignature(note.text, signature, key, what)) };
});

/** tlog-checkpoint, Note text. */
const verifyCheckpoint = (bytes, options) => {
  const note = readNote(bytes, "checkpoint");
  const lines = note.text.slice(0, -1).split("\n");
  if (lines.length < 3 || lines.includes("")) fail("checkpoint: fewer than three lines, or an empty one");
  const [origin, sizeText, rootText] = lines;
  if (origin !== options.log.name) fail(`checkpoint: of the log ${origin}, not of ${options.log.name}`);
  const size = fromDecimal(sizeText, "checkpoint: size");
  const root = fromBase64(rootText, "checkpoint: root");
  if (root.length !== hashBytes) fail("checkpoint: root has the wrong length");
  for (const { key, times } of verifyNote(note, [options.log, ...options.witnesses], "checkpoint")) {
    const when = key.type === cosignature ? ` at time ${times.join(", ")}` : "";
    console.log(`checkpoint: ${key === options.log ? "signed" : "cosigned"} by ${key.name}${when}`);
  }
  console.log(`checkpoint: ${origin}, size ${size}, root ${rootText}`);
  return { size, root };
};

/** An entry is a signed note with exactly one signature; with keys given, one of them made it. */
const verifyEntry = (bytes, keys, what) => {
  const note = readNote(bytes, what);
  if (note.signatures.length !== 1) fail(`${what}: ${note.signatures.length} signatures, not one`);
  if (keys === undefined) return;
  const [{ name, id }] = note.signatures;
  verifyNote(note, [keys.get(`${name}+${id}`) ?? fail(`${what}: no key is known for the signature of ${name}`)], what);
};

const readBounded = (path, bytes, what) => {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return undefined;
  if (!status.isFile()) fail(`${what}: not a file`);
  return status.size <= bytes ? readFileSync(path) : fail(`${what}: larger than ${bytes} bytes`);
};

/** tlog-tiles: 1234067 is x001/x234/067. */
const tileNumber = number => {
  const digits = String(number).padStart(Math.ceil(String(number).length / 3) * 3, "0").match(/.../g);
  return digits.map((part, place) => (place < digits.length - 1 ? `x${part}` : part)).join("/");
};

/** The hashes or entries that `split` finds in a tile; of a partial one that gave way to the full one, the first `width`. */
const readTile = (tree, folder, number, width, limit, split) => {
  const full = `tile/${folder}/${tileNumber(number)}`;
  const names = width === tileWidth ? [full] : [`${full}.p/${width}`, full];
  for (const name of names) {
    const bytes = readBounded(join(tree.folder, name), limit, name);
    if (bytes === undefined) continue;
    const parts = split(bytes, name);
    const expected = name === full ? tileWidth : width;
    if (parts.length !== expected) fail(`${name}: ${parts.length} wide, not ${expected}`);
    tree.seen.add(name);
    return parts.slice(0, width);
  }
  return fail(`${names[0]}: missing`);
};

const splitHashes = (bytes, name) => {
  if (bytes.length % hashBytes !== 0) fail(`${name}: not a whole number of hashes`);
  return Array.from({ length: bytes.length / hashBytes }, (_, place) => bytes.subarray(place * hashBytes, (place + 1) * hashBytes));
};

const splitEntries = (bytes, name) => {
  const entries = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 2 + (at + 2 <= bytes.length ? bytes.readUInt16BE(at) : 0);
    if (at + 2 > bytes.length || end > bytes.length) fail(`${name}: ends within entry ${entries.length} of it`);
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
};

/** The leaf hashes of one bundle's entries, each entry verified. */
const verifyBundle = (tree, number, width, keys) =>
  readTile(tree, "entries", number, width, limits.bundle, splitEntries).map((entry, place) => {
    verifyEntry(entry, keys, `entry ${number * tileWidth + place}`);
    return leafHash(entry);
  });

/** One level: its tiles against `expected(number, width)`; answers the roots of full tiles, and the hash of the rest. */
const verifyLevel = (tree, level, count, rest, expected) => {
  const roots = [];
  for (let number = 0; number * tileWidth < count; number++) {
    const width = Math.min(tileWidth, count - number * tileWidth);
    const hashes = readTile(tree, level, number, width, limits.tile, splitHashes);
    expected(number, width).forEach((hash, place) => {
      if (!hash.equals(hashes[place])) {
        const below = level === 0 ? `entry ${number * tileWidth + place}` : `tile ${number * tileWidth + place} of level ${level - 1}`;
        fail(`tile/${level}/${tileNumber(number)}: hash ${place} is not that of ${below}`);
      }
    });
    if (width === tileWidth) roots.push(rowHash(hashes));
    else rest = rowHash(rest === undefined ? hashes : [...hashes, rest]);
  }
  return { roots, rest };
};

const tilePath = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Partial tiles of smaller sizes may lie there still: each must be a beginning of what stands there now. */
const verifyLeftovers = (tree, size) => {
  for (const file of readdirSync(join(tree.folder, "tile"), { recursive: true, withFileTypes: true })) {
    const name = relative(tree.folder, join(file.parentPath ?? file.path, file.name)).split(sep).join("/");
    if (file.isDirectory() || tree.seen.has(name)) continue;
    const [, folder, digits, widthText] = tilePath.exec(name) ?? fail(`${name}: no such tile`);
    const number = Number(digits.replaceAll(/[x/]/g, ""));
    const count = folder === "entries" ? size : Math.floor(size / tileWidth ** Number(folder));
    const width = Math.min(tileWidth, count - number * tileWidth);
    const own = Number(widthText ?? tileWidth);
    if (own > width || tileNumber(number) !== digits) fail(`${name}: not part of a tree of ${size} entries`);
    const [limit, split] = folder === "entries" ? [limits.bundle, splitEntries] : [limits.tile, splitHashes];
    const now = readTile(tree, folder, number, width, limit, split);
    const then = split(readBounded(join(tree.folder, name), limit, name), name);
    if (then.length !== own || then.some((part, place) => !part.equals(now[place]))) fail(`${name}: differs from the tile that took its place`);
  }
};

const verifyTree = (folder, options) => {
  const tree = { folder, seen: new Set() };
  const { size, root } = verifyCheckpoint(readBounded(join(folder, "checkpoint"), limits.text, "checkpoint") ?? fail("checkpoint: missing"), options);
  let level = 0, count = size, rest;
  let expected = (number, width) => verifyBundle(tree, number, width, options.keys);
  for (; count > 0; level++) {
    const done = verifyLevel(tree, level, count, rest, expected);
    expected = (number, width) => done.roots.slice(number * tileWidth, number * tileWidth + width);
    [count, rest] = [done.roots.length, done.rest];
  }
  if (!(rest ?? sha256()).equals(root)) fail("checkpoint: root is not that of the tiles");
  if (size > 0) verifyLeftovers(tree, size);
  console.log(`entries: ${size}, each with one signature${options.keys === undefined ? "" : ", verified"}`);
  console.log(`tiles: ${level} levels, ${tree.seen.size} files, and their root is the checkpoint's`);
};

/** RFC 6962, section 2.1.1, walked from the leaf: at each level the subtree is a left child, a right one, or has no sibling. */
const rootFromProof = (hash, index, size, path) => {
  const rest = [...path];
  const sibling = () => rest.shift() ?? fail("proof: too short");
  for (let [node, last] = [index, size - 1]; last > 0; [node, last] = [Math.floor(node / 2), Math.floor(last / 2)]) {
    if (node % 2 === 1) hash = nodeHash(sibling(), hash);
    else if (node < last) hash = nodeHash(hash, sibling());
  }
  return rest.length === 0 ? hash : fail("proof: too long");
};

/** tlog-proof, Format. */
const verifyProof = (bytes, entry, options) => {
  const split = bytes.indexOf("\n\n");
  if (split < 0) fail("proof: no empty line before the checkpoint");
  const lines = bytes.toString("utf8", 0, split).split("\n");
  if (lines.shift() !== "c2sp.org/tlog-proof@v1") fail("proof: not a c2sp.org/tlog-proof@v1");
  if (lines[0]?.startsWith("extra ")) fromBase64(lines.shift().slice(6), "proof: extra");
  const indexLine = lines.shift() ?? "";
  const index = fromDecimal(indexLine.startsWith("index ") ? indexLine.slice(6) : "", "proof: index");
  const path = lines.map(line => fromBase64(line, "proof: hash"));
  if (path.some(hash => hash.length !== hashBytes)) fail("proof: a hash has the wrong length");
  const { size, root } = verifyCheckpoint(bytes.subarray(split + 2), options);
  if (index >= size) fail(`proof: index ${index} is not below the size ${size}`);
  verifyEntry(entry, options.keys, "entry");
  if (!rootFromProof(leafHash(entry), index, size, path).equals(root)) fail("proof: does not lead from the entry to the checkpoint's root");
  console.log(`entry: one signature${options.keys === undefined ? "" : ", verified"}; index ${index} of ${size}`);
};

const readGiven = (path, bytes) => readBounded(path, bytes, path) ?? refuse(`${path}: no such file`);

const readKeys = path => new Map(readGiven(path, limits.text).toString().split("\n").filter(line => line !== "")
  .map(readVerifierKey).map(key => [`${key.name}+${key.id}`, key]));

const readArguments = ([command, ...rest]) => {
  const given = { command, paths: [], witnesses: [] };
  const take = () => rest.shift() ?? refuse(usage);
  while (rest.length > 0) {
    const word = take();
    if (word === "--log") given.log = readVerifierKey(take());
    else if (word === "--witness") given.witnesses.push(readVerifierKey(take()));
    else if (word === "--keys") given.keys = readKeys(take());
    else if (word.startsWith("--")) refuse(usage);
    else given.paths.push(word);
  }
  const paths = { tree: 1, proof: 2, checkpoint: 1 }[command];
  if (given.log === undefined || given.paths.length !== paths) refuse(usage);
  return given;
};

try {
  const options = readArguments(process.argv.slice(2));
  const [first, second] = options.paths;
  if (options.command === "tree") verifyTree(first, options);
  else if (options.command === "proof") verifyProof(readGiven(first, limits.text), readGiven(second, limits.entry), options);
  else verifyCheckpoint(readGiven(first, limits.text), options);
} catch (error) {
  if (!(error instanceof DoesNotHold || error instanceof Usage)) throw error;
  console.error(error instanceof Usage ? error.message : `does not hold: ${error.message}`);
  process.exitCode = error instanceof Usage ? 2 : 3;
}
