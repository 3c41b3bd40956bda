import { parameterName } from './parameterName';

/** A placeholder in a text, with the name of its parameter. */
export interface BareForm {
  start: number;
  end: number;
  parameter: string;
}

interface Form {
  pattern: RegExp;
  /** Its parameter; without one it is named as it is written. */
  name?: string | ((written: string) => string);
  /** It stands for nothing in particular: named by what it is the value of. */
  anonymous?: true;
  /** It tells by itself that it has to be replaced, also where any word may stand. */
  sure?: true;
}

const MY_KINDS =
  'pod|namespace|service|svc|deployment|deploy|node|cluster|release|bucket|pvc|secret|configmap|image|registry|project|container|job|cronjob|statefulset|daemonset|ingress|context|host|server|domain|token|password|user|database|instance|region|release-name|chart|pod-name|app-name|service-name|namespace-name|cluster-name|repo|branch|stack';

/** Words that tell which of its kind somebody has to put in: the thing that the reader has found. */
const FOUND =
  'AFFECTED|COMPROMISED|OFFENDING|UNAUTHORIZED|SUSPICIOUS|PROBLEMATIC';
const TELLING_WHICH = `${FOUND}|SUSPECTED|BROKEN|BAD|NEW|OLD|PREVIOUS|PREV|DESIRED|STUCK|FAILING`;

const OBJECT_IDS: Record<string, string> = {
  i: 'INSTANCE_ID',
  vol: 'VOLUME_ID',
  snap: 'SNAPSHOT_ID',
  ami: 'IMAGE_ID',
  sg: 'SECURITY_GROUP_ID',
  subnet: 'SUBNET_ID',
  vpc: 'VPC_ID',
};

const X = 'x{3,}|X{3,}|y{3,}|z{3,}';

/** What is a placeholder wherever it stands in an argument, quoted or not. */
const FORMS: Form[] = [
  {
    pattern:
      /(?<![A-Za-z0-9_])(?:YOUR|MY)_[A-Z0-9]+(?:_[A-Z0-9]+)*(?![A-Za-z0-9_=])/g,
    sure: true,
  },
  {
    pattern:
      /(?<![A-Za-z0-9_-])[Yy]our[-_][A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*(?![A-Za-z0-9_])/g,
    sure: true,
  },
  {
    pattern: new RegExp(
      `(?<![A-Za-z0-9_-])my-(?:${MY_KINDS})(?![A-Za-z0-9_-])`,
      'g',
    ),
  },
  {
    pattern:
      /(?<![A-Za-z0-9_])(?:CHANGE_?ME|REPLACE_?ME|REPLACE_WITH_[A-Z_]+)(?![A-Za-z0-9_])/g,
    anonymous: true,
  },
  {
    pattern: new RegExp(
      `(?<![A-Za-z0-9_.-])(?:${FOUND})_[A-Z0-9]+(?:_[A-Z0-9]+)*(?![A-Za-z0-9_=(])`,
      'g',
    ),
    sure: true,
  },
  {
    pattern: new RegExp(
      `(?<![A-Za-z0-9_.-])(?:${TELLING_WHICH})_(?!RELIC)[A-Z0-9]+(?:_[A-Z0-9]+)*(?![A-Za-z0-9_=(])`,
      'g',
    ),
  },
  //   ssh root@x.x.x.x
  //            ^
  {
    pattern:
      /(?<![A-Za-z0-9_.-])(?:[xX]{1,3}(?:\.[xX]{1,3}){3}|\d{1,3}(?:\.\d{1,3}){0,2}(?:\.[xX]{1,3}){1,3})(?![A-Za-z0-9_-])/g,
    name: 'IP',
  },
  {
    pattern: /(?<![A-Za-z0-9_.-])[vV]?[Xx]\.[XxYy]\.[XxYyZz](?![A-Za-z0-9_])/g,
    name: 'VERSION',
  },
  {
    pattern:
      /(?<![A-Za-z%])YYYY[-/_.]?MM[-/_.]?DD(?:[-T_]?HH[:-]?MM(?:[:-]?SS)?)?(?![A-Za-z](?!\d))/g,
    sure: true,
  },
  {
    pattern: new RegExp(
      `(?<![A-Za-z0-9_-])(?:[a-z0-9]+[-_])+(?:${X})(?:-(?:${X}))*(?![A-Za-z0-9_-])`,
      'g',
    ),
  },
  {
    pattern:
      /(?<![A-Za-z0-9_.-])(?:X{3,}|x{4,}|(?<=[=:"' ])x{3})(?:-(?:X{3,}|x{4,}))*(?![A-Za-z0-9_-])/g,
    anonymous: true,
  },
  //   make rollback TAG=...
  //                     ^
  {
    pattern: /(?<=[A-Za-z0-9_]=["']?)(?:\.{3}|…)(?=["']?(?:\s|$))/g,
    anonymous: true,
  },
  //   kubectl logs __POD_NAME__          never __init__ or __name__ of Python
  {
    pattern:
      /(?<![A-Za-z0-9_])__(?:[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)*|[a-z0-9]+(?:-[a-z0-9]+)+)__(?![A-Za-z0-9_])/g,
    sure: true,
  },
  //   i-0123456789abcdef0
  {
    pattern:
      /(?<![A-Za-z0-9_-])(?:i|vol|snap|ami|sg|subnet|vpc)-(?:0?123456|0?1234abcd|0?abc123|0?abcdef)[0-9a-f]*(?![A-Za-z0-9_-])/g,
    name: written => OBJECT_IDS[written.slice(0, written.indexOf('-'))],
  },
];

/** A text without any of these holds no such placeholder; nearly all words of commands are told so at once. */
const SIGNS = /[A-Z]{2}|[xX]|[Yy]our[-_]|my-|\.\.\.|…|__|\d/;

/** The placeholders in `[start, end)` of a text that are written like ordinary words. */
export function bareFormsIn(
  text: string,
  start: number,
  end: number,
  sureOnly: boolean,
): BareForm[] {
  const written = text.slice(start, end);
  if (!SIGNS.test(written)) return [];
  const forms = sureOnly ? FORMS.filter(({ sure }) => sure) : FORMS;
  return forms.flatMap(({ pattern, name, anonymous }) =>
    [...written.matchAll(pattern)].flatMap(match => {
      const at = start + match.index;
      if (/[$\\{[]/.test(text[at - 1] ?? '')) return [];
      const own = typeof name === 'function' ? name(match[0]) : name;
      const named = anonymous ? nameOfValueAt(text, at) : own;
      return [
        {
          start: at,
          end: at + match[0].length,
          parameter: named ?? parameterName(match[0]),
        },
      ];
    }),
  );
}

const KEY = [
  //   --from-literal=pin='REPLACE_ME'      "pin": "XXXX"
  /([A-Za-z][\w.-]{0,60})=["']?$/,
  /["']([A-Za-z][\w.-]{0,60})["']\s{0,3}:\s{0,3}["']?$/,
  //   -H "X-Till-Key: XXXX"
  /([A-Za-z][\w-]{0,60}):\s{1,3}(?:Bearer\s)?["']?$/,
  //   --token XXXX
  /(?:^|\s)--([A-Za-z][\w-]{0,60})\s{1,3}["']?$/,
];

/** The name of what the text at an offset is the value of, if it is the value of something. */
export function nameOfValueAt(text: string, at: number): string | undefined {
  const before = text.slice(Math.max(0, at - 80), at);
  for (const pattern of KEY) {
    const key = pattern.exec(before)?.[1];
    if (key) return parameterName(key.replace(/^.*\./, ''));
  }
  return undefined;
}
