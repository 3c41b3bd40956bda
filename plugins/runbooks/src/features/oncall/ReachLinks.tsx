import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import ChatBubbleOutlineIcon from '@material-ui/icons/ChatBubbleOutline';
import MailOutlineIcon from '@material-ui/icons/MailOutline';
import PhoneOutlinedIcon from '@material-ui/icons/PhoneOutlined';
import type { ReactElement } from 'react';
import type { Reach } from './onCallView';
import { ForeignText } from '../../components/ForeignText';

const ICONS: Record<Reach['kind'], ReactElement> = {
  phone: <PhoneOutlinedIcon aria-hidden />,
  slack: <ChatBubbleOutlineIcon aria-hidden />,
  email: <MailOutlineIcon aria-hidden />,
};

const useStyles = makeStyles(
  theme => ({
    root: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.25, 1.5),
      fontSize: 13,
    },
    way: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 4,
      minWidth: 0,
      lineHeight: '22px',
      overflowWrap: 'anywhere',
      '& svg': {
        fontSize: 15,
        flex: 'none',
        color: theme.palette.text.secondary,
      },
    },
  }),
  { name: 'RunbooksReachLinks' },
);

/** Ways to reach somebody, as links where there is something to follow. */
export function ReachLinks({ ways }: { ways: Reach[] }) {
  const classes = useStyles();
  if (ways.length === 0) return null;
  return (
    <ul className={classes.root}>
      {ways.map(way => (
        <li key={way.kind} className={classes.way}>
          {ICONS[way.kind]}
          {way.href ? (
            <Link href={way.href}>
              <ForeignText text={way.text} />
            </Link>
          ) : (
            <ForeignText text={way.text} />
          )}
        </li>
      ))}
    </ul>
  );
}
