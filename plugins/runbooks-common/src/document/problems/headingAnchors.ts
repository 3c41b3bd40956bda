import { sectionsWithin, type Section } from '../sections/sectionTree';

/**
 * The anchors that a document offers: those that GitHub makes of its headings, `{#id}` and `<a name="id">`.
 *
 * ```text
 * ## Backup & Recovery        backup--recovery
 * ```
 */
export function headingAnchors(tree: Section, source: string): Set<string> {
  const anchors = new Set<string>();
  const counts = new Map<string, number>();
  for (const section of sectionsWithin(tree)) {
    if (section.form !== 'heading') continue;
    const custom = /\{#([\w-]+)\}/.exec(section.written)?.[1];
    if (custom) anchors.add(custom.toLowerCase());
    const anchor = anchorOf(section.written);
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    anchors.add(count === 0 ? anchor : `${anchor}-${count}`);
  }
  for (const match of source.matchAll(/\b(?:id|name)=["']([\w.:-]+)["']/g)) {
    anchors.add(match[1].toLowerCase());
  }
  return anchors;
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
    .trim()
    .replace(/ /g, '-');
}
