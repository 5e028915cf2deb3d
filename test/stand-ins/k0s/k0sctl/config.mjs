// k0sctl.yaml: unknown fields and wrong values are refused as the real one does, before any host is touched.
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import { Failure } from './log.mjs';

const API = 'k0sctl.k0sproject.io/v1beta1';
const ANY = Symbol('anything');
const SSH = { address: 'string', user: 'string', port: 'int', keyPath: 'string', hostKey: 'string', bastion: ANY };
const HOST = {
  role: 'string',
  reset: 'bool',
  privateInterface: 'string',
  privateAddress: 'string',
  dataDir: 'string',
  kubeletRootDir: 'string',
  environment: ANY,
  uploadBinary: 'bool',
  useExistingK0s: 'bool',
  k0sBinaryPath: 'string',
  k0sInstallPath: 'string',
  k0sDownloadURL: 'string',
  installFlags: ['string'],
  files: ANY,
  os: 'string',
  hostname: 'string',
  noTaints: 'bool',
  hooks: ANY,
  ssh: { type: 'ssh.Config', fields: SSH },
  openSSH: ANY,
  winRM: ANY,
  localhost: ANY,
};
const FIELDS = {
  type: 'v1beta1.clusterConfig',
  fields: {
    apiVersion: 'string',
    kind: 'string',
    metadata: { type: 'v1beta1.ClusterMetadata', fields: { name: 'string', user: 'string' } },
    spec: {
      type: 'cluster.spec',
      fields: {
        hosts: [{ type: 'cluster.host', fields: HOST }],
        k0s: {
          type: 'cluster.k0s',
          fields: { version: 'string', versionChannel: 'string', dynamicConfig: 'bool', config: ANY },
        },
        options: ANY,
      },
    },
  },
};
const ROLES = ['controller', 'worker', 'controller+worker', 'single'];

/** The cluster that a file describes. Throws Failure with all unknown fields, or with what cannot be. */
export function readConfig(path) {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Failure('failed to locate configuration');
  }
  const lines = new LineCounter();
  const documents = parseAllDocuments(
    text.replaceAll(/\$\{(\w+)\}/g, (_, name) => process.env[name] ?? ''),
    { lineCounter: lines },
  );
  const broken = documents.flatMap(({ errors }) => errors);
  if (broken.length > 0)
    throw new Failure(`failed to parse config: failed to decode resource ${path}: yaml: ${broken[0].message}`);
  for (const document of documents) {
    if (!document.get('apiVersion') || !document.get('kind'))
      throw new Failure(`failed to parse config: missing apiVersion or kind in resource ${path}`);
  }
  const own = documents.filter(
    (document) => document.get('apiVersion') === API && /^cluster$/i.test(document.get('kind')),
  );
  if (own.length === 0)
    throw new Failure(`failed to get cluster resources: no resources found for apiVersion=${API}, kind=Cluster`);
  const problems = strange(own[0].contents, FIELDS, lines);
  if (problems.length > 0)
    throw new Failure(
      `failed to unmarshal cluster config: failed to unmarshal ${path}: yaml: unmarshal errors:\n  ${problems.join('\n  ')}`,
    );
  return validated(own[0].toJS());
}

/** Unknown fields and values of a wrong type, with their lines. */
function strange(node, known, lines) {
  if (known === ANY || node === null || node === undefined) return [];
  const line = lines.linePos(node.range[0]).line;
  if (Array.isArray(known))
    return isSeq(node)
      ? node.items.flatMap((item) => strange(item, known[0], lines))
      : [`line ${line}: cannot unmarshal ${node} into []`];
  if (typeof known === 'string')
    return fits(node, known)
      ? []
      : [`line ${line}: cannot unmarshal ${tag(node)} \`${node.value ?? ''}\` into ${known}`];
  if (!isMap(node)) return [`line ${line}: cannot unmarshal ${tag(node)} \`${node.value ?? ''}\` into ${known.type}`];
  return node.items.flatMap(({ key, value }) =>
    Object.hasOwn(known.fields, key.value)
      ? strange(value, known.fields[key.value], lines)
      : [`line ${lines.linePos(key.range[0]).line}: field ${key.value} not found in type ${known.type}`],
  );
}

function fits(node, type) {
  if (!isScalar(node)) return false;
  if (type === 'int') return Number.isInteger(node.value);
  if (type === 'bool') return typeof node.value === 'boolean';
  return node.value === null || typeof node.value !== 'object';
}

function tag(node) {
  if (isMap(node)) return '!!map';
  if (isSeq(node)) return '!!seq';
  return { number: '!!int', boolean: '!!bool' }[typeof node.value] ?? '!!str';
}

function validated(config) {
  const hosts = config.spec?.hosts ?? [];
  const refuse = (problem) => {
    throw new Failure(`cluster config validation failed: spec: (hosts: ${problem}.).`);
  };
  if (hosts.length === 0) refuse('cannot be blank');
  hosts.forEach((host, index) => {
    const problem = problemOf(host);
    if (problem) refuse(hosts.length > 1 ? `host #${index + 1}: ${problem}` : problem);
    if (host.role === 'single' && hosts.length > 1)
      refuse(`${hosts.length} hosts defined but includes a host with role 'single': ${nameOf(host)}`);
    if (hosts.findIndex((other) => nameOf(other) === nameOf(host)) < index) refuse(`${nameOf(host)}: is not unique`);
  });
  if (!hosts.some(({ role }) => role !== 'worker')) refuse('no hosts with a controller role defined');
  return config;
}

function problemOf(host) {
  if (!ROLES.includes(host.role)) return `role: unknown role ${host.role ?? ''}`;
  if (host.privateAddress && !isIP(host.privateAddress)) return 'privateAddress: must be a valid IP address';
  if (host.noTaints && host.role !== 'controller+worker')
    return 'noTaints: noTaints can only be true for controller+worker role';
  if (!host.ssh?.address) return 'ssh: address is required';
  return undefined;
}

/** How k0sctl names a host in its lines. */
export function nameOf({ ssh }) {
  return `[ssh] ${ssh?.address}:${ssh?.port ?? 22}`;
}
