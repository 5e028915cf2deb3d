import type { Change } from '../model/change.ts';
import type { Value } from '../model/value.ts';
import { fileArgs } from './args/common.ts';
import { defineModule } from './define.ts';
import { beforeOf, inspectTarget } from './files/target.ts';
import { wantedOf } from './files/wanted.ts';
import { attributesChange } from './files/write.ts';
import { linesOf, readText, type TextFile, writeText } from './text-file.ts';
import type { ArgSpec, Plan } from './types.ts';

const text = (doc: string) => ({ type: 'str', doc }) as const;
const flag = (doc: string) => ({ type: 'bool', doc }) as const;
const list = (doc: string) => ({ type: 'list', elements: 'str', doc }) as const;

/** Arguments that are options of the repository, under their own names. */
const options = {
  async: flag('Download in parallel.'),
  bandwidth: text('Bytes a second at most.'),
  baseurl: list('Addresses of the repository.'),
  cost: text('Its cost; repositories that cost less are asked first.'),
  countme: flag('Be counted.'),
  deltarpm_metadata_percentage: text('Largest size of metadata of deltas.'),
  deltarpm_percentage: text('Largest size of deltas.'),
  enabled: flag('Whether it is used.'),
  enablegroups: flag('Whether its package groups are used.'),
  exclude: { ...list('Packages that are left out.'), aliases: ['excludepkgs'] },
  failovermethod: { type: 'str', choices: ['roundrobin', 'priority'], doc: 'Which address is next.' },
  gpgcakey: text('Address of the CA key.'),
  gpgcheck: flag('Check signatures of packages.'),
  gpgkey: list('Addresses of its keys.'),
  http_caching: { type: 'str', choices: ['all', 'packages', 'none'], doc: 'What proxies may keep.' },
  include: text('Another file of settings.'),
  includepkgs: list('The only packages to use.'),
  ip_resolve: { type: 'str', choices: ['4', '6', 'IPv4', 'IPv6', 'whatever'], doc: 'Protocol to use.' },
  keepalive: flag('Keep connections open.'),
  keepcache: { type: 'str', choices: ['0', '1'], doc: 'Keep what was downloaded.' },
  metadata_expire: text('Age at which metadata is fetched anew.'),
  metadata_expire_filter: {
    type: 'str',
    choices: ['never', 'read-only:past', 'read-only:present', 'read-only:future'],
    doc: 'Commands that care for the age.',
  },
  metalink: text('Address of a metalink file.'),
  mirrorlist: text('Address of a list of mirrors.'),
  mirrorlist_expire: text('Age at which that is fetched anew.'),
  module_hotfixes: flag('Its packages pass by modules.'),
  password: { type: 'str', noLog: true, doc: 'Password.' },
  priority: text('Its priority.'),
  protect: flag('Protect its packages.'),
  proxy: text('Proxy to use.'),
  proxy_password: { type: 'str', noLog: true, doc: "Proxy's password." },
  proxy_username: text("Proxy's user."),
  repo_gpgcheck: flag('Check the signature of its metadata.'),
  retries: text('How often a download is tried.'),
  s3_enabled: flag('It is in S3.'),
  skip_if_unavailable: flag('Go on without it if it cannot be reached.'),
  ssl_check_cert_permissions: flag('Check permissions of certificates.'),
  sslcacert: { ...text('File of CA certificates.'), aliases: ['ca_cert'] },
  sslclientcert: { ...text('File of the client certificate.'), aliases: ['client_cert'] },
  sslclientkey: { ...text('File of its key.'), aliases: ['client_key'] },
  sslverify: { ...flag('Check certificates.'), aliases: ['validate_certs'] },
  throttle: text('Share of the bandwidth.'),
  timeout: text('Seconds until an attempt fails.'),
  ui_repoid_vars: text('Variables shown with its name.'),
  username: text('User.'),
} as const satisfies Record<string, ArgSpec>;

type Options = Readonly<Record<keyof typeof options, Value>>;

interface RepositoryArgs extends Options {
  readonly name: string;
  readonly description: string | null;
  readonly state: 'absent' | 'present';
}

