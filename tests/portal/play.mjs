/* The sample engagement from the first requirement to the last payment, agency and client in two browsers at once, on its
   own days. Nothing but what people see and do; the hands are given. */
import { leave } from './house.mjs';
import { agreement } from './play/agreement.mjs';
import { beginning } from './play/beginning.mjs';
import { cast } from './play/cast.mjs';
import { change } from './play/change.mjs';
import { billed, paid, seen, theEnd } from './play/money.mjs';
import { acceptedOn, ADDED, BILLS, CHANGE, SPRINTS } from './play/sample.mjs';
import { firstSprint, lastOfSprint, nextSprint, refusedSprint } from './play/sprints.mjs';
import { run } from './tap.mjs';

/* Money is recorded when the next invoice comes, and the client reads an invoice when there is something to decide: asking
   for a link more than ten times in ten minutes is slowed down. */
export async function play(hand) {
  const at = cast(hand);
  const [S0, S1, S2, S3, S4] = SPRINTS;
  agreement(at);
  beginning(at);
  firstSprint(at, S0);
  nextSprint(at, S1);
  billed(at, 0);
  refusedSprint(at, S2);
  seen(at, 0, acceptedOn(S2));
  nextSprint(at, S3);
  paid(at, 0, BILLS[1].issued);
  billed(at, 1);
  change(at, S4);
  seen(at, 1, CHANGE.day);
  lastOfSprint(at, S4);
  paid(at, 1, BILLS[2].issued);
  billed(at, 2);
  nextSprint(at, ADDED);
  seen(at, 2, acceptedOn(ADDED));
  paid(at, 2, BILLS[3].issued);
  billed(at, 3);
  paid(at, 3, BILLS[3].paid);
  seen(at, 3, BILLS[3].paid);
  theEnd(at);
  await run({ stopAtFirst: true, atEnd: leave, onFailure: () => at.show('failed', true) });
}
