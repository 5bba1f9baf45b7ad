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

/* From a position of the log on: whoever was told it before asking anything misses nothing. */
export function listen(position: number) {
  stopListening();
  let isBack = false;
  source = new EventSource(`/api/v1/live?after=${position}`);
  source.onmessage = heard;
  source.onopen = () => {
    clearInterval(poll);
    if (isBack) heard(); // from another server, it may be
    isBack = true;
  };
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
