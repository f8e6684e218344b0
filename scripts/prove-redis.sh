#!/usr/bin/env bash
# Runs the same sweep of 200 cells on threads here and through a Redis or Valkey server of its own, where a worker and the producer
# are killed with -9 and started again, and compares all files byte for byte. Takes a minute or two; leaves nothing behind.
# REDIS_SERVER names the program of the server (default: redis-server, or else valkey-server).
set -euo pipefail
checkout=$(cd "$(dirname "$0")/.." && pwd)

server=${REDIS_SERVER:-$(command -v redis-server || command -v valkey-server || true)}
if [ -z "$server" ]; then
  echo "prove-redis: there is no redis-server or valkey-server here; install one (apt-get install redis-server)" >&2
  exit 2
fi
[ -f "$checkout/dist/src/cli/main.js" ] || { echo 'run npm run build first' >&2; exit 2; }

work=$(mktemp -d)
pids=()
cleanup() {
  for pid in "${pids[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
cd "$work"
. "$checkout/scripts/proof-sweep.sh"
prepare "$checkout"

port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
url=redis://127.0.0.1:$port
read -ra run <<<"$proof_sweep"
journal=$work/redis/$proof_name/.cells/journal.jsonl

hearsay() { exec node "$checkout/dist/src/cli/main.js" "$@"; }
worker() {
  hearsay worker --redis "$url" --jobs 1 2>>"$work/workers.log" &
  last=$!
  pids+=("$last")
}
producer() {
  hearsay "${run[@]}" --out "$work/redis" --redis "$url" >/dev/null 2>>"$work/producer.log" &
  last=$!
  pids+=("$last")
}
kill_9() {
  kill -9 "$1"
  wait "$1" 2>/dev/null || true
}
lines() { if [ -f "$journal" ]; then wc -l <"$journal"; else echo 0; fi; }
await_lines() {
  until [ "$(lines)" -ge "$1" ]; do
    kill -0 "$2" 2>/dev/null || { cat "$work/producer.log" >&2; exit 1; }
    sleep 0.05
  done
}

echo "on threads here: hearsay ${run[*]}"
(hearsay "${run[@]}" --out "$work/local") >/dev/null 2>&1
cells=$(node -p 'JSON.parse(fs.readFileSync(process.argv[1])).cells' "$work/local/$proof_name/run.json")
runs=$(wc -l <"$work/local/$proof_name/.cells/journal.jsonl")

"$server" --port "$port" --bind 127.0.0.1 --save '' --dir "$work" >"$work/server.log" &
pids+=($!)
until grep -q 'eady to accept' "$work/server.log"; do sleep 0.05; done
echo "through $("$server" --version | cut -d' ' -f1-3) at $url, with three workers"
worker
victim=$last
worker
worker
producer
first=$last
await_lines $((runs / 4)) "$first"
kill_9 "$victim"
echo "worker killed with -9 after $(lines) of $runs runs; another one is started"
worker
await_lines $((runs / 2)) "$first"
kill_9 "$first"
echo "producer killed with -9 after $(lines) of $runs runs; the same command goes on"
producer
wait "$last"

diff -r --exclude=.cells "$work/local" "$work/redis"
once=$(cut -d'"' -f8 "$journal" | sort | uniq | wc -l)
[ "$(lines)" -eq "$runs" ] && [ "$once" -eq "$runs" ] || {
  echo "prove-redis: the journal has $(lines) lines and $once different runs; expected $runs" >&2
  exit 1
}
files=$(cd "$work/local" && find . -type f -not -path '*/.cells/*' | wc -l)
echo "$cells cells, $runs runs, each in the journal once; $files files compared byte for byte, all the same: $(digest "$work/local") $(digest "$work/redis")"
