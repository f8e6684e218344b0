/** Addresses that are wrong, and servers that are not there, end in a sentence that shows no password. */
import { expect, test } from 'vitest';
import { connect, loadBull } from '../../../src/experiment/redis/connection.ts';
import { refusal } from '../support/folders.ts';
import { SERVER, startServer } from '../support/redis.ts';

const refused = async (url: string) => {
  const bull = await loadBull();
  return refusal(() => connect(url, bull, () => {}));
};

test.for(['localhost:6379', 'http://host', 'redis://', 'redis://host/base', 'x:secret@y'])(
  '%s is no address',
  async (url) => {
    const sentence = await refused(url);
    expect(sentence).toMatch(/^--redis must be an address such as redis:\/\/127\.0\.0\.1:6379, /);
    expect(sentence).not.toContain('secret');
  },
);

test('where nothing listens', async () => {
  expect(await refused('redis://me:secret@127.0.0.1:1/2')).toMatch(
    /^--redis redis:\/\/me:\*\*\*@127\.0\.0\.1:1\/2 cannot be used: nothing listens there \(connect ECONNREFUSED .*\); start redis-server, or correct the address$/,
  );
});

test.skipIf(SERVER === undefined)('a password that is needed, or wrong', async () => {
  const server = await startServer(['--requirepass', 'right']);
  const { host } = new URL(server.url);
  expect(await refused(server.url)).toMatch(/ it wants a password; /);
  expect(await refused(`redis://:wrong@${host}`)).toMatch(
    / does not accept this user and password$/,
  );
  process.env.HEARSAY_REDIS_PASSWORD = 'right';
  const bull = await loadBull();
  const { client, shownUrl } = await connect(server.url, bull, () => {});
  expect([await client.ping(), shownUrl]).toEqual(['PONG', server.url]);
  client.disconnect();
  delete process.env.HEARSAY_REDIS_PASSWORD;
  await server.stop();
});
