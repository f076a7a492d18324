// What happens, as it happens: server-sent events while the stream holds, questions every few seconds while it does not.

import { get, stream } from './ask.js';

const SILENCE = 45_000; // ms without a byte; the scorer says something every 15 s
const FIRST_WAIT = 1_000; // ms before the stream is tried again
const LONGEST_WAIT = 30_000;
const LONG_ENOUGH = 10_000; // ms that a stream must have held for its end to be none of its fault
const POLL = 5_000; // ms between questions

const sleep = millis => new Promise(done => setTimeout(done, millis));

const shown = () => new Promise(done => {
  if (!document.hidden) return done();
  document.addEventListener('visibilitychange', done, { once: true });
});

/** The events in a stream of bytes: `{type, data}` each. Comments keep the stream alive and say nothing. */
export async function* events(body, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    heard();
    const blocks = (rest + value).replace(/\r\n?/g, '\n').split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const event = { type: 'message', data: '' };
      for (const line of block.split('\n')) {
        const [, field, text] = /^(\w*): ?(.*)$/.exec(line) ?? [];
        if (field === 'event') event.type = text;
        if (field === 'data') event.data += (event.data ? '\n' : '') + text;
      }
      if (event.data) yield event;
    }
  }
}

/** Reads one stream to its end, which comes at the latest when nobody looks at the page any more. */
async function listen(handlers) {
  const ending = new AbortController();
  const end = () => ending.abort();
  const endIfHidden = () => document.hidden && end();
  let silence = setTimeout(end, SILENCE);
  document.addEventListener('visibilitychange', endIfHidden);
  try {
    const body = await stream('v1/activity/stream', ending.signal);
    handlers.connected(true);
    for await (const { type, data } of events(body, () => {
      clearTimeout(silence);
      silence = setTimeout(end, SILENCE);
    })) {
      handlers[type]?.(JSON.parse(data));
    }
  } catch (reason) {
    if (reason.wantsToken) throw reason;
  } finally {
    clearTimeout(silence);
    document.removeEventListener('visibilitychange', endIfHidden);
    end();
  }
}

async function ask(handlers) {
  for (const [type, path] of [['activity', 'v1/activity'], ['refusals', 'v1/refusals']]) {
    try {
      handlers[type](await get(path));
    } catch (reason) {
      if (reason.wantsToken) throw reason;
      handlers.failed(type, reason);
    }
  }
}

/**
 * For as long as the page lives, or until a token is wanted.
 * @param handlers `activity`, `refusals` and `model` with the document; `connected` with whether the stream holds; `failed` with
 *     type and reason
 */
export async function follow(handlers) {
  let wait = FIRST_WAIT;
  for (;;) {
    await shown();
    const from = performance.now();
    await listen(handlers);
    if (performance.now() - from >= LONG_ENOUGH) wait = FIRST_WAIT;
    handlers.connected(false);
    for (let left = wait; left > 0; left -= POLL) {
      await shown();
      await ask(handlers);
      await sleep(Math.min(POLL, left));
    }
    wait = Math.min(2 * wait, LONGEST_WAIT);
  }
}
