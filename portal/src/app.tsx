/* From the address to a page: who nobody knows enters first, then each side has its own frame. */
import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { useEffect, useReducer } from 'preact/hooks';
import { whenEnded } from './api/ask';
import { listen, stopListening } from './api/live';
import { enter, viewer } from './api/session';
import { Toasts } from './design/toast';
import { Frame } from './frame';
import { currentLanguage } from './messages';
import Enter from './pages/enter';
import { Guard } from './pages/lost';
import { Missing } from './pages/missing';
import { routes } from './pages/routes';
import { takePlace } from './scroll';

/* After a step who listens to the page hears its title. */
function arrived() {
  takePlace();
  document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
}

function Pages({ changed }: { changed: () => void }) {
  const { path, url } = useLocation();
  const session = viewer();
  useEffect(() => {
    if (!session) return undefined;
    listen(session.position);
    return stopListening;
  }, [session?.id]);
  if (!session || path === '/enter') return <Enter changed={changed} />;
  const shown = routes.filter((route) => !route.side || route.side === session.kind);
  return (
    <Frame changed={changed}>
      <Guard key={currentLanguage()} at={url}>
        <Router onRouteChange={arrived}>
          {shown.map((route) => <Route path={route.path} component={route.page} />)}
          <Route default component={Missing} />
        </Router>
      </Guard>
    </Frame>
  );
}

export function App() {
  const [, changed] = useReducer((count: number) => count + 1, 0);
  useEffect(() => whenEnded(() => { enter(null); changed(undefined); }), []);
  return (
    <LocationProvider>
      <Pages changed={() => changed(undefined)} />
      <Toasts />
    </LocationProvider>
  );
}
