/* SHA-256 and Ed25519: the browser's own, or @noble's where it has none (as over plain HTTP). */
export type Bytes = Uint8Array<ArrayBuffer>;

export const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
export const toBase64 = (bytes: Bytes) => btoa(String.fromCharCode(...bytes));
export const utf8 = (text: string) => new TextEncoder().encode(text) as Bytes;

export function join(...parts: Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}

export const isSame = (one: Bytes, other: Bytes) => one.length === other.length && one.every((byte, index) => byte === other[index]);

export async function sha256(bytes: Bytes): Promise<Bytes> {
  if (globalThis.crypto?.subtle) return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const { sha256: hash } = await import('@noble/hashes/sha2.js');
  return hash(bytes) as Bytes;
}

export async function isSignedBy(key: Bytes, text: Bytes, signature: Bytes): Promise<boolean> {
  try {
    const known = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', known, signature, text);
  } catch {
    const { ed25519 } = await import('@noble/curves/ed25519.js');
    return ed25519.verify(signature, text, key);
  }
}
