import type {
  Blockquote,
  Code,
  List,
  ListItem,
  Paragraph,
  RootContent,
  Table,
} from 'mdast';
import { linesOf } from '../expectations/expectedTexts';
import { tellsExpectation, tellsFailure } from '../expectations/expectedWords';
import {
  placeExpectations,
  type ExpectedText,
} from '../expectations/placeExpectations';
import { isMetadataLine } from '../facts/metadata';
import { placeOf, plainText, writtenText } from '../markdown/plainText';
import type { PhaseRole } from '../model';
import { readBoldLabels } from '../sections/boldLabel';
import type { BlockReadings } from './blockReadings';
import { fenced, useOfBlock } from './blockUse';
import { holdsNumberedWork } from './followedLists';
import { inlineCommandsOf } from './inlineCommands';
import { draftOfItem, draftOfParagraph, manualItem } from './itemDrafts';
import {
  explainsTerms,
  holdsInlineCommands,
  holdsShell,
  isCheckList,
  isStepList,
  tellsFact,
} from './listUse';
import { ProseAbove, type Surroundings } from './proseAbove';
import { queryDraft } from './queryDraft';
import { readBlockSteps } from './readBlockSteps';
import { shortTitle, titleOfCommand } from './shortTitle';
import type { StepDraft } from './stepDraft';
import { readStepTable } from './stepTables';
import { begunAsSentence, itemTitle } from './stepTitles';

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

class StepReader {
  readonly #around: StepSurroundings;
  readonly #drafts: StepDraft[] = [];
  readonly #prose = new ProseAbove();
  /** Lists that explain; they become steps where a phase has no others. */
  readonly #bullets: List[] = [];
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
    if (!last) return this.#followedByHand();
    last.notes.push(...this.#prose.takeNotes());
    return this.#drafts;
  }

