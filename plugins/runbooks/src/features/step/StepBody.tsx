import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { CodeText } from '../../components/CodeText';
import { MarkdownText } from '../../components/MarkdownText';
import { Notice } from '../../components/Notice';
import { CommandText } from './CommandText';
import { ExpectationBox } from './ExpectationBox';
import { secretReadsWords } from './secretReadsWords';
import type { StepView } from './stepView';
import { ForeignText } from '../../components/ForeignText';
import { QuotedText } from '../../components/QuotedText';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1.25), minWidth: 0 },
    quiet: {
      margin: 0,
      fontSize: 13,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'RunbooksStepBody' },
);

/** What a step says and does: prose, text, condition, and what good looks like. */
export function StepBody(props: {
  step: StepView;
  /** Shown between the text and what good looks like. */
  children?: ReactNode;
  checkResults?: ReactNode;
  /** It has ended: what it does was said before, and what it did is told by its record. */
  isOver?: boolean;
  /** What of its reasons stands elsewhere already; its title otherwise. */
  said?: string;
}) {
  const { step, children, checkResults, isOver, said } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {step.condition && (
        <Notice tone="info" title="Only if it applies">
          <ForeignText text={step.condition} />
        </Notice>
      )}
      {step.note && <MarkdownText text={step.note} />}
      <StepText step={step} isOver={isOver} said={said} />
      {step.manualBecause && (
        <Notice tone="neutral" title="Done by hand">
          <QuotedText text={step.manualBecause} />
        </Notice>
      )}
      {step.secrets.kind !== 'none' && (
        <Notice tone="caution">
          {secretReadsWords(step.secrets, step.effect)}
        </Notice>
      )}
      {step.asWritten && (
        <p className={classes.quiet}>
          <ForeignText text={step.asWritten} />.
        </p>
      )}
      {step.bounded && (
        <p className={classes.quiet}>
          <ForeignText text={step.bounded} />.
        </p>
      )}
      {children}
      {step.expectation && (
        <ExpectationBox
          expectation={step.expectation}
          results={checkResults}
          isByHand={step.type !== 'command' || step.manualBecause !== undefined}
        />
      )}
    </div>
  );
}

function StepText(props: { step: StepView; isOver?: boolean; said?: string }) {
  const { step, isOver, said = step.title } = props;
  if (step.text.trim() === '') return null;
  if (step.type === 'command' || step.commands.length > 0) {
    return (
      <CommandText
        text={step.text}
        commands={step.commands}
        blanks={step.blanks}
        said={said}
        isOver={isOver}
      />
    );
  }
  if (step.type === 'query') return <CodeText text={step.text} what="query" />;
  if (step.type === 'link')
    return (
      <Link to={step.text}>
        <ForeignText text={step.text} />
      </Link>
    );
  return step.manualBecause ? (
    <CodeText text={step.text} what="commands" />
  ) : (
    <Prose text={step.text} title={step.title} />
  );
}

/** What a person does; a sentence that is the title already is not said twice. */
function Prose({ text, title }: { text: string; title: string }) {
  return plain(text) === plain(title) ? null : <MarkdownText text={text} />;
}

function plain(text: string): string {
  return text.replace(/[`*_\s]|[.:]$/g, '').toLowerCase();
}
