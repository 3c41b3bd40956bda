import { LineCounter, parseDocument } from 'yaml';

const MATCH_KEYS = ['namespace', 'pod', 'labels', 'container', 'image', 'env'];
const EXEC_KEYS = [
  'command',
  'commandPattern',
  'stdout',
  'stderr',
  'exitCode',
  'delayMs',
  'stdin',
];
const FILE_KEYS = ['path', 'text'];
const LOG_KEYS = ['start', 'lines', 'everyMs', 'previous'];

/**
 * Reads a file of answers of simulated containers.
 *
 * @returns `{ exec, files, logs }`: three lists of rules, each with all it needs in itself
 * @throws an Error whose message has place, value and expectation
 */
export function parseAnswers(text, path) {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const [trouble] = document.errors;
  if (trouble)
    throw new Error(
      `${path}:${lineCounter.linePos(trouble.pos[0]).line} ${
        trouble.message.split('\n')[0]
      }`,
    );

  const reader = new Reader(document, lineCounter, path);
  const whole = document.toJS() ?? {};
  reader.expectKeys([], whole, [...MATCH_KEYS, 'exec', 'files', 'logs']);
  const shared = reader.match([], whole);
  const rules = (section, keys, parse) =>
    reader.list([section], whole[section]).map((rule, index) => {
      const place = [section, index];
      reader.expectKeys(place, rule, [...MATCH_KEYS, ...keys]);
      return {
        match: { ...shared, ...reader.match(place, rule) },
        ...parse(place, rule),
      };
    });
  return {
    exec: rules('exec', EXEC_KEYS, (place, rule) => reader.exec(place, rule)),
    files: rules('files', FILE_KEYS, (place, rule) => ({
      path: reader.text([...place, 'path'], rule.path),
      text: reader.text([...place, 'text'], rule.text),
    })),
    logs: rules('logs', LOG_KEYS, (place, rule) => reader.logs(place, rule)),
  };
}

/** Checks values and turns them into rules; what is wrong is told with its line. */
class Reader {
  #document;
  #lineCounter;
  #path;

  constructor(document, lineCounter, path) {
    this.#document = document;
    this.#lineCounter = lineCounter;
    this.#path = path;
  }

  exec(place, rule) {
    if ((rule.command === undefined) === (rule.commandPattern === undefined)) {
      this.#refuse(place, 'has', 'either command or commandPattern');
    }
    return {
      ...(rule.command === undefined
        ? {
            pattern: this.#pattern(
              [...place, 'commandPattern'],
              rule.commandPattern,
            ),
          }
        : { command: this.#texts([...place, 'command'], rule.command) }),
      stdout: this.text([...place, 'stdout'], rule.stdout ?? ''),
      stderr: this.text([...place, 'stderr'], rule.stderr ?? ''),
      exitCode: this.#count([...place, 'exitCode'], rule.exitCode ?? 0),
      delayMs: this.#count([...place, 'delayMs'], rule.delayMs ?? 0),
      ...this.#stdin([...place, 'stdin'], rule.stdin),
    };
  }

  logs(place, rule) {
    return {
      start: this.#texts([...place, 'start'], rule.start ?? []),
      lines: this.#texts([...place, 'lines'], rule.lines ?? []),
      everyMs: Math.max(
        1,
        this.#count([...place, 'everyMs'], rule.everyMs ?? 1000),
      ),
      ...(rule.previous === undefined
        ? {}
        : { previous: this.#texts([...place, 'previous'], rule.previous) }),
    };
  }

  match(place, rule) {
    const match = {};
    for (const key of ['namespace', 'pod', 'container', 'image']) {
      if (rule[key] !== undefined)
        match[key] = this.text([...place, key], rule[key]);
    }
    for (const key of ['labels', 'env']) {
      if (rule[key] !== undefined)
        match[key] = this.#map([...place, key], rule[key]);
    }
    return match;
  }

  text(place, value) {
    if (typeof value !== 'string') this.#refuse(place, value, 'a text');
    return value;
  }

  list(place, value = []) {
    if (!Array.isArray(value)) this.#refuse(place, value, 'a list');
    return value;
  }

  expectKeys(place, value, keys) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      this.#refuse(place, value, 'keys and values');
    const unknown = Object.keys(value).find(key => !keys.includes(key));
    if (unknown !== undefined)
      this.#refuse([...place, unknown], unknown, `one of ${keys.join(', ')}`);
  }

  #stdin(place, value) {
    if (value === undefined) return {};
    this.expectKeys(place, value, ['saveTo']);
    return {
      stdin:
        value.saveTo === undefined
          ? {}
          : { saveTo: this.text([...place, 'saveTo'], value.saveTo) },
    };
  }

  #texts(place, value) {
    return this.list(place, value).map((item, index) =>
      typeof item === 'number'
        ? String(item)
        : this.text([...place, index], item),
    );
  }

  #map(place, value) {
    if (typeof value !== 'object' || value === null)
      this.#refuse(place, value, 'names and values');
    return Object.fromEntries(
      Object.entries(value).map(([name, text]) => [name, String(text)]),
    );
  }

  #count(place, value) {
    if (!Number.isInteger(value) || value < 0)
      this.#refuse(place, value, 'a whole number');
    return value;
  }

  #pattern(place, value) {
    try {
      return new RegExp(this.text(place, value));
    } catch (error) {
      return this.#refuse(
        place,
        value,
        `a regular expression (${error.message})`,
      );
    }
  }

  #refuse(place, value, expectation) {
    const node =
      this.#document.getIn(place, true) ??
      this.#document.getIn(place.slice(0, -1), true);
    const line = node?.range
      ? this.#lineCounter.linePos(node.range[0]).line
      : 1;
    const name = place.join('.') || 'the file';
    throw new Error(
      `${this.#path}:${line} ${name} is ${JSON.stringify(
        value,
      )}; expected ${expectation}`,
    );
  }
}
