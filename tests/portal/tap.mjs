/* Tests as sentences, one after the other, as TAP. */
import { stripVTControlCharacters } from 'node:util';

const tests = [];

export const test = (sentence, body) => { tests.push({ sentence, body }); };

export function check(holds, message) {
  if (!holds) throw new Error(message);
}

export function same(is, wanted, what) {
  check(is === wanted, `${what}: ${JSON.stringify(is)} where ${JSON.stringify(wanted)} is wanted`);
}

/* Runs them all, then what is to be done at the end. A play whose steps build on each other stops at the first failure. */
export async function run({ stopAtFirst = false, onFailure = async () => {}, atEnd = async () => {} } = {}) {
  console.log(`1..${tests.length}`);
  let failed = 0;
  for (const [index, { sentence, body }] of tests.entries()) {
    if (failed && stopAtFirst) {
      console.log(`not ok ${index + 1} - ${sentence} (not reached)`);
      continue;
    }
    try {
      await body();
      console.log(`ok ${index + 1} - ${sentence}`);
    } catch (error) {
      failed += 1;
      await onFailure().catch(() => {});
      console.log(stripVTControlCharacters(String(error.stack)).split('\n').map((line) => `# ${line}`).join('\n'));
      console.log(`not ok ${index + 1} - ${sentence}`);
    }
  }
  await atEnd();
  process.exit(failed ? 1 : 0);
}
