import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Titles and main actions, to be translated by an app. @alpha */
export const runbooksTranslationRef = createTranslationRef({
  id: 'plugin.runbooks',
  messages: {
    page: {
      title: 'Runbooks',
      subtitle: 'What was run, and what waits for you',
      runs: 'Runs',
      exportCsv: 'Export as CSV',
      approvals: 'Approvals',
      waitingForYou: 'Waiting for you',
      setup: 'Set-up',
    },
    hold: {
      stop: 'Stop all changes',
      resume: 'Let changes go on',
    },
    setup: { title: 'What the plugin needs', again: 'Look again' },
    tab: {
      health: 'Live health',
      onCall: 'On call',
      fitting: 'Fits what is wrong now',
      procedures: 'Procedures',
      recentRuns: 'Recent runs',
      allRuns: 'All runs',
    },
    procedure: {
      run: 'Run this procedure',
      start: 'Start run',
      starting: 'Starting',
    },
    run: {
      history: 'History of this run',
      exportEvidence: 'Export evidence',
      publicKey: 'Public key',
      runReads: 'Run what only reads',
      runsReads: 'Runs step after step, until something needs you',
      stopReads: 'Stop after this step',
      startAgain: 'Start again with these values',
      finishGood: 'Finish: it worked',
      finishBad: 'Finish: it did not',
      cancel: 'Cancel run',
    },
    overview: { title: 'Operations', link: 'Runbooks' },
  },
});
