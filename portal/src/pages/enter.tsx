/* The door: a password for the agency, a one-time link for the client. */
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { ask, Refusal } from '../api/ask';
import type { components } from '../api/generated/types';
import { redeem_link, request_link, show_door, sign_in } from '../api/generated/first_operations';
import { enter, homeOf, isHome, type Session } from '../api/session';
import { Button } from '../design/button';
import { Problem } from '../design/page';
import { LanguageChoice } from '../frame';
import { keep, read } from '../look';
import { followPreferences } from '../preferences';
import { say, sayOne, type Key } from '../messages';

type Typed = Record<'company' | 'email' | 'password', string>;

/* Who comes back on the same device is not asked again whose door it is. */
const COMPANY = 'company';
const SIDE = 'side';

/* The page that somebody is on their way to, by the address they opened or by their link; none for home. */
function pageWanted(path: string, query: Record<string, string>) {
  const page = path === '/enter' ? query.page : path;
  return page && !isHome(page) && /^(\/[\w-]+)+$/.test(page) ? page : undefined;
}

type Door = Partial<components['schemas']['door']>;

interface DoorProps { changed: () => void }

function useTry() {
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setBusy] = useState(false);
  const attempt = async (body: () => Promise<void>) => {
    if (isBusy) return;
    setBusy(true);
    setRefusal(undefined);
    try { await body(); } catch (no) { setRefusal(no as Refusal); }
    setBusy(false);
  };
  return { refusal, isBusy, attempt };
}

function Line({ name, type, typed, set, complete }: { name: keyof Typed; type: 'text' | 'email' | 'password'; typed: Typed; set: (typed: Typed) => void; complete: string }) {
  return (
    <div class="field">
      <label for={`enter-${name}`}>{say(`enter.${name}` as Key)}</label>
      <input class="input" id={`enter-${name}`} name={name} type={type as 'text'} autocomplete={complete as 'email'} required value={typed[name]}
        onInput={(event) => set({ ...typed, [name]: event.currentTarget.value })} />
    </div>
  );
}

/* The link's token is used when the person asks for it: mail scanners that follow links spend nothing. */
function Invited({ token, entered, askAgain }: { token: string; entered: (session: Session) => Promise<void>; askAgain: () => void }) {
  const { refusal, isBusy, attempt } = useTry();
  const go = () => attempt(async () => { await entered((await ask(redeem_link, { body: { token } })).data); });
  if (refusal?.isFinal) return <><p class="note wait" role="alert">{say('enter.link_used')}</p><Button tone="strong" onClick={askAgain}>{say('enter.ask_again')}</Button></>;
  return (
    <>
      <p class="soft">{say('enter.greeting')}</p>
      {refusal && <Problem refusal={refusal} />}
      <Button tone="strong" busy={isBusy} onClick={go}>{say('enter.go')}</Button>
    </>
  );
}

interface FormProps { typed: Typed; set: (typed: Typed) => void; asksCompany: boolean }

function ByPassword({ typed, set, asksCompany, entered }: FormProps & { entered: (session: Session) => Promise<void> }) {
  const { refusal, isBusy, attempt } = useTry();
  const go = () => attempt(async () => { await entered((await ask(sign_in, { body: typed })).data); });
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); void go(); }}>
      <p class="soft">{say('enter.intro')}</p>
      {asksCompany && <Line name="company" type="text" complete="organization" typed={typed} set={set} />}
      <Line name="email" type="email" complete="username" typed={typed} set={set} />
      <Line name="password" type="password" complete="current-password" typed={typed} set={set} />
      {refusal && <Problem refusal={refusal} />}
      <Button type="submit" tone="strong" busy={isBusy}>{sayOne('act', 'sign_in')}</Button>
    </form>
  );
}

function ByLink({ typed, set, asksCompany, wanted }: FormProps & { wanted?: string }) {
  const { refusal, isBusy, attempt } = useTry();
  const [isSent, setSent] = useState(false);
  const go = () => attempt(async () => {
    await ask(request_link, { body: { company: typed.company, email: typed.email, page: wanted } });
    setSent(true);
  });
  if (isSent) return <p class="note good" role="status">{say('enter.link_sent')}</p>;
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); void go(); }}>
      <p class="soft">{say('enter.link_intro')}</p>
      {asksCompany && <Line name="company" type="text" complete="organization" typed={typed} set={set} />}
      <Line name="email" type="email" complete="email" typed={typed} set={set} />
      {refusal && <Problem refusal={refusal} />}
      <Button type="submit" tone="strong" busy={isBusy}>{sayOne('act', 'request_link')}</Button>
    </form>
  );
}

export default function Enter({ changed }: DoorProps) {
  const { path, query, route } = useLocation();
  // Behind the #, so that no server and no Referer ever sees it.
  const [hash, setHash] = useState(location.hash);
  const token = path === '/enter' ? hash.slice(1) : '';
  const wanted = pageWanted(path, query);
  // Who opens the address of a mail where nobody is known is most likely a client: the agency's people have a device of theirs.
  const [isByLink, setByLink] = useState(path === '/enter' || read(SIDE) === 'contact' || (!!wanted && !read(SIDE)));
  const [typed, set] = useState<Typed>({ company: query.company ?? read(COMPANY) ?? '', email: '', password: '' });
  const [door, setDoor] = useState<Door>();
  useEffect(() => {
    ask(show_door).then(({ data }) => setDoor(data), () => setDoor({})); // a door that says nothing asks for all
  }, []);
  useEffect(() => { // a link may be opened in the window that asked for it
    const take = () => setHash(location.hash);
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  useEffect(() => { document.title = `${say('enter.title')} · waymark`; }, []);
  const entered = async (session: Session) => {
    enter(session);
    keep(COMPANY, session.company ?? '');
    keep(SIDE, session.kind ?? '');
    await followPreferences(session);
    if (path === '/enter' || isHome(path)) route(wanted ?? homeOf(), true);
    changed();
  };
  const form = { typed: { ...typed, company: door?.company ?? typed.company }, set, asksCompany: !door?.company };
  return (
    <main class="entry">
      <div class="card">
        <div class="row apart">
          <span class="brand" style={{ padding: 0 }}><img src="/icon.svg" alt="" width="28" height="28" />waymark</span>
          <span style={{ inlineSize: '7.5rem' }}><LanguageChoice changed={changed} /></span>
        </div>
        {door?.name && <p class="soft" dir="auto">{door.name}</p>}
        <h1>{say(token || isByLink ? 'enter.link_title' : 'enter.title')}</h1>
        {token && <Invited key={token} token={token} entered={entered} askAgain={() => { setByLink(true); setHash(''); }} />}
        {!token && door && (isByLink ? <ByLink {...form} wanted={wanted} /> : <ByPassword {...form} entered={entered} />)}
        {!token && door && <Button tone="plain" onClick={() => setByLink(!isByLink)}>{say(isByLink ? 'enter.to_password' : 'enter.to_link')}</Button>}
      </div>
    </main>
  );
}
