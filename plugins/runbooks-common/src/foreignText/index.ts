export {
  foreignSegments,
  segmentsBetween,
  visibleText,
} from './foreignSegments';
export type { ForeignSegment, PlacedSegment } from './model';
export {
  lastWrittenText,
  terminalSegments,
  visibleOutput,
} from './terminalSegments';
export { visibleMarkdown } from './visibleMarkdown';