export const yumRepository = defineModule({
  name: 'yum_repository',
  collection: 'ansible.builtin',
  summary: 'Manage repositories of dnf and yum',
  args: {
    ...fileArgs,
    ...options,
    name: { type: 'str', required: true, doc: 'Short name of the repository.' },
    description: text('What it is; its `name` in the file.'),
    file: text('File without `.repo`; the name by default.'),
    reposdir: { type: 'path', default: '/etc/yum.repos.d', doc: 'Folder of such files.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether dnf knows it.' },
  },
  rules: {
    requiredIf: [
      ['state', 'present', ['baseurl', 'mirrorlist', 'metalink'], true],
      ['state', 'present', ['description']],
    ],
  },
  async inspect(host, args) {
    const path = `${args.reposdir}/${args.file ?? args.name}.repo`;
    const [folder, file, target] = await Promise.all([
      host.stat(args.reposdir, { follow: true }),
      readText(host, path),
      inspectTarget(host, path, wantedOf(args), { follow: true }),
    ]);
    return { folder, file, target };
  },
  plan(args, { folder, file, target }): Plan {
    const { name, state } = args;
    if (folder?.kind !== 'directory')
      return { changes: [], failed: `Repo directory '${args.reposdir}' does not exist.` };
    const change = editRepository(args, file);
    const own = change?.kind === 'remove' ? undefined : attributesChange(target, wantedOf(args));
    return { changes: [change, own].filter((one) => one !== undefined), result: { repo: name, state } };
  },
  examples: '- yum_repository: {name: epel, description: EPEL, baseurl: "https://example.org/epel/9/"}',
});

type Sections = Map<string, Map<string, string>>;

function editRepository(args: RepositoryArgs, file: TextFile): Change | undefined {
  const sections = parse(file.text);
  const before = sortedText(sections);
  sections.delete(args.name);
  if (args.state === 'present') sections.set(args.name, settings(args));
  if (sortedText(sections) === before) return undefined;
  if (sections.size > 0) return writeText(file, fileText(sections));
  const { path } = file;
  return { kind: 'remove', summary: `remove ${path}`, path, before: beforeOf(file.state, Buffer.from(file.text)) };
}

function settings(args: RepositoryArgs): Map<string, string> {
  const named: Record<string, Value> = { ...args, name: args.description };
  const names = [...Object.keys(options), 'name'].sort();
  const given = names.filter((name) => named[name] !== null && named[name] !== undefined);
  return new Map(given.map((name) => [name, settingText(name, named[name] as Value)]));
}

/** Addresses stand one a line, packages on one. */
function settingText(name: string, value: Value): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (Array.isArray(value)) return value.join(name === 'baseurl' || name === 'gpgkey' ? '\n' : ' ');
  return String(value);
}

/** Names in lower case, lines that start with a blank go on; comments are lost when the file is written. */
function parse(file: string): Sections {
  const sections: Sections = new Map();
  let section: Map<string, string> | undefined;
  let last: string | undefined;
  for (const line of linesOf(file)) {
    const heading = /^\[(.+)\]/.exec(line)?.[1];
    if (heading !== undefined) {
      section = new Map();
      sections.set(heading, section);
      last = undefined;
    } else if (/^\s*([#;]|$)/.test(line)) {
    } else if (/^\s/.test(line) && section && last !== undefined) {
      section.set(last, `${section.get(last)}\n${line.trim()}`);
    } else if (section) {
      const [, name = '', value = ''] = /^(.*?)\s*(?:[=:]\s*(.*))?$/.exec(line.trim()) ?? [];
      last = name.toLowerCase();
      section.set(last, value);
    }
  }
  return sections;
}

function fileText(sections: Sections): string {
  return [...sections].map(([name, section]) => `[${name}]\n${[...section].map(settingLine).join('')}\n`).join('');
}

function settingLine([name, value]: [string, string]): string {
  return `${name} = ${value.replaceAll('\n', '\n\t')}\n`;
}

/** For comparing: the order does not matter. */
function sortedText(sections: Sections): string {
  return JSON.stringify([...sections].sort().map(([name, section]) => [name, [...section].sort()]));
}
