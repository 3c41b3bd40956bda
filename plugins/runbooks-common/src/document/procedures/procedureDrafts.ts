import type { PhaseRole } from '../model';
import type { DocumentDefaults } from '../parameters/mergeParameters';
import type { Section } from '../sections/sectionTree';
import type { BlockReadings } from '../steps/blockReadings';
import type { StepDraft } from '../steps/stepDraft';

/** What a procedure needs to know of its document. */
export interface ProcedurePlace {
  id: string;
  title: string;
  documentTitle: string;
  observeOnly: boolean;
  blocks: BlockReadings;
  source: string;
  defaults: DocumentDefaults;
  /** The prose of its body is followed by hand. */
  followsProse?: boolean;
}

/** A phase whose steps are found, but not yet judged. */
export interface DraftPhase {
  section: Section;
  role: PhaseRole;
  title: string;
  line: number;
  steps: StepDraft[];
}

/** What the parts of a procedure give together. */
export interface ProcedureDrafts {
  phases: DraftPhase[];
  symptoms: string[];
  prerequisites: string[];
  successCriteria: string[];
}
