/**
 * Cassandra's gossip and failure detection, whole: what each node does at its rounds, on messages and on timers.
 * Source: Apache Cassandra 3.11 to trunk, org.apache.cassandra.gms; one rule a file, named as there. Versions:
 * versions.ts. Rounds are timers of the protocol's own, as the delay between them is fixed, not their rate.
 * Deviations: a message that the link loses is lost, unless the link speaks TCP (network/tcp.ts); work on the gossip stage
 * takes no time unless `stage` says how much; digests are sent in the order of node numbers.
 */
import { micros } from '../../base/time.ts';
import {
  DELIVERED,
  type Env,
  FORGOTTEN,
  JOINED,
  type NodeId,
  type ProtocolFactory,
  SUSPECTED,
  TRUSTED,
} from '../../engine/model.ts';
import { type Key, keyOf, SCHEMA, SHUTDOWN } from './application-state.ts';
import { SHUTDOWN_ANNOUNCE_MS } from './constants.ts';
import { Echoes } from './echoes.ts';
import { ALIVE, LIVE } from './endpoints.ts';
import { Exchange } from './exchange.ts';
import { GossipTask } from './gossip-task.ts';
import { Gossiper } from './gossiper.ts';
import { type Ground, groundOf } from './ground.ts';
import {
  CHECK_AGAIN,
  ECHO_NEXT,
  JOINED_RING,
  Life,
  LOAD_TIME,
  REMOVE_NEXT,
  ROUND,
  RUNNING,
  SERVED,
  SHADOW,
  SHADOW_STEP,
  STOPPED,
  STOPPING,
} from './life.ts';
import { Liveness } from './liveness.ts';
import { holdsOf } from './message-rows.ts';
import { type CassandraMessage, GOODBYE } from './messages.ts';
import { type CassandraOptions, type Command, settingsOf } from './options.ts';
import { Removal } from './removal.ts';
import { Targets } from './round-targets.ts';
import { Shadows } from './shadows.ts';
import { announcesShutdown } from './shutdown.ts';
import { goodbyeBytes } from './sizes.ts';
import { ASSASSINATE } from './stage.ts';
import { stageAtWork } from './stage-work.ts';
import { StorageService } from './storage-service.ts';
import { Verbs } from './verbs.ts';
import type { Subscriber, World } from './world.ts';

export const cassandra =
  (options: CassandraOptions): ProtocolFactory<CassandraMessage> =>
  (env) =>
    cassandraOn(groundOf(env.n, settingsOf(options, env.n)), options)(env);

