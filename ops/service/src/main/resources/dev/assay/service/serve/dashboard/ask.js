// Questions to the scorer that served this page: JSON in, JSON out, a token where it wants one.

const TOKEN = 'assay-token';
const PATIENCE = 20_000; // ms

/** The scorer said no, or nothing: status 0. */
export class Refusal extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }

  /** Whether another token would help, and asking again would not. */
  get wantsToken() {
    return this.status === 401 || this.status === 403;
  }
}

export function useToken(token) {
  sessionStorage.setItem(TOKEN, token);
}

/** Paths are relative, so that the page also works behind a proxy's prefix. */
async function fetched(path, options, use) {
  const headers = { Accept: 'application/json', ...options.headers };
  const token = sessionStorage.getItem(TOKEN);
  if (token) headers.Authorization = `Bearer ${token}`;
  try {
    return await use(await fetch(path, { ...options, headers, cache: 'no-store' }));
  } catch (reason) {
    if (reason instanceof Refusal) throw reason;
    throw new Refusal(0, reason.name === 'TimeoutError' ? 'no answer within 20 s' : 'the scorer cannot be reached');
  }
}

const send = (path, options = {}) => fetched(path, { ...options, signal: AbortSignal.timeout(PATIENCE) },
    async response => ({ status: response.status, body: await response.json() }));

function refusal(status, body) {
  return new Refusal(status, body.detail ?? `status ${status}`);
}

async function answer(path, options) {
  const { status, body } = await send(path, options);
  if (status !== 200) throw refusal(status, body);
  return body;
}

export const get = path => answer(path);

export const post = (path, question) =>
  answer(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(question) });

/** @returns an answer that goes on: its body as a stream of bytes. An EventSource could send no token. */
export const stream = (path, signal) => fetched(path, { headers: { Accept: 'text/event-stream' }, signal },
    async response => {
      if (response.status !== 200) throw refusal(response.status, await response.json());
      return response.body;
    });

/** @returns why the scorer is not ready; null if it is. Needs no token. */
export async function whyNotReady() {
  const { status, body } = await send('health/ready');
  return status === 200 ? null : body.why ?? body.detail ?? `status ${status}`;
}
