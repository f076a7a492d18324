// Questions to the scorer that served this page: JSON in, JSON out, a token where it wants one.

const TOKEN = 'assay-token';
const PATIENCE = 20_000; // ms

/** The scorer said no, or nothing: status 0. */
export class Refusal extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export function useToken(token) {
  sessionStorage.setItem(TOKEN, token);
}

/** Paths are relative, so that the page also works behind a proxy's prefix. */
async function send(path, options = {}) {
  const headers = { Accept: 'application/json', ...options.headers };
  const token = sessionStorage.getItem(TOKEN);
  if (token) headers.Authorization = `Bearer ${token}`;
  try {
    const response = await fetch(path, { ...options, headers, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    return { status: response.status, body: await response.json() };
  } catch (reason) {
    throw new Refusal(0, reason.name === 'TimeoutError' ? 'no answer within 20 s' : 'the scorer cannot be reached');
  }
}

async function answer(path, options) {
  const { status, body } = await send(path, options);
  if (status !== 200) throw new Refusal(status, body.detail ?? `status ${status}`);
  return body;
}

export const get = path => answer(path);

export const post = (path, question) =>
  answer(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(question) });

/** @returns why the scorer is not ready; null if it is. Needs no token. */
export async function whyNotReady() {
  const { status, body } = await send('health/ready');
  return status === 200 ? null : body.why ?? body.detail ?? `status ${status}`;
}
