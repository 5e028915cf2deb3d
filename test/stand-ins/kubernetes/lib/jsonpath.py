"""As much of kubectl's JSONPath as scripts use: fields, [*], [0], [?(@.a=="b")], {range}{end} and texts."""
import json
import re

STEP = re.compile(r'\.(?P<field>(?:[\w-]|\\\.)+)|\[\*\]|\[(?P<index>-?\d+)\]|\[\?\(@(?P<path>[.\w]+)==["\'](?P<value>[^"\']*)["\']\)\]')


def render(template, data):
    return _parts(re.findall(r'\{([^}]*)\}|([^{]+)', template), data)


def _parts(parts, data):
    text, at = '', 0
    while at < len(parts):
        expression, literal = parts[at]
        if expression.startswith('range '):
            end = next(i for i in range(at, len(parts)) if parts[i][0] == 'end')
            text += ''.join(_parts(parts[at + 1:end], item) for item in find(expression[6:], data))
            at = end
        elif expression.startswith('"'):
            text += json.loads(expression)
        elif expression:
            text += ' '.join(item if isinstance(item, str) else json.dumps(item) for item in find(expression, data))
        else:
            text += literal
        at += 1
    return text


def find(path, data):
    found = [data]
    path = path.lstrip('$@')
    for step in STEP.finditer(path):
        if step['field']:
            name = step['field'].replace('\\.', '.')
            found = [item[name] for item in found if isinstance(item, dict) and name in item]
        elif step['index']:
            found = [item[int(step['index'])] for item in found]
        elif step['path']:
            found = [entry for item in found for entry in item if find(step['path'], entry) == [step['value']]]
        else:
            found = [entry for item in found for entry in item]
    return found
