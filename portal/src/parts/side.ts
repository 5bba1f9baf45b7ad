/* The two sides read the same pages: what is about the client is said to the client itself in other words, where there are any. */
import { isClient } from '../api/session';
import { hasMessage, say, type Key, type Values } from '../messages';

export function sayHere(key: Key, values: Values = {}): string {
  const own = `${key}_client`;
  return say(isClient() && hasMessage(own) ? own as Key : key, values);
}
