/* Who looks at the portal. */
import { ask, useCsrf } from './ask';
import { show_session } from './generated/first_operations';
import type { components } from './generated/types';
import type { Operation } from './operation';
import { forgetEverything } from './kept';

export type Session = components['schemas']['session_view'];

let session: Session | null = null;

export const viewer = () => session;
export const isClient = () => session?.kind === 'contact';

/* Where the viewer begins. */
export const CLIENT_HOME = '/home';
export const homeOf = () => (isClient() ? CLIENT_HOME : '/');
export const isHome = (path: string) => path === '/' || path === CLIENT_HOME;

/* Whether the viewer's role is one that the operation is for; the server decides anyway. */
export function may(operation: Operation) {
  return session?.role ? operation.roles.split(' ').includes(session.role) : false;
}

export function enter(entered: Session | null) {
  session = entered;
  useCsrf(entered?.csrf_token ?? null);
  forgetEverything();
}

/* The session that the browser's cookie opens, if it does. */
export async function findSession() {
  try {
    enter((await ask(show_session)).data);
  } catch (refusal) {
    if ((refusal as { slug?: string }).slug !== 'unauthenticated') throw refusal;
    enter(null);
  }
  return session;
}
