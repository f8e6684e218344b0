/**
 * Who is told of which changes: listeners hear of a state and not of the one that it took the place of in 4.0, and the
 * latter is dropped once nobody needs it. Source: Gossiper.applyNewStates, doOnChangeNotifications,
 * EndpointState.removeMajorVersion3LegacyApplicationStates, Gossiper.hasMajorVersion3OrUnknownNodes.
 * Since 4.1 STATUS comes first; the others come in an arbitrary order, for which we take that of the keys.
 */
import type { NodeId } from '../../engine/model.ts';
import {
  isDead,
  type Key,
  RELEASE_VERSION,
  STATUS,
  STATUS_WITH_PORT,
  SUCCESSOR,
} from './application-state.ts';
import { ALIVE, type Endpoints, KNOWN } from './endpoints.ts';
import type { AppStates } from './states-book.ts';
import type { Version } from './versions.ts';
import type { Subscriber, World } from './world.ts';

export interface NotificationParts {
  readonly endpoints: Endpoints;
  readonly subscriber?: Subscriber;
  readonly version: Version;
  readonly world: World;
}

export class Notifications {
  readonly #parts: NotificationParts;

  constructor(parts: NotificationParts) {
    this.#parts = parts;
  }

  /** The news have been merged. */
  tell(node: NodeId, subject: NodeId, news: AppStates): void {
    const { endpoints, subscriber, version, world } = this.#parts;
    const pair = endpoints.pair(node, subject);
    if (version.withPort) this.#dropLegacy(node, pair);
    for (const { key, value } of this.#inOrder(news)) {
      if (version.withPort && this.#isSuperseded(pair, key)) continue;
      subscriber?.onChange(node, subject, key, value);
      world.tell('onChange', node, subject, endpoints.has(pair, ALIVE), key);
    }
  }

  #inOrder(news: AppStates): AppStates {
    if (!this.#parts.version.statusFirst) return news;
    const isStatus = (key: Key) => key === STATUS || key === STATUS_WITH_PORT;
    return [
      ...news.filter(({ key }) => isStatus(key)),
      ...news.filter(({ key }) => !isStatus(key)),
    ];
  }

  /** Whether the state that took the place of this one is there. */
  #isSuperseded(pair: number, key: Key): boolean {
    const successor = SUCCESSOR.get(key);
    const { book, states } = this.#parts.endpoints;
    return successor !== undefined && book.get(states[pair], successor) !== undefined;
  }

  /** Once no node of 3.x, or of an unknown version, is known. */
  #dropLegacy(node: NodeId, pair: number): void {
    const { endpoints } = this.#parts;
    const { book, states } = endpoints;
    const legacy = [...SUCCESSOR.keys()].filter(
      (key) => this.#isSuperseded(pair, key) && book.get(states[pair], key) !== undefined,
    );
    if (legacy.length === 0 || this.#mayHaveOldNodes(node)) return;
    endpoints.setStates(pair, book.without(states[pair], legacy));
  }

  /** Who is in a dead state without a version does not count: it was assassinated. */
  #mayHaveOldNodes(node: NodeId): boolean {
    const { endpoints } = this.#parts;
    for (let subject = 0; subject < endpoints.n; subject++) {
      const pair = endpoints.pair(node, subject);
      if (!endpoints.has(pair, KNOWN)) continue;
      const release = endpoints.book.value(endpoints.states[pair], RELEASE_VERSION);
      if (release === '' && isDead(endpoints.status(pair))) continue;
      if (!(Number.parseInt(release, 10) >= 4)) return true;
    }
    return false;
  }
}
