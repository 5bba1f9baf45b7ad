/* Holds the prices that the editor of plans shows as they are typed against those that docs/arithmetic.md publishes for a sum
   that is restated, how amounts are read as people of each language type them, and the decimals of currencies against the server's.
   Prints TAP. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const place = (path) => fileURLToPath(new URL(path, import.meta.url));
const bundled = await build({ stdin: { contents: "export * from './pages/sales/sums'; export * from './form/amount'; export * from './messages/decimals';", resolveDir: place('../src') }, bundle: true, write: false, format: 'esm', external: ['*.json'], plugins: [{
  name: 'no words', // sums need none
  setup: (builder) => {
    builder.onResolve({ filter: /messages$/ }, () => ({ path: 'messages', namespace: 'none' }));
    builder.onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'export const currentLanguage = () => globalThis.language;' }));
  },
}] });
globalThis.language = 'en';
const { decimalsOf, derived, readAmount, toMinor, writeAmount } = await import(`data:text/javascript;base64,${Buffer.from(bundled.outputFiles[0].text).toString('base64')}`);

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

/* What is typed, and what it means: null is no amount, which the server refuses as it stands. */
const TYPED = {
  en: { '1,234.50': '1234.50', '1234.5': '1234.5', '12,345,678': '12345678', '-20': '-20', '1,50': null, '1.234,50': null, '1,2345': null, abc: null },
  de: { '1.234,50': '1234.50', '12.500': '12500', '1234.5': '1234.5', '12,750': '12.750', '1,234.50': null, '1.23.4': null },
  fr: { '1\u202f234,50': '1234.50', '1 234': '1234', '12,5': '12.5', '12.50': '12.50' },
  es: { '12.500,25': '12500.25', '12.500': '12500' },
};
const amounts = Object.entries(TYPED).flatMap(([language, typed]) => Object.entries(typed).map(([text, wanted]) => ({ language, text, wanted })));

console.log(`1..${rows.length + amounts.length + 3}`);
for (const [index, [total, percentages, wanted]] of rows.entries()) {
  const [amount, currency] = total.split(' ');
  const { plan, settled } = planOf(amount, currency, percentages);
  const prices = derived(plan, { total: '1', codes: settled }).milestones.map((piece) => piece.price.amount).join(', ');
  tell(prices === wanted, index + 1, `${total} in ${percentages} is ${wanted}${prices === wanted ? '' : `, not ${prices}`}`);
}
function tell(isRight, number, what) {
  if (!isRight) process.exitCode = 1;
  console.log(`${isRight ? 'ok' : 'not ok'} ${number} - ${what}`);
}

for (const [index, { language, text, wanted }] of amounts.entries()) {
  globalThis.language = language;
  tell(readAmount(text) === wanted, rows.length + index + 1, `"${text}" typed in ${language} is ${wanted}, read as ${readAmount(text)}`);
}
globalThis.language = 'de';
tell(readAmount(writeAmount('12.500')) === '12.500', rows.length + amounts.length + 1, 'a kept amount is read back as it was kept');
const currencies = [...readFileSync(place('../../src/base/currency.c'), 'utf8').matchAll(/\{"([A-Z]{3})", \d+, (\d),/g)];
const others = currencies.filter(([, code, digits]) => decimalsOf(code) !== Number(digits)).map(([, code]) => code);
tell(currencies.length > 100 && others.length === 0, rows.length + amounts.length + 2, `each of ${currencies.length} currencies has the decimals that the server gives it${others.length ? `, but not ${others.join(', ')}` : ''}`);
tell(toMinor('1234.00', 'HUF') === 123400n, rows.length + amounts.length + 3, 'an amount in forints is counted to its fillér');
if (rows.length === 0) process.exitCode = 1;
