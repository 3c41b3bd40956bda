import type { PrefilledParameter } from '@backstage-runbooks/plugin-runbooks-common';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useId } from 'react';
import { upperFirst } from '../../words/upperFirst';
import type { FieldHelp } from './planForm';
import { ForeignText } from '../../components/ForeignText';

const NUMERIC = new Set(['integer', 'replicas', 'port']);

/** One value to supply: a menu where there are choices, suggestions where there are some, else a text field. */
export function ParameterField(props: {
  parameter: PrefilledParameter;
  value: string;
  help: FieldHelp;
  onChange: (value: string) => void;
}) {
  const { parameter, value, help, onChange } = props;
  const id = useId();
  const field = {
    id,
    fullWidth: true,
    size: 'small',
    variant: 'outlined',
    margin: 'none',
    label: <ForeignText text={upperFirst(parameter.label)} />,
    required: parameter.required,
    error: help.isError,
    helperText: help.text,
    FormHelperTextProps: help.isError ? { role: 'alert' } : undefined,
  } as const;

  if (parameter.choices) {
    const isOffered = parameter.choices.some(one => one.value === value);
    return (
      <TextField
        {...field}
        select
        value={value}
        onChange={event => onChange(event.target.value)}
        SelectProps={{ SelectDisplayProps: { id: `${id}-shown` } }}
      >
        {!parameter.required && <MenuItem value="">None</MenuItem>}
        {value !== '' && !isOffered && (
          <MenuItem value={value}>
            <ForeignText text={value} /> (not there now)
          </MenuItem>
        )}
        {parameter.choices.map(choice => (
          <MenuItem key={choice.value} value={choice.value}>
            <ForeignText text={choice.label} />
          </MenuItem>
        ))}
        {parameter.choices.length === 0 && (
          <MenuItem disabled value=" ">
            Nothing to choose from right now
          </MenuItem>
        )}
      </TextField>
    );
  }
  if (parameter.suggestions.length > 0 && !parameter.secret) {
    return (
      <Autocomplete
        freeSolo
        disableClearable
        id={id}
        options={parameter.suggestions}
        inputValue={value}
        // Without an event nobody did it: being shown it would empty itself, because nothing is picked.
        onInputChange={(event, text) => event && onChange(text)}
        filterOptions={options => options}
        renderInput={params => (
          <TextField
            {...params}
            {...field}
            inputProps={{ ...params.inputProps, ...inputHints(parameter) }}
          />
        )}
      />
    );
  }
  return (
    <TextField
      {...field}
      type={parameter.secret ? 'password' : 'text'}
      value={value}
      onChange={event => onChange(event.target.value)}
      inputProps={inputHints(parameter)}
    />
  );
}

function inputHints(parameter: PrefilledParameter) {
  return {
    autoComplete: parameter.secret ? 'new-password' : 'off',
    autoCapitalize: 'off',
    autoCorrect: 'off',
    spellCheck: false,
    inputMode: NUMERIC.has(parameter.type) ? ('numeric' as const) : undefined,
  };
}
