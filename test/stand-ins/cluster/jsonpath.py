"""kubectl's JSONPath: fields, [*], [0], slices, ['a b'], ..field, [?(@.a=="b")], {range}{end} and texts."""
import json
import re

STEP = re.compile(r"""\.\.(?P<deep>[\w-]+) | \.(?P<field>(?:[\w/-]|\\\.)+) | \[['"](?P<quoted>[^'"]+)['"]\] | \.?\[?(?P<all>\*)\]?
    | \[(?P<index>-?\d+)\] | \[(?P<from>-?\d*):(?P<to>-?\d*)\]
    | \[\?\(\s*@(?P<path>[^=!<>)\s]*)\s*(?:(?P<op>==|!=|<=|>=|<|>)\s*(?P<value>"[^"]*"|'[^']*'|[^)\s]+))?\s*\)\]""", re.X)
COMPARE = {'==': lambda a, b: a == b, '!=': lambda a, b: a != b, '<': lambda a, b: a < b, '>': lambda a, b: a > b,
           '<=': lambda a, b: a <= b, '>=': lambda a, b: a >= b}


class BadPath(Exception):
    pass


def render(template, data):
    if '{' not in template:
        template = '{%s}' % (template if template.startswith('.') else '.' + template)
    return _parts(re.findall(r'\{((?:"(?:[^"\\]|\\.)*"|\'[^\']*\'|[^}])*)\}|([^{]+)', template), data)


def _parts(parts, data):
    text, at = '', 0
    while at < len(parts):
        expression, literal = parts[at][0].strip(), parts[at][1]
        if expression.startswith('range '):
            end = _end(parts, at)
            text += ''.join(_parts(parts[at + 1:end], item) for item in find(expression[6:], data))
            at = end
        elif expression.startswith(('"', "'")):
            text += json.loads('"%s"' % expression[1:-1].replace("\\'", "'"))
        elif expression:
            text += ' '.join(show(item) for item in find(expression, data))
        else:
            text += literal
        at += 1
    return text


def _end(parts, start):
    depth = 0
    for at in range(start, len(parts)):
        depth += parts[at][0].strip().startswith('range ') - (parts[at][0].strip() == 'end')
        if depth == 0:
            return at
    raise BadPath('unclosed range')


def show(value):
    if isinstance(value, str):
        return value
    return json.dumps(value, separators=(',', ':')) if value is not None else ''


def find(path, data):
    """All that a path leads to; what is missing is left out."""
    found, path = [data], path.strip().lstrip('$@')
    at = 0
    while at < len(path):
        step = STEP.match(path, at)
        if not step:
            if path[at:] == '.':
                break
            raise BadPath('unrecognized character in action: %s' % path[at:])
        at = step.end()
        found = [value for item in found for value in _step(step, item)]
    return found


def _step(step, item):
    name = step['quoted'] or (step['field'] or '').replace('\\.', '.')
    if step['deep']:
        return list(_deep(step['deep'], item))
    if name:
        return [item[name]] if isinstance(item, dict) and name in item else []
    if step['all']:
        return list(item.values()) if isinstance(item, dict) else list(item or [])
    if not isinstance(item, list):
        return []
    if step['index'] is not None:
        index = int(step['index'])
        return [item[index]] if -len(item) <= index < len(item) else []
    if step['path'] is not None:
        return [entry for entry in item if _holds(step, entry)]
    return item[int(step['from']) if step['from'] else None:int(step['to']) if step['to'] else None]


def _holds(step, entry):
    values = find(step['path'], entry)
    if step['op'] is None:
        return bool(values)
    wanted = step['value'].strip('"\'')
    return any(COMPARE[step['op']](_as(value, wanted), type(_as(value, wanted))(wanted) if not isinstance(value, bool) else wanted == 'true')
               for value in values)


def _as(value, wanted):
    return value if isinstance(value, (bool, int, float)) and re.fullmatch(r'-?\d+(\.\d+)?|true|false', wanted) else str(value)


def _deep(name, item):
    if isinstance(item, dict):
        if name in item:
            yield item[name]
        for value in item.values():
            yield from _deep(name, value)
    elif isinstance(item, list):
        for value in item:
            yield from _deep(name, value)
