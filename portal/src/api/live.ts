/* Hears of changes as they happen: server-sent events, and where they do not come, asking each few seconds. */
import { somethingChanged } from './kept';

const POLL_MS = 10_000;
const GATHER_MS = 150; // several changes of one act are one

let source: EventSource | null = null;
let poll = 0;
let gathering = 0;

function heard() {
  clearTimeout(gathering);
  gathering = window.setTimeout(somethingChanged, GATHER_MS);
}

export function listen() {
  stopListening();
  source = new EventSource('/api/v1/live');
  source.onmessage = heard;
  source.onopen = () => { clearInterval(poll); heard(); }; // what happened before it was open, too
  source.onerror = () => {
    clearInterval(poll);
    poll = window.setInterval(somethingChanged, POLL_MS);
  };
}

export function stopListening() {
  source?.close();
  source = null;
  clearInterval(poll);
}
