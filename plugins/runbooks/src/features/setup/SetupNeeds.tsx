import type {
  SetupItem,
  SetupNeed,
  SetupState,
} from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { CodeText } from '../../components/CodeText';
import { ForeignText } from '../../components/ForeignText';
import { Tag } from '../../components/Tag';
import { hairline } from '../../components/toneColors';
import type { Tone } from '../../words/tone';

const STATES: Record<SetupState, { label: string; tone: Tone }> = {
  ready: { label: 'Ready', tone: 'ok' },
  limited: { label: 'Limited', tone: 'caution' },
  missing: { label: 'Missing', tone: 'danger' },
};
/** What the remedy is called where it is copied. */
const REMEDIES = {
  configuration: 'the configuration',
  command: 'the commands',
  code: 'the code',
};

const useStyles = makeStyles(
  theme => ({
    root: { listStyle: 'none', margin: 0, padding: 0 },
    need: {
      display: 'grid',
      gridTemplateColumns: '92px minmax(0, 1fr)',
      gap: theme.spacing(0.5, 2),
      padding: theme.spacing(2),
      fontSize: 14,
      lineHeight: 1.5,
      '&:not(:first-child)': { borderTop: `1px solid ${hairline(theme)}` },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    title: { margin: 0, fontSize: 14, fontWeight: 600, lineHeight: '22px' },
    words: { margin: 0, overflowWrap: 'anywhere' },
    quiet: { margin: 0, fontSize: 13, color: theme.palette.text.secondary },
    items: {
      listStyle: 'none',
      margin: theme.spacing(1, 0, 0),
      padding: 0,
      fontSize: 13,
    },
    item: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0.25, 1),
      padding: theme.spacing(0.25, 0),
      overflowWrap: 'anywhere',
    },
    name: { fontWeight: 500 },
    remedy: { marginTop: theme.spacing(1.5) },
  }),
  { name: 'RunbooksSetupNeeds' },
);

/** Each need with its state in words, what was found, and what mends it. */
export function SetupNeeds({ needs }: { needs: readonly SetupNeed[] }) {
  const classes = useStyles();
  return (
    <ul className={classes.root}>
      {needs.map(need => (
        <li key={need.id} className={classes.need}>
          <div>
            <Tag tone={STATES[need.state].tone}>{STATES[need.state].label}</Tag>
          </div>
          <div>
            <h3 className={classes.title}>
              <ForeignText text={need.title} />
            </h3>
            <p className={classes.quiet}>
              <ForeignText text={need.serves} />
            </p>
            <p className={classes.words}>
              <ForeignText text={need.says} />
            </p>
            {need.items.length > 0 && (
              <ul className={classes.items}>
                {need.items.map(item => (
                  <Item key={item.name} item={item} />
                ))}
              </ul>
            )}
            {need.remedy && (
              <div className={classes.remedy}>
                <CodeText
                  text={need.remedy.text}
                  what={REMEDIES[need.remedy.kind]}
                />
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Item({ item }: { item: SetupItem }) {
  const classes = useStyles();
  const { label, tone } = STATES[item.state];
  return (
    <li className={classes.item}>
      <span className={classes.name}>
        <ForeignText text={item.name} />
      </span>
      {item.version !== undefined && (
        <span>
          <ForeignText text={item.version} />
        </span>
      )}
      {item.state !== 'ready' && <Tag tone={tone}>{label}</Tag>}
      {item.says !== undefined && (
        <span>
          <ForeignText text={item.says} />
        </span>
      )}
    </li>
  );
}
