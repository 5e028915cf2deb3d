import type { CallbackOptions } from '../../engine/output/ansible/options.ts';

/** Forms of output that Ansible's stdout callbacks come to. */
export type CallbackForm =
  | { readonly form: 'lines'; readonly options?: Partial<CallbackOptions> }
  | { readonly form: 'minimal' | 'oneline' | 'json' | 'nothing' };

const FORMS: Readonly<Record<string, CallbackForm>> = {
  default: { form: 'lines' },
  yaml: { form: 'lines', options: { format: 'yaml', pretty: true } },
  debug: { form: 'lines', options: { pretty: true } },
  skippy: { form: 'lines', options: { showSkipped: false } },
  minimal: { form: 'minimal' },
  oneline: { form: 'oneline' },
  json: { form: 'json' },
  null: { form: 'nothing' },
};

/** The form of a stdout callback by its short or full name; undefined for one that is not known. */
export function callbackForm(name: string): CallbackForm | undefined {
  const short = name.replace(/^(?:ansible\.(?:builtin|legacy|posix)|community\.general)\./, '');
  return Object.hasOwn(FORMS, short) ? FORMS[short] : undefined;
}
