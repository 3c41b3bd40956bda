import type {
  Blockquote,
  Code,
  List,
  ListItem,
  Paragraph,
  RootContent,
  Table,
} from 'mdast';
import { tellsExpectation, tellsFailure } from '../expectations/expectedWords';
import { isMetadataLine } from '../facts/metadata';
import { placeOf, plainText, writtenText } from '../markdown/plainText';
import type { PhaseRole } from '../model';
import { isByHand, isImperative } from '../sections/imperative';
import { readBoldLabels } from '../sections/boldLabel';
import {
  holdsNumberedWork,
  isCommandParagraph,
  isFollowedItem,
} from './followedLists';
import type { BlockReadings } from './blockReadings';
import { readComment } from './commentWords';
import { inlineCommandsOf } from './inlineCommands';
import { inlineDraft, linkDraft, manualItem } from './itemDrafts';
import { linkIn } from './linkSteps';
import { isQueryBlock } from './queryBlocks';
import { readBlockSteps } from './readBlockSteps';
import { shortTitle, titleOfCommand } from './shortTitle';
import type { StepDraft } from './stepDraft';
import { readStepTable } from './stepTables';
import { itemTitle, titled, titleOfParagraph } from './stepTitles';

/** What is known around the nodes of a phase. */
export interface StepSurroundings {
  blocks: BlockReadings;
  source: string;
  role: PhaseRole;
  /** What a person does with text that is no step by its form: follow it, or only read it. */
  prose: 'followed' | 'read';
  /** Names the first step where nothing nearer does: the heading "1) Watch the rollout", a label "Manual scaling". */
  title?: string;
}

const OUTPUT_LANGUAGES: ReadonlySet<string> = new Set([
  '',
  'text',
  'txt',
  'plaintext',
  'plain',
  'console',
  'output',
  'log',
  'logs',
  'none',
  'json',
  'yaml',
  'yml',
  'shell-session',
]);

class StepReader {
  readonly #around: StepSurroundings;
  readonly #drafts: StepDraft[] = [];
  /** Prose since the last step: the last paragraph may name the next one. */
  #prose: Array<{ text: string; written: string; node: RootContent }> = [];
  /** Lists that explain; they become steps where a phase has no others. */
  #bullets: List[] = [];
  #title?: string;

  constructor(around: StepSurroundings) {
    this.#around = around;
    this.#title = around.title;
  }

  read(node: RootContent): void {
    switch (node.type) {
      case 'code':
        this.#readCode(node);
        return;
      case 'list':
        this.#readList(node);
        return;
      case 'paragraph':
        this.#readParagraph(node);
        return;
      case 'blockquote':
        this.#readQuote(node);
        return;
      case 'table':
        this.#readTable(node);
        return;
      default:
    }
  }

  finish(): StepDraft[] {
    const last = this.#drafts.at(-1);
    if (last) {
      last.notes.push(...this.#prose.map(({ written }) => written));
      return this.#drafts;
    }
    return this.#followedByHand();
  }

  /** A phase without a step of its own: its list, or else its prose, is what a person follows. */
  #followedByHand(): StepDraft[] {
    const { role } = this.#around;
    if (role === 'information' || role === 'prerequisites') return [];
    if (this.#around.prose === 'read' && !this.#around.title) return [];
    const items = this.#bullets.flatMap(list => list.children);
    if (items.length > 0) {
      return items.map(item => manualItem(item, this.#around.source));
    }
    if (this.#around.prose === 'read') return [];
    return this.#prose
      .filter(({ text }) => text !== '')
      .map(({ text, written, node }) => ({
        title: shortTitle(text),
        type: 'manual' as const,
        line: placeOf(node).line,
        text: written,
        notes: [],
      }));
  }

  #readCode(node: Code): void {
    const found = this.#around.blocks.get(node);
    if (!found) return;
    const asked = this.#prose.at(-1)?.text ?? '';
    if (this.#isExpected(node, asked)) {
      this.#expect(node);
      return;
    }
    if (this.#around.blocks.runs(node)) {
      const steps = readBlockSteps(
        found,
        this.#around.blocks.partsOf(node),
        this.#takeSurroundings(),
      );
      this.#push(...steps);
      return;
    }
    if (isQueryBlock(node, found.reading)) {
      this.#pushQuery(node);
      return;
    }
    const parts = this.#around.blocks.partsOf(node);
    if (parts.length > 0) {
      this.#push(...readBlockSteps(found, parts, this.#takeSurroundings()));
      return;
    }
    this.#pushMaterial(node, asked);
  }

  #isExpected(node: Code, asked: string): boolean {
    const last = this.#drafts.at(-1);
    if (!last || last.type === 'manual') return false;
    const runs = this.#around.blocks.runs(node);
    if (tellsExpectation(asked) && !tellsFailure(asked)) {
      return !runs || OUTPUT_LANGUAGES.has(node.lang?.toLowerCase() ?? '');
    }
    const reading = this.#around.blocks.get(node)?.reading;
    return asked === '' && !runs && reading?.otherwise === 'output';
  }

  #expect(node: Code): void {
    const last = this.#drafts.at(-1)!;
    const asked = this.#prose.pop();
    last.notes.push(...this.#prose.map(({ written }) => written));
    this.#prose = [];
    const fence = fenced(node);
    (last.expected ??= []).push({
      text: asked ? `${asked.written}\n\n${fence}` : fence,
      line: placeOf(asked?.node ?? node).line,
    });
  }

  #pushQuery(node: Code): void {
    const around = this.#takeSurroundings();
    const found = this.#around.blocks.get(node)!;
    const comment = /^\s*(?:--|\/\/|#)\s*(\S.*)/.exec(node.value)?.[1];
    const words = comment === undefined ? undefined : readComment(comment);
    const own = words && titled(words.text);
    const condition = own?.condition ?? around.condition;
    this.#push({
      title: (own?.title || around.title) ?? titleOfCommand(node.value),
      type: 'query',
      line: found.textLine,
      text: node.value,
      block: found.block.index,
      language: node.lang ?? found.reading.otherwise ?? '',
      ...(condition ? { condition } : {}),
      ...(words?.kind === 'option' && words.label
        ? { option: { label: words.label } }
        : {}),
      notes: around.notes,
    });
  }

