import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import {
  EntityDisplayName,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { ForeignText } from './ForeignText';

const useStyles = makeStyles(
  {
    // A name is words of a sentence. As the box that the catalog makes of it, it would wrap by itself, with what follows
    // (a comma, a full stop) beside the box.
    words: { '& span': { display: 'inline' } },
  },
  { name: 'RunbooksEntityName' },
);

/**
 * A person, group or service by the name the catalog gives it, linked to its page unless it is `isPlain`; one that is
 * gone has none.
 */
export function EntityName(props: {
  entityRef: EntityRef;
  isGone?: boolean;
  isPlain?: boolean;
}) {
  const { entityRef, isGone, isPlain } = props;
  const classes = useStyles();
  if (isGone) return <ForeignText text={entityRef} />;
  if (isPlain) {
    return (
      <span className={classes.words}>
        <EntityDisplayName entityRef={entityRef} hideIcon disableTooltip />
      </span>
    );
  }
  return (
    <EntityRefLink
      className={classes.words}
      entityRef={entityRef}
      hideIcon
      disableTooltip
    />
  );
}
