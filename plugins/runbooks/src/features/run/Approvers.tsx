import { makeStyles } from '@material-ui/core/styles';
import { Disclosure } from '../../components/Disclosure';
import { EntityName } from '../../components/EntityName';
import { EntityNames } from '../../components/EntityNames';
import { ForeignText } from '../../components/ForeignText';
import { Ago } from '../../components/Moment';
import { Notice } from '../../components/Notice';
import { Tag } from '../../components/Tag';
import { whoCouldGiveAll, type ApprovalPart } from './approvalParts';
import { NamedText } from '../../components/NamedText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(0.75),
      fontSize: 13,
      lineHeight: 1.5,
      minWidth: 0,
      overflowWrap: 'anywhere',
      '& p': { margin: 0 },
    },
    parts: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gap: theme.spacing(0.75),
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.25, 1),
    },
    people: { margin: 0, paddingLeft: 18, listStyle: 'disc' },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksApprovers' },
);

/** Whose approval a step needs, who has given it, and whom to ask for what is missing, by name. */
export function Approvers(props: {
  parts: ApprovalPart[];
  /** An approval was asked for. */
  isAsked: boolean;
  /** Why the owners of all these. */
  whyThese?: string;
}) {
  const { parts } = props;
  const classes = useStyles();
  const all = whoCouldGiveAll(parts);
  if (!all) {
    return (
      <div className={classes.root}>
        <p>
          {parts.length > 1
            ? `Needs ${parts.length} approvals, one for each:`
            : 'Needs an approval for:'}
        </p>
        <Parts {...props} />
      </div>
    );
  }
  return (
    <div className={classes.root}>
      <p>
        Needs {parts.length} approvals;{' '}
        <EntityNames entityRefs={all} last="or" /> can give all of them with one
        press.
      </p>
      <Disclosure summary={`Which ${parts.length}, by whom, and why`}>
        <Parts {...props} />
      </Disclosure>
    </div>
  );
}

function Parts(props: {
  parts: ApprovalPart[];
  isAsked: boolean;
  whyThese?: string;
}) {
  const { parts, isAsked, whyThese } = props;
  const classes = useStyles();
  return (
    <>
      <ul className={classes.parts} aria-label="Who must approve">
        {parts.map(part => (
          <Part
            key={part.entityRef}
            part={part}
            isAsked={isAsked}
            isOneOfSeveral={parts.length > 1}
          />
        ))}
      </ul>
      {whyThese && (
        <p className={classes.quiet}>
          <ForeignText text={whyThese} />
        </p>
      )}
      <p className={classes.quiet}>
        Named are owners and people on call; the portal&apos;s policy may refuse
        one of them.
      </p>
    </>
  );
}

function Part(props: {
  part: ApprovalPart;
  isAsked: boolean;
  isOneOfSeveral: boolean;
}) {
  const { part, isAsked, isOneOfSeveral } = props;
  const classes = useStyles();
  return (
    <li>
      <div className={classes.head}>
        <EntityName entityRef={part.entityRef} />
        {isAsked && (
          <Tag tone={part.given ? 'ok' : 'caution'}>
            {part.given ? 'Approved' : 'Missing'}
          </Tag>
        )}
        {part.given && (
          <span>
            <EntityName entityRef={part.given.by} />, <Ago at={part.given.at} />{' '}
            <span className={classes.quiet}>
              (<NamedText text={part.given.entitledBy} />)
            </span>
          </span>
        )}
        {!part.given && isOneOfSeveral && part.people.length > 0 && (
          <span className={classes.quiet}>
            by{' '}
            <EntityNames
              entityRefs={part.people.map(person => person.userRef)}
              last="or"
            />
          </span>
        )}
      </div>
      {!part.given && <People part={part} isBrief={isOneOfSeveral} />}
    </li>
  );
}

/** Whom to ask and by what right; where several approvals are needed the names alone stand beside the entity. */
function People({ part, isBrief }: { part: ApprovalPart; isBrief: boolean }) {
  const classes = useStyles();
  if (part.people.length === 0) {
    return (
      <Notice tone="caution">
        Nobody is known who could approve for it, besides the person who started
        the run.
      </Notice>
    );
  }
  if (isBrief) return null;
  return (
    <ul className={classes.people}>
      {part.people.map(person => (
        <li key={person.userRef}>
          <EntityName entityRef={person.userRef} />{' '}
          <span className={classes.quiet}>
            (<NamedText text={person.entitledBy} />)
          </span>
        </li>
      ))}
    </ul>
  );
}
