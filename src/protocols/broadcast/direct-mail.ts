/**
 * Direct mail: the site where an update happens mails it to every other site, at once. What is lost stays lost, unless
 * another protocol works behind it: `directMail({ behind: antiEntropy() })` is the scheme of the Clearinghouse.
 * Source: Demers et al., "Epidemic algorithms for replicated database maintenance", PODC 1987, section 1.2.
 * Deviations: every site knows all others, whatever the overlay: mail is routed.
 */
import type { ProtocolFactory } from '../../engine/model.ts';
import { message, RUMOUR, rumourOf } from './messages.ts';
import { news } from './news.ts';

/** Options of `directMail`, with their units. */
export interface DirectMailOptions {
  readonly rumourBytes?: number;
  /** Any protocol of this folder: a mail is to it as a rumour that it sent itself. Default: sites only read their mail. */
  readonly behind?: ProtocolFactory<number>;
}

/** The origin mails every other site at once. Demers et al. 1987, section 1.2. */
export const directMail =
  ({ rumourBytes = 100, behind = readMail }: DirectMailOptions = {}): ProtocolFactory<number> =>
  (env) => {
    const repair = behind(env);
    return {
      ...repair,
      onInput(node, rumour) {
        repair.onInput?.(node, rumour);
        for (let site = 0; site < env.n; site++) {
          if (site !== node) env.send(node, site, message(RUMOUR, rumour), rumourBytes);
        }
      },
    };
  };

const readMail: ProtocolFactory<number> = (env) => {
  const { hear } = news(env);
  return {
    onInput: hear,
    onMessage: (node, _from, received) => hear(node, rumourOf(received)),
  };
};
