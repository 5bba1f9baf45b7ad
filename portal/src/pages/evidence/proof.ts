/* The log's proofs, checked here: RFC 9162 sections 2.1.3 and 2.1.4, C2SP signed notes and checkpoints. */
import { fromBase64, isSame, isSignedBy, join, sha256, utf8, type Bytes } from './bytes';

const LEAF = Uint8Array.of(0) as Bytes;
const NODE = Uint8Array.of(1) as Bytes;
const KEY_KIND = 1; // Ed25519

export const hashOfLeaf = (leaf: string) => sha256(join(LEAF, utf8(leaf)));
const hashOfNodes = (left: Bytes, right: Bytes) => sha256(join(NODE, left, right));

/* The root that a proof leads to from a leaf; null if it is no proof for that place. Places are below 2^53. */
export async function rootFrom(position: number, size: number, leaf: Bytes, proof: Bytes[]): Promise<Bytes | null> {
  if (position >= size) return null;
  let at = BigInt(position);
  let last = BigInt(size - 1);
  let root = leaf;
  for (const one of proof) {
    if (last === 0n) return null;
    if ((at & 1n) === 1n || at === last) {
      root = await hashOfNodes(one, root);
      while ((at & 1n) === 0n && at !== 0n) { at >>= 1n; last >>= 1n; }
    } else {
      root = await hashOfNodes(root, one);
    }
    at >>= 1n;
    last >>= 1n;
  }
  return last === 0n ? root : null;
}

/* Whether the tree of the second root begins with all of the first one's leaves. */
export async function isGrownFrom(first: number, firstRoot: Bytes, second: number, secondRoot: Bytes, proof: Bytes[]): Promise<boolean> {
  if (first > second) return false;
  if (first === second) return proof.length === 0 && isSame(firstRoot, secondRoot);
  if (first === 0) return proof.length === 0;
  const isPower = (BigInt(first) & BigInt(first - 1)) === 0n;
  const [start, ...rest] = isPower ? [firstRoot, ...proof] : proof;
  if (!start) return false;
  let at = BigInt(first - 1);
  let last = BigInt(second - 1);
  while ((at & 1n) === 1n) { at >>= 1n; last >>= 1n; }
  let [one, other] = [start, start];
  for (const hash of rest) {
    if (last === 0n) return false;
    if ((at & 1n) === 1n || at === last) {
      one = await hashOfNodes(hash, one);
      other = await hashOfNodes(hash, other);
      while ((at & 1n) === 0n && at !== 0n) { at >>= 1n; last >>= 1n; }
    } else {
      other = await hashOfNodes(other, hash);
    }
    at >>= 1n;
    last >>= 1n;
  }
  return last === 0n && isSame(one, firstRoot) && isSame(other, secondRoot);
}

/* ---- checkpoints ---- */

export interface Checkpoint { origin: string; size: number; root: Bytes; text: string; signatures: string[] }

export function readCheckpoint(note: string): Checkpoint | null {
  const end = note.indexOf('\n\n');
  if (end < 0) return null;
  const text = note.slice(0, end + 1);
  const [origin, size, root, ...more] = text.split('\n');
  if (!origin || !/^(0|[1-9]\d{0,14})$/.test(size ?? '') || !root || more.join('') !== '') return null;
  return { origin, size: Number(size), root: fromBase64(root), text, signatures: note.slice(end + 2).split('\n').filter(Boolean) };
}

/* name+id+base64(0x01 || key); the id must be that of the key. */
async function readKey(verifierKey: string) {
  const [name = '', id = '', ...rest] = verifierKey.split('+');
  const bytes = fromBase64(rest.join('+'));
  const hash = await sha256(join(utf8(name), utf8('\n'), bytes));
  const idBytes = hash.slice(0, 4) as Bytes;
  const hex = Array.from(idBytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return bytes[0] === KEY_KIND && bytes.length === 33 && hex === id ? { name, id: idBytes, key: bytes.slice(1) as Bytes } : null;
}

export async function isSigned(checkpoint: Checkpoint, verifierKey: string): Promise<boolean> {
  const key = await readKey(verifierKey);
  if (!key || key.name !== checkpoint.origin) return false;
  for (const line of checkpoint.signatures) {
    const [dash, name, value] = line.split(' ');
    if (dash !== '—' || name !== key.name || !value) continue;
    const bytes = fromBase64(value);
    if (isSame(bytes.slice(0, 4) as Bytes, key.id) && await isSignedBy(key.key, utf8(checkpoint.text), bytes.slice(4) as Bytes)) return true;
  }
  return false;
}

/* ---- leaves and rows ---- */

/* RFC 8785 for what rows and payloads consist of. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value && typeof value === 'object') {
    const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

export const saltedHash = (salt: string, text: string) => sha256(join(fromBase64(salt), utf8(text)));

/* The fifth line of a leaf: the hash of its payload. */
export const payloadHashIn = (leaf: string) => fromBase64(leaf.split('\n')[4] ?? '');
