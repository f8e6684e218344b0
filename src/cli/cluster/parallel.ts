/** GNU parallel: a process per shard, on this machine or on others over ssh (`man parallel`). */
import { collectCommand, type Shared } from './shared.ts';

export function parallel({ shards, about, commandInto, out, threads }: Shared): string {
  const shard = `${commandInto(out)} --shard {}/${shards}`.replaceAll("'", `'\\''`);
  const share = Math.max(1, Math.floor(100 / threads)); // in percent of the cores
  return `#!/bin/sh
# ${about}; then collected in ${out}.
# --jobs: how many shards at once, here one for each core or for the threads it has. On other machines that share this
# folder: parallel --sshlogin HOST1,HOST2 --workdir .
set -u

parallel --jobs ${share}% --line-buffer '${shard}' ::: $(seq ${shards})
exec ${collectCommand(out)}`;
}
