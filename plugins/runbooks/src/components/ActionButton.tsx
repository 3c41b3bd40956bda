import Button, { type ButtonProps } from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  {
    root: {
      textTransform: 'none',
      fontWeight: 600,
      letterSpacing: 0,
      whiteSpace: 'nowrap',
    },
  },
  { name: 'RunbooksActionButton' },
);

/** A button whose label reads as a sentence. */
export function ActionButton(props: ButtonProps) {
  const classes = useStyles();
  return (
    <Button {...props} className={`${classes.root} ${props.className ?? ''}`} />
  );
}
