import type {
  Instant,
  StepResult,
} from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { Disclosure } from '../../components/Disclosure';
import { Notice } from '../../components/Notice';
import { useNow } from '../../async/useNow';
import { durationWords } from '../../words/timeWords';
import { attemptFacts, commandLines, isFailed, notGood } from './attemptFacts';
import { CheckResults } from './CheckResults';
import type { OutputFeed } from './OutputFeed';
import { OutputView } from './OutputView';
import { useStepOutput } from './useStepOutput';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1), minWidth: 0 },
    facts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.25, 2),
      fontSize: 13,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
    },
    commands: {
      margin: 0,
      paddingLeft: 18,
      display: 'grid',
      gap: theme.spacing(0.5),
      fontSize: 13,
      overflowWrap: 'anywhere',
    },
    code: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12,
      whiteSpace: 'pre-wrap',
    },
  }),
  { name: 'RunbooksAttemptView' },
);

/** One attempt of a step: what it prints, how it ended, and how each of its commands ended. */
export function AttemptView(props: {
  runId: string;
  stepId: string;
  attempt: number;
  feed: OutputFeed;
  startedAt?: string;
  result?: StepResult;
}) {
  const { runId, stepId, attempt, feed, startedAt, result } = props;
  const classes = useStyles();
  const isGrowing = startedAt !== undefined;
  const output = useStepOutput({
    runId,
    stepId,
    attempt,
    outputBytes: result?.outputBytes,
    isGrowing,
    feed,
  });
  return (
    <div className={classes.root}>
      {result && <NotGood result={result} />}
      <OutputView
        output={output}
        isGrowing={isGrowing}
        startAtEnd={result?.ok === false || output.buffer.start > 0}
      />
      {result?.expectations && <CheckResults checks={result.expectations} />}
      <div className={classes.facts}>
        {result
          ? attemptFacts(result, attempt).map(fact => (
              <span key={fact}>
                <ForeignText text={fact} />
              </span>
            ))
          : startedAt && <RunningFor since={startedAt} />}
      </div>
      {result && result.commands.length > 1 && (
        <Disclosure
          summary={`How each command ended (${result.commands.length})`}
          defaultOpen={result.commands.some(isFailed)}
        >
          <ol className={classes.commands}>
            {commandLines(result).map(line => (
              <li key={line.key}>
                <ForeignText text={line.end} />{' '}
                <span className={classes.code}>
                  <ForeignText text={line.text} />
                </span>
              </li>
            ))}
          </ol>
        </Disclosure>
      )}
    </div>
  );
}

/** What was not good comes before the output, whatever the output looks like. */
function NotGood({ result }: { result: StepResult }) {
  const classes = useStyles();
  const end = notGood(result);
  if (!end) return null;
  return (
    <Notice tone="danger" title={end.title}>
      <ForeignText text={end.detail ?? ''} />
      {end.commands.map(command => (
        <div key={command.key}>
          <span className={classes.code}>
            <ForeignText text={command.text} />
          </span>{' '}
          <ForeignText text={command.end} />
        </div>
      ))}
    </Notice>
  );
}

function RunningFor({ since }: { since: Instant }) {
  const now = useNow(1_000);
  const durationMs = Math.max(0, now - Date.parse(since));
  return <span>Running for {durationWords(durationMs)}</span>;
}
