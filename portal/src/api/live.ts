/* Hears of changes as they happen: server-sent events, and where they do not come, asking each few seconds. A page that nobody
   sees hears nothing: a browser has only six connections to a server over HTTP/1.1, and each stream takes one. */
import { somethingChanged } from './kept';

const POLL_MS = 10_000;
const GATHER_MS = 150; // several changes of one act are one
const PAUSE_MS = 1000; // before a refused stream is asked for again, and twice as long each time
const MOST_PAUSES = 6; // doublings

let position: number | null = null; // in the log, of what was heard last; null: nobody listens
let source: EventSource | null = null;
let poll = 0;
let gathering = 0;
let again = 0;
let refused = 0; // how often, since the last one opened
let isBack = false; // something may have been missed

function heard() {
  clearTimeout(gathering);
  gathering = window.setTimeout(somethingChanged, GATHER_MS);
}

function close() {
  source?.close();
  source = null;
  clearInterval(poll);
  clearTimeout(again);
}

function open() {
  close();
  if (position === null || document.hidden) return;
  const opened = new EventSource(`/api/v1/live?after=${position}`);
  source = opened;
  opened.onmessage = (event) => {
    position = Number(event.lastEventId) || position;
    heard();
  };
  opened.onopen = () => {
    clearInterval(poll);
    refused = 0;
    if (isBack) heard(); // from another server, it may be
    isBack = true;
  };
  opened.onerror = () => {
    clearInterval(poll);
    poll = window.setInterval(somethingChanged, POLL_MS);
    if (opened.readyState !== EventSource.CLOSED) return; // the browser tries again
    clearTimeout(again);
    again = window.setTimeout(open, PAUSE_MS * 2 ** Math.min(refused, MOST_PAUSES));
    refused += 1;
  };
}

/* From a position of the log on: whoever was told it before asking anything misses nothing. */
export function listen(from: number) {
  position = from;
  refused = 0;
  isBack = false;
  open();
}

export function stopListening() {
  position = null;
  close();
}

/* Seen again, or connected again: the stream may have died without a word. */
function comeBack() {
  if (position === null) return;
  open();
  if (!document.hidden) heard();
}

document.addEventListener('visibilitychange', comeBack);
window.addEventListener('online', comeBack);
