/* The pages of the played sample that show a paper, looked at as all others are: they take the browser with a viewer of PDF. */
import { leave } from './house.mjs';
import { lookAt } from './look.mjs';
import { addresses, hasPaper } from './pages.mjs';
import { check, run } from './tap.mjs';

const find = async (page, isAgency) => (await addresses(page, isAgency)).filter(hasPaper);

for (const { side, found } of await lookAt(find)) check(found.length > 2, `the ${side} has no papers to look at`);
await run({ atEnd: leave });
