import IconButton from '@material-ui/core/IconButton';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import CloseIcon from '@material-ui/icons/Close';
import SearchIcon from '@material-ui/icons/Search';
import type { ProcedureFilter, ProcedureListView } from './procedureList';
import { ToggleChip } from '../../components/ToggleChip';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1.5),
      padding: theme.spacing(2),
      minWidth: 0,
    },
    kinds: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.75),
      minWidth: 0,
    },
  }),
  { name: 'RunbooksProcedureFilters' },
);

/** Search and kinds above the list. */
export function ProcedureFilters(props: {
  list: ProcedureListView;
  filter: ProcedureFilter;
  onChange: (filter: ProcedureFilter) => void;
}) {
  const { list, filter, onChange } = props;
  const classes = useStyles();
  return (
    <div className={classes.root} role="search">
      <TextField
        fullWidth
        size="small"
        variant="outlined"
        placeholder="Search by title, symptom or heading"
        value={filter.text}
        onChange={event => onChange({ ...filter, text: event.target.value })}
        inputProps={{ 'aria-label': 'Search procedures' }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" aria-hidden />
            </InputAdornment>
          ),
          endAdornment: filter.text ? (
            <InputAdornment position="end">
              <IconButton
                size="small"
                aria-label="Clear the search"
                onClick={() => onChange({ ...filter, text: '' })}
              >
                <CloseIcon fontSize="small" />
              </IconButton>
            </InputAdornment>
          ) : undefined,
        }}
      />
      {list.kinds.length > 1 && (
        <div className={classes.kinds} role="group" aria-label="Kind of work">
          <ToggleChip
            selected={filter.kind === undefined}
            onToggle={() => onChange({ ...filter, kind: undefined })}
          >
            All {list.found}
          </ToggleChip>
          {list.kinds.map(({ kind, label, count }) => (
            <ToggleChip
              key={kind}
              selected={filter.kind === kind}
              onToggle={() =>
                onChange({
                  ...filter,
                  kind: filter.kind === kind ? undefined : kind,
                })
              }
            >
              {label} {count}
            </ToggleChip>
          ))}
        </div>
      )}
    </div>
  );
}
