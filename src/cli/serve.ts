/** A page on a port of this machine that follows a file: whoever has it open is told when it is another one. */
import { watch } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import { UserError } from '../base/errors.ts';

export interface Serving {
  readonly file: string;
  /** Of which nothing is thrown: what is wrong with the file is a page, too. */
  readonly make: () => Promise<string>;
  /** undefined: the usual one, or any that is free. */
  readonly port: number | undefined;
  readonly signal: AbortSignal;
  readonly onReady: (address: string) => void;
  readonly onChange: () => void;
}

const USUAL_PORT = 8420;
const SETTLE_MS = 60; // editors write a file in several steps

/** Resolves when the signal is aborted. Only this machine is answered, and only by its own name. */
export async function serve({ file, make, port, signal, ...tell }: Serving): Promise<void> {
  let page = await make();
  const readers = new Set<ServerResponse>();
  const server = createServer((request, response) => answer(request, response, page, readers));
  const bound = await listening(server, port);
  const again = settled(async () => {
    page = await make();
    tell.onChange();
    for (const reader of readers) reader.write('event: changed\ndata: \n\n');
  });
  // The folder, since many editors put another file in the place of the old one.
  const watcher = watch(dirname(file), (_, name) => {
    if (name === null || name === basename(file)) again();
  });
  tell.onReady(`http://127.0.0.1:${bound}/`);
  if (!signal.aborted) await new Promise((done) => signal.addEventListener('abort', done));
  watcher.close();
  for (const reader of readers) reader.end();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}

function answer(
  { method, url, headers: { host } }: IncomingMessage,
  response: ServerResponse,
  page: string,
  readers: Set<ServerResponse>,
): void {
  const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  // Another site could have its own name lead here (DNS rebinding).
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '')) {
    response.writeHead(403, plain).end('only 127.0.0.1 and localhost are answered\n');
  } else if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { ...plain, allow: 'GET, HEAD' }).end('only GET is answered\n');
  } else if (url === '/changes') {
    response.writeHead(200, { ...plain, 'content-type': 'text/event-stream' }).write(': here\n\n');
    readers.add(response);
    response.on('close', () => readers.delete(response));
  } else if (url === '/') {
    response.writeHead(200, { ...plain, 'content-type': 'text/html; charset=utf-8' }).end(page);
  } else response.writeHead(404, plain).end('there is only /\n');
}

/** The port that it got. */
async function listening(server: Server, port: number | undefined): Promise<number> {
  const attempt = (wanted: number) =>
    new Promise<NodeJS.ErrnoException | undefined>((done) => {
      const failed = (error: Error) => done(error);
      server.once('error', failed);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', failed);
        done(undefined);
      });
    });
  let error = await attempt(port ?? USUAL_PORT);
  if (error !== undefined && port === undefined) error = await attempt(0);
  if (error !== undefined) {
    const why = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${error.code})`;
    throw new UserError(`replay: port ${port ?? USUAL_PORT} ${why}; choose another with --port`);
  }
  return (server.address() as { port: number }).port;
}

/** One call for several that come close together; the next only after the one before. */
function settled(act: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Promise.resolve();
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      last = last.then(act);
    }, SETTLE_MS);
  };
}
