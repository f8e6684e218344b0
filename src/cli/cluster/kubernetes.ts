/**
 * Kubernetes: an indexed Job with a pod per shard, a volume that all of them share, and a Job that collects them, which
 * waits until it is resumed, as Jobs know nothing of one another (Kubernetes 1.24; batch/v1, v1).
 */
import { isAbsolute, posix } from 'node:path';
import { stringify } from 'yaml';
import { collectCommand, type Shared } from './shared.ts';

const MOUNT = '/hearsay'; // the volume, where results go to a relative folder
const TRIES = 3; // per shard

export function kubernetes(shared: Shared, image: string): string {
  const { name, shards, about, commandInto, threads, bytes, collectBytes } = shared;
  const out = isAbsolute(shared.out) ? shared.out : posix.join(MOUNT, shared.out);
  const mount = isAbsolute(shared.out) ? shared.out : MOUNT;
  const pod = (command: string, cpu: number, memory: number) => ({
    spec: {
      restartPolicy: 'Never',
      containers: [
        {
          name: 'hearsay',
          image,
          command: ['sh', '-c', `exec ${command}`],
          resources: {
            requests: { cpu: String(cpu), memory: mebibytes(memory) },
            limits: { memory: mebibytes(memory) },
          },
          volumeMounts: [{ name: 'results', mountPath: mount }],
        },
      ],
      volumes: [{ name: 'results', persistentVolumeClaim: { claimName: name } }],
    },
  });
  const shard = `${commandInto(out)} --shard "$((JOB_COMPLETION_INDEX + 1))/${shards}"`;
  const documents = [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name },
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } },
    },
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name },
      spec: {
        completionMode: 'Indexed',
        completions: shards,
        parallelism: shards,
        backoffLimit: TRIES * shards,
        template: pod(shard, threads, bytes),
      },
    },
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: `${name}-collect` },
      spec: { suspend: true, template: pod(collectCommand(out), 1, collectBytes) },
    },
  ];
  const head = `# ${about}; then collected in ${out} on the volume ${name}.
# kubectl apply -f FILE
# kubectl wait --for=condition=complete --timeout=-1s job/${name}
# kubectl patch job/${name}-collect -p '{"spec":{"suspend":false}}'
# The image must have hearsay in its working directory or on its PATH, and any module of your own.
# Memory is half as much again as the experiments declare. A shard that is started again goes on where it was ended.
`;
  return (
    head +
    documents
      .map((of) => stringify(of, { lineWidth: 0 }))
      .join('---\n')
      .trimEnd()
  );
}

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)}Mi`;
