import type { Effect } from '@backstage-runbooks/plugin-runbooks-common';
import {
  foreignSegments,
  segmentsBetween,
  visibleText,
  worstEffect,
  type PlacedSegment,
} from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { CopyButton } from '../../components/CopyButton';
import { Disclosure } from '../../components/Disclosure';
import { EffectTag } from '../../components/EffectTag';
import { ForeignSegments, ForeignText } from '../../components/ForeignText';
import { codeGround, toneColors } from '../../components/toneColors';
import { effectWords, isReading } from '../../words/effectWords';
import { upperFirst } from '../../words/upperFirst';
import { ReasonText } from './ReasonText';
import { shellLines, shellSpans, type ShellLine } from './shellSpans';
import type { CommandView } from './stepView';

const MONOSPACE = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(0.75), minWidth: 0 },
    ground: {
      position: 'relative',
      minWidth: 0,
      borderRadius: 4,
      backgroundColor: codeGround(theme),
    },
    text: {
      margin: 0,
      padding: theme.spacing(1.25, 5.5, 1.25, 0),
      fontFamily: MONOSPACE,
      fontSize: 12.5,
      lineHeight: 1.65,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      // A shell reads in the order of the characters, whatever their script.
      direction: 'ltr',
      unicodeBidi: 'bidi-override',
    },
    line: {
      display: 'block',
      padding: theme.spacing(0, 0, 0, 1.5),
      borderLeft: '3px solid transparent',
      minHeight: '1.65em',
    },
    caution: { borderLeftColor: toneColors(theme, 'caution').line },
    danger: { borderLeftColor: toneColors(theme, 'danger').line },
    comment: { color: theme.palette.text.secondary, fontStyle: 'italic' },
    blank: {
      borderRadius: 3,
      padding: '0 2px',
      color: toneColors(theme, 'info').text,
      backgroundColor: toneColors(theme, 'info').tint,
    },
    copy: { position: 'absolute', top: 4, right: 4 },
    why: {
      margin: 0,
      fontSize: 13,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
    list: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gap: theme.spacing(1),
      fontSize: 13,
      lineHeight: 1.5,
    },
    command: {
      fontFamily: MONOSPACE,
      fontSize: 12,
      overflowWrap: 'anywhere',
      whiteSpace: 'pre-wrap',
    },
  }),
  { name: 'RunbooksCommandText' },
);

/** Shell text as it would run: lines that change something are marked, and why is told below. */
export function CommandText(props: {
  text: string;
  commands: CommandView[];
  blanks?: Array<{ start: number; end: number }>;
  /** What stands above already; not told again. */
  said?: string;
  /** It has ended: what is told is how it was judged before. */
  isOver?: boolean;
}) {
  const { text, commands, blanks = [], said, isOver } = props;
  const classes = useStyles();
  const segments = useMemo(() => foreignSegments(text), [text]);
  const folded = segments.filter(segment => segment.kind === 'folded');
  const lines = shellLines(text).filter(line => !isFolded(line, folded));
  return (
    <div className={classes.root}>
      <div className={classes.ground}>
        <pre className={classes.text}>
          {lines.map(line => (
            <Line
              key={line.number}
              line={line}
              segments={segments}
              blanks={blanks}
              effect={effectOfLine(line.number, commands)}
            />
          ))}
        </pre>
        <div className={classes.copy}>
          <CopyButton text={() => visibleText(text)} what="commands" />
        </div>
      </div>
      <Why commands={commands} said={said} isOver={isOver} />
    </div>
  );
}

function Line(props: {
  line: ShellLine;
  segments: readonly PlacedSegment[];
  blanks: Array<{ start: number; end: number }>;
  effect: Effect;
}) {
  const { line, segments, blanks, effect } = props;
  const classes = useStyles();
  const tone = effectWords(effect).tone;
  const mark =
    (tone === 'caution' && classes.caution) ||
    (tone === 'danger' && classes.danger) ||
    '';
  return (
    <code className={`${classes.line} ${mark}`}>
      {shellSpans(line, blanks).map((span, index) => (
        <span
          key={index}
          className={span.kind === 'plain' ? undefined : classes[span.kind]}
        >
          <ForeignSegments
            segments={segmentsBetween(segments, span.start, span.end)}
          />
        </span>
      ))}
      <ForeignSegments segments={foldedBehind(line, segments)} />
    </code>
  );
}

function Why(props: {
  commands: CommandView[];
  said?: string;
  isOver?: boolean;
}) {
  const { commands, said, isOver } = props;
  const classes = useStyles();
  if (commands.length === 0) return null;
  if (commands.length === 1) {
    const because = upperFirst(commands[0].because);
    if (because === said) return null;
    return (
      <div className={classes.why}>
        <ReasonText because={judged(commands[0], isOver)} />
      </div>
    );
  }
  const worst = worstEffect(commands.map(one => one.effect));
  const deciding = commands.find(one => one.effect === worst);
  return (
    <>
      {deciding &&
        worst !== 'read' &&
        worst !== 'local' &&
        upperFirst(deciding.because) !== said && (
          <div className={classes.why}>
            <ReasonText because={judged(deciding, isOver)} />
          </div>
        )}
      <Disclosure
        summary={
          isOver
            ? `What each command in it was judged to do (${commands.length})`
            : `What each command in it does (${commands.length})`
        }
      >
        <ul className={classes.list}>
          {commands.map(command => (
            <li key={`${command.line}|${command.text}`}>
              <EffectTag effect={command.effect} />{' '}
              <ReasonText because={upperFirst(command.because)} />
              <div className={classes.command}>
                <ForeignText text={command.text} />
              </div>
            </li>
          ))}
        </ul>
      </Disclosure>
    </>
  );
}

/** A reason is told as one that was given before, once what it speaks of may have come otherwise. */
function judged({ effect, because }: CommandView, isOver?: boolean): string {
  return isOver && !isReading(effect)
    ? `Before it ran: ${because}`
    : upperFirst(because);
}

function effectOfLine(line: number, commands: CommandView[]): Effect {
  return worstEffect(
    commands.filter(one => one.line === line).map(one => one.effect),
  );
}

/** Lines of a folded stretch have no line of their own. */
function isFolded(line: ShellLine, folded: readonly PlacedSegment[]) {
  const end = line.start + line.text.length;
  return folded.some(({ start, end: to }) => start < line.start && to > end);
}

/** What was folded from the end of a line on. */
function foldedBehind(line: ShellLine, segments: readonly PlacedSegment[]) {
  const end = line.start + line.text.length;
  return segmentsBetween(segments, end, end + 1).flatMap(segment =>
    segment.kind === 'plain'
      ? []
      : [{ ...segment, text: segment.text.replace(/\n$/, '') }],
  );
}
