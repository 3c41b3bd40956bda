import type { PrefilledParameter } from '@backstage-runbooks/plugin-runbooks-common';
import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { ParameterField } from './ParameterField';

const KIND: PrefilledParameter = {
  name: 'KIND',
  label: 'kind',
  type: 'kind',
  required: true,
  suggestions: ['deployment', 'statefulset'],
  secret: false,
  written: '<kind>',
  line: 3,
  usedBy: [],
};

describe('the field of a value that is only suggested', () => {
  const changed = jest.fn();

  function Form({ filled }: { filled: string }) {
    const [value, setValue] = useState(filled);
    return (
      <ParameterField
        parameter={KIND}
        value={value}
        help={{ isError: false }}
        onChange={text => {
          changed(text);
          setValue(text);
        }}
      />
    );
  }

  beforeEach(() => changed.mockClear());

  it('keeps what it is filled in with, and is not touched by being shown', () => {
    render(<Form filled="deploy" />);
    expect(screen.getByRole('textbox')).toHaveValue('deploy');
    expect(changed).not.toHaveBeenCalled();
  });

  it('takes what is typed and what is picked', () => {
    render(<Form filled="deploy" />);
    const field = screen.getByRole('textbox');
    fireEvent.change(field, { target: { value: 'daemonset' } });
    expect(field).toHaveValue('daemonset');
    fireEvent.mouseDown(field);
    fireEvent.click(screen.getByText('statefulset'));
    expect(field).toHaveValue('statefulset');
    fireEvent.blur(field);
    expect(field).toHaveValue('statefulset');
  });

  it('is empty where a person empties it', () => {
    render(<Form filled="deploy" />);
    const field = screen.getByRole('textbox');
    fireEvent.change(field, { target: { value: '' } });
    fireEvent.blur(field);
    expect(field).toHaveValue('');
  });
});
