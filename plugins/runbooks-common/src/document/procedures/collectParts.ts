import type { PhaseRole } from '../model';
import { roleOf, roleWithin, type SectionRole } from '../sections/phaseRoles';
import { classOfSection } from '../sections/sectionClass';
import type { Section } from '../sections/sectionTree';
import { isChoice } from './numberedHeadings';
import type { OutlinePart } from './outline';

/** How much of a section belongs to its procedure. */
export interface Extent {
  /** Nothing that stands below headings. */
  ownOnly?: true;
  /** Sections below it that are procedures of their own. */
  without?: ReadonlySet<Section>;
}

/**
 * The parts of a procedure's section in reading order: its own body, then each heading or label below it with its
 * role. Text that follows a closed label is a further part of the body, so that the order of the text is kept.
 */
export function collectParts(
  section: Section,
  role: SectionRole,
  extent: Extent = {},
): OutlinePart[] {
  const parts: OutlinePart[] = [];
  collect(section, role, true, extent, parts);
  return parts;
}

function collect(
  section: Section,
  role: SectionRole,
  isBody: boolean,
  extent: Extent,
  parts: OutlinePart[],
): void {
  let own: OutlinePart | undefined;
  const openOwn = (): OutlinePart => {
    const part: OutlinePart = {
      role,
      title: section.title,
      line: section.line,
      section,
      nodes: [],
      isBody,
    };
    parts.push(part);
    return part;
  };
  if (!isBody) own = openOwn();
  let after: SectionRole = role;
  for (const item of section.flow) {
    if (item.kind === 'node') {
      own ??= openOwn();
      own.nodes.push(item.node);
      continue;
    }
    const child = item.section;
    if (extent.ownOnly && child.form === 'heading') continue;
    if (extent.without?.has(child)) continue;
    if (classOfSection(child.title) === 'hidden') continue;
    const childRole = roleBelow(child, after);
    // A label without a role continues the label before it: "Solutions:", then "ImagePullBackOff:".
    if (child.form === 'label') after = labelContinues(child, childRole, after);
    collect(child, childRole, false, extent, parts);
    own = undefined;
  }
}

function roleBelow(child: Section, parent: SectionRole): SectionRole {
  const whole = roleOf(child.title);
  // "Option 2: Roll back" below "Mitigation" is a way of mitigating.
  if (isChoice(child)) {
    return isPhaseRole(parent) && parent !== 'information' ? parent : 'steps';
  }
  if (whole === undefined && classOfSection(child.title) === 'facts') {
    return 'information';
  }
  // "Step 3: Checks" is a step; "3. Checks" is a numbered chapter.
  if (child.ordinalWord && whole !== undefined && whole !== 'rollback') {
    return whole === 'verification' ||
      whole === 'escalation' ||
      whole === 'information'
      ? whole
      : 'steps';
  }
  const found = whole ?? roleWithin(child.title);
  if (found === 'investigation' && parent === 'rollback') return parent;
  if (found === 'steps' && isPhaseRole(parent) && parent !== 'steps') {
    return parent === 'investigation' || parent === 'information'
      ? found
      : parent;
  }
  if (found !== undefined) return found;
  return parent === 'information' && child.form === 'label' ? 'steps' : parent;
}

function labelContinues(
  child: Section,
  role: SectionRole,
  before: SectionRole,
): SectionRole {
  if (roleWithin(child.title) === undefined) return before;
  const isEmpty = child.flow.length === 0;
  return isEmpty && isPhaseRole(role) && role !== 'information' ? role : before;
}

function isPhaseRole(role: SectionRole): role is PhaseRole {
  return role !== 'symptoms' && role !== 'success' && role !== 'expectation';
}
