import { makeStyles } from '@material-ui/core/styles';
import ChevronRightIcon from '@material-ui/icons/ChevronRight';
import { useState, type ReactNode } from 'react';
import { foreignChildren } from './ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: {
      minWidth: 0,
      '& > summary': {
        display: 'flex',
        alignItems: 'center',
        gap: 4,
        marginLeft: -4,
        width: 'fit-content',
        maxWidth: '100%',
        cursor: 'pointer',
        listStyle: 'none',
        fontSize: 13,
        fontWeight: 500,
        lineHeight: '24px',
        borderRadius: 4,
        color: theme.palette.primary.main,
        '&::-webkit-details-marker': { display: 'none' },
        '&:hover': { textDecoration: 'underline' },
        '&:focus-visible': {
          outline: `2px solid ${theme.palette.primary.main}`,
          outlineOffset: 2,
        },
      },
      '& > summary > svg': {
        fontSize: 18,
        flex: 'none',
        transition: 'transform 120ms',
        '@media (prefers-reduced-motion: reduce)': { transition: 'none' },
      },
      '&[open] > summary > svg': { transform: 'rotate(90deg)' },
    },
    content: { paddingTop: theme.spacing(1) },
  }),
  { name: 'RunbooksDisclosure' },
);

/** Something that is there on demand. What is inside is made when it is first opened. */
export function Disclosure(props: {
  summary: ReactNode;
  children: ReactNode;
  defaultOpen?: boolean;
}) {
  const classes = useStyles();
  const [open, setOpen] = useState(props.defaultOpen ?? false);
  return (
    <details
      className={classes.root}
      open={open}
      onToggle={event => setOpen(event.currentTarget.open)}
    >
      <summary>
        <ChevronRightIcon aria-hidden />
        <span>{foreignChildren(props.summary)}</span>
      </summary>
      {open && <div className={classes.content}>{props.children}</div>}
    </details>
  );
}
