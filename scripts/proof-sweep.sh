# Sourced by prove-shards.sh, prove-redis.sh and prove-slurm.sh: the same sweep of 200 cells for all, in a folder in which
# `npx hearsay` finds this checkout. So the digests that the three print must be the same.
proof_sweep='sweep cluster.yaml --over protocol.fanout=1..5 --over loss=0..0.45:10 --over nodes=100,200,300,400 --replicates 20'
proof_name=cluster-sweep

# prepare CHECKOUT: in the folder that we are in
prepare() {
  mkdir -p node_modules/.bin
  ln -s "$1/dist/src/cli/main.js" node_modules/.bin/hearsay
  cp "$1/experiments/scenarios/push.yaml" cluster.yaml
}

# digest FOLDER: of all its files and their names
digest() {
  (cd "$1" && find . -type f -not -path '*/.cells/*' | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -d' ' -f1)
}
