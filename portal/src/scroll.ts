/* Where one was on a page: a step forward begins at its top, one back goes on where one was. */
const PATIENCE_MS = 1500; // until a list is there again

const places = new Map<string, number>(); // address -> points from the top
let backTo: string | null = null; // until a page is taken: a step back within one is none

const address = () => location.pathname + location.search;

export function rememberPlaces() {
  history.scrollRestoration = 'manual'; // the browser's own way does not wait for what is asked of the server
  addEventListener('popstate', () => { backTo = address(); });
  addEventListener('scroll', () => places.set(address(), scrollY), { passive: true });
}

export function takePlace() {
  const here = address();
  const wanted = backTo === here ? places.get(here) ?? 0 : 0;
  const until = Date.now() + PATIENCE_MS;
  backTo = null;
  const go = () => {
    if (address() !== here) return;
    scrollTo(0, wanted);
    if (scrollY < wanted - 1 && Date.now() < until) requestAnimationFrame(go);
  };
  go();
}
