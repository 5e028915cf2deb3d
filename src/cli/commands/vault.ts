import { TsplayError } from '../../engine/model/errors.ts';
import { printable } from '../../engine/output/printable.ts';
import { nearest } from '../../engine/playbook/suggest.ts';
import type { Command } from '../command.ts';
import { type OptionTable, optionHelp, parseOptions } from '../options.ts';
import { readConfig } from '../run/config.ts';
import type { VaultWork } from '../vault/choose-secret.ts';
import { createFile, editFiles } from '../vault/edit-file.ts';
import { decryptFiles, encryptFiles } from '../vault/encrypt.ts';
import { encryptString } from '../vault/encrypt-string.ts';
import { VAULT_OPTIONS, vaultSettings } from '../vault/options.ts';
import { rekeyFiles } from '../vault/rekey.ts';
import { viewFiles } from '../vault/view.ts';

interface Action {
  readonly summary: string;
  readonly words: string;
  readonly options: OptionTable;
  run(work: VaultWork): Promise<void>;
}

const VERBOSE = { verbose: { short: 'v', help: 'accepted, for scripts' } } as const satisfies OptionTable;
const OUTPUT = {
  output: { value: 'FILE', help: 'write there; `-` is standard output' },
} as const satisfies OptionTable;
const ENCRYPT_ID = {
  'encrypt-vault-id': { value: 'LABEL', help: 'encrypt with the password of this label, of several' },
} as const satisfies OptionTable;

const ACTIONS: Readonly<Record<string, Action>> = {
  create: {
    summary: 'write a new encrypted file, in an editor',
    words: 'FILE',
    options: { ...ENCRYPT_ID, 'skip-tty-check': { help: 'open the editor where there is no terminal' } },
    run: createFile,
  },
  decrypt: { summary: 'decrypt files, or standard input', words: '[FILE...]', options: OUTPUT, run: decryptFiles },
  edit: { summary: 'edit encrypted files', words: 'FILE...', options: ENCRYPT_ID, run: editFiles },
  view: { summary: 'show encrypted files', words: 'FILE...', options: {}, run: viewFiles },
  encrypt: {
    summary: 'encrypt files, or standard input',
    words: '[FILE...]',
    options: { ...OUTPUT, ...ENCRYPT_ID },
    run: encryptFiles,
  },
  encrypt_string: {
    summary: 'encrypt texts, to be pasted into YAML',
    words: '[TEXT...]',
    options: {
      ...OUTPUT,
      ...ENCRYPT_ID,
      name: { short: 'n', value: 'NAME', many: true, help: 'the variable that a text is for; once for each' },
      'stdin-name': { value: 'NAME', help: 'the variable that standard input is for' },
      prompt: { short: 'p', help: 'ask for the text' },
      'show-input': { help: 'with --prompt: show what is typed' },
    },
    run: encryptString,
  },
  rekey: {
    summary: 'encrypt files anew with another password',
    words: 'FILE...',
    options: {
      ...ENCRYPT_ID,
      'new-vault-id': { value: '[LABEL@]SOURCE', help: 'the new password: a file, a script or `prompt`' },
      'new-vault-password-file': { value: 'FILE', help: 'file or script with the new password' },
    },
    run: rekeyFiles,
  },
};

export const vault: Command = {
  summary: 'encrypt, decrypt and edit files and texts',
  help: () => `Usage: tsplay vault ACTION [OPTIONS] [FILE...]

Encrypts files and texts with a password, in the format of Ansible's vault.

${Object.entries(ACTIONS).map(actionHelp).join('\n\n')}

Every action:
${optionHelp(VAULT_OPTIONS)}

Exit codes: 0 all well, 1 error, 2 wrong options, 5 options that do not go together.
`,
  async run(args) {
    const at = args.findIndex((word) => !/^-v+$|^--verbose$/.test(word));
    const name = args[at];
    const action = name !== undefined && Object.hasOwn(ACTIONS, name) ? ACTIONS[name]! : unknownAction(name);
    const options = parseOptions(args.slice(at + 1), { ...action.options, ...VAULT_OPTIONS, ...VERBOSE });
    refuseContradictions(options);
    const { env, warnings } = readConfig(process.env);
    const warn = (message: string) => void process.stderr.write(`[WARNING]: ${printable(message)}\n`);
    warnings.forEach(warn);
    // What is written here is for its owner alone.
    process.umask(0o077);
    await action.run({ options, env, warn, settings: vaultSettings(env) });
    return 0;
  },
};

function actionHelp([name, { summary, words, options }]: [string, Action]): string {
  const table = optionHelp(options);
  return `${name} ${words}\n  ${summary}${table ? `\n${table}` : ''}`;
}

function unknownAction(name: string | undefined): never {
  const names = Object.keys(ACTIONS);
  const meant = name === undefined ? undefined : nearest(name, names);
  const message = name === undefined ? 'no action given' : `unknown action "${name}"`;
  throw new TsplayError('option', message, {
    hint: meant ? `did you mean "${meant}"?` : `the actions are ${names.join(', ')}`,
  });
}

function refuseContradictions(options: ReturnType<typeof parseOptions>): void {
  if (options.on('new-vault-id') && options.on('new-vault-password-file')) {
    throw new TsplayError('option', '--new-vault-id is not allowed with --new-vault-password-file');
  }
  const bad = options.list('vault-id').find((id) => id.includes(';'));
  if (bad !== undefined) {
    throw new TsplayError('usage', `'${bad}' is not a valid vault id. The character ';' is not allowed in vault ids`);
  }
  if (options.on('output') && options.words.length > 1) {
    throw new TsplayError('usage', 'At most one input file may be used with the --output option');
  }
}
