#!/bin/sh
# Proof that shards give what one process gives: a sweep of 200 cells plain, and on three shards at once, of which one is
# killed with -9 half-way and started again; all files are compared byte for byte. Takes a minute or two.
set -eu

checkout=$(cd "$(dirname "$0")/.." && pwd)
[ -f "$checkout/dist/src/cli/main.js" ] || { echo 'run npm run build first' >&2; exit 2; }
. "$checkout/scripts/proof-sweep.sh"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
prepare "$checkout"

# node itself, so that the process that we kill is the one that runs
shard() { exec node node_modules/.bin/hearsay $proof_sweep --out shards --jobs 1 --shard "$1/3" >"$1.log" 2>&1; }

echo "plain: hearsay $proof_sweep"
npx hearsay $proof_sweep --out plain >plain.log 2>&1

(shard 1) & one=$!
(shard 2) & two=$!
(shard 3) & three=$!
corner=shards/$proof_name/.cells/2-of-3
until [ "$(ls "$corner" 2>/dev/null | grep -c jsonl)" -ge 10 ]; do sleep 0.05; done
kill -9 $two
wait $two || true
echo "shard 2/3 killed with -9 after $(ls "$corner" | grep -c jsonl) cells"
wait $one $three
if npx hearsay collect shards >collect.log 2>&1; then echo 'expected runs of shard 2/3 to be missing' >&2; exit 1; fi
grep -o 'push.*runs are missing[^:]*\|cluster.*runs are missing[^:]*' collect.log
(shard 2)
npx hearsay collect shards >collect.log 2>&1
diff -r -x .cells plain shards
echo "three shards, collected, and one plain run are the same bytes: $(digest plain) $(digest shards)"
