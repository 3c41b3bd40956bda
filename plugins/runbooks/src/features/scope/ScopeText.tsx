import { makeStyles } from '@material-ui/core/styles';
import { Disclosure } from '../../components/Disclosure';
import { EntityNames } from '../../components/EntityNames';
import { ForeignText } from '../../components/ForeignText';
import { toneColors } from '../../components/toneColors';
import { countWords } from '../../words/procedureWords';
import type { ScopeView } from './scopeView';
import { NamedText } from '../../components/NamedText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(0.25),
      fontSize: 13,
      lineHeight: 1.5,
      minWidth: 0,
      overflowWrap: 'anywhere',
      '& p': { margin: 0 },
      '& ul': { margin: 0, paddingLeft: 18, listStyle: 'disc' },
    },
    quiet: { color: theme.palette.text.secondary },
    doubt: { color: toneColors(theme, 'caution').text },
  }),
  { name: 'RunbooksScopeText' },
);

/** Where steps may go and which source says so, in words. */
export function ScopeText({ scope }: { scope: ScopeView }) {
  const classes = useStyles();
  return (
    <div className={classes.root} role="group" aria-label="Scope">
      <p>
        <ForeignText text={scope.reach} />
      </p>
      <Grants scope={scope} />
      <p className={scope.doubt ? classes.doubt : classes.quiet}>
        <ForeignText text={scope.source} />
        {scope.confirmedFor.length > 0 && (
          <>
            {' '}
            <EntityNames entityRefs={scope.confirmedFor} />
          </>
        )}
        <NamedText text={scope.doubt ? `: ${scope.doubt}` : '.'} />
        {scope.approvedBy.length > 0 && (
          <>
            {' '}
            Owners of <EntityNames entityRefs={scope.approvedBy} /> must
            approve.
          </>
        )}
      </p>
    </div>
  );
}

/** What its text does not call for is there on demand: it could be used, and most steps do not. */
function Grants({ scope }: { scope: ScopeView }) {
  const { grants, grantsAreOpen } = scope;
  if (grants.length === 0) return null;
  return grantsAreOpen ? (
    <Disclosure
      summary={`Beside that it could use ${countWords(
        grants.length,
        'grant',
      )} of the configuration`}
    >
      <GrantList grants={grants} />
    </Disclosure>
  ) : (
    <>
      <p>Beside that, a rule of the configuration grants:</p>
      <GrantList grants={grants} />
    </>
  );
}

function GrantList({ grants }: { grants: string[] }) {
  return (
    <ul>
      {grants.map(grant => (
        <li key={grant}>
          <ForeignText text={grant} />
        </li>
      ))}
    </ul>
  );
}
