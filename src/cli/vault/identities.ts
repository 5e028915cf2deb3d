/** Where one password comes from, as `--vault-id LABEL@SOURCE` says it. */
export interface Identity {
  readonly label: string | undefined;
  /** `prompt`, the `ASK` of --ask-vault-pass, or the path of a file or script. */
  readonly source: string;
}

/** The source that --ask-vault-pass stands for: its question has no label. */
export const ASK = 'prompt_ask_vault_pass';

export interface IdentitiesGiven {
  /** What vault_identity_list of the configuration says. */
  readonly configured: readonly string[];
  readonly ids: readonly string[];
  readonly passwordFiles: readonly string[];
  /** What vault_password_file of the configuration says. */
  readonly configuredFile: string | undefined;
  readonly ask: boolean;
  /** Ask where nothing else is given. */
  readonly askIfNone: boolean;
  /** The label of passwords that were given none. */
  readonly defaultId: string;
}

/** All that is given, in Ansible's order: ids of the configuration and the command line, then files, then the question. */
export function identities(given: IdentitiesGiven): Identity[] {
  const { defaultId: label } = given;
  const named = [...given.configured, ...given.ids].map(readIdentity);
  const files = [...given.passwordFiles, ...(given.configuredFile ? [given.configuredFile] : [])];
  const all = [...named, ...files.map((source) => ({ label, source }))];
  return given.ask || (given.askIfNone && all.length === 0) ? [...all, { label, source: ASK }] : all;
}

/** `LABEL@SOURCE`; without an `@` all of it is the source. */
export function readIdentity(text: string): Identity {
  const at = text.indexOf('@');
  return at < 0 ? { label: undefined, source: text } : { label: text.slice(0, at), source: text.slice(at + 1) };
}
