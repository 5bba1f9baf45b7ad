/* What is chosen of a page, kept in its address: a link to it, a reload and the back button show the same. */
import { useLocation } from 'preact-iso';

export type Choices = Record<string, string | undefined>; // undefined or empty: not chosen

/* The address that one is at with these choices, the others as they are. */
export function addressWith(changed: Choices) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changed)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  return location.pathname + (text && `?${text}`);
}

/* part tells lists of one page apart. In place: no step that the back button would take back. */
export function useChosen(part?: string) {
  const { query, route } = useLocation();
  const nameOf = (name: string) => (part ? `${part}.${name}` : name);
  return {
    chosen: (name: string) => query[nameOf(name)] ?? '',
    choose: (changed: Choices, inPlace = false) =>
      route(addressWith(Object.fromEntries(Object.entries(changed).map(([name, value]) => [nameOf(name), value]))), inPlace),
  };
}
