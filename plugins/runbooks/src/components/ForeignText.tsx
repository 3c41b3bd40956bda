import {
  foreignSegments,
  type ForeignSegment,
} from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import {
  Children,
  cloneElement,
  Fragment,
  isValidElement,
  memo,
  useState,
  type ComponentType,
  type ReactElement,
  type ReactNode,
} from 'react';
import { toneColors } from './toneColors';

const useStyles = makeStyles(
  theme => {
    const quiet = toneColors(theme, 'neutral');
    const caution = toneColors(theme, 'caution');
    const mark = {
      padding: '0 3px',
      borderRadius: 3,
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: '0.85em',
      fontStyle: 'normal',
    };
    return {
      marked: { ...mark, color: caution.text, backgroundColor: caution.tint },
      folded: {
        ...mark,
        color: caution.text,
        backgroundColor: caution.tint,
      },
      masked: { ...mark, color: quiet.text, backgroundColor: quiet.tint },
      mixed: {
        textDecoration: `underline wavy ${caution.line}`,
        textDecorationThickness: '1px',
        textUnderlineOffset: '3px',
      },
      overwritten: {
        color: theme.palette.text.secondary,
        textDecoration: 'line-through',
      },
      more: {
        ...mark,
        border: 0,
        margin: '0 2px',
        cursor: 'pointer',
        color: quiet.text,
        backgroundColor: quiet.tint,
        '&:hover': { textDecoration: 'underline' },
        '&:focus-visible': {
          outline: `2px solid ${theme.palette.primary.main}`,
        },
      },
    };
  },
  { name: 'RunbooksForeignText' },
);

/** What was written over and is longer, as by a progress bar, is there on demand. */
const MAX_SHOWN_OVERWRITTEN = 120;

/** Letters that turn the order of what stands beside them. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * A text that somebody else wrote: command, name, reason, value, message. What would show as nothing, out of order or
 * out of sight is marked where it stands, with a title that says what it is. Its direction stays its own.
 */
export const ForeignText = memo(({ text }: { text: string }) => {
  const segments = foreignSegments(text);
  if (segments.every(segment => segment.kind === 'plain')) {
    return RIGHT_TO_LEFT.test(text) ? <bdi>{text}</bdi> : <>{text}</>;
  }
  return (
    <bdi>
      <ForeignSegments segments={segments} />
    </bdi>
  );
});

/** Pieces of a text that somebody else wrote. */
export function ForeignSegments(props: {
  segments: readonly ForeignSegment[];
}) {
  const classes = useStyles();
  return (
    <>
      {props.segments.map((segment, index) => {
        if (segment.kind === 'plain') return segment.text;
        if (segment.kind === 'overwritten') {
          return <Overwritten key={index} {...segment} />;
        }
        const words = segment.text.trim();
        const at = segment.text.indexOf(words);
        return (
          <Fragment key={index}>
            {segment.text.slice(0, at)}
            <span className={classes[segment.kind]} title={segment.says}>
              {words}
            </span>
            {segment.text.slice(at + words.length)}
          </Fragment>
        );
      })}
    </>
  );
}

/**
 * Children of a component that shows what others wrote as well as our own words: every text among them, at any depth
 * of plain markup, is shown as a foreign one, by `Text`.
 */
export function foreignChildren(
  children: ReactNode,
  Text: ComponentType<{ text: string }> = ForeignText,
): ReactNode {
  return Children.map(children, child => {
    if (typeof child === 'string') return <Text text={child} />;
    return isMarkup(child)
      ? cloneElement(child, {}, foreignChildren(child.props.children, Text))
      : child;
  });
}

/** Elements of HTML and fragments show their children themselves; a component decides for its own. */
function isMarkup(
  node: ReactNode,
): node is ReactElement<{ children?: ReactNode }> {
  return (
    isValidElement<{ children?: ReactNode }>(node) &&
    (typeof node.type === 'string' || node.type === Fragment) &&
    node.props.children !== undefined
  );
}

function Overwritten({ text, says }: { text: string; says: string }) {
  const classes = useStyles();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen && text.length > MAX_SHOWN_OVERWRITTEN) {
    return (
      <button
        type="button"
        className={classes.more}
        title="Show what was written over"
        onClick={() => setOpen(true)}
      >
        … {text.length.toLocaleString()} characters were written over …
      </button>
    );
  }
  return (
    <span className={classes.overwritten} title={says}>
      {text}
    </span>
  );
}
