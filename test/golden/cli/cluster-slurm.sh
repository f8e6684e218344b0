#!/bin/sh
# tiny: 2 cells, 40 runs, dealt out to 8 shards; then collected in out.
# Run this on the login node, in a folder that all nodes share: sh FILE
# Memory is half as much again as the experiments declare. The time limit, in minutes, allows for 4 times what is
# estimated (0.0 s). After a shard was ended or has failed run this again: what is finished is kept.
set -eu

shards=$(sbatch --parsable <<'END'
#!/bin/sh
#SBATCH --job-name=hearsay-tiny
#SBATCH --array=1-8
#SBATCH --cpus-per-task=1
#SBATCH --mem=201M
#SBATCH --time=6
#SBATCH --output=hearsay-tiny-%A-%a.log
exec npx hearsay run test/cli/fixtures/tiny.mjs --seed 'it'\''s mine' --out out --jobs 1 --shard "$SLURM_ARRAY_TASK_ID/8"
END
)
# afterany: also after a shard that failed; collect then says what is missing.
sbatch --dependency="afterany:${shards%%;*}" <<'END'
#!/bin/sh
#SBATCH --job-name=hearsay-tiny-collect
#SBATCH --cpus-per-task=1
#SBATCH --mem=954M
#SBATCH --time=60
#SBATCH --output=hearsay-tiny-collect-%j.log
exec npx hearsay collect out
END
