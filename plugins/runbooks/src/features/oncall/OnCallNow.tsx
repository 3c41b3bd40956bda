import { makeStyles } from '@material-ui/core/styles';
import { EntityName } from '../../components/EntityName';
import { Notice } from '../../components/Notice';
import { momentWords } from '../../words/timeWords';
import { ReachLinks } from './ReachLinks';
import type { OnCallCardView, ScheduleLine, TurnLine } from './onCallView';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1.5),
      minWidth: 0,
      fontSize: 14,
    },
    schedule: { display: 'grid', gap: theme.spacing(1), minWidth: 0 },
    turn: { display: 'grid', gap: 2, minWidth: 0 },
    who: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      justifyContent: 'space-between',
      gap: theme.spacing(0, 1),
      lineHeight: 1.5,
    },
    name: { fontWeight: 600, overflowWrap: 'anywhere' },
    nextName: { overflowWrap: 'anywhere' },
    quiet: { color: theme.palette.text.secondary, fontSize: 13 },
  }),
  { name: 'RunbooksOnCallNow' },
);

/** Who is on call now and next, on each schedule of the owner. */
export function OnCallNow(props: { view: OnCallCardView; timeZone: string }) {
  const { view, timeZone } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {view.schedules.map(schedule => (
        <Schedule
          key={schedule.id}
          schedule={schedule}
          timeZone={timeZone}
          named={view.schedules.length > 1}
        />
      ))}
      {view.schedules.length === 0 && (
        <span className={classes.quiet}>
          No on-call schedule is known for the owner of this service.
        </span>
      )}
    </div>
  );
}

function Schedule(props: {
  schedule: ScheduleLine;
  timeZone: string;
  named: boolean;
}) {
  const { schedule, timeZone, named } = props;
  const classes = useStyles();
  return (
    <div className={classes.schedule}>
      {named && (
        <span className={classes.quiet}>
          <ForeignText text={schedule.title} />
        </span>
      )}
      {schedule.ofGroup && (
        <span className={classes.quiet}>
          The owner has no schedule of its own; this is that of{' '}
          <EntityName entityRef={schedule.ofGroup} />.
        </span>
      )}
      {schedule.now ? (
        <Turn turn={schedule.now} timeZone={timeZone} label="On call now" />
      ) : (
        <Notice tone="caution">Nobody is on call right now.</Notice>
      )}
      {schedule.next && (
        <div className={classes.who}>
          <span className={classes.nextName}>
            <span className={classes.quiet}>Next: </span>
            <EntityName entityRef={schedule.next.person.userRef} />
          </span>
          <When turn={schedule.next} timeZone={timeZone} />
        </div>
      )}
    </div>
  );
}

function Turn(props: { turn: TurnLine; timeZone: string; label: string }) {
  const classes = useStyles();
  const { turn } = props;
  return (
    <div className={classes.turn}>
      <span className={classes.quiet}>{props.label}</span>
      <div className={classes.who}>
        <span className={classes.name}>
          <EntityName entityRef={turn.person.userRef} />
          {!turn.person.known && ' (not in the catalog)'}
        </span>
        <When turn={turn} timeZone={props.timeZone} />
      </div>
      <ReachLinks ways={turn.reach} />
    </div>
  );
}

function When({ turn, timeZone }: { turn: TurnLine; timeZone: string }) {
  const classes = useStyles();
  return (
    <time
      className={classes.quiet}
      dateTime={turn.at}
      title={`${momentWords(turn.at)} (${timeZone})`}
    >
      {turn.when}
    </time>
  );
}
