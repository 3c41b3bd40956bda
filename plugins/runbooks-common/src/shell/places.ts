import { holdsMask } from './masks';
import type { PlaceholderPlace } from './model';
import {
  childrenOf,
  type ShellNode,
  type ShellScript,
  type ShellWord,
  type ShellWordPart,
} from './parse';

/** Where text stands in a script: how a value put there would be read. */
export interface PlaceInfo {
  place: PlaceholderPlace;
  because?: string;
}

/** A variable that is expanded somewhere. */
export interface VariableUse {
  name: string;
  start: number;
  end: number;
  place: PlaceholderPlace;
  because?: string;
  /** Of `${X:-default}`; undefined where there is none or it is not literal. */
  default?: string;
  /** Inside a function, which may be called after what follows. */
  inFunction: boolean;
}

/** The places of a text: every offset has one. */
export interface Places {
  at(offset: number): PlaceInfo;
  variables: VariableUse[];
}

const OUTSIDE: PlaceInfo = {
  place: 'none',
  because: 'it is not part of a command',
};

interface Around {
  /** How plain text stands here. */
  plain: PlaceInfo;
  /** How an expansion outside quotes stands here. */
  expansion: PlaceholderPlace;
  inFunction: boolean;
}

const WORD: PlaceInfo = { place: 'word' };
const DOUBLE: PlaceInfo = { place: 'double' };
const SINGLE: PlaceInfo = { place: 'single' };
const HEREDOC: PlaceInfo = { place: 'heredoc' };

function none(because: string): PlaceInfo {
  return { place: 'none', because };
}

class PlaceWalk {
  private readonly infos: PlaceInfo[] = [OUTSIDE];
  private readonly painted: Uint32Array;
  private readonly variables: VariableUse[] = [];
  private depth = 0;

  constructor(length: number) {
    this.painted = new Uint32Array(length + 1);
  }

  run(script: ShellScript): Places {
    this.visit(script, {
      plain: WORD,
      expansion: 'unquoted',
      inFunction: false,
    });
    return {
      at: offset => this.infos[this.painted[offset] ?? 0],
      variables: this.variables,
    };
  }

  private paint(start: number, end: number, info: PlaceInfo): void {
    this.infos.push(info);
    this.painted.fill(this.infos.length - 1, start, end);
  }

  private visit(node: ShellNode, around: Around): void {
    if (this.depth > 100) return;
    this.depth += 1;
    this.visitNode(node, around);
    this.depth -= 1;
  }

  private visitNode(node: ShellNode, around: Around): void {
    const fresh = { ...around, plain: WORD, expansion: 'unquoted' as const };
    switch (node.type) {
      case 'Script':
        if (node.source !== undefined) return;
        for (const child of node.commands) this.visit(child, fresh);
        return;
      case 'Command':
        if (node.name) {
          this.word(node.name, {
            ...around,
            plain: none('it names the command'),
            expansion: 'none',
          });
        }
        for (const part of [...node.prefix, ...node.suffix])
          this.visit(part, fresh);
        return;
      case 'Assignment':
        if (node.value.type === 'Word')
          this.word(node.value, {
            ...around,
            plain: WORD,
            expansion: 'double',
          });
        else
          for (const element of node.value.elements) this.word(element, fresh);
        return;
      case 'Word':
        this.word(node, around);
        return;
      case 'For':
      case 'Select':
        for (const word of node.wordlist ?? []) this.word(word, fresh);
        this.visit(node.body, fresh);
        return;
      case 'Function':
        this.visit(node.body, { ...fresh, inFunction: true });
        return;
      case 'HereDoc':
        this.heredoc(node, around);
        return;
      case 'ArithmeticCommand':
      case 'ArithmeticFor':
        this.paint(node.pos, node.end, none('it stands in arithmetic'));
        for (const child of childrenOf(node))
          this.visit(child, {
            ...around,
            plain: none('it stands in arithmetic'),
            expansion: 'nested',
          });
        return;
      default:
        for (const child of childrenOf(node)) this.visit(child, around);
    }
  }

