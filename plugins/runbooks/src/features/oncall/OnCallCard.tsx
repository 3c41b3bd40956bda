import { makeStyles } from '@material-ui/core/styles';
import { Disclosure } from '../../components/Disclosure';
import { EntityName } from '../../components/EntityName';
import { Notice } from '../../components/Notice';
import { hairline } from '../../components/toneColors';
import { OnCallNow } from './OnCallNow';
import { ReachLinks } from './ReachLinks';
import { WrittenContactsList } from './WrittenContactsList';
import {
  waysToReach,
  type OnCallCardView,
  type WrittenContacts,
} from './onCallView';
import { NamedText } from '../../components/NamedText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1.5),
      minWidth: 0,
      fontSize: 14,
    },
    quiet: { color: theme.palette.text.secondary, fontSize: 13 },
    owners: {
      display: 'grid',
      gap: theme.spacing(1),
      paddingTop: theme.spacing(1.5),
      borderTop: `1px solid ${hairline(theme)}`,
    },
    members: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gap: theme.spacing(1),
    },
    problems: { margin: 0, paddingLeft: 18 },
  }),
  { name: 'RunbooksOnCallCard' },
);

/** Who is on call now and next, who owns the service, and whom the runbooks name. */
export function OnCallCard(props: {
  view: OnCallCardView;
  written?: WrittenContacts;
  timeZone: string;
}) {
  const { view, written, timeZone } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <OnCallNow view={view} timeZone={timeZone} />
      {view.problems.length > 0 && (
        <Notice tone="caution" title="On-call needs attention">
          <ul className={classes.problems}>
            {view.problems.map(problem => (
              <li key={problem}>
                <NamedText text={problem} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Owners owners={view.owners} />
      {written && <WrittenContactsList written={written} />}
    </div>
  );
}

function Owners({ owners }: { owners: OnCallCardView['owners'] }) {
  const classes = useStyles();
  if (owners.length === 0) {
    return <Notice tone="caution">The catalog names no owner.</Notice>;
  }
  return (
    <div className={classes.owners}>
      {owners.map(owner => (
        <div key={owner.groupRef}>
          <span className={classes.quiet}>Owned by </span>
          <EntityName entityRef={owner.groupRef} />
          {owner.members.length > 0 && (
            <Disclosure summary={`${owner.members.length} members`}>
              <ul className={classes.members}>
                {owner.members.map(member => (
                  <li key={member.userRef}>
                    <EntityName entityRef={member.userRef} />
                    <ReachLinks ways={waysToReach(member)} />
                  </li>
                ))}
              </ul>
            </Disclosure>
          )}
        </div>
      ))}
    </div>
  );
}
