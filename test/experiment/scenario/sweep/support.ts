/** Small scenarios to sweep over. */
import { type Asked, sweepPlan } from '../../../../src/experiment/scenario/sweep/plan.ts';

export const PUSH = 'nodes: 12\nduration: 8s\nprotocol: push\nlatency: 10ms\n';
/** Events enough for threads to be worth their while. */
export const CROWD =
  'nodes: 1000\nduration: 8s\nprotocol: { name: infect-and-die, fanout: 10 }\nlatency: { law: exponential, mean: 90ms }\n';
export const SWIM = 'nodes: 6\nduration: 20s\nprotocol: swim\nloss: 0.1\n';

export const planned = (over: readonly string[], asked: Partial<Asked> = {}) =>
  sweepPlan({ file: 'cluster.yaml', text: PUSH, replicates: 3, over, ...asked });
