import type { RootContent } from 'mdast';
import type { Section } from '../sections/sectionTree';
import type { SectionRole } from '../sections/phaseRoles';

/** A procedure as found by its headings, before its steps are read. */
export interface ProcedureOutline {
  section: Section;
  title: string;
  /** Headings above it, outermost first, without the document's title. */
  context: Section[];
  parts: OutlinePart[];
  /** The section of the procedure that undoes it, where it stands beside it. */
  rollbackSection?: Section;
}

/** A part of a procedure: what stands under one heading or label. */
export interface OutlinePart {
  role: SectionRole;
  title: string;
  line: number;
  section: Section;
  nodes: RootContent[];
  /** The part is the body of the procedure's own heading. */
  isBody: boolean;
  /** It was written for several procedures and stands in each. */
  shared?: true;
}
