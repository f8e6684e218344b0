#!/bin/sh
# Proof that the script of `hearsay cluster slurm` works: sets up a Slurm of one machine in a temporary folder, submits
# a sweep of 200 cells to it, kills a shard half-way, submits it again, and compares what was collected byte by byte
# with a plain run. Needs root, as slurmd does, and on Debian: apt-get install slurmctld slurmd slurm-client munge
set -eu

checkout=$(cd "$(dirname "$0")/.." && pwd)
dir=$(mktemp -d)
daemons=
end() {
  for daemon in $daemons; do
    kill "$daemon" 2>/dev/null || true
    wait "$daemon" 2>/dev/null || true
  done
  cd /
  rm -rf "$dir"
}
trap end EXIT
for program in munged slurmctld slurmd sbatch squeue; do
  PATH=$PATH:/usr/sbin command -v $program >/dev/null || { echo "$program is not installed" >&2; exit 2; }
done
[ "$(id -u)" = 0 ] || { echo 'run this as root: slurmd needs it' >&2; exit 2; }
[ -f "$checkout/dist/src/cli/main.js" ] || { echo 'run npm run build first' >&2; exit 2; }
PATH=$PATH:/usr/sbin
cd "$dir"
. "$checkout/scripts/proof-sweep.sh"

# --- a Slurm of one machine, without systemd, cgroups and accounting
host=$(hostname -s)
mkdir state spool
dd if=/dev/urandom of=munge.key bs=1024 count=1 status=none
chmod 600 munge.key
munged --force --foreground --socket "$dir/munge.socket" --key-file "$dir/munge.key" --log-file "$dir/munge.log" \
  --pid-file "$dir/munge.pid" --seed-file "$dir/munge.seed" >munge.out 2>&1 &
daemons=$!
cat > slurm.conf <<END
ClusterName=proof
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/munge.socket
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldPort=26817
SlurmdPort=26818
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
MpiDefault=none
ReturnToService=2
SchedulerParameters=batch_sched_delay=0,sched_interval=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$(awk '/MemAvailable/ { print int($2 / 1024) }' /proc/meminfo) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
export SLURM_CONF="$dir/slurm.conf"
slurmctld -D >slurmctld.log 2>&1 &
daemons="$daemons $!"
slurmd -D >slurmd.log 2>&1 &
daemons="$daemons $!"
tries=0
until sinfo -h -o %T 2>/dev/null | grep -q idle; do
  tries=$((tries + 1))
  [ $tries -lt 60 ] || { tail -20 slurmctld.log slurmd.log >&2; exit 1; }
  sleep 1
done
sinfo --version
sinfo

# --- the sweep
prepare "$checkout"
npx hearsay cluster slurm --shards 8 -- $proof_sweep --out shared >job.sh
npx hearsay $proof_sweep --out shared --dry-run
ended() {
  while squeue -h | grep -q .; do sleep 1; done
  mv hearsay-$proof_name-collect-*.log collect.log
  tail -4 collect.log
}

echo '--- submitted; shard 1/8 is killed (-9) once it has finished a cell'
sh ./job.sh
until ls shared/$proof_name/.cells/1-of-8/*.jsonl >/dev/null 2>&1; do sleep 0.1; done
kill -9 "$(cut -d' ' -f1 shared/$proof_name/.cells/1-of-8/lock)"
ended
grep -q 'runs are missing.*shard 1/8' collect.log || { echo 'expected collect to miss runs of shard 1/8' >&2; exit 1; }

echo '--- submitted again'
sh ./job.sh
ended

echo '--- compared with a plain run'
npx hearsay $proof_sweep --out plain >/dev/null 2>&1
diff -r -x .cells plain shared
echo "the same bytes: $(find shared -name '*.jsonl' | wc -l) cell files of 8 shards, collected, and one plain run: $(digest plain) $(digest shared)"
