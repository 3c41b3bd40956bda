import { makeStyles } from '@material-ui/core/styles';
import { Disclosure } from '../../components/Disclosure';
import { ReachLinks } from './ReachLinks';
import { waysToReach, type WrittenContacts } from './onCallView';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    list: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gap: theme.spacing(1.25),
      fontSize: 13,
      overflowWrap: 'anywhere',
    },
    quiet: { color: theme.palette.text.secondary },
    name: { fontWeight: 600 },
    gap: { marginTop: theme.spacing(1.5) },
  }),
  { name: 'RunbooksWrittenContactsList' },
);

/** Contacts and the escalation path as the runbooks write them: a claim of the document, not of the schedule. */
export function WrittenContactsList({ written }: { written: WrittenContacts }) {
  const classes = useStyles();
  const count = written.contacts.length + written.escalation.length;
  if (count === 0) return null;
  return (
    <Disclosure summary="Contacts written in the runbooks">
      <ul className={classes.list}>
        {written.escalation.map(entry => (
          <li key={`${entry.level}|${entry.who}|${entry.line}`}>
            <span className={classes.quiet}>
              <ForeignText text={entry.level} />:{' '}
            </span>
            <span className={classes.name}>
              <ForeignText text={entry.who} />
            </span>
            {entry.when && (
              <div className={classes.quiet}>
                <ForeignText text={entry.when} />
              </div>
            )}
            {entry.contact && (
              <div>
                <ForeignText text={entry.contact} />
              </div>
            )}
          </li>
        ))}
        {written.contacts.map(contact => (
          <li key={`${contact.name}|${contact.role}|${contact.line}`}>
            <span className={classes.name}>
              <ForeignText text={contact.name} />
            </span>
            {contact.role && (
              <span className={classes.quiet}>
                {' '}
                · <ForeignText text={contact.role} />
              </span>
            )}
            <ReachLinks ways={waysToReach(contact)} />
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
