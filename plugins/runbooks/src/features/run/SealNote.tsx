import type { RunLedger } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { CodeText } from '../../components/CodeText';
import { Disclosure } from '../../components/Disclosure';
import { ForeignText } from '../../components/ForeignText';
import { hairline } from '../../components/toneColors';
import { sealWords } from './sealWords';

const useStyles = makeStyles(
  theme => ({
    root: {
      marginTop: theme.spacing(2),
      paddingTop: theme.spacing(1.5),
      borderTop: `1px solid ${hairline(theme)}`,
      fontSize: 13,
      lineHeight: 1.55,
      overflowWrap: 'anywhere',
    },
    words: { margin: 0 },
    how: { margin: theme.spacing(1, 0) },
  }),
  { name: 'RunbooksSealNote' },
);

/** How far a history is sealed, and how to check it without trusting this page. */
export function SealNote(props: { ledger: RunLedger; fileName: string }) {
  const { ledger, fileName } = props;
  const classes = useStyles();
  const words = sealWords(ledger);
  return (
    <div className={classes.root}>
      {words && (
        <p className={classes.words}>
          <ForeignText text={words} />
        </p>
      )}
      <Disclosure summary="Check it yourself">
        <p className={classes.how}>
          Export the evidence, download the public key once, and keep it where
          whoever operates this portal cannot change it: what is sealed can be
          checked with it, and with nothing that the export itself brings. The
          command is that of the npm package runbooks, in the version of this
          portal&apos;s plugin.
        </p>
        <CodeText
          text={`runbooks verify ${fileName} --key portal-public.pem`}
          what="the command"
        />
      </Disclosure>
    </div>
  );
}