  /** A phase without a step of its own: its list, or else its prose, is what a person follows. */
  #followedByHand(): StepDraft[] {
    if (!this.#isActing) return [];
    if (this.#around.prose === 'read' && !this.#around.title) return [];
    const items = this.#bullets
      .filter(list => !explainsTerms(list))
      .flatMap(list => list.children);
    if (items.length > 0) {
      return items.map(item => manualItem(item, this.#around.source));
    }
    if (this.#around.prose === 'read') return [];
    return this.#prose.paragraphs().map(({ text, written, node }) => ({
      title: begunAsSentence(shortTitle(text), node),
      type: 'manual' as const,
      line: placeOf(node).line,
      text: written,
      notes: [],
    }));
  }

  #readCode(node: Code): void {
    const { blocks, role } = this.#around;
    const found = blocks.get(node);
    if (!found) return;
    const { asked } = this.#prose;
    switch (useOfBlock(node, blocks, asked, this.#drafts.at(-1))) {
      case 'expected':
        this.#expectBlock(node);
        return;
      case 'steps':
        this.#push(
          ...readBlockSteps(found, blocks.partsOf(node), this.#takeProse()),
        );
        return;
      case 'query':
        this.#push(queryDraft(node, found, this.#takeProse()));
        return;
      case 'program':
        if (this.#isIntroduced) this.#completeItem(node);
        else if (role === 'information') this.#noteMaterial(node);
        else this.#pushMaterial(node, asked, found.reading.because);
        return;
      case 'handled':
        if (role === 'information') this.#noteMaterial(node);
        else this.#pushMaterial(node, asked);
        return;
      default:
        if (this.#isIntroduced) this.#completeItem(node);
        else this.#noteMaterial(node);
    }
  }

  get #isIntroduced(): boolean {
    return this.#prose.isEmpty && this.#drafts.at(-1)?.introduces === true;
  }

  /** "1. Run the recovery:" with a script for another tool below it: the script is what the item tells to do. */
  #completeItem(node: Code): void {
    const last = this.#drafts.at(-1)!;
    last.text = `${last.text}\n\n${fenced(node)}`;
    last.block = this.#around.blocks.get(node)?.block.index;
    last.introduces = undefined;
  }

  #expectBlock(node: Code): void {
    const asked = this.#prose.takeLast();
    this.#drafts.at(-1)!.notes.push(...this.#prose.takeNotes());
    const fence = fenced(node);
    this.#expect([
      {
        text: asked ? `${asked.written}\n\n${fence}` : fence,
        line: placeOf(asked?.node ?? node).line,
      },
    ]);
  }

  /** What is said right below a block is said of the steps in it, else of the last step. */
  #expect(texts: readonly ExpectedText[]): void {
    const block = this.#drafts.at(-1)?.block;
    const from =
      block === undefined
        ? this.#drafts.length - 1
        : this.#drafts.findIndex(draft => draft.block === block);
    placeExpectations(texts, this.#drafts.slice(from), 'last step');
  }

  /** A file, a template or an example goes along with the step above, or with what comes. */
  #noteMaterial(node: Code): void {
    const last = this.#drafts.at(-1);
    if (last) last.notes.push(...this.#prose.takeNotes(), fenced(node));
    else this.#prose.add({ text: '', written: fenced(node), node });
  }

  #pushMaterial(node: Code, asked: string, manualBecause?: string): void {
    const { notes, ...head } = this.#takeProse();
    this.#push({
      ...head,
      title: (head.title ?? shortTitle(asked)) || titleOfCommand(node.value),
      type: 'manual',
      ...(manualBecause ? { manualBecause } : {}),
      line: placeOf(node).line,
      text: [...notes, fenced(node)].join('\n\n'),
      block: this.#around.blocks.get(node)?.block.index,
      notes: [],
    });
  }

  #readParagraph(node: Paragraph): void {
    const text = plainText(node);
    const written = writtenText(node, this.#around.source);
    const introduces = /[:：]$/.test(text);
    if (!introduces && this.#isExpectation(text)) {
      this.#expect([{ text: written, line: placeOf(node).line }]);
      return;
    }
    const commands = inlineCommandsOf(node);
    if (commands.length === 0 && isMetadataLine(node)) return;
    if (commands.length === 0 && readBoldLabels(node)) {
      // A fact about the procedure, or a caution: it names no step.
      this.#prose.add({ text: '', written, node });
      return;
    }
    const draft = introduces
      ? undefined
      : draftOfParagraph(node, this.#around.source, this.#isActing);
    if (draft) {
      draft.notes.unshift(...this.#takeProse().notes);
      this.#push(draft);
      return;
    }
    this.#prose.add({ text, written, node });
  }

  #isExpectation(text: string): boolean {
    const last = this.#drafts.at(-1);
    return (
      last !== undefined &&
      (last.type !== 'manual' || /^\W*expected\b/i.test(text)) &&
      tellsExpectation(text) &&
      !tellsFailure(text)
    );
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
    this.#prose.add({ text: '', written, node });
  }

  #readTable(node: Table): void {
    const drafts = readStepTable(node);
    if (drafts.length > 0) {
      this.#push(...drafts);
      return;
    }
    const written = writtenText(node, this.#around.source);
    this.#prose.add({ text: '', written, node });
  }

  #readList(list: List): void {
    const { blocks, source } = this.#around;
    const { asked } = this.#prose;
    if (
      this.#drafts.length > 0 &&
      !list.ordered &&
      tellsExpectation(asked) &&
      !tellsFailure(asked) &&
      !holdsShell(list, blocks)
    ) {
      this.#expect(linesOf(list, source, this.#prose.takeLast()?.written));
      return;
    }
    if (isStepList(list, this.#isActing, blocks)) {
      this.#readItems(list);
      return;
    }
    this.#bullets.push(list);
    const lastItem = plainText(list.children[list.children.length - 1]);
    this.#prose.add({
      text: /[:：]$/.test(lastItem) ? lastItem : '',
      written: writtenText(list, source),
      node: list,
    });
  }

  #readItems(list: List): void {
    list.children.forEach(item => {
      const notes = this.#prose.takeNotes();
      const from = this.#drafts.length;
      this.#readItem(item);
      const first = this.#drafts[from];
      if (first) first.notes.unshift(...notes);
      else this.#prose.putBack(notes, item);
    });
    this.#markIntroduction(list);
    this.#title = undefined;
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

  get #isActing(): boolean {
    const { role } = this.#around;
    return role !== 'information' && role !== 'prerequisites';
  }

  #readItem(item: ListItem): void {
    const { blocks, source } = this.#around;
    const [first, ...rest] = item.children;
    const holdsSteps =
      item.children.some(child => child.type === 'code' && blocks.get(child)) ||
      rest.some(
        child =>
          child.type === 'list' &&
          (holdsShell(child, blocks) ||
            holdsInlineCommands(child) ||
            isCheckList(child) ||
            holdsNumberedWork(item)),
      );
    if (!holdsSteps && tellsFact(item)) {
      this.#prose.add({
        text: '',
        written: writtenText(item, source),
        node: item,
      });
      return;
    }
    if (!holdsSteps) {
      this.#push(draftOfItem(item, source));
      return;
    }
    const lead = first?.type === 'paragraph' ? first : undefined;
    const head = lead && itemTitle(lead);
    const inner = new StepReader({ ...this.#around, title: head?.title });
    (lead ? rest : item.children).forEach(child => inner.read(child));
    const drafts = inner.finish();
    if (lead && head && drafts.length > 0) {
      if (shortTitle(plainText(lead)) !== head.title)
        drafts[0].notes.unshift(writtenText(lead, source));
      if (head.condition) drafts[0].condition ??= head.condition;
    }
    this.#push(...(drafts.length > 0 ? drafts : [manualItem(item, source)]));
  }

  /** The prose above a block, or the numbered item right above it that tells to run it. */
  #takeProse(): Surroundings {
    const last = this.#drafts.at(-1);
    if (last && this.#isIntroduced) {
      this.#drafts.pop();
      const { title, condition, option, notes } = last;
      return { title, condition, option, notes };
    }
    const fallback = this.#title;
    this.#title = undefined;
    return this.#prose.takeFor(fallback);
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
