import { defineModule } from '../define.ts';
import { inspectDnf } from './inspect.ts';
import { planDnf, reportDnf } from './plan.ts';

const repositories = 'Repositories, with commas between.';

export const dnf = defineModule({
  name: 'dnf',
  aliases: ['yum', 'dnf5'],
  collection: 'ansible.builtin',
  summary: 'Manage packages of Fedora, Red Hat and their kin',
  args: {
    name: {
      type: 'list',
      elements: 'str',
      aliases: ['pkg'],
      default: [],
      doc: 'Packages: names, `name-version`, `@group`, files, URLs; `*` with `latest` for all.',
    },
    state: {
      type: 'str',
      choices: ['absent', 'present', 'installed', 'removed', 'latest'],
      doc: 'What the packages shall be.',
    },
    list: { type: 'str', doc: 'Not supported: package_facts lists packages.' },
    enablerepo: { type: 'list', elements: 'str', default: [], doc: repositories },
    disablerepo: { type: 'list', elements: 'str', default: [], doc: repositories },
    exclude: { type: 'list', elements: 'str', default: [], doc: 'Packages to leave alone.' },
    update_cache: {
      type: 'bool',
      default: false,
      aliases: ['expire-cache'],
      doc: 'Fetch what repositories hold anew.',
    },
    update_only: { type: 'bool', default: false, doc: 'With `latest`: install nothing that is not there.' },
    security: { type: 'bool', default: false, doc: 'With `latest`: security updates only.' },
    bugfix: { type: 'bool', default: false, doc: 'With `latest`: bug fixes only.' },
    autoremove: { type: 'bool', default: false, doc: 'Remove dependencies that are no longer needed.' },
    disable_gpg_check: { type: 'bool', default: false, doc: 'Accept packages that are not signed.' },
    allowerasing: { type: 'bool', default: false, doc: 'Remove installed packages that are in the way.' },
    allow_downgrade: { type: 'bool', default: false, doc: 'Accept older versions.' },
    nobest: { type: 'bool', doc: 'Accept another version than the best.' },
    best: { type: 'bool', doc: 'Take the best version or fail.' },
    skip_broken: { type: 'bool', default: false, doc: 'Leave out packages that cannot be installed.' },
    install_weak_deps: { type: 'bool', default: true, doc: 'Install recommended packages.' },
    installroot: { type: 'str', default: '/', doc: 'Another root folder.' },
    releasever: { type: 'str', doc: 'Another release.' },
    download_only: { type: 'bool', default: false, doc: 'Download, and install nothing.' },
    download_dir: { type: 'str', doc: 'Where to.' },
    cacheonly: { type: 'bool', default: false, doc: 'Fetch nothing.' },
    conf_file: { type: 'str', doc: 'Another configuration file.' },
    disable_excludes: { type: 'str', doc: 'Excludes to ignore: `all`, `main` or a repository.' },
    disable_plugin: { type: 'list', elements: 'str', default: [], doc: 'Plugins to switch off.' },
    enable_plugin: { type: 'list', elements: 'str', default: [], doc: 'Plugins to switch on.' },
    lock_timeout: { type: 'int', default: 30, doc: 'Taken for compatibility: dnf waits for its lock.' },
    sslverify: { type: 'bool', default: true, doc: 'Check certificates of repositories.' },
    validate_certs: { type: 'bool', default: true, doc: 'Check certificates of URLs.' },
    use_backend: { type: 'str', default: 'auto', doc: 'Taken for compatibility: what the host has is used.' },
    install_repoquery: { type: 'bool', default: true, doc: 'Without effect, as in Ansible.' },
  },
  rules: {
    mutuallyExclusive: [
      ['name', 'list'],
      ['best', 'nobest'],
    ],
    requiredOneOf: [['name', 'list', 'update_cache', 'autoremove']],
  },
  inspect: inspectDnf,
  plan: planDnf,
  report: reportDnf,
  examples: '- dnf: {name: [git, vim], state: present}',
});