  private heredoc(
    node: Extract<ShellNode, { type: 'HereDoc' }>,
    around: Around,
  ): void {
    if (node.delimiter?.quoted) {
      this.paint(
        node.body.pos,
        node.body.end,
        none('the heredoc is quoted, so nothing in it is expanded'),
      );
      return;
    }
    this.paint(node.body.pos, node.body.end, HEREDOC);
    for (const part of node.body.parts ?? [])
      this.part(part, { ...around, plain: HEREDOC, expansion: 'heredoc' });
  }

  private word(word: ShellWord, around: Around): void {
    this.paint(word.pos, word.end, around.plain);
    for (const part of word.parts ?? []) this.part(part, around);
  }

  private part(part: ShellWordPart, around: Around): void {
    switch (part.type) {
      case 'SingleQuoted':
        this.paint(
          part.pos,
          part.end,
          around.plain.place === 'none' ? around.plain : SINGLE,
        );
        return;
      case 'AnsiCQuoted':
        this.paint(part.pos, part.end, none("it stands in $'...'"));
        return;
      case 'DoubleQuoted':
      case 'LocaleString': {
        const within = around.plain.place === 'none' ? around.plain : DOUBLE;
        this.paint(part.pos, part.end, within);
        const expansion =
          around.expansion === 'none' ? ('none' as const) : ('double' as const);
        for (const inner of part.parts)
          this.part(inner, { ...around, plain: within, expansion });
        return;
      }
      case 'SimpleExpansion':
        this.variable(part.text.slice(1), part, around);
        return;
      case 'ParameterExpansion':
        this.paint(part.pos, part.end, none('it stands inside of ${...}'));
        this.parameter(part, around);
        return;
      case 'ArithmeticExpansion':
        this.paint(part.pos, part.end, none('it stands in arithmetic'));
        if (part.expression)
          this.visit(part.expression, {
            ...around,
            plain: none('it stands in arithmetic'),
            expansion: 'nested',
          });
        return;
      case 'CommandExpansion':
      case 'ProcessSubstitution': {
        const decoded = part.script?.source !== undefined;
        this.paint(
          part.pos,
          part.end,
          decoded ? none('it stands in backticks with escapes') : WORD,
        );
        if (part.script)
          this.visit(part.script, {
            ...around,
            plain: WORD,
            expansion: 'unquoted',
          });
        return;
      }
      case 'Glob':
        if (part.kind === 'bracket')
          this.paint(part.pos, part.end, none('it stands in a pattern'));
        return;
      case 'BraceExpansion':
      case 'ExtendedGlob':
        for (const inner of part.parts ?? []) this.part(inner, around);
        return;
      default:
    }
  }

  private variable(
    name: string,
    part: { pos: number; end: number },
    around: Around,
  ): void {
    this.variables.push({
      name,
      start: part.pos,
      end: part.end,
      place: around.expansion,
      inFunction: around.inFunction,
      ...(around.expansion === 'none'
        ? { because: around.plain.because ?? 'it names the command' }
        : {}),
      ...(around.expansion === 'nested'
        ? { because: 'it stands in arithmetic' }
        : {}),
    });
  }

  private parameter(
    part: Extract<ShellWordPart, { type: 'ParameterExpansion' }>,
    around: Around,
  ): void {
    const { operation } = part;
    this.variable(part.parameter, part, around);
    const use = this.variables[this.variables.length - 1];
    if (part.prefix === '!' || part.index) {
      use.place = 'none';
      use.because = 'it names another variable';
    }
    if (operation?.type === 'Default') {
      const fallback = operation.operand;
      const isLiteral = (fallback.parts ?? []).every(
        inner =>
          inner.type === 'Literal' ||
          inner.type === 'SingleQuoted' ||
          (inner.type === 'DoubleQuoted' &&
            inner.parts.every(one => one.type === 'Literal')),
      );
      if (
        /^:?[-=]$/.test(operation.operator) &&
        isLiteral &&
        fallback.value !== '' &&
        !holdsMask(fallback.value)
      )
        use.default = fallback.value;
    }
    for (const child of childrenOf(part)) {
      this.visit(child, {
        ...around,
        plain: none('it stands inside of ${...}'),
      });
    }
  }
}

/** Works out, from the parsed script, how each part of its text is quoted and what it is for. */
export function placesOf(script: ShellScript, length: number): Places {
  return new PlaceWalk(length).run(script);
}
