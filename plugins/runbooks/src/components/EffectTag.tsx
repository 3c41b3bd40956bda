import type { Effect } from '@backstage-runbooks/plugin-runbooks-common';
import BuildOutlinedIcon from '@material-ui/icons/BuildOutlined';
import DeleteOutlinedIcon from '@material-ui/icons/DeleteOutlined';
import FolderOutlinedIcon from '@material-ui/icons/FolderOutlined';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import VisibilityOutlinedIcon from '@material-ui/icons/VisibilityOutlined';
import type { ReactElement } from 'react';
import { effectWords } from '../words/effectWords';
import { Tag } from './Tag';

const ICONS: Record<Effect, ReactElement> = {
  local: <FolderOutlinedIcon aria-hidden />,
  read: <VisibilityOutlinedIcon aria-hidden />,
  unknown: <HelpOutlineIcon aria-hidden />,
  change: <BuildOutlinedIcon aria-hidden />,
  destructive: <DeleteOutlinedIcon aria-hidden />,
};

/** What running something does to the world: a word, an icon and a tint. */
export function EffectTag(props: {
  effect: Effect;
  because?: string;
  readsSecrets?: boolean;
}) {
  const words = effectWords(props.effect, props.readsSecrets);
  return (
    <Tag
      tone={words.tone}
      icon={ICONS[props.effect]}
      title={props.because ?? words.explains}
    >
      {words.label}
    </Tag>
  );
}
