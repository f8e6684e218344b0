/** What a workload asks of nodes, and when. */
import { duration, list, nodes, number, type TaggedKind } from '../../base/kinds.ts';

export const REQUEST: TaggedKind = {
  is: 'tagged',
  tag: 'do',
  of: Object.fromEntries(
    Object.entries({
      rumour: 'a new rumour to spread',
      update: "a change of a member's metadata",
      leave: 'a member leaves in good order',
      publish: 'a change of state, as a new schema',
      stop: 'a node is stopped in good order',
      decommission: 'a node leaves the cluster for good',
    }).map(([name, about]) => [
      name,
      {
        about,
        keys: {
          nodes: { kind: nodes, default: 0, about: 'which are asked' },
          at: {
            kind: list(duration()),
            otherwise: 'see every and perHour',
            about: 'at these times',
          },
          every: {
            kind: duration({ above: true }),
            otherwise: 'see at and perHour',
            about: 'again and again',
          },
          perHour: {
            kind: number({ above: true }),
            otherwise: 'see at and every',
            about: 'at random, so often per node',
          },
          from: { kind: duration(), default: '0s', about: 'when it begins' },
          until: { kind: duration(), otherwise: 'the end', about: 'when it ends' },
        },
      },
    ]),
  ),
};
