/* The head of the log: that it is signed, and that nothing was rewritten since this browser last saw it. */
import { ask } from '../../api/ask';
import { prove_consistency } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { moment, number, say } from '../../messages';
import { fromBase64, toBase64 } from './bytes';
import { isGrownFrom, isSigned, readCheckpoint } from './proof';
import type { Step } from './steps';

export type Log = components['schemas']['evidence_log'];
interface Seen { note: string; key: string; at: string }

const placeOf = (origin: string) => `checkpoint:${origin}`;

function lastSeen(origin: string): Seen | null {
  try { return JSON.parse(localStorage.getItem(placeOf(origin)) ?? 'null') as Seen | null; } catch { return null; }
}

function remember(log: Log) {
  try {
    localStorage.setItem(placeOf(log.origin ?? ''), JSON.stringify({ note: log.checkpoint, key: log.verifier_key, at: new Date().toISOString() }));
  } catch { /* a private window */ }
}

export async function checkSignature(log: Log): Promise<Step> {
  const checkpoint = readCheckpoint(log.checkpoint ?? '');
  const isGood = !!checkpoint && await isSigned(checkpoint, log.verifier_key ?? '') && checkpoint.size === log.size && toBase64(checkpoint.root) === log.root;
  return {
    title: say(isGood ? 'evidence.signed' : 'evidence.not_signed'), isGood, text: say('evidence.signed_text', { size: number(log.size) }),
    values: [[say('evidence.root'), log.root ?? ''], [say('evidence.key'), log.verifier_key ?? ''], [say('evidence.checkpoint'), log.checkpoint ?? '']],
  };
}

async function checkGrowth(log: Log, seen: Seen): Promise<Step> {
  const before = readCheckpoint(seen.note);
  const when = moment(seen.at);
  if (!before || before.size > log.size) return { title: say('evidence.shorter', { when }), isGood: false };
  const { data: proof } = await ask(prove_consistency, { query: { first: before.size, second: log.size } });
  const isGood = await isSigned(before, log.verifier_key ?? '')
    && await isGrownFrom(before.size, before.root, log.size, fromBase64(log.root ?? ''), proof.hashes.map(fromBase64));
  return {
    title: say(isGood ? 'evidence.grown' : 'evidence.rewritten', { when }), isGood,
    text: isGood ? say('evidence.grown_text', { count: log.size - before.size }) : say('evidence.rewritten_text'),
    values: [[say('evidence.root_before'), toBase64(before.root)], [say('evidence.root'), log.root ?? ''], ...proof.hashes.map((hash): [string, string] => [say('evidence.of_proof'), hash])],
  };
}

/* What was seen is kept only when all is well: a rewritten log stays noticed. */
export async function checkLog(log: Log): Promise<Step[]> {
  const seen = lastSeen(log.origin ?? '');
  const steps = [await checkSignature(log)];
  if (seen) {
    const isSameKey = seen.key === log.verifier_key;
    if (!isSameKey) steps.push({ title: say('evidence.other_key'), isGood: false, values: [[say('evidence.key_before'), seen.key], [say('evidence.key'), log.verifier_key ?? '']] });
    steps.push(await checkGrowth(log, seen));
  } else {
    steps.push({ title: say('evidence.first_visit'), isGood: true, text: say('evidence.first_visit_text') });
  }
  if (steps.every((step) => step.isGood)) remember(log);
  return steps;
}
