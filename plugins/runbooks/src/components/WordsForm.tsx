import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { foreignChildren } from './ForeignText';
import { ActionButton } from './ActionButton';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1.25),
      minWidth: 0,
      maxWidth: 560,
      padding: theme.spacing(1.5),
      borderRadius: 4,
      border: `1px solid ${theme.palette.divider}`,
    },
    buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
    lead: { fontSize: 14, lineHeight: 1.5, overflowWrap: 'anywhere' },
  }),
  { name: 'RunbooksWordsForm' },
);

/** A decision that takes a few words of reason, or a text to type before something destructive. */
export function WordsForm(props: {
  lead?: ReactNode;
  label: string;
  required?: boolean;
  /** The decision is possible only after exactly this was typed in a second field. */
  typed?: string;
  /** The server wants a text typed and has said which: there is a second field without a text to compare with. */
  asksTyped?: boolean;
  submit: string;
  isSending: boolean;
  onSubmit: (words: string, typed: string) => void;
  onCancel: () => void;
}) {
  const classes = useStyles();
  const id = useId();
  const [words, setWords] = useState('');
  const [typed, setTyped] = useState('');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), [props.asksTyped]);
  const hasTyped = props.typed !== undefined || props.asksTyped === true;
  const isReady =
    (!props.required || words.trim() !== '') &&
    (props.typed === undefined || typed.trim() === props.typed);
  return (
    <form
      className={classes.root}
      noValidate
      onSubmit={event => {
        event.preventDefault();
        if (isReady && !props.isSending)
          props.onSubmit(words.trim(), typed.trim());
      }}
    >
      {props.lead && (
        <div className={classes.lead}>{foreignChildren(props.lead)}</div>
      )}
      {hasTyped && (
        <TextField
          inputRef={first}
          fullWidth
          required
          size="small"
          variant="outlined"
          id={`${id}-typed`}
          label={
            props.typed === undefined
              ? 'Type what is asked for'
              : `Type ${props.typed} to confirm`
          }
          value={typed}
          onChange={event => setTyped(event.target.value)}
          inputProps={{ autoComplete: 'off', spellCheck: false }}
        />
      )}
      <TextField
        inputRef={hasTyped ? undefined : first}
        fullWidth
        multiline
        maxRows={6}
        size="small"
        variant="outlined"
        id={`${id}-words`}
        label={props.label}
        required={props.required}
        value={words}
        onChange={event => setWords(event.target.value)}
      />
      <div className={classes.buttons}>
        <ActionButton
          type="submit"
          size="small"
          variant="contained"
          color="primary"
          disabled={!isReady || props.isSending}
        >
          {props.submit}
        </ActionButton>
        <ActionButton size="small" onClick={props.onCancel}>
          Not now
        </ActionButton>
      </div>
    </form>
  );
}
