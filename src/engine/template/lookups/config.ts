import type { Setting, Value } from '../../model/value.ts';
import type { Context, Lookups } from '../types.ts';
import { fail, pyStr, typeName } from '../values.ts';
import { pluginOption } from './config/plugin-options.ts';
import { boolOption, textOption } from './options.ts';

const ON_MISSING = ['error', 'warn', 'skip'];

export const lookups: Lookups = {
  /** Settings of Ansible as they are in force; those of a plugin with `plugin_type` and `plugin_name`. */
  config(terms, options, context) {
    const onMissing = textOption(options, 'on_missing', 'error');
    if (!ON_MISSING.includes(onMissing))
      fail(`config: valid values are ${ON_MISSING.join(', ')} for on_missing, not '${onMissing}'`);
    const [type, name] = [textOption(options, 'plugin_type'), textOption(options, 'plugin_name')];
    if ((type === undefined) !== (name === undefined))
      fail('config: plugin_type and plugin_name are given together or not at all');
    const withOrigin = boolOption(options, 'show_origin', false);
    return terms.flatMap((term): Value[] => {
      const setting =
        type && name ? pluginOption(type, name, nameOf(term), context) : globalSetting(nameOf(term), context);
      if (setting) return [withOrigin ? [setting.value, setting.origin] : setting.value];
      if (onMissing === 'error') fail(`Unable to find setting ${pyStr(term)}`);
      if (onMissing === 'warn') context.scope.world.warn(`Skipping, did not find setting ${pyStr(term)}`);
      return [];
    });
  },
};

function nameOf(term: Value): string {
  if (typeof term === 'string') return term;
  return fail(`Invalid setting identifier, "${pyStr(term)}" is not a string, it is a ${typeName(term)}`);
}

/** Names of settings are upper-case throughout; anything else is no setting but something of Ansible's own. */
function globalSetting(name: string, { scope: { world } }: Context): Setting | undefined {
  if (/[a-z]/.test(name)) fail(`Invalid setting "${name}" attempted`);
  return world.setting?.(name);
}