  /** A file, a template or an example: a manual step where the prose tells to use it, else a note. */
  #pushMaterial(node: Code, asked: string): void {
    if (!isImperative(asked) || this.#around.role === 'information') {
      const last = this.#drafts.at(-1);
      const prose = this.#prose.splice(0).map(({ written }) => written);
      if (last) last.notes.push(...prose, fenced(node));
      else this.#prose.push({ text: '', written: fenced(node), node });
      return;
    }
    const around = this.#takeSurroundings();
    this.#push({
      title: around.title ?? shortTitle(asked),
      type: 'manual',
      line: placeOf(node).line,
      text: [...around.notes, fenced(node)].join('\n\n'),
      block: this.#around.blocks.get(node)?.block.index,
      ...(around.condition ? { condition: around.condition } : {}),
      notes: [],
    });
  }

  #readParagraph(node: Paragraph): void {
    const text = plainText(node);
    const written = writtenText(node, this.#around.source);
    const last = this.#drafts.at(-1);
    if (
      last &&
      last.type !== 'manual' &&
      tellsExpectation(text) &&
      !tellsFailure(text) &&
      !/[:：]$/.test(text)
    ) {
      (last.expected ??= []).push({ text: written, line: placeOf(node).line });
      return;
    }
    const commands = inlineCommandsOf(node);
    if (commands.length === 0 && isMetadataLine(node)) return;
    if (commands.length === 0 && readBoldLabels(node)) {
      // A fact about the procedure, or a caution: it names no step.
      this.#prose.push({ text: '', written, node });
      return;
    }
    const isTold = isImperative(text) || isCommandParagraph(node);
    if (commands.length > 0 && isTold && !/[:：]$/.test(text)) {
      this.#takeSurroundings();
      this.#push(inlineDraft(node, commands, this.#around.source));
      return;
    }
    const url = linkIn(node);
    if (url && isByHand(text) && !/[:：]$/.test(text)) {
      this.#push(linkDraft(node, url));
      return;
    }
    if (isByHand(text) && !/[:：]$/.test(text) && this.#isActing()) {
      this.#push({
        ...titled(text),
        type: 'manual',
        line: placeOf(node).line,
        text: written,
        notes: [],
      });
      return;
    }
    this.#prose.push({ text, written, node });
  }

  #readQuote(node: Blockquote): void {
    const holdsCode = node.children.some(
      child => child.type === 'code' && this.#around.blocks.runs(child),
    );
    if (holdsCode) {
      node.children.forEach(child => this.read(child));
      return;
    }
    const written = writtenText(node, this.#around.source);
    this.#prose.push({ text: '', written, node });
  }

  #readTable(node: Table): void {
    const drafts = readStepTable(node);
    if (drafts.length > 0) this.#push(...drafts);
    else {
      this.#prose.push({
        text: '',
        written: writtenText(node, this.#around.source),
        node,
      });
    }
  }

  #readList(list: List): void {
    const asked = this.#prose.at(-1)?.text ?? '';
    const last = this.#drafts.at(-1);
    if (
      last &&
      !list.ordered &&
      tellsExpectation(asked) &&
      !tellsFailure(asked) &&
      !this.#holdsShell(list)
    ) {
      const prose = this.#prose.pop()!;
      (last.expected ??= []).push({
        text: `${prose.written}\n${writtenText(list, this.#around.source)}`,
        line: placeOf(prose.node).line,
      });
      return;
    }
    if (!this.#isStepList(list)) {
      this.#bullets.push(list);
      const lastItem = plainText(list.children[list.children.length - 1]);
      this.#prose.push({
        text: /[:：]$/.test(lastItem) ? lastItem : '',
        written: writtenText(list, this.#around.source),
        node: list,
      });
      return;
    }
    const lead = this.#prose.splice(0);
    const from = this.#drafts.length;
    list.children.forEach(item => this.#readItem(item));
    this.#markIntroduction(list);
    this.#title = undefined;
    this.#drafts[from]?.notes.unshift(...lead.map(({ written }) => written));
  }

  /** The last item before a block that was not indented: the block is what it tells to do. */
  #markIntroduction(list: List): void {
    const item = list.children.at(-1);
    const last = this.#drafts.at(-1);
    if (!item || last?.type !== 'manual') return;
    const isNumberedAlone = list.ordered && list.children.length === 1;
    if (isNumberedAlone || /[:：]$/.test(plainText(item))) {
      last.introduces = true;
    }
  }

  #holdsShell(list: List): boolean {
    return list.children.some(item =>
      item.children.some(
        child =>
          (child.type === 'code' && this.#around.blocks.runs(child)) ||
          (child.type === 'list' && this.#holdsShell(child)),
      ),
    );
  }

  /** Numbered items and tick boxes are steps; bullets only where they hold commands or begin with verbs. */
  #isStepList(list: List): boolean {
    if (this.#holdsShell(list)) return true;
    if (list.children.some(({ checked }) => typeof checked === 'boolean')) {
      return true;
    }
    if (!this.#isActing()) return false;
    if (list.ordered) return true;
    const followed = list.children.filter(isFollowedItem);
    return (
      followed.length / list.children.length >= 0.6 ||
      list.children.some(holdsNumberedWork)
    );
  }

  #isActing(): boolean {
    const { role } = this.#around;
    return role !== 'information' && role !== 'prerequisites';
  }

  #readItem(item: ListItem): void {
    const [first, ...rest] = item.children;
    const hasCode = item.children.some(
      child => child.type === 'code' && this.#around.blocks.get(child),
    );
    const nested = rest.filter(
      (child): child is List =>
        child.type === 'list' &&
        (this.#holdsShell(child) ||
          holdsInlineCommands(child) ||
          holdsNumberedWork(item)),
    );
    if (!hasCode && nested.length === 0) {
      const commands = inlineCommandsOf(item);
      const url = linkIn(item);
      if (commands.length > 0)
        this.#push(inlineDraft(item, commands, this.#around.source));
      else if (url && isByHand(plainText(item)))
        this.#push(linkDraft(item, url));
      else this.#push(manualItem(item, this.#around.source));
      return;
    }
    const lead = first?.type === 'paragraph' ? first : undefined;
    const { title, condition } = lead
      ? itemTitle(lead)
      : { title: undefined, condition: undefined };
    const inner = new StepReader({ ...this.#around, title });
    (lead ? rest : item.children).forEach(child => inner.read(child));
    const drafts = inner.finish();
    if (lead && drafts.length > 0) {
      const text = plainText(lead);
      if (shortTitle(text) !== title)
        drafts[0].notes.unshift(writtenText(lead, this.#around.source));
      if (condition) drafts[0].condition ??= condition;
    }
    this.#push(
      ...(drafts.length > 0 ? drafts : [manualItem(item, this.#around.source)]),
    );
  }

  /** The prose above a block: the last paragraph names the step, the rest are notes. */
  #takeSurroundings(): {
    title?: string;
    condition?: string;
    notes: string[];
  } {
    const last = this.#drafts.at(-1);
    if (this.#prose.length > 0 || !last?.introduces) return this.#takeProse();
    this.#drafts.pop();
    return {
      title: last.title,
      ...(last.condition ? { condition: last.condition } : {}),
      notes: last.notes,
    };
  }

  #takeProse(): { title?: string; condition?: string; notes: string[] } {
    const prose = this.#prose.splice(0);
    const last = prose.at(-1);
    const fallback = this.#title;
    this.#title = undefined;
    const named =
      last && last.text !== '' ? titleOfParagraph(last.text) : undefined;
    if (!named) {
      return {
        ...(fallback ? titled(fallback) : {}),
        notes: prose.map(({ written }) => written),
      };
    }
    const isWhole = shortTitle(last!.text) === shortTitle(named.whole);
    const notes = (isWhole ? prose.slice(0, -1) : prose).map(
      ({ written }) => written,
    );
    return {
      title: named.title,
      ...(named.condition ? { condition: named.condition } : {}),
      notes,
    };
  }

  #push(...drafts: StepDraft[]): void {
    this.#drafts.push(...drafts);
  }
}

/** Reads the steps that stand in the nodes of one phase, in order. */
export function readSteps(
  nodes: readonly RootContent[],
  around: StepSurroundings,
): StepDraft[] {
  const reader = new StepReader(around);
  nodes.forEach(node => reader.read(node));
  return reader.finish();
}

function holdsInlineCommands(list: List): boolean {
  const items = list.children.filter(item => inlineCommandsOf(item).length > 0);
  return (
    items.length > 0 &&
    (list.ordered || items.length > list.children.length / 2)
  );
}

function fenced(node: Code): string {
  return `\`\`\`${node.lang ?? ''}\n${node.value}\n\`\`\``;
}
