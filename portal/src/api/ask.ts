/* The one way to the server: openapi-fetch, with what every request of the portal carries. */
import createClient from 'openapi-fetch';
import type { paths } from './generated/types';
import type { Answer, Input, Name, Operation } from './operation';

const TRIES = 4;
const PAUSE_MS = 400;

/* The sentences of refusals come with the first refusal. */
let sentences: typeof import('../messages/refusals') | undefined;

async function readRefusals() {
  sentences ??= await import('../messages/refusals');
  await sentences.knowRefusals();
}

/* The server said no, or could not. slug is its stable name for why, field what it is about, english what it says. */
export class Refusal extends Error {
  constructor(readonly status: number, readonly slug: string, readonly english: string, readonly field: string | null) {
    super(english);
  }

  /* In the person's language; null where no catalogue has it. */
  get said() { return sentences?.sayRefusal(this.english) ?? null; }

  get detail() { return this.said ?? this.english; }

  /* Nothing was done: the next try is another intent. Where no answer came, or the server does not know how it ended, it may
     have been done, and is asked for under the same key. */
  get isFinal() { return this.status >= 400 && this.status < 500; }
}

export interface Answered<K extends Name> {
  data: Answer<K>;
  version: string | undefined;
}

let csrf: string | null = null;
let ended = () => {};

/* After signing in or loading anew: what each write shows, and what to do when the session is over. */
export function useCsrf(token: string | null) { csrf = token; }
export function whenEnded(callback: () => void) { ended = callback; }

/* Random, and well-formed where crypto.randomUUID is missing: on plain HTTP away from localhost. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/* What each write shows; also for the one that is no JSON, a file that is sent with its progress. */
export const writeHeaders = (key: string): Record<string, string> =>
  ({ ...(csrf ? { 'X-CSRF-Token': csrf } : {}), 'Idempotency-Key': key });

const client = createClient<paths>({ baseUrl: `${location.origin}/api/v1` });

type AnyRequest = (method: string, path: string, options: object) =>
  Promise<{ data?: unknown; error?: unknown; response: Response }>;

async function send(operation: Operation, input: Input<Name>) {
  const isRead = operation.method === 'get' || operation.method === 'head';
  const headers = isRead ? {} as Record<string, string> : writeHeaders(input.key ?? newKey());
  if (input.version) headers['If-Match'] = input.version;
  const isFile = input.body as unknown instanceof Blob;
  if (isFile) headers['Content-Type'] = (input.body as unknown as Blob).type;
  const request = client.request as unknown as AnyRequest;
  return request(operation.method, operation.path, {
    params: { path: input.path ?? {}, query: input.query ?? {} }, body: input.body, headers, ...(isFile ? { bodySerializer: (file: Blob) => file } : {}),
  });
}

/* The version of a row that came in a list, as a change of it must name it. */
export const versionOf = (row: { version: number | null }) => (row.version == null ? undefined : `"${row.version}"`);

function refusalOf(status: number, problem: unknown) {
  const { type = '', detail = '', field = null } = (problem ?? {}) as { type?: string; detail?: string; field?: string };
  return new Refusal(status, type.split(':').pop() || 'internal', detail, field);
}

/* What a refusal brings with it: a session that is over ends here, too, and the sentences are there before one is shown. */
export async function refused(status: number, problem: unknown, isForNobody = false) {
  const refusal = refusalOf(status, problem);
  if (refusal.slug === 'unauthenticated' && csrf) ended();
  if (!isForNobody) await readRefusals().catch(() => null);
  return refusal;
}

const pause = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms); });

/* Asks, and asks again when no answer came: a write goes under one key, so it happens once. */
export async function ask<K extends Name>(operation: Operation<K>, input: Input<K> = {}): Promise<Answered<K>> {
  const keyed = { ...input, key: input.key ?? newKey() } as Input<Name>;
  for (let attempt = 1; ; attempt += 1) {
    let result;
    try {
      result = await send(operation as Operation, keyed);
    } catch {
      if (attempt === TRIES) throw new Refusal(0, 'offline', '', null);
      await pause(PAUSE_MS * 2 ** attempt);
      continue;
    }
    const { data, error, response } = result;
    if (response.ok) return { data: (operation.method === 'head' ? true : data) as Answer<K>, version: response.headers.get('ETag') ?? undefined };
    if (response.status === 503 && attempt < TRIES) {
      await pause(PAUSE_MS * 2 ** attempt);
      continue;
    }
    throw await refused(response.status, error, operation.name === 'show_session'); // that nobody has entered is not read
  }
}
