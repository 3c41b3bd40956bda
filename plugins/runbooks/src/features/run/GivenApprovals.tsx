import type { Approval } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { EntityName } from '../../components/EntityName';
import { Ago } from '../../components/Moment';
import { NamedText } from '../../components/NamedText';
import { SeenPreview } from './SeenPreview';

const useStyles = makeStyles(
  theme => ({
    root: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      fontSize: 13,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'RunbooksGivenApprovals' },
);

/** Who approved, for which entity, by what right, and what they saw that it would change. */
export function GivenApprovals({ approval }: { approval?: Approval }) {
  const classes = useStyles();
  if (!approval) return null;
  return (
    <>
      <ul className={classes.root} aria-label="Approvals">
        {approval.given.flatMap(one =>
          one.covers.map(covered => (
            <li key={`${one.approvedBy}|${covered.entityRef}`}>
              Approved for <EntityName entityRef={covered.entityRef} /> by{' '}
              <EntityName entityRef={one.approvedBy} />,{' '}
              <Ago at={one.approvedAt} />:{' '}
              <NamedText text={covered.entitledBy} />
            </li>
          )),
        )}
      </ul>
      <SeenPreview request={approval} />
    </>
  );
}
