import type { ListRunsQuery } from '@backstage-runbooks/plugin-runbooks-common';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { ActionButton } from '../../components/ActionButton';
import { RUN_STATES, runStateLabel } from '../../words/runWords';
import {
  beginOfDay,
  endOfDay,
  firstDayOf,
  lastDayOf,
  type HistoryFilter,
} from './historyQuery';
import type { EntityOption } from './useEntityOptions';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(200px, 100%), 1fr))',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      padding: theme.spacing(2),
    },
  }),
  { name: 'RunbooksHistoryFilters' },
);

/** Narrows history by service, procedure, people, state, how it went and days. */
export function HistoryFilters(props: {
  query: ListRunsQuery;
  services: EntityOption[];
  people: EntityOption[];
  procedures: Array<{ id: string; title: string }>;
  onChange: (name: HistoryFilter, value: string | undefined) => void;
  onClear: () => void;
}) {
  const { query, onChange } = props;
  const classes = useStyles();
  const isFiltered = Object.keys(query).length > 0;
  return (
    <div className={classes.root} role="search" aria-label="Filter runs">
      <EntityFilter
        label="Service"
        value={query.entityRef}
        options={props.services}
        onChange={value => onChange('entityRef', value)}
      />
      <TextField
        select
        fullWidth
        size="small"
        variant="outlined"
        id="runbooks-history-procedure"
        label={
          query.entityRef ? 'Procedure' : 'Procedure: choose a service first'
        }
        value={query.procedureId ?? ''}
        disabled={!query.entityRef}
        onChange={event =>
          onChange('procedureId', event.target.value || undefined)
        }
        SelectProps={{
          displayEmpty: false,
          SelectDisplayProps: { id: 'runbooks-history-procedure-shown' },
        }}
      >
        <MenuItem value="">Any procedure</MenuItem>
        {query.procedureId &&
          !props.procedures.some(one => one.id === query.procedureId) && (
            <MenuItem value={query.procedureId}>
              <ForeignText text={query.procedureId} />
            </MenuItem>
          )}
        {props.procedures.map(one => (
          <MenuItem key={one.id} value={one.id}>
            <ForeignText text={one.title} />
          </MenuItem>
        ))}
      </TextField>
      <EntityFilter
        label="Started by"
        value={query.requestedBy}
        options={props.people}
        onChange={value => onChange('requestedBy', value)}
      />
      <EntityFilter
        label="Approved by"
        value={query.approvedBy}
        options={props.people}
        onChange={value => onChange('approvedBy', value)}
      />
      <TextField
        select
        fullWidth
        size="small"
        variant="outlined"
        id="runbooks-history-state"
        label="State"
        value={query.state ?? ''}
        onChange={event => onChange('state', event.target.value || undefined)}
        SelectProps={{
          SelectDisplayProps: { id: 'runbooks-history-state-shown' },
        }}
      >
        <MenuItem value="">Any state</MenuItem>
        {RUN_STATES.map(state => (
          <MenuItem key={state} value={state}>
            {runStateLabel(state)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        fullWidth
        size="small"
        variant="outlined"
        id="runbooks-history-result"
        label="How it went"
        value={query.result ?? ''}
        onChange={event => onChange('result', event.target.value || undefined)}
        SelectProps={{
          SelectDisplayProps: { id: 'runbooks-history-result-shown' },
        }}
      >
        <MenuItem value="">However it went</MenuItem>
        <MenuItem value="shortfall">Success with a shortfall</MenuItem>
        <MenuItem value="rolled-back">Rolled back</MenuItem>
      </TextField>
      <DayFilter
        label="From"
        day={firstDayOf(query.from)}
        onChange={day => onChange('from', beginOfDay(day))}
      />
      <DayFilter
        label="To"
        day={lastDayOf(query.to)}
        onChange={day => onChange('to', endOfDay(day))}
      />
      {isFiltered && (
        <div>
          <ActionButton size="small" onClick={props.onClear}>
            Clear filters
          </ActionButton>
        </div>
      )}
    </div>
  );
}

function DayFilter(props: {
  label: string;
  day: string;
  onChange: (day: string) => void;
}) {
  return (
    <TextField
      fullWidth
      type="date"
      size="small"
      variant="outlined"
      id={`runbooks-history-${props.label.toLowerCase()}`}
      label={props.label}
      value={props.day}
      onChange={event => props.onChange(event.target.value)}
      InputLabelProps={{ shrink: true }}
    />
  );
}

function EntityFilter(props: {
  label: string;
  value: string | undefined;
  options: EntityOption[];
  onChange: (value: string | undefined) => void;
}) {
  const { label, value, options, onChange } = props;
  const chosen =
    value === undefined
      ? null
      : options.find(one => one.entityRef === value) ?? {
          entityRef: value,
          title: value,
        };
  return (
    <Autocomplete
      size="small"
      options={options}
      value={chosen}
      getOptionLabel={option => option.title}
      getOptionSelected={(option, other) =>
        option.entityRef === other.entityRef
      }
      renderOption={option => (
        <span>
          <ForeignText text={option.title} />{' '}
          <span style={{ opacity: 0.7, fontSize: 12 }}>
            <ForeignText text={option.entityRef} />
          </span>
        </span>
      )}
      onChange={(_event, option) => onChange(option?.entityRef)}
      renderInput={params => (
        <TextField {...params} variant="outlined" label={label} />
      )}
    />
  );
}