/** The same on a ground at hand, for who wants to look into what nodes know; `heard` is told what listeners are told. */
export const cassandraOn =
  (
    ground: Ground,
    options: CassandraOptions,
    heard?: World['tell'],
  ): ProtocolFactory<CassandraMessage> =>
  (env) => {
    const settings = settingsOf(options, env.n);
    const { version } = settings;
    const { endpoints, detector } = ground;
    const life = new Life(env, ground, settings);
    const echoes = new Echoes(env, ECHO_NEXT);
    const echo = (node: NodeId, subject: NodeId) => {
      const generation = endpoints.generation[endpoints.pair(node, subject)];
      echoes.ask(node, subject, generation, stage.owed(node));
    };
    const world = worldOf({ env, ground, life, echo, heard });
    const liveness = new Liveness(endpoints, detector, version, world);
    const storage = new StorageService(endpoints, liveness, ground.disk);
    const subscriber: Subscriber = {
      onChange(node, subject, key, value) {
        storage.onChange(node, subject, key, value);
        work.listen(node, key);
      },
    };
    const gossiper = new Gossiper({ endpoints, detector, liveness, subscriber, version, world });
    const exchange = new Exchange(endpoints, version);
    const shadows = new Shadows(env, ground, life, settings);
    const verbs = new Verbs({ env, ground, life, exchange, gossiper, liveness, shadows, version });
    const targets = new Targets(env, endpoints, settings);
    const removal = new Removal({ env, endpoints, life, gossiper, storage, version });
    const goOn = (node: NodeId) => task.goOn(node);
    const work = stageAtWork({ env, ground, settings, verbs, liveness, removal, goOn });
    const { stage } = work;
    const { processed } = verbs;
    const task = new GossipTask({
      ...{ env, ground, settings, life, targets, stage, processed },
    });

    function publish(node: NodeId, key: Key, value: string) {
      life.publish(node, key, value);
      if (key === SCHEMA) hearSchema(env, node, value);
    }

    /** Goodbye to each live endpoint; the rounds go on for another 2 s. */
    function stop(node: NodeId) {
      const self = endpoints.pair(node, node);
      if (!announcesShutdown(endpoints.status(self), true, version)) return life.stop(node);
      life.phase[node] = STOPPING;
      life.publishStatus(node, `${SHUTDOWN},true`);
      const state = { generation: endpoints.generation[self], states: endpoints.states[self] };
      const created = env.now();
      const carried = version.shutdownPayload ? { state } : {};
      const goodbye: CassandraMessage = { kind: GOODBYE, created, ...carried };
      const bytes = version.shutdownPayload ? goodbyeBytes(endpoints.book.of(state.states)) : 0;
      for (let other = 0; other < env.n; other++) {
        if (endpoints.has(endpoints.pair(node, other), LIVE)) env.send(node, other, goodbye, bytes);
      }
      env.at(node, created + micros(SHUTDOWN_ANNOUNCE_MS), STOPPED);
    }

    function obey(node: NodeId, input: number) {
      const schema: Command = { do: 'publish', key: 'SCHEMA', value: String(input) };
      const command = settings.commands[input] ?? schema;
      if (command.do === 'publish') publish(node, keyOf(command.key), command.value);
      else if (command.do === 'stop') stop(node);
      else if (command.do === 'decommission') removal.decommission(node);
      else if (command.do === 'removenode') removal.removeNode(node, command.victim);
      else stage.submit(node, { kind: ASSASSINATE, other: command.victim, arrived: env.now() });
    }

    return {
      holds: holdsOf(endpoints.rows),
      onStart(node) {
        removal.start(node);
        verbs.start(node);
        stage.start(node);
        echoes.start(node);
        if (!life.begin(node)) shadows.start(node);
      },
      onInput(node, input) {
        if (life.phase[node] === RUNNING) obey(node, input);
      },
      onMessage(node, from, message) {
        work.receive(node, from, message);
      },
      onTimer(node, tag) {
        if (tag === SERVED) stage.served(node);
        if (tag === ECHO_NEXT) echoes.next(node);
        if (tag === SHADOW_STEP && life.phase[node] === SHADOW) shadows.step(node);
        if (tag === STOPPED) life.stop(node);
        if (!life.gossips(node)) return;
        if (tag === ROUND) task.run(node);
        if (tag === CHECK_AGAIN) task.checkAgain(node);
        if (tag === LOAD_TIME) life.publishLoad(node);
        if (tag === JOINED_RING) life.joinRing(node);
        if (tag === REMOVE_NEXT) removal.next(node);
      },
    };
  };

interface WorldParts {
  readonly env: Env<CassandraMessage>;
  readonly ground: Ground;
  readonly life: Life;
  readonly echo: World['echo'];
  readonly heard: World['tell'] | undefined;
}

/** What listeners hear becomes facts, up and down as the data path sees it, by the flag. */
function worldOf({ env, ground, life, echo, heard }: WorldParts): World {
  const { endpoints } = ground;
  return {
    now: () => env.now(),
    clockSec: (node) => life.clockSec(node),
    echo,
    tell(event, node, subject, wasAlive, key) {
      heard?.(event, node, subject, wasAlive, key);
      if (event === 'onJoin') env.emit(JOINED, node, subject);
      else if (event === 'onAlive') {
        const isAlive = endpoints.has(endpoints.pair(node, subject), ALIVE);
        if (isAlive && !wasAlive) env.emit(TRUSTED, node, subject);
      } else if ((event === 'onDead' || event === 'onRestart') && wasAlive) {
        env.emit(SUSPECTED, node, subject);
      } else if (event === 'evict') env.emit(FORGOTTEN, node, subject);
      else if (event === 'onChange' && key === SCHEMA) {
        const { book, states } = endpoints;
        hearSchema(env, node, book.value(states[endpoints.pair(node, subject)], SCHEMA));
      }
    },
  };
}

/** A schema whose name is a number is a rumour of the workload. */
function hearSchema(env: Env<CassandraMessage>, node: NodeId, name: string): void {
  if (/^\d+$/.test(name)) env.emit(DELIVERED, node, Number(name));
}
