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

/* Where it went wrong, the last step only, and then what: of a long log the end is read. */
function told({ stack = '', message }) {
  const at = stack.split('\n').filter((line) => /^ +at .*\/tests\/portal\/(?!tap)/.test(line));
  return stripVTControlCharacters([...at.slice(0, 2), message].join('\n')).split('\n');
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
      console.log(told(error).map((line) => `# ${line}`).join('\n'));
      console.log(`not ok ${index + 1} - ${sentence}`);
    }
  }
  await atEnd();
  process.exit(failed ? 1 : 0);
}
