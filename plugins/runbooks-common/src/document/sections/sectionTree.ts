import type { Heading, Html, Paragraph, Root, RootContent } from 'mdast';
import { placeOf, plainText } from '../markdown/plainText';
import { readBoldLabels, type BoldLabel } from './boldLabel';
import { readHeadingTitle, type HeadingTitle } from './headingTitle';
import { isImperative } from './imperative';
import { roleOf } from './phaseRoles';

/** A part of a document under a heading, a bold label or a `<summary>`. */
export interface Section extends HeadingTitle {
  form: 'document' | 'heading' | 'label' | 'details';
  /** 0 for the document, 1 to 6 for headings, 7 for labels and details, 8 for a result inside a label. */
  level: number;
  line: number;
  column: number;
  /** What it holds, in order: nodes of its own, and the sections below it. */
  flow: FlowItem[];
  parent?: Section;
}

export type FlowItem =
  | { kind: 'node'; node: RootContent }
  | { kind: 'section'; section: Section };

const LABEL_LEVEL = 7;
/** A result inside a label is a part of it: what follows still belongs to the label. */
const RESULT_LEVEL = 8;

class SectionTreeBuilder {
  readonly document = newSection('document', 0, readHeadingTitle(''), 1, 1);
  #current = this.document;
  /** The section at hand was opened by a line that is not bold: facts below it end with one list. */
  #isPlain = false;

  add(node: RootContent): void {
    switch (node.type) {
      case 'heading':
        this.#open(headingSection(node));
        return;
      case 'html':
        this.#addHtml(node);
        return;
      case 'paragraph':
        this.#addParagraph(node);
        return;
      default:
        this.#addNode(node);
    }
  }

  #open(section: Section): void {
    this.#isPlain = false;
    const above = enclosing(this.#current, section.level);
    section.parent = above;
    above.flow.push({ kind: 'section', section });
    this.#current = section;
  }

  #addNode(node: RootContent): void {
    this.#current.flow.push({ kind: 'node', node });
    if (this.#isPlain && isFacts(this.#current)) {
      this.#current = enclosing(this.#current, LABEL_LEVEL);
    }
  }

  #addHtml(node: Html): void {
    const { line, column } = placeOf(node);
    const heading = /^<h([1-6])[^>]*>([\s\S]*?)<\/h\1>\s*$/i.exec(node.value);
    if (heading) {
      const title = readHeadingTitle(withoutTags(heading[2]));
      this.#open(
        newSection('heading', Number(heading[1]), title, line, column),
      );
      return;
    }
    const summary = summaryIn(node.value);
    if (summary !== undefined && /<details/i.test(node.value)) {
      const title = readHeadingTitle(withoutTags(summary));
      this.#open(newSection('details', LABEL_LEVEL, title, line, column));
    } else if (/<\/details>/i.test(node.value)) {
      this.#current = enclosing(this.#current, LABEL_LEVEL);
    }
  }

  #addParagraph(node: Paragraph): void {
    const plain = plainLabel(node);
    if (plain) {
      this.#addLabel(plain, node);
      this.#isPlain = true;
      return;
    }
    const labels = readBoldLabels(node);
    if (labels) labels.forEach(label => this.#addLabel(label, node));
    else this.#addNode(node);
  }

  #addLabel(label: BoldLabel, node: Paragraph): void {
    const title = readHeadingTitle(label.label);
    const place = placeOfLabel(label, node);
    const paragraph: Paragraph = {
      type: 'paragraph',
      children: label.value,
      position: { start: place, end: place },
    };
    const introduces =
      label.value.length === 0 || /[:：]$/.test(plainText(paragraph));
    if (!introduces && !opensPhase(title.title)) {
      this.#addNode({ ...paragraph, children: labelled(label) });
      return;
    }
    const isResult = !introduces && roleOf(title.title) === 'expectation';
    const level = isResult ? RESULT_LEVEL : LABEL_LEVEL;
    this.#open(newSection('label', level, title, place.line, place.column));
    if (label.value.length > 0) this.#addNode(paragraph);
    if (!introduces) this.#current = enclosing(this.#current, level);
  }
}

/**
 * Builds the tree of sections. Headings may skip levels and there may be several of the first level; a bold label
 * that stands alone opens a section that ends at the next label or heading; so does a `<details>` with a summary.
 *
 * ```text
 * ## Pod crash                     heading, level 2
 * **Symptoms**: pods restart       label with a value: a section of one paragraph
 * **Diagnosis**:                   label alone: up to the next label or heading
 * ```
 */
