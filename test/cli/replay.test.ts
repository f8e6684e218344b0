/** `hearsay replay`: the same bytes for the same run, nothing overwritten that is not ours, and a page that follows its file. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder, hearsay, start } from './hearsay.ts';

const PUSH = fileURLToPath(new URL('../../experiments/scenarios/push.yaml', import.meta.url));
const SMALL = ['--set', 'nodes=10', '--set', 'duration=10s'];

test.concurrent('the same file and seed give the same bytes, another replicate others', async () => {
  const cwd = emptyFolder();
  const of = (...words: string[]) => hearsay(['replay', PUSH, ...SMALL, ...words], { cwd });
  const { code, stdout, stderr } = await of();
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/^written: push\.replay\.html, \d+ KiB; open it in a browser\n$/);
  await Promise.all([of('--out', 'b.html'), of('--replicate', '1', '--out', 'c.html')]);
  const page = (file: string) => readFileSync(join(cwd, file), 'utf8');
  expect(page('b.html')).toBe(page('push.replay.html'));
  expect(page('c.html')).not.toBe(page('b.html'));
  expect(page('b.html')).toContain('push among 10 nodes with duration=10s');
  expect((await of('--out', 'b.html')).code).toBe(0);
});

test.concurrent('what is there and is no page of ours stays', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'push.replay.html'), 'mine');
  const { code, stderr } = await hearsay(['replay', PUSH, ...SMALL], { cwd });
  expect(code).toBe(2);
  expect(stderr).toBe(
    'replay: push.replay.html is there and is no page of hearsay; choose another --out\n',
  );
  expect(readFileSync(join(cwd, 'push.replay.html'), 'utf8')).toBe('mine');
});

test.concurrent.each([
  [['replay'], 'replay: name one scenario file, as in hearsay replay cluster.yaml; got none'],
  [['replay', PUSH, '--port', '80'], 'replay: --port needs --serve'],
  [
    ['replay', PUSH, '--replicate', '-1'],
    'replay: --replicate must be a whole number in 0..999999999; got -1',
  ],
  [
    ['replay', PUSH, '--serve', '--out', 'a.html'],
    'replay: choose one of --serve and --out: what is served is not written',
  ],
  [
    ['replay', PUSH, '--out', '.'],
    'replay: --out . cannot be written: EISDIR: illegal operation on a directory, read',
  ],
  [
    ['replay', PUSH, '--set', 'nodes=20000'],
    `${PUSH}: replay draws at most 16,000 nodes; got 20,000: lower nodes, as in --set nodes=1000`,
  ],
  [['replay', PUSH, '--set', 'nods=20'], '--set nods: "nods" is not known here; nearest: nodes.'],
] as const)('%j', async (words, sentence) => {
  const cwd = emptyFolder();
  expect(await hearsay(words, { cwd })).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  expect(readdirSync(cwd)).toEqual([]);
});

test.concurrent('--serve shows the page, what is wrong with the file, and the page again', async () => {
  const cwd = emptyFolder();
  const file = join(cwd, 'own.yaml');
  writeFileSync(file, 'nodes: 10\nduration: 10s\nprotocol: push\n');
  const { child, outcome } = start(['replay', 'own.yaml', '--serve'], { cwd });
  const address = await new Promise<string>((resolve) => {
    let said = '';
    child.stderr!.on('data', (text) => {
      said += text;
      const [found] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const page = () => fetch(address).then((response) => response.text());
  expect(await page()).toContain('push among 10 nodes');
  expect(await page()).toContain("connect-src 'self'");
  const events = (await fetch(`${address}changes`)).body!.getReader();
  await events.read(); // the beginning
  const changed = async () => new TextDecoder().decode((await events.read()).value);
  writeFileSync(file, 'nodes: 10\nduration: 10s\nprotocol: pusch\n');
  expect(await changed()).toContain('event: changed');
  expect(await page()).toMatch(/own\.yaml:3:11: protocol must be [^<]*pusch/);
  writeFileSync(file, 'nodes: 20\nduration: 10s\nprotocol: push\n');
  expect(await changed()).toContain('event: changed');
  expect(await page()).toContain('push among 20 nodes');
  expect((await fetch(`${address}etc/passwd`)).status).toBe(404);
  expect((await fetch(address, { method: 'POST' })).status).toBe(405);
  child.kill('SIGINT');
  expect((await outcome).code).toBe(0);
  expect(readdirSync(cwd)).toEqual(['own.yaml']);
});
