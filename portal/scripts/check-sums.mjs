/* Holds the prices that the editor of plans shows as they are typed against those that docs/arithmetic.md publishes for a sum
   that is restated. Prints TAP. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const place = (path) => fileURLToPath(new URL(path, import.meta.url));
const bundled = await build({ entryPoints: [place('../src/pages/sales/sums.ts')], bundle: true, write: false, format: 'esm', external: ['*.json'], plugins: [{
  name: 'no words', // sums need none
  setup: (builder) => {
    builder.onResolve({ filter: /messages$/ }, () => ({ path: 'messages', namespace: 'none' }));
    builder.onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: "export const currentLanguage = () => 'en';" }));
  },
}] });
const { derived } = await import(`data:text/javascript;base64,${Buffer.from(bundled.outputFiles[0].text).toString('base64')}`);

const section = readFileSync(place('../../docs/arithmetic.md'), 'utf8').split('\n## ').find((one) => one.startsWith('A sum that is restated'));
const rows = section.split('\n').filter((line) => /^\| \d/.test(line)).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));

/* "30 at 300.00" is settled at that; a settled one keeps its price though the total is another. */
function planOf(total, currency, percentages) {
  const milestones = percentages.split(', ').map((text, index) => {
    const [percent, settled] = text.split(' at ');
    return { code: `S${index + 1}`, pricing: 'percentage', percent_ppm: Math.round(Number(percent) * 10_000), price: { amount: settled ?? '0', currency } };
  });
  return { plan: { currency, total: { amount: total, currency }, milestones }, settled: new Set(milestones.filter((_, index) => percentages.split(', ')[index].includes(' at ')).map((one) => one.code)) };
}

console.log(`1..${rows.length}`);
for (const [index, [total, percentages, wanted]] of rows.entries()) {
  const [amount, currency] = total.split(' ');
  const { plan, settled } = planOf(amount, currency, percentages);
  const prices = derived(plan, { total: '1', codes: settled }).milestones.map((piece) => piece.price.amount).join(', ');
  if (prices !== wanted) process.exitCode = 1;
  console.log(`${prices === wanted ? 'ok' : 'not ok'} ${index + 1} - ${total} in ${percentages} is ${wanted}${prices === wanted ? '' : `, not ${prices}`}`);
}
if (rows.length === 0) process.exitCode = 1;
