#!/bin/sh
# tiny: 2 cells, 40 runs, dealt out to 8 shards; then collected in out.
# --jobs: how many shards at once, here one for each core or for the threads it has. On other machines that share this
# folder: parallel --sshlogin HOST1,HOST2 --workdir .
set -u

parallel --jobs 100% --line-buffer 'npx hearsay run test/cli/fixtures/tiny.mjs --seed '\''it'\''\'\'''\''s mine'\'' --out out --jobs 1 --shard {}/8' ::: $(seq 8)
exec npx hearsay collect out
