import type { FrontMatter } from '../markdown/frontMatter';
import { plainText } from '../markdown/plainText';
import { roleOf } from './phaseRoles';
import { classOfSection, namesCollection } from './sectionClass';
import { plainHeading, readHeadingTitle } from './headingTitle';
import { childSections, ownNodes, type Section } from './sectionTree';

/**
 * The title of a document and the section that carries it.
 *
 * A single first-level heading is the title. Where there are several and the first has nothing below it, the others
 * stand under it. Without one the title is in the front matter (`title:`), else it is the file's name.
 */
export function documentTitle(
  tree: Section,
  frontMatter: FrontMatter | undefined,
  path: string,
): { title: string; top: Section } {
  const written = frontMatter?.entries.title ?? frontMatter?.entries.Title;
  const top = topSection(tree, written);
  if (top !== tree) {
    return {
      title: plainHeading(top.written) || written || titleOfPath(path),
      top,
    };
  }
  const title = written
    ? plainHeading(written)
    : titleAmongFirsts(tree) ?? titleLine(tree) ?? titleOfPath(path);
  return { title, top: named(tree, title) };
}

function topSection(tree: Section, written: string | undefined): Section {
  const headings = childSections(tree).filter(({ form }) => form === 'heading');
  const firsts = headings.filter(({ level }) => level === 1);
  const [first] = headings;
  if (!first || (first.level !== 1 && firsts.length !== 1)) {
    return first !== undefined && headings.length === 1 ? first : tree;
  }
  const title = firsts[0];
  if (headings.length === 1) return title;
  if (firsts.length > 1 && !isTitleOnly(title, written)) return tree;
  adopt(title, tree);
  return title;
}

/** "# Redis" beside "# Troubleshooting" and "# Monitoring" is what they are about. */
function titleAmongFirsts(tree: Section): string | undefined {
  const [first, ...others] = childSections(tree).filter(
    ({ form, level }) => form === 'heading' && level === 1,
  );
  if (!first || isChapterName(first.title)) return undefined;
  return others.some(({ title }) => isChapterName(title))
    ? plainHeading(first.written)
    : undefined;
}

/** A document without headings may begin with a line that is its title. */
function titleLine(tree: Section): string | undefined {
  if (childSections(tree).some(({ form }) => form === 'heading')) {
    return undefined;
  }
  const [first, second] = tree.flow;
  if (first?.kind !== 'node' || second === undefined) return undefined;
  if (first.node.type !== 'paragraph') return undefined;
  const text = plainText(first.node);
  const isTitle = text.length <= 80 && !/\n|[.:;,!?。：；，！？]$/.test(text);
  return isTitle ? plainHeading(text) : undefined;
}

function isChapterName(title: string): boolean {
  return (
    classOfSection(title) !== undefined ||
    roleOf(title) !== undefined ||
    namesCollection(title)
  );
}

/** The first of several first-level headings is the title when nothing but an introduction stands below it. */
function isTitleOnly(first: Section, written: string | undefined): boolean {
  if (classOfSection(first.title) !== undefined) return false;
  if (written && plainHeading(written) !== plainHeading(first.written)) {
    return false;
  }
  const holdsMore =
    childSections(first).some(({ form }) => form === 'heading') ||
    ownNodes(first).some(({ type }) => type === 'code');
  return !holdsMore;
}

/** Puts the sections that follow the title at its own level below it. */
function adopt(title: Section, tree: Section): void {
  const at = tree.flow.findIndex(
    item => item.kind === 'section' && item.section === title,
  );
  const followers = tree.flow.splice(at + 1);
  for (const item of followers) {
    if (item.kind === 'section') item.section.parent = title;
    title.flow.push(item);
  }
}

function named(tree: Section, title: string): Section {
  return Object.assign(tree, readHeadingTitle(title));
}

function titleOfPath(path: string): string {
  const parts = path.split('/');
  const file = parts.at(-1) ?? path;
  const stem = file.replace(/\.(?:md|markdown|mdx|txt)$/i, '');
  const name = /^(?:readme|index|_index|runbook)$/i.test(stem)
    ? parts.at(-2) ?? stem
    : stem;
  const words = name.replace(/[_-]+/g, ' ').trim();
  return words === ''
    ? 'Runbook'
    : words.charAt(0).toUpperCase() + words.slice(1);
}
