import type { ActionEntry, Directive } from './entry.ts';

/**
 * Every action by its short name, sorted. A module's file is loaded when it is first used, so that a run pays only
 * for what it names.
 */
export const moduleTable: readonly ActionEntry[] = [
  { name: 'add_host', load: () => import('./add-host.ts').then((file) => file.addHost) },
  { name: 'apt', load: () => import('./apt/apt.ts').then((file) => file.apt) },
  { name: 'apt_key', load: () => import('./apt-key.ts').then((file) => file.aptKey) },
  {
    name: 'apt_repository',
    load: () => import('./apt-repository/apt-repository.ts').then((file) => file.aptRepository),
  },
  { name: 'assemble', load: () => import('./assemble.ts').then((file) => file.assemble) },
  { name: 'assert', deferred: ['that'], load: () => import('./assert.ts').then((file) => file.assert) },
  {
    name: 'authorized_key',
    collection: 'ansible.posix',
    load: () => import('./authorized-key.ts').then((file) => file.authorizedKey),
  },
  { name: 'blockinfile', load: () => import('./blockinfile.ts').then((file) => file.blockinfile) },
  { name: 'command', freeForm: 'command', load: () => import('./command.ts').then((file) => file.command) },
  { name: 'copy', load: () => import('./copy.ts').then((file) => file.copy) },
  { name: 'cron', load: () => import('./cron/cron.ts').then((file) => file.cron) },
  { name: 'debug', deferred: ['var'], load: () => import('./debug.ts').then((file) => file.debug) },
  { name: 'dnf', aliases: ['yum', 'dnf5'], load: () => import('./dnf/dnf.ts').then((file) => file.dnf) },
  { name: 'fail', load: () => import('./fail.ts').then((file) => file.fail) },
  { name: 'fetch', load: () => import('./fetch.ts').then((file) => file.fetch) },
  { name: 'file', load: () => import('./file.ts').then((file) => file.file) },
  { name: 'find', load: () => import('./find.ts').then((file) => file.find) },
  { name: 'get_url', load: () => import('./get-url.ts').then((file) => file.getUrl) },
  { name: 'getent', load: () => import('./getent.ts').then((file) => file.getent) },
  { name: 'git', load: () => import('./git/git.ts').then((file) => file.git) },
  { name: 'group', load: () => import('./group/group.ts').then((file) => file.group) },
  { name: 'group_by', load: () => import('./group-by.ts').then((file) => file.groupBy) },
  { name: 'hostname', load: () => import('./hostname.ts').then((file) => file.hostname) },
  { name: 'import_playbook', directive: true, freeForm: 'text', load: () => directive('import_playbook') },
  { name: 'import_role', directive: true, load: () => directive('import_role') },
  { name: 'import_tasks', directive: true, freeForm: 'text', load: () => directive('import_tasks') },
  { name: 'include_role', directive: true, load: () => directive('include_role') },
  { name: 'include_tasks', directive: true, freeForm: 'text', load: () => directive('include_tasks') },
  { name: 'include_vars', freeForm: 'text', load: () => import('./include-vars.ts').then((file) => file.includeVars) },
  {
    name: 'ini_file',
    collection: 'community.general',
    load: () => import('./ini-file.ts').then((file) => file.iniFile),
  },
  { name: 'iptables', load: () => import('./iptables/iptables.ts').then((file) => file.iptables) },
  { name: 'known_hosts', load: () => import('./known-hosts/known-hosts.ts').then((file) => file.knownHosts) },
  { name: 'lineinfile', load: () => import('./lineinfile.ts').then((file) => file.lineinfile) },
  { name: 'meta', directive: true, freeForm: 'text', load: () => directive('meta') },
  {
    name: 'modprobe',
    collection: 'community.general',
    load: () => import('./modprobe.ts').then((file) => file.modprobe),
  },
  { name: 'mount', collection: 'ansible.posix', load: () => import('./mount/mount.ts').then((file) => file.mount) },
  { name: 'package', load: () => import('./package/package.ts').then((file) => file.packageModule) },
  { name: 'package_facts', load: () => import('./package-facts.ts').then((file) => file.packageFacts) },
  { name: 'pause', load: () => import('./pause.ts').then((file) => file.pause) },
  { name: 'ping', load: () => import('./ping.ts').then((file) => file.ping) },
  { name: 'raw', freeForm: 'command', load: () => import('./raw.ts').then((file) => file.raw) },
  { name: 'replace', load: () => import('./replace.ts').then((file) => file.replace) },
  { name: 'script', freeForm: 'command', load: () => import('./script.ts').then((file) => file.script) },
  { name: 'service', load: () => import('./service/service.ts').then((file) => file.service) },
  { name: 'service_facts', load: () => import('./service-facts.ts').then((file) => file.serviceFacts) },
  { name: 'set_fact', load: () => import('./set-fact.ts').then((file) => file.setFact) },
  { name: 'set_stats', load: () => import('./set-stats.ts').then((file) => file.setStats) },
  { name: 'setup', aliases: ['gather_facts'], load: () => import('./setup/setup.ts').then((file) => file.setup) },
  { name: 'shell', freeForm: 'command', load: () => import('./shell.ts').then((file) => file.shell) },
  { name: 'slurp', load: () => import('./slurp.ts').then((file) => file.slurp) },
  { name: 'stat', load: () => import('./stat.ts').then((file) => file.stat) },
  { name: 'sysctl', collection: 'ansible.posix', load: () => import('./sysctl.ts').then((file) => file.sysctl) },
  {
    name: 'systemd_service',
    aliases: ['systemd'],
    load: () => import('./systemd/systemd.ts').then((file) => file.systemd),
  },
  { name: 'tempfile', load: () => import('./tempfile.ts').then((file) => file.tempfile) },
  { name: 'template', load: () => import('./template.ts').then((file) => file.template) },
  {
    name: 'timezone',
    collection: 'community.general',
    load: () => import('./timezone.ts').then((file) => file.timezone),
  },
  { name: 'ufw', collection: 'community.general', load: () => import('./ufw/ufw.ts').then((file) => file.ufw) },
  { name: 'unarchive', load: () => import('./unarchive/unarchive.ts').then((file) => file.unarchive) },
  { name: 'uri', load: () => import('./uri.ts').then((file) => file.uri) },
  { name: 'user', load: () => import('./user/user.ts').then((file) => file.user) },
  { name: 'wait_for', load: () => import('./wait-for.ts').then((file) => file.waitFor) },
  {
    name: 'wait_for_connection',
    load: () => import('./wait-for-connection.ts').then((file) => file.waitForConnection),
  },
];

async function directive(name: string): Promise<Directive> {
  const { directives } = await import('./directives.ts');
  return directives[name]!;
}