export function buildSectionTree(root: Root): Section {
  const builder = new SectionTreeBuilder();
  root.children.forEach(node => builder.add(node));
  return builder.document;
}

/** All sections below one, in document order, itself included. */
export function sectionsWithin(section: Section): Section[] {
  const all: Section[] = [];
  const waiting = [section];
  while (waiting.length > 0) {
    const next = waiting.pop()!;
    all.push(next);
    waiting.push(...childSections(next).reverse());
  }
  return all;
}

export function childSections(section: Section): Section[] {
  return section.flow.flatMap(item =>
    item.kind === 'section' ? [item.section] : [],
  );
}

/** Nodes of a section itself, without those of its sub-sections. */
export function ownNodes(section: Section): RootContent[] {
  return section.flow.flatMap(item =>
    item.kind === 'node' ? [item.node] : [],
  );
}

/** Nodes of a section and of all below it, in document order. */
export function nodesWithin(section: Section): RootContent[] {
  return sectionsWithin(section).flatMap(ownNodes);
}

/** Headings above a section, outermost first, without the document's title. */
export function contextOf(section: Section, title?: Section): Section[] {
  const context: Section[] = [];
  let above = section.parent;
  while (above && above.form !== 'document' && above !== title) {
    context.unshift(above);
    above = above.parent;
  }
  return context;
}

function enclosing(section: Section, level: number): Section {
  let at = section;
  while (at.parent && at.level >= level) at = at.parent;
  return at;
}

function newSection(
  form: Section['form'],
  level: number,
  title: HeadingTitle,
  line: number,
  column: number,
): Section {
  return { ...title, form, level, line, column, flow: [] };
}

function headingSection(node: Heading): Section {
  const { line, column } = placeOf(node);
  const title = readHeadingTitle(plainText(node));
  return newSection('heading', node.depth, title, line, column);
}

/**
 * A line that is nothing but "Symptoms:", "Fix:" or "Step 2: Drain" names a phase without being bold. Not "Expected output:", which is
 * said of the step above.
 */
function plainLabel(node: Paragraph): BoldLabel | undefined {
  const [only, ...more] = node.children;
  if (only?.type !== 'text' || more.length > 0) return undefined;
  if (countsStep(only.value)) return { label: only.value, value: [] };
  const label = /^([\p{L}][\p{L} /-]{1,40})[:：]\s*$/u.exec(only.value)?.[1];
  if (label === undefined || !opensPhase(label)) return undefined;
  // "Check the log:" names the step that follows it.
  if (isImperative(label) && label.includes(' ')) return undefined;
  return roleOf(label) === 'expectation' ? undefined : { label, value: [] };
}

/** "Step 2: Drain the node" on a line of its own, and not a sentence that begins so. */
function countsStep(text: string): boolean {
  const rest = /^step\s*(?:#\s*)?\d{1,2}[a-z]?\s*[:.)–—-]\s*(\S.*)$/i.exec(
    text,
  )?.[1];
  return rest !== undefined && text.length <= 90 && !/[.!?]\s+\S/.test(rest);
}

function isFacts({ form, title }: Section): boolean {
  const role = roleOf(title);
  return (
    form === 'label' &&
    (role === 'symptoms' || role === 'prerequisites' || role === 'success')
  );
}

/** A label with a value opens a phase only where it says which: "**Symptoms**: ...". */
function opensPhase(title: string): boolean {
  const role = roleOf(title);
  return role !== undefined && role !== 'information';
}

function placeOfLabel(
  label: BoldLabel,
  node: Paragraph,
): { line: number; column: number } {
  const strong = node.children.find(
    child =>
      child.type === 'strong' && plainText(child).startsWith(label.label),
  );
  return placeOf(strong ?? node);
}

function labelled(label: BoldLabel): Paragraph['children'] {
  return [
    { type: 'strong', children: [{ type: 'text', value: label.label }] },
    { type: 'text', value: ': ' },
    ...label.value,
  ];
}

/** The text of `<summary>`, with the tags in it. */
function summaryIn(html: string): string | undefined {
  const open = /<summary[^<>]*>/i.exec(html);
  if (!open) return undefined;
  const from = open.index + open[0].length;
  const close = html.slice(from).search(/<\/summary>/i);
  return close === -1 ? undefined : html.slice(from, from + close);
}

function withoutTags(html: string): string {
  let shown = '';
  let from = 0;
  let open = html.indexOf('<');
  while (open !== -1) {
    const close = html.indexOf('>', open);
    if (close === -1) break;
    shown += html.slice(from, open);
    from = close + 1;
    open = html.indexOf('<', from);
  }
  return (shown + html.slice(from)).replace(/\s+/g, ' ').trim();
}
