/* The pages that the played sample does not come to: what waits to be decided, drafts, settings and books, looked at as all
   others are. */
import { leave } from './house.mjs';
import { lookAt } from './look.mjs';
import { corners, unvisited } from './pages.mjs';
import { check, run, test } from './tap.mjs';

const sides = await lookAt(corners);

test('each corner is looked at', async () => {
  const left = unvisited(sides.flatMap(({ found }) => found), true);
  check(left.length === 0, `nobody looks at ${left.join(', ')}`);
});

await run({ atEnd: leave });
