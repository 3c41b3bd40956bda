import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles, type Theme } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { hairline, toneColors } from './toneColors';

const useStyles = makeStyles<Theme, { selected: boolean }>(
  theme => ({
    root: {
      height: 28,
      padding: theme.spacing(0, 1.25),
      borderRadius: 14,
      fontSize: 13,
      whiteSpace: 'nowrap',
      border: '1px solid',
      fontWeight: ({ selected }) => (selected ? 600 : 400),
      borderColor: ({ selected }) =>
        selected ? toneColors(theme, 'info').line : hairline(theme),
      color: ({ selected }) =>
        selected ? toneColors(theme, 'info').text : theme.palette.text.primary,
      backgroundColor: ({ selected }) =>
        selected ? toneColors(theme, 'info').tint : 'transparent',
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: 1,
      },
    },
  }),
  { name: 'RunbooksToggleChip' },
);

/** One choice among a few, on or off. */
export function ToggleChip(props: {
  selected: boolean;
  onToggle: () => void;
  children: ReactNode;
}) {
  const classes = useStyles({ selected: props.selected });
  return (
    <ButtonBase
      className={classes.root}
      aria-pressed={props.selected}
      onClick={props.onToggle}
    >
      {props.children}
    </ButtonBase>
  );
}
